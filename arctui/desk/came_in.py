"""Money that came on a promise under review: written down by hand, or picked from what waits to be applied.

Every decision is an act of the desk and can be undone.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from arctui.core.capture import read_line
from arctui.core.changes import Change, added, changed, removed
from arctui.core.facts import Dossier, with_changes
from arctui.core.import_records import BankLine
from arctui.core.ledger import open_amounts, unapplied_payments
from arctui.core.money import ZERO, total
from arctui.core.promises import Judged, Verdict, judge
from arctui.core.records import Applied, Payment
from arctui.core.text import clean
from arctui.core.verdict_words import verdict_words
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id
from arctui.desk.review_acts import OfPromise
from arctui.exchange.same_money import SAME_MONEY_DAYS, Books, near, take_place, unapplied

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

_SETTLED = {
    Verdict.KEPT: "this promise was kept: nothing of it is missing",
    Verdict.WITHDRAWN: "this promise was taken back: record the payment on one that stands",
    Verdict.SUPERSEDED: "another promise took the place of this one: record the payment on that",
}


class CameIn(msgspec.Struct, frozen=True, kw_only=True):
    """A payment on a promise as it was read: the record that would be saved, and what becomes of the promise.

    `sentences` say it, `warnings` what is unusual about it. `changes` are all that would be saved.
    """

    payment: Payment
    after: Judged
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    changes: tuple[Change, ...]


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Money of the account that no invoice has yet: the id of its payment or bank line, and how much of it is free.

    `where` says where it waits: on account, or in the bank lines. `after`: the promise as it would be with it, None
    where that is not known before.
    """

    id: str
    day: date
    amount: Decimal
    currency: str
    way: str
    where: str
    after: Judged | None = None


