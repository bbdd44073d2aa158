"""What was done on the working day, kept up act by act: the header shows it after each, and looks through no book."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from arctui.core.changes import Change
from arctui.core.records import Activity, Promise
from arctui.desk.derived import Derived

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


class DayTally:
    """The day of one desk. The book is looked through once, and again after what touches all of it."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        # From what it follows; with another one it is counted anew.
        self._from: tuple[Derived, date] | None = None
        self._activities: dict[str, Activity] = {}
        self._promises: dict[str, Promise] = {}

    def follow(self, changes: Iterable[Change]) -> None:
        """Take changes over."""
        for change in changes:
            self._take(change)

    def activities(self) -> list[Activity]:
        """Return what this clerk did."""
        self._look()
        return list(self._activities.values())

    def promises(self) -> list[Promise]:
        """Return the promises that this clerk took, whatever became of them."""
        self._look()
        return list(self._promises.values())

    def _look(self) -> None:
        """Look the book through unless that was done."""
        desk = self._desk
        if self._from is not None and self._from[0] is desk.derived and self._from[1] == desk.today:
            return
        facts, today, clerk = desk.book.facts, desk.today, desk.clerk
        self._from = (desk.derived, today)
        self._activities = {a.id: a for a in facts.on(Activity, today) if a.by == clerk}
        self._promises = {p.id: p for p in facts.on(Promise, today) if p.taken_by == clerk}

    def _take(self, change: Change) -> None:
        record, now = change.record, change.after
        today, clerk = self._desk.today, self._desk.clerk
        if isinstance(record, Activity):
            if isinstance(now, Activity) and now.day == today and now.by == clerk:
                self._activities[now.id] = now
            else:
                self._activities.pop(record.id, None)
        elif isinstance(record, Promise):
            if isinstance(now, Promise) and now.taken_on == today and now.taken_by == clerk:
                self._promises[now.id] = now
            else:
                self._promises.pop(record.id, None)
