"""Several sessions at one book: nothing is lost, nothing is written twice, a clash is told."""

import contextlib
from pathlib import Path

import pytest

from arctui.core.changes import added, changed
from arctui.core.records import Account
from arctui.store import Book, BookConflictError, BookDamagedError, BookMissingError
from tests.store.makers import NOON, account, book_of, contents, names, only_file, put, resealed


def test_two_sessions_in_turns_lose_nothing(tmp_path: Path) -> None:
    here = book_of(tmp_path / "b.json", "a")
    there = Book(here.path)
    put(there, "b")
    put(here, "c")
    put(there, "d")
    assert names(Book(here.path)) == names(there) == ["a", "b", "c", "d"]
    assert here.refresh()
    assert names(here) == ["a", "b", "c", "d"]
    assert not here.refresh()


def test_a_commit_takes_over_what_the_other_session_did(tmp_path: Path) -> None:
    here = book_of(tmp_path / "b.json", "a")
    put(Book(here.path), "b")
    assert names(here) == ["a"]
    done = put(here, "c")
    assert done.number == 3
    assert names(here) == ["a", "b", "c"]


def test_a_record_that_both_changed_is_a_conflict_and_the_first_stands(tmp_path: Path) -> None:
    here = book_of(tmp_path / "b.json", "a")
    there = Book(here.path)
    there.commit("rename", [changed(account("a"), name="theirs")], "bob", NOON)
    with pytest.raises(BookConflictError, match="another session changed this"):
        here.commit("rename", [changed(account("a"), name="mine")], "ann", NOON)
    assert names(here) == names(Book(here.path)) == ["theirs"]
    here.commit("rename", [changed(account("a", called="theirs"), name="mine")], "ann", NOON)
    assert there.refresh()
    assert names(there) == ["mine"]


def test_undo_sees_what_the_other_session_did_meanwhile(tmp_path: Path) -> None:
    here = book_of(tmp_path / "b.json", "a")
    there = Book(here.path)
    there.commit("rename", [changed(account("a"), name="theirs")], "bob", NOON)
    with pytest.raises(BookConflictError, match="later change"):
        here.undo("ann", NOON)
    assert names(Book(here.path)) == ["theirs"]


def test_one_login_at_two_terminals_undoes_its_last_act_wherever_it_was_made(tmp_path: Path) -> None:
    here = book_of(tmp_path / "b.json", "a")
    put(Book(here.path), "b")
    here.undo("ann", NOON)
    assert names(here) == names(Book(here.path)) == ["a"]


