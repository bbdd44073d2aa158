"""The book on disk: one TinyDB JSON file, written whole and safely, with its history."""

from arctui.store.book import Book, Transaction
from arctui.store.errors import BookConflictError, BookDamagedError, BookError, BookMissingError, NothingToUndoError

__all__ = [
    "Book",
    "BookConflictError",
    "BookDamagedError",
    "BookError",
    "BookMissingError",
    "NothingToUndoError",
    "Transaction",
]
