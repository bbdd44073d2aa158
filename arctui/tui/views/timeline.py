"""An account's time line: what was above, today marked, what is to come below."""

from arctui.core import words as say
from arctui.core.agenda import EntryKind
from arctui.core.timeline import Event, Past, timeline
from arctui.desk import Desk
from arctui.tui.widgets.lines import Line, fit, wrap

_DAY, _KIND = 11, 10
#: Amounts have so many columns at least.
_AMOUNT = 9
#: With less room than this beside the amounts the words stand below.
_LEAST_WORDS = 24

_ROLES: dict[str, str] = {
    Past.CALL: "strong",
    Past.EMAIL: "strong",
    Past.LETTER: "strong",
    Past.INVOICED: "dim",
    Past.DUE: "dim",
    Past.PAID: "good",
    Past.RETURNED: "bad",
    Past.PROMISED: "good",
    Past.PROMISE: "good",
    Past.KEPT: "good",
    Past.PARTIAL: "bad",
    Past.BROKEN: "bad",
    Past.DISPUTED: "warn",
    Past.CREDIT: "warn",
    Past.SET: "dim",
    Past.DONE: "dim",
    EntryKind.VERIFY: "warn",
    EntryKind.CALLBACK: "accent",
    EntryKind.CALL_BY: "accent",
    EntryKind.DISPUTE: "warn",
    EntryKind.DEADLINE: "warn",
}


def timeline_lines(desk: Desk, account: str, width: int) -> tuple[list[Line], int]:
    """Return the lines of an account's time line for a width, and which of them marks today."""
    width = max(30, width)
    events = timeline(desk.dossier(account), desk.standing(account), desk.rules)
    amounts = [desk.rules.money(e.amount, e.currency) if e.amount else "" for e in events]
    column = max(_AMOUNT, *map(len, amounts)) if amounts else _AMOUNT
    lines: list[Line] = []
    mark, year, day = -1, 0, None
    for event, amount in zip(events, amounts, strict=True):
        if event.ahead and mark < 0:
            mark = len(lines)
            lines.append(_today(desk, width))
            day = None
        if event.day.year != year:
            year = event.day.year
            lines.append(((str(year), "title"),))
        lines += _event(event, amount, column, width, first=event.day != day)
        day = event.day
    if mark < 0:
        mark = len(lines)
        lines += [_today(desk, width), (("nothing is to come", "dim"),)]
    return lines, mark


def _today(desk: Desk, width: int) -> Line:
    text = f"── today, {say.short_day(desk.today)} "
    return ((text + "─" * max(0, width - len(text)), "accent"),)


def _event(event: Event, amount: str, column: int, width: int, *, first: bool) -> list[Line]:
    """Lay out an event; the `first` of its day names the day."""
    day = say.short_day(event.day, event.day) if first else ""
    role = "dim" if event.projected else _ROLES.get(event.kind, "")
    hour = f"{event.hour:%H:%M} " if event.hour else ""
    by = f"  ({event.by})" if event.by else ""
    head: Line = (
        (fit(day, _DAY), "dim"),
        (fit(event.kind, _KIND), role),
        (fit(amount, column, right=True), "dim" if event.projected else ""),
    )
    used = _DAY + _KIND + column + 2
    words, plain = f"{hour}{event.words}{by}", "dim" if role == "dim" else ""
    if width - used < _LEAST_WORDS:
        # No room beside: the words stand below.
        return [head, *wrap(f"  {words}", width, plain, indent=2)]
    said = wrap(words, width - used, plain)
    return [(*head, ("  ", ""), *said[0]), *(((" " * used, ""), *line) for line in said[1:])]
