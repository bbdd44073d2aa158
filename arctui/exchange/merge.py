"""Merging a report with the book: which records are added, changed or closed by it.

Pure: facts and a report in, changes out. What the clerk recorded is never touched; what vanished from a report of
open items was paid in the interval between two reports.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar, cast

import msgspec

from arctui.core.changes import Change
from arctui.core.facts import Facts
from arctui.core.ledger import open_amounts
from arctui.core.money import ZERO
from arctui.core.records import Account, Import, Invoice, Payment, Person, Record
from arctui.core.text import name_key
from arctui.exchange.inference import Reduction, cash_shown_as_credit, infer_payments
from arctui.exchange.report import Item, Report, ReportKind, Skipped
from arctui.exchange.same_money import without_unseen

NewId = Callable[[], str]
RecordT = TypeVar("RecordT", bound=Record)


class SameNameError(ValueError):
    """Several customers have one name, and nothing tells which one is meant."""


class Outcome(msgspec.Struct, kw_only=True):
    """What an import does: the changes, and the figures of its summary."""

    changes: list[Change]
    accounts_added: int = 0
    people_added: int = 0
    invoices_added: int = 0
    invoices_updated: int = 0
    invoices_closed: int = 0
    closed_amount: dict[str, Decimal] = {}
    open_before: dict[str, Decimal] = {}
    payments_added: int = 0
    payments_inferred: int = 0
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()

    def skip(self, row: int, why: str, customer: str = "", number: str = "") -> None:
        """Note that a row could not be merged."""
        self.skipped += (Skipped(row=row, why=why, customer=customer, number=number),)


class Draft:
    """The book as it will be: facts with the changes made so far laid over them."""

    def __init__(self, facts: Facts, new_id: NewId, importing: Import, home_currency: str) -> None:
        self.facts = facts
        self.new_id = new_id
        self.importing = importing
        self.home_currency = home_currency
        self._before: dict[str, Record | None] = {}
        self._after: dict[str, Record | None] = {}
        self._of_account: dict[tuple[type[Record], str], dict[str, Record]] = {}
        self._by_number: dict[str, Account] = {}
        self._by_name: dict[str, list[Account]] = {}
        for account in facts.all(Account):
            self._index(account)

    def put(self, record: Record) -> None:
        """Add a record, or change the one with its id."""
        self._before.setdefault(record.id, self.facts.get(type(record), record.id))
        self._after[record.id] = record
        if isinstance(record, Account):
            self._index(record)
        else:
            self._own(type(record), getattr(record, "account", ""))[record.id] = record

    def remove(self, record: Record) -> None:
        """Take a record out."""
        self._before.setdefault(record.id, self.facts.get(type(record), record.id))
        self._after[record.id] = None
        self._own(type(record), getattr(record, "account", "")).pop(record.id, None)

    def now(self, kind: type[RecordT], account: str) -> list[RecordT]:
        """Return an account's records of a kind (people, invoices, payments) as they will be."""
        return cast("list[RecordT]", list(self._own(kind, account).values()))

    def _own(self, kind: type[Record], account: str) -> dict[str, Record]:
        key = (kind, account)
        if key not in self._of_account:
            known = self.facts.dossier(account) if self.facts.get(Account, account) else None
            field = {Invoice: "invoices", Payment: "payments", Person: "people"}.get(kind, "")
            self._of_account[key] = {r.id: r for r in getattr(known, field, ())}
        return self._of_account[key]

    def changes(self) -> list[Change]:
        """Return what is different now, in the order in which it came."""
        return [
            Change(before=self._before[record_id], after=after)
            for record_id, after in self._after.items()
            if self._before[record_id] != after
        ]

    def _index(self, account: Account) -> None:
        if account.number:
            self._by_number[account.number] = account
        named = [a for a in self._by_name.get(name_key(account.name), []) if a.id != account.id]
        self._by_name[name_key(account.name)] = [*named, account]

    def find(self, name: str, number: str, invoice: str = "") -> Account | None:
        """Return a customer's account: by number, else by name (a number that differs tells two apart).

        Of several with one name it is the one that has the invoice. Raises SameNameError where that does not decide.
        """
        if number and number in self._by_number:
            return self._by_number[number]
        named = [a for a in self._by_name.get(name_key(name), []) if not number or not a.number]
        if len(named) > 1:
            having = [a for a in named if invoice and any(i.number == invoice for i in self.now(Invoice, a.id))]
            if len(having) != 1:
                numbers = ", ".join(a.number or "without number" for a in named)
                raise SameNameError(f"{len(named)} customers are called {name} ({numbers}): which one is not told")
            named = having
        return named[0] if named else None

    def account(self, name: str, number: str, currency: str, invoice: str = "") -> tuple[Account, bool]:
        """Return the account of a customer and whether it is new; a number or a name learnt later is added.

        Raises SameNameError.
        """
        found = self.find(name, number, invoice)
        if found is None:
            new = Account(id=self.new_id(), name=name, number=number, currency=currency)
            self.put(new)
            return new, True
        by_number = bool(number) and found.number == number and name != number
        better_name = name if by_number else found.name
        learnt = msgspec.structs.replace(found, number=found.number or number, name=better_name)
        if learnt != found:
            self.put(learnt)
        return learnt, False


