"""The part `book`: what keeping, opening and following the book costs, on books of several sizes."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from scripts.benchmarks import trials
from scripts.benchmarks.options import Options
from scripts.benchmarks.table import Report, Row, Samples
from scripts.benchmarks.timing import in_new_process, in_turn
from scripts.benchmarks.trials import Opened

#: The most that the end of a call may cost, beside the raw append and beside SQLite.
_OF_RAW, _OF_SQLITE = 1.3, 0.7
#: Above so many accounts a few writes of stock TinyDB take minutes.
_TINYDB_ACCOUNTS = 10_000

_END = "end of a call: 4 records, one act"
_SQLITE = "SQLite, WAL, synchronous=FULL"
_JSON, _MSGSPEC = "json.load", "msgspec.json.decode"
_LOADERS: dict[str, Callable[[Path], Opened]] = {
    "book": trials.open_book,
    _JSON: trials.load_json,
    _MSGSPEC: trials.decode_json,
}


def measure(options: Options) -> Report:
    """Measure one size after the other."""
    report = Report()
    for size in options.sizes:
        folder = options.folder / f"{size}"
        folder.mkdir(mode=0o700)
        report.rows += _OneBook(folder / "book.json", size, options, report.notes).measured()
        shutil.rmtree(folder)
    report.notes += _about(report.rows)
    if max(options.sizes) > _TINYDB_ACCOUNTS and not options.slow:
        report.notes.append(f"Stock TinyDB was not asked above {_TINYDB_ACCOUNTS:,} accounts: --slow does it.")
    return report


class _OneBook:
    """The measurements on a book of one size; they change it, so their order matters."""

    def __init__(self, path: Path, size: int, options: Options, notes: list[str]) -> None:
        self._path = path
        self._size = size
        self._options = options
        self._notes = notes

    def measured(self) -> list[Row]:
        """Make the book and measure everything on it."""
        self._say("making it")
        in_new_process(trials.make, self._path, self._size)
        self._notes.append(
            f"A book of {self._size:,} accounts is a file of {self._path.stat().st_size / 1e6:,.1f} MB."
        )
        return [
            *self._opening(),
            *self._committing(),
            *self._opening_after_a_kill(),
            *self._following(),
            *self._folding(),
        ]

    def _opening(self) -> list[Row]:
        self._say("opening it")
        opened = self._opened()
        own = opened.pop("book")
        rows = []
        for name, theirs in opened.items():
            rows += [
                self._row("open the book", _of(own, "open"), name, _of(theirs, "open")),
                self._row("open it, first worklist", _of(own, "listed"), name, _of(theirs, "open")),
                self._memory("memory an account: open", own, "held", name, theirs),
                self._memory("memory an account: with worklist", own, "held_listed", name, theirs),
                self._memory("memory an account: at most", own, "peak", name, theirs),
            ]
        return rows

    def _opening_after_a_kill(self) -> list[Row]:
        self._say("opening it after a kill")
        opened = self._opened()
        own, plain = _of(opened["book"], "open"), _of(opened[_MSGSPEC], "open")
        return [self._row("open it after a kill, journal and all", own, _MSGSPEC, plain)]

    def _opened(self) -> dict[str, list[Opened]]:
        found: dict[str, list[Opened]] = {name: [] for name in _LOADERS}
        for turn in range(self._rounds(5, 2)):
            for name in in_turn(turn, _LOADERS):
                found[name].append(in_new_process(_LOADERS[name], self._path))
        return found

    def _committing(self) -> list[Row]:
        self._say("ending calls")
        done = in_new_process(trials.commit, self._path, self._size, self._rounds(300, 100))
        times = done.samples
        raw = f"append + fsync of {done.act_bytes:,} bytes"
        rows = [
            self._row(_END, times["end"], raw, times["end raw"], _OF_RAW),
            self._row(_END, times["end"], _SQLITE, times["end sqlite"], _OF_SQLITE),
            self._row(_END, times["end"], "SQLite, and the act into a history", times["end sqlite with history"]),
        ]
        if self._size <= _TINYDB_ACCOUNTS or self._options.slow:
            self._say("the same by stock TinyDB")
            stock = in_new_process(trials.tinydb, self._path, self._size, self._rounds(3, 2))
            rows.append(self._row(_END, times["end"], "stock TinyDB, 4 writes", stock))
        what, raw = "a move in a call (keep)", f"append + fsync of {done.move_bytes:,} bytes"
        return [
            *rows,
            self._row(what, times["move"], raw, times["move raw"]),
            self._row(what, times["move"], _SQLITE, times["move sqlite"]),
        ]

    def _following(self) -> list[Row]:
        self._say("following another session")
        times = in_new_process(trials.follow, self._path, self._size, self._rounds(100, 20))
        reads = "SQLite: 2nd connection reads it"
        return [
            self._row("another's act, to memory", times["memory"], reads, times["sqlite"]),
            self._row("another's act, to the worklist", times["worklist"], reads, times["sqlite"]),
            self._row("looking, nothing new", times["nothing"], "SQLite: data_version", times["nothing sqlite"]),
        ]

    def _folding(self) -> list[Row]:
        self._say("folding")
        times = in_new_process(trials.fold, self._path, self._size, self._rounds(5, 3))
        whole = "the same bytes: write, fsync, rename"
        return [
            self._row("fold", times["fold"], whole, times["rewrite"]),
            self._row("fold, with its backup", times["fold and backup"], whole, times["rewrite"]),
            self._row("first move after a fold", times["first"], "a small file, the same way", times["begin"]),
        ]

    def _rounds(self, usual: int, quick: int) -> int:
        return quick if self._options.quick else usual

    def _row(self, what: str, own: Samples, beside: str, theirs: Samples, goal: float | None = None) -> Row:
        return Row(what=what, size=self._size, samples=own, beside=beside, yardstick=theirs, goal=goal)

    def _memory(self, what: str, own: list[Opened], which: str, beside: str, theirs: list[Opened]) -> Row:
        their = "peak" if which == "peak" else "held"
        ours, yardstick = (_of(opened, name).per(self._size) for opened, name in ((own, which), (theirs, their)))
        return Row(what=what, size=self._size, samples=ours, beside=beside, yardstick=yardstick, unit="kB")

    def _say(self, what: str) -> None:
        """Tell whoever waits."""
        print(f"bench: {self._size:,} accounts: {what}", file=sys.stderr, flush=True)


def _of(opened: list[Opened], name: str) -> Samples:
    return Samples([getattr(one, name) for one in opened])


def _about(rows: list[Row]) -> list[str]:
    """Say whether the end of a call costs the same on every book, and what the yardsticks do."""
    beside_raw = [row for row in rows if row.what == _END and row.goal == _OF_RAW]
    small, large = beside_raw[0], beside_raw[-1]
    notes = [
        "Times are of one run in turns, page cache warm. The raw append keeps its file open. SQLite holds JSON",
        "in one table, by id and by account. The book keeps a history; the others none unless it is named, and",
        "TinyDB's four writes are no transaction. json and msgspec read the book's file into dicts, history and all.",
    ]
    if large.size > small.size and small.ratio and large.ratio:
        times = large.samples.median / small.samples.median
        notes.insert(
            0,
            f"Flat over size: the end of a call takes {times:.2f}x on {large.size:,} accounts of what it takes on "
            f"{small.size:,}; beside the raw append of the same minutes {large.ratio / small.ratio:.2f}x.",
        )
    return notes
