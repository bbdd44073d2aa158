"""What is other in one set of facts than in another, and than changes were made for."""

from collections.abc import Iterable

from arctui.core.changes import Change
from arctui.core.facts import Facts
from arctui.core.records import Record
from arctui.core.tables import TABLES
from arctui.store.errors import BookConflictError

#: What is said where others came between.
CHANGED = "another session changed this just now: look again, nothing was saved"


def differences(before: Facts, after: Facts) -> list[Change]:
    """Return the changes that make the one set of facts the other."""
    changes: list[Change] = []
    for kind in TABLES.values():
        was: dict[str, Record] = {r.id: r for r in before.all(kind)}
        now: dict[str, Record] = {r.id: r for r in after.all(kind)}
        changes += [Change(before=r, after=None) for i, r in was.items() if i not in now]
        changes += [Change(before=was.get(i), after=r) for i, r in now.items() if was.get(i) != r]
    return changes


def check_unchanged(facts: Facts, changes: Iterable[Change]) -> None:
    """Raise BookConflictError where a record is not as it was when the change to it was made."""
    done: dict[tuple[type[Record], str], Record | None] = {}
    get = facts.get
    for change in changes:
        record, before = change.record, change.before
        key = (type(record), record.id)
        known = done[key] if key in done else get(*key)
        if known is not before and known != before:
            raise BookConflictError(CHANGED)
        done[key] = change.after
