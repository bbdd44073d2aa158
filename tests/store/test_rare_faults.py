"""Faults that come together: what one session could not save, what another one made of it meanwhile."""

import errno
import os
import stat
from contextlib import ExitStack
from pathlib import Path

import pytest

from arctui.core.changes import added
from arctui.store import Book, BookConflictError, BookError, backups, journal
from arctui.store.errors import BookLostError
from arctui.store.verify import problems
from tests.store.faults import refusing
from tests.store.makers import NOON, book_of, draft, held, names, put


def refused(book: Book, *calls: str) -> None:
    """Try to add an account while these calls of the system fail."""
    with ExitStack() as faults:
        for call in calls:
            faults.enter_context(refusing(call, errno.EIO))
        with pytest.raises(BookError):
            put(book, "refused")


@pytest.mark.parametrize("calls", [("fsync",), ("fsync", "ftruncate"), ("fsync", "ftruncate", "fchmod")])
def test_what_was_refused_is_not_there_and_its_journal_is_left(tmp_path: Path, calls: tuple[str, ...]) -> None:
    book = book_of(tmp_path / "b.json", "Alder", "Birch")
    before = journal.state(book.path)
    refused(book, *calls)
    assert not book.refresh()
    assert names(book) == ["Alder", "Birch"]
    put(book, "refused")
    assert before
    assert (journal.state(book.path) or before)[0] != before[0], "another file"
    assert names(Book(book.path)) == ["Alder", "Birch", "refused"]
    assert problems(Book(book.path)) == []


def test_a_journal_that_was_given_up_is_still_read_by_all_who_may(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    book = book_of(tmp_path / "b.json", "Alder")
    refused(book, "fsync")
    assert stat.S_IMODE(journal.place_of(book.path).stat().st_mode) == 0o440


def test_a_backup_of_what_was_never_saved_goes_with_the_fold_that_made_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = book_of(tmp_path / "b.json", "Alder")
    other = Book(book.path)
    folds = []

    def fail(_: int) -> None:
        monkeypatch.setattr(os, "fsync", lambda _: None)
        other.refresh()
        folds.append(other.begin_fold())
        folds[0].write()
        folds[0].back_up(other.session, NOON)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(BookError):
        put(book, "refused")
    with pytest.raises(BookConflictError):
        other.finish_fold(folds[0])
    folds[0].close()
    put(book, "Birch")
    assert backups.found(book.path) == []
    assert problems(Book(book.path)) == []


def test_a_session_that_slept_goes_on_in_no_other_journal_of_the_same_length(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Alder")
    book.fold(None)

    def keep(by: Book, number: int) -> None:
        by.keep([added(draft(f"draft {number}"))])

    def killed_half_way() -> None:
        with journal.place_of(book.path).open("ab") as file:
            file.write(b"0123")

    keep(book, 1)
    keep(book, 2)
    fold = book.begin_fold()
    fold.write()
    keep(book, 3)
    book.finish_fold(fold)
    fold.close()
    sleeper = Book(book.path)
    killed_half_way()
    keep(book, 4)
    killed_half_way()
    keep(book, 5)
    assert sleeper.refresh()
    keep(sleeper, 6)
    assert held(Book(book.path)) == held(sleeper) == ["Alder", *(f"draft draft {n}" for n in range(1, 7))]


def test_a_session_that_leaves_while_the_book_is_checked_is_no_problem(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Alder")
    reader = Book(book.path)
    put(book, "Birch")
    book.close(NOON)
    assert problems(reader) == []
    assert names(reader) == ["Alder", "Birch"]


def test_a_backup_that_failed_is_made_by_the_next_session_to_leave(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Alder")
    folder = backups.folder_of(book.path)
    folder.write_text("in the way")
    assert "no backup was made" in book.fold(NOON)
    folder.unlink()
    assert book.close(NOON) == ""
    assert len(backups.found(book.path)) == 1
    assert journal.state(book.path) is None


def test_a_file_that_vanished_under_an_open_session_is_told_with_what_to_do(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Alder")
    book.path.unlink()
    for act in (book.refresh, lambda: put(book, "Birch")):
        with pytest.raises(BookLostError, match="arctui restore"):
            act()


@pytest.mark.parametrize("left", [0, 1, 2])
def test_a_journal_that_is_cut_under_the_session_that_wrote_it_is_written_again(tmp_path: Path, left: int) -> None:
    book = book_of(tmp_path / "b.json")
    put(book, "Alder")
    put(book, "Birch")
    place = journal.place_of(book.path)
    place.write_bytes(b"".join(place.read_bytes().splitlines(keepends=True)[:left]))
    book.refresh()
    assert names(book) == ["Alder", "Birch"]
    put(book, "Cedar")
    assert names(Book(book.path)) == ["Alder", "Birch", "Cedar"]
    assert problems(Book(book.path)) == []
