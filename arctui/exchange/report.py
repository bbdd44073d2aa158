"""What a reader makes of a file: plain values, before anything is known of the book.

Every text in a Report is clean (`core.text.clean`), every amount exact, every date a calendar date.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from arctui.core.import_records import OwnLayout


class ReportError(ValueError):
    """The file is no report that can be read; one sentence says why and what to do. Nothing was changed."""


class ReportKind(StrEnum):
    """What a file tells. Only OPEN_ITEMS lists all that is open, so only it can close what it leaves out."""

    OPEN_ITEMS = "open items"
    LISTED = "invoice list"
    CONTACTS = "contact list"
    PAYMENTS = "payment list"
    STATEMENT = "bank statement"


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A plain value of a report; `row` is the line of the file, counted from 1 as a spreadsheet shows it."""

    row: int


class Item(Value, frozen=True, kw_only=True):
    """One invoice or credit of a report. `balance` is None where the file tells amounts only; `said_open`: a word of
    the file says that it is open, though not how much.

    `kind` is the report's own word ("Invoice", "Credit Memo", "Payment", "Journal Entry", "Credit Note").
    `customer_number` and `currency` are "" where the file has none; `due` None where it gives none. `terms` are the
    report's own words ("Net 30").
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
    terms: str = ""
    said_open: bool = False


class Contact(Value, frozen=True, kw_only=True):
    """One line of a contact list: a customer, and the person, phones and emails that it names (all may be empty).

    Of the account itself: `currency`, `terms` in the list's own words, `credit_limit` in the account's currency,
    `tax_number`.
    """

    customer: str
    customer_number: str = ""
    person: str = ""
    role: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    address: str = ""
    country: str = ""
    currency: str = ""
    terms: str = ""
    credit_limit: Decimal | None = None
    tax_number: str = ""


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


class StatementLine(Value, frozen=True, kw_only=True):
    """One line of a bank statement. A negative amount went out: a returned check, or nothing of ours.

    `payer` is the name that the bank gives ("" if it gives none), `words` the whole text of the line, `reference` a
    check number or the payer's own mark, `identity` the bank's id of the line.
    """

    day: date
    amount: Decimal
    currency: str = ""
    payer: str = ""
    words: str = ""
    reference: str = ""
    identity: str = ""


class Skipped(Value, frozen=True, kw_only=True):
    """A row that could not be read, and why. Customer and number where they could: such an item is not "missing".

    `cells`: the row as the file has it; `text` is what else stands for it where it has none. `ours` is False where
    the row was understood and is no item of a customer's: nothing that is missing can be it.
    """

    why: str
    customer: str = ""
    number: str = ""
    ours: bool = True
    text: str = ""
    cells: tuple[str, ...] = ()


class NotOwed(Value, frozen=True, kw_only=True):
    """A row of what is not owed: an invoice that was made void or deleted, or, where `void` is not said, no more than
    a draft. `number` is "" where it has none yet."""

    customer: str
    customer_number: str = ""
    number: str
    void: bool = False


class Subtotal(Value, frozen=True, kw_only=True):
    """A total that the report states, beside ours of what it adds up: of a customer, a bucket, a currency, or all.

    `of` is the customer's name, the bucket or the currency, "" for the whole report. `counted` is None where what
    it adds up was not understood.
    """

    of: str = ""
    currency: str = ""
    stated: Decimal
    counted: Decimal | None = None

    @property
    def agrees(self) -> bool:
        """Did we read what the report says it has?"""
        return self.stated == self.counted


class Column(msgspec.Struct, frozen=True):
    """What a column of the file became: its place (from 0), its name, the field ("" = not used)."""

    place: int
    name: str
    field: str


class Reason(msgspec.Struct, frozen=True):
    """One thing that a file was recognised or read by, in words: "the column 'Open balance'", "dates: day first"."""

    about: str
    words: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All that one file tells. `as_of` is None where the file does not say its day.

    `stated_total`: the report's own grand total of open balances (or of payments), None where it states none.
    `is_cut`: reports of this kind end with their grand total, and this one does not.
    `counted_total`: what a complete reading must add up to, as read. `subtotals`: all totals that the report states.
    `layout` is a layout's name, `system` the product's ("QuickBooks Online"); `sheet` the one of several that was
    read. `only`: what the report says that it is restricted to ("Customer: Birch Works"). `notes` are what the clerk
    should know of it. `columns` and `reasons` say what became of each column, and
    why the file was read as it was.
    """

    layout: str
    kind: ReportKind
    as_of: date | None = None
    items: tuple[Item, ...] = ()
    not_owed: tuple[NotOwed, ...] = ()
    contacts: tuple[Contact, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    stated_total: Decimal | None = None
    counted_total: Decimal = Decimal("0.00")
    lines: tuple[StatementLine, ...] = ()
    subtotals: tuple[Subtotal, ...] = ()
    is_cut: bool = False
    notes: tuple[str, ...] = ()
    system: str = ""
    sheet: str = ""
    only: str = ""
    columns: tuple[Column, ...] = ()
    reasons: tuple[Reason, ...] = ()
    mapping: "Mapping | None" = None

    @property
    def is_itemised(self) -> bool:
        """Does it have what an invoice was for beside what is open or paid of it?"""
        fields = {column.field for column in self.columns}
        return bool(fields & {"amount", "debit"}) and bool(fields & {"balance", "paid"})


class Mapping(msgspec.Struct, frozen=True, kw_only=True):
    """How a table is read that no layout knows: guessed, corrected by the clerk, or saved as the firm's own.

    `header` is the place of the header row among the table's rows, -1 if it has none; `fields` has one field for each
    column ("" = not used; the fields are those of `exchange.columns`). `month_first` None: the dates decide.
    `decimal_mark` "": the amounts decide.
    """

    kind: ReportKind
    header: int
    fields: tuple[str, ...]
    month_first: bool | None = None
    decimal_mark: str = ""
    name: str = ""


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the clerk or the policy says about a file before it is read.

    `month_first` None: decide over all dates of the file, and raise a ReportError that names `--dates mdy` and
    `--dates dmy` where both orders are possible and give different days. `decimal_mark` is the policy's mark
    before the cents, `decimal_told` the one that the clerk says this file has, "" where nothing is said.
    `layout` "" recognises the layout, else only that one is tried. `payments`: the file is a payment list.
    `sheet`: the sheet of a workbook to read, by name or number from 1. `mapping` reads a table as the clerk said;
    `columns` corrects the guess for some columns by their names ((column, field), field "" = not used).
    `own` are the firm's own layouts, tried before all others.
    """

    month_first: bool | None = None
    decimal_mark: str = "."
    decimal_told: str = ""
    layout: str = ""
    payments: bool = False
    sheet: str = ""
    mapping: Mapping | None = None
    columns: tuple[tuple[str, str], ...] = ()
    own: tuple[OwnLayout, ...] = ()


def totals_read(report: Report) -> dict[str, Decimal]:
    """Return what was read, by currency ("" = not named in the file); items count with what is open."""
    zero = Decimal("0.00")
    sums: dict[str, Decimal] = {}
    for item in report.items:
        sums[item.currency] = sums.get(item.currency, zero) + (item.amount if item.balance is None else item.balance)
    paid = [(receipt.currency, receipt.amount) for receipt in report.receipts]
    for currency, amount in (*paid, *((line.currency, line.amount) for line in report.lines)):
        sums[currency] = sums.get(currency, zero) + amount
    return sums
