"""Transactions are all or nothing; undo swaps before and after and is itself an act."""

from pathlib import Path

import msgspec
import pytest

from arctui.core.changes import Change, added, changed
from arctui.core.records import Account
from arctui.store import Book, BookConflictError, NothingToUndoError
from arctui.store.verify import problems
from tests.store.full import full_records
from tests.store.makers import (
    NOON,
    account,
    book_of,
    commit,
    contents,
    draft,
    held,
    names,
    put,
    records,
)


def rename(book: Book, name: str, to: str, by: str = "ann") -> None:
    record = book.facts.get(Account, name)
    assert record is not None
    commit(book, changed(record, name=to), by=by, act=f"rename to {to}")


def remove(book: Book, name: str) -> None:
    commit(book, Change(before=book.facts.get(Account, name), after=None), act=f"remove {name}")


def test_an_act_of_several_records_is_one_transaction(tmp_path: Path) -> None:
    book = Book(tmp_path / "b.json", new=True)
    done = commit(book, *map(added, full_records()), act="everything")
    assert (done.number, done.act, done.by, done.at) == (1, "everything", "ann", NOON)
    assert [s.id for s in done.steps] == [r.id for r in full_records()]
    assert msgspec.json.encode(Book(book.path).history) == msgspec.json.encode([done])


def test_one_conflicting_change_keeps_the_whole_act_out(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch")
    before = contents(tmp_path)
    stale = Change(before=account("Birch", called="an older name"), after=account("Birch", called="new"))
    with pytest.raises(BookConflictError, match="another session"):
        commit(book, added(account("Cedar")), stale)
    assert names(book) == ["Birch"]
    assert contents(tmp_path) == before
    assert book.number == 1


def test_adding_a_record_that_is_there_is_a_conflict(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch")
    with pytest.raises(BookConflictError):
        put(book, "Birch")
    assert names(book) == ["Birch"]


def test_a_removed_record_is_gone_and_comes_back_by_undo(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch", "Cedar")
    remove(book, "Birch")
    assert names(Book(book.path)) == ["Cedar"]
    book.undo("ann", NOON)
    assert names(Book(book.path)) == names(book) == ["Birch", "Cedar"]
    assert problems(book) == []


def test_a_new_record_after_a_removal_does_not_take_a_place_that_is_used(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch", "Cedar", "Dale")
    remove(book, "Cedar")
    put(book, "Elm")
    remove(book, "Elm")
    put(book, "Fir", "Gorse")
    assert names(Book(book.path)) == ["Birch", "Dale", "Fir", "Gorse"]


def test_undo_takes_back_every_record_of_the_act(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch")
    before = records(book)
    commit(book, *map(added, full_records()), changed(before["Birch"], name="Birch Works"))
    undone = book.undo("ann", NOON)
    assert (undone.undoes, undone.number) == (2, 3)
    assert records(book) == records(Book(book.path)) == before


def test_repeated_undo_goes_back_act_by_act_to_the_beginning(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "a", "b", "c")
    for left in (["a", "b"], ["a"], []):
        book.undo("ann", NOON)
        assert names(book) == left
    with pytest.raises(NothingToUndoError, match="nothing of yours"):
        book.undo("ann", NOON)
    assert names(Book(book.path)) == []


@pytest.mark.parametrize("folded", [False, True], ids=["from the journal", "from the file"])
def test_undo_goes_on_where_it_was_after_reopening(tmp_path: Path, folded: bool) -> None:
    path = book_of(tmp_path / "b.json", "a", "b", "c").path
    for left in (["a", "b"], ["a"], []):
        if folded:
            Book(path).fold(None)
        Book(path).undo("ann", NOON)
        assert names(Book(path)) == left
    with pytest.raises(NothingToUndoError):
        Book(path).undo("ann", NOON)


def test_after_an_undo_a_new_act_is_the_next_to_be_undone(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "a", "b")
    book.undo("ann", NOON)
    put(book, "c")
    book.undo("ann", NOON)
    assert names(book) == ["a"]
    book.undo("ann", NOON)
    assert names(book) == []


def test_a_record_can_be_added_again_after_its_addition_was_undone(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "a")
    book.undo("ann", NOON)
    put(book, "a")
    assert names(Book(book.path)) == ["a"]
    assert problems(Book(book.path)) == []


def test_a_clerk_undoes_only_their_own_last_act(tmp_path: Path) -> None:
    book = Book(tmp_path / "b.json", new=True)
    put(book, "a", by="ann")
    put(book, "b", by="bob")
    put(book, "c", by="ann")
    book.undo("bob", NOON)
    assert names(book) == ["a", "c"]
    with pytest.raises(NothingToUndoError):
        book.undo("bob", NOON)
    with pytest.raises(NothingToUndoError):
        book.undo("carl", NOON)
    assert names(book) == ["a", "c"]


def test_undo_is_refused_where_a_later_act_stands_on_it(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch")
    rename(book, "Birch", "Birch Works", by="bob")
    before = contents(tmp_path)
    with pytest.raises(BookConflictError, match=r"cannot be undone: a later change by bob stands on it.*'add Birch'"):
        book.undo("ann", NOON)
    assert contents(tmp_path) == before
    assert names(book) == ["Birch Works"]
    book.undo("bob", NOON)
    book.undo("ann", NOON)
    assert names(book) == []


def test_undo_of_one_of_several_renamings_gives_the_name_before(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "a")
    for name in ("b", "c", "d"):
        rename(book, "a", name)
    for name in ("c", "b", "a"):
        book.undo("ann", NOON)
        assert names(book) == [name]


def test_what_is_kept_beside_an_act_comes_with_it_and_stays_when_it_is_undone(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "a")
    book.keep([added(draft("half"))])
    taken = [Change(before=draft("half"), after=None)]
    book.commit("add b", [added(account("b"))], "ann", NOON, kept=taken)
    assert held(Book(book.path)) == held(book) == ["a", "b"]
    book.undo("ann", NOON)
    assert held(Book(book.path)) == held(book) == ["a"]
    assert [t.act for t in book.history] == ["add a", "add b", "add b"]
    assert problems(Book(book.path)) == []


def test_what_is_kept_is_no_act_and_is_not_undone(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "a")
    book.keep([added(draft("half"))])
    assert book.number == 1
    book.undo("ann", NOON)
    assert held(Book(book.path)) == held(book) == ["draft half"]


def test_a_conflict_in_what_is_kept_keeps_the_act_out_too(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "a")
    before = contents(tmp_path)
    gone = [Change(before=draft("half"), after=None)]
    with pytest.raises(BookConflictError):
        book.commit("add b", [added(account("b"))], "ann", NOON, kept=gone)
    with pytest.raises(BookConflictError):
        book.keep(gone)
    assert held(book) == ["a"]
    assert contents(tmp_path) == before


def test_nothing_is_to_be_undone_in_a_book_that_is_not_there(tmp_path: Path) -> None:
    book = Book(tmp_path / "b.json", new=True)
    with pytest.raises(NothingToUndoError):
        book.undo("ann", NOON)
    assert not book.path.exists()


def test_history_counts_up_through_acts_and_undos(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "a", "b")
    book.undo("ann", NOON)
    put(book, "c")
    history = Book(book.path).history
    assert [t.number for t in history] == [1, 2, 3, 4]
    assert [t.undoes for t in history] == [None, None, 2, None]
    assert Book(book.path).number == 4
