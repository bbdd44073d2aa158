"""The end-of-day review: the promises whose day has come, what the clerk decides about each, and the day's summary.

Every decision is an act of the desk and can be undone.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from arctui.core import day as days
from arctui.core import review as reviewing
from arctui.core.capture import read_line
from arctui.core.changes import Change, added, changed
from arctui.core.decisions import Closing
from arctui.core.facts import Dossier, with_changes
from arctui.core.ledger import open_amounts
from arctui.core.money import ZERO, total
from arctui.core.promises import Judged, Verdict, judge
from arctui.core.records import (
    Account,
    Activity,
    ActivityKind,
    Applied,
    Dispute,
    FollowUp,
    FollowUpKind,
    Payment,
    Promise,
)
from arctui.core.standing import verdict_words
from arctui.core.text import clean
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id
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


class Reviews:
    """The review of one clerk at one desk. Raises DeskError for a decision that is not possible."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def today(self) -> reviewing.Review:
        """Return the promises whose day has come since the last closed review."""
        desk = self._desk
        promising = dict.fromkeys(p.account for p in desk.book.facts.all(Promise) if desk.knows(p.account))
        accounts = ((desk.dossier(account), desk.standing(account)) for account in promising)
        return reviewing.review(accounts, desk.today, desk.book.facts.last_review)

    def close(self) -> str:
        """Close today's review; promises that were not followed up stay on the worklist. Returns what was done."""
        desk = self._desk
        if desk.book.facts.last_review == desk.today:
            raise DeskError(f"the review of {desk.rules.day(desk.today)} is closed already")
        closing = Closing(id=new_id(), day=desk.today, at=desk.rules.moment.now, by=desk.clerk)
        return desk.commit(f"review of {desk.rules.day(desk.today)} closed", [added(closing)])

    def summary(self) -> days.DaySummary:
        """Return the clerk's day: its counts agree with the tally of the workstation."""
        desk = self._desk
        activities, promises = desk.done_today()
        done = days.Done(
            clerk=desk.clerk,
            activities=activities,
            promises=promises,
            payments=self._written_down_today(),
            callbacks=self._callbacks_today({a.account for a in activities}),
            disputes=sum(d.opened == desk.today and d.owner == desk.clerk for d in desk.book.facts.all(Dispute)),
        )
        return days.summarise(
            done,
            self.today(),
            (desk.standing(account.id) for account in desk.book.facts.all(Account)),
            frozenset(row.account for row in desk.worklist()),
            self._next_day(),
            closed=desk.book.facts.last_review == desk.today,
        )

    def _callbacks_today(self, accounts: set[str]) -> int:
        """Count the hours agreed today on accounts that the clerk had to do with."""
        return sum(
            f.kind is FollowUpKind.CALLBACK and f.set_on == self._desk.today and f.account in accounts
            for f in self._desk.book.facts.all(FollowUp)
        )

    def _written_down_today(self) -> list[Payment]:
        """Return the payments this clerk entered on the working day, as they were entered, without those undone."""
        desk = self._desk
        history = desk.book.history
        undone = {t.undoes for t in history}
        return [
            msgspec.convert(step.now, Payment)
            for act in history
            if act.by == desk.clerk and act.at.date() == desk.today and not act.undoes and act.number not in undone
            for step in act.steps
            if step.table == Payment.TABLE and step.was is None and step.now
            if step.now.get("entered_by") == desk.clerk
        ]

    def _next_day(self) -> date:
        return self._desk.rules.calendar.next(self._desk.today)

    def _find(self, promise: str) -> tuple[Dossier, Judged]:
        record = self._desk.book.facts.get(Promise, promise)
        if record is None:
            raise DeskError("this promise is no longer in the book")
        judged = self._desk.standing(record.account).judged
        return self._desk.dossier(record.account), next(j for j in judged if j.promise.id == promise)

    # Left until the next business day

    def leave(self, promise: str, reason: str) -> str:
        """Leave a promise until the next business day: then it comes first again. Returns what was done."""
        desk = self._desk
        desk.refresh()
        dossier, judged = self._find(promise)
        words = clean(reason)
        if not words:
            raise DeskError("why is it left? write the reason: check is in the mail room")
        if judged.verdict is Verdict.OPEN:
            raise DeskError(
                f"this promise is for {desk.rules.day(judged.promise.day)}: there is nothing to leave yet"
            )
        if not judged.missed and judged.verdict is not Verdict.DUE:
            raise DeskError(f"this promise is {judged.verdict}: there is nothing to leave")
        until = self._next_day()
        text = f"left in the review until {desk.rules.day(until)}: {words}"
        note = Activity(
            id=new_id(),
            account=dossier.account.id,
            kind=ActivityKind.NOTE,
            at=desk.rules.moment.now,
            day=desk.today,
            by=desk.clerk,
            note=text,
        )
        act = f"promise left until {desk.rules.day(until)}, {dossier.account.name}"
        return desk.commit(act, [changed(judged.promise, reviewed_on=desk.today, left_until=until), added(note)])

    # Payment came

    def read_payment(self, promise: str, text: str) -> CameIn:
        """Read `[amount] [date] [method] [-- reference]` of a payment on a promise, without saving anything.

        Nothing written means all that is missing, and today. The money goes on the promise's invoices, the oldest
        first, up to what is open on them; the rest stays on account. Raises DeskError with what the line lacks.
        """
        dossier, judged = self._find(promise)
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
        payment = self._place(payment, judged)
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

    def _place(self, payment: Payment, judged: Judged) -> Payment:
        """Apply a payment to what is open on the promise's invoices, the oldest first."""
        promise, left, parts = judged.promise, payment.amount, []
        for item in self._desk.standing(promise.account).items:
            same = item.invoice.id in promise.invoices and item.invoice.currency == promise.currency
            part = min(left, item.open) if same and item.invoice.number else ZERO
            if part > 0:
                parts.append(Applied(item.invoice.number, part))
                left -= part
        return msgspec.structs.replace(payment, applied=tuple(parts))

    def _told(self, payment: Payment, known: Payment, numbers: set[str]) -> tuple[Payment, Change]:
        """Let a payment take its part of one that two reports told of, and shrink that."""
        own = tuple(a for a in known.applied if a.number in numbers)
        others = tuple(a for a in known.applied if a.number not in numbers)
        books = Books(self._desk.rules.reports, payment.recorded, self._desk.today)
        told = take_place(payment, [(msgspec.structs.replace(known, applied=own), True)], books).payment
        rest = msgspec.structs.replace(known, applied=others, amount=total(a.amount for a in others))
        return told, Change(before=known, after=rest if others else None)

    def _understood(
        self,
        payment: Payment,
        judged: Judged,
        dossier: Dossier,
        changes: tuple[Change, ...],
        warnings: list[str],
    ) -> CameIn:
        desk, rules = self._desk, self._desk.rules
        facts = with_changes(dossier, changes)
        opens = open_amounts(facts, rules.reports, desk.today)
        after = next(j for j in judge(facts, opens, desk.today) if j.promise.id == judged.promise.id)

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
