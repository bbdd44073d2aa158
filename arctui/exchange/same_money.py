"""One money told several times: a payment takes the place of what was known of it before.

Pure. What was concluded from two reports, and what the clerk wrote down by hand, give way to a line that brings the
same money, so that it is counted once. In a payment by hand the `recorded` of an applied part is the import that
showed it; a part without one was shown by no report yet. Which payment a report has shown is a guess, as it tells no
days: the line that comes with a day corrects it.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.facts import Dossier, Reports
from arctui.core.ledger import BOOKED_WITHIN, unseen
from arctui.core.money import ZERO, total
from arctui.core.records import BY_STATEMENT, Applied, Import, Payment

#: Calendar days, either way, by which the day of money by hand or at the bank may differ from that in the books.
SAME_MONEY_DAYS = BOOKED_WITHIN


class Placed(msgspec.Struct, frozen=True):
    """A payment in its place, and what is left of those whose place it took: None where nothing is.

    `freed`: parts of other money that a report was thought to have shown, each as a payment. `shown`: what a report
    had shown of this money on other invoices: it was other money.
    """

    payment: Payment
    left: list[tuple[Payment, Payment | None]]
    freed: list[Payment] = []
    shown: list[Applied] = []


class Books(msgspec.Struct, frozen=True):
    """What the accounting system has told: the reports, and the import that is going on."""

    reports: Reports
    number: int
    as_of: date
    #: What `days_of` has found.
    spans: dict[tuple[int, str], tuple[date, date] | None] = {}

    def reported(self, payment: Payment) -> Import | None:
        """Return the last report of open items that speaks of a payment's account and currency."""
        return self.reports.last_of(payment.currency, payment.account)

    def days_of(self, number: int, currency: str) -> tuple[date, date] | None:
        """Return the days whose money in a currency a report was the first to show, both included; None if it is no
        report of it."""
        if (number, currency) not in self.spans:
            self.spans[number, currency] = self._days_of(number, currency)
        return self.spans[number, currency]

    def _days_of(self, number: int, currency: str) -> tuple[date, date] | None:
        report = self.reports.by_number.get(number)
        if report is None or not report.settles or not report.covers(currency):
            return None
        last = next((i for i in self.reports.settling if i.number < number and i.covers(currency)), None)
        return (min(last.as_of, report.as_of) if last else date.min, report.as_of)


def unapplied(payment: Payment) -> Decimal:
    """Return what is left of a payment on account."""
    return payment.amount - total(part.amount for part in payment.applied)


def never_booked(payment: Payment, day: date, number: int) -> Payment:
    """Let what no report has shown of a payment by hand come and go at once: its return makes nothing open again.

    `day` is that of the return, `number` the import that tells of it.
    """
    fresh = unseen(payment)
    applied = tuple(
        msgspec.structs.replace(p, day=day, recorded=number) if p in fresh else p for p in payment.applied
    )
    return msgspec.structs.replace(payment, applied=applied)


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


class _Piece(msgspec.Struct):
    """A part of a payment that was known before: the applied one `at` a place, or with None what is on account."""

    known: Payment
    at: int | None
    part: Applied
    rank: tuple[int, ...]
    taken: Decimal = ZERO
    #: Only that a report has shown it is taken, not the money.
    lent: bool = False


#: The order in which pieces are taken: what was taken back, as the line was; what a report showed in the days that
#: have the line's day; what none showed; what a report of later days did, as it was booked late; what one of earlier
#: days did that closed its invoice.
_BACK, _IN_ITS_DAYS, _UNSEEN, _LATER, _EARLIER = range(5)


