"""A fold: the state of the book at one moment, written as a new base while the work goes on.

It has three parts. The snapshot is taken at once; writing it is slow on a large book, holds no lock and may be done
by another thread; giving it its name (`Book.finish_fold`) takes a moment under the lock.
"""

import contextlib
import glob
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from arctui.core.records import Record
from arctui.store import backups, base, files
from arctui.store.base import Meta, Where, Written
from arctui.store.errors import BookConflictError, BookError
from arctui.store.files import FileIdentity
from arctui.store.index import NewIndex
from arctui.store.opened import Opened, opened
from arctui.store.splice import GrownHistory, index_of, source_files
from arctui.store.transactions import Transaction, chain


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """What a new base is made of: all records, and the acts since the base that it takes the place of."""

    path: Path
    of: FileIdentity
    meta: Meta
    tables: dict[str, Sequence[Record] | Written]
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
        self._index: NewIndex | None = None

    @property
    def meta(self) -> Meta:
        """Where the new base stands."""
        return msgspec.structs.replace(self.snapshot.meta, head=self._head)

    def write(self) -> None:
        """Write the new base beside the old one and flush it. Raises BookError, BookConflictError.

        The latter where another session folded meanwhile: then there is nothing to do.
        """
        large = opened(self.snapshot.path)
        before = large.base if large else base.read(self.snapshot.path)
        if before.identity != self.snapshot.of:
            raise BookConflictError("another session has just written the book anew")
        if large:
            self._write_large(large)
        else:
            self.write_after(before)
        try:
            self._check_sources(large)
        except BookError:
            self.close()
            raise

    def _check_sources(self, large: Opened | None) -> None:
        """What was copied must be what was sealed: the new seal stands for no more than the old ones did."""
        if large:
            large.check_seal()
        for file in source_files(self.snapshot.tables):
            if large and file.identity == large.file.identity:
                file.check_same()
            else:
                file.check_seal()
        if large:
            large.file.check_same()

    def _write_large(self, before: Opened) -> None:
        """Write the new base with the history of one that was opened by its index, and the new one's index."""
        shot = self.snapshot
        since = [t for t in shot.recent if t.number > before.base.meta.number]
        self._head = since[-1].hash if since else self._head
        where, history = Where(), GrownHistory(before, since)
        self._write(base.encoded(self.meta, shot.tables, shot.foreign, history, where))
        if self._for == shot.path and (index := index_of(where, shot.tables, history)):
            with contextlib.suppress(BookError):
                self._index = NewIndex(shot.path, index)

    def write_after(self, before: base.Base) -> None:
        """Write the new base with the history of a base that was read already. Raises BookError."""
        shot = self.snapshot
        # All of it before the first piece: the head of the chain stands at the beginning of the file.
        history = list(self._history(before))
        self._write(base.encoded(self.meta, shot.tables, shot.foreign, history))

    def _write(self, pieces: Iterator[bytes]) -> None:
        files.clear_leftovers(self._for.parent, f".{glob.escape(self._for.name)}.fold-*")
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
        installed = files.install(self.temporary, self.handle, self.snapshot.path)
        if self._index:
            self._index.install()
        return installed

    def close(self) -> None:
        """Let go of the file; one that did not become the base is taken away."""
        if self._index:
            self._index.close()
        if self.handle >= 0:
            files.close(self.handle)
            self.handle = -1
            files.discard(self.temporary)
