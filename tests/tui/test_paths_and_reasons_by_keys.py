"""In a call, by keys: reasons by digit, steps gone back to, the record beside the line, a reason to call now."""

from pathlib import Path

import pytest

from arctui.core.calls import Call
from arctui.core.changes import added
from arctui.core.records import Activity, Outcome, PolicyChange
from arctui.playbook.model import standard
from arctui.store import Book
from tests.core.builders import moment
from tests.core.oracle import nov
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation


async def to(clerk: Workstation, name: str) -> None:
    await clerk.press("slash")
    await clerk.enter(name)
    await clerk.press("escape")


async def test_the_commonest_reasons_have_their_digits(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press("enter", "1")
        for digit, name in enumerate(standard().commonest, 1):
            await clerk.press("e", str(digit))
            assert clerk.desk.calling.call
            assert clerk.desk.calling.call.moves[-1].to in (name, f"{name}-known"), digit
            if clerk.desk.prompt.display:
                await clerk.press("escape")


async def test_whole_words_are_found_before_parts_of_words(demo: Path) -> None:
    found = {
        "po": "po-missing",
        "lawyer": "lawyer",
        "approv": "approval",
        "w9": "supplier-form",
        "broke": "cash-flow",
    }
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press("enter", "1")
        for typed, step in found.items():
            await clerk.press("e")
            await clerk.enter(typed)
            assert clerk.desk.calling.place.name == step
            if clerk.desk.prompt.display:
                await clerk.press("escape")


async def test_a_burst_of_the_excuse_key_and_its_digit_is_taken_in_its_order(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press("enter")
        await clerk.type("1e2")
        assert clerk.desk.calling.place.name == "approval"


async def test_any_step_is_gone_back_to_and_nothing_typed_is_lost(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press("enter", "1", "1", "1")
        await clerk.type("fri 12")
        await clerk.press("escape", "n")
        await clerk.enter("asks for the year's statement")
        await clerk.press("b")
        assert standard().step("now").title in clerk.text
        await clerk.press("2")
        assert clerk.desk.calling.place.name == "open"
        await clerk.press("3")
        assert clerk.desk.calling.place.name == "commitment"
        call = clerk.desk.calling.now
        assert {"fri 12"} <= {*call.drafts.values(), call.typed}
        assert any(m.text == "asks for the year's statement" for m in call.moves)


async def test_at_the_first_step_there_is_nothing_to_go_back_to(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "b")
        assert clerk.status == "this is the first step of the call"


async def test_a_second_reason_is_another_branch_and_both_are_kept(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press("enter", "1", "e", "2", "e")
        await clerk.enter("form")
        await clerk.press("p")
        await clerk.enter("fri ach")
        await clerk.press("enter", "enter")
    assert list(Book(demo).facts.all(Activity))[-1].excuses == ("approval", "supplier-form")


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_while_a_date_is_taken_the_record_and_a_day_worth_asking_for_are_on_the_screen(
    demo: Path, size: tuple[int, int]
) -> None:
    async with workstation(demo, DEMO_DAY, size=size) as clerk:
        await clerk.press("enter", "1", "p")
        for typed in ("", "fri 12"):
            await clerk.type(typed)
            shown = " ".join(clerk.reading.split())
            assert "kept 1 of 3 promises (Dana Whitfield 0 of 2), pays 28 days late on average" in shown
            assert "ask for today, at the latest Tue 24 Nov, by transfer or card" in shown


async def test_the_record_stands_by_the_quick_line_too(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("p")
        assert "kept 1 of 3 promises" in clerk.reading


async def test_facts_for_the_file_are_read_as_such_at_the_scripts_own_line(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await to(clerk, "Harborlight")
        await clerk.press("enter", "1", "e", "4", "1")
        await clerk.type("weekly thu, cut-off 2, docs order")
        shown = " ".join(clerk.reading.split())
        assert "next run Fri 27 Nov (Thu 26 Nov is Thanksgiving Day), cut-off Tue 24 Nov" in shown
        assert "not understood" not in shown
        await clerk.press("enter")
        assert clerk.desk.calling.place.name == "pay-run-known"
        assert "Your next run is on Friday 27 November and closes on Tuesday 24 November" in clerk.script


async def test_a_call_on_an_account_that_was_stopped_says_so_and_can_be_ended(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "escape", "x")
        await clerk.enter("bankruptcy")
        await clerk.press("enter")
        assert "NOT TO BE CALLED: bankruptcy" in clerk.script
        await clerk.press("l")
        await clerk.enter("ref filed on 20 nov")
        assert "refused, Kestrel Table Group" in clerk.status


# May I call now?


@pytest.fixture
def at_night(demo: Path) -> Path:
    """The demo's firm keeps calling hours that are over."""
    hours = PolicyChange(
        id="hours",
        setting="calling_to",
        value="00:01",
        since=nov(2),
        by="ann",
        at=moment(nov(22)),
    )
    Book(demo).commit("calling hours", [added(hours)], "ann", moment(nov(22)))
    return demo


async def test_outside_the_calling_hours_a_call_needs_a_reason_and_keeps_it(at_night: Path) -> None:
    async with workstation(at_night, DEMO_DAY) as clerk:
        name = clerk.account
        await clerk.press("enter")
        assert "calling hours are 00:00 to 00:01" in clerk.reading
        assert not clerk.desk.calling.call
        await clerk.press("enter")
        assert "why now?" in clerk.reading
        assert list(Book(at_night).facts.all(Call)) == []
        await clerk.enter("asked for an early call")
        assert f"CALL {name}" in clerk.script
        await clerk.press("2", "enter")
    made = list(Book(at_night).facts.all(Activity))[-1]
    assert made.outcome is Outcome.NO_ANSWER
    assert "called although " in made.note
    assert "calling hours are 00:00 to 00:01: asked for an early call" in made.note


async def test_escape_calls_nobody_and_an_open_call_stays(at_night: Path) -> None:
    async with workstation(at_night, DEMO_DAY) as clerk:
        await clerk.press("enter")
        await clerk.press("escape")
        assert clerk.status == "not called"
        assert not clerk.desk.calling.call
        assert clerk.desk.front == "worklist"
        await clerk.press("enter")
        await clerk.enter("asked for it")
        await clerk.press("1", "w", "j", "enter")
        assert "calling hours" in clerk.reading
        assert clerk.desk.calling.call
        assert clerk.desk.calling.call.session


async def test_the_review_asks_for_the_reason_too_and_goes_on_after_the_call(at_night: Path) -> None:
    async with workstation(at_night, DEMO_DAY) as clerk:
        await clerk.press("r", "enter", "2")
        await clerk.enter("they are there until late")
        assert "happened?" in clerk.script
        await clerk.press("l")
        await clerk.enter("na")
        assert clerk.desk.reviewing.open
        assert clerk.desk.front == "script"


async def test_they_may_call_at_any_hour(at_night: Path) -> None:
    async with workstation(at_night, DEMO_DAY) as clerk:
        await clerk.press("a", "enter")
        assert "THEY CALL" in clerk.script


# The firm's own script


async def test_a_broken_script_of_the_firm_does_not_block_the_day_and_is_told(demo: Path) -> None:
    (demo.parent / "playbook.toml").write_text('[steps.open]\nsay = "no list"\n', encoding="utf-8")
    async with workstation(demo, DEMO_DAY) as clerk:
        assert "the standard call script is used" in clerk.status
        assert "playbook.toml:2" in clerk.status
        await clerk.press("enter", "1")
        assert "happened?" in clerk.script


async def test_the_firms_own_sentence_is_said(demo: Path) -> None:
    own = '[steps.no-answer]\ndo = "Ring the switchboard as well."\n'
    (demo.parent / "playbook.toml").write_text(own, encoding="utf-8")
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "2")
        assert "Ring the switchboard as well." in clerk.script


# Over the line of a step


async def test_a_note_is_written_over_the_line_and_the_line_is_there_again(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "p")
        await clerk.type("fri 12")
        await clerk.press("f3")
        await clerk.enter("speaks of the bank")
        assert clerk.desk.prompt.purpose == "call_line"
        assert clerk.desk.prompt.input.value == "fri 12"
        await clerk.press("f3", "escape")
        assert clerk.desk.prompt.input.value == "fri 12"
        assert "noted: speaks of the bank" in clerk.script


async def test_a_reason_is_found_over_the_line_and_what_was_typed_waits_there(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "p")
        await clerk.type("fri 12")
        await clerk.press("f2", "escape")
        assert clerk.desk.prompt.input.value == "fri 12"
        await clerk.press("f2", "2")
        assert clerk.desk.calling.place.name == "approval"
        await clerk.press("p")
        assert clerk.desk.prompt.input.value == "fri 12"


@pytest.mark.parametrize("key", ["f2", "f4"])
async def test_escape_from_a_list_over_the_line_and_once_more_leaves_the_line(demo: Path, key: str) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "p")
        await clerk.type("fri 12")
        await clerk.press(key, "escape")
        assert clerk.desk.prompt.display
        await clerk.press("escape")
        assert not clerk.desk.prompt.display


async def test_where_calls_stop_no_promise_is_asked_for(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1", "e", *[k if k != " " else "space" for k in "stop calling me"], "enter", "1")
        await clerk.enter("by mail only")
        assert "no more calls" in clerk.script
        assert "is still open" not in clerk.script
