"""What the book is held against: the disk itself, SQLite, stock TinyDB. None of it knows our store."""

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB

from arctui.core.changes import Change
from arctui.core.records import Record


class RawFile:
    """A file to which bytes are added: the least that keeping something can cost."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def append(self, content: bytes) -> None:
        """Write at the end and flush to the disk."""
        os.write(self._handle, content)
        os.fsync(self._handle)


def replace_whole(path: Path, content: bytes) -> None:
    """Write a file anew: temporary file, fsync, rename, fsync of the folder."""
    temporary = path.with_name(f"{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


class SQLiteBook:
    """The same records in SQLite, WAL, synchronous=FULL: one table, JSON in it, by id and with an index by account.

    The acts stand in a second table, if they are given.
    """

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=FULL")
        self._base.execute(
            "CREATE TABLE IF NOT EXISTS records (id TEXT PRIMARY KEY, kind TEXT, account TEXT, document TEXT)"
        )
        self._base.execute("CREATE INDEX IF NOT EXISTS of_account ON records (account)")
        self._base.execute("CREATE TABLE IF NOT EXISTS history (number INTEGER PRIMARY KEY, act TEXT)")
        self._version = self._data_version()
        self._last = 0

    def fill(self, records: Iterable[Record]) -> None:
        """Put a whole book's records in."""
        self._base.execute("BEGIN")
        self._base.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", map(_row, records))
        self._base.execute("COMMIT")
        self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def commit(self, changes: Sequence[Change], *, history: bool = False) -> None:
        """Make the changes in one transaction; with `history` also keep every record as it was and as it is."""
        self._base.execute("BEGIN IMMEDIATE")
        for change in changes:
            if change.after is None:
                self._base.execute("DELETE FROM records WHERE id = ?", (change.record.id,))
            elif change.before is None:
                self._base.execute("INSERT INTO records VALUES (?, ?, ?, ?)", _row(change.after))
            else:
                document = msgspec.json.encode(change.after)
                self._base.execute("UPDATE records SET document = ? WHERE id = ?", (document, change.after.id))
        if history:
            self._base.execute("INSERT INTO history (act) VALUES (?)", (msgspec.json.encode(changes),))
        self._base.execute("COMMIT")

    def news(self) -> list[Any]:
        """Return the records that another connection added since this was last asked, decoded."""
        version = self._data_version()
        if version == self._version:
            return []
        self._version = version
        rows = self._base.execute(
            "SELECT rowid, document FROM records WHERE rowid > ? ORDER BY rowid", (self._last,)
        ).fetchall()
        self._last = rows[-1][0] if rows else self._last
        return [msgspec.json.decode(document) for _, document in rows]

    def skip(self) -> None:
        """Take all that stands there as known."""
        self._version = self._data_version()
        self._last = self._base.execute("SELECT max(rowid) FROM records").fetchone()[0]

    def _data_version(self) -> int:
        return int(self._base.execute("PRAGMA data_version").fetchone()[0])


def _row(record: Record) -> tuple[str, str, str, bytes]:
    return record.id, record.TABLE, getattr(record, "account", record.id), msgspec.json.encode(record)


class StockTinyDB:
    """The same records in a JSON file that TinyDB keeps as it is shipped. It knows no transactions and no history."""

    def __init__(self, path: Path, records: Iterable[Record]) -> None:
        tables: dict[str, dict[str, Any]] = {}
        for record in records:
            table = tables.setdefault(record.TABLE, {})
            table[str(len(table) + 1)] = msgspec.to_builtins(record)
        path.write_text(json.dumps(tables), encoding="utf-8")
        self._base = TinyDB(path, encoding="utf-8")

    def commit(self, additions: Sequence[Record], invoice: int) -> None:
        """Add records and change an invoice, one write after the other."""
        for record in additions:
            self._base.table(record.TABLE).insert(msgspec.to_builtins(record))
        self._base.table("invoices").update({"balance": "0.00"}, doc_ids=[invoice])
