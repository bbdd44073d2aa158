"""A call by its keys: what they do, what is seen, and that nothing typed is lost."""

from pathlib import Path

import pytest

from arctui.core.calls import Call
from arctui.core.records import Activity, Outcome
from arctui.store import Book
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

SIZES = [(80, 24), (120, 32), (160, 45)]


def calls(book: Path) -> list[Call]:
    return list(Book(book).facts.all(Call))


async def to(clerk: Workstation, name: str) -> None:
    """Put the cursor of the worklist on an account."""
    await clerk.press("slash")
    await clerk.enter(name)
    await clerk.press("escape")
    assert clerk.account.startswith(name)


@pytest.mark.parametrize("size", SIZES)
async def test_during_a_call_all_that_is_needed_is_on_the_screen(demo: Path, size: tuple[int, int]) -> None:
    async with workstation(demo, DEMO_DAY, size=size) as clerk:
        await to(clerk, "Birch Works")
        await clerk.press("enter", "1")
        text = clerk.script
        assert "happened?" in clerk.text
        for part in ("Tony Marsh", "+1 480 555 0197", "to ask for 1,850.00", "70226", "you told us that"):
            assert part in text
        assert "1 It was sent" in text
        assert "The promise was broken > _" in text
        assert "1-9 reply" in clerk.keys
        assert "Esc park" in clerk.keys


async def test_backspace_goes_back_also_from_an_empty_line_and_the_typed_line_is_there_again(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "p")
        await clerk.type("fri 12")
        await clerk.press("escape")
        assert "Enter types the promise" in clerk.script
        await clerk.press("enter")
        assert clerk.desk.prompt.input.value == "fri 12"
        await clerk.type("00 ach")
        await clerk.press("enter")
        assert "To confirm: 1,200.00 by bank transfer on Friday 27 November" in clerk.script
        await clerk.press("backspace")
        assert clerk.desk.prompt.input.value == "fri 1200 ach"
        for _ in range(len("fri 1200 ach")):
            await clerk.press("backspace")
        assert clerk.desk.prompt.purpose == "call_line"
        await clerk.press("backspace")
        assert clerk.desk.prompt.purpose == ""
        assert "What happened?" in clerk.script
        await clerk.press("backspace")
        assert "Speaking, or put through" in clerk.script
        await clerk.press("backspace")
        assert "this is the beginning of the call" in clerk.status


async def test_escape_leaves_an_untouched_call_without_a_trace_and_parks_any_other(demo: Path) -> None:
    before = demo.read_text(encoding="utf-8").count('"outcome"')
    async with workstation(demo, DEMO_DAY) as clerk:
        name = clerk.account
        await clerk.press("enter", "escape")
        assert calls(demo) == []
        assert clerk.account == name
        await to(clerk, "Harborlight")
        await clerk.press("enter", "1", "escape")
        assert "parked: Harborlight Seafood" in clerk.status
        assert clerk.accounts[0] == "Harborlight Seafood"
        assert "is not finished: Enter goes on" in clerk.entries[0].why
        assert len(calls(demo)) == 1
    assert demo.read_text(encoding="utf-8").count('"outcome"') == before
    async with workstation(demo, DEMO_DAY) as clerk:
        assert clerk.account == "Harborlight Seafood"
        await clerk.press("enter")
        assert "When did you send your payment?" in clerk.script


async def test_an_excuse_is_found_by_typing_from_anywhere_and_is_kept(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "e")
        for typed, found in (("po", "PO number"), ("lawyer", "lawyer"), ("approv", "waiting for approval")):
            await clerk.type(typed)
            assert found in clerk.text
            await clerk.press(*["backspace"] * len(typed))
        await clerk.type("no such thing at all")
        assert "nothing is found" in clerk.text
        await clerk.press("enter")
        await clerk.press("e")
        await clerk.enter("lawyer")
        assert "Name, firm" in clerk.script or "lawyer" in clerk.script.lower()
        await clerk.press("escape")
    assert [m.to for m in calls(demo)[0].moves if m.kind == "excuse"] == ["lawyer"]


