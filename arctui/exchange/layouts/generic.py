"""Tables from whatever system, known by the names of their columns: invoices, payments, contacts."""

from arctui.exchange.columns import (
    CONTACT_FIELDS,
    EMAILS,
    ITEM_FIELDS,
    PAYMENT_FIELDS,
    PHONES,
    Header,
    columns_of,
    has_invoice_number,
    header_key,
    is_bucket,
    names_customer,
)
from arctui.exchange.layouts.layout import Layout, says
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Table

_HINTS = {
    "paymentid", "paymentnumber", "paymentno", "paymentdate", "paymentamount", "receiptid", "receiptnumber",
    "receiptno", "receiptdate", "datereceived", "receiveddate", "receivedon", "amountreceived", "depositdate",
}  # fmt: skip
_INVOICE_COLUMNS = {
    "duedate", "datedue", "dueon", "due", "invoicedate", "issuedate", "dateissued", "openbalance", "balancedue",
    "amountdue", "balance",
}  # fmt: skip
_TITLES = ("payment", "receipts")
_FEW_BUCKETS = 2


def _is_item_header(columns: dict[str, int], cells: tuple[str, ...]) -> bool:
    dated = "due" in columns or "issued" in columns
    two_columns = {"debit", "credit"} <= columns.keys()
    valued = "balance" in columns or "amount" in columns or two_columns
    # "Reference", "Date" and "Amount" alone may as well be payments.
    invoices = "due" in columns or "balance" in columns or has_invoice_number(cells)
    return names_customer(columns) and "number" in columns and dated and valued and invoices


def _speaks_of_payments(table: Table, header: Header) -> bool:
    """Does a header row or a title speak of payments, and no column of invoices or their due dates?"""
    keys = set(map(header_key, header.cells))
    titled = any(says(header.above(table), word) for word in _TITLES)
    return not keys & _INVOICE_COLUMNS and (bool(keys & _HINTS) or titled)


def _is_payment_header(columns: dict[str, int], _cells: tuple[str, ...]) -> bool:
    return names_customer(columns) and columns.keys() >= {"day", "amount"}


def _is_contact_header(columns: dict[str, int], cells: tuple[str, ...]) -> bool:
    reachable = "person" in columns or "first_name" in columns or columns_of(cells, PHONES | EMAILS)
    ledger = has_invoice_number(cells) or sum(map(is_bucket, cells)) >= _FEW_BUCKETS
    return names_customer(columns) and bool(reachable) and not ledger


INVOICES = Layout(
    name="flat",
    system="",
    title="a list with one row an invoice",
    kind=ReportKind.OPEN_ITEMS,
    may_list=True,
    fields=ITEM_FIELDS,
    needs=frozenset(),
    reads_header=_is_item_header,
)
PAYMENTS = Layout(
    name="payments",
    system="",
    title="a list with one row a payment",
    kind=ReportKind.PAYMENTS,
    fields=PAYMENT_FIELDS,
    needs=frozenset(),
    reads_header=_is_payment_header,
    suits=_speaks_of_payments,
)
CONTACTS = Layout(
    name="contacts",
    system="",
    title="a list with one row a customer or person",
    kind=ReportKind.CONTACTS,
    fields=CONTACT_FIELDS,
    needs=frozenset(),
    reads_header=_is_contact_header,
)
LAYOUTS = (PAYMENTS, INVOICES, CONTACTS)
