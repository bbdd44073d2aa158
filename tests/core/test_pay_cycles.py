"""A customer's pay runs: the next run, its cut-off, and when the calls begin."""

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.business import BusinessCalendar, ClosingDays
from arctui.core.pay_cycles import documents_in, missing_documents, next_run
from arctui.core.records import Frequency, PayCycle
from tests.core.oracle import DAY, business_days_on, dec, first_day, is_business, nov

US = BusinessCalendar()
FRIDAYS = PayCycle(frequency=Frequency.WEEKLY, weekday=4)
THURSDAYS = PayCycle(frequency=Frequency.WEEKLY, weekday=3)
EVERY_TWO_WEEKS = PayCycle(frequency=Frequency.BIWEEKLY, anchor=nov(13))
FIFTEENTH = PayCycle(frequency=Frequency.MONTHLY, day=15)
THIRTY_FIRST = PayCycle(frequency=Frequency.MONTHLY, day=31)
MONTH_END = PayCycle(frequency=Frequency.MONTH_END)


@pytest.mark.parametrize(
    ("cycle", "after", "expected"),
    [
        pytest.param(FRIDAYS, nov(23), nov(27), id="weekly: the Friday of this week"),
        pytest.param(FRIDAYS, nov(27), dec(4), id="weekly: on a run's day the next one"),
        pytest.param(THURSDAYS, nov(23), nov(27), id="weekly: on a holiday the next business day"),
        pytest.param(FRIDAYS, dec(28), date(2027, 1, 4), id="weekly: New Year's Day is made on the Monday"),
        pytest.param(EVERY_TWO_WEEKS, nov(13), nov(27), id="every two weeks from the date"),
        pytest.param(EVERY_TWO_WEEKS, nov(12), nov(13), id="every two weeks: the date itself"),
        pytest.param(EVERY_TWO_WEEKS, nov(28), dec(11), id="every two weeks over a month's end"),
        pytest.param(EVERY_TWO_WEEKS, nov(1), nov(13), id="every two weeks before the date as well"),
        pytest.param(FIFTEENTH, nov(1), nov(16), id="monthly: a Sunday is made on the Monday"),
        pytest.param(FIFTEENTH, nov(16), dec(15), id="monthly: the next month"),
        pytest.param(FIFTEENTH, dec(15), date(2027, 1, 15), id="monthly: the next year"),
        pytest.param(THIRTY_FIRST, nov(2), nov(30), id="monthly on the 31st: the last day of a shorter month"),
        pytest.param(
            THIRTY_FIRST, date(2027, 2, 1), date(2027, 3, 1), id="monthly on the 31st: 28 February is a Sunday"
        ),
        pytest.param(MONTH_END, nov(1), nov(30), id="month end"),
        pytest.param(MONTH_END, date(2027, 1, 1), date(2027, 1, 29), id="month end on a Sunday is the Friday before"),
        pytest.param(MONTH_END, date(2027, 5, 1), date(2027, 5, 28), id="month end on a holiday goes back"),
    ],
)
def test_the_next_run_after_a_day(cycle: PayCycle, after: date, expected: date) -> None:
    assert next_run(cycle, after, US, 0).day == expected


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2026, 2, 2), date(2027, 11, 1)), st.integers(0, 4), st.integers(0, 6), st.integers(0, 3))
def test_the_cut_off_and_the_calls_lie_so_many_business_days_before(
    after: date, weekday: int, cutoff_days: int, lead: int
) -> None:
    cycle = PayCycle(frequency=Frequency.WEEKLY, weekday=weekday, cutoff_days=cutoff_days)
    run = next_run(cycle, after, US, lead)
    assert business_days_on(run.cutoff, cutoff_days) == run.day
    assert business_days_on(run.call_from, lead) == run.cutoff
    assert run.day > after
    assert all(map(is_business, (run.day, run.cutoff, run.call_from)))


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2026, 1, 5), date(2027, 11, 1)), st.integers(1, 28))
def test_a_monthly_run_is_the_first_one_after_the_day(after: date, number: int) -> None:
    # From two months back: a run on a Saturday at a month's end may be made in the next month.
    nominal = first_day(after.replace(day=1) - 40 * DAY, lambda d: d.day == number)
    while business_days_on(nominal, 0) <= after:
        nominal = first_day(nominal + DAY, lambda d: d.day == number)
    run = next_run(PayCycle(frequency=Frequency.MONTHLY, day=number), after, US, 0)
    assert run.day == business_days_on(nominal, 0)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(nov(24), nov(27), id="before the cut-off this run"),
        pytest.param(nov(25), nov(27), id="on the cut-off still this run"),
        pytest.param(nov(26), dec(4), id="after the cut-off the next run"),
    ],
)
def test_the_run_whose_cut_off_is_not_over(today: date, expected: date) -> None:
    cycle = PayCycle(frequency=Frequency.WEEKLY, weekday=4, cutoff_days=1)
    assert next_run(cycle, today, US, 3, cutoff_open=True).day == expected


def test_a_cut_off_before_a_holiday_is_counted_in_business_days() -> None:
    run = next_run(PayCycle(frequency=Frequency.MONTH_END, cutoff_days=2), nov(10), US, 3)
    assert (run.day, run.cutoff, run.call_from) == (nov(30), nov(25), nov(20))


