"""The folder of the policy: what is dropped there is imported beside the work, by one of the open workstations."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from arctui import fence
from arctui.desk.watching import Watch
from arctui.exchange.progress import Cancelled
from arctui.exchange.report import ReportError

if TYPE_CHECKING:
    from arctui.desk.importing import ImportSummary
    from arctui.tui.screens.desk import DeskScreen


class Watching:
    """Looks into the folder whenever the book is looked at."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        self._setting = ""
        self._watch: Watch | None = None

    def look(self) -> None:
        """Begin the import of a file that is complete, unless one goes on."""
        desk = self.screen.desk
        if desk.policy.watch_folder != self._setting:
            self.leave()
            self._setting = desk.policy.watch_folder
            self.screen.guarded(self._begin)
        importing = self.screen.importing
        if self._watch and not importing.goes_on and (path := self._watch.look()):
            importing.begin_dropped(path, partial(self._settled, self._watch, path))

    def _begin(self) -> None:
        book = self.screen.desk.book.path
        if self._setting:
            self._watch = Watch(
                book.parent / fence.typed(self._setting), book, partial(self.screen.tell, role="warn")
            )

    def _settled(self, watch: Watch, path: Path, end: "ImportSummary | Exception") -> Path:
        """Put a file where it belongs and return where it lies."""
        day = self.screen.desk.today
        from arctui.desk.import_words import imported, why_not
        from arctui.desk.importing import ImportSummary

        if isinstance(end, ImportSummary):
            watch.done(path, imported(end), day)
        elif isinstance(end, ReportError):
            return watch.failed(path, why_not(end), day)
        elif isinstance(end, Cancelled):
            watch.leave(path)
        else:
            watch.put_off(path, str(end))
        return path

    def leave(self) -> None:
        """Watch no longer."""
        if self._watch:
            self._watch.close()
        self._watch = None
