"""The workstation in a terminal of its own: keys go in, and what they cost in time and bytes is taken down."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[2]
#: Seconds without a byte after which a key has done its work; seconds that a key and a start may take at most.
_QUIET, _KEY, _START = 0.08, 3.0, 300.0


@dataclass(frozen=True)
class Answer:
    """What a key brought: ms to the first and to the last byte, and how many bytes."""

    first: float
    last: float
    bytes: int


class Workstation:
    """An open workstation of so many columns and lines."""

    def __init__(self, book: Path, day: str, size: tuple[int, int]) -> None:
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            self._become(book, day, size)

    @staticmethod
    def _become(book: Path, day: str, size: tuple[int, int]) -> None:
        """Be the workstation, in the new process."""
        columns, lines = size
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        known = {name: value for name, value in os.environ.items() if name not in ("COLORTERM", "NO_COLOR")}
        known |= {"TERM": "xterm-256color", "PYTHONPATH": str(_ROOT), "ARCTUI_BOOK": str(book), "ARCTUI_DATE": day}
        os.execve(sys.executable, [sys.executable, "-m", "arctui"], known)  # noqa: S606  no shell is wanted

    def wait_for(self, text: str) -> None:
        """Wait until a text was written and all is quiet. Raises TimeoutError."""
        seen, end = b"", time.monotonic() + _START
        while text.encode() not in seen:
            if time.monotonic() > end:
                raise TimeoutError(f"the workstation never showed '{text}'")
            seen += self._read(1.0)
        while self._read(1.0):
            pass

    def press(self, key: str) -> Answer:
        """Press a key and wait until it has done its work. Raises TimeoutError if it does nothing."""
        begun = time.perf_counter()
        os.write(self._terminal, key.encode())
        size, first, last = 0, 0.0, 0.0
        while found := self._read(_QUIET if size else _KEY):
            last = (time.perf_counter() - begun) * 1000
            first = first or last
            size += len(found)
        if not size:
            raise TimeoutError(f"the key {key!r} does nothing")
        return Answer(first, last, size)

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._terminal], [], [], seconds)
        return os.read(self._terminal, 65536) if ready else b""

    def close(self) -> None:
        """End it."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._terminal)
