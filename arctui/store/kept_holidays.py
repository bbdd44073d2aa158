"""Holidays that were worked out once, in a file of the user's cache: their library is slow to load.

The file is never the truth. It counts only if its checksum fits and it was made by the library as it is installed
now; else, and where it cannot be read or written, the days are worked out as if there were none.
"""

import contextlib
import hashlib
from datetime import date
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import msgspec

from arctui.store import files, rights
from arctui.store.errors import BookError


class _Kept(msgspec.Struct, frozen=True):
    """What stands in the file: the library's state, and by country, subdivision and year the names of the days."""

    library: str
    days: dict[str, dict[date, str]]


class _Sealed(msgspec.Struct, frozen=True):
    """The file: SHA-256 of what is kept, in hex, and that."""

    sha256: str
    kept: msgspec.Raw


class KeptHolidays:
    """The holidays that are kept in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, country: str, subdivision: str, year: int) -> dict[date, str] | None:
        """Return a year's holidays, None where they are to be worked out."""
        return self._days.get(_key(country, subdivision, year))

    def put(self, country: str, subdivision: str, year: int, days: dict[date, str]) -> None:
        """Keep a year's holidays; where that is not possible they are worked out again next time."""
        if not self._library:
            return
        self._days[_key(country, subdivision, year)] = days
        kept = msgspec.json.encode(_Kept(self._library, self._days))
        sealed = _Sealed(hashlib.sha256(kept).hexdigest(), msgspec.Raw(kept))
        with contextlib.suppress(BookError, OSError):
            rights.make_parents(self._path)
            with files.locked(self._path.parent, 0.0):
                files.replace_whole(self._path, msgspec.json.encode(sealed))

    @cached_property
    def _library(self) -> str:
        """Which library works the holidays out, and in which state it is, without loading it; "" if unknown."""
        spec = find_spec("holidays")
        try:
            status = Path(spec.origin or "").with_name("version.py").stat() if spec else None
        except OSError:
            return ""
        return f"{spec.origin} {status.st_size} {status.st_mtime_ns}" if spec and status else ""

    @cached_property
    def _days(self) -> dict[str, dict[date, str]]:
        try:
            content, _ = files.read_whole(self._path)
            sealed = msgspec.json.decode(content, type=_Sealed)
            kept = msgspec.json.decode(sealed.kept, type=_Kept)
        except (BookError, msgspec.DecodeError, ValueError, RecursionError):
            return {}
        fits = hashlib.sha256(bytes(sealed.kept)).hexdigest() == sealed.sha256
        return kept.days if fits and kept.library == self._library != "" else {}


def _key(country: str, subdivision: str, year: int) -> str:
    return f"{country} {subdivision} {year}"
