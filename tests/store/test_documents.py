"""The documents beside a book: kept whole or not at all, never written over, and proved by `check`."""

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from arctui.core.changes import added
from arctui.core.letter_records import Attachment
from arctui.core.tables import NO_ACTS
from arctui.store import Book, BookError, backups
from arctui.store.documents import Documents
from arctui.store.verify import problems
from tests.store.crashes import dying, failing
from tests.store.faults import ERRORS, refusing
from tests.store.full import LETTER, PROOF, full_records, keep_documents
from tests.store.makers import NOON, commit, contents, only_file, put

CONTENT = b"%PDF-1.4 an invoice"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    return Documents(tmp_path / "b.json")


def full_book(path: Path) -> Book:
    """A book whose letter and attachment name documents, which lie beside it."""
    book = Book(path, new=True)
    commit(book, *(added(r) for r in full_records() if not isinstance(r, NO_ACTS)))
    keep_documents(book)
    return book


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# Keeping


def test_a_content_lies_under_its_digest_and_comes_back(documents: Documents, tmp_path: Path) -> None:
    assert documents.put(CONTENT) == DIGEST
    assert documents.get(DIGEST) == CONTENT
    assert documents.path(DIGEST) == tmp_path / "b.json.documents" / "files" / DIGEST
    assert documents.problem(DIGEST) == documents.problem(DIGEST, len(CONTENT)) == ""
    assert documents.names() == {DIGEST}


def test_documents_are_their_owners_alone(documents: Documents) -> None:
    mask = os.umask(0)
    try:
        documents.put(CONTENT)
    finally:
        os.umask(mask)
    assert mode(documents.path(DIGEST)) == 0o600
    assert mode(documents.folder) == mode(documents.files) == 0o700


def test_the_same_content_is_kept_once_and_not_written_again(documents: Documents) -> None:
    documents.put(CONTENT)
    before = documents.path(DIGEST).stat()
    documents.put(CONTENT)
    after = documents.path(DIGEST).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert only_file(documents.files) == [DIGEST]


def test_no_folder_is_made_before_there_is_something_to_keep(documents: Documents, tmp_path: Path) -> None:
    assert documents.names() == set()
    assert documents.problem(DIGEST) == "is missing"
    assert only_file(tmp_path) == []


@pytest.mark.parametrize("other", [b"", b"something else", CONTENT[:-1]])
def test_what_is_another_content_is_set_aside_and_never_written_over(documents: Documents, other: bytes) -> None:
    for number in (1, 2):
        documents.put(CONTENT)
        documents.path(DIGEST).write_bytes(other)
        documents.put(CONTENT)
        assert documents.get(DIGEST) == CONTENT
        assert documents.files.joinpath(f"{DIGEST}.altered-{number}").read_bytes() == other
    assert documents.names() == {DIGEST}


@pytest.mark.parametrize("digest", ["", "../../b.json", "ab", DIGEST.upper(), DIGEST + "\n", "/etc/passwd"])
def test_what_is_no_digest_leads_nowhere(documents: Documents, digest: str) -> None:
    documents.put(CONTENT)
    for look in (documents.path, documents.get):
        with pytest.raises(BookError, match="no SHA-256"):
            look(digest)
    assert documents.problem(digest) == "has no SHA-256 to be found by"
    assert documents.take(documents, [digest]) == []


STRANGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda _: None, "is missing"),
    "altered": (lambda p: p.write_bytes(b"altered"), "was altered"),
    "cut": (lambda p: p.write_bytes(CONTENT[:-1]), "was altered"),
    "a pipe": (os.mkfifo, "is no regular file"),
    "a folder": (Path.mkdir, "is no regular file"),
    "a device": (lambda p: p.symlink_to("/dev/zero"), "is no regular file"),
    "a link to itself": (lambda p: p.symlink_to(p), "is no regular file"),
    "a link to nothing": (lambda p: p.symlink_to("nothing"), "is missing"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_lies_there_and_is_not_the_content_is_told_and_put_right(documents: Documents, name: str) -> None:
    change, problem = STRANGE[name]
    path = documents.path(documents.put(CONTENT))
    path.unlink()
    change(path)
    assert documents.problem(DIGEST) == problem
    with pytest.raises(BookError, match=rf"{problem}: 'arctui restore'"):
        documents.get(DIGEST)
    (sentence,) = documents.problems([DIGEST, DIGEST])
    assert DIGEST in sentence
    assert problem in sentence
    documents.put(CONTENT)
    assert documents.get(DIGEST) == CONTENT


def test_a_hole_of_a_hundred_gigabytes_under_the_name_is_not_read(documents: Documents) -> None:
    path = documents.path(documents.put(CONTENT))
    with path.open("r+b") as file:
        file.truncate(100_000_000_000)
    assert documents.problem(DIGEST) == "was altered"


def test_only_what_is_whole_is_taken_from_elsewhere(documents: Documents, tmp_path: Path) -> None:
    digests = [documents.put(content) for content in (b"one", b"two", b"three")]
    documents.path(digests[1]).write_bytes(b"not two")
    documents.path(digests[2]).unlink()
    other = Documents(tmp_path / "copy.json")
    assert other.take(documents, digests) == digests[:1]
    assert contents(other.files) == {digests[0]: b"one"}


# A kill, and a disk that refuses


def test_a_kill_at_any_point_leaves_the_whole_content_or_none(tmp_path: Path) -> None:
    for at in range(1000):
        documents = Documents(tmp_path / f"{at}.json")
        with dying(at) as watch:
            documents.put(CONTENT)
        assert documents.names() <= {DIGEST}
        for digest in documents.names():
            assert documents.get(digest) == CONTENT
        again = Documents(documents.folder.with_name(f"{at}.json"))
        again.put(CONTENT)
        assert contents(again.folder) == {f"files/{DIGEST}": CONTENT}, watch.passed[at]
        if not watch.struck:
            assert at > 10
            return
    raise AssertionError("it never ends")


@pytest.mark.parametrize("error", ["ENOSPC", "EROFS", "EACCES", "EIO"])
def test_what_the_disk_refuses_is_told_and_not_kept(tmp_path: Path, error: str) -> None:
    told = 0
    for at in range(1000):
        documents = Documents(tmp_path / f"{at}.json")
        with failing(at, ERRORS[error]) as watch:
            try:
                documents.put(CONTENT)
                kept = True
            except BookError as refused:
                kept = False
                told += "\n" not in str(refused)
        if kept:
            assert documents.get(DIGEST) == CONTENT
        else:
            assert documents.names() == set(), watch.passed[at]
        if not watch.struck:
            assert told > 5
            return
    raise AssertionError("it never ends")


def test_a_folder_that_cannot_be_made_is_named(documents: Documents) -> None:
    with refusing("mkdir", ERRORS["EROFS"]), pytest.raises(BookError, match="cannot be made: the disk is read-only"):
        documents.put(CONTENT)
    documents.folder.write_text("in the way")
    with pytest.raises(BookError, match=r"b\.json\.documents cannot be made"):
        documents.put(CONTENT)


# The check


def test_a_book_with_all_its_documents_is_whole_and_a_content_that_nobody_names_is_no_fault(tmp_path: Path) -> None:
    book = full_book(tmp_path / "b.json")
    Documents(book.path).put(b"left over")
    assert problems(book) == []


@pytest.mark.parametrize("content", [LETTER, PROOF], ids=["letter", "attachment"])
def test_the_check_tells_of_documents_that_are_missing_or_altered(tmp_path: Path, content: bytes) -> None:
    book = full_book(tmp_path / "b.json")
    path = Documents(book.path).path(hashlib.sha256(content).hexdigest())
    name = "letter 2026-0001 to " if content is LETTER else "'proof.pdf', attached to "
    path.write_bytes(content + b"!")
    (altered,) = problems(book)
    path.unlink()
    (missing,) = problems(book)
    for sentence, what in ((altered, "was altered"), (missing, "is missing")):
        assert sentence.startswith(name)
        assert f"{what} ({path}): 'arctui restore'" in sentence


def test_the_check_tells_of_a_size_that_is_not_that_of_the_content(tmp_path: Path) -> None:
    book = full_book(tmp_path / "b.json")
    (known,) = book.facts.all(Attachment)
    commit(book, added(msgspec.structs.replace(known, id="t2", size=7)))
    (sentence,) = problems(book)
    assert f"has {len(PROOF)} bytes and not 7" in sentence


def test_a_record_with_a_path_for_a_digest_is_told_and_followed_nowhere(tmp_path: Path) -> None:
    book = full_book(tmp_path / "b.json")
    (known,) = book.facts.all(Attachment)
    commit(book, added(msgspec.structs.replace(known, id="t2", digest="../../b.json")))
    (sentence,) = problems(book)
    assert "has no SHA-256 to be found by" in sentence


# The automatic backups


def copies(book: Book) -> Documents:
    return backups.documents_of(book.path)


def test_a_backup_copies_the_documents_that_came_since_the_last_one(tmp_path: Path) -> None:
    book = full_book(tmp_path / "b.json")
    assert book.fold(NOON) == ""
    own = Documents(book.path)
    assert contents(copies(book).files) == contents(own.files)
    before = {path.name: path.stat().st_mtime_ns for path in copies(book).files.iterdir()}
    put(book, "Birch")
    new = own.put(b"new")
    assert book.fold(NOON) == ""
    assert copies(book).names() == {*before, new}
    assert {name: (copies(book).files / name).stat().st_mtime_ns for name in before} == before
    assert problems(book) == []


def test_a_book_without_documents_has_none_among_its_backups(tmp_path: Path) -> None:
    book = Book(tmp_path / "b.json", new=True)
    put(book, "Birch")
    assert book.fold(NOON) == ""
    assert not copies(book).folder.exists()


def test_the_check_tells_of_an_altered_document_among_the_backups(tmp_path: Path) -> None:
    book = full_book(tmp_path / "b.json")
    book.fold(NOON)
    path = copies(book).path(hashlib.sha256(PROOF).hexdigest())
    path.write_bytes(b"altered")
    (sentence,) = problems(book)
    assert sentence.startswith("the backup of a document was altered")
    path.unlink()
    assert problems(book) == []
    put(book, "Birch")
    book.fold(NOON)
    assert copies(book).get(path.name) == PROOF


def test_a_backup_whose_documents_cannot_be_copied_is_told_and_the_journal_stays(tmp_path: Path) -> None:
    book = full_book(tmp_path / "b.json")
    (tmp_path / "b.json.backups").mkdir()
    copies(book).folder.write_text("in the way")
    assert book.fold(NOON).startswith("no backup was made: ")
    assert (tmp_path / "b.json.journal").exists()
    assert problems(Book(book.path)) == []
