"""Exports beside the clerk's work: at most one goes on, its line stands over the keys, its end is said."""

from pathlib import Path
from typing import TYPE_CHECKING

from textual.timer import Timer

from arctui.core.text import clean, plural
from arctui.desk import DeskError
from arctui.exchange.progress import Cancelled
from arctui.store import BookError
from arctui.tui.views.progress import progress_line
from arctui.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from arctui.desk.export_beside import ExportBeside
    from arctui.desk.exporting import Wish
    from arctui.tui.screens.desk import DeskScreen

#: What is done so soon is done while its key is answered.
_AT_ONCE_SECONDS = 0.3
#: So often its line is painted.
_PAINT_SECONDS = 0.2


class Exporting:
    """The export that goes on."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        self._beside: ExportBeside | None = None
        self._timer: Timer | None = None

    @property
    def file(self) -> str:
        """The name of the file that is being written, "" for none."""
        return clean(self._beside.path.name) if self._beside else ""

    def begin(self, wish: "Wish", path: Path, *, force: bool) -> None:
        """Write a file; what takes longer goes on beside the work. Raises DeskError, BookError."""
        from arctui.desk.export_beside import ExportBeside

        beside = ExportBeside(self.screen.desk, wish, path, self._ended, force=force)
        if beside.wait(_AT_ONCE_SECONDS):
            self._written(beside)
            return
        self._beside = beside
        self._timer = self.screen.set_interval(_PAINT_SECONDS, self._paint)
        self._paint()

    def _ended(self, beside: "ExportBeside") -> None:
        """The thread, in which this is called, has done its work."""
        self.screen.call_later(self._over, beside)

    def _paint(self) -> None:
        line = self.screen.query_one("#progress", Lines)
        beside, width = self._beside, self.screen.size.width
        shown = [progress_line(self.file, beside.stand, width)] if beside else []
        line.styles.height = len(shown)
        line.show(shown)

    def _over(self, beside: "ExportBeside") -> None:
        """Write what the thread worked out, or tell why not."""
        if beside is not self._beside:
            return
        file = self.file
        self._end()
        self._paint()
        try:
            self._written(beside)
        except Cancelled:
            self.screen.tell(f"the export to {file} was cancelled: nothing was written", "warn")
        except (DeskError, BookError) as error:
            self.screen.tell(str(error), "bad" if isinstance(error, BookError) else "warn")

    def _written(self, beside: "ExportBeside") -> None:
        rows = beside.finish()
        self.screen.tell(f"{clean(beside.path.name)}: {plural(rows, 'row')}", "good")

    def cancel(self) -> bool:
        """Call it off; return whether one went on. The thread need not be waited for: it writes nothing."""
        beside = self._beside
        if beside:
            beside.cancel()
            self._over(beside)
        return beside is not None

    def leave(self) -> None:
        """The program is left: what goes on goes without a trace."""
        if self._beside:
            self._beside.cancel()
        self._end()

    def _end(self) -> None:
        self._beside = None
        if self._timer:
            self._timer.stop()
        self._timer = None
