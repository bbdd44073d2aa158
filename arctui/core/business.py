"""Business days: Monday to Friday, no holiday of the policy's country, no closing day of the firm.

All dates are calendar dates of the firm. Holidays come from the `holidays` library, a year at a time and only
when a weekday of that year is asked about (loading it costs more than all other rules together).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5
DAY = timedelta(days=1)


class UnknownCountryError(ValueError):
    """The holidays of this country or subdivision are not known."""


@lru_cache(maxsize=256)
def _holidays(country: str, subdivision: str, year: int) -> dict[date, str]:
    import holidays  # takes 0.2 s: only when a holiday is really asked for

    try:
        return dict(holidays.country_holidays(country, subdiv=subdivision or None, years=year))
    except NotImplementedError:
        place = f"{country}-{subdivision}" if subdivision else country
        raise UnknownCountryError(f"no holidays are known for '{place}'") from None


class BusinessCalendar:
    """The business days of one country (ISO 3166 code, subdivision optional) and firm.

    Raises UnknownCountryError at the first question when the country is not known.
    """

    def __init__(self, country: str = "US", subdivision: str = "", closing_days: Iterable[date] = ()) -> None:
        self.country = country
        self.subdivision = subdivision
        self.closing_days = frozenset(closing_days)
        # Thousands of accounts ask for the same few days.
        self._added: dict[tuple[date, int], date] = {}

    def holiday(self, day: date) -> str:
        """Name the holiday or closing day that falls on this day, "" if there is none."""
        if day in self.closing_days:
            return "closing day"
        return _holidays(self.country, self.subdivision, day.year).get(day, "")

    def is_business(self, day: date) -> bool:
        """Is this a day on which business is done?"""
        return day.weekday() < SATURDAY and not self.holiday(day)

    def roll(self, day: date) -> date:
        """Return this day if it is a business day, else the next one."""
        while not self.is_business(day):
            day += DAY
        return day

    def roll_back(self, day: date) -> date:
        """Return this day if it is a business day, else the one before."""
        while not self.is_business(day):
            day -= DAY
        return day

    def add(self, day: date, count: int) -> date:
        """Go `count` business days on (back if negative); 0 rolls forward.

        From Saturday 14 November the third business day is Wednesday the 18th.
        """
        found = self._added.get((day, count))
        if found is None:
            found = self._added[day, count] = self._count(day, count)
        return found

    def _count(self, day: date, count: int) -> date:
        if count == 0:
            return self.roll(day)
        step = DAY if count > 0 else -DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_business(day):
                day += step
        return day

    def next(self, day: date) -> date:
        """Return the first business day after this day."""
        return self.add(day, 1)

    def previous(self, day: date) -> date:
        """Return the last business day before this day."""
        return self.add(day, -1)
