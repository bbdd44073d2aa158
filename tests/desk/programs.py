"""Programs of other clerks: processes that run until a test ends them."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

from arctui.desk.sessions import _started


@contextlib.contextmanager
def program() -> Iterator["subprocess.Popen[bytes]"]:
    """A process that does nothing and waits to be ended."""
    running = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def session_of(process: int) -> str:
    """The id of the session that a process would have."""
    return f"{os.uname().nodename} {process} {_started(process)} 0123abcd"
