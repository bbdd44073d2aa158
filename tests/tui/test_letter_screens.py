"""Letters by keys: one of an account, all that are due, in the review and in a call."""

import threading
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from textual import events

from arctui.core.letter_records import Letter, SentBy
from arctui.core.records import Activity
from arctui.desk import letter_making
from arctui.store import Book
from arctui.tui.screens import letters_due
from arctui.tui.screens.letters import LettersScreen
from arctui.tui.screens.letters_due import LettersDueScreen
from arctui.tui.widgets.lines import Lines
from tests.desk.ledgers import Ledger
from tests.desk.lettered import with_letters_due
from tests.tui.workstation import Workstation, workstation

pytestmark = pytest.mark.usefixtures("nobody_looks")
DAY = "2026-11-09T11:00:00-05:00"
BOTH = pytest.mark.parametrize("size", [(80, 24), (160, 45)])


@pytest.fixture(scope="session")
def due_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book made once: letters are due to Birch, Cedar, and Dale, whose address is not known."""
    folder = tmp_path_factory.mktemp("due")
    ledger = with_letters_due(Ledger(folder), "Birch", "Cedar", "Dale")
    ledger.desk.set_policy("firm", "Granite Supply")
    ledger.desk.leave()
    return folder


@pytest.fixture
def book(tmp_path: Path, due_folder: Path) -> Path:
    return copytree(due_folder, tmp_path / "due") / "book.json"


def told(clerk: Workstation) -> str:
    """What the screen says below what it shows, joined where it was broken."""
    return " ".join(clerk.app.screen.query_one("#listing-told", Lines).plain.split())


def shown(clerk: Workstation) -> str:
    return " ".join(clerk.text.split())


async def paste(clerk: Workstation, text: str) -> None:
    """Put a text at once into the line of the screen that lies on the desk."""
    clerk.app.screen.query_one("#split").post_message(events.Paste(text))
    await clerk.press()


def letters(book: Path) -> list[Letter]:
    return sorted(Book(book).facts.all(Letter), key=lambda letter: letter.number)


def notes(book: Path) -> list[str]:
    return [a.note for a in Book(book).facts.all(Activity) if a.note]


async def to(clerk: Workstation, name: str) -> None:
    await clerk.press("slash")
    await clerk.enter(name)


@BOTH
async def test_the_letter_that_is_due_is_read_written_and_sent_by_mail(book: Path, size: tuple[int, int]) -> None:
    async with workstation(book, DAY, size=size) as clerk:
        await to(clerk, "birch")
        assert "letter due: reminder" in clerk.script
        assert "Enter call  L letter" in clerk.keys
        await clerk.press("L")
        assert " 1  reminder                 due: 3 tries in a row reached nobody" in clerk.text
        assert "a reminder is due, no demand" in clerk.text
        assert "not now: nothing is disputed" in clerk.text
        assert "no letter was written to this account yet" in clerk.text
        await clerk.press("7")
        assert told(clerk) == "no dispute acknowledgement to Birch Works: nothing is disputed"
        await clerk.press("1")
        assert "REMINDER" in clerk.text
        assert "12 Mill Rd" in clerk.text
        assert "Enter write it" in clerk.keys
        await clerk.press("t")
        assert "to Tony Marsh" in clerk.text
        await clerk.press("enter")
        assert "reminder 2026-0001 written. It lies here:" in clerk.text
        assert "2026-0001 reminder Birch Works.pdf" in shown(clerk)
        await clerk.press("m")
        assert told(clerk) == "saved: reminder 2026-0001 sent by mail, Birch Works"
        assert "> 2026-0001  reminder                mail Mon 9 Nov" in clerk.text
        await clerk.press("s")
        assert "reminder 2026-0001 went out on Mon 9 Nov by mail" in told(clerk)
        await clerk.press("u", "u")
        assert "no letter was written to this account yet" in clerk.text
        await clerk.press("escape")
        assert clerk.app.screen is clerk.desk


async def test_a_letter_that_is_not_due_asks_for_a_reason_which_is_kept(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        await to(clerk, "birch")
        await clerk.press("L", "2")
        assert "a reminder is due, no demand: Enter asks why it is written now" in shown(clerk)
        await clerk.press("enter", "enter")
        assert "a demand now needs a reason" in told(clerk)
        await clerk.enter("their buyer asked for it")
        assert "demand 2026-0001 written" in clerk.text
        await clerk.press("c", "enter")
        assert told(clerk) == "certified mail has a number: which one?"
        await clerk.enter("5555555555554444")
        assert "looks like a card's" in told(clerk)
        await clerk.press("ctrl+y")
        assert "certified mail Mon 9 Nov" in clerk.text
        await clerk.press("enter")
        assert "why       their buyer asked for it" in clerk.text
        assert "sent      certified mail Mon 9 Nov, 5555555555554444" in clerk.text
    (letter,) = letters(book)
    assert (letter.sent_by, letter.tracking, letter.why) == (
        SentBy.CERTIFIED,
        "5555555555554444",
        "their buyer asked for it",
    )


async def test_a_letter_for_later_is_marked_sent_on_its_day_gets_its_proof_or_is_thrown_away(
    book: Path, tmp_path: Path
) -> None:
    scan = tmp_path / "return receipt.pdf"
    scan.write_bytes(b"%PDF-1.4\n")
    async with workstation(book, DAY) as clerk:
        await to(clerk, "birch")
        await clerk.press("L", "4", "enter", "l")
        assert "s says how once it is" in told(clerk)
        assert "> 2026-0001  statement               not sent, of Mon 9 Nov" in clerk.text
        await clerk.press("x")
        assert "saved: statement 2026-0001 thrown away, never sent, Birch Works" in told(clerk)
        await clerk.press("4", "enter", "escape")
        assert "> 2026-0002  statement               not sent" in clerk.text
        await clerk.press("s", "d")
        await clerk.enter("2026-11-06")
        assert "was written on Mon 9 Nov: it cannot have been sent on Fri 6 Nov" in told(clerk)
        await clerk.press("escape", "h", "a")
        assert "proof of delivery of 2026-0002" in told(clerk)
        await paste(clerk, str(scan)[:-8])
        assert told(clerk) == "return receipt.pdf"
        await clerk.press("tab", "enter")
        assert "'return receipt.pdf' attached to statement 2026-0002" in told(clerk)
        assert "hand Mon 9 Nov            return" in clerk.text
        await clerk.press("escape", "i", "end")
        assert "2026-0002 statement, of Mon 9 Nov: hand Mon 9 Nov" in shown(clerk)
        assert "return receipt.pdf, statement 2026-0002" in shown(clerk)


async def test_by_email_no_postal_address_is_needed_and_the_email_lies_ready(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        await to(clerk, "birch")
        await clerk.press("L", "e", "1")
        assert "by email" in clerk.text
        await clerk.press("enter", "e")
        assert "Birch Works.eml in your mail program" in told(clerk)
        await clerk.press("escape")
        assert clerk.status.startswith("saved: reminder 2026-0001 sent by email")
        assert "letter due" not in clerk.script
        await to(clerk, "dale")
        await clerk.press("L")
        assert "reminder due: 3 tries in a row reached nobody; not now: no postal address is known" in shown(clerk)
        await clerk.press("1")
        assert "no postal address is known" in told(clerk)
        assert isinstance(clerk.app.screen, LettersScreen)
    assert list(book.with_name("book.json.documents").glob("letters/*.eml"))


async def test_a_call_notes_a_letter_that_is_sent_in_it(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        await to(clerk, "cedar")
        await clerk.press("enter")
        assert clerk.desk.calling.call
        await clerk.press("L", "4", "enter", "m", "escape")
        assert clerk.desk.calling.call
        assert "noted: statement 2026-0001 sent by mail, Cedar Farm" in clerk.script
    assert "statement 2026-0001 by mail" in notes(book)


async def test_in_the_review_the_reason_stands_there_and_the_review_goes_on_once_it_is_sent(demo: Path) -> None:
    async with workstation(demo, "2026-11-23T10:12") as clerk:
        await clerk.press("r", "enter", "4", "2", "enter")
        why = "promise of 8,915.00 for Tue 17 Nov broken"
        assert why in clerk.text
        await clerk.press("enter", "m")
        assert clerk.app.screen is clerk.desk
        assert "REVIEW 2 of 10" in clerk.script
        assert "sent by mail, Kestrel Table Group" in clerk.status
        await clerk.press("left_square_bracket")
        assert "followed up: letter sent today" in clerk.script
    assert why in [letter.why for letter in letters(demo)]


@BOTH
async def test_all_that_are_due_are_marked_written_together_and_sent(book: Path, size: tuple[int, int]) -> None:
    async with workstation(book, DAY, size=size) as clerk:
        await clerk.press("Z")
        assert "LETTERS DUE  3 letters" in clerk.text
        assert "reminder: 3 tries in a row" in clerk.text
        await clerk.press("enter")
        assert told(clerk) == "no letter is marked: Space marks one, * marks all"
        await clerk.press("space", "u", "asterisk")
        assert "3 letters, 3 marked" in clerk.text
        await clerk.press("enter")
        await clerk.until(lambda: "LETTERS WRITTEN" in clerk.text)
        assert "2 letters written. To print them all at once:" in clerk.text
        assert "Dale Mill: " in clerk.text
        assert "no postal address is known" in shown(clerk)
        await clerk.press("m")
        assert told(clerk) == "saved: 2 letters sent by mail, 2026-0001 to 2026-0002"
        assert "LETTERS DUE  1 letter" in clerk.text
        await clerk.press("escape")
    assert [letter.sent_by for letter in letters(book)] == [SentBy.MAIL, SentBy.MAIL]


async def test_of_letters_sent_by_email_those_without_an_address_are_named_and_wait(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        await clerk.press("Z", "asterisk", "enter")
        await clerk.until(lambda: "LETTERS WRITTEN" in clerk.text)
        await clerk.press("e")
        assert "1 letter sent by email, 2026-0001" in told(clerk)
        assert "LETTERS THAT WAIT" in clerk.text
        assert "1 letter not sent; what is written stays written:" in shown(clerk)
        assert "Cedar Farm: no email address is known of Cedar Farm" in shown(clerk)
        assert "How else were these sent? m mail" in shown(clerk)
        await clerk.press("m")
        assert "1 letter sent by mail, 2026-0002" in told(clerk)
        assert isinstance(clerk.app.screen, LettersDueScreen)
    assert [letter.sent_by for letter in letters(book)] == [SentBy.EMAIL, SentBy.MAIL]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Letters that are set on paper only when the event comes."""
    go, paper = threading.Event(), letter_making.set_on_paper
    monkeypatch.setattr(letters_due, "_AT_ONCE_SECONDS", 0)

    def held_up(press: object, draft: object) -> bytes:
        assert go.wait(20)
        return paper(press, draft)  # type: ignore[arg-type]

    monkeypatch.setattr("arctui.desk.letter_batch.set_on_paper", held_up)
    yield go
    go.set()


async def test_writing_goes_on_beside_the_keys_until_x_cancels_it_without_a_letter(
    book: Path, slow: threading.Event
) -> None:
    async with workstation(book, DAY) as clerk:
        await clerk.press("Z", "asterisk", "enter")
        await clerk.until(lambda: "X cancels" in clerk.text)
        await clerk.press("escape")
        assert "letters are being written still" in told(clerk)
        await clerk.press("X")
        assert told(clerk) == "cancelled: no letter was written"
        slow.set()
        await clerk.press("escape")
        assert clerk.app.screen is clerk.desk
    assert letters(book) == []
