"""Calendar arithmetic done a second time, a day at a time, with the US holidays of two years written out."""

from collections.abc import Callable
from datetime import date, timedelta

DAY = timedelta(days=1)

#: Federal holidays as they are observed, week-ends left out.
US_HOLIDAYS = frozenset(
    {
        date(2026, 1, 1),
        date(2026, 1, 19),
        date(2026, 2, 16),
        date(2026, 5, 25),
        date(2026, 6, 19),
        date(2026, 7, 3),
        date(2026, 9, 7),
        date(2026, 10, 12),
        date(2026, 11, 11),
        date(2026, 11, 26),
        date(2026, 12, 25),
        date(2027, 1, 1),
        date(2027, 1, 18),
        date(2027, 2, 15),
        date(2027, 5, 31),
        date(2027, 6, 18),
        date(2027, 7, 5),
        date(2027, 9, 6),
        date(2027, 10, 11),
        date(2027, 11, 11),
        date(2027, 11, 25),
        date(2027, 12, 24),
        date(2027, 12, 31),
    }
)


def nov(day: int) -> date:
    """A day of November 2026."""
    return date(2026, 11, day)


def dec(day: int) -> date:
    """A day of December 2026."""
    return date(2026, 12, day)


def first_day(start: date, matches: Callable[[date], bool]) -> date:
    """Walk on from a day, this day included, until one matches."""
    while not matches(start):
        start += DAY
    return start


def is_business(day: date) -> bool:
    return day.weekday() < 5 and day not in US_HOLIDAYS


def business_days_on(day: date, count: int) -> date:
    """Walk `count` business days on; 0 stays on a business day or goes to the next."""
    day = first_day(day, is_business) if count == 0 else day
    while count > 0:
        day += DAY
        count -= is_business(day)
    return day


def last_of_month(day: date) -> date:
    return first_day(day, lambda d: (d + DAY).day == 1)
