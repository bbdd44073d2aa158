"""Work beside the clerk's: how far a thread is, what calls it off, and how it leaves room for keys."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

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
