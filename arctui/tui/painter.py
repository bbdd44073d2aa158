"""Only the cells that changed are sent to the terminal, by the shortest way: that is what counts over a slow line.

Textual sends whole lines of a widget, and the whole screen where the layout may have changed. The painter keeps the
cells that the terminal shows, takes the update that Textual would write, and writes what differs. Each piece begins
and ends with a plain pen, as Textual's own do.

Leans on private names of Textual (the update of a frame); the version is pinned and tests guard the upgrade. Once
anything is not as expected the painter stands aside for good, and Textual writes its updates by itself.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import ne

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from arctui.core.text import acts
from arctui.tui.pens import PLAIN, Pen, change, on_blank, pen_of

#: Terminals, by the beginning of their names, that erase with the background of the pen.
_FILL = ("xterm", "tmux", "linux", "rxvt", "alacritty", "foot", "konsole", "kitty", "putty", "wezterm", "ghostty")
#: From this character on terminals do not agree on how many cells it has.
_EMOJI = "\U0001f000"
#: So many blanks cost more than erasing them, at the end of a line and elsewhere.
_BLANKS_AT_END, _BLANKS = 3, 9


#: A line: what stands in each cell ("" in the second one of a wide character), and how it looks.
Row = tuple[list[str], list[Pen]]


class _UnexpectedError(Exception):
    """An update is not as Textual made them when this was written."""


class Piece(CompositorUpdate):
    """What is written in place of an update: a finished text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def render_segments(self, console: Console) -> str:
        """Return the text."""
        return self.text


