"""The actions of a call, of the review and of the calendar: what their keys mean only there."""

from arctui.actions.model import CALENDAR, REVIEWING, Action, Place, State


def _entry(state: State) -> str:
    return "" if state.entry else "no entry stands on this day: arrows choose a day"


_DIGITS = tuple("123456789")
_CALL, _REVIEW, _OPENING = frozenset({Place.CALL}), frozenset({Place.REVIEW}), frozenset({Place.OPENING})
_WALK = REVIEWING - _OPENING
_MONTH, _AGENDA = frozenset({Place.MONTH}), frozenset({Place.AGENDA})

#: In a call.
IN_CALL = (
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
)

#: In the review.
IN_REVIEW = (
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
)

#: In the calendar.
IN_CALENDAR = (
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
)
