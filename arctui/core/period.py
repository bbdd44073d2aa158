"""A span of calendar days over which something is counted."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

_DAY = timedelta(days=1)


class Period(msgspec.Struct, frozen=True):
    """The days from `first` to `last`, both included. Raises ValueError where the last lies before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a span that runs backwards."""
        if self.last < self.first:
            raise ValueError(f"{self.last} lies before {self.first}")

    def __contains__(self, day: date | None) -> bool:
        """Is a day in it? A day that is not known is in none."""
        return day is not None and self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many calendar days it has."""
        return (self.last - self.first).days + 1

    def each(self) -> Iterator[date]:
        """Return its days in order."""
        return (self.first + n * _DAY for n in range(self.days))

    def months(self) -> "tuple[Period, ...]":
        """Return the calendar months that it touches, in order; the first and the last may be parts of months."""
        whole = month_of(self.first)
        found = [Period(self.first, min(whole.last, self.last))]
        while whole.last < self.last:
            whole = month_of(whole.last + _DAY)
            found.append(Period(whole.first, min(whole.last, self.last)))
        return tuple(found)

    @property
    def name(self) -> str:
        """How it is written: "2026-10" for a whole month, else "2026-10-05..2026-11-03"."""
        whole = month_of(self.first) == self
        return self.first.isoformat()[:7] if whole else f"{self.first}..{self.last}"


def month_of(day: date) -> Period:
    """Return the whole calendar month in which a day lies."""
    last = calendar.monthrange(day.year, day.month)[1]
    return Period(day.replace(day=1), day.replace(day=last))


def last_days(today: date, count: int) -> Period:
    """Return the period of so many days that ends on a day, itself the last; none is before the year 1."""
    return Period(date.fromordinal(max(1, today.toordinal() - count + 1)), today)
