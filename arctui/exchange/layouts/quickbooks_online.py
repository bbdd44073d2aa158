"""QuickBooks Online: A/R Aging Detail in its present and its classic form, and Transaction List by Customer."""

from arctui.exchange.columns import Fields, Header
from arctui.exchange.layouts.layout import Customer, Layout, says
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Table

SYSTEM = "QuickBooks Online"

_ITEMS: Fields = {
    "customer": ("customerfullname", "customer", "customername"),
    "number": ("num", "no"),
    "kind": ("transactiontype",),
    "issued": ("date",),
    "due": ("duedate",),
    "balance": ("openbalance",),
    "amount": ("amount",),
    "currency": ("currency",),
    "terms": ("terms",),
    "reference": ("memo", "memodescription", "ponumber"),
}
_PAYMENTS: Fields = {
    "day": ("date",),
    "kind": ("transactiontype",),
    "reference": ("num", "no"),
    "memo": ("memodescription", "memo", "description"),
    "method": ("paymentmethod",),
    "amount": ("amount",),
}
#: Columns of an invoice list, or of one that has the customer on each row.
_OF_INVOICES = (
    "customer", "customerfullname", "customername", "name", "duedate", "datedue", "dueon", "due", "invoicedate",
    "issuedate", "dateissued", "openbalance", "balancedue", "amountdue", "balance",
)  # fmt: skip


def _is_grouped_or_titled(table: Table, header: Header) -> bool:
    titled = says(header.above(table), "aging detail")
    return titled or any(row.filled() == [0] for row in table.rows[header.place + 1 :])


def _has_customers_above(table: Table, header: Header) -> bool:
    return any(row.filled() == [0] for row in table.rows[header.place + 1 :])


AGING_DETAIL = Layout(
    name="qbo-aging-detail",
    system=SYSTEM,
    title="A/R Aging Detail",
    kind=ReportKind.OPEN_ITEMS,
    fields=_ITEMS,
    needs=frozenset({"customer", "number", "kind", "issued", "due", "balance"}),
    suits=_is_grouped_or_titled,
)
TRANSACTIONS = Layout(
    name="qbo-payments",
    system=SYSTEM,
    title="Transaction List by Customer",
    kind=ReportKind.PAYMENTS,
    fields=_PAYMENTS,
    needs=frozenset({"day", "kind", "amount"}),
    without=_OF_INVOICES,
    suits=_has_customers_above,
    customer=Customer.ABOVE,
)
LAYOUTS = (AGING_DETAIL, TRANSACTIONS)
