"""The disk refuses at any call of an act: one sentence, nothing changed, and the next act works."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from arctui.core.changes import Change, added
from arctui.store import Book, BookDamagedError, BookError, BookMissingError
from arctui.store.verify import problems
from tests.store.faults import ERRORS, REAL, Faults, failing, faults, quick_disk, realistic, refusing
from tests.store.makers import (
    FORMAT_1,
    NOON,
    account,
    book_of,
    contents,
    draft,
    held,
    names,
    only_file,
    put,
)

Act = Callable[[Book], object]
OLD = ["Birch", "Cedar"]


def journalled(path: Path) -> None:
    book_of(path, *OLD)


def folded(path: Path) -> None:
    book_of(path, *OLD).fold(NOON)


def with_a_draft(path: Path) -> None:
    book_of(path, *OLD).keep([added(draft("half"))])


def of_format_1(path: Path) -> None:
    path.write_bytes(FORMAT_1)


def none_yet(_: Path) -> None:
    pass


def as_it_is(_: Book) -> None:
    pass


def fail_once(book: Book) -> None:
    """Let a commit fail at its flush, so that the journal is given up."""
    with refusing("fsync", errno.EIO), pytest.raises(BookError):
        put(book, "failed")


def take_the_draft(book: Book) -> None:
    book.commit("add new", [added(account("new"))], "ann", NOON, kept=[Change(before=draft("half"), after=None)])


class Case(NamedTuple):
    """An act, what the book holds before and after it, how the book is made, and what is done before."""

    act: Act
    new: list[str]
    old: list[str] = OLD
    make: Callable[[Path], None] = journalled
    before: Act = as_it_is


NEW = [*OLD, "new"]
CASES: dict[str, Case] = {
    "commit": Case(lambda b: put(b, "new"), NEW),
    "undo": Case(lambda b: b.undo("ann", NOON), ["Birch"]),
    "keep": Case(lambda b: b.keep([added(draft("half"))]), [*OLD, "draft half"]),
    "commit that takes a draft": Case(take_the_draft, NEW, [*OLD, "draft half"], with_a_draft),
    "commit after a fold": Case(lambda b: put(b, "new"), NEW, OLD, folded),
    "undo of a folded act": Case(lambda b: b.undo("ann", NOON), ["Birch"], OLD, folded),
    "commit after a failure": Case(lambda b: put(b, "new"), NEW, OLD, journalled, fail_once),
    "keep after a failure": Case(lambda b: b.keep([added(draft("half"))]), [*OLD, "draft half"], before=fail_once),
    "first commit": Case(lambda b: put(b, "new"), ["new"], [], none_yet),
    "commit to a book of format 1": Case(lambda b: put(b, "new"), NEW, OLD, of_format_1),
    "fold": Case(lambda b: b.fold(NOON), OLD, OLD),
    "fold after a failure": Case(lambda b: b.fold(NOON), OLD, OLD, before=fail_once),
}


class Attempt:
    """One act during which the call at one point failed, or all calls from there on."""

    def __init__(self, template: Path, folder: Path, at: int, case: Case, error: str, *, lasting: bool) -> None:
        shutil.copytree(template, folder)
        self.case = case
        self.path = folder / "b.json"
        self.book = Book(self.path, new=True)
        case.before(self.book)
        self.other = Book(self.path, new=True)
        self.lasting = lasting
        self.before = self.path.read_bytes() if self.path.exists() else b""
        self.said: BaseException | None = None
        with faults(at, failing(ERRORS[error]), lasting=lasting) as self.watch:
            try:
                case.act(self.book)
            except (BookError, OSError) as raised:
                self.said = raised

    @property
    def where(self) -> str:
        return f"{self.watch.at} {self.watch.passed[self.watch.at]}"

    @property
    def written(self) -> bool:
        """Whether the act had come as far as the disk when the call failed, and only a flush was wanting."""
        passed = self.watch.passed[: self.watch.at + 1]
        return passed[-1] == "before fsync" or "after replace" in passed


def attempts(folder: Path, case: Case, error: str, *, lasting: bool = False) -> Iterator[Attempt]:
    """Try an act with a failure at each point in turn, until one passes without any."""
    template = folder / "template"
    template.mkdir()
    case.make(template / "b.json")
    for at in range(1000):
        attempt = Attempt(template, folder / f"{error}-{at}", at, case, error, lasting=lasting)
        if not attempt.watch.struck:
            return
        if realistic(attempt.watch.passed[at]):
            yield attempt


def consequences(attempt: Attempt) -> str:
    """Say what is wrong after a failure; "" if the act is refused whole, or done whole where it did not matter."""
    if attempt.said is not None and not isinstance(attempt.said, BookError):
        return f"{attempt.where}: {attempt.said!r}"
    try:
        return next((f"{attempt.where}: {what}" for what in wrong(attempt)), "")
    except BookError as error:
        return f"{attempt.where}: afterwards: {error}".replace(str(attempt.path), "")


def everywhere(attempt: Attempt) -> list[list[str]]:
    """What the book holds for the session that acted, for one that is open, and for one that begins."""
    attempt.other.refresh()
    return [held(attempt.book), held(attempt.other), held(Book(attempt.path, new=True))]


def wrong(attempt: Attempt) -> Iterator[str]:
    expected = attempt.case.new if attempt.said is None else attempt.case.old
    meanwhile = [expected]
    if attempt.lasting and attempt.written:
        # A disk that took the act, did not flush it, and does not let it be taken away again. Where it stands in a
        # journal, others see it until the next commit leaves it behind; where a new file has its name already, the
        # act is there although it was refused.
        attempt.book.refresh()
        expected = attempt.case.new if held(attempt.book) == attempt.case.new else expected
        meanwhile = [expected, attempt.case.new]
    elif attempt.said and attempt.before and attempt.before not in old_files(attempt.path):
        yield "the file was changed"
    mine, *others = everywhere(attempt)
    if mine != expected or any(found not in meanwhile for found in others):
        yield f"said {attempt.said}, held {[mine, *others]}"
    put(attempt.book, "next")
    if (found := everywhere(attempt)) != [sorted([*expected, "next"])] * 3:
        yield f"after the next commit: {found}"
    put(attempt.other, "next of the other")
    attempt.book.refresh()
    expected = sorted([*expected, "next", "next of the other"])
    if (found := everywhere(attempt)) != [expected] * 3:
        yield f"after the other's next commit: {found}"
    if problem := attempt.book.fold(NOON):
        yield problem
    if (found := everywhere(attempt)) != [expected] * 3:
        yield f"after the next fold: {found}"
    yield from problems(Book(attempt.path))
    left = [name for name in contents(attempt.path.parent) if name not in ("b.json", "b.json.format-1")]
    if strange := [n for n in left if not n.startswith("b.json.backups/0") or not n.endswith(".json")]:
        yield f"left behind {strange}"


def old_files(path: Path) -> list[bytes]:
    """What stands in the book's file, and in the one kept from format 1."""
    return [p.read_bytes() for p in (path, path.with_name("b.json.format-1")) if p.exists()]


