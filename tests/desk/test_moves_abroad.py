"""Moving calls to days and hours that are special at the customer's; the machine's own time zone."""

import time
from datetime import date, datetime
from pathlib import Path

import pytest

from arctui.core.agenda import EntryKind
from arctui.core.records import FollowUpKind
from arctui.desk.clock import Clock
from tests.core.oracle import dec, nov
from tests.desk.planner import Planner


@pytest.fixture
def planner(tmp_path: Path) -> Planner:
    return Planner(tmp_path)


@pytest.mark.parametrize(
    ("country", "to", "day", "note"),
    [
        ("Germany", "2027-03-26", date(2027, 3, 26), "Fri 26 Mar 2027 is Good Friday where they are"),
        ("Germany", "nov 26", nov(27), "Thu 26 Nov is Thanksgiving Day"),
        ("", "2027-03-26", date(2027, 3, 26), ""),
        (
            "Germany",
            "2027-03-28",
            date(2027, 3, 29),
            "Sun 28 Mar 2027 is a week-end; Mon 29 Mar 2027 is Easter Monday where they are",
        ),
    ],
)
def test_a_holiday_at_the_customers_is_noted_where_a_call_is_moved_to_it(
    planner: Planner, country: str, to: str, day: date, note: str
) -> None:
    planner.customer(country=country)
    planner.callback(nov(20))
    moved = planner.desk.agenda.read_move(planner.entry(EntryKind.CALLBACK), to)
    assert (moved.day, moved.note) == (day, note)


def test_what_was_moved_to_such_a_day_says_so(planner: Planner) -> None:
    planner.customer(country="Germany")
    planner.callback(nov(20))
    act = planner.desk.agenda.move(planner.entry(EntryKind.CALLBACK), "2027-03-26")
    assert "Good Friday where they are" in act
    assert planner.record().day == date(2027, 3, 26)


def test_our_own_doing_is_not_bound_to_their_days(planner: Planner) -> None:
    planner.customer(country="Germany")
    planner.follow_up(nov(20), FollowUpKind.TASK)
    (task,) = [e for e in planner.entries if e.record == f"follow-up {nov(20)}"]
    assert planner.desk.agenda.read_move(task, "2027-03-26").note == ""


# Egypt changes its clocks on a Friday.
@pytest.mark.parametrize(
    ("to", "note"),
    [
        ("2027-04-29 0:30", ""),
        ("2027-04-30 0:30", "the clocks go forward that night: 00:30 is 01:30"),
        ("2027-04-30 1:30", ""),
    ],
)
def test_an_hour_that_is_skipped_on_that_day_is_noted(planner: Planner, to: str, note: str) -> None:
    planner.customer()
    planner.callback(nov(24), zone="Africa/Cairo")
    assert planner.desk.agenda.read_move(planner.entry(EntryKind.CALLBACK), to).note == note


def test_the_day_here_counts_where_it_is_another_one_there(planner: Planner) -> None:
    agenda = planner.desk.agenda
    planner.customer()
    # Nine in the morning in Tokyo is seven in the evening of the day before in New York.
    planner.callback(nov(24), "09:00", "Asia/Tokyo")
    entry = planner.entry(EntryKind.CALLBACK)
    moved = agenda.read_shift(entry, 1)
    assert (entry.day, moved.day, moved.day_here) == (nov(23), nov(25), nov(24))
    assert agenda.follows(entry, moved).facts[0] == "Tue 24 Nov has 1 call then of 40"
    # Their Monday morning is our Sunday.
    moved = agenda.read_move(entry, "nov 30")
    assert (moved.day, moved.day_here, moved.note) == (dec(1), nov(30), "Sun 29 Nov is a week-end here")
    act = agenda.carry_out(entry, moved)
    assert act.startswith("callback moved to Tue 1 Dec 09:00 their time, Mon 30 Nov here")
    assert planner.entry(EntryKind.CALLBACK).day == nov(30)


@pytest.mark.parametrize("zone", ["America/New_York", ":America/New_York"])
def test_an_hour_of_next_spring_is_that_of_the_machines_zone(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("TZ", zone.removeprefix(":"))
    time.tzset()
    try:
        monkeypatch.setenv("TZ", zone)
        now = Clock("2026-11-23").moment().now
        offsets = [datetime(2026, month, 1, 10, tzinfo=now.tzinfo).utcoffset() for month in (1, 7)]
    finally:
        monkeypatch.undo()
        time.tzset()
    assert offsets[0] != offsets[1]


def test_a_zone_of_the_machine_that_nobody_knows_is_taken_by_its_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XYZ-3:17")
    time.tzset()
    try:
        offset = Clock("2026-11-23").moment().now.utcoffset()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert str(offset) == "3:17:00"
