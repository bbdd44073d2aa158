"""QuickBooks Online: A/R Aging Detail (present and classic), Open Invoices, the customer lists, payments.

Amounts are in the home currency, save in the columns that are called foreign.
"""

import msgspec

from arctui.exchange.columns import CONTACT_FIELDS, Fields, Header, is_bucket
from arctui.exchange.layouts.layout import Customer, Layout, says
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Table

SYSTEM = "QuickBooks Online"

_FEW_BUCKETS = 3
_FEW_ROWS = 5
_ITEMS: Fields = {
    "customer": ("customerfullname", "customer", "customername"),
    "number": ("num", "no", "number"),
    "kind": ("transactiontype",),
    "issued": ("date",),
    "due": ("duedate",),
    "balance": ("openbalance",),
    "amount": ("amount",),
    "terms": ("terms", "term"),
    "reference": ("ponumber", "memo", "memodescription"),
}
_FOREIGN: Fields = {
    **_ITEMS,
    "balance": ("foreignopenbalance",),
    "amount": ("foreignamount",),
    "currency": ("currency", "linecurrency"),
}
_GROUPED: Fields = {field: names for field, names in _ITEMS.items() if field != "customer"}
_PAYMENTS: Fields = {
    "day": ("date",),
    "kind": ("transactiontype",),
    "reference": ("num", "no", "number"),
    "memo": ("memodescription", "memo", "description"),
    "method": ("paymentmethod",),
    "amount": ("amount",),
}
_CONTACTS: Fields = {
    **CONTACT_FIELDS,
    "customer": ("customerfullname", "customer"),
    "person": ("fullname",),
    "tax_number": ("taxresaleno", "taxregno", "resaleno"),
}
_CUSTOMERS = ("customer", "customerfullname", "customername", "name")
#: Columns of an invoice list, or of one that has the customer on each row.
_OF_INVOICES = (
    *_CUSTOMERS, "duedate", "datedue", "dueon", "due", "invoicedate", "issuedate", "dateissued", "openbalance",
    "balancedue", "amountdue", "balance",
)  # fmt: skip


def _has_group(table: Table, header: Header) -> bool:
    """Does a name of a group stand alone just below the header?"""
    return any(row.filled() == [0] for row in table.rows[header.place + 1 :][:_FEW_ROWS])


def _is_grouped_or_titled(table: Table, header: Header) -> bool:
    title = header.above(table)
    return says(title, "aging detail") or says(title, "ageing detail") or _has_group(table, header)


def _is_summary(table: Table, header: Header) -> bool:
    title = header.above(table)
    return says(title, "aging summary") or says(title, "ageing summary")


def _has_buckets(_columns: dict[str, int], cells: tuple[str, ...]) -> bool:
    return sum(map(is_bucket, cells)) >= _FEW_BUCKETS


AGING_DETAIL = Layout(
    name="qbo-aging-detail",
    system=SYSTEM,
    title="A/R Aging Detail",
    kind=ReportKind.OPEN_ITEMS,
    fields=_ITEMS,
    needs=frozenset({"customer", "number", "kind", "issued", "due", "balance"}),
    suits=_is_grouped_or_titled,
    ends_with_total=True,
)
OPEN_INVOICES = Layout(
    name="qbo-open-invoices",
    system=SYSTEM,
    title="Open Invoices",
    kind=ReportKind.OPEN_ITEMS,
    fields=_GROUPED,
    needs=frozenset({"number", "kind", "issued", "due", "balance"}),
    without=_CUSTOMERS,
    suits=_has_group,
    customer=Customer.ABOVE,
    nested=True,
    ends_with_total=True,
)
_IN_CURRENCIES = tuple(
    msgspec.structs.replace(
        layout,
        name=f"{layout.name}-currencies",
        title=f"{layout.title} in foreign currencies",
        fields={field: names for field, names in _FOREIGN.items() if field in (*layout.fields, "currency")},
        needs=layout.needs | {"currency"},
    )
    for layout in (AGING_DETAIL, OPEN_INVOICES)
)
SUMMARY = Layout(
    name="qbo-aging-summary",
    system=SYSTEM,
    title="A/R Aging Summary",
    kind=ReportKind.OPEN_ITEMS,
    fields={"balance": ("total",)},
    needs=frozenset({"balance"}),
    reads_header=_has_buckets,
    suits=_is_summary,
    refuses="export A/R Aging Detail or Open Invoices instead",
)
CONTACTS = Layout(
    name="qbo-customers",
    system=SYSTEM,
    title="Customer Contact List",
    kind=ReportKind.CONTACTS,
    fields=_CONTACTS,
    needs=frozenset({"customer", "person"}),
    marks=("email", "fullname"),
    reads_header=lambda _columns, cells: any(cell.casefold() in ("phone numbers", "phone") for cell in cells),
)
TRANSACTIONS = Layout(
    name="qbo-payments",
    system=SYSTEM,
    title="Transaction List by Customer",
    kind=ReportKind.PAYMENTS,
    fields=_PAYMENTS,
    needs=frozenset({"day", "kind", "amount"}),
    without=_OF_INVOICES,
    suits=_has_group,
    customer=Customer.ABOVE,
)
LAYOUTS = (*_IN_CURRENCIES, AGING_DETAIL, OPEN_INVOICES, SUMMARY, CONTACTS, TRANSACTIONS)
