"""The book on disk: one TinyDB JSON file and the journal beside it, with its history and its backups."""

from arctui.store.book import Book
from arctui.store.errors import (
    BookBusyError,
    BookConflictError,
    BookDamagedError,
    BookError,
    BookLostError,
    BookMissingError,
    NothingToUndoError,
)
from arctui.store.transactions import Step, Transaction

__all__ = [
    "Book",
    "BookBusyError",
    "BookConflictError",
    "BookDamagedError",
    "BookError",
    "BookLostError",
    "BookMissingError",
    "NothingToUndoError",
    "Step",
    "Transaction",
]
