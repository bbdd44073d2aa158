"""Two sessions fold at one moment, others commit meanwhile, a new journal looks like the old one: nothing is lost."""

import errno
import fcntl
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from arctui.core.changes import added
from arctui.store import Book, BookConflictError, BookError, fold, journal, presence
from tests.store.crashes import wrong
from tests.store.makers import FORMAT_1, NOON, account, book_of, names, only_file, put

OLD = ["Alder", "Birch", "Cedar"]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book with one act in its file and two in its journal."""
    book = book_of(tmp_path / "b.json", "Alder")
    book.fold(None)
    put(book, "Birch")
    put(book, "Cedar")
    return book


# Two at once


class Folding:
    """A session's fold, one part of it at a time."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.fold = fold.Fold(book.begin_fold().snapshot)
        self.parts = iter([self.begin, self.write, self.back_up, self.finish])
        self.done = False

    def go_on(self) -> None:
        part = next(self.parts)
        try:
            part()
        except BookConflictError:
            # The other session has done it: this one gives up, as the workstation does.
            self.fold.close()
            self.parts = itertools.repeat(lambda: None)

    def begin(self) -> None:
        self.fold = self.book.begin_fold()

    def write(self) -> None:
        self.fold.write()

    def back_up(self) -> None:
        self.fold.back_up(self.book.session, NOON)
        assert self.fold.backup_problem == ""

    def finish(self) -> None:
        self.book.finish_fold(self.fold)
        self.fold.close()
        self.done = True


def orders() -> Iterator[tuple[list[int], int, int]]:
    """Orders of the parts of two folds, with a commit by one of three sessions somewhere in between."""
    for here in itertools.combinations(range(8), 4):
        for at in range(9):
            for who in range(3):
                yield [0 if n in here else 1 for n in range(8)], at, who


@pytest.mark.parametrize("slice_of", range(3))
def test_two_sessions_that_fold_at_once_lose_nothing(tmp_path: Path, slice_of: int) -> None:
    path = book_of(tmp_path / "b.json", "Alder").path
    sessions = [Book(path), Book(path), Book(path)]
    put(sessions[0], "Birch")
    expected = ["Alder", "Birch"]
    for number, (order, at, who) in enumerate(itertools.islice(orders(), slice_of, None, 31)):
        foldings = [Folding(sessions[0]), Folding(sessions[1])]
        for place, turn in enumerate([*order, -1]):
            if place == at:
                put(sessions[who], f"n{number}")
                expected.append(f"n{number}")
            if turn >= 0:
                foldings[turn].go_on()
        assert any(f.done for f in foldings), (order, at, who)
        for session in sessions:
            session.refresh()
            assert names(session) == sorted(expected), (order, at, who)
        assert names(Book(path)) == sorted(expected), (order, at, who)
        assert {*only_file(tmp_path)} <= {"b.json", "b.json.journal", "b.json.backups"}
    assert wrong(path, expected) == ""
    sessions[0].fold(NOON)
    assert only_file(tmp_path) == ["b.json", "b.json.backups"]


@pytest.mark.parametrize("commits", range(4))
def test_commits_between_the_writing_and_the_naming_of_a_fold_stay(book: Book, commits: int) -> None:
    other = Book(book.path)
    put(book, "in it")
    folding = book.begin_fold()
    folding.write()
    between = [f"late {n}" for n in range(commits)]
    for number, name in enumerate(between):
        put([other, book][number % 2], name)
    book.finish_fold(folding)
    folding.close()
    assert book.unfolded == commits
    assert journal.place_of(book.path).exists() == bool(commits)
    assert wrong(book.path, [*OLD, "in it", *between]) == ""
    for number, session in enumerate([other, book, Book(book.path)]):
        put(session, f"then {number}")
    book.refresh()
    assert wrong(book.path, names(book)) == ""
    assert len(names(book)) == 4 + commits + 3
    book.fold(None)
    assert only_file(book.path.parent) == ["b.json"]
    assert wrong(book.path, names(book)) == ""


def test_an_undo_between_the_writing_and_the_naming_of_a_fold_stays(book: Book) -> None:
    folding = book.begin_fold()
    folding.write()
    Book(book.path).undo("ann", NOON)
    book.finish_fold(folding)
    folding.close()
    assert wrong(book.path, ["Alder", "Birch"]) == ""


def test_what_a_failed_commit_left_in_a_readers_fold_never_comes_into_the_book(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Book(book.path)
    foldings = []

    def fsync(_: int) -> None:
        monkeypatch.undo()
        reader.refresh()
        foldings.append(reader.begin_fold())
        foldings[0].write()
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(BookError):
        put(book, "failed")
    with pytest.raises(BookConflictError):
        reader.finish_fold(foldings[0])
    foldings[0].close()
    assert names(reader) == OLD
    assert wrong(book.path, OLD) == ""
    put(book, "next")
    reader.fold(None)
    assert wrong(book.path, [*OLD, "next"]) == ""


# The lock


def unlocked(path: Path) -> bool:
    """Could another session lock the book now?"""
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def lost_journal(path: Path) -> Book:
    book = book_of(path, "Alder", "Birch")
    journal.place_of(path).unlink()
    return book


def older_format(path: Path) -> Book:
    path.write_bytes(FORMAT_1)
    return Book(path)


def nothing_special(path: Path) -> Book:
    return book_of(path, "Alder", "Birch")


def no_journal_yet(path: Path) -> Book:
    book = book_of(path, "Alder", "Birch")
    book.fold(None)
    return book


def lock_free(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """The calls before or after which another session could lock the book."""
    free: list[str] = []

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            free.extend([name] if unlocked(path) else [])
            result = real(*args, **kwargs)
            free.extend([f"after {name}"] if unlocked(path) else [])
            return result

        return call

    for where, name in ((os, "write"), (os, "fsync"), (os, "link"), (os, "replace"), (journal, "append")):
        monkeypatch.setattr(where, name, watched(name, getattr(where, name)))
    return free


@pytest.mark.parametrize("make", [nothing_special, no_journal_yet, lost_journal, older_format])
def test_the_lock_is_held_to_the_end_of_a_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], Book]
) -> None:
    book = make(tmp_path / "b.json")
    before = names(book)
    free = lock_free(monkeypatch, book.path)
    put(book, "next")
    assert free == []
    monkeypatch.undo()
    assert unlocked(book.path)
    assert wrong(book.path, [*before, "next"]) == ""


