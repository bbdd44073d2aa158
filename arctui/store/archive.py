"""The archive: a whole book, its history included, as one file that another machine or a later version reads.

JSON Lines: a head with the format's number and where the history stands, a line for each record and each act, and an
end with SHA-256 over every byte before it. It knows nothing of journals and seals; what it says is proved before any
of it comes into a book.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import msgspec

from arctui import __version__
from arctui.core.facts import Facts
from arctui.core.records import Record
from arctui.core.tables import TABLES
from arctui.core.text import clean, harmless
from arctui.store import base, journal
from arctui.store.base import HISTORY, Meta
from arctui.store.book import Book
from arctui.store.errors import BookConflictError, BookError
from arctui.store.fold import Snapshot
from arctui.store.transactions import Transaction, chain
from arctui.store.verify import misfits

FORMAT = 1
ENDING = ".arctui"
#: How an archive begins, whatever the file is called.
BEGINS = b'{"arctui":"archive",'

_END = re.compile(rb'\{"end":\{"lines":(\d{1,12}),"sha256":"([0-9a-f]{64})"\}\}\n\Z')
_LONGEST_END = 120
_DAMAGED = "it was damaged or cut off: copy it again, or export it again"


class ArchiveError(BookError):
    """The file is no archive that can be taken in; one sentence says why and what to do.

    `why` is the first half of it: what it says to do is for whoever has a file, and not while one is written.
    """

    def __init__(self, why: str, do: str = _DAMAGED) -> None:
        super().__init__(f"{why}: {do}")
        self.why = why


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The first line. `version` is that of the program, `origin`, `number` and `head` are those of the history."""

    arctui: str
    format: int
    version: str
    at: datetime
    by: str
    origin: str
    number: int
    head: str


class _Version(msgspec.Struct, frozen=True):
    format: int
    version: str


class _Line(msgspec.Struct, frozen=True):
    table: str
    record: msgspec.Raw


class Archive(msgspec.Struct, frozen=True):
    """What an archive holds."""

    head: Head
    facts: Facts
    history: tuple[Transaction, ...]


_VERSION, _HEAD = msgspec.json.Decoder(_Version), msgspec.json.Decoder(Head)
_LINE, _ACT = msgspec.json.Decoder(_Line), msgspec.json.Decoder(Transaction)
_RECORDS = {name: msgspec.json.Decoder(kind) for name, kind in TABLES.items()}
_ENCODER = msgspec.json.Encoder()


def written(book: Book, at: datetime, by: str) -> bytes:
    """Return the archive of a book. Raises BookError, also where an archive could not be taken in again."""
    book.refresh()
    content = b"".join(_lines(book, at, by))
    end = _ENCODER.encode({"end": {"lines": content.count(b"\n"), "sha256": hashlib.sha256(content).hexdigest()}})
    content += end + b"\n"
    try:
        read(content)
    except ArchiveError as error:
        raise BookError(
            f"no archive was written, it could not be taken in again ({error.why}): 'arctui check' says more"
        ) from None
    return content


def _lines(book: Book, at: datetime, by: str) -> Iterator[bytes]:
    stand, history = book.stand, book.history
    if stand.format != base.FORMAT:
        # The history of the first format was not chained yet.
        history = tuple(chain(history, stand.origin))
    head = Head(
        arctui="archive",
        format=FORMAT,
        version=__version__,
        at=at,
        by=by,
        origin=stand.origin,
        number=stand.number,
        head=history[-1].hash if history else stand.origin,
    )
    yield _ENCODER.encode(head) + b"\n"
    for name, kind in TABLES.items():
        yield from _table(name, book.facts.all(kind))
    yield from _table(HISTORY, history)


def _table(name: str, documents: Iterable[msgspec.Struct]) -> Iterator[bytes]:
    for document in documents:
        yield b'{"table":"%s","record":%s}\n' % (name.encode(), _ENCODER.encode(document))


