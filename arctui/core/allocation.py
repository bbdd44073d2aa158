"""Which money counts for which promise: each cent once, the earliest promised date first. Pure arithmetic."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from arctui.core.money import ZERO, total
from arctui.core.records import Payment, Promise

_DAY = timedelta(days=1)


class Counted(msgspec.Struct, frozen=True):
    """What of a payment (its id) was counted for a promise, and when that came: an interval where `since` is set.

    `number` is that of the invoice it was applied to, "" for money on account. `late`: it came after the window.
    """

    payment: str
    amount: Decimal
    day: date
    since: date | None = None
    number: str = ""
    late: bool = False


class Piece:
    """A part of a payment, and what is `left` of it for promises; `number` is None where it is on account."""

    __slots__ = ("amount", "left", "number", "payment")

    def __init__(self, payment: Payment, number: str | None, amount: Decimal) -> None:
        self.payment = payment
        self.number = number
        self.amount = self.left = amount

    @property
    def first_day(self) -> date:
        """The first day on which it may have come."""
        return self.payment.since or self.payment.day


def pieces_of(payments: Iterable[Payment], today: date) -> list[Piece]:
    """Cut the money that has come, and was not taken back, into what was applied to each invoice and the rest.

    The pieces of a payment add up to its amount. What is on account comes last: it may serve any promise, so none
    takes it that is paid by money of its own.
    """
    pieces = []
    for payment in sorted(payments, key=lambda p: (p.day, p.id)):
        if payment.day <= today and (payment.reversed_on is None or payment.reversed_on > today):
            pieces += _cut(payment)
    pieces.sort(key=lambda piece: piece.number is None)
    return pieces


def _cut(payment: Payment) -> list[Piece]:
    pieces, left = [], payment.amount
    for number, applied in _applied(payment):
        part = min(applied, left)
        if part > 0:
            pieces.append(Piece(payment, number, part))
            left -= part
    if left > 0:
        pieces.append(Piece(payment, None, left))
    return pieces


def _applied(payment: Payment) -> Iterable[tuple[str | None, Decimal]]:
    """Return what was applied to each invoice; what was taken off one again is not."""
    parts = payment.applied
    if all(part.amount > 0 for part in parts):
        return [(part.number or None, part.amount) for part in parts]
    net: dict[str | None, Decimal] = {}
    for part in parts:
        net[part.number or None] = net.get(part.number or None, ZERO) + part.amount
    return net.items()


class Count:
    """The money counted so far for one promise.

    `numbers` are those of its invoices, None if it names none: then money applied to any invoice of the account
    counts. `fell`: the day on which its plan was broken before its own window was over, from which it is late.
    """

    def __init__(self, promise: Promise, numbers: set[str] | None, fell: date | None) -> None:
        self.promise = promise
        self.numbers = numbers
        self.until = min(promise.last_day, fell - _DAY) if fell else promise.last_day
        self.breaks_on = min(promise.breaks_on, fell) if fell else promise.breaks_on
        self.received = ZERO
        self.late = ZERO
        self.credited = ZERO
        self.late_on: date | None = None
        self.returned: tuple[Payment, ...] = ()
        self.suspended = False
        self._taken: list[tuple[Piece, Decimal, bool]] = []

    @property
    def kept(self) -> bool:
        """Was it enough, but for what credits took off what was owed?"""
        promise = self.promise
        return self.received > 0 and self.received + self.credited >= promise.amount - promise.tolerance

    @property
    def parts(self) -> tuple[Counted, ...]:
        """What was counted, in the order in which it came."""
        if not self._taken:
            return ()
        in_time = self._in_time()
        return tuple(
            Counted(p.payment.id, amount, p.payment.day, p.payment.since, p.number or "", late)
            for p, amount, late in (*in_time, *(taken for taken in self._taken if taken[2]))
        )

    def _in_time(self) -> list[tuple[Piece, Decimal, bool]]:
        """What was counted and came in time, in the order in which it came."""
        return sorted((taken for taken in self._taken if not taken[2]), key=lambda taken: taken[0].payment.day)

    def over(self, pieces: Iterable[Piece]) -> Decimal:
        """Return what is left of the payments that kept it: more than was promised, and counted for no promise."""
        if not self._taken or not self.kept:
            return ZERO
        paid = {piece.payment.id for piece, _, _ in self._taken}
        return total(p.left for p in pieces if p.left and p.payment.id in paid and self.serves(p))

    def serves(self, piece: Piece) -> bool:
        """May this money be counted for it?"""
        of = self.numbers
        return piece.payment.currency == self.promise.currency and (
            of is None or piece.number is None or piece.number in of
        )

    def release(self) -> None:
        """Give the money back: a suspended promise takes none from one that holds."""
        for piece, part, _ in self._taken:
            piece.left += part
        self._taken = []
        self.received = ZERO

    def take_in_window(self, pieces: Iterable[Piece]) -> None:
        """Count what came from the day of taking to the last day; an interval needs only to touch them."""
        promise = self.promise
        for piece in pieces:
            missing = promise.amount - self.received
            in_window = piece.payment.day >= promise.taken_on and piece.first_day <= self.until
            if missing > 0 and piece.left > 0 and in_window and self.serves(piece):
                self._count(piece, min(missing, piece.left))

    def take_early(self, pieces: Iterable[Piece], open_by_id: Mapping[str, Decimal], came_after: Decimal) -> None:
        """Count what came before the promise was taken and was not known then: it was under way.

        What was known then was not promised any more. So it is what neither came since nor is open still; where it
        is not known what is open nothing is counted.
        """
        promise = self.promise
        if not promise.invoices or any(i not in open_by_id for i in promise.invoices):
            return
        carried = came_after + total(max(ZERO, open_by_id[i]) for i in promise.invoices)
        gone = promise.amount - self.credited - self.received - carried
        for piece in pieces:
            early = piece.number is not None and piece.payment.day < promise.taken_on
            if gone > 0 and piece.left > 0 and early and self.serves(piece):
                part = min(gone, piece.left)
                self._count(piece, part)
                gone -= part

    def _count(self, piece: Piece, part: Decimal) -> None:
        """Count a part of a piece for the promise."""
        piece.left -= part
        self._taken.append((piece, part, False))
        self.received += part

    def enough(self) -> Payment | None:
        """Return the payment with which it was enough, None if it was not; credits need not be paid."""
        missing = self.promise.amount - self.promise.tolerance - self.credited
        for piece, part, _ in self._in_time() if self.kept else ():
            missing -= part
            if missing <= 0:
                return piece.payment
        return None

    def credit(self, amount: Decimal) -> None:
        """Take what credits wiped out off what is owed of it: the rest may be what came already."""
        self.credited += amount

    def came_after(self, pieces: Iterable[Piece]) -> Decimal:
        """Return what was paid on its invoices after the window."""
        late = (p for p in pieces if p.number is not None and p.first_day > self.until)
        return total(p.left for p in late if self.serves(p))

    def take_late(self, pieces: Iterable[Piece], left: dict[str, Decimal]) -> None:
        """Count what came after the window; of what is on account no more than its invoices have open.

        `left`: what is open of each invoice and no promise has counted; an invoice that is not in it has no limit.
        """
        for piece in pieces:
            missing = self.promise.amount - self.credited - self.received - self.late
            after = piece.first_day > self.until
            if missing > 0 and piece.left > 0 and after and self.serves(piece):
                part = min(missing, piece.left)
                if piece.number is None:
                    part = self._room(part, left)
                if not part:
                    continue
                piece.left -= part
                self._taken.append((piece, part, True))
                self.late += part
                self.late_on = max(piece.payment.day, self.late_on or piece.payment.day)

    def _room(self, amount: Decimal, left: dict[str, Decimal]) -> Decimal:
        """Return how much of an amount on account the promise's invoices have room for, and take it off them."""
        if not self.promise.invoices or any(i not in left for i in self.promise.invoices):
            return amount
        wanted = amount
        for invoice in self.promise.invoices:
            part = min(wanted, max(ZERO, left[invoice]))
            left[invoice] -= part
            wanted -= part
        return amount - wanted

    def take_back(self, payments: Iterable[Payment], today: date) -> None:
        """Note the payments that had come in the window and were taken back."""
        promise = self.promise
        back = [
            p
            for p in payments
            if p.reversed_on
            and p.reversed_on <= today
            and p.currency == promise.currency
            and promise.taken_on <= p.day <= self.until
            and self._had_brought(p)
        ]
        self.returned = tuple(sorted(back, key=lambda p: (p.reversed_on or p.day, p.day, p.id)))

    def broke_on(self, today: date) -> date | None:
        """Return the day from which it is missed, None if it is not.

        That is the end of its window, or later the day on which a payment was taken back that had been enough.
        """
        if self.kept or self.suspended or today < self.breaks_on:
            return None
        if not self.returned:
            return self.breaks_on
        later = [p for p in self.returned if p.reversed_on and p.reversed_on > self.breaks_on]
        enough = self.promise.amount - self.promise.tolerance - self.credited
        come = self.received + total(self._had_brought(p) for p in later)
        if come < enough:
            return self.breaks_on
        for payment in later:
            come -= self._had_brought(payment)
            if come < enough and payment.reversed_on:
                return payment.reversed_on
        return self.breaks_on

    def _had_brought(self, payment: Payment) -> Decimal:
        """Return what a payment had brought that was taken back: what was on its invoices, and on account."""
        return total(piece.left for piece in _cut(payment) if self.serves(piece))
