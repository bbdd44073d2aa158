"""What a report of open items leaves out was paid, but for what may stand in it all the same.

Owns what protects an invoice: a row that could not be read, and a customer who comes under a new name. Pure.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from arctui.core.doubles import Double, Doubles
from arctui.core.ledger import open_amounts, unseen
from arctui.core.money import ZERO
from arctui.core.records import Account, Invoice, Person
from arctui.core.text import name_key
from arctui.exchange.draft import Draft, Outcome, SameNameError
from arctui.exchange.inference import Reduction
from arctui.exchange.report import Contact, Item, Report, Skipped

#: What is open in the accounting system, by the id of its invoice.
Opens = Mapping[str, tuple[Invoice, Decimal]]
_MOST_NOTES = 10


class Shown(msgspec.Struct, frozen=True):
    """What a report shows: its items by the accounts that they are of, the ids of the known invoices among them, its
    currencies, and the accounts of which it says that something without a number is not owed."""

    items: Sequence[tuple[str, Item]]
    invoices: Collection[str]
    currencies: Collection[str]
    unnumbered: Collection[str]


def close_missing(
    draft: Draft, report: Report, opens: Opens, shown: Shown, outcome: Outcome, *, full: bool
) -> list[Reduction]:
    """Close what is open in the report's currencies and missing from it, but for what may stand in it unread.

    A customer who is missing, while a new one has nearly the same name, is not closed before the clerk decides.
    """
    outcome.doubted = tuple(_waiting(draft))
    unread = _Unread(draft, opens, outcome.skipped, shown.items)
    if unread.why:
        outcome.notes += (f"{unread.why}: so nothing was closed",)
        return []
    currencies = set(shown.currencies)
    left = {i.currency for i, amount in opens.values() if amount > 0 and i.id not in shown.invoices}
    unseen = sorted(left - currencies)
    if unseen and full:
        currencies |= set(unseen)
    elif unseen:
        outcome.notes += (f"nothing in {', '.join(unseen)} in this report: what is open in it stays open",)
    missing = [
        (invoice, amount)
        for invoice, amount in opens.values()
        if not (
            invoice.id in shown.invoices
            or not (amount or invoice.balance)
            or invoice.currency not in currencies
            or (not invoice.number and invoice.account in shown.unnumbered)
            or (invoice.issued is not None and invoice.issued > draft.importing.as_of)
            or unread.may_be(invoice)
        )
    ]
    doubts = _doubts(draft, report, opens, shown.items, {i.account for i, amount in missing if amount})
    known_as = {double.other: double for double in doubts}
    twins = {(a, item.number, item.amount) for a, item in shown.items if item.number} if doubts else set()
    there = {account for account, _ in shown.items}
    closed = []
    for invoice, amount in missing:
        double = known_as.get(invoice.account)
        renamed = double and (double.account, invoice.number, invoice.amount) in twins
        if amount and (renamed or (double and invoice.account not in there)):
            continue
        draft.put(msgspec.structs.replace(invoice, balance=ZERO, reported=draft.importing.number, as_listed=False))
        if amount:
            closed.append(Reduction(invoice, amount, ZERO))
    outcome.notes += _notes(doubts)
    outcome.doubted = tuple(dict.fromkeys([*outcome.doubted, *((d.other, d.account) for d in doubts)]))
    outcome.currencies = tuple(sorted(currencies))
    outcome.invoices_closed = len(closed)
    outcome.closed_amount = by_currency(_not_paid_yet(draft, closed))
    return closed


def _not_paid_yet(draft: Draft, closed: Iterable[Reduction]) -> Iterator[tuple[Invoice, Decimal]]:
    """Yield what is closed, each with what of it no payment is known of yet: money at the bank has paid its own."""
    opens: dict[str, dict[str, Decimal]] = {}
    for reduction in closed:
        invoice = reduction.invoice
        if invoice.account not in opens:
            dossier = draft.facts.dossier(invoice.account)
            any_known = any(map(unseen, dossier.payments))
            as_of = draft.importing.as_of
            opens[invoice.account] = open_amounts(dossier, draft.facts.reports, as_of) if any_known else {}
        yield invoice, min(reduction.before, opens[invoice.account].get(invoice.id, reduction.before))


def by_currency(amounts: Iterable[tuple[Invoice, Decimal]]) -> dict[str, Decimal]:
    """Add up what is owed, credits apart."""
    sums: dict[str, Decimal] = {}
    for invoice, amount in amounts:
        if amount > 0:
            sums[invoice.currency] = sums.get(invoice.currency, ZERO) + amount
    return sums


# Rows that could not be read


class _Unread:
    """What the rows that were not read may be about. `why`: they may be about anything, "" if not."""

    def __init__(
        self, draft: Draft, opens: Opens, skipped: Iterable[Skipped], items: Sequence[tuple[str, Item]]
    ) -> None:
        self.why = ""
        self._numbers: set[str] = set()
        self._accounts: set[str] = set()
        read = {item.row for _, item in items}
        rows = [s for s in skipped if s.ours and s.row not in read]
        if any(not row.customer and not row.number for row in rows):
            self.why = "a row without customer and number could not be read"
        elif rows:
            names = _names(draft)
            having: dict[str, set[str]] = {}
            known = ((invoice.account, invoice.number) for invoice, _ in opens.values())
            for account, number in (*known, *((a, item.number) for a, item in items)):
                having.setdefault(number, set()).add(account)
            for row in rows:
                self._take(row, names.get(name_key(row.customer), set()), having)

    def _take(self, row: Skipped, accounts: set[str], having: Mapping[str, set[str]]) -> None:
        """A number that the customer is known to have tells the invoice; else it may be any of the customer."""
        known = having.get(row.number, set()) if row.number else set()
        self._numbers |= {row.number} if known else set()
        if not known & accounts:
            self._accounts |= accounts
        if not (known or accounts):
            self.why = f"row {row.row} could not be read, and neither its customer nor its number is known"

    def may_be(self, invoice: Invoice) -> bool:
        """May a row that could not be read be this invoice?"""
        return invoice.number in self._numbers or invoice.account in self._accounts


def _names(draft: Draft) -> dict[str, set[str]]:
    """Return the accounts by what a row may call them: a comma without quotes may have cut the name."""
    names: dict[str, set[str]] = {}
    for account in draft.all(Account):
        called = {name_key(name) for name in (account.name, account.number, *account.aliases) if name}
        for name in called | {name.partition(",")[0].strip() for name in called}:
            names.setdefault(name, set()).add(account.id)
    return names


# Customers who come under a new name


def _doubts(
    draft: Draft, report: Report, opens: Opens, items: Iterable[tuple[str, Item]], missing: Collection[str]
) -> list[Double]:
    """Return the pairs of an account that is new in this report, or was in one before, and one that is missing.

    Those of the report before are doubtful until the clerk says what they are.
    """
    had = {invoice.account for invoice, _ in opens.values()}
    brought = {account for account, _ in items} - had
    waiting = set(_waiting(draft))
    new = brought | {account for _, account in waiting}
    if not (missing and new):
        return []
    people = _people(draft, report.contacts)

    def pairs(accounts: Iterable[Account]) -> list[Double]:
        found = Doubles(accounts, people).of(new)
        return [d for d in found if d.other in missing and (d.account in brought or (d.other, d.account) in waiting)]

    # Few of a book are looked at; only where one is found all are asked whether what they share tells something.
    if not pairs(a for a in draft.all(Account) if a.id in missing or a.id in new):
        return []
    return pairs(draft.all(Account))


def _waiting(draft: Draft) -> list[tuple[str, str]]:
    last = draft.facts.reports.last_settling
    return [pair for pair in last.doubted if all(draft.facts.get(Account, a) for a in pair)] if last else []


def _people(draft: Draft, contacts: Iterable[Contact]) -> Callable[[str], Iterable[Person]]:
    """Return the people of an account with those that the report tells of it."""
    told: dict[str, list[Person]] = {}
    for contact in contacts:
        try:
            account = draft.find(contact.customer, contact.customer_number)
        except SameNameError:
            continue
        if account and (contact.phones or contact.emails):
            person = Person(id="", account=account.id, name="", phones=contact.phones, emails=contact.emails)
            told.setdefault(account.id, []).append(person)
    return lambda account: (*draft.now(Person, account), *told.get(account, ()))


def _notes(doubts: Sequence[Double]) -> tuple[str, ...]:
    said = [
        f"{d.other_name} may be {d.name} now ({d.why}): what is open of it stays open until you say whether they are "
        "one or two (merge, apart)"
        for d in doubts[:_MOST_NOTES]
    ]
    more = len(doubts) - _MOST_NOTES
    return (*said, *([f"and {more} more such customers"] if more > 0 else []))