def test_the_documents_that_are_not_in_are_missing() -> None:
    cycle = PayCycle(frequency=Frequency.WEEKLY, documents=("PO", "W-9", "POD"), documents_in=("W-9",))
    assert missing_documents(cycle, nov(27)) == ("PO", "POD")


# Rhythms by the day of the week in the month, and twice a month; shifts before a holiday

SECOND_TUESDAY = PayCycle(frequency=Frequency.NTH_WEEKDAY, weekday=1, nth=2)
LAST_FRIDAY = PayCycle(frequency=Frequency.NTH_WEEKDAY, weekday=4, nth=-1)
TWICE = PayCycle(frequency=Frequency.TWICE, day=5, second_day=20)
MID_AND_LAST = PayCycle(frequency=Frequency.TWICE, day=15, second_day=31, before=True)


def early(cycle: PayCycle) -> PayCycle:
    return msgspec.structs.replace(cycle, before=True)


@pytest.mark.parametrize(
    ("cycle", "after", "expected"),
    [
        pytest.param(SECOND_TUESDAY, nov(1), nov(10), id="second Tuesday of this month"),
        pytest.param(SECOND_TUESDAY, nov(10), dec(8), id="second Tuesday of the next month"),
        pytest.param(SECOND_TUESDAY, dec(8), date(2027, 1, 12), id="second Tuesday of the next year"),
        pytest.param(LAST_FRIDAY, nov(1), nov(27), id="last Friday, a fourth one"),
        pytest.param(LAST_FRIDAY, dec(28), date(2027, 1, 29), id="last Friday, a fifth one"),
        pytest.param(
            PayCycle(frequency=Frequency.NTH_WEEKDAY, weekday=0, nth=-1),
            date(2027, 5, 20),
            date(2027, 6, 1),
            id="the last Monday of May is a holiday: the run is made in June",
        ),
        pytest.param(
            early(PayCycle(frequency=Frequency.NTH_WEEKDAY, weekday=0, nth=1)),
            date(2027, 9, 1),
            date(2027, 9, 3),
            id="the first Monday of September is a holiday: the Friday before",
        ),
        pytest.param(TWICE, nov(1), nov(5), id="twice a month: the first day"),
        pytest.param(TWICE, nov(5), nov(20), id="twice a month: the second day"),
        pytest.param(TWICE, nov(20), dec(7), id="twice a month: Saturday 5 December is made on the Monday"),
        pytest.param(early(TWICE), nov(20), dec(4), id="twice a month: Saturday 5 December is made on the Friday"),
        pytest.param(MID_AND_LAST, date(2027, 2, 20), date(2027, 2, 26), id="28 February is a Sunday"),
        pytest.param(MID_AND_LAST, date(2028, 2, 16), date(2028, 2, 29), id="29 February of a leap year"),
        pytest.param(early(THURSDAYS), nov(23), nov(25), id="before Thanksgiving"),
        pytest.param(early(THURSDAYS), nov(25), dec(3), id="before Thanksgiving: on its day the next one"),
        pytest.param(
            early(PayCycle(frequency=Frequency.MONTHLY, day=1)),
            dec(2),
            dec(31),
            id="New Year's run is made in December",
        ),
        pytest.param(
            early(PayCycle(frequency=Frequency.MONTHLY, day=1)),
            dec(31),
            date(2027, 2, 1),
            id="and not again in January",
        ),
        pytest.param(early(FRIDAYS), dec(28), dec(31), id="a weekly run of New Year's Day is made in December"),
        pytest.param(
            early(PayCycle(frequency=Frequency.MONTHLY, day=1)),
            date(2026, 7, 20),
            date(2026, 7, 31),
            id="Saturday 1 August is made in July",
        ),
    ],
)
def test_the_next_run_of_other_rhythms(cycle: PayCycle, after: date, expected: date) -> None:
    assert next_run(cycle, after, US, 0).day == expected


def test_a_run_in_a_long_closing_is_made_when_business_goes_on() -> None:
    works = BusinessCalendar(closing_days=[ClosingDays(dec(1), date(2027, 1, 14))])
    monthly = PayCycle(frequency=Frequency.MONTHLY, day=1)
    assert next_run(monthly, date(2027, 1, 10), works, 0).day == date(2027, 1, 15)
    assert next_run(early(monthly), nov(2), works, 0).day == nov(30)


def test_a_run_knows_the_day_that_a_holiday_moved_it_from() -> None:
    assert next_run(early(THURSDAYS), nov(23), US, 0).nominal == nov(26)


# What is in for a run


def test_what_is_in_for_one_run_is_missing_for_the_next() -> None:
    cycle = PayCycle(
        frequency=Frequency.WEEKLY,
        weekday=3,
        documents=("order", "statement"),
        documents_in=("order",),
        documents_for=dec(3),
    )
    assert missing_documents(cycle, dec(3)) == ("statement",)
    assert documents_in(cycle, dec(3)) == ("order",)
    assert missing_documents(cycle, dec(10)) == ("order", "statement")
    assert documents_in(cycle, dec(10)) == ()


def test_a_pay_cycle_of_an_older_book_is_read_and_keeps_its_documents() -> None:
    old = b'{"frequency":"weekly","weekday":3,"cutoff_days":2,"documents":["order"],"documents_in":["order"]}'
    cycle = msgspec.json.decode(old, type=PayCycle)
    assert next_run(cycle, nov(23), US, 0).day == nov(27)
    assert missing_documents(cycle, nov(27)) == ()
    assert msgspec.json.encode(cycle) == old
