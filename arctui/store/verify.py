"""Verifying a whole book: what it says must fit together."""

import contextlib
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from arctui.core.decisions import CreditDecision
from arctui.core.facts import Facts
from arctui.core.letter_records import Attachment, Letter
from arctui.core.money import total
from arctui.core.records import Account, Activity, Dispute, FollowUp, Invoice, Payment, Person, Promise, Record
from arctui.core.tables import NO_ACTS, TABLES
from arctui.core.text import clean
from arctui.store import backups, base, documents, rights
from arctui.store.backups import Backup
from arctui.store.base import Meta
from arctui.store.book import Book
from arctui.store.documents import Documents
from arctui.store.errors import BookError, BookMissingError
from arctui.store.transactions import Transaction, chain_breaks, record_of

#: Amounts have fewer digits before the point than this.
_LARGEST = 24


def counts(facts: Facts) -> dict[str, int]:
    """Count the records of each kind."""
    return {name: sum(1 for _ in facts.all(kind)) for name, kind in TABLES.items()}


def problems(book: Book) -> list[str]:
    """Return what does not fit together, a sentence each; empty for a whole book. Raises BookError and its kinds."""
    # Before the book is read: another session may make one meanwhile that goes further.
    copies = backups.found(book.path)
    book.refresh()
    history = book.history
    return [
        *misfits(book.facts, history, book.stand),
        *documents.misfits(book.facts, Documents(book.path)),
        *_backups(copies, history, book.stand),
        *_copied_documents(book),
    ]


def damage(path: Path) -> list[str]:
    """Say what is wrong inside a damaged book, as far as its file can be read, and with its backups."""
    history: Sequence[Transaction] = ()
    copies, found, inside = backups.found(path), None, []
    with contextlib.suppress(BookError):
        path = rights.resolve(path)
        copies = backups.found(path)
        found = base.read(path, sealed=False)
        history = found.history()
        inside = misfits(Facts(found.records()), history, found.meta)
    return [*inside, *_backups(copies, history, found.meta if found else None)]


def misfits(facts: Facts, history: Sequence[Transaction], stand: Meta) -> list[str]:
    """Return what does not fit together in records and their history, a sentence each."""
    return [
        *_orphans(facts),
        *_invoices(facts),
        *_promises(facts),
        *_amounts(facts),
        *_history(facts, history, stand),
    ]


def _orphans(facts: Facts) -> Iterator[str]:
    """Every record of an account names one that exists; an open call may outlive an import that was undone."""
    kinds: tuple[type[Record], ...] = (
        *(Person, Invoice, Payment, Activity, Promise, Dispute, FollowUp),
        *(CreditDecision, Letter, Attachment),
    )
    for kind in kinds:
        for record in facts.all(kind):
            account = getattr(record, "account", "")
            if facts.get(Account, account) is None:
                yield f"{kind.TABLE} {record.id}: its account {account} is missing"


def _invoices(facts: Facts) -> Iterator[str]:
    """A number stands once on an account; promises and disputes name invoices of their own account.

    An invoice and its credit memo may share one, and so may invoices in two currencies (`core.merging.item_key`).
    """
    # A sign has even what is no number.
    keys = ((i.account, i.number, i.currency, i.amount.is_signed()) for i in facts.all(Invoice) if i.number)
    for (account, number, *_), count in Counter(keys).items():
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
        if not _is_money(promise.amount) or promise.amount <= 0:
            yield f"promise {promise.id}: its amount is not above 0"
        if promise.superseded_by and facts.get(Promise, promise.superseded_by) is None:
            yield f"promise {promise.id}: the promise that replaced it is missing"


