"""A long import beside the clerk's work, and the folder that the workstation watches, by keys."""

from pathlib import Path

import pytest

from arctui.core.records import Import
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book, BookError, files
from arctui.store.verify import problems
from arctui.tui.screens import importing
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.widgets.lines import Lines
from tests.tui.beside import HEAD, LIST, Gate, end, file
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

pytestmark = pytest.mark.usefixtures("nobody_looks")


@pytest.fixture
def book(four_customers: Path) -> Path:
    return four_customers


@pytest.fixture
def aging(tmp_path: Path) -> Path:
    path = tmp_path / "aging.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


async def begin(clerk: Workstation, gate: Gate, path: Path, options: str = "--add") -> None:
    """Begin an import that takes long."""
    await clerk.press("o")
    await clerk.paste(f"{path} {options}")
    await clerk.press("enter")
    assert gate.reached.wait(20)
    clerk.desk.importing._paint()
    await clerk.press()


def progress(clerk: Workstation) -> str:
    return clerk.desk.query_one("#progress", Lines).plain


def state(book: Path) -> tuple[int, int]:
    found = Book(book)
    return found.number, len(list(found.facts.all(Import)))


# Beside the work


async def test_a_long_import_shows_rows_and_time_left_and_the_keys_go_on(book: Path, aging: Path, gate: Gate) -> None:
    before = state(book)
    async with workstation(book, DEMO_DAY) as clerk:
        await begin(clerk, gate, aging)
        assert progress(clerk).startswith(" aging.csv: reading the rows  25,000 of 100,000, 1 s left")
        assert progress(clerk).endswith("X cancels")
        assert progress(clerk) in clerk.text
        first = clerk.account
        await clerk.press("j", "n")
        assert clerk.account != first
        await clerk.enter("the boss is away")
        assert clerk.status.startswith("saved 10:12: note")
        assert state(book) == (before[0] + 1, before[1])
        await end(clerk, gate)
        assert clerk.status == "imported aging.csv: 3 new I shows it"
        assert progress(clerk) == ""
        # Nothing came over the screen; the cursor is where it was.
        assert clerk.account != first
        assert state(book) == (before[0] + 2, before[1] + 1)
        await clerk.press("I")
        assert isinstance(clerk.app.screen, ListingScreen)
        assert "new accounts" in clerk.text
        await clerk.press("escape", "slash")
        await clerk.enter("alder")
        assert clerk.accounts == ["Alder Mill"]
        shown = [(row.account, row.why) for row in clerk.desk.desk.worklist()]
    assert shown == [(row.account, row.why) for row in Desk(Book(book), Clock(DEMO_DAY), "ann").worklist()]
    assert problems(Book(book)) == []


async def test_a_call_is_not_jumped_over_and_what_is_typed_stays(book: Path, aging: Path, gate: Gate) -> None:
    async with workstation(book, DEMO_DAY) as clerk:
        await begin(clerk, gate, aging)
        await clerk.press("enter", "1", "p")
        await clerk.type("fri 12")
        script = clerk.script
        await end(clerk, gate)
        assert clerk.desk.place == "call"
        assert clerk.desk.prompt.input.value == "fri 12"
        assert clerk.script == script
        assert clerk.status == "imported aging.csv: 3 new I shows it"
        await clerk.look()
        assert clerk.desk.prompt.input.value == "fri 12"
        assert "another window" not in clerk.status


async def test_escape_clears_a_search_then_calls_it_off_without_a_trace(book: Path, aging: Path, gate: Gate) -> None:
    before = state(book)
    async with workstation(book, DEMO_DAY) as clerk:
        rows = clerk.accounts
        await begin(clerk, gate, aging)
        await clerk.press("slash")
        await clerk.enter("elm")
        await clerk.press("escape")
        assert clerk.desk.importing.goes_on
        await clerk.press("escape")
        assert clerk.status == "the import of aging.csv was cancelled: nothing was changed"
        assert progress(clerk) == ""
        gate.open.set()
        await clerk.press("j", "k")
        assert clerk.accounts == rows
        await clerk.press("X")
        assert clerk.status == "no import or export goes on"
        # The next one can begin at once.
        await begin(clerk, gate, aging)
        await end(clerk, gate)
        assert state(book) == (before[0] + 1, before[1] + 1)


