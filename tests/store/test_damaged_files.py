"""What is no book is told in one sentence and left as it is, to the byte."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from arctui.core.changes import added
from arctui.core.tables import TABLES
from arctui.store import Book, BookDamagedError, BookError, BookMissingError, base
from arctui.store.files import FileIdentity
from tests.store.full import full_records
from tests.store.makers import NOON, book_of, commit, only_file, put, resealed

META = '"_meta":{"1":{"format":1,"number":0}}'
DEEP = 10_000

NO_BOOKS: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n\t",
    "a NUL": b"\0" * 4096,
    "garbage": bytes(range(256)) * 20,
    "text": b"Customer,Invoice\nBirch,1\n",
    "a byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": '{"_meta":{}}'.encode("utf-16"),
    "a list": b"[]",
    "a list of tables": b'[{"accounts":{}}]',
    "a word": b'"book"',
    "a number": b"1e400",
    "null": b"null",
    "no tables": b"{}",
    "other JSON": b'{"name":"package","version":"1.0"}',
    "TinyDB of another program": b'{"_default":{"1":{"title":"x"}}}',
    "no format": b'{"_meta":{"1":{"number":0}}}',
    "a format in words": b'{"_meta":{"1":{"format":"1"}}}',
    "the format elsewhere": b'{"_meta":{"2":{"format":1}}}',
    "an empty meta table": b'{"_meta":{}}',
    "a format below the first": b'{"_meta":{"1":{"format":0}}}',
    "a number that is none": b'{"_meta":{"1":{"format":1,"number":"many"}}}',
    "no seal": b'{"_meta":{"1":{"format":2,"origin":"0","seq":0,"mark":"0","number":0,"head":"0"}}}',
    "an empty seal": b'{"_meta":{"1":{"format":2,"origin":"0","seq":0,"mark":"0","number":0,"head":"0"}},"_seal":{}}',
    "two documents": b"{" + META.encode() + b"}{}",
    "a table that is a list": ("{" + META + ',"accounts":[]}').encode(),
    "a table that is null": ("{" + META + ',"accounts":null}').encode(),
    "a record that is a list": ("{" + META + ',"accounts":{"1":[]}}').encode(),
    "a bad letter": ("{" + META + ',"accounts":{"1":{"id":"a","name":"').encode() + b"\xff\xfe" + b'"}}}',
    "nested objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "nested lists": b"[" * DEEP + b"]" * DEEP,
    "nested in a record": (
        "{" + META + ',"accounts":{"1":{"id":"a","name":' + "[" * DEEP + "]" * DEEP + "}}}"
    ).encode(),
}


def refused(path: Path, kind: type[BookError] = BookDamagedError) -> str:
    """Open what is no book, and return what is said: one sentence that names the file."""
    said = ""
    for new in (False, True):
        with pytest.raises(kind) as caught:
            Book(path, new=new)
        said = str(caught.value)
        assert path.name in said
        assert "\n" not in said
        assert len(said) < 400
    return said


@pytest.mark.parametrize("content", NO_BOOKS.values(), ids=NO_BOOKS)
def test_what_is_no_book_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(content)
    before = path.stat()
    refused(path)
    after = path.stat()
    assert path.read_bytes() == content
    assert (after.st_ino, after.st_mtime_ns, after.st_mode) == (before.st_ino, before.st_mtime_ns, before.st_mode)
    assert only_file(tmp_path) == ["b.json"]


@pytest.fixture
def folded(tmp_path: Path) -> bytes:
    """A folded book with one record of each kind."""
    book = book_of(tmp_path / "whole.json", "Birch")
    commit(book, *map(added, full_records()))
    book.fold(None)
    content = book.path.read_bytes()
    book.path.unlink()
    return content


def test_a_book_cut_off_at_any_byte_is_refused(tmp_path: Path, folded: bytes) -> None:
    path = tmp_path / "b.json"
    for length in {*range(0, len(folded), 41), *range(200), *range(len(folded) - 100, len(folded))}:
        path.write_bytes(folded[:length])
        refused(path)
        assert path.read_bytes() == folded[:length]


def is_taken(content: bytes) -> bool:
    """Whether these bytes pass for a book; they are refused in no other way than as damaged."""
    try:
        base.decoded(Path("b.json"), content, FileIdentity((0, 0, 0)))
    except BookDamagedError:
        return False
    return True


def test_a_book_of_which_any_byte_was_lost_is_refused(tmp_path: Path, folded: bytes) -> None:
    assert is_taken(folded)
    places = range(len(folded))
    assert [n for n in places if is_taken(folded[:n] + folded[n + 1 :])] == []
    path = tmp_path / "b.json"
    for place in range(0, len(folded), 97):
        path.write_bytes(folded[:place] + folded[place + 1 :])
        refused(path)


def test_a_book_of_which_any_byte_was_changed_is_refused(tmp_path: Path, folded: bytes) -> None:
    places = range(len(folded))
    for byte in (0, ord("1"), ord(" ")):
        assert [n for n in places if folded[n] != byte and is_taken(changed_at(folded, n, byte))] == []
    # Another bit at each place, so that every bit is tried in turn.
    assert [n for n in places if is_taken(changed_at(folded, n, folded[n] ^ 1 << n % 8))] == []
    path = tmp_path / "b.json"
    for place in range(0, len(folded), 97):
        path.write_bytes(changed_at(folded, place, folded[place] ^ 1))
        refused(path)


def test_a_book_whose_beginning_or_end_was_changed_in_any_way_is_refused(folded: bytes) -> None:
    # Here it says which format it is, where it stands, and its seal.
    for place in (*range(folded.index(b',"accounts"')), *range(len(folded) - 90, len(folded))):
        for byte in {*b'0123456789 \n"{},:-e', *(folded[place] ^ 1 << bit for bit in range(8))} - {folded[place]}:
            assert not is_taken(changed_at(folded, place, byte)), (place, byte)


def changed_at(content: bytes, place: int, byte: int) -> bytes:
    return content[:place] + bytes([byte]) + content[place + 1 :]


def test_a_book_with_anything_behind_its_end_is_refused(tmp_path: Path, folded: bytes) -> None:
    path = tmp_path / "b.json"
    for more in (b"\n", b" ", b"\0", b"}", b"{}", folded):
        path.write_bytes(folded + more)
        refused(path)


def test_a_book_that_another_program_wrote_anew_is_refused_although_every_record_is_there(
    tmp_path: Path, folded: bytes
) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(folded)
    with TinyDB(path) as database:
        database.table("accounts").update({"number": "7"})
    assert "seal" in refused(path)
    path.write_text(json.dumps(json.loads(folded)))
    assert "seal" in refused(path)


def test_a_book_of_a_newer_program_says_which_one_is_needed(tmp_path: Path, folded: bytes) -> None:
    path = tmp_path / "b.json"
    newer = folded.replace(b'"format":2', b'"format":3')
    for content in (newer, resealed(newer)):
        path.write_bytes(content)
        assert "newer" in refused(path)
        assert path.read_bytes() == content


BAD_FIELDS: list[tuple[str, str, Any]] = [
    ("accounts", "name", 7),
    ("accounts", "name", None),
    ("accounts", "flags", ["sleepy"]),
    ("accounts", "pay_cycle", "weekly"),
    ("people", "phones", "+1 555 0142"),
    ("invoices", "amount", "much"),
    ("invoices", "amount", ""),
    ("invoices", "due", "31/12/2026"),
    ("invoices", "due", "2026-02-30"),
    ("invoices", "reported", "3"),
    ("payments", "applied", [{"number": "1"}]),
    ("payments", "day", None),
    ("activities", "at", "noon"),
    ("activities", "kind", "smoke signal"),
    ("promises", "method", "barter"),
    ("promises", "grace_days", 1.5),
    ("disputes", "reason", None),
    ("followups", "hour", "25:00"),
    ("imports", "number", "first"),
    ("reviews", "day", 20261123),
    ("policy", "since", "always"),
]


def edited(path: Path, change: Any) -> bytes:
    """Make a folded book with one record of each kind, change its JSON, seal it, and return what was written."""
    book = Book(path, new=True)
    commit(book, *map(added, full_records()))
    book.fold(None)
    document = json.loads(path.read_bytes())
    change(document)
    path.write_bytes(resealed(document))
    return path.read_bytes()


def as_format_1(path: Path) -> bytes:
    """Make a book what it would be in the first format: no seal, no chain."""
    document = json.loads(path.read_bytes())
    del document["_seal"]
    document["_meta"]["1"] = {"format": 1, "number": document["_meta"]["1"]["number"]}
    for transaction in document["history"].values():
        del transaction["hash"]
    path.write_text(json.dumps(document))
    return path.read_bytes()


FORMATS = pytest.mark.parametrize("old", [False, True], ids=["sealed", "format 1"])


@FORMATS
@pytest.mark.parametrize(("table", "field", "value"), BAD_FIELDS, ids=lambda v: str(v).replace("/", "|"))
def test_a_damaged_record_is_named_with_its_table(
    tmp_path: Path, table: str, field: str, value: Any, old: bool
) -> None:
    path = tmp_path / "b.json"

    def spoil(document: dict[str, Any]) -> None:
        document[table]["1"][field] = value

    content = edited(path, spoil)
    if old:
        content = as_format_1(path)
    (record,) = [r for r in full_records() if table == r.TABLE]
    said = refused(path)
    assert record.id in said
    assert table in said
    assert path.read_bytes() == content


@pytest.mark.parametrize("table", TABLES)
def test_a_record_without_its_id_is_told_with_its_table(tmp_path: Path, table: str) -> None:
    edited(tmp_path / "b.json", lambda document: document[table]["1"].pop("id"))
    assert table in refused(tmp_path / "b.json")


@FORMATS
def test_a_record_that_stands_twice_is_told(tmp_path: Path, old: bool) -> None:
    def double(document: dict[str, Any]) -> None:
        document["accounts"]["7"] = document["accounts"]["1"]

    edited(tmp_path / "b.json", double)
    if old:
        as_format_1(tmp_path / "b.json")
    assert "a1" in refused(tmp_path / "b.json")


@FORMATS
def test_a_damaged_history_is_told_where_it_is_needed(tmp_path: Path, old: bool) -> None:
    path = tmp_path / "b.json"
    content = edited(path, lambda document: document["history"]["1"].pop("steps"))
    if old:
        content = as_format_1(path)
    book = Book(path)
    with pytest.raises(BookDamagedError, match=r"b\.json.*history"):
        _ = book.history
    with pytest.raises(BookDamagedError, match=r"b\.json.*history"):
        book.undo("ann", NOON)
    if old:
        # Its history must be read to be chained.
        with pytest.raises(BookDamagedError, match=r"b\.json.*history"):
            put(book, "Birch")
    assert path.read_bytes() == content


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    os.mkfifo(path)
    refused(path)
    assert path.is_fifo()


def test_a_device_is_refused() -> None:
    with pytest.raises(BookDamagedError, match="no regular file"):
        Book(Path(os.devnull))


def test_a_link_to_nothing_is_a_missing_book_until_the_first_act_makes_it(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to("away.json")
    with pytest.raises(BookMissingError, match=r"away\.json"):
        Book(link)
    assert only_file(tmp_path) == ["link.json"]
    put(Book(link, new=True), "Birch")
    assert link.is_symlink()
    assert only_file(tmp_path) == ["away.json", "away.json.journal", "link.json"]


def test_tables_of_a_later_program_do_not_keep_the_book_from_opening(tmp_path: Path) -> None:
    def add(document: dict[str, Any]) -> None:
        document["pictures"] = {"1": {"id": "x"}}

    edited(tmp_path / "b.json", add)
    assert len(Book(tmp_path / "b.json").history) == 1
