"""What looks like a card number is asked about when Enter is pressed; until the clerk says yes no file has it."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from arctui.core.calls import Call
from arctui.core.drafts import Draft
from arctui.core.records import Activity
from arctui.store import Book
from tests.tui.workstation import Workstation, workstation

#: Inside the calling hours of all that is called here.
NOON = "2026-11-23T12:12:00-06:00"
TYPED = "4111 1111 1111 1111"
HIDDEN = "4111 11** **** ****"
QUESTION = "1111 looks like a card's: card numbers are never kept"
#: The key that opens a line, and what stands in the line before the number.
LINES = {
    "promise": ("p", "fri 1200 card -- "),
    "note": ("n", "she pays by "),
    "follow_up": ("f", "fri "),
}


def is_on_disk(book: Path, *texts: str) -> bool:
    """Is one of these in the book, its journal or a backup?"""
    files: Iterable[Path] = (p for p in book.parent.rglob("*") if p.is_file())
    found = b"".join(path.read_bytes() for path in files)
    return any(text.encode() in found for text in (texts or (TYPED, TYPED.replace(" ", ""))))


def words(clerk: Workstation) -> str:
    return " ".join(clerk.reading.split())


@pytest.mark.parametrize("purpose", LINES)
async def test_enter_asks_and_saves_nothing_until_the_clerk_says_that_it_is_none(demo: Path, purpose: str) -> None:
    key, before = LINES[purpose]
    async with workstation(demo, NOON) as clerk:
        number = clerk.app.desk.book.number
        await clerk.press(key)
        await clerk.enter(before + TYPED)
        for _ in range(2):
            assert QUESTION in words(clerk)
            assert "Ctrl+Y: it is none, keep it" in words(clerk)
            assert clerk.desk.prompt.input.value == before + TYPED
            assert clerk.app.desk.book.number == number
            assert not is_on_disk(demo)
            # A second Enter asks again.
            await clerk.press("enter")
        await clerk.press("ctrl+y")
        assert clerk.status.startswith("saved")
        assert clerk.app.desk.book.number == number + 1
        assert is_on_disk(demo)


async def test_typing_on_takes_the_question_away_and_its_key_does_nothing_then(demo: Path) -> None:
    async with workstation(demo, NOON) as clerk:
        number = clerk.app.desk.book.number
        await clerk.press("n")
        await clerk.type(f"card {TYPED}")
        await clerk.press("ctrl+y")
        assert clerk.desk.prompt.display
        await clerk.press("enter")
        assert QUESTION in words(clerk)
        await clerk.type("x")
        assert QUESTION not in words(clerk)
        await clerk.press("ctrl+y")
        assert clerk.desk.prompt.display
        await clerk.press("ctrl+u")
        await clerk.enter("card is on its way")
        assert clerk.status.startswith("saved")
        assert clerk.app.desk.book.number == number + 1
        assert [a.note for a in Book(demo).facts.all(Activity)][-1] == "card is on its way"
    assert not is_on_disk(demo)


async def test_a_line_of_a_call_is_asked_about_and_its_call_goes_on(demo: Path) -> None:
    async with workstation(demo, NOON) as clerk:
        await clerk.press("enter", "1", "p")
        await clerk.enter(f"fri 1200 card -- {TYPED}")
        assert QUESTION in words(clerk)
        clerk.desk.calling.flush()
        (call,) = Book(demo).facts.all(Call)
        assert call.typed == f"fri 1200 card -- {HIDDEN}"
        assert clerk.desk.calling.call == call
        assert not is_on_disk(demo)
        await clerk.press("ctrl+y")
        assert "To confirm: 1,200.00 by card" in clerk.script
        (call,) = Book(demo).facts.all(Call)
        assert call.moves[-1].text == f"fri 1200 card -- {TYPED}"


async def test_a_note_and_the_end_of_a_call_are_asked_about(demo: Path) -> None:
    async with workstation(demo, NOON) as clerk:
        number = clerk.app.desk.book.number
        await clerk.press("enter", "1", "n")
        await clerk.enter(TYPED)
        assert QUESTION in words(clerk)
        await clerk.press("escape", "l")
        await clerk.enter(f"lvm -- {TYPED}")
        assert QUESTION in words(clerk)
        await clerk.press("escape")
        assert clerk.app.desk.book.number == number
    assert not is_on_disk(demo)


async def test_a_number_half_typed_when_the_connection_drops_comes_back_hidden(demo: Path) -> None:
    async with workstation(demo, NOON) as clerk:
        await clerk.press("enter", "1", "p")
        for part in ("fri 1200 card -- 4111 1111 11", "1", "1 ", "1", "11"):
            await clerk.type(part)
            clerk.desk.calling.flush()
        assert clerk.desk.prompt.input.value.endswith(TYPED[:-1])
        assert not is_on_disk(demo, TYPED[:13])
        clerk.app.desk.calls.session = "gone"
    (call,) = Book(demo).facts.all(Call)
    assert call.typed == "fri 1200 card -- 4111 1111 11** ***"


async def test_a_left_line_is_a_draft_with_the_number_hidden_and_opens_so(demo: Path) -> None:
    async with workstation(demo, NOON) as clerk:
        await clerk.press("n")
        await clerk.type(f"card {TYPED}")
        await clerk.press("escape")
        assert [d.text for d in Book(demo).facts.all(Draft)] == [f"card {HIDDEN}"]
        await clerk.press("n")
        assert clerk.desk.prompt.input.value == f"card {HIDDEN}"
    assert not is_on_disk(demo)


async def test_a_search_is_not_asked_about(demo: Path) -> None:
    async with workstation(demo, NOON) as clerk:
        await clerk.press("slash")
        await clerk.enter(TYPED)
        assert not clerk.desk.prompt.display
    assert not is_on_disk(demo)
