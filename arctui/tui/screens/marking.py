"""Marking entries of the agenda, to move or spread them together."""

from typing import TYPE_CHECKING

from arctui.core.agenda import Entry, is_call
from arctui.core.text import plural
from arctui.desk import DeskError
from arctui.tui import screens

if TYPE_CHECKING:
    from arctui.desk.spreading import Plan
    from arctui.tui.screens.desk import DeskScreen
    from arctui.tui.screens.planning import Planning


class Marking:
    """The marked entries of the calendar."""

    def __init__(self, planning: "Planning") -> None:
        self._planning = planning
        self._marks: dict[str, Entry] = {}
        self._plan: tuple[object, Plan] | None = None

    @property
    def _screen(self) -> "DeskScreen":
        return self._planning.screen

    def is_marked(self, key: str) -> bool:
        """Is the entry with this key marked?"""
        return key in self._marks

    @property
    def marked(self) -> list[Entry]:
        """The marked entries as they stand now, in order; what is gone is not marked any more."""
        if not self._marks:
            return []
        days = [entry.day for entry in self._marks.values()]
        standing = self._screen.desk.agenda.between(min(days), max(days))
        self._marks = {e.key: e for e in standing if e.key in self._marks}
        return list(self._marks.values())

    def unmark(self) -> bool:
        """Take all marks off; return whether there were any."""
        had, self._marks, self._plan = bool(self._marks), {}, None
        return had

    def plan(self, text: str) -> "Plan":
        """Plan how the marked entries are moved by a line. Raises DeskError.

        Kept while the words of the line, the book, the minute and what is marked are the same: a day has many calls.
        """
        desk, marked = self._screen.desk, self.marked
        minute = desk.rules.moment.now.replace(second=0, microsecond=0)
        told = (text.split(), desk.book.number, minute, [e.key for e in marked])
        if self._plan is None or self._plan[0] != told:
            self._plan = (told, desk.spreading.to_day(marked, text))
        return self._plan[1]

    def do_mark(self) -> None:
        """Mark the entry, or take its mark off, and go to the next. What cannot be moved says why."""
        entry = self._planning.entry
        if entry is None:
            raise DeskError("no entry stands on this day: arrows choose a day")
        if self._marks.pop(entry.key, None) is None:
            self._screen.desk.agenda.movable(entry)
            self._marks[entry.key] = entry
        self._planning.show()
        self._planning.pane.agenda.action_move(1)
        self._tell_marked()

    def do_mark_day(self) -> None:
        """Mark all calls of the day that can be moved."""
        calls = self._calls()
        for entry in calls:
            try:
                self._screen.desk.agenda.movable(entry)
            except DeskError:
                continue
            self._marks[entry.key] = entry
        self._planning.show()
        fixed = sum(e.key not in self._marks for e in calls)
        self._tell_marked(f"; {plural(fixed, 'call')} of the day cannot be moved" if fixed else "")

    def _tell_marked(self, more: str = "") -> None:
        count = len(self._marks)
        keys = "f moves them, S spreads them over the week, Esc takes the marks off"
        self._screen.tell(f"{plural(count, 'entry', 'entries')} marked{more}" + (f": {keys}" if count else ""))

    def _calls(self) -> list[Entry]:
        """Return the calls of the chosen day that are shown."""
        entry = self._planning.entry
        day = entry.day if entry else self._planning.pane.month.day
        calls = [e for e in self._screen.desk.spreading.calls(day) if self._planning.shown.keeps(e)]
        if not calls:
            raise DeskError(f"no call stands on {self._screen.desk.rules.day(day)}")
        return calls

    def do_spread(self) -> None:
        """Show how the marked calls, or the day's, are spread over the week to come; Enter does it.

        Without marks another clerk's calls stay out of it.
        """
        desk = self._screen.desk
        calls, others = [e for e in self.marked if is_call(e)], 0
        if not self._marks:
            all_calls = self._calls()
            calls = desk.spreading.own(all_calls)
            others = len(all_calls) - len(calls)
            if not calls:
                raise DeskError("all calls shown of this day are other clerks': Space or * marks those to spread")
        plan = desk.spreading.over_week(calls)
        days = sorted({e.day for e in calls})
        when = " and ".join(desk.rules.day(d) for d in (days[0], days[-1])[: len(days)])
        if not plan.going:
            whys = list(dict.fromkeys(s.why for s in plan.staying))
            raise DeskError(f"nothing moves from {when}: {'; '.join(whys[:2])}")
        title = f"SPREAD {len(plan.going)} of {plural(len(calls), 'call')} of {when}"
        title += f"; {others} of other clerks left out" if others else ""
        self._screen.app.push_screen(screens.PlanScreen(self._screen, title, plan, self._moved))

    def _moved(self, said: str) -> None:
        """Say what was moved together."""
        self.unmark()
        self._screen.show_all()
        self._screen.saved(said)
