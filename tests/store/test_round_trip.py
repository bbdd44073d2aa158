"""What is put into the book comes out of it, also by stock TinyDB."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tinydb import TinyDB

from arctui.core.records import Record, added
from arctui.core.tables import TABLES
from arctui.store import Book, BookError
from arctui.store.verify import counts
from tests.store.makers import (
    NOON,
    TABLES_OF_THE_CONTRACT,
    book_of,
    commit,
    full_records,
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
    commit(Book(tmp_path / "b.json", new=True), added(record))
    again = Book(tmp_path / "b.json").facts.get(type(record), record.id)
    assert again == record
    assert repr(again) == repr(record)


def test_records_keep_the_order_in_which_they_came(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", *"zebra apple mango 10 9".split())
    again = Book(book.path)
    assert [r.id for r in again.facts.all(TABLES["accounts"])] == "zebra apple mango 10 9".split()
    assert [t.act for t in again.history] == [f"add {n}" for n in "zebra apple mango 10 9".split()]


def test_stock_tinydb_finds_the_tables_of_the_contract_after_one_act(tmp_path: Path) -> None:
    put(Book(tmp_path / "b.json", new=True), "Birch")
    with TinyDB(tmp_path / "b.json") as database:
        assert database.tables() >= TABLES_OF_THE_CONTRACT
        assert [dict(d) for d in database.table("accounts")] == [{"id": "Birch", "name": "Birch"}]


def test_stock_tinydb_finds_every_record(tmp_path: Path) -> None:
    book = Book(tmp_path / "b.json", new=True)
    commit(book, *map(added, full_records()))
    with TinyDB(book.path) as database:
        for record in full_records():
            (found,) = list(database.table(record.TABLE))
            assert dict(found) == msgspec.json.decode(msgspec.json.encode(record))


def test_a_table_emptied_by_undo_is_still_there_for_stock_tinydb(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch")
    book.undo("ann", NOON)
    with TinyDB(book.path) as database:
        assert database.tables() >= TABLES_OF_THE_CONTRACT
        assert len(database.table("accounts")) == 0


@pytest.mark.usefixtures("open_umask")
def test_book_and_new_folders_are_private(tmp_path: Path) -> None:
    book = Book(tmp_path / "new" / "b.json", new=True)
    put(book, "Birch")
    assert mode(book.path) == 0o600
    assert mode(book.path.parent) == 0o700
    put(book, "Cedar")
    assert mode(book.path) == 0o600


@pytest.mark.usefixtures("open_umask")
def test_every_save_makes_a_book_with_wider_rights_private(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch")
    book.path.chmod(0o666)
    put(book, "Cedar")
    assert mode(book.path) == 0o600


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
    assert only_file(tmp_path) == ["link.json", "real.json"]


def test_opening_and_refreshing_write_nothing(tmp_path: Path) -> None:
    path = book_of(tmp_path / "b.json", "Birch").path
    before = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
    book = Book(path)
    assert not book.refresh()
    assert counts(book.facts)["accounts"] == 1
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) == before
    assert only_file(tmp_path) == ["b.json"]


def test_counts_name_every_table(tmp_path: Path) -> None:
    book = Book(tmp_path / "b.json", new=True)
    commit(book, *map(added, full_records()))
    assert counts(book.facts) == dict.fromkeys(TABLES, 1)
    assert len(records(book)) == len(TABLES)
