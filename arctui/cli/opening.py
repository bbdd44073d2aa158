"""Opening and leaving the book, for the workstation and for every command, and the errors that may be met there."""

import gc
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from arctui.core.business import UnknownCountryError
from arctui.core.policy import PolicyError
from arctui.core.text import harmless
from arctui.desk import Desk, DeskError
from arctui.desk.clock import Clock, ClockError, login
from arctui.desk.collecting import uncollected
from arctui.desk.roles import role_here
from arctui.exchange.report import ReportError
from arctui.fence import FenceError
from arctui.settings.errors import SettingError, SettingsFileError
from arctui.store import Book, BookError, BookLostError, BookMissingError

#: Errors that are the data's or the user's, not ours: one line, exit status 1.
EXPECTED = (
    *(BookError, ClockError, DeskError, PolicyError, ReportError, UnknownCountryError),
    *(SettingError, SettingsFileError, FenceError),
)


def open_desk(path: Path, day: str, *, new: bool = False, later: bool = False) -> Desk:
    """Open the book for this login; with `new` a missing book is made by the first act.

    With `later` nothing of it may be shown before `Book.check_seal`.
    """
    clock = Clock(day)
    try:
        with uncollected():
            desk = Desk(Book(path, new=new, later=later), clock, login(), role_here())
    except BookLostError:
        raise
    except BookMissingError as error:
        raise BookMissingError(f"{error}: 'arctui import FILE' makes one, 'arctui demo' shows one") from None
    # The book stays: the collector need not go through it again and again.
    gc.freeze()
    return desk


class UsageError(DeskError):
    """A command is used wrongly: one line, exit status 2."""


class Opening(msgspec.Struct, frozen=True):
    """Where the book lies and which day it is, for commands that open it themselves."""

    path: Path
    day: str

    def desk(self) -> Desk:
        """Open the book. Raises BookMissingError, BookDamagedError, BookError."""
        return open_desk(self.path, self.day)


def leave_book(desk: Desk) -> None:
    """Leave the book as a clean exit does: the journal goes into it. What cannot be done is told, nothing is lost."""
    try:
        problem = desk.leave()
    except BookError as error:
        problem = f"what was saved stands in the journal beside the book, which takes it over later: {error}"
    if problem:
        warn([problem])


@contextmanager
def demo_desk(day: str) -> Iterator[Desk]:
    """Make a demo book in a private folder of its own, open it, and take it away in the end."""
    from arctui.desk.demo import make_demo_book

    clock = Clock(day)
    with tempfile.TemporaryDirectory(prefix="arctui-demo-") as folder:
        yield Desk(make_demo_book(Path(folder) / "book.json", clock, login()), clock, login())


def complain(text: str) -> None:
    """Say on stderr, in a line, what is wrong or what else is to be known; nothing in it acts on a terminal."""
    print(f"arctui: {harmless(text).replace(chr(10), ' ')}", file=sys.stderr, flush=True)


def warn(warnings: Iterable[str]) -> None:
    """Print notes that are no part of the answer."""
    for warning in warnings:
        complain(f"note: {warning}")
