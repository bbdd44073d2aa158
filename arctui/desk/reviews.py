"""The end-of-day review: the promises whose day has come, and what the clerk decides about each.

Every decision is an act of the desk and can be undone.
"""

import contextlib
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from arctui.core import review as reviewing
from arctui.core.changes import added
from arctui.core.decisions import Closing
from arctui.core.records import Promise
from arctui.core.roles import Right
from arctui.core.standing import Standing
from arctui.desk.came_in import ComingIn
from arctui.desk.errors import DeskError
from arctui.desk.review_acts import Decisions
from arctui.store import BookConflictError

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: So often a closing is made anew over what other sessions did meanwhile.
_TRIES = 3


class Reviews(ComingIn, Decisions):
    """The review of one clerk at one desk. Raises DeskError for a decision that is not possible."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        # What was found on each account, with the standing from which it follows, and for which day and last review.
        self._found: dict[str, tuple[Standing, list[reviewing.Reviewed]]] = {}
        self._since: tuple[date, date | None] | None = None

    def today(self) -> reviewing.Review:
        """Return the promises whose day has come since the last closed review.

        Only accounts that something touched are looked at again.
        """
        desk, last = self._desk, self._desk.book.facts.last_review
        if self._since != (desk.today, last):
            self._found, self._since = {}, (desk.today, last)
        return reviewing.gathered((r for account in self._promising() for r in self._of(account, last)), desk.today)

    def _promising(self) -> Iterable[str]:
        return dict.fromkeys(p.account for p in self._desk.book.facts.all(Promise) if self._desk.knows(p.account))

    def _of(self, account: str, last_closed: date | None) -> list[reviewing.Reviewed]:
        standing = self._desk.derived.standing(account)
        known = self._found.get(account)
        if known is None or known[0] is not standing:
            dossier = self._desk.dossier(account)
            known = (standing, reviewing.of_account(dossier, standing, self._desk.today, last_closed))
            self._found[account] = known
        return known[1]

    def _of_others(self) -> bool:
        """Are there promises of other clerks that are still to be looked after?"""
        found = self.today()
        waiting = (r for r in (*found.broken, *found.partial, *found.due) if not (r.handled or r.old))
        return any(r.clerk not in ("", self._desk.clerk) for r in waiting)

    def broke_today(self, clerk: str) -> int:
        """Count the promises that broke today, of a clerk: as the day's report does."""
        return self._desk.derived.broken.count(self._desk.book.facts, clerk)

    def freshness(self) -> reviewing.Freshness:
        """Say how fresh the payments are."""
        return reviewing.freshness(self._desk.rules.reports, self._desk.today)

    def closed(self) -> list[Closing]:
        """Return who has closed the review of today, the first one first."""
        closed = (c for c in self._desk.book.facts.all(Closing) if c.day == self._desk.today)
        return sorted(closed, key=lambda c: c.at)

    def close(self) -> str:
        """Close today's review; promises that were not followed up come first tomorrow. Returns what was done.

        The first clerk closes the day of the firm; another one still closes their own. Raises DeskError where it is
        closed already, or nothing is known of the day.
        """
        for _ in range(_TRIES - 1):
            with contextlib.suppress(BookConflictError):
                return self._close()
        return self._close()

    def _close(self) -> str:
        """Close it with what the book says now; another session's act meanwhile is a BookConflictError."""
        desk = self._desk
        desk.refresh()
        day, number = desk.rules.day(desk.today), desk.book.number
        before = [f"by {'you' if c.by == desk.clerk else c.by} at {c.at:%H:%M}" for c in self.closed()]
        if any(c.by == desk.clerk for c in self.closed()):
            raise DeskError(f"the review of {day} is closed already: {', '.join(before)}")
        if not before and self._of_others():
            desk.need(Right.DECIDE, "closing the day over promises of other clerks that nobody looked after")
        desk.closings.check()
        closing = desk.closings.closing()
        too = f", before {', '.join(before)}" if before else ""
        changed = [added(closing)]
        return desk.commit(f"review of {day} closed{too}", changed, stale=lambda: desk.book.number != number)
