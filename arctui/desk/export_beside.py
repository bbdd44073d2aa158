"""An export beside the clerk's work: a thread works the file out, the clerk's own writes it.

The thread looks at the book as it was when the export began. There is no file before all of it is worked out, so it
can be called off at any moment, or die with the program, without a trace.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from arctui.desk.beside import Stand, Told, in_short_turns
from arctui.desk.collecting import uncollected
from arctui.desk.desk import Desk
from arctui.desk.exporting import Wish, content_of, looked_at, plan, write
from arctui.exchange.progress import Cancelled


class ExportBeside:
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
        self._plan = plan(desk, wish, path, force=force)
        self._force = force
        self._ended = ended
        self._told = Told(clock)
        self._book = looked_at(desk, wish).still()
        self._made: tuple[bytes, int] | None = None
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._work, name="export", daemon=True)
        self._thread.start()

    @property
    def path(self) -> Path:
        """The file that is to be written."""
        return self._plan.target

    @property
    def stand(self) -> Stand:
        """How far it is."""
        return self._told.stand

    def cancel(self) -> None:
        """Call it off; `finish` then raises Cancelled."""
        self._told.cancelled = True

    def wait(self, seconds: float) -> bool:
        """Wait so long for the thread; return whether it is done."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def finish(self) -> int:
        """Write the file and return the number of its rows; to be called when it is done, or was called off.

        Raises what working it out raised (DeskError, Cancelled), and what writing raises (DeskError, BookError); then
        there is no file.
        """
        if self._told.cancelled:
            raise Cancelled
        if self._error:
            raise self._error
        if self._made is None:
            raise Cancelled
        content, rows = self._made
        write(self._plan.target, content, force=self._force)
        return rows

    # In the thread

    def _work(self) -> None:
        try:
            with in_short_turns(), uncollected():
                self._made = content_of(self._book, self._plan, self._told)
        except Exception as error:  # noqa: BLE001  raised again in the clerk's thread
            self._error = error
        self._ended(self)
