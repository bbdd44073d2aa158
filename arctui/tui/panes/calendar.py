"""The calendar pane: the month, and below it the agenda from the chosen day on."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from arctui.tui.views.calendar import AgendaRow, draw_agenda
from arctui.tui.widgets.lines import Line, Lines
from arctui.tui.widgets.rowlist import RowList

_TALL_FROM = 22


class MonthGrid(Lines):
    """A month; the arrows choose a day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "day(-1)", show=False),
        Binding("right", "day(1)", show=False),
        Binding("up,k", "day(-7)", show=False),
        Binding("down,j", "day(7)", show=False),
        Binding("pageup,ctrl+u", "month(-1)", show=False),
        Binding("pagedown,ctrl+d,space", "month(1)", show=False),
        Binding("home,g", "edge(0)", show=False),
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

    def choose(self, day: date) -> None:
        """Choose a day and say so."""
        if day != self.day:
            self.day = day
            self.post_message(self.Chosen(day))

    def action_day(self, by: int) -> None:
        """Go so many days on."""
        self.choose(self.day + timedelta(days=by))

    def action_month(self, by: int) -> None:
        """Go to the same day of another month, or its last."""
        index = self.day.year * 12 + self.day.month - 1 + by
        first = date(index // 12, index % 12 + 1, 1)
        self.choose(first + timedelta(days=min(self.day.day, _length(first)) - 1))

    def action_edge(self, last: int) -> None:
        """Go to the first or the last day of the month."""
        first = self.day.replace(day=1)
        self.choose(first + timedelta(days=_length(first) - 1) if last else first)


def _length(first: date) -> int:
    """Return how many days a month has."""
    return ((first + timedelta(days=31)).replace(day=1) - first).days


class CalendarPane(Vertical):
    """Month and agenda."""

    def __init__(self) -> None:
        super().__init__(id="calendar")
        self.month = MonthGrid()
        self.agenda: RowList[AgendaRow] = RowList(self._draw, empty="", id="agenda")
        self._make: Callable[[int, bool], list[Line]] = lambda *_: []
        self._title: Callable[[int], Line] = lambda _: ()

    def compose(self) -> ComposeResult:
        """Lay out month, title and agenda."""
        yield self.month
        title = Lines(id="agenda-title")
        title.can_focus = False
        yield title
        yield self.agenda

    def _draw(self, row: AgendaRow, width: int, has_cursor: bool) -> Sequence[Line]:
        return draw_agenda(row, width, has_cursor, tall=self.agenda.row_height > 1)

    def show_month(self, make: Callable[[int, bool], list[Line]]) -> None:
        """Show the month that `make` returns for a width, with room for two lines a week or not."""
        self._make = make
        lines = make(self.size.width - 1, self.size.height >= _TALL_FROM)
        self.month.styles.height = len(lines)
        self.month.show(lines)

    def show_agenda(
        self, title: Callable[[int], Line], keys: Sequence[str], row: Callable[[str], AgendaRow], key: str = ""
    ) -> None:
        """Show the entries from the chosen day on, the cursor on one of them if it is named."""
        self._title = title
        self.query_one("#agenda-title", Lines).show([title(self.size.width - 1)])
        self.agenda.fill(keys, row, key)

    def set_tall(self, *, tall: bool) -> None:
        """Draw an entry in two lines (in a narrow pane) or in one."""
        self.agenda.row_height = 2 if tall else 1

    def on_resize(self) -> None:
        """Draw the month for the new width."""
        self.show_month(self._make)
        self.query_one("#agenda-title", Lines).show([self._title(self.size.width - 1)])
