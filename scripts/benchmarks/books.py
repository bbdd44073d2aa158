"""The books of one run: each size is made once, and lent as a copy of its own to whoever measures on it."""

import shutil
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from arctui.desk.clock import Clock
from arctui.desk.desk import Desk
from arctui.store import Book
from scripts.benchmarks import makers, trials
from scripts.benchmarks.timing import in_new_process

#: The working day of every book.
DAY = makers.NOW.isoformat()
#: So many names tell that the rows of a worklist are on the screen.
_NAMES = 10


@dataclass(frozen=True)
class Lent:
    """A copy of a book: where it lies, how many accounts it has, and the names that its worklist shows first."""

    path: Path
    accounts: int
    listed: int
    names: tuple[str, ...]

    @property
    def first(self) -> str:
        """The name of the first account on the worklist."""
        return self.names[0]

    @property
    def at(self) -> str:
        """What the title of the worklist says while the cursor stands on its first row."""
        return f"WORKLIST  1 of {self.listed}"


@dataclass(frozen=True)
class Books:
    """The books that were made in a folder that is taken away after the run."""

    folder: Path

    @cached_property
    def _made(self) -> dict[int, Lent]:
        return {}

    def lend(self, accounts: int, name: str) -> Lent:
        """Return a copy of the book of so many accounts for one measurement."""
        if accounts not in self._made:
            say(accounts, "making the book")
            path = self.folder / f"{accounts}.json"
            in_new_process(trials.make_book, path, accounts)
            listed, names = in_new_process(_first, path)
            self._made[accounts] = Lent(path, accounts, listed, names)
        made = self._made[accounts]
        path = made.path.with_name(f"{accounts}-{name}.json")
        shutil.copy(made.path, path)
        for beside in made.path.parent.glob(f"{made.path.name}.*"):
            if beside.is_file():
                shutil.copy(beside, path.with_name(beside.name.replace(made.path.name, path.name)))
        return Lent(path, accounts, made.listed, made.names)


def _first(path: Path) -> tuple[int, tuple[str, ...]]:
    """Look at a book as an earlier session did, so that what is kept beside it is there."""
    desk = Desk(Book(path), Clock(DAY), makers.CLERK)
    worklist = desk.worklist()
    desk.leave()
    return len(worklist), tuple(row.name for row in worklist[:_NAMES])


def say(size: int, what: str) -> None:
    """Tell whoever waits."""
    print(f"bench: {size:,} accounts: {what}", file=sys.stderr, flush=True)
