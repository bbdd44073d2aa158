"""Pages of PDF: text and tables on A4 or Letter paper, fonts embedded, page numbers, text that can be selected.

Any script that a font is found for: ours covers Latin, Greek, Cyrillic, Hebrew, Arabic, Armenian and Georgian; others
are looked for in folders of fonts. What no font has is replaced by a mark, and `Pdf.missing` tells it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from arctui.core.text import harmless
from arctui.letters.breaking import longest_piece, right_to_left
from arctui.letters.fonts_of import REPLACEMENT
from arctui.letters.sheets import BAD, DIM, INK, MARGIN, Colour, Column, Margins, Sheets, paper_of

__all__ = ["BAD", "DIM", "INK", "MARGIN", "Colour", "Column", "Margins", "Pdf", "paper_of"]

#: Points below which no letter is made smaller.
_LEAST = 5.0
_RULE: Colour = (200, 200, 200)


class Pdf(Sheets):
    """A document that is written from top to bottom; pages follow each other by themselves. Lengths are in mm."""

    def gap(self, height: float) -> None:
        """Leave room."""
        self._pdf.set_y(self._pdf.get_y() + height)

    def down_to(self, y: float) -> None:
        """Go on so far down the page, from its upper edge."""
        self._pdf.set_y(y)

    def new_page(self) -> None:
        """Begin a page."""
        self._pdf.add_page()

    @contextmanager
    def back_on(self, number: int) -> Iterator[None]:
        """Write on an earlier page, from its upper edge down; then go on where it was left."""
        before, y = self._pdf.page, self.y
        self._pdf.page = number
        self._pdf.set_y(self._pdf.t_margin)
        self._fonts.use(1, bold=True)  # whatever that page was left with, what is written there says its own font
        yield
        self._pdf.page = before
        self._pdf.set_y(y)
        self._fonts.use(1, bold=True)

    def together(self, height: float) -> None:
        """Begin a page if there is less room than this: what takes so much height stays together."""
        if self.left < height and self.y > self._pdf.t_margin:
            self._pdf.add_page()

    def bookmark(self, name: str, level: int = 0) -> None:
        """Name this place in the list of contents that a reader shows; `level` 1 stands below the last one of 0."""
        self._pdf.start_section(harmless(name), level)

    def rule(self) -> None:
        """Draw a fine line from side to side."""
        self._pdf.set_draw_color(*_RULE)
        self._pdf.set_line_width(0.2)
        left = self._pdf.l_margin
        self._pdf.line(left, self.y, left + self.width, self.y)
        self.gap(1.2)

    def text(self, text: str, size: float = 10, *, bold: bool = False, colour: Colour = INK, lines: int = 0) -> None:
        """Write a paragraph, in at most so many `lines` (0: as many as it takes); its own line breaks are kept."""
        for part in text.split("\n"):
            shown = self._set(part, size, bold=bold, colour=colour)
            broken = self._broken(shown, self.width, lines or len(shown) + 1)
            for line in broken:
                self._line([(line, self.width, False)], size, rtl=right_to_left(part))

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
            if self.left < self.height(max(map(len, cells)), size):
                self._pdf.add_page()
            self.rows([cells], columns, size, bold=bold, colour=colour)

    def ends(self, left: str, right: str, size: float = 10) -> None:
        """Write two texts on the two ends of a line, each in as many lines as it takes."""
        half = self.width / 2
        cells = [self.lines_of(left, half, size), self.lines_of(right, half, size)]
        self.rows([cells], [Column(half), Column(half, right=True)], size)

    def rows(
        self,
        rows: Iterable[Sequence[Sequence[str]]],
        columns: Sequence[Column],
        size: float = 9,
        *,
        bold: bool = False,
        colour: Colour = INK,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        """Write rows whose cells are broken into lines already. `before` begins a page that a row goes on to."""
        for cells in rows:
            # Each line of a cell goes the way of the whole, also one that begins with a word of another script.
            turned = [right_to_left(" ".join(cell)) for cell in cells]
            for number in range(max(map(len, cells))):
                if self.left < self.height(1, size):
                    self._pdf.add_page()
                    before()
                self._set("", size, bold=bold, colour=colour)
                line = [
                    (c[number] if number < len(c) else "", w.width, w.right)
                    for c, w in zip(cells, columns, strict=True)
                ]
                self._line(line, size, rtl=turned)

    def paragraph(
        self, text: str, size: float = 10, *, bold: bool = False, colour: Colour = INK, indent: float = 0
    ) -> None:
        """Write a paragraph with nothing cut: words that are too long are broken, its own line breaks are kept.

        One of which each line is written from right to left begins at the right. `indent` is in mm.
        """
        parts = text.split("\n")
        right = all(map(right_to_left, parts))
        for part in parts:
            room = self.width - indent
            for line in self._wrapped(part, room, size, bold=bold, colour=colour):
                x = self._pdf.l_margin + (0 if right else indent)
                self._line([(line, room, right)], size, rtl=right_to_left(part), x=x)

    def lines_of(self, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
        """Break a text as it is written in a width; it may be measured, then written by `text` or in a table."""
        return [line for part in text.split("\n") for line in self._wrapped(part, width, size, bold=bold, colour=INK)]

    def longest_piece(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return the width of the longest word of a text."""
        return longest_piece(self._set(text, size, bold=bold, colour=INK), self._width)

    def box(
        self,
        lines: Iterable[str],
        at: tuple[float, float],
        room: tuple[float, float],
        size: float = 10,
        *,
        bold: bool = False,
        colour: Colour = INK,
        right: bool = False,
        low: bool = False,
    ) -> float:
        """Write lines into a box: its place from the left and upper edge, its width and height. Return where it ends.

        Nothing is cut: lines are broken, and letters are smaller where the box has no room else (down to 5 points).
        `low`: the lines stand at the box's lower edge. They stand to the right if `right`, or if all are written from
        right to left. What is written next stands where it would have stood.
        """
        before, texts = self.y, [part for line in lines for part in line.split("\n")]
        (x, y), (width, height) = at, room
        while True:
            needed = self.height(sum(len(self.lines_of(text, width, size, bold=bold)) for text in texts), size)
            if needed <= height or size <= _LEAST:
                break
            size -= 0.5
        self._pdf.set_y(y + max(0.0, height - needed) if low else y)
        kept = self._pdf.auto_page_break, self._pdf.b_margin
        self._pdf.set_auto_page_break(False, kept[1])
        right = right or all(map(right_to_left, texts))
        for text in texts:
            for line in self._wrapped(text, width, size, bold=bold, colour=colour):
                self._line([(line, width, right)], size, rtl=right_to_left(text), x=x)
        self._pdf.set_auto_page_break(*kept)
        end = self.y
        self._pdf.set_y(before)
        return end

    def image(
        self,
        content: bytes,
        width: float,
        height: float,
        at: tuple[float, float] | None = None,
        *,
        right: bool = False,
    ) -> tuple[float, float]:
        """Place a picture as large as it fits into width and height, as wide as high as it is; return its size.

        It stands `at` a place of the page, or in the run of the text, on the next page if this one has no room. The
        content comes from `pictures.picture`. `right`: it ends where the width ends.
        """
        info = self._picture(content)
        scale = min(width / info["w"], height / info["h"])
        wide, high = info["w"] * scale, info["h"] * scale
        if at is None:
            self.together(high)
        x, y = at or (self._pdf.l_margin, self.y)
        before = self.y
        self._pdf.image(info["name"], x + (width - wide if right else 0), y, wide, high)
        self._pdf.set_y(before if at else y + high)
        return wide, high

    def listing(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        right: Sequence[bool],
        *,
        sums: Sequence[Sequence[str]] = (),
        size: float = 9,
    ) -> None:
        """Write a table with nothing cut; its head is repeated on each page, `sums` stand in bold below a rule.

        `right` tells which columns stand to the right. Cells are broken into lines where they have no room; letters
        are smaller where figures have none. The sums stand on no page without a row.
        """
        from arctui.letters.listing import write

        write(self, head, rows, right, sums, size)

    def widest(self, texts: Iterable[str], size: float, *, bold: bool = False) -> float:
        """Return the width that the widest of some texts takes."""
        return max((self._width(self._set(text, size, bold=bold, colour=INK)) for text in texts), default=0.0)

    def has_letters_of(self, text: str) -> bool:
        """Is there a font for each letter of a text?"""
        return REPLACEMENT not in self._fonts.drawable(harmless(text).replace(REPLACEMENT, ""))


def written(set_pages: Callable[[bool], tuple[Pdf, Callable[[], bytes]]]) -> tuple[bytes, str]:
    """Return the content of a document, and the letters that no font has.

    `set_pages` sets it, with our own fonts only or not, and returns it with what gives its content. Where a font that
    was found turns out to be damaged only when it is drawn with, it is set again with our own alone.
    """
    page, content = set_pages(False)
    try:
        return content(), page.missing
    except Exception:
        if not page.has_found_fonts:
            raise
    page, content = set_pages(True)
    return content(), page.missing
