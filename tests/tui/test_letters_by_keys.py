"""Letters by keys where more than one is at hand: marked, written before, sent otherwise, changed by others."""

from pathlib import Path

import pytest

from arctui.core.letter_records import LetterKind, SentBy
from arctui.core.records import Activity, ActivityKind
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book
from arctui.tui.screens.letters import LettersScreen
from arctui.tui.widgets.lines import Lines
from tests.tui.test_letter_screens import DAY, book, due_folder, letters, shown, to, told
from tests.tui.workstation import workstation

__all__ = ["book", "due_folder"]
pytestmark = pytest.mark.usefixtures("nobody_looks")


def bob(book: Path) -> Desk:
    return Desk(Book(book), Clock(DAY), "bob")


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_space_marks_a_letter_and_goes_to_the_next(book: Path, size: tuple[int, int]) -> None:
    async with workstation(book, DAY, size=size) as clerk:
        await clerk.press("Z", "enter")
        assert "no letter is marked" in told(clerk)
        await clerk.press("space")
        assert "3 letters, 1 marked" in clerk.text
        assert told(clerk) == ""
        assert "   * Birch Works" in clerk.text
        assert " >   Dale Mill" in clerk.text
        await clerk.press("space", "k", "space")
        assert "3 letters, 1 marked" in clerk.text
        assert "   * Birch Works" in clerk.text


async def test_letters_that_wait_to_be_sent_stand_above_those_due_and_are_sent_together(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        await clerk.press("Z", "asterisk", "enter")
        await clerk.until(lambda: "LETTERS WRITTEN" in clerk.text)
        await clerk.press("l")
        assert "LETTERS DUE  1 letter, 2 written and not sent" in clerk.text
        assert "not sent: reminder 2026-0001" in clerk.text
        await clerk.press("m")
        assert "no letter is marked that is not sent" in told(clerk)
        await clerk.press("G", "space", "m")
        assert told(clerk) == "not written yet: Enter writes them"
        await clerk.press("enter")
        await clerk.until(lambda: "LETTERS THAT WAIT" in clerk.text)
        assert "1 letter not written:" in clerk.text
        await clerk.press("escape")
        await clerk.press("asterisk", "h")
        assert "2 letters sent by hand, 2026-0001 to 2026-0002" in told(clerk)
        assert "LETTERS DUE  1 letter" in clerk.text
    assert [letter.sent_by for letter in letters(book)] == [SentBy.HAND, SentBy.HAND]


async def test_what_all_letters_lack_is_said_before_and_after_they_are_written(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        await clerk.press("Z")
        lacks = "! in all of them: the letter names no address of ours"
        assert lacks in shown(clerk)
        await clerk.press("asterisk", "enter")
        await clerk.until(lambda: "LETTERS WRITTEN" in clerk.text)
        assert lacks in shown(clerk)
        assert "it does not say where to pay" in shown(clerk)


async def test_a_letter_sent_otherwise_needs_kind_way_and_day_and_stands_in_the_list(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        await to(clerk, "birch")
        await clerk.press("escape", "L", "o", "enter")
        assert "which kind (reminder, demand, final demand), which way" in " ".join(clerk.reading.split())
        await clerk.type("final demand certified RR 20 US nov 5")
        assert "final demand by certified mail, RR 20 US, on Thu 5 Nov" in clerk.reading
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, LettersScreen)
        assert "saved 11:00: letter of Thu 5 Nov, Birch Works" in told(clerk)
        assert "LETTERS  Birch Works" in clerk.text
        assert "> -          final demand            otherwise Thu 5 Nov" in clerk.text
        await clerk.press("s")
        assert "only its sending is known" in told(clerk)
        await clerk.press("enter")
        assert "sent Thu 5 Nov, recorded by ann: final demand by certified mail, RR 20 US" in shown(clerk)
        await clerk.press("escape", "o", "escape")
        assert isinstance(clerk.app.screen, LettersScreen)
        await clerk.press("escape")
        assert clerk.account == "Birch Works"
    sent = next(a for a in Book(book).facts.all(Activity) if a.kind is ActivityKind.LETTER)
    assert (sent.day.day, sent.at.day, len(sent.invoices)) == (5, 5, 2)


async def test_the_account_stays_under_the_cursor_although_its_letter_takes_it_off_the_list(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        assert clerk.accounts[0] == "Birch Works"
        await clerk.press("L", "1", "enter", "m", "escape")
        assert clerk.account == "Birch Works"
        await clerk.press("i")
        assert "reminder, of Mon 9 Nov: mail Mon 9 Nov" in shown(clerk)


async def test_what_another_session_does_to_the_letters_is_shown(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        await to(clerk, "birch")
        await clerk.press("L")
        desk = bob(book)
        birch = desk.find("Birch").id
        made = desk.letters.write(birch, LetterKind.STATEMENT, text=True)
        await clerk.look()
        assert "2026-0001  statement               not sent" in clerk.text
        await clerk.press("s")
        desk.letters.discard(made.letter.id)
        await clerk.look()
        assert told(clerk) == "this letter is no longer in the book"
        assert "no letter was written to this account yet" in clerk.text
        await clerk.press("1")
        desk.stop(birch, "bankruptcy")
        await clerk.look()
        assert "not to be written to" in told(clerk)
        assert "not now: not to be written to" in clerk.text


async def test_reasons_begin_with_what_matters_and_stand_below_in_full(book: Path) -> None:
    async with workstation(book, DAY) as clerk:
        await to(clerk, "dale")
        await clerk.press("L")
        assert clerk.text.count("not now: no postal address is known\n") == 9
        assert "not now: no postal address is known: correct the account, 'address STREET, TOWN'" in shown(clerk)
        await clerk.press("e")
        assert "e on paper" in clerk.keys
        assert "no postal address" not in clerk.text
        assert "no email address is known" in clerk.text


async def test_a_letter_that_was_written_shows_its_words_and_where_it_lies(book: Path) -> None:
    async with workstation(book, DAY, size=(160, 45)) as clerk:
        await to(clerk, "birch")
        await clerk.press("L", "1", "enter", "m", "enter")
        assert f"{book}.documents/letters/2026-0001 reminder Birch Works.pdf" in "".join(clerk.text.split("\n"))
        assert "ITS WORDS" in clerk.text
        assert "B-1041" in clerk.app.screen.query_one("#listing", Lines).plain


@pytest.mark.parametrize(("word", "label"), [("court", "claim file"), ("attach", "papers"), ("envelope", "letter")])
async def test_the_palette_finds_an_action_by_other_words(book: Path, word: str, label: str) -> None:
    async with workstation(book, DAY) as clerk:
        await clerk.press("ctrl+p")
        await clerk.type(word)
        await clerk.until(lambda: label in clerk.text)
