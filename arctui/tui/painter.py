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
from typing import NamedTuple

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

#: Terminals, by the beginning of their names, that erase with the background of the pen.
_FILL = ("xterm", "tmux", "linux", "rxvt", "alacritty", "foot", "konsole", "kitty", "putty", "wezterm", "ghostty")
#: Attributes that are not ended by 20 and their own number.
_OFF = {"1": "22", "6": "25", "21": "24", "51": "54", "52": "54", "53": "55"}
#: Attributes that do not show on a blank: bold, dim, italic.
_UNSEEN = frozenset("123")
#: From this character on terminals do not agree on how many cells it has.
_EMOJI = "\U0001f000"
#: So many blanks cost more than erasing them, at the end of a line and elsewhere.
_BLANKS_AT_END, _BLANKS = 3, 9


class Pen(NamedTuple):
    """How characters look: the codes of the foreground, the background, and the attributes."""

    fore: str = "39"
    back: str = "49"
    marks: tuple[str, ...] = ()


_PLAIN = Pen()
#: A line: what stands in each cell ("" in the second one of a wide character), and how it looks.
_Row = tuple[list[str], list[Pen]]


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
        self._shown: list[_Row] | None = None
        self._stands_aside = False
        self._pens: dict[Style | None, Pen] = {None: _PLAIN}
        self._colours = ColorSystem.TRUECOLOR

    @property
    def needs_all(self) -> bool:
        """Must the next update be the whole screen?"""
        return self._shown is None and not self._stands_aside

    def forget(self) -> None:
        """Take it that nothing is as it was on the screen: the next update paints it as a whole."""
        self._shown = None

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
        if colours is not self._colours:
            self._pens, self._colours = {None: _PLAIN}, colours
        if isinstance(update, LayoutUpdate):
            x, y, width, height = update.region
            whole = {number: self._row(strips) for number, strips in enumerate(update.strips)}
            if x or y or len(whole) != height or any(len(texts) != width for texts, _ in whole.values()):
                raise _UnexpectedError
            if self._shown and (len(self._shown) != height or len(self._shown[0][0]) != width):
                self.forget()
            return self._begin(whole) + self._write(whole, self._shown or [])
        if isinstance(update, ChopsUpdate) and self._shown:
            rows: dict[int, _Row] = {}
            for y, first, last in update.spans:
                rows[y] = self._patched(rows.get(y) or self._shown[y], update.chops[y].items(), first, last)
            return self._write(rows, self._shown)
        raise _UnexpectedError

    # What is to be shown

    def _patched(self, row: _Row, parts: Iterable[tuple[int, Strip | None]], first: int, end: int) -> _Row:
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

    def _row(self, strips: Iterable[Strip]) -> _Row:
        """Return the cells of a line."""
        texts: list[str] = []
        pens: list[Pen] = []
        for strip in strips:
            for text, style, _ in strip:
                cells = text if text.isascii() and text.isprintable() else _cells(text)
                pen = self._pens.get(style) or self._new_pen(style)
                blank = _on_blank(pen)
                texts += cells
                pens += [blank if cell == " " else pen for cell in cells]
        return texts, pens

    def _new_pen(self, style: Style | None) -> Pen:
        pen = self._pens[style] = _pen(Strip.render_ansi(style, self._colours) if style else "")
        return pen

    # What is written

    def _begin(self, rows: dict[int, _Row]) -> str:
        """Clear a screen that is not known, in the colour that most of it gets; return what is written for it."""
        if self._shown is not None:
            return ""
        width = len(rows[0][0])
        found = Counter(
            p for texts, pens in rows.values() for text, p in zip(texts, pens, strict=True) if text == " "
        )
        pen = next((pen for pen, _ in found.most_common() if self._erases(pen)), None)
        if pen is None:
            self._shown = [([""] * width, [_PLAIN] * width) for _ in rows]
            return "\x1b[m"
        self._shown = [([" "] * width, [pen] * width) for _ in rows]
        return f"\x1b[m{_change(_PLAIN, pen)}\x1b[2J{_change(pen, _PLAIN)}"

    def _erases(self, pen: Pen) -> bool:
        """Does erasing leave what a blank of this pen is?"""
        return not pen.marks and (self._fills or pen.back == _PLAIN.back)

    def _write(self, rows: dict[int, _Row], shown: list[_Row]) -> str:
        """Show these lines; return what is written for it."""
        hand = _Hand(self._erases)
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
        self._pen = _PLAIN
        # None where it is not known: at the edge, and behind what has who knows how many cells.
        self._at: tuple[int, int] | None = None

    def finished(self) -> str:
        """Return all that is to be written, with a plain pen at the end."""
        self._out.append(_change(self._pen, _PLAIN))
        return "".join(self._out)

    def write(self, y: int, row: _Row, before: _Row) -> None:
        """Write what is not as before in a line."""
        texts, pens = row
        differs = [a != b or p != q for a, b, p, q in zip(texts, before[0], pens, before[1], strict=True)]
        if not (_is_sure(texts) and _is_sure(before[0])):
            differs = [True] * len(texts)
        x, width = 0, len(texts)
        while x < width:
            if not differs[x] or not texts[x]:
                x += 1
                continue
            end = _end_of_blanks(row, x)
            last = max((n for n in range(x, end) if differs[n]), default=x) + 1
            at_end = end == width and last - x > _BLANKS_AT_END
            self._go(y, x, row)
            self._take(pens[x], is_blank=texts[x] == " ")
            if (at_end or last - x > _BLANKS) and self._erases(pens[x]):
                self._out.append("\x1b[K" if at_end else f"\x1b[{last - x}X")
                x = last
                continue
            self._out.append(texts[x])
            is_wide = texts[x + 1 : x + 2] == [""]
            is_known = len(texts[x]) == 1 and texts[x] < _EMOJI and x + 1 + is_wide < width
            x += 1 + is_wide
            self._at = (y, x) if is_known else None

    def _go(self, y: int, x: int, row: _Row) -> None:
        """Bring the cursor to a cell; what stands on the way may be written again."""
        ways = [f"\x1b[{y + 1}{f';{x + 1}' if x else ''}H"]
        if self._at is not None:
            line, column = self._at
            if line == y and column <= x:
                ways.append(f"\x1b[{x - column}C" if x - column > 1 else "\x1b[C" * (x - column))
                if x - column < len(ways[0]) and self._suits(row, column, x):
                    ways.append("".join(row[0][column:x]))
            elif column == x and line < y:
                ways.append(f"\x1b[{y - line}B" if y - line > 1 else "\x1b[B")
        self._out.append(min(ways, key=lambda way: len(way.encode())))
        self._at = (y, x)

    def _suits(self, row: _Row, first: int, end: int) -> bool:
        """May cells be written with the pen as it is?"""
        blank = _on_blank(self._pen)
        return all(
            pen == (blank if text == " " else self._pen)
            for text, pen in zip(row[0][first:end], row[1][first:end], strict=True)
        )

    def _take(self, pen: Pen, *, is_blank: bool) -> None:
        """Change the pen; for a blank only as far as it shows."""
        if is_blank and not pen.marks:
            seen = () if _on_blank(self._pen).marks else self._pen.marks
            pen = Pen(self._pen.fore, pen.back, seen)
        self._out.append(_change(self._pen, pen))
        self._pen = pen


