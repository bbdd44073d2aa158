"""A line that corrects what is known of an account, in a call or out of it."""

from typing import TYPE_CHECKING

from arctui.core.drafts import Topic
from arctui.playbook import walk
from arctui.tui.purposes.base import Purpose
from arctui.tui.views.reading import data_lines
from arctui.tui.widgets.lines import Line

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class CorrectLine(Purpose):
    """A person, a number, an address, a time zone or the pay runs; the call, if one is open, stays where it is."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show what would be corrected."""
        if not text.strip():
            return super().typed(screen, text)
        reading = screen.desk.corrections.read(screen.typing.target, text, speaker=self._speaker(screen))
        return data_lines(reading, screen.size.width - 1)

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Save it."""
        account = screen.typing.target
        return screen.saved(screen.desk.corrections.save(account, text, speaker=self._speaker(screen)))

    def take_up(self, screen: "DeskScreen", topic: Topic) -> None:
        """Go on with a line that was cut off, over the call in which it was typed."""
        call = screen.calling.call
        if call and call.account == topic.account:
            screen.typing.open(self, topic=topic)
        else:
            super().take_up(screen, topic)

    def _speaker(self, screen: "DeskScreen") -> str:
        """Say who is on the line: a number without a name is theirs."""
        call = screen.calling.call
        return walk.person(call) if call and call.account == screen.typing.target else ""
