"""The early picture of the next start, made of what the workstation draws itself, and the workstation begun from one.

The picture is made in idle moments and when the clerk leaves, and kept beside the book (`arctui.glance`).
"""

import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from rich.color import ColorSystem
from textual.geometry import Region
from textual.strip import Strip

from arctui.core.drafts import Draft
from arctui.desk import Desk
from arctui.glance import kept
from arctui.glance.kept import Day, Picture
from arctui.glance.view import View
from arctui.store import BookError, beside
from arctui.tui.painter import Painter, Row, cells_of, is_simple
from arctui.tui.panes.worklist import title_of
from arctui.tui.pens import PLAIN, Pen, change, changed_by, on_blank
from arctui.tui.views.entries import Entry, entry, of_row
from arctui.tui.views.header import header, tally
from arctui.tui.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from arctui.tui.app import ArctuiApp
    from arctui.tui.screens.desk import DeskScreen


#: So many rows that were drawn are remembered.
_MOST_DRAWN = 2_000


@dataclass(frozen=True)
class Shot:
    """A picture of how all is now: of which day, in which surroundings, and of which stand of the book."""

    day: Day
    around: str
    content: bytes
    stand: object


@dataclass(frozen=True)
class _First:
    """What the first screen of a day shows: its header, and of so many rows in all the first ones."""

    day: Day
    header: Line
    count: int
    rows: list[tuple[str, Entry]]


class Glancing:
    """Makes the pictures of one screen; what is drawn of a row stays until it looks another way."""

    def __init__(self, screen: "DeskScreen", app: "ArctuiApp") -> None:
        self._screen = screen
        self._painter, self._colours = app.painter, app.console._color_system or ColorSystem.TRUECOLOR
        self._around = ""
        self._base = PLAIN
        # Where header, title and list stand at a start, of no size until that is known.
        self._top = self._title = self._area = Region()
        self._drawn: dict[Entry, list[str]] = {}
        self._titles: dict[tuple[int, int], str] = {}
        # So many rows of the list were drawn in idle moments.
        self._reached = 0

    def go_on(self, seconds: float) -> bool:
        """Draw for about so long what is not drawn yet; return whether all is."""
        end, desk = time.perf_counter() + seconds, self._screen.desk
        if not self._look_around():
            return True
        rows = desk.worklist()
        while self._reached < min(len(rows), kept.ROWS):
            with contextlib.suppress(ValueError):
                self._titled(self._reached, len(rows))
                self._row(entry(desk, rows[self._reached].account))
            self._reached += 1
            if time.perf_counter() > end:
                return False
        return True

    def shots(self, *, coming: bool) -> list[Shot]:
        """Return the picture of how all is now, with `coming` also that of the next business day where it is known.

        There is none where a start would show something else, or where that is not known.
        """
        desk = self._screen.desk
        if not self._look_around() or _goes_on(desk):
            return []
        firsts = [self._today(), *(self._coming() if coming else ())]
        with contextlib.suppress(ValueError):
            stand = _stand(desk)
            return [Shot(f.day, self._around, self._picture(f).encoded(), stand) for f in firsts if f.count]
        return []

    def _today(self) -> _First:
        desk = self._screen.desk
        rows = desk.worklist()
        return _First(
            day=_day(desk, desk.today),
            header=header(tally(desk), self._screen.size.width),
            count=len(rows),
            rows=[(row.account, entry(desk, row.account)) for row in rows[: kept.ROWS]],
        )

    def _coming(self) -> list[_First]:
        """Return the next business day, whose header is not known yet."""
        desk = self._screen.desk
        found = desk.kept.coming(kept.ROWS)
        if found is None:
            return []
        rows = [(row.account, of_row(desk, row)) for row in found.first]
        return [_First(day=_day(desk, found.day), header=(), count=found.size, rows=rows)]

    def _look_around(self) -> bool:
        """Begin anew where terminal or program are other ones; return whether it is known what stands where.

        It is seen where the screen is as at a start.
        """
        screen = self._screen
        around = kept.surroundings((screen.size.width, screen.size.height))
        if around != self._around:
            self._around, self._area, self._reached = around, Region(), 0
            self._drawn, self._titles = {}, {}
        if screen.is_current and screen.front == "worklist" and not screen.prompt.display:
            self._top, self._title = screen.query_one("#header", Lines).region, screen.worklist.title.region
            self._area = screen.accounts.region
            self._base = self._cells(screen.accounts.shown((("x", ""),), 1))[1][0]
        return bool(self._area)

    def _picture(self, first: _First) -> Picture:
        screen = self._screen
        top, title, area = self._top, self._title, self._area
        line = self._cells(screen.query_one("#header", Lines).shown(first.header, top.width))
        fills = self._painter.erases(on_blank(self._base))
        rows = [
            [key, self._titled(place, first.count), *self._row(row)] for place, (key, row) in enumerate(first.rows)
        ]
        return Picture(
            (screen.size.width, screen.size.height),
            (area.x, area.y, area.width, area.height),
            (title.x, title.y),
            screen.accounts.row_height,
            first.count,
            change(PLAIN, self._base),
            fills,
            [(top.y, top.x, self._written(line))],
            rows,
        )

    def _titled(self, place: int, count: int) -> str:
        if (place, count) not in self._titles:
            told = title_of(place, count)
            # With as many blanks as its number may be longer in another row; where blanks are not filled, all.
            fills, width = self._painter.erases(on_blank(self._base)), _width(told) + len(str(kept.ROWS)) - 1
            width = min(self._title.width, width) if fills else self._title.width
            strip = self._screen.worklist.title.shown(told, width)
            self._titles[place, count] = self._written(self._cells(strip))
        return self._titles[place, count]

    def _row(self, row: Entry) -> list[str]:
        if row not in self._drawn:
            if len(self._drawn) > _MOST_DRAWN:
                self._drawn.clear()
            strips = self._screen.accounts.shown_row(row, self._area.width)
            self._drawn[row] = [self._written(self._cells(strip)) for strip in strips]
        return self._drawn[row]

    def _cells(self, strip: Strip) -> Row:
        return self._painter.row(strip, self._colours)

    def _written(self, row: Row) -> str:
        """Return a line as it is kept: characters that all terminals show in the same cells, and their looks."""
        out, pen = [], self._base
        wide = False
        for text, look in zip(*row, strict=True):
            if not text:
                out.append("" if wide else " ")
                continue
            wide = is_simple(text)
            shown = text if wide else "?"
            seen = look if shown != " " or look.marks else Pen(pen.fore, look.back, _unseen(pen))
            out.append(change(pen, seen) + shown)
            pen = seen
        return "".join(out) + change(pen, self._base)


