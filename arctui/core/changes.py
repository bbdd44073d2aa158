"""What an act does to records: each one before and after it."""

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from arctui.core.records import Record

RecordT = TypeVar("RecordT", bound=Record)


class Change(msgspec.Struct, frozen=True):
    """One record before and after an act: None before an addition, None after a removal."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The record that was touched, as it is now or, if removed, as it was."""
        touched = self.after or self.before
        if touched is None:
            raise ValueError("a change has a record before or after it")
        return touched


def added(record: Record) -> Change:
    """Add a record."""
    return Change(before=None, after=record)


def changed(before: RecordT, **fields: object) -> Change:
    """Change the named fields of a record."""
    return Change(before=before, after=msgspec.structs.replace(before, **fields))


def removed(record: Record) -> Change:
    """Take a record out."""
    return Change(before=record, after=None)


def composed(changes: Iterable[Change]) -> list[Change]:
    """Make one change of all changes to a record: as it was before the first, as it is after the last."""
    by_id: dict[str, Change] = {}
    for change in changes:
        earlier = by_id.get(change.record.id)
        by_id[change.record.id] = Change(before=earlier.before, after=change.after) if earlier else change
    return [change for change in by_id.values() if change.before != change.after]
