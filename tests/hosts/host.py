"""A shared host: its settings file, its book, the folder that is open to its clerks, and what sshd would start."""

import json
import subprocess
import sys
from pathlib import Path

from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book

PROJECT = Path(__file__).parents[2]
DAY = "2026-11-16T16:00"
#: What ssh hands on, and no more.
BARE = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}

OPEN_ITEMS = """\
Customer,Customer Number,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency
Birch Works,100,B-1041,2026-09-08,2026-10-08,1200.00,1200.00,USD
Cedar Farm,200,C-1,2026-10-09,2026-11-09,300.00,300.00,USD
"""
CONTACTS = "Customer,Contact,Phone,Email\nBirch Works,Tony Marsh,+1 212 555 0142,tony@birch.example\n"

_START = """\
import os, pwd, sys
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, {project!r})
# The home of a login is what the system says; this one is the test's.
name = pwd.getpwuid(os.getuid()).pw_name
pwd.getpwuid = lambda _: SimpleNamespace(pw_name=name, pw_dir={home!r})
from arctui import settings

settings.HOST_FILE = Path({file!r})
"""
_ENTRY = "from arctui.cli.main import entry\n\nentry()\n"
#: Many orders in one process: what each prints and its status.
_ORDERS = """
import contextlib, io, json
from arctui.cli import kiosk
from arctui.cli.main import main
from arctui.settings.files import host_settings

host = host_settings()
words = kiosk.begin(["--kiosk"], host)
answers = []
for order in json.loads(sys.stdin.read()):
    streams = [io.TextIOWrapper(io.BytesIO(), write_through=True) for _ in range(2)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        try:
            status = main([*words, *kiosk.chosen(order, [], dates=False)])
        except kiosk.KioskError as error:
            status = 2
            print(error, file=sys.stderr)
        except SystemExit as left:
            status = left.code
    answers.append([status, *(s.buffer.getvalue().decode() for s in streams)])
print(json.dumps(answers))
"""


class Host:
    """One shared host in a folder."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.home, self.open, self.books = folder / "home", folder / "open", folder / "books"
        for made in (self.home, self.open, self.books):
            made.mkdir(mode=0o700)
        self.book = self.books / "book.json"
        self.settings = folder / "config.toml"
        self.secret = folder / "secret.csv"
        self.secret.write_text("Customer,Invoice,Date,Due Date,Balance\nCANARY,X-1,2026-09-08,2026-10-08,1.00\n")
        self.says()
        self._write("start.py", _ENTRY)
        self._write("orders.py", _ORDERS)
        desk = Desk(Book(self.book, new=True), Clock(DAY), "ann")
        for name, text in (("open.csv", OPEN_ITEMS), ("people.csv", CONTACTS)):
            (self.open / name).write_text(text, encoding="utf-8")
            desk.import_file(self.open / name, ImportOptions())
        desk.leave()

    def _write(self, name: str, text: str) -> None:
        named = {"project": str(PROJECT), "home": str(self.home), "file": str(self.settings)}
        (self.root / name).write_text(_START.format(**named) + text, encoding="utf-8")

    def says(self, more: str = "") -> None:
        """Write the host's settings file: a kiosk with its folder and book, and more."""
        book = f'[book]\nfile = "{self.book}"\n'
        kiosk = f'[kiosk]\non = true\nfolder = "{self.open}"\ndates = true\n'
        self.settings.write_text(f"{book}{kiosk}{more}", encoding="utf-8")

    def command(self, name: str = "start.py") -> list[str]:
        """Return the words of what sshd's ForceCommand starts."""
        return [sys.executable, "-I", str(self.root / name)]

    def run(self, *arguments: str, isolated: bool = True, **environment: str) -> tuple[int, str, str]:
        """Run arctui as a login does; return its status and what it printed."""
        command = self.command() if isolated else [sys.executable, str(self.root / "start.py")]
        done = subprocess.run(
            [*command, *arguments],
            env={**BARE, **environment},
            cwd=self.home,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def orders(self, *orders: str) -> list[tuple[int, str, str]]:
        """Give orders to ssh, one after the other, and return what each came to."""
        done = subprocess.run(
            self.command("orders.py"),
            env=BARE,
            cwd=self.home,
            input=json.dumps(orders),
            capture_output=True,
            text=True,
            check=True,
        )
        return [tuple(answer) for answer in json.loads(done.stdout)]

    def files(self) -> set[Path]:
        """Return all files outside the open folder and the program's own places."""
        own = (self.open, self.home, self.books)
        return {p for p in self.root.rglob("*") if not any(p.is_relative_to(place) for place in own)}