def test_two_sessions_that_open_a_book_before_it_is_made_share_it(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    here, there = Book(path, new=True), Book(path, new=True)
    put(here, "a")
    put(there, "b")
    assert there.refresh() is False
    assert here.refresh()
    assert names(here) == names(there) == ["a", "b"]


def test_a_book_that_was_taken_away_is_told_and_not_made_anew(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "a")
    book.path.unlink()
    with pytest.raises(BookMissingError):
        put(book, "b")
    with pytest.raises(BookMissingError):
        book.undo("ann", NOON)
    with pytest.raises(BookMissingError):
        book.refresh()
    with pytest.raises(BookMissingError, match="journal"):
        Book(book.path, new=True)
    assert only_file(tmp_path) == ["b.json.journal"]


def test_a_journal_that_was_taken_away_is_written_anew_from_memory(tmp_path: Path) -> None:
    here = book_of(tmp_path / "b.json", "a", "b")
    there = Book(here.path)
    (tmp_path / "b.json.journal").unlink()
    put(there, "c")
    here.refresh()
    assert names(here) == names(there) == names(Book(here.path)) == ["a", "b", "c"]
    assert [t.number for t in Book(here.path).history] == [1, 2, 3]


def restored(book: Book, copy: bytes, how: str) -> None:
    """Put a copy in the place of the book's file, in the file itself or as a new file of its name."""
    if how == "by rename":
        beside = book.path.with_name("copy")
        beside.write_bytes(copy)
        beside.replace(book.path)
    else:
        book.path.write_bytes(copy)


WAYS = ["in place", "by rename"]


@pytest.mark.parametrize("how", WAYS)
def test_a_book_restored_from_a_copy_is_taken_over(tmp_path: Path, how: str) -> None:
    book = book_of(tmp_path / "b.json", "a")
    book.fold(None)
    old = book.path.read_bytes()
    put(book, "b")
    book.fold(None)
    assert names(Book(book.path)) == ["a", "b"]
    restored(book, old, how)
    assert book.refresh()
    assert names(book) == ["a"]
    put(book, "c")
    assert names(Book(book.path)) == ["a", "c"]


@pytest.mark.parametrize("how", WAYS)
def test_a_copy_of_the_file_that_the_journal_goes_on_from_loses_nothing(tmp_path: Path, how: str) -> None:
    book = book_of(tmp_path / "b.json", "a")
    book.fold(None)
    there = Book(book.path)
    put(book, "b")
    restored(book, book.path.read_bytes(), how)
    for session in (book, there, Book(book.path)):
        session.refresh()
        assert names(session) == ["a", "b"]


@pytest.mark.parametrize("how", WAYS)
def test_an_older_copy_beside_a_journal_that_does_not_follow_is_refused_and_both_are_left(
    tmp_path: Path, how: str
) -> None:
    book = book_of(tmp_path / "b.json", "a")
    book.fold(None)
    old = book.path.read_bytes()
    put(book, "b")
    book.fold(None)
    put(book, "c")
    newest = book.path.read_bytes()
    restored(book, old, how)
    before = contents(tmp_path)
    for act in (book.refresh, lambda: put(book, "d"), lambda: book.undo("ann", NOON), lambda: Book(book.path)):
        with pytest.raises(BookDamagedError, match="does not belong"):
            act()
        assert contents(tmp_path) == before
    restored(book, newest, how)
    put(book, "d")
    assert names(Book(book.path)) == ["a", "b", "c", "d"]


def test_another_book_of_as_many_acts_in_its_place_is_taken_over(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "a")
    book.fold(None)
    other = book_of(tmp_path / "other.json", "z")
    other.fold(None)
    other.path.replace(book.path)
    assert book.refresh()
    assert names(book) == ["z"]
    put(book, "y")
    assert names(Book(book.path)) == ["y", "z"]


def test_a_copy_in_which_another_act_came_next_is_taken_over(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "a")
    book.fold(None)
    copy = tmp_path / "copy.json"
    copy.write_bytes(book.path.read_bytes())
    put(book, "b")
    book.fold(None)
    there = Book(copy)
    put(there, "c")
    there.fold(None)
    copy.replace(book.path)
    assert book.refresh()
    assert names(book) == ["a", "c"]


def test_what_is_in_memory_stays_where_the_file_went_bad(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch", "Cedar")
    book.fold(None)
    good = book.path.read_bytes()
    spoiled = good.replace(b'"name":"Cedar"', b'"name":7', 1)
    for bad in (spoiled, resealed(spoiled)):
        book.path.write_bytes(bad)
        with pytest.raises(BookDamagedError):
            book.refresh()
        assert names(book) == ["Birch", "Cedar"]
        assert book.number == 2
    book.path.write_bytes(good)
    put(book, "next")
    assert names(Book(book.path)) == ["Birch", "Cedar", "next"]


def test_a_file_that_another_program_spoiled_is_never_folded_over_and_no_act_is_lost(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch", "Cedar")
    book.fold(None)
    good = book.path.read_bytes()
    spoiled = good.replace(b'"name":"Cedar"', b'"name":"Elm"', 1)
    restored(book, spoiled, "by rename")
    acknowledged = []
    with contextlib.suppress(BookDamagedError):
        put(book, "next")
        acknowledged.append("next")
    with pytest.raises(BookDamagedError, match="seal"):
        book.fold(NOON)
    with pytest.raises(BookDamagedError, match="seal"):
        Book(book.path)
    assert book.path.read_bytes() == spoiled
    restored(book, good, "by rename")
    assert names(Book(book.path)) == ["Birch", "Cedar", *acknowledged]


def handles() -> int:
    """How many files this process has open; 0 where the system does not tell."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def test_every_handle_is_closed(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "a")
    before = handles()
    for number in range(20):
        put(book, f"n{number}")
        there = Book(book.path)
        put(there, f"theirs {number}", by="bob")
        book.refresh()
        if number % 5 == 0:
            there.fold(NOON)
        with pytest.raises(BookConflictError):
            put(book, "a")
    assert handles() == before


def test_a_session_sees_its_own_and_the_others_commits_in_facts(tmp_path: Path) -> None:
    here = book_of(tmp_path / "b.json", "a")
    there = Book(here.path)
    there.commit("two", [added(account("b")), changed(account("a"), name="A")], "bob", NOON)
    here.refresh()
    record = here.facts.get(Account, "a")
    assert record is not None
    assert record.name == "A"
