"""What can go wrong with a book; every message is one sentence for the clerk that says what to do."""

#: What is said of a file that cannot be read for what it is.
LEFT = "It was left as it is: 'arctui restore' brings back the last whole state"


class BookError(Exception):
    """The book cannot be read or written; what was on disk before is untouched."""


class BookMissingError(BookError):
    """There is no book at this place."""


class BookLostError(BookMissingError):
    """The book's file is missing, but its journal or its backups are there still."""


class BookDamagedError(BookError):
    """The file is no whole book that this version can read; it is never written over."""


class BookNewerError(BookDamagedError):
    """The file is whole, but of a format that only a newer version reads."""


class BookBusyError(BookError):
    """Another session holds the book locked for too long; nothing was saved."""


class BookConflictError(BookError):
    """Another session changed a record after it was read; nothing was saved."""


class NothingToUndoError(BookError):
    """This clerk has no act left that can be undone."""
