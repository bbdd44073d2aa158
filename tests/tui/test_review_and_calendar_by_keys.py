"""The review and the calendar by their keys, and the panes at every width."""

from pathlib import Path

import pytest

from arctui.core.decisions import Closing
from arctui.core.records import FollowUp, Payment, Promise
from arctui.store import Book
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import workstation


async def test_the_review_is_left_and_goes_on_where_it_stopped(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("r", "enter")
        assert "REVIEW 1 of 10 BROKEN Kestrel Table Group" in clerk.script
        await clerk.press("5")
        await clerk.enter("the controller signs tomorrow")
        assert "REVIEW 2 of 10 BROKEN Stonefield Masonry" in clerk.script
        await clerk.press("right_square_bracket")
        assert "REVIEW 3 of 10" in clerk.script
        await clerk.press("escape")
        assert "9 to look after, r goes on" in clerk.status
        await clerk.press("r")
        assert "REVIEW 3 of 10" in clerk.script
        await clerk.press("left_square_bracket", "left_square_bracket")
        assert "followed up: left until Tue 24 Nov" in clerk.script
        await clerk.press("u")
        assert "undone" in clerk.status
        assert "followed up" not in clerk.script


async def test_each_decision_of_the_review_does_what_it_says(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("r", "enter", "1")
        assert "8,915.00" in clerk.reading
        await clerk.enter("8915 fri check -- no. 7001")
        assert "payment" in clerk.status
        await clerk.press("4", "o")
        await clerk.enter("reminder mail today")
        assert "letter, Stonefield Masonry" in clerk.status
        await clerk.press("3")
        await clerk.type("wed ach")
        assert "in our hands by" in clerk.reading
        await clerk.press("enter")
        assert "promise of 1,322.75, Ridge" in clerk.status
        await clerk.press("5")
        await clerk.press("enter")
        assert "why is it left?" in clerk.reading
        await clerk.press("escape")
        assert "Birch Works" in clerk.script
        await clerk.press("1")
        await clerk.enter("tomorrow")
        assert clerk.desk.prompt.purpose == "came_in"
        await clerk.press("escape", "9")
        assert "in the call" in clerk.status
        assert "BROKEN Birch Works" in clerk.script
    facts = Book(demo).facts
    assert [p.amount for p in facts.all(Payment) if p.entered_by] == [8915]
    assert max(p.taken_on for p in facts.all(Promise)).isoformat() == "2026-11-23"


async def test_a_call_from_the_review_that_is_parked_leads_back_to_it(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("r", "enter", "2")
        assert "What happened?" in clerk.script
        await clerk.press("n")
        await clerk.enter("rings back")
        await clerk.press("escape")
        assert "REVIEW 1 of 10" in clerk.script
        await clerk.press("2", "l")
        await clerk.enter("cb 15:30")
        assert "REVIEW 2 of 10" in clerk.script


async def test_the_summary_agrees_with_the_header_and_closes_the_day(demo: Path) -> None:
    before = len(list(Book(demo).facts.all(Closing)))
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("p")
        await clerk.enter("fri ach")
        await clerk.press("r", "enter", *["right_square_bracket"] * 12)
        assert "THE DAY, Mon 23 Nov" in clerk.script
        figures = clerk.header.split("promises ")[1].split()
        assert f"promises taken {figures[0]} {figures[1]}" in clerk.script
        assert f"broken this day {clerk.header.split('broken ')[1].strip()} " in clerk.script
        assert "not looked after yet" in clerk.script
        await clerk.press("enter")
        assert "come first on the list of Tue 24 Nov. Enter again closes" in clerk.status
        await clerk.press("enter")
        assert "review of Mon 23 Nov closed" in clerk.status
        assert clerk.desk.front == "worklist"
    assert len(list(Book(demo).facts.all(Closing))) == before + 1


async def test_the_month_leads_to_its_entries_and_from_there_to_the_account(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("c")
        assert "NOVEMBER 2026" in clerk.text
        assert ">23]" in clerk.text
        await clerk.press("right", "right", "right")
        assert "THU 26 NOV  Thanksgiving" in clerk.text
        await clerk.press("right", "right")
        assert "SAT 28 NOV  week-end" in clerk.text
        await clerk.press("pagedown")
        assert "DECEMBER 2026" in clerk.text
        await clerk.press("t")
        assert "MON 23 NOV" in clerk.text
        await clerk.press("right", "enter")
        name = clerk.agenda_account
        await clerk.press("enter")
        assert clerk.desk.front == "worklist"
        assert clerk.account == name


async def test_a_callback_is_moved_to_another_day_and_hour_and_a_promise_is_not(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("c", "enter")
        assert "call back" in clerk.text
        await clerk.press("f")
        await clerk.type("fri 11:00 ask for the vicar")
        assert "Fri 27 Nov 2026 11:00" in clerk.reading
        await clerk.press("enter")
        assert "moved to Fri 27 Nov" in clerk.status
        moved = [f for f in Book(demo).facts.all(FollowUp) if f.why == "ask for the vicar"]
        assert [(f.day.isoformat(), str(f.hour)) for f in moved] == [("2026-11-27", "11:00:00")]
        await clerk.press("escape", "t", "right", "enter")
        agenda = clerk.desk.planning.pane.agenda
        for _ in range(agenda.cursor, len(agenda.keys) - 1):
            if clerk.agenda_entry.mark != "P":
                await clerk.press("j")
        assert clerk.agenda_entry.mark == "P"
        await clerk.press("plus")
        assert "never just moved" in clerk.status or "new promise" in clerk.status


@pytest.mark.parametrize("size", [(120, 32), (160, 45), (250, 70)])
async def test_from_120_columns_on_three_panes_stand_side_by_side(demo: Path, size: tuple[int, int]) -> None:
    async with workstation(demo, DEMO_DAY, size=size) as clerk:
        first = clerk.text.splitlines()[1]
        assert "WORKLIST" in first
        assert "NOVEMBER 2026" in first
        assert "to ask for" in clerk.text
        await clerk.press("tab")
        assert clerk.desk.front == "script"
        await clerk.press("tab")
        assert clerk.desk.front == "calendar"
        await clerk.press("tab", "m")
        assert "WORKLIST" not in clerk.text
        await clerk.press("m")
        assert "WORKLIST" in clerk.text


async def test_at_80_columns_the_pane_in_front_is_large_and_the_others_within_a_key(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        assert " c today" in clerk.text
        await clerk.press("s")
        assert "WORKLIST" not in clerk.text
        assert " w 40 on the list" in clerk.text
        assert clerk.text.splitlines()[1].startswith(" St. Brendan") or "Kestrel" in clerk.text
        await clerk.press("c")
        assert "NOVEMBER 2026" in clerk.text
        assert " w 40 on the list" in clerk.text
        await clerk.press("w")
        assert "WORKLIST" in clerk.text
        await clerk.press("enter", "1", "w")
        assert " s on the line: " in clerk.text
        await clerk.press("s")
        assert "1-9 reply" in clerk.keys


async def test_keys_of_another_place_say_where_they_work(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("e")
        assert "this works in the call" in clerk.status
        await clerk.press("enter", "1", "r")
        assert "the call comes first" in clerk.status


async def test_the_review_and_its_summary_know_what_was_done_elsewhere(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(120, 40)) as clerk:
        await clerk.press("r", "enter")
        assert "Kestrel" in clerk.script
        await clerk.press("w", "p")
        await clerk.enter("fri ach")
        await clerk.press("s")
        assert "followed up: new promise" in clerk.script
        await clerk.press(*["right_square_bracket"] * 12)
        assert "calls 1" in clerk.header
        assert "calls dialled 1" in clerk.script


async def test_a_review_is_closed_once_a_day(demo: Path) -> None:
    before = len(list(Book(demo).facts.all(Closing)))
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("r", "enter", *["right_square_bracket"] * 12, "enter", "enter")
        await clerk.press("r", *["right_square_bracket"] * 12, "enter")
        assert "the review of Mon 23 Nov is closed already: by you at 10:12" in clerk.status
    assert len(list(Book(demo).facts.all(Closing))) == before + 1


async def test_a_refused_call_from_the_review_does_not_lead_later_calls_there(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(120, 40)) as clerk:
        await clerk.press("r", "enter", "x")
        await clerk.enter("legal")
        await clerk.press("left_square_bracket", "2")
        assert not clerk.desk.calling.from_review or clerk.desk.calling.call


async def test_a_day_without_entries_moves_nothing(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        before = Book(demo).number
        await clerk.press("c", "right", "right", "right", "plus", "f")
        assert "THU 26 NOV" in clerk.text
        assert "no entry stands on this day" in clerk.status
        assert Book(demo).number == before


async def test_another_day_shows_its_own_entries_first(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("c", "enter", "j", "j", "j", "escape", "right")
        agenda = clerk.desk.planning.pane.agenda
        assert agenda.plain.splitlines()[0].startswith(" Tue 24 Nov   9 entries")
        assert agenda.cursor == 1
        assert clerk.agenda_entry.day.isoformat() == "2026-11-24"
