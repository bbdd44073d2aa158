"""The command of scripts/profile: where the time of a start, or of a key, goes, by module and by function.

A start is followed in the real program in a terminal, three times: plainly, with the times of its imports, and under
cProfile, which makes every call slower. A key is pressed in this process, without a terminal.
"""

import argparse
import asyncio
import compileall
import cProfile
import os
import pstats
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.benchmarks.books import DAY, Books, Lent
from scripts.benchmarks.terminal import ROOT, Program

_MOST = 25
#: What only waits.
_WAITS = ("<method 'poll' of 'select.epoll' objects>", "<built-in method time.sleep>")
#: Where the modules of others lie.
_PACKAGE = re.compile(r".*(?:site-packages|lib/python[0-9.]+)/(.*)")

#: Runs the program under cProfile until its first screen is there and quiet; what it found goes to a file.
_PROFILED = """
import cProfile, os, signal, sys
sys.argv = ["arctui"]
profile = cProfile.Profile()

def end(*_):
    profile.disable()
    profile.dump_stats(os.environ["ARCTUI_PROFILE"])
    os._exit(0)

signal.signal(signal.SIGUSR1, end)
profile.enable()
from arctui.cli.main import entry
entry()
"""

#: Runs the program with the times of its imports going to a file: Textual paints on stderr, to which they go else.
_IMPORTING = """
import os, sys
sys.argv = ["arctui"]
screen = os.dup(2)
os.dup2(os.open(os.environ["ARCTUI_PROFILE"], os.O_WRONLY | os.O_CREAT), 2)
sys.stderr = sys.__stderr__ = os.fdopen(screen, "w")
from arctui.cli.main import entry
entry()
"""


@dataclass(frozen=True)
class Spent:
    """The ms that were spent in something itself, and with all it calls."""

    name: str
    own: float
    whole: float
    calls: int


def main() -> None:
    """Profile and print."""
    asked = _arguments()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "arctui", quiet=2)
    with tempfile.TemporaryDirectory(prefix="arctui-profile-") as folder:
        book = Books(Path(folder)).lend(asked.accounts, "profile")
        if asked.what == "start":
            _start(Path(folder), book)
        else:
            asyncio.run(_keys(book, asked.keys, asked.times))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/profile", description="Shows where a start or a key goes.")
    parser.add_argument("what", choices=["start", "key"], help="the start, or keys on the worklist")
    parser.add_argument("keys", nargs="*", metavar="KEY", help="keys by their names in Textual: down p f r i escape")
    parser.add_argument("--accounts", type=int, default=10_000, help="accounts in the book (10,000)")
    parser.add_argument("--times", type=int, default=20, help="how often the keys are pressed (20)")
    asked = parser.parse_args()
    if asked.what == "key" and not asked.keys:
        parser.error("name the keys: scripts/profile key down")
    return asked


# A start


def _start(folder: Path, book: Lent) -> None:
    begin = [sys.executable, "-m", "arctui"]
    _run(begin, book, {})  # what the disk keeps is warm from here on
    readable, used = _run(begin, book, {})
    print(f"start on {book.accounts:,} accounts: readable after {readable:,.0f} ms, {used:,.0f} ms of a processor")
    script, imports, stats = folder / "script.py", folder / "imports", folder / "stats"
    script.write_text(_IMPORTING, encoding="utf-8")
    _run([sys.executable, "-X", "importtime", str(script)], book, {"ARCTUI_PROFILE": str(imports)})
    print("\nimports, ms in the modules themselves, by package")
    _print(_imports(imports.read_text(encoding="utf-8")))
    script.write_text(_PROFILED, encoding="utf-8")
    _run([sys.executable, str(script)], book, {"ARCTUI_PROFILE": str(stats)}, finish=True)
    _print_profile(pstats.Stats(str(stats)))


def _run(
    command: Sequence[str], book: Lent, environment: dict[str, str], *, finish: bool = False
) -> tuple[float, float]:
    known = {"PYTHONPATH": str(ROOT), "ARCTUI_BOOK": str(book.path), "ARCTUI_DATE": DAY, **environment}
    program = Program(command, environment=known)
    try:
        at, used = program.wait_for(book.at, book.first[:10]), program.used()
        program.settle(0.5)
        if finish:
            program.finish()
        return at, used
    finally:
        program.close()


def _imports(text: str) -> list[Spent]:
    """Add up the report of -X importtime by package: two names deep for ours, one for others."""
    times: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for own, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", text):
        parts = name.split(".")
        package = ".".join(parts[:2] if parts[0] == "arctui" else parts[:1])
        times[package] += int(own) / 1000
        counts[package] += 1
    total = sum(times.values())
    found = [Spent(name, own, own, counts[name]) for name, own in times.items()]
    return [Spent("all", total, total, sum(counts.values())), *found]


# A key


async def _keys(book: Lent, keys: Sequence[str], times: int) -> None:
    from textual.app import App

    from arctui.desk.clock import Clock
    from arctui.desk.desk import Desk
    from arctui.store import Book
    from arctui.tui.app import ArctuiApp
    from arctui.tui.launch import prepare_environment
    from scripts.benchmarks import makers

    prepare_environment()
    app: App[None] = ArctuiApp(Desk(Book(book.path), Clock(DAY), makers.CLERK))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        profile = cProfile.Profile()
        profile.enable()
        for _ in range(times):
            await pilot.press(*keys)
            await pilot.pause()
        profile.disable()
    pressed = " ".join(keys)
    print(f"{pressed} on {book.accounts:,} accounts, {times} times: ms in all, under cProfile")
    _print_profile(pstats.Stats(profile))


# Tables


def _print_profile(stats: pstats.Stats) -> None:
    functions: list[Spent] = []
    modules: dict[str, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    total = stats.total_tt * 1000  # type: ignore[attr-defined]
    for (file, line, name), (_, calls, own, whole, _) in stats.stats.items():  # type: ignore[attr-defined]
        module = _module(file)
        if name in _WAITS:
            total -= own * 1000
            continue
        functions.append(Spent(f"{module}:{line} {name}" if line else name, own * 1000, whole * 1000, calls))
        before = modules[module]
        modules[module] = (before[0] + own * 1000, before[1] + calls)
    print(f"\nby module, ms in its functions themselves, of {total:,.0f} without waiting")
    _print([Spent(name, own, own, calls) for name, (own, calls) in modules.items()])
    print("\nby function, ms in itself and with what it calls")
    _print(functions)
    print("\nby our own function, with what it calls")
    _print([spent for spent in functions if spent.name.startswith("arctui")], by_whole=True)


def _module(file: str) -> str:
    """Name a module as it is imported; what has no file is Python itself."""
    if file.startswith(("~", "<")):
        return "built in"
    path = Path(file)
    if path.is_relative_to(ROOT):
        file = str(path.relative_to(ROOT))
    elif found := _PACKAGE.match(file):
        file = found[1]
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _print(spent: list[Spent], *, by_whole: bool = False) -> None:
    spent = sorted(spent, key=lambda one: one.whole if by_whole else one.own, reverse=True)[:_MOST]
    for one in spent:
        print(f"{one.own:10,.1f}{one.whole:10,.1f}{one.calls:10,}  {one.name}")


if __name__ == "__main__":
    main()
