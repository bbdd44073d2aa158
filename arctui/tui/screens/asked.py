"""The question that an import asks before it does something large, over the whole screen; a key of its own agrees."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from arctui.desk.importing import NeedsConsentError
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.widgets.keybar import Hint
from arctui.tui.widgets.lines import wrap

_ELSE = "Nothing was changed yet. If it is only a part of what is open, o imports it with --add behind the path."


class AskedScreen(ListingScreen):
    """What an import asks; left without an answer, it can be asked for again."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "agree", show=False), Binding("I", "dismiss", show=False)]
    KEYS: ClassVar[tuple[Hint, ...]] = (("y", "import it so"),)

    def __init__(self, file: str, question: NeedsConsentError, agree: Callable[[], None]) -> None:
        super().__init__(
            f"IMPORT {file}?", lambda width: [*wrap(f"{question}", width, "warn"), *wrap(_ELSE, width, "dim")]
        )
        self._agree = agree

    def action_agree(self) -> None:
        """Import it as it is."""
        self.dismiss()
        self._agree()
