"""Files that are attached to an account: an invoice, a proof of delivery, an email.

A file's content is copied beside the book under its SHA-256; its name is only shown. Several files are one act, and
what is refused of one of them refuses all: then nothing is in the book.
"""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from arctui import fence
from arctui.core.changes import added, changed
from arctui.core.claim_roles import guess_role
from arctui.core.facts import Dossier
from arctui.core.letter_records import Attachment, Role
from arctui.core.roles import Right
from arctui.core.text import clean, fold, plural
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id
from arctui.store.documents import Documents

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

_MEGABYTE = 1_000_000
_KILOBYTE = 1000
#: A longer name is cut: it is only shown.
_LONGEST_NAME = 120
#: A number without what stands before it has so many figures at least; so many are named where none fits.
_FEWEST_FIGURES, _LISTED = 3, 3
#: So much of an id tells an attachment from all others in practice.
SHORT_ID = 8
_KINDS = "a PDF, picture (PNG, JPEG), email (.eml), text, CSV, DOCX, XLSX or ODT"
_REASONS = {errno.ELOOP: "it is a link to itself", errno.ENAMETOOLONG: "no file has so long a name"}
#: Letters that would turn or split the name of a file.
_BLANK = re.compile(r"[\\/\s]+")


class _Found(msgspec.Struct, frozen=True):
    """A file that may be attached, as it was when it was looked at."""

    path: Path
    name: str
    digest: str
    size: int
    media: str


class Attached(msgspec.Struct, frozen=True):
    """Files that were attached by one act: its words, and the ids of the attachments in the order of the files."""

    act: str
    ids: tuple[str, ...]