def test_a_session_that_waits_for_the_lock_while_another_folds_locks_the_new_file(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Book(book.path)
    real = fcntl.flock

    def flock(handle: int, how: int) -> None:
        monkeypatch.setattr(fcntl, "flock", real)
        put(book, "meanwhile")
        book.fold(None)
        free.append(lock_free(monkeypatch, book.path))
        real(handle, how)

    free: list[list[str]] = []
    monkeypatch.setattr(fcntl, "flock", flock)
    put(other, "next")
    assert free == [[]]
    assert wrong(book.path, [*OLD, "meanwhile", "next"]) == ""


def test_a_book_of_the_first_format_is_written_anew_with_its_history_chained_and_the_old_file_kept(
    tmp_path: Path,
) -> None:
    path = older_format(tmp_path / "b.json").path
    here, there = Book(path), Book(path)
    put(here, "Elm")
    assert there.refresh()
    put(there, "Fir")
    here.undo("ann", NOON)
    assert wrong(path, ["Birch", "Cedar", "Elm"]) == ""
    assert [t.act[4:] for t in Book(path).history] == ["Birch", "Cedar", "Dale", "Dale", "Elm", "Fir", "Fir"]
    assert (tmp_path / "b.json.format-1").read_bytes() == FORMAT_1


# Clearing up


def test_a_fold_that_another_session_took_for_a_leftover_is_begun_again(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, taken = fcntl.flock, 0

    def flock(handle: int, how: int) -> None:
        nonlocal taken
        if taken < 2 and list(book.path.parent.glob(".*fold-*")):
            taken += 1
            for leftover in book.path.parent.glob(".*fold-*"):
                leftover.unlink()
            if taken == 2:
                raise BlockingIOError
        real(handle, how)

    monkeypatch.setattr(fcntl, "flock", flock)
    book.fold(None)
    assert taken == 2
    assert only_file(book.path.parent) == ["b.json"]
    assert wrong(book.path, OLD) == ""


@pytest.mark.parametrize("name", ["b[1].json", "b*.json", "b?.json", "-b.json", "b c\n.json", "b.json.journal"])
def test_a_book_with_an_odd_name_is_folded_and_cleared_up(tmp_path: Path, name: str) -> None:
    book = book_of(tmp_path / name, "Alder")
    (tmp_path / f".{name}.fold-0000").write_bytes(b"left behind")
    (tmp_path / ".bx.json.fold-0000").write_bytes(b"another's")
    assert book.close(NOON) == ""
    assert only_file(tmp_path) == sorted([".bx.json.fold-0000", name, f"{name}.backups"])
    assert wrong(book.path, ["Alder"]) == ""


# Leaving


def test_the_last_to_leave_folds_what_others_wrote_too(book: Book) -> None:
    put(Book(book.path), "theirs")
    assert book.close(NOON) == ""
    assert only_file(book.path.parent) == ["b.json", "b.json.backups"]
    assert wrong(book.path, [*OLD, "theirs"]) == ""


def test_a_session_that_stays_folds_for_one_that_was_killed(book: Book) -> None:
    book.fold(None)
    stays = Book(book.path)
    stays.stay()
    put(book, "killed later")
    assert stays.close(NOON) == ""
    assert only_file(book.path.parent) == ["b.json", "b.json.backups"]
    assert wrong(book.path, [*OLD, "killed later"]) == ""


def test_a_session_that_leaves_while_another_stays_folds_nothing(book: Book) -> None:
    stays = Book(book.path)
    stays.stay()
    before = book.path.read_bytes()
    assert book.close(NOON) == ""
    assert book.path.read_bytes() == before
    put(stays, "next")
    assert stays.close(NOON) == ""
    assert only_file(book.path.parent) == ["b.json", "b.json.backups"]
    assert wrong(book.path, [*OLD, "next"]) == ""


def test_a_session_that_only_looked_leaves_the_book_as_it_is(book: Book) -> None:
    looks = Book(book.path)
    before = book.path.read_bytes()
    assert looks.close(NOON) == ""
    assert book.path.read_bytes() == before
    assert presence.is_alone(book.path.with_name("b.json.backups"))


def test_the_facts_stay_the_same_object(book: Book) -> None:
    other = Book(book.path)
    facts = (book.facts, other.facts)
    for number in range(4):
        book.commit("two", [added(account(f"a{number}")), added(account(f"b{number}"))], "ann", NOON)
        other.fold(None if number % 2 else NOON)
        other.undo("ann", NOON)
        book.refresh()
    other.fold(NOON)
    book.close(NOON)
    assert (book.facts, other.facts) == facts
    assert book.facts is facts[0]
    assert other.facts is facts[1]
