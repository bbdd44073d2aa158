"""The measurements on one book, each to be run in a Python of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec

from arctui.core.changes import Change, added
from arctui.core.facts import Facts
from arctui.desk.clock import Clock
from arctui.desk.desk import Desk
from arctui.store import Book
from scripts.benchmarks import makers
from scripts.benchmarks.places import Memory
from scripts.benchmarks.table import Samples
from scripts.benchmarks.timing import Trial, timed, turns
from scripts.benchmarks.yardsticks import RawFile, SQLiteBook, StockTinyDB, replace_whole

T = TypeVar("T")

#: As many records come into a new book in one act.
_ACT = 50_000
_SQLITE, _RAW = "book.sqlite", "raw"


def make_book(path: Path, accounts: int) -> None:
    """Make a book, as it lies there after a clean exit."""
    book = Book(path, new=True)
    records = makers.records(accounts)
    while changes := [added(record) for record in islice(records, _ACT)]:
        book.commit("import aging.csv", changes, "import", makers.NOW)
    book.close(makers.NOW)


def make(path: Path, accounts: int) -> None:
    """Make a book, and the same in SQLite beside it."""
    make_book(path, accounts)
    SQLiteBook(path.with_name(_SQLITE)).fill(makers.records(accounts))


@dataclass(frozen=True)
class Opened:
    """How long opening took, and opening with the first list, in ms; by how much memory grew then and there, in kB.

    `peak` is the most that it had grown by at any moment.
    """

    open: float
    listed: float
    held: float
    held_listed: float
    peak: float


def _opened(load: Callable[[], T], look: Callable[[T], object]) -> Opened:
    before = Memory.now().held
    loaded: list[T] = []
    kept: list[object] = []
    open_ms = timed(lambda: loaded.append(load()))
    opened = Memory.now().held
    list_ms = timed(lambda: kept.append(look(loaded[0])))
    listed = Memory.now()
    return Opened(open_ms, open_ms + list_ms, opened - before, listed.held - before, listed.peak - before)


def open_book(path: Path) -> Opened:
    """Open a book and make its first worklist."""
    # Loaded before, because the year's holidays cost the same whatever the book holds.
    Facts().policy(makers.TODAY).calendar().next(makers.TODAY)
    return _opened(lambda: Book(path), lambda book: _desk(book).worklist())


def load_json(path: Path) -> Opened:
    """Read the same file by the standard library."""

    def load() -> object:
        with path.open(encoding="utf-8") as file:
            return json.load(file)

    return _opened(load, lambda _: None)


def decode_json(path: Path) -> Opened:
    """Read the same file by msgspec, into plain dicts."""
    return _opened(lambda: msgspec.json.decode(path.read_bytes()), lambda _: None)


def _desk(book: Book) -> Desk:
    return Desk(book, Clock(makers.NOW.isoformat()), makers.CLERK)


@dataclass(frozen=True)
class Committed:
    """The times by subject, and how many bytes an act and a move are."""

    samples: dict[str, Samples]
    act_bytes: int
    move_bytes: int


def commit(path: Path, accounts: int, most: int) -> Committed:
    """Make moves in calls and end them, in turns with a raw file and SQLite. The book is left as by a kill."""
    book, sqlite, raw = Book(path), SQLiteBook(path.with_name(_SQLITE)), RawFile(path.with_name(_RAW))
    trial = Trial()
    act = move = b""
    for turn in turns(most + 1):
        call = makers.call(turn, accounts, "commit")
        book.keep([added(call.begun)])
        again = makers.call(turn, accounts, "commit again")
        sqlite.commit([added(call.begun), added(again.moved)])
        moved = [Change(before=call.begun, after=call.moved)]
        move = msgspec.json.encode(moved)
        if not turn:
            # The first one makes files and is not counted; it tells how many bytes an act is.
            book.keep(moved)
            sqlite.commit(moved)
            act = msgspec.json.encode(_end(book, call))
            sqlite.commit(call.end)
            continue
        trial.turn(
            turn,
            {
                "move": partial(book.keep, moved),
                "move raw": partial(raw.append, move),
                "move sqlite": partial(sqlite.commit, moved),
            },
        )
        trial.turn(
            turn,
            {
                "end": partial(_end, book, call),
                "end raw": partial(raw.append, act),
                "end sqlite": partial(sqlite.commit, call.end),
                "end sqlite with history": partial(sqlite.commit, again.end, history=True),
            },
        )
    return Committed(trial.samples, len(act), len(move))


def _end(book: Book, call: makers.CallOnAccount) -> object:
    return book.commit("promise of $1,200.00, Birch Works", call.end, makers.CLERK, makers.NOW)


def follow(path: Path, accounts: int, most: int) -> dict[str, Samples]:
    """Take over what another session committed, into memory and into the worklist; also look in vain."""
    other, desk = Book(path), _desk(Book(path))
    other_sqlite, sqlite = SQLiteBook(path.with_name(_SQLITE)), SQLiteBook(path.with_name(_SQLITE))
    sqlite.skip()
    desk.worklist()
    trial = Trial()
    for turn in turns(most):
        call = makers.call(turn, accounts, "follow")
        other.keep([added(call.moved)])
        desk.refresh()
        desk.worklist()
        _end(other, call)
        other_sqlite.commit(call.end[:-1])
        memory = timed(desk.book.refresh)
        trial.note("memory", memory)
        trial.note("worklist", memory + timed(lambda: (desk.refresh(), desk.worklist())))
        trial.turn(turn, {"sqlite": sqlite.news})
        trial.turn(turn, {"nothing": desk.book.refresh, "nothing sqlite": sqlite.news})
    return trial.samples


def fold(path: Path, accounts: int, most: int) -> dict[str, Samples]:
    """Write the base anew, with and without a backup, in turns with writing a file of the same bytes anew.

    The first move after a fold begins a new journal: it stands beside writing a small file anew.
    """
    book, content = Book(path), path.read_bytes()
    whole, small = path.with_name("whole"), path.with_name("small")
    book.fold(None)
    trial = Trial()
    for turn in turns(most):
        for name, at in (("fold", None), ("fold and backup", makers.NOW)):
            call = makers.call(turn, accounts, name)
            first = [added(call.moved)]
            begin = partial(replace_whole, small, msgspec.json.encode(first))
            trial.turn(turn, {"first": partial(book.keep, first), "begin": begin})
            _end(book, call)
            trial.turn(turn, {name: partial(book.fold, at), "rewrite": partial(replace_whole, whole, content)})
    return trial.samples


def tinydb(path: Path, accounts: int, most: int) -> Samples:
    """Keep as much as the end of a call does, in TinyDB as it is shipped."""
    stock = StockTinyDB(path.with_name("stock.json"), makers.records(accounts))
    trial = Trial()
    for turn in turns(most):
        call = makers.call(turn, accounts, "tinydb")
        additions = [change.after for change in call.end if change.after]
        trial.turn(turn, {"stock": partial(stock.commit, additions, turn + 1)})
    return trial.samples["stock"]