def merge_items(draft: Draft, report: Report, *, settles: bool, full: bool = False) -> Outcome:
    """Merge invoices and credits; with `settles` what the report leaves out is closed as paid in the interval.

    It closes only the currencies that it shows, unless the clerk says that it is `full`.
    """
    outcome = Outcome(changes=[], skipped=report.skipped)
    opens = _all_open(draft)
    outcome.open_before = _by_currency(opens.values())
    existing = {_key(i): i for i, _ in opens.values()}
    reductions: list[Reduction] = []
    seen: set[str] = set()
    reported: list[tuple[str, Item]] = []
    for item in report.items:
        currency = item.currency or draft.home_currency
        try:
            account, new = draft.account(item.customer, item.customer_number, currency, item.number)
        except SameNameError as error:
            outcome.skip(item.row, str(error), item.customer, item.number)
            continue
        outcome.accounts_added += new
        reported.append((account.id, item))
        known = existing.get(_item_key(account.id, item))
        if known is None:
            draft.put(_invoice(draft, account.id, item, currency))
            outcome.invoices_added += 1
            continue
        seen.add(known.id)
        updated = _update(known, item, currency, draft.importing.number)
        was_open = opens[known.id][1]
        if item.balance is not None and item.balance != was_open:
            reductions.append(Reduction(known, was_open, item.balance))
        if updated != known:
            draft.put(updated)
            visible = msgspec.structs.replace(updated, reported=known.reported, balance=known.balance)
            outcome.invoices_updated += visible != known or (item.balance is not None and item.balance != was_open)
    if settles:
        reductions += _close_missing(draft, report, opens, seen, outcome, full=full)
        for payment in cash_shown_as_credit(draft.facts, reported, draft.importing.number):
            draft.put(payment)
    payments = infer_payments(draft.facts, partial(draft.now, Payment), reductions, draft.importing, draft.new_id)
    for payment in payments.inferred:
        draft.put(payment)
    for payment in payments.applied_now:
        draft.put(payment)
    outcome.payments_inferred = len(payments.inferred)
    outcome.changes = draft.changes()
    return outcome


def _all_open(draft: Draft) -> dict[str, tuple[Invoice, Decimal]]:
    """Return every invoice of the book with what the accounting system had open of it before this import."""
    reports, as_of = draft.facts.reports, date.max
    opens: dict[str, tuple[Invoice, Decimal]] = {}
    for account in draft.facts.all(Account):
        dossier = without_unseen(draft.facts.dossier(account.id))
        amounts = open_amounts(dossier, reports, as_of)
        opens |= {i.id: (i, amounts[i.id]) for i in dossier.invoices}
    return opens


