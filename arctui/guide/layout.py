"""A chapter as lines of a width: the same for the screen and for the shell."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from arctui.guide.reading import ACTION_KEY, SCREEN_KEY, Block, Text

#: Before a heading, before its text, and before what is code; at the left edge stands the mark of what was found.
_HEADING, _TEXT, _CODE = 1, 3, 5
_ROLES = {"strong": "strong", "code": "say", "link": "accent"}
#: Between the columns of a table; the last one has so many cells at least.
_GAP, _LAST = 2, 12


@dataclass(frozen=True)
class Piece:
    """A piece of a line: its role, and which link of the chapter it belongs to (-1: none)."""

    text: str
    role: str = ""
    link: int = -1


@dataclass(frozen=True)
class Row:
    """A line: its pieces, which block of the chapter it belongs to (-1: a blank line), and which row of that."""

    pieces: tuple[Piece, ...] = ()
    block: int = -1
    part: int = 0

    @property
    def text(self) -> str:
        """The line as it is read."""
        return "".join(piece.text for piece in self.pieces)


#: Returns the key of an action as it works for this user, for the one that stands in the chapter; "" for no action.
Keys = Callable[[str, str], str]


@dataclass(frozen=True)
class Page:
    """A chapter laid out: its lines, and the targets of its links in their order."""

    rows: tuple[Row, ...]
    links: tuple[str, ...]


def lay_out(blocks: Sequence[Block], width: int, keys: Keys, *, with_links: bool = True) -> Page:
    """Return the lines of a chapter in a width. Without links only their words stand there."""
    rows: list[Row] = []
    links: list[str] = []
    before: Block | None = None
    for number, block in enumerate(blocks):
        if before and not (block.kind == before.kind == "item"):
            rows.append(Row())
        for part, pieces in _lines(block, width, keys, links, with_links=with_links):
            rows.append(Row(pieces, number, part))
        before = block
    return Page(tuple(rows), tuple(links))


def _lines(
    block: Block, width: int, keys: Keys, links: list[str], *, with_links: bool
) -> Iterator[tuple[int, tuple[Piece, ...]]]:
    """Return the lines of a block, each with the row of a table or of code that it belongs to."""

    def words(text: Text) -> list[list[Piece]]:
        return list(_words(text, keys, links, with_links=with_links, quoted=block.kind != "table"))

    if block.kind == "code":
        for number, span in enumerate(block.text):
            yield from ((number, line) for line in _code(span.text, width))
    elif block.kind == "table":
        yield from _table([[words(cell) for cell in row] for row in block.cells], width)
    elif block.kind == "heading":
        role = "title" if block.level == 1 else "strong"
        yield from ((0, line) for line in _wrapped(words(block.text), width, _HEADING, role))
    else:
        bullet = f"{' ' * _TEXT}{block.before} " if block.before else " " * _TEXT
        for number, line in enumerate(_wrapped(words(block.text), width, len(bullet))):
            yield 0, line if number else (Piece(bullet), *line[1:])


def _words(text: Text, keys: Keys, links: list[str], *, with_links: bool, quoted: bool) -> Iterator[list[Piece]]:
    """Return the words of a text, each of one piece or of several where its marks change inside it."""
    word: list[Piece] = []
    for span in text:
        shown, role, link = span.text, _ROLES.get(span.mark, ""), -1
        if span.target.startswith((ACTION_KEY, SCREEN_KEY)):
            shown = keys(span.target.removeprefix(ACTION_KEY), shown) or shown
            # A single letter in a sentence is told from a word by more than its colour.
            shown = f"'{shown}'" if quoted and len(shown) == 1 else shown
        elif span.mark == "code" and quoted and " " in shown:
            shown = f"'{shown}'"
        elif span.is_way and with_links:
            link = len(links)
            links.append(span.target)
            shown = f"[{shown}]"
        for number, part in enumerate(shown.split(" ")):
            if number and word:
                yield word
                word = []
            if part:
                word.append(Piece(part, role, link))
    if word:
        yield word


def _wrapped(words: Sequence[list[Piece]], width: int, indent: int, role: str = "") -> Iterator[tuple[Piece, ...]]:
    """Break words into lines, each with its indent as the first piece."""
    line: list[Piece] = [Piece(" " * indent)]
    used, room = 0, max(1, width - indent)
    for word in words:
        length = sum(len(piece.text) for piece in word)
        if used and used + 1 + length > room:
            yield tuple(line)
            line, used = [Piece(" " * indent)], 0
        if used:
            # The blank inside a link is part of it.
            same = line[-1] if line[-1].link == word[0].link and line[-1].role == word[0].role else Piece("")
            line.append(Piece(" ", role or same.role, same.link))
        line += [Piece(piece.text, role or piece.role, piece.link) for piece in word]
        used += length + bool(used)
    yield tuple(line)


def _code(text: str, width: int) -> Iterator[tuple[Piece, ...]]:
    """Return a line of code; what is explained behind it, two blanks between, goes on below without room for it."""
    shown, gap, told = text.partition("  ")
    told = told.strip()
    column = len(shown) + len(gap) + len(text) - len(shown) - len(gap) - len(told) if told else len(text)
    room = width - _CODE - column
    if not told or not shown:
        for start in range(0, max(1, len(text)), max(1, width - _CODE)):
            yield (Piece(" " * _CODE), Piece(text[start : start + max(1, width - _CODE)], "say"))
        return
    if room < _LAST:
        yield (Piece(" " * _CODE), Piece(shown, "say"))
        yield from _wrapped([[Piece(word, "dim")] for word in told.split()], width, _CODE + 2)
        return
    first, *rest = _wrapped([[Piece(word, "dim")] for word in told.split()], width, _CODE + column)
    yield (Piece(" " * _CODE), Piece(shown, "say"), Piece(" " * (column - len(shown))), *first[1:])
    yield from rest


def _table(rows: Sequence[Sequence[list[list[Piece]]]], width: int) -> Iterator[tuple[int, tuple[Piece, ...]]]:
    """Return the lines of a table: every column as wide as it needs, the last one broken in what is left."""
    columns = max(map(len, rows))
    widths = [max(_length(row[n]) for row in rows) for n in range(columns - 1)]
    left = _TEXT + sum(widths) + _GAP * (columns - 1)
    if width - left < _LAST and columns > 1:
        widths[-1] = max(_LAST, widths[-1] - (_LAST - (width - left)))
    for number, row in enumerate(rows):
        cells = [
            [line[1:] for line in _wrapped(cell, size, 0, role="" if number else "dim")]
            for cell, size in zip(row, [*widths, max(_LAST, width - left)], strict=True)
        ]
        for part in range(max(map(len, cells))):
            line = [Piece(" " * _TEXT)]
            for cell, size in zip(cells, [*widths, 0], strict=True):
                pieces = cell[part] if part < len(cell) else ()
                pad = size + _GAP - sum(len(piece.text) for piece in pieces)
                line += [*pieces, *([Piece(" " * pad)] if size and pad > 0 else [])]
            yield number, tuple(line)


def _length(words: Sequence[list[Piece]]) -> int:
    return sum(len(piece.text) for word in words for piece in word) + max(0, len(words) - 1)


def plain(spans: Text) -> str:
    """Return a text without its marks."""
    return "".join(span.text for span in spans)


def block_text(block: Block) -> str:
    """Return all that stands in a block as one text, in which it is searched."""
    if block.kind == "code":
        return "\n".join(span.text for span in block.text)
    return " ".join(plain(text) for text in block.texts if text)