async def test_leaving_calls_it_off(book: Path, aging: Path, gate: Gate) -> None:
    before = state(book)
    async with workstation(book, DEMO_DAY) as clerk:
        await begin(clerk, gate, aging)
        thread = clerk.desk.importing._beside
        assert thread
        await clerk.press("q")
    gate.open.set()
    assert thread.wait(20)
    assert state(book) == before


async def test_one_goes_on_at_a_time(book: Path, aging: Path, tmp_path: Path, gate: Gate) -> None:
    async with workstation(book, DEMO_DAY) as clerk:
        await begin(clerk, gate, aging)
        await clerk.press("o")
        await clerk.paste(str(file(tmp_path)))
        await clerk.press("enter")
        assert "aging.csv is being imported still: wait for it, or X cancels it" in " ".join(clerk.reading.split())
        await clerk.press("escape")
        await end(clerk, gate)
        assert "imported aging.csv" in clerk.status


async def test_what_another_session_imports_meanwhile_is_counted_in(
    book: Path, aging: Path, gate: Gate, tmp_path: Path
) -> None:
    other = Desk(Book(book), Clock(DEMO_DAY), "bob")
    async with workstation(book, DEMO_DAY) as clerk:
        await begin(clerk, gate, aging)
        other.import_file(file(tmp_path, "part.csv"), ImportOptions())
        await clerk.look()
        assert clerk.status == "bob: imported part.csv: 1 new"
        await end(clerk, gate)
        assert clerk.status == "imported aging.csv: 2 new I shows it"
        assert gate.reads == 1


async def test_a_book_that_is_locked_just_then_is_waited_for(
    book: Path, aging: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(importing, "_PATIENCE", 0.0)
    async with workstation(book, DEMO_DAY) as clerk:
        await begin(clerk, gate, aging)
        beside = clerk.desk.importing._beside
        assert beside
        with files.locked(book):
            gate.open.set()
            assert beside.wait(20)
            await clerk.press()
            assert clerk.desk.importing.goes_on
        await end(clerk, gate)
        assert clerk.status == "imported aging.csv: 3 new I shows it"


async def test_a_disk_that_refuses_is_told_and_nothing_is_changed(
    book: Path, aging: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(book)

    def refuse(*_: object, **__: object) -> None:
        raise BookError("the disk is full")

    async with workstation(book, DEMO_DAY) as clerk:
        await begin(clerk, gate, aging)
        with monkeypatch.context() as broken:
            broken.setattr(Book, "commit", refuse)
            await end(clerk, gate)
        assert clerk.status == "aging.csv: the disk is full"
    assert state(book) == before


async def test_what_asks_first_is_asked_in_the_status_line_and_i_agrees(
    book: Path, tmp_path: Path, gate: Gate
) -> None:
    book = tmp_path / "another.json"
    rows = [f"Firm {n},{n},2026-09-01,2026-10-01,100.00" for n in range(30)]
    whole, part = tmp_path / "whole.csv", tmp_path / "part.csv"
    whole.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    part.write_text("\n".join([HEAD, *rows[:3]]), encoding="utf-8")
    Desk(Book(book, new=True), Clock(DEMO_DAY), "ann").import_file(whole, ImportOptions())
    async with workstation(book, DEMO_DAY) as clerk:
        await begin(clerk, gate, part, "")
        await end(clerk, gate)
        assert "part.csv: this report leaves out 27 open invoices" in clerk.status
        assert "I shows the question" in clerk.status
        assert state(book)[1] == 1
        await clerk.press("I", "enter", "I")
        assert "this report leaves out 27 open invoices" in clerk.text
        assert not clerk.desk.importing.goes_on
        assert state(book)[1] == 1
        await clerk.press("y")
        await clerk.until(lambda: not clerk.desk.importing.goes_on)
        assert clerk.status.startswith("imported part.csv: ")
        assert "27 closed" in clerk.status
        assert gate.reads == 1


async def test_without_an_import_there_is_nothing_to_show(book: Path) -> None:
    async with workstation(book, DEMO_DAY) as clerk:
        await clerk.press("I")
        assert clerk.status == "nothing was imported here since the start: o imports a file"
