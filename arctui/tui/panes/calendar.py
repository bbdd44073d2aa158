"""The calendar pane: the month, and below it the agenda from the chosen day on."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from arctui.tui.views.calendar import AgendaRow, DayHead, draw_agenda, is_heading
from arctui.tui.widgets.lines import Line, MadeLines
from arctui.tui.widgets.rowlist import RowList

#: From so many lines of the whole screen on a week may take two.
_TALL_FROM = 28
#: A month: its name and the week-days, then so many weeks of one line or two each.
_MONTH_HEADS, _WEEKS, _WEEK = 2, 6, range(7)
#: Months counted from year 0.
_FIRST_MONTH, _LAST_MONTH = date.min.year * 12, date.max.year * 12 + 11


class MonthGrid(MadeLines):
    """A month; the arrows choose a day."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--heat{level}" for level in (1, 2, 3)}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "day(-1)", show=False),
        Binding("right", "day(1)", show=False),
        Binding("up,k", "day(-7)", show=False),
        Binding("down,j", "day(7)", show=False),
        Binding("pageup,ctrl+u", "month(-1)", show=False),
        Binding("pagedown,ctrl+d,space", "month(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end,G", "edge(1)", show=False),
    ]

    class Chosen(Message):
        """Another day was chosen."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

        def can_replace(self, message: Message) -> bool:
            """While keys are held only the last day counts."""
            return isinstance(message, MonthGrid.Chosen)

    def __init__(self) -> None:
        super().__init__(id="month")
        self.day = date.min

    def on_click(self, event: events.Click) -> None:
        """Choose the day of the month that was clicked on; in a week the arrows choose."""
        weeks = self.line_count - _MONTH_HEADS
        row, column = event.y + self.scroll_offset.y - _MONTH_HEADS, event.x // max(4, (self.size.width - 1) // 7)
        if weeks in (_WEEKS, 2 * _WEEKS) and row >= 0 and column < len(_WEEK):
            first = self.day.replace(day=1)
            ordinal = first.toordinal() - first.weekday() + row // (weeks // _WEEKS) * 7 + column
            day = date.fromordinal(max(1, min(ordinal, date.max.toordinal())))
            if day.month == first.month and not getattr(self.screen, "is_typed_in", False):
                self.choose(day)

    def choose(self, day: date) -> None:
        """Choose a day and say so."""
        if day != self.day:
            self.day = day
            self.post_message(self.Chosen(day))

    def action_day(self, by: int) -> None:
        """Go so many days on, as far as there are days."""
        ordinal = self.day.toordinal() + by
        self.choose(date.fromordinal(max(date.min.toordinal(), min(ordinal, date.max.toordinal()))))

    def action_month(self, by: int) -> None:
        """Go to the same day of another month, or its last."""
        index = max(_FIRST_MONTH, min(self.day.year * 12 + self.day.month - 1 + by, _LAST_MONTH))
        first = date(index // 12, index % 12 + 1, 1)
        self.choose(first.replace(day=min(self.day.day, _length(first))))

    def action_edge(self, last: int) -> None:
        """Go to the first or the last day of the month."""
        first = self.day.replace(day=1)
        self.choose(first.replace(day=_length(first)) if last else first)


def _length(first: date) -> int:
    """Return how many days a month has."""
    return monthrange(first.year, first.month)[1]


class AgendaList(RowList[AgendaRow | DayHead]):
    """The entries. Space is the screen's here: it marks one, it does not page."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "screen.press('space')", show=False)]


class CalendarPane(Vertical):
    """Month and agenda."""

    def __init__(self) -> None:
        super().__init__(id="calendar")
        self.month = MonthGrid()
        self.agenda = AgendaList(self._draw, passes=is_heading, id="agenda")
        self.title = MadeLines(id="agenda-title")
        self.title.can_focus = False
        self._make: Callable[[int, bool], list[Line]] = lambda *_: []
        self._title: Callable[[int], Line] = lambda _: ()

    def compose(self) -> ComposeResult:
        """Lay out month, title and agenda."""
        yield self.month
        yield self.title
        yield self.agenda

    def _draw(self, row: AgendaRow | DayHead, width: int, has_cursor: bool) -> Sequence[Line]:
        return draw_agenda(row, width, has_cursor, tall=self.agenda.row_height > 1)

    def show_days(self, make: Callable[[int, bool], list[Line]], title: Callable[[int], Line]) -> None:
        """Show the days that `make` returns for a width, with room for two lines a week or not; `title` is below."""
        self._make, self._title = make, title
        tall = self.app.size.height >= _TALL_FROM
        self.month.show_made(lambda width: make(width, tall))
        self.month.styles.height = self.month.line_count
        self.title.show_made(lambda width: [title(width)])

    @on(RowList.Moved, "#agenda")
    def _entry_moved(self, event: RowList.Moved) -> None:
        """The chosen day goes along with the clerk who goes through the entries."""
        # What has changed meanwhile is shown already, with its own day.
        if self.agenda.has_focus and event.key and event.key == self.agenda.chosen:
            self.month.day = self.agenda.row(event.key).day
            self.show_days(self._make, self._title)

    def set_tall(self, *, tall: bool) -> None:
        """Draw an entry in two lines (in a narrow pane) or in one."""
        self.agenda.row_height = 2 if tall else 1

    def on_resize(self) -> None:
        """Draw the days for the new width."""
        self.show_days(self._make, self._title)
