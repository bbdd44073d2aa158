"""The sheets of a PDF: their paper, fonts, foot and page numbers, and one line of text on them."""

import copy
import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from arctui.core.text import harmless
from arctui.letters.breaking import broken
from arctui.letters.fonts_of import Fonts
from arctui.letters.kept_fonts import KeptFonts

#: Where paper is Letter; everywhere else it is A4.
_LETTER = frozenset("US CA MX CL CO CR DO GT NI PA PH PR SV VE".split())
#: Millimetres around the text, and from the foot of the page to its number.
MARGIN, _FOOT = 15.0, 10.0
_FOOT_SIZE = 8.0
#: Points to millimetres, with the room between two lines.
LEADING = 25.4 / 72 * 1.28
#: Letters from Hebrew to Mongolian are joined, turned round or put together before they are drawn.
_SHAPED = (0x0590, 0x1CFF)

Colour = tuple[int, int, int]
INK: Colour = (20, 20, 20)
DIM: Colour = (105, 105, 105)
BAD: Colour = (170, 25, 25)


def paper_of(country: str) -> str:
    """Return the paper that a country writes on: "letter" or "a4"."""
    return "letter" if country in _LETTER else "a4"


class Margins(NamedTuple):
    """Millimetres around the text."""

    left: float = MARGIN
    top: float = MARGIN
    right: float = MARGIN
    bottom: float = MARGIN


class Column(NamedTuple):
    """A column of a table: its width in millimetres, to which side, and in how many lines a cell may stand."""

    width: float
    right: bool = False
    lines: int = 1


class Sheets:
    """A document whose pages follow each other by themselves; `Pdf` has what stands on them. Lengths are in mm."""

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
        margins: Margins = Margins(),  # noqa: B008  it cannot be changed
        foot_lines: Sequence[str] = (),
        kept: KeptFonts | None = None,
    ) -> None:
        """Begin a document. `foot` stands beside the page's number, `folders` are looked through for fonts first.

        `only_ours`: no other font than our own is looked for. `foot_lines` stand on every page above its number.
        `kept`: our own font, which was read before for many documents.
        """
        from fpdf import FPDF  # takes 0.4 s

        self._pdf = FPDF(format=paper, unit="mm")
        self._foot = foot
        self._kept = kept
        # What was chosen last: it is asked for with each word.
        self._colour: Colour | None = None
        self._shaped = False
        self._fonts = Fonts(self._pdf, folders, only_ours=only_ours, kept=kept)
        self._pdf.set_title(harmless(title))
        self._pdf.set_creator("arctui")
        self._pdf.set_subject(harmless(subject))
        self._pdf.set_creation_date(at)
        self._pdf.set_lang("en")
        self._pdf.set_margins(margins.left, margins.top, margins.right)
        self._pdf.c_margin = 0
        self._foot_lines = [
            part
            for line in foot_lines
            for part in self._wrapped(line, self.width, _FOOT_SIZE, bold=False, colour=DIM)
        ]
        self._pdf.set_auto_page_break(True, margins.bottom + self._foot_height())
        self._pdf.alias_nb_pages(None)  # type: ignore[arg-type]
        self._pdf.add_page()

    @property
    def width(self) -> float:
        """The width that is written on."""
        return self._pdf.epw

    @property
    def left(self) -> float:
        """How much of the page is still free below."""
        return self._pdf.h - self._pdf.b_margin - self._pdf.get_y()

    @property
    def y(self) -> float:
        """How far down the page the next thing will stand."""
        return float(self._pdf.get_y())

    @property
    def pages(self) -> int:
        """How many pages there are by now: the number of the page that is written on."""
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
        self._pdf.set_auto_page_break(False)
        for number in range(1, count + 1):
            self._pdf.page = number
            self._fonts.use(1, bold=True)  # whatever this page was left with, its foot says its own font
            self._write_foot(f"page {number} of {count}")
        return self._kept.output(self._pdf) if self._kept else bytes(self._pdf.output())

    def height(self, lines: int, size: float) -> float:
        """Return how much of a page so many lines take."""
        return lines * size * LEADING

    # How it is drawn

    def _set(self, text: str, size: float, *, bold: bool, colour: Colour) -> str:
        """Choose the font; return the text as it can be drawn."""
        if colour != self._colour:
            self._pdf.set_text_color(*colour)
            self._colour = colour
        self._fonts.use(size, bold=bold)
        return self._fonts.drawable(harmless(text))

    def _wrapped(self, text: str, width: float, size: float, *, bold: bool, colour: Colour) -> list[str]:
        return broken(self._set(text, size, bold=bold, colour=colour), self._width, width)

    def _foot_height(self) -> float:
        return self.height(len(self._foot_lines), _FOOT_SIZE)

    def _width(self, text: str) -> float:
        if not self._shape(text):
            return self._fonts.width(text)
        return float(self._pdf.get_string_width(text))

    def _shape(self, text: str, *, rtl: bool | None = None) -> bool:
        """Let letters be joined and ordered where their script needs it; all else is quicker, and reads back.

        `rtl`: is it of a paragraph that is written from right to left? None: its own first letter tells. Return
        whether it is needed.
        """
        first, last = _SHAPED
        needed = bool(rtl) or (
            not text.isascii() and any(first <= ord(c) <= last or unicodedata.combining(c) for c in text)
        )
        if needed or self._shaped:
            features = {"liga": False} if needed else None
            direction = None if rtl is None else "rtl" if rtl else "ltr"
            self._pdf.set_text_shaping(needed, features=features, direction=direction)
            self._shaped = needed
        return needed

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

    def _picture(self, content: bytes) -> dict[str, Any]:
        """Return what the document knows of a picture: its name in it, its width and height in dots."""
        from fpdf import FPDF

        images: dict[str, Any] = self._pdf.image_cache.images
        kept = self._kept.pictures if self._kept else {}
        name = hashlib.sha256(content).hexdigest()
        if name not in kept:
            scratch = FPDF()
            scratch.add_page()
            kept[name] = scratch.image(content)
        if name not in images:
            images[name] = copy.copy(kept[name])
            images[name].update(i=len(images), usages=0, iccp_i=None)
        return dict(images[name], name=name)

    def _line(
        self,
        cells: Iterable[tuple[str, float, bool]],
        size: float,
        *,
        rtl: bool | Sequence[bool] | None = None,
        x: float | None = None,
    ) -> None:
        """Write a line of cells. `rtl`: which of them is of a text that is written from right to left."""
        height = size * LEADING
        if self._pdf.auto_page_break and self.left < height:
            self._pdf.add_page()
        self._pdf.set_x(self._pdf.l_margin if x is None else x)
        for number, (text, width, right) in enumerate(cells):
            if text:
                self._shape(text, rtl=rtl[number] if isinstance(rtl, Sequence) else rtl)
                self._pdf.cell(width, height, text, align="R" if right else "L")
            else:
                self._pdf.set_x(self._pdf.x + width)
        self._pdf.ln(height)

    def _write_foot(self, number: str) -> None:
        self._pdf.set_y(-_FOOT - self._foot_height())
        for text in self._foot_lines:
            self._set("", _FOOT_SIZE, bold=False, colour=DIM)
            self._line([(text, self.width, False)], _FOOT_SIZE)
        self._pdf.set_y(-_FOOT)
        foot = self._set(self._foot, _FOOT_SIZE, bold=False, colour=DIM)
        room = self.width - self._width(number) - 2
        self._line([(self._cut(foot, room), room, False), (number, self.width - room, True)], _FOOT_SIZE)
