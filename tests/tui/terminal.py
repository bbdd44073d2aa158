"""The workstation in a real terminal: a program in a pty of its own, read and typed to."""

import contextlib
import os
import re
import select
import signal
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.tui.emulator import Emulator
from tests.tui.starts import ENVIRONMENT, fork, starts, wait

_PATIENCE = 20.0
#: A sequence whose end is not read yet.
_UNFINISHED = re.compile(r"\x1b(\[[^A-Za-z]*|\][^\x07\x1b]*)?$")
_WORKSTATION = ["-m", "arctui"]


class Ending(NamedTuple):
    """How a program ended: its exit status, the seconds it took, and those of the processor."""

    status: int
    seconds: float
    processor: float


class Terminal:
    """A program in a pty of its own.

    A workstation with nothing but a home is a fork of one that has its imports done; any other program is started.
    """

    def __init__(self, arguments: list[str], *, ignore_hangup: bool = False, **environment: str) -> None:
        self.seen = b""
        self.status: int | None = None
        self.processor = self.ended = 0.0
        if arguments[:2] == _WORKSTATION and environment.keys() == {"HOME"}:
            self._wait = starts().wait
            self.pid, self.master = starts().start(arguments[2:], environment["HOME"], ignore_hangup=ignore_hangup)
            return
        self._wait = wait
        self.pid, self.master = fork(ignore_hangup=ignore_hangup)
        if self.pid == 0:
            os.execvpe(sys.executable, [sys.executable, *arguments], {**ENVIRONMENT, **environment})

    def read_until(self, text: bytes, *, since: int = 0) -> None:
        """Read until a text was written or, without `since`, is on the screen: only changed cells are written."""
        deadline = time.monotonic() + _PATIENCE
        while text not in self.seen[since:] and (since or not self._shows(text)):
            assert time.monotonic() < deadline, f"{text!r} never came: {self.seen[-3000:]!r}"
            self._read(0.2)

    def _shows(self, text: bytes) -> bool:
        """Does a text stand on the screen, after all that was written?"""
        screen = Emulator(80, 24)
        screen.write(_UNFINISHED.sub("", self.seen.decode(errors="ignore")))
        return text.decode() in screen.text

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

    def vanish(self) -> None:
        """Take the terminal away, as a connection that drops does."""
        os.close(self.master)

    def stall(self) -> None:
        """Fill the line: until somebody reads, the program cannot write a byte."""
        line = os.open(f"/proc/{self.pid}/fd/0", os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        try:
            while True:
                os.write(line, b"." * 1024)
        except BlockingIOError:
            pass
        finally:
            os.close(line)

    @property
    def echoes(self) -> bool:
        """Is the terminal in the state in which a shell reads lines?"""
        flags = termios.tcgetattr(self.master)[3]
        return bool(flags & termios.ECHO and flags & termios.ICANON)

    def is_on(self, on: bytes, off: bytes) -> bool:
        """Was a state of the terminal switched on, and not off again?"""
        return self.seen.rfind(on) > self.seen.rfind(off)

    def wait_until_stopped(self) -> None:
        """Wait until the program is stopped, as by Ctrl+Z."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            assert time.monotonic() < deadline, "the program did not stop"
            waited = self._wait(self.pid, os.WNOHANG | os.WUNTRACED)
            if waited.done:
                assert os.WIFSTOPPED(waited.status)
                return
            self._read(0.05)

    def ending(self, *ends: Callable[[], None], reads: bool = True) -> Ending:
        """Do what ends the program, wait for its end, and measure it; without `reads` nobody reads meanwhile."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        begun = time.monotonic()
        for act in ends:
            act()
        status = self.wait(reads=reads)
        return Ending(status, self.ended - begun, self.processor - used)

    def wait(self, *, reads: bool = True) -> int:
        """Wait for the end; return the exit status, negative for a signal."""
        deadline = time.monotonic() + _PATIENCE
        while self.status is None:
            assert time.monotonic() < deadline, "the program did not end"
            with contextlib.suppress(OSError, ValueError):
                if reads:
                    self._read(0.05)
                else:
                    select.select([], [], [], 0.05)
            waited = self._wait(self.pid, os.WNOHANG)
            if waited.done:
                self.ended = time.monotonic()
                self.status = os.waitstatus_to_exitcode(waited.status)
                self.processor = waited.processor
        with contextlib.suppress(OSError, ValueError):
            while self._read(0.05) and select.select([self.master], [], [], 0)[0]:
                pass
        return self.status

    def close(self) -> None:
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                self._wait(self.pid, 0)
        with contextlib.suppress(OSError):
            os.close(self.master)


@contextlib.contextmanager
def opened(
    book: Path, *, ignore_hangup: bool = False, until: bytes = b"WORKLIST", **environment: str
) -> Iterator[Terminal]:
    """Open the workstation on a demo book; `until` is what its first screen shows."""
    arguments = [*_WORKSTATION, "--book", str(book), "--date", "2026-11-23T10:12"]
    environment.setdefault("HOME", str(book.parent))
    terminal = Terminal(arguments, ignore_hangup=ignore_hangup, **environment)
    try:
        terminal.read_until(until)
        terminal.read_until(b"more" if until == b"WORKLIST" else until)
        yield terminal
    finally:
        terminal.close()
