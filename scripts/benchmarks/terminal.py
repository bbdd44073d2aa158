"""A program in a terminal of its own: keys go in, and what they cost in time, bytes and lines is taken down."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scripts.benchmarks.line import Line
from scripts.benchmarks.picture import Picture

ROOT = Path(__file__).parents[2]
#: Seconds without a byte after which a key has done its work: three pictures at 30 a second.
#: Seconds that a key, one that only leads somewhere, and a start may take at most.
QUIET, _KEY, _LEAD, _START = 0.1, 20.0, 2.0, 120.0
#: Seconds in which a program that rests uses less than this part of a processor.
_REST, _BUSY = 0.5, 0.05
#: Seconds without a byte after which there is time to look at the picture while a program starts.
_PAUSE = 0.001
#: Within so many cells a list says on which row the cursor is.
_PLACE = 30
DOWN, UP, RIGHT, LEFT = "\x1b[B", "\x1b[A", "\x1b[C", "\x1b[D"
HOME, END, PAGE_DOWN, PAGE_UP = "\x1b[H", "\x1b[F", "\x1b[6~", "\x1b[5~"
#: What stands on the screen of the workstation, and in no early picture of it.
READY = "? more"
ESCAPE, ENTER = "\x1b", "\r"
_CURSOR_KEY = re.compile(r"\x1b\[([ABCDHF])")
#: What a program asks its terminal, and what one of today answers.
_QUESTIONS = (
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[c", b"\x1b[?62;22c"),
)


@dataclass(frozen=True)
class Answer:
    """What a key brought: ms to the first and to the last byte, and how many bytes.

    `over_line`: ms until all of it is there at the far end of a bad line, the way of the key included. Where it was
    asked for, how many lines look different, and how many bytes that needs at least.
    """

    first: float
    last: float
    bytes: int
    over_line: float
    lines: int = 0
    least: int = 0


@dataclass(frozen=True)
class Held:
    """What a key that was held brought: when output came, as (ms, bytes), and when the last key went, in ms.

    After the first `placed` pieces of it the second line of the screen begins as it stays: there a list says on which
    row the cursor is.
    """

    written: Sequence[tuple[float, int]]
    last_key: float
    keys: int
    placed: int

    @property
    def bytes_a_key(self) -> float:
        """How much it wrote for each."""
        return sum(size for _, size in self.written) / self.keys


@dataclass
class Program:
    """A program that was just started on a screen of so many columns and lines."""

    command: Sequence[str]
    size: tuple[int, int] = (120, 40)
    environment: Mapping[str, str] = field(default_factory=dict)
    picture: Picture = field(init=False)
    #: Output so far, as (ms since the start, bytes).
    written: list[tuple[float, int]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.picture = Picture(*self.size)
        self._begun = time.perf_counter()
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            self._become()

    def _become(self) -> None:
        """Be the program, in the new process."""
        columns, lines = self.size
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        known = {name: value for name, value in os.environ.items() if name not in ("COLORTERM", "NO_COLOR")}
        known |= {"TERM": "xterm-256color", **self.environment}
        try:
            os.execvpe(self.command[0], list(self.command), known)  # noqa: S606  no shell is wanted
        finally:
            os._exit(127)

    @property
    def sent(self) -> int:
        """How many bytes it has written."""
        return sum(size for _, size in self.written)

    def now(self) -> float:
        """The ms since the start."""
        return (time.perf_counter() - self._begun) * 1000

    def shows(self, text: str) -> bool:
        """Does a text stand on the screen?"""
        return text in self.picture.text

    def wait_for(self, *texts: str) -> float:
        """Wait until texts stand on the screen; return the ms since the start at which their last byte came.

        Output is read before it is looked at, so that the program never waits for whoever measures it.
        Raises TimeoutError.
        """
        if all(map(self.shows, texts)):
            return self.written[-1][0]
        end = time.monotonic() + _START
        while time.monotonic() < end:
            pieces = self._taken(1.0, _PAUSE)
            for at, piece in pieces:
                self.picture.feed(piece)
                if all(map(self.shows, texts)):
                    self._feed(pieces[pieces.index((at, piece)) + 1 :])
                    return at
        raise TimeoutError(f"{self.command[0]} never showed {texts}:\n{self.picture.text}")

    def settle(self, quiet: float = QUIET) -> None:
        """Wait until it writes nothing for so many seconds."""
        self._feed(self._taken(quiet, quiet))

    def press(self, key: str, until: str = "", *, lines: bool = False) -> Answer:
        """Press a key and wait until it has done its work: until nothing more comes and a text stands there.

        With `lines` it is counted what looks different. Raises TimeoutError if the key does nothing.
        """
        before = self.picture.rows() if lines else []
        begun = self.type(key)
        end, pieces = time.monotonic() + _KEY, self._taken(_KEY, QUIET)
        self._feed(pieces)
        while until and not self.shows(until) and time.monotonic() < end:
            pieces += (more := self._taken(0.5, QUIET))
            self._feed(more)
        if not pieces or (until and not self.shows(until)):
            raise TimeoutError(f"the key {key!r} does not bring {until!r}:\n{self.picture.text}")
        size = sum(len(piece) for _, piece in pieces)
        arrived = Line().answered((at - begun, len(piece)) for at, piece in pieces)
        found = Answer(pieces[0][0] - begun, pieces[-1][0] - begun, size, arrived)
        return (
            replace(found, lines=self.picture.changed(before), least=self.picture.least(before)) if lines else found
        )

    def press_all(self, keys: Sequence[str], *, lines: bool = False) -> list[Answer]:
        """Press keys one after the other, each when the one before has done its work."""
        return [self.press(key, lines=lines) for key in keys]

    def lead(self, keys: Sequence[str]) -> None:
        """Press keys that only lead somewhere, which one of them may have done already."""
        for key in keys:
            self.type(key)
            self._feed(self._taken(_LEAD, QUIET))

    def hold(self, key: str, keys: int, rate: float) -> Held:
        """Press a key again and again, so many times a second, as a keyboard does when it is held."""
        begun, pieces, last = self.now(), list[tuple[float, bytes]](), 0.0
        for number in range(keys):
            while (left := begun + number * 1000 / rate - self.now()) > 0:
                pieces += self._taken(left / 1000, 0.0)
            last = self.type(key)
        pieces += self._taken(_KEY, 0.3)
        places = []
        for _, piece in pieces:
            self.picture.feed(piece)
            places.append([cell[0] for cell in self.picture.rows()[1][:_PLACE]])
        return Held([(at, len(piece)) for at, piece in pieces], last, keys, places.index(places[-1]) + 1)

    def type(self, key: str) -> float:
        """Send a key without waiting; return the ms since the start."""
        if self.picture.application_keys:
            key = _CURSOR_KEY.sub("\x1bO\\1", key)
        at = self.now()
        os.write(self._terminal, key.encode())
        return at

    def used(self) -> float:
        """The ms of a processor that it has used, all its threads together."""
        spent = 0
        for path in Path(f"/proc/{self._pid}/task").glob("*/schedstat"):
            spent += int(path.read_text(encoding="ascii").split()[0])
        return spent / 1e6

    def rest(self) -> None:
        """Wait, a bounded time, until it also works no more behind its screen."""
        end = time.monotonic() + _START
        while time.monotonic() < end:
            used = self.used()
            self.settle(_REST)
            time.sleep(_REST)
            if self.used() - used < _BUSY * _REST * 1000:
                return

    def memory(self) -> float:
        """How many kB of memory it holds."""
        status = Path(f"/proc/{self._pid}/status").read_text(encoding="utf-8")
        return float(re.findall(r"VmRSS:\s+(\d+)", status)[0])

    def finish(self) -> None:
        """Tell it by a signal that it may end, and wait until it has. Raises TimeoutError."""
        os.kill(self._pid, signal.SIGUSR1)
        end = time.monotonic() + _START
        while time.monotonic() < end and not os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            time.sleep(0.01)

    def close(self) -> None:
        """End it."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._terminal)

    def _taken(self, first: float, quiet: float) -> list[tuple[float, bytes]]:
        """Read what comes: wait so many seconds for the first byte, and after it until it is quiet."""
        pieces: list[tuple[float, bytes]] = []
        while select.select([self._terminal], [], [], quiet if pieces else first)[0]:
            try:
                piece = os.read(self._terminal, 65536)
            except OSError as error:
                raise TimeoutError(f"{self.command[0]} has ended:\n{self.picture.text}") from error
            pieces.append((self.now(), piece))
            for question, answer in _QUESTIONS:
                if question in piece:
                    os.write(self._terminal, answer)
        self.written += [(at, len(piece)) for at, piece in pieces]
        return pieces

    def _feed(self, pieces: Sequence[tuple[float, bytes]]) -> None:
        for _, piece in pieces:
            self.picture.feed(piece)


class Workstation(Program):
    """An open workstation."""

    def __init__(self, book: Path, day: str, size: tuple[int, int] = (120, 40)) -> None:
        known = {"PYTHONPATH": str(ROOT), "ARCTUI_BOOK": str(book), "ARCTUI_DATE": day}
        super().__init__([sys.executable, "-m", "arctui"], size, known)

    def leave(self) -> None:
        """Leave it as a clerk does, and wait for its end. Raises TimeoutError."""
        self.type("q")
        end = time.monotonic() + _START
        while time.monotonic() < end and not os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            with contextlib.suppress(TimeoutError):
                self._feed(self._taken(_PAUSE, _PAUSE))

    def wait(self, *texts: str) -> float:
        """Wait until texts stand on the screen and all is quiet; return the ms since the start."""
        at = self.wait_for(*texts)
        self.settle(0.5)
        return at
