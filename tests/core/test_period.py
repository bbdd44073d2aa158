"""Spans of days over which something is counted."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.period import Period, last_days, month_of
from tests.core.oracle import nov

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


def test_both_ends_are_in_it() -> None:
    period = Period(nov(3), nov(5))
    assert period.days == 3
    assert list(period.each()) == [nov(3), nov(4), nov(5)]
    assert nov(3) in period
    assert nov(5) in period
    assert nov(2) not in period
    assert nov(6) not in period
    assert None not in period


def test_a_span_that_runs_backwards_is_none() -> None:
    with pytest.raises(ValueError, match="lies before"):
        Period(nov(2), nov(1))


def test_the_last_days_end_on_the_day_itself() -> None:
    assert last_days(nov(23), 1) == Period(nov(23), nov(23))
    assert last_days(nov(23), 90) == Period(date(2026, 8, 26), nov(23))
    assert last_days(date(1, 1, 5), 90) == Period(date(1, 1, 1), date(1, 1, 5))


def test_a_whole_month_has_its_name_and_any_other_span_its_days() -> None:
    assert month_of(date(2028, 2, 11)) == Period(date(2028, 2, 1), date(2028, 2, 29))
    assert month_of(nov(23)).name == "2026-11"
    assert Period(nov(1), nov(23)).name == "2026-11-01..2026-11-23"


@settings(max_examples=40)
@given(DAYS, st.integers(0, 3000))
def test_its_months_are_its_days_in_their_order(first: date, more: int) -> None:
    period = Period(first, date.fromordinal(min(first.toordinal() + more, date.max.toordinal())))
    months = period.months()
    assert sum(month.days for month in months) == period.days
    assert months[0].first == period.first
    assert months[-1].last == period.last
    for before, after in pairwise(months):
        assert after.first.toordinal() == before.last.toordinal() + 1
        assert after.first.day == 1
