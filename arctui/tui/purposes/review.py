"""Lines of the review: money that came, and a promise that is left for tomorrow."""

from typing import TYPE_CHECKING

from arctui.desk import DeskError
from arctui.tui.purposes.base import Purpose
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class CameIn(Purpose):
    """Money that came for the promise: amount, date and method; empty is all of it, today."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show what was understood."""
        width = screen.size.width
        try:
            read = screen.desk.reviews.read_payment(screen.reviewing.promise, text)
        except DeskError as error:
            return self.refused(str(error), width)
        lines = [line for sentence in read.sentences for line in wrap(f" {sentence}", width, "strong", indent=1)]
        return lines + [line for warning in read.warnings for line in wrap(f" ! {warning}", width, "warn", indent=3)]

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Write the payment down."""
        return screen.saved(screen.desk.reviews.came_in(screen.reviewing.promise, text))


class LeaveForTomorrow(Purpose):
    """Why a promise is left until the next business day."""

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Leave it."""
        return screen.saved(screen.desk.reviews.leave(screen.reviewing.promise, text))
