"""`C` corrects what is known of an account, outside a call and in one, which stays where it was."""

from pathlib import Path

import pytest

from arctui.core.calls import Call
from arctui.core.drafts import Draft
from arctui.core.records import Account, Person
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from tests.tui.test_drafts_by_keys import DEAD, to
from tests.tui.workstation import Workstation, workstation

#: An hour at which Birch Works, in Phoenix, may be called.
MIDDAY = "2026-11-23T12:12-05:00"


@pytest.fixture
def small(book: Path, report: Path, people: Path) -> Path:
    """A book with four customers; Tony Marsh is at Birch Works."""
    desk = Desk(Book(book, new=True), Clock(MIDDAY), "ann")
    for path in (report, people):
        desk.import_file(path, ImportOptions())
    desk.leave()
    return book


def phones(book: Path, name: str) -> tuple[str, ...]:
    """The numbers of a person of this name, as they are on disk."""
    return next(p.phones for p in Book(book).facts.all(Person) if p.name == name)


def drafts(book: Path) -> list[str]:
    return [d.text for d in Book(book).facts.all(Draft)]


async def call(clerk: Workstation) -> None:
    """Call Birch Works and reach Tony Marsh."""
    await to(clerk, "Birch Works")
    await clerk.press("enter", "1")
    assert clerk.desk.calling.call


async def test_a_pay_cycle_is_read_back_while_it_is_typed_and_saved_by_enter(small: Path) -> None:
    async with workstation(small, MIDDAY) as clerk:
        await to(clerk, "Birch Works")
        await clerk.press("C")
        assert "lee wong, controller" in clerk.reading
        await clerk.type("runs weekly thu, cut-off 2, docs order")
        shown = " ".join(clerk.reading.split())
        assert "next run Fri 27 Nov (Thu 26 Nov is Thanksgiving Day), cut-off Tue 24 Nov; to be in: order" in shown
        await clerk.press("enter")
        assert "pay cycle weekly on Thursday" in clerk.status
        assert clerk.desk.prompt.purpose == ""
        assert [bool(a.pay_cycle) for a in Book(small).facts.all(Account) if a.name == "Birch Works"] == [True]
        await clerk.press("u")
        assert "undone: pay cycle" in clerk.status
        # What cannot be taken is said, and stays to be mended.
        await clerk.press("C")
        await clerk.enter("zone Atlantis")
        assert "'Atlantis' is no time zone" in " ".join(clerk.reading.split())
        assert clerk.desk.prompt.input.value == "zone Atlantis"


async def test_in_a_call_a_number_is_that_of_whom_is_on_the_line_and_the_call_stays(small: Path) -> None:
    async with workstation(small, MIDDAY) as clerk:
        await call(clerk)
        (before,) = Book(small).facts.all(Call)
        said = clerk.desk.calling.place.say
        await clerk.press("C")
        await clerk.type("480 555 0199")
        assert "Tony Marsh: +1 480 555 0199, then" in clerk.reading
        await clerk.press("enter")
        assert clerk.desk.calling.call == before
        assert phones(small, "Tony Marsh") == ("+1 480 555 0199", "+1 480 555 0142")
        assert "Tony Marsh: +1 480 555 0199" in clerk.status
        assert "+1 480 555 0199" in clerk.script
        assert " ".join(said.split()) in clerk.script
        assert "Esc park" in clerk.keys
        # Escape leaves the line, not the call; the same key goes on with it.
        await clerk.press("C")
        await clerk.type("lee wong, cont")
        await clerk.press("escape")
        assert clerk.desk.calling.call == before
        assert drafts(small) == ["lee wong, cont"]
        await clerk.press("C")
        await clerk.enter("roller")
        assert "new person Lee Wong: controller" in clerk.status
        assert drafts(small) == []
        # The script goes on where it was.
        await clerk.press("1")
        (after,) = Book(small).facts.all(Call)
        assert len(after.moves) == len(before.moves) + 1


async def test_after_a_kill_the_line_lies_over_its_call_again(small: Path) -> None:
    async with workstation(small, MIDDAY) as clerk:
        clerk.app.desk.calls.session = DEAD
        await call(clerk)
        said = clerk.desk.calling.place.say
        await clerk.press("C")
        await clerk.type("480 555 0199")
        await clerk.until(lambda: drafts(small) == ["480 555 0199"])
    async with workstation(small, MIDDAY) as clerk:
        assert clerk.desk.calling.call
        assert clerk.desk.prompt.input.value == "480 555 0199"
        await clerk.press("enter")
        assert phones(small, "Tony Marsh")[0] == "+1 480 555 0199"
        assert " ".join(said.split()) in clerk.script