@pytest.mark.parametrize("case", CASES)
def test_a_call_that_fails_changes_nothing_or_does_not_matter(tmp_path: Path, case: str) -> None:
    with quick_disk():
        tried = list(attempts(tmp_path, CASES[case], "EIO"))
        assert len([a for a in tried if a.said]) >= 4
        assert [what for a in tried if (what := consequences(a))] == []


@pytest.mark.parametrize("error", [e for e in ERRORS if e != "EIO"])
@pytest.mark.parametrize("case", ["commit", "undo", "commit after a fold"])
def test_whatever_the_reason_a_failed_act_changes_nothing(tmp_path: Path, case: str, error: str) -> None:
    with quick_disk():
        tried = list(attempts(tmp_path, CASES[case], error))
        assert len([a for a in tried if a.said]) >= 4
        assert [what for a in tried if (what := consequences(a))] == []


@pytest.mark.parametrize("case", CASES)
def test_a_disk_that_fails_for_a_while_loses_nothing_and_work_goes_on_after_it(tmp_path: Path, case: str) -> None:
    with quick_disk():
        tried = list(attempts(tmp_path, CASES[case], "EROFS", lasting=True))
        assert len(tried) >= 4
        assert [what for a in tried if (what := consequences(a))] == []


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_journal_that_failed_once_is_never_gone_on_with(tmp_path: Path, call: str) -> None:
    book = book_of(tmp_path / "b.json", *OLD)
    there = Book(book.path)
    beside = tmp_path / "b.json.journal"
    for number, session in enumerate((book, there, Book(book.path))):
        given_up = beside.stat().st_ino
        with refusing(call, errno.EIO), pytest.raises(BookError):
            put(book, "failed")
        put(session, f"new {number}")
        assert beside.stat().st_ino != given_up
        assert "failed" not in names(Book(book.path))
    assert len(names(Book(book.path))) == len(OLD) + 3


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("ENOSPC", "the disk is full: free some space"),
        ("EDQUOT", "quota"),
        ("EROFS", "read-only"),
        ("EACCES", "no permission"),
        ("EIO", "the disk reports an error"),
    ],
)
@pytest.mark.parametrize("case", ["commit", "commit after a fold", "fold"])
def test_the_sentence_names_the_file_and_what_to_do(tmp_path: Path, case: str, error: str, words: str) -> None:
    with quick_disk():
        tried = list(attempts(tmp_path, CASES[case], error))
    assert tried
    for attempt in tried:
        if isinstance(attempt.said, BookError):
            said = str(attempt.said)
            assert str(attempt.path) in said
            assert words in said
            assert "\n" not in said
            assert "Errno" not in said


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_every_line_and_the_whole_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = book_of(tmp_path / "b.json", *OLD)
    monkeypatch.setattr(os, "write", lambda handle, data: REAL["write"](handle, bytes(data)[:50]))
    put(book, "new")
    assert names(Book(book.path)) == NEW
    assert book.fold(NOON) == ""
    assert names(Book(book.path)) == NEW
    put(book, "newer")
    assert names(Book(book.path)) == [*NEW, "newer"]


