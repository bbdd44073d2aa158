"""Whose files a book's are, and what is said where the system refuses: private to their owner, or to a group.

A folder's mode is the setting: in one that passes its group on to all that is made in it (2770) several logins share
a book. Everywhere else a book is its owner's alone.
"""

import errno
import os
import stat
from pathlib import Path

from arctui import fence
from arctui.store.errors import BookDamagedError, BookError

PRIVATE, _SHARED = 0o600, 0o660
_PRIVATE_FOLDER, _SHARED_FOLDER = 0o700, 0o2770

_REASONS = {
    errno.ENOSPC: "the disk is full: free some space, then try again",
    errno.EDQUOT: "your disk quota is used up: free some space, then try again",
    errno.EROFS: "the disk is read-only: nothing can be saved there until that is changed",
    errno.EACCES: "you have no permission there: ask who looks after this machine",
    errno.EPERM: "you have no permission there: ask who looks after this machine",
    errno.EIO: "the disk reports an error: try again, and tell who looks after this machine",
}


def explain(error: OSError, path: Path, doing: str) -> BookError:
    """Turn an error of the system into a sentence."""
    reason = _REASONS.get(error.errno or 0, os.strerror(error.errno) if error.errno else str(error))
    return BookError(f"{path} cannot be {doing}: {reason}")


def check_kind(status: os.stat_result, path: Path) -> None:
    """Refuse what is no regular file, and what somebody else may have put there.

    Raises BookDamagedError, BookError.
    """
    if not stat.S_ISREG(status.st_mode):
        raise BookDamagedError(f"{path} is no regular file")
    if status.st_uid != os.geteuid() and not is_shared(path.parent):
        raise BookError(
            f"{path} belongs to another user: a book is its owner's alone, unless its folder is shared by a group "
            "(mode 2770)"
        )


def is_shared(folder: Path) -> bool:
    """Do several logins share the books of a folder? They do where it passes its group on to all that is made in it.

    The folder's mode is the setting: 2770, so that the group has every right and others have none.
    """
    try:
        mode = folder.stat().st_mode
    except OSError:
        return False
    return bool(mode & stat.S_ISGID) and mode & 0o077 == 0o070


def rights(folder: Path) -> int:
    """Return the mode of a file in a folder: its owner's alone, or the group's where the folder is shared."""
    return _SHARED if is_shared(folder) else PRIVATE


def make_private(handle: int, status: os.stat_result, path: Path) -> None:
    """Take away rights that a book must not give; what somebody else owns is left to its owner. Raises OSError."""
    if stat.S_ISREG(status.st_mode) and stat.S_IMODE(status.st_mode) != PRIVATE:
        wanted = rights(path.parent)
        if stat.S_IMODE(status.st_mode) != wanted and status.st_uid == os.geteuid():
            os.fchmod(handle, wanted)


def make_parents(path: Path) -> None:
    """Make the folders in which a file is to lie, where they are missing. Raises BookError."""
    try:
        for folder in reversed([path.parent, *path.parent.parents]):
            if not folder.exists():
                make_folder(folder)
    except OSError as error:
        raise explain(error, path.parent, "made") from error


def make_folder(folder: Path) -> None:
    """Make a private folder, or one that the group shares as it does the folder around it. Raises OSError."""
    if not folder.is_dir():
        folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        if is_shared(folder) and not folder.is_symlink():
            return
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    folder.chmod(_SHARED_FOLDER if is_shared(folder.parent) else _PRIVATE_FOLDER)


def resolve(path: Path) -> Path:
    """Follow symbolic links of one's own to the file itself.

    Raises BookError for a name that no file can have, and for a link that another user made.
    """
    try:
        path = fence.typed(path)
        resolved = path.resolve()
        resolved.exists()
        if path.is_symlink() and path.lstat().st_uid not in (os.geteuid(), 0):
            raise BookError(f"{path} is a link that another user made: it is not followed")
    except (OSError, RuntimeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file can be called so"
        raise BookError(f"{str(path)!r:.80} cannot be opened: {reason}") from None
    return resolved
