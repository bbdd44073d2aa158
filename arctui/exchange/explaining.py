"""A payment that comes takes the place of what the book knew of the same money, so that it is counted once. Pure."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from arctui.core.import_records import BankLine
from arctui.core.records import BY_STATEMENT, Invoice, Payment
from arctui.exchange.draft import Draft
from arctui.exchange.same_money import Books, near, take_place


def explain(
    draft: Draft,
    books: Books,
    payment: Payment,
    whole: Decimal,
    named: Collection[str],
    *,
    takes_inferred: bool = True,
) -> Payment:
    """Let a payment take the place of what was written down by hand or inferred of it, as far as it reaches.

    `whole` is what all lines of the payment say together, `named` the invoices that they name. `takes_inferred`: it
    may be the money that two reports told of.
    """
    known = [p for p in draft.now(Payment, payment.account) if p.currency == payment.currency]
    inferred = [p for p in known if takes_inferred and p.since and p.since <= payment.day <= p.day]
    by_hand = _by_hand(draft, payment, whole, named, known)
    invoices = (i for i in draft.now(Invoice, payment.account) if i.currency == payment.currency)
    closed = {i.number for i in invoices if i.amount > 0 and not i.as_listed and i.balance <= 0}
    placed = take_place(payment, [*((p, False) for p in inferred), *by_hand], books, closed)
    for before, left in placed.left:
        if left:
            draft.put(left)
        else:
            draft.remove(before)
    return placed.payment


def _by_hand(
    draft: Draft, payment: Payment, whole: Decimal, named: Collection[str], known: Iterable[Payment]
) -> list[tuple[Payment, bool]]:
    """Return the payments by hand that may be the same money, each with whether its amount is the same.

    Else the line names an invoice on which the clerk laid it. One that was taken back gives way only to a line of
    the same amount. Of bank statements one line is never the money of another, and money of another amount gives way
    only where no line of this amount waits.
    """
    found = []
    numbers = {*named, *(a.number for a in payment.applied)}
    for by_hand in known:
        if not by_hand.entered_by or by_hand.entered_by == payment.entered_by == BY_STATEMENT:
            continue
        before = draft.facts.get(Payment, by_hand.id) or by_hand
        same = by_hand.amount == payment.amount or before.amount == whole
        on_it = any(a.number in numbers for a in by_hand.applied if a.number)
        if on_it and not same and by_hand.entered_by == BY_STATEMENT:
            on_it = not _waits(draft, payment, whole)
        if same or (on_it and not by_hand.reversed_on):
            found.append((by_hand, same))
    return found


def _waits(draft: Draft, payment: Payment, whole: Decimal) -> bool:
    """Does a line of the bank wait that is of a payment's amount and days?"""
    return any(
        line.decided_on is None
        and not line.listed
        and line.amount in (payment.amount, whole)
        and near(payment, line.day, line.day)
        for line in draft.facts.all(BankLine)
    )
