"""A journal whose write or flush failed is given up: nobody goes on in it, and what failed is in nobody's facts."""

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from arctui.store import Book, BookError, journal
from tests.store.crashes import failing, wrong
from tests.store.faults import REAL
from tests.store.makers import book_in_two_parts, book_of, names, put

ACCOUNTS = ["Birch", "Cedar", "Dale"]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book whose last three acts stand in its journal only."""
    return book_in_two_parts(tmp_path / "b.json", *ACCOUNTS)


@pytest.fixture
def beside(book: Book) -> Path:
    return journal.place_of(book.path)


class Disk:
    """Fails a write or a flush of the journal once, and then sees to it that nothing touches that file again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, beside: Path) -> None:
        self.beside = beside
        self.failing: set[str] = set()
        self.failed = 0
        self.touched: list[str] = []
        # As long as the file is open here, no other gets its inode.
        self.handle = REAL["open"](beside, os.O_RDONLY)
        for name in ("write", "fsync", "ftruncate", "fchmod"):
            monkeypatch.setattr(os, name, self.watched(name))

    @property
    def inode(self) -> int:
        return os.fstat(self.handle).st_ino

    def watched(self, name: str) -> Callable[..., Any]:
        def call(handle: int, *args: Any) -> Any:
            if os.fstat(handle).st_ino != self.inode:
                return REAL[name](handle, *args)
            if name in self.failing:
                self.failing.discard(name)
                self.failed += 1
                if name == "write" and "half" in self.failing:
                    REAL[name](handle, args[0][: len(args[0]) // 2])
                number = errno.EPERM if name == "fchmod" else errno.EIO
                raise OSError(number, os.strerror(number))
            if self.failed and name in ("write", "fsync"):
                self.touched.append(name)
            return REAL[name](handle, *args)

        return call


FAILURES = {
    "flush": {"fsync"},
    "write": {"write"},
    "half a write": {"write", "half"},
    # In a shared folder only the owner of a file may change its mode.
    "flush, and the file is another's": {"fsync", "fchmod"},
    "write, and the file is another's": {"write", "fchmod"},
}


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch, beside: Path) -> Iterator[Disk]:
    disk = Disk(monkeypatch, beside)
    yield disk
    os.close(disk.handle)


@pytest.mark.parametrize("who", ["the same session", "one that was open", "one that opens later"])
@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_after_a_failed_write_or_flush_nobody_goes_on_in_that_file(
    book: Book, disk: Disk, failure: set[str], who: str
) -> None:
    opened = Book(book.path)
    disk.failing = set(failure)
    with pytest.raises(BookError, match="cannot be written: the disk reports an error"):
        put(book, "failed")
    assert disk.failed
    acting = {"the same session": book, "one that was open": opened}.get(who) or Book(book.path)
    put(acting, "next")
    assert disk.touched == []
    assert disk.beside.stat().st_ino != disk.inode
    content = disk.beside.read_bytes()
    assert [m.line.act.act for m in journal.parse(content, disk.beside).lines if m.line.act] == [
        *(f"add {n}" for n in ACCOUNTS),
        "add next",
    ]
    put(opened, "one more")
    for session in (book, opened, Book(book.path)):
        session.refresh()
        assert names(session) == ["Alder", *ACCOUNTS, "next", "one more"]
    assert wrong(book.path, ["Alder", *ACCOUNTS, "next", "one more"]) == ""
    assert disk.beside.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_an_act_that_failed_is_in_nobodys_facts(book: Book, disk: Disk, failure: set[str]) -> None:
    opened = Book(book.path)
    disk.failing = set(failure)
    with pytest.raises(BookError):
        put(book, "failed")
    for session in (book, opened, Book(book.path)):
        session.refresh()
        assert names(session) == ["Alder", *ACCOUNTS]
        assert session.number == 4
        assert session.news() == []


def test_what_failed_can_be_done_again(book: Book, disk: Disk) -> None:
    disk.failing = {"fsync"}
    with pytest.raises(BookError):
        put(book, "again")
    put(book, "again")
    assert wrong(book.path, ["Alder", *ACCOUNTS, "again"]) == ""


def test_a_new_journal_that_cannot_be_made_either_is_tried_again(
    book: Book, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.failing = {"fsync"}
    with pytest.raises(BookError):
        put(book, "failed")
    fails = 3

    def fsync(handle: int) -> None:
        nonlocal fails
        fails -= 1
        if fails >= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        REAL["fsync"](handle)

    monkeypatch.setattr(os, "fsync", fsync)
    for _ in range(3):
        with pytest.raises(BookError):
            put(book, "failed")
        assert wrong(book.path, ["Alder", *ACCOUNTS]) == ""
    put(book, "next")
    assert disk.touched == []
    assert wrong(book.path, ["Alder", *ACCOUNTS, "next"]) == ""


def test_what_another_session_read_before_its_flush_failed_is_taken_back(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Book(book.path)

    def fsync(_: int) -> None:
        reader.refresh()
        assert "failed" in names(reader)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(BookError):
        put(book, "failed")
    monkeypatch.undo()
    facts = reader.facts
    assert reader.refresh()
    assert names(reader) == ["Alder", *ACCOUNTS]
    assert reader.facts is facts
    assert [(c.before and c.before.id, c.after and c.after.id) for c in reader.news()] == [
        (None, "failed"),
        ("failed", None),
    ]
    put(reader, "next")
    assert wrong(book.path, ["Alder", *ACCOUNTS, "next"]) == ""


def test_a_session_sees_that_another_act_stands_where_it_had_read_one_that_failed(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Book(book.path)

    def fsync(_: int) -> None:
        reader.refresh()
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(BookError):
        put(book, "failed")
    monkeypatch.undo()
    put(book, "better")
    assert reader.number == book.number
    assert reader.refresh()
    assert names(reader) == ["Alder", *ACCOUNTS, "better"]


def test_a_new_journal_that_fails_at_any_call_leaves_the_act_in_nobodys_facts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in range(1000):
        book = book_of(tmp_path / str(at) / "b.json", *ACCOUNTS)
        opened = Book(book.path)
        disk = Disk(monkeypatch, journal.place_of(book.path))
        disk.failing = {"fsync"}
        with pytest.raises(BookError):
            put(book, "failed")
        monkeypatch.undo()
        os.close(disk.handle)
        expected = ACCOUNTS
        with contextlib.suppress(BookError), failing(at, errno.EIO) as watch:
            put(book, "second")
            expected = [*ACCOUNTS, "second"]
        for session in (book, opened, Book(book.path)):
            session.refresh()
            assert names(session) == expected, watch.passed[at:][:1]
        put(opened, "next")
        assert wrong(book.path, [*expected, "next"]) == ""
        if not watch.struck:
            assert at > 20
            return
