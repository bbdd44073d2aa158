"""Lines of the calendar: moving an entry, going to a day, showing only some entries."""

from typing import TYPE_CHECKING

from arctui.core import words as say
from arctui.core.agenda_filter import EVERYTHING, Filter
from arctui.core.drafts import Topic
from arctui.core.text import plural
from arctui.desk import DeskError
from arctui.desk.calendar_lines import read_day, read_shown
from arctui.tui.purposes.base import Purpose
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class MoveEntry(Purpose):
    """The day to which a follow-up is moved, for a callback an hour, and why."""

    def about(self, screen: "DeskScreen") -> str:
        """It is about one follow-up; its key may come to be that of the next one."""
        moving = screen.planning.moving
        return moving.record or moving.key

    def stands(self, screen: "DeskScreen", about: str) -> bool:
        """Is the entry in the calendar, and can it be moved?"""
        return screen.planning.finds(about) is not None

    def take_up(self, screen: "DeskScreen", topic: Topic) -> None:
        """Go on moving the entry."""
        screen.planning.take_up(topic.about)

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show the day that was understood, or why it cannot be moved."""
        if not text.strip():
            return super().typed(screen, text)
        try:
            moved = screen.desk.agenda.read_move(screen.planning.moving, text)
        except DeskError as error:
            return self.refused(str(error), screen.size.width)
        width = screen.size.width
        hour = f" {moved.hour:%H:%M}" if moved.hour else ""
        hour += f" their time, {say.short_day(moved.here)} here" if moved.here else ""
        ahead = say.distance(moved.day_here, screen.desk.today)
        lines = wrap(f" {say.short_day(moved.day)}{hour}, {ahead}   {moved.why}", width, "strong", indent=1)
        follows = screen.desk.agenda.follows(screen.planning.moving, moved)
        for fact in follows.facts:
            lines += wrap(f"   {fact}", width, "dim", indent=3)
        for warning in filter(None, [moved.note, *follows.warnings]):
            lines += wrap(f" ! {warning}", width, "warn", indent=3)
        return lines

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Move it."""
        return screen.saved(screen.desk.agenda.move(screen.planning.moving, text))


class _Looking(Purpose):
    """A line that changes what is looked at, nothing in the book: it is quickly typed again, so no draft is kept."""

    def keep(self, screen: "DeskScreen", text: str) -> None:
        """Nothing to keep."""

    def left(self, screen: "DeskScreen", text: str) -> None:
        """All stays as it is."""

    def finished(self, screen: "DeskScreen") -> None:
        """Go on in the calendar."""
        screen.close_prompt()


class GoToDay(_Looking):
    """The day to go to."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show the day that was understood and what stands on it, or why it is none."""
        width = screen.size.width
        if not text.strip():
            return super().typed(screen, text)
        try:
            found = read_day(screen.desk, text, screen.account)
        except DeskError as error:
            return self.refused(str(error), width)
        day, calendar = found.day, screen.desk.rules.calendar
        closed = "" if calendar.is_business(day) else calendar.holiday(day) or "week-end"
        sums = screen.desk.agenda.sums(day, day, screen.planning.shown).get(day)
        nothing = "nothing of what is shown stands on it" if screen.planning.shown else "nothing stands on it"
        stands = plural(sums.count, "entry", "entries") if sums else nothing
        told = "   ".join(filter(None, [closed, stands]))
        ahead = say.distance(day, screen.desk.today)
        lines = wrap(f" {say.short_day(day, screen.desk.today)}, {ahead}   {told}", width, "strong", indent=1)
        return lines + (wrap(f" ! {found.warning}", width, "warn", indent=3) if found.warning else [])

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Go there."""
        screen.planning.go_to(read_day(screen.desk, text, screen.account).day)
        return True


class FilterEntries(_Looking):
    """Which entries are shown; an empty line shows all again."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show what was understood."""
        if not text.strip():
            now = screen.planning.shown.words
            words = f"now only {now}; empty: all" if now else "now all"
            return wrap(
                f" calls, promises, runs, or a kind: callback, first ...; mine, clerk NAME, >500   {words}",
                screen.size.width,
                "dim",
            )
        try:
            shown = read_shown(screen.desk, text)
        except DeskError as error:
            return self.refused(str(error), screen.size.width)
        return wrap(f" only {shown.words}" if shown else " all entries", screen.size.width, "strong", indent=1)

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Show them."""
        shown: Filter = read_shown(screen.desk, text) if text.strip() else EVERYTHING
        screen.planning.show_only(shown)
        screen.tell(
            f"the calendar shows only {shown.words}: F and an empty line show all"
            if shown
            else "all entries are shown"
        )
        return True
