"""Tables in HTML and in the XML of Excel 2003: what many systems write under the name of a workbook.

Owns how a web page becomes rows. Must not know what a column means. Nothing outside the file is ever read: no entity
that a file declares is expanded, and a file that declares any is refused.
"""

import email
import re
from html.parser import HTMLParser
from xml.parsers import expat

from arctui.exchange.progress import UNWATCHED, Progress
from arctui.exchange.report import ReportError
from arctui.exchange.table import MOST_COLUMNS, Builder, Table

_DECLARED = re.compile(rb"(?:charset\s*=|encoding\s*=)\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_PART = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_DEEPEST = 200
#: Parts of an email or a web archive: a page and its pictures.
_MOST_PARTS = 1_000
#: Lines that may begin a part, one without a head too.
_MOST_BORDERS = 50_000
#: Tables of a page: one for each customer of a statement, say.
_MOST_TABLES = 50_000
_BLOCKS = frozenset("address article br caption center dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li p".split())
_UNSEEN = frozenset(("head", "script", "style", "template", "noscript"))
_PAGE_HELP = "this is a web page without a table, whatever its name says: export the report again"


def declared_encoding(data: bytes) -> str:
    """Return the encoding that a page or an XML file says it has, "" if it says none."""
    start = data[:2048]
    found = _DECLARED.search(start) if b"<" in start else None
    return found[1].decode("ascii") if found else ""


def page_of_archive(data: bytes) -> bytes:
    """Return the first web page of a web archive (MHTML). Raises ReportError if it has none."""
    if len(_PART.findall(data)) > _MOST_PARTS or data.count(b"\n--") > _MOST_BORDERS:
        raise ReportError(f"this email or web archive has more than {_MOST_PARTS:,} parts: export CSV or XLSX")
    for part in email.message_from_bytes(data).walk():
        content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(content, bytes) and content.lstrip()[:1] == b"<":
            return content
    raise ReportError("this is an email or a web archive without a table: export the report as CSV or XLSX")


def is_spreadsheet_xml(start: str) -> bool:
    """Say whether the (lower-case) beginning of a file is that of an Excel 2003 XML workbook."""
    return _SPREADSHEET in start and "<html" not in start


def read_html(text: str, progress: Progress = UNWATCHED) -> Table:
    """Make all tables of a page into one, and each line of text outside them into a row, as a spreadsheet shows them.

    Raises ReportError for a page without a table, Cancelled.
    """
    page = _Page(progress)
    page.feed(text)
    page.close()
    page.end_row()
    if not page.has_table or not page.builder.rows:
        raise ReportError(_PAGE_HELP)
    return page.builder.table()


class _Page(HTMLParser):
    """Gathers the rows of a page. Cells of a table inside a cell are rows of their own."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = Builder(progress)
        self.has_table = False
        self._number = 0
        self._unseen = 0
        self._tables = 0
        self._words: list[str] = []
        self._row: list[str] | None = None
        self._in_cell = False
        self._span = 1
        self._below: dict[int, int] = {}  # column -> rows that a cell above still covers

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in ("td", "th"):
            self._end_cell()
            self._start_cell(dict(attrs))
        elif tag == "tr":
            self.end_row()
            self._row = []
        elif tag == "table":
            self.end_row()
            self.has_table = True
            self._tables += 1
            if self._tables > _MOST_TABLES:
                raise ReportError(f"this web page has more than {_MOST_TABLES:,} tables: export CSV or XLSX")
            self._below.clear()
        elif tag in _BLOCKS:
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self.end_row()
            self._row = None
            if tag == "table":
                self._below.clear()
        elif tag in _BLOCKS:
            self._end_block()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._words.append(data)

    def end_row(self) -> None:
        """End the row, or the line of text, that is being read."""
        if self._row is None:
            self._add([self._text()])
            return
        self._end_cell()
        if self._row:
            self._number += 1
            self.builder.add(self._number, self._row)
        self._row = None
        self._below = {column: rows - 1 for column, rows in self._below.items() if rows > 1}

    def _add(self, cells: list[str]) -> None:
        if any(cells):
            self._number += 1
            self.builder.add(self._number, cells)

    def _start_cell(self, attrs: dict[str, str | None]) -> None:
        if self._row is None:
            self._row = []
        while self._below.get(len(self._row)):
            self._row.append("")
        self._in_cell = True
        self._span = _count(attrs.get("colspan"), MOST_COLUMNS)
        rows = _count(attrs.get("rowspan"), 65_536)
        if rows > 1:
            place = len(self._row)
            self._below.update(dict.fromkeys(range(place, place + self._span), rows))

    def _end_cell(self) -> None:
        text = self._text()
        if self._in_cell and self._row is not None:
            self._row.append(text)
            self._row.extend([""] * (self._span - 1))
            if len(self._row) > MOST_COLUMNS:
                raise ReportError(f"row {self._number + 1} has too many columns: this is no report, export it again")
        self._in_cell = False

    def _end_block(self) -> None:
        if self._row is None:
            self._add([self._text()])
        else:
            self._words.append(" ")

    def _text(self) -> str:
        text = " ".join("".join(self._words).split())
        self._words.clear()
        return text


def _count(value: str | None, most: int) -> int:
    """Return a number of columns or rows that a cell covers: 1 where none is told."""
    digits = (value or "").strip()
    return min(most, max(1, int(digits))) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 1


def read_xml(text: str, progress: Progress = UNWATCHED) -> list[tuple[str, Table, bool]]:
    """Return the sheets of an Excel 2003 XML workbook: name, table, whether it is hidden.

    Raises ReportError for a file that declares a document type or entities, is not well formed, or is cut off;
    Cancelled.
    """
    book = _Book(progress)
    # The declaration goes: the text is decoded already, and an encoding named there cannot lead astray.
    try:
        book.parser.Parse(_DECLARATION.sub("", text, count=1).encode("utf-8", errors="replace"), True)
    except expat.ExpatError:
        raise ReportError("the XML of the workbook is damaged or cut off: export the report again") from None
    return book.sheets


class _Book:
    """Gathers the sheets of an XML workbook while it is parsed: no tree is built."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.sheets: list[tuple[str, Table, bool]] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._depth = 0
        self._name = ""
        self._hidden = False
        self._builder = Builder(progress)
        self._number = 0
        self._cells: list[str] = []
        self._after = 0
        self._words: list[str] | None = None
        self._type = ""

    def _refuse(self, *_declared: object) -> None:
        raise ReportError("the XML declares a document type, which no report does: export the report again")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ReportError("the XML is nested too deep for a workbook: export the report again")
        tag = _local(tag)
        told = {_local(name): value for name, value in attributes.items()}
        if tag == "Worksheet":
            self._name, self._hidden = told.get("Name", ""), False
            self._builder, self._number = Builder(self._progress), 0
        elif tag == "Row":
            # A row that is told to stand further down, and rows that stand for several alike (blank ones).
            self._number = max(self._number + 1, _count(told.get("Index"), 1 << 24))
            self._cells, self._after = [], _count(told.get("Span"), 1 << 24) if "Span" in told else 0
        elif tag == "Cell":
            place = max(len(self._cells), _count(told.get("Index"), MOST_COLUMNS) - 1)
            self._cells.extend([""] * (place - len(self._cells)))
            self._cells.append("")
            self._across = _count(told.get("MergeAcross"), MOST_COLUMNS) if told.get("MergeAcross", "0") != "0" else 0
        elif tag in ("Data", "Visible"):
            self._words, self._type = [], told.get("Type", "")

    def _end(self, tag: str) -> None:
        self._depth -= 1
        tag = _local(tag)
        words = "".join(self._words or ())
        if tag == "Data" and self._cells:
            self._cells[-1] = _typed(words, self._type)
            self._words = None
        elif tag == "Visible":
            self._hidden = words.strip() not in ("", "SheetVisible")
            self._words = None
        elif tag == "Cell":
            self._cells.extend([""] * min(self._across, MOST_COLUMNS))
        elif tag == "Row":
            self._builder.add(self._number, self._cells)
            self._number += self._after
        elif tag == "Worksheet":
            self.sheets.append((_clean(self._name), self._builder.table(), self._hidden))

    def _characters(self, text: str) -> None:
        if self._words is not None:
            self._words.append(text)


def _local(name: str) -> str:
    """Return a name without its prefix: "ss:Row" is "Row"."""
    return name.rpartition(":")[2]


def _typed(text: str, kind: str) -> str:
    """Return the text of a cell by its type: numbers and dates as those of a workbook."""
    from arctui.exchange.calamine_reader import number_text

    text = text.strip()
    if kind == "Number":
        try:
            return number_text(float(text))
        except ValueError:
            return text
    if kind == "DateTime":
        return text.removesuffix(".000").removesuffix("T00:00:00").replace("T", " ")
    if kind == "Boolean":
        return {"1": "TRUE", "0": "FALSE"}.get(text, text)
    return text


def _clean(name: str) -> str:
    from arctui.core.text import clean

    return clean(name)