class ComingIn(OfPromise):
    """What came on a promise. Raises DeskError for money that cannot be its."""

    # Payment came

    def read_payment(self, promise: str, text: str) -> CameIn:
        """Read `[amount] [date] [method] [-- reference]` of a payment on a promise, without saving anything.

        Nothing written means all that is missing, and today. The money goes on the promise's invoices, the oldest
        first, up to what is open on them; the rest stays on account. Raises DeskError with what the line lacks.
        """
        dossier, judged = self.find(promise)
        if judged.verdict in _SETTLED:
            raise DeskError(_SETTLED[judged.verdict])
        payment, day_given = self._read(judged, clean(text))
        _refuse_known(payment, dossier, self._desk)
        numbers = {i.number for i in dossier.invoices if i.id in judged.promise.invoices}
        known = _told_already(payment, dossier, numbers)
        # A report of today was made before what comes today.
        if known and day_given and payment.day < self._desk.today:
            payment, shrunk = self._told(payment, known, numbers)
            warnings = ["a report has shown this money already: now its day is known"]
            return self._understood(payment, judged, dossier, (added(payment), shrunk), warnings)
        payment = msgspec.structs.replace(payment, applied=self._parts(judged, payment.amount))
        warnings = self._warnings(payment, judged, dossier)
        return self._understood(payment, judged, dossier, (added(payment),), warnings)

    def came_in(self, promise: str, text: str = "") -> str:
        """Write down by hand a payment on a promise, as `read_payment` reads it. Returns what was done."""
        self._desk.refresh()
        came = self.read_payment(promise, text)
        name = self._desk.dossier(came.payment.account).account.name
        amount = self._desk.rules.money(came.payment.amount, came.payment.currency)
        return self._desk.commit(f"payment of {amount}, {name}", came.changes)

    def _read(self, judged: Judged, line: str) -> tuple[Payment, bool]:
        """Read the line; say whether it names a day."""
        desk, promise = self._desk, judged.promise
        situation = msgspec.structs.replace(
            desk.situation(promise.account),
            currency=promise.currency,
            collectable=judged.missing,
            open_total=judged.missing,
            stopped="",
        )
        reading = read_line(f"paid {line.removeprefix('paid ')}", situation)
        if reading.problems or reading.paid is None:
            problem = next(iter(reading.problems), "in one payment")
            raise DeskError("write one amount and one date: 20.00 fri" if "in one payment" in problem else problem)
        if unfit := reading.person or " ".join(reading.paid.numbers):
            raise DeskError(f"'{unfit}' has no place here: write amount, date and way: 500 fri check")
        amount = judged.missing if reading.paid.amount is None else reading.paid.amount
        if amount <= 0:
            raise DeskError("nothing of this promise is missing: write the amount that came")
        payment = Payment(
            id=new_id(),
            account=promise.account,
            day=reading.paid.day or desk.today,
            amount=amount,
            currency=promise.currency,
            method=str(reading.paid.method or ""),
            reference=reading.words or reading.paid.reference,
            recorded=max(desk.book.facts.reports.by_number, default=0) + 1,
            entered_by=desk.clerk,
        )
        return payment, reading.paid.day is not None

    def _parts(self, judged: Judged, amount: Decimal, *, matched: bool = False) -> tuple[Applied, ...]:
        """Lay an amount on what is open on the promise's invoices, the oldest first."""
        promise, left, parts = judged.promise, amount, []
        for item in self._desk.standing(promise.account).items:
            same = item.invoice.id in promise.invoices and item.invoice.currency == promise.currency
            part = min(left, item.open) if same and item.invoice.number else ZERO
            if part > 0:
                parts.append(Applied(item.invoice.number, part, matched=matched))
                left -= part
        return tuple(parts)

    def _told(self, payment: Payment, known: Payment, numbers: set[str]) -> tuple[Payment, Change]:
        """Let a payment take its part of one that two reports told of, and shrink that."""
        own = tuple(a for a in known.applied if a.number in numbers)
        others = tuple(a for a in known.applied if a.number not in numbers)
        books = Books(self._desk.rules.reports, payment.recorded, self._desk.today)
        told = take_place(payment, [(msgspec.structs.replace(known, applied=own), True)], books).payment
        rest = msgspec.structs.replace(known, applied=others, amount=total(a.amount for a in others))
        return told, Change(before=known, after=rest if others else None)

    def _with(self, judged: Judged, dossier: Dossier, changes: tuple[Change, ...]) -> Judged:
        """Return a promise as it would be after some changes."""
        facts, today = with_changes(dossier, changes), self._desk.today
        opens = open_amounts(facts, self._desk.rules.reports, today)
        return next(j for j in judge(facts, opens, today) if j.promise.id == judged.promise.id)

    def _understood(
        self,
        payment: Payment,
        judged: Judged,
        dossier: Dossier,
        changes: tuple[Change, ...],
        warnings: list[str],
    ) -> CameIn:
        desk, rules = self._desk, self._desk.rules
        after = self._with(judged, dossier, changes)

        def money(amount: Decimal) -> str:
            return rules.money(amount, payment.currency)

        when = "today" if payment.day == desk.today else f"on {rules.day(payment.day)}"
        way = f" by {payment.method}" if payment.method else ""
        goes = [f"{money(a.amount)} on {a.number}" for a in payment.applied]
        if rest := unapplied(payment):
            beside = "more than is open on the promise's invoices" if goes else "no invoice of the promise is open"
            goes.append(f"{money(rest)} on account: {beside}")
        sentences = (f"{money(payment.amount)} came {when}{way}", ", ".join(goes), verdict_words(after, rules))
        if payment.day < judged.promise.taken_on and after.received == judged.received:
            taken = rules.day(judged.promise.taken_on)
            warnings = [f"it came before the promise was taken, on {taken}: it does not count", *warnings]
        reported = rules.reports.last_of(payment.currency, payment.account)
        if reported and len(changes) == 1 and payment.applied and payment.day < reported.as_of:
            stays = f"the report of {rules.day(reported.as_of)} has it open: so it stays until the next one"
            warnings = [*warnings, stays]
        return CameIn(payment=payment, after=after, sentences=sentences, warnings=tuple(warnings), changes=changes)

    def _warnings(self, payment: Payment, judged: Judged, dossier: Dossier) -> list[str]:
        rules = self._desk.rules
        warnings = []
        if payment.amount > judged.missing:
            more = rules.money(payment.amount - judged.missing, payment.currency)
            warnings.append(f"{more} more than is missing of the promise")
        for earlier in _concluded(payment, dossier):
            since, until = rules.day(earlier.since or earlier.day), rules.day(earlier.day)
            amount = rules.money(earlier.amount, earlier.currency)
            warnings.append(f"{amount} that came from {since} to {until} is in the book: is this other money?")
        for other in _same_amount(payment, dossier):
            amount = rules.money(other.amount, other.currency)
            warnings.append(f"{amount} of {rules.day(other.day)} is in the book: is this another payment?")
        return warnings

    # Picked from what waits

    def waiting(self, promise: str) -> list[Waiting]:
        """Return the money of the account that no invoice has yet, by day: on account, then in the bank lines."""
        desk = self._desk
        dossier, judged = self.find(promise)
        currency, found = judged.promise.currency, []
        for payment, rest in unapplied_payments(dossier, desk.rules.reports, desk.today):
            if payment.currency == currency:
                counts = payment.id in judged.counted
                found.append(
                    Waiting(
                        id=payment.id,
                        day=payment.day,
                        amount=rest,
                        currency=currency,
                        way=" ".join(filter(None, (payment.method, payment.reference))),
                        where="on account" + (", counted already" if counts else ""),
                        after=self._with(judged, dossier, self._laid(judged, payment, rest)),
                    )
                )
        for line, likely in desk.at_bank.lines(dossier.account.id):
            if (line.currency or desk.policy.home_currency) == currency:
                where = f"in the bank lines, {'likely' if likely else 'may be'} theirs"
                way = " ".join(filter(None, (line.payer, line.words)))
                found.append(
                    Waiting(id=line.id, day=line.day, amount=line.amount, currency=currency, way=way, where=where)
                )
        return found

    def take(self, promise: str, waiting: str) -> str:
        """Lay money that waits on the promise's invoices, as one act. Returns what was done."""
        desk = self._desk
        desk.refresh()
        dossier, judged = self.find(promise)
        if desk.book.facts.get(BankLine, waiting):
            return desk.matching.lay(waiting, dossier.account.id, judged.promise.invoices)
        found = unapplied_payments(dossier, desk.rules.reports, desk.today)
        payment, rest = next(((p, rest) for p, rest in found if p.id == waiting), (None, ZERO))
        if payment is None:
            raise DeskError("this money waits no longer: it is laid on an invoice already")
        changes = self._laid(judged, payment, rest)
        if not changes:
            raise DeskError("nothing is open on the invoices of this promise: the money stays on account")
        parts = [p for c in changes if isinstance(c.after, Payment) for p in c.after.applied[len(payment.applied) :]]
        amount = desk.rules.money(total(p.amount for p in parts), payment.currency)
        on = ", ".join(p.number for p in parts)
        # What a payment list left on account and now is laid need not be asked about any more.
        lines = [x for x in desk.book.facts.all(BankLine) if x.decided_on is None and x.listed == payment.id]
        act = f"{amount} on account laid on {on}, {dossier.account.name}"
        return desk.commit(act, [*changes, *map(removed, lines)], typed=False)

    def _laid(self, judged: Judged, payment: Payment, rest: Decimal) -> tuple[Change, ...]:
        """Return what lays the rest of a payment on the promise's invoices, nothing where none of them is open."""
        parts = self._parts(judged, rest, matched=True)
        return (changed(payment, applied=(*payment.applied, *parts)),) if parts else ()


