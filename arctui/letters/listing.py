"""A table of a PDF whose cells are never cut: how wide its columns are, and how its rows follow each other."""

from collections.abc import Iterable, Sequence

from arctui.letters.pdf import DIM, Column, Pdf

#: Millimetres between two columns.
_GAP = 3.0
#: A longer word is broken inside, so that figures have room.
_WORD = 30.0
#: Points: below the least, cells are broken inside of their words instead.
_LEAST, _STEP = 6.0, 0.5

Rows = Sequence[Sequence[str]]


def write(page: Pdf, head: Sequence[str], rows: Rows, right: Sequence[bool], sums: Rows, size: float) -> None:
    """Write a table; see `Pdf.listing`."""
    size, columns = _columns(page, head, rows, right, sums, size)
    broken = [_cells(page, row, columns, size) for row in rows]
    below = [_sum(page, row, columns, size) for row in sums]
    ends = page.height(sum(_lines(cells) for cells, _ in below), size) + 3 if below else 0.0

    def begin() -> None:
        page.rows([_cells(page, head, columns, size)], columns, size, colour=DIM)
        page.rule()

    first = page.height(_lines(_cells(page, head, columns, size)) + (_lines(broken[0]) if broken else 0), size) + 2
    page.together(first + (ends if len(rows) < 2 else 0))
    begin()
    for number, cells in enumerate(broken):
        last = number + 1 == len(broken)
        needed = page.height(_lines(cells), size) + (ends if last else 0)
        if number and page.left < min(needed, page.height(40, size)):
            page.new_page()
            begin()
        page.rows([cells], columns, size, before=begin)
    if below:
        page.gap(0.8)
        page.rule()
        for cells, wider in below:
            page.rows([cells], wider, size, bold=True, before=begin)


def _lines(cells: Iterable[Sequence[str]]) -> int:
    return max(map(len, cells), default=0)


def _cells(
    page: Pdf, row: Sequence[str], columns: Sequence[Column], size: float, *, bold: bool = False
) -> list[list[str]]:
    return [
        page.lines_of(text, column.width - _GAP, size, bold=bold) for text, column in zip(row, columns, strict=True)
    ]


def _sum(
    page: Pdf, row: Sequence[str], columns: Sequence[Column], size: float
) -> tuple[list[list[str]], list[Column]]:
    """Return the cells of a sum and their columns: its words go on into the empty columns after them."""
    texts, wider = list[str](), list[Column]()
    for text, column in zip(row, columns, strict=True):
        if texts and not text and not wider[-1].right:
            wider[-1] = wider[-1]._replace(width=wider[-1].width + column.width)
        else:
            texts.append(text)
            wider.append(column)
    return _cells(page, texts, wider, size, bold=True), wider


def _columns(
    page: Pdf, head: Sequence[str], rows: Rows, right: Sequence[bool], sums: Rows, size: float
) -> tuple[float, list[Column]]:
    """Choose the size of the letters and the widths: figures are not broken as long as that goes."""
    while True:
        whole, least = [], []
        for number, ends_right in enumerate(right):
            cells = [row[number] for row in rows]
            # The words of a sum have the empty columns after them too.
            bold = [row[number] for row in sums if ends_right or all(row[number + 1 : number + 2])]
            wide = max(page.widest([*cells, head[number]], size), page.widest(bold, size, bold=True))
            words = [page.longest_piece(text, size) for text in {head[number], *cells}]
            words += [page.longest_piece(text, size, bold=True) for text in bold]
            whole.append(wide + _GAP)
            figures = max(page.widest(cells, size), page.widest(bold, size, bold=True)) if ends_right else 0.0
            least.append((max([figures, *words]) if ends_right else min(max(words), _WORD)) + _GAP)
        if sum(least) <= page.width or size <= _LEAST:
            break
        size -= _STEP
    return size, [Column(w, r) for w, r in zip(_shared(whole, least, page.width), right, strict=True)]


def _shared(whole: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """Share a width out: each column as wide as it likes, else as it must be, else in proportion to that."""
    if sum(whole) <= width:
        spare = (width - sum(whole)) / len(whole)
        return [wide + spare for wide in whole]
    if sum(least) >= width:
        return [wide * width / sum(least) for wide in least]
    part = (width - sum(least)) / (sum(whole) - sum(least))
    return [must + (like - must) * part for must, like in zip(least, whole, strict=True)]
