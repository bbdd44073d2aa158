"""A claim file beside the clerk's work: a thread works it out, the clerk's own writes it."""

import time
from collections.abc import Callable

from arctui.desk.beside import Beside
from arctui.desk.claim_file import Claim, ClaimWork
from arctui.desk.desk import Desk


class ClaimBeside(Beside):
    """One claim file. Before `finish` nothing is written."""

    def __init__(
        self,
        desk: Desk,
        account: str,
        ended: Callable[["ClaimBeside"], None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin; `ended` is called in the working thread at its end. Raises DeskError, BookError."""
        super().__init__("claim file", ended, clock)
        self._claim = ClaimWork(desk, account)
        self._begin()

    def finish(self) -> Claim:
        """Write it; to be called when it is done, or was called off.

        Raises what working it out raised (DeskError, BookError, Cancelled), and what writing raises.
        """
        self._check()
        return self._claim.finish()

    def _make(self) -> None:
        self._claim.make(self._told)