async def test_a_lawyer_stops_all_calling(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press("enter", "1", "e")
        await clerk.enter("lawyer")
        await clerk.until_a_line("1")
        await clerk.enter("Oak and Partners, Mr Oak, 555 0100")
        await clerk.press("enter")
        assert "Harborlight Seafood" not in clerk.accounts
        await clerk.press("slash")
        await clerk.enter("harborlight")
        assert "NOT TO BE CALLED: attorney" in clerk.facts
        await clerk.press("enter")
        assert "not to be called: attorney" in clerk.status
        await clerk.press("u")
        assert "Harborlight Seafood" in clerk.accounts


async def test_a_digit_without_a_reply_and_a_call_without_a_result_are_refused(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "enter")
        assert "which reply?" in clerk.status
        await clerk.press("p", "escape", "7")
        assert "no reply is asked for here" in clerk.status
        assert calls(demo)[0].moves[-1].to == "commitment"


async def test_any_result_ends_a_call_by_a_line(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press("enter", "1", "l")
        await clerk.type("cb tue 10:30 ask for Lee")
        assert "call back Tue 24 Nov 2026" in clerk.reading
        await clerk.press("enter")
        assert "callback, Harborlight Seafood" in clerk.status
        assert clerk.desk.front == "worklist"
    made = list(Book(demo).facts.all(Activity))[-1]
    assert made.outcome is Outcome.CALLBACK
    assert "When did you send your payment?" not in made.note.splitlines()[0]


async def test_undo_of_an_ended_call_brings_it_back_with_its_path(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press("enter", "1", "p")
        await clerk.enter("fri ach")
        await clerk.press("1", "enter")
        assert "Harborlight Seafood" not in clerk.accounts
        await clerk.press("u")
        assert "undone: promise of" in clerk.status
        assert clerk.account == "Harborlight Seafood"
        assert clerk.accounts[0] == "Harborlight Seafood"
        await clerk.press("enter")
        assert "Enter ends the call" in clerk.script
        await clerk.press("enter")
        assert "promise of" in clerk.status


async def test_calling_somebody_else_parks_the_open_call(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(160, 45)) as clerk:
        first = clerk.account
        await clerk.press("enter", "1", "w", "j")
        assert clerk.desk.calling.call is not None
        other = clerk.account
        assert other != first
        await clerk.press("enter")
        assert other in clerk.script
        assert clerk.accounts[0] == first
        await clerk.press("escape")
        assert len(calls(demo)) == 1


async def test_the_whole_account_can_be_read_during_a_call(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "i")
        assert "ACCOUNT" in clerk.text
        await clerk.press("escape")
        assert "What happened?" in clerk.script


async def test_another_window_that_takes_the_call_over_leaves_this_one_at_the_list(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as first:
        name = first.account
        await first.press("enter", "1")
        async with workstation(demo, DEMO_DAY) as second:
            assert second.account == name
            assert "is not finished" in second.entries[0].why
            await second.press("enter", "enter", "n")
            await second.enter("heard in the second window")
        first.desk.following.look()
        assert "goes on in another window" in first.status
        assert first.desk.calling.call is None
    assert [m.text for m in calls(demo)[0].moves] == ["Speaking, or put through", "heard in the second window"]


async def test_an_account_that_goes_while_it_is_called_is_said_and_nothing_breaks(demo: Path, tmp_path: Path) -> None:
    report = tmp_path / "one.csv"
    report.write_text(
        "Customer,Invoice,Date,Due Date,Balance\nNew Firm,N-1,2026-09-01,2026-10-01,99.00\n", encoding="utf-8"
    )
    book = tmp_path / "new.json"
    async with workstation(book, DEMO_DAY) as clerk:
        await clerk.press("o")
        await clerk.paste(str(report))
        await clerk.press("enter", "escape", "enter", "1")
        assert "This is Ann. 99.00 is past due, 53 days now: invoice N-1 of 99.00" in clerk.script
        Book(book).undo("ann", clerk.desk.desk.rules.moment.now)
        clerk.desk.following.look()
        assert clerk.desk.calling.call is None
        assert "took this account out of the book" in clerk.status
        await clerk.press("1", "enter", "j", "c", "w")
        assert clerk.desk.desk.check()[0] == []
    async with workstation(book, DEMO_DAY) as clerk:
        assert clerk.accounts == []
        assert clerk.desk.calling.call is None


async def test_resizing_in_a_call_keeps_step_and_line(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "p")
        await clerk.type("fri 12")
        for size in ((160, 45), (60, 15), (40, 10), (200, 60), (80, 24)):
            await clerk.resize(*size)
            assert clerk.desk.prompt.input.value == "fri 12"
            assert "fri 12" in clerk.text
        await clerk.press("escape", "escape")
        assert calls(demo)[0].typed == "fri 12"


async def test_a_burst_of_keys_is_taken_in_its_order(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press("enter", "1", "p", "f", "r", "i", "space", "a", "c", "h", "enter", "1", "enter")
        assert "promise of 3,180.40, Harborlight Seafood" in clerk.status


async def test_an_account_that_goes_while_its_line_is_typed_is_said_at_the_next_key(
    demo: Path, tmp_path: Path
) -> None:
    report = tmp_path / "one.csv"
    report.write_text(
        "Customer,Invoice,Date,Due Date,Balance\nNew Firm,N-1,2026-09-01,2026-10-01,99.00\n", encoding="utf-8"
    )
    book = tmp_path / "new.json"
    async with workstation(book, DEMO_DAY) as clerk:
        await clerk.press("o")
        await clerk.paste(str(report))
        await clerk.press("enter", "escape", "enter", "1", "p")
        await clerk.type("fri")
        Book(book).undo("ann", clerk.desk.desk.rules.moment.now)
        clerk.desk.desk.refresh()
        await clerk.type(" 99")
        await clerk.press("enter", "escape")
        assert clerk.desk.calling.call is None


async def test_a_note_and_a_result_that_were_begun_are_kept_in_the_call(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "n")
        await clerk.type("the boss is away")
        await clerk.press("escape", "l")
        await clerk.type("cb tue")
        await clerk.press("escape")
        assert calls(demo)[0].drafts == {"note_in_call": "the boss is away", "end_with": "cb tue"}
        await clerk.press("n")
        assert clerk.desk.prompt.input.value == "the boss is away"
        await clerk.press("enter")
        assert [m.text for m in calls(demo)[0].moves][-1] == "the boss is away"
        assert calls(demo)[0].drafts == {"end_with": "cb tue"}


async def test_leaving_the_program_at_once_keeps_the_last_key(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "p")
        await clerk.type("fri 500")
        await clerk.press("ctrl+q")
    assert calls(demo)[0].typed == "fri 500"
    async with workstation(demo, DEMO_DAY) as clerk:
        assert "fri 500" in clerk.text or "is not finished" in clerk.entries[0].why


async def test_backspace_keeps_a_line_that_was_begun(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "p")
        await clerk.type("fri 500 check")
        await clerk.press("escape", "backspace", "p")
        assert clerk.desk.prompt.input.value == "fri 500 check"


async def test_a_stopped_account_that_cannot_be_called_does_not_cost_the_open_call(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press("x")
        await clerk.enter("attorney")
        first = clerk.account
        await clerk.press("enter", "1", "w", "slash")
        await clerk.enter("harborlight")
        await clerk.press("enter")
        assert "not to be called" in clerk.status
        assert clerk.desk.calling.call is not None
        await clerk.press("s")
        assert first in clerk.script


async def test_after_a_call_that_was_searched_for_the_whole_list_is_there_again(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        count = len(clerk.accounts)
        await clerk.press("slash")
        await clerk.enter("harborlight")
        await clerk.press("enter", "2", "enter")
        assert len(clerk.accounts) == count - 1


async def test_before_the_end_it_is_said_what_is_still_open(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press("enter", "1", "p")
        await clerk.enter("fri 100 ach")
        await clerk.press("1")
        assert "3,080.40 is still open: p takes a day for it too" in clerk.script


async def test_who_came_to_the_line_stands_at_the_head_of_the_call(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "7")
        await clerk.enter("Marcus Bell")
        assert "Marcus Bell" in " ".join(clerk.facts.splitlines()[:3])


async def test_an_account_that_somebody_else_has_on_the_line_is_passed_over(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j")
        first, other, third = clerk.accounts[1:4]
        async with workstation(demo, DEMO_DAY, clerk="bob") as bob:
            await bob.press("slash")
            await bob.enter(other)
            await bob.press("enter", "1")
            clerk.desk.following.look()
            await clerk.press("enter", "2", "enter")
            assert first in clerk.status
            assert clerk.account == third
            assert "bob has them on the line since 10:12" in clerk.entries[clerk.accounts.index(other)].why


async def test_what_ended_one_call_is_not_begun_in_the_next(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "l")
        await clerk.enter("na")
        await clerk.press("enter", "1", "l")
        assert clerk.desk.prompt.input.value == ""
        await clerk.press("escape")
        assert calls(demo)[0].drafts == {}


async def test_a_line_that_is_refused_is_kept_as_it_was_typed(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "p")
        await clerk.enter("soon")
        assert "which day does it leave the bank?" in clerk.reading
        await clerk.press("ctrl+q")
    assert calls(demo)[0].typed == "soon"


async def test_a_note_in_a_call_from_the_review_leaves_the_cursor_on_its_account(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(120, 40)) as clerk:
        await clerk.press("r", "enter", "right_square_bracket", "2")
        name = clerk.account
        await clerk.press("n")
        await clerk.enter("heard")
        assert clerk.account == name
        assert "noted: heard" in clerk.script
        await clerk.press("escape")
        assert f"REVIEW 2 of 10 BROKEN {name}" in clerk.script
