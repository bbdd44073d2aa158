"""The journal: what was committed since the base was written, a line each, flushed before it counts.

A line is `MARK LENGTH JSON`: the mark is a checksum of the JSON, in which the mark of the line before stands, so no
line can be changed, lost or moved unseen. A crash in the middle of writing leaves a last line that is cut short, or
has NUL bytes where a block never reached the disk: it was never acknowledged and does not count. Anything else that
does not fit is damage.

After a failed write or flush the file is given up: nobody knows what of it is on the disk, not even by reading it
back (Linux calls the pages clean). It is made read-only as a sign to every session, and the next commit starts a new
file with the lines that were acknowledged.
"""

import contextlib
import hashlib
import os
import re
import stat
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from arctui.store import files, rights
from arctui.store.errors import LEFT, BookDamagedError, BookError
from arctui.store.files import FileIdentity
from arctui.store.transactions import Step, Transaction

_MARK_LENGTH = 32
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
#: What a disk writes at once, in bytes: a power loss leaves out all of it or nothing.
_SECTOR = 512
#: The length of a line's JSON; a line of which only the beginning was written; how its JSON begins.
_LENGTH = re.compile(rb"\d{1,12}")
_UNFINISHED = re.compile(rb"[0-9a-f]{0,32}|[0-9a-f]{32} \d{0,12}|[0-9a-f]{32} (\d{1,12}) (.*)", re.DOTALL)
_PAYLOAD = b'{"seq":'
_LONGEST_HEAD = 46


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became durable in one instant. `seq` counts every line of the book's life; `after` is the mark before.

    `act` goes into the history; `kept` are changes that are no act (an open call, a draft).
    """

    seq: int
    after: str
    act: Transaction | None = None
    kept: tuple[Step, ...] = ()


class Marked(NamedTuple):
    """A line as it stands in the file."""

    line: Line
    mark: str
    raw: bytes


class Parsed(NamedTuple):
    """The lines of a journal, and how many of its bytes they are; `torn`: the rest is a write that was cut off."""

    lines: list[Marked]
    length: int
    torn: bool


class Found(NamedTuple):
    """A journal as it stands on disk: its bytes from where they were asked for, and the state of the file."""

    content: bytes
    state: FileIdentity


_LINES = msgspec.json.Decoder(Line)


@lru_cache(maxsize=8)
def place_of(book: Path) -> Path:
    """Return where the journal of a book lies."""
    return book.with_name(f"{book.name}.journal")


def encode(line: Line) -> Marked:
    """Return a line with its mark and its bytes. Raises BookError for text that no file can hold."""
    try:
        payload = msgspec.json.encode(line)
    except UnicodeEncodeError:
        raise BookError("a text that is no Unicode cannot be saved: write it anew") from None
    mark = _mark(payload)
    return Marked(line, mark, b"%s %d %s\n" % (mark.encode(), len(payload), payload))


def _mark(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()[:_MARK_LENGTH]


def parse(content: bytes, path: Path, start: int = 0) -> Parsed:
    """Read the lines of a journal, from what stands in it from an offset on.

    Raises BookDamagedError where a line is damaged or does not follow the one before.
    """
    lines: list[Marked] = []
    place = 0
    while place < len(content):
        end = content.find(b"\n", place)
        found = _decoded(content[place:end]) if end >= 0 else None
        if found is None:
            if _is_torn(content[place:], start + place):
                return Parsed(lines, place, torn=True)
            raise BookDamagedError(f"{path}: line {len(lines) + 1} is damaged. {LEFT}")
        if lines and (found.line.seq != lines[-1].line.seq + 1 or found.line.after != lines[-1].mark):
            raise BookDamagedError(f"{path}: line {len(lines) + 1} does not follow the one before. {LEFT}")
        lines.append(found)
        place = end + 1
    return Parsed(lines, place, torn=False)


def _decoded(raw: bytes) -> Marked | None:
    """Return a line from its bytes without the newline, None if they are none."""
    mark, _, rest = raw.partition(b" ")
    length, _, payload = rest.partition(b" ")
    if not _LENGTH.fullmatch(length) or int(length) != len(payload) or mark != _mark(payload).encode():
        return None
    try:
        return Marked(_LINES.decode(payload), mark.decode(), raw + b"\n")
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, OverflowError):
        return None


def _is_torn(rest: bytes, place: int) -> bool:
    """Is this, which stands at a place in a journal, its end after a write that never came to its own?

    Then it is the beginning of one line, or is NUL from somewhere on, or lacks whole sectors; and nothing follows.
    """
    written = rest.rstrip(b"\0")
    gaps = False
    for begin in range(-(place % _SECTOR), len(written), _SECTOR):
        sector = written[max(begin, 0) : begin + _SECTOR]
        if sector.strip(b"\0") and b"\0" in sector:
            return False
        gaps = gaps or b"\0" in sector
    first, newline, more = written.partition(b"\n")
    if more or (newline and not gaps):
        return False
    begun = _UNFINISHED.fullmatch(first)
    if begun is None or begun[1] is None:
        return begun is not None or b"\0" in first[:_LONGEST_HEAD]
    length, payload = int(begun[1]), begun[2]
    fits = len(payload) == length if newline else len(payload) <= length
    head = payload[: len(_PAYLOAD)]
    return fits and (_PAYLOAD.startswith(head) or b"\0" in head)


def salvage(content: bytes) -> Parsed:
    """Return every line that is whole in itself, of a journal that is damaged elsewhere.

    `length` goes to the end of the last of them; if it is `torn`, something stands behind that.
    """
    lines: list[Marked] = []
    place = length = 0
    for raw in content.split(b"\n"):
        place += len(raw) + 1
        if found := _decoded(raw):
            lines.append(found)
            length = min(place, len(content))
    return Parsed(lines, length, torn=length < len(content))


def read(book: Path, start: int = 0) -> Found | None:
    """Read a book's journal from an offset on, None if there is none. Raises BookDamagedError, BookError."""
    path = place_of(book)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise rights.explain(error, path, "read") from error
    try:
        status = os.fstat(handle)
        rights.check_kind(status, path)
        os.lseek(handle, min(start, status.st_size), os.SEEK_SET)
        with open(handle, "rb", closefd=False) as file:
            content = file.read()
    except OSError as error:
        raise rights.explain(error, path, "read") from error
    finally:
        files.close(handle)
    return Found(content, FileIdentity.of(status))


