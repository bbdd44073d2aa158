"""The one table of actions: it makes the bindings, the key bar, the `?` list, the palette and the README's key table.

A key may do different things in different places; an action that is not possible now says why. Handlers are the
`do_<id>` methods of the screen and of its helpers.
"""

from textual.binding import Binding

from arctui.tui.action import ACCOUNTS, ANYWHERE, CALENDAR, DESK, REVIEWING, Action, Place, State, key_label

#: Keys of a call that work over the line of its step, where letters are typed.
OVER_THE_LINE = frozenset({"f2", "f3", "f4", "f5"})


def _phone(state: State) -> str:
    return "" if state.has_phone else "no phone number is known for this account"


def _matters(state: State) -> str:
    return "" if state.matters else "nothing is ours to do on this account"


def _entry(state: State) -> str:
    return "" if state.entry else "no entry stands on this day: arrows choose a day"


_DIGITS = tuple("123456789")
_CALL, _REVIEW, _OPENING = frozenset({Place.CALL}), frozenset({Place.REVIEW}), frozenset({Place.OPENING})
_WALK = REVIEWING - _OPENING
_MONTH, _AGENDA = frozenset({Place.MONTH}), frozenset({Place.AGENDA})
_WITH_CALL = ACCOUNTS | _CALL

ACTIONS = (
    Action("call", ("enter",), "call", "call the account, or go on with its call", 1, True, places=DESK),
    Action("promise", ("p",), "promise", "take a promise to pay: fri 1200 ach tony", 2, True, places=ACCOUNTS),
    Action(
        "log",
        ("l",),
        "log",
        "log what came of a call without the script: na, lvm, cb tue 10:30, dsp 450 why",
        3,
        True,
        places=ACCOUNTS,
    ),
    # In a call.
    Action("reply", _DIGITS, "reply", "in a call: the reply that was heard; it leads on", 1, places=_CALL),
    Action("go_on", ("enter",), "go on", "in a call: go on, type the line, or end the call", 2, places=_CALL),
    Action("excuse", ("e", "f2"), "excuse", "in a call: the excuse, by a digit or by typing", 1, places=_CALL),
    Action("commit", ("p",), "promise", "in a call: take the promise now", 1, places=_CALL),
    Action("note_in_call", ("n", "f3"), "note", "in a call: note an answer, or anything else", 1, places=_CALL),
    Action("end_with", ("l",), "end", "in a call: end it with any result: na, gk, cb tue 10:30", 1, places=_CALL),
    Action("path", ("b", "f4"), "path", "in a call: back to any step taken; nothing is lost", 7, places=_CALL),
    Action("back", ("backspace",), "back", "in a call: one step back; what was typed stays", 1, places=_CALL),
    Action("object", ("d",), "dispute", "in a call: take down a dispute", 8, places=_CALL),
    Action("park", ("escape",), "park", "in a call: park it; it is the first row until it is ended", 1, places=_CALL),
    Action(
        "caller",
        ("slash", "f5"),
        "they call",
        "in a call: somebody else calls: find them; this call waits and is gone back to",
        9,
        places=_CALL,
    ),
    # In the review.
    Action(
        "settle",
        _DIGITS[:8],
        "decide",
        "in the review: 1 money came, 2 call now, 3 new date, 4 letter, 5 leave for tomorrow, 6 credit hold, "
        "7 dispute, 8 hand to another clerk",
        1,
        places=_REVIEW,
    ),
    Action(
        "review_call", ("enter",), "call now", "in the review: call now, at the broken promise", 2, places=_REVIEW
    ),
    Action(
        "begin_review",
        ("enter", "space", "right_square_bracket"),
        "go on",
        "in the review's first page: go on",
        1,
        places=_OPENING,
    ),
    Action("begin_by_digit", _DIGITS, "go on", "in the review's first page: go on", 0, places=_OPENING),
    Action("skip", ("right_square_bracket", "space"), "next", "in the review: the next promise", 3, places=_WALK),
    Action("skip_back", ("left_square_bracket",), "previous", "in the review: the one before", 4, places=_WALK),
    Action("review_again", ("r",), "first page", "in the review: back to its first page", 0, places=_WALK),
    Action(
        "everyone",
        ("e",),
        "everyone's",
        "in the review: the promises on everyone's accounts, or only on yours and nobody's again",
        5,
        places=REVIEWING,
    ),
    Action(
        "close_review",
        ("enter",),
        "close the day",
        "in the day's summary: close the review",
        1,
        places=frozenset({Place.SUMMARY}),
    ),
    Action(
        "write_day",
        ("w",),
        "write it",
        "in the day's summary: write the day's report to a file: PDF, Markdown or text",
        2,
        places=frozenset({Place.SUMMARY}),
    ),
    Action(
        "leave_review",
        ("escape",),
        "leave",
        "in the review: leave; it goes on where it stopped",
        9,
        places=REVIEWING,
    ),
    # In the calendar.
    Action("agenda", ("enter",), "entries", "in the month: go to the day's entries", 1, places=_MONTH),
    Action("open_entry", ("enter",), "account", "in the agenda: go to the account", 1, True, places=_AGENDA),
    Action(
        "move", ("f",), "move", "in the calendar: move a follow-up: fri, or fri 10:30 why", 2, True, _entry, CALENDAR
    ),
    Action("later", ("plus",), "later", "in the calendar: a business day later", 3, True, _entry, CALENDAR),
    Action("sooner", ("minus",), "sooner", "in the calendar: a business day sooner", 4, True, _entry, CALENDAR),
    Action(
        "mark",
        ("space",),
        "mark",
        "in the agenda: mark the entry, or take its mark off; f then moves all that are marked",
        4,
        True,
        _entry,
        _AGENDA,
    ),
    Action(
        "mark_day",
        ("asterisk",),
        "mark the day",
        "in the calendar: mark all calls of the day that can move",
        0,
        places=CALENDAR,
    ),
    Action(
        "spread",
        ("S",),
        "spread",
        "in the calendar: spread the marked calls, or the day's, over the week: no more a day than can be made",
        5,
        places=CALENDAR,
    ),
    Action("this_day", ("t",), "today", "in the calendar: go to today", 5, places=CALENDAR),
    Action(
        "view", ("v",), "view", "in the calendar: the week, the agenda alone, the month again", 4, places=CALENDAR
    ),
    Action(
        "go_to_day",
        ("colon",),
        "go to",
        "in the calendar: go to a day: fri, oct 5, +10b, eom, dec",
        6,
        places=CALENDAR,
    ),
    Action(
        "filter_entries",
        ("F",),
        "filter",
        "in the calendar: show only some entries: calls, promises, runs, mine, clerk ann, >500; an empty line: all",
        6,
        places=CALENDAR,
    ),
    Action("expected", ("dollar_sign",), "cash", "in the calendar: expected cash by week", 6, places=CALENDAR),
    Action(
        "leave_calendar",
        ("escape",),
        "leave",
        "in the calendar: take the marks off, back to the month, then to the list",
        9,
        places=CALENDAR,
    ),
    # Everywhere.
    Action(
        "review", ("r",), "review", "walk the promises that are broken, partial or due", 4, places=DESK | CALENDAR
    ),
    Action(
        "search",
        ("slash",),
        "search",
        "find an account by name, number, person, phone or invoice",
        5,
        places=ANYWHERE - _CALL,
    ),
    Action(
        "answer",
        ("a",),
        "they call",
        "they call us: find who it is, and take the call from there",
        6,
        places=ACCOUNTS | REVIEWING,
    ),
    Action("undo", ("u",), "undo", "undo your last act, again and again", 6, places=ACCOUNTS | REVIEWING),
    Action(
        "account",
        ("i",),
        "account",
        "show the whole account: every promise, invoice and word",
        10,
        True,
        places=_WITH_CALL,
    ),
    Action(
        "history",
        ("H",),
        "history",
        "show the account's history: who changed what, when, and what it was before",
        0,
        True,
        places=_WITH_CALL,
    ),
    Action(
        "timeline",
        ("T",),
        "time line",
        "show the account's time line: what was, and below today what is to come",
        0,
        True,
        places=_WITH_CALL,
    ),
    Action("note", ("n",), "note", "write a note into the account's file", 11, True, places=ACCOUNTS),
    Action(
        "follow_up", ("f",), "follow-up", "set the day of the next contact: fri ask for Lee", 12, True, places=DESK
    ),
    Action("dispute", ("d",), "dispute", "record a dispute: 450 damaged pallets", 13, True, places=ACCOUNTS),
    Action(
        "correct",
        ("C",),
        "correct",
        "correct or add a person, number, address, time zone or pay cycle",
        17,
        True,
        places=_WITH_CALL,
    ),
    Action("copy_phone", ("y",), "copy phone", "copy the phone number", 16, True, _phone, _WITH_CALL),
    Action(
        "confirmation",
        ("v",),
        "confirmation",
        "show the confirmation of what was agreed; y copies it, w writes it to a file",
        0,
        True,
        places=DESK | _CALL,
    ),
    Action("letter", ("L",), "letter sent", "record that a letter was sent today", 0, True, places=ACCOUNTS),
    Action(
        "done",
        ("D",),
        "done",
        "tick off what is ours to do: a task, or a dispute that is solved",
        0,
        True,
        _matters,
        ACCOUNTS,
    ),
    Action("stop", ("x",), "stop calling", "stop calling this account, or allow it again", 0, True, places=ACCOUNTS),
    Action(
        "merge",
        ("M",),
        "merge",
        "merge this account into another one: both are one customer",
        0,
        True,
    ),
    Action(
        "doubles",
        ("A",),
        "alike",
        "list the accounts that may be one customer: m merges two, a says that they are two",
    ),
    Action(
        "match",
        ("B",),
        "bank lines",
        "match the bank lines that wait: accept, split, on account, ignore, another account",
        0,
        places=DESK,
    ),
    Action(
        "open_file",
        ("o",),
        "import",
        "import a report, a contact list, a payment list or a bank statement",
        14,
        places=DESK | REVIEWING,
    ),
    Action(
        "imported",
        ("I",),
        "imported",
        "show what the last import brought, or what one asks before it closes a large part of what is open",
        places=ANYWHERE,
    ),
    Action(
        "cancel_import",
        ("X",),
        "cancel import or export",
        "cancel the import or export that goes on; nothing of it stays",
        places=ANYWHERE,
    ),
    Action(
        "figures",
        ("g",),
        "figures",
        "show the figures: aging, DSO, promises, cash, the largest exposures, and the accounts behind each",
        places=ANYWHERE - _CALL,
    ),
    Action(
        "credit",
        ("K",),
        "credit",
        "show who should get credit: beyond the limit, graded down, on hold; hold, release, set a limit",
        places=ANYWHERE - _CALL,
    ),
    Action(
        "export",
        ("E",),
        "export",
        "write the worklist, the invoices or anything else to a CSV, XLSX or JSON Lines file",
        places=ANYWHERE - _CALL,
    ),
    Action("next", ("right_square_bracket",), "next", "go to the next account", 0, True),
    Action("previous", ("left_square_bracket",), "previous", "go to the previous account", 0, True),
    Action("worklist", ("w",), "list", "go to the worklist", 7, places=ANYWHERE - {Place.SUMMARY}),
    Action("script", ("s",), "script", "go to the call, the review, or the account", 8, places=ANYWHERE),
    Action("calendar", ("c",), "calendar", "go to the calendar", 8, places=ANYWHERE),
    Action(
        "month", ("m",), "month", "show the month over the whole width, or in its pane again", 15, places=ANYWHERE
    ),
    Action("pane", ("tab",), "pane", "go to the next pane", 0, places=ANYWHERE),
    Action("pane_back", ("shift+tab",), "pane", "go to the pane before", 0, places=ANYWHERE),
    Action("leave_search", ("escape",), "clear", "clear the search", 0),
    Action("redraw", ("ctrl+l",), "redraw", "paint the whole screen again", places=ANYWHERE),
    Action("palette", ("ctrl+p",), "palette", "find any action by typing", places=ANYWHERE),
    Action("help", ("question_mark", "f1"), "more", "list every key; type to find, Enter runs it", places=ANYWHERE),
    Action("quit", ("q",), "leave", "leave; everything is saved already", 9, places=ANYWHERE),
)

BY_ID = {action.id: action for action in ACTIONS}


def for_key(key: str, place: Place) -> Action | None:
    """Return what a key does at a place, else what it would do elsewhere, None for a key of no action."""
    meant = [action for action in ACTIONS if key in action.keys]
    return next((a for a in meant if place in a.places), meant[0] if meant else None)


def bindings() -> list[Binding]:
    """Return a binding for each key of the table; it calls the screen's `press` with the key."""
    keys = dict.fromkeys(key for action in ACTIONS for key in action.keys)
    return [Binding(key, f"press('{key}')", id=f"key-{key.replace('+', '-')}", show=False) for key in keys]


def key_table() -> str:
    """Return the table of keys in Markdown, as the README has it."""
    rows = [
        f"| {f'`{a.key_label}`' if a.keys[0] == '1' else ' '.join(f'`{key_label(k)}`' for k in a.keys)} | {a.help} |"
        for a in ACTIONS
    ]
    return "\n".join(["| key | does |", "|---|---|", *rows])
