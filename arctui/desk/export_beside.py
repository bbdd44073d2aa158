"""An export beside the clerk's work: a thread works the file out, the clerk's own writes it.

The thread looks at the book as it was when the export began. There is no file before all of it is worked out, so it
can be called off at any moment, or die with the program, without a trace.
"""

import time
from collections.abc import Callable
from pathlib import Path

from arctui.desk.beside import Beside
from arctui.desk.desk import Desk
from arctui.desk.exporting import Wish, content_of, looked_at, plan, write
from arctui.exchange.progress import Cancelled


class ExportBeside(Beside):
    """One export; all but the work itself is called in the clerk's thread."""

    def __init__(
        self,
        desk: Desk,
        wish: Wish,
        path: Path,
        ended: Callable[["ExportBeside"], None],
        *,
        force: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin; `ended` is called in the working thread at its end. Raises DeskError, BookError."""
        super().__init__("export", ended, clock)
        self._plan = plan(desk, wish, path, force=force)
        self._force = force
        self._book = looked_at(desk, wish).still()
        self._made: tuple[bytes, int] | None = None
        self._begin()

    @property
    def path(self) -> Path:
        """The file that is to be written."""
        return self._plan.target

    def finish(self) -> int:
        """Write the file and return the number of its rows; to be called when it is done, or was called off.

        Raises what working it out raised (DeskError, Cancelled), and what writing raises (DeskError, BookError); then
        there is no file.
        """
        self._check()
        if self._made is None:
            raise Cancelled
        content, rows = self._made
        write(self._plan.target, content, force=self._force)
        return rows

    def _make(self) -> None:
        self._made = content_of(self._book, self._plan, self._told)
