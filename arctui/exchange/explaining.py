"""A payment that comes takes the place of what the book knew of the same money, so that it is counted once. Pure."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from arctui.core.ledger import open_amounts
from arctui.core.money import total
from arctui.core.records import BY_STATEMENT, Account, Invoice, Payment
from arctui.exchange.draft import Draft
from arctui.exchange.same_money import Books, take_place


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
    only where it may be in it.
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
            on_it = _is_in(draft, by_hand, payment)
        if same or (on_it and not by_hand.reversed_on):
            found.append((by_hand, same))
    return found


def _is_in(draft: Draft, by_bank: Payment, payment: Payment) -> bool:
    """May a payment on an invoice be part of what the bank had, or more than it, for its fees?

    It is just what was laid on the invoice, or it is more than is left open there: then both cannot have come. What
    a report has shown is the money of its days, whoever was thought to have paid it.
    """
    number = payment.applied[0].number if payment.applied else ""
    if any(a.recorded for a in by_bank.applied if a.number == number):
        return True
    if payment.amount == total(a.amount for a in by_bank.applied if a.number == number):
        return True
    account = draft.facts.get(Account, payment.account)
    if account is None:
        return False
    dossier = draft.dossier(account)
    opens = open_amounts(dossier, draft.facts.reports.after(draft.importing), date.max)
    invoices = (i for i in dossier.invoices if i.number == number and i.amount > 0)
    return any(opens[i.id] < payment.amount for i in invoices if i.currency == payment.currency)
