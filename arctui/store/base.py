"""The base: the book's JSON file, as a TinyDB file, sealed by a checksum, written whole and never changed in place.

`_meta` stands first: which format it is, and up to which line of the journal and which act of the history it goes.
The tables follow, the history after them, and the seal last: SHA-256 over every byte before it.
"""

import contextlib
import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import msgspec

from arctui.core.records import Record
from arctui.core.tables import TABLES
from arctui.store import files
from arctui.store.errors import LEFT, BookDamagedError, BookError, BookNewerError
from arctui.store.files import FileIdentity
from arctui.store.sharing import Sharing
from arctui.store.transactions import Transaction

#: Format 1 had neither seal nor chain; it is still read, and written anew with a copy kept (`backups`).
FORMAT = 2
META, HISTORY, SEAL = "_meta", "history", "_seal"

_SEAL = b',"_seal":{"1":{"sha256":"%s"}}}'
SEAL_SHAPE = re.compile(rb',"_seal":\{"1":\{"sha256":"([0-9a-f]{64})"\}\}\}\Z')
SEAL_LENGTH = len(_SEAL % (b"0" * 64))
#: As many records are made JSON at once; between them other threads have their turn.
_CHUNK = 500
#: Pieces below this size in bytes are put together.
_SMALL = 4096
_TABLE_OF_TABLES = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ANY_TABLE = msgspec.json.Decoder(dict[str, dict[str, Any]])
_HISTORY_TABLE = msgspec.json.Decoder(dict[str, Transaction])
_META_TABLE = msgspec.json.Decoder(dict[str, dict[str, Any]])
_RECORDS = {name: msgspec.json.Decoder(dict[str, kind]) for name, kind in TABLES.items()}  # type: ignore[valid-type]

#: Where a base says how it stands, where an act in it begins and ends, however the JSON is spaced.
_META_BEGINS = re.compile(rb'\{\s*"_meta":\s*\{\s*"1":\s*(\{[^{}]*\})')
_ACT_BEGINS = re.compile(rb'\{\s*"number":\s*\d+,\s*"act":')
_ACT_ENDS = re.compile(rb'"hash":\s*"[0-9a-f]{64}"\s*\}')
_ACT = msgspec.json.Decoder(Transaction)


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """Where the base stands: in the journal after line `seq` with this mark, in the history after act `number`.

    `head` is that act's hash; of a book without acts, and before its first line, both are `origin`, drawn at random.
    """

    format: int = FORMAT
    origin: str
    seq: int
    mark: str
    number: int
    head: str


class Written(ABC):
    """A table that is written already, at least most of it."""

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def pieces(self) -> Iterator[bytes]:
        """Return what stands between its braces, piece by piece. Raises BookError."""


class Where:
    """Where in a base that is being written its tables lie, and its seal once all is written."""

    def __init__(self) -> None:
        self.at = 0
        self.tables: dict[str, tuple[int, int]] = {}
        self.seal = ""


class Base(msgspec.Struct, frozen=True, kw_only=True):
    """A base as it was read: its tables are not decoded yet."""

    path: Path
    identity: FileIdentity
    meta: Meta
    tables: dict[str, msgspec.Raw]

    def records(self) -> Iterator[Record]:
        """Decode every record, table by table. Raises BookDamagedError naming the record."""
        sharing = Sharing()
        for name, kind in TABLES.items():
            records = self.decoded(name).values()
            sharing.share(kind, records)
            yield from records

    def decoded(self, name: str) -> dict[str, Record]:
        """Decode the records of one table. Raises BookDamagedError naming the record."""
        raw = self.tables.get(name)
        if raw is None:
            return {}
        try:
            return _RECORDS[name].decode(raw)
        except (msgspec.DecodeError, ValueError, OverflowError, RecursionError):
            raise damaged_record(self.path, name, raw) from None

    def history(self) -> Sequence[Transaction]:
        """Decode the history, the oldest act first. Raises BookDamagedError."""
        raw = self.tables.get(HISTORY)
        try:
            return tuple(_HISTORY_TABLE.decode(raw).values()) if raw is not None else ()
        except (msgspec.DecodeError, ValueError, OverflowError, RecursionError) as error:
            raise BookDamagedError(f"{self.path}: the history is damaged: {error}. {LEFT}") from None

    @property
    def foreign(self) -> dict[str, msgspec.Raw]:
        """Tables that another program put in: kept as they are."""
        ours = {META, HISTORY, SEAL, *TABLES}
        return {name: raw.copy() for name, raw in self.tables.items() if name not in ours}


