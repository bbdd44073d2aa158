"""Sage Intacct: the customer aging report. What is no invoice has its kind in the place of a number."""

from arctui.exchange.columns import Fields
from arctui.exchange.gather import CREDITS
from arctui.exchange.layouts.layout import Layout
from arctui.exchange.layouts.reshaping import cell_of, header_at, places_of, with_columns
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Row, Table

SYSTEM = "Sage Intacct"

_KINDS = {*CREDITS, "journal entry", "adjustment", "advance", "overpayment", "deposit"}
_ITEMS: Fields = {
    "customer": ("customername",),
    "customer_number": ("customerid",),
    "number": ("invoicenumber",),
    "kind": ("kindfromthenumber",),
    "issued": ("invoicedate", "date"),
    "due": ("duedate",),
    "age": ("dayspastdue", "age"),
    "balance": ("totaldue", "total"),
    "currency": ("currency", "transactioncurrency", "basecurrency"),
    "terms": ("terms", "term"),
    "reference": ("referencenumber", "reference"),
}


def _kinds_apart(table: Table) -> Table | None:
    place = header_at(table, "customerid", "customername", "invoicenumber", "dayspastdue", "currency")
    if place < 0:
        return None
    at = places_of(table.rows[place])["invoicenumber"]

    def kind(row: Row) -> list[str]:
        text = cell_of(row, at)
        return [text if text.casefold() in _KINDS else ""]

    return with_columns(table, place, ["Kind (from the number)"], kind)


def _number(field: str, text: str) -> str:
    return "" if field == "number" and text.casefold() in _KINDS else text


CUSTOMER_AGING = Layout(
    name="intacct-customer-aging",
    system=SYSTEM,
    title="customer aging report",
    kind=ReportKind.OPEN_ITEMS,
    fields=_ITEMS,
    needs=frozenset({"customer", "customer_number", "number", "due", "balance"}),
    reshape=_kinds_apart,
    edit=_number,
)
LAYOUTS = (CUSTOMER_AGING,)
