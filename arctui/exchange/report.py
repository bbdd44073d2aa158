"""What a reader makes of a file: plain values, before anything is known of the book.

Every text in a Report is clean (`core.text.clean`), every amount exact, every date a calendar date.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec


class ReportError(ValueError):
    """The file is no report that can be read; one sentence says why and what to do. Nothing was changed."""


class ReportKind(StrEnum):
    """What a file tells. Only OPEN_ITEMS lists all that is open, so only it can close what it leaves out."""

    OPEN_ITEMS = "open items"
    LISTED = "invoice list"
    CONTACTS = "contact list"
    PAYMENTS = "payment list"


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A plain value of a report; `row` is the line of the file, counted from 1 as a spreadsheet shows it."""

    row: int


class Item(Value, frozen=True, kw_only=True):
    """One invoice or credit of a report. `balance` is None where the file tells amounts only.

    `kind` is the report's own word ("Invoice", "Credit Memo", "Payment", "Journal Entry", "Credit Note").
    `customer_number` and `currency` are "" where the file has none; `due` None where it gives none.
    """

    customer: str
    customer_number: str = ""
    number: str
    kind: str = "Invoice"
    issued: date | None = None
    due: date | None = None
    amount: Decimal
    balance: Decimal | None = None
    currency: str = ""
    reference: str = ""


class Contact(Value, frozen=True, kw_only=True):
    """One line of a contact list: a customer, and the person, phones and emails that it names (all may be empty)."""

    customer: str
    customer_number: str = ""
    person: str = ""
    role: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    address: str = ""
    country: str = ""


class Receipt(Value, frozen=True, kw_only=True):
    """One line of a payment list. A negative amount takes back: a reversal, or cash re-applied on another line.

    `identity` is the payment's own id in the accounting system, "" if the file has none; `invoice` is the number of
    the invoice it was applied to, "" if unapplied or not told; `reference` what else the line says (check number,
    memo).
    """

    customer: str
    customer_number: str = ""
    day: date
    amount: Decimal
    currency: str = ""
    method: str = ""
    reference: str = ""
    invoice: str = ""
    identity: str = ""


class Skipped(Value, frozen=True, kw_only=True):
    """A row that could not be read, and why. Customer and number where they could: such an item is not "missing"."""

    why: str
    customer: str = ""
    number: str = ""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All that one file tells. `as_of` is None where the file does not say its day.

    `stated_total`: the report's own grand total of open balances (or of payments), None where it states none.
    `counted_total`: what a complete reading must add up to, as read.
    """

    layout: str
    kind: ReportKind
    as_of: date | None = None
    items: tuple[Item, ...] = ()
    contacts: tuple[Contact, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    stated_total: Decimal | None = None
    counted_total: Decimal = Decimal("0.00")


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the clerk or the policy says about a file before it is read.

    `month_first` None: decide over all dates of the file, and raise a ReportError that names `--dates mdy` and
    `--dates dmy` where both orders are possible and give different days. `decimal_mark` is the policy's.
    `layout` "" recognises the layout, else only that one is tried. `payments`: the file is a payment list.
    """

    month_first: bool | None = None
    decimal_mark: str = "."
    layout: str = ""
    payments: bool = False
