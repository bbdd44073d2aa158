"""Dropped files that were not imported: why, in full, and a key that opens one from where it lies now."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from arctui.core.text import clean, plural
from arctui.desk.importing import NeedsConsentError
from arctui.exchange.mapping import NeedsMappingError
from arctui.exchange.report import ReportError
from arctui.tui.purposes import PURPOSES
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.widgets.keybar import Hint
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

_OPTIONS = "behind the path: --add closes nothing, --dates mdy or dmy, --as-of YYYY-MM-DD, --map shows the columns"


class Refused(NamedTuple):
    """A file that was dropped, why it was not imported, and where it lies now."""

    error: ReportError
    path: Path


class RefusedScreen(ListingScreen):
    """Why they were not imported, the last one first; each can be opened by its number."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open(1)", show=False),
        Binding("I", "dismiss", show=False),
        *(Binding(str(n), f"open({n})", show=False) for n in range(1, 10)),
    ]
    KEYS: ClassVar[tuple[Hint, ...]] = (("o", "import the first"), ("1-9", "import that one"))

    def __init__(self, screen: "DeskScreen", refused: list[Refused]) -> None:
        """`screen` is the one below."""
        self._below, self._refused = screen, refused
        super().__init__(f"NOT IMPORTED  {plural(len(refused), 'file')}", self._lines)

    def _lines(self, width: int) -> list[Line]:
        lines: list[Line] = []
        for number, (error, path) in enumerate(self._refused, start=1):
            where = f"  in {clean(path.parent.name)}"
            lines += [((f"{number} ", "dim"), (clean(path.name), "strong"), (where, "dim"))]
            lines += [*wrap(f"{error}", width, "warn"), *wrap(_answer(error), width), (("", ""),)]
        return [*lines, *wrap(_OPTIONS, width, "dim")]

    def action_open(self, number: int) -> None:
        """Open the prompt with the path of one: what it asks is asked there."""
        if number > len(self._refused):
            return
        below, path = self._below, str(self._refused[number - 1].path)
        self.dismiss()
        if reason := below.actions.by_id["open_file"].reason(below.state()):
            below.tell(f"{reason}; it lies in {path}", "warn")
        else:
            below.typing.open(PURPOSES["open_file"], text=shlex.quote(path) if " " in path else path)


def _answer(error: ReportError) -> str:
    """Say what the clerk can do here."""
    if isinstance(error, NeedsMappingError):
        return "o opens it and shows its columns, to be named"
    if isinstance(error, NeedsConsentError):
        return "o opens it and asks again: there it is imported as it is, or with --add where it is only a part"
    return "o opens it again; export it anew where nothing else helps"
