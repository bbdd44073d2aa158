"""Where the records of a large book lie in its file: by place, by id, by account and by day.

It lies beside the book and is no truth: it holds only for the file with exactly its seal, and is made anew where it
is missing or damaged. The first line is the SHA-256 of all that follows, the second tells what comes behind it:
numbers in the machine's order.

Whoever makes one has looked at every record, so that none is damaged and no id stands twice.
"""

import contextlib
import hashlib
import os
import secrets
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from glob import escape
from pathlib import Path
from typing import Literal, TypeAlias
from zlib import crc32

import msgspec

from arctui import __version__
from arctui.core.deferred import DAY_OF
from arctui.core.tables import TABLES
from arctui.store import files
from arctui.store.errors import BookError
from arctui.store.rights import check_kind

#: So many of the last acts are found one by one.
LAST = 200
#: What is written otherwise has another number.
_FORMAT = 1
#: A table has fewer records than two to this power; the other bits of an entry are those of a digest.
_PLACE_BITS = 24
PLACES = (1 << _PLACE_BITS) - 1
_DIGEST_BITS = 64 - _PLACE_BITS
#: A table is shorter, in bytes.
LONGEST = 1 << 32
_SHORT: Literal["I"] = "I"
_LONG: Literal["Q"] = "Q"

#: The tables in which is looked for what is of a day.
BY_DAY = {kind.TABLE: field for kind, field in DAY_OF.items()}

Numbers: TypeAlias = "array[int] | memoryview[int]"


@cache
def shapes() -> str:
    """Return what stands for the shapes of the records that whoever made an index has looked at."""
    fields = [(name, f.name, str(f.type)) for name, kind in TABLES.items() for f in msgspec.structs.fields(kind)]
    return f"{__version__} {crc32(repr(fields).encode()):08x}"


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What an index is of: the seal of the book's file, its size, and where its tables and the history lie.

    `records`: how many each table has whose records are found one by one. `acts`: how many are in the history.
    `last`: where the last of them lie, behind the history's beginning, and how long they are.
    """

    format: int = _FORMAT
    program: str = msgspec.field(default_factory=shapes)
    order: str = sys.byteorder
    seal: str
    size: int
    tables: dict[str, tuple[int, int]]
    records: dict[str, int]
    acts: int
    last: list[tuple[int, int]]


_CONTENTS = msgspec.json.Decoder(Contents)


class Lookup:
    """Places by what they are looked for by: each entry, of which all are sorted, has a digest of that in front."""

    def __init__(self, entries: Numbers) -> None:
        self.entries = entries

    @classmethod
    def of(cls, digests: Iterable[int]) -> "Lookup":
        """Make one of the digests of what stands at the places from 0 on."""
        return cls(array(_LONG, sorted(entry(d, place) for place, d in enumerate(digests))))

    def places(self, digest: int) -> list[int]:
        """Return the places with this digest, in order."""
        first = entry(digest, 0)
        at = bisect_left(self.entries, first)
        found: list[int] = []
        while at < len(self.entries) and (here := self.entries[at]) <= first | PLACES:
            found.append(here & PLACES)
            at += 1
        return found


def entry(digest: int, place: int) -> int:
    """Return what stands in a lookup for a place."""
    return digest << _PLACE_BITS | place


class TableIndex(msgspec.Struct, frozen=True, kw_only=True):
    """Where the records of one table lie: they begin so many bytes behind the table's own beginning.

    `checks` are their CRC-32: whether one is still what it was, where something was written into the file.
    """

    begins: Numbers
    lengths: Numbers
    checks: Numbers
    ids: Lookup
    accounts: Lookup
    days: Lookup


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """What was written beside a book."""

    contents: Contents
    tables: dict[str, TableIndex]


def digest_of(text: str) -> int:
    """Return a number for an id, or an account: nearly always another one for another id."""
    try:
        return int(text[: _DIGEST_BITS // 4], 16) & (1 << _DIGEST_BITS) - 1
    except ValueError:
        content = hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=_DIGEST_BITS // 8)
        return int.from_bytes(content.digest())


def digest_of_day(day: date | None) -> int:
    """Return the number of a day, 0 for none."""
    return day.toordinal() if day else 0


def table_index(
    records: Sequence[bytes | msgspec.Raw],
    ids: Iterable[str],
    accounts: Iterable[str],
    days: Iterable[date | None],
) -> tuple[TableIndex, int]:
    """Return the index of a table of these records as they are written, numbered from 1 on, and its length.

    `days` are none where nobody asks for what is of a day. Raises ValueError where it is too large.
    """
    lengths = array(_SHORT, map(len, records))
    begins, size = begins_of(lengths)
    if size >= LONGEST or len(begins) > PLACES:
        raise ValueError("too large to be indexed")
    known: dict[str, int] = {}
    by_account = (known[a] if a in known else known.setdefault(a, digest_of(a)) for a in accounts)
    index = TableIndex(
        begins=begins,
        lengths=lengths,
        checks=array(_SHORT, map(crc32, records)),
        ids=Lookup.of(map(digest_of, ids)),
        accounts=Lookup.of(by_account),
        days=Lookup.of(map(digest_of_day, days)),
    )
    return index, size


def begins_of(lengths: Iterable[int]) -> "tuple[array[int], int]":
    """Return where records of these lengths begin in a table, numbered from 1 on, and how long the table is."""
    begins, at = array(_LONG), 1
    for number, length in enumerate(lengths, 1):
        # A comma, which the first has not, and the number.
        at += len(str(number)) + 3 + (number > 1)
        begins.append(at)
        at += length
    return (array(_SHORT, begins) if at < LONGEST else begins), at + 1


def place_of(book: Path) -> Path:
    """Return where a book's index lies."""
    return book.with_name(f"{book.name}.index")


