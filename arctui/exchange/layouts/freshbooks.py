"""FreshBooks: Invoice Details (a row a line, a status for a balance), clients, Accounts Aging."""

from arctui.exchange.columns import CONTACT_FIELDS, Fields, is_bucket
from arctui.exchange.layouts.layout import Layout, Repeats, says
from arctui.exchange.report import ReportKind

SYSTEM = "FreshBooks"

_FEW_BUCKETS = 3
_LINES: Fields = {
    "customer": ("clientname", "client"),
    "number": ("invoicenumber",),
    "issued": ("dateissued", "issuedate"),
    "due": ("datedue", "duedate"),
    "status": ("invoicestatus", "status"),
    "amount": ("linetotal",),
    "currency": ("currency",),
    "reference": ("ponumber",),
}
_CLIENTS: Fields = {**CONTACT_FIELDS, "customer": ("organization",), "person": ()}

INVOICES = Layout(
    name="freshbooks-invoice-details",
    system=SYSTEM,
    title="Invoice Details",
    kind=ReportKind.LISTED,
    fields=_LINES,
    needs=frozenset({"customer", "number", "issued", "status", "amount"}),
    marks=("linetotal", "datepaid"),
    repeats=Repeats.PARTS,
    settled=frozenset({"paid", "auto-paid", "autopaid"}),
)
CLIENTS = Layout(
    name="freshbooks-clients",
    system=SYSTEM,
    title="clients",
    kind=ReportKind.CONTACTS,
    fields=_CLIENTS,
    needs=frozenset({"customer", "first_name", "last_name"}),
    marks=("organization", "provincestate", "postalcode"),
)
AGING = Layout(
    name="freshbooks-accounts-aging",
    system=SYSTEM,
    title="Accounts Aging",
    kind=ReportKind.OPEN_ITEMS,
    fields={"customer": ("client", "clientname"), "balance": ("total",)},
    needs=frozenset({"customer", "balance"}),
    reads_header=lambda _columns, cells: sum(map(is_bucket, cells)) >= _FEW_BUCKETS,
    suits=lambda table, header: says(header.above(table), "accounts aging"),
    refuses="export Invoice Details instead",
)
LAYOUTS = (INVOICES, CLIENTS, AGING)
