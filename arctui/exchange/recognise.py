"""Which layout a file has.

Owns the list of layouts, in the order in which they are tried, and what to say of a file that is none of them.
A new layout is a module with a `recognise` and a `read`, and one line here.
"""

from collections.abc import Callable
from typing import NamedTuple

from arctui.exchange import contacts, flat, payments, qbo_aging, xero_aging
from arctui.exchange.columns import ITEM_FIELDS, header_key, is_bucket, match, names_customer
from arctui.exchange.report import ReadOptions, Report, ReportError
from arctui.exchange.table import Row, Table


class Layout(NamedTuple):
    """One kind of file: its name, how it is known without being told, and how it is read."""

    name: str
    recognise: Callable[[Table], bool]
    read: Callable[[Table, ReadOptions], Report]


LAYOUTS = (
    Layout(qbo_aging.NAME, qbo_aging.recognise, qbo_aging.read),
    Layout(xero_aging.NAME, xero_aging.recognise, xero_aging.read),
    Layout(payments.QBO_NAME, payments.recognise_qbo, payments.read_qbo),
    Layout(payments.FLAT_NAME, payments.recognise_flat, payments.read_flat),
    Layout(flat.NAME, flat.recognise, flat.read),
    Layout(contacts.NAME, contacts.recognise, contacts.read),
)

_UPPER_ROWS = 40
_FEW_BUCKETS = 3
_FEW_FIELDS = 2


def layout_for(table: Table, options: ReadOptions) -> Layout:
    """Return the layout that the clerk named, or the first that recognises the file.

    Raises ReportError for a name that is none, and for a file that no layout recognises.
    """
    if options.layout:
        return _named(options.layout)
    if options.payments:
        return _named(payments.QBO_NAME if payments.recognise_qbo(table) else payments.FLAT_NAME)
    for layout in LAYOUTS:
        if layout.recognise(table):
            return layout
    raise ReportError(_why_none(table))


def _named(name: str) -> Layout:
    for layout in LAYOUTS:
        if layout.name == name:
            return layout
    raise ReportError(f"there is no layout '{name}': choose one of {', '.join(layout.name for layout in LAYOUTS)}")


def _why_none(table: Table) -> str:
    rows = table.rows[:_UPPER_ROWS]
    if any(_is_summary_header(row) for row in rows):
        return (
            "this report has balances but no invoices: export the detail report instead "
            "(A/R Aging Detail, Aged Receivables Detail or open invoices)"
        )
    likely = max(rows, key=lambda row: len(match(row.cells, ITEM_FIELDS)))
    found = match(likely.cells, ITEM_FIELDS)
    if len(found) < _FEW_FIELDS:
        return (
            "no header row was found: the file needs a row that names its columns, "
            "such as Customer, Invoice, Date, Due Date and Balance"
        )
    if not found.keys() - {"customer", "customer_number", "currency", "status"}:
        return "this is a list of customers without invoices, payments, people, phones or emails: export one of these"
    return f"row {likely.number} looks like the header, but it lacks {_missing(found)}: export the report with it"


def _is_summary_header(row: Row) -> bool:
    invoices = any("invoice" in header_key(cell) for cell in row.cells)
    return sum(map(is_bucket, row.cells)) >= _FEW_BUCKETS and not invoices


def _missing(found: dict[str, int]) -> str:
    if not names_customer(found):
        return "a column for the customer"
    if "number" not in found:
        return "a column for the invoice number"
    if "amount" not in found and "balance" not in found:
        return "a column for the amount or the open balance"
    return "a column for the due date or the open balance"
