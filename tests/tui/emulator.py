"""A terminal in little: what is written to it comes to stand in cells, as a terminal with few whims does it."""

import re
from typing import NamedTuple

from rich.cells import split_graphemes
from textual.app import App

_PIECE = re.compile(
    r"\x1b\[([?<=>]?[0-9;]*\$?)([A-Za-z])|\x1b\].*?(?:\x07|\x1b\\)|([\r\n\a\x18])|([^\x1b\r\n\a\x18]+)", re.DOTALL
)
_ENDS = {"22": "12", "23": "3", "24": "4", "25": "5", "27": "7", "29": "9"}


class Look(NamedTuple):
    """The look of a cell."""

    fore: str = ""
    back: str = ""
    marks: frozenset[str] = frozenset()

    @property
    def of_blank(self) -> "Look":
        """What of it is seen where nothing stands."""
        return self if self.marks & {"4", "7", "9"} else Look(back=self.back)


class Emulator:
    """A screen of so many columns and lines."""

    def __init__(self, width: int, height: int) -> None:
        self.resize(width, height)

    def resize(self, width: int, height: int) -> None:
        """Take another size; what stood there is garbage."""
        self.width, self.height = width, height
        self.x = self.y = 0
        self.look = Look()
        self.cells = [[("#", Look("31"))] * width for _ in range(height)]

    def write(self, text: str) -> None:
        """Take what a program writes; everything has to be known here."""
        place = 0
        for piece in _PIECE.finditer(text):
            assert piece.start() == place, text[place : place + 40]
            place = piece.end()
            codes, kind, control, plain = piece.groups()
            if plain:
                self._put(plain)
            elif control == "\r":
                self.x = 0
            elif control == "\n":
                # The terminal's driver adds a return.
                self.x, self.y = 0, min(self.y + 1, self.height - 1)
            elif kind:
                self._do(kind, codes)
        assert place == len(text), text[place:]

    def _put(self, text: str) -> None:
        for start, end, width in split_graphemes(text)[0]:
            if text[start] == " ":
                # An accent on a blank is not seen.
                end = start + 1
            if not width:
                place = self.x - 1 - (self.x > 1 and self.cells[self.y][self.x - 1][0] == "")
                if place >= 0 and self.cells[self.y][place][0] != " ":
                    before, look = self.cells[self.y][place]
                    self.cells[self.y][place] = (before + text[start:end], look)
                continue
            if self.x + width > self.width:
                continue  # lines do not wrap: what follows the edge is lost
            self._free(self.x, self.x + width)
            self.cells[self.y][self.x] = (text[start:end], self.look)
            for place in range(self.x + 1, self.x + width):
                self.cells[self.y][place] = ("", self.look)
            self.x += width

    def _free(self, first: int, end: int) -> None:
        """What was half of a wide character is a blank, once the other half is gone."""
        row = self.cells[self.y]
        if row[first][0] == "" and first:
            row[first - 1] = (" ", row[first - 1][1])
        if end < self.width and row[end][0] == "":
            row[end] = (" ", row[end][1])

    def _do(self, kind: str, codes: str) -> None:
        count = int(codes) if codes.isdigit() else 1
        match kind:
            case "m":
                self._pen(codes)
            case "H":
                row, _, column = codes.partition(";")
                self.y, self.x = min(int(row or 1), self.height) - 1, min(int(column or 1), self.width) - 1
            case "B":
                self.y = min(self.y + count, self.height - 1)
            case "C":
                self.x = min(self.x + count, self.width - 1)
            case "K":
                self._erase(self.y, self.x, self.width)
            case "X":
                self._erase(self.y, self.x, min(self.x + count, self.width))
            case "J":
                assert codes == "2"
                for y in range(self.height):
                    self._erase(y, 0, self.width)
            case "h" | "l" | "p" | "u" | "t" | "n":
                pass  # modes and questions
            case _:
                raise AssertionError(kind)

    def _erase(self, y: int, first: int, end: int) -> None:
        for x in range(first, end):
            self.cells[y][x] = (" ", Look(back=self.look.back))

    def _pen(self, codes: str) -> None:
        fore, back, marks = self.look
        rest = iter(codes.split(";"))
        for code in rest:
            if code in ("38", "48"):
                kind = next(rest)
                code = ";".join((code, kind, *(next(rest) for _ in range(1 if kind == "5" else 3))))
            if code in ("", "0"):
                fore, back, marks = "", "", frozenset()
            elif code in ("39", "49"):
                fore, back = ("", back) if code == "39" else (fore, "")
            elif code in _ENDS:
                marks -= set(_ENDS[code])
            elif len(code) == 1:
                marks |= {code}
            elif code[0] in "39":
                fore = code
            else:
                back = code
        self.look = Look(fore, back, marks)

    @property
    def text(self) -> str:
        """What stands on the screen, line by line."""
        return "\n".join("".join(text for text, _ in row).rstrip() for row in self.cells)

    @property
    def seen(self) -> list[list[tuple[str, Look]]]:
        """What is seen: a look that does not show on a blank is none."""
        return [[(text, look.of_blank if text == " " else look) for text, look in row] for row in self.cells]


def painted_whole(app: App[None]) -> str:
    """Return what the toolkit by itself would write for the whole screen, in the colours of this app.

    It keeps the codes of a style, and of a line, as they were written first, and styles are shared by all apps of a
    process: what an app before wrote in other colours is forgotten here.
    """
    update = app.screen._compositor.render_full_update()
    for strips in update.strips:
        for strip in strips:
            strip._render_cache = None
            for _, style, _ in strip:
                if style:
                    style._ansi = None
    return update.render_segments(app.console)
