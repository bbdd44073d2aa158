"""What the processes do that work on one book at a time."""

from multiprocessing.synchronize import Barrier, Event
from pathlib import Path
from typing import Protocol

from arctui.store import Book
from arctui.store.transactions import chain_breaks
from tests.store.makers import NOON, names, put

#: No process goes on for ever, even if the one that is to end it dies.
_MANY = 100_000


class Told(Protocol):
    """Where a process tells what it saw."""

    def put(self, what: object) -> None: ...


def commits(path: Path, ready: Barrier, worker: int, many: int) -> None:
    """Commit so many accounts, one after the other, in one session; every third commit in one of its own."""
    book = Book(path)
    ready.wait(60)
    for number in range(many):
        put(Book(path) if number % 3 == 2 else book, f"{worker}-{number:03}", by=f"clerk {worker}")
        assert f"{worker}-{number:03}" in names(Book(path)), "acknowledged and not there"


def folds(path: Path, ready: Barrier, over: Event, told: Told) -> None:
    """Fold all the time, every other time with a backup."""
    book, done = Book(path), 0
    ready.wait(60)
    for number in range(_MANY):
        if over.is_set():
            break
        book.refresh()
        if book.unfolded:
            book.fold(NOON if number % 2 else None)
            done += 1
    told.put(done)


def reads(path: Path, ready: Barrier, over: Event, told: Told) -> None:
    """Read all the time, following and anew; tell what was wrong, "" for nothing."""
    following, seen, wrong = Book(path), 0, ""
    ready.wait(60)
    for _ in range(_MANY):
        if over.is_set() or wrong:
            break
        following.refresh()
        fresh = Book(path)
        history = fresh.history
        if fresh.number < seen:
            wrong = f"act {seen} was there and is gone: now {fresh.number}"
        elif len(names(fresh)) != fresh.number or [t.number for t in history] != list(range(1, fresh.number + 1)):
            wrong = f"{len(names(fresh))} accounts, {len(history)} acts, the last one {fresh.number}"
        elif list(chain_breaks(history, fresh.stand.origin)):
            wrong = "the chain is broken"
        elif len(names(following)) != following.number:
            wrong = f"the session that follows holds {len(names(following))} accounts after act {following.number}"
        seen = max(fresh.number, following.number)
    told.put(wrong)