PLACES = [".b.json.tmp", "b.json.tmp", ".b.json.old", ".b.json.journal.tmp", ".b.json.journal.old"]


def test_what_lies_at_the_temporary_places_is_never_followed(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", *OLD)
    precious = tmp_path / "precious"
    precious.write_text("mine")
    precious.chmod(0o644)
    for name in PLACES:
        (tmp_path / name).symlink_to(precious)
    put(book, "new")
    fail_once(book)
    put(book, "newer")
    book.fold(NOON)
    put(book, "newest")
    assert precious.read_text() == "mine"
    assert precious.stat().st_mode & 0o777 == 0o644
    assert not book.path.is_symlink()
    assert names(Book(book.path)) == [*NEW, "newer", "newest"]


def test_a_link_in_the_journal_s_place_is_never_followed(tmp_path: Path) -> None:
    path = book_of(tmp_path / "b.json", *OLD).path
    Book(path).fold(NOON)
    precious = tmp_path / "precious"
    precious.write_text("mine")
    book = Book(path)
    (tmp_path / "b.json.journal").symlink_to(precious)
    with pytest.raises(BookError, match="journal"):
        put(book, "new")
    with pytest.raises(BookError, match="journal"):
        Book(path)
    assert precious.read_text() == "mine"
    (tmp_path / "b.json.journal").unlink()
    put(book, "new")
    assert names(Book(path)) == NEW


def test_a_book_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = book_of(tmp_path / "b.json", *OLD).path
    with faults(0, failing(ERRORS["EACCES"])), pytest.raises(BookError, match="you have no permission"):
        Book(path)
    with faults(0, failing(ERRORS["EIO"])), pytest.raises(BookError) as caught:
        Book(path)
    assert not isinstance(caught.value, BookDamagedError | BookMissingError)
    assert names(Book(path)) == OLD


def test_a_journal_that_cannot_be_read_is_told_and_its_acts_are_not_left_out(tmp_path: Path) -> None:
    path = book_of(tmp_path / "b.json", *OLD).path
    with faults(10**6, failing(1)) as watch:
        Book(path)
    second = [n for n, place in enumerate(watch.passed) if place == "before open"][1]
    with faults(second, failing(ERRORS["EIO"])), pytest.raises(BookError, match=r"b\.json\.journal cannot be read"):
        Book(path)
    assert names(Book(path)) == OLD


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    book = Book(tmp_path / "new" / "b.json", new=True)
    with faults(0, failing(ERRORS["EACCES"])), pytest.raises(BookError, match="no permission"):
        put(book, "Birch")
    assert names(book) == []
    assert only_file(tmp_path) == []
    put(book, "Birch")
    assert names(Book(book.path)) == ["Birch"]


def test_calls_are_put_back_after_the_faults() -> None:
    before = {name: getattr(os, name) for name in REAL}
    with faults(10**6, failing(1)) as watch:
        assert isinstance(watch, Faults)
        assert os.open is not REAL["open"]
    assert all(getattr(os, name) is found for name, found in before.items())
