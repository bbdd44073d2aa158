"""The time line of an account over the whole screen; it opens at today."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from arctui.tui.screens.listing import ListingScreen
from arctui.tui.views.timeline import timeline_lines
from arctui.tui.widgets.keybar import Hint
from arctui.tui.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class TimelineScreen(ListingScreen):
    """What was above, what is to come below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("T", "dismiss", show=False),
        Binding("t", "today", show=False),
    ]
    KEYS: ClassVar[tuple[Hint, ...]] = (("t", "today"),)

    def __init__(self, screen: "DeskScreen") -> None:
        """It is about the account that is looked at."""
        self._desk, self._account = screen.desk, screen.account
        self._today_line = 0
        super().__init__(f"TIME LINE  {self._desk.dossier(self._account).account.name}", self._lines)

    def _lines(self, width: int) -> list[Line]:
        lines, self._today_line = timeline_lines(self._desk, self._account, width)
        return lines

    def on_mount(self) -> None:
        """Begin a little before today."""
        self.call_after_refresh(self.action_today)

    def action_today(self) -> None:
        """Scroll so that today is marked in the upper half, with what happened last above it."""
        shown = self.query_one("#listing", Lines)
        shown.scroll_to(y=max(0, self._today_line - shown.size.height // 3), animate=False)
