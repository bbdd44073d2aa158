"""The book as it is read: its records, its acts, and what other sessions do to it. Nothing here writes."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from arctui.core.changes import Change
from arctui.core.facts import Facts
from arctui.store import backups, base, journal, rights
from arctui.store.base import Meta
from arctui.store.errors import BookLostError, BookMissingError
from arctui.store.replica import Replica
from arctui.store.transactions import Transaction


class ReadBook:
    """An open book. `facts` are its records in memory, as they stood on disk when last looked at."""

    def __init__(self, path: Path, *, new: bool = False, later: bool = False) -> None:
        """Raises BookMissingError, BookDamagedError, BookError. For `new` and `later` see `Book`."""
        self.path = rights.resolve(path)
        self.check_not_lost()
        self._replica = Replica(self.path, on_disk=self.path.exists() or not new, later=later)

    def check_not_lost(self) -> None:
        """Raise BookLostError where the file is missing and what goes with it is there."""
        if not self.path.exists() and (journal.state(self.path) or backups.found(self.path)):
            raise BookLostError(
                f"{self.path} is missing, but its journal or its backups are there: 'arctui restore' brings it back; "
                f"to begin anew, move {self.path.name}.journal and {self.path.name}.backups away"
            )

    def check_seal(self) -> None:
        """Wait until the seal of a large book is checked. Raises BookDamagedError, BookError."""
        self._replica.check_seal()

    @property
    def facts(self) -> Facts:
        """The records as they stood on disk when last looked at; the same object for the life of the book."""
        return self._replica.facts

    @property
    def on_disk(self) -> bool:
        """Is there a file? A new book has none until its first commit."""
        return self._replica.on_disk

    def wait_at_most(self, seconds: float) -> None:
        """Set how long a commit waits for another session's."""
        self._replica.patience = seconds

    @contextlib.contextmanager
    def waiting(self, seconds: float) -> Iterator[None]:
        """Let commits inside wait no longer than this for another session's; they raise BookBusyError sooner."""
        before = self._replica.patience
        self._replica.patience = min(before, seconds)
        try:
            yield
        finally:
            self._replica.patience = before

    @property
    def number(self) -> int:
        """The number of the last transaction."""
        return self._replica.stand.number

    @property
    def stand(self) -> Meta:
        """Where the book stands: its last act with the hash that stands for the whole history, its last line."""
        return self._replica.stand

    @property
    def folded(self) -> Meta:
        """Where the book's file stands, without its journal."""
        return self._replica.base[1]

    @property
    def seen(self) -> tuple[tuple[int, int, int], tuple[int, int, int] | None]:
        """In which states file and journal are known: while they are in them `facts` are what the disk holds."""
        return self._replica.base[0], self._replica.journal[0]

    @property
    def unfolded(self) -> int:
        """How many lines stand in the journal only."""
        return self._replica.unfolded

    @property
    def journal_size(self) -> int:
        """The length of the journal in bytes."""
        return self._replica.journal[1]

    @property
    def history(self) -> Sequence[Transaction]:
        """All acts, the oldest first, read from disk. Raises BookDamagedError, BookError."""
        folded = [t for t in base.read(self.path).history() if t.number <= self.number] if self.on_disk else []
        return (*folded, *(t for t in self._replica.recent if t.number > (folded[-1].number if folded else 0)))

    def latest(self) -> Iterator[Transaction]:
        """Return all acts, the latest first; the disk is read only if those that came last do not suffice.

        Raises BookDamagedError, BookError while they are asked for.
        """
        recent = list(self._replica.recent)
        yield from reversed(recent)
        first = recent[0].number if recent else self.number + 1
        yield from (t for t in reversed(self.history) if t.number < first)

    def acts_since(self, number: int, head: str) -> list[Transaction] | None:
        """Return the acts after that of a number with this hash, the oldest first; None if it is none of this book's.

        The disk is read only for what is in the book's file. Raises BookDamagedError, BookError.
        """
        folded = self.folded
        late = self._replica.late_acts(number) if number < folded.number else []
        acts = self.history if late is None else [*late, *self._replica.recent]
        known = {folded.number: folded.head, **{t.number: t.hash for t in acts}}
        return [t for t in acts if t.number > number] if known.get(number) == head else None

    # Other sessions

    def refresh(self) -> bool:
        """Take over what other sessions committed; return whether anything changed.

        Raises BookError and its kinds; then nothing was taken over.
        """
        if not self.on_disk and not self.path.exists():
            return False
        before = self._replica.stand
        try:
            self._replica.follow()
        except BookMissingError:
            self.check_not_lost()
            raise
        return self._replica.stand.mark != before.mark

    def news(self) -> list[Change]:
        """Return what other sessions changed since this was last asked."""
        news, self._replica.news = self._replica.news, []
        return news
