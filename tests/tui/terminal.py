"""The workstation in a real terminal: a program in a pty of its own, read and typed to."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

_PATIENCE = 20.0
_ROOT = Path(__file__).parents[2]


class Terminal:
    """A program in a pty of its own."""

    def __init__(self, arguments: list[str], *, ignore_hangup: bool = False, **environment: str) -> None:
        self.seen = b""
        self.status: int | None = None
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            if ignore_hangup:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            known = {"TERM": "xterm-256color", "PYTHONPATH": str(_ROOT), "PATH": os.environ["PATH"], **environment}
            os.execvpe(sys.executable, [sys.executable, *arguments], known)

    def read_until(self, text: bytes, *, since: int = 0) -> None:
        deadline = time.monotonic() + _PATIENCE
        while text not in self.seen[since:]:
            assert time.monotonic() < deadline, f"{text!r} never came"
            self._read(0.2)

    def _read(self, seconds: float) -> bool:
        """Read what there is; return whether the other end is still there."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return True
        try:
            chunk = os.read(self.master, 65536)
        except OSError:
            return False
        self.seen += chunk
        return bool(chunk)

    def read_for(self, seconds: float) -> None:
        """Read what comes within so many seconds, at least once."""
        self._read(seconds)

    def type(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def kill(self, number: int) -> None:
        os.kill(self.pid, number)

    def wait(self) -> int:
        """Wait for the end; return the exit status, negative for a signal."""
        deadline = time.monotonic() + _PATIENCE
        while self.status is None:
            assert time.monotonic() < deadline, "the program did not end"
            with contextlib.suppress(OSError, ValueError):
                self._read(0.05)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)
        with contextlib.suppress(OSError, ValueError):
            while self._read(0.05) and select.select([self.master], [], [], 0)[0]:
                pass
        return self.status

    def close(self) -> None:
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
        with contextlib.suppress(OSError):
            os.close(self.master)


@contextlib.contextmanager
def opened(
    book: Path, *, ignore_hangup: bool = False, until: bytes = b"WORKLIST", **environment: str
) -> Iterator[Terminal]:
    """Open the workstation on a demo book; `until` is what its first screen shows."""
    arguments = ["-m", "arctui", "--book", str(book), "--date", "2026-11-23T10:12"]
    environment.setdefault("HOME", str(book.parent))
    terminal = Terminal(arguments, ignore_hangup=ignore_hangup, **environment)
    try:
        terminal.read_until(until)
        terminal.read_until(b"more" if until == b"WORKLIST" else until)
        yield terminal
    finally:
        terminal.close()
