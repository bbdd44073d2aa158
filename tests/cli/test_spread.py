"""`arctui calendar --load` and `arctui spread`: calls against what can be made, and moving what is too much."""

from pathlib import Path

import pytest

from tests.cli.command import DATE, Arctui, Shape, maybe, misfit
from tests.desk.planner import Planner

LOAD: Shape = [{"date": DATE, "clerk": maybe(str), "calls": int, "capacity": maybe(int), "over": int}]
SPREAD: Shape = {
    "date": DATE,
    "done": maybe(str),
    "going": [{"account": str, "number": str, "kind": str, "amount": str, "currency": str, "to": DATE}],
    "staying": [{"account": str, "number": str, "kind": str, "why": str}],
}


@pytest.fixture
def busy(tmp_path: Path) -> Arctui:
    """Four first calls on Wednesday 18 November; two can be made in a day."""
    planner = Planner(tmp_path)
    for number, name in enumerate(("Ash", "Birch", "Cedar", "Elm"), 1):
        planner.customer(name, f"{number}00.00")
    planner.desk.set_policy("calls_per_day", "2")
    planner.book.close(planner.desk.rules.moment.now)
    return Arctui(tmp_path, "2026-11-18T16:00")


def test_the_calls_of_each_day_stand_against_the_capacity(busy: Arctui) -> None:
    assert busy.call("calendar", "--load").out.splitlines() == ["Wed 18 Nov  4 calls  of 2  ! 2 too many"]
    found = busy.json("calendar", "--load")
    assert misfit(found, LOAD) == ""
    assert found == [{"date": "2026-11-18", "clerk": None, "calls": 4, "capacity": 2, "over": 2}]
    assert busy.call("calendar", "--load", "--from", "2026-12-01").out == "no call is planned on these days\n"


def test_without_a_capacity_the_calls_are_only_counted(busy: Arctui) -> None:
    busy.call("policy", "calls_per_day", "0")
    assert busy.call("calendar", "--load").out == "Wed 18 Nov  4 calls\n"
    assert busy.json("calendar", "--load")[0]["capacity"] is None


def test_a_dry_run_shows_what_would_go_where_and_changes_nothing(busy: Arctui) -> None:
    before = busy.json("calendar")
    out = busy.call("spread", "2026-11-18", "--dry-run").out
    assert "Thu 19 Nov  Birch  200.00" in out
    assert "2 calls stay" in out
    found = busy.json("spread", "2026-11-18", "--dry-run")
    assert misfit(found, SPREAD) == ""
    assert (found["done"], [g["account"] for g in found["going"]]) == (None, ["Birch", "Ash"])
    assert busy.json("calendar") == before


def test_a_day_is_spread_and_that_is_undone(busy: Arctui) -> None:
    before = busy.json("calendar")
    assert busy.call("spread", "2026-11-18").out.splitlines()[-1] == "2 calls moved to Thu 19 Nov"
    assert [(one["date"], one["calls"]) for one in busy.json("calendar", "--load")] == [
        ("2026-11-18", 2),
        ("2026-11-19", 2),
    ]
    assert busy.call("spread", "2026-11-18").out.splitlines()[-1] == "nothing has to move"
    assert busy.call("undo").out == "undone: 2 calls moved to Thu 19 Nov\n"
    assert busy.json("calendar") == before


def test_what_is_left_over_is_said(busy: Arctui) -> None:
    busy.call("policy", "calls_per_day", "1")
    done = busy.call("spread", "2026-11-18")
    assert done.code == 0
    assert "Wed 18 Nov still has 1 call too many" in done.err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("spread", "2026-11-26"), "no call stands on Thu 26 Nov"),
        (("spread", "soon"), "'soon' is no date"),
        (("calendar", "--load", "--filter", "runs"), "--load counts all calls"),
    ],
)
def test_a_day_that_cannot_be_spread_is_refused(busy: Arctui, arguments: tuple[str, ...], why: str) -> None:
    done = busy.call(*arguments)
    assert (done.code, len(done.notes)) == (1, 1)
    assert why in done.err


def test_a_day_none_of_whose_calls_may_go_is_refused(busy: Arctui) -> None:
    busy.call("policy", "first_contact_latest_business_days", "3")
    done = busy.call("spread", "2026-11-18")
    assert done.code == 1
    assert "none of the calls of Wed 18 Nov may go to another day: the limit of the first contact" in done.err
