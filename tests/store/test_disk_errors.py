"""The disk refuses at any call of a save: one sentence, nothing changed, and the next save works."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from arctui.store import Book, BookDamagedError, BookError, BookMissingError
from tests.store.faults import ERRORS, REAL, Faults, failing, faults
from tests.store.makers import NOON, book_of, names, only_file, put

Act = Callable[[Book], object]
ACTS: dict[str, Act] = {
    "commit": lambda book: put(book, "new"),
    "undo": lambda book: book.undo("ann", NOON),
}
STATES = {"commit": ["Birch", "Cedar", "new"], "undo": ["Birch"]}
OLD = ["Birch", "Cedar"]


class Attempt:
    """One act during which the call at one point failed."""

    def __init__(self, folder: Path, at: int, act: Act, error: str, *, made: bool = True) -> None:
        folder.mkdir()
        self.path = folder / "b.json"
        if made:
            book_of(self.path, *OLD)
        self.book = Book(self.path, new=True)
        self.before = self.path.read_bytes() if made else b""
        self.said: BaseException | None = None
        with faults(at, failing(ERRORS[error])) as self.watch:
            try:
                act(self.book)
            except (BookError, OSError) as raised:
                self.said = raised

    @property
    def where(self) -> str:
        return f"{self.watch.at} {self.watch.passed[self.watch.at]}"

    @property
    def realistic(self) -> bool:
        """Whether the system may fail there: a call fails before its work, only a close after it."""
        place = self.watch.passed[self.watch.at]
        return place == "after close" if "close" in place else not place.startswith("after")

    @property
    def renamed(self) -> bool:
        return "after replace" in self.watch.passed[: self.watch.at + 1]


def attempts(folder: Path, act: Act, error: str, *, made: bool = True) -> Iterator[Attempt]:
    """Try an act with a failure at each point in turn, until one passes without any."""
    for at in range(1000):
        attempt = Attempt(folder / f"{error}-{at}", at, act, error, made=made)
        if not attempt.watch.struck:
            return
        if attempt.realistic:
            yield attempt


def consequences(attempt: Attempt, old: list[str], new: list[str]) -> str:
    """Say what is wrong after a failure; "" if the act is refused whole, or done whole where it did not matter."""
    if attempt.said is not None and not isinstance(attempt.said, BookError):
        return f"{attempt.where}: {attempt.said!r}"
    expected = new if attempt.said is None else old
    try:
        found = (names(attempt.book), names(Book(attempt.path, new=True)))
        if found != (expected, expected):
            return f"{attempt.where}: said {attempt.said}, memory and disk hold {found}"
        if attempt.said and attempt.before and attempt.path.read_bytes() != attempt.before:
            return f"{attempt.where}: the file was changed"
        put(attempt.book, "next")
        if names(Book(attempt.path)) != sorted([*expected, "next"]):
            return f"{attempt.where}: the next commit is lost"
    except BookError as error:
        return f"{attempt.where}: afterwards: {error}".replace(str(attempt.path), "")
    left = only_file(attempt.path.parent)
    return f"{attempt.where}: left behind {left}" if left != ["b.json"] else ""


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("act", ACTS)
def test_a_call_that_fails_before_the_new_book_stands_changes_nothing(tmp_path: Path, act: str, error: str) -> None:
    tried = [a for a in attempts(tmp_path, ACTS[act], error) if not a.renamed]
    assert len(tried) >= 7
    assert [what for a in tried if (what := consequences(a, OLD, STATES[act]))] == []


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
def test_the_sentence_names_the_file_and_what_to_do(tmp_path: Path, error: str, words: str) -> None:
    for attempt in attempts(tmp_path, ACTS["commit"], error):
        if isinstance(attempt.said, BookError):
            said = str(attempt.said)
            assert str(attempt.path) in said
            assert words in said
            assert "\n" not in said
            assert "Errno" not in said


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_the_whole_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = book_of(tmp_path / "b.json", *OLD)
    monkeypatch.setattr(os, "write", lambda handle, data: REAL["write"](handle, bytes(data)[:100]))
    put(book, "new")
    assert names(Book(book.path)) == STATES["commit"]


def test_what_lies_at_the_temporary_place_is_never_followed(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", *OLD)
    precious = tmp_path / "precious"
    precious.write_text("mine")
    for name in (".b.json.tmp", "b.json.tmp"):
        (tmp_path / name).symlink_to(precious)
    put(book, "new")
    assert precious.read_text() == "mine"
    assert not book.path.is_symlink()
    assert names(Book(book.path)) == STATES["commit"]


def test_a_book_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = book_of(tmp_path / "b.json", *OLD).path
    with faults(0, failing(ERRORS["EACCES"])), pytest.raises(BookError, match="you have no permission"):
        Book(path)
    with faults(0, failing(ERRORS["EIO"])), pytest.raises(BookError) as caught:
        Book(path)
    assert not isinstance(caught.value, BookDamagedError | BookMissingError)
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
    with faults(10**6, failing(1)) as watch:
        assert isinstance(watch, Faults)
        assert os.open is not REAL["open"]
    assert all(getattr(os, name) is real for name, real in REAL.items())
