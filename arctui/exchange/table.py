"""Text files made into rows of clean cells.

Owns what a table may hold, and of text files the encoding, the separator and the quoting. Must not know what any
column means. Rows are counted as a spreadsheet shows them: one number a record, blank ones included, so that a cell
with line breaks in it moves nobody below.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import msgspec

from arctui.core.text import clean
from arctui.exchange.neutral import plain_cell
from arctui.exchange.progress import ROWS, UNWATCHED, Progress
from arctui.exchange.report import ReportError

OPEN_QUOTE = "a quotation mark is not closed"
LONG_CELL = "a cell holds more than 32,767 characters, which no spreadsheet can show"
CUT_ROW = "the row is cut off: the file may be half written, export it again"
TOO_LARGE = "export fewer months or customers"

MOST_ROWS = 1_048_576
"""What a spreadsheet can show, as MOST_COLUMNS."""
MOST_COLUMNS = 16_384
MOST_CELLS = 12_000_000

_LONGEST_CELL = 32_767
_LONGEST_LINE = 1_000_000
_MOST_OPEN_QUOTES = 1_000
_MOST_KNOWN = 20_000

_SEPARATORS = ",;\t|^"
_SEPARATOR_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", "^": "carets", ":": "colons"}
_SAMPLE_LINES = 60
_BINARY_SAMPLE = 64 * 1024
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1b")


class Row(msgspec.Struct, frozen=True, gc=False):
    """One record: its number in the file, its clean cells, and what is wrong with it as a record ("" if nothing).

    `sound`: its cells stand where they should all the same, so that they tell whose row and which invoice it is.
    """

    number: int
    cells: tuple[str, ...]
    fault: str = ""
    sound: bool = False

    def filled(self) -> list[int]:
        """Return the positions of the cells that are not empty."""
        return [i for i, cell in enumerate(self.cells) if cell]


class Table(NamedTuple):
    """The rows of a file, or of one sheet of it, that are not blank, in their order.

    `beside`: the other sheets of the workbook by name, for a report that is spread over several.
    """

    rows: tuple[Row, ...]
    beside: tuple[tuple[str, "Table"], ...] = ()


class Builder:
    """Gathers records into a Table, within what a table may hold."""

    def __init__(self, progress: Progress = UNWATCHED, total: int = 0) -> None:
        """`progress` is told how many of `total` rows are there (0: nobody knows), and may call it off."""
        self.rows: list[Row] = []
        self._progress, self._total = progress, total
        self._known: dict[str, str] = {}
        self._cleaned = lru_cache(_MOST_KNOWN)(clean)
        self._cells = 0

    def add(self, number: int, record: Sequence[str], fault: str = "") -> None:
        """Add a record unless it is blank. Raises ReportError for what is larger than any report, Cancelled."""
        if number % ROWS == 0:
            self._progress.at(min(number, self._total), self._total)
        # Most records need no cleaning, which is quicker to see of the whole than of each cell.
        whole = f"|{'|'.join(record)}|"
        plain = whole.isascii() and whole.isprintable()
        if plain and not ("  " in whole or "| " in whole or " |" in whole):
            cells = record
        else:
            cells = tuple(map(self._cleaned, record))
        if not any(cells):
            return
        if len(whole) > _LONGEST_CELL and max(map(len, cells)) > _LONGEST_CELL:
            fault = fault or LONG_CELL
        # Names and days repeat from row to row: of the first many different texts, each is kept once.
        known = self._known
        if len(known) < _MOST_KNOWN:
            known.update(zip(cells, cells, strict=True))
        self.rows.append(Row(number, tuple(map(known.get, cells, cells)), fault))
        self._cells += len(cells)
        if self._cells > MOST_CELLS or number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            self._refuse(number, len(cells))

    def table(self) -> Table:
        """Return what was gathered."""
        return Table(tuple(self.rows))

    def _refuse(self, number: int, width: int) -> None:
        if width > MOST_COLUMNS:
            raise ReportError(f"row {number} has {width:,} columns: this is no report, export it again")
        if number > MOST_ROWS:
            raise ReportError(f"the file has more than {MOST_ROWS:,} rows: {TOO_LARGE}")
        raise ReportError(f"the file has more than {MOST_CELLS:,} cells: {TOO_LARGE}")


def parse(data: bytes) -> Table:
    """Decode and split the contents of a text file. Raises ReportError if it is empty or no text."""
    return parse_text(*decode(data))[0]


def parse_text(text: str, encoding: str, progress: Progress = UNWATCHED) -> tuple[Table, str]:
    """Split a text into its table; say also how: "CSV, semicolons, UTF-8".

    Raises ReportError if it is empty, Cancelled.
    """
    lines, whole = _lines(text)
    separator = _declared_separator(lines) or _likely_separator(lines)
    builder = Builder(progress, len(lines))
    add = builder.add
    marked = "'" in text
    for number, (record, fault) in enumerate(_records(lines, separator), start=1):
        add(number, [plain_cell(cell) for cell in record] if marked else record, fault)
    if not builder.rows:
        raise ReportError("the file is empty: export the report again")
    if all(row.fault for row in builder.rows):
        raise ReportError(f"no row can be read, {builder.rows[0].fault}: export the report again")
    if not whole:
        _mark_cut_row(builder.rows)
    return builder.table(), f"CSV, {_SEPARATOR_NAMES[separator]}, {encoding}"


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """Return the text of a file and the name of its encoding; `declared` is tried where it is no UTF-8.

    Raises ReportError for bytes that are no text.
    """
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[2:].decode(codec, errors="replace"), "UTF-16"
    sample = data[:_BINARY_SAMPLE]
    unmarked = _unmarked_utf16(sample)
    if unmarked:
        return data.decode(unmarked, errors="replace"), "UTF-16"
    controls = sum(sample.count(byte) for byte in range(32) if byte not in _TEXT_CONTROLS)
    if controls * 10 > len(sample):
        raise ReportError("this is no text file: export the report as CSV or XLSX and import that")
    try:
        text = data.decode("utf-8-sig")
        return text, "UTF-8 with a byte order mark" if data.startswith(b"\xef\xbb\xbf") else "UTF-8"
    except UnicodeDecodeError:
        # One damaged byte must not turn every accent of a UTF-8 file into two wrong letters: in a Windows file
        # hardly any letter is valid UTF-8 by chance.
        text = data.decode("utf-8-sig", errors="replace")
        damaged = text.count("\ufffd")
        sound = len(text) - len(text.encode("ascii", errors="ignore")) - damaged
        if sound > damaged:
            return text, "UTF-8, damaged"
    try:
        return data.decode(declared), declared
    except (LookupError, UnicodeError, ValueError):
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def _unmarked_utf16(sample: bytes) -> str:
    """Return the codec of two-byte text without a mark: the ASCII in it has every other byte nought."""
    pairs = len(sample) // 2
    if pairs < 4:
        return ""
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if second * 4 > pairs and first * 20 < pairs:
        return "utf-16-le"
    return "utf-16-be" if first * 4 > pairs and second * 20 < pairs else ""


def _lines(text: str) -> tuple[list[str], bool]:
    """Split a text at its line ends, whichever they are; say also whether the last line has its end."""
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    quoted = '"' in text
    del text
    last = lines.pop()
    # Only quoted cells have line breaks of their own.
    if len(lines) > MOST_ROWS * (2 if quoted else 1):
        raise ReportError(f"the file has more than {MOST_ROWS:,} rows: {TOO_LARGE}")
    longest = max(max(map(len, lines), default=0), len(last))
    if longest > _LONGEST_LINE:
        number = next((n for n, line in enumerate(lines, start=1) if len(line) == longest), len(lines) + 1)
        raise ReportError(f"line {number} is {longest:,} characters long: this is no report, export it again as CSV")
    lines = [line + "\n" for line in lines]
    return (lines, True) if not last else ([*lines, last], False)


def _declared_separator(lines: Sequence[str]) -> str:
    """Return the separator that Excel's `sep=;` line declares, "" if there is none."""
    first = lines[0].strip("\n\"'") if lines else ""
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") and first[4] in _SEPARATOR_NAMES else ""


