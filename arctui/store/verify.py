"""Verifying a whole book: what it says must fit together."""

from collections import Counter
from collections.abc import Iterator

from arctui.core.calls import Call
from arctui.core.facts import Facts
from arctui.core.money import total
from arctui.core.records import (
    Account,
    Activity,
    Dispute,
    FollowUp,
    Invoice,
    Payment,
    Person,
    Promise,
    Record,
)
from arctui.core.tables import TABLES
from arctui.store.book import Book


def counts(facts: Facts) -> dict[str, int]:
    """Count the records of each kind."""
    return {name: sum(1 for _ in facts.all(kind)) for name, kind in TABLES.items()}


def problems(book: Book) -> list[str]:
    """Return what does not fit together, a sentence each; empty for a whole book."""
    facts = book.facts
    return [*_orphans(facts), *_invoices(facts), *_promises(facts), *_amounts(facts), *_history(book)]


def _orphans(facts: Facts) -> Iterator[str]:
    """Every record of an account names one that exists; an open call may outlive an import that was undone."""
    kinds: tuple[type[Record], ...] = (Person, Invoice, Payment, Activity, Promise, Dispute, FollowUp)
    for kind in kinds:
        for record in facts.all(kind):
            account = getattr(record, "account", "")
            if facts.get(Account, account) is None:
                yield f"{kind.TABLE} {record.id}: its account {account} is missing"


def _invoices(facts: Facts) -> Iterator[str]:
    """A number stands once on an account; promises and disputes name invoices of their own account."""
    numbered = Counter((i.account, i.number, i.currency) for i in facts.all(Invoice) if i.number)
    for (account, number, _), count in numbered.items():
        if count > 1:
            yield f"invoice {number} stands {count} times on account {account}"
    holders: list[Promise | Dispute] = [*facts.all(Promise), *facts.all(Dispute)]
    for holder in holders:
        for invoice_id in holder.invoices:
            invoice = facts.get(Invoice, invoice_id)
            if invoice is None or invoice.account != holder.account:
                yield f"{holder.TABLE} {holder.id}: invoice {invoice_id} is not on its account"


def _promises(facts: Facts) -> Iterator[str]:
    """A window ends before it breaks and not before its date; what replaced a promise exists."""
    for promise in facts.all(Promise):
        if not promise.day <= promise.last_day < promise.breaks_on:
            yield f"promise {promise.id}: its days are out of order"
        if promise.amount <= 0:
            yield f"promise {promise.id}: its amount is not above 0"
        if promise.superseded_by and facts.get(Promise, promise.superseded_by) is None:
            yield f"promise {promise.id}: the promise that replaced it is missing"


def _amounts(facts: Facts) -> Iterator[str]:
    """Amounts are finite and have two places; no more of a payment is applied than came."""
    for invoice in facts.all(Invoice):
        for amount in (invoice.amount, invoice.balance):
            if not amount.is_finite() or amount != round(amount, 2):
                yield f"invoice {invoice.id}: {amount} is no amount of money"
    for payment in facts.all(Payment):
        applied = total(part.amount for part in payment.applied)
        if not payment.amount.is_finite() or abs(applied) > abs(payment.amount):
            yield f"payment {payment.id}: {applied} of {payment.amount} is applied"


def _history(book: Book) -> Iterator[str]:
    """Transactions count up without a gap, and the last word on each record is what the book holds.

    An open call is no act: the history knows only of its end.
    """
    last: dict[tuple[str, str], object] = {}
    for expected, transaction in enumerate(book.history, 1):
        if transaction.number != expected:
            yield f"the history has a gap before transaction {transaction.number}"
            return
        for step in transaction.steps:
            last[step.table, step.id] = step.now
    for table, kind in TABLES.items():
        if kind is Call:
            continue
        known = {r.id: r for r in book.facts.all(kind)}
        for (name, record_id), now in last.items():
            if name == table and (now is None) == (record_id in known):
                yield f"{table} {record_id}: the history says otherwise"
        for record_id in known.keys() - {i for n, i in last if n == table}:
            yield f"{table} {record_id}: no act in the history brought it"