class _Matching(msgspec.Struct, frozen=True):
    """Which pieces may be the money of one payment, and in which order."""

    payment: Payment
    books: Books
    closed: Collection[str]

    def pieces(self, known: Payment, *, whole: bool) -> Iterable[_Piece]:
        """Return what of a payment may be the same money; `whole`: wherever it was applied."""
        mine = {p.number for p in self.payment.applied}
        whole = whole and (known.inferred or self._near(known))
        parts: list[tuple[int | None, Applied]] = [
            (at, part)
            for at, part in enumerate(known.applied)
            if whole or not mine or part.number in mine or (known.entered_by and not part.number)
        ]
        if known.entered_by and unapplied(known) > 0:
            parts.append((None, Applied("", unapplied(known))))
        for at, part in parts:
            rank = self._rank(known, part, whole=whole, elsewhere=bool(mine) and part.number not in mine)
            if rank is not None:
                yield _Piece(known, at, part, rank)

    def of_twin(self, twin: Payment, *, whole: bool) -> Iterable[_Piece]:
        """Return the pieces of the bank's line of this money: what no report has shown of it on the invoice last."""
        mine = {p.number for p in self.payment.applied}
        for at, part in enumerate(twin.applied):
            here = not mine or part.number in mine
            if whole or here:
                yield _Piece(
                    twin, at, part, (-1,) if part.recorded and here else (_IN_ITS_DAYS, 6, bool(part.recorded))
                )
        if unapplied(twin) > 0:
            yield _Piece(twin, None, Applied("", unapplied(twin)), (_IN_ITS_DAYS, 7))

    def lent(self, known: Payment) -> Iterable[_Piece]:
        """Return what a report of the payment's days was thought to have shown of other money."""
        mine = {p.number for p in self.payment.applied}
        by_clerk = known.entered_by not in ("", BY_STATEMENT)
        for at, part in enumerate(known.applied):
            first, last = self.books.days_of(part.recorded, self.payment.currency) or (None, None)
            if not first or not last or not first <= self.payment.day <= last or (mine and part.number not in mine):
                continue
            # Money of the day of a report may be in it or in the next.
            inside = first < self.payment.day < last
            own = first <= known.day <= last and not (inside and known.day == first)
            guessed = part.matched and bool(mine)
            if guessed or (not self.payment.entered_by and (known.entered_by or not own)):
                rank = (
                    _IN_ITS_DAYS,
                    2 + self._begins(first, last),
                    own,
                    self._unlike(part),
                    not by_clerk,
                    -known.day.toordinal(),
                )
                yield _Piece(known, at, part, rank, lent=not by_clerk)

    def _near(self, known: Payment) -> bool:
        return near(known, self.payment.day, self.payment.day)

    def _begins(self, first: date, last: date) -> int:
        """Money of the day of a report is rather in that report than in the next: return how far that is put back."""
        return 3 if first == self.payment.day != last and self.payment.entered_by != BY_STATEMENT else 0

    def _unlike(self, part: Applied) -> bool:
        """Is a part rather other money, where it is not told when the payment is booked, or what it is for?"""
        payment = self.payment
        return (payment.entered_by == BY_STATEMENT or not payment.applied) and part.amount != payment.amount

    def _rank(self, known: Payment, part: Applied, *, whole: bool, elsewhere: bool) -> tuple[int, ...] | None:
        """Return the place of a part in the order, None if it is other money.

        What a report showed is the money of the lines of its days, whatever was thought to have paid it. So a line of
        a later day is other money, unless its invoice is closed.
        """
        if known.inferred:
            how = elsewhere + self._begins(known.since or known.day, known.day)
            return (_IN_ITS_DAYS, how, self._unlike(part), known.day.toordinal(), 1)
        day, unlike = self.payment.day, 0 if whole else 2
        first, last = self.books.days_of(part.recorded, self.payment.currency) or (None, None)
        if first and last and first <= day <= last and not known.reversed_on:
            how = elsewhere + self._begins(first, last)
            return (_IN_ITS_DAYS, how, self._unlike(part), last.toordinal(), unlike)
        if not self._near(known):
            return None
        if known.reversed_on:
            return (_BACK, abs(known.day - day).days)
        if not first or not last:
            # Of money that is less like it the oldest: the line of a newer one may come yet.
            return (_UNSEEN, unlike, elsewhere, known.day.toordinal() if unlike else abs(known.day - day).days)
        if day < first:
            return (_LATER, elsewhere, last.toordinal(), unlike)
        numbers = {p.number for p in self.payment.applied} or {part.number}
        return (_EARLIER, last.toordinal(), unlike) if whole and numbers <= set(self.closed) else None


