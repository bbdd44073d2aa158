"""The part `evening`: what the figures, the review and the closing of a day cost, beside opening the book."""

from dataclasses import dataclass
from pathlib import Path

from arctui.desk.board_figures import boards
from arctui.desk.clock import Clock
from arctui.desk.desk import Desk
from arctui.store import Book
from scripts.benchmarks import makers
from scripts.benchmarks.books import DAY, say
from scripts.benchmarks.options import Options
from scripts.benchmarks.table import Report, Row, Samples
from scripts.benchmarks.terminal import Workstation
from scripts.benchmarks.timing import in_new_process, timed

#: ms from the key in which the dashboard stands, and is left while it is still worked out.
_LIMIT = 50.0
_SIZES = ((80, 24), (160, 45))


@dataclass(frozen=True)
class Evening:
    """The times by subject, in ms, and how long it took to open the book with its list."""

    opened: float
    samples: dict[str, Samples]


def evening(path: Path, rounds: int) -> Evening:
    """Work out the figures, walk the promises and close the day, again and again."""
    kept: list[Desk] = []

    def begin() -> None:
        kept.append(Desk(Book(path), Clock(DAY), makers.CLERK))
        kept[0].worklist()

    opened = timed(begin)
    desk = kept[0]
    times: dict[str, list[float]] = {}
    for _ in range(rounds):
        # As in the thread of the dashboard, where the day's standings are known already.
        times.setdefault("the dashboard worked out", []).append(
            timed(lambda: boards(desk.derived.still(), lambda *_: None))
        )
        times.setdefault("stats", []).append(timed(desk.figures))
        times.setdefault("review", []).append(timed(desk.reviews.today))
        times.setdefault("the closing of a day", []).append(timed(desk.reviews.close))
        desk.undo()
        desk.worklist()
        # A closing makes all standings anew, so the grades too.
        times.setdefault("all accounts graded for credit", []).append(timed(desk.credit.look))
    return Evening(opened, {what: Samples(found) for what, found in times.items()})


def measure(options: Options) -> Report:
    """Measure on a book of each size."""
    report = Report()
    rounds = 2 if options.quick else 7
    for size in options.sizes:
        path = options.books.lend(size, "evening").path
        report.rows += _on_screen(path, size, rounds)
        say(size, "the figures, the review and the closing")
        found = in_new_process(evening, path, rounds)
        beside = Samples([found.opened])
        report.rows += [
            Row(what=what, size=size, samples=samples, beside="opening the book with its list", yardstick=beside)
            for what, samples in found.samples.items()
        ]
    report.notes = [
        "The dashboard is worked out in a thread: its keys are in ms to the first byte of what they bring."
    ]
    return report


def _on_screen(path: Path, size: int, rounds: int) -> list[Row]:
    """Open the dashboard, and leave it while it is worked out."""
    rows = []
    for screen in _SIZES:
        name = f"{screen[0]}x{screen[1]}"
        say(size, f"the dashboard at {name}")
        workstation = Workstation(path, DAY, screen)
        try:
            workstation.wait("entries")
            opens, leaves = [], []
            for _ in range(rounds):
                opens.append(workstation.press("g").first)
                leaves.append(workstation.press("q").first)
        finally:
            workstation.close()
        limit = Samples([_LIMIT])
        for what, times in ((f"the dashboard opened, {name}", opens), (f"left at once, {name}", leaves)):
            rows.append(
                Row(what=what, size=size, samples=Samples(times), beside="the limit", yardstick=limit, goal=1.0)
            )
    return rows
