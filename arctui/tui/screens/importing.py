"""Imports beside the clerk's work: at most one goes on, its line stands over the keys, what it brought is offered."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from textual.timer import Timer

from arctui.core.text import clean
from arctui.desk import DeskError
from arctui.exchange.progress import Cancelled
from arctui.exchange.report import Mapping, ReportError
from arctui.store import BookBusyError, BookError
from arctui.tui import screens
from arctui.tui.screens.exporting import Exporting
from arctui.tui.views.progress import progress_line
from arctui.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from arctui.desk.exporting import Wish
    from arctui.desk.import_beside import ImportBeside
    from arctui.desk.importing import ImportOptions, ImportSummary, NeedsConsentError
    from arctui.exchange.guess import Guess
    from arctui.exchange.mapping import NeedsMappingError
    from arctui.exchange.table import Table
    from arctui.tui.screens.desk import DeskScreen

#: What is done so soon is done while its key is answered.
_AT_ONCE_SECONDS = 0.3
#: So often its line is painted; while another session commits it is tried again so much later.
_PAINT_SECONDS, _AGAIN_SECONDS = 0.2, 0.3
#: Another session's commit is not waited for longer here: keys must not wait for it.
_PATIENCE = 0.1

#: Who is told of the end: of what it brought, or why it brought nothing. Returns where the file lies then.
Settled = Callable[["ImportSummary | Exception"], Path]


class Importing:
    """The import that goes on, and what the last one brought."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        self._beside: ImportBeside | None = None
        self._settled: Settled | None = None
        self._timer: Timer | None = None
        self._exporting = Exporting(screen)
        # What the last one brought, and the one that waits for the clerk's consent.
        self.last: ImportSummary | None = None
        self._path: Path | None = None
        self._asking: tuple[ImportBeside, NeedsConsentError] | None = None
        # The one whose columns the clerk is to look at.
        self._unmapped: tuple[ImportBeside, NeedsMappingError] | None = None
        # Dropped files that were not imported, the last one first; it is shown first until another import is done.
        self._refused_files: list[screens.Refused] = []
        self._refused_last = False

    @property
    def goes_on(self) -> bool:
        """Does an import go on, or an export?"""
        return self._beside is not None or bool(self._exporting.file)

    def export(self, wish: "Wish", path: Path, *, force: bool) -> None:
        """Write a file, beside the work where it takes longer. Raises DeskError, BookError."""
        self._only_one()
        self._exporting.begin(wish, path, force=force)

    def begin(self, path: Path, options: "ImportOptions") -> "ImportSummary | None":
        """Import a file; None where it takes longer and goes on beside the work.

        Raises ReportError, NeedsConsentError, BookError, and DeskError while another one goes on.
        """
        from arctui.desk.archiving import is_archive

        beside = self._make(path, options)
        if is_archive(path):
            # It is taken over as it is, into a book that is empty: that is no work to be done beside another.
            return self._brought(self.screen.desk.import_file(path, options), path)
        beside.begin()
        if beside.wait(_AT_ONCE_SECONDS):
            self._beside = None
            summary = beside.finish()
            if summary:
                return self._brought(summary, path)
        self._watch(beside)
        return None

    def _brought(self, summary: "ImportSummary", path: Path | None) -> "ImportSummary":
        self.last, self._path, self._refused_last = summary, path, False
        self._refused_files = [refused for refused in self._refused_files if refused.path != path]
        self.screen.following.did_import()
        return summary

    def look(self, path: Path, options: "ImportOptions") -> None:
        """Show the columns of any file, to be corrected before it is imported. Raises ReportError."""
        from arctui.desk.layouts import Layouts

        self.map_columns(path, options, *Layouts(self.screen.desk).look(path, options))

    def map_columns(self, path: Path, options: "ImportOptions", table: "Table", made: "Guess") -> None:
        """Let the clerk say what the columns of a file are; it is imported from there."""
        screen = self.screen

        def run(mapping: Mapping, name: str, consent: bool) -> None:
            told = msgspec.structs.replace(
                options, mapping=mapping, month_first=None, decimal_mark="", save_layout=name, consent=consent
            )
            self.begin(path, told)

        def left(imported: bool | None) -> None:
            if imported and not self.goes_on:
                screen.search = ""
                screen.guarded(screen.show_all)
                if self.last:
                    screen.tell(f"imported {self.last.file}", "good")
                screen.guarded(self.do_imported)

        from arctui.desk.layouts import Layouts

        reading = Layouts(screen.desk).read_options(options)
        screen.app.push_screen(screens.MappingScreen(path.name, table, made, reading, run), left)

    def begin_dropped(self, path: Path, settled: Settled) -> None:
        """Import a file that nobody asked for; `settled` is told of its end."""
        from arctui.desk.importing import ImportOptions

        beside = self._make(path, ImportOptions(unattended=True))
        self._settled = settled
        beside.begin()
        self._watch(beside)

    def _make(self, path: Path, options: "ImportOptions") -> "ImportBeside":
        from arctui.desk.import_beside import ImportBeside

        self._only_one()
        self._asking = self._unmapped = None
        return ImportBeside(self.screen.desk, path, options, self._ended)

    def _only_one(self) -> None:
        if self._beside:
            raise DeskError(f"{clean(self._beside.path.name)} is being imported still: wait for it, or X cancels it")
        if file := self._exporting.file:
            raise DeskError(f"{file} is being written still: wait for it, or X cancels it")

    def _ended(self, beside: "ImportBeside") -> None:
        """The thread, in which this is called, has done its work."""
        self.screen.call_later(self._over, beside)

    def _watch(self, beside: "ImportBeside") -> None:
        self._beside = beside
        if self._timer is None:
            self._timer = self.screen.set_interval(_PAINT_SECONDS, self._paint)
        self._paint()

    def _paint(self) -> None:
        line = self.screen.query_one("#progress", Lines)
        shown = []
        if self._beside:
            shown = [progress_line(clean(self._beside.path.name), self._beside.stand, self.screen.size.width)]
        line.styles.height = len(shown)
        line.show(shown)

    # Its end

    def _over(self, beside: "ImportBeside") -> None:
        """Commit what the thread prepared, or tell why not."""
        if beside is not self._beside:
            return
        try:
            with self.screen.desk.book.waiting(_PATIENCE):
                summary = beside.finish()
        except BookBusyError:
            self.screen.set_timer(_AGAIN_SECONDS, lambda: self._over(beside))
            return
        except (Cancelled, ReportError, DeskError, BookError) as error:
            self._end()
            self._refused(beside, error)
            return
        if summary is None:
            # Others changed the book: it is merged again. Or what called was the end of a merging before this one.
            return
        self._end()
        # What was dropped into the watched folder does not stay there.
        self._show(self._brought(summary, None if self._settled else beside.path))
        self._settle(summary)

    def _end(self) -> None:
        self._beside = None
        if self._timer:
            self._timer.stop()
        self._timer = None
        self._paint()

    def _settle(self, end: "ImportSummary | Exception") -> Path | None:
        settled, self._settled = self._settled, None
        return settled(end) if settled else None

    def _refused(self, beside: "ImportBeside", error: Exception) -> None:
        from arctui.desk.importing import NeedsConsentError
        from arctui.exchange.mapping import NeedsMappingError

        file, dropped = clean(beside.path.name), self._settled is not None
        lies = self._settle(error) if isinstance(error, ReportError) else None
        if isinstance(error, Cancelled):
            stays = "; it stays in the folder: o imports it" if dropped else ""
            self.screen.tell(f"the import of {file} was cancelled: nothing was changed{stays}", "warn")
        elif isinstance(error, NeedsMappingError) and not dropped:
            self._unmapped = beside, error
            self.screen.tell(f"{file}: it is not certain what its columns are. I shows them", "warn")
        elif isinstance(error, NeedsConsentError) and not dropped:
            self._asking = beside, error
            self.screen.tell(f"{file}: {error}. I shows the question, y there imports it", "warn")
        elif isinstance(error, ReportError) and lies:
            self._refused_files.insert(0, screens.Refused(error, lies))
            self._refused_last = True
            where = "could not be moved" if lies == beside.path else "lies in failed"
            self.screen.tell(f"{file} {where}, I shows it and imports it: {error}", "warn")
        else:
            self.screen.tell(f"{file}: {error}", "bad" if isinstance(error, BookError) else "warn")
        self._settle(error)

    def _show(self, summary: "ImportSummary") -> None:
        """Show what is new, without taking anything from under the clerk's hands, and say what it was."""
        from arctui.desk.import_words import in_short

        screen = self.screen
        if screen.app.screen is screen and not screen.prompt.display and not screen.call_is_lost():
            screen.guarded(lambda: screen.show_all(stay=True))
        else:
            screen.desk.unshown = True
        screen.tell(f"{in_short(summary)}   I shows it", "good")

    # What keys do

    def cancel(self) -> bool:
        """Call it off; return whether one went on."""
        if self._beside:
            self._beside.cancel()
            # A thread that is in the midst of something long need not be waited for: it changes nothing.
            self._over(self._beside)
            return True
        return self._exporting.cancel()

    def do_cancel_import(self) -> None:
        """Call the import off, or the export."""
        if not self.cancel():
            raise DeskError("no import or export goes on")

    def do_imported(self) -> None:
        """Show what an import asks, or what the last one brought."""
        unmapped, self._unmapped = self._unmapped, None
        if unmapped:
            beside, error = unmapped
            self.map_columns(beside.path, beside.options, error.table, error.guess)
        elif self._asking:
            self._ask(*self._asking)
        elif self._refused_files and (self._refused_last or not self.last):
            self._show_refused()
        elif self.last:
            summary = self.last

            def decide(_: None) -> None:
                """Ask which of the new customers are known ones, and what a bank statement's lines are that wait."""
                if summary.waiting and self.screen.desk.matching.count():
                    self.screen.acting.do_match()
                if doubtful := self.screen.desk.identity.still_doubtful(summary.doubles):
                    self.screen.app.push_screen(screens.DoublesScreen(self.screen, doubtful))
                elif self._refused_files:
                    self._show_refused()

            self.screen.app.push_screen(screens.imported_screen(self.screen, summary, self._path), decide)
        else:
            raise DeskError("nothing was imported here since the start: o imports a file")

    def _ask(self, beside: "ImportBeside", question: "NeedsConsentError") -> None:
        """Show what an import asks; it goes on when the clerk agrees."""

        def agree() -> None:
            if self.goes_on:
                file = clean(self._beside.path.name) if self._beside else self._exporting.file
                self.screen.tell(f"{file} is not done yet: I asks again then", "warn")
                return
            self._asking = None
            beside.agree()
            self._watch(beside)

        self.screen.app.push_screen(screens.AskedScreen(clean(beside.path.name), question, agree))

    def _show_refused(self) -> None:
        """Show why dropped files were not imported; one can be opened from there."""
        self.screen.app.push_screen(screens.RefusedScreen(self.screen, list(self._refused_files)))

    def leave(self) -> None:
        """The program is left: what goes on goes without a trace."""
        if self._beside:
            self._beside.cancel()
        self._beside = None
        self._exporting.leave()
