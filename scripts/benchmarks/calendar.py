"""The part `calendar`: what a key costs in the calendar, in ms and bytes, on the demo book and on large ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from arctui.core.records import Account
from arctui.desk.clock import Clock
from arctui.desk.demo import make_demo_book
from arctui.store import Book
from scripts.benchmarks import keys, makers
from scripts.benchmarks.books import DAY, say
from scripts.benchmarks.options import Options
from scripts.benchmarks.table import Report, Row, Samples
from scripts.benchmarks.terminal import Answer, Workstation

#: ms from the key in which a month appears.
_LIMIT = 50.0
#: Bytes of a move beside the plain text of all that may change by it; colours come on top.
_OF_TEXT = 3.5


@dataclass(frozen=True)
class Look:
    """A screen: its size, the key that shows the month, the one that leaves it, the lines and cells of a day.

    `agenda`: the lines below the month that may change with the day, its title among them.
    """

    size: tuple[int, int]
    opens: str
    leaves: str
    cell: int
    cell_lines: int
    agenda: int

    @property
    def name(self) -> str:
        """Its size, in words."""
        return f"{self.size[0]}x{self.size[1]}"

    def text(self, days: int) -> Samples:
        """How many characters change at most with the cells of so many days and the agenda below."""
        return Samples([days * self.cell * self.cell_lines + self.agenda * self.size[0]])


_LOOKS = (Look((80, 24), "c", "w", 11, 1, 12), Look((160, 45), "m", "m", 22, 2, 28))
_RIGHT, _LEFT, _DOWN, _UP = "\x1b[C", "\x1b[D", "\x1b[B", "\x1b[A"
_PAGE_DOWN, _PAGE_UP = "\x1b[6~", "\x1b[5~"
#: What moves, by which keys there and back, and over how many days' cells.
_MOVES = (
    ("a day", (_RIGHT, _LEFT), 2),
    ("a week", (_DOWN, _UP), 2),
    ("a month", (_PAGE_DOWN, _PAGE_UP), 42),
)


def measure(options: Options) -> Report:
    """Press the keys on each book and each screen."""
    report = Report()
    if not options.quick:
        demo = options.folder / "calendar-demo.json"
        make_demo_book(demo, Clock(keys.DAY), makers.CLERK)
        report.rows += _on_book(demo, keys.DAY, sum(1 for _ in Book(demo).facts.all(Account)), options)
    for size in options.sizes:
        report.rows += _on_book(options.books.lend(size, "calendar").path, DAY, size, options)
    report.notes = [
        "In the calendar ms are to the last byte of what a key brings, but where a month is opened to the first: it",
        "stands in the first picture. The text is that of the two cells (of all, for a month) and of the agenda.",
    ]
    return report


def _on_book(book: Path, day: str, size: int, options: Options) -> list[Row]:
    rows: list[Row] = []
    for look in _LOOKS:
        say(size, f"the calendar at {look.name}")
        workstation = Workstation(book, day, look.size)
        try:
            # It is ready when it can tell how much stands on today.
            workstation.wait("entries")
            rows += _pressed(workstation, look, size, 3 if options.quick else 15)
        finally:
            workstation.close()
    return rows


def _pressed(workstation: Workstation, look: Look, size: int, rounds: int) -> list[Row]:
    opened = []
    for _ in range(rounds):
        opened.append(workstation.press(look.opens))
        workstation.press(look.leaves)
    rows = [_time(f"the month opened, {look.name}", size, [a.first for a in opened])]
    workstation.press(look.opens)
    for what, there_and_back, days in _MOVES:
        answers = [workstation.press(key) for _ in range(rounds) for key in there_and_back]
        name = f"{what} in the calendar, {look.name}"
        rows += [_time(name, size, [a.last for a in answers]), _bytes(name, size, answers, look, days)]
    return rows


def _time(what: str, size: int, times: Sequence[float]) -> Row:
    limit = Samples([_LIMIT])
    return Row(what=what, size=size, samples=Samples(times), beside="the limit", yardstick=limit, goal=1.0)


def _bytes(what: str, size: int, answers: Sequence[Answer], look: Look, days: int) -> Row:
    return Row(
        what=f"{what}: bytes",
        size=size,
        samples=Samples([float(a.bytes) for a in answers]),
        beside="the text that changes, plain",
        yardstick=look.text(days),
        goal=_OF_TEXT,
        unit="B",
    )