def read(content: bytes) -> Archive:
    """Return what an archive holds, proved: its bytes, its ids, its amounts, and that all of it fits together.

    Raises ArchiveError.
    """
    head = _head(content)
    end = _END.search(content, max(0, len(content) - _LONGEST_END))
    body = content[: end.start()] if end else b""
    sealed = end and int(end[1]) == body.count(b"\n") and end[2] == hashlib.sha256(body).hexdigest().encode()
    if not sealed:
        raise ArchiveError("this archive is not whole")
    seen: set[str] = set()
    records: list[Record] = []
    history: list[Transaction] = []
    for number, raw in enumerate(body.split(b"\n")[1:-1], 2):
        found = _decoded(number, raw, head)
        if isinstance(found, Transaction):
            history.append(found)
            continue
        if found.id in seen:
            raise ArchiveError(f"line {number}: record {clean(found.id)} stands twice")
        seen.add(found.id)
        records.append(found)
    archive = Archive(head, Facts(records), tuple(history))
    if wrong := misfits(archive.facts, archive.history, _stand(head)):
        raise ArchiveError(f"what is in it does not fit together ({clean(wrong[0])})", "export it again")
    if len(history) != head.number:
        raise ArchiveError(f"it has {len(history)} acts and not {head.number}")
    return archive


def _head(content: bytes) -> Head:
    first = content.partition(b"\n")[0]
    try:
        found = _VERSION.decode(first)
        if found.format == FORMAT:
            return _HEAD.decode(first)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        raise ArchiveError("its first line is not that of an archive") from None
    raise ArchiveError(
        f"this archive has format {found.format}, this version reads format {FORMAT}", _other(found.version)
    )


def _decoded(number: int, raw: bytes, head: Head) -> Record | Transaction:
    """Decode a line; what this version would not write just so it does not wholly know. Raises ArchiveError."""
    try:
        line = _LINE.decode(raw)
        found: Record | Transaction
        found = _ACT.decode(line.record) if line.table == HISTORY else _RECORDS[line.table].decode(line.record)
    except KeyError:
        raise ArchiveError(f"line {number} is of a table that is not known", _other(head.version)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError, OverflowError) as error:
        raise ArchiveError(f"line {number} cannot be read ({clean(str(error))})") from None
    if not _are_numbers(found):
        raise ArchiveError(f"line {number} has an amount that is no number")
    if _ENCODER.encode(found) != bytes(line.record):
        raise ArchiveError(f"line {number} holds something that is not known", _other(head.version))
    if _acts_on_a_terminal(line.record, found):
        raise ArchiveError(
            f"line {number} has a text with control characters, which this program never writes",
            "ask for another one where it comes from",
        )
    return found


def _are_numbers(found: msgspec.Struct) -> bool:
    values = (getattr(found, name) for name in found.__struct_fields__)
    return all(value.is_finite() for value in values if isinstance(value, Decimal))


def _acts_on_a_terminal(raw: msgspec.Raw, found: msgspec.Struct) -> bool:
    """Has a record or an act a text that must not be shown as it is? In JSON control characters are escaped."""
    text = bytes(raw).decode()
    if text.isprintable() and "\\" not in text:
        return False
    values = [msgspec.to_builtins(found)]
    while values:
        value = values.pop()
        if isinstance(value, dict):
            values += [*value, *value.values()]
        elif isinstance(value, list | tuple):
            values += value
        elif isinstance(value, str) and harmless(value) != value:
            return True
    return False


def _other(version: str) -> str:
    return f"install arctui {clean(version)}, which wrote it"


def _stand(head: Head) -> Meta:
    return Meta(origin=head.origin, seq=0, mark=head.origin, number=head.number, head=head.head)


def fill(book: Book, archive: Archive) -> None:
    """Make an empty book hold what is in an archive, all of it or nothing. Raises BookConflictError, BookError."""

    def full(now: Snapshot) -> Snapshot:
        if now.meta.number or any(now.tables.values()):
            raise BookConflictError(f"{book.path} is not empty: an archive goes into a book of its own")
        head = archive.head
        # What stands in the journal of an empty book is nothing any more (a draft that was left), and belongs to it.
        journal.remove(now.path)
        if journal.state(now.path):
            raise BookError(f"{journal.place_of(now.path)} cannot be taken away: look at the rights of its folder")
        return msgspec.structs.replace(
            now,
            meta=msgspec.structs.replace(
                now.meta, origin=head.origin, mark=head.origin, number=head.number, head=head.head
            ),
            tables={name: tuple(archive.facts.all(kind)) for name, kind in TABLES.items()},
            recent=archive.history,
        )

    book.fill(full)


def is_archive(path: Path) -> bool:
    """Does a file begin as an archive does, or is it called one?"""
    try:
        if not path.is_file() or path.suffix.lower() == ENDING:
            return path.is_file()
        with path.open("rb") as file:
            return file.read(len(BEGINS)) == BEGINS
    except (OSError, ValueError):
        return False