def _unseen(pen: Pen) -> tuple[str, ...]:
    """Return the marks that may stay for a blank, as they do not show on it."""
    return () if on_blank(pen).marks else pen.marks


def _width(line: Line) -> int:
    return sum(cell_len(text) for text, _ in line)


def _goes_on(desk: Desk) -> bool:
    """Would a start go on with a call or a line, not with the list?"""
    drafts = (draft for draft in desk.book.facts.all(Draft) if draft.by == desk.clerk)
    return any(call.session for call in desk.calls.open_calls()) or any(draft.open for draft in drafts)


def _stand(desk: Desk) -> object:
    return (desk.book.stand.seq, desk.book.stand.mark, desk.book.number, desk.book.stand.head)


def _day(desk: Desk, day: date) -> Day:
    if not desk.is_real_day:
        return Day(day.isoformat())
    zone = desk.rules.moment.now.tzinfo
    since, until = (datetime.combine(midnight, hour.min, zone) for midnight in (day, day + timedelta(1)))
    return Day(day.isoformat(), int(since.timestamp()), int(until.timestamp()))


def keep(desk: Desk, shots: Sequence[Shot]) -> None:
    """Keep pictures beside the book, if they are of how it stands on disk now; with those of other surroundings."""
    path = str(desk.book.path)
    with contextlib.suppress(BookError, OSError):
        state = kept.state_of(path)
        desk.book.refresh()
        if not shots or any(shot.stand != _stand(desk) for shot in shots):
            return
        write(path, state, shots)


def write(path: str, state: str, shots: Sequence[Shot]) -> None:
    """Write pictures of a state of the book; a thread may do it. Those that can be used no more go."""
    new = [(shot.day, shot.around, shot.content) for shot in shots]
    names = {(day.date, around) for day, around, _ in new}
    others = [section for section in kept.read(path, state) if (section[0].date, section[1]) not in names]
    with contextlib.suppress(BookError, OSError):
        beside.replace(Path(kept.place_of(path)), [kept.content_of(state, [*new, *others])])


# At the start


def rows_on(view: View, painter: Painter) -> list[Row] | None:
    """Return the lines that the terminal shows of an early picture, None if that is not known."""
    picture = view.picture
    width, height = picture.size
    base = _pen_after(PLAIN, picture.base)
    blank = on_blank(base) if picture.fills else PLAIN
    rows = [([" "] * width, [blank] * width) for _ in range(height)]
    if not painter.erases(blank):
        return None
    for y, x, text in view.pieces():
        pen = base
        for number, part in enumerate(text.split("\x1b[")):
            if number:
                codes, _, part = part.partition("m")
                pen = changed_by(pen, codes)
            texts = cells_of(part)[1]
            if x + len(texts) > width:
                return None
            rows[y][0][x : x + len(texts)] = texts
            rows[y][1][x : x + len(texts)] = [on_blank(pen) if cell == " " else pen for cell in texts]
            x += len(texts)
    return rows


def _pen_after(pen: Pen, text: str) -> Pen:
    for piece in text.split("\x1b[")[1:]:
        pen = changed_by(pen, piece.partition("m")[0])
    return pen


class Beginning:
    """Where the list begins: with the account that the cursor is on in the early picture."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._is_over = False
        #: Was it said that what had been typed is not used?
        self.has_warned = False

    def keys(self, found: list[str], wanted: str) -> tuple[Sequence[str], str]:
        """Return the list, and the key of the row that the cursor goes to: `wanted` from the second time on.

        An account that is not on the list any more is held in it.
        """
        screen = self._screen
        stage = cast("ArctuiApp", screen.app).stage
        if stage is None or self._is_over:
            return found, wanted
        self._is_over = True
        stage.stop()
        key, (cursor, top) = stage.view.account, stage.view.place
        if wanted or not screen.desk.knows(key):
            # What was typed was meant for another account.
            if stage.forget():
                self.has_warned = True
                screen.tell(
                    "the worklist has changed since it was kept: what you have just typed is not used", "warn"
                )
            key = wanted
        else:
            screen.accounts.begin_at(top)
            if key not in found:
                found = [*found[:cursor], key, *found[cursor:]]
        stage.release()
        return found, key
