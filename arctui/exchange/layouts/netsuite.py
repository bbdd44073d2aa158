"""NetSuite: A/R Aging Detail, saved searches of open invoices.

Customers are written with their number in front where the company numbers them, and under others as "Parent : Child".
"""

from arctui.exchange.columns import Fields
from arctui.exchange.layouts.layout import Customer, Layout
from arctui.exchange.report import ReportKind

SYSTEM = "NetSuite"

_AGED: Fields = {
    "customer": ("customer", "customerproject", "customerjob"),
    "kind": ("transactiontype", "type"),
    "issued": ("date",),
    "number": ("documentnumber",),
    "reference": ("pono", "ponumber", "pocheckno", "pochecknumber"),
    "due": ("duedate",),
    "age": ("age",),
    "amount": ("amountgross", "amount"),
    "balance": ("openbalance",),
}
_SEARCH: Fields = {
    "customer": ("name", "customer", "customerproject"),
    "kind": ("type",),
    "issued": ("date",),
    "due": ("duedatereceiveby", "duedate"),
    "number": ("documentnumber", "number"),
    "amount": ("amountforeigncurrency", "amounttransactiontotal", "amount"),
    "balance": ("amountremainingforeigncurrency", "amountremaining"),
    "currency": ("currency",),
    "status": ("status",),
    "terms": ("terms",),
    "reference": ("pochecknumber", "ponumber", "memo"),
}
_KINDS = {"journal": "Journal Entry"}
_AGED_NEEDS = frozenset({"customer", "number", "kind", "issued", "due", "balance"})


def _levels(field: str, text: str) -> str:
    return text.replace(" : ", ":") if field == "customer" else text


AGED = Layout(
    name="netsuite-ar-aging-detail",
    system=SYSTEM,
    title="A/R Aging Detail",
    kind=ReportKind.OPEN_ITEMS,
    fields=_AGED,
    needs=_AGED_NEEDS,
    marks=("documentnumber", "openbalance"),
    customer=Customer.ABOVE,
    numbered=True,
    edit=_levels,
    kinds=_KINDS,
    ends_with_total=True,
)
OPEN_INVOICES = Layout(
    name="netsuite-open-invoices",
    system=SYSTEM,
    title="saved search of open invoices",
    kind=ReportKind.OPEN_ITEMS,
    may_list=True,
    fields=_SEARCH,
    needs=_AGED_NEEDS,
    marks=("internalid",),
    numbered=True,
    edit=_levels,
    kinds=_KINDS,
)
LAYOUTS = (AGED, OPEN_INVOICES)
