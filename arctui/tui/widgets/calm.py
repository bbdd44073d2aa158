"""A screen on which another focus alone paints nothing: what looks another way with the focus paints itself."""

from textual.reactive import Reactive
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget


class CalmScreen(Screen[ScreenResultType]):
    """A screen that is not painted as a whole whenever the focus moves, as Textual does it."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
