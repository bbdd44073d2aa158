"""A letter as plain text, for the terminal, a file or an email: nothing is cut, what is long is broken."""

from collections.abc import Iterable, Iterator, Sequence

from arctui.core.letter_values import LetterValues
from arctui.core.text import cell_width, harmless
from arctui.core.text_table import padded
from arctui.letters.breaking import broken, longest_piece
from arctui.letters.paper import LetterPaper
from arctui.letters.rendered import Lines, Paragraph, Part, Rendered, Table

#: Cells of a line, wide letters count two.
WIDTH = 72
#: Cells between two columns, and before what goes on from the line above.
_GAP = 2
_Rows = Sequence[Sequence[str]]


def letter_text(rendered: Rendered, values: LetterValues, paper: LetterPaper) -> str:
    """Write a whole letter in lines of at most 72 cells, without a line break at its end."""
    blocks = [
        _lines(paper.firm),
        _lines(paper.recipient),
        _ends(values.number and f"Letter {values.number}", values.day),
        _broken(rendered.subject),
        *words_of(rendered),
        _lines(paper.signature),
        _lines([paper.foot]),
    ]
    return joined(blocks)


def words_of(rendered: Rendered) -> Iterator[list[str]]:
    """Yield the parts of a letter without its head and signature, each as lines."""
    for part in rendered.parts:
        yield _part(part)


def joined(blocks: Iterable[Sequence[str]]) -> str:
    """Set blocks of lines below each other, a blank line between two of them."""
    return "\n\n".join("\n".join(block) for block in blocks if any(block))


def _part(part: Part) -> list[str]:
    match part:
        case Paragraph(text):
            return _broken(text)
        case Lines(lines):
            return _lines(lines)
        case Table():
            return list(_table(part))


def _broken(text: str, width: int = WIDTH) -> list[str]:
    return broken(" ".join(harmless(text).split()), cell_width, width)


def _lines(lines: Iterable[str]) -> list[str]:
    """Break lines that are too long; what goes on is set in, so that it is seen which belong together."""
    found: list[str] = []
    for line in lines:
        first, *rest = _broken(line)
        if rest:
            first, *rest = _broken(line, WIDTH - _GAP)
        found += [first, *(" " * _GAP + more for more in rest)]
    return found


def _ends(left: str, right: str) -> list[str]:
    """Set two texts on the two ends of a line, below each other where it is too short."""
    room = WIDTH - cell_width(right)
    if cell_width(left) + _GAP > room:
        return _lines(filter(None, (left, right)))
    return [padded(left, room) + right] if right or left else []


def _table(table: Table) -> Iterator[str]:
    every = [table.head, *table.rows, *table.sums]
    widths = _widths(every, table.right, [*table.rows, *table.sums])
    if not widths:
        yield from _one_by_one(table)
        return
    rule = "-" * (sum(widths) + _GAP * (len(widths) - 1))
    yield from _laid(table.head, widths, table.right)
    yield rule
    for row in table.rows:
        yield from _laid(row, widths, table.right)
    if table.sums:
        yield rule
    for row in table.sums:
        yield from _laid(row, widths, table.right)


def _widths(every: _Rows, right: Sequence[bool], figures: _Rows) -> list[int]:
    """Share the line out: each column as wide as it likes, else the widest give way; figures are not broken.

    Empty if there is no room for all of them.
    """
    whole, least = [], []
    for n, to_the_right in enumerate(right):
        whole.append(max(cell_width(row[n]) for row in every))
        unbroken = [cell_width(row[n]) for row in figures] if to_the_right else []
        least.append(max([1, *unbroken, *(int(longest_piece(row[n], cell_width)) for row in every)]))
    room = WIDTH - _GAP * (len(whole) - 1)
    if sum(least) > room:
        return []
    while sum(whole) > room:
        widest = max(range(len(whole)), key=lambda n: (whole[n] > least[n], whole[n]))
        whole[widest] -= 1
    return whole


def _laid(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    cells = [_broken(cell, width) for cell, width in zip(row, widths, strict=True)]
    for line in range(max(map(len, cells))):
        texts = (cell[line] if line < len(cell) else "" for cell in cells)
        laid = (padded(text, widths[n], right=right[n]) for n, text in enumerate(texts))
        yield (" " * _GAP).join(laid).rstrip()


def _one_by_one(table: Table) -> Iterator[str]:
    """Write a table that is too wide row by row, each cell on a line with its head."""
    for row in [*table.rows, *table.sums]:
        named = [f"{head}: {cell}" if head else cell for head, cell in zip(table.head, row, strict=True) if cell]
        first, *rest = named or [""]
        yield from _lines([first])
        for line in rest:
            yield from (" " * _GAP + part for part in _broken(line, WIDTH - _GAP))
