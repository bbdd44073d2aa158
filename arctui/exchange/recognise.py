"""Which layout a file has, and what to say of a file that has none."""

from difflib import get_close_matches

import msgspec

from arctui.exchange.columns import ITEM_FIELDS, header_key, is_bucket, match, names_customer
from arctui.exchange.layouts import LAYOUTS
from arctui.exchange.layouts.generic import PAYMENTS
from arctui.exchange.layouts.layout import Found, find
from arctui.exchange.layouts.quickbooks_online import TRANSACTIONS
from arctui.exchange.report import ReadOptions, ReportError
from arctui.exchange.table import Row, Table

_UPPER_ROWS = 40
_FEW_BUCKETS = 3
_FEW_FIELDS = 2
_NEAREST = 5


def recognised(table: Table, options: ReadOptions) -> Found | None:
    """Return the file by the layout that the clerk named, or by the first that it has; None where it has none.

    Raises ReportError for a name that is none, and for a file that has not the layout that was named.
    """
    if options.layout:
        return _by_name(table, options.layout)
    if options.payments:
        found = find(TRANSACTIONS, table) or find(msgspec.structs.replace(PAYMENTS, suits=None), table)
        if found is None:
            raise ReportError("no header row names a customer, a date and an amount of a payment: add one")
        return found
    return next(filter(None, (find(layout, table) for layout in LAYOUTS)), None)


def begins_report(table: Table) -> bool:
    """Does a report that is spread over several sheets begin on this one?"""
    return any(layout.of_workbook and find(layout, table) for layout in LAYOUTS)


def _by_name(table: Table, name: str) -> Found:
    for layout in LAYOUTS:
        if layout.name == name:
            found = find(msgspec.structs.replace(layout, suits=None, titled=""), table)
            if found is None:
                raise ReportError(
                    f"no header row of {layout.words} was found: export that report, or leave --layout out"
                )
            return found
    nearest = get_close_matches(name, [layout.name for layout in LAYOUTS], _NEAREST, cutoff=0.0)
    raise ReportError(
        f"there is no layout '{name}': the nearest names are {', '.join(nearest)}; --explain says which fits a file"
    )


def is_summary(table: Table) -> bool:
    """Say whether a file has a column for each aging bucket, and no invoices."""
    return any(_is_summary_header(row) for row in table.rows[:_UPPER_ROWS])


def why_none(table: Table) -> str:
    """Say why a file is no report that is known, and what to do."""
    rows = table.rows[:_UPPER_ROWS]
    if is_summary(table):
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
    if not found.keys() - {"customer", "customer_number", "currency", "status", "terms", "credit"}:
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
