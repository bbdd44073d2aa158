"""Business days agree with numpy's, in several countries, over year ends, leap days and closing days of the firm."""

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from arctui.core.business import BusinessCalendar, read_closing_days
from tests.core.numpy_days import YEARS, NumpyDays
from tests.core.oracle import DAY

_SPANS = "2027-07-05..2027-07-09,12-24..01-03,02-29,08-10"
_EVERY_DAY = [date(YEARS[0], 1, 1) + n * DAY for n in range(366 * len(YEARS))]


def _is_closed(day: date) -> bool:
    """The spans above, told in another way."""
    new_year = (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 3)
    summer = day.year == 2027 and day.month == 7 and 5 <= day.day <= 9
    return new_year or summer or (day.month, day.day) in ((2, 29), (8, 10))


CALENDARS = {
    "US": (BusinessCalendar(), NumpyDays("US")),
    "Bavaria": (BusinessCalendar("DE", "BY"), NumpyDays("DE", "BY")),
    "Japan": (BusinessCalendar("JP"), NumpyDays("JP")),
    "a firm closed over New Year": (
        BusinessCalendar("GB", "ENG", map(read_closing_days, _SPANS.split(","))),
        NumpyDays("GB", "ENG", filter(_is_closed, _EVERY_DAY)),
    ),
}
PAIRS = st.sampled_from(sorted(CALENDARS)).map(CALENDARS.__getitem__)
DAYS = st.dates(date(YEARS[0] + 2, 1, 1), date(YEARS[-1] - 2, 12, 31)) | st.builds(
    lambda year, day: date(year, 12, 20) + day * DAY, st.integers(YEARS[0] + 2, YEARS[-1] - 2), st.integers(0, 20)
)
US, CLOSED = CALENDARS["US"], CALENDARS["a firm closed over New Year"]
Pair = tuple[BusinessCalendar, NumpyDays]


@settings(max_examples=100, deadline=None)
@given(PAIRS, DAYS, st.integers(-40, 40))
@example(US, date(2026, 11, 14), 3)
@example(US, date(2027, 12, 31), 0)
@example(US, date(2028, 2, 28), 1)
@example(CLOSED, date(2026, 12, 23), 1)
@example(CLOSED, date(2028, 2, 28), 1)
@example(CLOSED, date(2027, 1, 2), -1)
@example(CLOSED, date(2027, 7, 2), 1)
def test_so_many_business_days_on_or_back(pair: Pair, day: date, count: int) -> None:
    ours, numpy = pair
    assert ours.add(day, count) == numpy.add(day, count)


@settings(max_examples=100, deadline=None)
@given(PAIRS, DAYS)
def test_the_day_itself_and_the_ones_beside_it(pair: Pair, day: date) -> None:
    ours, numpy = pair
    assert ours.is_business(day) == numpy.is_business(day)
    assert ours.roll(day) == numpy.offset(day, 0, "forward")
    assert ours.roll_back(day) == numpy.offset(day, 0, "backward")
    assert ours.next(day) == numpy.add(day, 1)
    assert ours.previous(day) == numpy.add(day, -1)


@settings(max_examples=75, deadline=None)
@given(PAIRS, DAYS, st.integers(1, 40))
def test_as_many_business_days_lie_between_as_it_went_on(pair: Pair, day: date, count: int) -> None:
    ours, numpy = pair
    assert numpy.count(day + DAY, ours.add(day, count) + DAY) == count
    assert numpy.count(ours.add(day, -count), day) == count


def test_every_day_of_a_year_end_and_a_leap_day() -> None:
    ours, numpy = CLOSED
    days = [date(2027, 12, 15) + n * DAY for n in range(90)]
    assert [d for d in days if ours.is_business(d)] == [d for d in days if numpy.is_business(d)]
