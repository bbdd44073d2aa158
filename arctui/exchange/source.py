"""A file opened: what kind of file it is, and its sheets as tables of clean text.

Owns which kinds of file can be read. Must not know what a column means.
"""

from pathlib import Path
from typing import NamedTuple

from arctui.exchange.report import ReportError
from arctui.exchange.table import Table, load


class Sheet(NamedTuple):
    """One table of a file. A text file has one, without a name. A hidden one is read only when it is named."""

    name: str
    table: Table
    hidden: bool = False


class Source(NamedTuple):
    """What a file holds. `format` says how it was read: "CSV, semicolons, Windows-1252", "Excel workbook (XLSX)"."""

    sheets: tuple[Sheet, ...]
    format: str = ""

    def named(self, name: str) -> Sheet:
        """Return the sheet of this name, or of this number from 1. Raises ReportError that lists the sheets."""
        for sheet in self.sheets:
            if sheet.name.casefold() == name.casefold():
                return sheet
        if name.isascii() and name.isdigit() and 0 < int(name) <= len(self.sheets):
            return self.sheets[int(name) - 1]
        names = ", ".join(s.name for s in self.sheets if s.name) or "one table without a name"
        raise ReportError(f"there is no sheet '{name}': the file has {names}")


def open_source(path: Path) -> Source:
    """Read a regular file into tables.

    Raises ReportError, with one sentence that says what to do, for what is missing, may not be read, is no regular
    file (a pipe is never opened), is too large, or is no table.
    """
    return Source((Sheet("", load(path)),))
