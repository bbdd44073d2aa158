"""Faults at the calls to the system: the N-th point at which a process dies or a call fails.

Each call of the watched functions has points at which a fault may strike: before it, after it, and for a write
between its two halves. For a process that dies after a call is the same as before the next one.
"""

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from arctui.core.changes import Change, added
from arctui.store import Book, BookError
from tests.store.makers import NOON, account, draft

WATCHED = (
    "open",
    "write",
    "pwrite",
    "writev",
    "fsync",
    "fdatasync",
    "fchmod",
    "chmod",
    "ftruncate",
    "truncate",
    "close",
    "rename",
    "replace",
    "link",
    "unlink",
    "remove",
    "mkdir",
)
REAL: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in WATCHED}

Strike = Callable[[str], None]


class Faults:
    """Counts the points that are passed and strikes at one of them; if it lasts, at all that follow too."""

    def __init__(self, at: int, strike: Strike, calls: dict[str, Callable[..., Any]], *, lasting: bool) -> None:
        self.at = at
        self.passed: list[str] = []
        self._strike = strike
        self._calls = calls
        self._lasting = lasting

    @property
    def struck(self) -> bool:
        return len(self.passed) > self.at

    def point(self, where: str) -> None:
        self.passed.append(where)
        if len(self.passed) == self.at + 1 or (self._lasting and self.struck):
            self._strike(where)

    def call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        self.point(f"before {name}")
        if name == "write" and len(args[1]) > 1:
            half = len(args[1]) // 2
            if len(self.passed) == self.at:
                # The next point is the one: half of the bytes go out, then the fault strikes.
                REAL["write"](args[0], bytes(args[1])[:half])
            self.point("half-way through write")
        result = self._calls[name](*args, **kwargs)
        if self._strike is not die:
            self.point(f"after {name}")
        return result


@contextmanager
def faults(at: int, strike: Strike, *, lasting: bool = False) -> Iterator[Faults]:
    """Watch the system's calls while the block runs."""
    before = {name: getattr(os, name) for name in WATCHED}
    watch = Faults(at, strike, before, lasting=lasting)

    def watched(name: str) -> Callable[..., Any]:
        return lambda *args, **kwargs: watch.call(name, *args, **kwargs)

    for name in WATCHED:
        setattr(os, name, watched(name))
    try:
        yield watch
    finally:
        for name, call in before.items():
            setattr(os, name, call)


@contextmanager
def replaced(name: str, call: Callable[..., Any]) -> Iterator[None]:
    """Put another call in the place of one of the system's while the block runs."""
    before = getattr(os, name)
    setattr(os, name, call)
    try:
        yield
    finally:
        setattr(os, name, before)


@contextmanager
def refusing(name: str, number: int) -> Iterator[None]:
    """Let one kind of call fail while the block runs."""

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    with replaced(name, refuse):
        yield


@contextmanager
def quick_disk() -> Iterator[None]:
    """Leave the flushing out, in a process of its own: whatever becomes of it, its system keeps what was written."""
    with replaced("fsync", lambda _: None):
        yield


def realistic(where: str) -> bool:
    """Whether the system may fail at a point: a call fails before its work, only a close after it."""
    return where == "after close" if "close" in where else not where.startswith("after")


def failing(number: int) -> Strike:
    """A strike that makes the call fail with an error of the system, where the system may fail."""

    def strike(where: str) -> None:
        if realistic(where):
            raise OSError(number, os.strerror(number))

    return strike


def die(_: str) -> None:
    """A strike that ends the process at once."""
    os.kill(os.getpid(), signal.SIGKILL)


ERRORS = {name: getattr(errno, name) for name in ("ENOSPC", "EIO", "EACCES", "EDQUOT", "EROFS")}

#: What the acts leave behind one after the other, beside what was there before: accounts, and drafts.
STATES: dict[str, set[str]] = {
    "": set(),
    "one": {"one", "one again"},
    "draft": {"one", "one again", "draft half a word"},
    "two": {"one", "one again", "two"},
    "undo": {"one", "one again"},
    "fold": {"one", "one again"},
    "three": {"one", "one again", "three"},
    "undo three": {"one", "one again"},
    "undo one": set(),
    "four": {"four"},
    "leave": {"four"},
}


def acts(path: Path, acknowledge: Callable[[str], None]) -> None:
    """Commit, keep a draft, use it up, undo, fold with a backup, and go on; each is acknowledged when it returned."""
    book = Book(path, new=True)
    book.commit("add one", [added(account("one")), added(account("one again"))], "ann", NOON)
    acknowledge("one")
    book.keep([added(draft("half a word"))])
    acknowledge("draft")
    taken = [Change(before=draft("half a word"), after=None)]
    book.commit("add two", [added(account("two"))], "ann", NOON, kept=taken)
    acknowledge("two")
    book.undo("ann", NOON)
    acknowledge("undo")
    assert not book.fold(NOON)
    acknowledge("fold")
    book.commit("add three", [added(account("three"))], "ann", NOON)
    acknowledge("three")
    book.undo("ann", NOON)
    acknowledge("undo three")
    book.undo("ann", NOON)
    acknowledge("undo one")
    book.commit("add four", [added(account("four"))], "ann", NOON)
    acknowledge("four")
    assert not book.close(NOON)
    acknowledge("leave")


def child(path: Path, log: Path, at: int) -> None:
    """Act and die at a point; what was acknowledged stands in the log, a line each."""
    handle = REAL["open"](log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with quick_disk(), faults(at, die) as watch:
        try:
            acts(path, lambda word: REAL["write"](handle, f"{word}\n".encode()))
        except BookError as error:
            REAL["write"](handle, f"BookError: {error}\n".encode())
    os._exit(0 if not watch.struck else 9)


def sweep(folder: Path, first: Path | None) -> list[str]:
    """Run the acts once for each point, in a folder each, until a run ends alive; return the folders' names.

    `first` is a folder with a book to begin with; without one the first act makes it.
    """
    made = []
    for at in range(10_000):
        place = folder / f"{at:04}"
        if first:
            shutil.copytree(first, place)
        else:
            place.mkdir()
        pid = os.fork()
        if not pid:
            child(place / "b.json", folder / f"{at:04}.log", at)
        _, status = os.waitpid(pid, 0)
        made.append(place.name)
        if not os.WIFSIGNALED(status):
            return made
    raise AssertionError("the acts never end")


if __name__ == "__main__":
    begin = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    print(json.dumps(sweep(Path(sys.argv[1]), begin)))
