"""Business days a second time, by numpy, with the closing days of the firm written out."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

import holidays
import numpy as np

#: Years of which the holidays are written out: days asked about lie two years inside.
YEARS = range(2022, 2046)


class NumpyDays:
    """Monday to Friday without the holidays of a country and further days."""

    def __init__(self, country: str, subdivision: str = "", closed: Iterable[date] = ()) -> None:
        named = holidays.country_holidays(country, subdiv=subdivision or None, years=YEARS)
        self._days = np.busdaycalendar(holidays=[*map(np.datetime64, {*named, *closed})])

    def is_business(self, day: date) -> bool:
        return bool(np.is_busday(day, busdaycal=self._days))

    def offset(self, day: date, count: int, roll: Literal["forward", "backward"]) -> date:
        found = np.busday_offset(day, count, roll=roll, busdaycal=self._days)
        return date.fromisoformat(str(found))

    def add(self, day: date, count: int) -> date:
        """A day that is none counts as the one from which the first step leads to a business day."""
        return self.offset(day, count, "backward" if count > 0 else "forward")

    def count(self, first: date, beyond: date) -> int:
        return int(np.busday_count(first, beyond, busdaycal=self._days))
