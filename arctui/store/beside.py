"""What is kept beside a book to save work, in named parts: never the truth, so what is damaged counts as missing.

The first line is the SHA-256 of the second, which tells where each part lies and its own SHA-256; the parts follow.
So one part is read and proved without the others.
"""

import contextlib
import glob
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec

from arctui.store import files
from arctui.store.errors import BookError
from arctui.store.rights import check_kind

#: No table of contents is longer, in bytes.
_LONGEST = 65_536


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """Where a part begins behind the table of contents, its length in bytes, and its SHA-256."""

    begins: int
    length: int
    sha256: str


_CONTENTS = msgspec.json.Decoder(dict[str, _Part])


def place_of(book: Path) -> Path:
    """Return where a book's kept parts lie."""
    return book.with_name(f"{book.name}.kept")


def write(book: Path, parts: Mapping[str, bytes]) -> None:
    """Replace all that is kept beside a book. Raises BookError; then what was there stands."""
    place, begins = place_of(book), 0
    contents: dict[str, _Part] = {}
    for name, part in parts.items():
        contents[name] = _Part(begins=begins, length=len(part), sha256=hashlib.sha256(part).hexdigest())
        begins += len(part)
    table = msgspec.json.encode(contents)
    first = b"%s\n%s\n" % (hashlib.sha256(table).hexdigest().encode(), table)
    replace(place, (first, *parts.values()))


def replace(place: Path, pieces: Iterable[bytes]) -> None:
    """Write what is kept at a place anew. Raises BookError; then what was there stands."""
    files.clear_leftovers(place.parent, f".{glob.escape(place.name)}-*")
    # A name of its own, as no lock is held: of two sessions that write at once the later one stands.
    temporary = place.with_name(f".{place.name}-{secrets.token_hex(4)}")
    handle = files.write_new(temporary, pieces, place)
    try:
        temporary.replace(place)
    except OSError as error:
        files.discard(temporary)
        raise BookError(f"{place} cannot be written: {error.strerror}") from None
    finally:
        files.close(handle)


def names(book: Path) -> list[str]:
    """Return the names of the parts that are kept beside a book."""
    with _opened(book) as (_, contents):
        return list(contents)


def read(book: Path, name: str) -> bytes | None:
    """Return a part that is kept beside a book; None if it is not there, damaged, or somebody else's."""
    with _opened(book) as (file, contents):
        found = contents.get(name)
        if file and found:
            with contextlib.suppress(OSError):
                file.seek(found.begins, os.SEEK_CUR)
                part = file.read(found.length)
                return part if hashlib.sha256(part).hexdigest() == found.sha256 else None
    return None


@contextlib.contextmanager
def _opened(book: Path) -> Iterator[tuple[BinaryIO | None, dict[str, _Part]]]:
    """Open what is kept beside a book, behind its table of contents, which is empty where it cannot be read."""
    with contextlib.ExitStack() as stack:
        file, contents = None, dict[str, _Part]()
        with contextlib.suppress(OSError, BookError, msgspec.DecodeError, UnicodeDecodeError):
            place = place_of(book)
            handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            file = stack.enter_context(os.fdopen(handle, "rb"))
            check_kind(os.fstat(handle), place)
            proof, table = file.readline(_LONGEST).strip(), file.readline(_LONGEST).strip()
            if hashlib.sha256(table).hexdigest().encode() == proof:
                contents = _CONTENTS.decode(table)
        yield file, contents
