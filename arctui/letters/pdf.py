"""Pages of PDF: text and tables on A4 or Letter paper, fonts embedded, page numbers, text that can be selected.

Any script that a font is found for: ours covers Latin, Greek, Cyrillic, Hebrew, Arabic, Armenian and Georgian; others
are looked for in folders of fonts. What no font has is replaced by a mark, and `Pdf.missing` tells it.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from arctui.core.text import harmless
from arctui.letters.fonts_of import REPLACEMENT, Fonts

#: Where paper is Letter; everywhere else it is A4.
_LETTER = frozenset("US CA MX CL CO CR DO GT NI PA PH PR SV VE".split())
#: Millimetres around the text, and from the foot of the page to its number.
MARGIN, _FOOT = 15.0, 10.0
_FOOT_SIZE = 8.0
#: Points to millimetres, with the room between two lines.
_LEADING = 25.4 / 72 * 1.28
#: Letters from Hebrew to Mongolian are joined, turned round or put together before they are drawn.
_SHAPED = (0x0590, 0x1CFF)

Colour = tuple[int, int, int]
INK: Colour = (20, 20, 20)
DIM: Colour = (105, 105, 105)
BAD: Colour = (170, 25, 25)
_RULE: Colour = (200, 200, 200)


def paper_of(country: str) -> str:
    """Return the paper that a country writes on: "letter" or "a4"."""
    return "letter" if country in _LETTER else "a4"


class Column(NamedTuple):
    """A column of a table: its width in millimetres, to which side, and in how many lines a cell may stand."""

    width: float
    right: bool = False
    lines: int = 1


class Pdf:
    """A document that is written from top to bottom; pages follow each other by themselves. Lengths are in mm."""

    def __init__(
        self,
        title: str,
        paper: str,
        at: datetime,
        *,
        subject: str = "",
        foot: str = "",
        folders: Iterable[Path] = (),
        only_ours: bool = False,
    ) -> None:
        """Begin a document. `foot` stands beside the page's number, `folders` are looked through for fonts first.

        `only_ours`: no other font than our own is looked for.
        """
        from fpdf import FPDF  # takes 0.4 s

        self._pdf = FPDF(format=paper, unit="mm")
        self._foot = foot
        self._fonts = Fonts(self._pdf, folders, only_ours=only_ours)
        self._pdf.set_title(harmless(title))
        self._pdf.set_creator("arctui")
        self._pdf.set_subject(harmless(subject))
        self._pdf.set_creation_date(at)
        self._pdf.set_lang("en")
        self._pdf.set_margins(MARGIN, MARGIN)
        self._pdf.c_margin = 0
        self._pdf.set_auto_page_break(True, MARGIN)
        self._pdf.alias_nb_pages(None)  # type: ignore[arg-type]
        self._pdf.add_page()

    @property
    def width(self) -> float:
        """The width that is written on."""
        return self._pdf.epw

    @property
    def left(self) -> float:
        """How much of the page is still free below."""
        return self._pdf.h - MARGIN - self._pdf.get_y()

    @property
    def pages(self) -> int:
        """How many pages there are by now."""
        return self._pdf.page_no()

    @property
    def missing(self) -> str:
        """The letters for which no font was found, in order."""
        return "".join(sorted(self._fonts.missing))

    @property
    def has_found_fonts(self) -> bool:
        """Is something drawn with a font that was found on this machine?"""
        return self._fonts.found

    def begin_again(self) -> None:
        """Take all pages away; fonts that were found stay."""
        self._pdf.pages.clear()
        self._pdf.page = 0
        self._pdf.add_page()

    def content(self) -> bytes:
        """End the document, number its pages and return it."""
        count = self.pages
        for number in range(1, count + 1):
            self._pdf.page = number
            self._write_foot(f"page {number} of {count}")
        return bytes(self._pdf.output())

    # What stands in it

    def gap(self, height: float) -> None:
        """Leave room."""
        self._pdf.set_y(self._pdf.get_y() + height)

    def rule(self) -> None:
        """Draw a fine line from side to side."""
        self._pdf.set_draw_color(*_RULE)
        self._pdf.set_line_width(0.2)
        y = self._pdf.get_y()
        self._pdf.line(MARGIN, y, MARGIN + self.width, y)
        self.gap(1.2)

    def text(self, text: str, size: float = 10, *, bold: bool = False, colour: Colour = INK, lines: int = 0) -> None:
        """Write a paragraph, in at most so many `lines` (0: as many as it takes); its own line breaks are kept."""
        for part in text.split("\n"):
            shown = self._set(part, size, bold=bold, colour=colour)
            broken = self._broken(shown, self.width, lines or len(shown) + 1)
            for line in broken:
                self._line([(line, self.width, False)], size)

    def table(
        self,
        rows: Iterable[Sequence[str]],
        columns: Sequence[Column],
        size: float = 9,
        *,
        bold: bool = False,
        colour: Colour = INK,
    ) -> None:
        """Write rows of cells. What has no room in its cell is cut, with an ellipsis; a row is not torn by a page."""
        for row in rows:
            cells = []
            for text, column in zip(row, columns, strict=True):
                shown = self._set(text, size, bold=bold, colour=colour)
                cells.append(self._broken(shown, column.width - 1, column.lines))
            height = max(map(len, cells))
            if self.left < height * size * _LEADING:
                self._pdf.add_page()
            for number in range(height):
                line = [
                    (c[number] if number < len(c) else "", w.width, w.right)
                    for c, w in zip(cells, columns, strict=True)
                ]
                self._line(line, size)

    def height(self, lines: int, size: float) -> float:
        """Return how much of a page so many lines take."""
        return lines * size * _LEADING

    def widest(self, texts: Iterable[str], size: float, *, bold: bool = False) -> float:
        """Return the width that the widest of some texts takes."""
        return max((self._width(self._set(text, size, bold=bold, colour=INK)) for text in texts), default=0.0)

    def has_letters_of(self, text: str) -> bool:
        """Is there a font for each letter of a text?"""
        return REPLACEMENT not in self._fonts.drawable(harmless(text).replace(REPLACEMENT, ""))

    # How it is drawn

    def _set(self, text: str, size: float, *, bold: bool, colour: Colour) -> str:
        """Choose the font; return the text as it can be drawn."""
        self._pdf.set_text_color(*colour)
        self._fonts.use(size, bold=bold)
        return self._fonts.drawable(harmless(text))

    def _width(self, text: str) -> float:
        self._shape(text)
        return float(self._pdf.get_string_width(text))

    def _shape(self, text: str) -> None:
        """Let letters be joined and ordered where their script needs it; all else is quicker, and reads back."""
        first, last = _SHAPED
        needed = not text.isascii() and any(first <= ord(c) <= last or unicodedata.combining(c) for c in text)
        self._pdf.set_text_shaping(needed, features={"liga": False} if needed else None)

    def _broken(self, text: str, width: float, most: int) -> list[str]:
        """Break a text at blanks into `most` lines at most; what is too long is cut."""
        lines, current, words = list[str](), "", [word for word in text.split(" ") if word]
        for number, word in enumerate(words):
            longer = f"{current} {word}" if current else word
            if not current or self._width(longer) <= width:
                current = longer
            elif len(lines) + 1 == most:
                return [*lines, self._cut(" ".join([current, *words[number:]]), width)]
            else:
                lines.append(current)
                current = word
        return [self._cut(line, width) for line in (*lines, current)]

    def _cut(self, text: str, width: float) -> str:
        if self._width(text) <= width:
            return text
        # The longest beginning that has room, by halves.
        low, high = 0, len(text)
        while low < high - 1:
            middle = (low + high) // 2
            if self._width(text[:middle].rstrip() + "…") <= width:
                low = middle
            else:
                high = middle
        return text[:low].rstrip() + "…"

    def _line(self, cells: Iterable[tuple[str, float, bool]], size: float) -> None:
        height = size * _LEADING
        if self._pdf.auto_page_break and self.left < height:
            self._pdf.add_page()
        self._pdf.set_x(MARGIN)
        for text, width, right in cells:
            self._shape(text)
            self._pdf.cell(width, height, text, align="R" if right else "L")
        self._pdf.ln(height)

    def _write_foot(self, number: str) -> None:
        self._pdf.set_auto_page_break(False)
        self._pdf.set_y(-_FOOT)
        foot = self._set(self._foot, _FOOT_SIZE, bold=False, colour=DIM)
        room = self.width - self._width(number) - 2
        self._line([(self._cut(foot, room), room, False), (number, self.width - room, True)], _FOOT_SIZE)
