"""A screen of the desk that says what was done, and why something was not, in its status line."""

from collections.abc import Callable

from arctui.core.business import UnknownCountryError
from arctui.desk import Desk, DeskError
from arctui.exchange.report import ReportError
from arctui.fence import FenceError
from arctui.playbook.model import PlaybookError
from arctui.store import BookError
from arctui.tui.widgets.calm import CalmScreen
from arctui.tui.widgets.lines import Line, Lines, wrap

#: So many lines a sentence in the status line may take.
_MOST_TOLD = 3
#: What an act may say instead of being done.
EXPECTED = (DeskError, BookError, ReportError, UnknownCountryError, PlaybookError, FenceError)


class TellingScreen(CalmScreen[None]):
    """Has a line `#status` that says things."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        # What was said last, but for what others did.
        self._told: list[Line] = []

    def call_is_lost(self) -> bool:
        """Leave the call if it cannot go on here any more, and say why."""
        return False

    def tell(self, text: str, role: str = "", *, too: bool = False) -> None:
        """Say something in the status line, which grows for a longer sentence; `too`: what was said last stays."""
        folder = self.desk.book.path.parent
        if len(folder.parts) > 1:
            # Where the book lies is known; what is wrong with it must fit on the screen.
            text = text.replace(f"{folder}/", "")
        lines = wrap(f" {text}", max(2, self.size.width - 1), role, indent=1)[:_MOST_TOLD]
        if too:
            lines = [*self._told[: _MOST_TOLD - 1], *lines][:_MOST_TOLD]
        else:
            self._told = lines if text else []
        status = self.query_one("#status", Lines)
        status.styles.height = len(lines)
        status.show(lines)

    def guarded(self, act: Callable[[], object], *, quiet: bool = False) -> bool:
        """Do something with the desk; say why if it is refused, unless that was said already (`quiet`)."""
        try:
            act()
        except EXPECTED as error:
            if not self.call_is_lost() and not quiet:
                self.tell(str(error), "bad" if isinstance(error, BookError) else "warn")
            return False
        return True

    def saved(self, what: str) -> bool:
        """Say that an act is on disk; always true."""
        self.tell(f"saved {self.desk.rules.moment.now:%H:%M}: {what}", "good")
        return True
