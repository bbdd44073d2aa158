"""Faults at the calls to the system: the N-th point at which a process dies or a call fails.

Each call of the watched functions has points at which a fault may strike: before it, after it, and for a write
between its two halves.
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

from arctui.core.records import added
from arctui.store import Book, BookError
from tests.store.makers import NOON, account

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
    """Counts the points that are passed and strikes at one of them."""

    def __init__(self, at: int, strike: Strike) -> None:
        self.at = at
        self.passed: list[str] = []
        self._strike = strike

    @property
    def struck(self) -> bool:
        return len(self.passed) > self.at

    def point(self, where: str) -> None:
        self.passed.append(where)
        if len(self.passed) == self.at + 1:
            self._strike(where)

    def call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        self.point(f"before {name}")
        if name == "write" and len(args[1]) > 1:
            half = len(args[1]) // 2
            if len(self.passed) == self.at:
                # The next point is the one: half of the bytes go out, then the fault strikes.
                REAL["write"](args[0], bytes(args[1])[:half])
            self.point("half-way through write")
        result = REAL[name](*args, **kwargs)
        self.point(f"after {name}")
        return result


@contextmanager
def faults(at: int, strike: Strike) -> Iterator[Faults]:
    """Watch the system's calls while the block runs."""
    watch = Faults(at, strike)

    def watched(name: str) -> Callable[..., Any]:
        return lambda *args, **kwargs: watch.call(name, *args, **kwargs)

    for name in WATCHED:
        setattr(os, name, watched(name))
    try:
        yield watch
    finally:
        for name, real in REAL.items():
            setattr(os, name, real)


def failing(number: int) -> Strike:
    """A strike that makes the call fail with an error of the system."""

    def strike(_: str) -> None:
        raise OSError(number, os.strerror(number))

    return strike


def die(_: str) -> None:
    """A strike that ends the process at once."""
    os.kill(os.getpid(), signal.SIGKILL)


ERRORS = {name: getattr(errno, name) for name in ("ENOSPC", "EIO", "EACCES", "EDQUOT", "EROFS")}


def acts(path: Path, acknowledge: Callable[[str], None]) -> None:
    """Two commits, an undo and a commit; each is acknowledged when it has returned."""
    book = Book(path, new=True)
    for name in ("one", "two"):
        book.commit(f"add {name}", [added(account(name)), added(account(f"{name} again"))], "ann", NOON)
        acknowledge(name)
    book.undo("ann", NOON)
    acknowledge("undo")
    book.commit("add three", [added(account("three"))], "ann", NOON)
    acknowledge("three")


def child(path: Path, log: Path, at: int) -> None:
    """Act and die at a point; what was acknowledged stands in the log, a line each."""
    handle = REAL["open"](log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with faults(at, die) as watch:
        try:
            acts(path, lambda word: REAL["write"](handle, f"{word}\n".encode()))
        except BookError as error:
            REAL["write"](handle, f"BookError: {error}\n".encode())
    os._exit(0 if not watch.struck else 9)


def sweep(folder: Path, first: Path | None) -> list[str]:
    """Run the acts once for each point, in a folder each, until a run ends alive; return the folders' names.

    `first` is a book to begin with; without one the first act makes it.
    """
    made = []
    for at in range(10_000):
        place = folder / f"{at:04}"
        place.mkdir()
        if first:
            shutil.copy(first, place / "b.json")
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
