"""A dropped file that needs an answer: its sentence is read in full at 80 columns, and it is answered by keys."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from tests.tui.workstation import Workstation, workstation

DAY = "2026-11-16T10:30"
HEAD = "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance\n"
ROWS = [f"Customer {n},I-{n},2026-09-08,2026-10-08,100.00,100.00" for n in range(1, 31)]


@pytest.fixture
async def w(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Workstation]:
    monkeypatch.setattr("arctui.desk.watching._STILL_SECONDS", 0.0)
    (tmp_path / "all.csv").write_text(HEAD + "\n".join(ROWS) + "\n")
    book = tmp_path / "book.json"
    desk = Desk(Book(book, new=True), Clock(DAY), "ann")
    desk.import_file(tmp_path / "all.csv", ImportOptions())
    desk.set_policy("watch_folder", "in")
    (tmp_path / "in").mkdir()
    async with workstation(book, DAY) as opened:
        yield opened


async def drop(w: Workstation, name: str, text: str) -> None:
    path = w.desk.desk.book.path.parent / "in" / name
    path.write_text(text)
    await w.look()
    await w.look()
    await w.until(lambda: not path.exists())


def words(w: Workstation) -> str:
    return " ".join(w.text.split())


async def test_a_question_is_read_in_full_again_and_answered_from_the_screen(w: Workstation) -> None:
    await drop(w, "few.csv", HEAD + "\n".join(ROWS[:5]) + "\n")
    assert w.status.startswith("few.csv lies in failed, I shows it and imports it: ")
    for _ in range(2):
        await w.press("I")
        assert "NOT IMPORTED 1 file" in words(w)
        assert "leaves out 25 open invoices, 2,500.00 of 3,000.00" in words(w)
        assert "--yes" not in w.text
        await w.press("escape")
    await w.press("I", "o")
    assert w.desk.prompt.input.value.endswith("in/failed/2026-11-16-few.csv")
    await w.type(" --add")
    await w.press("enter")
    assert w.desk.importing.last is not None
    assert w.desk.importing.last.invoices_closed == 0
    await w.press("escape", "I")
    assert "NOT IMPORTED" not in w.text


async def test_one_that_was_cut_off_is_not_imported_and_both_can_be_read(w: Workstation) -> None:
    before = w.desk.desk.book.number
    await drop(w, "cut.csv", HEAD + "\n".join(ROWS) + "\nCustomer 31,I-31,2026-0")
    assert "the last row, 32, could not be read" in " ".join(w.status.split())
    assert w.desk.desk.book.number == before
    await drop(w, "junk.csv", "nothing of use\n")
    await w.press("I")
    assert "NOT IMPORTED 2 files" in words(w)
    assert words(w).index("junk.csv") < words(w).index("cut.csv")
    assert "as if the report was cut off: export it again" in words(w)
    await w.press("2")
    assert w.desk.prompt.input.value.endswith("in/failed/2026-11-16-cut.csv")


async def test_an_import_after_it_is_shown_first_and_then_what_failed(w: Workstation) -> None:
    await drop(w, "junk.csv", "nothing of use\n")
    await drop(w, "good.csv", HEAD + "\n".join([*ROWS, "Alder Mill,A-1,2026-09-08,2026-10-08,5.00,5.00"]) + "\n")
    await w.press("I")
    assert "IMPORT good.csv" in w.text
    await w.press("escape")
    assert "NOT IMPORTED 1 file" in words(w)