def _likely_separator(lines: Sequence[str]) -> str:
    sample = [line for line in lines[:_SAMPLE_LINES] if line.strip()]
    even = {separator: _evenness(sample, separator) for separator in _SEPARATORS}
    best = max(_SEPARATORS, key=even.__getitem__)
    # Colons stand in times and names as well: they part cells only where hardly anything else could.
    colons = {line.count(":") for line in sample}
    if len(colons) == 1 and min(colons) > 1 and even[best] * 2 < len(sample):
        return ":"
    return best


def _evenness(sample: Sequence[str], separator: str) -> int:
    """Say how much of a table a separator makes: its most usual row width, times the rows that have it."""
    try:
        widths = Counter(len(record) for record in csv.reader(sample, delimiter=separator))
    except csv.Error:
        return 0
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _records(lines: Sequence[str], separator: str) -> Iterator[tuple[list[str], str]]:
    """Split lines into records; a record whose quote never closes costs its own line, not those below it."""
    start = faults = 0
    last = len(lines)
    while start < last:
        reader = csv.reader(islice(lines, start, None), delimiter=separator)
        done = start
        try:
            for record in reader:
                end = start + reader.line_num
                # A record of one whole line is well quoted: loose quotes inside it do no harm.
                if (end - done > 1 or end == last) and not _well_quoted(lines[done:end], separator):
                    break
                yield record, ""
                done = end
            else:
                return
        except csv.Error:
            # A quoted cell beyond the size limit: its quote is open as well.
            done = min(done, last - 1)
        faults += 1
        if faults > _MOST_OPEN_QUOTES:
            raise ReportError(f"in more than {_MOST_OPEN_QUOTES:,} rows {OPEN_QUOTE}: export the report again")
        yield lines[done].split(separator), OPEN_QUOTE
        start = done + 1


def _well_quoted(lines: Sequence[str], separator: str) -> bool:
    """Say whether no quote of a record runs on beyond its end."""
    if len(lines) == 1:
        return lines[0].endswith("\n") or lines[0].count('"') % 2 == 0
    try:
        return len(list(csv.reader(lines, delimiter=separator, strict=True))) == 1
    except csv.Error:
        return False


def _mark_cut_row(rows: list[Row]) -> None:
    """Mark a last row without a line end that is shorter than the others, and like none of them.

    A single cell may be a footer, except where all others have the same width.
    """
    last = rows[-1]
    widths = Counter(len(row.cells) for row in rows)
    usual, count = max(widths.items(), key=lambda item: item[1])
    width = len(last.cells)
    if last.fault or len(rows) < 3 or width >= usual or widths[width] > 1:
        return
    if width > 1 or count == len(rows) - 1:
        rows[-1] = msgspec.structs.replace(last, fault=CUT_ROW)
