"""A payment that comes takes the place of what the book knew of the same money, so that it is counted once. Pure."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from arctui.core.import_records import BankLine
from arctui.core.ledger import BOOKED_WITHIN, open_amounts
from arctui.core.money import total
from arctui.core.records import BY_STATEMENT, Account, Applied, Invoice, Payment
from arctui.exchange.draft import Draft
from arctui.exchange.same_money import Books, joined, near, take_place

#: A bank keeps no more of a payment than this share and this amount, and books it within so many calendar days.
_FEE_SHARE, _MOST_FEE, _FEE_DAYS = Decimal("0.02"), Decimal(50), timedelta(days=3)


def explain(
    draft: Draft,
    books: Books,
    payment: Payment,
    whole: Decimal,
    named: Collection[str],
    *,
    takes_inferred: bool = True,
    again: bool = False,
    listed: Collection[Decimal] = (),
) -> Payment:
    """Let a payment take the place of what was written down by hand or inferred of it, as far as it reaches.

    `whole` is what all lines of the payment say together, `named` the invoices that they name. `takes_inferred`: it
    may be the money that two reports told of. `again`: only what a report has shown is looked at, as the payment has
    had its place before. `listed`: the amounts of all payments of the list.
    """
    known = [p for p in draft.now(Payment, payment.account) if p.currency == payment.currency]
    # What is at the bank may be booked some days later.
    late = BOOKED_WITHIN if payment.entered_by == BY_STATEMENT else timedelta()
    told = [p for p in known if takes_inferred and p.since]
    inferred = [p for p in told if p.since and p.since <= payment.day + late and payment.day <= p.day]
    by_hand = [] if again else _by_hand(draft, payment, whole, named, known, listed)
    exact = [one for one in by_hand if _is_exact(payment, *one)]
    twins = [one for one in exact if near(one[0], payment.day, payment.day)]
    twin = min(twins, key=lambda t: (not t[1], abs(t[0].day - payment.day), t[0].id), default=None)
    # Of the bank one line is this money.
    by_hand = [one for one in by_hand if one not in exact or (one != twin and one[0].entered_by != BY_STATEMENT)]
    mine = {payment.id, *(p.id for p, _ in by_hand), twin[0].id if twin else ""}
    lends = takes_inferred and (payment.applied or not again)
    numbers = {a.number for a in payment.applied}
    others = [p for p in known if lends and p.id not in mine and _was_shown(p, numbers)]
    invoices = (i for i in draft.now(Invoice, payment.account) if i.currency == payment.currency)
    closed = {i.number for i in invoices if i.amount > 0 and not i.as_listed and i.balance <= 0}
    placed = take_place(payment, [*((p, False) for p in inferred), *by_hand], books, closed, others, twin)
    for before, left in placed.left:
        if left:
            draft.put(left)
        else:
            draft.remove(before)
    tell_again(draft, books, payment, placed.shown)
    for freed in placed.freed:
        _explain_again(draft, books, freed)
    return placed.payment


def _was_shown(payment: Payment, numbers: Collection[str]) -> bool:
    """May a report have shown something of a payment, on one of these invoices or, with none, on any?"""
    parts = payment.applied if not payment.reversed_on else ()
    return any(a.recorded and (not numbers or a.number in numbers) for a in parts)


def tell_again(draft: Draft, books: Books, payment: Payment, shown: Iterable[Applied]) -> None:
    """Let what a report has shown of a payment that paid other invoices be what two reports told."""
    for part in shown:
        first, last = books.days_of(part.recorded, payment.currency) or (payment.day, payment.day)
        draft.put(
            Payment(
                id=draft.new_id(),
                account=payment.account,
                day=last,
                amount=part.amount,
                currency=payment.currency,
                applied=(Applied(part.number, part.amount),),
                since=first if first > date.min else min(payment.day, last),
                recorded=part.recorded,
            )
        )


def _explain_again(draft: Draft, books: Books, freed: Payment) -> None:
    """Let other money have what a report has shown in its own days, now that it is not what it was thought to be."""
    found = explain(draft, books, freed, freed.amount, (), again=True)
    applied = found.applied
    if not freed.applied:
        number = found.recorded
        applied = tuple(msgspec.structs.replace(p, recorded=p.recorded or number, matched=True) for p in applied)
    elif not freed.entered_by:
        number = 0 if found.recorded < freed.recorded else books.number
        applied = tuple(msgspec.structs.replace(p, recorded=p.recorded or number) for p in applied)
    known = next(p for p in draft.now(Payment, freed.account) if p.id == freed.id)
    draft.put(msgspec.structs.replace(known, applied=tuple(joined((*known.applied, *applied)))))


def _is_exact(payment: Payment, known: Payment, same: bool) -> bool:
    """Is either the bank's line of the other, to the cent, so that it has its place whole?"""
    return (same or known.entered_by == BY_STATEMENT) and not known.reversed_on


def _by_hand(
    draft: Draft,
    payment: Payment,
    whole: Decimal,
    named: Collection[str],
    known: Iterable[Payment],
    listed: Collection[Decimal],
) -> list[tuple[Payment, bool]]:
    """Return the payments by hand that may be the same money, each with whether its amount is the same.

    Else the line names an invoice on which the clerk laid it. One that was taken back gives way only to a line of
    the same amount. Of bank statements one line is never the money of another, and money of another amount gives way
    only where it may be in it, or is less by a fee.
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
            on_it = _is_in(draft, by_hand, payment) or _is_less_a_fee(draft, by_hand, payment, listed)
        if on_it and not same and (payment.entered_by == BY_STATEMENT or not payment.applied):
            # Another line fits better.
            on_it = by_hand.amount not in listed and not _has_line(draft, by_hand)
        if same or (on_it and not by_hand.reversed_on):
            found.append((by_hand, same))
    return found


def _has_line(draft: Draft, payment: Payment) -> bool:
    """Does a line of the bank that waits have just the amount of a payment?"""
    waiting = (line for line in draft.all(BankLine) if line.decided_on is None and not line.listed)
    return any(line.amount == payment.amount and near(payment, line.day, line.day) for line in waiting)


def _is_less_a_fee(draft: Draft, by_bank: Payment, payment: Payment, listed: Collection[Decimal]) -> bool:
    """Did the bank keep a fee of a payment? Neither a line of the list nor one of the bank fits better."""
    fee = payment.amount - by_bank.amount
    if payment.entered_by or not 0 < fee <= min(_MOST_FEE, payment.amount * _FEE_SHARE):
        return False
    late = abs(payment.day - by_bank.day) > _FEE_DAYS
    return not late and by_bank.amount not in listed and not _has_line(draft, payment)


def _is_in(draft: Draft, by_bank: Payment, payment: Payment) -> bool:
    """May a payment on an invoice be part of what the bank had, or more than it, for its fees?

    It is just what was laid on the invoice, or it is more than is left open there: then both cannot have come.
    """
    number = payment.applied[0].number if payment.applied else ""
    if payment.amount == total(a.amount for a in by_bank.applied if a.number == number):
        return True
    account = draft.facts.get(Account, payment.account)
    if account is None:
        return False
    dossier = draft.dossier(account)
    opens = open_amounts(dossier, draft.facts.reports.after(draft.importing), date.max)
    invoices = (i for i in dossier.invoices if i.number == number and i.amount > 0)
    return any(opens[i.id] < payment.amount for i in invoices if i.currency == payment.currency)
