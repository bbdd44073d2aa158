"""Keeping the book safe: what is wrong with it, copies of it, and bringing one back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import msgspec

from arctui.core.facts import Facts
from arctui.core.roles import Right, Role, refusal
from arctui.core.tables import NO_ACTS
from arctui.desk.clock import Clock
from arctui.desk.desk import Desk
from arctui.desk.errors import DeskError
from arctui.desk.keeping_documents import Copied, absent, along, brought
from arctui.store import (
    Book,
    BookDamagedError,
    BookError,
    BookLostError,
    BookMissingError,
    backups,
    base,
    recovery,
    rights,
)
from arctui.store.differences import differences
from arctui.store.documents import Documents
from arctui.store.recovery import Recovered
from arctui.store.verify import damage

__all__ = ["Kept", "Restored", "back_up", "damage", "kept", "names", "restore", "stamp"]


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A backup: its file, when it was made (UTC), and the number of the last act in it."""

    path: Path
    at: datetime
    number: int


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What was done: a damaged book was brought back, or an act made it what a file says, or the one after the other.

    `act` is the act's words, "" for none. `documents` are those that were brought back; `document_problem` says why
    that failed after the book itself was brought back, "" for nothing. `desk` is the book as it is now, to be left by
    the caller.
    """

    recovered: Recovered | None
    act: str
    desk: Desk
    documents: Copied
    document_problem: str = ""


def kept(desk: Desk) -> list[Kept]:
    """Return the backups of the book that are whole, the newest first."""
    found = []
    for backup in backups.found(desk.book.path):
        try:
            number = base.read(backup.path).meta.number
        except BookError:
            continue
        found.append(Kept(path=backup.path, at=backup.at, number=number))
    return found


def back_up(desk: Desk, target: Path) -> tuple[Path, Copied]:
    """Write a copy of the book to a new file, its documents beside it first, and read it back.

    Returns its path, and which documents went along. Raises DeskError, BookError.
    """
    if not desk.book.on_disk:
        raise DeskError("there is no book yet")
    target = rights.resolve(target.parent) / target.name
    backups.check_free(target)
    desk.refresh()
    copied = along(desk.book, target)
    desk.book.copy_to(target)
    return target, copied


def restore(
    path: Path, clock: Clock, clerk: str, source: Path | None, *, consent: bool, role: Role = Role.REVIEWER
) -> Restored:
    """Bring back the newest whole state of a damaged book, or the state in a file that is named.

    The latter is an act like any other: it is in the history and can be undone; where the book is damaged it is
    brought back first, or made from that file if nothing else is left. With `consent` a file whose seal is broken is
    taken, too. Documents that are missing or altered come back first. Raises DeskError, BookError.
    """
    if why := refusal(role, Right.DECIDE, "bringing back a book"):
        raise DeskError(why)
    wanted = _wanted(source, consent=consent) if source else None
    recovered = None
    try:
        book = Book(path)
    except (BookDamagedError, BookMissingError) as error:
        if source is None and not isinstance(error, BookDamagedError | BookLostError):
            raise
        recovered = recovery.recover(path, clock.moment().now, clerk, source, sealed=not consent)
        book = Book(path)
    desk = Desk(book, clock, clerk)
    count, problem = 0, ""
    try:
        for facts in filter(None, (wanted, book.facts)):
            count += brought(book.path, facts, _copies(book.path, source)).count
    except BookError as error:
        if not recovered:
            raise
        problem = str(error)
    act = ""
    if not (recovered and (wanted is None or recovered.source == rights.resolve(source or path))):
        act = _as_in(desk, source, wanted, brought=bool(count), recovered=bool(recovered))
    own = Documents(book.path)
    copied = Copied(folder=own.folder, count=count, missing=absent(book.facts, own))
    return Restored(recovered=recovered, act=act, desk=desk, documents=copied, document_problem=problem)


def _as_in(desk: Desk, source: Path | None, wanted: Facts | None, *, brought: bool, recovered: bool) -> str:
    """Make the book what a file says, by an act; return its words, "" for none. Raises DeskError, BookError."""
    if source is None or wanted is None:
        if not brought:
            _refuse_whole(desk)
        return ""
    changes = [c for c in differences(desk.book.facts, wanted) if not isinstance(c.record, NO_ACTS)]
    if not changes and not recovered and not brought:
        raise DeskError(f"the book is as it is in {source}: nothing to restore")
    return desk.commit(f"restored the state in {source.name}", changes, typed=False) if changes else ""


def _refuse_whole(desk: Desk) -> NoReturn:
    """Raises DeskError: no backup here has anything that is missing."""
    own = Documents(desk.book.path)
    if missing := absent(desk.book.facts, own):
        lacking = Copied(folder=own.folder, missing=missing).lacking("and no backup here has them")
        raise DeskError(f"{lacking[0]}. 'arctui restore FILE' takes them from a backup that lies elsewhere")
    raise DeskError("this book is whole: nothing is to be restored. 'arctui backup' lists earlier states")


def _copies(book: Path, source: Path | None) -> list[Documents]:
    """Return where documents may be that are missing beside the book: with a file that is named, in the backups."""
    own = backups.documents_of(book)
    if source is None:
        return [own]
    source = rights.resolve(source)
    # One of the automatic backups, here or carried elsewhere: theirs lie together.
    return [Documents(source), Documents(source.parent / book.name), own]


def _wanted(source: Path, *, consent: bool) -> Facts:
    """Return the records in a file. Raises DeskError that says why it cannot be taken, BookError."""
    try:
        return recovery.facts_of(source, sealed=not consent)
    except BookDamagedError as error:
        if not consent and _is_readable(source):
            raise DeskError(f"{base.reason(error)}. To take it as it is: --yes") from None
        raise DeskError(base.reason(error)) from None


def _is_readable(source: Path) -> bool:
    try:
        recovery.facts_of(source, sealed=False)
    except BookError:
        return False
    return True


def stamp(at: datetime) -> str:
    """Return a moment as it is shown for backups: day and minute in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def names(files: Sequence[Path]) -> str:
    """Return the names of files for a sentence."""
    return ", ".join(f.name for f in files)
