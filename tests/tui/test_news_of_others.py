"""Whatever other sessions do appears on whatever screen is open: acts, imports, undone, folded and restored books."""

import signal
from pathlib import Path

import pytest

from arctui.core.drafts import Topic
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.desk.safekeeping import restore
from arctui.store import Book
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.widgets.lines import Lines
from tests.tui.conftest import DEMO_DAY
from tests.tui.terminal import opened
from tests.tui.workstation import workstation

WIDE = (160, 45)

pytestmark = pytest.mark.usefixtures("nobody_looks")


def bob(demo: Path) -> Desk:
    return Desk(Book(demo), Clock(DEMO_DAY), "bob")


def act_on(demo: Path, name: str, line: str) -> None:
    other = bob(demo)
    other.log(other.find(name).id, line)


def without_scrollbar(text: str) -> list[str]:
    return [line[:70].rstrip() for line in text.splitlines()]


# Listings


@pytest.mark.parametrize("key", ["i", "H"])
async def test_a_listing_is_made_anew_in_its_place(demo: Path, key: str) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press(key, "space")
        lines = clerk.app.screen.query_one("#listing", Lines)
        assert isinstance(clerk.app.screen, ListingScreen)
        before, y = clerk.text, lines.scroll_offset.y
        assert y
        other = bob(demo)
        other.note(other.find("Kestrel").id, "the boss is away")
        await clerk.look()
        assert "the boss is away" in lines.plain
        if key == "H":
            # The newest act comes first: what is read moves down, and is still in view.
            assert lines.scroll_offset.y > y
            assert without_scrollbar(clerk.text) == without_scrollbar(before)
        await clerk.press("escape")
        assert clerk.account == "Kestrel Table Group"
        assert "the boss is away" in clerk.facts
        assert clerk.status == "bob: note, Kestrel Table Group"


async def test_a_listing_of_an_account_that_is_gone_stays_readable(book: Path, report: Path) -> None:
    other = Desk(Book(book, new=True), Clock(DEMO_DAY), "bob")
    other.import_file(report, ImportOptions())
    async with workstation(book, DEMO_DAY) as clerk:
        await clerk.press("i")
        assert "Elm & Sons [/]" in clerk.text
        other.undo()
        await clerk.look()
        assert "Elm & Sons [/]" in clerk.text
        await clerk.press("escape")
        assert clerk.accounts == []


# Whatever the others do


async def test_imports_undone_folded_and_restored_books_appear(book: Path, report: Path, tmp_path: Path) -> None:
    other = Desk(Book(book, new=True), Clock(DEMO_DAY), "bob")
    async with workstation(book, DEMO_DAY, size=WIDE) as clerk:
        assert clerk.accounts == []
        other.import_file(report, ImportOptions())
        await clerk.look()
        assert clerk.accounts == ["Elm & Sons [/]", "Birch Works", "Cedar Farm"]
        other.undo()
        await clerk.look()
        assert clerk.accounts == []
        other.import_file(report, ImportOptions())
        other.book.copy_to(tmp_path / "copy.json")
        other.log(other.find("Cedar").id, "na")
        other.book.fold(None)
        await clerk.look()
        assert clerk.accounts == ["Elm & Sons [/]", "Birch Works"]
        restore(book, Clock(DEMO_DAY), "carla", tmp_path / "copy.json", consent=False)
        await clerk.look()
        assert clerk.accounts == ["Elm & Sons [/]", "Birch Works", "Cedar Farm"]
        other.refresh()
        other.set_policy("firm", "Granite Supply")
        await clerk.look()
        assert "Granite Supply" in clerk.header


async def test_a_draft_left_in_another_window_of_the_clerk_appears(demo: Path) -> None:
    window = Desk(Book(demo), Clock(DEMO_DAY), "ann")
    topic = Topic("note", window.find("Kestrel").id)
    async with workstation(demo, DEMO_DAY) as clerk:
        window.drafts.keep(topic, "ask for Lee", is_open=True)
        await clerk.look()
        assert "draft kept" not in clerk.text
        window.drafts.keep(topic, "ask for Lee", is_open=False)
        await clerk.look()
        assert "draft, n goes on: ask for Lee" in clerk.facts


async def test_what_another_clerk_types_repaints_nothing(demo: Path) -> None:
    other = bob(demo)
    topic = Topic("note", other.find("Kestrel").id)
    async with workstation(demo, DEMO_DAY) as clerk:
        call = other.calls.begin(other.find("Stonefield").id)
        assert clerk.app.desk.refresh()
        await clerk.look()
        call = other.calls.typed(other.calls.reply(call, 1), "fri 12")
        other.drafts.keep(topic, "ask for", is_open=True)
        assert not clerk.app.desk.refresh()
        assert clerk.entries[1].why.startswith("bob has them on the line since 10:12")


async def test_after_a_stop_of_an_hour_everything_is_caught_up_with(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j", "j", "n")
        await clerk.type("still here")
        name = clerk.account
        # The program stands still: it neither looks nor keeps anything.
        other = bob(demo)
        there = other.find("Kestrel").id
        for number in range(120):
            other.note(there, f"note {number}")
        other.book.fold(None)
        act_on(demo, "Stonefield", "na")
        for number in range(80):
            other.refresh()
            other.note(there, f"note {number + 120}")
        await clerk.look()
        assert (clerk.account, clerk.desk.prompt.input.value) == (name, "still here")
        assert "Stonefield Masonry" not in clerk.accounts
        await clerk.press("enter")
        assert f"note, {name}" in clerk.status
        assert len([a for a in clerk.app.desk.dossier(there).activities if a.by == "bob"]) == 200
    assert len([a for a in bob(demo).dossier(there).activities if a.by == "bob"]) == 200


def test_a_program_that_was_stopped_shows_what_came_meanwhile_when_it_goes_on(demo: Path) -> None:
    with opened(demo) as terminal:
        terminal.kill(signal.SIGSTOP)
        terminal.wait_until_stopped()
        other = bob(demo)
        there = other.find("Kestrel").id
        for number in range(199):
            other.note(there, f"note {number}")
        other.log(other.find("Stonefield").id, "na")
        other.book.fold(None)
        other.log(there, "fri 100 ach")
        mark = len(terminal.seen)
        terminal.kill(signal.SIGCONT)
        terminal.read_until(b"bob: promise of 100.00, Kestrel Table Group", since=mark)
        terminal.type(b"q")
        assert terminal.wait() == 0
    assert len(Book(demo).history) == other.book.number
