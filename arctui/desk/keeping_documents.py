"""The documents of a book when it is copied or brought back: they go along, and what does not is told.

They come before what names them: a copy that was cut off has documents that nobody names, never records without them.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from arctui.core.facts import Facts
from arctui.core.text import plural
from arctui.store import Book, documents
from arctui.store.documents import Documents

#: So many are named; all of them are counted.
_NAMED = 3


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """How many documents were copied just now, to where, and what says which ones are named and lie nowhere."""

    folder: Path
    count: int = 0
    missing: tuple[str, ...] = ()

    def lacking(self, where: str) -> list[str]:
        """Say which documents are not there, in one sentence; nothing for none."""
        if not self.missing:
            return []
        named = "; ".join(self.missing[:_NAMED])
        more = f", and {len(self.missing) - _NAMED} more" if len(self.missing) > _NAMED else ""
        verb = "is" if len(self.missing) == 1 else "are"
        return [f"{plural(len(self.missing), 'document')} {verb} missing {where}: {named}{more}"]


def along(book: Book, target: Path) -> Copied:
    """Copy the documents of a book beside a copy of it that is to be written. Raises BookError."""
    own, there = Documents(book.path), Documents(target)
    done = there.take(own, [digest for digest in own.names() if there.problem(digest)])
    return Copied(folder=there.folder, count=len(done), missing=absent(book.facts, there))


def brought(book: Path, facts: Facts, sources: Iterable[Documents]) -> Copied:
    """Bring documents that records name and that are missing or altered beside a book, from where they are whole.

    Raises BookError.
    """
    own, done = Documents(book), 0
    for source in sources:
        done += len(own.take(source, [digest for digest in documents.named(facts) if own.problem(digest)]))
    return Copied(folder=own.folder, count=done, missing=absent(facts, own))


def absent(facts: Facts, there: Documents) -> tuple[str, ...]:
    """Say of which files that records name there is no whole content."""
    return tuple(dict.fromkeys(f"{who} {problem}" for who, _, problem in documents.wrong(facts, there)))


def beside(book: Path) -> list[str]:
    """Say what lies among the documents of a book under names to read, and does not go along."""
    folder = Documents(book).folder
    own = Documents(book).files.name
    if not folder.is_dir() or not any(path.name != own for path in folder.iterdir()):
        return []
    return [f"the confirmations and copies to read in {folder} are not in it: copy that folder too"]
