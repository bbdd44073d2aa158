"""Where letters lie, and what numbers them: a copy of each with a name to be read, in the folder beside the book.

What the book's records name lies under its digest (`store.documents`); a copy here may go without harm.
"""

import contextlib
import os
import re
import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from arctui import fence
from arctui.core.letter_records import Letter, Written
from arctui.core.text import clean
from arctui.desk.confirming import file_name
from arctui.store import Book, BookError, files, rights
from arctui.store.documents import Documents
from arctui.store.transactions import Transaction

#: How the name of a letter's file begins: the year, and its place among the letters of that.
_NUMBER = re.compile(r"(\d{4})-(\d{4,9})\b")
#: How the name of a file to print begins, with its first letter and its last.
_TO_PRINT = re.compile(r"to print (\d{4})-(\d{4,9})(?: to \d{4}-(\d{4,9}))?\b")
#: No file to print has more letters than this.
_MOST_PRINTED = 100_000

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC

#: How the name of a letter's second file ends: its words, from which its email is made.
_EMAIL_WORDS = " (email).txt"


class LetterFiles:
    """The files and numbers of a book's letters."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.documents = Documents(book.path)
        #: Where the copies with names lie.
        self.folder = self.documents.folder / "letters"
        #: Where copies lie of letters that were taken back: not beside those that are to be sent.
        self.withdrawn = self.folder / "withdrawn"
        # The letters of each year in the history up to an act, by their numbers.
        self._in_history: dict[int, set[int]] = {}
        self._looked_at = 0
        self._set_aside_at = -1

    def make(self) -> Path:
        """Make the folder of the copies, where it is missing, and return it. Raises BookError."""
        if self._book.closed_because:
            raise BookError(self._book.closed_because)
        self.documents.make(self.folder)
        return self.folder

    def next_number(self, day: date, after: int = 0) -> int:
        """Return the number of the year's next letter: one that no letter ever had, be it undone since.

        `after`: so many more are taken. Raises BookError.
        """
        letters = (self._of(letter.number, day.year) for letter in self._book.facts.all(Letter))
        self._look_into_history()
        known: list[int] = [0, *self._in_history.get(day.year, ()), *letters]
        for folder in (self.folder, self.withdrawn):
            if folder.is_dir():
                known += [self._of(path.name, day.year) for path in folder.iterdir()]
        return max(known) + 1 + after

    def set_aside(self) -> str:
        """Move the copies of letters that were undone or thrown away into a folder of their own.

        Whoever took them back: the history tells of them. A file to print goes with any one of its letters. Returns
        what to know of it in a sentence, "" where there is nothing to move.
        """
        if self._set_aside_at == self._book.number:
            return ""
        self._set_aside_at = self._book.number
        try:
            gone = self._gone()
            for path in gone:
                self.documents.make(self.withdrawn)
                path.rename(_free(self.withdrawn, path.name))
        except (OSError, BookError):
            return f"files of letters that were taken back lie in {self.folder} still: do not send them"
        if not gone:
            return ""
        files = f"'{gone[0].name}' lies" if len(gone) == 1 else f"{len(gone)} files lie"
        return f"{files} in {self.folder.name}/{self.withdrawn.name} now: do not send what was taken back"

    def _gone(self) -> list[Path]:
        """Return the copies of letters that the book had once and has no more."""
        if not self.folder.is_dir():
            return []
        here = {letter.number for letter in self._book.facts.all(Letter)}
        found = [(path, _letters_in(path.name)) for path in sorted(self.folder.iterdir()) if not path.is_dir()]
        missing = [(path, numbers) for path, numbers in found if any(number_of(*n) not in here for n in numbers)]
        if missing:
            self._look_into_history()
        return [
            path
            for path, numbers in missing
            if any(n[1] in self._in_history.get(n[0], ()) and number_of(*n) not in here for n in numbers)
        ]

    def _look_into_history(self) -> None:
        for act in self._book.latest() if self._book.number > self._looked_at else ():
            if act.number <= self._looked_at:
                break
            self._note(act)
        self._looked_at = self._book.number

    def _note(self, act: Transaction) -> None:
        for step in act.steps:
            for values in (step.was, step.now) if step.table == Letter.TABLE else ():
                if values and (found := _NUMBER.match(str(values.get("number", "")))):
                    year = int(found[1])
                    self._in_history.setdefault(year, set()).add(int(found[2]))

    def _of(self, text: str, year: int) -> int:
        """Return the place in a year that a number or a name begins with, 0 if it is of none or another."""
        found = _NUMBER.match(text)
        return int(found[2]) if found and int(found[1]) == year else 0

    def name(self, letter: Letter, who: str, ending: str) -> str:
        """Return how a letter's file is called: "2026-0017 reminder Birch Works.pdf"."""
        return f"{letter.number} {letter.kind} {file_name(who)}{ending}"

    def keep(self, name: str, content: bytes, words: str) -> tuple[Written, ...]:
        """Keep a letter and the words of its email among the documents, and return both. Raises BookError."""
        email = Path(name).stem + _EMAIL_WORDS
        return Written(name, self.documents.put(content)), Written(email, self.documents.put(words.encode()))

    def keep_still(self, kept: Sequence[Written], content: bytes, words: str) -> None:
        """Keep what was kept once more where another session that had put it there took it back. Raises BookError."""
        for file, text in zip(kept, (content, words.encode()), strict=True):
            if not self.documents.path(file.digest).exists():
                self.documents.put(text)

    def take_back(self) -> None:
        """Remove what was kept through this object for letters that came to nothing. Raises BookError."""
        if self.documents.fresh:
            # Letters are written under this lock, so nobody is about to name what is removed.
            with files.locked(self.folder) if self.folder.is_dir() else contextlib.nullcontext():
                self._book.refresh()
                self.documents.take_back(self._book.facts)

    def email_words(self, letter: Letter) -> str | None:
        """Return the words of a letter's email as they were kept, None if none were. Raises BookError."""
        kept = next((f for f in letter.files if f.name.endswith(_EMAIL_WORDS)), None)
        return self.documents.get(kept.digest).decode() if kept else None

    def lay(self, name: str, content: bytes) -> Path:
        """Lay a copy into the folder, unless it is there already, and return it. Raises BookError.

        It is not waited for until the disk has it: the documents hold what it is a copy of.
        """
        return lay(self.make(), name, content)


