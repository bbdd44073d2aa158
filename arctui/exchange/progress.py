"""How far the work on a file has come, told by whoever does it, and the way to call it off.

Whoever goes through many rows says so every thousand or so: `progress.at(done, total)`, or goes through
`over(rows, progress)`. Knows no screen and no clock.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

#: It is told once in so many rows: often enough for an eye and for calling off, too seldom to cost anything.
ROWS = 1000

T = TypeVar("T")


class Cancelled(Exception):  # noqa: N818  it is no error
    """The work was called off; nothing was changed."""


class Progress(Protocol):
    """Who is told. Each of these raises Cancelled where the work was called off meanwhile."""

    def stage(self, words: str) -> None:
        """A part of the work begins: "reading the rows"."""

    def at(self, done: int, total: int) -> None:
        """So many rows of this stage are done; `total` is 0 where nobody knows how many there are."""

    def settling(self) -> None:
        """What was worked out comes to disk now: from here on it cannot be called off."""


class Unwatched:
    """Nobody wants to know."""

    def stage(self, words: str) -> None:
        """Tell nobody."""

    def at(self, done: int, total: int) -> None:
        """Tell nobody."""

    def settling(self) -> None:
        """Tell nobody."""


UNWATCHED = Unwatched()


def over(rows: Sequence[T], progress: Progress) -> Iterator[T]:
    """Go through rows and tell how far it is. Raises Cancelled."""
    for number, row in enumerate(rows):
        if number % ROWS == 0:
            progress.at(number, len(rows))
        yield row
