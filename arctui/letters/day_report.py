"""The day's report as a page of PDF: one page, as the owner of the firm reads it in a minute."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from arctui.core import day_report_words as words
from arctui.core.day_flows import What
from arctui.core.day_report import DayReport
from arctui.letters.day_report_text import Room
from arctui.letters.pdf import BAD, DIM, INK, Column, Pdf, paper_of, written

_SIZE, _SMALL = 9.0, 8.0
#: Millimetres between columns, and of names: the longest of an account, the least of a clerk.
_GAP, _LONGEST_NAME, _LEAST_NAME = 3.0, 52.0, 22.0


_ROOMS = (
    Room(2, 2, 10, 40),
    Room(2, 1, 10, 40),
    Room(1, 1, 10, 40),
    Room(1, 1, 10, 12),
    Room(1, 1, 8, 8),
    Room(1, 1, 6, 6),
    Room(1, 1, 5, 5, 7.0),
    Room(1, 1, 3, 3, 7.0),
)


def pdf(report: DayReport, country: str, folders: Iterable[Path] = ()) -> tuple[bytes, str]:
    """Write the report for the paper of a country; return the file's content, and the letters that no font has.

    It is one page, as far as that goes: what there is no room for is left out at the end of its lists. Where a font
    that was found turns out to be damaged only when it is drawn with, the report is made with our own alone.
    """

    def set_pages(only_ours: bool) -> tuple[Pdf, Callable[[], bytes]]:
        page = _laid_out(report, country, folders, only_ours=only_ours)
        return page, page.content

    return written(set_pages)


def _laid_out(report: DayReport, country: str, folders: Iterable[Path], *, only_ours: bool) -> Pdf:
    made = f"made {report.at:%Y-%m-%d %H:%M}"
    about = f"day report {report.day} {report.clerk}".rstrip()
    title, paper = words.title(report), paper_of(country)
    page = Pdf(title, paper, report.at, subject=about, foot=made, folders=folders, only_ours=only_ours)
    for room in _ROOMS:
        page.begin_again()
        _write(page, report, room)
        if page.pages == 1:
            break
    return page


def _write(page: Pdf, report: DayReport, room: Room) -> None:
    page.text(words.title(report), 15, bold=True, lines=2)
    page.gap(0.8)
    page.text(words.fresh_words(report), _SIZE, colour=BAD if report.freshness.older else DIM, lines=2)
    page.gap(2.5)
    _figures(page, report)
    if report.clerks:
        page.gap(2.5)
        _clerks(page, report, room)
    _worst(page, report, room)
    _tomorrow(page, report, room)
    _head(page, "Review", "")
    for text in words.left_words(report):
        page.text(text, room.size, lines=2)
    for note in words.notes(report):
        page.text(f"– {note}", room.size, colour=DIM, lines=2)
    if page.missing:
        page.text("– letters that no font on this machine has are shown as a mark", room.size, colour=DIM)


def _head(page: Pdf, name: str, text: str) -> None:
    page.gap(2.5)
    page.text(name, 10.5, bold=True)
    page.rule()
    if text:
        page.text(text, _SMALL, colour=DIM, lines=2)


def _figures(page: Pdf, report: DayReport) -> None:
    """Write the table of figures, the day itself in bold."""
    pair = (page.width - 48) / 3
    columns = [Column(48), *(Column(w, right=True) for _ in range(3) for w in (pair * 0.3, pair * 0.7))]
    heads = [Column(48), *(Column(pair, right=True) for _ in range(3))]
    page.table([("", *words.heads(report))], heads, _SMALL, colour=DIM)
    page.rule()
    for row in words.figure_rows(report):
        cells = [text for cell in row.cells for text in cell]
        bad = row.label.strip().startswith(str(What.BROKEN)) and report.now(What.BROKEN).count
        page.table([(_indented(row.label), *cells)], columns, _SIZE, colour=BAD if bad else INK)


def _indented(label: str) -> str:
    """Set a label in by blanks that are not taken for breaks between words."""
    text = label.lstrip(" ")
    return "\u00a0" * (2 * (len(label) - len(text))) + text


def _clerks(page: Pdf, report: DayReport, room: Room) -> None:
    shown = [words.clerk_cells(day, report.home) for day in report.clerks[: room.clerks]]
    table = [words.CLERK_HEADS, *shown]
    widths = [page.widest((row[n] for row in table), _SMALL) + _GAP for n in range(len(words.CLERK_HEADS))]
    first = max(_LEAST_NAME, min(widths[0], page.width - sum(widths[1:])))
    wider = (page.width - first - sum(widths[1:])) / (len(widths) - 1)
    columns = [Column(first), *(Column(w + max(0.0, wider), right=True) for w in widths[1:])]
    page.table([words.CLERK_HEADS], columns, _SMALL, colour=DIM)
    page.rule()
    page.table(shown, columns, _SMALL)
    more = len(report.clerks) - room.clerks
    if more > 0:
        page.text(f"and {more} more", _SMALL, colour=DIM)


def _worst(page: Pdf, report: DayReport, room: Room) -> None:
    _head(page, "Worst", words.worst_head(report))
    shown = report.worst[: room.rows]
    cells = [words.worst_cells(w, report.home) for w in shown]
    names = [_name(page, w.name, w.number) for w in shown]
    _listed(page, [(name, *row[1:]) for name, row in zip(names, cells, strict=True)], (1, 2), room.worst, room.size)


def _tomorrow(page: Pdf, report: DayReport, room: Room) -> None:
    _head(page, "Tomorrow", words.tomorrow_head(report))
    shown = report.tomorrow.first[: room.rows]
    cells = [words.row_cells(r, report.home) for r in shown]
    names = [_name(page, r.name, r.number) for r in shown]
    rows = [(row[0], name, *row[2:]) for name, row in zip(names, cells, strict=True)]
    _listed(page, rows, (2,), room.coming, room.size)


def _name(page: Pdf, name: str, number: str) -> str:
    """Return an account's name, with its number before it where there are no letters for the name."""
    return name if page.has_letters_of(name) else f"{number} {name}".lstrip()


def _listed(page: Pdf, rows: Sequence[Sequence[str]], right: tuple[int, ...], lines: int, size: float) -> None:
    """Write accounts, their why last, in so many lines: names are cut, figures never."""
    if not rows:
        return
    widths = [page.widest((row[n] for row in rows), size) + _GAP for n in range(len(rows[0]) - 1)]
    columns = [Column(min(w, _LONGEST_NAME), right=n in right) for n, w in enumerate(widths)]
    columns = [
        Column(w, right=True) if n in right else c for n, (w, c) in enumerate(zip(widths, columns, strict=True))
    ]
    columns.append(Column(_GAP))
    columns.append(Column(page.width - sum(c.width for c in columns), lines=lines))
    page.table(((*row[:-1], "", row[-1]) for row in rows), columns, size)