def _amounts(facts: Facts) -> Iterator[str]:
    """Amounts are finite and have two places; no more of a payment is applied than came."""
    for invoice in facts.all(Invoice):
        for amount in (invoice.amount, invoice.balance):
            if not _is_money(amount):
                yield f"invoice {invoice.id}: {amount} is no amount of money"
    for payment in facts.all(Payment):
        parts = [part.amount for part in payment.applied]
        wrong = [amount for amount in (payment.amount, *parts) if not _is_money(amount)]
        if wrong:
            yield f"payment {payment.id}: {wrong[0]} is no amount of money"
        elif abs(total(parts)) > abs(payment.amount):
            yield f"payment {payment.id}: {total(parts)} of {payment.amount} is applied"


def _is_money(amount: Decimal) -> bool:
    """Is it a number of two places, and of a size that can be reckoned with?"""
    return amount.is_finite() and amount.adjusted() < _LARGEST and amount == round(amount, 2)


def _history(facts: Facts, history: Sequence[Transaction], stand: Meta) -> Iterator[str]:
    """The history counts up without a gap, its chain is whole, and its last word on each record is what stands there.

    What is no act (an open call, a draft) the history does not know.
    """
    for expected, transaction in enumerate(history, 1):
        if transaction.number != expected:
            yield f"the history has a gap before transaction {transaction.number}"
            return
    if stand.format == base.FORMAT:
        # That of an older format is not chained yet.
        for number in chain_breaks(history, stand.origin):
            yield f"act {number} of the history was altered, or one before it: the chain of hashes is broken there"
        if (history[-1].hash if history else stand.origin) != stand.head:
            yield "the end of the history was altered: the book knows another last act"
    last = {(s.table, s.id): s.now for t in history for s in t.steps}
    for table, kind in TABLES.items():
        if kind in NO_ACTS:
            continue
        known = {r.id: r for r in facts.all(kind)}
        told = {record_id: now for (name, record_id), now in last.items() if name == table}
        for record_id, now in told.items():
            if not _is(known.get(record_id), table, now):
                against = _against(facts, known.get(record_id), now)
                yield f"{table} {record_id}: the history says otherwise ({against})"
        for record_id in known.keys() - told.keys():
            yield f"{table} {record_id}: no act in the history brought it"


def _against(facts: Facts, record: Record | None, now: dict[str, Any] | None) -> str:
    """Say which account a record is of, and what stands there against what the history says."""
    values: dict[str, Any] = msgspec.to_builtins(record) if record else {}
    told = now or {}
    account = facts.get(Account, str(values.get("account") or told.get("account") or ""))
    other = [name for name in {**values, **told} if values.get(name) != told.get(name)]
    words = [f"{name} {values.get(name, 'nothing')}, not {told.get(name, 'nothing')}" for name in other]
    what = "; ".join(words) if record and now else "it is there" if record else "it is gone"
    return clean(f"{account.name}: {what}" if account else what)


def _is(record: Record | None, table: str, now: dict[str, Any] | None) -> bool:
    try:
        return record == record_of(table, now)
    except (ValueError, ArithmeticError):
        # A number that is none cannot even be compared.
        return False


def _backups(copies: Sequence[Backup], history: Sequence[Transaction], stand: Meta | None) -> Iterator[str]:
    """A backup is whole, and its history is the beginning of the book's: who alters the one must alter all."""
    for backup in copies:
        try:
            meta = base.read(backup.path).meta
        except BookMissingError:
            # Another session has just thinned them.
            continue
        except BookError as error:
            yield f"a backup cannot be used: {base.reason(error)}"
            continue
        if not stand or meta.origin != stand.origin or not meta.number:
            continue
        if meta.number > len(history):
            yield f"{backup.path}: it goes on to act {meta.number}, the book's history only to act {len(history)}"
        elif history[meta.number - 1].hash != meta.head:
            yield f"{backup.path}: up to act {meta.number} it has another history than the book"


def _copied_documents(book: Book) -> Iterator[str]:
    """A document among the backups is what it was; one that is not there yet comes with the next of them."""
    copies = backups.documents_of(book.path)
    for digest in sorted(copies.names() & documents.named(book.facts)):
        if problem := copies.problem(digest):
            path = copies.path(digest)
            yield f"the backup of a document {problem} ({path}): take it away, the next backup copies it anew"
