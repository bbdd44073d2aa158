"""Invoice Ninja: the aged receivable report of version 5, the exports of version 4 with their three lines above."""

from arctui.exchange.columns import CONTACT_FIELDS, PAYMENT_FIELDS, Fields
from arctui.exchange.layouts.layout import Layout, Repeats
from arctui.exchange.report import ReportKind

SYSTEM = "Invoice Ninja"

_AGED: Fields = {
    "customer": ("clientname", "client"),
    "customer_number": ("clientnumber",),
    "number": ("invoicenumber", "number"),
    "status": ("status",),
    "issued": ("date", "invoicedate"),
    "due": ("duedate",),
    "amount": ("amount",),
    "balance": ("balance",),
}
_INVOICES: Fields = {
    "customer": ("client", "clientname"),
    "number": ("invoicenumber",),
    "status": ("status",),
    "issued": ("invoicedate", "date"),
    "due": ("duedate",),
    "amount": ("amount",),
    "paid": ("paid", "paidtodate"),
    "reference": ("ponumber",),
}
_PAYMENTS: Fields = {
    **PAYMENT_FIELDS,
    "customer": ("client", "clientname"),
    "invoice": ("invoicenumber",),
    "day": ("date", "paymentdate"),
    "amount": ("amount",),
}
_CLIENTS: Fields = {
    **CONTACT_FIELDS,
    "customer": ("name", "clientname"),
    "customer_number": ("idnumber",),
    "person": (),
}
_VERSION = "invoice ninja v"

AGED = Layout(
    name="invoice-ninja-aged-receivable",
    system=SYSTEM,
    title="Aged Receivable Detailed Report",
    kind=ReportKind.OPEN_ITEMS,
    fields=_AGED,
    needs=frozenset({"customer", "customer_number", "number", "issued", "due", "amount", "balance"}),
    marks=("idnumber", "age"),
)
INVOICES = Layout(
    name="invoice-ninja-invoices",
    system=SYSTEM,
    title="export of invoices",
    kind=ReportKind.LISTED,
    fields=_INVOICES,
    needs=frozenset({"customer", "number", "issued", "amount", "paid"}),
    titled=_VERSION,
    repeats=Repeats.SAME,
)
PAYMENTS = Layout(
    name="invoice-ninja-payments",
    system=SYSTEM,
    title="export of payments",
    kind=ReportKind.PAYMENTS,
    fields=_PAYMENTS,
    needs=frozenset({"customer", "invoice", "day", "amount"}),
    without=("duedate", "invoicedate"),
    titled=_VERSION,
)
CLIENTS = Layout(
    name="invoice-ninja-clients",
    system=SYSTEM,
    title="export of clients",
    kind=ReportKind.CONTACTS,
    fields=_CLIENTS,
    needs=frozenset({"customer", "customer_number", "first_name", "last_name"}),
    marks=("paidtodate", "billingaptsuite"),
)
LAYOUTS = (AGED, INVOICES, PAYMENTS, CLIENTS)
