"""Books for the workstation's tests."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from arctui.desk import Desk, import_beside
from arctui.desk.beside import Told
from arctui.desk.clock import Clock
from arctui.desk.demo import make_demo_book
from arctui.desk.importing import ImportOptions, read_file
from arctui.store import Book
from arctui.store.documents import Documents
from arctui.tui.screens import importing
from tests.tui.beside import Gate
from tests.tui.sparing import sparing

DEMO_DAY = "2026-11-23T10:12"

REPORT = """\
Customer,Invoice,Date,Due Date,Balance
Birch Works,B-1041,2026-09-08,2026-10-08,"1,200.00"
Cedar Farm,C-77,2026-10-15,2026-11-14,300.00
Gorse Ltd,G-5,2026-11-20,2026-12-20,710.00
Elm & Sons [/],E-9,2026-10-13,2026-11-12,"9,310.50"
"""
PEOPLE = """\
Customer,Contact,Phone,Email
Birch Works,Tony Marsh,+1 480 555 0142,tony@birch.example.com
Cedar Farm,Rosa Lee,+1 212 555 0117,rosa@cedar.example.com
"""


@pytest.fixture(scope="package", autouse=True)
def spared() -> Iterator[None]:
    """Spare in all apps of a test run what one of them did."""
    with sparing():
        yield


@pytest.fixture
def nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the screen look at the book, and keep what is typed, only where a test or an act does."""
    monkeypatch.setattr("arctui.tui.screens.following._SECONDS", 3600)
    monkeypatch.setattr("arctui.tui.screens.keeping._KEEP_SECONDS", 3600)


@pytest.fixture(autouse=True)
def small_files_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an import be done before its key is answered, however busy the machine is."""
    monkeypatch.setattr("arctui.tui.screens.importing._AT_ONCE_SECONDS", 60)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.csv"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "book.json"


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo book, made once."""
    path = tmp_path_factory.mktemp("demo") / "demo.json"
    make_demo_book(path, Clock(DEMO_DAY), "ann")
    return path


@pytest.fixture
def demo(tmp_path: Path, made_demo: Path) -> Path:
    path = tmp_path / "demo.json"
    path.write_bytes(made_demo.read_bytes())
    path.chmod(0o600)
    # A content never changes, so it need not be copied.
    shutil.copytree(Documents(made_demo).folder, Documents(path).folder, copy_function=os.link)
    return path


@pytest.fixture(scope="session")
def four_customers_content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A book with four customers, made once."""
    folder = tmp_path_factory.mktemp("book")
    desk = Desk(Book(folder / "book.json", new=True), Clock(DEMO_DAY), "ann")
    for name, text in (("report.csv", REPORT), ("people.csv", PEOPLE)):
        (folder / name).write_text(text, encoding="utf-8")
        desk.import_file(folder / name, ImportOptions())
    desk.set_policy("firm", "Granite Supply")
    desk.leave()
    return (folder / "book.json").read_bytes()


@pytest.fixture
def four_customers(tmp_path: Path, four_customers_content: bytes) -> Path:
    path = tmp_path / "book.json"
    path.write_bytes(four_customers_content)
    path.chmod(0o600)
    return path


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate, read = Gate(), read_file
    monkeypatch.setattr(importing, "_AT_ONCE_SECONDS", 0)

    def held_up(facts: object, path: Path, options: object, policy: object, told: Told) -> object:
        gate.reads += 1
        told.stage("reading the rows")
        told.at(25_000, 100_000)
        gate.reached.set()
        assert gate.open.wait(20)
        told.at(50_000, 100_000)
        return read(facts, path, options, policy, told)  # type: ignore[arg-type]

    monkeypatch.setattr(import_beside, "read_file", held_up)
    yield gate
    gate.open.set()
