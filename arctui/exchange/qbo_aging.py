"""QuickBooks Online: A/R Aging Detail, in its present and its classic form.

Owns the shape of that one report: rows under bucket names, totals under them, the customer in a column. A row
is told by the cells it fills, for a customer may be called "Total Fitness", "Current Electric" or "3000".
"""

from decimal import Decimal

from arctui.core.money import ZERO, total
from arctui.exchange.cells import CellError, Cells, as_of_text, cells_for, currency_code, currency_in, day_or_none
from arctui.exchange.columns import Fields, Header, find_header
from arctui.exchange.gather import Gathered, is_footer, is_grand_total, is_labelled_total
from arctui.exchange.report import Item, ReadOptions, Report, ReportError, ReportKind
from arctui.exchange.table import Row, Table

NAME = "qbo-aging-detail"

_FIELDS: Fields = {
    "customer": ("customerfullname", "customer", "customername"),
    "number": ("num", "no"),
    "kind": ("transactiontype",),
    "issued": ("date",),
    "due": ("duedate",),
    "balance": ("openbalance",),
    "amount": ("amount",),
    "currency": ("currency",),
    "reference": ("memo", "memodescription", "ponumber"),
}
_NEEDED = {"customer", "number", "kind", "issued", "due", "balance"}
_TEXTS = ("customer", "number", "kind", "issued", "due")


def recognise(table: Table) -> bool:
    """Say whether the columns are those of the report and its rows are grouped, or its title names it."""
    header = _header(table)
    if header is None:
        return False
    titled = any("aging detail" in cell.casefold() for row in header.above(table) for cell in row.cells)
    return titled or any(row.filled() == [0] for row in table.rows[header.place + 1 :])


def read(table: Table, options: ReadOptions) -> Report:
    """Read the report. Raises ReportError where it has no rows or its dates can be read in two ways."""
    header = _header(table)
    if header is None:
        raise ReportError("no header row of an A/R Aging Detail report was found: export that report as CSV")
    rows = header.data(table)
    as_of = as_of_text(header.above(table))
    cells = cells_for(header, table, options)
    gathered = Gathered()
    gathered.skip_rows(header.stray(table), "it stands above the header")
    stated: Decimal | None = None
    for row in rows:
        if row.fault:
            gathered.skip(row.number, row.fault)
        elif not _is_title(row, cells):
            try:
                if is_labelled_total(row, header, _TEXTS):
                    stated = cells.amount(header.text(row, "balance")) if is_grand_total(row.cells[0]) else stated
                else:
                    gathered.add_item(_item(row, header, cells))
            except CellError as error:
                gathered.skip(row.number, str(error), header.text(row, "customer"), header.text(row, "number"))
    return Report(
        layout=NAME,
        kind=ReportKind.OPEN_ITEMS if gathered.items else ReportKind.LISTED,
        as_of=day_or_none(cells, as_of),
        items=tuple(gathered.items),
        skipped=tuple(gathered.skipped),
        stated_total=stated,
        counted_total=total(item.balance or ZERO for item in gathered.items),
    )


def _header(table: Table) -> Header | None:
    return find_header(table, _FIELDS, lambda columns, _cells: columns.keys() >= _NEEDED)


def _is_title(row: Row, cells: Cells) -> bool:
    """Say whether a row is a bucket's name or a footer; a lone date is what is left of a classic row."""
    return row.filled() == [0] and (is_footer(row) or day_or_none(cells, row.cells[0]) is None)


def _item(row: Row, header: Header, cells: Cells) -> Item:
    customer = header.text(row, "customer")
    if not customer:
        raise CellError("no customer")
    balance_text = header.text(row, "balance")
    amount_text = header.text(row, "amount")
    balance = cells.amount(balance_text, "open balance")
    currency = header.text(row, "currency")
    return Item(
        row=row.number,
        customer=customer,
        number=header.text(row, "number"),
        kind=header.text(row, "kind") or "Invoice",
        issued=cells.day(header.text(row, "issued")),
        due=cells.day(header.text(row, "due")),
        amount=cells.amount(amount_text) if amount_text else balance,
        balance=balance,
        currency=currency_code(currency) if currency else currency_in(balance_text),
        reference=header.text(row, "reference"),
    )
