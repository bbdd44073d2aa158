"""A book with backups and acts in its journal, and what may happen to its files."""

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from arctui.core.changes import added
from arctui.store import Book
from tests.store.makers import NOON, draft, put

#: What the book holds in the end. One more account came with act 7, and went again with its undoing, act 8.
ACCOUNTS = ["Alder", "Birch", "Cedar", "Dale", "Elm", "Fir", "Hazel"]
DRAFTS = ["draft early", "draft late"]
#: The acts that stand in the journal only, as they are named where they are missing.
IN_THE_JOURNAL = [
    "act 6, 'add Fir' by ann",
    "act 7, 'add Gorse' by ann",
    "act 8, 'add Gorse' by ann",
    "act 9, 'add Hazel' by ann",
]
JOURNAL = "b.json.journal"
BACKUPS = "b.json.backups"


def make(folder: Path, *, last_fold_is_kept: bool) -> Path:
    """Make the book; its file goes to act 5, its newest backup to the same or to act 4. Returns its path."""
    folder.mkdir()
    book = Book(folder / "b.json", new=True)
    put(book, "Alder")
    book.keep([added(draft("early"))])
    put(book, "Birch")
    book.fold(NOON - timedelta(days=3))
    put(book, "Cedar")
    book.fold(None)
    put(book, "Dale")
    book.fold(NOON - timedelta(days=2))
    put(book, "Elm")
    book.fold(NOON - timedelta(days=1) if last_fold_is_kept else None)
    put(book, "Fir")
    book.keep([added(draft("late"))])
    put(book, "Gorse")
    book.undo("ann", NOON)
    put(book, "Hazel")
    return book.path


def _write(content: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def act(path: Path) -> None:
        path.write_bytes(content(path.read_bytes()))

    return act


def changing(old: bytes, new: bytes) -> Callable[[Path], None]:
    """Change bytes in a file where they stand first."""

    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return _write(change)


def _in_its_place(make_it: Callable[[Path], None]) -> Callable[[Path], None]:
    def act(path: Path) -> None:
        path.unlink()
        make_it(path)

    return act


#: Damages after which the history in the file can still be read, up to its end.
LIGHT: dict[str, Callable[[Path], None]] = {
    "a bit in a record": changing(b'"name":"Alder"', b'"name":"Aldez"'),
    "a bit in an act that a backup has": changing(b'"act":"add Birch"', b'"act":"add Bitch"'),
    "another format": changing(b'"format":2', b'"format":3'),
    "an older format": changing(b'"format":2', b'"format":1'),
    "a bit in the seal": changing(b'"sha256":"', b'"sha256":!'),
    "a zeroed beginning": _write(lambda content: bytes(64) + content[64:]),
    "cut at its end": _write(lambda content: content[:-40]),
    "something behind its end": _write(lambda content: content + b"\n"),
}
#: Damages after which it tells nothing, or only how far it went.
HEAVY: dict[str, Callable[[Path], None]] = {
    "cut in the middle": _write(lambda content: content[: content.index(b'"history"')]),
    "empty": _write(lambda _: b""),
    "garbage": _write(lambda _: bytes(range(256)) * 20),
    "NUL": _write(lambda content: bytes(len(content))),
    "missing": Path.unlink,
    "a folder": _in_its_place(Path.mkdir),
    "a pipe": _in_its_place(os.mkfifo),
}
DAMAGES = {**LIGHT, **HEAVY}


def copied(folder: Path, to: Path) -> Path:
    """Copy the book's folder, and return the book's path in it."""
    shutil.copytree(folder, to)
    return to / "b.json"
