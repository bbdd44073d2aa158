"""What is typed outside a call and not saved yet: after a kill the next start offers it back where it was typed."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from arctui.core.records import Promise
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book
from arctui.store.verify import problems
from tests.tui.conftest import DEMO_DAY
from tests.tui.drafting import drafts
from tests.tui.workstation import Workstation, workstation

#: No process has so high a number.
DEAD = f"{socket.gethostname()} 99999999 0123abcd"


@asynccontextmanager
async def to_be_killed(book: Path, *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Workstation]:
    """A workstation that ends without leaving, as the session of a process that is gone."""
    async with workstation(book, DEMO_DAY, size=size) as clerk:
        clerk.app.desk.calls.session = DEAD
        yield clerk


async def typed_on(clerk: Workstation, book: Path, text: str) -> None:
    """Type a text, and let the program go on by itself until it is on disk.

    It waits for less time here before it keeps; the tests in a real terminal wait as a clerk does.
    """
    with patch("arctui.tui.screens.keeping._KEEP_SECONDS", 0.01):
        await clerk.type(text)
    await clerk.until(lambda: text in drafts(book))


async def to(clerk: Workstation, name: str) -> None:
    """Put the cursor of the worklist on an account."""
    await clerk.press("slash")
    await clerk.enter(name)
    await clerk.press("escape")
    assert clerk.account.startswith(name)


LINES = {
    "promise": ("p", "fri 12", "00 ach", "promise of 1,200.00"),
    "log": ("l", "l", "vm", "left voice mail"),
    "note": ("n", "the boss is", " away", "note"),
    "follow_up": ("f", "fri ask for", " Lee", "follow-up on Fri 27 Nov"),
    "dispute": ("d", "450 damaged", " pallets", "dispute"),
    "letter": ("L o", "reminder mail", " nov 18", "letter of Wed 18 Nov"),
    "stop": ("x", "leg", "al", "calling stopped (legal)"),
}


@pytest.mark.parametrize("purpose", LINES)
async def test_after_a_kill_the_line_is_open_again_on_its_account_and_enter_saves_it(
    demo: Path, purpose: str
) -> None:
    key, begun, rest, saved = LINES[purpose]
    async with to_be_killed(demo) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press(*key.split())
        await typed_on(clerk, demo, begun)
    async with workstation(demo, DEMO_DAY) as clerk:
        assert clerk.account == "Harborlight Seafood"
        assert "this line was cut off: Enter saves it" in clerk.status
        assert (clerk.desk.prompt.purpose, clerk.desk.prompt.input.value) == (purpose, begun)
        assert "Harborlight" in clerk.text
        assert "draft kept" not in clerk.text
        await clerk.enter(rest)
        assert clerk.status.startswith("saved 10:12")
        assert saved in clerk.status
        assert "Harborlight Seafood" in clerk.status
        assert drafts(demo) == []
    async with workstation(demo, DEMO_DAY) as clerk:
        assert not clerk.desk.prompt.display
    assert problems(Book(demo)) == []


async def test_the_account_of_a_line_that_was_cut_off_is_shown_though_it_is_not_on_the_list(demo: Path) -> None:
    desk = Desk(Book(demo), Clock(DEMO_DAY), "ann")
    hidden = next(a for a in desk.accounts() if desk.row(a.id) is None)
    async with to_be_killed(demo) as clerk:
        await clerk.press("slash")
        await clerk.enter(hidden.name)
        await clerk.press("n")
        await typed_on(clerk, demo, "half a no")
    async with workstation(demo, DEMO_DAY) as clerk:
        assert clerk.account == hidden.name
        await clerk.enter("te")
        assert f"note, {hidden.name}" in clerk.status


async def test_the_path_of_an_import_is_there_again(demo: Path, report: Path) -> None:
    async with to_be_killed(demo) as clerk:
        await clerk.press("o")
        await typed_on(clerk, demo, str(report)[:-4])
    async with workstation(demo, DEMO_DAY) as clerk:
        assert "this path was cut off: Enter imports it" in clerk.status
        await clerk.enter(".csv --add")
        assert "IMPORT report.csv" in clerk.text
        await clerk.press("escape")
    assert drafts(demo) == []


@pytest.mark.parametrize(("key", "purpose"), [("1", "came_in"), ("5", "leave_promise")])
async def test_a_line_of_the_review_is_open_again_at_its_promise(demo: Path, key: str, purpose: str) -> None:
    async with to_be_killed(demo) as clerk:
        await clerk.press("r", "enter", "right_square_bracket", key)
        await typed_on(clerk, demo, "50 fri")
        shown = clerk.script.partition("owes")[0]
        assert "REVIEW 2 of 10" in shown
    async with workstation(demo, DEMO_DAY) as clerk:
        assert clerk.script.startswith(shown)
        assert (clerk.desk.prompt.purpose, clerk.desk.prompt.input.value) == (purpose, "50 fri")
        await clerk.press("enter")
        assert clerk.status.startswith("saved")
    assert drafts(demo) == []


async def test_each_promise_under_review_has_a_draft_of_its_own(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("r", "enter", "5")
        await clerk.type("signs tomorrow")
        await clerk.press("escape", "right_square_bracket", "5")
        assert clerk.desk.prompt.input.value == ""
        await clerk.press("escape", "left_square_bracket", "5")
        assert clerk.desk.prompt.input.value == "signs tomorrow"


async def test_a_line_whose_promise_is_gone_meanwhile_is_offered_as_a_note(demo: Path) -> None:
    bob = Desk(Book(demo), Clock(DEMO_DAY), "bob")
    (promise,) = bob.log(bob.find("Harborlight").id, "today 50 card").promises
    async with to_be_killed(demo) as clerk:
        await clerk.press("r", "enter")
        clerk.desk.reviewing.take_up(promise.id)
        await clerk.press("5")
        await typed_on(clerk, demo, "signs tomorrow")
    bob.undo()
    async with workstation(demo, DEMO_DAY) as clerk:
        assert "what this line was for is gone: Enter saves it as a note" in clerk.status
        assert clerk.account == "Harborlight Seafood"
        assert (clerk.desk.prompt.purpose, clerk.desk.prompt.input.value) == ("note", "signs tomorrow")
        await clerk.press("enter")
        assert "note, Harborlight Seafood" in clerk.status
    assert drafts(demo) == []


async def test_a_line_that_was_left_for_a_promise_that_is_gone_joins_the_note(demo: Path) -> None:
    bob = Desk(Book(demo), Clock(DEMO_DAY), "bob")
    (promise,) = bob.log(bob.find("Harborlight").id, "today 50 card").promises
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press("n")
        await clerk.type("rang twice")
        await clerk.press("escape", "r", "enter")
        clerk.desk.reviewing.take_up(promise.id)
        await clerk.press("5")
        await clerk.type("signs tomorrow")
        await clerk.press("escape")
    bob.undo()
    async with workstation(demo, DEMO_DAY) as clerk:
        assert not clerk.desk.prompt.display
        await to(clerk, "Harborlight")
        await clerk.press("n")
        assert clerk.desk.prompt.input.value == "rang twice; signs tomorrow"
    assert drafts(demo) == ["rang twice; signs tomorrow"]


async def test_a_follow_up_that_was_being_moved_is_moved_on(demo: Path) -> None:
    desk = Desk(Book(demo), Clock(DEMO_DAY), "ann")
    kestrel = desk.find("Kestrel").id
    desk.follow_up(kestrel, "fri ask for Lee")
    async with to_be_killed(demo, size=(160, 45)) as clerk:
        await clerk.press("c", *["right"] * 4, "enter")
        for _ in range(20):
            if clerk.desk.planning.entry and "ask for Lee" in clerk.desk.planning.entry.why:
                break
            await clerk.press("j")
        await clerk.press("f")
        await typed_on(clerk, demo, "mon ask")
    async with workstation(demo, DEMO_DAY, size=(160, 45)) as clerk:
        assert clerk.desk.prompt.purpose == "move"
        assert "cut off" in clerk.status
        await clerk.enter(" for Tony")
        assert "follow-up moved to Mon 30 Nov, Kestrel Table Group" in clerk.status
    assert drafts(demo) == []


async def test_a_move_of_a_follow_up_that_was_done_meanwhile_is_offered_as_a_note(demo: Path) -> None:
    desk = Desk(Book(demo), Clock(DEMO_DAY), "ann")
    kestrel = desk.find("Kestrel").id
    desk.follow_up(kestrel, "fri ask for Lee")
    entry = next(e for e in desk.agenda.between(desk.today, desk.today.replace(day=27)) if "Lee" in e.why)
    async with to_be_killed(demo, size=(160, 45)) as clerk:
        clerk.desk.planning.take_up(entry.record)
        await typed_on(clerk, demo, "mon")
    desk.refresh()
    desk.log(kestrel, "mon 50 ach")
    async with workstation(demo, DEMO_DAY, size=(160, 45)) as clerk:
        assert "what this line was for is gone: Enter saves it as a note" in clerk.status
        assert clerk.account == "Kestrel Table Group"
        assert (clerk.desk.prompt.purpose, clerk.desk.prompt.input.value) == ("note", "mon")
        assert clerk.desk.front == "worklist"


async def test_a_line_that_was_left_is_found_by_its_mark_and_is_not_forced_on_the_clerk(demo: Path) -> None:
    async with to_be_killed(demo) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press("p")
        await clerk.type("fri 12")
        await clerk.press("escape")
        assert "left; what you typed is kept for this account" in clerk.status
        assert clerk.entries[clerk.desk.accounts.cursor].why.startswith("draft kept; ")
    async with workstation(demo, DEMO_DAY, size=(120, 32)) as clerk:
        assert not clerk.desk.prompt.display
        assert [e.name for e in clerk.entries if e.why.startswith("draft kept; ")] == ["Harborlight Seafood"]
        await to(clerk, "Harborlight")
        assert "draft, p goes on: fri 12" in clerk.script
        await clerk.press("p")
        assert clerk.desk.prompt.input.value == "fri 12"
        await clerk.enter("00 ach")
        assert "promise of 1,200.00" in clerk.status
        assert "draft" not in clerk.script
        await clerk.press("u")
        assert "undone: promise" in clerk.status
        assert "draft" not in clerk.script
        await clerk.press("p")
        assert clerk.desk.prompt.input.value == ""
    assert drafts(demo) == []


@pytest.mark.parametrize("keys", [("escape", "q"), ("ctrl+q",)])
async def test_leaving_the_program_keeps_what_is_being_typed(demo: Path, keys: tuple[str, ...]) -> None:
    async with to_be_killed(demo) as clerk:
        name = clerk.account
        await clerk.press("n")
        await clerk.type("the boss is away")
        await clerk.press(*keys)
    assert drafts(demo) == ["the boss is away"]
    async with workstation(demo, DEMO_DAY) as clerk:
        assert clerk.account == name
        assert clerk.desk.prompt.display == (keys == ("ctrl+q",))
        await clerk.press("escape", "n")
        assert clerk.desk.prompt.input.value == "the boss is away"


async def test_what_is_emptied_or_never_touched_is_no_draft(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("x")
        await clerk.enter("legal")
        account = clerk.account
        for key in ("slash", "p", "x"):
            await clerk.press(key, "escape")
        await clerk.press("n")
        await clerk.type("ab")
        await clerk.press("backspace", "backspace", "escape")
        await clerk.press("slash")
        await clerk.type("birch")
        clerk.desk.typing.flush()
        assert account
    assert drafts(demo) == []


async def test_a_refused_line_stays_a_draft(demo: Path) -> None:
    async with to_be_killed(demo) as clerk:
        await clerk.press("p")
        await clerk.enter("soon")
        assert "which day does it leave the bank?" in clerk.reading
        await clerk.until(lambda: drafts(demo) == ["soon"])
    async with workstation(demo, DEMO_DAY) as clerk:
        assert clerk.desk.prompt.input.value == "soon"


async def test_typing_does_not_look_like_a_change_by_somebody_else(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("p")
        await typed_on(clerk, demo, "fri 100 ach")
        clerk.desk.following.look()
        await clerk.press("enter")
        assert "promise of 100.00" in clerk.status
    assert len([p for p in Book(demo).facts.all(Promise) if str(p.amount) == "100.00"]) == 1


async def test_a_line_over_an_open_call_comes_back_over_it(demo: Path) -> None:
    async with to_be_killed(demo) as clerk:
        called = clerk.account
        await clerk.press("enter", "1", "p")
        await clerk.type("fri 7")
        await clerk.press("escape", "w")
        await to(clerk, "Harborlight")
        await clerk.press("n")
        await typed_on(clerk, demo, "rang them")
    async with workstation(demo, DEMO_DAY) as clerk:
        assert (clerk.desk.prompt.purpose, clerk.desk.prompt.input.value) == ("note", "rang them")
        await clerk.press("enter")
        assert "note, Harborlight Seafood" in clerk.status
        await clerk.press("s")
        assert called in clerk.script
        await clerk.press("enter")
        assert clerk.desk.prompt.input.value == "fri 7"


async def test_a_line_in_another_window_is_left_there(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as first:
        await first.press("p")
        await typed_on(first, demo, "fri 12")
        async with workstation(demo, DEMO_DAY) as second:
            assert not second.desk.prompt.display
            await second.press("p")
            assert second.desk.prompt.input.value == ""
            await typed_on(second, demo, "mon 5")
            await second.press("escape")
        await first.enter("00 ach")
        assert "promise of 1,200.00" in first.status
    assert drafts(demo) == ["mon 5"]
