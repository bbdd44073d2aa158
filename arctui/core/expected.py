"""What one account is expected to pay, and when, each cent once; and what it paid and had promised lately. Pure.

Of all that is open the disputed part comes first: it is not expected. Then live promises take what they cover,
credits set off the oldest of the rest, pay runs take what can be in them, and what is left goes by its due date and
the account's habit. What no rule gives a day to is a part of its own. So the parts add up to what is open.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

import msgspec

from arctui.core.facts import Dossier
from arctui.core.figures import average_days_late
from arctui.core.ledger import OpenItem
from arctui.core.money import ZERO, total
from arctui.core.promises import Judged, covering
from arctui.core.reasons import Rules
from arctui.core.records import Flag
from arctui.core.run_entries import shares
from arctui.core.standing import Standing
from arctui.core.track_record import Kept, kept_of

#: So many weeks before this one are compared with what came.
WEEKS_BACK = 4
#: What is due later than this keeps its day: no holidays are looked up for the far future.
_ROLLED = timedelta(days=2 * 366)
#: Who may not be dunned pays by no rule of ours.
_HELD = frozenset({Flag.BANKRUPTCY, Flag.ATTORNEY, Flag.LEGAL})


class Part(StrEnum):
    """The parts of what is open. Those that are EXPECTED have a day, the others have none."""

    PROMISE = "promises"
    RUN = "pay runs"
    DUE = "due dates"
    UNDATED = "not dated"
    DISPUTED = "disputed"
    CREDIT = "set off"


#: The parts that have a day.
EXPECTED = (Part.PROMISE, Part.RUN, Part.DUE)


class Coming(msgspec.Struct, frozen=True):
    """An amount of one part; `day` is a business day from today on, None where nothing says when."""

    part: Part
    day: date | None
    amount: Decimal
    currency: str


class Gone(msgspec.Struct, frozen=True):
    """An amount of a day up to today: what came (`inferred`: on that day at the latest), or had been promised."""

    day: date
    amount: Decimal
    currency: str
    inferred: bool = False


class Outlook(msgspec.Struct, frozen=True):
    """What one account is expected to pay, what came and had been promised lately, and how it kept its promises."""

    coming: tuple[Coming, ...]
    came: tuple[Gone, ...]
    promised: tuple[Gone, ...]
    kept: Kept


def monday_of(day: date) -> date:
    """Return the day on which the ISO week of a day begins."""
    return day - timedelta(days=day.weekday())


def outlook(dossier: Dossier, standing: Standing, rules: Rules) -> Outlook:
    """Return what an account is expected to pay, and what it paid.

    - A live promise: what it covers and has not come, on the promised day; once that has passed on the last day of
      its window, or the day until which the review left it.
    - Credits set off the oldest items, as nobody pays what he has in hand already.
    - A pay run: what the calendar puts to it (`run_entries.shares`).
    - A due date, moved by the days that the account paid late on average in the last year (by amount). Where that is
      not known, or is past, what is not due yet comes on its due date, and what is past due is not dated. Neither is
      what has no due date.
    - An account in bankruptcy, at an attorney or at court is expected to pay nothing on any day.
    """
    account = _Account(dossier, standing, rules)
    return Outlook(
        coming=tuple(c for c in account.parts() if c.amount > 0),
        came=tuple(account.came()),
        promised=tuple(account.promised()),
        kept=kept_of(standing.judged),
    )


class _Account:
    """One account, as what is open of it is shared out: `free` is what no part has taken yet, by invoice id."""

    def __init__(self, dossier: Dossier, standing: Standing, rules: Rules) -> None:
        self.dossier = dossier
        self.standing = standing
        self.rules = rules
        self.today = rules.moment.today
        self.since = monday_of(self.today) - timedelta(weeks=WEEKS_BACK)
        self.items = [i for i in standing.items if i.open > 0]
        self.free = {i.invoice.id: i.open - i.disputed for i in self.items}
        self._late: dict[str, Decimal | None] = {}

    def parts(self) -> Iterator[Coming]:
        """Share out what is open."""
        held = not _HELD.isdisjoint(self.dossier.account.flags)
        for item in self.items:
            yield Coming(Part.DISPUTED, None, item.disputed, item.invoice.currency)
        if not held:
            yield from self._promises()
        yield from self._credits()
        runs = {} if held else self._runs()
        for item in self.items:
            run = runs.get(item.invoice.id)
            day = None if held else run or self._by_habit(item)
            part = Part.RUN if run else Part.DUE if day else Part.UNDATED
            yield Coming(part, day, self.free[item.invoice.id], item.invoice.currency)

    def _promises(self) -> Iterator[Coming]:
        """What live promises cover; one that names no invoice lies on the oldest items that no other one covers."""
        for judged, parts in covering(self.standing.judged, dict(self.free)):
            currency = judged.promise.currency
            of_items = [(i.invoice.id, parts.get(i.invoice.id, ZERO)) for i in self._of(currency)]
            for invoice, part in of_items:
                self.free[invoice] -= part
            yield Coming(Part.PROMISE, self._day_of(judged), total(part for _, part in of_items), currency)
        for judged in self.standing.live:
            if not judged.promise.invoices:
                currency = judged.promise.currency
                part = self._take(judged.missing, currency)
                yield Coming(Part.PROMISE, self._day_of(judged), part, currency)

    def _day_of(self, judged: Judged) -> date:
        promise = judged.promise
        day = promise.day
        if day < self.today:
            day = max(promise.last_day, promise.left_until or promise.last_day, self.today)
        return self._rolled(day)

    def _credits(self) -> Iterator[Coming]:
        for balance in (self.standing.balance, *self.standing.others):
            yield Coming(Part.CREDIT, None, self._take(balance.credits, balance.currency), balance.currency)

    def _of(self, currency: str) -> list[OpenItem]:
        return [i for i in self.items if i.invoice.currency == currency]

    def _take(self, amount: Decimal, currency: str) -> Decimal:
        """Take an amount from the oldest items, as far as it goes; return how far it went."""
        left = amount
        for item in self._of(currency):
            part = min(left, self.free[item.invoice.id])
            self.free[item.invoice.id] -= part
            left -= part
        return amount - left

    def _runs(self) -> dict[str, date]:
        """Return the day of the run that each invoice goes to."""
        if self.dossier.account.pay_cycle is None:
            return {}
        currencies = {i.invoice.currency for i in self.items}
        found = (share for c in currencies for share in shares(self.dossier, self.standing, self.rules, c))
        return {item.invoice.id: share.run.day for share in found for item in share.items}

    def _by_habit(self, item: OpenItem) -> date | None:
        due, late = item.invoice.due, None
        if due is None or self.free[item.invoice.id] <= 0:
            return None
        if item.invoice.currency not in self._late:
            found = average_days_late(self.dossier, item.invoice.currency, self.today)
            self._late[item.invoice.currency] = found
        late = self._late[item.invoice.currency]
        if late is not None:
            days = int(late.to_integral_value(ROUND_HALF_UP))
            day = date.fromordinal(max(1, min(due.toordinal() + days, date.max.toordinal())))
            if day >= self.today:
                return self._rolled(day)
        return None if item.past_due else self._rolled(due)

    def _rolled(self, day: date) -> date:
        return self.rules.calendar.roll(day) if day <= self.today + _ROLLED else day

    # What was

    def came(self) -> Iterator[Gone]:
        """The payments of the last weeks that were not taken back."""
        for payment in self.dossier.payments:
            if self.since <= payment.day <= self.today and payment.reversed_on is None and payment.amount > 0:
                yield Gone(payment.day, payment.amount, payment.currency, payment.inferred)

    def promised(self) -> Iterator[Gone]:
        """What had been promised for the last weeks, and still stood on the promised day."""
        taken = {p.id: p.taken_on for p in self.dossier.promises}
        fell = {j.promise.id: j.broke_on for j in self.standing.judged if j.fell}
        for promise in self.dossier.promises:
            if not self.since - timedelta(weeks=WEEKS_BACK) <= promise.day <= self.today:
                continue
            day = self._rolled(promise.day)
            ended = promise.withdrawn_on or taken.get(promise.superseded_by) or fell.get(promise.id)
            if self.since <= day <= self.today and (ended is None or ended > day):
                yield Gone(day, promise.amount, promise.currency)
