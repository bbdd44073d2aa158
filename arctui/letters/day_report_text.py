"""The day's report as a page of plain text, 80 columns wide, and as Markdown."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from arctui.core import day_report_words as words
from arctui.core.day_report import DayReport
from arctui.core.text import cell_width, harmless
from arctui.core.text_table import broken, cut, padded, table

WIDTH = 80
#: Lines of a page of paper at six to the inch, with a margin above and below.
PAGE = 62
_LONGEST_NAME, _WHOLE_NAME, _LONGEST_LABEL, _LEAST_LABEL = 24, 44, 26, 16
#: Cells for the why, at least.
_LEAST_WHY = 12
#: The day is the end of the title, so it is not cut.
_TITLE_LINES = 8


class Room(NamedTuple):
    """How long a page may be: lines for each why of the worst, and of tomorrow's; rows in each list, and clerks.

    `size` is that of the lists on a printed page, in points.
    """

    worst: int
    coming: int
    rows: int
    clerks: int
    size: float = 8.0


#: From the most that a page has room for to the least.
_ROOMS = (
    Room(2, 2, 10, 99),
    Room(2, 1, 10, 99),
    Room(1, 1, 10, 12),
    Room(1, 1, 7, 8),
    Room(1, 1, 5, 5),
    Room(1, 1, 3, 3),
)


def page(report: DayReport) -> list[str]:
    """Write the report on one page of text: what it has no room for is left out at the end of its lists."""
    for room in _ROOMS:
        lines = _page(report, room)
        if len(lines) <= PAGE:
            break
    return lines


def _page(report: DayReport, room: Room) -> list[str]:
    blocks = [
        [*broken(words.title(report), WIDTH, _TITLE_LINES), *broken(words.fresh_words(report), WIDTH, 2)],
        figures(report),
        clerks(report, room.clerks),
        [
            *_head("WORST", words.worst_head(report)),
            *_listed([words.worst_cells(w, report.home) for w in report.worst[: room.rows]], (1, 2), 0, room.worst),
        ],
        [
            *_head("TOMORROW", words.tomorrow_head(report)),
            *_listed(
                [words.row_cells(r, report.home) for r in report.tomorrow.first[: room.rows]], (2,), 1, room.coming
            ),
        ],
        [*_heads("REVIEW", words.left_words(report)), *(n for note in words.notes(report) for n in _note(note))],
    ]
    return [harmless(line) for block in blocks if block for line in ("", *block)][1:]


def _head(name: str, text: str) -> list[str]:
    first, *rest = broken(f"{name}  {text}", WIDTH, 2)
    return [first, *(f"  {line}" for line in rest)]


def _heads(name: str, texts: Sequence[str]) -> list[str]:
    return [*_head(name, texts[0]), *(f"  {line}" for text in texts[1:] for line in broken(text, WIDTH - 2, 2))]


def _note(text: str) -> list[str]:
    first, *rest = broken(text, WIDTH - 2, 2)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def figures(report: DayReport, width: int = WIDTH) -> list[str]:
    """Lay the table of figures out: a label and three columns, each a count and an amount.

    Amounts are written whole where there is no room for their cents.
    """
    heads = words.heads(report)
    for cents in (True, False):
        rows = words.figure_rows(report, cents=cents)
        counts = [max(len(row.cells[n][0]) for row in rows) for n in range(3)]
        amounts = [max(len(row.cells[n][1]) for row in rows) for n in range(3)]
        columns = [max(c + a + 2, len(head)) for c, a, head in zip(counts, amounts, heads, strict=True)]
        label = min(_LONGEST_LABEL, width - sum(columns) - 3 * 2)
        if label >= _LEAST_LABEL:
            break
    label = max(_LEAST_LABEL, label)

    def line(name: str, cells: Iterable[str]) -> str:
        shown = (padded(cell, columns[n], right=True) for n, cell in enumerate(cells))
        return "  ".join((padded(cut(name, label), label), *shown)).rstrip()

    def cell(number: int, count: str, amount: str) -> str:
        return f"{count:>{counts[number]}}  {amount:>{amounts[number]}}"

    return [
        line("" if cents else "without cents", heads),
        *(line(row.label, (cell(n, *row.cells[n]) for n in range(3))) for row in rows),
    ]


def clerks(report: DayReport, most: int, width: int = WIDTH) -> list[str]:
    """Lay out a line for each clerk; their names are cut where there is no room for the figures."""
    if not report.clerks:
        return []
    rows = [words.CLERK_HEADS, *(words.clerk_cells(day, report.home) for day in report.clerks[:most])]
    cells = table([row[1:] for row in rows], right=range(len(rows[0])))
    widest = max(map(len, cells))
    if widest > width - _LEAST_WHY - 2:
        # Without cents, and without other currencies.
        whole = [[re.sub(r"\.\d\d\b( \+ .*)?", "", cell) for cell in row[1:]] for row in rows]
        cells = table(whole, right=range(len(rows[0])))
        widest = max(map(len, cells))
    name = max(_LEAST_WHY, min(_LONGEST_NAME, width - widest - 2, max(cell_width(row[0]) for row in rows)))
    lines = [
        cut(f"{padded(cut(row[0], name), name)}  {padded(shown, widest)}".rstrip(), width)
        for row, shown in zip(rows, cells, strict=True)
    ]
    more = len(report.clerks) - most
    return [*lines, f"and {more} more"] if more > 0 else lines


def _listed(rows: Sequence[Sequence[str]], right: Iterable[int], name: int, lines: int) -> list[str]:
    """Lay out accounts: in two lines each, the name whole and why below it; or in one, both cut."""
    if not rows:
        return []
    longest = _LONGEST_NAME if lines == 1 else _WHOLE_NAME
    short = [tuple(cut(cell, longest) if n == name else cell for n, cell in enumerate(row[:-1])) for row in rows]
    if lines > 1:
        starts = [f"  {line}" for line in table(short, right)]
        whys = [f"      {cut(row[-1], WIDTH - 6)}".rstrip() for row in rows]
        return [line for pair in zip(starts, whys, strict=True) for line in pair if line]
    starts = table([(*row, "|") for row in short], right)
    room = max(_LEAST_WHY, WIDTH - 2 - max(map(cell_width, starts)) + 1)
    return [f"  {start[:-1]}{cut(row[-1], room)}".rstrip() for start, row in zip(starts, rows, strict=True)]


# Markdown

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|~&!"})


def markdown(report: DayReport) -> str:
    """Write the report as Markdown with tables; nothing that a name holds is taken for a mark."""
    rows = [
        (row.label.strip(), *(" ".join(filter(None, cell)) for cell in row.cells))
        for row in words.figure_rows(report)
    ]
    parts = [
        f"# {_plain(words.title(report))}",
        _plain(words.fresh_words(report)),
        _table(("", *words.heads(report)), rows, 3),
    ]
    if report.clerks:
        cells = [words.clerk_cells(day, report.home) for day in report.clerks]
        parts.append(_table(words.CLERK_HEADS, cells, len(words.CLERK_HEADS) - 1))
    parts += ["## Worst", _plain(words.worst_head(report))]
    if report.worst:
        worst = [words.worst_cells(w, report.home) for w in report.worst]
        parts.append(_table(("account", "to ask for", "past due", "why"), worst, 0))
    parts += ["## Tomorrow", _plain(words.tomorrow_head(report))]
    if report.tomorrow.first:
        coming = [words.row_cells(r, report.home) for r in report.tomorrow.first]
        parts.append(_table(("", "account", "amount", "why"), coming, 0))
    parts += ["## Review", "  \n".join(map(_plain, words.left_words(report)))]
    if said := words.notes(report):
        parts.append("\n".join(f"- {_plain(note)}" for note in said))
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    # A line break would tear a table, or begin a heading.
    return " ".join(harmless(text).split()).translate(_SPECIAL)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: int) -> str:
    """Write a table; its last `right` columns are right-aligned."""
    marks = [" --- "] * (len(heads) - right) + [" ---: "] * right
    lines = [heads, *rows]
    shown = ["| " + " | ".join(map(_plain, line)) + " |" for line in lines]
    return "\n".join([shown[0], "|" + "|".join(marks) + "|", *shown[1:]])
