"""A book's file that is held open: it is read piece by piece, and its seal is checked beside other work.

Another session that writes the book anew gives the name to another file; this one stays as it was until it is let go.
"""

import contextlib
import hashlib
import os
import threading
from pathlib import Path

from arctui.store import files, rights
from arctui.store.base import SEAL_LENGTH, SEAL_SHAPE
from arctui.store.errors import LEFT, BookDamagedError, BookError
from arctui.store.files import FileIdentity

#: So many bytes are digested at a time, while other threads go on: few, as each turn must be waited for.
_PIECE = 1 << 23


class BookFile:
    """A regular file, open for reading."""

    def __init__(self, path: Path) -> None:
        """Raises OSError, BookError where there is none."""
        self.path = path
        self._handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        status = os.fstat(self._handle)
        self.identity = FileIdentity.of(status)
        self.size = status.st_size
        rights.check_kind(status, path)

    def __del__(self) -> None:
        if hasattr(self, "_handle"):
            files.close(self._handle)

    def read(self, begin: int, length: int) -> bytes:
        """Read so many bytes. Raises BookDamagedError where they are not there any more, BookError."""
        content = self._read(begin, length)
        if len(content) != length:
            raise self.changed()
        return content

    def _read(self, begin: int, length: int) -> bytes:
        try:
            content = os.pread(self._handle, length, begin)
            while len(content) < length and (
                more := os.pread(self._handle, length - len(content), begin + len(content))
            ):
                content += more
        except OSError as error:
            raise rights.explain(error, self.path, "read") from error
        return content

    def is_same(self) -> bool:
        """Was nothing written into it? A second name, or none any more, changes neither its size nor its time."""
        try:
            return FileIdentity.of(os.fstat(self._handle)) == self.identity
        except OSError as error:
            raise rights.explain(error, self.path, "read") from error

    def changed(self) -> BookDamagedError:
        """Return what is to be said where it is not as it was written."""
        return BookDamagedError(f"{self.path} was damaged, or changed by another program: its seal is broken. {LEFT}")

    def check_same(self) -> None:
        """Raise BookDamagedError where something was written into it, BookError."""
        if not self.is_same():
            raise self.changed()

    @property
    def seal(self) -> str:
        """The SHA-256 with which it says it was sealed, "" for none. Raises BookError."""
        if self.size < SEAL_LENGTH:
            return ""
        found = SEAL_SHAPE.search(self.read(self.size - SEAL_LENGTH, SEAL_LENGTH))
        return found.group(1).decode() if found else ""

    def check_seal(self) -> None:
        """Raise BookDamagedError where not every byte is as it was written, BookError."""
        digest, at, end = hashlib.sha256(), 0, self.size - SEAL_LENGTH
        # One buffer for all of it.
        buffer = memoryview(bytearray(min(_PIECE, max(end, 0))))
        try:
            while at < end and (count := os.preadv(self._handle, [buffer[: end - at]], at)):
                digest.update(buffer[:count])
                at += count
        except OSError as error:
            raise rights.explain(error, self.path, "read") from error
        # What is read of it from now on is what was read here, as long as it stays the same.
        if digest.hexdigest() != self.seal or not self.is_same():
            raise self.changed()


class Proof:
    """The check of a file's seal by a thread of its own."""

    def __init__(self, file: BookFile) -> None:
        self.file = file
        # It is not proved before all of it was read, whatever ends the thread.
        self._error: BookError | None = BookError(f"{file.path} cannot be checked: try again")
        self._thread = threading.Thread(target=self._check, name="seal", daemon=True)
        self._thread.start()

    def _check(self) -> None:
        try:
            with contextlib.suppress(MemoryError):
                self.file.check_seal()
                self._error = None
        except BookError as error:
            self._error = error

    def wait(self) -> None:
        """Wait until it is done. Raises BookDamagedError where the seal does not fit, BookError."""
        self._thread.join()
        if self._error:
            raise self._error


#: The check that was begun before the book is opened.
_ahead: dict[Path, Proof] = {}


def prove_ahead(path: Path) -> None:
    """Begin to check the seal of a book that is going to be opened; what is wrong is told when it is."""
    with contextlib.suppress(OSError, BookError):
        path = rights.resolve(path)
        file = BookFile(path)
        if file.size >= _PIECE:
            _ahead[path] = Proof(file)


def proof_of(file: BookFile) -> Proof:
    """Return the check of a file's seal: the one that was begun ahead, if it is of this file as it is now."""
    begun = _ahead.pop(file.path, None)
    return begun if begun and begun.file.identity == file.identity else Proof(file)
