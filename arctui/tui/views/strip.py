"""The one-line strip where only one pane is shown: what stands in the others, and the key that leads there."""

from arctui.core.agenda import Day
from arctui.core.calls import Call
from arctui.core.text import cell_width, plural
from arctui.desk import Desk
from arctui.tui.views.calendar import at_stake
from arctui.tui.views.entries import MARKS
from arctui.tui.widgets.lines import Line, Part, clip


def strip(desk: Desk, front: str, call: Call | None, width: int) -> Line:
    """Return the strip for the pane in front."""
    parts: list[tuple[str, str]] = []
    if front != "worklist":
        parts.append(("w", _list(desk, call)))
    if front != "script" and call:
        parts.append(("s", f"on the line: {desk.dossier(call.account).account.name}"))
    if front != "calendar":
        parts.append(("c", _today(desk)))
    line: list[Part] = []
    room = width
    for key, text in parts:
        shown = clip(text, max(0, room - 6))
        line += [(f" {key} ", "accent"), (f"{shown}   ", "dim")]
        room -= cell_width(shown) + 6
    return tuple(line)


def _list(desk: Desk, call: Call | None) -> str:
    """How many are to be called, and who is first of them but for the one on the line."""
    rows = desk.worklist()
    following = next((r for r in rows if call is None or r.account != call.account), None)
    if following is None:
        return "nobody else is to be called today"
    amount = desk.rules.money(following.amount, following.currency)
    return f"{len(rows)} on the list, {MARKS[following.bucket][0]} {following.name} {amount}"


def _today(desk: Desk) -> str:
    """What stands in the calendar today."""
    if not desk.agenda.prepare():
        return "the calendar is being put together"
    found = desk.agenda.sums(desk.today, desk.today).get(desk.today, Day(0, {}))
    return ", ".join([f"today {plural(found.count, 'entry', 'entries')}", *at_stake(desk, found)])
