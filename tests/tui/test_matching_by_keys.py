"""The bank lines that wait, by keys: at 80 columns and 24 lines."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from tests.tui.workstation import Workstation, workstation

DAY = "2026-11-16T10:30"
OPEN = """\
Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance
Birch Works,B-1041,2026-09-08,2026-10-08,1200.00,1200.00
Birch Works,B-1042,2026-09-09,2026-10-09,650.00,650.00
Cedar Farm,C-2001,2026-10-09,2026-11-09,300.00,300.00
"""
BANK = """\
Date,Description,Amount,Balance
2026-11-12,TM HOLDINGS,500.00,1500.00
2026-11-13,CEDAR FARM,120.00,1620.00
2026-11-13,INTEREST,1.05,1621.05
"""


@pytest.fixture
async def w(tmp_path: Path) -> AsyncIterator[Workstation]:
    (tmp_path / "open.csv").write_text(OPEN)
    (tmp_path / "bank.csv").write_text(BANK)
    book = tmp_path / "book.json"
    desk = Desk(Book(book, new=True), Clock(DAY), "ann")
    desk.import_file(tmp_path / "open.csv", ImportOptions())
    desk.import_file(tmp_path / "bank.csv", ImportOptions())
    async with workstation(book, DAY) as opened:
        yield opened


async def test_the_header_tells_of_the_lines_that_wait(w: Workstation) -> None:
    assert "3 bank lines wait" in w.header
    await w.press("B")
    assert "BANK LINES  1 of 3" in w.text
    assert "TM HOLDINGS" in w.text
    assert "nothing fits" in w.text
    told = " ".join(w.text.split())
    assert "2 lines wait after this one 120.00 Fri 13 Nov CEDAR FARM 1.05 Fri 13 Nov INTEREST" in told
    assert "Esc leave" in w.keys
    await w.press("escape")
    assert "3 bank lines wait" in w.header


async def test_one_line_after_the_other_is_decided(w: Workstation) -> None:
    await w.press("B", "j")
    assert "likely  Cedar Farm" in w.text
    assert "120.00  on C-2001" in w.text
    await w.press("enter")
    assert "saved: 120.00 from the bank, Cedar Farm" in w.text
    assert "BANK LINES  2 of 2" in w.text
    await w.press("x", "x")
    assert "no bank line waits" not in w.text
    assert "ignored" in w.status
    assert "wait" not in w.header
    await w.press("u")
    assert "1 bank line waits" in w.header


async def test_the_account_is_chosen_and_the_line_is_split(w: Workstation) -> None:
    await w.press("B", "s")
    assert "whose money is it" in w.text
    await w.press("escape", "slash")
    await w.enter("birch")
    assert "chosen  Birch Works" in w.text
    await w.press("s")
    await w.type("1041 300, 1042")
    assert "300.00 on B-1041, 200.00 on B-1042" in w.text
    await w.press("enter")
    assert "saved: 500.00 from the bank, Birch Works" in w.text
    desk = w.desk.desk
    birch = desk.find("birch")
    assert [str(i.open) for i in desk.standing(birch.id).items] == ["900.00", "450.00"]
    assert birch.aliases == ("TM HOLDINGS",)


async def test_a_split_that_cannot_be_stays_to_be_corrected(w: Workstation) -> None:
    await w.press("B", "j", "s")
    await w.enter("2001 900")
    assert "only 300.00 is open on C-2001" in w.text
    await w.press("escape")
    assert "BANK LINES  2 of 3" in w.text
    await w.press("o")
    assert "saved: 120.00 from the bank, Cedar Farm" in w.text


async def test_what_another_session_decides_is_shown(w: Workstation) -> None:
    await w.press("B")
    other = Desk(Book(w.desk.desk.book.path), Clock(DAY), "bob")
    other.matching.ignore(other.matching.lines()[0].id)
    await w.look()
    assert "1 of 2" in w.text
    assert "CEDAR FARM" in w.text


async def test_after_an_import_the_lines_that_wait_are_opened(w: Workstation, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text(BANK.replace("TM HOLDINGS,500.00", "ELM SONS,44.00"))
    await w.press("o")
    await w.enter(str(tmp_path / "more.csv"))
    assert "waits for you" in w.text
    await w.press("enter")
    assert "BANK LINES" in w.text


async def test_without_lines_the_key_says_so(tmp_path: Path) -> None:
    async with workstation(tmp_path / "book.json", DAY) as w:
        await w.press("B")
        assert "no bank line waits" in w.status


CEDARS = "120.00 of Fri 13 Nov waits in the bank lines (B), likely theirs"


async def test_the_money_that_waits_is_said_in_the_list_the_facts_and_the_call(w: Workstation) -> None:
    cedar = next(entry for entry in w.entries if entry.name == "Cedar Farm")
    assert cedar.why.startswith(f"{CEDARS}; ")
    w.desk.moving.find_account(w.desk.desk.find("Cedar").id)
    await w.press()
    assert CEDARS in " ".join(w.facts.split())
    await w.press("enter")
    assert "CALL  Cedar Farm" in w.text
    assert f"? {CEDARS}" in " ".join(w.text.split())


async def test_the_question_mark_lists_the_keys_of_the_screen_and_runs_one(w: Workstation) -> None:
    await w.press("B", "question_mark")
    assert "KEYS" in w.text
    assert "say on which invoices it is laid" in w.text
    assert "Focus" not in w.text
    await w.type("whose")
    await w.press("enter")
    assert "WHOSE MONEY" in w.text
    await w.press("escape", "s", "question_mark")
    assert "KEYS" not in w.text
    await w.press("escape", "f1", "escape")
    assert "BANK LINES  1 of 3" in w.text
