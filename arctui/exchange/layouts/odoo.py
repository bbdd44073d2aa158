"""Odoo: lists of invoices, grouped or not.

A grouped list has a row "Name (count)" with the sums of a group above its invoices. Amounts that are called signed
are in the home currency in Odoo; where the amount in the invoice's own currency stands beside, it is taken with their
sign.
"""

import re

from arctui.exchange.columns import Fields
from arctui.exchange.layouts.layout import Layout
from arctui.exchange.layouts.reshaping import cell_of, header_at, places_of, with_columns, with_totals_below
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Row, Table

SYSTEM = "Odoo"

_OWN_AMOUNT, _OWN_TOTAL = "amountduewithitssign", "totalwithitssign"
_INVOICES: Fields = {
    "customer": ("invoicepartnerdisplayname", "partner", "partnerid", "customer"),
    "number": ("number", "name"),
    "kind": ("type", "movetype"),
    "issued": ("invoicebilldate", "invoicedate"),
    "due": ("duedate", "invoicedatedue"),
    "reference": ("origin", "invoiceorigin", "customerreference", "reference", "ref"),
    "amount": (_OWN_TOTAL, "totalincurrencysigned", "totalsigned", "amounttotalsigned"),
    "balance": (_OWN_AMOUNT, "amountduesigned", "amountresidualsigned"),
    "currency": ("currency", "currencyid", "invoicecurrency"),
    "status": ("status", "state"),
    "terms": ("paymentterms", "invoicepaymenttermid"),
}
_SIGNED = (("amountduesigned", "amountdue"), ("amountresidualsigned", "amountresidual"))
_TOTALS = ("totalincurrencysigned", "amounttotalincurrencysigned")
_GROUP = re.compile(r".+ \(\d{1,6}\)")


def _invoices(table: Table) -> Table | None:
    place = next((p for signed, _ in _SIGNED if (p := header_at(table, signed)) >= 0), -1)
    if place < 0:
        return None
    at = places_of(table.rows[place])
    whole = _in_own_currency(table, place, at)
    first = table.rows[place + 1 : place + 2]
    if not (first and _group(first[0])):
        return whole
    return with_totals_below(whole, place, _group, 0)


def _group(row: Row) -> str:
    """Return the name of a group with its count: the first cell alone, but for sums."""
    texts = [cell for cell in row.cells[1:] if cell and not cell.lstrip("-(").replace(",", "")[:1].isdigit()]
    dated = any(cell[:4].isdigit() and cell[4:5] == "-" for cell in row.cells[1:])
    return row.cells[0] if not texts and not dated and _GROUP.fullmatch(row.cells[0]) else ""


def _in_own_currency(table: Table, place: int, at: dict[str, int]) -> Table:
    """Give what is open in the currency of the invoice its sign, where it stands beside the signed amount."""
    pair = next(((at[signed], at[own]) for signed, own in _SIGNED if {signed, own} <= at.keys()), None)
    total = next((at[name] for name in _TOTALS if name in at), None)
    if pair is None or not {"currency", "currencyid"} & at.keys():
        return table

    def own(row: Row) -> list[str]:
        signed, text = (cell_of(row, place) for place in pair)
        minus = signed.startswith(("-", "(")) and text and not text.startswith(("-", "("))
        return [f"-{text}" if minus else text, cell_of(row, total)]

    return with_columns(table, place, ["Amount Due (with its sign)", "Total (with its sign)"], own)


def no_slash(_field: str, text: str) -> str:
    """Leave out the slash that stands in the place of a number that is not given yet."""
    return "" if text == "/" else text


INVOICES = Layout(
    name="odoo-invoices",
    system=SYSTEM,
    title="list of invoices",
    kind=ReportKind.LISTED,
    fields=_INVOICES,
    needs=frozenset({"customer", "number", "issued", "due", "balance"}),
    reshape=_invoices,
    kinds={
        "customer invoice": "Invoice", "out_invoice": "Invoice", "customer credit note": "Credit Note",
        "out_refund": "Credit Note", "in_invoice": "Vendor Bill", "in_refund": "Vendor Credit",
    },
    edit=no_slash,
)  # fmt: skip
LAYOUTS = (INVOICES,)
