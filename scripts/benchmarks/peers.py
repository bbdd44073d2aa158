"""Terminal programs that ours is held against, each with as many rows as the book has accounts."""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.benchmarks.terminal import Program

EMPTY, CURSES, NEOMUTT, HLEDGER, FZF = "empty Textual app", "Python curses", "neomutt", "hledger-ui", "fzf"

#: The least that a Textual program can be: one line, which a key changes.
_EMPTY_APP = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    keys = 0

    def compose(self):
        yield Static("pressed 0")

    def on_key(self, event):
        self.keys += 1
        self.query_one(Static).update(f"pressed {self.keys}")

Empty().run()
"""

#: A list without any framework: what Python itself costs.
_CURSES_LIST = """
import curses, sys

def run(screen):
    rows = open(sys.argv[1], encoding="utf-8").read().splitlines()
    curses.curs_set(0)
    height, width = screen.getmaxyx()
    top = at = 0
    while True:
        screen.erase()
        for line, row in enumerate(rows[top:top + height - 1]):
            look = curses.A_REVERSE if top + line == at else curses.A_NORMAL
            screen.addnstr(line, 0, row.ljust(width - 1), width - 1, look)
        screen.addnstr(height - 1, 0, f"row {at + 1} of {len(rows)}", width - 1)
        screen.refresh()
        key = screen.getch()
        step = {curses.KEY_DOWN: 1, curses.KEY_UP: -1, curses.KEY_NPAGE: height - 1, curses.KEY_PPAGE: 1 - height}
        at = min(max(at + step.get(key, 0), 0), len(rows) - 1)
        at = {curses.KEY_HOME: 0, curses.KEY_END: len(rows) - 1}.get(key, at)
        if not top <= at < top + height - 1:
            top = at // (height - 1) * (height - 1)

curses.wrapper(run)
"""


@dataclass(frozen=True)
class Peer:
    """A program: how it is started, what its first screen shows, what a key changes it to if that can be told."""

    name: str
    command: Sequence[str]
    shows: str
    moved: str = ""

    def start(self, home: Path, size: tuple[int, int] = (120, 40)) -> Program:
        """Start it with nothing of the user's own settings."""
        return Program(self.command, size, {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")})


def peers(folder: Path, names: Sequence[str]) -> dict[str, Peer]:
    """Make the data of all programs that are there, in a folder of their own; `names` are the rows."""
    folder.mkdir(exist_ok=True)
    made = (_empty(folder), _curses(folder, names))
    others: tuple[tuple[str, Callable[[Path, Sequence[str]], Peer]], ...] = (
        (NEOMUTT, _neomutt),
        (HLEDGER, _hledger),
        (FZF, _fzf),
    )
    found = (make(folder, names) for program, make in others if shutil.which(program))
    return {peer.name: peer for peer in (*made, *found)}


def missing() -> list[str]:
    """Say which programs are not there, so that nothing is held against them."""
    absent = [name for name in (NEOMUTT, HLEDGER, FZF) if not shutil.which(name)]
    return [f"Not installed, so not compared: {', '.join(absent)}."] if absent else []


def _script(folder: Path, name: str, text: str) -> list[str]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return [sys.executable, str(path)]


def _empty(folder: Path) -> Peer:
    return Peer(EMPTY, _script(folder, "empty.py", _EMPTY_APP), "pressed 0", "pressed 1")


def _rows(folder: Path, names: Sequence[str]) -> Path:
    path = folder / "rows.txt"
    path.write_text("\n".join(names) + "\n", encoding="utf-8")
    return path


def _curses(folder: Path, names: Sequence[str]) -> Peer:
    command = [*_script(folder, "list.py", _CURSES_LIST), str(_rows(folder, names))]
    return Peer(CURSES, command, f"row 1 of {len(names)}", f"row 2 of {len(names)}")


def _fzf(folder: Path, names: Sequence[str]) -> Peer:
    command = ["sh", "-c", f"exec fzf --layout=reverse < '{_rows(folder, names)}'"]
    return Peer(FZF, command, f"{len(names)}/{len(names)}")


def _neomutt(folder: Path, names: Sequence[str]) -> Peer:
    box, settings = folder / "box", folder / "muttrc"
    box.write_text("".join(_mails(names)), encoding="utf-8")
    settings.write_text(f"set sort=mailbox-order\nset sleep_time=0\nset folder={folder}\n", encoding="utf-8")
    command = [NEOMUTT, "-n", "-F", str(settings), "-R", "-f", str(box)]
    return Peer(NEOMUTT, command, f"Msgs:{len(names)}")


def _mails(names: Sequence[str]) -> Iterator[str]:
    for number, name in enumerate(names):
        yield (
            f"From pay@example.com Mon Nov 23 10:00:00 2026\nFrom: {name.replace('&', 'and')} <pay@example.com>\n"
            f"To: ann@example.com\nSubject: Invoice {number:06} is past due\nMessage-ID: <{number}@example.com>\n"
            f"Date: Mon, 23 Nov 2026 10:00:00 -0500\n\nPlease see the invoice.\n\n"
        )


def _hledger(folder: Path, names: Sequence[str]) -> Peer:
    journal = folder / "owed.journal"
    journal.write_text("".join(_transactions(names)), encoding="utf-8")
    command = [HLEDGER, "-f", str(journal), "--register", "receivable"]
    return Peer(HLEDGER, command, "receivable")


def _transactions(names: Sequence[str]) -> Iterator[str]:
    for number, name in enumerate(names):
        amount = f"{number * 7919 % 900_000 / 100:.2f}"
        yield (f"2026-{number % 11 + 1:02}-{number % 28 + 1:02} {name}\n    receivable  ${amount}\n    income\n\n")
