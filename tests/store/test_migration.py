"""A book of the first format: it opens as it is, and the first thing that is written makes it one of today's."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import TinyDB

from arctui.core.changes import added
from arctui.store import Book, BookDamagedError, BookError, base
from arctui.store.transactions import chain_breaks
from arctui.store.verify import problems
from tests.store.faults import ERRORS, failing, faults, quick_disk
from tests.store.makers import FORMAT_1, NOON, account, contents, draft, held, names, only_file, put, records

KEPT = "b.json.format-1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "b.json"
    path.write_bytes(FORMAT_1)
    path.chmod(0o644)
    return path


def test_looking_at_an_old_book_leaves_it_as_it_is(path: Path) -> None:
    book = Book(path)
    assert names(book) == ["Birch", "Cedar"]
    assert book.number == 4
    assert [t.act for t in book.history] == ["add Birch", "add Cedar", "add Dale", "add Dale"]
    assert not book.refresh()
    assert book.close(NOON) == ""
    assert contents(path.parent) == {"b.json": FORMAT_1}


Act = Callable[[Book], object]
WRITES: dict[str, tuple[Act, list[str]]] = {
    "commit": (lambda b: put(b, "new"), ["Birch", "Cedar", "new"]),
    "keep": (lambda b: b.keep([added(draft("half"))]), ["Birch", "Cedar", "draft half"]),
    "undo": (lambda b: b.undo("ann", NOON), ["Birch"]),
    "fold": (lambda b: b.fold(NOON), ["Birch", "Cedar"]),
    "fold without a backup": (lambda b: b.fold(None), ["Birch", "Cedar"]),
}


@pytest.mark.parametrize(("write", "expected"), WRITES.values(), ids=WRITES)
def test_the_first_thing_written_seals_and_chains_it_and_keeps_the_old_file(
    path: Path, write: Act, expected: list[str]
) -> None:
    there = Book(path)
    book = Book(path)
    write(book)
    there.refresh()
    for session in (book, there, Book(path)):
        assert held(session) == expected
        assert problems(session) == []
    assert (path.parent / KEPT).read_bytes() == FORMAT_1
    assert (path.parent / KEPT).stat().st_mode & 0o777 == 0o600
    assert path.stat().st_mode & 0o777 == 0o600
    assert base.seal_fits(path.read_bytes())
    assert json.loads(path.read_bytes())["_meta"]["1"]["format"] == 2
    origin = base.read(path).meta.origin
    assert origin == hashlib.sha256(FORMAT_1).hexdigest()
    history = Book(path).history
    assert list(chain_breaks(history, origin)) == []
    assert [t.number for t in history] == list(range(1, len(history) + 1))
    assert all(t.hash for t in history)
    put(there, "next")
    assert "next" in names(Book(path))


def test_all_that_the_old_file_held_is_in_the_new_one(path: Path) -> None:
    old = Book(path)
    before, acts = records(old), [(t.number, t.act, t.at, t.by, t.steps, t.undoes) for t in old.history]
    book = Book(path)
    put(book, "new")
    book.close(NOON)
    assert records(Book(path)) == {**before, "new": account("new")}
    assert [(t.number, t.act, t.at, t.by, t.steps, t.undoes) for t in Book(path).history[:4]] == acts
    with TinyDB(path) as database:
        assert [dict(d)["name"] for d in database.table("accounts")] == ["Birch", "Cedar", "new"]
    assert only_file(path.parent) == ["b.json", "b.json.backups", KEPT]


def test_undo_goes_back_through_the_old_history_to_its_beginning(path: Path) -> None:
    for left in (["Birch"], []):
        Book(path).undo("ann", NOON)
        assert names(Book(path)) == left
    assert problems(Book(path)) == []


def test_two_sessions_that_opened_the_old_book_share_the_new_one(path: Path) -> None:
    here, there = Book(path), Book(path)
    put(here, "a", by="ann")
    put(there, "b", by="bob")
    here.fold(NOON)
    put(there, "c", by="bob")
    for session in (here, there, Book(path)):
        session.refresh()
        assert names(session) == ["Birch", "Cedar", "a", "b", "c"]
        assert [t.number for t in session.history] == [1, 2, 3, 4, 5, 6, 7]
    assert problems(there) == []


def test_an_old_book_that_cannot_be_kept_is_not_written_anew(path: Path) -> None:
    (path.parent / KEPT).symlink_to("nowhere")
    for write, _ in WRITES.values():
        book = Book(path)
        with pytest.raises(BookError, match="format-1"):
            write(book)
        assert names(book) == ["Birch", "Cedar"]
        assert path.read_bytes() == FORMAT_1
    (path.parent / KEPT).unlink()
    put(Book(path), "new")
    assert (path.parent / KEPT).read_bytes() == FORMAT_1


def test_a_call_that_fails_never_leaves_a_new_book_without_the_old_file(tmp_path: Path) -> None:
    for at in range(1000):
        path = tmp_path / str(at) / "b.json"
        path.parent.mkdir()
        path.write_bytes(FORMAT_1)
        book = Book(path)
        with quick_disk(), faults(at, failing(ERRORS["ENOSPC"])) as watch:
            try:
                put(book, "new")
            except BookError:
                assert names(book) == names(Book(path)) == ["Birch", "Cedar"]
        assert FORMAT_1 in (path.read_bytes(), (contents(path.parent).get(KEPT)))
        if not watch.struck:
            break
    else:
        pytest.fail("the act never ends")


def test_a_sealed_book_that_says_it_is_of_the_first_format_is_refused(tmp_path: Path, path: Path) -> None:
    book = Book(path)
    book.fold(None)
    path.write_bytes(path.read_bytes().replace(b'"format":2', b'"format":1'))
    with pytest.raises(BookDamagedError, match="says format 1"):
        Book(path)
    with pytest.raises(BookDamagedError):
        put(book, "new")
