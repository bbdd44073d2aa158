"""Moving the marked entries of the calendar by one line."""

from typing import TYPE_CHECKING

from arctui.desk import DeskError
from arctui.tui.purposes.base import Purpose
from arctui.tui.views.spreading import done_words, plan_lines, plan_words
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

#: Entries of one day or one reason that are listed while the line is typed.
_LISTED = 8


class MoveMarked(Purpose):
    """The day to which the marked entries are moved, and a reason for all of them. The marks are kept, no draft."""

    def keep(self, screen: "DeskScreen", text: str) -> None:
        """Nothing to keep: without its marks the line means nothing."""

    def left(self, screen: "DeskScreen", text: str) -> None:
        """All stays as it is, the marks too."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show what would go there and what stays."""
        if not text.strip():
            return super().typed(screen, text)
        width = screen.size.width
        try:
            plan = screen.planning.marking.plan(text)
        except DeskError as error:
            return self.refused(str(error), width)
        whys = dict.fromkeys(g.moved.note for g in plan.going if g.moved.note)
        notes = [line for why in whys for line in wrap(f" ! {why}", width, "warn", indent=3)]
        lines = wrap(f" {plan_words(screen.desk, plan)}", width, "strong", indent=1)
        return [*lines, *notes, *(((" ", ""), *line) for line in plan_lines(screen.desk, plan, width - 2, _LISTED))]

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Move them."""
        screen.desk.refresh()
        plan = screen.planning.marking.plan(text)
        said = screen.desk.spreading.carry_out(plan)
        screen.planning.marking.unmark()
        return screen.saved(done_words(said, plan))
