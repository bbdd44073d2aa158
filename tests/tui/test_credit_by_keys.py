"""Who gets credit, by keys: at 80 columns and 24 lines."""

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
Birch [Works],B-1041,2026-09-08,2026-10-08,1200.00,1200.00
Cedar Farm,C-2001,2026-07-09,2026-08-09,300.00,300.00
Elm Mill,E-1,2026-11-09,2026-12-09,90.00,90.00
"""
CONTACTS = "Customer,Contact,Phone,Credit Limit\nBirch [Works],Tony,+1 212 555 0142,1000\n"


@pytest.fixture
async def w(tmp_path: Path) -> AsyncIterator[Workstation]:
    book = tmp_path / "book.json"
    desk = Desk(Book(book, new=True), Clock(DAY), "ann")
    for name, text in (("open.csv", OPEN), ("contacts.csv", CONTACTS)):
        (tmp_path / name).write_text(text)
        desk.import_file(tmp_path / name, ImportOptions())
    async with workstation(book, DAY) as opened:
        yield opened


async def opened(w: Workstation) -> None:
    """Open the screen and let it grade."""
    await w.press("K")
    await w.until(lambda: "to go" not in w.text)


async def test_the_first_list_with_an_account_is_shown_and_tab_goes_to_the_next(w: Workstation) -> None:
    await opened(w)
    assert "CREDIT  owe more than their limit: 1 account" in w.text
    assert "> D  Birch [Works]" in w.text
    assert "beyond by 200.00" in w.text
    await w.press("tab")
    assert "graded down this month: 0 accounts" in w.text
    assert "no account is on this list" in w.text
    await w.press("h", "enter", "shift+tab", "shift+tab")
    assert "all accounts, the worst grade first: 3 accounts" in w.text
    await w.press("escape")
    assert "WORKLIST" in w.text.upper()


async def test_enter_shows_the_grade_in_words_and_escape_leads_back(w: Workstation) -> None:
    await opened(w)
    await w.press("enter")
    assert "Birch [Works]" in w.text
    assert "1,200.00 is past due, 100 % of 1,200.00 owed, the oldest by 39 days: D" in " ".join(w.text.split())
    assert "PROPOSED, A PERSON DECIDES" in w.text
    await w.press("i")
    assert "OPEN ITEMS" in w.text
    await w.press("escape", "escape")
    assert "> D  Birch [Works]" in w.text


async def test_a_hold_needs_a_reason_and_is_undone_by_u(w: Workstation) -> None:
    await opened(w)
    await w.press("h")
    assert "why on hold? write the reason" in w.text
    await w.press("enter")
    assert "a decision on credit needs a reason" in w.text
    await w.enter("check came back")
    assert "saved: credit hold, Birch [Works]" in w.text
    assert "on hold" in w.text
    await w.press("enter")
    assert "on hold, " in w.text
    assert "check came back" in w.text
    await w.press("r")
    await w.enter("they paid")
    assert "saved: credit released, Birch [Works]" in w.text
    await w.press("u")
    assert "undone: credit released, Birch [Works]" in w.text
    assert w.desk.desk.credit.card(w.desk.desk.find("birch").id).held


async def test_a_limit_is_typed_over_the_proposed_one_with_a_reason(w: Workstation) -> None:
    await opened(w)
    await w.press("equals_sign")
    assert "the limit, then why: 5000 pays on time" in w.text
    proposed = w.desk.desk.credit.card(w.desk.desk.find("birch").id).proposal.limit
    assert proposed is not None
    await w.enter("much of it")
    assert "a decision on credit needs a reason" not in w.text
    card = w.desk.desk.credit.card(w.desk.desk.find("birch").id)
    assert (card.limit, card.limited and card.limited.reason) == (proposed, "much of it")
    await w.press("equals_sign", "home", "ctrl+k")
    await w.enter("lots why not")
    assert "which limit? 'lots' is no amount" in w.text
    await w.press("escape")
    assert "Enter why" in w.keys


async def test_a_held_account_says_so_in_its_row_its_facts_and_its_call(w: Workstation) -> None:
    await opened(w)
    await w.press("h")
    await w.enter("check came back")
    await w.press("escape")
    row = next(e for e in w.entries if e.name == "Birch [Works]")
    assert "on hold" in row.why
    await w.press("home")
    while_at = [e.name for e in w.entries].index("Birch [Works]")
    await w.press(*["j"] * while_at)
    assert "on hold, " in w.facts
    assert "credit D, limit 1,000.00, beyond it by 200.00" in w.script
    await w.press("enter")
    assert "Birch [Works]" in w.script
    assert "on hold" in w.script


async def test_the_screen_breaks_its_words_for_a_wider_terminal(w: Workstation) -> None:
    await opened(w)
    await w.resize(160, 45)
    assert "gr account" in w.text
    await w.press("enter")
    assert "the oldest by 39 days: D" in w.text


async def test_an_account_whose_import_is_undone_is_no_longer_shown(w: Workstation) -> None:
    await opened(w)
    await w.press("enter", "u", "u")
    assert "no account is on this list" in w.text
    await w.press("h")
    assert "why on hold?" not in w.text
