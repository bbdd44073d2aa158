"""The screen on which the clerk says what the columns of an unknown table are."""

from pathlib import Path

import pytest

from arctui.core.import_records import OwnLayout
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from arctui.tui.screens.desk import DeskScreen
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.screens.mapping import MappingScreen
from tests.tui.workstation import Workstation, workstation

DAY = "2026-11-23T10:00"
UNKNOWN = """\
foo;bar;baz;qux;wob
Birch Works;B-1041;03.08.2026;02.09.2026;1.284,50
Alder Mill;A-77;12.09.2026;12.10.2026;642,00
Cedar Farm;C-9;13.09.2026;13.10.2026;what
Dale & Co;D-3;14.09.2026;14.10.2026;10,00
Elm & Sons;E-5;15.09.2026;15.10.2026;20,00
"""


@pytest.fixture
def unknown(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(UNKNOWN, encoding="utf-8")
    return path


async def open_file(clerk: Workstation, path: Path, options: str = "") -> None:
    await clerk.press("o")
    await clerk.paste(f"{path}{options}")
    await clerk.press("enter")


def screen(clerk: Workstation) -> MappingScreen:
    found = clerk.app.screen
    assert isinstance(found, MappingScreen)
    return found


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_an_unknown_table_is_shown_with_the_guess_its_values_its_doubts_and_its_totals(
    tmp_path: Path, unknown: Path, size: tuple[int, int]
) -> None:
    async with workstation(tmp_path / "book.json", DAY, size=size) as clerk:
        await open_file(clerk, unknown)
        text = " ".join(clerk.text.split())
        for shown in (
            "COLUMNS list.csv",
            "foo customer Birch Works | Alder Mill | Cedar Farm",
            "qux due 02.09.2026 | 12.10.2026 | 13.10.2026",
            "please look: 'foo' is taken for the customer's name",
            "4 items, 4 customers",
            "in all 1,956.50 due Wed 2 Sep 2026 to Thu 15 Oct 2026",
            "1 row not understood: row 4: the amount 'what' is no amount",
            "Enter choose i import Esc leave",
        ):
            assert shown in text
        assert not (tmp_path / "book.json").exists()


async def test_a_correction_changes_the_totals_at_once(tmp_path: Path, unknown: Path) -> None:
    async with workstation(tmp_path / "book.json", DAY) as clerk:
        await open_file(clerk, unknown)
        await clerk.press("G", "x")
        assert "choose a column for the amount or the open balance" in clerk.text
        await clerk.press("enter")
        assert "WHAT IS 'wob'" in clerk.text
        await clerk.enter("open")
        assert "K kind open items" in clerk.text
        assert "open 1,956.50" in clerk.text
        await clerk.press("k", "x")
        assert "no due dates" in clerk.text
        assert "'qux' is not used: you said so" in clerk.text


async def test_a_field_that_goes_to_another_column_leaves_the_first(tmp_path: Path, unknown: Path) -> None:
    async with workstation(tmp_path / "book.json", DAY) as clerk:
        await open_file(clerk, unknown)
        await clerk.press("j", "j", "enter")
        assert "(now column 4)" in clerk.text
        await clerk.enter("due")
        assert screen(clerk).mapping.fields == ("customer", "number", "due", "", "amount")
        assert "due Mon 3 Aug 2026 to Tue 15 Sep 2026" in clerk.text


async def test_the_kind_the_header_the_dates_and_the_cents_have_keys(tmp_path: Path, unknown: Path) -> None:
    async with workstation(tmp_path / "book.json", DAY) as clerk:
        await open_file(clerk, unknown)
        await clerk.press("d")
        assert "month first (mdy)" in clerk.text
        await clerk.press("d", "c")
        assert "day first (dmy)" in clerk.text
        assert "a point: 1,234.50" in clerk.text
        await clerk.press("c", "c", "H")
        assert "names of the columns none" in clerk.text
        assert "column 1" in clerk.text
        await clerk.press("h", "K")
        assert "K kind payment list" in clerk.text
        await clerk.press("K")
        assert "K kind contact list" in clerk.text


async def test_escape_leaves_with_nothing_changed(tmp_path: Path, unknown: Path) -> None:
    async with workstation(tmp_path / "book.json", DAY) as clerk:
        await open_file(clerk, unknown)
        await clerk.press("G", "x", "escape")
        assert isinstance(clerk.app.screen, DeskScreen)
        assert clerk.accounts == []
        assert not (tmp_path / "book.json").exists()


async def test_nothing_is_imported_without_what_is_needed(tmp_path: Path, unknown: Path) -> None:
    async with workstation(tmp_path / "book.json", DAY) as clerk:
        await open_file(clerk, unknown)
        await clerk.press("x", "i")
        assert screen(clerk)
        assert "choose a column for the customer" in clerk.text
        assert not (tmp_path / "book.json").exists()


async def test_what_is_asked_about_there_is_not_answered_by_the_key_that_asked(tmp_path: Path) -> None:
    head = "Customer,Invoice,Date,Due Date,Balance"
    rows = [f"Firm {n},{n},2026-08-13,2026-09-12,100.00" for n in range(6)]
    whole, part = tmp_path / "whole.csv", tmp_path / "part.csv"
    whole.write_text("\n".join([head, *rows]), encoding="utf-8")
    part.write_text("\n".join([head, *rows[:2]]), encoding="utf-8")
    Desk(Book(tmp_path / "book.json", new=True), Clock(DAY), "ann").import_file(whole, ImportOptions())
    async with workstation(tmp_path / "book.json", DAY) as clerk:
        await open_file(clerk, part, " --map")
        await clerk.press("y", "i", "i")
        assert screen(clerk)
        assert "leaves out 4 open invoices, 400.00 of 600.00" in " ".join(clerk.text.split())
        assert len(clerk.accounts) == 6
        await clerk.press("y")
        assert isinstance(clerk.app.screen, ListingScreen)
        await clerk.press("escape")
        assert len(clerk.accounts) == 2


async def test_a_kept_layout_reads_the_next_file_without_asking_and_is_undone_with_its_import(
    tmp_path: Path, unknown: Path
) -> None:
    book, later = tmp_path / "book.json", tmp_path / "later.csv"
    async with workstation(book, DAY) as clerk:
        await open_file(clerk, unknown)
        await clerk.press("G", "enter")
        await clerk.enter("balance")
        await clerk.press("s")
        await clerk.enter("House list")
        assert "kept as 'House list' with the import" in clerk.text
        await clerk.press("i")
        assert "IMPORT list.csv" in clerk.text
        await clerk.press("escape")
        assert sorted(clerk.accounts) == ["Alder Mill", "Birch Works", "Dale & Co", "Elm & Sons"]
        assert [layout.name for layout in Book(book).facts.all(OwnLayout)] == ["House list"]

        later.write_text(
            "wob;new;foo;bar;baz;qux\n600,00;x;Alder Mill;A-77;12.09.2026;12.10.2026\n", encoding="utf-8"
        )
        await open_file(clerk, later, " --add")
        assert "IMPORT later.csv" in clerk.text
        assert "House list" in clerk.text
        await clerk.press("escape", "u", "u")
        assert clerk.accounts == []
        assert list(Book(book).facts.all(OwnLayout)) == []


async def test_the_columns_of_a_known_report_can_be_looked_at_too(tmp_path: Path) -> None:
    known = tmp_path / "known.csv"
    known.write_text(
        "Customer,Invoice,Date,Due Date,Balance\nBirch Works,B-1,2026-08-03,2026-09-02,10.00\n", encoding="utf-8"
    )
    async with workstation(tmp_path / "book.json", DAY) as clerk:
        await open_file(clerk, known, " --map")
        assert screen(clerk).mapping.fields == ("customer", "number", "issued", "due", "balance")
        assert "please look" not in clerk.text
        await clerk.press("ctrl+s")
        assert "IMPORT known.csv" in clerk.text


async def test_names_and_values_from_outside_are_harmless(tmp_path: Path) -> None:
    path = tmp_path / "hostile.csv"
    path.write_text(
        "[bold]foo[/];ba\x1b[31mr;baz;[link=x]\n[/]Birch;[red]B-1;03.08.2026;1,50\n[/]Alder;[red]A-1;04.08.2026;2,50\n",
        encoding="utf-8",
    )
    async with workstation(tmp_path / "book.json", DAY) as clerk:
        await open_file(clerk, path)
        assert "[bold]foo[/]" in clerk.text
        assert "[/]Birch | [/]Alder" in clerk.text
        assert "\x1b" not in clerk.text


async def test_a_file_whose_dates_can_be_meant_in_two_ways_waits_for_the_key_that_says(tmp_path: Path) -> None:
    path = tmp_path / "dates.csv"
    path.write_text("foo,bar,baz,wob\nBirch,B-1,03/04/2026,1.50\nAlder,A-1,05/06/2026,2.50\n", encoding="utf-8")
    async with workstation(tmp_path / "book.json", DAY) as clerk:
        await open_file(clerk, path)
        assert "month/day or day/month" in " ".join(clerk.text.split())
        await clerk.press("d")
        assert "2 items, 2 customers" in clerk.text


async def test_thousands_that_may_be_decimals_are_told_by_a_key_or_an_option(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    rows = "Birch Works,B-1,2026-09-01,1.000\nCedar Farm,C-1,2026-09-01,500\n"
    path.write_text(f"Customer,Invoice,Due Date,Balance\n{rows}", encoding="utf-8")
    async with workstation(tmp_path / "book.json", DAY) as clerk:
        await open_file(clerk, path, " --map")
        assert "say which mark stands before the cents with the key c" in " ".join(clerk.text.split())
        await clerk.press("c", "c")
        assert "open 1,500.00" in clerk.text
        await clerk.press("escape")
        await open_file(clerk, path, " --decimal ,")
        assert len(clerk.accounts) == 2
        assert "1,500.00" in clerk.text


async def test_the_question_mark_lists_all_keys_of_the_screen(tmp_path: Path, unknown: Path) -> None:
    async with workstation(tmp_path / "book.json", DAY) as clerk:
        await open_file(clerk, unknown)
        await clerk.press("question_mark")
        assert "say which of day and month comes first" in clerk.text
        await clerk.press("escape")
        assert "COLUMNS  list.csv" in clerk.text
