"""Xero: Aged Receivables Detail. Each item's own Total column is what is open."""

from arctui.exchange.columns import Fields, is_bucket
from arctui.exchange.layouts.layout import Customer, Layout
from arctui.exchange.report import ReportKind

SYSTEM = "Xero"

_FEW_BUCKETS = 2
_ITEMS: Fields = {
    "number": ("invoicenumber", "number"),
    "issued": ("invoicedate", "date"),
    "due": ("duedate",),
    "reference": ("invoicereference", "reference"),
    "balance": ("total", "totaldue"),
}


def _is_header(columns: dict[str, int], cells: tuple[str, ...]) -> bool:
    """The number first, buckets, a total, and no customer."""
    return columns["number"] == 0 and sum(map(is_bucket, cells)) >= _FEW_BUCKETS


AGED_RECEIVABLES = Layout(
    name="xero-aged-receivables-detail",
    system=SYSTEM,
    title="Aged Receivables Detail",
    kind=ReportKind.OPEN_ITEMS,
    fields=_ITEMS,
    needs=frozenset({"number", "issued", "due", "balance"}),
    reads_header=_is_header,
    customer=Customer.ABOVE,
)
LAYOUTS = (AGED_RECEIVABLES,)
