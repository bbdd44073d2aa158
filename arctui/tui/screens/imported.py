"""What an import brought, over the whole screen; what was not read can be saved from there."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from arctui.desk import DeskError
from arctui.desk.importing import ImportSummary
from arctui.desk.skipped_rows import beside, save_skipped
from arctui.store import BookError
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.views.imported import import_lines
from arctui.tui.widgets.keybar import Hint

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


def imported_screen(screen: "DeskScreen", summary: ImportSummary, path: Path | None) -> ListingScreen:
    """Return the listing of an import. `path` is its file, None where it lies there no longer."""
    if summary.skipped and path:
        return _SavingScreen(screen, summary, path)
    return _BroughtScreen(_title(summary), lambda width: import_lines(summary, width))


class _BroughtScreen(ListingScreen):
    """What an import brought; Enter goes on to what it asks, if it asks anything."""

    KEYS: ClassVar[tuple[Hint, ...]] = (("Enter", "go on"),)


class _SavingScreen(ListingScreen):
    """An import of which something was not read."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("s", "save", show=False)]
    KEYS: ClassVar[tuple[Hint, ...]] = (("Enter", "go on"), ("s", "save what was not read"))

    def __init__(self, screen: "DeskScreen", summary: ImportSummary, path: Path) -> None:
        """`screen` is the one below."""
        self._below, self._summary, self._path = screen, summary, path
        super().__init__(_title(summary), lambda width: import_lines(summary, width))

    def action_save(self) -> None:
        """Save the rows that were not read beside the file."""
        try:
            file, _ = save_skipped(self._below.desk, [self._summary], beside(self._path))
            said = f"written: {file}", "good"
        except (DeskError, BookError) as error:
            said = str(error), "bad"
        self.tell(*said)
        self._below.tell(*said)


def _title(summary: ImportSummary) -> str:
    return f"IMPORT {summary.file}"