def uncopied(act: str, error: Exception) -> str:
    """Say of what was written that only a copy or an email of it could not be made, and why."""
    why = str(error).replace(", then try again", "")
    return f"{act}, and kept among the documents, so do not write it anew; only a copy is lacking: {why}"


def number_of(day: date | int, number: int) -> str:
    """Write the number of a letter of a day or a year: "2026-0017"."""
    return f"{day if isinstance(day, int) else day.year}-{number:04}"


def print_name(first: str, last: str) -> str:
    """Return how the file to print is called that has the letters from a number to another."""
    return f"to print {first}" + (f" to {last}" if last != first else "") + ".pdf"


def _letters_in(name: str) -> list[tuple[int, int]]:
    """Return the letters that a copy holds by its name, each by its year and its place in that."""
    if found := _NUMBER.match(name):
        return [(int(found[1]), int(found[2]))]
    if found := _TO_PRINT.match(name):
        first = int(found[2])
        return [(int(found[1]), n) for n in range(first, min(int(found[3] or first), first + _MOST_PRINTED) + 1)]
    return []


def _free(folder: Path, name: str) -> Path:
    """Return a path in a folder under which nothing lies: of this name, or one beside it."""
    path, number = folder / name, 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
    return path


def lay(folder: Path, name: str, content: bytes) -> Path:
    """Write a private file into a folder and return it; one of this name and content that is there stays.

    One with another content is left alone: this one gets a name beside it. Raises BookError.
    """
    number, path = 1, folder / name
    stem, ending = path.stem, path.suffix
    # A name that nobody else takes; under the real one no file is ever cut off.
    temporary = folder / f".{secrets.token_hex(8)}.tmp"
    taken = False
    try:
        while True:
            try:
                os.close(os.open(path, _NEW, 0o600))
                taken = True
                break
            except FileExistsError:
                if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
                    return path
                number += 1
                path = folder / f"{stem} ({number}){ending}"
        with os.fdopen(os.open(temporary, _NEW, 0o600), "wb") as file:
            rights.make_private(file.fileno(), os.fstat(file.fileno()), path)
            file.write(content)
        temporary.replace(path)
    except BaseException as error:
        for left in (temporary, *([path] if taken else [])):
            files.discard(left)
        if isinstance(error, OSError):
            raise rights.explain(error, path, "written") from error
        raise
    return path


def out_folder(text: str) -> Path:
    """Return the folder that the clerk names for copies. Raises BookError where there is none."""
    folder = rights.resolve(fence.named(text if fence.is_there(text) else clean(text)))
    if not folder.is_dir():
        raise BookError(f"there is no folder {folder}")
    return folder
