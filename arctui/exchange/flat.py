"""Invoice lists with one row an invoice, from whatever system: header names decide, not the order of columns.

Owns which columns such a list must have and what its rows mean. Must not know any one system's report.
"""

import re
from datetime import date
from decimal import Decimal

from arctui.core.money import ZERO, total
from arctui.exchange.cells import CellError, Cells, as_of_text, cells_for, currency_code, currency_in, day_or_none
from arctui.exchange.columns import ITEM_FIELDS, Header, find_header, has_invoice_number, is_bucket, names_customer
from arctui.exchange.gather import Gathered, is_footer, is_grand_total, refuse_status
from arctui.exchange.report import Item, ReadOptions, Report, ReportError, ReportKind
from arctui.exchange.table import Row, Table

NAME = "flat"

_SETTLED = {"paid", "fully paid", "closed", "settled"}
_TOTAL = re.compile(r"(?:sub-? ?|grand |report |overall |sum )?totals?\b", re.IGNORECASE)
_SUBTOTAL = re.compile(r"sub-? ?totals?\b.*|totals? (?:for|of|-)\s.*", re.IGNORECASE)
_CURRENCY_TOTAL = re.compile(r"(?:Total|TOTAL)s?:? [A-Z]{3}")
_NUMBERED = re.compile(r"(\d{2,}) (.+)")
_TAIL_OF_AMOUNT = re.compile(r"\d{2,3}(?:[.,]\d*)?")
_TEXTS = ("customer", "customer_number", "number", "kind", "issued", "due")
_FEW_ROWS = 3


def recognise(table: Table) -> bool:
    """Say whether a header row names a customer, a number, a date and an amount."""
    return _header(table) is not None


def read(table: Table, options: ReadOptions) -> Report:
    """Read the rows below the header.

    Raises ReportError where the dates can be read in two ways, where there are no rows, or where most rows name
    no customer.
    """
    header = _header(table)
    if header is None:
        raise ReportError("no header row names a customer, an invoice number, a date and an amount: add one")
    rows = header.data(table)
    as_of = as_of_text(header.above(table))
    cells = cells_for(header, table, options)
    reading = _Reading(header, rows, cells)
    reading.gathered.skip_rows(header.stray(table), "it stands above the header")
    for row in rows:
        reading.take(row)
    reading.refuse_grouped()
    return reading.report(day_or_none(cells, as_of))


def _header(table: Table) -> Header | None:
    return find_header(table, ITEM_FIELDS, _complete)


def _complete(columns: dict[str, int], cells: tuple[str, ...]) -> bool:
    dated = "due" in columns or "issued" in columns
    valued = "balance" in columns or "amount" in columns
    # "Reference", "Date" and "Amount" alone may as well be payments.
    invoices = "due" in columns or "balance" in columns or has_invoice_number(cells)
    return names_customer(columns) and "number" in columns and dated and valued and invoices


def _names_begin_with_number(header: Header, rows: tuple[Row, ...]) -> bool:
    """Say whether customers are written as `10001 Name`, as saved searches with an internal id do in all rows."""
    if "customer_number" in header.columns or "internal id" not in map(str.casefold, header.cells):
        return False
    names = [name for row in rows if (name := header.text(row, "customer"))]
    return bool(names) and all(_NUMBERED.fullmatch(name) for name in names)


