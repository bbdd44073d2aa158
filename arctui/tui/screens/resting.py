"""What follows the cursor in the list: at once, or only at rest where the cursor key is held down.

Thirty pages of facts a second are more than a slow line carries: the cursor would go on long after the key.
"""

from typing import TYPE_CHECKING, cast

from textual.timer import Timer

if TYPE_CHECKING:
    from arctui.tui.app import ArctuiApp
    from arctui.tui.screens.desk import DeskScreen


class Resting:
    """Shows the facts of the account under the cursor, and the keys that work on it."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        self._waiting: Timer | None = None

    def moved(self) -> None:
        """The cursor has moved."""
        app = cast("ArctuiApp", self.screen.app)
        if self._waiting:
            self._waiting.stop()
        if app.key_gap > app.held_gap:
            self._waiting = None
            self.screen.guarded(self._show)
        else:
            self._waiting = self.screen.set_timer(app.held_gap, self.rest)

    @property
    def is_waiting(self) -> bool:
        """Are the facts those of another account yet?"""
        return self._waiting is not None

    def rest(self) -> None:
        """The key was let go."""
        if self._waiting:
            self._waiting.stop()
            self._waiting = None
        self.screen.guarded(self._show)

    def _show(self) -> None:
        self.screen.show_script(top=True)
        self.screen.show_keys()
