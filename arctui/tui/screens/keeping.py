"""What is typed comes to disk a moment later; where the disk refuses, it stays here and is tried again."""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.timer import Timer

from arctui.store import BookBusyError, BookError

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

#: What is being typed is on disk at most this much later.
_KEEP_SECONDS = 0.4
#: Where the disk refused, or another session was at it, it is tried again after this time.
_AGAIN_SECONDS = 0.5
#: Another session's commit is not waited for longer, as long as it is tried again later: keys must not wait for it.
_PATIENCE = 0.1

What = TypeVar("What", bound=Hashable)


class Keeping(Generic[What]):
    """The texts that the disk does not have yet, by what they are typed for, the latest last."""

    def __init__(self, screen: "DeskScreen", write: Callable[[What, str], None]) -> None:
        """`write` brings one text to disk. It raises BookError where the disk refuses."""
        self._screen = screen
        self._write = write
        self._texts: dict[What, str] = {}
        self._timer: Timer | None = None
        # How often it was refused in a row, and whether that was said.
        self._refusals = 0
        self._said = False

    def text(self, what: What) -> str | None:
        """Return the text that is not on disk yet, None if the disk has the last word."""
        return self._texts.get(what)

    @property
    def latest(self) -> str:
        """The text typed last that is not on disk yet, "" if there is none."""
        return next(reversed(self._texts.values()), "")

    def soon(self, what: What, text: str) -> None:
        """Keep a text, at the latest in a moment."""
        self._texts.pop(what, None)
        self._texts[what] = text
        if self._timer is None:
            self._in(_KEEP_SECONDS)

    def now(self) -> bool:
        """Bring everything to disk; if it refuses, say so once and try again later. Return whether it is there."""
        try:
            with self._screen.desk.book.waiting(_PATIENCE):
                self.write()
        except BookError as error:
            self._refusals += 1
            # Another session's commit may take a moment.
            is_trouble = self._refusals > 1 or not isinstance(error, BookBusyError)
            if not self._screen.call_is_lost() and not self._said and is_trouble:
                self._said = True
                self._screen.tell(f"not kept on disk, only here: {error}", "bad")
            return False
        if self._said:
            self._screen.tell("what you typed is kept on disk again", "good")
        self._forget_refusals()
        return True

    def _forget_refusals(self) -> None:
        self._refusals, self._said = 0, False

    def write(self) -> None:
        """Bring everything to disk. Raises BookError; what is not there yet stays and is tried again later."""
        self._stop_timer()
        if not self._screen.desk.book.on_disk:
            # The first import makes the book; before it there is nothing in which a draft could stand.
            return
        for what, text in list(self._texts.items()):
            try:
                self._write(what, text)
            except BookError:
                self._in(_AGAIN_SECONDS)
                raise
            del self._texts[what]

    def forget(self, what: What) -> None:
        """A text has become an act."""
        self._texts.pop(what, None)
        if not self._texts:
            self._forget_refusals()

    def forget_all(self) -> None:
        """Nothing is left to be kept."""
        self._stop_timer()
        self._texts.clear()
        self._forget_refusals()

    def _in(self, seconds: float) -> None:
        self._stop_timer()
        self._timer = self._screen.set_timer(seconds, self._at_the_time)

    def _at_the_time(self) -> None:
        self.now()

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.stop()
        self._timer = None
