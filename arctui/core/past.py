"""What was owed, and what was known, at the end of an earlier day. Pure; all sums are exact.

Nothing is derived for a past day by calling it today: reports tell what is open on their own day. What was owed is
rolled back from what is open now; the other facts are cut to those of the day.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

import msgspec

from arctui.core.facts import Dossier, Reports
from arctui.core.ledger import AGING_BUCKETS, BOOKED_WITHIN, aging_bucket, is_credit_of, is_passed_over
from arctui.core.letter_records import Letter
from arctui.core.money import ZERO, total
from arctui.core.records import BY_STATEMENT, Dispute, FollowUp, Invoice, Payment, Promise

#: By currency what was owed, by aging bucket before credits, and "credits" (0 or less).
Stocks = dict[str, dict[str, Decimal]]
#: A day and by how much what is open of an invoice changed on it.
_Events = list[tuple[date, Decimal]]
_Dated = TypeVar("_Dated", Promise, Dispute, FollowUp)


def opens_on(
    dossier: Dossier, opens: Mapping[str, Decimal], reports: Reports, today: date, day: date
) -> dict[str, Decimal]:
    """Return what was open of each invoice at the end of a day, by id; 0 of one that was issued later.

    `opens`: what is open at the end of `today`, which is no earlier than the last report (`ledger.open_amounts`), 0
    where it has no invoice.
    Payments are taken back that came later; one that two reports told of came on the day of the second. A payment
    that was returned later had come. What a report made void, or a credit that it shows as used up, was open until
    the day of that report. An invoice without a day of issue counts on every day.
    """
    (then,) = opens_on_days(dossier, opens, reports, today, (day,))
    return then


def opens_on_days(
    dossier: Dossier, opens: Mapping[str, Decimal], reports: Reports, today: date, days: Iterable[date]
) -> list[dict[str, Decimal]]:
    """Return what was open of each invoice at the end of each of some days, as `opens_on`."""
    events = _events(dossier, opens, reports, today)
    of_each = [(i, opens.get(i.id, ZERO), events.get(i.id, ())) for i in dossier.invoices]
    return [{i.id: _open_on(i, now, changes, day) for i, now, changes in of_each} for day in days]


def stocks_on(
    dossier: Dossier, opens: Mapping[str, Decimal], reports: Reports, today: date, days: Sequence[date]
) -> list[Stocks]:
    """Return what an account owed at the end of each of some days in their order, none after `today`, as `opens_on`.

    By currency, of those in which there was something: AGING_BUCKETS by days past due on that day, and "credits".
    """
    events = _events(dossier, opens, reports, today)
    found: list[Stocks] = [{} for _ in days]
    negative: list[dict[str, Decimal]] = [{} for _ in days]
    for invoice in dossier.invoices:
        now, changes = opens.get(invoice.id, ZERO), events.get(invoice.id, ())
        if not (now or changes):
            continue
        first = bisect_left(days, invoice.issued) if invoice.issued else 0
        # After the last change it has always been as it is now.
        end = len(days) if now else bisect_left(days, max(day for day, _ in changes))
        due, most = invoice.due, _most_open(invoice, now)
        for n in range(first, end):
            day, amount = days[n], now
            for changed, by in changes:
                if changed > day:
                    amount -= by
            if most is not None and amount > most:
                amount = most
            if amount > 0:
                late = (day - due).days if due else 0
                _row(found[n], invoice.currency)[aging_bucket(late)] += amount
            elif amount:
                _row(found[n], invoice.currency)["credits"] += amount
                if invoice.amount < 0:
                    negative[n][invoice.id] = amount
    for payment in dossier.payments:
        if not payment.inferred and _waited(payment):
            knew = _knew(payment, reports)
            for n in range(bisect_left(days, payment.day), len(days)):
                cash = _on_account(payment, dossier, opens, negative[n], knew, days[n])
                if cash:
                    _row(found[n], payment.currency)["credits"] -= cash
    return found


def cash_on(
    dossier: Dossier, opens: Mapping[str, Decimal], reports: Reports, today: date, day: date
) -> dict[str, Decimal]:
    """Return how much of each payment was on account at the end of a day, by its id, as `stocks_on` counts it."""
    then = opens_on(dossier, opens, reports, today, day)
    negative = {i.id: then[i.id] for i in dossier.invoices if i.amount < 0 and then[i.id] < 0}
    waited = (p for p in dossier.payments if not p.inferred and p.day <= day and _waited(p))
    rests = {p.id: _on_account(p, dossier, opens, negative, _knew(p, reports), day) for p in waited}
    return {payment: rest for payment, rest in rests.items() if rest}


def _row(stocks: Stocks, currency: str) -> dict[str, Decimal]:
    if currency not in stocks:
        stocks[currency] = dict.fromkeys((*AGING_BUCKETS, "credits"), ZERO)
    return stocks[currency]


def _is_there(invoice: Invoice, day: date) -> bool:
    return invoice.issued is None or invoice.issued <= day


def _open_on(invoice: Invoice, now: Decimal, changes: Iterable[tuple[date, Decimal]], day: date) -> Decimal:
    """Take back what changed after a day. More than an invoice is for is open only where a report says so.

    `stocks_on` does the same for many days.
    """
    if not _is_there(invoice, day):
        return ZERO
    was = now - total(amount for changed, amount in changes if changed > day)
    most = _most_open(invoice, now)
    return was if most is None else min(was, most)


def _most_open(invoice: Invoice, now: Decimal) -> Decimal | None:
    """Return what was open of an invoice at most, None of a credit."""
    return max(invoice.amount, now) if invoice.amount > 0 else None


def _events(
    dossier: Dossier, opens: Mapping[str, Decimal], reports: Reports, today: date
) -> dict[str, list[tuple[date, Decimal]]]:
    """Return by invoice what changed what is open of it, up to today."""
    named: dict[tuple[str, str], list[Invoice]] = {}
    for invoice in dossier.invoices:
        named.setdefault((invoice.number, invoice.currency), []).append(invoice)
    events: dict[str, _Events] = {}
    for payment in dossier.payments:
        for part in payment.applied:
            day = part.day or payment.day
            if not part.number or day > today:
                continue
            meant = named.get((part.number, payment.currency), [])
            # A credit with an invoice's number leaves the invoice its payments.
            for invoice in [i for i in meant if i.amount > 0] or meant if len(meant) > 1 else meant:
                if not part.recorded and is_passed_over(payment, part, invoice, reports, today):
                    continue
                changes = events.setdefault(invoice.id, [])
                changes.append((day, -part.amount))
                if payment.reversed_on and payment.reversed_on <= today:
                    changes.append((max(day, payment.reversed_on), part.amount))
    _add_vanished(dossier, opens, reports, events)
    return events


def _add_vanished(
    dossier: Dossier, opens: Mapping[str, Decimal], reports: Reports, events: dict[str, _Events]
) -> None:
    """Add what went without a payment on the day of the report that closed it: what is void, and credits used up.

    The credits paid what no payment explains of the account's invoices: of those that the same report closed first.
    """
    used: list[tuple[Invoice, date, Decimal]] = []
    unexplained: list[tuple[Invoice, Decimal]] = []
    for invoice in dossier.invoices:
        report = reports.by_number.get(invoice.reported)
        if report is None or invoice.as_listed:
            continue
        now = opens.get(invoice.id, ZERO)
        gone = invoice.amount + total(amount for _, amount in events.get(invoice.id, ())) - now
        if invoice.amount > 0 and gone > 0 and not invoice.void:
            unexplained.append((invoice, gone))
        elif gone and not now and not invoice.balance:
            events.setdefault(invoice.id, []).append((report.as_of, -gone))
            if invoice.amount < 0:
                used.append((invoice, report.as_of, -gone))
    unexplained.sort(key=lambda u: (u[0].due or date.max, u[0].number))
    left = {invoice.id: gone for invoice, gone in unexplained} if used else {}
    for credit, day, amount in used:
        mine = [i for i, _ in unexplained if i.currency == credit.currency and i.reported >= credit.reported]
        for invoice in sorted(mine, key=lambda i: i.reported > credit.reported):
            part = min(amount, left[invoice.id])
            if part > 0:
                left[invoice.id] -= part
                amount -= part
                events.setdefault(invoice.id, []).append((day, -part))


def _waited(payment: Payment) -> bool:
    """Was or is something of a payment on account?"""
    if len(payment.applied) == 1:
        (part,) = payment.applied
        return part.day is not None or part.amount != payment.amount
    return any(p.day for p in payment.applied) or total(p.amount for p in payment.applied) != payment.amount


def _knew(payment: Payment, reports: Reports) -> list[date]:
    """Return the days of the reports that knew a payment before the book did, as a credit or as applied."""
    booked = payment.day + BOOKED_WITHIN if payment.entered_by == BY_STATEMENT else payment.day
    knew = (i for i in reports.settling if i.number < payment.recorded and i.as_of > booked)
    return [i.as_of for i in knew if i.covers(payment.currency)]


def _on_account(
    payment: Payment,
    dossier: Dossier,
    opens: Mapping[str, Decimal],
    negative: Mapping[str, Decimal],
    knew: Sequence[date],
    day: date,
) -> Decimal:
    """Return how much of a payment was on account at the end of a day, as `ledger.unapplied_payments` has it today.

    `negative`: the credits that were open then. Where a report shows the money as one of these, that one counts.
    """
    if payment.reversed_on and payment.reversed_on <= day:
        return ZERO
    rest = payment.amount - total(part.amount for part in payment.applied if (part.day or payment.day) <= day)
    if any(as_of <= day for as_of in knew):
        # That report knew it, as applied or as a credit of its own; but what was applied later was on account still.
        rest = min(rest, total(part.amount for part in payment.applied if (part.day or payment.day) > day))
    if rest <= 0:
        return ZERO
    theirs = (i for i in dossier.invoices if i.id in negative and is_credit_of(payment, i))
    return max(ZERO, rest + total(negative[i.id] for i in theirs if knew or not opens.get(i.id)))


def as_known_on(dossier: Dossier, day: date, reports: Reports | None = None) -> Dossier:
    """Return an account's facts as they were at the end of an earlier day, by the days that they are dated.

    What was said, came, was agreed, issued or decided later is left out; what was taken back, replaced, solved, done
    or returned later was not yet. With the `reports` given an invoice that one of a later day made void is not void.
    Balances stay those of the last report: what was open is `opens_on`.
    """
    taken = {p.id for p in dossier.promises if p.taken_on <= day}
    return msgspec.structs.replace(
        dossier,
        invoices=tuple(_invoice_then(i, day, reports) for i in dossier.invoices if _is_there(i, day)),
        payments=tuple(_payment_then(p, day) for p in dossier.payments if p.day <= day),
        activities=tuple(a for a in dossier.activities if a.day <= day),
        promises=tuple(_promise_then(p, day, taken) for p in dossier.promises if p.id in taken),
        disputes=tuple(_undated(d, "closed_on", day) for d in dossier.disputes if d.opened <= day),
        followups=tuple(_undated(f, "done_on", day) for f in dossier.followups if f.set_on <= day),
        calls=tuple(c for c in dossier.calls if c.day <= day),
        credit=tuple(c for c in dossier.credit if c.day <= day),
        letters=tuple(_letter_then(x, day) for x in dossier.letters if x.day <= day),
        attachments=tuple(a for a in dossier.attachments if a.day <= day),
    )


def _undated(record: _Dated, field: str, day: date) -> _Dated:
    """Return a record without the day of something that was done to it later."""
    done = getattr(record, field)
    return msgspec.structs.replace(record, **{field: None}) if done and done > day else record


def _invoice_then(invoice: Invoice, day: date, reports: Reports | None) -> Invoice:
    report = reports.by_number.get(invoice.reported) if reports and invoice.void else None
    return msgspec.structs.replace(invoice, void=False) if report and report.as_of > day else invoice


def _payment_then(payment: Payment, day: date) -> Payment:
    if payment.reversed_on and payment.reversed_on > day:
        payment = msgspec.structs.replace(payment, reversed_on=None, reversal_recorded=0)
    if any(part.day and part.day > day for part in payment.applied):
        known = tuple(part for part in payment.applied if not (part.day and part.day > day))
        payment = msgspec.structs.replace(payment, applied=known)
    return payment


def _promise_then(promise: Promise, day: date, taken: set[str]) -> Promise:
    promise = _undated(promise, "withdrawn_on", day)
    if promise.reviewed_on and promise.reviewed_on > day:
        promise = msgspec.structs.replace(promise, reviewed_on=None, left_until=None)
    if promise.superseded_by and promise.superseded_by not in taken:
        promise = msgspec.structs.replace(promise, superseded_by="")
    return promise


def _letter_then(letter: Letter, day: date) -> Letter:
    """Return a letter as it was written, where it was sent later."""
    if letter.sent_on is None or letter.sent_on <= day:
        return letter
    return msgspec.structs.replace(letter, sent_by=None, sent_on=None, tracking="", activity="")


def known_since(accounts: Iterable[Dossier], reports: Reports, currency: str) -> date | None:
    """Return the first day at the end of which all that was owed in a currency is known, None if there is none.

    It is the day of the first report of open items that covers the currency; or where a list of amounts brought what
    was paid off before and its payments are known, the day from which on both are. Where no report has spoken it is
    the day of the first invoice of the list. An invoice without a day of issue is known from the day that it was due
    on, or from the last report that has it.
    """
    report = min((i.as_of for i in reports.settling if i.covers(currency)), default=None)
    first_payment: date | None = None
    listed: date | None = None
    undated: date | None = None
    for dossier in accounts:
        paid = _paid_before(dossier, currency, report)
        first_payment = min(filter(None, (first_payment, paid.first)), default=None)
        for invoice in dossier.invoices:
            if invoice.currency != currency:
                continue
            if invoice.issued is None:
                undated = max(filter(None, (undated, _surely_there(invoice, reports))), default=None)
            elif (listed is None or invoice.issued < listed) and paid.by_a_list(invoice):
                listed = invoice.issued
    days = [report] if report else []
    if listed and first_payment:
        # Where no report has spoken, what the payments leave open is open; else they may tell of later days only.
        days.append(max(listed, first_payment) if report else listed)
    return max(min(days), undated or date.min) if days else None


class _PaidBefore(msgspec.Struct, frozen=True):
    """The first day of a payment that a list told of, and what was paid by number before the first report."""

    first: date | None
    by_number: dict[str, Decimal]

    def by_a_list(self, invoice: Invoice) -> bool:
        """Did a list bring an invoice? No report can have told of what was paid off before the first one."""
        paid = self.by_number.get(invoice.number, ZERO)
        return invoice.amount > 0 and (invoice.as_listed or paid >= invoice.amount)


def _paid_before(dossier: Dossier, currency: str, report: date | None) -> _PaidBefore:
    first, by_number = None, dict[str, Decimal]()
    for payment in dossier.payments:
        if payment.currency == currency and not (payment.inferred or payment.reversed_on):
            first = min(first or payment.day, payment.day)
            if report and payment.day < report:
                for part in payment.applied:
                    if (part.day or payment.day) < report:
                        by_number[part.number] = by_number.get(part.number, ZERO) + part.amount
    return _PaidBefore(first, by_number)


def _surely_there(invoice: Invoice, reports: Reports) -> date | None:
    """Return a day on which an invoice without a day of issue was there, the earliest that is known."""
    report = reports.by_number.get(invoice.reported)
    return min(filter(None, (invoice.due, report.as_of if report else None)), default=None)
