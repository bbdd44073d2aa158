"""A file on disk made into rows of clean cells.

Owns what may be opened, its encoding, its separator and its quoting. Must not know what any column means.
Rows are counted as a spreadsheet shows them: one number a record, blank ones included, so that a cell with
line breaks in it moves nobody below.
"""

import csv
import io
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from arctui.core.text import clean
from arctui.exchange.report import ReportError

LARGEST_FILE = 200 * 1024 * 1024
OPEN_QUOTE = "a quotation mark is not closed"

_SEPARATORS = ",;\t|"
_SAMPLE_LINES = 60
_BINARY_SAMPLE = 64 * 1024
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1b")
_FOREIGN = (
    (b"PK\x03\x04", "this is an Excel workbook or a zip archive: save the sheet as CSV and import that"),
    (b"PK\x05\x06", "this is an empty zip archive: save the report as CSV and import that"),
    (b"\xd0\xcf\x11\xe0", "this is an old Excel workbook: save the sheet as CSV and import that"),
    (b"%PDF", "this is a PDF: export the report as CSV and import that"),
    (b"\x89PNG", "this is an image: export the report as CSV and import that"),
    (b"\xff\xd8\xff", "this is an image: export the report as CSV and import that"),
    (b"GIF8", "this is an image: export the report as CSV and import that"),
    (b"\x1f\x8b", "this is a compressed file: unpack it and import the CSV file inside"),
    (b"{\\rtf", "this is a text document: export the report as CSV and import that"),
)
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml")


class Row(msgspec.Struct, frozen=True, gc=False):
    """One record: its number in the file, its clean cells, and what is wrong with its quoting ("" if nothing)."""

    number: int
    cells: tuple[str, ...]
    fault: str = ""

    def filled(self) -> list[int]:
        """Return the positions of the cells that are not empty."""
        return [i for i, cell in enumerate(self.cells) if cell]


class Table(NamedTuple):
    """The rows of a file, or of one sheet of it, that are not blank, in their order.

    `beside`: the other sheets of the workbook by name, for a report that is spread over several.
    """

    rows: tuple[Row, ...]
    beside: tuple[tuple[str, "Table"], ...] = ()


def load(path: Path) -> Table:
    """Read a regular file.

    Raises ReportError for what is missing, may not be read, is no regular file (a pipe is never opened), is
    larger than 200 MB, or is no text.
    """
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    name = clean(path.name)
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
        raise ReportError(f"'{name}' is {kind}: name a CSV file")
    if status.st_size > LARGEST_FILE:
        raise ReportError(f"'{name}' is larger than 200 MB: export fewer months or customers")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE)
    except OSError as error:
        raise _unreadable(path, error) from None
    return parse(data)


def parse(data: bytes) -> Table:
    """Decode and split the contents of a file.

    Raises ReportError for an empty file, another format, or bytes that are no text.
    """
    _refuse_foreign(data)
    lines = list(io.StringIO(_decode(data).replace("\0", ""), newline=""))
    separator = _declared_separator(lines) or _likely_separator(lines)
    rows = []
    # Names and dates repeat from row to row: each different text is cleaned, and kept, once.
    cleaned: dict[str, str] = {}
    for number, (record, fault) in enumerate(_records(lines, separator), start=1):
        for text in record:
            if text not in cleaned:
                cleaned[text] = clean(text)
        cells = tuple([cleaned[text] for text in record])
        if any(cells):
            rows.append(Row(number, cells, fault))
    if not rows:
        raise ReportError("the file is empty: export the report again")
    return Table(tuple(rows))


def _unreadable(path: Path, error: OSError | ValueError) -> ReportError:
    code = error.errno if isinstance(error, OSError) else None
    why = os.strerror(code).lower() if code else "its name is not valid"
    return ReportError(f"'{clean(path.name)}' cannot be read ({why}): check its name and its rights")


def _refuse_foreign(data: bytes) -> None:
    for magic, why in _FOREIGN:
        if data.startswith(magic):
            raise ReportError(why)
    if data[:256].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        raise ReportError("this is a web page or XML, whatever its name says: save it as CSV and import that")
    sample = data[:_BINARY_SAMPLE]
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in sample)
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and controls * 10 > len(sample):
        raise ReportError("this is no text file: export the report as CSV and import that")


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # One damaged byte must not turn every accent of a UTF-8 file into two wrong letters: in a Windows file
        # hardly any letter is valid UTF-8 by chance.
        text = data.decode("utf-8-sig", errors="replace")
        damaged = text.count("\ufffd")
        sound = sum(character > "\x7f" for character in text) - damaged
        return text if sound > damaged else data.decode("cp1252", errors="replace")


def _declared_separator(lines: Sequence[str]) -> str:
    """Return the separator that Excel's `sep=;` line declares, "" if there is none."""
    first = lines[0].strip("\r\n\"'") if lines else ""
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") and first[4] in _SEPARATORS else ""


def _likely_separator(lines: Sequence[str]) -> str:
    sample = [line for line in lines[:_SAMPLE_LINES] if line.strip()]
    return max(_SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: Sequence[str], separator: str) -> int:
    """Say how much of a table a separator makes: its most usual row width, times the rows that have it."""
    try:
        widths = Counter(len(record) for record in csv.reader(sample, delimiter=separator))
    except csv.Error:
        return 0
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _records(lines: Sequence[str], separator: str) -> Iterator[tuple[list[str], str]]:
    """Split lines into records; a record whose quote never closes costs its own line, not those below it."""
    start = 0
    while start < len(lines):
        reader = csv.reader((lines[i] for i in range(start, len(lines))), delimiter=separator)
        done = 0
        try:
            for record in reader:
                spanned = lines[start + done : start + reader.line_num]
                if not _well_quoted(spanned, separator):
                    break
                yield record, ""
                done = reader.line_num
            else:
                return
        except csv.Error:
            # A quoted cell beyond the size limit: its quote is open as well.
            done = min(done, len(lines) - start - 1)
        yield lines[start + done].split(separator), OPEN_QUOTE
        start += done + 1


def _well_quoted(lines: Sequence[str], separator: str) -> bool:
    """Say whether no quote of a record runs on beyond its end. Loose quotes within one line do no harm."""
    if len(lines) == 1:
        return lines[0].endswith(("\n", "\r")) or lines[0].count('"') % 2 == 0
    try:
        return len(list(csv.reader(lines, delimiter=separator, strict=True))) == 1
    except csv.Error:
        return False
