"""A program of its own that reads a workbook from its input and writes the texts of its cells to its output.

Owns how the value of a cell becomes text. It runs apart because the workbook library ends the whole process on some
damaged files: here that costs the reading, not the clerk's session. Must not import what is slow to load.
"""

import datetime
import gc
import io
import marshal
import math
import re
import struct
import sys
import zipfile
import zlib
from typing import TYPE_CHECKING

from arctui.exchange import biff

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MOST_MEMORY = 2 * 1024 * 1024 * 1024
MOST_SECONDS = 60
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_MOST_CELLS = 12_000_000
_LARGEST_PART = 512 * 1024 * 1024

PASSWORD, DAMAGED, TOO_MANY = "password", "damaged", "too many"

_Cell = str | float | int | bool | datetime.date | datetime.time | datetime.timedelta
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ERROR = re.compile(rb'<(?:\w+:)?c\s([^>]*\bt="e"[^>]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def number_text(number: float) -> str:
    """Write a number: whole ones without decimals, others with two, or four and more; never with three.

    Three could be taken for thousands ("12.125"). What a computation adds below the 15th digit is left out.
    """
    if not math.isfinite(number):
        return "#NUM!"
    if number.is_integer():
        return f"{number + 0:.0f}" if abs(number) < 1e21 else repr(number)
    whole = len(str(int(abs(number))))
    text = f"{number:.{max(0, min(8, 15 - whole))}f}"
    if "." not in text:
        return text
    text = text.rstrip("0")
    decimals = len(text) - text.index(".") - 1
    text += "0" * (2 - decimals if decimals < 2 else decimals == 3)
    return "0.00" if text == "-0.00" else text


def text_of(value: _Cell) -> str:
    """Write any other value: days as 2026-09-30, with an hour only if they have one."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(float(value))
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time.min:
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return value.isoformat()


class _Texts(dict[_Cell, str]):
    """Each different value, truth values aside, made into text once."""

    def __missing__(self, value: _Cell) -> str:
        if len(self) > 400_000:
            self.clear()
        text = self[value] = text_of(value)
        return text


def rows_of(sheet: "CalamineSheet", errors: dict[tuple[int, int], str]) -> list[tuple[int, tuple[str, ...]]]:
    """Return the rows that are not blank with their numbers. Raises OverflowError for more than a table may hold."""
    if sheet.end is None or sheet.start is None:
        return []
    width = sheet.end[1] + 1
    if sheet.end[0] >= _MOST_ROWS or width > _MOST_COLUMNS:
        raise OverflowError
    before = ("",) * sheet.start[1]
    known = _Texts()
    faulty: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in errors.items():
        faulty.setdefault(row, []).append((column, text))
    found = []
    cells = 0
    for number, values in enumerate(sheet.iter_rows(), start=1):
        texts: list[str] = [
            value if isinstance(value, str) else text_of(value) if isinstance(value, bool) else known[value]
            for value in values
        ]
        if faulty and number in faulty:
            texts = [*before, *texts]
            for column, text in faulty[number]:
                texts.extend([""] * (column + 1 - len(texts)))
                texts[column] = texts[column] or text
            found.append((number, tuple(texts)))
        elif any(texts):
            found.append((number, (*before, *texts)))
        else:
            continue
        cells += width
        if cells > _MOST_CELLS:
            raise OverflowError
    return found


def error_cells(data: bytes) -> biff.Errors:
    """Return the cells of an XLSX or XLS that hold an error such as #REF!, by the place of the sheet.

    The library gives them as blank. A cell is (row counted from 1, column from 0).
    """
    if not data.startswith(b"PK"):
        try:
            return biff.error_cells(data)
        except (ValueError, struct.error, IndexError):
            return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
                return {}
            targets = {}
            for relation in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
                targets[_attribute(relation, "Id")] = _attribute(relation, "Target")
            found = {}
            for place, tag in enumerate(_SHEET.findall(archive.read("xl/workbook.xml"))):
                target = targets.get(_attribute(tag, r"(?:\w+:)id"), "")
                part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                if part in names and archive.getinfo(part).file_size < _LARGEST_PART:
                    errors = _errors_of(archive.read(part))
                    if errors:
                        found[place] = errors
            return found
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError):
        return {}


def _errors_of(part: bytes) -> dict[tuple[int, int], str]:
    if b't="e"' not in part:
        return {}
    found = {}
    for attributes, inside in _ERROR.findall(part):
        place, value = _PLACE.search(attributes), _VALUE.search(inside)
        if place and value:
            column = 0
            for letter in place[1]:
                column = column * 26 + letter - 64
            found[int(place[2]), column - 1] = value[1].decode("utf-8", errors="replace") or "#VALUE!"
    return found


def _attribute(tag: bytes, name: str) -> str:
    found = re.search(rb"\s" + name.encode() + rb'\s*=\s*"([^"]*)"', tag)
    return found[1].decode("utf-8", errors="replace") if found else ""


def read(data: bytes) -> str | list[tuple[str, bool, list[tuple[int, tuple[str, ...]]]]]:
    """Return the sheets as (name, hidden, rows), or the word for why they cannot be read."""
    import python_calamine as calamine

    try:
        errors = error_cells(data)
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            (
                about.name,
                about.visible is not calamine.SheetVisibleEnum.Visible,
                rows_of(book.get_sheet_by_index(place), errors.get(place, {})),
            )
            for place, about in enumerate(book.sheets_metadata)
            if about.typ is calamine.SheetTypeEnum.WorkSheet
        ]
    except (calamine.PasswordError, biff.ProtectedError):
        return PASSWORD
    except (OverflowError, MemoryError):
        return TOO_MANY
    except (calamine.CalamineError, OSError, ValueError):
        return DAMAGED


def limit() -> None:
    """Bound the memory (bytes) and the time (seconds) of this process, where the platform can."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(what, (most, hard))


def main() -> None:
    """Read a workbook from the input and write its sheets to the output."""
    limit()
    gc.disable()
    answer = read(sys.stdin.buffer.read())
    sys.stdout.buffer.write(marshal.dumps(answer))


if __name__ == "__main__":
    main()
