"""What the rules go by on one day, whatever the account."""

from datetime import date
from decimal import Decimal

import msgspec

from arctui.core import words
from arctui.core.business import BusinessCalendar
from arctui.core.facts import Moment, Reports
from arctui.core.policy import Policy


class Rules(msgspec.Struct, frozen=True):
    """What all accounts share when they are derived: policy, business days, imports, the moment, and who asks.

    `clerk` is the login, `session` the id of the running program, `gone` those of programs that ended in a call.
    `reviews`: the days whose review was closed, in order.
    """

    policy: Policy
    calendar: BusinessCalendar
    reports: Reports
    moment: Moment
    clerk: str = ""
    session: str = ""
    gone: frozenset[str] = frozenset()
    reviews: tuple[date, ...] = ()

    @property
    def review_before(self) -> date | None:
        """The business day before today, whose review was to be held; None before the first that was closed."""
        before = self.calendar.previous(self.moment.today)
        return before if self.reviews and self.reviews[0] <= before else None

    @property
    def stale(self) -> str:
        """Say so while payments are older than the last business day, else ""."""
        as_of = self.reports.payments_as_of
        if as_of is None or as_of >= self.calendar.previous(self.moment.today):
            return ""
        return f"payments as of {words.short_day(as_of, self.moment.today)}: import first"

    def day(self, day: date) -> str:
        """Write a day for a sentence."""
        return words.short_day(day, self.moment.today)

    def money(self, amount: Decimal, currency: str) -> str:
        """Write an amount for a sentence."""
        return words.money(amount, currency, self.policy.home_currency)
