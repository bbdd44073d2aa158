"""The command: which parts to measure, on what; prints one table."""

import argparse
import compileall
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from scripts.benchmarks import (
    book,
    calendar,
    claim,
    command,
    evening,
    imports,
    keys,
    letters,
    screen,
    slow_line,
    start,
)
from scripts.benchmarks.books import Books
from scripts.benchmarks.options import Options
from scripts.benchmarks.places import Place
from scripts.benchmarks.report import Run, write_json, write_report
from scripts.benchmarks.table import Report, rendered
from scripts.benchmarks.terminal import ROOT

#: What can be measured, by the word that asks for it.
PARTS: dict[str, Callable[[Options], Report]] = {
    "start": start.measure,
    "screen": screen.measure,
    "line": slow_line.measure,
    "command": command.measure,
    "book": book.measure,
    "import": imports.measure,
    "keys": keys.measure,
    "calendar": calendar.measure,
    "evening": evening.measure,
    "claim": claim.measure,
    "letters": letters.measure,
}

_SIZES = (1_000, 10_000, 50_000)
_QUICK_SIZES = (1_000,)
#: What was promised for a usual book and for a large one is measured on these.
_PAIR, _QUICK_PAIR = (10_000, 50_000), (500, 2_500)
_REPORTS = ROOT / "data" / "benchmarks"


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    place = Place.of(asked.folder or Path(tempfile.gettempdir()))
    if place.in_memory:
        sys.exit(f"bench: {place.folder} is in memory ({place.kind}), no disk: choose one by --folder")
    load = os.getloadavg()[0]
    _compile()
    with tempfile.TemporaryDirectory(prefix="arctui-bench-", dir=place.folder) as folder:
        options = Options(
            folder=Path(folder),
            sizes=asked.sizes or (_QUICK_SIZES if asked.quick else _SIZES),
            pair=_pair(asked),
            quick=asked.quick,
            slow=asked.slow,
            books=Books(Path(folder) / "books"),
        )
        options.books.folder.mkdir(mode=0o700)
        reports = [_measured(name, options) for name in asked.parts or PARTS]
    print(f"{place}; Python {platform.python_version()}; {os.cpu_count()} cores, load before {load:.1f}")
    print()
    print(rendered(reports))
    run = Run.now(_said(sys.argv[1:]), load)
    if asked.json:
        write_json(asked.json, run, reports)
    if asked.report:
        print(f"\nwritten: {write_report(_REPORTS, run, reports)}")


def _said(words: list[str]) -> str:
    """Return what was asked for, without the files of this machine."""
    private = [n for n, word in enumerate(words) if word in ("--json", "--folder")]
    return " ".join(word for n, word in enumerate(words) if n not in private and n - 1 not in private)


def _measured(name: str, options: Options) -> Report:
    begun = time.monotonic()
    report = PARTS[name](options)
    print(f"bench: {name} took {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    return report


def _compile() -> None:
    """Compile the program, as an installed one is; else each start would do it again where nobody keeps bytecode."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "arctui", quiet=2)


def _pair(asked: argparse.Namespace) -> tuple[int, int]:
    if asked.sizes:
        return min(asked.sizes), max(asked.sizes)
    return _QUICK_PAIR if asked.quick else _PAIR


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measures, each thing beside its yardstick.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure (all): {', '.join(PARTS)}")
    parser.add_argument("--sizes", type=_sizes, help="accounts in the books, with commas (1000,10000,50000)")
    parser.add_argument("--quick", action="store_true", help="fewer rounds; 1,000 accounts if no sizes are given")
    parser.add_argument("--slow", action="store_true", help="stock TinyDB on the large books too (minutes)")
    parser.add_argument(
        "--folder", type=Path, help="where the books are made, and taken away after (temporary folder)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every sample to a file")
    parser.add_argument(
        "--report", action="store_true", help="also write a page with machine and date to data/benchmarks"
    )
    asked = parser.parse_args()
    unknown = [name for name in asked.parts if name not in PARTS]
    if unknown:
        parser.error(f"there is no part '{unknown[0]}': {', '.join(PARTS)}")
    if asked.folder and not asked.folder.is_dir():
        parser.error(f"there is no folder {asked.folder}")
    return asked


def _sizes(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and int(part) for part in parts):
        raise argparse.ArgumentTypeError(f"'{text}' is no list of numbers above 0: write 1000,10000")
    return tuple(map(int, parts))


if __name__ == "__main__":
    main()
