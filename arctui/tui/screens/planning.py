"""The calendar on the screen: choosing a day, moving what stands on it."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from arctui.core import words as say
from arctui.core.agenda import Entry
from arctui.core.agenda_filter import EVERYTHING, Filter
from arctui.desk import DeskError
from arctui.tui.panes.calendar import CalendarPane
from arctui.tui.purposes import PURPOSES
from arctui.tui.screens.marking import Marking
from arctui.tui.views.calendar import (
    AGENDA_DAYS,
    AgendaRow,
    DayHead,
    Rows,
    agenda_row,
    agenda_title,
    day_head,
    day_of,
)
from arctui.tui.views.month import month_lines
from arctui.tui.views.week import read_week, ruler_lines, week_lines
from arctui.tui.widgets.lines import Line

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class Look(StrEnum):
    """What stands above the agenda."""

    MONTH = "month"
    WEEK = "week"
    AGENDA = "agenda"


class Planning:
    """The chosen day and the entries from it on."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        self._entries = Rows(())
        # The day from which on the agenda is, None before it is shown.
        self._first: date | None = None
        self._moving: Entry | None = None
        self.marking = Marking(self)
        self.look = Look.MONTH
        # Which entries are shown.
        self.shown = EVERYTHING
        # Is the clerk among the entries, not in the month?
        self.in_entries = False

    @property
    def pane(self) -> CalendarPane:
        """The calendar pane."""
        return self.screen.query_one(CalendarPane)

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor; in the month only one of the chosen day."""
        found = self._entries.get(self.pane.agenda.chosen)
        return found if found and (self.in_entries or found.day == self.pane.month.day) else None

    @property
    def moving(self) -> Entry:
        """The entry that is being moved. Raises DeskError if it went meanwhile."""
        if self._moving is None:
            raise DeskError("there is no entry to move")
        return self._moving

    def show(self, key: str = "", *, anew: bool = False) -> None:
        """Show the month and the agenda as the desk has them now; `anew` with the cursor on the first entry.

        In the month the agenda begins with the chosen day. Among the entries it stays, and the chosen day is that of
        the cursor's entry.
        """
        desk, pane, shown = self.screen.desk, self.pane, self.shown
        if pane.month.day == date.min and self._first is None:
            pane.month.day = desk.today
        if not (self.in_entries and self._first and self._first <= pane.month.day <= _last(self._first)):
            self._first = pane.month.day
        if desk.agenda.prepare():
            self._entries = Rows(desk.agenda.lists(self._first, _last(self._first), shown))
            only = f": only {shown.words} are shown" if shown else ""
            pane.agenda.empty = f"  nothing stands in the {AGENDA_DAYS} days from here{only}"
        else:
            self._entries = Rows(())
            pane.agenda.empty = "  the calendar is being put together ..."
        if anew and self._entries.first:
            key = self._entries.first.key

        def row(name: str) -> AgendaRow | DayHead:
            entry = self._entries.get(name)
            if entry is None:
                return day_head(desk, day_of(name), shown)
            return agenda_row(desk, entry, marked=self.marking.is_marked(name))

        pane.agenda.fill(self._entries, row, key)
        at_cursor = self._entries.get(pane.agenda.chosen)
        if self.in_entries and at_cursor:
            pane.month.day = at_cursor.day
        pane.show_days(self._days, lambda width: agenda_title(desk, pane.month.day, width, shown))

    def _days(self, width: int, tall: bool) -> list[Line]:
        """Return what stands above the agenda."""
        desk, day = self.screen.desk, self.pane.month.day
        if self.look is Look.MONTH or not desk.agenda.ready:
            return month_lines(desk, day, width, tall=tall, shown=self.shown)
        week = read_week(desk, day, self.shown)
        if self.look is Look.WEEK:
            return week_lines(week, width, self.pane.size.height)
        return ruler_lines(week, width)

    def show_day(self) -> None:
        """Show the day that was just chosen, its first entry on top."""
        self.show(anew=True)

    # What the keys do

    def do_agenda(self) -> None:
        """Go to the day's entries."""
        day, first = self.pane.month.day, self._entries.first
        if first is None:
            raise DeskError("nothing stands here: arrows choose another day")
        at_cursor = self._entries.get(self.pane.agenda.chosen)
        self.in_entries = True
        self.screen.enter_pane("calendar")
        if at_cursor is None or at_cursor.day != day:
            self.show(first.key)
        self.screen.show_all()
        if first.day != day:
            self.screen.tell(f"nothing stands on {say.short_day(day)}: the next is on {say.short_day(first.day)}")

    def do_open_entry(self) -> None:
        """Go to the entry's account in the list."""
        entry = self.entry
        if entry is None:
            raise DeskError("no entry stands on this day: arrows choose a day")
        self.in_entries = False
        self.screen.moving.find_account(entry.account)

    def do_view(self) -> None:
        """Show the week, the agenda alone, or the month again."""
        looks = list(Look)
        self.look = looks[(looks.index(self.look) + 1) % len(looks)]
        self.show()

    def go_to(self, day: date) -> None:
        """Choose a day, in the month."""
        self.in_entries = False
        self.pane.month.choose(day)
        self.screen.enter_pane("calendar")

    def show_only(self, shown: Filter) -> None:
        """Show only some entries, or all of them again; the cursor stays on its entry or goes to the day's first."""
        self.shown = shown
        self.show()
        if self.in_entries and not self._entries:
            self.in_entries = False
            self.screen.enter_pane("calendar")

    def do_move(self) -> None:
        """Move the entry, or those that are marked, by a line; one that cannot be moved says so at once."""
        if count := len(self.marking.marked):
            self.screen.typing.open(PURPOSES["move_marked"], title=f"move {count} marked to")
            return
        if self.entry:
            self.screen.desk.agenda.movable(self.entry)
        self._moving = self.entry
        self.screen.typing.open(PURPOSES["move"])

    def finds(self, mark: str) -> Entry | None:
        """Return an entry that can be moved by its record or key, None if there is none (any more)."""
        ahead = self.screen.desk.agenda.between(self.screen.desk.today, date.max)
        entry = next((e for e in ahead if mark in (e.record, e.key)), None)
        try:
            if entry:
                self.screen.desk.agenda.movable(entry)
        except DeskError:
            return None
        return entry

    def take_up(self, mark: str) -> None:
        """Go on moving an entry, by its record or key. Raises DeskError if it cannot be moved."""
        entry = self.finds(mark)
        if entry is None:
            raise DeskError("this entry cannot be moved any more")
        if not self.shown.keeps(entry):
            self.shown = EVERYTHING
        self.pane.month.day, self.in_entries = entry.day, True
        self.screen.enter_pane("calendar")
        self.show(entry.key)
        self.screen.show_all()
        self.do_move()

    def do_later(self) -> None:
        """Move the entry a business day later."""
        self._shift(1)

    def do_sooner(self) -> None:
        """Move the entry a business day sooner."""
        self._shift(-1)

    def _shift(self, by: int) -> None:
        entry = self.entry
        if entry is None:
            raise DeskError("no entry stands on this day: arrows choose a day")
        self.screen.following.catch_up(entry.account)
        agenda = self.screen.desk.agenda
        moved = agenda.read_shift(entry, by)
        follows = agenda.follows(entry, moved)
        said = agenda.carry_out(entry, moved)
        self.screen.show_all()
        self._follow(entry)
        self.screen.saved("; ".join([said, *follows.facts]))
        for warning in follows.warnings:
            self.screen.tell(f"! {warning}", "warn", too=True)

    def _follow(self, moved: Entry) -> None:
        """Keep the cursor on an entry that was moved; a contact by the schedule is one set by hand now."""
        if moved.key in self._entries:
            self.show(moved.key)

    def do_this_day(self) -> None:
        """Choose today."""
        self.go_to(self.screen.desk.today)

    def do_leave_calendar(self) -> None:
        """Take the marks off; without any go from the entries to the month, from the month to the worklist."""
        if self.marking.unmark():
            self.show()
            self.screen.tell("no entry is marked any more")
            return
        if self.in_entries:
            self.in_entries = False
            self.screen.enter_pane("calendar")
            self.screen.show_all()
        else:
            self.screen.whole_month = False
            self.screen.enter_pane("worklist")
            self.screen.show_all()


def _last(first: date) -> date:
    """Return the last day of the agenda that begins with a day."""
    return date.fromordinal(min(first.toordinal() + AGENDA_DAYS - 1, date.max.toordinal()))
