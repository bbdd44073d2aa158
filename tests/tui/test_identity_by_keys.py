"""Who is who, decided by keys: doubtful pairs after an import, a merge from an account, its undo."""

from pathlib import Path

import pytest

from arctui.core.records import Account
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from arctui.tui.screens.identity import DoublesScreen, MergeScreen
from tests.tui.workstation import Workstation, workstation

DAY = "2026-11-02T10:30:00-05:00"
HEAD = "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance\n"
BIRCH = "Birch Works,B-1,2026-09-01,2026-10-01,100.00,100.00\n"
CEDAR = "Cedar Farm,C-1,2026-09-01,2026-10-01,30.00,30.00\n"
INC = "BIRCH WORKS Inc. [/],B-2,2026-09-01,2026-10-01,50.00,50.00\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.json"
    (tmp_path / "first.csv").write_text(HEAD + BIRCH + CEDAR)
    (tmp_path / "second.csv").write_text(HEAD + BIRCH + CEDAR + INC)
    desk = Desk(Book(path, new=True), Clock(DAY), "ann")
    desk.import_file(tmp_path / "first.csv", ImportOptions())
    desk.leave()
    return path


def names(clerk: Workstation) -> list[str]:
    return sorted(a.name for a in clerk.desk.desk.book.facts.all(Account))


async def import_second(clerk: Workstation, book: Path) -> None:
    await clerk.press("o")
    await clerk.enter(str(book.parent / "second.csv"))
    await clerk.until(lambda: clerk.desk.importing.last is not None)
    if clerk.app.screen is clerk.desk:
        await clerk.press("I")
    assert "may be one customer" in clerk.text
    await clerk.press("escape")
    assert isinstance(clerk.app.screen, DoublesScreen)


async def test_after_an_import_a_doubtful_pair_is_merged_by_m_and_enter_and_u_undoes_it(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        await import_second(clerk, book)
        assert "BIRCH WORKS Inc. [/]" in clerk.text
        await clerk.press("m")
        assert isinstance(clerk.app.screen, MergeScreen)
        assert "from BIRCH WORKS Inc. [/] to Birch Works: 1 invoice" in clerk.text
        assert len(names(clerk)) == 3
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, DoublesScreen)
        assert "no two accounts look like one customer" in clerk.text
        await clerk.press("escape")
        assert "merged BIRCH WORKS Inc. [/] into Birch Works" in clerk.status
        assert names(clerk) == ["Birch Works", "Cedar Farm"]
        assert sorted(clerk.accounts) == ["Birch Works", "Cedar Farm"]
        await clerk.press("u")
        assert len(names(clerk)) == len(clerk.accounts) == 3


async def test_a_says_that_a_pair_are_two_and_escape_decides_nothing(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        await import_second(clerk, book)
        await clerk.press("escape", "A")
        assert isinstance(clerk.app.screen, DoublesScreen)
        await clerk.press("a")
        assert "are two customers" in clerk.text
        await clerk.press("escape", "A")
        assert "no two accounts look like one customer" in clerk.text
        await clerk.press("m", "a", "escape")
        assert len(names(clerk)) == 3


async def test_an_account_is_merged_into_another_that_is_found_and_either_may_stay(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        name = clerk.account
        await clerk.press("M")
        assert f"{name} IS THE SAME AS" in clerk.text
        await clerk.type("cedar" if name == "Birch Works" else "birch")
        await clerk.press("enter")
        assert "MERGE TWO ACCOUNTS" in clerk.text
        await clerk.press("s", "enter")
        assert clerk.app.screen is clerk.desk
        assert names(clerk) == [name]


async def test_a_merge_with_an_account_on_the_line_is_refused_and_says_so(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        await clerk.press("enter", "1", "escape")
        await clerk.press("w", "M", "enter")
        assert clerk.app.screen is clerk.desk
        assert "a call with" in clerk.status
        assert len(names(clerk)) == 2


async def test_the_question_mark_lists_the_keys_over_the_pairs_and_over_a_merge(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        await import_second(clerk, book)
        await clerk.press("question_mark")
        assert "remember that they are two customers" in clerk.text
        await clerk.type("move")
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, MergeScreen)
        await clerk.press("question_mark")
        assert "let the other one stay" in clerk.text
