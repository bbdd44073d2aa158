"""At quiet moments the journal is written into the book's file, by a thread, so that no key waits for it."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING

from arctui.store import BookBusyError, BookConflictError, BookError
from arctui.store.fold import Fold

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

#: A long journal is folded after so many seconds in which nothing came into it, a short one after more.
_LONG_BYTES = 1_000_000
_QUIET_SECONDS, _IDLE_SECONDS = 10.0, 300.0
#: After a fold that failed the next one waits so long.
_AGAIN_SECONDS = 600.0
#: Another session's commit is not waited for longer when a fold is to take its place: keys must not wait for it.
_PATIENCE = 0.1


class Folding:
    """At most one fold goes on. What fails is tried again later: nothing is lost by it."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        #: What writes just now, None if nothing does.
        self.thread: Thread | None = None
        self._not_before = 0.0
        self._left = False
        # The last line of the journal, and since when it is the last.
        self._last, self._since = -1, 0.0

    def consider(self) -> None:
        """Fold if it is time."""
        book, now = self._screen.desk.book, time.monotonic()
        if book.stand.seq != self._last:
            self._last, self._since = book.stand.seq, now
        enough = _QUIET_SECONDS if book.journal_size > _LONG_BYTES else _IDLE_SECONDS
        waits = self.thread is not None or now < max(self._not_before, self._since + enough)
        if book.unfolded and not waits and not book.closed_because:
            self.begin()

    def begin(self) -> None:
        """Take the snapshot now, and let a thread write it."""
        desk = self._screen.desk
        try:
            fold, days = desk.book.begin_fold(), desk.kept.shot()
        except BookError:
            # What is wrong with the file is told where the book is looked at.
            self._not_before = time.monotonic() + _AGAIN_SECONDS
            return
        loop, at = asyncio.get_running_loop(), desk.rules.moment.now

        def write() -> None:
            then: Callable[[Fold], None] = self._given_up
            # Another session did it, or the disk refuses: what is on the screen does not depend on it.
            try:
                with contextlib.suppress(BookError):
                    fold.write()
                    desk.kept.write(days)
                    if not self._left:
                        fold.back_up(desk.book.session, at)
                        then = self._finish
            finally:
                # Unless the program has failed meanwhile.
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(then, fold)

        self.thread = Thread(target=write, name="fold", daemon=True)
        self.thread.start()

    def leave(self) -> None:
        """The program is left, which folds by itself: two folds of one session must not be in each other's way."""
        self._left = True
        if self.thread:
            self.thread.join()

    def _finish(self, fold: Fold) -> None:
        if self._left:
            self._given_up(fold)
            return
        book = self._screen.desk.book
        try:
            with book.waiting(_PATIENCE):
                book.finish_fold(fold)
        except (BookConflictError, BookBusyError):
            self._given_up(fold)
        except BookError as error:
            self._given_up(fold)
            self._screen.tell(f"everything is saved, but the book cannot be written anew: {error}", "warn")
        else:
            self._end(fold)
            if fold.backup_problem:
                self._screen.tell(fold.backup_problem, "warn")

    def _given_up(self, fold: Fold) -> None:
        self._not_before = time.monotonic() + _AGAIN_SECONDS
        self._end(fold)

    def _end(self, fold: Fold) -> None:
        self.thread = None
        fold.close()