class Painter:
    """Knows what a terminal shows."""

    def __init__(self, term: str) -> None:
        self._fills = term.startswith(_FILL)
        # None while it is not known what is on the screen.
        self._shown: list[Row] | None = None
        self._stands_aside = False
        # Is what it takes for shown of somebody else's making? Then the next update has to be the whole screen.
        self._is_taken_over = False
        self._pens: dict[Style | None, Pen] = {None: PLAIN}
        self._colours = ColorSystem.TRUECOLOR

    @property
    def needs_all(self) -> bool:
        """Must the next update be the whole screen?"""
        return (self._shown is None or self._is_taken_over) and not self._stands_aside

    def forget(self) -> None:
        """Take it that nothing is as it was on the screen: the next update paints it as a whole."""
        self._shown = None

    def begin_with(self, rows: list[Row]) -> None:
        """Take it that the terminal shows these lines."""
        self._shown, self._is_taken_over = rows, True

    def row(self, strip: Strip, colours: ColorSystem) -> Row:
        """Return the cells of a line. Raises ValueError for one that would do something else than stand there."""
        self._use(colours)
        try:
            return self._row((strip,))
        except _UnexpectedError:
            raise ValueError("it does not just stand there") from None

    def erases(self, pen: Pen) -> bool:
        """Does erasing leave what a blank of this pen is?"""
        return not pen.marks and (self._fills or pen.back == PLAIN.back)

    def changes(self, update: CompositorUpdate, console: Console) -> CompositorUpdate | None:
        """Return what is to be written in place of an update; None if it changes nothing."""
        if self._stands_aside:
            return update
        try:
            text = self._text(update, console._color_system or ColorSystem.TRUECOLOR)
        except (_UnexpectedError, AttributeError, IndexError, KeyError, TypeError, ValueError):
            self._stands_aside = True
            return update
        return Piece(text) if text else None

    def _text(self, update: CompositorUpdate, colours: ColorSystem) -> str:
        self._use(colours)
        if isinstance(update, LayoutUpdate):
            x, y, width, height = update.region
            whole = {number: self._row(strips) for number, strips in enumerate(update.strips)}
            if x or y or len(whole) != height or any(len(texts) != width for texts, _ in whole.values()):
                raise _UnexpectedError
            if self._shown and (len(self._shown) != height or len(self._shown[0][0]) != width):
                self.forget()
            self._is_taken_over = False
            return self._begin(whole) + self._write(whole, self._shown or [])
        if isinstance(update, ChopsUpdate) and self._shown:
            rows: dict[int, Row] = {}
            for y, first, last in update.spans:
                rows[y] = self._patched(rows.get(y) or self._shown[y], update.chops[y].items(), first, last)
            return self._write(rows, self._shown)
        raise _UnexpectedError

    # What is to be shown

    def _use(self, colours: ColorSystem) -> None:
        if colours is not self._colours:
            self._pens, self._colours = {None: PLAIN}, colours

    def _patched(self, row: Row, parts: Iterable[tuple[int, Strip | None]], first: int, end: int) -> Row:
        """Return a line with its parts as they are now between two cells; what is drawn beside may be wrong."""
        texts, pens = row[0].copy(), row[1].copy()
        for x, strip in parts:
            if strip is None or x >= end or x + strip.cell_length <= first:
                continue
            new, looks = self._row((strip,))
            begin, stop = max(0, first - x), min(len(new), end - x)
            # No half of a wide character.
            begin -= new[begin] == ""
            stop += new[stop : stop + 1] == [""]
            texts[x + begin : x + stop], pens[x + begin : x + stop] = new[begin:stop], looks[begin:stop]
        if len(texts) != len(row[0]):
            raise _UnexpectedError
        return texts, pens

    def _row(self, strips: Iterable[Strip]) -> Row:
        """Return the cells of a line."""
        texts: list[str] = []
        pens: list[Pen] = []
        for strip in strips:
            for text, style, _ in strip:
                cells: Iterable[str] = text
                if not (text.isascii() and text.isprintable()):
                    mark, cells = cells_of(text)
                    if mark and texts and texts[-1] != " ":
                        texts[-1 - (texts[-1] == "")] += mark
                pen = self._pens.get(style) or self._new_pen(style)
                blank = on_blank(pen)
                texts += cells
                pens += [blank if cell == " " else pen for cell in cells]
        return texts, pens

    def _new_pen(self, style: Style | None) -> Pen:
        pen = self._pens[style] = pen_of(Strip.render_ansi(style, self._colours) if style else "")
        return pen

    # What is written

    def _begin(self, rows: dict[int, Row]) -> str:
        """Clear a screen that is not known, in the colour that most of it gets; return what is written for it."""
        if self._shown is not None:
            return ""
        width = len(rows[0][0])
        found = Counter(
            p for texts, pens in rows.values() for text, p in zip(texts, pens, strict=True) if text == " "
        )
        pen = next((pen for pen, _ in found.most_common() if self.erases(pen)), None)
        if pen is None:
            self._shown = [([""] * width, [PLAIN] * width) for _ in rows]
            return "\x1b[m"
        self._shown = [([" "] * width, [pen] * width) for _ in rows]
        return f"\x1b[m{change(PLAIN, pen)}\x1b[2J{change(pen, PLAIN)}"

    def _write(self, rows: dict[int, Row], shown: list[Row]) -> str:
        """Show these lines; return what is written for it."""
        hand = _Hand(self.erases)
        for y, row in rows.items():
            if row != shown[y]:
                hand.write(y, row, shown[y])
                shown[y] = row
        return hand.finished()


