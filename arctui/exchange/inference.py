"""Payments concluded from two reports: what vanished or shrank was paid in the interval between them."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.facts import Facts
from arctui.core.money import ZERO, total
from arctui.core.records import Account, Applied, Import, Invoice, Payment
from arctui.exchange.report import Item


class Reduction(msgspec.Struct, frozen=True):
    """An item whose open amount differs between the book and a newer report."""

    invoice: Invoice
    before: Decimal
    after: Decimal


class Inferred(msgspec.Struct, frozen=True):
    """New inferred payments, and known payments on account that turn out to be applied now."""

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

    `payments_of` returns an account's payments with what this import changed of them. Credits that were used up, then
    known cash on account, explain a reduction first; the rest is one inferred payment from the day of the report
    before to the day of this one.
    """
    groups: dict[tuple[str, str], list[Reduction]] = {}
    for reduction in reductions:
        groups.setdefault((reduction.invoice.account, reduction.invoice.currency), []).append(reduction)
    result = Inferred([], [])
    for (account, currency), group in groups.items():
        parts = _paid_parts(group)
        cash = _cash_on_account(payments_of(account), currency, importing.as_of)
        for payment in cash:
            used, parts = _take(parts, payment.amount - total(p.amount for p in payment.applied))
            if used:
                result.applied_now.append(msgspec.structs.replace(payment, applied=(*payment.applied, *used)))
        if parts:
            result.inferred.append(
                Payment(
                    id=new_id(),
                    account=account,
                    day=importing.as_of,
                    amount=total(p.amount for p in parts),
                    currency=currency,
                    applied=tuple(parts),
                    since=_since(facts, group, importing),
                    recorded=importing.number,
                )
            )
    return result


def _paid_parts(group: Iterable[Reduction]) -> list[Applied]:
    """Return what was paid on each invoice, after the credits that vanished were laid on the oldest ones."""
    ordered = sorted(group, key=lambda r: (r.invoice.due or date.max, r.invoice.number))
    used_credit = total(min(r.after, ZERO) - r.before for r in ordered if r.before < 0 and r.after > r.before)
    paid = [
        Applied(r.invoice.number, r.before - max(r.after, ZERO)) for r in ordered if r.before > max(r.after, ZERO)
    ]
    return _take(paid, used_credit)[1]


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


def _cash_on_account(payments: Iterable[Payment], currency: str, as_of: date) -> list[Payment]:
    cash = [
        p
        for p in payments
        if p.currency == currency
        and p.reversed_on is None
        and p.day <= as_of
        and p.amount > total(part.amount for part in p.applied)
    ]
    return sorted(cash, key=lambda p: (p.day, p.id))


def cash_shown_as_credit(facts: Facts, reported: Iterable[tuple[str, Item]]) -> list[Payment]:
    """Return the payments on account that a report shows as a credit of its own, so that they count once.

    `reported`: account ids and items. The credit has the amount that is left of the payment, and its day or its
    reference.
    """
    shown: dict[str, Payment] = {}
    for account, item in reported:
        if item.balance is None or item.balance >= 0 or facts.get(Account, account) is None:
            continue
        for payment in facts.dossier(account).payments:
            rest = payment.amount - total(p.amount for p in payment.applied)
            same = item.issued == payment.day or (
                item.number and item.number in (payment.reference, payment.identity)
            )
            if rest == -item.balance and same and not payment.reversed_on and payment.id not in shown:
                shown[payment.id] = msgspec.structs.replace(payment, applied=(*payment.applied, Applied("", rest)))
                break
    return list(shown.values())


def _since(facts: Facts, group: Iterable[Reduction], importing: Import) -> date:
    """Return the day of the last report before: the interval in which the money came begins there."""
    last = facts.reports.last_settling
    if last:
        return min(last.as_of, importing.as_of)
    known = facts.reports.by_number
    days = [known[r.invoice.reported].as_of for r in group if r.invoice.reported in known]
    return min([*days, importing.as_of])
