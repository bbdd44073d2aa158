"""Lines about an account: a result, a dispute, a note, a follow-up, a letter, a stop."""

from typing import TYPE_CHECKING

from arctui.core import words as say
from arctui.core.capture.promise_warnings import NO_REASON
from arctui.desk import DeskError
from arctui.tui.purposes.base import Purpose
from arctui.tui.views.reading import reading_lines
from arctui.tui.views.record import asking_lines
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class CaptureLine(Purpose):
    """A capture line: read live, saved by Enter."""

    prefix = ""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show the reading."""
        if not text.strip():
            return super().typed(screen, text)
        situation = screen.desk.situation(screen.typing.target)
        reading = screen.desk.read(screen.typing.target, self.prefix + text)
        found = screen.desk.claims.search(screen.typing.target, reading.paid)
        return reading_lines(reading, situation, screen.size.width - 1, found)

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Save it; one that takes the place of a promise is asked for its reason first."""
        if self._lacks_reason(screen, text):
            raise DeskError(f"{NO_REASON}   Ctrl+Y: they gave none")
        return self._save(screen, text)

    def agreed(self, screen: "DeskScreen", text: str) -> bool:
        """Save a new agreement for which no reason was given."""
        return self._lacks_reason(screen, text) and self._save(screen, text)

    def _lacks_reason(self, screen: "DeskScreen", text: str) -> bool:
        reading = screen.desk.read(screen.typing.target, self.prefix + text)
        return NO_REASON in reading.warnings and not reading.problems

    def _save(self, screen: "DeskScreen", text: str) -> bool:
        account = screen.typing.target
        logged = screen.desk.log(account, self.prefix + text)
        following = logged.next
        then = f"; next {say.short_day(following.day, screen.desk.today)}" if following else ""
        return screen.saved(f"{logged.act}{then}")


class PromiseLine(CaptureLine):
    """A promise: how the account keeps them stands below, and the day worth asking for."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show the reading, then the record."""
        record = asking_lines(screen.desk, screen.typing.target, "", screen.size.width)
        return [*super().typed(screen, text), *record]


class DisputeLine(CaptureLine):
    """A dispute: the capture line after `dsp`."""

    prefix = "dsp "


class Note(Purpose):
    """Free words for the account's file."""

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Save it."""
        return screen.saved(screen.desk.note(screen.typing.target, text))


class FollowUpLine(Purpose):
    """A date and why."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show the day that was understood."""
        if not text.strip():
            return super().typed(screen, text)
        try:
            day, why = screen.desk.read_follow_up(screen.typing.target, text)
        except DeskError as error:
            return self.refused(str(error), screen.size.width)
        ahead = say.distance(day, screen.desk.today)
        return wrap(f" {say.short_day(day)}, {ahead}   {why}", screen.size.width, "strong", indent=1)

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Save it."""
        return screen.saved(screen.desk.follow_up(screen.typing.target, text))


class LetterSent(Purpose):
    """A letter that was written elsewhere: its kind, and how and when it was sent."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show the reading."""
        from arctui.desk.letter_sending import read_otherwise

        if not text.strip():
            return super().typed(screen, text)
        try:
            found = read_otherwise(screen.desk, text)
        except DeskError as error:
            return self.refused(str(error), screen.size.width)
        on = screen.desk.rules.day(found.on)
        return wrap(f" {found.words}, on {on}; it counts as a level", screen.size.width, "strong", indent=1)

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Save it."""
        from arctui.desk.letter_sending import record_otherwise

        return screen.saved(record_otherwise(screen.desk, screen.typing.target, text))


class Stop(Purpose):
    """Why an account must not be called."""

    def begins_with(self, screen: "DeskScreen") -> str:
        """Begin with the reason that holds."""
        return screen.desk.standing(screen.typing.target).stopped

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Save it."""
        return screen.saved(screen.desk.stop(screen.typing.target, text))
