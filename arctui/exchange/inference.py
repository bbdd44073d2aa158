"""Payments concluded from two reports: what vanished or shrank was paid in the interval between them.

What the clerk wrote down by hand explains it first, so that the same money is not concluded a second time.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.facts import Facts
from arctui.core.ledger import unseen
from arctui.core.money import ZERO, total
from arctui.core.records import Account, Applied, Import, Invoice, Payment
from arctui.exchange.report import Item
from arctui.exchange.same_money import SAME_MONEY_DAYS, near, unapplied


class Reduction(msgspec.Struct, frozen=True):
    """An item whose open amount differs between the book, without what was written by hand, and a newer report."""

    invoice: Invoice
    before: Decimal
    after: Decimal


class Inferred(msgspec.Struct, frozen=True):
    """New inferred payments, and known payments that turn out to be applied or booked now."""

    inferred: list[Payment]
    applied_now: list[Payment]


def infer_payments(
    facts: Facts,
    payments_of: Callable[[str], Iterable[Payment]],
    reductions: Iterable[Reduction],
    importing: Import,
    new_id: Callable[[], str],
) -> Inferred:
    """Conclude what was paid, an account and currency at a time.

    `payments_of` returns an account's payments with what this import changed of them. Payments by hand on the same
    invoice (those of just its amount first), credits that were used up, cash on account, then payments by hand of
    just the amount elsewhere explain a reduction; the rest is one inferred payment from the day of the report before
    to the day of this one.
    """
    groups: dict[tuple[str, str], list[Reduction]] = {}
    for reduction in reductions:
        groups.setdefault((reduction.invoice.account, reduction.invoice.currency), []).append(reduction)
    result = Inferred([], [])
    for (account, currency), group in groups.items():
        since = _since(facts, group, importing, account, currency)
        known = {p.id: p for p in payments_of(account) if p.currency == currency and not p.reversed_on}
        ordered = sorted(known.values(), key=lambda p: p.day)
        parts = _paid_parts(group)
        # What is in the books, of just the amount, goes before what by hand is not.
        just = [p.id for p in ordered if _is_just(p, parts)]
        likely = sorted(ordered, key=lambda p: (p.id not in just, bool(p.entered_by)))
        told = (p for p in likely if p.entered_by or unseen(p))
        by_hand = [p.id for p in told if p.day <= importing.as_of + SAME_MONEY_DAYS]
        unsure = any(p.entered_by and p.id not in just for p in likely)
        for payment in likely:
            if payment.id in by_hand:
                known[payment.id], parts = _booked(payment, parts, importing.number)
            elif unsure and payment.day <= importing.as_of and unapplied(payment) in {p.amount for p in parts}:
                known[payment.id], parts = _applied(payment, parts, importing.number)
        parts = _take(parts, _used_credit(group))[1]
        for cash in ordered:
            if cash.day <= importing.as_of or cash.id in by_hand:
                known[cash.id], parts = _applied(known[cash.id], parts, importing.number)
        for payment_id in by_hand:
            if near(known[payment_id], since, importing.as_of):
                known[payment_id], parts = _booked_elsewhere(known[payment_id], parts, importing.number)
        for cash in ordered:
            if not cash.entered_by and cash.day < importing.as_of:
                known[cash.id], parts = _moved(known[cash.id], parts, importing.number)
        result.applied_now.extend(known[p.id] for p in ordered if known[p.id] != p)
        if parts:
            result.inferred.append(
                Payment(
                    id=new_id(),
                    account=account,
                    day=importing.as_of,
                    amount=total(p.amount for p in parts),
                    currency=currency,
                    applied=tuple(parts),
                    since=since,
                    recorded=importing.number,
                )
            )
    return result


def _paid_parts(group: Iterable[Reduction]) -> list[Applied]:
    """Return by how much less is open of each invoice, the oldest first; of one that is paid too much all of it."""
    ordered = sorted(group, key=lambda r: (r.invoice.due or date.max, r.invoice.number))
    paid = [(r, r.before - (r.after if r.invoice.amount > 0 else max(r.after, ZERO))) for r in ordered]
    return [Applied(r.invoice.number, amount) for r, amount in paid if amount > 0]


def _used_credit(group: Iterable[Reduction]) -> Decimal:
    """Return how much of credits vanished: it was laid on invoices, the oldest first."""
    return total(min(r.after, ZERO) - r.before for r in group if r.before < 0 and r.after > r.before)


def _is_just(payment: Payment, parts: Iterable[Applied]) -> bool:
    """Is what was paid on the invoices of a payment by hand just what no report has shown of it yet?"""
    fresh: dict[str, Decimal] = {}
    for part in unseen(payment):
        fresh[part.number] = fresh.get(part.number, ZERO) + part.amount
    paid = {p.number: p.amount for p in parts}
    return bool(fresh) and all(paid.get(number) == amount for number, amount in fresh.items())


def _booked(payment: Payment, parts: list[Applied], number: int) -> tuple[Payment, list[Applied]]:
    """Let a payment by hand explain what was paid on its own invoices; what is explained was seen in this import."""
    left = {p.number: p.amount for p in parts}
    fresh = unseen(payment)
    applied: list[Applied] = []
    for part in payment.applied:
        share = min(part.amount, left.get(part.number, ZERO)) if part in fresh else ZERO
        if share:
            left[part.number] -= share
            applied.append(msgspec.structs.replace(part, amount=share, recorded=number))
        if part.amount > share:
            applied.append(msgspec.structs.replace(part, amount=part.amount - share))
    rest = [Applied(p.number, left[p.number]) for p in parts if left[p.number]]
    return msgspec.structs.replace(payment, applied=tuple(applied)), rest


def _applied(payment: Payment, parts: list[Applied], number: int) -> tuple[Payment, list[Applied]]:
    """Let cash on account explain what was paid, on the oldest invoice first."""
    # What is of just this amount, else the oldest invoices.
    amount = unapplied(payment)
    used, rest = _take(sorted(parts, key=lambda p: p.amount != amount), amount)
    # Which invoices the cash of a list was laid on is not told: a list that names them corrects it.
    used = [Applied(p.number, p.amount, None, number, matched=not payment.entered_by) for p in used]
    return msgspec.structs.replace(payment, applied=(*payment.applied, *used)), rest


def _booked_elsewhere(payment: Payment, parts: list[Applied], number: int) -> tuple[Payment, list[Applied]]:
    """Let a payment explain its amount on other invoices; one by hand stays with those the clerk gave it to."""
    fresh = unseen(payment)
    amount = total(p.amount for p in fresh)
    one = next((p for p in parts if p.amount == amount), None)
    if not amount or not (one or amount == total(p.amount for p in parts)):
        return payment, parts
    shown = [msgspec.structs.replace(p, recorded=number) for p in fresh]
    if not payment.entered_by:
        # Its invoice was only a guess: the report knows better.
        shown = [Applied(p.number, p.amount, None, number, matched=True) for p in ([one] if one else parts)]
    applied = (*(p for p in payment.applied if p not in fresh), *shown)
    return msgspec.structs.replace(payment, applied=applied), [p for p in parts if p is not one] if one else []


def _moved(payment: Payment, parts: list[Applied], number: int) -> tuple[Payment, list[Applied]]:
    """Let what was only matched explain what the report has on other invoices: it is in the report somewhere."""
    fresh = [p for p in unseen(payment) if p.matched]
    used, rest = _take(parts, total(p.amount for p in fresh))
    if not used:
        return payment, parts
    left = _take(fresh, total(p.amount for p in used))[1]
    found = [Applied(p.number, p.amount, None, number, matched=True) for p in used]
    kept = [Applied(p.number, p.amount, matched=True) for p in left]
    applied = (*(p for p in payment.applied if p not in fresh), *found, *kept)
    return msgspec.structs.replace(payment, applied=applied), rest


def _take(parts: list[Applied], amount: Decimal) -> tuple[list[Applied], list[Applied]]:
    """Split parts into those that an amount pays, in order, and the rest."""
    used, rest = [], []
    for part in parts:
        share = min(part.amount, max(ZERO, amount))
        amount -= share
        if share:
            used.append(Applied(part.number, share))
        if part.amount > share:
            rest.append(Applied(part.number, part.amount - share))
    return used, rest


def cash_shown_as_credit(facts: Facts, reported: Iterable[tuple[str, Item]], number: int) -> list[Payment]:
    """Return the payments on account that a report shows as a credit of its own, so that they count once.

    `reported`: account ids and items; `number`: that of the import. The credit has the amount that is left of the
    payment, and its day or its reference. A payment by hand may be shown whole, and its day may be a week off.
    """
    shown: dict[str, Payment] = {}
    for account, item in reported:
        if item.balance is None or item.balance >= 0 or facts.get(Account, account) is None:
            continue
        for payment in facts.dossier(account).payments:
            credit = _as_credit(payment, -item.balance, number) if _is_shown(payment, item) else None
            if credit and payment.id not in shown:
                shown[payment.id] = credit
                break
    return list(shown.values())


def _is_shown(payment: Payment, item: Item) -> bool:
    by_hand = payment.entered_by and item.issued and near(payment, item.issued, item.issued)
    named = item.number and item.number in (payment.reference, payment.identity)
    return not payment.reversed_on and bool(item.issued == payment.day or named or by_hand)


def _as_credit(payment: Payment, amount: Decimal, number: int) -> Payment | None:
    """Return a payment as a report shows it that has a credit of this amount, None if it is not this payment."""
    rest, fresh = unapplied(payment), unseen(payment)
    if rest == amount:
        return msgspec.structs.replace(payment, applied=(*payment.applied, Applied("", rest)))
    if fresh and rest + total(p.amount for p in fresh) == amount:
        applied = [msgspec.structs.replace(p, recorded=number) if p in fresh else p for p in payment.applied]
        applied += [Applied("", rest)] if rest else []
        return msgspec.structs.replace(payment, applied=tuple(applied))
    return None


def _since(facts: Facts, group: Iterable[Reduction], importing: Import, account: str, currency: str) -> date:
    """Return the day of the last report before: the interval in which the money came begins there."""
    last = facts.reports.last_of(currency, account)
    if last:
        return min(last.as_of, importing.as_of)
    known = facts.reports.by_number
    # As the book has it: the import that is going on may have taken it over.
    before = [facts.get(Invoice, r.invoice.id) or r.invoice for r in group]
    days = [known[invoice.reported].as_of for invoice in before if invoice.reported in known]
    return min([*days, importing.as_of])
