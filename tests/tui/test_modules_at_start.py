"""What is loaded before the first screen: nothing that only another screen, a file or a letter needs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from arctui.core.changes import added
from arctui.core.records import Account
from tests.core import builders as make
from tests.core.oracle import nov
from tests.store.makers import book_of, commit

_SCREEN = """
import asyncio, json, sys
from pathlib import Path
from arctui.cli.main import main
from arctui.cli.opening import open_desk
from arctui.tui.launch import prepare_environment
prepare_environment()
from arctui.tui.app import ArctuiApp

async def modules():
    app = ArctuiApp(open_desk(Path(sys.argv[1]), "2026-11-23"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        return sorted(sys.modules)

print(json.dumps(asyncio.run(modules())))
"""
_COMMAND = """
import contextlib, io, json, sys
from arctui.cli.main import main
with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):
    status = main(["--book", sys.argv[1], "--date", "2026-11-23", *sys.argv[2:]])
if status:
    sys.exit(status)
print(json.dumps(sorted(sys.modules)))
"""
#: Of these packages what is named may be loaded, and nothing else.
_ALLOWED = {
    "arctui.exchange": {
        "arctui.exchange",
        "arctui.exchange.progress",
        "arctui.exchange.report",
        "arctui.exchange.same_money",
    },
    "arctui.letters": set[str](),
}
#: Each takes longer than all that is drawn.
_HEAVY = {
    "arrow",
    "openpyxl",
    "icalendar",
    "phonenumbers",
    "plotext",
    "python_calamine",
    "tinydb",
    "tqdm",
    "xlsxwriter",
}
_HEAVY |= {"fontTools", "pypdf", "pypdfium2", "sqlite3"}
#: So many of our own there are at most: one more is to be looked at.
_MOST = {"screen": 269, "today": 165, "log": 166}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = book_of(tmp_path_factory.mktemp("start") / "b.json")
    account = Account(id=make.ACCOUNT, name="Birch Works", number="100")
    commit(book, added(account), added(make.invoice("B-1", "100", nov(2))))
    return book.path


def loaded(script: str, book: Path, *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, str(book), *arguments],
        env={**os.environ, "USER": "ann", "TERM": "xterm-256color"},
        capture_output=True,
        text=True,
        check=True,
    )
    return [str(name) for name in json.loads(done.stdout.splitlines()[-1])]


@pytest.mark.parametrize(
    ("script", "words"),
    [(_SCREEN, ("screen",)), (_COMMAND, ("today",)), (_COMMAND, ("log", "100", "na"))],
    ids=["screen", "today", "log"],
)
def test_only_what_is_needed_is_loaded_at_start(script: str, words: tuple[str, ...], book: Path) -> None:
    names = loaded(script, book, *words)
    for package, allowed in _ALLOWED.items():
        assert {n for n in names if n == package or n.startswith(f"{package}.")} <= allowed
    assert not _HEAVY & {n.partition(".")[0] for n in names}
    assert sum(n.partition(".")[0] == "arctui" for n in names) <= _MOST[words[0]]
