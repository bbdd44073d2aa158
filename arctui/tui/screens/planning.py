"""The calendar on the screen: choosing a day, moving what stands on it."""

from datetime import date
from typing import TYPE_CHECKING

from arctui.core.agenda import Entry, EntryKind
from arctui.desk import DeskError
from arctui.tui.panes.calendar import CalendarPane
from arctui.tui.purposes import PURPOSES
from arctui.tui.views.calendar import AGENDA_DAYS, AgendaRow, agenda_row, agenda_title, month_lines

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

_DAY = date.resolution


class Planning:
    """The chosen day and the entries from it on."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        self._entries: dict[str, Entry] = {}
        self._moving: Entry | None = None
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

    def show(self, key: str = "") -> None:
        """Show the month and the agenda as the desk has them now."""
        desk, pane = self.screen.desk, self.pane
        if pane.month.day == date.min:
            pane.month.day = desk.today
        day = pane.month.day
        entries = desk.agenda.between(day, day + AGENDA_DAYS * _DAY)
        self._entries = {e.key: e for e in entries}
        firsts = {e.day: e.key for e in reversed(entries)}

        def row(name: str) -> AgendaRow:
            entry = self._entries[name]
            return agenda_row(desk, entry, first=firsts[entry.day] == name)

        pane.show_month(lambda width, tall: month_lines(desk, day, width, tall=tall))
        pane.agenda.empty = f"  nothing stands in the {AGENDA_DAYS} days from here"
        pane.show_agenda(lambda width: agenda_title(desk, day, width), list(self._entries), row, key)

    def show_day(self) -> None:
        """Show the day that was just chosen, its first entry on top."""
        self.show()
        first = next(iter(self._entries), "")
        if first:
            self.show(first)

    # What the keys do

    def do_agenda(self) -> None:
        """Go to the day's entries."""
        if not self._entries:
            raise DeskError("nothing stands here: arrows choose another day")
        self.in_entries = True
        self.screen.enter_pane("calendar")
        self.screen.show_all()

    def do_open_entry(self) -> None:
        """Go to the entry's account in the list."""
        entry = self.entry
        if entry is None:
            raise DeskError("no entry stands on this day: arrows choose a day")
        self.in_entries = False
        self.screen.moving.find_account(entry.account)

    def do_move(self) -> None:
        """Move the entry by a line; one that cannot be moved says so at once."""
        if self.entry:
            self.screen.desk.agenda.movable(self.entry)
        self._moving = self.entry
        self.screen.typing.open(PURPOSES["move"])

    def finds(self, key: str) -> Entry | None:
        """Return an entry that can be moved by its key, None if there is none (any more)."""
        ahead = self.screen.desk.agenda.between(self.screen.desk.today, date.max)
        entry = next((e for e in ahead if e.key == key), None)
        try:
            if entry:
                self.screen.desk.agenda.movable(entry)
        except DeskError:
            return None
        return entry

    def take_up(self, key: str) -> None:
        """Go on moving an entry. Raises DeskError if it cannot be moved."""
        entry = self.finds(key)
        if entry is None:
            raise DeskError("this entry cannot be moved any more")
        self.pane.month.day, self.in_entries = entry.day, True
        self.screen.enter_pane("calendar")
        self.show(key)
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
        said = self.screen.desk.agenda.shift(entry, by)
        self.screen.show_all()
        self._follow(entry)
        self.screen.saved(said)

    def _follow(self, moved: Entry) -> None:
        """Keep the cursor on an entry that was moved; a contact by the schedule is one set by hand now."""
        by_hand = [
            k for k, e in self._entries.items() if e.account == moved.account and e.kind is EntryKind.FOLLOW_UP
        ]
        same = [k for k in (moved.key, *by_hand) if k in self._entries]
        if same:
            self.show(same[0])

    def do_this_day(self) -> None:
        """Choose today."""
        self.in_entries = False
        self.pane.month.choose(self.screen.desk.today)
        self.screen.enter_pane("calendar")

    def do_leave_calendar(self) -> None:
        """Go from the entries to the month, from the month to the worklist."""
        if self.in_entries:
            self.in_entries = False
            self.screen.enter_pane("calendar")
            self.screen.show_all()
        else:
            self.screen.whole_month = False
            self.screen.enter_pane("worklist")
            self.screen.show_all()
