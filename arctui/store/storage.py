"""TinyDB on a book in use: `TinyDB(path, storage=BookStorage)` reads the file and what the journal adds to it."""

from pathlib import Path
from typing import Any

import msgspec
from tinydb.storages import Storage

from arctui.core.tables import TABLES
from arctui.store.base import HISTORY
from arctui.store.book import Book
from arctui.store.errors import BookError


class BookStorage(Storage):
    """For queries from scripts. It never writes: what changes a book goes through its history."""

    def __init__(self, path: str | Path) -> None:
        """Raises BookMissingError, BookDamagedError, BookError."""
        self._book = Book(Path(path))

    def read(self) -> dict[str, dict[str, Any]]:
        """Return every table as it is now, with the acts of other sessions. Raises BookError and its kinds."""
        self._book.refresh()
        tables = {name: self._book.facts.all(kind) for name, kind in TABLES.items()}
        rows = {**tables, HISTORY: self._book.history}
        return {n: {str(i): msgspec.to_builtins(row) for i, row in enumerate(t, 1)} for n, t in rows.items()}

    def write(self, _: dict[str, dict[str, Any]]) -> None:
        """Raises BookError, always."""
        raise BookError("a book is changed by its acts only: 'arctui log', 'arctui undo', or the workstation")
