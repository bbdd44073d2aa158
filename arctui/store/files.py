"""Files that survive a crash: locked for the length of a commit, replaced whole, private to their owner.

Knows nothing of what stands in them. The lock is on the file's own inode, so nothing is left behind by a session
that was killed.
"""

import contextlib
import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from arctui.store.errors import BookDamagedError, BookError, BookMissingError

_PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700
_LOCK_SECONDS = 10.0
_LOCK_PAUSE = 0.02

#: What a file system says that knows no hard links, or where there is no old file to link to.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS, errno.ENOENT}

_REASONS = {
    errno.ENOSPC: "the disk is full: free some space, then try again",
    errno.EDQUOT: "your disk quota is used up: free some space, then try again",
    errno.EROFS: "the disk is read-only: nothing can be saved there until that is changed",
    errno.EACCES: "you have no permission there: ask who looks after this machine",
    errno.EPERM: "you have no permission there: ask who looks after this machine",
    errno.EIO: "the disk reports an error",
}


def explain(error: OSError, path: Path, doing: str) -> BookError:
    """Turn an error of the system into a sentence."""
    reason = _REASONS.get(error.errno or 0, os.strerror(error.errno) if error.errno else str(error))
    return BookError(f"{path} cannot be {doing}: {reason}")


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
        if not stat.S_ISREG(status.st_mode):
            raise BookDamagedError(f"{path} is no regular file")
        with open(handle, "rb", closefd=False) as file:
            return file.read(), FileIdentity.of(status)
    except OSError as error:
        raise explain(error, path, "read") from error
    finally:
        _close(handle)


def identity(path: Path) -> FileIdentity | None:
    """Return the state of the file on disk now, None if it is gone."""
    try:
        return FileIdentity.of(path.stat())
    except OSError:
        return None


def replace_whole(path: Path, content: bytes) -> FileIdentity:
    """Replace a file durably: temporary file, fsync, rename, fsync of the folder; mode 0600.

    A kill at any point leaves the old file or the new one, never a mixture; an error leaves the old one. To be called
    under a lock: the names beside the file are fixed, so that what a killed session left is cleared by the next.
    Returns the new file's identity. Raises BookError.
    """
    temporary, old = path.with_name(f".{path.name}.tmp"), path.with_name(f".{path.name}.old")
    handle = -1
    try:
        for leftover in (temporary, old):
            leftover.unlink(missing_ok=True)
        handle = _write_new(temporary, content)
        # Locked before it gets its name: no other session can go on from it before it is known to be durable.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        written = FileIdentity.of(os.fstat(handle))
        way_back = _link(path, old)
        temporary.replace(path)
        try:
            sync_folder(path.parent)
        except OSError:
            # Not known to be durable, so not saved: what the clerk is told must be what stands there.
            if way_back:
                old.replace(path)
            raise
    except OSError as error:
        for leftover in (temporary, old):
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)
        raise explain(error, path, "written") from error
    finally:
        if handle >= 0:
            _close(handle)
    with contextlib.suppress(OSError):
        old.unlink(missing_ok=True)
    return written


def _link(path: Path, old: Path) -> bool:
    """Keep the old file under a second name; return whether there is one (some file systems know no links)."""
    try:
        old.hardlink_to(path)
    except OSError as error:
        if error.errno in _NO_LINKS:
            return False
        raise
    return True


def _write_new(path: Path, content: bytes) -> int:
    """Write a new private file and flush it; return its handle. Raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(path, flags, _PRIVATE)
    try:
        os.fchmod(handle, _PRIVATE)
        view = memoryview(content)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    except OSError:
        _close(handle)
        raise
    return handle


def create(path: Path, content: bytes) -> None:
    """Make a private file, and its folder if need be, whole or not at all; one that is there already stays.

    Raises BookError.
    """
    try:
        path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise explain(error, path.parent, "made") from error
    # The lock of the folder: two sessions may want to make the same book.
    with locked(path.parent):
        if not path.exists():
            replace_whole(path, content)


def resolve(path: Path) -> Path:
    """Follow symbolic links to the file itself. Raises BookError for a name that no file can have."""
    try:
        resolved = path.expanduser().resolve()
        resolved.exists()
    except (OSError, RuntimeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file can be called so"
        raise BookError(f"{str(path)!r:.80} cannot be opened: {reason}") from None
    return resolved


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to disk. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        _close(handle)


def _close(handle: int) -> None:
    """Close what was only read or locked: nothing that was written can be lost by it."""
    with contextlib.suppress(OSError):
        os.close(handle)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the exclusive lock of the file (or folder) that stands at the path while the block runs.

    Waits ten seconds at most, then raises BookError. A rename while waiting is noticed and the new file locked.
    """
    deadline = time.monotonic() + _LOCK_SECONDS
    while True:
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            raise BookMissingError(f"there is no book at {path}") from None
        except OSError as error:
            raise explain(error, path, "read") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            here = identity(path)
            if here and here[0] == os.fstat(handle).st_ino:
                break
        except BlockingIOError:
            if time.monotonic() > deadline:
                _close(handle)
                raise BookError(f"{path} is locked by another session: try again in a moment") from None
            time.sleep(_LOCK_PAUSE)
        except OSError as error:
            _close(handle)
            raise explain(error, path, "locked") from error
        _close(handle)
    try:
        yield
    finally:
        _close(handle)
