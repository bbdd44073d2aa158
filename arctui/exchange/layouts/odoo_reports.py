"""Odoo: Aged Receivable, and the Aged Partner Balance of the OCA's financial reports.

Aged Receivable has the totals above the lines. The OCA's report prints its header again below each partner's name.
"""

import msgspec

from arctui.exchange.columns import Fields, is_bucket
from arctui.exchange.layouts.layout import Customer, Layout, Text
from arctui.exchange.layouts.odoo import SYSTEM, no_slash
from arctui.exchange.layouts.reshaping import cell_of, header_at, places_of, with_totals_below
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Row, Table

_AGED: Fields = {
    "number": ("entryandname",),
    "issued": ("invoicedate", "date"),
    "due": ("expecteddate", "duedate"),
    "balance": ("total",),
}
_AGED_LINE = ("invoicedate", "date", "duedate", "expecteddate", "account", "journal")
_OCA: Fields = {
    "number": ("entry",),
    "issued": ("date",),
    "due": ("duedate",),
    "reference": ("reflabel",),
    "balance": ("residual",),
    "amount": (),
}
_CUMUL = "partner cumul aged balance"


def _aged(table: Table) -> Table | None:
    """Put each partner's total below its lines, and the name alone above them."""
    place = header_at(table, "total", "account")
    if place < 0 or table.rows[place].cells[0] or sum(map(is_bucket, table.rows[place].cells)) < 2:
        return None
    at = places_of(table.rows[place])
    line = [at[name] for name in _AGED_LINE if name in at]
    header = table.rows[place]
    named = msgspec.structs.replace(header, cells=("Entry and name", *header.cells[1:]))
    rows = list(table.rows[place + 1 :])
    if len(rows) > 1 and rows[-1].cells[0] == f"Total {rows[0].cells[0]}":
        # The whole report begins with its total as well.
        rows = [*rows[1:-1], msgspec.structs.replace(rows[-1], cells=("Total", *rows[-1].cells[1:]))]
    *body, last = rows or [header]
    ends = [last] if last.cells[0] == "Total" else []
    body = body if ends else rows

    def name(row: Row) -> str:
        return "" if any(cell_of(row, place) for place in line) else row.cells[0]

    whole = table._replace(rows=(*table.rows[:place], named, *body))
    turned = with_totals_below(whole, place, name, 0, titles=True)
    return turned._replace(rows=(*turned.rows, *ends))


def _names_below(table: Table) -> Table | None:
    """Put the header above the first partner's name, which it stands below; several accounts have a total each."""
    place = header_at(table, "entry", "reflabel", "residual")
    if place < 0:
        return None
    rows = list(table.rows)
    if place and len(rows[place - 1].filled()) == 1:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    totals = [row for row in rows if "Total" in row.cells and len(row.filled()) > 1]
    if len(totals) > 1:
        rows = [_of_account(row) if row in totals else row for row in rows]
    return table._replace(rows=tuple(rows))


def _of_account(row: Row) -> Row:
    return msgspec.structs.replace(row, cells=tuple("Total of an account" if c == "Total" else c for c in row.cells))


def _is_cumul(text: Text) -> bool:
    return text("reference").casefold() == _CUMUL


AGED = Layout(
    name="odoo-aged-receivable",
    system=SYSTEM,
    title="Aged Receivable",
    kind=ReportKind.OPEN_ITEMS,
    fields=_AGED,
    needs=frozenset({"number", "issued", "balance"}),
    reshape=_aged,
    customer=Customer.ABOVE,
)
OCA = Layout(
    name="odoo-oca-aged-partner-balance",
    system=SYSTEM,
    title="Aged Partner Balance (OCA)",
    kind=ReportKind.OPEN_ITEMS,
    fields=_OCA,
    needs=frozenset({"number", "issued", "due", "balance"}),
    marks=("reflabel", "residual"),
    reshape=_names_below,
    customer=Customer.ABOVE,
    is_subtotal=_is_cumul,
    ends_with_total=True,
    edit=no_slash,
)
OCA_SUMMARY = Layout(
    name="odoo-oca-aged-partner-balance-summary",
    system=SYSTEM,
    title="Aged Partner Balance (OCA) without details",
    kind=ReportKind.OPEN_ITEMS,
    fields={"customer": ("partner",), "balance": ("residual",)},
    needs=frozenset({"customer", "balance"}),
    without=("entry", "reflabel"),
    refuses="export it again with 'show move line details'",
)
LAYOUTS = (AGED, OCA, OCA_SUMMARY)
