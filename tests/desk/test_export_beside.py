"""An export beside the clerk's work: of the book as it was when it began, and no file before all of it is there."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from arctui.desk import export_beside
from arctui.desk.beside import Told
from arctui.desk.derived import Derived
from arctui.desk.errors import DeskError
from arctui.desk.export_beside import ExportBeside
from arctui.desk.exporting import Plan, Wish, content_of, export
from arctui.exchange.progress import Cancelled
from tests.desk.ledgers import Ledger

ROWS = ("Birch Works,B-1,2026-09-02,2026-10-02,100.00,100.00", "Cedar Farm,C-1,2026-09-03,2026-10-03,50.00,50.00")


class Held:
    """Holds the thread up before it works anything out."""

    def __init__(self) -> None:
        self.reached, self.open, self.cancelled = threading.Event(), threading.Event(), threading.Event()

    def content_of(self, book: Derived, planned: Plan, told: Told) -> tuple[bytes, int]:
        self.reached.set()
        assert self.open.wait(20)
        try:
            return content_of(book, planned, told)
        except Cancelled:
            self.cancelled.set()
            raise


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    held = Held()
    monkeypatch.setattr(export_beside, "content_of", held.content_of)
    yield held
    held.open.set()


def begin(ledger: Ledger, what: str, path: Path, *, force: bool = False) -> ExportBeside:
    return ExportBeside(ledger.desk, Wish(what=what), path, lambda _: None, force=force)


@pytest.mark.parametrize("what", ["invoices", "worklist", "figures", "all"])
def test_it_writes_the_book_as_it_was_when_it_began(ledger: Ledger, tmp_path: Path, held: Held, what: str) -> None:
    ledger.open_items(*ROWS)
    at_once, beside = tmp_path / "before.zip", tmp_path / "list.zip"
    _, rows = export(ledger.desk, Wish(what=what), at_once)
    one = begin(ledger, what, beside)
    assert held.reached.wait(20)
    assert ledger.desk.note(ledger.desk.find("birch").id, "they called")
    ledger.desk.stop(ledger.desk.find("cedar").id, "legal")
    held.open.set()
    assert one.wait(20)
    assert not beside.exists()
    assert one.finish() == rows
    assert beside.read_bytes() == at_once.read_bytes()


def test_called_off_it_leaves_no_file_and_the_thread_ends(ledger: Ledger, tmp_path: Path, held: Held) -> None:
    ledger.open_items(*ROWS)
    there = sorted(tmp_path.iterdir())
    one = begin(ledger, "all", tmp_path / "all.xlsx")
    one.cancel()
    with pytest.raises(Cancelled):
        one.finish()
    held.open.set()
    assert one.wait(20)
    assert held.cancelled.is_set()
    with pytest.raises(Cancelled):
        one.finish()
    assert sorted(tmp_path.iterdir()) == there


def test_a_file_that_came_meanwhile_is_not_overwritten(ledger: Ledger, tmp_path: Path, held: Held) -> None:
    ledger.open_items(*ROWS)
    path = tmp_path / "list.csv"
    one = begin(ledger, "invoices", path)
    path.write_text("mine", encoding="utf-8")
    held.open.set()
    assert one.wait(20)
    with pytest.raises(DeskError, match="exists already"):
        one.finish()
    assert path.read_text(encoding="utf-8") == "mine"
    forced = begin(ledger, "invoices", path, force=True)
    assert forced.wait(20)
    assert forced.finish() == 2