def state(book: Path) -> FileIdentity | None:
    """Return the state of the journal on disk now, None if there is none."""
    try:
        return FileIdentity.of(os.lstat(place_of(book)))
    except OSError:
        return None


def _is_given_up(status: os.stat_result) -> bool:
    return not status.st_mode & stat.S_IWUSR


def append(book: Path, raw: bytes, size: int) -> FileIdentity | None:
    """Add a line to the journal, which must be `size` bytes long, and flush it; to be called under the book's lock.

    Returns its state then; None, having done nothing, if the journal is missing, given up or of another length: then
    a new one is to be started. Raises BookError if the disk refuses; then the journal is given up.
    """
    path = place_of(book)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        status = os.fstat(handle)
        rights.check_kind(status, path)
        if status.st_size != size or _is_given_up(status):
            return None
        with contextlib.suppress(OSError):
            rights.make_private(handle, status, path)
        try:
            files.write_all(handle, raw)
            os.fsync(handle)
        except OSError as error:
            _give_up(handle, size)
            raise rights.explain(error, book, "written") from error
        return FileIdentity.of(os.fstat(handle))
    finally:
        files.close(handle)


def _give_up(handle: int, size: int) -> None:
    """Take the failed line away from other sessions' eyes, and tell them not to go on in this file.

    Its first byte stays: of a file that is longer than its lines no session goes on either. In a folder that several
    logins share only the file's owner may change its mode.
    """
    with contextlib.suppress(OSError):
        os.ftruncate(handle, size + 1)
    with contextlib.suppress(OSError):
        # Others of a group that shares the book must still read it.
        os.fchmod(handle, stat.S_IMODE(os.fstat(handle).st_mode) & ~_WRITABLE)


def start(book: Path, content: bytes) -> FileIdentity:
    """Begin a new journal with these lines, durably, in place of any other; to be called under the book's lock.

    Returns its state. Raises BookError; then what was there stands; where nothing was, an empty one: by that those
    who read the line that failed see that it was taken back, and do not think that the journal was lost.
    """
    path = place_of(book)
    if not os.path.lexists(path):
        files.close(files.write_new(path, (), book))
    return files.replace_whole(path, content)


def remove(book: Path) -> None:
    """Take the journal away: all of its lines are in the base. If that fails it lies there and does no harm."""
    for path in (place_of(book), *files.unfinished(place_of(book))):
        files.discard(path)
