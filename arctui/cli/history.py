"""What `history` prints: the acts as lines of text, and as a JSON document."""

import re
from collections.abc import Sequence
from typing import Any

from arctui.core.text import cell_width, clean, plural
from arctui.desk.history import Act, Histories

#: So many acts are shown where neither an account nor a number of acts was asked for.
LAST = 50
_WIDTH = 80


def lines(histories: Histories, acts: Sequence[Act], whose: str, earlier: int = 0) -> list[str]:
    """Show acts, the newest last: a line each, and below it what changed.

    `whose` is the account's name, "" for all; `earlier` acts are not shown.
    """
    of = f" of {whose}" if whose else ""
    if not acts:
        return [f"the history{of} is empty"]
    count = plural(len(acts), "act")
    number = len(str(acts[-1].number))
    clerk = max(cell_width(clean(a.by)) for a in acts)
    shown = [
        f"history{of}: " + (f"the last {count}, {earlier:,} earlier (--last N shows more)" if earlier else count)
    ]
    for act in acts:
        by = clean(act.by)
        head = f"{act.number:>{number}}  {act.moment}  {by}{' ' * (clerk - cell_width(by))}  {act.headline}"
        shown += _wrapped(head, number + 6)
        for change in histories.changes(act):
            shown += _wrapped(" " * (number + 2) + change, number + 6)
    return shown


def _wrapped(text: str, indent: int) -> list[str]:
    """Break a line at blanks so that it fits into 80 columns; a longer word stays whole."""
    broken, current = [], ""
    for word in re.findall(r" *[^ ]+", text):
        if current and cell_width(current + word) > _WIDTH:
            broken.append(current)
            current = " " * indent + word.lstrip()
        else:
            current += word
    return [*broken, current]


def document(acts: Sequence[Act]) -> list[dict[str, Any]]:
    """Return the document of `history`: records as they are stored, null where there was, or is, none."""
    return [
        {
            "number": a.number,
            "at": a.at.isoformat(),
            "by": a.by,
            "act": a.act,
            "undoes": a.undoes,
            "undone_by": a.undone_by,
            "hash": a.hash,
            "changes": [{"table": s.table, "id": s.id, "was": s.was, "now": s.now} for s in a.steps],
        }
        for a in acts
    ]
