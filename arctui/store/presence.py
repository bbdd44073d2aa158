"""Whether other sessions have a book open: each shows it by a shared lock of a folder, gone when its process is."""

import contextlib
import fcntl
import os
from pathlib import Path

from arctui.store.files import close
from arctui.store.rights import make_folder


def show(folder: Path) -> int:
    """Show that a session stays, by a shared lock of a folder that is made if need be; -1 if that is not possible.

    The handle is to be closed in the end; a killed session's lock goes with it.
    """
    try:
        make_folder(folder)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return -1
    with contextlib.suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    return handle


def is_alone(folder: Path) -> bool:
    """Does no session show its presence in a folder?"""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    finally:
        close(handle)
    return True
