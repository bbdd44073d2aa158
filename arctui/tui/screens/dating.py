"""Putting a large book's calendar together beside the work, after the first screen, so that no key waits for it."""

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

#: Seconds that it takes at a time, and that it leaves to the keys in between.
_SLICE, _PAUSE = 0.01, 0.01


class Dating:
    """Goes on a little at a time until the calendar is ready, and shows it."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        self._goes_on = False

    def consider(self) -> None:
        """Begin unless the calendar is ready, or it goes on already."""
        if not self._goes_on and not self.screen.desk.agenda.ready:
            self._goes_on = True
            self.screen.call_after_refresh(self._go_on)

    def _go_on(self) -> None:
        ready = False

        def slice_of_it() -> None:
            nonlocal ready
            ready = self.screen.desk.agenda.prepare(_SLICE)

        self._goes_on = self.screen.guarded(slice_of_it) and not ready
        if ready:
            # What was made stays: looking through all of it for garbage would hold up keys for long.
            gc.freeze()
            self.screen.guarded(self._show)
        elif self._goes_on:
            self.screen.set_timer(_PAUSE, self._go_on)

    def _show(self) -> None:
        if self.screen.wide or self.screen.front == "calendar":
            self.screen.planning.show()
        self.screen.show_script(top=False)
