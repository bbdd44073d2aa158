"""The dashboard: the figures of every currency and the accounts behind them, worked out beside the clerk's work.

A thread works it out on the book as it is when it begins; where the book has much in it that takes a second or two.
"""

import threading
from collections.abc import Callable

from arctui.desk.beside import Stand, Told, in_short_turns
from arctui.desk.board import Board
from arctui.desk.board_figures import boards
from arctui.desk.collecting import uncollected
from arctui.desk.desk import Desk
from arctui.exchange.progress import Cancelled

#: So many accounts are looked at between two looks at whether it is called off.
_AT_A_TIME = 50


class Dashboard:
    """The boards of one moment; all but the work itself is called in the clerk's thread."""

    def __init__(self, desk: Desk, ended: Callable[[], None]) -> None:
        """Begin; `ended` is called in the working thread at its end, unless it was called off."""
        self._number, self._today = desk.book.number, desk.today
        self._ended = ended
        self._told = Told()
        self._derived = desk.derived.still()
        self._boards: dict[str, Board] | None = None
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._work, name="dashboard", daemon=True)
        self._thread.start()

    def is_of(self, desk: Desk) -> bool:
        """Is the book, and the day, still the one that it is about?"""
        return (desk.book.number, desk.today) == (self._number, self._today)

    @property
    def is_done(self) -> bool:
        """Is everything worked out, or has it failed?"""
        return self._boards is not None or self._error is not None

    @property
    def stand(self) -> Stand:
        """How far it is."""
        return self._told.stand

    @property
    def boards(self) -> dict[str, Board]:
        """The boards by currency, the home currency first; none before it is done.

        Raises what working them out raised: UnknownCountryError where the country's holidays are not known.
        """
        if self._error:
            raise self._error
        return self._boards or {}

    def cancel(self) -> None:
        """Call it off."""
        self._told.cancelled = True

    # In the thread

    def _work(self) -> None:
        try:
            with in_short_turns(), uncollected():
                self._boards = boards(self._derived, self._told.at)
        except Cancelled:
            return
        except Exception as error:  # noqa: BLE001  raised again in the clerk's thread
            self._error = error
        self._ended()