class Attachments:
    """The files that are attached to accounts."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    @property
    def documents(self) -> Documents:
        """Where the contents lie."""
        return Documents(self._desk.book.path)

    def attach(
        self, account: str, files: Sequence[Path], about: str = "", note: str = "", role: Role | None = None
    ) -> str:
        """Attach files as `take` does; return the act's words."""
        return self.take(account, files, about, note, role).act

    def take(
        self, account: str, files: Sequence[Path], about: str = "", note: str = "", role: Role | None = None
    ) -> Attached:
        """Attach files to an account, all of them or none; return what was done.

        `about` is the id of an invoice, a letter, a dispute or a promise of the account, "" for the account itself.
        `role` says what they are, None: it is guessed where little speaks against it.
        Raises DeskError, CardNumberError, BookError.
        """
        desk = self._desk
        desk.need(Right.RECORD, "attaching")
        desk.refresh()
        dossier, words = desk.dossier(account), clean(note)
        if about and not about_words(desk, dossier, about):
            raise DeskError("what this is about is no longer on the account: look again, nothing was attached")
        found = [self._looked_at(path) for path in files]
        if not found:
            raise DeskError("which file? name one or more")
        _refuse_doubles(found)
        self._refuse_known(dossier, found, about)
        records = [
            Attachment(
                id=new_id(),
                account=account,
                digest=file.digest,
                size=file.size,
                media=file.media,
                name=file.name,
                at=desk.rules.moment.now,
                day=desk.today,
                by=desk.clerk,
                about=about,
                note=words,
                role=guess_role(file.name, words, file.media, about, dossier) if role is None else role,
            )
            for file in found
        ]
        changes = [added(record) for record in records]
        # Before anything is copied: what is refused leaves nothing behind.
        desk.cards.check(changes)
        documents = self.documents
        for file in found:
            self._keep(documents, file)
        what = f"'{found[0].name}'" if len(found) == 1 else plural(len(found), "file")
        which = about_words(desk, dossier, about) if about else ""
        roles = {record.role for record in records}
        said = f" as {role_words(records[0].role)}" if len(roles) == 1 and roles != {Role.OTHER} else ""
        act = f"{what} attached{f' to {which}' if which else ''}{said}, {dossier.account.name}"

        def stale() -> bool:
            if not desk.knows(account):
                return True
            now = desk.book.facts.dossier(account)
            gone = bool(about) and not about_words(desk, now, about)
            return gone or any(_same(now, file, about) for file in found)

        return Attached(desk.commit(act, changes, typed=False, stale=stale), tuple(record.id for record in records))

    def guess(self, account: str, path: Path, about: str = "", note: str = "") -> Role:
        """Guess what a file is before it is attached. Raises DeskError."""
        file = self._looked_at(path)
        return guess_role(file.name, clean(note), file.media, about, self._desk.dossier(account))

    def set_role(self, attachment: str, role: Role) -> str:
        """Say what an attached file, by its id, is for a court; return the act's words.

        Raises DeskError, BookError.
        """
        desk = self._desk
        desk.refresh()
        known, *more = self._begin_with(attachment)
        if more:
            raise DeskError(
                f"{plural(1 + len(more), 'attachment')} begin with {clean(attachment)}: write more of its id"
            )
        name = desk.dossier(known.account).account.name
        if known.role is role:
            raise DeskError(f"'{known.name}' is {role_words(role)} already")
        act = f"'{known.name}' is {role_words(role)}, {name}"
        return desk.commit(act, [changed(known, role=role)], typed=False)

    def of(self, account: str) -> list[Attachment]:
        """Return the files that are attached to an account, the newest first. Raises DeskError."""
        return newest(self._desk.dossier(account))

    def get(self, attachment: str) -> Attachment:
        """Return an attachment by its id, or by the beginning of it or of its digest. Raises DeskError."""
        found = self._begin_with(attachment)
        if len({a.digest for a in found}) > 1:
            raise DeskError(f"{plural(len(found), 'attachment')} begin with {clean(attachment)}: write more of it")
        return found[0]

    def _begin_with(self, attachment: str) -> list[Attachment]:
        """Return the attachments whose id or digest begins so, one at least. Raises DeskError."""
        wanted = clean(attachment).lower()
        everything = list(self._desk.book.facts.all(Attachment)) if wanted else []
        found = [a for a in everything if a.id.startswith(wanted) or a.digest.startswith(wanted)]
        if not found:
            raise DeskError(f"no attachment {wanted or '(without an id)'}: 'arctui attachments WHO' lists them")
        return found

    def content(self, attachment: str) -> bytes:
        """Return an attachment's content, proved. Raises DeskError, BookError where it is missing or was altered."""
        return self.documents.get(self.get(attachment).digest)

    def write(self, attachment: str, path: Path, *, force: bool = False) -> Path:
        """Write an attachment's content to a file, whole or not at all; return where. Raises DeskError, BookError."""
        from arctui.desk.exporting import check_target, write

        target = check_target(self._desk, path, force=force)
        write(target, self.content(attachment), force=force)
        return target

    def about(self, account: str, text: str) -> str:
        """Return the id of what a text names on an account: "1041", "letter 2026-0017", "dispute", "dispute 450".

        Raises DeskError where it names nothing, or several.
        """
        dossier, words = self._desk.dossier(account), clean(text)
        word, _, which = fold(words).partition(" ")
        if word == "dispute":
            found = [d.id for d in dossier.disputes if d.closed_on is None] or [d.id for d in dossier.disputes]
        elif word == "promise":
            found = [j.promise.id for j in self._desk.standing(account).live]
        else:
            found, which = _numbered(words, dossier), ""
        told = {each: about_words(self._desk, dossier, each) for each in found}
        found = [each for each in found if which in fold(told[each])]
        if not found:
            raise DeskError(_nothing(words, dossier))
        if len(found) > 1:
            several = ", ".join(told[each] for each in found)
            raise DeskError(f"'{words}' is {several} of {dossier.account.name}: write more of it")
        return found[0]

    # Looking at files

    def _looked_at(self, path: Path) -> _Found:
        from arctui.exchange.media import media_of

        name = _name(path)
        content = self._read(path, name)
        media = media_of(content)
        if not media:
            raise DeskError(f"'{name}' is not {_KINDS}: save it as one of them, nothing was attached")
        digest = hashlib.sha256(content).hexdigest()
        return _Found(path=path, name=name, digest=digest, size=len(content), media=media)

    def _keep(self, documents: Documents, file: _Found) -> None:
        """Copy a file's content beside the book. Raises DeskError if it is another one by now, BookError."""
        content = self._read(file.path, file.name)
        if hashlib.sha256(content).hexdigest() != file.digest:
            raise DeskError(f"'{file.name}' changed while it was read: try again, nothing was attached")
        documents.put(content)

    def _read(self, path: Path, name: str) -> bytes:
        """Return a regular file's content. Raises DeskError, also where it is empty or too large."""
        megabytes = self._desk.policy.attachment_megabytes
        most = megabytes * _MEGABYTE
        try:
            # Before it is opened: to open a device may do something already.
            _check_regular(fence.typed(path).stat(), name)
            handle = os.open(fence.typed(path), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            with os.fdopen(handle, "rb") as file:
                _check_regular(os.fstat(handle), name)
                content = file.read(most + 1)
        except FileNotFoundError:
            raise DeskError(f"there is no file '{clean(str(path))}': nothing was attached") from None
        except DeskError:
            raise
        except PermissionError:
            raise DeskError(f"'{name}' must not be read by you: ask whose file it is") from None
        except (OSError, ValueError, RuntimeError) as error:
            number = error.errno if isinstance(error, OSError) else None
            why = _REASONS.get(number or 0, os.strerror(number) if number else "no file is called so")
            raise DeskError(f"'{name}' cannot be read ({why}): nothing was attached") from None
        if len(content) > most:
            raise DeskError(
                f"'{name}' is larger than {megabytes} MB: make it smaller, or allow more: "
                "arctui policy attachment_megabytes N"
            )
        if not content:
            raise DeskError(f"'{name}' is empty: nothing was attached")
        return content

    def _refuse_known(self, dossier: Dossier, found: Sequence[_Found], about: str) -> None:
        for file in found:
            if known := _same(dossier, file, about):
                day = self._desk.rules.day(known.day)
                called = "" if known.name == file.name else f" as '{known.name}'"
                raise DeskError(f"'{file.name}' is attached already{called}, since {day} by {known.by}")


def about_words(desk: "Desk", dossier: Dossier, about: str) -> str:
    """Say what a paper is about: "invoice B-1041", "reminder 2026-0017"; "" for what is not on the account."""
    rules = desk.rules
    for invoice in dossier.invoices:
        if invoice.id == about:
            return f"{invoice.kind.lower()} {invoice.number}".strip()
    for letter in dossier.letters:
        if letter.id == about:
            return f"{letter.kind} {letter.number}"
    for dispute in dossier.disputes:
        if dispute.id == about:
            return f"dispute of {rules.money(dispute.amount, dispute.currency)}"
    for promise in dossier.promises:
        if promise.id == about:
            return f"promise for {rules.day(promise.day)}"
    return ""


def role_words(role: Role) -> str:
    """Say what a file is for a court: "proof of delivery", "something else"."""
    return role.value or "something else"


def newest(dossier: Dossier) -> list[Attachment]:
    """Return the papers of an account, the newest first."""
    return sorted(dossier.attachments, key=lambda a: a.at, reverse=True)


def size_words(size: int) -> str:
    """Write a size in bytes as people do: "812 B", "14 KB", "2.3 MB"."""
    if size < _KILOBYTE:
        return f"{size} B"
    if size < _MEGABYTE:
        return f"{round(size / _KILOBYTE)} KB"
    return f"{size / _MEGABYTE:.1f} MB"


def _name(path: Path) -> str:
    """Return a file's name as it is shown: no character of it leads anywhere."""
    shown = _BLANK.sub(" ", clean(path.name)).strip()
    if len(shown) > _LONGEST_NAME:
        stem, dot, ending = shown.rpartition(".")
        ending = dot + ending if stem and len(ending) < SHORT_ID else ""
        shown = shown[: _LONGEST_NAME - len(ending) - 1] + "…" + ending
    return shown or "file"


def _check_regular(status: os.stat_result, name: str) -> None:
    """Raises DeskError for what is no regular file."""
    mode = status.st_mode
    if stat.S_ISREG(mode):
        return
    what = "a folder" if stat.S_ISDIR(mode) else "a pipe" if stat.S_ISFIFO(mode) else "a device or socket"
    raise DeskError(f"'{name}' is {what} and no file: nothing was attached")


def _refuse_doubles(found: Sequence[_Found]) -> None:
    seen: dict[str, _Found] = {}
    for file in found:
        if before := seen.get(file.digest):
            raise DeskError(f"'{before.name}' and '{file.name}' are the same: name it once, nothing was attached")
        seen[file.digest] = file


def _same(dossier: Dossier, file: _Found, about: str) -> Attachment | None:
    return next((a for a in dossier.attachments if (a.digest, a.about) == (file.digest, about)), None)


def _numbered(words: str, dossier: Dossier) -> list[str]:
    """Return the ids of the invoices, or the letters, with a number: "B-1041", "1041", "letter 2026-0017"."""
    kind, _, rest = fold(words).partition(" ")
    number = rest.strip() if rest and kind in ("invoice", "letter") else fold(words).lstrip("#")
    letters = [x.id for x in dossier.letters if x.number == number and kind != "invoice"]
    if kind == "letter":
        return letters
    invoices = [i for i in dossier.invoices if i.number and fold(i.number) == number]
    if not invoices and not letters and len(number) >= _FEWEST_FIGURES:
        # As people say it, without what stands before it.
        ends = re.compile(rf".*[^0-9]0*{re.escape(number)}|0+{re.escape(number)}")
        invoices = [i for i in dossier.invoices if number.isdecimal() and ends.fullmatch(fold(i.number))]
    # A credit memo may bear the number of its invoice; papers prove the invoice.
    asked = [i for i in invoices if i.amount > 0] or invoices
    return [*(i.id for i in asked), *letters]


def _nothing(words: str, dossier: Dossier) -> str:
    """Say that nothing is called so, and what there is."""
    name = dossier.account.name
    if fold(words).partition(" ")[0] in ("dispute", "promise"):
        return f"{name} has no {words}: name an invoice or a letter, or leave it out"
    numbers = [i.number for i in dossier.invoices if i.number][:_LISTED]
    such = f" (it has {', '.join(numbers)})" if numbers else ""
    return f"{name} has no invoice or letter '{words}'{such}; it may be 'dispute' or 'promise', too"
