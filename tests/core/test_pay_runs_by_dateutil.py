"""Pay runs agree with the rules of RFC 5545 as dateutil follows them, moved to business days by numpy."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal

import msgspec
import pytest
from dateutil import rrule
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arctui.core.business import BusinessCalendar
from arctui.core.pay_cycle import Frequency, PayCycle
from arctui.core.pay_cycles import next_run
from tests.core.numpy_days import NumpyDays
from tests.core.oracle import DAY

US, NUMPY = BusinessCalendar(), NumpyDays("US")
WEEKDAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)
#: Far enough for a run of a month whose shift leaves that month.
AROUND = timedelta(days=75)

DAYS = st.dates(date(2024, 1, 1), date(2043, 12, 31))
MONTH_DAYS = st.integers(1, 31)
CYCLES = st.one_of(
    st.builds(PayCycle, frequency=st.just(Frequency.WEEKLY), weekday=st.integers(0, 6), before=st.booleans()),
    st.builds(PayCycle, frequency=st.just(Frequency.BIWEEKLY), anchor=DAYS, before=st.booleans()),
    st.builds(PayCycle, frequency=st.just(Frequency.MONTHLY), day=MONTH_DAYS, before=st.booleans()),
    st.builds(
        PayCycle, frequency=st.just(Frequency.TWICE), day=MONTH_DAYS, second_day=MONTH_DAYS, before=st.booleans()
    ),
    st.builds(
        PayCycle,
        frequency=st.just(Frequency.NTH_WEEKDAY),
        weekday=st.integers(0, 6),
        nth=st.sampled_from([1, 2, 3, 4, -1]),
        before=st.booleans(),
    ),
    st.just(PayCycle(frequency=Frequency.MONTH_END)),
)


def rules(cycle: PayCycle, start: date) -> Iterator[rrule.rrule]:
    """The recurrence rules of a cycle, from a day on."""
    at = datetime.combine(start, time())
    match cycle.frequency:
        case Frequency.WEEKLY:
            yield rrule.rrule(rrule.WEEKLY, dtstart=at, byweekday=WEEKDAYS[cycle.weekday])
        case Frequency.BIWEEKLY:
            assert cycle.anchor
            first = cycle.anchor - timedelta(weeks=2 * (1 + abs((cycle.anchor - start).days) // 14))
            yield rrule.rrule(rrule.WEEKLY, interval=2, dtstart=datetime.combine(first, time()))
        case Frequency.MONTH_END:
            yield rrule.rrule(rrule.MONTHLY, dtstart=at, bymonthday=-1)
        case Frequency.NTH_WEEKDAY:
            yield rrule.rrule(rrule.MONTHLY, dtstart=at, byweekday=WEEKDAYS[cycle.weekday](cycle.nth))
        case Frequency.MONTHLY | Frequency.TWICE:
            for number in {cycle.day, cycle.second_day} if cycle.frequency is Frequency.TWICE else {cycle.day}:
                # RFC 5545 leaves out a month without a 31st; a customer pays on its last day.
                there = range(min(number, 28), number + 1)
                yield rrule.rrule(rrule.MONTHLY, dtstart=at, bymonthday=there, bysetpos=-1)


def runs(cycle: PayCycle, after: date) -> dict[date, set[date]]:
    """All runs around a day, in order, each with the days of the cycle that it is made for."""
    month_end = cycle.frequency is Frequency.MONTH_END
    roll: Literal["forward", "backward"] = "backward" if cycle.before or month_end else "forward"
    first, last = (datetime.combine(day, time()) for day in (after - AROUND, after + AROUND))
    nominal = {d.date() for rule in rules(cycle, after - AROUND) for d in rule.between(first, last, inc=True)}
    made: dict[date, set[date]] = {}
    for day in sorted(nominal):
        run = NUMPY.offset(day, 0, roll)
        # Month end means the last business day itself: nothing was moved.
        made.setdefault(run, set()).add(run if month_end else day)
    return made


@settings(max_examples=150, deadline=None)
@given(CYCLES, DAYS)
@example(PayCycle(frequency=Frequency.MONTHLY, day=31), date(2027, 2, 1))
@example(PayCycle(frequency=Frequency.MONTHLY, day=31), date(2026, 11, 1))
@example(PayCycle(frequency=Frequency.MONTHLY, day=30), date(2028, 2, 28))
@example(PayCycle(frequency=Frequency.MONTHLY, day=29), date(2027, 2, 27))
@example(PayCycle(frequency=Frequency.MONTHLY, day=1, before=True), date(2026, 10, 20))
@example(PayCycle(frequency=Frequency.TWICE, day=15, second_day=31), date(2027, 2, 16))
@example(PayCycle(frequency=Frequency.BIWEEKLY, anchor=date(2028, 2, 29)), date(2026, 12, 24))
@example(PayCycle(frequency=Frequency.BIWEEKLY, anchor=date(2026, 1, 1), before=True), date(2026, 12, 30))
@example(PayCycle(frequency=Frequency.NTH_WEEKDAY, weekday=3, nth=4), date(2026, 11, 2))
def test_the_next_run_is_the_first_one_after_the_day(cycle: PayCycle, after: date) -> None:
    run, made = next_run(cycle, after, US, 0), runs(cycle, after)
    assert run.day == next(day for day in made if day > after)
    assert run.nominal in made[run.day]


@settings(max_examples=75, deadline=None)
@given(CYCLES, DAYS, st.integers(0, 5), st.integers(0, 4))
def test_the_run_whose_cut_off_is_open(cycle: PayCycle, today: date, cutoff_days: int, lead: int) -> None:
    run = next_run(msgspec.structs.replace(cycle, cutoff_days=cutoff_days), today, US, lead, cutoff_open=True)
    cutoffs = {NUMPY.add(day, -cutoff_days): day for day in runs(cycle, today)}
    cutoff = min(c for c in cutoffs if c >= today)
    assert (run.day, run.cutoff, run.call_from) == (cutoffs[cutoff], cutoff, NUMPY.add(cutoff, -lead))


@pytest.mark.parametrize("before", [False, True])
def test_runs_every_two_weeks_keep_their_rhythm_over_ten_years(before: bool) -> None:
    cycle = PayCycle(frequency=Frequency.BIWEEKLY, anchor=date(2026, 1, 2), before=before)
    day, nominal = date(2026, 1, 1), []
    for _ in range(260):
        run = next_run(cycle, day, US, 0)
        day = run.day
        nominal.append(run.nominal)
    assert nominal == [date(2026, 1, 2) + 14 * n * DAY for n in range(260)]
