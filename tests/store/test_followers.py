"""Sessions that follow: what others did meanwhile is taken over exactly, with files that change under them."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arctui.core.changes import Change, added, changed
from arctui.core.records import Account, Record
from arctui.core.tables import TABLES
from arctui.store import Book, BookConflictError, BookError, NothingToUndoError, base, journal
from tests.store.crashes import Mirror, once_after, wrong
from tests.store.full import full_records
from tests.store.makers import (
    NOON,
    account,
    book_in_two_parts,
    book_of,
    commit,
    draft,
    held,
    names,
    put,
    records,
)

OLD = ["Alder", "Birch", "Cedar"]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book with one act in its file and two in its journal."""
    return book_in_two_parts(tmp_path / "b.json", "Birch", "Cedar")


# Those who follow


def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: Any, **__: Any) -> None:
        raise AssertionError("the whole book was read anew")

    monkeypatch.setattr(base, "read", read)


def changed_ids(book: Book) -> list[str]:
    return [c.record.id for c in book.news()]


def test_a_session_that_followed_reads_nothing_anew_after_a_fold(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Book(book.path)
    put(book, "Dale")
    other.refresh()
    assert changed_ids(other) == ["Dale"]
    book.fold(None)
    facts = other.facts
    no_reading(monkeypatch)
    assert not other.refresh()
    assert changed_ids(other) == []
    put(book, "Elm")
    assert other.refresh()
    assert changed_ids(other) == ["Elm"]
    put(other, "Fir")
    assert other.unfolded == 2
    assert other.facts is facts
    monkeypatch.undo()
    assert wrong(book.path, [*OLD, "Dale", "Elm", "Fir"]) == ""


def test_a_session_that_followed_reads_nothing_anew_where_others_committed_during_a_fold(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Book(book.path)
    folding = book.begin_fold()
    folding.write()
    put(book, "Dale")
    book.finish_fold(folding)
    folding.close()
    put(book, "Elm")
    no_reading(monkeypatch)
    assert other.refresh()
    assert changed_ids(other) == ["Dale", "Elm"]
    put(other, "Fir")
    assert names(other) == [*OLD, "Dale", "Elm", "Fir"]


@pytest.mark.parametrize("missed", range(1, 4))
@pytest.mark.parametrize("since", range(3))
def test_a_session_that_missed_lines_gets_them_as_differences(book: Book, missed: int, since: int) -> None:
    other = Book(book.path)
    facts = other.facts
    wanted = [f"missed {n}" for n in range(missed)]
    for name in wanted:
        put(book, name)
    book.fold(None)
    late = [f"since {n}" for n in range(since)]
    for name in late:
        put(book, name)
    assert other.refresh()
    assert sorted(changed_ids(other)) == sorted([*wanted, *late])
    assert other.facts is facts
    assert names(other) == sorted([*OLD, *wanted, *late])
    assert other.number == book.number
    put(other, "next")
    assert wrong(book.path, [*OLD, *wanted, *late, "next"]) == ""


@pytest.mark.parametrize("known", range(1, 4))
@pytest.mark.parametrize("new", range(1, 6))
def test_a_new_journal_by_the_old_ones_inode_is_not_taken_for_it(tmp_path: Path, known: int, new: int) -> None:
    """File systems give the inode of a file that was taken away to the next; the lines are of one length here."""
    book = book_of(tmp_path / "b.json", "Alder")
    book.fold(None)
    for number in range(known):
        put(book, f"k{number}")
    other = Book(book.path)
    beside = journal.place_of(book.path)
    (tmp_path / "inode").hardlink_to(beside)
    book.fold(None)
    for number in range(new):
        put(book, f"n{number}")
    (tmp_path / "inode").write_bytes(beside.read_bytes())
    (tmp_path / "inode").replace(beside)
    expected = sorted(["Alder", *(f"k{n}" for n in range(known)), *(f"n{n}" for n in range(new))])
    assert other.refresh()
    assert names(other) == expected
    assert len(changed_ids(other)) == new
    put(other, "next")
    put(book, "one more")
    assert wrong(book.path, [*expected, "next", "one more"]) == ""


def test_a_session_that_looks_now_and_then_misses_no_line_among_many_folds(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Alder")
    other = Book(book.path)
    for number in range(60):
        put(book, f"n{number:02}")
        if number % 2:
            book.fold(None)
        if number % 3 == 0:
            assert other.refresh()
            assert names(other) == names(book)
        if number % 7 == 0:
            put(other, f"o{number:02}")
    other.refresh()
    book.refresh()
    assert names(book) == names(other)
    assert len(names(book)) == 1 + 60 + 9
    assert wrong(book.path, names(book)) == ""


def test_a_base_of_another_course_is_not_taken_over_by_a_session_that_followed(tmp_path: Path) -> None:
    """Two copies of one book went on by themselves; the file of one comes beside the journal of the other."""
    book = book_of(tmp_path / "b.json", "Alder")
    book.fold(None)
    (tmp_path / "copy").mkdir()
    copy = tmp_path / "copy" / "b.json"
    copy.write_bytes(book.path.read_bytes())
    elsewhere = Book(copy)
    put(elsewhere, "theirs")
    elsewhere.fold(None)
    put(book, "mine")
    put(book, "mine too")
    copy.replace(book.path)
    for session in (book, None):
        with pytest.raises(BookError, match="does not belong"):
            session.refresh() if session else Book(book.path)
    with pytest.raises(BookError, match="does not belong"):
        put(book, "next")
    assert names(book) == ["Alder", "mine", "mine too"]


# A session that was stopped


def some_act(dice: random.Random, book: Book, number: int) -> None:
    """Let a session do something; what is not possible just now is passed over."""
    known = list(book.facts.all(Account))
    one = dice.choice(known)
    try:
        match dice.randrange(8):
            case 0:
                book.fold(NOON if dice.random() < 0.3 else None)
            case 1:
                book.undo(dice.choice(["ann", "bob"]), NOON)
            case 2:
                book.keep([added(draft(f"d{number}"))])
            case 3:
                commit(book, *(added(account(f"import {number} {n}")) for n in range(20)), by="bob", act="import")
            case 4 if len(known) > 3:
                commit(book, Change(before=one, after=None), by="bob")
            case 5:
                book.commit("rename", [changed(one, name=f"{number}")], "ann", NOON, [added(draft(f"k{number}"))])
            case _:
                put(book, f"n{number}", by=dice.choice(["ann", "bob"]))
    except (NothingToUndoError, BookConflictError):
        book.refresh()


@pytest.mark.parametrize("seed", range(25))
def test_a_session_that_was_stopped_catches_up_exactly(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    path = book_of(tmp_path / "b.json", *OLD).path
    stopped, others = Book(path), [Book(path), Book(path)]
    mirror, facts = Mirror(stopped), stopped.facts
    for number in range(60):
        some_act(dice, dice.choice(others), number)
        if dice.random() < 0.1:
            mark = stopped.stand.mark
            assert stopped.refresh() == (stopped.stand.mark != mark)
            assert mirror.is_true()
            fresh = Book(path)
            assert records(stopped) == records(fresh)
            assert (stopped.stand, stopped.unfolded) == (fresh.stand, fresh.unfolded)
            assert list(stopped.history) == list(fresh.history)
            assert not stopped.refresh()
            assert stopped.news() == []
    put(stopped, "at last")
    assert records(stopped) == records(Book(path))
    assert stopped.facts is facts
    assert wrong(path, names(stopped)) == ""


def test_news_are_told_once_and_ones_own_acts_are_none(book: Book) -> None:
    other = Book(book.path)
    put(other, "mine")
    assert other.news() == []
    put(book, "theirs")
    book.keep([added(draft("typed"))])
    put(other, "mine too")
    assert [c.record.id for c in other.news()] == ["theirs", "typed"]
    assert other.news() == []
    assert not other.refresh()
    other.undo("ann", NOON)
    other.undo("ann", NOON)
    assert other.news() == []
    book.refresh()
    assert [(c.record.id, c.after is None) for c in book.news()] == [
        ("mine", False),
        ("mine too", False),
        ("mine too", True),
        ("theirs", True),
    ]


def test_every_kind_of_record_is_followed_as_it_was_committed(tmp_path: Path) -> None:
    path = book_of(tmp_path / "b.json", "Alder").path
    here, there = Book(path), Book(path)
    kinds: list[Record] = full_records()
    assert {type(r) for r in kinds} == {*TABLES.values()}
    acts = [added(r) for r in kinds if r.TABLE != "drafts"]
    here.commit("all", acts, "ann", NOON, [added(r) for r in kinds if r.TABLE == "drafts"])
    assert there.refresh()
    assert {i: r for i, r in records(there).items() if i != "Alder"} == {r.id: r for r in kinds}
    here.fold(None)
    assert {i: r for i, r in records(Book(path)).items() if i != "Alder"} == {r.id: r for r in kinds}
    assert [a.id for a in there.facts.dossier("a1").invoices] == ["i1"]


def test_what_is_kept_with_an_act_is_undone_by_nobody_and_in_no_history(book: Book) -> None:
    other = Book(book.path)
    book.commit("act", [added(account("Dale"))], "ann", NOON, [added(draft("typed"))])
    other.refresh()
    assert held(other) == [*OLD, "Dale", "draft typed"]
    other.undo("ann", NOON)
    assert held(other) == [*OLD, "draft typed"]
    book.fold(None)
    book.refresh()
    assert held(book) == held(Book(book.path)) == [*OLD, "draft typed"]
    assert {s.table for t in book.history for s in t.steps} == {"accounts"}


# While it reads


def commit_one(book: Book) -> None:
    put(book, f"n{book.number}")


def fold_it(book: Book) -> None:
    book.fold(None)


def commit_and_fold(book: Book) -> None:
    commit_one(book)
    book.fold(None)


def fold_and_commit(book: Book) -> None:
    book.fold(None)
    commit_one(book)


def fold_twice(book: Book) -> None:
    fold_and_commit(book)
    fold_and_commit(book)


MEANWHILE = [commit_one, fold_it, commit_and_fold, fold_and_commit, fold_twice]


@pytest.mark.parametrize("meanwhile", MEANWHILE, ids=lambda m: str(m.__name__))
@pytest.mark.parametrize("after", [(base, "read"), (journal, "read")], ids=["the file", "the journal"])
def test_a_book_opened_while_another_session_writes_is_of_one_moment(
    book: Book, monkeypatch: pytest.MonkeyPatch, after: tuple[Any, str], meanwhile: Callable[[Book], None]
) -> None:
    before = names(book)
    once_after(monkeypatch, *after, act=lambda: meanwhile(book))
    found = Book(book.path)
    monkeypatch.undo()
    assert names(found) in (before, names(book))
    found.refresh()
    assert names(found) == names(book)
    put(found, "next")
    assert wrong(book.path, [*names(book), "next"]) == ""


@pytest.mark.parametrize("meanwhile", MEANWHILE, ids=lambda m: str(m.__name__))
@pytest.mark.parametrize("first", MEANWHILE, ids=lambda m: f"after {m.__name__}")
@pytest.mark.parametrize("after", [(journal, "read"), (base, "read_meta")], ids=["the journal", "the beginning"])
def test_a_session_that_follows_while_another_writes_misses_nothing(
    book: Book,
    monkeypatch: pytest.MonkeyPatch,
    after: tuple[Any, str],
    first: Callable[[Book], None],
    meanwhile: Callable[[Book], None],
) -> None:
    other = Book(book.path)
    mirror, facts = Mirror(other), other.facts
    first(book)

    def again() -> None:
        acting = Book(book.path)
        acting.undo("ann", NOON)
        meanwhile(acting)

    once_after(monkeypatch, *after, act=again)
    other.refresh()
    monkeypatch.undo()
    other.refresh()
    assert records(other) == records(Book(book.path))
    assert mirror.is_true()
    assert other.facts is facts
    put(other, "next")
    assert wrong(book.path, names(other)) == ""