def damaged_record(path: Path, name: str, raw: bytes | msgspec.Raw) -> BookDamagedError:
    """Find out which record of a table cannot be read."""
    try:
        for document in _ANY_TABLE.decode(raw).values():
            try:
                msgspec.convert(document, TABLES[name])
            except (msgspec.ValidationError, ValueError, OverflowError) as error:
                what = document.get("id", "without an id")
                return BookDamagedError(f"{path}: record {what} of {name} is damaged: {error}. {LEFT}")
    except (msgspec.DecodeError, RecursionError, ValueError):
        pass
    return BookDamagedError(f"{path}: the table {name} is damaged. {LEFT}")


def read(path: Path, *, sealed: bool = True) -> Base:
    """Read a base. With `sealed` False a seal that does not fit is overlooked, for those who look into a damaged one.

    Raises BookMissingError, BookDamagedError, BookError.
    """
    content, identity = files.read_whole(path)
    return decoded(path, content, identity, sealed=sealed)


def decoded(path: Path, content: bytes, identity: FileIdentity, *, sealed: bool = True) -> Base:
    """Return the base that these bytes are. Raises BookDamagedError."""
    if not content.strip():
        raise BookDamagedError(f"{path} is empty. {LEFT}")
    try:
        tables = _TABLE_OF_TABLES.decode(content)
        meta = _META_TABLE.decode(tables.get(META, b"{}")).get("1", {})
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BookDamagedError(f"{path} is damaged or no book ({error}). {LEFT}") from None
    version = meta.get("format")
    if type(version) is not int or version < 1:
        raise BookDamagedError(f"{path} is no book of arctui. {LEFT}")
    if version > FORMAT and seal_fits(content):
        raise BookNewerError(f"{path} was written by a newer arctui: install that version to open it")
    if version > FORMAT:
        raise BookDamagedError(
            f"{path} was written by a newer arctui (install that version to open it) or is damaged. {LEFT}"
        )
    if version < FORMAT:
        if SEAL in tables or not isinstance(meta.get("number", 0), int):
            # The first format had no seal: this is a later one of which a byte was changed.
            raise BookDamagedError(f"{path} is damaged (it says format {version}). {LEFT}")
        origin = hashlib.sha256(content).hexdigest()
        found = Meta(format=version, origin=origin, seq=0, mark=origin, number=meta.get("number", 0), head=origin)
        return Base(path=path, identity=identity, meta=found, tables=tables)
    try:
        found = msgspec.convert(meta, Meta)
    except msgspec.ValidationError as error:
        raise BookDamagedError(f"{path} is damaged ({error}). {LEFT}") from None
    if sealed and not seal_fits(content):
        raise BookDamagedError(f"{path} was damaged, or changed by another program: its seal is broken. {LEFT}")
    return Base(path=path, identity=identity, meta=found, tables=tables)


def meta_in(raw: msgspec.Raw, path: Path) -> Meta:
    """Return where a base of our format stands. Raises BookDamagedError."""
    try:
        return msgspec.convert(_META_TABLE.decode(raw).get("1", {}), Meta)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BookDamagedError(f"{path} is damaged ({error}). {LEFT}") from None


def seal_fits(content: bytes) -> bool:
    """Is every byte as it was written?"""
    body, seal = memoryview(content)[:-SEAL_LENGTH], SEAL_SHAPE.search(content[-SEAL_LENGTH:])
    return seal is not None and hashlib.sha256(body).hexdigest().encode() == seal.group(1)


def reason(error: BookError) -> str:
    """Return what an error says, without what it advises for the book itself."""
    return str(error).removesuffix(f". {LEFT}")


