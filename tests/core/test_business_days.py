"""Business days: Monday to Friday, no holiday of the country, no closing day of the firm."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.business import BusinessCalendar, ClosingDays, UnknownCountryError, read_closing_days
from tests.core.oracle import DAY, business_days_on, dec, is_business, nov

US = BusinessCalendar()
DAYS = st.dates(date(2026, 1, 5), date(2027, 11, 30))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(nov(25), True, id="the Wednesday before Thanksgiving is one"),
        pytest.param(nov(26), False, id="Thanksgiving is none"),
        pytest.param(nov(27), True, id="the day after Thanksgiving is one"),
        pytest.param(nov(28), False, id="a Saturday is none"),
        pytest.param(nov(29), False, id="a Sunday is none"),
        pytest.param(date(2026, 7, 3), False, id="the Friday before a fourth of July on Saturday is none"),
        pytest.param(date(2027, 7, 5), False, id="the Monday after a fourth of July on Sunday is none"),
        pytest.param(date(2027, 12, 31), False, id="the Friday before a New Year on Saturday is none"),
        pytest.param(date(2028, 2, 29), True, id="a leap day on a Tuesday is one"),
    ],
)
def test_a_business_day_is_a_weekday_that_is_no_holiday(day: date, expected: bool) -> None:
    assert US.is_business(day) is expected


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        pytest.param(nov(14), 3, nov(18), id="three from Saturday 14 is Wednesday 18"),
        pytest.param(nov(15), 3, nov(18), id="three from Sunday 15 is Wednesday 18"),
        pytest.param(nov(20), 3, nov(25), id="three from Friday 20 is Wednesday 25"),
        pytest.param(nov(23), 3, nov(27), id="Thanksgiving is skipped"),
        pytest.param(nov(25), 1, nov(27), id="one from the Wednesday is the Friday"),
        pytest.param(nov(26), 0, nov(27), id="none from a holiday is the next business day"),
        pytest.param(nov(27), 0, nov(27), id="none from a business day stays"),
        pytest.param(nov(27), -1, nov(25), id="one back from the Friday is the Wednesday"),
        pytest.param(nov(29), -1, nov(27), id="one back from Sunday is Friday"),
        pytest.param(dec(31), 1, date(2027, 1, 4), id="over New Year and a week-end"),
        pytest.param(date(2027, 1, 4), -1, dec(31), id="back over New Year"),
    ],
)
def test_going_so_many_business_days_on_or_back(start: date, count: int, expected: date) -> None:
    assert US.add(start, count) == expected


@settings(max_examples=100, deadline=None)
@given(DAYS, st.integers(0, 15))
def test_going_on_agrees_with_walking_day_by_day(day: date, count: int) -> None:
    assert US.add(day, count) == business_days_on(day, count)


@settings(max_examples=100, deadline=None)
@given(DAYS)
def test_every_weekday_agrees_with_the_written_out_holidays(day: date) -> None:
    if day.weekday() < 5:
        assert US.is_business(day) is is_business(day)


@settings(max_examples=100, deadline=None)
@given(DAYS)
def test_the_previous_business_day_is_the_last_one_before(day: date) -> None:
    before = US.previous(day)
    assert before < day
    assert is_business(before)
    assert not any(is_business(before + n * DAY) for n in range(1, (day - before) // timedelta(days=1)))


@pytest.mark.parametrize(
    ("day", "on", "back"),
    [
        pytest.param(nov(21), nov(23), nov(20), id="a Saturday rolls to Monday or Friday"),
        pytest.param(nov(26), nov(27), nov(25), id="a holiday rolls to the days beside it"),
        pytest.param(nov(24), nov(24), nov(24), id="a business day stays"),
    ],
)
def test_rolling_on_and_back(day: date, on: date, back: date) -> None:
    assert (US.roll(day), US.roll_back(day)) == (on, back)


def test_a_closing_day_of_the_firm_is_no_business_day() -> None:
    closed = BusinessCalendar(closing_days=[ClosingDays(nov(27), nov(27))])
    assert closed.holiday(nov(27))
    assert closed.add(nov(25), 1) == nov(30)


@pytest.mark.parametrize(
    ("text", "closed", "open_"),
    [
        ("2026-12-28..2026-12-30", [dec(28), dec(29), dec(30)], [dec(31), date(2027, 12, 28)]),
        ("12-28", [dec(28), date(2027, 12, 28), date(2009, 12, 28)], [dec(29)]),
        ("12-28..01-04", [dec(29), date(2027, 1, 4), date(2030, 12, 31)], [date(2027, 1, 5), dec(24)]),
        ("02-29", [date(2028, 2, 29)], [date(2027, 3, 1), date(2028, 3, 1)]),
        ("02-26 to 03-01", [date(2027, 3, 1), date(2028, 2, 29)], [date(2027, 3, 2), date(2028, 2, 25)]),
    ],
)
def test_closing_days_are_a_day_or_a_span_once_or_every_year(
    text: str, closed: list[date], open_: list[date]
) -> None:
    calendar = BusinessCalendar(closing_days=[read_closing_days(text)])
    assert [day for day in closed if calendar.holiday(day) != "closing day"] == []
    assert [day for day in open_ if not calendar.is_business(day)] == []


@pytest.mark.parametrize("text", ["2026-12-24", "2026-12-24..2027-01-02", "12-24", "12-24..01-02", "02-29"])
def test_closing_days_are_written_as_they_are_read(text: str) -> None:
    assert str(read_closing_days(text)) == text


@pytest.mark.parametrize("end", [date.max, date.min], ids=["the last day there is", "the first day there is"])
@pytest.mark.parametrize("closing", [(), (ClosingDays(date(2004, 1, 1), date(2004, 1, 9), yearly=True),)])
def test_at_the_end_of_the_calendar_it_goes_no_further(end: date, closing: tuple[ClosingDays, ...]) -> None:
    calendar = BusinessCalendar(closing_days=closing)
    beyond = 3 if end is date.max else -3
    assert calendar.add(end, beyond) == end
    assert calendar.add(end, -beyond) != end
    assert end in (calendar.roll(end), calendar.roll_back(end))


def test_the_name_of_a_holiday_is_known_and_of_other_days_empty() -> None:
    assert "Thanksgiving" in US.holiday(nov(26))
    assert US.holiday(nov(27)) == ""


@pytest.mark.parametrize(
    ("subdivision", "expected"),
    [
        pytest.param("BY", False, id="Epiphany is a holiday in Bavaria"),
        pytest.param("BE", True, id="Epiphany is none in Berlin"),
    ],
)
def test_a_subdivision_has_holidays_of_its_own(subdivision: str, expected: bool) -> None:
    assert BusinessCalendar("DE", subdivision).is_business(date(2027, 1, 6)) is expected


@pytest.mark.parametrize(("country", "subdivision"), [("XX", ""), ("US", "nowhere")])
def test_an_unknown_place_is_named_in_the_error(country: str, subdivision: str) -> None:
    with pytest.raises(UnknownCountryError, match=subdivision or country):
        BusinessCalendar(country, subdivision).is_business(nov(25))
