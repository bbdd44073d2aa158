"""TinyDB's storage for the book: the whole file is parsed once and replaced whole, never written in place."""

from pathlib import Path
from typing import Any

import msgspec
from tinydb.storages import Storage

from arctui.store.errors import BookDamagedError, BookError
from arctui.store.files import FileIdentity, identity, read_whole, replace_whole

Tables = dict[str, dict[str, Any]]

# Objects nested deeper than this are no book but an attack on the parser's stack.
_SHAPE = msgspec.json.Decoder(dict[str, dict[str, dict[str, Any]]])


class AtomicStorage(Storage):
    """Reads and replaces a JSON file of TinyDB tables; what is written may hold records (msgspec structs)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parsed: Tables | None = None
        self._of: FileIdentity | None = None

    @property
    def current(self) -> bool:
        """Is what was last read or written still what stands on disk?"""
        return self._of is not None and self._of == identity(self._path)

    def read(self) -> Tables:
        """Parse the file, once for each state of it. Raises BookError and its kinds."""
        if self._parsed is None or not self.current:
            self.forget()
            content, state = read_whole(self._path)
            try:
                self._parsed = _SHAPE.decode(content)
            except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
                what = "is empty" if not content.strip() else f"is damaged or no book ({error})"
                raise BookDamagedError(f"{self._path} {what}. It was left as it is: put a copy there") from None
            self._of = state
        return self._parsed

    def write(self, data: Tables) -> None:
        """Replace the file. Raises BookError; then the old content stands."""
        try:
            content = msgspec.json.encode(data)
        except UnicodeEncodeError:
            raise BookError("a text that is no Unicode cannot be saved: write it anew") from None
        self._of = replace_whole(self._path, content)
        self._parsed = None

    def release(self) -> None:
        """Drop the parsed file; the records made from it are kept elsewhere."""
        self._parsed = None

    def forget(self) -> None:
        """Know nothing of the file, so that it is read before anything is written."""
        self._parsed = self._of = None
