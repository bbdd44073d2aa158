"""A desk that is fed with reports written in the test, on days of its own."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

from arctui.core.records import Account, Import, Invoice, Payment, Person
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions, ImportSummary
from arctui.store import Book

OPEN_HEAD = "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance"
LIST_HEAD = "Customer,Invoice,Invoice Date,Due Date,Amount"
BANK_HEAD = "Date,Description,Amount,Type,CR/DR"
PAYMENT_HEAD = "Customer,Payment Date,Amount,Invoice,Reference"

#: Open items of two customers, as a report of them has it.
B1 = "Birch Works,B-1041,2026-09-01,2026-10-01,100.00,100.00"
B2 = "Birch Works,B-1042,2026-09-15,2026-10-15,50.00,50.00"
C1 = "Cedar Farm,C-2001,2026-09-01,2026-10-01,30.00,30.00"


def nov(day: int) -> date:
    return date(2026, 11, day)


class Ledger:
    """A desk at a book of its own; `day` is the day of November 2026."""

    def __init__(self, folder: Path, day: int = 2) -> None:
        self.folder = folder
        self.book = Book(folder / "book.json", new=True)
        self._files = 0
        self.on(day)

    def on(self, day: int) -> None:
        """Go to a day."""
        self.day = day
        self.desk = Desk(self.book, Clock(f"2026-11-{day:02}T09:00:00-05:00"), "ann")

    def feed(self, text: str, options: ImportOptions | None = None) -> ImportSummary:
        """Import a text as a file."""
        self._files += 1
        path = self.folder / f"file-{self._files}.csv"
        path.write_text(text, encoding="utf-8")
        return self.desk.import_file(path, options or ImportOptions())

    def open_items(self, *rows: str, head: str = OPEN_HEAD, options: ImportOptions | None = None) -> ImportSummary:
        """Import a report of open items; a blank line tells it from one with the same rows."""
        return self.feed("\n".join([head, *rows, ""]) + "\n" * self._files, options)

    def listed(self, *rows: str, options: ImportOptions | None = None) -> ImportSummary:
        """Import a list of invoices that has amounts only."""
        return self.feed("\n".join([LIST_HEAD, *rows, ""]) + "\n" * self._files, options)

    def paid(self, *rows: str, head: str = PAYMENT_HEAD) -> ImportSummary:
        """Import a payment list."""
        return self.feed("\n".join([head, *rows, ""]) + "\n" * self._files)

    def bank(self, *rows: str) -> ImportSummary:
        """Import a bank statement: rows of a day, words, an amount (negative: it went out) and the bank's type."""
        signed = (f"{row},{'DR' if ',-' in row else 'CR'}" for row in rows)
        return self.feed("\n".join([BANK_HEAD, *signed, ""]) + "\n" * self._files)

    def account(self, who: str = "Birch") -> Account:
        return self.desk.find(who)

    def open(self, who: str = "Birch") -> dict[str, Decimal]:
        """What is open of an account's items, by number."""
        items = self.desk.standing(self.account(who).id).items
        return {i.invoice.number: i.open for i in items if i.open}

    def net(self, who: str = "Birch") -> Decimal:
        """What an account owes, less what it has in hand."""
        return self.desk.standing(self.account(who).id).balance.net

    def credits(self, who: str = "Birch") -> Decimal:
        return self.desk.standing(self.account(who).id).balance.credits

    def payments(self, who: str = "Birch") -> tuple[Payment, ...]:
        return self.desk.dossier(self.account(who).id).payments

    def invoices(self, who: str = "Birch") -> dict[str, Invoice]:
        return {i.number: i for i in self.desk.dossier(self.account(who).id).invoices}

    def people(self, who: str = "Birch") -> tuple[Person, ...]:
        return self.desk.dossier(self.account(who).id).people

    def imports(self) -> list[Import]:
        return list(self.book.facts.all(Import))


def dec(*amounts: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, amounts))


def parts(payment: Payment) -> dict[str, Decimal]:
    """What a payment was applied to."""
    return {p.number: p.amount for p in payment.applied}


def amounts(**by_number: str) -> dict[str, Decimal]:
    """Amounts by invoice number, written as keywords: B_1 is B-1."""
    return {number.replace("_", "-"): Decimal(amount) for number, amount in by_number.items()}


def received(payments: Iterable[Payment]) -> Decimal:
    """The sum of payments that were not taken back."""
    return sum((p.amount for p in payments if not p.reversed_on), Decimal(0))
