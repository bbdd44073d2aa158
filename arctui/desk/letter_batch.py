"""Many letters at once, beside the clerk's work: a thread sets them on paper, the clerk's own writes them down.

The thread looks at the book as it was when the batch began. What it sets lies among the documents, and nothing names
it before the clerk's thread has made all of it one act: it can be called off at any moment, or die with the program.
"""

import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from arctui.core.changes import Change, added
from arctui.core.letter_records import Letter, SentBy
from arctui.core.letter_rules import due_letter
from arctui.core.text import plural
from arctui.desk.beside import Beside
from arctui.desk.derived import touched
from arctui.desk.desk import Desk
from arctui.desk.errors import DeskError, RefusedError, UndueError
from arctui.desk.letter_files import LetterFiles, number_of, print_name, uncopied
from arctui.desk.letter_making import LetterMaker, Wish, check_reason, set_on_paper
from arctui.desk.letter_notes import check_number
from arctui.desk.letters import Sending
from arctui.store import BookConflictError, BookError, files

#: So often the letters are written down over what other sessions did meanwhile.
_TRIES = 3
_CHANGED = "something on the account changed meanwhile: write it by itself"


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """The letters that were written, their files, and which were not: the account's name and why.

    `failed`: of some that are not it is no fault of the account (a template, a picture, letters without a font).
    `print_file` has all of them one after the other; None where there are none.
    """

    letters: tuple[Letter, ...] = ()
    paths: tuple[Path, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    failed: bool = False
    print_file: Path | None = None
    act: str = ""


class _Set(msgspec.Struct, frozen=True):
    """A letter that is set on paper: its record, its content, and the words of its email."""

    letter: Letter
    content: bytes
    words: str


class LetterBatch(Beside):
    """One batch; all but the work itself is called in the clerk's thread."""

    def __init__(
        self,
        desk: Desk,
        accounts: Sequence[str] | None,
        ended: Callable[["LetterBatch"], None] = lambda _: None,
        *,
        sending: Sending | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin: each of the accounts (None: all that there are) gets the letter that is due to it.

        `sending`: they are sent in the same act. `ended` is called in the working thread at its end. Raises DeskError
        where no letter is due, BookError.
        """
        desk.refresh()
        if sending:
            check_number(desk.cards, sending.by, sending.tracking)
        chosen = [due.account for due in desk.letters.due()] if accounts is None else list(accounts)
        if not chosen:
            raise DeskError("no letter is due")
        super().__init__("letters", ended, clock)
        self._desk, self._sending = desk, sending
        self._accounts = chosen
        self._today, self._first = desk.today, desk.letters.files.next_number(desk.today)
        self._book = desk.derived.still()
        self._laid = LetterFiles(desk.book)
        self._set: list[_Set] = []
        self._refused: list[tuple[str, str]] = []
        self._failed = False
        self._all = b""
        self._begin()

    def finish(self) -> Batch:
        """Write the letters down, as one act; to be called when it is done, or was called off.

        Raises what setting them raised (DeskError, BookError, Cancelled), DeskError where the book is not what they
        were made from any more, BookError; then no letter is in the book.
        """
        try:
            return self._finished()
        finally:
            if self._idle:
                self.take_back()

    def take_back(self) -> None:
        """Remove what was kept for letters that came to nothing; once the thread is done, `finish` does so itself."""
        # What cannot be looked up stays, and does no harm.
        with contextlib.suppress(BookError):
            self._laid.take_back()

    def _finished(self) -> Batch:
        self._check()
        for _ in range(_TRIES - 1):
            try:
                return self._finish()
            except BookConflictError:
                continue
        return self._finish()

    def _finish(self) -> Batch:
        desk = self._desk
        desk.refresh()
        number, folder = desk.book.number, desk.letters.files.make()
        accounts, everything = touched(desk.book.facts.since(self._book.facts))
        if everything or desk.today != self._today:
            raise DeskError(
                "an import, a setting or the day changed the book meanwhile: no letter was written, begin anew"
            )
        kept = [s for s in self._set if s.letter.account not in accounts]
        refused = [*self._refused, *((self._name(s.letter), _CHANGED) for s in self._set if s not in kept)]
        if not kept:
            return Batch(refused=tuple(refused), failed=self._failed)
        letters, changes = [], list[Change]()
        for made in kept:
            letter = made.letter
            if self._sending:
                letter, activity = desk.letters.as_sent(letter, self._sending)
                changes.append(added(activity))
            letters.append(letter)
            changes.append(added(letter))
        first, last = letters[0].number, letters[-1].number
        what = f"written and sent by {self._sending.by}" if self._sending else "written"
        act = f"{plural(len(letters), 'letter')} {what}, {first}" + (f" to {last}" if last != first else "")
        with files.locked(folder):
            if desk.letters.files.next_number(self._today) > self._first:
                raise DeskError("another session has written letters meanwhile: no letter was written, begin anew")
            for made in kept:
                self._laid.keep_still(made.letter.files, made.content, made.words)
            desk.commit(act, changes, typed=False, stale=lambda: desk.book.number != number)
            try:
                paths = [desk.letters.files.lay(s.letter.files[0].name, s.content) for s in kept]
                everyone = self._all if len(kept) == len(self._set) else _joined(kept)
                print_file = desk.letters.files.lay(print_name(first, last), everyone)
            except BookError as error:
                raise BookError(uncopied(act, error)) from error
        return Batch(
            letters=tuple(letters),
            paths=tuple(paths),
            refused=tuple(refused),
            failed=self._failed,
            print_file=print_file,
            act=act,
        )

    def _name(self, letter: Letter) -> str:
        return self._book.dossier(letter.account).account.name

    # In the thread

    def _make(self) -> None:
        book, path = self._book, self._desk.book.path
        maker, laid = LetterMaker(book, path), self._laid
        press = maker.press()
        self._told.stage("writing letters")
        for place, account in enumerate(self._accounts):
            self._told.at(place, len(self._accounts))
            dossier = book.dossier(account)
            due = due_letter(book.standing(account), book.rules)
            if due is None:
                self._refused.append((dossier.account.name, "no letter is due"))
                continue
            number = number_of(self._today, self._first + len(self._set))
            by_email = self._sending is not None and self._sending.by is SentBy.EMAIL
            try:
                draft = maker.draft(Wish(account=account, kind=due.kind, by_email=by_email), number)
                check_reason(draft, "")
                content = set_on_paper(press, draft)
            except DeskError as error:
                self._failed = self._failed or not isinstance(error, RefusedError | UndueError)
                why = error.why if isinstance(error, RefusedError) else str(error)
                self._refused.append((dossier.account.name, why))
                continue
            letter = draft.record(dossier, book.rules, (), "")
            name = laid.name(letter, dossier.account.name, ".pdf")
            words = maker.email_text(draft)
            kept = laid.keep(name, content, words)
            self._set.append(_Set(msgspec.structs.replace(letter, files=kept), content, words))
        self._told.stage("putting them into one file to print")
        self._all = _joined(self._set) if self._set else b""


def _joined(letters: Sequence[_Set]) -> bytes:
    from arctui.letters.letter_pdf import joined

    return letters[0].content if len(letters) == 1 else joined(s.content for s in letters)
