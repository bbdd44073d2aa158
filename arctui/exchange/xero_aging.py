"""Xero: Aged Receivables Detail.

Owns the shape of that one report: a customer's name on a row of its own, the items under it, "Total" and the
name again, a grand "Total". Each item's own Total column is what is open.
"""

from decimal import Decimal

from arctui.core.money import ZERO, total
from arctui.exchange.cells import CellError, Cells, as_of_text, cells_for, currency_in, day_or_none
from arctui.exchange.columns import Fields, Header, find_header, is_bucket
from arctui.exchange.gather import Gathered, is_footer
from arctui.exchange.report import Item, ReadOptions, Report, ReportError, ReportKind
from arctui.exchange.table import Row, Table

NAME = "xero-aged-receivables-detail"

_FIELDS: Fields = {
    "number": ("invoicenumber", "number"),
    "issued": ("invoicedate", "date"),
    "due": ("duedate",),
    "reference": ("invoicereference", "reference"),
    "balance": ("total", "totaldue"),
}
_NEEDED = {"number", "issued", "due", "balance"}
_FEW_BUCKETS = 2


def recognise(table: Table) -> bool:
    """Say whether the columns are those of the report: the number first, buckets, a total, and no customer."""
    return _header(table) is not None


def read(table: Table, options: ReadOptions) -> Report:
    """Read the report. Raises ReportError where it has no rows or its dates can be read in two ways."""
    header = _header(table)
    if header is None:
        raise ReportError("no header row of an Aged Receivables Detail report was found: export that report as CSV")
    rows = header.data(table)
    as_of = as_of_text(header.above(table))
    reading = _Reading(header, cells_for(header, table, options))
    reading.gathered.skip_rows(header.stray(table), "it stands above the header")
    for row in rows:
        reading.take(row)
    return reading.report(as_of)


def _header(table: Table) -> Header | None:
    return find_header(table, _FIELDS, _complete)


def _complete(columns: dict[str, int], cells: tuple[str, ...]) -> bool:
    buckets = sum(map(is_bucket, cells))
    return columns.keys() >= _NEEDED and columns["number"] == 0 and buckets >= _FEW_BUCKETS


class _Reading:
    """Reads the rows of one report, under the customer that was named last."""

    def __init__(self, header: Header, cells: Cells) -> None:
        self.gathered = Gathered()
        self._header = header
        self._cells = cells
        self._customer = ""
        self._stated: Decimal | None = None

    def take(self, row: Row) -> None:
        """Read one row: a customer's name, an item, a total, or something to list as skipped."""
        number = row.cells[0]
        if row.fault:
            self.gathered.skip(row.number, row.fault)
        elif row.filled() == [0]:
            if not is_footer(row):
                self._customer = number
        else:
            try:
                if not self._is_total(row):
                    self.gathered.add_item(self._item(row, number))
            except CellError as error:
                self.gathered.skip(row.number, str(error), self._customer, number)

    def report(self, as_of: str) -> Report:
        """Return all that was read."""
        items = self.gathered.items
        return Report(
            layout=NAME,
            kind=ReportKind.OPEN_ITEMS if items else ReportKind.LISTED,
            as_of=day_or_none(self._cells, as_of),
            items=tuple(items),
            skipped=tuple(self.gathered.skipped),
            stated_total=self._stated,
            counted_total=total(item.balance or ZERO for item in items),
        )

    def _is_total(self, row: Row) -> bool:
        label = row.cells[0].casefold()
        if self._header.text(row, "issued") or self._header.text(row, "due"):
            return False
        if label == "total":
            self._stated = self._cells.amount(self._header.text(row, "balance"))
        return label == "total" or label.startswith(("total ", "percentage"))

    def _item(self, row: Row, number: str) -> Item:
        if not self._customer:
            raise CellError("no customer")
        text = self._header.text(row, "balance")
        balance = self._cells.amount(text)
        return Item(
            row=row.number,
            customer=self._customer,
            number=number,
            kind="Credit Note" if balance < 0 else "Invoice",
            issued=self._cells.day(self._header.text(row, "issued")),
            due=self._cells.day(self._header.text(row, "due")),
            amount=balance,
            balance=balance,
            currency=currency_in(text),
            reference=self._header.text(row, "reference"),
        )
