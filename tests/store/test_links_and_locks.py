"""A file system without hard links, and two sessions at the moment of a failing disk."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arctui.store import Book, BookError
from arctui.store.verify import problems
from tests.store.faults import faults, refusing
from tests.store.makers import FORMAT_1, NOON, book_of, names, only_file, put


@pytest.mark.parametrize("error", [errno.EPERM, errno.ENOTSUP, errno.EMLINK])
def test_a_file_system_without_hard_links_holds_a_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "link", refuse)
    book = book_of(tmp_path / "b.json", "Birch", "Cedar")
    assert names(Book(book.path)) == ["Birch", "Cedar"]
    assert only_file(tmp_path) == ["b.json", "b.json.journal"]
    with refusing("fsync", errno.EIO), pytest.raises(BookError):
        put(book, "failed")
    put(book, "Dale")
    assert book.fold(NOON) == ""
    assert names(Book(book.path)) == ["Birch", "Cedar", "Dale"]
    assert only_file(tmp_path) == ["b.json", "b.json.backups"]
    old = tmp_path / "old.json"
    old.write_bytes(FORMAT_1)
    put(Book(old), "new")
    assert names(Book(old)) == ["Birch", "Cedar", "new"]
    assert (tmp_path / "old.json.format-1").read_bytes() == FORMAT_1


def journalled(_: Book) -> None:
    pass


def folded(book: Book) -> None:
    book.fold(None)


def given_up(book: Book) -> None:
    with refusing("fsync", errno.EIO), pytest.raises(BookError):
        put(book, "failed")


ACTS: dict[str, Callable[[Book], object]] = {
    "commit": lambda book: put(book, "mine"),
    "undo": lambda book: book.undo("ann", NOON),
    "fold": lambda book: book.fold(None),
}


@pytest.mark.parametrize("begin", [journalled, folded, given_up], ids=lambda b: str(b.__name__))
@pytest.mark.parametrize("act", ACTS)
def test_an_act_that_fails_at_its_last_step_takes_nothing_of_another_session_with_it(
    tmp_path: Path, act: str, begin: Callable[[Book], None]
) -> None:
    path = book_of(tmp_path / "b.json", "first", "Birch").path
    book, there = Book(path), Book(path)
    begin(book)
    struck: list[str] = []

    def last_step(where: str) -> bool:
        """Whether all is written and only the flush is wanting: of the line, or of the folder with the new name."""
        appending = act != "fold" and begin is journalled
        return where == "before fsync" and (appending or "after replace" in watch.passed)

    def strike(where: str) -> None:
        if struck or not last_step(where):
            return
        struck.append(where)
        # Another session looks, and tries to act, at the worst moment.
        there.refresh()
        for session in (there, Book(path)):
            session.wait_at_most(0.05)
            with pytest.raises(BookError, match="locked by another session"):
                put(session, "meanwhile", by="bob")
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with faults(0, strike, lasting=True) as watch, pytest.raises(BookError, match="the disk reports an error"):
        ACTS[act](book)
    assert struck
    expected = ["Birch", "first"]
    there.refresh()
    for session in (book, there, Book(path)):
        assert names(session) == expected
        assert problems(session) == []
    there.wait_at_most(5)
    put(there, "next", by="bob")
    put(book, "next of mine")
    for session in (there, Book(path)):
        session.refresh()
        assert names(session) == sorted([*expected, "next", "next of mine"])


def test_a_session_that_was_killed_or_left_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    child = os.fork()
    if not child:
        # Dies in the middle of a commit, with the book's lock in its hands.
        with faults(
            0, lambda where: os._exit(7) if where == "before fsync" and path.exists() else None, lasting=True
        ):
            put(Book(path, new=True), "Birch")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    book = Book(path)
    book.wait_at_most(0)
    put(book, "Cedar")
    assert "Cedar" in names(Book(path))
