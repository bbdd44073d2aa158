"""The book: records in, transactions out. The one place where facts become durable.

A transaction is all or nothing and on disk when `commit` returns; the history of all of them is in the book
itself, and undo swaps before and after. Another session's commits are noticed by the state of the file: they are
taken over before our own, and a record that both changed is a conflict, never overwritten.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from arctui.core.facts import Facts
from arctui.core.records import Change, Record
from arctui.core.tables import TABLES
from arctui.store import files
from arctui.store.errors import BookConflictError, BookDamagedError, BookError, NothingToUndoError
from arctui.store.storage import AtomicStorage, Tables

FORMAT = 1
KindT = TypeVar("KindT")

_LEFT = "The file was left as it is"
_META = "_meta"
_HISTORY = "history"


class Step(msgspec.Struct, frozen=True):
    """One record's change in the history, as plain JSON values; None where there was, or is, no record."""

    table: str
    id: str
    was: dict[str, Any] | None
    now: dict[str, Any] | None


class Transaction(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An act in the history. `number` counts from 1; `undoes` is the number of the act that this one took back."""

    number: int
    act: str
    at: datetime
    by: str
    steps: tuple[Step, ...]
    undoes: int | None = None


class Book:
    """An open book. `facts` are its records in memory, always as they stand on disk after the last act."""

    def __init__(self, path: Path, *, new: bool = False) -> None:
        """Open the book at a path; with `new` a missing one is empty until its first commit makes the file.

        Raises BookMissingError, BookDamagedError, BookError.
        """
        self.path = files.resolve(path)
        self._storage = AtomicStorage(self.path)
        self._documents: dict[str, dict[str, Record]] = {name: {} for name in TABLES}
        self._document_ids: dict[str, str] = {}
        self._history: dict[str, Transaction] = {}
        # Tables that another program put into the file: kept as they are.
        self._foreign: Tables = {}
        self.facts = Facts()
        self.on_disk = self.path.exists() or not new
        if self.on_disk:
            self._load()

    def _load(self) -> None:
        """Take everything from the file, as it stood at one moment, or nothing."""
        try:
            tables = self._storage.read()
            self._check_format(tables)
            documents: dict[str, dict[str, Record]] = {}
            placed: dict[str, str] = {}
            for name, kind in TABLES.items():
                documents[name] = self._records(tables, name, kind)
                for document_id, record in documents[name].items():
                    if record.id in placed:
                        raise BookDamagedError(f"{self.path}: record {record.id} stands twice. {_LEFT}")
                    placed[record.id] = document_id
            history = self._records(tables, _HISTORY, Transaction).values()
        except BookError:
            self._storage.forget()
            raise
        self._storage.release()
        self._documents, self._document_ids = documents, placed
        self._history = {str(t.number): t for t in history}
        self._foreign = {n: t for n, t in tables.items() if n not in TABLES and n not in (_META, _HISTORY)}
        self.facts = Facts(r for table in documents.values() for r in table.values())

    def _check_format(self, tables: Tables) -> None:
        meta = tables.get(_META, {}).get("1", {})
        if not isinstance(meta.get("format"), int):
            raise BookDamagedError(f"{self.path} is no book of arctui. {_LEFT}")
        if meta["format"] > FORMAT:
            raise BookDamagedError(f"{self.path} was written by a newer arctui: install that version to open it")

    def _records(self, tables: Tables, name: str, kind: type[KindT]) -> dict[str, KindT]:
        """Read a table through TinyDB. Raises BookDamagedError naming the record."""
        storage = MemoryStorage()  # type: ignore[no-untyped-call]
        storage.write(tables)
        try:
            table = TinyDB(storage=lambda: storage).table(name)
            return {str(d.doc_id): self._convert(dict(d), kind, name) for d in table}
        except ValueError:
            raise BookDamagedError(f"{self.path}: a key of {name} is no number. {_LEFT}") from None

    def _convert(self, document: dict[str, Any], kind: type[KindT], table: str) -> KindT:
        try:
            return msgspec.convert(document, kind)
        except (msgspec.ValidationError, ValueError, OverflowError) as error:
            what = document.get("id", "without an id")
            raise BookDamagedError(f"{self.path}: record {what} of {table} is damaged: {error}. {_LEFT}") from None

    @property
    def number(self) -> int:
        """The number of the last transaction."""
        return max(map(int, self._history), default=0)

    @property
    def history(self) -> Sequence[Transaction]:
        """All transactions, the oldest first."""
        return tuple(self._history.values())

    def refresh(self) -> bool:
        """Take over what another session committed; return whether anything changed."""
        if self._storage.current or not (self.on_disk or self.path.exists()):
            return False
        self.on_disk = True
        self._load()
        return True

    def commit(self, act: str, changes: Sequence[Change], by: str, at: datetime) -> Transaction:
        """Make changes durable, all or none, and apply them to `facts`.

        `act` says in a few words what was done. Raises BookConflictError if another session changed one of the
        records meanwhile, BookError if the disk refuses; then nothing has changed.
        """
        if not self.on_disk and not self.path.exists():
            self._check(changes)
            files.create(self.path, msgspec.json.encode({_META: {"1": {"format": FORMAT, "number": 0}}}))
        with files.locked(self.path):
            self.refresh()
            return self._commit(act, changes, by, at)

    def keep(self, changes: Sequence[Change]) -> None:
        """Make changes durable that are no act (an open call): they are not in the history and are not undone.

        Raises BookConflictError, BookError as `commit` does.
        """
        with files.locked(self.path):
            self.refresh()
            self._check(changes)
            documents, placed = self._after(changes)
            self._write(documents, self._history)
            self._documents, self._document_ids = documents, placed
            self.facts.apply(changes)

    def undo(self, by: str, at: datetime) -> Transaction:
        """Undo the last act of this clerk that is not undone yet; the undoing is itself a transaction.

        Raises NothingToUndoError, BookConflictError if a later act stands on it, BookError.
        """
        if not self.on_disk and not self.path.exists():
            raise NothingToUndoError("there is nothing of yours to undo")
        with files.locked(self.path):
            self.refresh()
            undone = {t.undoes for t in self._history.values()}
            mine = [t for t in self._history.values() if t.by == by and not t.undoes and t.number not in undone]
            if not mine:
                raise NothingToUndoError("there is nothing of yours to undo")
            last = mine[-1]
            changes = [self._reverse(step, last) for step in reversed(last.steps)]
            return self._commit(last.act, changes, by, at, undoes=last.number)

    def _reverse(self, step: Step, of: Transaction) -> Change:
        try:
            kind = TABLES[step.table]
        except KeyError:
            raise BookDamagedError(f"{self.path}: the history of '{of.act}' is damaged") from None
        now = self._convert(step.now, kind, _HISTORY) if step.now is not None else None
        was = self._convert(step.was, kind, _HISTORY) if step.was is not None else None
        if now is None and was is None:
            raise BookDamagedError(f"{self.path}: the history of '{of.act}' is damaged")
        if self.facts.get(kind, step.id) != now:
            raise BookConflictError(f"'{of.act}' cannot be undone: a later change stands on it")
        return Change(before=now, after=was)

    def _commit(
        self, act: str, changes: Sequence[Change], by: str, at: datetime, undoes: int | None = None
    ) -> Transaction:
        self._check(changes)
        transaction = Transaction(
            number=self.number + 1, act=act, at=at, by=by, steps=tuple(map(_step, changes)), undoes=undoes
        )
        documents, placed = self._after(changes)
        history = {**self._history, str(transaction.number): transaction}
        self._write(documents, history)
        self.on_disk = True
        self._documents, self._document_ids, self._history = documents, placed, history
        self.facts.apply(changes)
        return transaction

    def _write(self, documents: dict[str, dict[str, Record]], history: dict[str, Transaction]) -> None:
        number = max(map(int, history), default=0)
        meta: Tables = {_META: {"1": {"format": FORMAT, "number": number}}}
        self._storage.write({**meta, **documents, **self._foreign, _HISTORY: history})

    def _check(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if self.facts.get(type(change.record), change.record.id) != change.before:
                raise BookConflictError("another session changed this just now: look again, nothing was saved")

    def _after(self, changes: Sequence[Change]) -> tuple[dict[str, dict[str, Record]], dict[str, str]]:
        """Return the documents as they will be; only the touched tables are copied."""
        documents, placed = dict(self._documents), dict(self._document_ids)
        touched = {c.record.TABLE for c in changes}
        for name in touched:
            documents[name] = dict(documents[name])
        highest = {name: max(map(int, documents[name]), default=0) for name in touched}
        for change in changes:
            record = change.record
            table = documents[record.TABLE]
            if change.after is None:
                del table[placed.pop(record.id)]
                continue
            if record.id not in placed:
                highest[record.TABLE] += 1
                placed[record.id] = str(highest[record.TABLE])
            table[placed[record.id]] = change.after
        return documents, placed


def _step(change: Change) -> Step:
    was, now = (msgspec.to_builtins(r) if r is not None else None for r in (change.before, change.after))
    return Step(change.record.TABLE, change.record.id, was, now)
