"""An account's history: what was done, by whom, when, and what it was before; the newest act first."""

from collections.abc import Sequence

from arctui.core.text import clean
from arctui.desk.history import Act, Histories
from arctui.tui.widgets.lines import Line, wrap


def history_lines(histories: Histories, acts: Sequence[Act], width: int) -> list[Line]:
    """Return the lines of acts that come oldest first: a headline each, and below it what changed."""
    width = max(30, width)
    if not acts:
        return wrap("nothing was done on this account yet", width, "dim")
    number = len(str(acts[-1].number))
    lines: list[Line] = []
    for act in reversed(acts):
        # What was taken back, and the taking back, count no more: they stand behind what does.
        role = "dim" if act.undoes or act.undone_by else "strong"
        head = f"{act.number:>{number}}  {act.moment}  {clean(act.by)}  {act.headline}"
        lines += wrap(head, width, role, indent=number + 6)
        for change in histories.changes(act):
            lines += wrap(" " * (number + 2) + change, width, "dim" if role == "dim" else "", indent=number + 6)
    return lines
