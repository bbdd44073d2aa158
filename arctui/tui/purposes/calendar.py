"""Moving an entry of the calendar."""

from typing import TYPE_CHECKING

from arctui.core import words as say
from arctui.core.drafts import Topic
from arctui.desk import DeskError
from arctui.tui.purposes.base import Purpose
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class MoveEntry(Purpose):
    """The day to which a follow-up is moved, for a callback an hour, and why."""

    def about(self, screen: "DeskScreen") -> str:
        """It is about one entry."""
        return screen.planning.moving.key

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
        ahead = say.distance(moved.day, screen.desk.today)
        lines = wrap(f" {say.short_day(moved.day)}{hour}, {ahead}   {moved.why}", width, "strong", indent=1)
        return lines + (wrap(f" ! {moved.note}", width, "warn", indent=3) if moved.note else [])

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Move it."""
        return screen.saved(screen.desk.agenda.move(screen.planning.moving, text))