class _Hand:
    """Writes lines: where the cursor is, the pen, and what is written up to now."""

    def __init__(self, erases: Callable[[Pen], bool]) -> None:
        self._erases = erases
        self._out: list[str] = []
        self._pen = PLAIN
        # None where it is not known: at the edge, and behind what has who knows how many cells.
        self._at: tuple[int, int] | None = None

    def finished(self) -> str:
        """Return all that is to be written, with a plain pen at the end."""
        self._out.append(change(self._pen, PLAIN))
        return "".join(self._out)

    def write(self, y: int, row: Row, before: Row) -> None:
        """Write what is not as before in a line."""
        texts, _ = row
        width = len(texts)
        is_sure = _is_sure(texts) and _is_sure(before[0])
        # What lies on one another in terminals that differ is written as a whole, each cell at its place.
        differs = [*map(ne, zip(*row, strict=True), zip(*before, strict=True))] if is_sure else [True] * width
        x = differs.index(True)
        while x < width:
            if texts[x] == " " and (end := self._erase(y, x, row, differs)):
                x = end
            else:
                self._go(y, x, row)
                x = self._put(y, x, row, differs, alone=not is_sure)
            while x < width and not (differs[x] and texts[x]):
                x += 1

    def _erase(self, y: int, x: int, row: Row, differs: list[bool]) -> int:
        """Erase where that is shorter than to write the blanks from a cell on; return the first cell behind them."""
        texts, pens = row
        end, pen, width = x + 1, pens[x], len(texts)
        while end < width and texts[end] == " " and pens[end] == pen:
            end += 1
        at_end = end == width
        while not differs[end - 1]:
            end -= 1
        if end - x <= (_BLANKS_AT_END if at_end else _BLANKS) or not self._erases(pen):
            return 0
        self._go(y, x, row)
        self._take(pen, is_blank=True)
        self._out.append("\x1b[K" if at_end else f"\x1b[{end - x}X")
        return end

    def _put(self, y: int, x: int, row: Row, differs: list[bool], *, alone: bool) -> int:
        """Write a cell and those behind it that differ and need no other pen; return the first cell behind them."""
        texts, pens = row
        width = len(texts)
        self._take(pens[x], is_blank=texts[x] == " ")
        pen, first = pens[x], x
        x += 1
        while x < width and not texts[x]:
            x += 1
        blank = on_blank(pen)
        while x < width and not alone and differs[x]:
            if texts[x] != " ":
                if pens[x] is not pen:
                    break
            elif texts[x + 1 : x + 2] in ([" "], []) or pens[x] != blank:
                # Several blanks may be shorter to erase.
                break
            x += 1
        self._out += texts[first:x]
        self._at = None if alone or x == width else (y, x)
        return x

    def _go(self, y: int, x: int, row: Row) -> None:
        """Bring the cursor to a cell; what stands on the way may be written again."""
        if self._at == (y, x):
            return
        way = f"\x1b[{y + 1}{f';{x + 1}' if x else ''}H"
        if self._at is not None:
            line, column = self._at
            gap = x - column
            if line == y and gap > 0:
                way = f"\x1b[{gap}C" if gap > 1 else "\x1b[C"
                if gap <= len(way) and self._suits(row, column, x):
                    between = "".join(row[0][column:x])
                    way = between if len(between.encode()) <= len(way) else way
            elif not gap and line < y:
                way = f"\x1b[{y - line}B" if y - line > 1 else "\x1b[B"
        self._out.append(way)
        self._at = (y, x)

    def _suits(self, row: Row, first: int, end: int) -> bool:
        """May cells be written with the pen as it is?"""
        blank = on_blank(self._pen)
        return all(
            pen == (blank if text == " " else self._pen)
            for text, pen in zip(row[0][first:end], row[1][first:end], strict=True)
        )

    def _take(self, pen: Pen, *, is_blank: bool) -> None:
        """Change the pen; for a blank only as far as it shows."""
        if is_blank and not pen.marks:
            seen = () if on_blank(self._pen).marks else self._pen.marks
            pen = Pen(self._pen.fore, pen.back, seen)
        self._out.append(change(self._pen, pen))
        self._pen = pen


def _is_sure(texts: list[str]) -> bool:
    """Does every terminal have the same characters of a line in the same cells?"""
    line = "".join(texts)
    if line.isascii():
        return len(line) == len(texts)
    return len(line) == len(texts) - texts.count("") and max(line, default="") < _EMOJI


def is_simple(cell: str) -> bool:
    """Has every terminal what stands in one cell, or in two, just there?"""
    return len(cell) == 1 and cell < _EMOJI and cell.isprintable()


@lru_cache(maxsize=1024)
def cells_of(text: str) -> tuple[str, list[str]]:
    """Return what belongs to the cell before a text (an accent), and what stands in its own cells."""
    # What would act takes no cell, whoever wrote it: it is left out.
    text = "".join(character for character in text if not acts(character))
    before, cells = "", []
    for start, end, width in split_graphemes(text)[0]:
        if width:
            cells += [text[start:end], *[""] * (width - 1)]
        else:
            before += text[start:end]
    return before, cells
