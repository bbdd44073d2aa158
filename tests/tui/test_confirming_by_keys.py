"""The confirmation of what was agreed by its keys, and a claimed payment looked for while it is typed."""

from pathlib import Path

import msgspec
import pytest

from arctui.store import Book
from arctui.tui.screens.confirming import ConfirmationScreen
from arctui.tui.widgets.lines import Lines
from tests.core import builders as make
from tests.core.oracle import nov
from tests.playbook.clerks import Clerk, birch, customer
from tests.tui.workstation import Workstation, workstation

pytestmark = pytest.mark.usefixtures("nobody_looks")
NOON = "2026-11-23T12:12:00-05:00"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A book with Birch Works, who owe 1,200.00, and money on another account."""
    alder = customer("Alder Mill", make.invoice("A-1", "900.00", nov(30)))
    payment = msgspec.structs.replace(
        make.payment(nov(18), "500.00"), account="alder", reference="4411", method="check"
    )
    return Clerk.with_book(tmp_path, [*birch(), *alder, payment]).path


def is_open(clerk: Workstation) -> bool:
    return isinstance(clerk.app.screen, ConfirmationScreen)


def answer(clerk: Workstation) -> str:
    """What the page says under its lines, joined where it was broken."""
    return " ".join(clerk.app.screen.query_one("#listing-told", Lines).plain.split())


def notes(book: Path) -> list[str]:
    return [a.note for a in Book(book).facts.dossier("birch").activities]


async def test_the_confirmation_of_an_account_is_copied_and_written(small: Path) -> None:
    async with workstation(small, NOON) as clerk:
        await clerk.press("p")
        await clerk.enter("fri 1200 ach tony")
        assert clerk.account == ""
        await clerk.press("slash")
        await clerk.enter("birch")
        await clerk.press("v")
        assert is_open(clerk)
        assert "Northside Supply: payment of 1,200.00 USD agreed for Fri 27 Nov 2026" in clerk.text
        assert "Dear Tony Marsh," in clerk.text
        assert "y copy" in clerk.keys
        await clerk.press("y")
        assert "copied to your terminal's clipboard (OSC 52); if nothing is there, w writes a file" in answer(clerk)
        assert clerk.app.clipboard.startswith("Subject: Northside Supply: payment of 1,200.00 USD")
        await clerk.press("y", "space", "w")
        name = "C-birch confirmation 2026-11-23.txt"
        assert answer(clerk).startswith(f"written: {small.parent}")
        assert answer(clerk).endswith(name)
        await clerk.press("w")
        assert answer(clerk).startswith("this text was written already: ")
        assert answer(clerk).endswith(name)
        await clerk.press("escape")
        assert not is_open(clerk)
        assert clerk.status == f"this text was written already: book.json.documents/{name}"
        assert "confirmation of 1,200.00 for Fri 27 Nov written" in clerk.script
    folder = small.with_name("book.json.documents")
    assert [p.name for p in folder.iterdir()] == ["C-birch confirmation 2026-11-23.txt"]
    assert notes(small)[1:] == [
        "confirmation of 1,200.00 for Fri 27 Nov copied to be sent",
        "confirmation of 1,200.00 for Fri 27 Nov written: C-birch confirmation 2026-11-23.txt",
    ]


async def test_in_a_call_it_is_ready_once_agreed_and_the_note_of_the_call_says_so(small: Path) -> None:
    async with workstation(small, NOON) as clerk:
        await clerk.press("enter", "1", "v")
        assert not is_open(clerk)
        assert "nothing was agreed in this call yet" in clerk.status
        await clerk.press("n")
        await clerk.type("half a note")
        await clerk.press("escape", "p")
        await clerk.enter("fri 1200 ach")
        await clerk.press("1", "v")
        assert is_open(clerk)
        assert "You will pay 1,200.00 USD by bank transfer on Friday 27 November 2026." in clerk.text
        await clerk.press("y", "w", "w", "escape")
        assert clerk.status.startswith("this text was written already: ")
        await clerk.press("v", "w", "escape", "n")
        assert clerk.desk.prompt.input.value == "half a note"
        await clerk.press("escape")
        assert notes(small) == []
        for _ in range(4):
            if clerk.desk.calling.call:
                await clerk.press("enter")
        assert clerk.desk.calling.call is None
    (note,) = notes(small)
    assert "12:12 noted: confirmation of 1,200.00 for Fri 27 Nov copied to be sent" in note
    assert "12:12 noted: confirmation of 1,200.00 for Fri 27 Nov written: C-birch confirmation 2026-11-23.txt" in note
    assert note.count("written: ") == 1


async def test_a_line_that_waits_for_its_yes_is_said_to_be_missing(small: Path) -> None:
    async with workstation(small, NOON) as clerk:
        await clerk.press("enter", "1", "p")
        await clerk.enter("fri 1200 ach")
        await clerk.press("1", "p")
        await clerk.enter("dec 4 700 check")
        await clerk.press("v")
        shown = " ".join(clerk.text.split())
        assert "not agreed yet, so not in this text: 700.00 by check on Friday 4 December" in shown
        assert "You will pay 1,200.00 USD by bank transfer on Friday 27 November 2026." in shown
        await clerk.press("escape", "1", "v")
        assert "not agreed yet, so" not in clerk.text


async def test_a_folder_that_refuses_is_told_on_the_spot(small: Path) -> None:
    small.with_name("book.json.documents").write_text("in the way", encoding="utf-8")
    Clerk(small, at=NOON).desk.log("birch", "wbp fri 1200 ach tony")
    async with workstation(small, NOON) as clerk:
        await clerk.press("slash")
        await clerk.enter("birch")
        await clerk.press("v", "w")
        assert "cannot be made" in answer(clerk)
        assert is_open(clerk)
    assert len(notes(small)) == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 32)])
async def test_a_claimed_payment_is_looked_for_while_it_is_typed(small: Path, size: tuple[int, int]) -> None:
    async with workstation(small, NOON, size=size) as clerk:
        await clerk.press("l")
        await clerk.type("paid nov 17 500 check -- no. 4411")
        assert "500.00 on Wed 18 Nov by check, ref 4411, stands on Alder Mill (C-alder)" in clerk.reading
        assert "no payments were imported yet" in clerk.text
        await clerk.press("escape")
        await clerk.press("enter", "l")
        await clerk.type("paid nov 17 500 check -- no. 4411")
        assert "stands on Alder Mill (C-alder)" in clerk.text
