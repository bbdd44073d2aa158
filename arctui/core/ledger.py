"""What an account owes today: open items, aging, what is disputed, promised, credited, and what is collectable.

Pure arithmetic over the facts of one account; never adds amounts of two currencies.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from arctui.core.facts import Dossier, Reports
from arctui.core.money import ZERO, total
from arctui.core.records import BY_STATEMENT, Applied, Dispute, FollowUp, FollowUpKind, Import, Invoice, Payment

#: Aging by days past the due date, never the day of issue (reference: aging of the four-bucket standard).
AGING_BUCKETS = ("current", "1-30", "31-60", "61-90", "90+")

#: Money may have been booked so many days before the customer says that it was sent.
_TOLD_LATE = timedelta(days=10)


#: What is at the bank is booked within so many calendar days.
BOOKED_WITHIN = timedelta(days=7)


class OpenItem(msgspec.Struct, frozen=True):
    """An invoice or credit with what is open of it now (negative for a credit) and, past due, what is collectable."""

    invoice: Invoice
    open: Decimal
    past_due: bool = False
    days_past_due: int = 0
    disputed: Decimal = ZERO
    promised: Decimal = ZERO
    collectable: Decimal = ZERO


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """The sums of one account in one currency. `credits` is a positive figure: what the account has in hand."""

    currency: str
    aging: dict[str, Decimal]
    credits: Decimal = ZERO
    past_due: Decimal = ZERO
    disputed: Decimal = ZERO
    promised: Decimal = ZERO
    collectable: Decimal = ZERO
    days_past_due: int = 0

    @property
    def gross(self) -> Decimal:
        """All open invoices, before credits."""
        return total(self.aging.values())

    @property
    def net(self) -> Decimal:
        """What the account owes: open invoices less credits; negative if it has more in hand than it owes."""
        return self.gross - self.credits


def aging_bucket(days_past_due: int) -> str:
    """Name the aging bucket of an item: current up to the due date, then 1-30, 31-60, 61-90, 90+ (91 and more)."""
    for limit, name in ((0, "current"), (30, "1-30"), (60, "31-60"), (90, "61-90")):
        if days_past_due <= limit:
            return name
    return "90+"


def _on_top(day: date, recorded: int, number: int, as_of: date | None) -> bool:
    """Does an event of a day, known from an import, come on top of what a report of this number and day knew?"""
    return as_of is None or (recorded > number and day >= as_of)


def unseen(payment: Payment) -> list[Applied]:
    """Return the parts that no report has shown yet: of money by hand or at the bank, and what was only matched."""
    return [p for p in payment.applied if _is_unseen(payment, p)]


def _is_unseen(payment: Payment, part: Applied) -> bool:
    return bool(part.number and not part.recorded and (payment.entered_by or part.matched))


def _returned(payment: Payment, today: date) -> bool:
    return payment.reversed_on is not None and payment.reversed_on <= today


def _lasts(payment: Payment, part: Applied, as_of: date | None, today: date) -> bool:
    """Does a part reduce its invoice though a report of this day has it open?

    Money at the bank does while it may not be booked yet, and so does what the accounting system has on account.
    """
    if as_of is None or _returned(payment, today) or part not in unseen(payment):
        return False
    return part.matched or (payment.entered_by == BY_STATEMENT and payment.day + BOOKED_WITHIN >= as_of)


def _effect(payment: Payment, part: Applied, number: int, as_of: date | None, today: date) -> Decimal:
    """Return by how much a part of a payment changes the balance that a report of this number and day gave.

    An inferred payment never reduces: the report that it was concluded from did. A payment that was taken back is
    owed again, also where the report already knew the payment but not yet its return.
    """
    effect = ZERO
    if not payment.inferred and (
        _on_top(part.day or payment.day, part.recorded or payment.recorded, number, as_of)
        or _lasts(payment, part, as_of, today)
    ):
        effect -= part.amount
    back = payment.reversed_on
    if back and back <= today and _on_top(back, payment.reversal_recorded, number, as_of):
        effect += part.amount
    return effect


def _left_out(
    invoice: Invoice, received: Iterable[tuple[Payment, Applied]], number: int, as_of: date | None
) -> Decimal:
    """Return how much of the money that came to be known after a report, though it is dated before, was not in it.

    An itemised report tells how much was paid on the invoice, its amount less what is open. All that was received by
    then and is more than that was entered in the books later: a check that was lying about, a date set back.
    """
    known, late = ZERO, ZERO
    for payment, part in received:
        back = payment.reversed_on
        if (back and not _on_top(back, payment.reversal_recorded, number, as_of)) or part in unseen(payment):
            continue
        recorded = part.recorded or payment.recorded
        if payment.inferred or not _on_top(part.day or payment.day, recorded, number, as_of):
            known += part.amount
            late += part.amount if recorded > number and not payment.inferred else ZERO
    return max(ZERO, min(late, known - (invoice.amount - invoice.balance)))


def is_credit_of(payment: Payment, credit: Invoice) -> bool:
    """May an open credit of a report be this payment?"""
    named = bool(credit.number) and credit.number in (payment.reference, payment.identity)
    return credit.currency == payment.currency and (named or credit.issued == payment.day)


def _basis(invoice: Invoice, reports: Reports, last: Import | None) -> tuple[int, date | None]:
    """Return the number and day of the report whose balance an invoice has; None where no report has spoken of it."""
    if last and last.number >= invoice.reported:
        return last.number, last.as_of
    known = None if invoice.as_listed else reports.by_number.get(invoice.reported)
    return invoice.reported, known.as_of if known else None


def is_passed_over(payment: Payment, part: Applied, invoice: Invoice, reports: Reports, today: date) -> bool:
    """Has the last report open what a part of an older payment, by hand or at the bank, paid? It reduces nothing.

    Parts that a payment list told of are none of these: the report knew them.
    """
    if not _is_unseen(payment, part):
        return False
    number, as_of = _basis(invoice, reports, reports.last_of(invoice.currency, invoice.account))
    came = msgspec.structs.replace(payment, reversed_on=None)
    return not _effect(came, part, number, as_of, today)


def open_amounts(dossier: Dossier, reports: Reports, today: date) -> dict[str, Decimal]:
    """Return what is open of each invoice, by id: the reported balance less the payments the report did not know.

    A report that covers a currency says nothing of the others. A list of amounts knows of no payment, so all of them
    reduce its items until a report of open items has spoken.
    """
    lasts = {i.currency: reports.last_of(i.currency, dossier.account.id) for i in dossier.invoices}
    received: dict[str, list[tuple[Payment, Applied]]] = {}
    for payment in dossier.payments:
        for part in payment.applied:
            if part.number and (part.day or payment.day) <= today:
                received.setdefault(part.number, []).append((payment, part))
    debts = {(i.number, i.currency) for i in dossier.invoices if i.amount > 0}
    # What a report has as a credit of its own it has not laid on an invoice yet.
    on_account = [i for i in dossier.invoices if i.balance < 0]
    opens: dict[str, Decimal] = {}
    for invoice in dossier.invoices:
        if invoice.as_listed and invoice.issued and invoice.issued > today:
            # A list is a history: seen from an earlier day, what it lists for later is not owed yet.
            opens[invoice.id] = ZERO
            continue
        if invoice.number not in received:
            opens[invoice.id] = invoice.balance
            continue
        number, as_of = _basis(invoice, reports, lasts[invoice.currency])
        mine = [
            (payment, part)
            for payment, part in received.get(invoice.number, ())
            if payment.currency == invoice.currency
            # A credit with an invoice's number leaves the invoice its payments.
            and (invoice.amount > 0 or (invoice.number, invoice.currency) not in debts)
        ]
        change = total(_effect(payment, part, number, as_of, today) for payment, part in mine)
        report = reports.by_number.get(number)
        if mine and report and report.itemised and invoice.amount > 0 and not invoice.as_listed:
            booked = ((p, part) for p, part in mine if not any(is_credit_of(p, credit) for credit in on_account))
            change -= min(_left_out(invoice, booked, number, as_of), max(ZERO, invoice.balance + change))
        # Of what a report of open items left out before it was known, no payment leaves a credit.
        left_out = invoice.as_listed and not invoice.balance
        opens[invoice.id] = max(ZERO, change) if left_out else invoice.balance + change
    return opens


def unapplied_payments(dossier: Dossier, reports: Reports, today: date) -> list[tuple[Payment, Decimal]]:
    """Return the payments of which something is on account, each with how much.

    It stays until a line shows it applied, or until the day on which it is returned; but a payment dated before a
    report that was imported earlier was known to that report, as a credit or as applied. Money at the bank may not
    have been booked yet.
    """
    found = []
    for payment in dossier.payments:
        booked = payment.day + (BOOKED_WITHIN if payment.entered_by == BY_STATEMENT else timedelta())
        settling = (i for i in reports.settling if i.covers(payment.currency))
        known = any(i.number < payment.recorded and i.as_of > booked for i in settling)
        if not (known or _returned(payment, today) or payment.inferred) and payment.day <= today:
            applied = (part.amount for part in payment.applied if (part.day or payment.day) <= today)
            rest = payment.amount - total(applied)
            if rest > 0:
                found.append((payment, rest))
    return found


class Banked(msgspec.Struct, frozen=True):
    """Money at the bank that the last report does not have. `lasts`: it may not be booked yet, so it counts."""

    payment: Payment
    amount: Decimal
    lasts: bool


def banked(dossier: Dossier, reports: Reports, today: date) -> list[Banked]:
    """Return the money at the bank that is older than the last report and still open in it, by day."""
    found = []
    for payment in sorted(dossier.payments, key=lambda p: p.day):
        last = reports.last_of(payment.currency, dossier.account.id)
        if last and payment.entered_by == BY_STATEMENT and payment.day < last.as_of and not _returned(payment, today):
            fresh = [p for p in unseen(payment) if (p.day or payment.day) <= today]
            lasting = [p for p in fresh if _effect(payment, p, last.number, last.as_of, today)]
            if fresh:
                found.append(Banked(payment, total(p.amount for p in fresh), bool(lasting)))
    return found


def unapplied_cash(dossier: Dossier, reports: Reports, today: date) -> dict[str, Decimal]:
    """Return the cash on account, by currency."""
    cash: dict[str, Decimal] = {}
    for payment, rest in unapplied_payments(dossier, reports, today):
        cash[payment.currency] = cash.get(payment.currency, ZERO) + rest
    return cash


def _spread(amount: Decimal, over: Iterable[OpenItem], used: dict[str, Decimal]) -> Decimal:
    """Lay an amount on items in their order, up to what is left of each; return what did not fit."""
    for item in over:
        part = min(amount, item.open - used.get(item.invoice.id, ZERO))
        if part > 0:
            used[item.invoice.id] = used.get(item.invoice.id, ZERO) + part
            amount -= part
    return amount


def bare_items(dossier: Dossier, opens: Mapping[str, Decimal], today: date) -> list[OpenItem]:
    """Return the items that are open, the oldest first, before disputes, promises and credits are laid on them."""
    bare = []
    for invoice in dossier.invoices:
        amount = opens[invoice.id]
        if amount:
            days = (today - invoice.due).days if invoice.due else 0
            late = amount > 0 and days > 0
            bare.append(OpenItem(invoice, amount, late, days if late else 0))
    return by_age(bare)


def disputed_parts(items: Sequence[OpenItem], disputes: Iterable[Dispute]) -> dict[str, Decimal]:
    """Lay open disputes on the items that they name; those that name none on the oldest items first."""
    used: dict[str, Decimal] = {}
    for dispute in sorted((d for d in disputes if d.closed_on is None), key=lambda d: not d.invoices):
        named = [i for i in items if i.open > 0 and i.invoice.currency == dispute.currency]
        if dispute.invoices:
            named = [i for i in named if i.invoice.id in dispute.invoices]
        _spread(dispute.amount, named, used)
    return used


def by_age(items: Iterable[OpenItem]) -> list[OpenItem]:
    """Sort items: past due before the rest, the oldest due date first, those without one last."""
    return sorted(items, key=lambda i: (not i.past_due, i.invoice.due or date.max, i.invoice.number, i.invoice.id))


def open_items(
    items: Sequence[OpenItem],
    disputed: Mapping[str, Decimal],
    covered: Mapping[str, Mapping[str, Decimal]],
    cash: Mapping[str, Decimal],
) -> tuple[OpenItem, ...]:
    """Return the open items, each with its disputed, promised and collectable part.

    `disputed`: what is disputed of each invoice id; `covered`: by currency, what live promises cover of it; `cash`:
    the cash on account by currency. Credits are laid on the oldest collectable items, so the collectable parts add
    up to what may be asked for (never below 0).
    """
    credit = _credits(items, cash)
    finished = []
    for item in items:
        invoice = item.invoice
        in_dispute = disputed.get(invoice.id, ZERO)
        promised = min(covered.get(invoice.currency, {}).get(invoice.id, ZERO), max(ZERO, item.open - in_dispute))
        ask = item.open - in_dispute - promised if item.past_due else ZERO
        offset = min(ask, credit.get(invoice.currency, ZERO))
        if offset > 0:
            credit[invoice.currency] -= offset
            ask -= offset
        finished.append(
            msgspec.structs.replace(item, disputed=in_dispute, promised=promised, collectable=max(ZERO, ask))
        )
    return tuple(finished)


def _credits(items: Iterable[OpenItem], cash: Mapping[str, Decimal]) -> dict[str, Decimal]:
    credit = dict(cash)
    for item in items:
        if item.open < 0:
            credit[item.invoice.currency] = credit.get(item.invoice.currency, ZERO) - item.open
    return credit


def balances(items: Sequence[OpenItem], cash: Mapping[str, Decimal]) -> dict[str, Balance]:
    """Sum up open items and unapplied cash, a Balance per currency that occurs."""
    credit = _credits(items, cash)
    sums: dict[str, Balance] = {}
    for currency in dict.fromkeys([*(i.invoice.currency for i in items), *credit]):
        mine = [i for i in items if i.invoice.currency == currency and i.open > 0]
        late = [i for i in mine if i.past_due]
        aging: dict[str, Decimal] = dict.fromkeys(AGING_BUCKETS, ZERO)
        for item in mine:
            aging[aging_bucket(item.days_past_due)] += item.open
        fields: dict[str, Any] = {
            "past_due": total(i.open for i in late),
            "disputed": total(i.disputed for i in late),
            "promised": total(i.promised for i in late),
            "collectable": total(i.collectable for i in late),
            "days_past_due": max((i.days_past_due for i in late), default=0),
        }
        sums[currency] = Balance(currency=currency, aging=aging, credits=credit.get(currency, ZERO), **fields)
    return sums


def spread(items: Iterable[OpenItem], amount: Decimal, numbers: Collection[str] = ()) -> dict[str, Decimal]:
    """Return what a payment would pay of each item that is asked for: of the named ones first, else the oldest.

    By the ids of the invoices; what is more than all that is asked for is left out.
    """
    paid: dict[str, Decimal] = {}
    asked = [item for item in by_age(items) if item.collectable > 0]
    for item in sorted(asked, key=lambda i: i.invoice.number not in numbers):
        part = min(amount, item.collectable)
        if part > 0:
            paid[item.invoice.id] = part
            amount -= part
    return paid


def claims_to_come(dossier: Dossier) -> list[FollowUp]:
    """Return the payments that are said to be made and have not come, by the day they should be here.

    One has come with a payment of its amount that is dated from a few days before it was told on; each payment is
    one of them only. A claim without an amount waits until it is answered.
    """
    waiting = [f for f in dossier.followups if f.kind is FollowUpKind.CLAIM and f.done_on is None]
    came = [p for p in dossier.payments if not p.reversed_on]
    to_come = []
    for claim in sorted(waiting, key=lambda f: (f.day, f.set_on)):
        same = [p for p in came if p.amount == claim.amount and p.day >= claim.set_on - _TOLD_LATE]
        if same:
            came.remove(same[0])
        else:
            to_come.append(claim)
    return to_come
