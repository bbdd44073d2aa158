"""Several sessions at one book: nothing is lost, nothing is written twice, a clash is told."""

from pathlib import Path

import pytest

from arctui.core.records import Account, added, changed
from arctui.store import Book, BookConflictError, BookDamagedError, BookMissingError
from tests.store.makers import NOON, account, book_of, names, only_file, put


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
    assert only_file(tmp_path) == []


def test_a_book_restored_from_a_copy_is_taken_over(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "a")
    old = book.path.read_bytes()
    put(book, "b")
    book.path.write_bytes(old)
    assert book.refresh()
    assert names(book) == ["a"]
    put(book, "c")
    assert names(Book(book.path)) == ["a", "c"]


def test_what_is_in_memory_stays_where_the_file_went_bad(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch", "Cedar")
    good = book.path.read_bytes()
    book.path.write_bytes(good.replace(b'"name":"Cedar"', b'"name":7', 1))
    with pytest.raises(BookDamagedError):
        book.refresh()
    assert names(book) == ["Birch", "Cedar"]
    assert book.number == 2
    book.path.write_bytes(good)
    put(book, "next")
    assert names(Book(book.path)) == ["Birch", "Cedar", "next"]


def handles() -> int:
    """How many files this process has open; 0 where the system does not tell."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def test_every_handle_is_closed(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "a")
    before = handles()
    for number in range(20):
        put(book, f"n{number}")
        Book(book.path).refresh()
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
