"""Business days: Monday to Friday, no holiday of the policy's country, no closing day of the firm.

All dates are calendar dates of the firm. Holidays come from the `holidays` library, a year at a time and only
when a weekday of that year is asked about (loading it costs more than all other rules together).
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

import msgspec

SATURDAY = 5
DAY = timedelta(days=1)

_TO = re.compile(r"\s*\.\.\s*|\s+to\s+")
_DATED, _YEARLY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), re.compile(r"\d\d-\d\d", re.ASCII)
#: Closing days of every year stand in a leap year; those over New Year begin in the year before it.
_LEAP_YEAR = 2004
#: A firm is not closed for longer at a time: a longer span is a slip of the pen.
_LONGEST = timedelta(days=91)


class UnknownCountryError(ValueError):
    """The holidays of this country or subdivision are not known."""


class ClosingDays(msgspec.Struct, frozen=True):
    """Days from first to last, both included, on which the firm is closed: once, or every year on these days.

    Of those that come every year only month and day count. `str` writes them as `read_closing_days` reads them.
    """

    first: date
    last: date
    yearly: bool = False

    @property
    def days(self) -> list[date]:
        """Every one of them."""
        return [self.first + n * DAY for n in range((self.last - self.first).days + 1)]

    def __str__(self) -> str:
        ends = dict.fromkeys(f"{day:%m-%d}" if self.yearly else day.isoformat() for day in (self.first, self.last))
        return "..".join(ends)


def read_closing_days(text: str) -> ClosingDays:
    """Read a day (2026-12-24) or a span (2026-12-24..2027-01-02); without years (12-24) it comes every year.

    Raises ValueError for what is neither, or longer than three months.
    """
    ends = _TO.split(text.strip())
    if len(ends) <= 2 and all(map(_YEARLY.fullmatch, ends)):
        first, last = (date.fromisoformat(f"{_LEAP_YEAR}-{end}") for end in (ends[0], ends[-1]))
        found = ClosingDays(first if first <= last else first.replace(year=_LEAP_YEAR - 1), last, yearly=True)
    elif len(ends) <= 2 and all(map(_DATED.fullmatch, ends)):
        found = ClosingDays(date.fromisoformat(ends[0]), date.fromisoformat(ends[-1]))
    else:
        raise ValueError(f"'{text}' is no day")
    if not timedelta() <= found.last - found.first <= _LONGEST:
        raise ValueError(f"'{text}' ends before it begins, or lasts longer than three months")
    return found


class Keeper(Protocol):
    """Where holidays are kept once they were worked out."""

    def get(self, country: str, subdivision: str, year: int) -> dict[date, str] | None:
        """Return a year's holidays, None where they are not kept."""

    def put(self, country: str, subdivision: str, year: int, days: dict[date, str]) -> None:
        """Keep a year's holidays."""


_keepers: list[Keeper] = []


def keep_holidays(keeper: Keeper) -> None:
    """From now on ask a keeper first; without one all holidays are worked out in each process."""
    _keepers[:] = [keeper]


@lru_cache(maxsize=2048)
def _holidays(country: str, subdivision: str, year: int) -> dict[date, str]:
    for keeper in _keepers:
        if (kept := keeper.get(country, subdivision, year)) is not None:
            return kept
    import holidays  # takes 0.2 s: only when a holiday is really asked for

    try:
        # Else their names would be those of the machine's language.
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=year, language="en_US")
    except NotImplementedError:
        place = f"{country}-{subdivision}" if subdivision else country
        raise UnknownCountryError(f"no holidays are known for '{place}'") from None
    days = dict(found)
    for keeper in _keepers:
        keeper.put(country, subdivision, year, days)
    return days


class BusinessCalendar:
    """The business days of one country (ISO 3166 code, subdivision optional) and firm.

    Raises UnknownCountryError at the first question when the country is not known.
    """

    def __init__(self, country: str = "US", subdivision: str = "", closing_days: Iterable[ClosingDays] = ()) -> None:
        self.country = country
        self.subdivision = subdivision
        closed = list(closing_days)
        self._closed = frozenset(day for span in closed if not span.yearly for day in span.days)
        self._closed_yearly = frozenset((day.month, day.day) for span in closed if span.yearly for day in span.days)
        # Thousands of accounts ask for the same few days.
        self._added: dict[tuple[date, int], date] = {}

    def holiday(self, day: date) -> str:
        """Name the holiday or closing day that falls on this day, "" if there is none."""
        if day in self._closed or (day.month, day.day) in self._closed_yearly:
            return "closing day"
        return _holidays(self.country, self.subdivision, day.year).get(day, "")

    def is_business(self, day: date) -> bool:
        """Is this a day on which business is done?"""
        return day.weekday() < SATURDAY and not self.holiday(day)

    def roll(self, day: date) -> date:
        """Return this day if it is a business day, else the next one."""
        return self._first(day, DAY)

    def roll_back(self, day: date) -> date:
        """Return this day if it is a business day, else the one before."""
        return self._first(day, -DAY)

    def add(self, day: date, count: int) -> date:
        """Go `count` business days on (back if negative); 0 rolls forward.

        From Saturday 14 November the third business day is Wednesday the 18th. Where the calendar ends (date.max,
        date.min) its last day is returned, whatever it is.
        """
        found = self._added.get((day, count))
        if found is None:
            found = self._added[day, count] = self._count(day, count)
        return found

    def _count(self, day: date, count: int) -> date:
        if count == 0:
            return self.roll(day)
        step, end = (DAY, date.max) if count > 0 else (-DAY, date.min)
        for _ in range(abs(count)):
            if day == end:
                break
            day = self._first(day + step, step)
        return day

    def _first(self, day: date, step: timedelta) -> date:
        """Return the first business day from this one on, in the direction of a step of one day."""
        end = date.max if step > timedelta() else date.min
        while day != end and not self.is_business(day):
            day += step
        return day

    def next(self, day: date) -> date:
        """Return the first business day after this day."""
        return self.add(day, 1)

    def previous(self, day: date) -> date:
        """Return the last business day before this day."""
        return self.add(day, -1)
