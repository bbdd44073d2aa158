"""What is other in one set of facts than in another."""

from arctui.core.changes import Change
from arctui.core.facts import Facts
from arctui.core.records import Record
from arctui.core.tables import TABLES


def differences(before: Facts, after: Facts) -> list[Change]:
    """Return the changes that make the one set of facts the other."""
    changes: list[Change] = []
    for kind in TABLES.values():
        was: dict[str, Record] = {r.id: r for r in before.all(kind)}
        now: dict[str, Record] = {r.id: r for r in after.all(kind)}
        changes += [Change(before=r, after=None) for i, r in was.items() if i not in now]
        changes += [Change(before=was.get(i), after=r) for i, r in now.items() if was.get(i) != r]
    return changes
