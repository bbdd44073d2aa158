"""A table of the book whose records are decoded when they are looked at, with what changed since over it.

Knows the order in which records came, and nothing of where they lie.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Protocol, cast

from arctui.core.records import Activity, Invoice, Payment, Person, Promise, Record

#: The kinds of which there may be very many, and nobody needs all of them at once.
DEFERRABLE: tuple[type[Record], ...] = (Person, Invoice, Payment, Activity, Promise)
#: By which day those are found that are looked for by day.
DAY_OF: dict[type[Record], str] = {Activity: "day", Promise: "taken_on"}
#: Of so many accounts what was decoded last is kept.
_KEPT = 500

Records = tuple[Record, ...]


class Source(Protocol):
    """Where the records of one table lie, by place: they are numbered from 0 in the order of their coming.

    What cannot be read raises an error of its own. Nothing in it ever changes.
    """

    def __len__(self) -> int: ...

    def place(self, record_id: str) -> int | None:
        """Return the place of the record with this id."""

    def places_of(self, account: str) -> Sequence[int]:
        """Return the places of an account's records, in order."""

    def places_on(self, day: date) -> Sequence[int]:
        """Return the places of what is of a day (`DAY_OF`), in order."""

    def at(self, places: Sequence[int]) -> list[Record]:
        """Decode records."""

    def all(self) -> Iterator[Record]:
        """Decode all, a few at a time."""


class DeferredTable:
    """The records of one table by id, as a dictionary has them, and by account."""

    def __init__(self, source: Source) -> None:
        self.source = source
        # What is another than in the source, None where it is gone; what came since; and of the accounts that this
        # touched all their records.
        self._changed: dict[str, Record | None] = {}
        self._added: dict[str, Record] = {}
        self._touched: dict[str, Records] = {}
        # What was decoded last.
        self._decoded: dict[str, Records] = {}

    def copy(self) -> "DeferredTable":
        """Return the table as it is now: neither sees what the other does from then on."""
        copy = DeferredTable(self.source)
        copy._changed, copy._added = self._changed.copy(), self._added.copy()
        copy._touched = self._touched.copy()
        return copy

    def get(self, record_id: str) -> Record | None:
        """Return the record with this id, None if there is none."""
        known = self._added.get(record_id)
        if known is not None:
            return known
        if record_id in self._changed:
            return self._changed[record_id]
        place = self.source.place(record_id)
        return None if place is None else self.source.at((place,))[0]

    def __getitem__(self, record_id: str) -> Record:
        record = self.get(record_id)
        if record is None:
            raise KeyError(record_id)
        return record

    def __contains__(self, record_id: str) -> bool:
        if record_id in self._added:
            return True
        if record_id in self._changed:
            return self._changed[record_id] is not None
        return self.source.place(record_id) is not None

    def __setitem__(self, record_id: str, record: Record) -> None:
        in_place = self._changed.get(record_id, record) is not None and self.source.place(record_id) is not None
        (self._changed if in_place else self._added)[record_id] = record

    def pop(self, record_id: str, default: None = None) -> None:
        """Take a record out."""
        self._added.pop(record_id, default)
        if self.source.place(record_id) is not None:
            self._changed[record_id] = None

    def values(self) -> Iterator[Record]:
        """Return every record in the order of its coming; nothing of them is kept."""
        for record in self.source.all():
            now = self._changed.get(record.id, record)
            if now is not None:
                yield now
        yield from self._added.values()

    def items(self) -> Iterator[tuple[str, Record]]:
        """Return every record with its id, in the order of its coming."""
        return ((record.id, record) for record in self.values())

    def order(self, record_id: str) -> int:
        """Return a number by which the records of the table stand in the order of their coming."""
        if record_id in self._added:
            return len(self.source) + list(self._added).index(record_id)
        place = self.source.place(record_id)
        if place is None:
            raise KeyError(record_id)
        return place

    def on(self, kind: type[Record], day: date) -> Iterator[Record]:
        """Return the records of a day, in the order of their coming."""
        places = self.source.places_on(day)
        found = dict(zip(places, self.source.at(places), strict=True))
        for place, now in self.changed().items():
            found.pop(place, None)
            if now is not None:
                found[place] = now
        of_day = (found[place] for place in sorted(found))
        return (r for r in chain(of_day, self._added.values()) if getattr(r, DAY_OF[kind]) == day)

    # By account

    def of(self, account: str) -> Records:
        """Return the records of an account, in the order of their coming."""
        known = self._touched.get(account)
        if known is not None:
            return known
        known = self._decoded.pop(account, None)
        if known is None:
            records = self.source.at(self.source.places_of(account))
            known = tuple(r for r in records if cast("Person", r).account == account)
        self._decoded[account] = known
        if len(self._decoded) > _KEPT:
            del self._decoded[next(iter(self._decoded))]
        return known

    def put(self, account: str, records: Records) -> None:
        """Let these be the records of an account from now on."""
        self._touched[account] = records
        self._decoded.pop(account, None)

    def changed(self) -> dict[int, Record | None]:
        """Return what is another than in the source, by place; None what is gone."""
        return {cast("int", self.source.place(record_id)): record for record_id, record in self._changed.items()}

    def added(self) -> list[Record]:
        """Return what came since, in the order of its coming."""
        return list(self._added.values())

    def since(self, before: "DeferredTable") -> tuple[dict[str, Record], dict[str, Record]]:
        """Return what may be another than it was in an earlier copy: as it was, and as it is, each in order."""
        ids = {**before._changed, **self._changed, **before._added, **self._added}
        return before._some(ids), self._some(ids)

    def _some(self, ids: dict[str, Record | None]) -> dict[str, Record]:
        """Return those that are in the table, in order."""
        place, last = self.source.place, len(self.source)
        come = {record_id: last + n for n, record_id in enumerate(self._added)}
        known = {i: r for i in ids if (r := self.get(i)) is not None}
        return dict(sorted(known.items(), key=lambda item: come.get(item[0], place(item[0]) or 0)))
