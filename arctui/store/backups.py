"""Backups: a copy of each new base, dated, read back and checked, and thinned.

They are copies, not hard links: what damages the book where it lies must not damage them too. A backup's name says
how far it goes; the order is by that, not by the clock. The documents of all of them are copied once, and stay.
"""

import glob
import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from arctui.store import files, rights
from arctui.store.bookfile import BookFile
from arctui.store.documents import Documents
from arctui.store.errors import BookDamagedError, BookError

#: What is kept: the last of so many sessions, of so many days, of so many months.
SESSIONS, DAYS, MONTHS = 10, 14, 12

_NAME = re.compile(r"(\d{12})-(\d{8}T\d{6}Z)-([0-9a-z]+)\.json")
_STAMP = "%Y%m%dT%H%M%SZ"
_PIECE = 1 << 20


class Backup(NamedTuple):
    """A backup: the line of the journal up to which it goes, when it was made (UTC), and by which session."""

    seq: int
    at: datetime
    session: str
    path: Path


def folder_of(book: Path) -> Path:
    """Return where the backups of a book lie."""
    return book.with_name(f"{book.name}.backups")


def documents_of(book: Path) -> Documents:
    """Return the documents among the backups of a book."""
    return Documents(folder_of(book) / book.name)


def found(book: Path) -> list[Backup]:
    """Return the backups of a book, the newest first. Raises BookError where the disk does not list them."""
    folder = folder_of(book)
    try:
        names = sorted(p.name for p in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise rights.explain(error, folder, "read") from error
    backups = [
        Backup(int(seq), datetime.strptime(at, _STAMP).replace(tzinfo=UTC), session, folder / name)
        for name in names
        if (match := _NAME.fullmatch(name))
        for seq, at, session in [match.groups()]
        if _is_stamp(at)
    ]
    return sorted(backups, key=lambda b: (b.seq, b.at), reverse=True)


def of_older_formats(book: Path) -> list[Path]:
    """Return the copies that were kept when a book was written anew, the newest format first. Raises BookError."""
    try:
        return sorted((p for p in book.parent.iterdir() if p.name.startswith(f"{book.name}.format-")), reverse=True)
    except OSError as error:
        raise rights.explain(error, book.parent, "read") from error


def _is_stamp(text: str) -> bool:
    try:
        datetime.strptime(text, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return False
    return True


def make(book: Path, source: Path, seq: int, session: str, at: datetime) -> Path:
    """Copy a finished base into the backups, read it back, and take away those that are no longer needed.

    First the documents that came since the last one. `at` is the moment, with its offset. Raises BookError; then no
    backup was made or taken away.
    """
    folder = folder_of(book)
    try:
        rights.make_folder(folder)
    except OSError as error:
        raise rights.explain(error, folder, "made") from error
    files.clear_leftovers(folder, ".*.tmp")
    own, copies = Documents(book), documents_of(book)
    copies.take(own, own.names() - copies.names())
    stamp = at.astimezone(UTC)
    path = folder / f"{seq:012}-{stamp:{_STAMP}}-{session}.json"
    if not path.exists():
        copy(source, path)
    _thin(book, Backup(seq, stamp, session, path))
    return path


def copy(source: Path, target: Path, *, sealed: bool = True) -> None:
    """Copy a base to a new file and read it back; one of an older format has no seal to check.

    Raises BookError, also where a file of that name exists already.
    """
    check_free(target)
    temporary = target.with_name(f".{target.name}.tmp")
    files.clear_leftovers(target.parent, glob.escape(temporary.name))
    handle = files.write_new(temporary, _pieces(source), target)
    try:
        settle(temporary, target, sealed=sealed)
    finally:
        files.close(handle)
        files.discard(temporary)


def check_free(target: Path) -> None:
    """Raises BookError where a file of that name exists already."""
    if os.path.lexists(target):
        raise BookError(f"{target} exists already: name another file")


def settle(temporary: Path, target: Path, *, sealed: bool = True) -> None:
    """Read a copy back that was written and flushed, and give it its name. Raises BookError."""
    if sealed and not _is_sealed(temporary):
        raise BookError(f"{target}: the copy is not what was copied; it was thrown away")
    check_free(target)
    try:
        temporary.rename(target)
        try:
            files.sync_folder(target.parent)
        except OSError:
            files.discard(target)
            raise
    except OSError as error:
        raise rights.explain(error, target, "written") from error


def _is_sealed(path: Path) -> bool:
    """Read a copy back, a piece at a time: is every byte as it was written? Raises BookError."""
    try:
        BookFile(path).check_seal()
    except BookDamagedError:
        return False
    except OSError as error:
        raise rights.explain(error, path, "read") from error
    return True


def _pieces(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as error:
        raise rights.explain(error, source, "read") from error


def to_keep(backups: Sequence[Backup]) -> set[Path]:
    """Return which backups are kept, of all there are, the newest first; of one session's on a day only the last."""
    last_of: dict[tuple[str, object], Backup] = {}
    for backup in backups:
        last_of.setdefault((backup.session, backup.at.date()), backup)
    days: dict[object, Backup] = {}
    months: dict[object, Backup] = {}
    for backup in last_of.values():
        days.setdefault(backup.at.date(), backup)
        months.setdefault((backup.at.year, backup.at.month), backup)
    kept = [*list(last_of.values())[:SESSIONS], *list(days.values())[:DAYS], *list(months.values())[:MONTHS]]
    return {b.path for b in kept}


def _thin(book: Path, newest: Backup) -> None:
    backups = found(book)
    kept = to_keep(backups) | {newest.path}
    for backup in backups:
        if backup.path not in kept:
            files.discard(backup.path)
