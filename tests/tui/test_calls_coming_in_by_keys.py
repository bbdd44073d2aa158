"""They call us, by keys: found from anywhere, the open call waits and is gone back to."""

from pathlib import Path

import pytest

from arctui.core.calls import Call
from arctui.core.records import Activity
from arctui.store import Book
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import workstation


def last(book: Path) -> Activity:
    return list(Book(book).facts.all(Activity))[-1]


async def test_a_caller_is_taken_in_the_middle_of_a_call_and_the_clerk_is_led_back(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        first = clerk.account
        await clerk.press("enter", "1", "n")
        await clerk.enter("she was away")
        await clerk.press("p")
        await clerk.type("fri 12")
        await clerk.press("escape", "slash")
        await clerk.enter("harborlight")
        assert "THEY CALL Harborlight Seafood" in clerk.script
        assert "With whom do I speak?" in clerk.script
        waiting = [c for c in Book(demo).facts.all(Call) if c.parked_at]
        assert [c.typed for c in waiting] == ["fri 12"]
        await clerk.press("1", "1")
        await clerk.enter("fri ach")
        await clerk.press("enter", "enter")
        assert f"CALL {first}" in clerk.script
        assert "saved 10:12: promise of" in clerk.status
        assert clerk.desk.prompt.input.value == "fri 12"
        assert (last(demo).inbound, last(demo).reached) == (True, True)
        assert "10:12 they called us" in last(demo).note


async def test_a_caller_who_is_parked_leads_back_too_and_one_that_said_nothing_leaves_no_trace(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        first = clerk.account
        await clerk.press("enter", "1", "slash")
        await clerk.enter("harborlight")
        await clerk.press("escape")
        assert f"CALL {first}" in clerk.script
        assert "nothing was noted: Harborlight Seafood" in clerk.status
        await clerk.press("slash")
        await clerk.enter("harborlight")
        await clerk.press("1", "escape")
        assert f"CALL {first}" in clerk.script
        assert "parked: Harborlight Seafood" in clerk.status
        assert len(list(Book(demo).facts.all(Call))) == 2


@pytest.mark.parametrize(
    "way", [["c"], ["m"], ["r"], ["s"], []], ids=["calendar", "month", "review", "account", "list"]
)
async def test_a_call_is_taken_from_anywhere(demo: Path, way: list[str]) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press(*way, "a")
        await clerk.enter("harborlight")
        assert "THEY CALL" in clerk.script
        assert "With whom do I speak?" in clerk.script


async def test_the_account_that_is_looked_at_is_the_first_who_may_be_calling(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j", "j")
        name = clerk.account
        await clerk.press("a", "enter")
        assert f"THEY CALL {name}" in clerk.script


async def test_escape_from_the_list_of_callers_leaves_the_call_as_it_was(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1")
        before = clerk.script
        await clerk.press("slash", *"harb", "escape")
        assert clerk.script == before
        assert clerk.desk.calling.call


async def test_who_is_on_the_line_already_is_not_taken_again(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        name = clerk.account
        await clerk.press("enter", "1", "slash")
        await clerk.enter(name.split()[0])
        assert "on the line already" in clerk.status


async def test_after_a_caller_from_the_review_the_review_goes_on(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("r", "enter", "2", "n")
        await clerk.enter("a bad line")
        await clerk.press("slash")
        await clerk.enter("harborlight")
        await clerk.press("l")
        await clerk.enter("gk")
        assert "What happened?" in clerk.script
        await clerk.press("l")
        await clerk.enter("na")
        assert clerk.desk.reviewing.open
        assert clerk.desk.front == "script"
