"""The cells of one file as values: amounts, dates, currencies.

Owns what a whole file decides for each of its cells: the order of day and month, the decimal mark. Must not
know the layouts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from arctui.core.money import AmountError
from arctui.exchange.amounts import ThirdDecimalError, read_amount, read_amounts
from arctui.exchange.columns import Header
from arctui.exchange.currencies import currency_in as currency_in
from arctui.exchange.currencies import find_currency
from arctui.exchange.date_order import OWN_DAY, DateColumn, Ruling, decide
from arctui.exchange.dates import (
    DateError,
    DateStyle,
    Period,
    find_date,
    find_period,
    find_span,
    read_date,
)
from arctui.exchange.report import ReadOptions, Reason
from arctui.exchange.table import Row, Table

_DATES = ("issued", "due", "day")
_AMOUNTS = ("balance", "amount", "paid", "out", "debit", "credit", "credit_limit")
_AS_OF = re.compile(
    r"\b(?:as (?:of|at|on)|as-of|created on|(?:report|key|age?ing|balance|closing|cut-?off|statement) date|date at"
    r"|period end(?:ed|ing|s)?|stand|stichtag|offene posten (?:per|zum)|per datum|peildatum"
    r"|arrêtée?s? au|(?:situation|solde|état|balance) au|date d'arrêté|fecha de corte|a fecha|al día|situación al"
    r"|alla data|situazione al|aggiornat[oa] al|data[- ]base|posição em|situação em)\b(.*)",
    re.IGNORECASE,
)
_POINTED = re.compile(r"\d{1,2}\. ?\d{1,2}\. ?(?:\d\d){1,2}", re.ASCII)
# A title line has few cells; what has more may be an item.
_WIDE_ROW = 4


class CellError(ValueError):
    """A cell cannot be read; the message says which and why."""


class Cells:
    """Reads the cells of one file, each different text once; `reasons` say how dates and amounts are meant.

    `styles` are those of the columns by their fields; OWN_DAY is for dates that stand in none of them. `amounts` are
    those that are already read.
    """

    def __init__(
        self,
        *,
        styles: Mapping[str, DateStyle],
        decimal_mark: str,
        reasons: tuple[Reason, ...] = (),
        amounts: dict[str, Decimal] | None = None,
    ) -> None:
        self.reasons = reasons
        self._styles = styles
        self._decimal_mark = decimal_mark
        self._days: dict[str, dict[str, date | None]] = {field: {} for field in (OWN_DAY, *styles)}
        self._amounts = amounts if amounts is not None else {}

    def day(self, text: str, field: str = OWN_DAY) -> date | None:
        """Read a date of a field's column, None where the cell is empty. Raises CellError."""
        days = self._days.get(field)
        if days is None:
            return self.day(text)
        if text not in days:
            style = self._styles.get(field, DateStyle())
            try:
                days[text] = read_date(text, month_first=style.month_first, digits=style.digits)
            except DateError as error:
                raise CellError(str(error)) from None
        return days[text]

    def amount(self, text: str, noun: str = "amount") -> Decimal:
        """Read an amount. Raises CellError, also where the cell is empty."""
        amount = self._amounts.get(text)
        if amount is None:
            if not text:
                raise CellError(f"the {noun} is missing")
            try:
                amount = self._amounts[text] = read_amount(text, decimal_mark=self._decimal_mark)
            except ThirdDecimalError:
                other = "," if self._decimal_mark == "." else "."
                raise CellError(
                    f"the {noun} '{shown(text)}' has three decimals, and two are read (thousands? --decimal {other})"
                ) from None
            except AmountError:
                raise CellError(f"the {noun} '{shown(text)}' is no amount") from None
        return amount


def cells_for(header: Header, table: Table, options: ReadOptions) -> Cells:
    """Decide over all rows how the dates and amounts of a file are meant.

    Raises ReportError where the dates or the amounts can be read in two ways.
    """
    rows = table.rows[header.place + 1 :]
    title = header.above(table)
    as_of = as_of_text(title)
    dates = [DateColumn(field, _name(header, field), _texts(header, rows, field)) for field in _known(header, _DATES)]
    rulings = decide(
        dates,
        told=options.month_first,
        as_of=as_of,
        within=title_period(title) or (None, None),
        pairs=cache(lambda: {(header.text(row, "issued"), header.text(row, "due")) for row in rows}),
    )
    amounts: dict[str, int] = {}
    for field in _known(header, _AMOUNTS):
        amounts |= _texts(header, rows, field)
    decided = read_amounts(
        amounts, options.decimal_mark, told=options.decimal_told, written=_written(dates, rulings.values())
    )
    told = [("dates", ruling.words) for ruling in rulings.values()] + [("amounts", decided.words)]
    return Cells(
        styles={field: ruling.style for field, ruling in rulings.items()},
        decimal_mark=decided.decimal_mark,
        reasons=tuple(Reason(about, words) for about, words in told if words),
        amounts=decided.read,
    )


def as_of_text(title: Iterable[Row]) -> str:
    """Return the report's own day as its title lines write it, "" where they do not: what is open, is so then.

    It stands behind words that say so, else at the end of a span of days, else alone in a cell.
    """
    lines = [row for row in title if len(row.filled()) < _WIDE_ROW]
    for row in lines:
        found = _AS_OF.search(" ".join(filter(None, row.cells)))
        if found and (text := find_date(found[1])):
            return text
    cells = [cell for row in lines for cell in row.cells if cell]
    spans = (span[1] for cell in cells if (span := find_span(cell)))
    return next(spans, "") or next((cell for cell in cells if find_date(cell) == cell), "")


def day_or_none(cells: Cells, text: str) -> date | None:
    """Read a date that the report can do without."""
    try:
        return cells.day(text)
    except CellError:
        return None


@lru_cache(maxsize=256)
def currency_code(text: str) -> str:
    """Read a currency cell: a code, a name or a sign. A bare `$` says nothing. Raises CellError."""
    code = find_currency(text)
    if code is None:
        raise CellError(f"the currency '{shown(text)}' is not known")
    return code


def shown(text: str) -> str:
    """Shorten a cell for a message."""
    return text if len(text) <= 40 else text[:39] + "…"


def title_period(title: Iterable[Row]) -> Period | None:
    """Return the days from and to that a report's title names, None if it names none."""
    periods = (find_period(cell) for row in title for cell in row.cells if cell)
    return next(filter(None, periods), None)


def _written(dates: Iterable[DateColumn], rulings: Iterable[Ruling]) -> str:
    """Return the mark before the cents of the country in whose way the dates are written, "" where they do not tell.

    Where dates have points it is the comma (30.09.2026), where the month comes first the point.
    """
    pointed = any(_POINTED.fullmatch(text) for column in dates for text in column.rows)
    month_first = any(ruling.style.month_first for ruling in rulings)
    return "" if pointed == month_first else "," if pointed else "."


def _known(header: Header, fields: Iterable[str]) -> list[str]:
    return [field for field in fields if field in header.columns]


def _name(header: Header, field: str) -> str:
    at = header.columns[field]
    return header.cells[at] if header.place >= 0 and 0 <= at < len(header.cells) else ""


def _texts(header: Header, rows: Sequence[Row], field: str) -> dict[str, int]:
    """Return each different text of a column with the number of the first row that has it."""
    at = header.columns[field]
    texts: dict[str, int] = {}
    for row in rows:
        cells = row.cells
        if at < len(cells) and cells[at] not in texts:
            texts[cells[at]] = row.number
    texts.pop("", None)
    return texts
