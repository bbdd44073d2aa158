"""What was read of one file, and what was not.

Owns the rules that all layouts share: nothing is read twice, nothing is left out silently, what is void is no
debt, and what frames the rows of a report. Must not know the columns of any layout.
"""

import re
from collections.abc import Hashable, Iterable

from arctui.core.money import plain
from arctui.core.text import fold
from arctui.exchange.cells import CellError
from arctui.exchange.report import Contact, Item, NotOwed, Receipt, Skipped
from arctui.exchange.status_words import DEAD
from arctui.exchange.table import Row
from arctui.exchange.total_words import GRAND

_FOOTER = re.compile(
    r"(?:(?:accrual|cash) basis,? *)?(?:mon|tues|wednes|thurs|fri|satur|sun)day,? .*\b\d{4}\b.*", re.IGNORECASE
)
#: Kinds of items that are owed to the customer.
CREDITS = {"credit", "credit memo", "credit note", "payment", "receipt", "unapplied payment"}
#: Kinds of items that we owe to a supplier.
PAYABLES = {
    "bill", "vendor bill", "supplier bill", "purchase invoice", "supplier invoice", "vendor invoice", "bill credit",
    "purchase credit note", "vendor credit", "supplier credit", "supplier credit note", "bill payment",
    "bill payment (check)", "bill payment (cheque)", "bill payment (credit card)",
}  # fmt: skip
#: Kinds of rows that are no debt yet, and may never be one.
NOT_OWED = {
    "estimate", "quote", "quotation", "offer", "sales order", "order", "pro forma", "proforma", "proforma invoice",
    "pro forma invoice",
}  # fmt: skip


class Gathered:
    """Collects values; a second one of the same is skipped with the row of the first."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.contacts: list[Contact] = []
        self.receipts: list[Receipt] = []
        self.skipped: list[Skipped] = []
        self.not_owed: list[NotOwed] = []
        self._rows: dict[Hashable, int] = {}
        self._named: dict[Hashable, Item] = {}

    def skip(self, row: int, why: str, customer: str = "", number: str = "", *, ours: bool = True) -> None:
        """Note that a row was not read, or (not `ours`) that it is no item."""
        self.skipped.append(Skipped(row=row, why=why, customer=customer, number=number, ours=ours))

    def skip_rows(self, rows: Iterable[Row], why: str) -> None:
        """Note that several rows were not read, for one reason or for their own fault."""
        for row in rows:
            self.skip(row.number, row.fault or why)

    def same_number(self, item: Item) -> Item | None:
        """Return the item of the same customer, number, currency and sign that was read before."""
        return self._named.get(_name(item))

    def replace(self, before: Item, after: Item) -> None:
        """Put an item in the place of one that was read before."""
        self.items[next(n for n in range(len(self.items) - 1, -1, -1) if self.items[n] is before)] = after
        self._named[_name(before)] = after

    def add_item(self, item: Item) -> None:
        """Take an item, unless its customer has the number already, or it is a credit that would be a debt."""
        first = self._named.setdefault(_name(item), item)
        why = _clash(first, item) if first is not item else ""
        if not why and item.amount > 0 and item.kind.casefold() in CREDITS:
            why = f"a {item.kind} of {plain(item.amount)} is not negative"
        if why:
            again = first is not item and _figures(first) == _figures(item)
            self.skip(item.row, why, item.customer, item.number, ours=not again)
        else:
            self.items.append(item)

    def add_receipt(self, receipt: Receipt) -> None:
        """Take a payment, unless the same line was there."""
        why = self._same((receipt.customer, receipt.customer_number, *_without_row(receipt)), receipt.row)
        if why:
            self.skip(receipt.row, why, receipt.customer, receipt.invoice)
        else:
            self.receipts.append(receipt)

    def add_contact(self, contact: Contact) -> bool:
        """Take a contact, unless the same line was there; say whether it was taken."""
        whole = (contact.customer_number, contact.person, contact.role, contact.phones, contact.emails)
        why = self._same((contact.customer, *whole, contact.address, contact.country), contact.row)
        if why:
            self.skip(contact.row, why, contact.customer)
        else:
            self.contacts.append(contact)
        return not why

    def _same(self, whole: Hashable, row: int) -> str:
        first = self._rows.setdefault(whole, row)
        return "" if first == row else f"same as row {first}"


def is_footer(row: Row) -> bool:
    """Say whether a row is the time stamp that a report ends with."""
    filled = row.filled()
    return len(filled) == 1 and bool(_FOOTER.fullmatch(row.cells[filled[0]]))


def is_grand_total(label: str) -> bool:
    """Say whether a label is that of a report's last line."""
    return fold(label).rstrip(" :") in GRAND


def refuse_status(status: str) -> None:
    """Raise CellError for the status of what was never owed or paid: void, deleted, draft, failed."""
    if status.casefold() in DEAD:
        raise CellError(f"the status is '{status}'")


def _name(item: Item) -> Hashable:
    """Return what an item is called: a credit may have the number of its invoice, and so may one in other money."""
    # Without a number only the whole row can tell that it stands there twice.
    number = item.number or (item.kind.casefold(), *_figures(item))
    return (item.customer_number or item.customer.casefold(), number, item.currency, item.amount < 0)


def _without_row(receipt: Receipt) -> tuple[Hashable, ...]:
    return (
        receipt.day, receipt.amount, receipt.currency, receipt.method, receipt.reference, receipt.invoice,
        receipt.identity,
    )  # fmt: skip


def _figures(item: Item) -> tuple[Hashable, ...]:
    return item.amount, item.balance, item.issued, item.due, item.currency


def _clash(first: Item, second: Item) -> str:
    if _figures(first) == _figures(second):
        return f"same as row {first.row}"
    if (first.amount, first.balance) != (second.amount, second.balance):
        other = "another amount"
    else:
        other = "another date"
    return f"number {second.number} stands in row {first.row} with {other}"
