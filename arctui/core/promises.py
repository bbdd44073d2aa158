"""Promises to pay: what is fixed when one is taken, and what became of it.

The verdict depends on nothing but the promises, the payments, the disputes and the day.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from arctui.core.business import BusinessCalendar
from arctui.core.facts import Dossier
from arctui.core.money import CENT, ZERO, cents, total
from arctui.core.policy import Policy
from arctui.core.records import Dispute, Method, Payment, Promise


class Verdict(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    DUE = "due"
    KEPT = "kept"
    PARTIAL = "partial"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    SUSPENDED = "suspended"


class Window(msgspec.Struct, frozen=True):
    """The days in which the money must come: up to `last_day`; broken from `breaks_on`, the next business day."""

    grace_days: int
    last_day: date
    breaks_on: date


def window(day: date, method: Method | None, policy: Policy, calendar: BusinessCalendar, *, in_hands: bool) -> Window:
    """Fix the window of a promise for a day: a day that is no business day counts as the next one.

    Grace is in business days by method; `in_hands` (after a broken promise) there is none.
    A check promised for Friday 20 Nov 2026: last day Wednesday 25, broken on Friday 27 (26 is a holiday).
    """
    grace = 0 if in_hands else policy.grace(method)
    last_day = calendar.add(calendar.roll(day), grace)
    return Window(grace, last_day, calendar.next(last_day))


def tolerance(amount: Decimal, policy: Policy) -> Decimal:
    """Return what may be missing from a kept promise: the larger of a fixed sum and a percentage, never all of it."""
    larger = max(cents(policy.tolerance_amount), cents(amount * policy.tolerance_percent / 100))
    return min(larger, amount - CENT)


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A promise with its verdict.

    `received` came inside the window; `kept_on` is the day it was enough, None if the day is not known or it is
    not kept. `late` came after the window, the last of it on `late_on`. `undone_on`: the day on which a payment
    that had come in the window was taken back. `counted`: ids of the payments that were counted, late ones too.
    """

    promise: Promise
    verdict: Verdict
    received: Decimal = ZERO
    kept_on: date | None = None
    day_unknown: bool = False
    late: Decimal = ZERO
    late_on: date | None = None
    undone_on: date | None = None
    counted: frozenset[str] = frozenset()

    @property
    def missed_on(self) -> date:
        """The day from which it counts as missed: when it broke, or later, when a payment on it was taken back."""
        return max(self.promise.breaks_on, self.undone_on or self.promise.breaks_on)

    @property
    def live(self) -> bool:
        """Is the customer still given time? A live promise silences every other chase for what it covers."""
        return self.verdict in (Verdict.OPEN, Verdict.DUE)

    @property
    def missed(self) -> bool:
        """Was it broken, in part or whole?"""
        return self.verdict in (Verdict.PARTIAL, Verdict.BROKEN)

    @property
    def missing(self) -> Decimal:
        """What of it has not come to this day."""
        return max(ZERO, self.promise.amount - self.received - self.late)

    def days_late(self, today: date) -> int:
        """Days from the promised day to the money, or to today while some is missing; never below 0."""
        if self.verdict is Verdict.KEPT:
            until = self.kept_on or self.promise.day
        else:
            until = self.late_on if self.late_on and self.missing <= self.promise.tolerance else today
        return max(0, (until - self.promise.day).days)


class _Piece:
    """A part of a payment that can still be counted for a promise."""

    __slots__ = ("left", "number", "payment")

    def __init__(self, payment: Payment, number: str | None, amount: Decimal) -> None:
        self.payment = payment
        self.number = number
        self.left = amount

    def serves(self, promise: Promise, numbers: set[str]) -> bool:
        return self.payment.currency == promise.currency and (self.number is None or self.number in numbers)

    @property
    def first_day(self) -> date:
        return self.payment.since or self.payment.day


def _pieces(payments: Iterable[Payment], today: date) -> list[_Piece]:
    pieces = []
    for payment in sorted(payments, key=lambda p: (p.day, p.id)):
        if payment.reversed_on is None and payment.day <= today:
            pieces += [
                _Piece(payment, part.number or None, part.amount) for part in payment.applied if part.amount > 0
            ]
            rest = payment.amount - total(part.amount for part in payment.applied)
            if rest > 0:
                pieces.append(_Piece(payment, None, rest))
    return pieces


