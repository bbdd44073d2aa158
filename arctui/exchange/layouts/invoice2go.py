"""Invoice2go and Invoicely: invoices and clients. Their lists of clients are the same four columns.

Invoice2go writes lists of its own into cells (items, taxes, payments); what an invoice is worth stands beside.
"""

from arctui.exchange.columns import CONTACT_FIELDS, Fields, header_key
from arctui.exchange.layouts.layout import Layout
from arctui.exchange.layouts.reshaping import cell_of, header_at, places_of, with_columns
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Row, Table

_I2G: Fields = {
    "customer": ("name",),
    "number": ("documentnumber",),
    "kind": ("stylename",),
    "status": ("documentstatus",),
    "issued": ("documentdate",),
    "amount": ("totalamount",),
    "balance": ("balancedueamount",),
    "currency": ("currencycode",),
    "terms": ("termsnetdays",),
    "email": ("emailrecipient",),
    "address": ("documentrecipientaddress",),
}
_INVOICELY: Fields = {
    "customer": ("client",),
    "number": ("details",),
    "status": ("status",),
    "issued": ("date",),
    "due": ("due",),
    "amount": ("total",),
}
_CLIENTS: Fields = {**CONTACT_FIELDS, "customer": ("clientname",)}
_FOUR = ["clientname", "email", "phone", "country"]


def _with_terms(table: Table) -> Table | None:
    """Write the days of the terms as terms; nought days are none."""
    place = header_at(table, "documentnumber", "balancedueamount")
    if place < 0:
        return None
    at = places_of(table.rows[place]).get("termsold")

    def terms(row: Row) -> list[str]:
        days = cell_of(row, at)
        return ["" if days == "0" else f"Net {days}" if days.isdecimal() else days]

    return with_columns(table, place, ["Terms (net days)"], terms)


INVOICES = Layout(
    name="invoice2go-invoices",
    system="Invoice2go",
    title="export of invoices",
    kind=ReportKind.LISTED,
    fields=_I2G,
    needs=frozenset({"customer", "number", "issued", "amount", "balance", "currency"}),
    marks=("documentstatus", "outputstatus", "amountpaidamount"),
    kinds={"invoice": "Invoice", "credit_memo": "Credit Memo", "creditmemo": "Credit Memo"},
    reshape=_with_terms,
    takes={"terms": ("termsold",)},
)
INVOICELY = Layout(
    name="invoicely-invoices",
    system="Invoicely",
    title="export of invoices",
    kind=ReportKind.LISTED,
    fields=_INVOICELY,
    needs=frozenset(_INVOICELY),
    reads_header=lambda _columns, cells: sorted(map(header_key, cells)) == sorted(n for (n,) in _INVOICELY.values()),
)
CLIENTS = Layout(
    name="invoice2go-clients",
    system="Invoice2go or Invoicely",
    title="clients",
    kind=ReportKind.CONTACTS,
    fields=_CLIENTS,
    needs=frozenset({"customer", "country"}),
    reads_header=lambda _columns, cells: list(map(header_key, cells)) == _FOUR,
)
LAYOUTS = (INVOICES, INVOICELY, CLIENTS)
