"""The documents of a book: letters as they went out and attached files, each under the SHA-256 of its content.

So a content is there once however often it is named, never changes, and can be proved. The folder is named after the
book's file, and so is that of a backup or an archive: `book.json.documents` beside `book.json`. In it `files` holds
the contents; what else lies there has names for people to read, and no record depends on it.
"""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from arctui.core.facts import Facts
from arctui.core.letter_records import Attachment, Letter
from arctui.core.records import Account
from arctui.core.text import clean
from arctui.store import files, rights
from arctui.store.errors import BookError

#: What is to be done where a document is missing.
HELP = "'arctui restore' brings it back where a backup has it"

_DIGEST = re.compile(r"[0-9a-f]{64}")
#: Larger than any document that was ever kept.
_LARGEST = 1 << 30


class Documents:
    """The documents beside a book, or beside a copy of one. Nothing is made before there is something to keep."""

    def __init__(self, book: Path) -> None:
        #: Where all documents of the book lie, those with names to read included.
        self.folder = book.with_name(f"{book.name}.documents")
        #: Where the contents lie, each under its digest.
        self.files = self.folder / "files"
        #: The digests of what was not here before it was put through this object.
        self.fresh: set[str] = set()
        self._is_clear = False

    def put(self, content: bytes) -> str:
        """Keep a content durably and return its digest, the SHA-256 in hex; one that is there already stays.

        What lies under the name and is another content is set aside, never overwritten. Raises BookError; then
        nothing was kept.
        """
        digest = hashlib.sha256(content).hexdigest()
        self.make(self.files)
        with files.locked(self.files):
            if not self._is_clear:
                files.clear_leftovers(self.files, ".*.tmp")
                self._is_clear = True
            path = self.files / digest
            if os.path.lexists(path):
                if not self.problem(digest):
                    return digest
                _set_aside(path)
            files.replace_whole(path, content)
        self.fresh.add(digest)
        return digest

    def take_back(self, facts: Facts) -> None:
        """Remove what was put through this object and no record of the book as it is now names.

        To be called where nobody commits a record that names one of them. What cannot be removed stays, and does no
        harm.
        """
        for digest in self.fresh - named(facts) if self.fresh else ():
            files.discard(self.files / digest)
        self.fresh.clear()

    def make(self, folder: Path) -> None:
        """Make the folder of documents, and one in it, private and durably. Raises BookError, also for a link."""
        rights.make_parents(self.folder)
        for part in (self.folder, folder):
            try:
                if part.is_symlink():
                    raise BookError(f"{part} is a link and no folder of its own: put the folder itself there")
                is_new = not part.is_dir()
                rights.make_folder(part)
                if is_new:
                    files.sync_folder(part.parent)
            except OSError as error:
                raise rights.explain(error, part, "made") from error

    def path(self, digest: str) -> Path:
        """Return where a content lies, or would lie. Raises BookError for what is no digest."""
        if not _DIGEST.fullmatch(digest):
            raise BookError(f"{digest!r:.80} is no SHA-256: no document can lie under it")
        return self.files / digest

    def get(self, digest: str) -> bytes:
        """Return a content, proved. Raises BookError where it is missing, was altered or cannot be read."""
        path = self.path(digest)
        try:
            handle = _opened(path)
            with os.fdopen(handle, "rb") as file:
                content = file.read()
        except _UnfitError as error:
            raise BookError(f"{path} {error}: {HELP}") from None
        except OSError as error:
            raise rights.explain(error, path, "read") from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise BookError(f"{path} was altered: {HELP}")
        return content

    def problem(self, digest: str, size: int | None = None) -> str:
        """Say what is wrong with a content ("is missing"), "" for nothing; `size` is what it should have in bytes."""
        if not _DIGEST.fullmatch(digest):
            return "has no SHA-256 to be found by"
        try:
            handle = _opened(self.files / digest)
            with os.fdopen(handle, "rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
                length = file.tell()
        except _UnfitError as error:
            return str(error)
        except OSError as error:
            return f"cannot be read ({error.strerror})"
        if found != digest:
            return "was altered"
        return "" if size is None or size == length else f"has {length} bytes and not {size}"

    def problems(self, digests: Iterable[str]) -> list[str]:
        """Return what is wrong with contents that somebody names, a sentence each."""
        told = ((digest, self.problem(digest)) for digest in dict.fromkeys(digests))
        return [f"the document {digest} in {self.files} {problem}: {HELP}" for digest, problem in told if problem]

    def names(self) -> set[str]:
        """Return the digests under which something lies here, without looking into it. Raises BookError."""
        try:
            return {path.name for path in self.files.iterdir() if _DIGEST.fullmatch(path.name)}
        except (FileNotFoundError, NotADirectoryError):
            return set()
        except OSError as error:
            raise rights.explain(error, self.files, "read") from error

    def take(self, other: "Documents", digests: Iterable[str]) -> list[str]:
        """Copy contents from other documents to here; what is no whole content there is left out.

        Returns the digests that were copied. Raises BookError where they cannot be kept; what was copied until then
        stays and does no harm.
        """
        taken = []
        for digest in sorted(set(digests)):
            try:
                content = other.get(digest)
            except BookError:
                continue
            self.put(content)
            taken.append(digest)
        return taken


def named(facts: Facts) -> set[str]:
    """Return the digests of all documents that records name."""
    return {digest for _, digest, _ in _naming(facts)}


def wrong(facts: Facts, documents: Documents) -> Iterator[tuple[str, str, str]]:
    """Yield each document that records name and that is not whole: who names it, its digest, what is wrong."""
    told: dict[tuple[str, int | None], str] = {}
    for who, digest, size in _naming(facts):
        if (digest, size) not in told:
            told[digest, size] = documents.problem(digest, size)
        if problem := told[digest, size]:
            yield who, digest, problem


def misfits(facts: Facts, documents: Documents) -> list[str]:
    """Return what is wrong with the documents that records name, a sentence each: missing, or altered."""
    return [
        f"{who} {problem} ({documents.files / clean(digest)[:64]}): {HELP}"
        for who, digest, problem in wrong(facts, documents)
    ]


def _naming(facts: Facts) -> Iterator[tuple[str, str, int | None]]:
    """Yield which record names a document, the digest, and the size where the record says it."""

    def of(account: str) -> str:
        found = facts.get(Account, account)
        return clean(found.name if found else account)

    for letter in facts.all(Letter):
        for file in letter.files:
            what = f"letter {clean(letter.number)} to {of(letter.account)}: its file '{clean(file.name)}'"
            yield what, file.digest, None
    for attached in facts.all(Attachment):
        yield f"'{clean(attached.name)}', attached to {of(attached.account)},", attached.digest, attached.size


class _UnfitError(Exception):
    """What lies there can be no document; says what is wrong with it."""


def _opened(path: Path) -> int:
    """Open a document, whoever owns it: its digest proves it. Raises _UnfitError, OSError."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise _UnfitError("is missing") from None
    except OSError as error:
        if error.errno in (errno.ENXIO, errno.ELOOP, errno.ENOTDIR):
            raise _UnfitError("is no regular file") from None
        raise
    status = os.fstat(handle)
    unfit = "" if stat.S_ISREG(status.st_mode) else "is no regular file"
    if status.st_size > _LARGEST:
        unfit = "was altered"
    if unfit:
        files.close(handle)
        raise _UnfitError(unfit)
    return handle


def _set_aside(path: Path) -> None:
    """Give what is not the content of its name another one, for whoever looks into it. Raises BookError."""
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.altered-{number}")):
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        raise rights.explain(error, path, "moved") from error
