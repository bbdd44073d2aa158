"""Lines of the review: money that came, and a promise that is left for tomorrow."""

from typing import TYPE_CHECKING

from arctui.core.drafts import Topic
from arctui.desk import DeskError
from arctui.tui.purposes.base import Purpose
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class OfPromise(Purpose):
    """A decision about the promise under review."""

    def about(self, screen: "DeskScreen") -> str:
        """It is about one promise."""
        return screen.reviewing.promise

    def stands(self, screen: "DeskScreen", about: str) -> bool:
        """Is the promise under review?"""
        return screen.reviewing.finds(about)

    def take_up(self, screen: "DeskScreen", topic: Topic) -> None:
        """Go on at the promise."""
        screen.reviewing.take_up(topic.about)
        screen.typing.open(self, topic=topic)


class CameIn(OfPromise):
    """Money that came for the promise: amount, date and method; empty is all of it, today."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show what was understood."""
        width = screen.size.width
        try:
            read = screen.desk.reviews.read_payment(screen.typing.topic.about, text)
        except DeskError as error:
            return self.refused(str(error), width)
        lines = [line for sentence in read.sentences for line in wrap(f" {sentence}", width, "strong", indent=1)]
        return lines + [line for warning in read.warnings for line in wrap(f" ! {warning}", width, "warn", indent=3)]

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Write the payment down."""
        return screen.saved(screen.desk.reviews.came_in(screen.typing.topic.about, text))


class LeaveForTomorrow(OfPromise):
    """Why a promise is left until the next business day."""

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Leave it."""
        return screen.saved(screen.desk.reviews.leave(screen.typing.topic.about, text))
