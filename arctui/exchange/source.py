"""A file opened: what kind of file it is, and its sheets as tables of clean text.

Owns which kinds of file can be read, how large they may be, and which sheet is meant. A file is what its first bytes
say; its name is not believed. Must not know what a column means.
"""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from arctui.core.text import clean
from arctui.exchange.progress import UNWATCHED, Progress
from arctui.exchange.report import Reason, ReportError
from arctui.exchange.table import TOO_LARGE, Table, decode, parse_text

LARGEST_FILE = 100 * 1024 * 1024

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"%PDF", "this is a PDF: export the report as CSV or XLSX and import that"),
    (b"\x89PNG", "this is an image: export the report as CSV or XLSX and import that"),
    (b"\xff\xd8\xff", "this is an image: export the report as CSV or XLSX and import that"),
    (b"GIF8", "this is an image: export the report as CSV or XLSX and import that"),
    (b"II*\0", "this is an image: export the report as CSV or XLSX and import that"),
    (b"MM\0*", "this is an image: export the report as CSV or XLSX and import that"),
    (b"\x1f\x8b", "this is a compressed file: unpack it and import the file inside"),
    (b"7z\xbc\xaf\x27\x1c", "this is a compressed file: unpack it and import the file inside"),
    (b"Rar!", "this is a compressed file: unpack it and import the file inside"),
    (b"{\\rtf", "this is a text document: export the report as CSV or XLSX and import that"),
)
_MARKUP_SAMPLE = 4096
_MARKUP = ("<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style", "<?xml", "<!--", "<workbook")


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
            if sheet.name.casefold() == clean(name).casefold():
                return sheet
        if name.isascii() and name.isdigit() and len(name) < 10 and 0 < int(name) <= len(self.sheets):
            return self.sheets[int(name) - 1]
        names = _listed([s.name for s in self.sheets if s.name]) or "one table without a name"
        raise ReportError(f"there is no sheet '{clean(name)}': the file has {names}")

    def reasons(self) -> tuple[Reason, ...]:
        """Say how the file was read, and which sheets are hidden."""
        hidden = [sheet.name for sheet in self.sheets if sheet.hidden and sheet.table.rows]
        told = [Reason("file", self.format)] if self.format else []
        if hidden:
            told.append(Reason("sheets", f"hidden, read only when named: {_listed(hidden)}"))
        return tuple(told)


def open_source(path: Path) -> Source:
    """Read a regular file into tables.

    Raises ReportError, with one sentence that says what to do, for what is missing, may not be read, is no regular
    file (a pipe is never opened), is too large, or is no table.
    """
    return source_of(contents(path))


def source_of(data: bytes, progress: Progress = UNWATCHED) -> Source:
    """Make the contents of a file into tables. Raises ReportError as `open_source` does, Cancelled."""
    for magic, why in _FOREIGN:
        if data.startswith(magic):
            raise ReportError(why)
    if data[:1] == b"{" and data.lstrip(b"{ \r\n\t").startswith(b'"'):
        raise ReportError("this is JSON, which is not read: export CSV or XLSX, or the archive of a whole book")
    try:
        return _reader(data)(data, progress)
    except MemoryError:
        raise ReportError(f"the file is too large for the memory of this machine: {TOO_LARGE}") from None
    except RecursionError:
        raise ReportError("the file is nested too deeply for a report: export CSV or XLSX and import that") from None


def contents(path: Path) -> bytes:
    """Return the bytes of a regular file of at most 100 MB. Raises ReportError as `open_source` does."""
    name = clean(path.name)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
            raise ReportError(f"'{name}' is {kind}: name a CSV file or a workbook")
        if status.st_size > LARGEST_FILE:
            raise ReportError(f"'{name}' is larger than {LARGEST_FILE >> 20} MB: {TOO_LARGE}")
        with path.open("rb") as file:
            return file.read(LARGEST_FILE)
    except MemoryError:
        raise ReportError(f"'{name}' is too large for the memory of this machine: {TOO_LARGE}") from None
    except ReportError:
        raise
    except (OSError, ValueError) as error:
        code = error.errno if isinstance(error, OSError) else None
        why = os.strerror(code).lower() if code else "its name is not valid"
        folder = clean(str(path.absolute().parent))
        raise ReportError(f"'{name}' cannot be read in {folder} ({why}): check its name and its rights") from None


def choose_sheet(source: Source, name: str = "") -> Sheet:
    """Return the sheet that is meant, with all other sheets beside its table.

    It is the one that is named, by its name or its number from 1; else the only visible one that has rows. Raises
    ReportError that lists the sheets and names `--sheet` where there are several, and where the one has no rows.
    """
    if name:
        chosen = source.named(name)
        if not chosen.table.rows:
            raise ReportError(f"the sheet '{chosen.name}' is empty: name another one")
        return with_others(source, chosen)
    filled = [sheet for sheet in source.sheets if sheet.table.rows]
    visible = [sheet for sheet in filled if not sheet.hidden]
    if len(visible) > 1:
        names = _listed([sheet.name for sheet in visible])
        raise ReportError(f"the workbook has several sheets ({names}): say which one to read with --sheet NAME")
    if visible:
        return with_others(source, visible[0])
    if filled:
        names = _listed([sheet.name for sheet in filled])
        raise ReportError(f"only hidden sheets have rows ({names}): to read one, name it with --sheet NAME")
    raise ReportError("the workbook is empty: export the report again")


def with_others(source: Source, sheet: Sheet) -> Sheet:
    """Return a sheet with all the others of its file beside its table."""
    others = tuple((other.name, other.table) for other in source.sheets if other is not sheet)
    return sheet._replace(table=sheet.table._replace(beside=others))


def _listed(names: list[str]) -> str:
    """List the names of sheets: the first ten."""
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return ", ".join(f"'{name}'" for name in names[:10]) + more


def _reader(data: bytes) -> Callable[[bytes, Progress], Source]:
    """Say by its first bytes what reads a file."""
    if data.startswith(_ZIP):
        return _workbook_zipped
    if data.startswith(_COMPOUND):
        return _workbook_compound
    return _text


def _workbook_zipped(data: bytes, progress: Progress) -> Source:
    from arctui.exchange.workbook import check_zip, read_workbook

    kind = check_zip(data)
    return _source(read_workbook(data, progress), f"workbook ({kind})")


def _workbook_compound(data: bytes, progress: Progress) -> Source:
    from arctui.exchange.workbook import check_compound, read_workbook

    check_compound(data)
    return _source(read_workbook(data, progress), "workbook (XLS)")


def _source(sheets: list[tuple[str, Table, bool]], format_: str) -> Source:
    return Source(tuple(Sheet(name, table, hidden) for name, table, hidden in sheets), format_)


def _text(data: bytes, progress: Progress) -> Source:
    from arctui.exchange import journal, markup

    text, encoding = decode(data, markup.declared_encoding(data))
    start = text[:_MARKUP_SAMPLE].lstrip().lower()
    if start.startswith("mime-version:"):
        return _text(markup.page_of_archive(data), progress)
    if start.startswith("<") and start.startswith(_MARKUP):
        if markup.is_spreadsheet_xml(start):
            return _source(markup.read_xml(text, progress), "workbook (XML)")
        return _source([("", markup.read_html(text, progress), False)], f"web page, {encoding}")
    if journal.is_journal(text):
        return Source((Sheet("", journal.read_journal(text, progress)),), f"journal, {encoding}")
    table, format_ = parse_text(text, encoding, progress)
    return Source((Sheet("", table),), format_)