class NewIndex:
    """An index in the making: written beside the book while nobody waits, and given its name in a moment."""

    def __init__(self, book: Path, index: Index) -> None:
        """Write it. Raises BookError; then nothing is left of it."""
        self._place = place = place_of(book)
        parts = [b"%s\n" % msgspec.json.encode(index.contents), *_arrays(index)]
        proof = hashlib.sha256()
        for part in parts:
            proof.update(part)
        files.clear_leftovers(place.parent, f".{escape(place.name)}-*")
        # A name of its own, as no lock is held: of two sessions that write at once the later one stands.
        self._temporary = place.with_name(f".{place.name}-{secrets.token_hex(4)}")
        pieces = (b"%s\n" % proof.hexdigest().encode(), *parts)
        self._handle = files.write_new(self._temporary, pieces, place)

    def install(self) -> None:
        """Give it its name, as well as may be: without it all is read as if there were none."""
        with contextlib.suppress(OSError):
            self._temporary.replace(self._place)
        self.close()

    def close(self) -> None:
        """Let go of it; what has no name is taken away."""
        if self._handle >= 0:
            files.close(self._handle)
            self._handle = -1
            files.discard(self._temporary)


def _arrays(index: Index) -> Iterator[bytes]:
    for table in index.tables.values():
        yield bytes(memoryview(table.begins))
        yield bytes(memoryview(table.lengths))
        yield bytes(memoryview(table.checks))
        for lookup in (table.ids, table.accounts, table.days):
            yield bytes(memoryview(lookup.entries))


def read(book: Path, seal: str, size: int) -> Index | None:
    """Read the index of the book's file with this seal and size; None if it is not there, stale or damaged."""
    with contextlib.suppress(OSError, BookError, ValueError, msgspec.DecodeError):
        content = _content(place_of(book))
        proof, _, rest = content.partition(b"\n")
        if hashlib.sha256(rest).hexdigest().encode() != proof:
            return None
        head = rest.index(b"\n")
        contents = _CONTENTS.decode(rest[:head])
        this = (_FORMAT, shapes(), sys.byteorder, seal, size)
        if (contents.format, contents.program, contents.order, contents.seal, contents.size) != this:
            return None
        return Index(contents=contents, tables=_tables(contents, memoryview(rest)[head + 1 :]))
    return None


def _content(place: Path) -> bytes:
    handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        check_kind(os.fstat(handle), place)
        return file.read()


def _tables(contents: Contents, rest: memoryview) -> dict[str, TableIndex]:
    """Raises ValueError where they are not as long as they should be."""
    tables: dict[str, TableIndex] = {}
    at = 0

    def taken(kind: Literal["I", "Q"], count: int) -> "memoryview[int]":
        nonlocal at
        size = count * array(kind).itemsize
        part = rest[at : at + size].cast(kind)
        at += size
        if len(part) != count:
            raise ValueError("cut off")
        return part

    for name, count in contents.records.items():
        begins, lengths, checks = taken(_SHORT, count), taken(_SHORT, count), taken(_SHORT, count)
        ids, accounts = Lookup(taken(_LONG, count)), Lookup(taken(_LONG, count))
        days = Lookup(taken(_LONG, count if name in BY_DAY else 0))
        tables[name] = TableIndex(
            begins=begins, lengths=lengths, checks=checks, ids=ids, accounts=accounts, days=days
        )
    if at != len(rest):
        raise ValueError("too long")
    return tables
