"""The closings of the book: what was owed at the end of each closed day, made, and kept true by every later act.

They are mended in the act that tells something of a closed day, in the one place through which every act goes; so
one undo takes both back.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from arctui.core.decisions import Closing
from arctui.core.facts import Dossier
from arctui.core.mending import known_until, owed_on
from arctui.core.records import Account, Activity, Import
from arctui.core.trend import Asked, By, TrendPoint, periods
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id
from arctui.desk.trends import Trends, opens_of

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


class Closings:
    """The closings at one desk."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def check(self) -> None:
        """Raise DeskError for a working day before the first that the book tells of: nothing is known of its end."""
        facts, today = self._desk.book.facts, self._desk.today
        days = [min(i.as_of, i.at.date()) for i in facts.all(Import)] + [a.day for a in facts.all(Activity)]
        if (first := min(days, default=today)) > today:
            raise DeskError(f"the book begins on {first}: {today} lies before it and cannot be closed")

    def closing(self) -> Closing:
        """Return the closing of the working day, with what is owed at its end; it is not in the book by that."""
        desk = self._desk
        facts, today = desk.book.facts, desk.today
        until = known_until(facts, today)
        return Closing(
            id=new_id(),
            day=today,
            at=desk.rules.moment.now,
            by=desk.clerk,
            stocks=owed_on(self._open(until), facts.reports, until, today),
            imports=max(facts.reports.by_number, default=0),
        )

    def _open(self, until: date) -> Iterator[tuple[Dossier, Mapping[str, Decimal]]]:
        """Return every account with what is open of its invoices at the end of a day, not before the working day."""
        desk = self._desk
        for account in desk.book.facts.all(Account):
            dossier = desk.dossier(account.id)
            yield dossier, opens_of(desk.derived, dossier, until)

    def trends(self, last: date | None = None, count: int = 12, by: By = By.MONTH) -> Trends:
        """Return the figures of so many months or business days, the last of which ends on a day, else today.

        They are worked out with `look`, as much as fits into a slice of time, or when their points are asked for.
        """
        desk = self._desk
        end = min(last or desk.today, desk.today)
        return desk.derived.trends(Asked(periods(end, count, by, desk.rules.calendar), by))

    def trend(
        self, currency: str, last: date | None = None, count: int = 12, by: By = By.MONTH
    ) -> tuple[TrendPoint, ...]:
        """Return the points of one currency (see `trends`)."""
        return self.trends(last, count, by).points(currency)
