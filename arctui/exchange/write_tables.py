"""Tables of plain values written as CSV, as an Excel workbook, as JSON Lines.

Owns how a text, an amount or a day stands in each of them. Must not know what a column means.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from arctui.core.money import plain
from arctui.core.text import cell_width, harmless
from arctui.exchange.neutral import neutral_cell
from arctui.exchange.progress import UNWATCHED, Progress, over

#: A plain value of a row. An empty cell is None or "".
Cell = str | int | Decimal | date | time | bool | None

#: What Excel holds: rows of a sheet with its header, characters of a cell.
_SHEET_ROWS = 1_048_576
_CELL_LENGTH = 32_767
# Excel counts days from 1900 on, and has fifteen digits.
_FIRST_DAY = date(1900, 3, 1)
_EXACT = Decimal(10) ** 13
# A column is as wide as its first rows need it, up to so many characters.
_WIDEST, _SAMPLE = 60, 200


class TooManyRowsError(ValueError):
    """A sheet would have more rows than Excel holds."""


class Format(StrEnum):
    """The kinds of file."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


class Sheet(NamedTuple):
    """A table: its name, the titles of its columns, and its rows, each as wide as these."""

    name: str
    titles: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def key(title: str) -> str:
    """Return a column's name in JSON: "Days Past Due" is `days_past_due`."""
    return "_".join("".join(c if c.isalnum() else " " for c in title.casefold()).split())


def csv_text(sheet: Sheet, *, line_end: str = "\r\n", quoted: bool = False) -> str:
    """Return a table as CSV, with `quoted` each cell in quotation marks.

    What is text never begins a formula; amounts, numbers and days stand as they are.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=line_end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerow(sheet.titles)
    writer.writerows([_csv_cell(cell) for cell in row] for row in sheet.rows)
    return out.getvalue()


def _csv_cell(cell: Cell) -> str:
    # A table is looked at in a terminal, too: nothing in it acts there.
    return harmless(neutral_cell(cell)) if isinstance(cell, str) else _text(cell)


def _text(cell: Cell) -> str:
    """Write what is no text: `-1234.50`, `2026-11-23`, `09:30`, yes or nothing."""
    if cell is None or cell is False:
        return ""
    if cell is True:
        return "yes"
    if isinstance(cell, Decimal):
        return plain(cell)
    return f"{cell:%H:%M}" if isinstance(cell, time) else str(cell)


def json_lines(sheet: Sheet) -> Iterator[bytes]:
    """Return the rows as JSON objects, a line each: amounts as strings with two decimals, days ISO, unknown null."""
    keys = list(map(key, sheet.titles))
    for row in sheet.rows:
        yield msgspec.json.encode(dict(zip(keys, map(_json_value, row), strict=True)))


def _json_value(cell: Cell) -> Any:
    if isinstance(cell, str):
        return harmless(cell)
    return cell if cell is None or isinstance(cell, int) else _text(cell)


def workbook(sheets: Iterable[Sheet], progress: Progress = UNWATCHED) -> bytes:
    """Return the tables as an Excel workbook, a sheet each. Raises TooManyRowsError, Cancelled.

    Texts stay texts (no formulas, no links), amounts are numbers, days are days; the header stays in sight. Rows are
    written as they come, so that a large book needs no more memory than its file.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        formats = {
            "head": book.add_format({"bold": True}),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "hour": book.add_format({"num_format": "hh:mm"}),
        }
        for sheet in sheets:
            if len(sheet.rows) >= _SHEET_ROWS:
                raise TooManyRowsError(f"{sheet.name} has {len(sheet.rows):,} rows, more than an Excel sheet holds")
            progress.stage(f"writing {sheet.name}")
            _write_sheet(book.add_worksheet(sheet.name), sheet, formats, progress)
    return out.getvalue()


def _write_sheet(page: Any, sheet: Sheet, formats: dict[str, Any], progress: Progress) -> None:
    page.freeze_panes(1, 0)
    for place, width in enumerate(_widths(sheet)):
        page.set_column(place, place, width)
    for place, title in enumerate(sheet.titles):
        page.write_string(0, place, title, formats["head"])
    for number, row in enumerate(over(sheet.rows, progress), 1):
        for place, cell in enumerate(row):
            _write_cell(page, number, place, cell, formats)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.titles) - 1)


def _write_cell(page: Any, row: int, place: int, cell: Cell, formats: dict[str, Any]) -> None:
    if cell is None or cell == "" or cell is False:
        return
    if isinstance(cell, Decimal) and abs(cell) < _EXACT:
        page.write_number(row, place, float(cell), formats["money"])
    elif isinstance(cell, date) and cell >= _FIRST_DAY:
        page.write_datetime(row, place, datetime.combine(cell, time()), formats["day"])
    elif isinstance(cell, time):
        page.write_datetime(row, place, cell, formats["hour"])
    elif isinstance(cell, int) and cell is not True:
        page.write_number(row, place, cell)
    else:
        text = cell if isinstance(cell, str) else _text(cell)
        page.write_string(row, place, text if len(text) <= _CELL_LENGTH else text[: _CELL_LENGTH - 1] + "…")


def _widths(sheet: Sheet) -> list[int]:
    """Return how wide the columns are to be: as their first rows need it."""
    texts = [[cell if isinstance(cell, str) else _text(cell) for cell in row] for row in sheet.rows[:_SAMPLE]]
    return [min(max(map(cell_width, column)), _WIDEST) + 2 for column in zip(sheet.titles, *texts, strict=True)]


def packed(files: Iterable[tuple[str, bytes]], at: datetime) -> bytes:
    """Return a zip archive of files by name, dated by a moment."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second))
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
