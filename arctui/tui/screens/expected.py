"""Expected cash over the whole screen; a large book is added up a little at a time, so that no key waits for it."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from arctui.core.business import UnknownCountryError
from arctui.desk import Desk, DeskError
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.views.expected import expected_lines
from arctui.tui.widgets.lines import Line

#: Seconds that it takes at a time, and that it leaves to the keys in between.
_SLICE, _PAUSE = 0.02, 0.01


class ExpectedScreen(ListingScreen):
    """What came, and what is expected, week by week."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("dollar_sign", "dismiss", show=False)]

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._goes_on = False
        super().__init__("EXPECTED CASH", self._lines)

    def _lines(self, width: int) -> list[Line]:
        """Return the bars, or how far the book is added up. Raises DeskError."""
        cash = self._desk.cash()
        try:
            if cash.look(_SLICE):
                return expected_lines(self._desk, width)
        except UnknownCountryError as error:
            raise DeskError(str(error)) from None
        if not self._goes_on:
            self._goes_on = True
            self.set_timer(_PAUSE, self.go_on)
        return [((f"adding up, {cash.waiting:,} accounts to go ...", "dim"),)]

    def go_on(self) -> None:
        """Go on adding up, and show how far it is."""
        self._goes_on = False
        self.show_again()
