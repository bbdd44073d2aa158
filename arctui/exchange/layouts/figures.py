"""The amounts of a row: its own, what is open of it, from one column, from two, or with the sign in a third."""

import re
from collections.abc import Callable
from decimal import Decimal

from arctui.core.money import ZERO
from arctui.exchange.cells import CellError, Cells
from arctui.exchange.columns import Header
from arctui.exchange.layouts.layout import Layout
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Row

_AMOUNTS = ("balance", "amount", "paid", "debit", "credit")
_TAIL_OF_AMOUNT = re.compile(r"\d{2,3}(?:[.,]\d*)?")
_CREDIT_SIGNS = frozenset({"h", "c", "cr", "k", "haben", "credit", "-", "crédit", "haber"})
_DEBIT_SIGNS = frozenset({"s", "d", "dr", "soll", "debit", "+", "débit", "debe", ""})

Pair = tuple[Decimal, Decimal | None]


class Figures:
    """Reads the amounts of one report's rows."""

    def __init__(self, layout: Layout, header: Header, rows: tuple[Row, ...], cells: Cells) -> None:
        self._layout, self._header, self._cells = layout, header, cells
        columns = header.columns
        self._has_balance = "balance" in columns
        self._two_columns = not (self._has_balance or "amount" in columns) and {"debit", "credit"} <= columns.keys()
        # "Paid" may hold yes and no.
        self._has_paid = "paid" in columns and any(any(map(str.isdigit, header.text(row, "paid"))) for row in rows)
        self._at = {field: columns.get(field, -1) for field in _AMOUNTS}
        self._sign = columns.get("sign", -1)
        self._width = len(header.cells)
        self._places = {columns[field] for field in _AMOUNTS if field in columns}
        self._noun = "open balance" if "amount" in columns else "amount"
        #: Does the report say what is open of each item?
        self.tells_open = self._has_balance or (self._two_columns and layout.kind is ReportKind.OPEN_ITEMS)
        self._read: Callable[[tuple[str, ...], str], Pair] = self._kind_of_reading()

    def is_amount_column(self, place: int) -> bool:
        """Is this the column of an amount?"""
        return place in self._places

    def of(self, row: Row, cells: tuple[str, ...], status: str) -> Pair:
        """Return the amount of a row and what is open of it (None where only amounts are told). Raises CellError."""
        if len(row.cells) > self._width:
            self._refuse_split_amount(row)
        amount, balance = self._read(cells, status)
        if self._sign < 0:
            return amount, balance
        sign = cells[self._sign].casefold()
        if sign in _CREDIT_SIGNS:
            return -amount, None if balance is None else -balance
        if sign not in _DEBIT_SIGNS:
            raise CellError(f"'{sign}' is neither debit nor credit")
        return amount, balance

    def text(self, row: Row) -> str:
        """Return the text of what is open, else of the amount: it may name the currency."""
        return self._header.text(row, "balance" if self._has_balance else "amount")

    def stated(self, row: Row) -> Decimal | None:
        """Return what a total states, None where it states nothing. Raises CellError."""
        if self._two_columns:
            texts = [self._header.text(row, field) for field in ("debit", "credit")]
            debit, credit = (self._cells.amount(text) if text else ZERO for text in texts)
            return debit - credit if any(texts) else None
        text = self.text(row)
        return self._cells.amount(text) if text else None

    def _kind_of_reading(self) -> Callable[[tuple[str, ...], str], Pair]:
        if self._has_balance:
            return self._with_balance
        return self._from_two if self._two_columns else self._amount_only

    def _with_balance(self, cells: tuple[str, ...], status: str) -> Pair:
        balance = self._cells.amount(cells[self._at["balance"]], self._noun)
        amount = cells[self._at["amount"]]
        return (self._cells.amount(amount) if amount else balance), balance

    def _from_two(self, cells: tuple[str, ...], status: str) -> Pair:
        debit, credit = cells[self._at["debit"]], cells[self._at["credit"]]
        if not debit and not credit:
            raise CellError("the amount is missing")
        owed = (self._cells.amount(debit) if debit else ZERO) - (self._cells.amount(credit) if credit else ZERO)
        return owed, owed if self.tells_open else None

    def _amount_only(self, cells: tuple[str, ...], status: str) -> Pair:
        amount = self._cells.amount(cells[self._at["amount"]])
        if self._has_paid:
            paid = cells[self._at["paid"]]
            return amount, amount - (self._cells.amount(paid, "paid amount") if paid else ZERO)
        return amount, ZERO if status in self._layout.settled else None

    def _refuse_split_amount(self, row: Row) -> None:
        """Raise CellError for `1,234.50` without quotes, which the comma has cut in two."""
        if not any(row.cells[self._width :]):
            return
        for field in ("amount", "balance"):
            behind = self._header.columns.get(field, len(row.cells)) + 1
            if behind < len(row.cells) and _TAIL_OF_AMOUNT.fullmatch(row.cells[behind]):
                raise CellError("the row has more cells than the header: an amount with a comma lacks its quotes")
