"""The day of a report that has no title: the one to which the ages of its items are counted."""

from datetime import date, timedelta

from arctui.exchange.report import Reason

_FEWEST = 3
_MOST = 100_000
_LAST_YEAR = 9000


class Ages:
    """Gathers the days past due of a report's items beside their dates."""

    def __init__(self) -> None:
        self._items = 0
        self._from_due: set[date] = set()
        self._from_issue: set[date] = set()

    def take(self, age: str, issued: date | None, due: date | None) -> None:
        """Note the age of an item; one that is not yet due has none that says anything."""
        if not (age.isascii() and age.isdigit() and 0 < int(age[:6]) < _MOST) or due is None or issued is None:
            return
        self._items += 1
        for days, begin in ((self._from_due, due), (self._from_issue, issued)):
            if len(days) < 2 and begin.year < _LAST_YEAR:
                days.add(begin + timedelta(days=int(age)))

    @property
    def day(self) -> date | None:
        """The day on which all items are as old as the report says, None if there is none or two fit."""
        if self._items < _FEWEST or {len(self._from_due), len(self._from_issue)} != {1, 2}:
            return None
        return next(iter(self._from_due if len(self._from_due) == 1 else self._from_issue))

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Say how the day was found, if it was."""
        return (Reason("as of", f"the ages of {self._items} items are counted to {self.day}"),) if self.day else ()
