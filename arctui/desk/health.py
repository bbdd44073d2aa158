"""What is well and what is wrong with a book and the disk it lies on, without a word of what stands in the book."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from arctui.desk.clock import Clock, login
from arctui.desk.desk import Desk
from arctui.store import (
    Book,
    BookDamagedError,
    BookError,
    BookLostError,
    BookMissingError,
    backups,
    journal,
    presence,
    rights,
)
from arctui.store.documents import Documents
from arctui.store.errors import BookNewerError
from arctui.store.network import file_system, network_of

#: With less room than this, or than so many copies of the book, saving may soon fail.
_LEAST_FREE, _COPIES = 200_000_000, 4
#: A journal that is longer is folded seldom: something keeps it from that.
_LONG_JOURNAL = 50_000_000


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at: what it is, how it is, and where it is wrong what to do about it."""

    about: str
    found: str
    todo: str = ""

    @property
    def ok(self) -> bool:
        """Is nothing wrong with it?"""
        return not self.todo


def of_book(path: Path, day: str, *, full: bool) -> Iterator[Finding]:
    """Yield what is found about a book: its state, its size, who has it open, what is kept beside it."""
    try:
        path = rights.resolve(path)
        yield from _state(path, day, full=full)
        yield from _kept(path)
        yield from _disk(path)
    except BookError:
        yield Finding(
            about="book", found="cannot be looked at", todo="name another one with --book, or ask for rights"
        )


def _state(path: Path, day: str, *, full: bool) -> Iterator[Finding]:
    check, restore = "'arctui check' says what is damaged", "'arctui restore' brings back the newest whole state"
    try:
        book = Book(path)
    except BookLostError:
        yield Finding(about="book", found="missing, its journal or backups are there", todo=restore)
        return
    except BookMissingError:
        yield Finding(about="book", found="there is none yet", todo="'arctui import FILE' makes one")
        return
    except BookNewerError:
        yield Finding(about="book", found="of a newer format", todo="install the newest arctui")
        return
    except BookDamagedError:
        yield Finding(about="book", found="damaged", todo=f"{check}, {restore}")
        return
    except BookError:
        yield Finding(
            about="book", found="cannot be read", todo="look at the rights below, or ask who looks after it"
        )
        return
    size = path.stat().st_size
    yield Finding(about="book", found=f"format {book.folded.format}, {size:,} bytes, {book.number} acts")
    long = book.journal_size > _LONG_JOURNAL
    yield Finding(
        about="journal",
        found=f"{book.journal_size:,} bytes, {book.unfolded} lines not yet in the book",
        todo="leave arctui once in every session: the last to leave writes it into the book" if long else "",
    )
    alone = presence.is_alone(backups.folder_of(path))
    yield Finding(about="sessions", found="no other is open" if alone else "at least one other is open")
    if full:
        problems, counts = Desk(book, Clock(day), login()).check()
        found = f"{len(problems)} problems" if problems else f"whole, {sum(counts.values()):,} records"
        yield Finding(about="check", found=found, todo="'arctui check' names them" if problems else "")


def _kept(path: Path) -> Iterator[Finding]:
    copies = backups.found(path)
    newest = f", the newest of {max(c.at for c in copies):%Y-%m-%d}" if copies else ""
    yield Finding(about="backups", found=f"{len(copies)}{newest}")
    yield Finding(about="documents", found=f"{len(Documents(path).names())}")
    aside = list(path.parent.glob(f"{_escaped(path.name)}.damaged-*"))
    if aside:
        yield Finding(
            about="set aside",
            found=f"{len(aside)} damaged files",
            todo="once nothing is missing in the book, move them away",
        )


def _escaped(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _disk(path: Path) -> Iterator[Finding]:
    folder = next((f for f in (path.parent, *path.parents) if f.is_dir()), path.parent)
    network = network_of(folder)
    yield Finding(
        about="file system",
        found=file_system(folder) or "not known",
        todo="keep the book on a local disk: locks and flushes are not to be trusted on a network" if network else "",
    )
    try:
        free = os.statvfs(folder)
    except OSError:
        return
    room = free.f_bavail * free.f_frsize
    needed = max(_LEAST_FREE, _COPIES * (path.stat().st_size if path.is_file() else 0))
    yield Finding(
        about="disk",
        found=f"{room / 1e9:.1f} GB free",
        todo=f"free some space: {needed / 1e9:.1f} GB should be" if room < needed else "",
    )


def of_rights(path: Path, own: Mapping[str, Path]) -> Iterator[Finding]:
    """Yield who may read and write the book's files and the user's own, each named by what it is."""
    beside = backups.folder_of(path)
    shared = rights.is_shared(path.parent)
    for about, place in (
        ("book's folder", path.parent),
        ("book's file", path),
        ("journal's file", journal.place_of(path)),
        ("backups' folder", beside),
        ("documents' folder", Documents(path).folder),
    ):
        yield from _rights(about, place, shared=shared, is_beside=about == "book's folder")
    for about, place in own.items():
        yield from _rights(about, place, shared=False, is_beside=False)


def _rights(about: str, place: Path, *, shared: bool, is_beside: bool) -> Iterator[Finding]:
    try:
        status = place.stat()
    except FileNotFoundError:
        return
    except OSError:
        yield Finding(about=about, found="cannot be looked at", todo="ask who looks after this machine for rights")
        return
    mode, todo = stat.S_IMODE(status.st_mode), ""
    is_folder = stat.S_ISDIR(status.st_mode)
    if not (is_folder or stat.S_ISREG(status.st_mode)) or (is_folder and about.endswith("file")):
        # Whatever it is, its rights are not for us to change.
        todo = "this is no file: name another one"
    elif mode & 0o007 and not is_beside:
        todo = f"chmod o-rwx: others could read {'what lies in it' if is_folder else 'it'}"
    elif mode & 0o002:
        todo = "chmod o-w: others could put another book there"
    elif mode & 0o070 and not (shared or is_beside):
        todo = "chmod g-rwx, or share the folder by a group: chmod 2770"
    elif not os.access(place, os.R_OK | os.W_OK | (os.X_OK if is_folder else 0)):
        todo = "you may not read and write there: ask who looks after this machine"
    owner = "yours" if status.st_uid == os.geteuid() else "another login's"
    yield Finding(about=about, found=f"{mode:04o}, {owner}{', shared by its group' if shared else ''}", todo=todo)
