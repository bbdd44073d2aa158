"""The cells of one file as values: amounts, dates, currencies.

Owns what a whole file decides for each of its cells: the order of day and month, the decimal mark. Must not
know the layouts.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from arctui.core.money import AmountError, parse_amount
from arctui.exchange.columns import Header
from arctui.exchange.dates import DateError, Period, find_date, find_period, month_comes_first, read_date
from arctui.exchange.report import ReadOptions, Reason
from arctui.exchange.table import Row, Table

_DATES = ("issued", "due", "day")
# What a report's own day or period bounds: nothing was issued or paid after it.
_BOUNDED_DATES = ("issued", "day")
_AMOUNTS = ("balance", "amount", "paid")
_AS_OF = re.compile(r"\b(?:as (?:of|at)|created on|report date)\b(.*)", re.IGNORECASE)
_COMMA_CENTS = re.compile(r"\d\.\d{3},\d|^\D*\d+,\d{1,2}\D*$")
_POINT_CENTS = re.compile(r"\d,\d{3}\.\d|^\D*\d+\.(?:\d{1,2}|\d{4})\D*$")
_CODE = re.compile(r"\b[A-Z]{3}\b")
_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR"}
_CURRENCY_NAMES = {
    "us dollar": "USD", "us dollars": "USD", "us$": "USD", "usa": "USD", "euro": "EUR", "euros": "EUR",
    "british pound": "GBP", "pound sterling": "GBP", "british pound sterling": "GBP", "canadian dollar": "CAD",
    "australian dollar": "AUD", "new zealand dollar": "NZD", "swiss franc": "CHF", "japanese yen": "JPY",
    "indian rupee": "INR", "danish krone": "DKK", "norwegian krone": "NOK", "swedish krona": "SEK",
    "polish zloty": "PLN", "mexican peso": "MXN", "south african rand": "ZAR", "singapore dollar": "SGD",
    "€": "EUR", "£": "GBP", "₹": "INR", "$": "",
}  # fmt: skip


class CellError(ValueError):
    """A cell cannot be read; the message says which and why."""


class Cells:
    """Reads the cells of one file, each different text once."""

    def __init__(self, *, month_first: bool, decimal_mark: str) -> None:
        self._month_first = month_first
        self._decimal_mark = decimal_mark
        self.reasons: tuple[Reason, ...] = ()
        self._days: dict[str, date | None] = {}
        self._amounts: dict[str, Decimal] = {}

    def day(self, text: str, field: str = "") -> date | None:
        """Read a date, None where the cell is empty. Raises CellError."""
        if text not in self._days:
            try:
                self._days[text] = read_date(text, month_first=self._month_first)
            except DateError as error:
                raise CellError(str(error)) from None
        return self._days[text]

    def amount(self, text: str, noun: str = "amount") -> Decimal:
        """Read an amount. Raises CellError, also where the cell is empty."""
        if text not in self._amounts:
            if not text:
                raise CellError(f"the {noun} is missing")
            try:
                self._amounts[text] = parse_amount(text, decimal_mark=self._decimal_mark)
            except AmountError:
                raise CellError(f"the {noun} '{shown(text)}' is no amount") from None
        return self._amounts[text]


def cells_for(header: Header, table: Table, options: ReadOptions) -> Cells:
    """Decide over all rows how the dates and amounts of a file are meant.

    Raises ReportError where the dates can be read in two ways.
    """
    rows = table.rows[header.place + 1 :]
    title = header.above(table)
    as_of = as_of_text(title)
    dates = _texts(header, rows, _DATES) | {as_of}
    month_first = month_comes_first(
        sorted(dates),
        told=options.month_first,
        bounded=_texts(header, rows, _BOUNDED_DATES),
        within=title_period(title) or (None, _written_day(as_of)),
    )
    amounts = _texts(header, rows, _AMOUNTS)
    return Cells(month_first=month_first, decimal_mark=_decimal_mark(amounts, options.decimal_mark))


def as_of_text(title: Iterable[Row]) -> str:
    """Return the report's own day as its title lines write it, "" where they do not: what is open, is so then."""
    for row in title:
        found = _AS_OF.search(" ".join(filter(None, row.cells)))
        if found and (text := find_date(found[1])):
            return text
    return ""


def day_or_none(cells: Cells, text: str) -> date | None:
    """Read a date that the report can do without."""
    try:
        return cells.day(text)
    except CellError:
        return None


@lru_cache(maxsize=256)
def currency_code(text: str) -> str:
    """Read a currency cell: a code, a name or a sign. A bare `$` says nothing. Raises CellError."""
    code = text.upper()
    if not code or (len(code) == 3 and code.isascii() and code.isalpha()):
        return code
    if text.casefold() in _CURRENCY_NAMES:
        return _CURRENCY_NAMES[text.casefold()]
    raise CellError(f"the currency '{shown(text)}' is not known")


def currency_in(amount: str) -> str:
    """Return the currency that an amount names beside its figures, "" if none or only `$`."""
    for sign, code in _SIGNS.items():
        if sign in amount:
            return code
    found = _CODE.search(amount)
    return found.group() if found else ""


def shown(text: str) -> str:
    """Shorten a cell for a message."""
    return text if len(text) <= 40 else text[:39] + "…"


def _texts(header: Header, rows: Sequence[Row], fields: Iterable[str]) -> set[str]:
    known = [field for field in fields if field in header.columns]
    return {text for field in known for row in rows if (text := header.text(row, field))}


def title_period(title: Iterable[Row]) -> Period | None:
    """Return the days from and to that a report's title names, None if it names none."""
    periods = (find_period(cell) for row in title for cell in row.cells if cell)
    return next(filter(None, periods), None)


def _written_day(text: str) -> date | None:
    """Read a day that no order of day and month can turn: `30 September 2026`, `2026-09-30`."""
    try:
        days = {read_date(text, month_first=month_first) for month_first in (True, False)}
    except DateError:
        return None
    return days.pop() if len(days) == 1 else None


def _decimal_mark(amounts: Iterable[str], otherwise: str) -> str:
    """Return the mark that the amounts of the file show beyond doubt."""
    comma = point = False
    for text in amounts:
        comma = comma or bool(_COMMA_CENTS.search(text))
        point = point or bool(_POINT_CENTS.search(text))
    if comma == point:
        return otherwise
    return "," if comma else "."
