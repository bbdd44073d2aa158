"""What is put into the book comes out of it, also by stock TinyDB."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tinydb import TinyDB

from arctui.core.changes import added
from arctui.core.records import Record
from arctui.core.tables import TABLES
from arctui.store import Book, BookError
from arctui.store.verify import counts
from tests.store.full import full_records
from tests.store.makers import (
    NOON,
    TABLES_OF_THE_CONTRACT,
    book_of,
    commit,
    contents,
    names,
    only_file,
    put,
    records,
)


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_every_record_kind_is_tried_with_every_field() -> None:
    made = {type(r): r for r in full_records()}
    assert set(made) == set(TABLES.values())
    for record in made.values():
        for field in msgspec.structs.fields(record):
            if not field.required:
                assert getattr(record, field.name) != field.default, f"{type(record).__name__}.{field.name}"


@pytest.mark.parametrize("record", full_records(), ids=lambda r: type(r).__name__)
def test_record_survives_closing_and_opening(tmp_path: Path, record: Record) -> None:
    book = Book(tmp_path / "b.json", new=True)
    commit(book, added(record))
    for place in ("journal", "file"):
        again = Book(tmp_path / "b.json").facts.get(type(record), record.id)
        assert again == record, place
        assert repr(again) == repr(record), place
        book.fold(None)


def test_records_keep_the_order_in_which_they_came(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", *"zebra apple mango 10 9".split())
    for _ in ("journal", "file"):
        again = Book(book.path)
        assert [r.id for r in again.facts.all(TABLES["accounts"])] == "zebra apple mango 10 9".split()
        assert [t.act for t in again.history] == [f"add {n}" for n in "zebra apple mango 10 9".split()]
        book.fold(None)


def test_a_session_that_leaves_puts_everything_into_the_file(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch", "Cedar")
    assert only_file(tmp_path) == ["b.json", "b.json.journal"]
    assert book.close(NOON) == ""
    assert only_file(tmp_path) == ["b.json", "b.json.backups"]
    assert names(Book(book.path)) == ["Birch", "Cedar"]
    before = contents(tmp_path)
    Book(book.path).close(NOON)
    assert contents(tmp_path) == before, "one that only looked writes nothing"


def test_stock_tinydb_finds_the_tables_of_the_contract_after_one_act(tmp_path: Path) -> None:
    book = Book(tmp_path / "b.json", new=True)
    put(book, "Birch")
    book.close(NOON)
    with TinyDB(tmp_path / "b.json") as database:
        assert database.tables() >= TABLES_OF_THE_CONTRACT
        assert [dict(d) for d in database.table("accounts")] == [{"id": "Birch", "name": "Birch"}]


def test_stock_tinydb_finds_every_record(tmp_path: Path) -> None:
    book = Book(tmp_path / "b.json", new=True)
    commit(book, *map(added, full_records()))
    book.close(NOON)
    with TinyDB(book.path) as database:
        for record in full_records():
            (found,) = list(database.table(record.TABLE))
            assert dict(found) == msgspec.json.decode(msgspec.json.encode(record))


def test_a_table_emptied_by_undo_is_still_there_for_stock_tinydb(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch")
    book.undo("ann", NOON)
    book.close(NOON)
    with TinyDB(book.path) as database:
        assert database.tables() >= TABLES_OF_THE_CONTRACT
        assert len(database.table("accounts")) == 0


def modes(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): mode(p) for p in folder.rglob("*")}


@pytest.mark.usefixtures("open_umask")
def test_book_and_new_folders_are_private(tmp_path: Path) -> None:
    book = Book(tmp_path / "new" / "b.json", new=True)
    put(book, "Birch")
    assert modes(tmp_path) == {"new": 0o700, "new/b.json": 0o600, "new/b.json.journal": 0o600}
    put(book, "Cedar")
    book.fold(NOON)
    put(book, "Dale")
    (backup,) = only_file(tmp_path / "new" / "b.json.backups")
    assert modes(tmp_path / "new") == {
        "b.json": 0o600,
        "b.json.journal": 0o600,
        "b.json.backups": 0o700,
        f"b.json.backups/{backup}": 0o600,
    }


@pytest.mark.usefixtures("open_umask")
def test_every_save_makes_a_book_with_wider_rights_private(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch")
    for path in (book.path, tmp_path / "b.json.journal"):
        path.chmod(0o666)
    put(book, "Cedar")
    assert modes(tmp_path) == {"b.json": 0o600, "b.json.journal": 0o600}


def test_a_missing_book_is_not_made_by_looking_at_it(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    book = Book(folder / "b.json", new=True)
    assert names(book) == []
    assert not book.refresh()
    assert not folder.exists()


def test_a_missing_book_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"there is no book at .*b\.json"):
        Book(tmp_path / "b.json")


def test_a_symbolic_link_to_a_book_stays_one(tmp_path: Path) -> None:
    book_of(tmp_path / "real.json", "Birch")
    (tmp_path / "link.json").symlink_to("real.json")
    put(Book(tmp_path / "link.json"), "Cedar")
    assert (tmp_path / "link.json").is_symlink()
    assert names(Book(tmp_path / "real.json")) == ["Birch", "Cedar"]
    assert only_file(tmp_path) == ["link.json", "real.json", "real.json.journal"]
    Book(tmp_path / "link.json").fold(NOON)
    assert (tmp_path / "link.json").is_symlink()
    assert only_file(tmp_path) == ["link.json", "real.json", "real.json.backups"]
    assert names(Book(tmp_path / "link.json")) == ["Birch", "Cedar"]


def test_opening_and_refreshing_write_nothing(tmp_path: Path) -> None:
    path = book_of(tmp_path / "b.json", "Birch").path
    files = [path, tmp_path / "b.json.journal"]
    before = [(f.read_bytes(), f.stat().st_mtime_ns, f.stat().st_ino) for f in files]
    book = Book(path)
    assert not book.refresh()
    assert counts(book.facts)["accounts"] == 1
    assert [(f.read_bytes(), f.stat().st_mtime_ns, f.stat().st_ino) for f in files] == before
    assert only_file(tmp_path) == ["b.json", "b.json.journal"]


def test_counts_name_every_table(tmp_path: Path) -> None:
    book = Book(tmp_path / "b.json", new=True)
    commit(book, *map(added, full_records()))
    assert counts(book.facts) == dict.fromkeys(TABLES, 1)
    assert len(records(book)) == len(TABLES)
