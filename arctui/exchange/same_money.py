"""One money told several times: a payment takes the place of what was known of it before.

Pure. What was concluded from two reports, and what the clerk wrote down by hand, give way to a line that brings the
same money, so that it is counted once. In a payment by hand the `recorded` of an applied part is the import that
showed it; a part without one was shown by no report yet.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from arctui.core.facts import Dossier
from arctui.core.money import ZERO, total
from arctui.core.records import Applied, Import, Payment

#: Calendar days, either way, by which the day of a payment by hand may differ from the accounting system's.
SAME_MONEY_DAYS = timedelta(days=7)


class Placed(msgspec.Struct, frozen=True):
    """A payment in its place, and what is left of those whose place it took: None where nothing is."""

    payment: Payment
    left: list[tuple[Payment, Payment | None]]


class Books(msgspec.Struct, frozen=True):
    """What the accounting system has told: the last report of open items, and the import that is going on."""

    reported: Import | None
    number: int
    as_of: date


def unapplied(payment: Payment) -> Decimal:
    """Return what is left of a payment on account."""
    return payment.amount - total(part.amount for part in payment.applied)


def unseen(payment: Payment) -> list[Applied]:
    """Return the parts of a payment by hand that no report has shown yet."""
    return [p for p in payment.applied if p.number and not p.recorded] if payment.entered_by else []


def without_unseen(dossier: Dossier) -> Dossier:
    """Return an account's facts as the accounting system knows them: without what only the clerk wrote down."""
    if not any(map(unseen, dossier.payments)):
        return dossier
    payments = tuple(
        msgspec.structs.replace(p, applied=tuple(a for a in p.applied if a not in unseen(p))) if unseen(p) else p
        for p in dossier.payments
    )
    return msgspec.structs.replace(dossier, payments=payments)


def near(payment: Payment, first: date, last: date) -> bool:
    """May a payment by hand be one of a span of days in the accounting system?"""
    return first - SAME_MONEY_DAYS <= payment.day <= last + SAME_MONEY_DAYS


class _Shares:
    """What of one payment was known before, share by share."""

    def __init__(self, payment: Payment, books: Books) -> None:
        self.payment = payment
        self.books = books
        self.left = payment.amount
        self.applied: list[Applied] = []
        self.recorded = payment.recorded
        self.by_hand = False
        self.method = payment.method
        self.back: tuple[date | None, int] = (payment.reversed_on, payment.reversal_recorded)

    def take(self, earlier: Payment, *, whole: bool) -> Payment | None:
        """Take what is the same money off an earlier payment; return what is left of that, None if nothing is.

        `whole`: it is the same money wherever it was applied, else only what lies on the same invoices.
        """
        mine = {p.number for p in self.payment.applied}
        before, keep = self.left, []
        for part in earlier.applied:
            wanted = whole or not mine or part.number in mine or (earlier.entered_by and not part.number)
            share = min(self.left, part.amount) if wanted else ZERO
            self.left -= share
            if share:
                self._count(earlier, msgspec.structs.replace(part, amount=share))
            if part.amount > share:
                keep.append(msgspec.structs.replace(part, amount=part.amount - share))
        rest = unapplied(earlier) if earlier.entered_by else ZERO
        share = min(self.left, rest)
        self.left -= share
        if share:
            self._count(earlier, Applied("", share), on_account=True)
        taken = before - self.left
        if not taken:
            return earlier
        if earlier.entered_by:
            self.by_hand = True
            self.method = self.method or earlier.method
            self.recorded = min(self.recorded, earlier.recorded)
            self.back = (earlier.reversed_on, earlier.reversal_recorded)
        elif self.books.reported:
            self.recorded = min(self.recorded, self.books.reported.number)
        if taken == earlier.amount:
            return None
        return msgspec.structs.replace(earlier, amount=earlier.amount - taken, applied=tuple(keep))

    def _count(self, earlier: Payment, part: Applied, *, on_account: bool = False) -> None:
        to = self.payment.applied[0].number if self.payment.applied else part.number
        if on_account and not self.payment.applied:
            return
        reported = self.books.reported
        day, recorded = part.day, part.recorded
        if earlier.inferred:
            # A report has shown it; only a payment by hand has to say so.
            recorded = earlier.recorded if self.payment.entered_by else 0
        elif not part.number and not on_account:
            # A report shows it as a credit of its own, and what it pays as open still.
            recorded = reported.number if reported else 0
        elif not recorded and reported and not self._on_top(min(self.recorded, earlier.recorded), reported):
            day, recorded = max(self.books.as_of, reported.as_of), self.books.number
        self.applied.append(Applied(to, part.amount, day, recorded))

    def _on_top(self, recorded: int, reported: Import) -> bool:
        return recorded > reported.number and self.payment.day >= reported.as_of

    def placed(self) -> Payment:
        """Return the payment as it is now known."""
        payment = self.payment
        applied = self.applied
        if payment.applied:
            plain = not self.by_hand and not payment.entered_by
            rest = Applied(payment.applied[0].number, self.left, None, self.books.number if self.by_hand else 0)
            applied = list(payment.applied) if plain else [*self.applied, *([rest] if self.left else [])]
        return msgspec.structs.replace(
            payment,
            applied=tuple(_joined(applied)),
            recorded=self.recorded,
            method=self.method,
            reversed_on=self.back[0],
            reversal_recorded=self.back[1],
        )


def _joined(parts: Iterable[Applied]) -> list[Applied]:
    """Put parts together that differ in their amount only."""
    sums: dict[tuple[str, date | None, int], Decimal] = {}
    for part in parts:
        key = (part.number, part.day, part.recorded)
        sums[key] = sums.get(key, ZERO) + part.amount
    return [Applied(number, amount, day, recorded) for (number, day, recorded), amount in sums.items()]


def take_place(payment: Payment, earlier: Iterable[tuple[Payment, bool]], books: Books) -> Placed:
    """Let a payment take the place of what was known of it, as far as it reaches.

    `payment` is applied to one invoice or to none. `earlier`: payments that may be the same money, the likeliest
    first, each with whether it is the same wherever it was applied.
    """
    shares = _Shares(payment, books)
    left = []
    for known, whole in earlier:
        if shares.left <= 0:
            break
        rest = shares.take(known, whole=whole)
        if rest != known:
            left.append((known, rest))
    return Placed(shares.placed(), left) if left else Placed(payment, [])
