"""What an import makes of the book: the records as they will be, laid over those that are, and the figures of it."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeVar, cast

import msgspec

from arctui.core.changes import Change
from arctui.core.doubles import Double, Doubles
from arctui.core.facts import Dossier, Facts
from arctui.core.records import Account, Import, Invoice, Payment, Person, Record
from arctui.core.text import name_key
from arctui.exchange.progress import UNWATCHED, Progress
from arctui.exchange.report import Skipped

NewId = Callable[[], str]
RecordT = TypeVar("RecordT", bound=Record)


class SameNameError(ValueError):
    """Several customers have one name, and nothing tells which one is meant."""


class Outcome(msgspec.Struct, kw_only=True):
    """What an import does: the changes, and the figures of its summary.

    `older`: items that were left as they are, as the book knows them of a later day. `left_out`: those that are kept
    as paid, as a report of open items had left them out. `closed_not_due`: how many of those that are closed were not
    due, where all that the report shows is past due. `currencies`: those of which it shows all.
    `not_shown`: a list, which closes nothing, leaves out something that is open.
    `doubted`: accounts that were not closed, each with the new one that may be it. `open_count`: of open invoices
    before, by currency.
    `accounts_shown`: of how many the report has items; `accounts_open`: how many had something open before.
    `applied`, `waiting`: a sentence each for what a bank statement brought, or a payment list that names no invoices.
    """

    changes: list[Change]
    accounts_added: int = 0
    people_added: int = 0
    invoices_added: int = 0
    invoices_updated: int = 0
    invoices_closed: int = 0
    invoices_voided: int = 0
    closed_amount: dict[str, Decimal] = {}
    open_before: dict[str, Decimal] = {}
    open_count: dict[str, int] = {}
    payments_added: int = 0
    payments_inferred: int = 0
    older: int = 0
    left_out: int = 0
    closed_not_due: int = 0
    not_shown: bool = False
    currencies: tuple[str, ...] = ()
    doubted: tuple[tuple[str, str], ...] = ()
    accounts_shown: int = 0
    accounts_open: int = 0
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    doubles: tuple[Double, ...] = ()
    applied: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    def skip(self, row: int, why: str, customer: str = "", number: str = "") -> None:
        """Note that a row could not be merged."""
        self.skipped += (Skipped(row=row, why=why, customer=customer, number=number),)


class Draft:
    """The book as it will be: facts with the changes made so far laid over them."""

    def __init__(
        self,
        facts: Facts,
        new_id: NewId,
        importing: Import,
        home_currency: str,
        progress: Progress = UNWATCHED,
        former_home: str = "",
    ) -> None:
        """`former_home`: the home currency in which the same file was taken before, "" where it was not."""
        self.facts = facts
        self.progress = progress
        self.new_id = new_id
        self.importing = importing
        self.home_currency = home_currency
        self._former_home = former_home
        self._before: dict[str, Record | None] = {}
        self._after: dict[str, Record | None] = {}
        # What is different so far, None where that was not asked since the last change.
        self._changes: list[Change] | None = None
        self._of_account: dict[tuple[type[Record], str], dict[str, Record]] = {}
        self._by_number: dict[str, Account] = {}
        self._by_name: dict[str, list[Account]] = {}
        self._by_alias: dict[str, Account] = {}
        self._by_email: dict[str, set[str]] | None = None
        for account in facts.all(Account):
            self._index(account)

    def put(self, record: Record) -> None:
        """Add a record, or change the one with its id."""
        self._note(record, record)
        if isinstance(record, Account):
            self._index(record)
        else:
            self._own(type(record), getattr(record, "account", ""))[record.id] = record

    def remove(self, record: Record) -> None:
        """Take a record out."""
        self._note(record, None)
        self._own(type(record), getattr(record, "account", "")).pop(record.id, None)

    def _note(self, record: Record, after: Record | None) -> None:
        """Note what a record will be, beside what it is in the book."""
        self._changes = None
        if record.id not in self._before:
            self._before[record.id] = self.facts.get(type(record), record.id)
        self._after[record.id] = after

    def now(self, kind: type[RecordT], account: str) -> list[RecordT]:
        """Return an account's records of a kind (people, invoices, payments) as they will be."""
        return cast("list[RecordT]", list(self._own(kind, account).values()))

    def all(self, kind: type[RecordT]) -> Iterator[RecordT]:
        """Return every record of a kind as it will be, those of the book first."""
        for known in self.facts.all(kind):
            record = self._after.get(known.id, known)
            if isinstance(record, kind):
                yield record
        for record_id, record in tuple(self._after.items()):
            if isinstance(record, kind) and self._before[record_id] is None:
                yield record

    def dossier(self, account: Account) -> Dossier:
        """Return an account's facts with its invoices and payments as they will be."""
        known = self.facts.dossier(account.id) if self.facts.get(Account, account.id) else Dossier(account=account)
        return msgspec.structs.replace(
            known,
            account=account,
            invoices=tuple(self.now(Invoice, account.id)),
            payments=tuple(self.now(Payment, account.id)),
        )

    def _own(self, kind: type[Record], account: str) -> dict[str, Record]:
        key = (kind, account)
        if key not in self._of_account:
            known = self.facts.dossier(account) if self.facts.get(Account, account) else None
            field = {Invoice: "invoices", Payment: "payments", Person: "people"}.get(kind, "")
            self._of_account[key] = {r.id: r for r in getattr(known, field, ())}
        return self._of_account[key]

    def changes(self) -> list[Change]:
        """Return what is different now, in the order in which it came."""
        if self._changes is None:
            before = self._before
            self._changes = [
                Change(before=before[record_id], after=after)
                for record_id, after in self._after.items()
                if before[record_id] != after
            ]
        return self._changes.copy()

    def _index(self, account: Account) -> None:
        if account.number:
            self._by_number[account.number] = account
        named = [a for a in self._by_name.get(name_key(account.name), []) if a.id != account.id]
        self._by_name[name_key(account.name)] = [*named, account]
        self._by_alias |= {name_key(alias): account for alias in account.aliases}

    def find(self, name: str, number: str, invoice: str = "") -> Account | None:
        """Return a customer's account: by number, else by name (a number that differs tells two apart).

        An alias comes after the name, an email in its place last. Of several with one name it is the one that has
        the invoice. Raises SameNameError where that does not decide.
        """
        if number and number in self._by_number:
            return self._by_number[number]
        if number and name_key(number) in self._by_alias:
            return self._by_alias[name_key(number)]
        named = [a for a in self._by_name.get(name_key(name), []) if not number or not a.number]
        if len(named) > 1:
            having = [a for a in named if invoice and any(i.number == invoice for i in self.now(Invoice, a.id))]
            if len(having) != 1:
                numbers = ", ".join(a.number or "without number" for a in named)
                raise SameNameError(f"{len(named)} customers are called {name} ({numbers}): which one is not told")
            named = having
        if named:
            return named[0]
        known_as = self._by_alias.get(name_key(name))
        if known_as is None and "@" in name:
            return self._at_email(name)
        return known_as if known_as and not (number and known_as.number) else None

    def _at_email(self, email: str) -> Account | None:
        """Return the one account whose people have an email: some lists name a customer by nothing else."""
        if self._by_email is None:
            self._by_email = {}
            for person in self.facts.all(Person):
                for each in person.emails:
                    self._by_email.setdefault(each.casefold(), set()).add(person.account)
        accounts = self._by_email.get(email.casefold(), set())
        return self.facts.get(Account, next(iter(accounts))) if len(accounts) == 1 else None

    def at_home(self, currency: str) -> str:
        """Return the currency of what names none, by the one that the book has for it."""
        return self.home_currency if currency == self._former_home else currency

    def account(self, name: str, number: str, currency: str, invoice: str = "") -> tuple[Account, bool]:
        """Return the account of a customer and whether it is new; a number or a name learnt later is added.

        Raises SameNameError.
        """
        found = self.find(name, number, invoice)
        if found is None:
            new = Account(id=self.new_id(), name=name, number=number, currency=currency)
            self.put(new)
            return new, True
        by_number = bool(number) and found.number == number and name not in (number, *found.aliases)
        better_name = name if by_number else found.name
        if better_name == found.name and (found.number or not number):
            return found, False
        learnt = msgspec.structs.replace(found, number=found.number or number, name=better_name)
        self.put(learnt)
        return learnt, False


def new_doubles(draft: Draft) -> tuple[Double, ...]:
    """Return the pairs that may be one customer and of which one is new, or was not doubtful before."""
    touched: set[str] = set()
    accounts = {a.id: a for a in draft.facts.all(Account)}
    for change in draft.changes():
        before, after = change.before, change.after
        if isinstance(after, Account):
            accounts[after.id] = after
            if not isinstance(before, Account) or (before.name, before.tax_number) != (after.name, after.tax_number):
                touched.add(after.id)
        elif isinstance(after, Person):
            touched.add(after.account)
    if not touched:
        return ()
    found = Doubles(accounts.values(), lambda account: draft.now(Person, account)).of(touched)
    return tuple(double for double in found if not _was_doubtful(draft.facts, double))


def _was_doubtful(facts: Facts, double: Double) -> bool:
    known = [facts.get(Account, each) for each in (double.account, double.other)]
    before = Doubles(filter(None, known), lambda account: facts.dossier(account).people)
    return all(known) and bool(before.why(double.account, double.other))
