"""A table of a large book as it is to be written anew: what did not change is copied as it stands, never decoded."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from zlib import crc32

import msgspec

from arctui.core.deferred import DeferredTable
from arctui.core.facts import Facts
from arctui.core.records import Record
from arctui.core.tables import TABLES
from arctui.store.base import Where, Written
from arctui.store.bookfile import BookFile
from arctui.store.index import (
    BY_DAY,
    LAST,
    LONGEST,
    PLACES,
    Contents,
    Index,
    Lookup,
    Numbers,
    TableIndex,
    begins_of,
    digest_of,
    digest_of_day,
    entry,
)
from arctui.store.opened import WORTH_IT, Opened, TableSource, is_deferrable
from arctui.store.transactions import Transaction

#: So many records, and so many bytes, are copied at a time.
_RECORDS, _BYTES = 1000, 1 << 20


class SplicedTable(Written):
    """One table of a large book, with what changed since it was opened."""

    def __init__(self, table: DeferredTable, source: TableSource) -> None:
        self.source = source
        self._changed = table.changed()
        self._added = table.added()
        # Of the records that were encoded anew, by place or behind the last one: their length and CRC-32.
        self._made: dict[int, tuple[int, int]] = {}

    def __len__(self) -> int:
        gone = sum(record is None for record in self._changed.values())
        return len(self.source) - gone + len(self._added)

    def pieces(self) -> Iterator[bytes]:
        """Return what stands between the table's braces, piece by piece. Raises BookError."""
        number, comma, first = 1, b"", 0
        for place in (*sorted(self._changed), len(self.source)):
            for some in self._copied(first, place, number):
                yield comma + some
                comma = b","
            number, first = number + place - first, place + 1
            record = self._changed.get(place)
            if record is not None:
                yield comma + self._encoded(place, number, record)
                number, comma = number + 1, b","
        for place, record in enumerate(self._added, len(self.source)):
            yield comma + self._encoded(place, number, record)
            number, comma = number + 1, b","

    def _copied(self, first: int, end: int, number: int) -> Iterator[bytes]:
        """Copy the records from one place to before another; the first of them gets this number."""
        for begin in range(first, end, _RECORDS):
            last = min(begin + _RECORDS, end)
            if number == first + 1:
                yield b'"%d":%s' % (begin + 1, self.source.between(begin, last))
            else:
                numbered = enumerate(range(begin, last), number + begin - first)
                yield b",".join(b'"%d":%s' % (n, self.source.raw(place)) for n, place in numbered)

    def _encoded(self, place: int, number: int, record: Record) -> bytes:
        raw = msgspec.json.encode(record)
        self._made[place] = (len(raw), crc32(raw))
        return b'"%d":%s' % (number, raw)

    def index(self) -> TableIndex | None:
        """Return where the records lie in what was written; None where that is too much to be indexed."""
        found, count = self.source.index, len(self.source)
        anew = [(place, record) for place, record in self._changed.items() if record is not None]
        anew += enumerate(self._added, count)
        move = self._moves()
        lengths, checks = (
            self._numbers(old, {place: made[n] for place, made in self._made.items()}, move)
            for n, old in enumerate((found.lengths, found.checks))
        )
        begins, size = begins_of(lengths)
        if size >= LONGEST or len(lengths) > PLACES:
            return None
        day = BY_DAY.get(self.source.name, "")

        def lookup(old: Lookup, digest: Callable[[Record], int]) -> Lookup:
            other = dict(anew)
            kept = [e for e in old.entries if e & PLACES not in other] if self._changed else list(old.entries)
            kept += [entry(digest(record), place) for place, record in anew]
            if move:
                kept = [e - (e & PLACES) + move[e & PLACES] for e in kept if move[e & PLACES] >= 0]
            kept.sort()
            return Lookup(array("Q", kept))

        return TableIndex(
            begins=begins,
            lengths=lengths,
            checks=checks,
            ids=lookup(found.ids, lambda r: digest_of(r.id)),
            accounts=lookup(found.accounts, lambda r: digest_of(getattr(r, "account", ""))),
            days=lookup(found.days, lambda r: digest_of_day(getattr(r, day))) if day else Lookup(array("Q")),
        )

    def _numbers(self, old: Numbers, made: dict[int, int], move: Sequence[int]) -> "array[int]":
        """Return what is told of each record, with what was made anew at its place."""
        count = len(old)
        numbers = array("I", old)
        numbers.extend(made[place] for place in range(count, count + len(self._added)))
        for place, number in made.items():
            numbers[place] = number
        return array("I", (n for place, n in enumerate(numbers) if move[place] >= 0)) if move else numbers

    def _moves(self) -> list[int]:
        """Return the new place of each record by its old one, -1 for what is gone; empty where nothing moves."""
        gone = {place for place, record in self._changed.items() if record is None}
        if not gone:
            return []
        total = len(self.source) + len(self._added)
        kept = accumulate((place not in gone for place in range(total)), initial=0)
        return [-1 if place in gone else new for place, new in zip(range(total), kept, strict=False)]


class GrownHistory(Written):
    """The history of a large book, with the acts since."""

    def __init__(self, before: Opened, since: Sequence[Transaction]) -> None:
        self._before, self._since = before, since
        # Where the acts lie, once they are written.
        self.last = list(before.last)

    def __len__(self) -> int:
        return self._before.acts + len(self._since)

    def pieces(self) -> Iterator[bytes]:
        """Return what stands between the table's braces, piece by piece. Raises BookError."""
        at = 1
        for piece in self._before.history():
            at += len(piece)
            yield piece
        for number, act in enumerate(self._since, self._before.acts + 1):
            head, raw = b'%s"%d":' % (b"," if number > 1 else b"", number), msgspec.json.encode(act)
            self.last.append((at + len(head), len(raw)))
            at += len(head) + len(raw)
            yield head + raw


def source_files(tables: Mapping[str, Sequence[Record] | Written]) -> list[BookFile]:
    """Return the files from which tables are copied."""
    return list({id(t.source.file): t.source.file for t in tables.values() if isinstance(t, SplicedTable)}.values())


def index_of(where: Where, tables: Mapping[str, Sequence[Record] | Written], history: GrownHistory) -> Index | None:
    """Return the index of a base that was written; None where a table has become so large that it is missing there.

    Then it is made when the book is opened next.
    """
    found: dict[str, TableIndex] = {}
    for name, table in tables.items():
        if isinstance(table, SplicedTable):
            made = table.index()
            if made is None:
                return None
            found[name] = made
        elif is_deferrable(name) and where.tables[name][1] >= WORTH_IT:
            return None
    contents = Contents(
        seal=where.seal,
        size=where.at,
        tables=where.tables,
        records={name: len(table.begins) for name, table in found.items()},
        acts=len(history),
        last=history.last[-LAST:],
    )
    return Index(contents=contents, tables=found)


def tables_of(facts: Facts) -> dict[str, Sequence[Record] | Written]:
    """Return all tables as they are now, to be written anew by another thread."""
    return {name: _table_of(facts, name) for name in TABLES}


def _table_of(facts: Facts, name: str) -> Sequence[Record] | Written:
    table = facts.deferred(name)
    if table and isinstance(table.source, TableSource):
        return SplicedTable(table, table.source)
    return tuple(facts.all(TABLES[name]))
