"""The confirmation of what was agreed, ready to be copied or written to a file."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType

from arctui.core.calls import Call
from arctui.desk import DeskError
from arctui.desk.confirming import copied, written
from arctui.letters.confirmation import Confirmation
from arctui.store import BookError
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.widgets.keybar import Hint
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.tui.app import ArctuiApp
    from arctui.tui.screens.desk import DeskScreen


class ConfirmationScreen(ListingScreen):
    """The text over the whole screen. What is done with it is noted: in the open call, else in the account's file."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", show=False),
        Binding("w", "write", show=False),
        Binding("v", "dismiss", show=False),
    ]
    KEYS: ClassVar[tuple[Hint, ...]] = (("y", "copy"), ("w", "write to a file"))

    def __init__(self, screen: "DeskScreen") -> None:
        """It is about the account that is looked at. Raises DeskError if nothing was agreed."""
        self._below, self._desk, self._calling = screen, screen.desk, screen.calling
        self._account = screen.account
        self._in_call = screen.calling.call is not None and screen.calling.call.account == screen.account
        # The text as it is looked at: what is copied must be what was read.
        confirming, call = self._desk.confirming, self._call
        self._text: Confirmation = confirming.text(self._account, call)
        self._waiting = confirming.waiting(call) if call else ""
        self._noted: set[str] = set()
        name = self._desk.dossier(self._account).account.name
        super().__init__(f"CONFIRMATION  {name}", self._lines)

    @property
    def _call(self) -> Call | None:
        return self._calling.now if self._in_call else None

    def _lines(self, width: int) -> list[Line]:
        waiting = f"not agreed yet, so not in this text: {self._waiting}"
        missing = [*wrap(waiting, width, "warn"), ()] if self._waiting else []
        body = [
            line
            for part in self._text.text.split("\n")
            for line in wrap(part, width, indent=4 if part.startswith(" ") else 0)
        ]
        return [*missing, *wrap(self._text.subject, width, "strong"), (), *body]

    def _try(self, act: Callable[[], str]) -> None:
        """Do it and say what came of it: here, and in the status line to which Escape leads back."""
        try:
            said = act(), "good"
        except (DeskError, BookError) as error:
            said = str(error), "bad"
        self.tell(*said)
        self._below.tell(*said)

    def _note(self, words: str) -> None:
        """Note what was done, once."""
        if words in self._noted:
            return
        if self._in_call:
            self._calling.remark(words)
        else:
            self._desk.note(self._account, words)
        self._noted.add(words)

    def action_copy(self) -> None:
        """Copy subject and text to the terminal's clipboard."""

        def act() -> str:
            cast("ArctuiApp", self.app).copy(self._text.whole)
            self._note(copied(self._text))
            return "copied to your terminal's clipboard (OSC 52); if nothing is there, w writes a file"

        self._try(act)

    def action_write(self) -> None:
        """Write it to a file, once."""

        def act() -> str:
            file = self._desk.confirming.write(self._account, self._text)
            if not self._desk.confirming.is_noted(self._account, file.path, self._call):
                self._note(written(self._text, file.path))
            return f"{'written' if file.new else 'this text was written already'}: {file.path}"

        self._try(act)
