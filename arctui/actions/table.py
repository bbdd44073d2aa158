"""The one table of actions: it makes the bindings, the key bar, the `?` list, the palette and the README's key table.

A key may do different things in different places; an action that is not possible now says why. Handlers are the
`do_<id>` methods of the screen and of its helpers. Those of one place alone stand in `in_places`.
"""

from arctui.actions.in_places import IN_CALENDAR, IN_CALL, IN_REVIEW
from arctui.actions.model import ACCOUNTS, ANYWHERE, CALENDAR, DESK, REVIEWING, Action, Place, State, key_label

#: Keys of a call that work over the line of its step, where letters are typed.
OVER_THE_LINE = frozenset({"f2", "f3", "f4", "f5"})
#: Actions whose keys work while any line is typed: what is typed stays.
OVER_ANY_LINE = frozenset({"guide", "tour"})


def works_over_the_line(action: Action | None, key: str, purpose: str) -> bool:
    """Does a key work while a line is typed for a purpose?"""
    return (purpose == "call_line" and key in OVER_THE_LINE) or (action is not None and action.id in OVER_ANY_LINE)


def _phone(state: State) -> str:
    return "" if state.has_phone else "no phone number is known for this account"


def _matters(state: State) -> str:
    return "" if state.matters else "nothing is ours to do on this account"


_CALL = frozenset({Place.CALL})
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
    *IN_CALL,
    *IN_REVIEW,
    *IN_CALENDAR,
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
    Action(
        "letter",
        ("L",),
        "letter",
        "write a letter: which is due and why, its text before it is written; how it was sent, its proof of delivery",
        0,
        True,
        places=_WITH_CALL,
        also="reminder demand statement thank-you print envelope post certified mail email",
    ),
    Action(
        "letters_due",
        ("Z",),
        "letters due",
        "list all letters that are due or not sent yet; Space marks, Enter writes, m e h say how they were sent",
        places=ANYWHERE - _CALL,
        also="print envelopes batch post mail",
    ),
    Action(
        "papers",
        ("P",),
        "papers",
        "show the files that are attached to the account, or attach one: an invoice, a contract, a proof of delivery",
        0,
        True,
        places=_WITH_CALL,
        also="documents files scan attachment evidence",
    ),
    Action(
        "claim_file",
        ("J",),
        "claim file",
        "write the claim file: all the evidence for a small-claims court; it shows what is missing for it",
        0,
        True,
        places=_WITH_CALL,
        also="lawsuit sue judge attorney exhibits proof",
    ),
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
    Action(
        "settings",
        ("comma", "f12"),
        "settings",
        "show and change the settings: the workstation's, the keys, the firm's",
        places=ANYWHERE - _CALL,
        also="theme colours policy options preferences configuration",
    ),
    Action("redraw", ("ctrl+l",), "redraw", "paint the whole screen again", places=ANYWHERE),
    Action(
        "palette",
        ("ctrl+p",),
        "palette",
        "find any action, account or chapter of the guide by typing",
        places=ANYWHERE,
    ),
    Action("help", ("question_mark",), "more", "list every key; type to find, Enter runs it", places=ANYWHERE),
    Action(
        "guide",
        ("f1",),
        "guide",
        "open the guide at the chapter of this place, also while a line is typed",
        places=ANYWHERE,
        also="help manual handbook how to",
    ),
    Action(
        "tour",
        ("f9",),
        "tour",
        "on the demo book: begin the tour, leave it, or go on with it",
        places=ANYWHERE,
        also="tutorial learn lesson introduction",
    ),
    Action("quit", ("q",), "leave", "leave; everything is saved already", 9, places=ANYWHERE),
)

BY_ID = {action.id: action for action in ACTIONS}


def key_table() -> str:
    """Return the table of keys in Markdown, as the README has it."""
    rows = [
        f"| {f'`{a.key_label}`' if a.keys[0] == '1' else ' '.join(f'`{key_label(k)}`' for k in a.keys)} | {a.help} |"
        for a in ACTIONS
    ]
    return "\n".join(["| key | does |", "|---|---|", *rows])
