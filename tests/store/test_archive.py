"""The archive of a whole book: nothing is lost on the way, and nothing that is not whole comes in."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from arctui.core.changes import added, changed, removed
from arctui.core.drafts import Draft
from arctui.core.records import Account
from arctui.core.tables import NO_ACTS
from arctui.store import Book, BookConflictError, BookError, archive
from arctui.store.archive import ArchiveError
from arctui.store.verify import problems
from tests.store.full import full_records, keep_documents
from tests.store.makers import FORMAT_1, NOON, account, book_of, commit, draft, put, records


def full_book(path: Path) -> Book:
    """A book with every kind of record, every field filled, and a history with an undoing."""
    book = Book(path, new=True)
    whole = [r for r in full_records() if not isinstance(r, NO_ACTS)]
    commit(book, *map(added, whole))
    book.keep([added(r) for r in full_records() if isinstance(r, NO_ACTS)])
    put(book, "Cedar")
    book.undo("ann", NOON)
    return book


def archived(book: Book) -> bytes:
    return archive.written(book, NOON, "ann")


def sealed(lines: list[bytes]) -> bytes:
    """An archive of these lines under an end that fits."""
    body = b"".join(line + b"\n" for line in lines)
    end = {"end": {"lines": len(lines), "sha256": hashlib.sha256(body).hexdigest()}}
    return body + json.dumps(end, separators=(",", ":")).encode() + b"\n"


def changed_archive(content: bytes, change: Callable[[list[Any]], object]) -> bytes:
    """An archive of which some lines were changed, sealed again: what only its own program can write."""
    lines = [json.loads(line) for line in content.splitlines()[:-1]]
    change(lines)
    return sealed([msgspec.json.encode(line) for line in lines])


@pytest.fixture
def two(tmp_path: Path) -> bytes:
    """The archive of a book with two accounts."""
    return archived(book_of(tmp_path / "two.json", "Alder", "Birch"))


def test_every_record_and_every_act_comes_back(tmp_path: Path) -> None:
    book = full_book(tmp_path / "book.json")
    keep_documents(book)
    found = archive.read(archived(book))
    other = Book(tmp_path / "other.json", new=True)
    archive.fill(other, found)
    again = Book(tmp_path / "other.json")
    for there in (other, again):
        keep_documents(there)
        assert records(there) == records(book)
        assert msgspec.json.encode(there.history) == msgspec.json.encode(book.history)
        assert (there.number, there.stand.head, there.stand.origin) == (
            book.number,
            book.stand.head,
            book.stand.origin,
        )
        assert problems(there) == problems(book) == []


def test_an_archive_of_the_book_that_came_of_one_is_the_same(tmp_path: Path) -> None:
    first = archived(full_book(tmp_path / "book.json"))
    other = Book(tmp_path / "other.json", new=True)
    archive.fill(other, archive.read(first))
    assert archived(other) == first


def test_what_could_be_undone_there_can_be_undone_here(tmp_path: Path, two: bytes) -> None:
    other = Book(tmp_path / "other.json", new=True)
    archive.fill(other, archive.read(two))
    other.undo("ann", NOON)
    assert [a.name for a in Book(other.path).facts.all(Account)] == ["Alder"]
    put(other, "Cedar")
    other.fold(None)
    assert [a.name for a in Book(other.path).facts.all(Account)] == ["Alder", "Cedar"]
    assert problems(other) == []


def test_an_empty_book_on_disk_that_others_have_open_is_filled_before_their_eyes(tmp_path: Path, two: bytes) -> None:
    path = tmp_path / "other.json"
    filled, watching = Book(path, new=True), Book(path, new=True)
    filled.keep([added(draft("half a line"))])
    filled.keep([removed(draft("half a line"))])
    watching.refresh()
    archive.fill(filled, archive.read(two))
    assert watching.refresh()
    for book in (filled, watching, Book(path)):
        assert [a.name for a in book.facts.all(Account)] == ["Alder", "Birch"]
    put(watching, "Cedar", by="bob")
    filled.refresh()
    assert records(filled) == records(Book(path))
    assert problems(filled) == []


@pytest.mark.parametrize("kept", [False, True])
def test_a_book_that_is_not_empty_is_left_as_it_is(tmp_path: Path, two: bytes, kept: bool) -> None:
    other = Book(tmp_path / "other.json", new=True)
    if kept:
        other.keep([added(draft("a line"))])
    else:
        put(other, "Cedar")
    before = records(other)
    with pytest.raises(BookConflictError, match="not empty"):
        archive.fill(other, archive.read(two))
    assert records(other) == records(Book(other.path)) == before


def test_a_disk_that_refuses_leaves_nothing_of_it(
    tmp_path: Path, two: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Book(tmp_path / "other.json", new=True)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("arctui.store.files.write_all", full)
        with pytest.raises(BookError, match="the disk is full"):
            archive.fill(other, archive.read(two))
    assert records(other) == {}
    archive.fill(other, archive.read(two))
    assert len(records(Book(other.path))) == 2


def test_a_book_of_the_first_format_is_archived_with_its_history(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_bytes(FORMAT_1)
    found = archive.read(archived(Book(path)))
    other = Book(tmp_path / "other.json", new=True)
    archive.fill(other, found)
    assert [t.act for t in other.history] == ["add Birch", "add Cedar", "add Dale", "add Dale"]
    assert problems(other) == []


def test_every_cut_and_every_changed_byte_is_refused(two: bytes) -> None:
    for place in (0, 1, len(two) // 3, len(two) // 2, len(two) - 60, len(two) - 1):
        with pytest.raises(ArchiveError):
            archive.read(two[:place])
        with pytest.raises(ArchiveError):
            archive.read(two[:place] + bytes([two[place] ^ 1]) + two[place + 1 :])
    with pytest.raises(ArchiveError):
        archive.read(two + b"more\n")


def test_another_format_names_the_version_that_reads_it(two: bytes) -> None:
    content = changed_archive(two, lambda lines: lines[0].update(format=2, version="9.1", new_field=[]))
    with pytest.raises(ArchiveError, match=r"format 2, .* install arctui 9\.1"):
        archive.read(content)


def test_a_field_or_a_table_of_a_later_version_is_never_dropped(two: bytes) -> None:
    with pytest.raises(ArchiveError, match="line 2 holds something that is not known"):
        archive.read(changed_archive(two, lambda lines: lines[1]["record"].update(new_field=1)))
    with pytest.raises(ArchiveError, match="line 2 is of a table that is not known"):
        archive.read(changed_archive(two, lambda lines: lines[1].update(table="later")))


def test_an_id_that_stands_twice_is_refused(two: bytes) -> None:
    with pytest.raises(ArchiveError, match="line 3: record Alder stands twice"):
        archive.read(changed_archive(two, lambda lines: lines[2]["record"].update(id="Alder")))


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity"])
def test_an_amount_that_is_no_number_is_refused(two: bytes, number: str) -> None:
    with pytest.raises(ArchiveError, match="line 2 has an amount that is no number"):
        archive.read(changed_archive(two, lambda lines: lines[1]["record"].update(credit_limit=number)))


def test_a_bare_nan_and_a_nesting_bomb_are_refused(two: bytes) -> None:
    head = two.splitlines()[0]
    for value in (b"NaN", b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 100_000 + b"1" + b"}" * 100_000):
        line = b'{"table":"accounts","record":{"id":"x","name":"x","credit_limit":%s}}' % value
        with pytest.raises(ArchiveError, match="line 2 cannot be read"):
            archive.read(sealed([head, line]))
    for first in (b'{"arctui":' + b"[" * 100_000, b'{"arctui":"archive","format":1}', b"\xff\xfe"):
        with pytest.raises(ArchiveError, match="first line"):
            archive.read(sealed([first]))


def test_a_history_that_was_altered_is_refused(two: bytes) -> None:
    with pytest.raises(ArchiveError, match="altered"):
        archive.read(changed_archive(two, lambda lines: lines[-1]["record"].update(by="bob")))
    with pytest.raises(ArchiveError, match="does not fit together"):
        archive.read(changed_archive(two, lambda lines: lines[1]["record"].update(name="Another")))
    with pytest.raises(ArchiveError):
        archive.read(changed_archive(two, lambda lines: lines.pop()))


def test_a_book_that_does_not_fit_together_is_not_archived(tmp_path: Path) -> None:
    book = book_of(tmp_path / "book.json", "Alder")
    book.facts.apply([changed(account("Alder"), name="Other")])
    with pytest.raises(BookError, match="no archive was written"):
        archived(book)


@pytest.mark.parametrize("text", ["\x1b[2J", "\x07", "\x7f", "a\rb", "\x9b31m", "\u202eabc", "\u200b", "\\\x1b"])
def test_a_text_that_acts_on_a_terminal_is_refused_in_records_and_in_acts(tmp_path: Path, text: str) -> None:
    whole = Book(tmp_path / "whole.json", new=True)
    whole.commit("add", [added(msgspec.structs.replace(account("Alder"), address=text))], "ann", NOON)
    put(whole, "Birch")
    whole.commit("mend", [changed(next(whole.facts.all(Account)), address="")], "ann", NOON)
    named = Book(tmp_path / "named.json", new=True)
    named.commit(f"add {text}", [added(account("Alder"))], "ann", NOON)
    for book, place in ((whole, 4), (named, 3)):
        content = sealed([line.rstrip(b"\n") for line in archive._lines(book, NOON, "ann")])
        with pytest.raises(ArchiveError, match=f"line {place} has a text with control characters"):
            archive.read(content)
        with pytest.raises(BookError, match="no archive was written") as refused:
            archived(book)
        assert "export it again" not in str(refused.value)


def test_line_breaks_joined_letters_brackets_and_backslashes_are_taken_in(tmp_path: Path) -> None:
    book = Book(tmp_path / "book.json", new=True)
    text = "1 Quay\nHarbour [b]\\x1b[/b] \\u001b \u0646\u200c\u0647 \U0001f468\u200d\U0001f469"
    book.commit("add", [added(msgspec.structs.replace(account("Alder"), address=text))], "ann", NOON)
    (found,) = archive.read(archived(book)).facts.all(Account)
    assert found.address == text


def test_an_archive_is_known_by_its_beginning_or_its_name(tmp_path: Path, two: bytes) -> None:
    for name, content, is_one in (
        ("a.txt", two, True),
        ("b.arctui", b"Customer,Invoice\n", True),
        ("c.csv", b"Customer,Invoice\n", False),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        assert archive.is_archive(path) is is_one
    assert not archive.is_archive(tmp_path)
    assert not archive.is_archive(tmp_path / "missing.arctui")


def test_the_drafts_and_the_open_calls_are_in_it(tmp_path: Path) -> None:
    book = book_of(tmp_path / "book.json", "Alder")
    book.keep([added(draft("half a line"))])
    found = archive.read(archived(book))
    assert [d.text for d in found.facts.all(Draft)] == ["half a line"]
