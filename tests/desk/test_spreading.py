"""Several entries moved as one act: to one day, or over the week within the capacity."""

from pathlib import Path

import pytest

from arctui.core.agenda import EntryKind
from arctui.core.load import Load
from arctui.core.records import FollowUp
from arctui.desk import DeskError
from tests.core.oracle import dec, nov
from tests.desk.planner import Planner

NAMES = ("Ash", "Birch", "Cedar", "Elm")


@pytest.fixture
def planner(tmp_path: Path) -> Planner:
    """Four first calls on Wednesday 18 November, at the latest on the 20th; two can be made in a day."""
    made = Planner(tmp_path)
    for number, name in enumerate(NAMES, 1):
        made.customer(name, f"{number}00.00")
    made.desk.set_policy("calls_per_day", "2")
    return made


def days(planner: Planner) -> dict[str, int]:
    return {e.account: e.day.day for e in planner.entries if not e.projected}


def test_the_calls_of_a_day_are_spread_as_one_act_with_one_undo(planner: Planner) -> None:
    spreading = planner.desk.spreading
    assert spreading.load(nov(18), nov(18)) == [Load(nov(18), "", 4, 2)]
    plan = spreading.over_week(spreading.calls(nov(18)))
    assert days(planner) == dict.fromkeys(NAMES, 18)
    assert {day: [g.entry.name for g in going] for day, going in plan.days.items()} == {nov(19): ["Birch", "Ash"]}
    assert spreading.carry_out(plan) == "2 calls moved to Thu 19 Nov"
    assert days(planner) == {"Ash": 19, "Birch": 19, "Cedar": 18, "Elm": 18}
    assert spreading.load(nov(18), nov(20)) == [Load(nov(18), "", 2, 2), Load(nov(19), "", 2, 2)]
    planner.desk.undo()
    assert days(planner) == dict.fromkeys(NAMES, 18)
    assert list(planner.book.facts.all(FollowUp)) == []


def test_no_first_call_goes_past_its_limit(planner: Planner) -> None:
    planner.desk.set_policy("calls_per_day", "1")
    spreading = planner.desk.spreading
    plan = spreading.over_week(spreading.calls(nov(18)))
    assert [(g.entry.name, g.moved.day) for g in plan.going] == [("Birch", nov(19)), ("Ash", nov(20))]
    assert len(plan.staying) == 2
    spreading.carry_out(plan)
    assert [(load.day.day, load.over) for load in spreading.load(nov(18), nov(30))] == [(18, 1), (19, 0), (20, 0)]


def test_several_go_to_one_day_and_what_cannot_stays_and_says_why(planner: Planner) -> None:
    planner.desk.log("Ash", "ref no money")
    planner.desk.log("Elm", "wbp fri 400 ach -- signed")
    entries = [e for e in planner.entries if not e.projected]
    plan = planner.desk.spreading.to_day(entries, "nov 30 after the fair")
    assert [g.entry.name for g in plan.going] == ["Ash"]
    assert {(s.entry.name, s.entry.kind) for s in plan.staying} >= {
        ("Birch", EntryKind.FIRST),
        ("Elm", EntryKind.PROMISE),
    }
    assert planner.desk.spreading.carry_out(plan) == "1 call moved to Mon 30 Nov"
    moved = next(e for e in planner.entries if e.account == "Ash" and e.kind is EntryKind.FOLLOW_UP)
    assert (moved.day, moved.why) == (nov(30), "after the fair")


def test_a_day_that_gets_too_many_is_warned_about(planner: Planner) -> None:
    firsts = [e for e in planner.entries if e.kind is EntryKind.FIRST]
    plan = planner.desk.spreading.to_day(firsts, "fri")
    assert plan.warnings == ("Fri 20 Nov has 4 calls then, 2 can be made",)
    assert planner.desk.spreading.carry_out(plan) == "4 calls moved to Fri 20 Nov"


def test_entries_that_changed_since_they_were_looked_at_are_not_moved(planner: Planner) -> None:
    spreading = planner.desk.spreading
    plan = spreading.over_week(spreading.calls(nov(18)))
    planner.desk.log("Birch", "ref no money")
    number = planner.book.number
    with pytest.raises(DeskError, match="Birch has changed meanwhile"):
        spreading.carry_out(plan)
    assert planner.book.number == number


@pytest.mark.parametrize(
    ("capacity", "day", "why"), [("0", nov(18), "no capacity is set"), ("2", dec(25), "no call")]
)
def test_without_a_capacity_or_a_call_nothing_is_spread(
    planner: Planner, capacity: str, day: object, why: str
) -> None:
    planner.desk.set_policy("calls_per_day", capacity)
    spreading = planner.desk.spreading
    with pytest.raises(DeskError, match=why):
        spreading.over_week(spreading.calls(day))  # type: ignore[arg-type]


def test_nothing_is_moved_where_nothing_can(planner: Planner) -> None:
    spreading = planner.desk.spreading
    firsts = [e for e in planner.entries if e.kind is EntryKind.FIRST]
    with pytest.raises(DeskError, match="the limit is Fri 20 Nov"):
        spreading.to_day(firsts, "dec 4")
    with pytest.raises(DeskError, match="no entry is marked"):
        spreading.to_day([], "fri")
    planner.desk.set_policy("calls_per_day", "9")
    plan = spreading.over_week(firsts)
    assert plan.going == ()
    with pytest.raises(DeskError, match="nothing is moved"):
        spreading.carry_out(plan)