class _Count:
    """The money counted so far for one promise."""

    def __init__(self, promise: Promise, numbers: set[str]) -> None:
        self.promise = promise
        self.numbers = numbers
        self.received = ZERO
        self.late = ZERO
        self.kept_on: date | None = None
        self.day_unknown = False
        self.late_on: date | None = None
        self.undone_on: date | None = None
        self.suspended = False
        self._taken: list[tuple[_Piece, Decimal]] = []

    def release(self) -> None:
        """Give the money back: a suspended promise takes none from one that holds."""
        for piece, part in self._taken:
            piece.left += part
        self._taken = []
        self.received = ZERO

    @property
    def counted(self) -> frozenset[str]:
        return frozenset(piece.payment.id for piece, _ in self._taken)

    @property
    def kept(self) -> bool:
        return self.received > 0 and self.received >= self.promise.amount - self.promise.tolerance

    def take_in_window(self, pieces: Iterable[_Piece]) -> None:
        """Count what came from the day of taking to the last day; an interval needs only to touch them."""
        promise = self.promise
        for piece in pieces:
            missing = promise.amount - self.received
            in_window = piece.payment.day >= promise.taken_on and piece.first_day <= promise.last_day
            if missing > 0 and piece.left > 0 and in_window and piece.serves(promise, self.numbers):
                self._count(piece, min(missing, piece.left))

    def _room(self, amount: Decimal, left: dict[str, Decimal]) -> Decimal:
        """Return how much of an amount on account the promise's invoices have room for, and take it off them."""
        if any(i not in left for i in self.promise.invoices):
            return amount
        wanted = amount
        for invoice in self.promise.invoices:
            part = min(wanted, max(ZERO, left[invoice]))
            left[invoice] -= part
            wanted -= part
        return amount - wanted

    def take_early(self, pieces: Iterable[_Piece], open_by_id: Mapping[str, Decimal], came_after: Decimal) -> None:
        """Count what came before the promise was taken and was not known then: it was under way.

        What was known then was not promised any more. So it is what neither came since nor is open still; where it
        is not known what is open nothing is counted.
        """
        promise = self.promise
        if not promise.invoices or any(i not in open_by_id for i in promise.invoices):
            return
        carried = came_after + total(max(ZERO, open_by_id[i]) for i in promise.invoices)
        gone = promise.amount - self.received - carried
        for piece in pieces:
            early = piece.number is not None and piece.payment.day < promise.taken_on
            if gone > 0 and piece.left > 0 and early and piece.serves(promise, self.numbers):
                part = min(gone, piece.left)
                self._count(piece, part)
                gone -= part

    def _count(self, piece: _Piece, part: Decimal) -> None:
        """Count a part of a piece for the promise, and note the day on which it was enough."""
        before = self.kept
        piece.left -= part
        self._taken.append((piece, part))
        self.received += part
        if self.kept and not before:
            self.day_unknown = piece.payment.inferred
            self.kept_on = None if self.day_unknown else piece.payment.day

    def came_after(self, pieces: Iterable[_Piece]) -> Decimal:
        """Return what was paid on its invoices after the window."""
        late = (p for p in pieces if p.number is not None and p.first_day > self.promise.last_day)
        return total(p.left for p in late if p.serves(self.promise, self.numbers))

    def take_late(self, pieces: Iterable[_Piece], left: dict[str, Decimal]) -> None:
        """Count what came after the window; of what is on account no more than its invoices have open.

        `left`: what is open of each invoice and no promise has counted; an invoice that is not in it has no limit.
        """
        for piece in pieces:
            missing = self.promise.amount - self.received - self.late
            after = piece.first_day > self.promise.last_day
            if missing > 0 and piece.left > 0 and after and piece.serves(self.promise, self.numbers):
                part = min(missing, piece.left)
                if piece.number is None:
                    part = self._room(part, left)
                if not part:
                    continue
                piece.left -= part
                self._taken.append((piece, part))
                self.late += part
                self.late_on = piece.payment.day


def _undone_on(count: _Count, payments: Iterable[Payment]) -> date | None:
    """Return the last day on which a payment that had come in the window was taken back."""
    promise = count.promise
    return max(
        (
            p.reversed_on
            for p in payments
            if p.reversed_on
            and p.currency == promise.currency
            and promise.taken_on <= p.day <= promise.last_day
            and (not p.applied or any(part.number in count.numbers for part in p.applied))
        ),
        default=None,
    )


def _suspended(count: _Count, dossier: Dossier, open_by_id: dict[str, Decimal], came_after: Decimal) -> bool:
    """Was so much of its invoices disputed while it was live, or made void, that the rest does not carry the promise?

    A dispute that was solved inside the window lets the promise hold again. `came_after`: what its invoices were paid
    after the window, which is open no more but was while the promise was live.
    """
    promise = count.promise
    disputed = total(
        _lies_on(d, promise, dossier, open_by_id)
        for d in dossier.disputes
        if promise.taken_on <= d.opened <= promise.last_day and not (d.closed_on and d.closed_on <= promise.last_day)
    )
    if not disputed and not any(i.void and i.id in promise.invoices for i in dossier.invoices):
        return False
    carrying = count.received + came_after + total(max(ZERO, open_by_id.get(i, ZERO)) for i in promise.invoices)
    return carrying - disputed < promise.amount - promise.tolerance


