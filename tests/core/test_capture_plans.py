"""Instalment plans in the capture line: how many parts, of what, how often, from when."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arctui.core.capture import Reading
from arctui.core.capture.sentences import sentences
from arctui.core.records import Method
from tests.core.builders import friday_check, invoice, money, open_under, problem, read, situation, verdicts
from tests.core.oracle import DAY, business_days_on, dec, first_day, last_of_month, nov


def days(reading: Reading) -> list[date]:
    assert reading.problems == ()
    return [c.day for c in reading.commitments]


def amounts(reading: Reading) -> tuple[Decimal, ...]:
    assert reading.problems == ()
    return tuple(c.amount for c in reading.commitments)


@pytest.mark.parametrize(
    ("line", "expected", "amount"),
    [
        ("4x 500 monthly from 12/1", [dec(1), date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)], "500"),
        ("wbp 2x 500 weekly from fri", [nov(27), dec(4)], "500"),
        ("2 x 250 every 2 weeks from 15", [dec(15), dec(29)], "250"),
        ("2 times 250 biweekly from dec 15", [dec(15), dec(29)], "250"),
        ("2x250 fortnightly from 2026-12-15", [dec(15), dec(29)], "250"),
        ("2x $250 every other week starting 15", [dec(15), dec(29)], "250"),
        ("2x 250 every three weeks from 1", [dec(1), dec(22)], "250"),
        ("2x 15 a week from today", [nov(23), nov(30)], "15"),
        ("from 20 monthly 2x 15 each", [dec(20), date(2027, 1, 20)], "15"),
        ("2x 1k every month from eom", [nov(30), dec(30)], "1000"),
        ("2x half weekly from fri", [nov(27), dec(4)], "462.50"),
        ("2x all weekly from fri", [nov(27), dec(4)], "925"),
        ("2x weekly from fri", [nov(27), dec(4)], "925"),
    ],
)
def test_a_plan_is_its_parts(line: str, expected: list[date], amount: str) -> None:
    reading = read(f"{line} ach tony")
    assert days(reading) == expected
    assert set(amounts(reading)) == {Decimal(amount)}
    assert {(c.method, c.person) for c in reading.commitments} == {(Method.TRANSFER, "Tony Marsh")}


def test_each_part_has_a_window_of_its_own() -> None:
    last = read("3x 500 monthly from 12/1 ach").commitments[1].window
    # New Year is no business day: the part counts as the 4th, and has a day of grace.
    assert (last.last_day, last.breaks_on) == (date(2027, 1, 5), date(2027, 1, 6))


@settings(max_examples=60, deadline=None)
@given(st.integers(200, 10_000_000), st.integers(2, 60))
def test_equal_parts_are_the_whole_to_the_cent_and_the_last_takes_the_remainder(in_cents: int, count: int) -> None:
    owed = Decimal(in_cents) / 100
    parts = amounts(read(f"{count}x weekly from fri check", collectable=owed, open_total=owed))
    assert (len(parts), sum(parts)) == (count, owed)
    assert set(parts[:-1]) == {parts[0]}
    assert 0 <= parts[-1] - parts[0] < Decimal(count) / 100


@settings(max_examples=80, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 80), st.integers(2, 14))
@example(date(2026, 11, 23), 38, 14)
@example(date(2028, 1, 1), 30, 14)
def test_a_monthly_plan_keeps_its_day_and_a_short_month_has_its_last(today: date, ahead: int, count: int) -> None:
    first = today + timedelta(days=ahead)
    expected, month = [first], first
    while len(expected) < count:
        month = first_day(last_of_month(month) + DAY, lambda d: True)
        end = last_of_month(month)
        expected.append(first_day(month, lambda d, end=end: d == end or d.day == first.day))  # type: ignore[misc]
    reading = read(f"{count}x 10.00 monthly from {first} check", today)
    assert days(reading) == expected
    short = any(d.day != first.day for d in expected)
    assert short == any("not every month has a" in w for w in reading.warnings)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2032, 12, 31)), st.integers(2, 20), st.integers(1, 4))
def test_a_weekly_plan_keeps_its_weekday(today: date, count: int, weeks: int) -> None:
    every = ["weekly", "biweekly", "every 3 weeks", "every 4 weeks"][weeks - 1]
    friday = first_day(today + DAY, lambda d: d.weekday() == 4)
    assert days(read(f"{count}x 10.00 {every} from fri check", today)) == [
        friday + timedelta(days=7 * weeks * n) for n in range(count)
    ]


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("4x 500 monthly", "from when?"),
        ("4x 500 12/1", "how often?"),
        ("4x 500 monthly 12/1", "from when?"),
        ("4x 500 monthly from tony", "from when?"),
        ("1x 500 monthly from fri", "2 to 60 parts"),
        ("61x 500 monthly from fri", "2 to 60 parts"),
        ("0x 500 weekly from fri", "2 to 60 parts"),
        ("4x 500 every 99 weeks from fri", "how often?"),
        ("4x 500 weekly from nov 20", "is past"),
        ("4x 500 weekly from 31 feb", "there is no 31 February"),
        ("4x 500 weekly from fri mon", "two dates"),
        ("4x 500 600 weekly from fri", "two amounts"),
        ("4x 500 weekly from fri perhaps", "on which day?"),
        ("4x 0 weekly from fri", "more than 0"),
        ("60x weekly from fri", "cannot be split"),
        ("500 monthly", "4x 500 monthly from 12/1"),
        ("500 weekly", "4x 500 weekly from fri"),
    ],
)
def test_a_plan_that_cannot_be_read_says_what_to_write(line: str, say: str) -> None:
    owed = Decimal("0.59") if line.startswith("60x") else Decimal(1850)
    assert say in problem(line, collectable=owed)


def test_a_plan_may_follow_other_parts_and_others_may_follow_it() -> None:
    reading = read("400 today ach, 2x 300 monthly from 1, 850 15")
    assert days(reading) == [nov(23), dec(1), date(2027, 1, 1), date(2027, 1, 15)]
    assert amounts(reading) == money(400, 300, 300, 850)
    assert not any("open" in w or "more than" in w for w in reading.warnings if "days" not in w)


@pytest.mark.parametrize("line", ["400 today ach, 2x rest monthly from 12/1", "400 today ach, 2x monthly from 12/1"])
def test_the_rest_is_split(line: str) -> None:
    assert amounts(read(line)) == money(400, 725, 725)


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("3x 600 weekly from fri", "1,800.00 of 1,850.00: 50.00 stays open"),
        ("350 today, 2x 600 weekly from fri", "1,550.00 of 1,850.00: 300.00 stays open"),
        ("3x 620 weekly from fri", "1,860.00 is more than the 1,850.00"),
        ("5x 401 weekly from fri", "2,005.00 is more than is owed: 2,000.00"),
        ("5x 370 monthly from 12/1", "the plan runs to Thu 1 Apr 2027, in 129 days, more than 30 days"),
        ("3x 600 monthly from 12/31", "Sun 31 Jan 2027, Sun 28 Feb 2027 are no business days"),
        ("3x 600 monthly from 12/31", "not every month has a 31st: the last day of February"),
        ("3x 600 weekly from thu", "Thu 26 Nov is no business day: it counts as the next one"),
    ],
)
def test_what_is_unusual_about_a_plan_is_said_once(line: str, say: str) -> None:
    warnings = read(f"{line} ach").warnings
    assert [say in w for w in warnings].count(True) == 1
    assert len([w for w in warnings if "business day" in w]) <= 1
    assert len([w for w in warnings if "more than 30 days" in w]) <= 1


def test_a_plan_from_the_end_of_a_month_says_which_day_is_meant() -> None:
    warnings = read("3x 600 monthly from apr 30 ach", date(2027, 4, 2)).warnings
    assert "on day 30 of each month, not on its last day: Sun 30 May" in warnings


def test_a_plan_takes_the_place_of_the_promises_that_cover_everything() -> None:
    live = verdicts(nov(23), invoice("1", "1850.00", nov(2)), friday_check("1850.00"))
    reading = read("3x 500 weekly from fri ach", collectable=Decimal(0), live=live)
    assert reading.replaces == ("promise 2026-11-20 1850.00",)
    assert any("350.00 of what was promised is left open" in w for w in reading.warnings)
    assert amounts(read("2x weekly from fri ach", collectable=Decimal(0), live=live)) == money(925, 925)


def test_a_plan_may_be_for_invoices() -> None:
    reading = read("3x weekly from fri B-1041 ach", invoices=open_under(B_1041="800.00"))
    assert amounts(reading) == money("266.66", "266.66", "266.68")
    assert {c.numbers for c in reading.commitments} == {("B-1041",)}


@pytest.mark.parametrize("count", [2, 4, 5, 12, 13, 60])
def test_a_plan_is_said_in_three_lines(count: int) -> None:
    reading = read(f"{count}x 10.00 weekly from fri ach")
    said = sentences(reading, situation(nov(23)))
    assert len(said) == 3
    assert said[0].startswith(f"{count} parts of 10.00, weekly   ")
    days = [c.day for c in reading.commitments]
    assert all(f"{d.day} {d:%b}" in said[1] for d in (days if count <= 12 else [days[0], days[-1]]))
    last = reading.commitments[-1].window.last_day
    if count < 50:
        assert last == business_days_on(business_days_on(reading.commitments[-1].day, 0), 1)
    assert f"{last.day} {last:%b}" in said[-1]


def test_why_money_must_be_in_our_hands_is_said_once_and_of_a_plan_not_for_each_part() -> None:
    reading = read("4x 100 monthly from 12/1, rest 12/20 card tony", in_hands=True)
    said = sentences(reading, situation(nov(23)))
    assert len(said) == 5
    assert not any("after a broken promise" in text for text in said)
    assert said[2] == "in our hands by Tue 1 Dec, broken from Wed 2 Dec; the last by Mon 1 Mar 2027"
    several = sentences(read("100 fri ach, rest 12/20 card", in_hands=True), situation(nov(23)))
    assert [text.startswith("after a broken promise: in our") for text in several] == [False, True, False, False]