def _key(invoice: Invoice) -> tuple[object, ...]:
    """Return what identifies an item: account, number and sign; one without a number by kind, day and amount."""
    if invoice.number:
        return (invoice.account, invoice.number, invoice.amount < 0)
    return (invoice.account, "", invoice.kind, invoice.issued, invoice.amount)


def _item_key(account: str, item: Item) -> tuple[object, ...]:
    if item.number:
        return (account, item.number, item.amount < 0)
    return (account, "", item.kind, item.issued, item.amount)


def _invoice(draft: Draft, account: str, item: Item, currency: str) -> Invoice:
    return Invoice(
        id=draft.new_id(),
        account=account,
        number=item.number,
        issued=item.issued,
        due=item.due,
        amount=item.amount,
        balance=item.amount if item.balance is None else item.balance,
        currency=currency,
        kind=item.kind,
        reference=item.reference,
        reported=draft.importing.number,
        as_listed=item.balance is None,
    )


def _update(known: Invoice, item: Item, currency: str, number: int) -> Invoice:
    """Return the invoice as the report has it; a list of amounts never speaks against a report of balances."""
    if item.balance is None and not known.as_listed:
        return msgspec.structs.replace(
            known,
            issued=known.issued or item.issued,
            due=known.due or item.due,
            reference=known.reference or item.reference,
        )
    balance = item.amount if item.balance is None else item.balance
    fields = {
        "issued": item.issued or known.issued,
        "due": item.due or known.due,
        "amount": item.amount,
        "balance": balance,
        "currency": currency,
        "kind": item.kind,
        "reference": item.reference or known.reference,
        "as_listed": item.balance is None,
    }
    updated = msgspec.structs.replace(known, **fields)
    return known if updated == known else msgspec.structs.replace(updated, reported=number)


def _close_missing(
    draft: Draft,
    report: Report,
    opens: dict[str, tuple[Invoice, Decimal]],
    seen: set[str],
    outcome: Outcome,
    *,
    full: bool,
) -> list[Reduction]:
    """Close what is open in the book and missing from the report, but for what could not be read in it."""
    if any(not s.number and not s.customer for s in outcome.skipped):
        outcome.notes += ("a row without customer and number could not be read: so nothing was closed",)
        return []
    unread = {s.number for s in outcome.skipped if s.number}
    unread_accounts = {name_key(s.customer) for s in outcome.skipped if s.customer and not s.number}
    currencies = {i.currency or draft.home_currency for i in report.items}
    unseen = sorted({i.currency for i, amount in opens.values() if amount > 0} - currencies)
    if unseen and full:
        currencies.update(unseen)
    elif unseen:
        outcome.notes += (f"nothing in {', '.join(unseen)} in this report: what is open in it stays open",)
    closed = []
    for invoice, amount in opens.values():
        account = draft.facts.get(Account, invoice.account)
        spared = (
            invoice.id in seen
            or not (amount or invoice.balance)
            or invoice.number in unread
            or (account is not None and name_key(account.name) in unread_accounts)
            or invoice.currency not in currencies
            or (invoice.issued is not None and invoice.issued > draft.importing.as_of)
        )
        if not spared:
            draft.put(
                msgspec.structs.replace(invoice, balance=ZERO, reported=draft.importing.number, as_listed=False)
            )
            if amount:
                closed.append(Reduction(invoice, amount, ZERO))
    outcome.invoices_closed = len(closed)
    outcome.closed_amount = _by_currency((r.invoice, r.before) for r in closed)
    return closed


def _by_currency(amounts: Iterable[tuple[Invoice, Decimal]]) -> dict[str, Decimal]:
    """Add up what is owed, credits apart."""
    sums: dict[str, Decimal] = {}
    for invoice, amount in amounts:
        if amount > 0:
            sums[invoice.currency] = sums.get(invoice.currency, ZERO) + amount
    return sums


def settles(report: Report, full: bool | None) -> bool:
    """Does this report close what it leaves out? Only one of open items does; `full` overrides."""
    return report.kind is ReportKind.OPEN_ITEMS if full is None else full