def _lies_on(dispute: Dispute, promise: Promise, dossier: Dossier, open_by_id: dict[str, Decimal]) -> Decimal:
    """Return how much of a dispute lies on a promise's invoices; one that names none lies on the oldest items."""
    if dispute.invoices:
        return dispute.amount if set(dispute.invoices) & set(promise.invoices) else ZERO
    left, lies = dispute.amount, ZERO
    for invoice in sorted(dossier.invoices, key=lambda i: (i.due or date.max, i.number, i.id)):
        if invoice.currency == dispute.currency and left > 0:
            part = min(left, max(ZERO, open_by_id.get(invoice.id, ZERO)))
            left -= part
            lies += part if invoice.id in promise.invoices else ZERO
    return lies


def judge(dossier: Dossier, open_by_id: dict[str, Decimal], today: date) -> tuple[Judged, ...]:
    """Judge every promise of an account on a day, in the order in which they were taken.

    Money counts when it is dated on or after the day a promise was taken and was applied to its invoices, or is
    unapplied; each cent for one promise, the earliest promised date first. So does older money that turns out to have
    paid what was promised. `open_by_id`: what is open of each invoice today (`ledger.open_amounts`), needed only for
    that, and where a promise's invoice is disputed.
    """
    numbers = {i.id: i.number for i in dossier.invoices}
    pieces = _pieces(dossier.payments, today)
    counts: dict[str, _Count] = {}
    standing = [p for p in dossier.promises if not p.withdrawn_on and not p.superseded_by]
    for promise in sorted(standing, key=lambda p: (p.day, p.taken_at, p.id)):
        count = _Count(promise, {numbers[i] for i in promise.invoices if i in numbers})
        count.take_in_window(pieces)
        count.undone_on = _undone_on(count, dossier.payments)
        if not count.kept and _suspended(count, dossier, open_by_id, count.came_after(pieces)):
            count.suspended = True
            count.release()
        elif not count.kept:
            count.take_early(pieces, open_by_id, count.came_after(pieces))
        counts[promise.id] = count
    left = dict(open_by_id)
    for count in counts.values():
        if today >= count.promise.breaks_on and not count.kept and not count.suspended:
            count.take_late(pieces, left)
    return tuple(_judged(p, counts.get(p.id), today) for p in dossier.promises)


def _judged(promise: Promise, count: _Count | None, today: date) -> Judged:
    if count is None:
        verdict = Verdict.SUPERSEDED if promise.superseded_by else Verdict.WITHDRAWN
        return Judged(promise=promise, verdict=verdict)
    if count.kept:
        verdict = Verdict.KEPT
    elif count.suspended:
        verdict = Verdict.SUSPENDED
    elif today >= promise.breaks_on:
        verdict = Verdict.PARTIAL if count.received else Verdict.BROKEN
    else:
        verdict = Verdict.DUE if today >= promise.day else Verdict.OPEN
    return Judged(
        promise=promise,
        verdict=verdict,
        received=count.received,
        kept_on=count.kept_on,
        day_unknown=count.day_unknown,
        late=count.late,
        late_on=count.late_on,
        undone_on=count.undone_on,
        counted=count.counted,
    )


def no_grace(judged: Sequence[Judged]) -> bool:
    """Is the next promise due in our hands? So after a broken promise, until a later one is kept."""
    broken = [j.promise.breaks_on for j in judged if j.verdict is Verdict.BROKEN]
    kept = [j.promise.last_day for j in judged if j.verdict is Verdict.KEPT]
    return bool(broken) and (not kept or max(broken) > max(kept))


def covering(judged: Iterable[Judged], free_by_id: Mapping[str, Decimal]) -> list[tuple[Judged, dict[str, Decimal]]]:
    """Return what each live promise covers of its invoices, by their ids: what of it has not come yet.

    `free_by_id`: what is open and not disputed of each invoice.
    """
    used: dict[tuple[str, str], Decimal] = {}
    found = []
    for verdict in judged:
        if verdict.live:
            currency, left, parts = verdict.promise.currency, verdict.missing, {}
            for invoice in verdict.promise.invoices:
                part = min(left, free_by_id.get(invoice, ZERO) - used.get((currency, invoice), ZERO))
                if part > 0:
                    used[currency, invoice] = used.get((currency, invoice), ZERO) + part
                    parts[invoice] = part
                    left -= part
            found.append((verdict, parts))
    return found


def cover(judged: Iterable[Judged], free_by_id: Mapping[str, Decimal]) -> dict[str, dict[str, Decimal]]:
    """Return what live promises together cover of each invoice id, by currency, as `covering` does for each."""
    covered: dict[str, dict[str, Decimal]] = {}
    for verdict, parts in covering(judged, free_by_id):
        of_currency = covered.setdefault(verdict.promise.currency, {})
        for invoice, part in parts.items():
            of_currency[invoice] = of_currency.get(invoice, ZERO) + part
    return covered
