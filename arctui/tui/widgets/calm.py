"""A screen on which another focus alone paints nothing, and which is painted once for a key."""

from textual.reactive import Reactive
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from arctui.tui.composing import SparingCompositor


class CalmScreen(Screen[ScreenResultType]):
    """A screen that is not painted as a whole whenever the focus moves, as Textual does it.

    What looks another way with the focus paints itself.
    """

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    #: Is a key doing its work? What it changes is painted at its end, not once for each step.
    waits = False

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()

    @property
    def is_due(self) -> bool:
        """Is something to be laid out or painted?"""
        return self._update_timer._active.is_set()

    def lay_out(self) -> None:
        """Do at once what Textual's timer would do: lay out, and paint unless the screen waits."""
        self._on_timer_update()

    def _compositor_refresh(self) -> None:
        if not self.waits:
            super()._compositor_refresh()
