"""The day's reports, worked out beside the clerk's work where the book has many accounts."""

import threading
from collections.abc import Callable

from arctui.core.day_report import DayReport
from arctui.core.records import Account
from arctui.desk.beside import in_short_turns
from arctui.desk.collecting import uncollected
from arctui.desk.day_report import Day
from arctui.desk.derived import Derived
from arctui.desk.desk import Desk

#: Up to so many accounts it takes no longer than a key may, and needs no thread.
AT_ONCE = 200


class DayBeside:
    """The reports of one moment: of the clerk, and of the firm; all but the work is called in the clerk's thread."""

    def __init__(self, desk: Desk, ended: Callable[[], None]) -> None:
        """Begin; `ended` is called in the working thread at its end, and not at all where it needed none."""
        self._number, self._today, self._clerk = desk.book.number, desk.today, desk.clerk
        self._ended = ended
        self._reports: dict[str, DayReport] = {}
        self._error: Exception | None = None
        if sum(1 for _ in desk.book.facts.all(Account)) <= AT_ONCE:
            self._make(desk.derived)
        else:
            still = desk.derived.still()
            threading.Thread(target=self._work, args=(still,), name="day report", daemon=True).start()

    def is_of(self, desk: Desk) -> bool:
        """Is the book, and the day, still the one that it is about?"""
        return (desk.book.number, desk.today) == (self._number, self._today)

    def is_of_day(self, desk: Desk) -> bool:
        """Is it about the day that it is?"""
        return desk.today == self._today

    @property
    def is_done(self) -> bool:
        """Is it worked out, or has it failed?"""
        return self._clerk in self._reports or self._error is not None

    def report(self, clerk: str) -> DayReport:
        """Return the report of the clerk, or ("") of the firm, once it is done; raises what making it raised."""
        if self._error:
            raise self._error
        return self._reports[clerk]

    # In the thread

    def _make(self, derived: Derived) -> None:
        day = Day(derived)
        # The clerk's own last: with it all is done.
        self._reports[""] = day.report("")
        self._reports[self._clerk] = day.report(self._clerk)

    def _work(self, derived: Derived) -> None:
        try:
            with in_short_turns(), uncollected():
                self._make(derived)
        except Exception as error:  # noqa: BLE001  raised again in the clerk's thread
            self._error = error
        self._ended()
