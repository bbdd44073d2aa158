"""What an account bought and paid, by day: one pass over its facts, a Turnover per currency."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.facts import Dossier
from arctui.core.money import ZERO
from arctui.core.records import Invoice


class Paid(msgspec.Struct, frozen=True, gc=False):
    """What was paid of an invoice on a day, so many days after its due date (below 0: before it)."""

    day: date
    days_late: int
    amount: Decimal


class Closed(msgspec.Struct, frozen=True, gc=False):
    """An invoice of an amount that was paid off on a day: days from its due day and from its issue, None unknown."""

    day: date
    days_late: int | None
    days_to_pay: int | None
    amount: Decimal


class Turnover(msgspec.Struct):
    """What one account bought and paid in one currency.

    `sales`: what was invoiced, by day of issue, without what is void and without credits. `paid`: parts of payments
    whose day and invoice's due date are known. `closed`: invoices paid off on a known day; `closed_unknown`: the days
    up to which others were, which only two reports tell.
    """

    sales: dict[date, Decimal] = msgspec.field(default_factory=dict)
    paid: list[Paid] = msgspec.field(default_factory=list)
    closed: list[Closed] = msgspec.field(default_factory=list)
    closed_unknown: list[date] = msgspec.field(default_factory=list)


#: When a part of an invoice was paid, how much, and whether only two reports tell of it.
_Part = tuple[date, Decimal, bool]


def turnovers(dossier: Dossier, opens: Mapping[str, Decimal], today: date) -> dict[str, Turnover]:
    """Return what an account bought and paid up to today, by currency; what is in `opens` is open today, by id.

    Cash on account counts when it was applied. A payment that was returned is as if it had not come, and what two
    reports tell of has no day.
    """
    received = _received(dossier, today)
    found: dict[str, Turnover] = {}
    for invoice in dossier.invoices:
        if invoice.amount <= 0 or invoice.void:
            continue
        turnover = found.get(invoice.currency)
        if turnover is None:
            turnover = found[invoice.currency] = Turnover()
        issued = invoice.issued
        if issued and issued <= today:
            turnover.sales[issued] = turnover.sales.get(issued, ZERO) + invoice.amount
        parts = received.get((invoice.number, invoice.currency)) if invoice.number else None
        if not parts:
            continue
        due = invoice.due
        if due:
            turnover.paid += [Paid(day, (day - due).days, a) for day, a, told in parts if not told and a > 0]
        _close(turnover, invoice, parts, opens.get(invoice.id, ZERO))
    return found


def _received(dossier: Dossier, today: date) -> dict[tuple[str, str], list[_Part]]:
    """Return what was paid by number and currency of the invoices."""
    received: dict[tuple[str, str], list[_Part]] = {}
    for payment in dossier.payments:
        if payment.reversed_on and payment.reversed_on <= today:
            continue
        told = payment.inferred
        for part in payment.applied:
            day = part.day or payment.day
            if part.number and day <= today:
                received.setdefault((part.number, payment.currency), []).append((day, part.amount, told))
    return received


def _close(turnover: Turnover, invoice: Invoice, parts: list[_Part], now: Decimal) -> None:
    """Put down when an invoice was paid off: the day of the payment after which nothing was open of it any more."""
    if now > 0:
        return
    after = now
    for day, amount, told in sorted(parts, reverse=True) if len(parts) > 1 else parts:
        after += amount
        if after > 0:
            if told:
                turnover.closed_unknown.append(day)
            else:
                late = (day - invoice.due).days if invoice.due else None
                to_pay = (day - invoice.issued).days if invoice.issued else None
                turnover.closed.append(Closed(day, late, to_pay, invoice.amount))
            return
