"""Sessions that die and disks that stay broken, at the N-th call to the system; and what must stand afterwards.

A session dies here by an exception that nothing catches: every later call of it fails too, so that no clearing up
takes place, and the system closes its files. Run as a program this module kills children of its own, for good.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from arctui.core.changes import Change
from arctui.store import Book, BookError, base
from arctui.store.transactions import chain_breaks
from arctui.store.verify import problems
from tests.store.faults import REAL, WATCHED, Strike, die, quick_disk
from tests.store.makers import NOON, names, put, records

PROJECT = Path(__file__).parents[2]


class Died(BaseException):
    """The process of a session has ended here."""


def _die(_: str) -> None:
    raise Died


class Watch:
    """Counts the points that are passed and strikes at one of them, or at that one and all that follow."""

    def __init__(self, at: int, strike: Strike, calls: dict[str, Callable[..., Any]], *, lasting: bool) -> None:
        self.at = at
        self.passed: list[str] = []
        self.opened: set[int] = set()
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
        if name == "write" and len(self.passed) == self.at:
            # The next point is the one: half of the bytes go out, then the fault strikes.
            REAL["write"](args[0], bytes(args[1])[: len(args[1]) // 2])
        if name == "write":
            self.point("half-way through write")
        result = self._calls[name](*args, **kwargs)
        if name == "open":
            self.opened.add(result)
        self.point(f"after {name}")
        return result


@contextmanager
def watching(at: int, strike: Strike, *, lasting: bool = False) -> Iterator[Watch]:
    """Watch the system's calls while the block runs."""
    before = {name: getattr(os, name) for name in WATCHED}
    watch = Watch(at, strike, before, lasting=lasting)

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
def dying(at: int) -> Iterator[Watch]:
    """Let the session that acts in the block die at a point; the system closes what it had open."""
    try:
        with watching(at, _die, lasting=True) as watch:
            yield watch
    except Died:
        for handle in watch.opened:
            try:
                REAL["close"](handle)
            except OSError:
                continue


def failing(at: int, number: int, *, for_good: bool = False) -> AbstractContextManager[Watch]:
    """Let the call at a point fail as a system lets it: before its work, or half-way, only a close after it."""

    def strike(where: str) -> None:
        if where == "after close" if "close" in where else not where.startswith("after"):
            raise OSError(number, os.strerror(number))

    return watching(at, strike, lasting=for_good)


def wrong(path: Path, expected: list[str]) -> str:
    """Say what is wrong with a book that must hold accounts of these names, each by an act of its own."""
    try:
        book = Book(path)
        history = book.history
        if names(book) != sorted(expected):
            return f"holds {names(book)}, not {sorted(expected)}"
        if [t.number for t in history] != list(range(1, len(history) + 1)):
            return f"the acts are numbered {[t.number for t in history]}"
        if broke := list(chain_breaks(history, base.read(book.path).meta.origin)):
            return f"the chain is broken at {broke}"
        return "; ".join(problems(book))
    except BookError as error:
        return f"{type(error).__name__}: {error}"


class Mirror:
    """The records of a session as one would have them who only heard its news and its own acts."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.records = records(book)

    def hear(self, news: list[Change]) -> None:
        for change in news:
            assert self.records.get(change.record.id) == change.before
            if change.after is None:
                del self.records[change.record.id]
            else:
                self.records[change.after.id] = change.after

    def is_true(self) -> bool:
        self.hear(self.book.news())
        return self.records == records(self.book)


def once_after(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, act: Callable[[], object]) -> None:
    """Let something happen just after the first call of a function."""
    real = getattr(where, name)
    called: list[str] = []

    def call(*args: Any, **kwargs: Any) -> Any:
        result = real(*args, **kwargs)
        if not called:
            called.append(name)
            act()
        return result

    monkeypatch.setattr(where, name, call)


def fold_and_go_on(book: Book, say: Callable[[str], None]) -> None:
    book.fold(NOON)
    say("folded")
    put(book, "after")
    say("after")


def leave(book: Book, say: Callable[[str], None]) -> None:
    put(book, "last")
    say("last")
    book.close(NOON)
    say("left")


def begin_anew(book: Book, say: Callable[[str], None]) -> None:
    """Go on behind a line that another session never finished."""
    for word in ("first", "second"):
        with book.path.with_name("b.json.journal").open("ab") as file:
            file.write(b"00")
        put(book, word)
        say(word)


STORIES: dict[str, Callable[[Book, Callable[[str], None]], None]] = {
    s.__name__: s for s in (fold_and_go_on, leave, begin_anew)
}


def _child(path: Path, log: Path, at: int, story: str) -> None:
    handle = REAL["open"](log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    book = Book(path)
    with quick_disk(), watching(at, die) as watch:
        STORIES[story](book, lambda word: REAL["write"](handle, f"{word}\n".encode()))
    os._exit(0 if not watch.struck else 9)


def _kill_at_every_point(folder: Path, first: Path, story: str) -> list[str]:
    made = []
    for at in range(10_000):
        place = folder / f"{at:04}"
        shutil.copytree(first, place)
        pid = os.fork()
        if not pid:
            _child(place / "b.json", folder / f"{at:04}.log", at, story)
        _, status = os.waitpid(pid, 0)
        made.append(place.name)
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0
            return made
    raise AssertionError("the story never ends")


def killed(folder: Path, first: Path, story: str) -> list[Path]:
    """Act a story in copies of a folder, killed at each point in turn; the last one is not killed."""
    folder.mkdir()
    arguments = [sys.executable, "-m", "tests.store.crashes", str(folder), str(first), story]
    done = subprocess.run(arguments, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return [folder / name for name in json.loads(done.stdout)]


def said(place: Path) -> list[str]:
    """What a killed session acknowledged."""
    return place.with_name(f"{place.name}.log").read_text().split()


if __name__ == "__main__":
    print(json.dumps(_kill_at_every_point(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])))
