"""Lines of the review: money that came, and what is decided about a promise."""

from typing import TYPE_CHECKING

from arctui.core.capture.codes import fraction
from arctui.core.drafts import Topic
from arctui.desk import DeskError
from arctui.tui.purposes.account import DisputeLine
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


class Walk(Purpose):
    """The review itself: nothing is typed, only its place is kept."""

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Nothing is typed for it."""
        return True

    def take_up(self, screen: "DeskScreen", topic: Topic) -> None:
        """Go on with the review where it was cut off."""
        screen.reviewing.go_on_after_all()


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


class CreditHold(OfPromise):
    """Why nothing is delivered on credit any more."""

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Put the account on hold."""
        return screen.saved(screen.desk.credit.decide(screen.typing.target, hold=True, reason=text))


class CreditRelease(OfPromise):
    """Why it is delivered on credit again."""

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Lift the hold."""
        return screen.saved(screen.desk.credit.decide(screen.typing.target, hold=False, reason=text))


class DisputeOfPromise(OfPromise, DisputeLine):
    """A dispute; where no amount and no invoice is said it is of what is missing of the promise under review."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show the reading."""
        return DisputeLine.typed(self, screen, _with_amount(screen, text))

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Save it."""
        return DisputeLine.entered(self, screen, _with_amount(screen, text))


def _with_amount(screen: "DeskScreen", text: str) -> str:
    """Put what is missing of the promise before words that begin with no amount, share or invoice."""
    first = text.split(maxsplit=1)[:1]
    if not first or fraction(first[0]) or any(c.isdigit() for c in first[0]):
        return text
    return f"{screen.reviewing.now.judged.missing} {text}"


class HandOver(OfPromise):
    """To which clerk an account goes, and why; a name that nobody bears yet is asked about."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show who there is, or what was understood."""
        width, acts = screen.size.width, screen.desk.reviews
        if not text.strip():
            known = f"{self.hint}   known: {', '.join(acts.clerks())}"
            return wrap(f" {known}", width, "dim", indent=1)
        try:
            name, why = acts.read_clerk(text)
        except DeskError as error:
            return self.refused(str(error), width)
        return wrap(f" to {name}: {why}", width, "strong", indent=1)

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Hand it over; to an unknown name not before the clerk has said yes."""
        acts = screen.desk.reviews
        name, _ = acts.read_clerk(text)
        if name not in (known := acts.clerks()):
            raise DeskError(f"nobody is called {name} yet (known: {', '.join(known)})   Ctrl+Y: a new clerk")
        return self._save(screen, text)

    def agreed(self, screen: "DeskScreen", text: str) -> bool:
        """Hand it to a clerk who is new."""
        return self._save(screen, text)

    def _save(self, screen: "DeskScreen", text: str) -> bool:
        return screen.saved(screen.desk.reviews.hand_over(screen.typing.target, text))
