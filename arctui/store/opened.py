"""A large book as it is opened: what is small is decoded, of the rest only is known where it lies."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from zlib import crc32

import msgspec

from arctui.core.deferred import DEFERRABLE, Source
from arctui.core.facts import Facts
from arctui.core.records import Record
from arctui.core.tables import TABLES
from arctui.store import base, files, index
from arctui.store.base import Base
from arctui.store.bookfile import BookFile, Proof, proof_of
from arctui.store.errors import BookDamagedError, BookError
from arctui.store.index import Contents, Index, TableIndex, digest_of, digest_of_day
from arctui.store.transactions import Transaction

#: A smaller book is decoded in no time.
WORTH_IT = 1_000_000
#: So many records are decoded at a time.
_CHUNK = 500
#: So many bytes are copied at a time.
_PIECE = 1 << 20
_DEFERRABLE = {kind.TABLE: kind for kind in DEFERRABLE}
_ACT = msgspec.json.Decoder(Transaction)
_RAW = msgspec.json.Decoder(dict[str, msgspec.Raw])


class TableSource(Source):
    """The records of one table where they lie in the book's file."""

    def __init__(self, file: BookFile, name: str, begins: int, found: TableIndex) -> None:
        self.file = file
        self.index = found
        self.begins = begins
        self.name = name
        kind = TABLES[name]
        self._record = msgspec.json.Decoder(kind)
        self._some = msgspec.json.Decoder(dict[str, kind])  # type: ignore[valid-type]

    def __len__(self) -> int:
        return len(self.index.begins)

    def place(self, record_id: str) -> int | None:
        """Return the place of the record with this id."""
        # A digest may be that of several ids.
        return next((p for p in self.index.ids.places(digest_of(record_id)) if self._id_at(p) == record_id), None)

    def _id_at(self, place: int) -> str:
        return self._decoded(place).id

    def places_of(self, account: str) -> Sequence[int]:
        """Return the places of an account's records, in order, and perhaps those of another with the same digest."""
        return self.index.accounts.places(digest_of(account))

    def places_on(self, day: date) -> Sequence[int]:
        """Return the places of what is of a day, in order."""
        return self.index.days.places(digest_of_day(day))

    def at(self, places: Sequence[int]) -> list[Record]:
        """Decode records. Raises BookDamagedError, BookError."""
        return [self._decoded(place) for place in places]

    def raw(self, place: int) -> bytes:
        """Return a record as it is written. Raises BookDamagedError, BookError."""
        raw = self.file.read(self.begins + self.index.begins[place], self.index.lengths[place])
        if not self.file.is_same():
            self._check(place, raw)
        return raw

    def _check(self, place: int, raw: bytes | memoryview) -> None:
        """Something was written into the file: raise BookDamagedError where a record is not what it was."""
        if crc32(raw) != self.index.checks[place]:
            raise self.file.changed()

    def _decoded(self, place: int) -> Record:
        raw = self.raw(place)
        try:
            return self._record.decode(raw)
        except (msgspec.DecodeError, ValueError, OverflowError, RecursionError):
            raise base.damaged_record(self.file.path, self.name, b'{"1":%s}' % raw) from None

    def all(self) -> Iterator[Record]:
        """Decode all, a few at a time. Raises BookDamagedError, BookError."""
        for first in range(0, len(self), _CHUNK):
            raw = b'{"1":%s}' % self.between(first, min(first + _CHUNK, len(self)))
            try:
                records = self._some.decode(raw)
            except (msgspec.DecodeError, ValueError, OverflowError, RecursionError):
                raise base.damaged_record(self.file.path, self.name, raw) from None
            yield from records.values()

    def between(self, first: int, end: int) -> bytes:
        """Return the records from one place to before another as they are written, without the first's number."""
        begins, lengths = self.index.begins, self.index.lengths
        at, last = begins[first], end - 1
        raw = self.file.read(self.begins + at, begins[last] + lengths[last] - at)
        if not self.file.is_same():
            view = memoryview(raw)
            for place in range(first, end):
                self._check(place, view[begins[place] - at : begins[place] - at + lengths[place]])
        return raw


class LateActs:
    """The last acts of a large book, which are found without the whole history."""

    def __init__(self, file: BookFile, begins: int, last: Sequence[tuple[int, int]]) -> None:
        self.file, self._begins, self._last = file, begins, last

    def of(self, count: int) -> list[Transaction] | None:
        """Decode so many of the last acts, the oldest first; None where so many are not to be found.

        Raises BookDamagedError, BookError.
        """
        if not 0 < count <= len(self._last):
            return None
        raw = [self.file.read(self._begins + begin, length) for begin, length in self._last[-count:]]
        try:
            found = [_ACT.decode(each) for each in raw]
        except (msgspec.DecodeError, ValueError, OverflowError, RecursionError):
            return None
        # What was written into the file meanwhile is told where the whole history is read.
        return found if self.file.is_same() else None