def _end_of_blanks(row: _Row, x: int) -> int:
    """Return where the blanks of one look end that begin at a cell; the cell itself if it is none."""
    texts, pens = row
    end = x
    while end < len(texts) and texts[end] == " " and pens[end] == pens[x]:
        end += 1
    return end


def _is_sure(texts: list[str]) -> bool:
    """Does every terminal have the same characters of a line in the same cells?"""
    line = "".join(texts)
    return len(line) == len(texts) - texts.count("") and max(line, default="") < _EMOJI


@lru_cache(maxsize=1024)
def _cells(text: str) -> list[str]:
    """Return what stands in the cells of a text. Raises _UnexpectedError if it would do something else than stand."""
    if any(character < " " or "\x7f" <= character < "\xa0" for character in text):
        raise _UnexpectedError
    cells: list[str] = []
    for start, end, width in split_graphemes(text)[0]:
        # What has no cell of its own and nothing to stand on is left out.
        cells += [text[start:end], *[""] * (width - 1)] if width else ()
    return cells


@lru_cache(maxsize=1024)
def _pen(codes: str) -> Pen:
    """Return the pen for the codes of a style."""
    fore, back = _PLAIN.fore, _PLAIN.back
    marks: list[str] = []
    rest = iter(filter(None, codes.split(";")))
    for code in rest:
        if code in ("38", "48"):
            kind = next(rest, "")
            code = ";".join([code, kind, *(next(rest, "") for _ in range(3 if kind == "2" else 1))])
        if (code[0] == "3" and len(code) > 1) or (code[0] == "9" and len(code) == 2):
            fore = code
        elif (code[0] == "4" and len(code) > 1) or code.startswith("10"):
            back = code
        else:
            marks.append(code)
    return Pen(fore, back, tuple(marks))


@lru_cache(maxsize=1024)
def _on_blank(pen: Pen) -> Pen:
    """Return the pen that a blank shows."""
    return Pen(back=pen.back) if _UNSEEN.issuperset(pen.marks) else pen


@lru_cache(maxsize=4096)
def _change(before: Pen, after: Pen) -> str:
    """Return the shortest text that changes the pen."""
    if before == after:
        return ""
    off = dict.fromkeys(_OFF.get(mark, f"2{mark}") for mark in before.marks if mark not in after.marks)
    on = [m for m in after.marks if m not in before.marks or _OFF.get(m, f"2{m}") in off]
    codes = [*off, *on]
    codes += [now for was, now in zip(before[:2], after[:2], strict=True) if was != now]
    anew = ["0", *after.marks, *(now for plain, now in zip(_PLAIN[:2], after[:2], strict=True) if plain != now)]
    if after == _PLAIN:
        return "\x1b[m"
    return min((f"\x1b[{';'.join(way)}m" for way in (codes, anew)), key=len)