def _concluded(payment: Payment, dossier: Dossier) -> list[Payment]:
    """Return the payments concluded from two reports that may have come on a payment's day, or were booked later."""
    return [
        p
        for p in dossier.payments
        if p.since and p.since - SAME_MONEY_DAYS <= payment.day <= p.day
        if p.currency == payment.currency and not p.reversed_on
    ]


def _told_already(payment: Payment, dossier: Dossier, numbers: set[str]) -> Payment | None:
    """Return the concluded payment that has just this amount on the invoices of these numbers, None if none has."""
    for known in _concluded(payment, dossier):
        if total(a.amount for a in known.applied if a.number in numbers) == payment.amount:
            return known
    return None


def _same_amount(payment: Payment, dossier: Dossier) -> Sequence[Payment]:
    """Return the known payments of the same amount, a week before or after."""
    return [
        p
        for p in dossier.payments
        if p.amount == payment.amount and p.currency == payment.currency and not p.inferred and not p.reversed_on
        if near(payment, p.day, p.day)
    ]


def _refuse_known(payment: Payment, dossier: Dossier, desk: "Desk") -> None:
    """Refuse what is in the book already, unless its reference tells the two apart."""
    for known in _same_amount(payment, dossier):
        if known.day == payment.day and payment.reference in ("", known.reference):
            amount, day = desk.rules.money(known.amount, known.currency), desk.rules.day(known.day)
            raise DeskError(
                f"{amount} of {day} is in the book already: if this is another, add its reference: -- chk 12"
            )
