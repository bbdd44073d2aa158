"""Tally: Bills Receivable, and the outstandings of a group with each party above its bills.

The header of a group's report stands in two rows. What is on account has words in the place of a number.
"""

import msgspec

from arctui.exchange.columns import Fields, header_key
from arctui.exchange.layouts.layout import Customer, Layout
from arctui.exchange.layouts.reshaping import cell_of, header_at, places_of, with_columns
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Row, Table

SYSTEM = "Tally"

_ON_ACCOUNT = {"on account", "onaccount", "advance"}
_BILLS: Fields = {
    "customer": ("partysname", "particulars"),
    "number": ("refno", "billrefno", "refnumber"),
    "kind": ("kindfromthereference",),
    "issued": ("date", "billdate"),
    "due": ("dueon", "duedate"),
    "age": ("overduebydays", "overdue", "ageofbillindays"),
    "amount": ("openingamount",),
    "balance": ("pendingamount",),
}
_NEEDS = frozenset({"customer", "number", "issued", "due", "balance"})
_SECOND_ROW = {"amount", "bydays", "indays"}


def _plain(table: Table) -> Table | None:
    """Join a header of two rows, and tell what is on account from the bills."""
    place = max(header_at(table, "date", name, "dueon") for name in _BILLS["number"])
    if place < 0:
        return None
    joined = _joined(table, place)
    at = next(at for name, at in places_of(table.rows[place]).items() if name in _BILLS["number"])

    def kind(row: Row) -> list[str]:
        return ["Payment" if cell_of(row, at).casefold() in _ON_ACCOUNT else ""]

    return with_columns(joined, place, ["Kind (from the reference)"], kind)


def _joined(table: Table, place: int) -> Table:
    header, below = table.rows[place], table.rows[place + 1 : place + 2]
    parts = below[0].cells if below else ()
    if not any(parts) or not {header_key(cell) for cell in parts if cell} <= _SECOND_ROW:
        return table
    width = max(len(header.cells), len(parts))
    cells = (f"{cell_of(header, at)} {cell_of(below[0], at)}".strip() for at in range(width))
    whole = Row(header.number, tuple(cells))
    return table._replace(rows=(*table.rows[:place], whole, *table.rows[place + 2 :]))


def _number(field: str, text: str) -> str:
    return "" if field == "number" and text.casefold() in _ON_ACCOUNT else text


def _has_parties_above(table: Table, place: int, at: int) -> bool:
    return any(row.filled() == [at] for row in table.rows[place + 1 :][:3])


BILLS = Layout(
    name="tally-bills-receivable",
    system=SYSTEM,
    title="Bills Receivable",
    kind=ReportKind.OPEN_ITEMS,
    fields=_BILLS,
    needs=_NEEDS,
    suits=lambda table, header: not _has_parties_above(table, header.place, header.columns["customer"]),
    reshape=_plain,
    edit=_number,
)
GROUP = msgspec.structs.replace(
    BILLS,
    name="tally-group-outstandings",
    title="Group Outstandings",
    suits=lambda table, header: _has_parties_above(table, header.place, header.columns["customer"]),
    customer=Customer.ABOVE,
)
LAYOUTS = (BILLS, GROUP)