class Opened:
    """A large book as it was opened: `base` has its small tables."""

    def __init__(self, proof: Proof, found: Index) -> None:
        """Raises BookDamagedError, BookError."""
        self._proof = proof
        file, contents = proof.file, found.contents
        self.file, self._contents = file, contents
        parts = {name: self._table(name) for name in contents.tables if name not in {*found.tables, base.HISTORY}}
        meta = base.meta_in(parts[base.META], file.path)
        self.base = Base(path=file.path, identity=file.identity, meta=meta, tables=parts)
        self.sources = {
            name: TableSource(file, name, contents.tables[name][0], table) for name, table in found.tables.items()
        }

    def _table(self, name: str) -> msgspec.Raw:
        return msgspec.Raw(self.file.read(*self._contents.tables[name]))

    def facts(self) -> Facts:
        """Return its records; those of large tables are decoded when they are looked at. Raises BookDamagedError."""
        return Facts(self.base.records(), self.sources)

    def check_seal(self) -> None:
        """Wait until the seal is checked. Raises BookDamagedError where it does not fit, BookError."""
        self._proof.wait()

    @property
    def acts(self) -> int:
        """How many acts are in its history."""
        return self._contents.acts

    @property
    def last(self) -> list[tuple[int, int]]:
        """Where the last of its acts lie, behind the history's beginning, and how long they are."""
        return self._contents.last

    def late_acts(self) -> "LateActs":
        """Return what finds the last acts, without anything else."""
        return LateActs(self.file, self._contents.tables.get(base.HISTORY, (0, 2))[0], self.last)

    def history(self) -> Iterator[bytes]:
        """Return what stands between the history's braces, piece by piece. Raises BookDamagedError, BookError."""
        begin, length = self._contents.tables.get(base.HISTORY, (0, 2))
        for at in range(begin + 1, begin + length - 1, _PIECE):
            yield self.file.read(at, min(_PIECE, begin + length - 1 - at))


def is_deferrable(name: str) -> bool:
    """May the records of a table be decoded when they are looked at?"""
    return name in _DEFERRABLE


def is_untouched(facts: Facts) -> bool:
    """Was nothing written into the files that records are decoded from? Raises BookError."""
    sources = map(facts.source, TABLES)
    return all(source.file.is_same() for source in sources if isinstance(source, TableSource))


def opened(path: Path) -> Opened | None:
    """Open a large book by the index that lies beside it; None where it is small, or there is no index of it.

    Its seal is being checked: see `Opened.check_seal`. Raises BookDamagedError, BookError.
    """
    file = _large_file(path)
    if file is None:
        return None
    found = index.read(path, file.seal, file.size)
    return Opened(proof_of(file), found) if found else None


def _large_file(path: Path) -> BookFile | None:
    """Open a large book's file; where that is not possible, reading it whole says why."""
    here = files.identity(path)
    with contextlib.suppress(OSError, BookError):
        return BookFile(path) if here and here[1] >= WORTH_IT else None
    return None


def indexed(path: Path) -> Opened | None:
    """Open a large book that has no index: every record is looked at, and where they lie is written beside it.

    None where it is small, or cannot be indexed. Raises what `base.read` raises, and BookDamagedError naming a record
    that is damaged, or stands twice.
    """
    file = _large_file(path)
    if file is None:
        return None
    content, identity = files.read_whole(path)
    found = made(content, base.decoded(path, content, identity))
    if found is None or identity != file.identity:
        return None
    with contextlib.suppress(BookError):
        # Where nothing can be written it is made anew each time.
        index.NewIndex(path, found).install()
    return Opened(proof_of(file), found)


def made(content: bytes, found: Base) -> Index | None:
    """Make the index of a book that was read; None where it is of an older format, or otherwise spaced than ours.

    Raises BookDamagedError where a record is damaged, or an id stands twice.
    """
    seal = base.SEAL_SHAPE.search(content[-base.SEAL_LENGTH :])
    where = _where(content, found.tables)
    if seal is None or where is None or found.meta.format != base.FORMAT:
        return None
    tables: dict[str, TableIndex] = {}
    seen: set[str] = set()
    for name in TABLES:
        records = found.decoded(name)
        ids = [record.id for record in records.values()]
        _check_new(found.path, ids, seen)
        raw = found.tables.get(name)
        if name in _DEFERRABLE and raw is not None and len(raw) >= WORTH_IT // 20:
            written = list(_RAW.decode(raw).values())
            days = (getattr(r, index.BY_DAY[name]) for r in records.values()) if name in index.BY_DAY else ()
            accounts = (getattr(r, "account", "") for r in records.values())
            try:
                tables[name], size = index.table_index(written, ids, accounts, days)
            except ValueError:
                return None
            if size != len(raw) or len(ids) != len(written):
                return None
    history = found.tables.get(base.HISTORY, msgspec.Raw(b"{}"))
    acts = [len(each) for each in _RAW.decode(history).values()]
    begins, size = index.begins_of(acts)
    if size != len(history) and acts:
        return None
    contents = Contents(
        seal=seal.group(1).decode(),
        size=len(content),
        tables=where,
        records={name: len(table.begins) for name, table in tables.items()},
        acts=len(acts),
        last=list(zip(begins, acts, strict=True))[-index.LAST :],
    )
    return Index(contents=contents, tables=tables)


def _where(content: bytes, tables: Mapping[str, msgspec.Raw]) -> dict[str, tuple[int, int]] | None:
    """Return where the tables lie in a book's content, as we write it."""
    at, where = 0, dict[str, tuple[int, int]]()
    for name, raw in tables.items():
        begin = b"%s%s:" % (b"," if where else b"{", msgspec.json.encode(name))
        if not content.startswith(begin, at):
            return None
        at += len(begin)
        where[name] = (at, len(raw))
        at += len(raw)
    return where if content[at:] == b"}" else None


def _check_new(path: Path, ids: Sequence[str], seen: set[str]) -> None:
    """Raise BookDamagedError where an id was seen before."""
    for record_id in ids:
        if record_id in seen:
            raise BookDamagedError(f"{path}: record {record_id} stands twice")
        seen.add(record_id)