def salvage(content: bytes) -> Iterator[Transaction]:
    """Return every act that can be read in a base that is damaged elsewhere; whether it is genuine its hash tells."""
    begins = [match.start() for match in _ACT_BEGINS.finditer(content)]
    for begin, end in pairwise([*begins, len(content)]):
        match = _ACT_ENDS.search(content, begin, end)
        if match:
            with contextlib.suppress(msgspec.DecodeError, ValueError, OverflowError, RecursionError):
                yield _ACT.decode(content[begin : match.end()])


def meta_of(content: bytes) -> Meta | None:
    """Return where a base says that it stands, although it is damaged elsewhere; None if that cannot be told."""
    match = _META_BEGINS.match(content)
    try:
        return msgspec.json.decode(match.group(1), type=Meta) if match else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def read_meta(path: Path) -> tuple[Meta, FileIdentity] | None:
    """Read only where a base stands, without looking at the rest; None if that cannot be told from its beginning."""
    found = files.read_beginning(path)
    if found is None:
        return None
    content, identity = found
    match = re.match(rb'\{"_meta":\{"1":(\{[^{}]*\})\}', content)
    try:
        return (msgspec.json.decode(match.group(1), type=Meta), identity) if match else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def encoded(
    meta: Meta,
    tables: Mapping[str, Sequence[Record] | Written],
    foreign: Mapping[str, msgspec.Raw],
    history: Iterable[bytes] | Written,
    where: Where | None = None,
) -> Iterator[bytes]:
    """Make a base's bytes piece by piece; `history` are its acts as JSON. Raises BookError for what is no text.

    `where` is told where the tables come to lie.
    """
    digest, where = hashlib.sha256(), where or Where()
    # An empty table is a few bytes: together they are one write.
    small = b""
    try:
        for piece in _pieces(meta, tables, foreign, history, where):
            digest.update(piece)
            where.at += len(piece)
            small += piece
            if len(small) >= _SMALL:
                yield small
                small = b""
    except UnicodeEncodeError:
        raise BookError("a text that is no Unicode cannot be saved: write it anew") from None
    where.seal = digest.hexdigest()
    seal = _SEAL % where.seal.encode()
    where.tables[SEAL] = (where.at + len(b',"_seal":'), len(seal) - len(b',"_seal":}'))
    where.at += len(seal)
    yield small + seal


def _pieces(
    meta: Meta,
    tables: Mapping[str, Sequence[Record] | Written],
    foreign: Mapping[str, msgspec.Raw],
    history: Iterable[bytes] | Written,
    where: Where,
) -> Iterator[bytes]:
    written: dict[str, Iterable[bytes]] = {META: (b'{"1":%s}' % msgspec.json.encode(meta),)}
    written |= {name: _table(records) for name, records in tables.items()}
    written |= {name: (bytes(raw),) for name, raw in foreign.items()}
    written[HISTORY] = _table(history if isinstance(history, Written) else map(msgspec.Raw, history))
    before = b"{"
    for name, pieces in written.items():
        yield b"%s%s:" % (before, msgspec.json.encode(name))
        before, begin = b",", where.at
        yield from pieces
        where.tables[name] = (begin, where.at - begin)


def _table(documents: Iterable[Record | msgspec.Raw] | Written) -> Iterator[bytes]:
    """Number the documents of a table from 1 on, as TinyDB does."""
    yield b"{"
    if isinstance(documents, Written):
        yield from documents.pieces()
    else:
        numbered = enumerate(documents, 1)
        comma = b""
        while chunk := dict(islice(numbered, _CHUNK)):
            yield comma + msgspec.json.encode(chunk)[1:-1]
            comma = b","
    yield b"}"


def raw_history(base: Base) -> Iterator[bytes]:
    """Return the acts of a base's history as they stand in it. Raises BookDamagedError."""
    raw = base.tables.get(HISTORY)
    try:
        return map(bytes, _TABLE_OF_TABLES.decode(raw).values()) if raw is not None else iter(())
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BookDamagedError(f"{base.path}: the history is damaged: {error}. {LEFT}") from None
