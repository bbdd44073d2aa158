"""Where letters lie, and what numbers them: a copy of each with a name to be read, in the folder beside the book.

What the book's records name lies under its digest (`store.documents`); a copy here may go without harm.
"""

import os
import re
from datetime import date
from pathlib import Path

from arctui.core.letter_records import Letter
from arctui.core.text import clean
from arctui.desk.confirming import file_name
from arctui.store import Book, BookError, rights
from arctui.store.documents import Documents
from arctui.store.transactions import Transaction

#: How the name of a letter's file begins: the year, and its place among the letters of that.
_NUMBER = re.compile(r"(\d{4})-(\d{4,9})\b")


class LetterFiles:
    """The files and numbers of a book's letters."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.documents = Documents(book.path)
        #: Where the copies with names lie.
        self.folder = self.documents.folder / "letters"
        # The highest number of each year in the history up to an act.
        self._in_history: dict[int, int] = {}
        self._looked_at = 0

    def make(self) -> Path:
        """Make the folder of the copies, where it is missing, and return it. Raises BookError."""
        self.documents.make(self.folder)
        return self.folder

    def next_number(self, day: date, after: int = 0) -> int:
        """Return the number of the year's next letter: one that no letter ever had, be it undone since.

        `after`: so many more are taken. Raises BookError.
        """
        letters = (self._of(letter.number, day.year) for letter in self._book.facts.all(Letter))
        self._look_into_history()
        known = [self._in_history.get(day.year, 0), *letters]
        if self.folder.is_dir():
            known += [self._of(path.name, day.year) for path in self.folder.iterdir()]
        return max(known) + 1 + after

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
                    self._in_history[year] = max(self._in_history.get(year, 0), int(found[2]))

    def _of(self, text: str, year: int) -> int:
        """Return the place in a year that a number or a name begins with, 0 if it is of none or another."""
        found = _NUMBER.match(text)
        return int(found[2]) if found and int(found[1]) == year else 0

    def name(self, letter: Letter, who: str, ending: str) -> str:
        """Return how a letter's file is called: "2026-0017 reminder Birch Works.pdf"."""
        return f"{letter.number} {letter.kind} {file_name(who)}{ending}"

    def lay(self, name: str, content: bytes) -> Path:
        """Lay a copy into the folder, unless it is there already, and return it. Raises BookError.

        It is not waited for until the disk has it: the documents hold what it is a copy of.
        """
        return lay(self.make(), name, content)


def number_of(day: date, number: int) -> str:
    """Write the number of a letter: "2026-0017"."""
    return f"{day.year}-{number:04}"


def lay(folder: Path, name: str, content: bytes) -> Path:
    """Write a private file into a folder and return it; one of this name and content that is there stays.

    One with another content is left alone: this one gets a name beside it. Raises BookError.
    """
    number, path = 1, folder / name
    stem, ending = path.stem, path.suffix
    try:
        while True:
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
                break
            except FileExistsError:
                if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
                    return path
                number += 1
                path = folder / f"{stem} ({number}){ending}"
        with os.fdopen(handle, "wb") as file:
            rights.make_private(file.fileno(), os.fstat(file.fileno()), path)
            file.write(content)
    except OSError as error:
        raise rights.explain(error, path, "written") from error
    return path


def out_folder(text: str) -> Path:
    """Return the folder that the clerk names for copies. Raises BookError where there is none."""
    folder = rights.resolve(Path(clean(text) if not Path(text).exists() else text))
    if not folder.is_dir():
        raise BookError(f"there is no folder {folder}")
    return folder