class _Shares:
    """What of one payment was known before, share by share."""

    def __init__(self, payment: Payment, books: Books) -> None:
        self.payment = payment
        self.books = books
        self.reported = books.reported(payment)
        self.left = payment.amount
        self.applied: list[Applied] = []
        self.fresh: list[Applied] = []
        self.recorded = payment.recorded
        self.by_hand = False
        self.method = payment.method
        self.back: tuple[date | None, int] = (payment.reversed_on, payment.reversal_recorded)

    def take(self, piece: _Piece) -> None:
        """Take what is the same money off a piece."""
        earlier = piece.known
        piece.taken = min(self.left, piece.part.amount)
        self.left -= piece.taken
        if not piece.taken:
            return
        part = msgspec.structs.replace(piece.part, amount=piece.taken)
        self._count(earlier, part, shown=earlier.inferred or piece.lent, on_account=piece.at is None)
        if piece.lent:
            self.recorded = min(self.recorded, self.reported.number if self.reported else self.recorded)
        elif earlier.entered_by:
            self.by_hand = True
            self.method = self.method or earlier.method
            self.recorded = min(self.recorded, earlier.recorded)
            self.back = (earlier.reversed_on, earlier.reversal_recorded)
        elif self.reported:
            self.recorded = min(self.recorded, self.reported.number)

    def _count(self, earlier: Payment, part: Applied, *, shown: bool, on_account: bool) -> None:
        to = self.payment.applied[0].number if self.payment.applied else part.number
        if on_account and not self.payment.applied:
            return
        reported = self.reported
        day, recorded = part.day, part.recorded
        if shown:
            # A report has shown it; only a payment by hand, or one of which no list tells for what, has to say so.
            guessed = self.payment.entered_by or not self.payment.applied
            recorded = (part.recorded or earlier.recorded) if guessed else 0
        elif not part.number and not on_account:
            # A report shows it as a credit of its own, and what it pays as open still.
            recorded = reported.number if reported else 0
        elif not recorded:
            self.fresh.append(Applied(to, part.amount, day))
            return
        self.applied.append(Applied(to, part.amount, day, recorded))

    def _on_top(self) -> list[Applied]:
        """Return what no report has shown, so that it comes on top of the last one."""
        reported = self.reported
        if not reported or (self.recorded > reported.number and self.payment.day >= reported.as_of):
            return self.fresh
        day = max(self.books.as_of, reported.as_of)
        # What the bank alone says is still to be shown by a report.
        number = 0 if self.payment.entered_by == BY_STATEMENT else self.books.number
        return [Applied(p.number, p.amount, day, number) for p in self.fresh]

    def placed(self) -> Payment:
        """Return the payment as it is now known."""
        payment = self.payment
        applied = [*self.applied, *self._on_top()]
        if payment.applied:
            plain = not self.by_hand and not payment.entered_by
            number = self.books.number if self.by_hand and payment.entered_by != BY_STATEMENT else 0
            rest = Applied(payment.applied[0].number, self.left, None, number)
            applied = list(payment.applied) if plain else [*applied, *([rest] if self.left else [])]
        return msgspec.structs.replace(
            payment,
            applied=tuple(joined(applied)),
            recorded=self.recorded,
            method=self.method,
            reversed_on=self.back[0],
            reversal_recorded=self.back[1],
        )


def joined(parts: Iterable[Applied]) -> list[Applied]:
    """Put parts together that differ in their amount only."""
    sums: dict[tuple[str, date | None, int, bool], Decimal] = {}
    for part in parts:
        key = (part.number, part.day, part.recorded, part.matched)
        sums[key] = sums.get(key, ZERO) + part.amount
    return [Applied(number, amount, day, recorded, how) for (number, day, recorded, how), amount in sums.items()]


def _without(payment: Payment, pieces: Sequence[_Piece]) -> Payment | None:
    """Return what is left of a payment, None if nothing is."""
    taken = total(p.taken for p in pieces if not p.lent)
    if taken == payment.amount:
        return None
    off: dict[int | None, Decimal] = {}
    for piece in pieces:
        off[piece.at] = off.get(piece.at, ZERO) + piece.taken
    applied = [
        msgspec.structs.replace(part, amount=part.amount - off.get(at, ZERO))
        for at, part in enumerate(payment.applied)
    ]
    left = joined(part for part in applied if part.amount)
    return msgspec.structs.replace(payment, amount=payment.amount - taken, applied=tuple(left))


def take_place(
    payment: Payment,
    earlier: Iterable[tuple[Payment, bool]],
    books: Books,
    closed: Collection[str] = (),
    others: Iterable[Payment] = (),
    twin: tuple[Payment, bool] | None = None,
) -> Placed:
    """Let a payment take the place of what was known of it, as far as it reaches.

    `payment` is applied to one invoice or to none. `earlier`: payments that may be the same money, each with whether
    it is the same wherever it was applied; of pieces that are as likely those of the first are taken first. `closed`:
    the numbers of the invoices of which the last report left nothing open. `others`: other money, of which a report
    of the payment's days was thought to show some. `twin`: the bank's line of this money, and whether it is so
    wherever it was applied.
    """
    matching, shares = _Matching(payment, books, closed), _Shares(payment, books)
    found = [(known, list(matching.pieces(known, whole=whole))) for known, whole in earlier]
    found += [(known, list(matching.lent(known))) for known in others]
    of_twin = list(matching.of_twin(twin[0], whole=twin[1])) if twin else []
    found += [(twin[0], of_twin)] if twin else []
    for piece in sorted((p for _, pieces in found for p in pieces), key=lambda p: p.rank):
        shares.take(piece)
    # The bank's line is this money, also where a report had shown this money elsewhere.
    rest = payment.amount - total(p.taken for p in of_twin)
    shown = []
    for piece in of_twin:
        more = min(rest, piece.part.amount - piece.taken)
        piece.taken += more
        rest -= more
        if more and piece.part.recorded:
            shown.append(msgspec.structs.replace(piece.part, amount=more))
    left = [(known, _without(known, pieces)) for known, pieces in found if any(p.taken for p in pieces)]
    freed = [
        msgspec.structs.replace(
            known,
            amount=p.taken,
            applied=() if p.part.matched else (Applied(p.part.number, p.taken, p.part.day),),
            recorded=books.number,
        )
        for known, pieces in found
        for p in pieces
        if p.lent and p.taken
    ]
    return Placed(shares.placed(), left, freed, shown) if left else Placed(payment, [])
