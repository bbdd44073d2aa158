"""Files that survive a crash: locked for the length of a commit, replaced whole, private to their owner.

Knows nothing of what stands in them. The lock is on the file's own inode, so nothing is left behind by a session
that was killed.
"""

import contextlib
import errno
import fcntl
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from arctui.store.errors import BookBusyError, BookMissingError
from arctui.store.rights import PRIVATE, check_kind, explain, make_parents, make_private, rights

_BEGINNING = 4096
#: How long a commit waits for another session's.
LOCK_SECONDS = 10.0
_LOCK_PAUSE = 0.002

#: What a file system says that knows no hard links.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}


class FileIdentity(tuple[int, int, int]):
    """Which file, and which state of it: inode, size and time of change in ns."""

    @classmethod
    def of(cls, status: os.stat_result) -> "FileIdentity":
        """Take the identity from a stat result."""
        return cls((status.st_ino, status.st_size, status.st_mtime_ns))


def read_whole(path: Path) -> tuple[bytes, FileIdentity]:
    """Read a regular file without blocking on anything else.

    Raises BookMissingError, BookDamagedError for what is no regular file, BookError for errors of the system.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise BookMissingError(f"there is no book at {path}") from None
    except OSError as error:
        raise explain(error, path, "read") from error
    try:
        status = os.fstat(handle)
        check_kind(status, path)
        with open(handle, "rb", closefd=False) as file:
            return file.read(), FileIdentity.of(status)
    except OSError as error:
        raise explain(error, path, "read") from error
    finally:
        close(handle)


def read_beginning(path: Path) -> tuple[bytes, FileIdentity] | None:
    """Read the first bytes of a file and its state, None if that is not possible."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return os.read(handle, _BEGINNING), FileIdentity.of(os.fstat(handle))
    except OSError:
        return None
    finally:
        close(handle)


def identity(path: Path) -> FileIdentity | None:
    """Return the state of the file on disk now, None if it is gone."""
    try:
        return FileIdentity.of(path.stat())
    except OSError:
        return None


def replace_whole(path: Path, content: bytes) -> FileIdentity:
    """Replace a small file durably. To be called under the book's lock: the names beside the file are fixed.

    Returns the new file's identity. Raises BookError; then what was there stands.
    """
    temporary, _ = unfinished(path)
    discard(temporary)
    handle = write_new(temporary, [content], path)
    try:
        return install(temporary, handle, path)
    finally:
        close(handle)


def unfinished(path: Path) -> tuple[Path, Path]:
    """Return what may lie beside a file that is being replaced: the new one, and the old one's second name."""
    return path.with_name(f".{path.name}.tmp"), path.with_name(f".{path.name}.old")


def write_new(path: Path, pieces: Iterable[bytes], of: Path) -> int:
    """Write a new file piece by piece, private and locked, and flush it; return its handle.

    Raises BookError that names `of`, the file it is to become; then nothing is left of it.
    """
    handle = -1
    try:
        # Locked from the beginning: what can be locked by others was left behind by a session that was killed, and
        # once it has its name no other session goes on from it before it is known to be durable.
        while handle < 0:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE)
            if not _claim(handle):
                # Another session took it for a leftover before it was locked.
                close(handle)
                discard(path)
                handle = -1
        os.fchmod(handle, rights(path.parent))
        for piece in pieces:
            write_all(handle, piece)
        os.fsync(handle)
    except BaseException as error:
        if handle >= 0:
            close(handle)
            discard(path)
        if isinstance(error, OSError):
            raise explain(error, of, "written") from error
        raise
    return handle


def _claim(handle: int) -> bool:
    """Lock a new file; False if another session is taking it away, or has done so. Raises OSError."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return os.fstat(handle).st_nlink > 0


def write_all(handle: int, content: bytes) -> None:
    """Write every byte. Raises OSError."""
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]


def install(temporary: Path, handle: int, path: Path) -> FileIdentity:
    """Give a flushed file its name, durably: rename and fsync of the folder; to be called under the book's lock.

    A kill at any point leaves the old file or the new one, never a mixture; an error leaves the old one. Returns the
    new file's identity. Raises BookError.
    """
    _, old = unfinished(path)
    try:
        old.unlink(missing_ok=True)
        written = FileIdentity.of(os.fstat(handle))
        way_back = _link(path, old)
        temporary.replace(path)
        try:
            sync_folder(path.parent)
        except OSError:
            # Not known to be durable, so not saved: what the clerk is told must be what stands there.
            if way_back is True:
                old.replace(path)
            elif way_back is None:
                path.unlink(missing_ok=True)
            raise
    except OSError as error:
        discard(temporary)
        discard(old)
        raise explain(error, path, "written") from error
    discard(old)
    return written


def discard(path: Path) -> None:
    """Take a file away; where that fails it lies there and does no harm."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def clear_leftovers(folder: Path, pattern: str) -> None:
    """Take away the unfinished files of sessions that were killed: those that nobody holds locked."""
    leftovers: list[Path] = []
    with contextlib.suppress(OSError):
        leftovers = list(folder.glob(pattern))
    for path in leftovers:
        with contextlib.suppress(OSError):
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
            finally:
                close(handle)


def _link(path: Path, old: Path) -> bool | None:
    """Keep the old file under a second name; False where the file system knows no links, None if there is no file."""
    try:
        old.hardlink_to(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in _NO_LINKS:
            return False
        raise
    return True


def create(path: Path, content: bytes) -> None:
    """Make a private file, and its folder if need be, whole or not at all; one that is there already stays.

    Raises BookError.
    """
    make_parents(path)
    # The lock of the folder: two sessions may want to make the same book.
    with locked(path.parent):
        if not path.exists():
            replace_whole(path, content)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to disk. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        close(handle)


def close(handle: int) -> None:
    """Close what was only read or locked: nothing that was written can be lost by it."""
    with contextlib.suppress(OSError):
        os.close(handle)


@contextlib.contextmanager
def locked(path: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the exclusive lock of the file (or folder) that stands at the path while the block runs.

    Waits so many seconds at most, then raises BookBusyError. A rename while waiting is noticed and the new file
    locked. A file with wider rights than it should have is made private.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            raise BookMissingError(f"there is no book at {path}") from None
        except OSError as error:
            raise explain(error, path, "read") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            status = os.fstat(handle)
            here = identity(path)
            if here and here[0] == status.st_ino:
                make_private(handle, status, path)
                break
        except BlockingIOError:
            if time.monotonic() > deadline:
                close(handle)
                raise BookBusyError(f"{path} is locked by another session: try again in a moment") from None
            time.sleep(_LOCK_PAUSE)
        except OSError as error:
            close(handle)
            raise explain(error, path, "locked") from error
        close(handle)
    try:
        yield
    finally:
        close(handle)
