"""The book: records in, transactions out. The one place where facts become durable.

A transaction is all or nothing and on disk when `commit` returns: it is one line of the journal beside the book's
file (`journal`), which is folded into that file now and then (`fold`). Other sessions follow the journal; a record
that two of them changed is a conflict, never overwritten. Undo swaps before and after.
"""

import contextlib
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from arctui.core.changes import Change
from arctui.core.tables import TABLES
from arctui.store import backups, base, files, journal, presence
from arctui.store.differences import CHANGED, check_unchanged
from arctui.store.errors import (
    BookConflictError,
    BookError,
    NothingToUndoError,
)
from arctui.store.fold import Fold, Snapshot
from arctui.store.journal import Line
from arctui.store.reading import ReadBook
from arctui.store.splice import tables_of
from arctui.store.transactions import Step, Transaction, chained, step_of
from arctui.store.undoing import undoing

ResultT = TypeVar("ResultT")


class Book(ReadBook):
    """An open book, and what is written into it."""

    def __init__(self, path: Path, *, new: bool = False, later: bool = False) -> None:
        """Open the book at a path; with `new` a missing one is empty until its first commit makes the file.

        With `later` nothing of it may be shown before `check_seal`.

        Raises BookMissingError, BookDamagedError, BookError.
        """
        super().__init__(path, new=new, later=later)
        self.session = secrets.token_hex(4)
        #: Why this session may write nothing, "" if it may.
        self.closed_because = ""
        #: Did this session write anything?
        self.wrote = False
        self._presence = -1
        #: What changes with an act beside it; asked under the lock, when `facts` are what the disk holds.
        self.follows: Callable[[Sequence[Change]], Sequence[Change]] = lambda _: ()
        self._held = contextlib.ExitStack()

    # Writing

    def commit(
        self,
        act: str,
        changes: Sequence[Change],
        by: str,
        at: datetime,
        kept: Sequence[Change] = (),
        steps: Sequence[Step] | None = None,
        stale: Callable[[], bool] = lambda: False,
    ) -> Transaction:
        """Make changes durable, all or none, and apply them to `facts`.

        `act` says in a few words what was done. `kept` are changes in the same instant that are no part of the act
        (a draft that it used up), `steps` the changes by `step_of` where they were made beforehand. `stale`
        is asked under the lock, when `facts` are what the disk holds: do the changes follow from what is no more so?
        Raises BookConflictError then, or if another session changed a record, BookError if the disk refuses.
        """

        def fresh() -> Transaction:
            if stale():
                raise BookConflictError(CHANGED)
            return self._commit(act, changes, by, at, kept=kept, steps=steps)

        return self._locked(changes, fresh)

    def keep(self, changes: Sequence[Change]) -> None:
        """Make changes durable that are no act (an open call, a draft): no history, no undo.

        Raises BookConflictError, BookError as `commit` does.
        """
        self._locked(changes, lambda: self._write(None, (), changes))

    def _locked(self, changes: Sequence[Change], act: Callable[[], ResultT]) -> ResultT:
        if self.closed_because:
            raise BookError(self.closed_because)
        if not self.on_disk and not self.path.exists():
            check_unchanged(self.facts, changes)
            files.create(self.path, b"".join(base.encoded(self._replica.stand, dict.fromkeys(TABLES, ()), {}, ())))
        if self.on_disk:
            self.check_not_lost()
        with files.locked(self.path, self._replica.patience), contextlib.ExitStack() as self._held:
            self._replica.follow()
            if self._replica.base[1].format != base.FORMAT:
                # A book of an older format is written anew before anything is added to it.
                self._fold_here()
            return act()

    def fill(self, full: Callable[[Snapshot], Snapshot]) -> None:
        """Make the book what `full` makes of its state, in one step, or raise BookError and leave it as it is."""
        self._locked((), lambda: self._fold_here(full))
        self._replica.reload()

    def _fold_here(self, changed: Callable[[Snapshot], Snapshot] = lambda now: now) -> None:
        """Write what is in memory, or what is made of it, as the new base, under the lock."""
        fold = Fold(changed(self.begin_fold().snapshot))
        # From here on the lock is the new file's: it is held as long as the old one's.
        self._held.callback(fold.close)
        fold.write()
        self._install(fold)

    def undo(
        self, by: str, at: datetime, also: Callable[[Sequence[Change]], Sequence[Change]] = lambda _: ()
    ) -> Transaction:
        """Undo the last act of this clerk that is not undone yet; the undoing is itself a transaction.

        `also` returns, for the changes that undo it, what is kept in the same instant (see `commit`). Raises
        NothingToUndoError, BookConflictError if a later act stands on it, BookError.
        """
        if not self.on_disk and not self.path.exists():
            raise NothingToUndoError("there is nothing of yours to undo")
        return self._locked((), lambda: self._undo(by, at, also))

    def _undo(self, by: str, at: datetime, also: Callable[[Sequence[Change]], Sequence[Change]]) -> Transaction:
        found = undoing(by, self.latest(), self.facts, self.path)
        return self._commit(found.of.act, found.changes, by, at, kept=also(found.changes), undoes=found.of.number)

    def _commit(
        self,
        act: str,
        changes: Sequence[Change],
        by: str,
        at: datetime,
        *,
        kept: Sequence[Change] = (),
        undoes: int | None = None,
        steps: Sequence[Step] | None = None,
    ) -> Transaction:
        follows = self.follows(changes)
        made = (*(map(step_of, changes) if steps is None else steps), *map(step_of, follows))
        bare = Transaction(number=self.number + 1, act=act, at=at, by=by, steps=made, undoes=undoes)
        try:
            transaction = chained(bare, self._replica.stand.head)
        except UnicodeEncodeError:
            raise BookError("a text that is no Unicode cannot be saved: write it anew") from None
        self._write(transaction, [*changes, *follows], kept)
        return transaction

    def _write(self, act: Transaction | None, changes: Sequence[Change], kept: Sequence[Change]) -> None:
        """Add a line to the journal and, once it is flushed, take it over; under the lock."""
        check_unchanged(self.facts, [*changes, *kept])
        # Nothing that is touched may turn out to be damaged once the line is written.
        self.facts.touched([*changes, *kept])
        steps = tuple(map(step_of, kept))
        line = Line(seq=self.stand.seq + 1, after=self.stand.mark, act=act, kept=steps)
        marked = journal.encode(line)
        state, length = self._replica.journal
        added = None
        if state and state != self._replica.given_up:
            try:
                added = journal.append(self.path, marked.raw, length)
            except BookError:
                self._replica.give_up()
                raise
        if added:
            self._replica.journal = (added, length + len(marked.raw))
        else:
            content = self._still_needed() + marked.raw
            self._replica.journal = (journal.start(self.path, content), len(content))
        self._replica.add(marked, [*changes, *kept])
        self._replica.acknowledged = marked.line.seq
        self.wrote = True

    def _still_needed(self) -> bytes:
        """Return the acknowledged lines that stand in the journal only, before a new one takes its place."""
        beside = journal.read(self.path)
        known = beside.content[: self._replica.journal[1]] if beside else b""
        parsed = journal.parse(known, journal.place_of(self.path))
        needed = [m.raw for m in parsed.lines if self.folded.seq < m.line.seq <= self.stand.seq]
        if len(needed) != self.unfolded:
            # Somebody took the journal away. What stood in it is in memory still.
            self._fold_here()
            return b""
        return b"".join(needed)

    # Folding

    def begin_fold(self, copy: Path | None = None) -> Fold:
        """Take a snapshot to be written as the new base, or as a copy at another place."""
        self.check_seal()
        return Fold(
            Snapshot(
                path=self.path,
                of=self._replica.base[0],
                meta=msgspec.structs.replace(self._replica.stand, format=base.FORMAT),
                tables=tables_of(self.facts),
                foreign=self._replica.foreign,
                recent=tuple(self._replica.recent),
            ),
            copy,
        )

    def finish_fold(self, fold: Fold) -> None:
        """Make a written fold the base. Raises BookConflictError, BookError.

        The journal goes, unless something came into it meanwhile or no backup could be made.
        """
        with files.locked(self.path, self._replica.patience):
            self._replica.follow()
            if self._replica.base[0] != fold.snapshot.of:
                raise BookConflictError("another session has just written the book anew")
            if not self._replica.holds(fold.meta):
                fold.drop_backup()
                raise BookConflictError("what another session was saving has failed: it must not come into the book")
            self._install(fold)
            if self._replica.stand.seq == fold.meta.seq and not fold.backup_problem:
                journal.remove(self.path)
                self._replica.journal = (None, 0)

    def _install(self, fold: Fold) -> None:
        version = self._replica.base[1].format
        kept = self.path.with_name(f"{self.path.name}.format-{version}")
        if version != base.FORMAT and not kept.exists():
            # A file of an older format is kept as it was.
            backups.copy(self.path, kept, sealed=False)
        self._replica.base = (fold.install(), fold.meta)
        if self._replica.stand.seq == fold.meta.seq:
            self._replica.stand = fold.meta
        self._replica.recent = [t for t in self._replica.recent if t.number > fold.meta.number]

    def copy_to(self, target: Path) -> None:
        """Write a copy of the book, the journal included, to a new file, and read it back. Raises BookError."""
        backups.check_free(target)
        self.refresh()
        fold = self.begin_fold(target)
        try:
            fold.write()
            backups.settle(fold.temporary, target)
        finally:
            fold.close()

    def fold(self, at: datetime | None) -> str:
        """Write the journal into the book's file, with a backup dated by the moment `at`, without one if it is None.

        Returns what was wrong with the backup, "" for nothing. Raises BookError; then nothing is lost.
        """
        self.refresh()
        fold = self.begin_fold()
        try:
            fold.write()
            if at:
                fold.back_up(self.session, at)
            self.finish_fold(fold)
        except BookConflictError:
            # Somebody else has just done it, or what was to be folded has failed: the next one to leave does it.
            self.refresh()
        finally:
            fold.close()
        return fold.backup_problem

    def stay(self) -> None:
        """Let other sessions know that this one stays open and will fold, until its process ends."""
        if self._presence < 0 and not self.closed_because:
            self._presence = presence.show(backups.folder_of(self.path))

    def close(self, at: datetime) -> str:
        """Leave the book: the last session to leave folds, so that the file alone holds everything.

        Returns what was wrong with the backup, "" for nothing. Raises BookError if the disk refuses; the journal then
        goes on holding what the file does not.
        """
        stayed = self._presence >= 0
        if stayed:
            files.close(self._presence)
            self._presence = -1
        if self.closed_because or not (self.wrote or stayed) or not presence.is_alone(backups.folder_of(self.path)):
            return ""
        self.refresh()
        # A journal that is there although all of it is folded: no backup could be made then.
        return self.fold(at) if self.unfolded or journal.state(self.path) else ""
