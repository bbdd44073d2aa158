"""A claim file beside the clerk's work: a thread works it out, the clerk's own writes it."""

import threading
import time
from collections.abc import Callable

from arctui.desk.beside import Stand, Told, in_short_turns
from arctui.desk.claim_file import Claim, ClaimWork
from arctui.desk.collecting import uncollected
from arctui.desk.desk import Desk
from arctui.exchange.progress import Cancelled


class ClaimBeside:
    """One claim file; all but the work itself is called in the clerk's thread. Before `finish` nothing is written."""

    def __init__(
        self,
        desk: Desk,
        account: str,
        ended: Callable[["ClaimBeside"], None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin; `ended` is called in the working thread at its end. Raises DeskError, BookError."""
        self._claim = ClaimWork(desk, account)
        self._ended = ended
        self._told = Told(clock)
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._work, name="claim file", daemon=True)
        self._thread.start()

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

    def finish(self) -> Claim:
        """Write it; to be called when it is done, or was called off.

        Raises what working it out raised (DeskError, BookError, Cancelled), and what writing raises.
        """
        if self._told.cancelled:
            raise Cancelled
        if self._error:
            raise self._error
        return self._claim.finish()

    # In the thread

    def _work(self) -> None:
        try:
            with in_short_turns(), uncollected():
                self._claim.make(self._told)
        except Exception as error:  # noqa: BLE001  raised again in the clerk's thread
            self._error = error
        self._ended(self)
