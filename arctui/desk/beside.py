"""Work beside the clerk's: how far a thread is, what calls it off, and how it leaves room for keys."""

import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, Self

from arctui.desk.collecting import uncollected
from arctui.exchange.progress import Cancelled

#: A key waits no longer than this for the thread to let go of the interpreter.
_TURN_SECONDS = 0.0005
_USUAL_SECONDS = sys.getswitchinterval()


class Stand(NamedTuple):
    """How far it is: the stage's words, rows done and in all (0: not known), seconds left (None: not known)."""

    stage: str
    done: int = 0
    total: int = 0
    left: float | None = None


class Told:
    """What the thread says of its progress; asked by the clerk's thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.cancelled = False
        self._clock = clock
        self._stand = Stand("")
        self._since = clock()

    def stage(self, words: str) -> None:
        """A stage begins."""
        self._since = self._clock()
        self._stand = Stand(words)
        self._stop()

    def at(self, done: int, total: int) -> None:
        """So many rows are done."""
        self._stand = Stand(self._stand.stage, done, total)
        self._stop()

    def settling(self) -> None:
        """The clerk's thread commits."""
        self._stop()

    def _stop(self) -> None:
        if self.cancelled:
            raise Cancelled

    @property
    def stand(self) -> Stand:
        """How far it is now."""
        stand = self._stand
        if not stand.done or not stand.total:
            return stand
        return stand._replace(left=(self._clock() - self._since) * (stand.total - stand.done) / stand.done)


@contextmanager
def in_short_turns() -> Iterator[None]:
    """Let other threads have the interpreter at once when they want it."""
    sys.setswitchinterval(_TURN_SECONDS)
    try:
        yield
    finally:
        # One that was called off may still be at it beside the next: what it found is not what it has to leave.
        sys.setswitchinterval(_USUAL_SECONDS)


class Beside(ABC):
    """One work in a thread of its own; all but `_make` is called in the clerk's thread."""

    def __init__(self, name: str, ended: Callable[[Self], None], clock: Callable[[], float] = time.monotonic) -> None:
        """Prepare a thread of this name, which `_begin` begins; `ended` is called in it at its end."""
        self._called = name
        self._tell_the_end: Callable[[], None] = lambda: ended(self)
        self._told = Told(clock)
        self._error: Exception | None = None
        # `_idle`: nothing is made any more. The thread's own word of its end: one that a Ctrl+C interrupts while it
        # waits for a thread may be told that it is over.
        self._idle, self._done = False, threading.Event()

    def _begin(self) -> None:
        threading.Thread(target=self._work, name=self._called, daemon=True).start()

    @property
    def stand(self) -> Stand:
        """How far it is."""
        return self._told.stand

    def cancel(self) -> None:
        """Call it off; what takes the result then raises Cancelled."""
        self._told.cancelled = True

    def wait(self, seconds: float) -> bool:
        """Wait so long for the thread; return whether it is done."""
        return self._done.wait(seconds)

    def _check(self) -> None:
        """Raise Cancelled where it was called off, or what the work raised."""
        if self._told.cancelled:
            raise Cancelled
        if self._error:
            raise self._error

    # In the thread

    @abstractmethod
    def _make(self) -> None:
        """Do the work, telling `_told` of it, which raises Cancelled."""

    def _work(self) -> None:
        try:
            with in_short_turns(), uncollected():
                self._make()
        except Exception as error:  # noqa: BLE001  raised again in the clerk's thread
            self._error = error
        try:
            self._idle = True
            self._tell_the_end()
        finally:
            self._done.set()
