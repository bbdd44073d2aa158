"""The part `command`: what a command without a screen takes, from start to exit, beside an empty Textual app."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial

from scripts.benchmarks.books import DAY, Lent, say
from scripts.benchmarks.options import Options
from scripts.benchmarks.peers import EMPTY, Peer, peers
from scripts.benchmarks.table import Report, Row, Samples
from scripts.benchmarks.terminal import ROOT
from scripts.benchmarks.timing import Trial, in_turn, timed

#: Goals, as ratios to the first screen of the empty Textual app.
_COMMANDS = (
    ("arctui today --json", ("today", "--json"), 0.7),
    ("arctui log", ("log", "{account}", "lvm"), 0.4),
)


def measure(options: Options) -> Report:
    """Run the commands on both books, in turns with the app."""
    books = {size: options.books.lend(size, "command") for size in dict.fromkeys(options.pair)}
    empty = peers(options.folder / "peers", ["nobody"])[EMPTY]
    trial = Trial()
    for turn in range(2 if options.quick else 11):
        subjects: dict[str, Callable[[], float]] = {EMPTY: partial(_first_screen, empty, options)}
        for size, book in books.items():
            for what, words, _ in _COMMANDS:
                subjects[f"{what} {size}"] = partial(_run, book, words, turn)
        for name in in_turn(turn, subjects):
            say(options.pair[0], f"commands {turn + 1}: {name}")
            trial.note(name, subjects[name]())
    found = trial.samples
    rows = [
        _row(what, size, found[f"{what} {size}"], found[EMPTY], goal if size == options.pair[0] else None)
        for what, _, goal in _COMMANDS
        for size in books
    ]
    return Report(rows)


def _row(what: str, size: int, samples: Samples, empty: Samples, goal: float | None) -> Row:
    beside = f"{EMPTY}, first screen"
    return Row(what=what, size=size, samples=samples, beside=beside, yardstick=empty, goal=goal)


def _run(book: Lent, words: tuple[str, ...], turn: int) -> float:
    """Run a command to its end. Raises CalledProcessError if it says no."""
    account = f"C-{turn * 7 % book.accounts:06}"
    command = [sys.executable, "-m", "arctui", *(word.format(account=account) for word in words)]
    known = {**os.environ, "PYTHONPATH": str(ROOT), "ARCTUI_BOOK": str(book.path), "ARCTUI_DATE": DAY}

    def run() -> object:
        return subprocess.run(command, env=known, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  ours

    return timed(run)


def _first_screen(empty: Peer, options: Options) -> float:
    program = empty.start(options.folder / "peers")
    try:
        return program.wait_for(empty.shows)
    finally:
        program.close()
