"""A file system without hard links, and two sessions at the moment of a failing folder."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from arctui.store import Book, BookError, files
from tests.store.faults import faults
from tests.store.makers import book_of, names, only_file, put


@pytest.mark.parametrize("error", [errno.EPERM, errno.ENOTSUP, errno.EMLINK])
def test_a_file_system_without_hard_links_holds_a_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "link", refuse)
    book = book_of(tmp_path / "b.json", "Birch", "Cedar")
    assert names(Book(book.path)) == ["Birch", "Cedar"]
    assert only_file(tmp_path) == ["b.json"]


def test_a_save_that_fails_at_its_last_step_takes_nothing_of_another_session_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = book_of(tmp_path / "b.json", "Birch")
    monkeypatch.setattr(files, "_LOCK_SECONDS", 0.1)
    renamed: list[str] = []
    acknowledged: list[str] = []

    def strike(where: str) -> None:
        renamed.append(where)
        try:
            put(Book(book.path), "meanwhile", by="bob")
            acknowledged.append("meanwhile")
        except BookError:
            pass
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    # The first call after the rename is the opening of the folder that is to be synced.
    with faults(10**6, strike) as watch:
        put(Book(tmp_path / "b.json"), "first")
    after_rename = watch.passed.index("after replace") + 1
    with faults(after_rename, strike), pytest.raises(BookError):
        put(book, "mine")
    assert renamed
    assert names(Book(book.path)) == sorted(["Birch", "first", *acknowledged])
