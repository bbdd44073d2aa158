"""How far an import or export is, in the terminal: a bar on stderr if it takes long; what Ctrl+C does meanwhile."""

import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any

#: What is done sooner shows no bar.
_SECONDS = 0.5
_FORMAT = "{desc}: {percentage:3.0f}% |{bar}| {n:,} of {total:,} {things}, {remaining} left"
_WITHOUT_TOTAL = "{desc} ..."


class Bar:
    """The progress of one file after the other. While one comes to disk an interruption waits until it is there."""

    def __init__(self, *, shown: bool, clock: Callable[[], float] = time.monotonic, things: str = "rows") -> None:
        """`shown`: is a bar wanted? It is shown only where stderr is a terminal. `things`: what is counted."""
        self._things = things
        self._shown = shown and sys.stderr.isatty()
        self._clock = clock
        self._since = clock()
        self._words = ""
        self._bar: Any = None
        self._settling = False
        #: The signal that asked for the end, 0 if none did.
        self.signal = 0
        self._before: list[tuple[int, Any]] = []

    def __enter__(self) -> "Bar":
        if threading.current_thread() is threading.main_thread():
            self._before = [(n, signal.signal(n, self._interrupt)) for n in (signal.SIGINT, signal.SIGTERM)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hide()
        for number, handler in self._before:
            signal.signal(number, handler)

    def _interrupt(self, number: int, _frame: FrameType | None) -> None:
        self.signal = number
        if not self._settling:
            raise KeyboardInterrupt

    def begin(self) -> None:
        """The next file begins. Raises KeyboardInterrupt where the last one was not to be followed by any."""
        self.hide()
        self._since, self._settling = self._clock(), False
        if self.signal:
            raise KeyboardInterrupt

    def stage(self, words: str) -> None:
        """Show what is being done."""
        self._words = words
        self.hide()
        self.at(0, 0)

    def at(self, done: int, total: int) -> None:
        """Show how far it is."""
        if not self._shown or self._clock() - self._since < _SECONDS:
            return
        if self._bar is None or self._bar.total != (total or None):
            self.hide()
            self._bar = self._make(done, total)
        self._bar.update(done - self._bar.n)

    def _make(self, done: int, total: int) -> Any:
        from tqdm import tqdm  # only for what takes long

        tqdm.monitor_interval = 0
        return tqdm(
            desc=self._words,
            initial=done,
            total=total or None,
            bar_format=_FORMAT.replace("{things}", self._things) if total else _WITHOUT_TOTAL,
            file=sys.stderr,
            leave=False,
            miniters=1,
            dynamic_ncols=True,
        )

    def hide(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def settling(self) -> None:
        """From now on it is written."""
        self._settling = True
        self.stage("writing")