class _Reading:
    """Reads the rows of one list."""

    def __init__(self, header: Header, rows: tuple[Row, ...], cells: Cells) -> None:
        self.gathered = Gathered()
        self._header = header
        self._cells = cells
        self._numbered = _names_begin_with_number(header, rows)
        self._has_balance = "balance" in header.columns
        self._balance_noun = "open balance" if "amount" in header.columns else "amount"
        # "Paid" may hold yes and no.
        self._has_paid = "paid" in header.columns and any(
            any(map(str.isdigit, header.text(row, "paid"))) for row in rows
        )
        self._stated: Decimal | None = None
        self._unnamed = 0
        self._last_customer = ""

    def take(self, row: Row) -> None:
        """Read one row: an item, a total, a group's name, or something to list as skipped."""
        if row.fault:
            self.gathered.skip(row.number, row.fault)
            return
        filled = row.filled()
        if len(filled) == 1 and self._is_title(row, filled[0]):
            return
        customer, customer_number = self._customer(row)
        number = self._header.text(row, "number")
        try:
            if not self._is_total(row, filled[0]):
                self.gathered.add_item(self._item(row, customer, customer_number, number))
                self._last_customer = customer
        except CellError as error:
            self.gathered.skip(row.number, str(error), customer, number)

    def refuse_grouped(self) -> None:
        """Raise ReportError where the customer is named once a group and not on each row."""
        if self._unnamed >= _FEW_ROWS and self._unnamed > len(self.gathered.items):
            raise ReportError(
                "most rows name no customer: export a report that has the customer on every row, not once a group"
            )

    def report(self, as_of: date | None) -> Report:
        """Return all that was read; a list of which nothing was understood does not claim to know what is open."""
        items = self.gathered.items
        open_items = self._has_balance and bool(items)
        return Report(
            layout=NAME,
            kind=ReportKind.OPEN_ITEMS if open_items else ReportKind.LISTED,
            as_of=as_of,
            items=tuple(items),
            skipped=tuple(self.gathered.skipped),
            stated_total=self._stated,
            counted_total=total((item.balance or ZERO) if open_items else item.amount for item in items),
        )

    def _customer(self, row: Row) -> tuple[str, str]:
        name, number = self._header.text(row, "customer"), self._header.text(row, "customer_number")
        if self._numbered and (found := _NUMBERED.fullmatch(name)):
            return found[2], found[1]
        return name or number, number

    def _is_title(self, row: Row, place: int) -> bool:
        """Say whether a row of one filled cell is a group's name or a footer."""
        label = row.cells[place]
        unnamed_column = place not in self._header.columns.values()
        return unnamed_column or is_footer(row) or is_bucket(label) or is_grand_total(label)

    def _is_total(self, row: Row, place: int) -> bool:
        """Say whether a row, by its first filled cell, is a total; keeps what the grand total states.

        Raises CellError where it may as well be an invoice.
        """
        label = row.cells[place]
        if not _TOTAL.match(label):
            return False
        others = (field for field in _TEXTS if self._header.columns.get(field) != place)
        if any(self._header.text(row, field) for field in others):
            return False
        if is_grand_total(label):
            self._stated = self._cells.amount(self._header.text(row, "balance" if self._has_balance else "amount"))
            return True
        of_customer = label.casefold() == f"total {self._last_customer.casefold()}"
        if of_customer or place not in self._header.columns.values():
            return True
        if _SUBTOTAL.fullmatch(label) or _CURRENCY_TOTAL.fullmatch(label):
            return True
        raise CellError("a total, or an invoice without number and dates")

    def _item(self, row: Row, customer: str, customer_number: str, number: str) -> Item:
        if not customer:
            self._unnamed += 1
            raise CellError("no customer")
        text = self._header.text
        refuse_status(text(row, "status"))
        self._refuse_split_amount(row)
        amount, balance = self._figures(row)
        return Item(
            row=row.number,
            customer=customer,
            customer_number=customer_number,
            number=number,
            kind=text(row, "kind") or ("Credit Note" if amount < 0 else "Invoice"),
            issued=self._cells.day(text(row, "issued")),
            due=self._cells.day(text(row, "due")),
            amount=amount,
            balance=balance,
            currency=self._currency(row),
            reference=text(row, "reference"),
        )

    def _figures(self, row: Row) -> tuple[Decimal, Decimal | None]:
        amount_text = self._header.text(row, "amount")
        if self._has_balance:
            balance = self._cells.amount(self._header.text(row, "balance"), self._balance_noun)
            return (self._cells.amount(amount_text) if amount_text else balance), balance
        amount = self._cells.amount(amount_text)
        if self._has_paid:
            paid = self._header.text(row, "paid")
            return amount, amount - (self._cells.amount(paid, "paid amount") if paid else ZERO)
        if self._header.text(row, "status").casefold() in _SETTLED:
            return amount, ZERO
        return amount, None

    def _currency(self, row: Row) -> str:
        if "currency" in self._header.columns:
            return currency_code(self._header.text(row, "currency"))
        return currency_in(self._header.text(row, "balance" if self._has_balance else "amount"))

    def _refuse_split_amount(self, row: Row) -> None:
        """Raise CellError for `1,234.50` without quotes, which the comma has cut in two."""
        if not any(row.cells[len(self._header.cells) :]):
            return
        for field in ("amount", "balance"):
            behind = self._header.columns.get(field, len(row.cells)) + 1
            if behind < len(row.cells) and _TAIL_OF_AMOUNT.fullmatch(row.cells[behind]):
                raise CellError("the row has more cells than the header: an amount with a comma lacks its quotes")
