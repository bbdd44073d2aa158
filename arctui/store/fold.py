"""A fold: the state of the book at one moment, written as a new base while the work goes on.

It has three parts. The snapshot is taken at once; writing it is slow on a large book, holds no lock and may be done
by another thread; giving it its name (`Book.finish_fold`) takes a moment under the lock.
"""

import glob
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from arctui.core.records import Record
from arctui.store import backups, base, files
from arctui.store.base import Meta
from arctui.store.errors import BookConflictError, BookError
from arctui.store.files import FileIdentity
from arctui.store.transactions import Transaction, chain


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """What a new base is made of: all records, and the acts since the base that it takes the place of."""

    path: Path
    of: FileIdentity
    meta: Meta
    tables: dict[str, Sequence[Record]]
    foreign: dict[str, msgspec.Raw]
    recent: Sequence[Transaction]


class Fold:
    """A new base in the making."""

    def __init__(self, snapshot: Snapshot, copy: Path | None = None) -> None:
        """With `copy` it is written for that file, beside it, where there may be room when there is none here."""
        self.snapshot = snapshot
        self._for = path = copy or snapshot.path
        self.temporary = path.with_name(f".{path.name}.fold-{secrets.token_hex(4)}")
        self.handle = -1
        self._head = snapshot.meta.head
        #: What was wrong with the backup, "" for nothing.
        self.backup_problem = ""
        self._backup: Path | None = None

    @property
    def meta(self) -> Meta:
        """Where the new base stands."""
        return msgspec.structs.replace(self.snapshot.meta, head=self._head)

    def write(self) -> None:
        """Write the new base beside the old one and flush it. Raises BookError, BookConflictError.

        The latter where another session folded meanwhile: then there is nothing to do.
        """
        before = base.read(self.snapshot.path)
        if before.identity != self.snapshot.of:
            raise BookConflictError("another session has just written the book anew")
        self.write_after(before)

    def write_after(self, before: base.Base) -> None:
        """Write the new base with the history of a base that was read already. Raises BookError."""
        shot = self.snapshot
        files.clear_leftovers(self._for.parent, f".{glob.escape(self._for.name)}.fold-*")
        # All of it before the first piece: the head of the chain stands at the beginning of the file.
        history = list(self._history(before))
        pieces = base.encoded(self.meta, shot.tables, shot.foreign, history)
        self.handle = files.write_new(self.temporary, pieces, self._for)

    def _history(self, before: base.Base) -> Iterator[bytes]:
        """Return all acts: those of the old base as they stand there, then those since."""
        if before.meta.format < base.FORMAT:
            # Its history was not chained yet.
            self._head = before.meta.origin
            for linked in chain(before.history(), before.meta.origin):
                self._head = linked.hash
                yield msgspec.json.encode(linked)
        else:
            yield from base.raw_history(before)
        for transaction in self.snapshot.recent:
            if transaction.number > before.meta.number:
                self._head = transaction.hash
                yield msgspec.json.encode(transaction)

    def back_up(self, session: str, at: datetime) -> None:
        """Keep a copy of the new base among the backups; where that fails, `backup_problem` says why."""
        try:
            self._backup = backups.make(self.snapshot.path, self.temporary, self.meta.seq, session, at)
        except BookError as error:
            self.backup_problem = f"no backup was made: {error}"

    def drop_backup(self) -> None:
        """Take the copy away again: what is in it was never saved."""
        if self._backup:
            files.discard(self._backup)

    def install(self) -> FileIdentity:
        """Make the new base the book's; to be called under its lock. Raises BookError; then the old one stands."""
        return files.install(self.temporary, self.handle, self.snapshot.path)

    def close(self) -> None:
        """Let go of the file; one that did not become the base is taken away."""
        if self.handle >= 0:
            files.close(self.handle)
            self.handle = -1
            files.discard(self.temporary)
