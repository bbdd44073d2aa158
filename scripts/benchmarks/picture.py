"""What a person would see of a program's output: the screen of a terminal, as cells.

It knows what Textual, ncurses, vty and fzf write to an xterm: moves, colours, clearing, scrolling. It is quick, so
that a start can be followed while it goes on; what it does not know it drops.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Sequence

#: A character and the look it has: attributes and colours, as SGR parameters in order.
Cell = tuple[str, tuple[str, ...]]

_BLANK: Cell = (" ", ())
_TOKEN = re.compile(
    r"\x1b\[(?P<mark>[<=>?]?)(?P<numbers>[0-9;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b[\]P_^X].*?(?:\x07|\x1b\\)"
    r"|\x1b[ -/]+[0-~]"
    r"|\x1b(?P<escape>[0-OQ-WYZ\\`-~])"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])",
    re.DOTALL,
)
_TAB = 8
#: Cells up to which writing what stands there already is shorter than a move of the cursor.
_NEAR = 6
#: An SGR parameter that takes it back: which ones go with it.
_ENDS = {
    "22": ("1", "2"), "23": ("3",), "24": ("4",), "25": ("5",), "27": ("7",), "28": ("8",), "29": ("9",),
    "39": ("fg",), "49": ("bg",),
}  # fmt: skip
_COLOURS = {"38": "fg", "48": "bg"}


class Picture:
    """A screen of so many columns and lines, and what was written to it."""

    def __init__(self, columns: int, lines: int) -> None:
        self.columns, self.lines = columns, lines
        #: Does the program want the cursor keys as `ESC O A`?
        self.application_keys = False
        self._rows = [self._blank() for _ in range(lines)]
        self._x = self._y = 0
        self._saved = (0, 0)
        self._top, self._bottom = 0, lines - 1
        self._look: dict[str, str] = {}
        self._style: tuple[str, ...] = ()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._last = " "

    def feed(self, output: bytes) -> None:
        """Take output in; a sequence may be cut off at its end."""
        text = self._rest + self._decoder.decode(output)
        self._rest, place = "", 0
        for token in _TOKEN.finditer(text):
            plain = text[place : token.start()]
            if "\x1b" in plain:
                break
            self._print(plain)
            self._act(token)
            place = token.end()
        plain, mark, rest = text[place:].partition("\x1b")
        self._print(plain)
        self._rest = mark + rest

    @property
    def text(self) -> str:
        """The screen as text, without its looks."""
        return "\n".join("".join([cell[0] for cell in row]).rstrip() for row in self._rows)

    def rows(self) -> list[tuple[Cell, ...]]:
        """All cells, by line, as they are now."""
        return [tuple(row) for row in self._rows]

    def changed(self, before: Sequence[tuple[Cell, ...]]) -> int:
        """Count the lines that look different from what they were before."""
        return sum(tuple(now) != then for now, then in zip(self._rows, before, strict=True))

    def least(self, before: Sequence[tuple[Cell, ...]]) -> int:
        """Count the bytes that nobody could do without who shows the change cell by cell, without scrolling.

        For each stretch of changed cells a move of the cursor, for each other look its parameters; the characters.
        """
        count, look = 0, tuple[str, ...]()
        for y, (now, then) in enumerate(zip(self._rows, before, strict=True)):
            last = -_NEAR
            for x, cell in enumerate(now):
                if cell == then[x]:
                    continue
                count += x - last - 1 if x - last < _NEAR else len(f"\x1b[{y + 1};{x + 1}H")
                if cell[1] != look:
                    look = cell[1]
                    count += len(f"\x1b[{';'.join(('0', *look))}m".replace("fg", "38;").replace("bg", "48;"))
                count += len(cell[0].encode())
                last = x
        return count

    # Characters

    def _blank(self) -> list[Cell]:
        return [_BLANK] * self.columns

    def _print(self, text: str) -> None:
        if not text:
            return
        self._last = text[-1]
        if text.isascii():
            while text:
                self._wrap()
                part = text[: self.columns - self._x]
                self._rows[self._y][self._x : self._x + len(part)] = [(c, self._style) for c in part]
                self._x += len(part)
                text = text[len(part) :]
            return
        for character in text:
            self._put(character)

    def _put(self, character: str) -> None:
        if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
            return
        width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        self._wrap(width)
        for offset, shown in enumerate((character, "")[:width]):
            if self._x + offset < self.columns:
                self._rows[self._y][self._x + offset] = (shown, self._style)
        self._x += width

    def _wrap(self, width: int = 1) -> None:
        if self._x + width > self.columns:
            self._x = 0
            self._feed_line()

    def _feed_line(self) -> None:
        if self._y == self._bottom:
            self._scroll(self._top, 1)
        else:
            self._y = min(self._y + 1, self.lines - 1)

    def _scroll(self, top: int, count: int) -> None:
        """Take lines away at the top and add them at the bottom of what scrolls; the other way for a negative one."""
        for _ in range(min(abs(count), self.lines)):
            leaves, comes = (top, self._bottom) if count > 0 else (self._bottom, top)
            del self._rows[leaves]
            self._rows.insert(comes, self._blank())

    # Sequences

    def _act(self, token: re.Match[str]) -> None:
        if control := token["control"]:
            self._control(control)
        elif escape := token["escape"]:
            self._escape(escape)
        elif final := token["final"]:
            if token["mark"] == "?" and final in "hl":
                self._mode(token["numbers"].split(";"), on=final == "h")
            elif not token["mark"] and not token["between"]:
                self._sequence(final, token["numbers"])

    def _control(self, character: str) -> None:
        match character:
            case "\r":
                self._x = 0
            case "\n" | "\v" | "\f":
                self._feed_line()
            case "\b":
                self._x = max(0, min(self._x, self.columns) - 1)
            case "\t":
                self._x = min(self.columns - 1, (self._x // _TAB + 1) * _TAB)

    def _escape(self, character: str) -> None:
        match character:
            case "7":
                self._saved = (self._x, self._y)
            case "8":
                self._x, self._y = self._saved
            case "M" if self._y == self._top:
                self._scroll(self._top, -1)
            case "M":
                self._y = max(0, self._y - 1)
            case "D":
                self._feed_line()
            case "E":
                self._x = 0
                self._feed_line()

    def _mode(self, numbers: Sequence[str], *, on: bool) -> None:
        if "1" in numbers:
            self.application_keys = on
        if {"47", "1047", "1049"} & set(numbers):
            self._rows = [self._blank() for _ in range(self.lines)]

    def _sequence(self, final: str, numbers: str) -> None:
        if final == "m":
            self._sgr(numbers)
            return
        given = [int(part) if part.isdecimal() else 0 for part in numbers.split(";")]
        count = max(1, given[0])
        moves: dict[str, Callable[[], tuple[int, int]]] = {
            "A": lambda: (self._x, self._y - count),
            "B": lambda: (self._x, self._y + count),
            "C": lambda: (self._x + count, self._y),
            "D": lambda: (self._x - count, self._y),
            "E": lambda: (0, self._y + count),
            "F": lambda: (0, self._y - count),
            "G": lambda: (count - 1, self._y),
            "`": lambda: (count - 1, self._y),
            "d": lambda: (self._x, count - 1),
            "H": lambda: (max(1, given[1] if len(given) > 1 else 1) - 1, count - 1),
            "f": lambda: (max(1, given[1] if len(given) > 1 else 1) - 1, count - 1),
            "u": lambda: self._saved,
        }
        if final in moves:
            x, y = moves[final]()
            self._x, self._y = min(max(x, 0), self.columns - 1), min(max(y, 0), self.lines - 1)
        else:
            self._edit(final, given[0], count, given)

    def _edit(self, final: str, number: int, count: int, given: Sequence[int]) -> None:
        row, x = self._rows[self._y], min(self._x, self.columns - 1)
        empty: Cell = (" ", tuple(part for part in self._style if part.startswith("bg")))
        match final:
            case "K":
                first, last = ((x, self.columns), (0, x + 1), (0, self.columns))[min(number, 2)]
                row[first:last] = [empty] * (last - first)
            case "J":
                self._edit("K", number, count, given)
                above, below = number in (1, 2, 3), number in (0, 2, 3)
                for y in range(self.lines):
                    if (above and y < self._y) or (below and y > self._y):
                        self._rows[y] = [empty] * self.columns
            case "X":
                row[x : x + count] = [empty] * min(count, self.columns - x)
            case "P":
                row[x : x + count] = []
                row.extend([empty] * (self.columns - len(row)))
            case "@":
                row[x:x] = [empty] * count
                del row[self.columns :]
            case "L":
                self._scroll(self._y, -count)
            case "M":
                self._scroll(self._y, count)
            case "S":
                self._scroll(self._top, count)
            case "T":
                self._scroll(self._top, -count)
            case "b":
                self._print(self._last * count)
            case "s":
                self._saved = (self._x, self._y)
            case "r":
                bottom = given[1] if len(given) > 1 and given[1] else self.lines
                self._top, self._bottom = count - 1, min(bottom, self.lines) - 1
                self._x = self._y = 0

    def _sgr(self, numbers: str) -> None:
        """Take attributes and colours over. What looks the same is the same, however it was written."""
        parts = (numbers or "0").replace(":", ";").split(";")
        while parts:
            code = parts.pop(0) or "0"
            if code == "0":
                self._look.clear()
            elif code in _COLOURS:
                length = 2 if parts[:1] == ["5"] else 4
                self._look[_COLOURS[code]] = ";".join(parts[:length])
                del parts[:length]
            elif code in _ENDS:
                for ended in _ENDS[code]:
                    self._look.pop(ended, None)
            elif len(code) > 1 and code[:-1] in ("3", "9", "4", "10"):
                self._look["fg" if code[:-1] in ("3", "9") else "bg"] = code
            else:
                self._look[code] = ""
        self._style = tuple(sorted(f"{name}{value}" for name, value in self._look.items()))
