"""What is done beside the work after the first screen, a little at a time, so that no key waits for it.

First a large book's calendar is put together, then what accounts are found by; then the worklist that was kept is
proved, and the next day's made; at last the early picture of the next start is drawn.
"""

import contextlib
import gc
import time
from functools import cached_property
from threading import Thread
from typing import TYPE_CHECKING, cast

from arctui.glance.kept import state_of
from arctui.tui.glancing import Glancing, write

if TYPE_CHECKING:
    from arctui.tui.app import ArctuiApp
    from arctui.tui.screens.desk import DeskScreen

#: Seconds that it takes at a time, and that it leaves to the keys in between.
_SLICE, _PAUSE = 0.01, 0.01
#: The same for what nobody waits for.
_SMALL_SLICE, _LONG_PAUSE = 0.004, 0.02
#: Seconds after a key in which the next one may come, so nothing is done: one that is held down comes 30 a second.
_AFTER_A_KEY = 0.15


class Dating:
    """Goes on a little at a time until all is ready, and shows the calendar once it is."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        self._goes_on = False
        self._is_kept = self._is_drawn = False

    @cached_property
    def glancing(self) -> Glancing:
        """Draws the early picture of the next start."""
        return Glancing(self.screen, cast("ArctuiApp", self.screen.app))

    def consider(self) -> None:
        """Begin unless it goes on already."""
        if not self._goes_on:
            self._goes_on = True
            self.screen.call_after_refresh(self._go_on)

    def _go_on(self) -> None:
        since = time.monotonic() - cast("ArctuiApp", self.screen.app).last_key
        if since < _AFTER_A_KEY:
            self.screen.set_timer(_AFTER_A_KEY - since, self._go_on)
            return
        desk, done, pause = self.screen.desk, False, _PAUSE

        def slice_of_it() -> None:
            nonlocal done, pause
            if not desk.agenda.ready:
                if desk.agenda.prepare(_SLICE):
                    # What was made stays: looking through all of it for garbage would hold up keys for long.
                    gc.freeze()
                    self._show()
            elif desk.derived.haystack.prepare(_SLICE):
                # What is found wrong is shown right when the desk is next looked at.
                pause, done = _LONG_PAUSE, desk.kept.go_on(_SMALL_SLICE) and self._draw(_SMALL_SLICE)

        self._goes_on = self.screen.guarded(slice_of_it) and not done
        if done and not self._is_kept and (days := desk.kept.shot()):
            # Once, so that the next start is quick although this session may be cut off; later with each fold.
            self._is_kept = True
            Thread(target=desk.kept.write, args=(days,), name="keep", daemon=True).start()
        if self._goes_on:
            self.screen.set_timer(pause, self._go_on)

    def _draw(self, seconds: float) -> bool:
        """Draw for so long at the early picture, once it is drawn keep it; return whether it is."""
        if self._is_drawn or cast("ArctuiApp", self.screen.app).terminal is None:
            return True
        if not self.glancing.go_on(seconds):
            return False
        self._is_drawn, desk, path = True, self.screen.desk, str(self.screen.desk.book.path)
        # Once, as the worklist; later when the clerk leaves. There may be no file yet.
        with contextlib.suppress(OSError):
            state = state_of(path)
            if not desk.refresh() and (shots := self.glancing.shots(coming=False)):
                Thread(target=write, args=(path, state, shots), name="glance", daemon=True).start()
        return True

    def _show(self) -> None:
        if self.screen.wide or self.screen.front == "calendar":
            self.screen.planning.show()
        self.screen.show_script(top=False)
