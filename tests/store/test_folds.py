"""Folds: killed or failing at any call, two at once, with commits in between; nothing is lost and nobody reloads."""

import errno
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import Query, TinyDB

from arctui.core.changes import added
from arctui.store import Book, BookDamagedError, BookError, BookMissingError, base, journal
from arctui.store.backups import found as backups_of
from arctui.store.storage import BookStorage
from tests.store.crashes import failing, killed, said, wrong
from tests.store.faults import ERRORS, REAL
from tests.store.full import full_records
from tests.store.makers import NOON, book_of, draft, names, only_file, put

OLD = ["Alder", "Birch", "Cedar"]


def unfolded_book(path: Path) -> Book:
    """A book with one act in its file and two in its journal."""
    book = book_of(path, "Alder")
    book.fold(None)
    put(book, "Birch")
    put(book, "Cedar")
    return book


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return unfolded_book(tmp_path / "b.json")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with such a book."""
    folder = tmp_path_factory.mktemp("first")
    unfolded_book(folder / "b.json")
    return folder


# Killed and failing


def after_a_kill(place: Path, acts: list[str], words: list[str]) -> str:
    """Say what is wrong after a kill; each of the words stands for an act, or for none."""
    acknowledged = said(place)
    if acknowledged != words[: len(acknowledged)]:
        return f"acknowledged {acknowledged}"
    path = place / "b.json"
    done = [w for w in acknowledged if w in acts]
    next_one = [w for w in words[len(acknowledged) :][:1] if w in acts]
    if (what := wrong(path, [*OLD, *done])) and (not next_one or wrong(path, [*OLD, *done, *next_one])):
        return what
    book = Book(path)
    before = names(book)
    put(book, "next")
    book.close(NOON)
    if what := wrong(path, [*before, "next"]):
        return f"afterwards: {what}"
    if only_file(place) != ["b.json", "b.json.backups"]:
        return f"left behind {only_file(place)}"
    copies = [b.path.name for b in backups_of(path)]
    if sorted(copies) != list(only_file(place / "b.json.backups")):
        return f"left behind {only_file(place / 'b.json.backups')}"
    for backup in backups_of(path):
        base.read(backup.path)
    return ""


STORIES = {
    "fold_and_go_on": (["after"], ["folded", "after"], 60),
    "leave": (["last"], ["last", "left"], 60),
    "begin_anew": (["first", "second"], ["first", "second"], 30),
}


@pytest.mark.parametrize("story", STORIES)
def test_a_session_killed_at_any_call_loses_nothing_and_leaves_nothing_behind(
    tmp_path: Path, first: Path, story: str
) -> None:
    acts, words, least = STORIES[story]
    places = killed(tmp_path / "runs", first, story)
    assert len(places) > least
    assert said(places[-1]) == words
    assert [f"{p.name}: {what}" for p in places if (what := after_a_kill(p, acts, words))] == []


def fails_at(folder: Path, first: Path, at: int, error: str, *, for_good: bool) -> tuple[bool, str]:
    """Fold while a call fails; say whether one did, and what is wrong then."""
    shutil.copytree(first, folder)
    path = folder / "b.json"
    here, there = Book(path), Book(path)
    facts = here.facts
    trouble: BaseException | None = None
    with failing(at, ERRORS[error], for_good=for_good) as watch:
        try:
            here.fold(NOON)
        except BaseException as raised:  # noqa: BLE001
            trouble = raised
    where = f"{at} {watch.passed[at] if watch.struck else ''}"
    if trouble is not None and not isinstance(trouble, BookError):
        return watch.struck, f"{where}: {trouble!r}"
    if what := wrong(path, OLD):
        return watch.struck, f"{where}: {what}"
    put(there, "theirs")
    here.refresh()
    put(here, "mine")
    expected = sorted([*OLD, "theirs", "mine"])
    there.refresh()
    if here.facts is not facts or names(here) != expected or names(there) != expected:
        return watch.struck, f"{where}: the sessions hold {names(here)} and {names(there)}"
    here.fold(NOON)
    if here.unfolded or only_file(folder) != ["b.json", "b.json.backups"]:
        return watch.struck, f"{where}: left behind {only_file(folder)}"
    what = wrong(path, expected)
    return watch.struck, f"{where}: {what}" if what else ""


@pytest.mark.parametrize(
    ("error", "for_good", "step"),
    [("EIO", False, 1), ("ENOSPC", False, 3), ("EIO", True, 2), ("EROFS", True, 5)],
    ids=["once", "disk full once", "for good", "read-only for good"],
)
def test_a_fold_that_fails_at_any_call_loses_nothing(
    tmp_path: Path, first: Path, error: str, for_good: bool, step: int
) -> None:
    for at in range(0, 1000, step):
        struck, what = fails_at(tmp_path / f"{at}", first, at, error, for_good=for_good)
        assert what == ""
        if not struck:
            assert at > 50
            return


def test_a_journal_that_cannot_be_taken_away_does_no_harm(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def unlink(path: str | Path, **_: Any) -> None:
        if str(path).endswith(".journal"):
            raise PermissionError(errno.EACCES, "no")
        REAL["unlink"](path)

    monkeypatch.setattr(os, "unlink", unlink)
    other = Book(book.path)
    book.fold(None)
    assert journal.place_of(book.path).exists()
    for number, session in enumerate([other, book, Book(book.path), other]):
        put(session, f"n{number}")
    assert wrong(book.path, [*OLD, "n0", "n1", "n2", "n3"]) == ""
    monkeypatch.undo()
    other.fold(None)
    assert only_file(book.path.parent) == ["b.json"]
    assert wrong(book.path, [*OLD, "n0", "n1", "n2", "n3"]) == ""


def test_a_failing_backup_leaves_the_journal_and_the_next_fold_takes_it_away(book: Book) -> None:
    folder = book.path.with_name("b.json.backups")
    folder.write_text("in the way")
    assert "no backup was made" in book.fold(NOON)
    assert journal.place_of(book.path).exists()
    assert wrong(book.path, OLD) == ""
    folder.unlink()
    put(book, "next")
    assert book.fold(NOON) == ""
    assert not journal.place_of(book.path).exists()
    assert wrong(book.path, [*OLD, "next"]) == ""


# In which order


def traced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system is told to do, in its order, by the names of the files."""
    done: list[str] = []

    def name_of(file: Any) -> str:
        path = Path(f"/proc/self/fd/{file}").readlink() if isinstance(file, int) else Path(file)
        return re.sub(r"(fold-|\d{12}-\w{16}-)[0-9a-f]{8}", r"\1X", path.name)

    def watched(name: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            told = [a for a in args[:2] if isinstance(a, int | str | Path)]
            done.append(" ".join([name, *(name_of(a) for a in told)]))
            return REAL[name](*args, **kwargs)

        return call

    for name in ("write", "fsync", "replace", "rename", "unlink"):
        monkeypatch.setattr(os, name, watched(name))
    return done


def only_for(done: list[str], *words: str) -> list[str]:
    return [d for d in done if any(w in d for w in words) and not d.startswith("unlink .")]


linux = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the names of open files are not told here")


@linux
def test_a_commit_is_flushed_before_it_returns(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    done = traced(monkeypatch)
    put(book, "Dale")
    assert done == ["write b.json.journal", "fsync b.json.journal"]


@linux
def test_the_first_commit_after_a_fold_flushes_its_file_and_then_its_name(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.fold(None)
    done = traced(monkeypatch)
    put(book, "Dale")
    assert only_for(done, "write", "fsync", "replace")[-4:] == [
        "write .b.json.journal.tmp",
        "fsync .b.json.journal.tmp",
        "replace .b.json.journal.tmp b.json.journal",
        f"fsync {book.path.parent.name}",
    ]


@linux
def test_a_fold_flushes_the_backup_and_the_new_file_before_the_journal_goes(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = traced(monkeypatch)
    book.fold(NOON)
    copy = "000000000003-20261123T170000Z-X.json"
    assert list(dict.fromkeys(only_for(done, "write", "fsync", "replace", "rename", "journal"))) == [
        "write .b.json.fold-X",
        "fsync .b.json.fold-X",
        f"write .{copy}.tmp",
        f"fsync .{copy}.tmp",
        f"rename .{copy}.tmp {copy}",
        "fsync b.json.backups",
        "replace .b.json.fold-X b.json",
        f"fsync {book.path.parent.name}",
        "unlink b.json.journal",
    ]


# Queries by TinyDB


def test_stock_tinydb_opens_the_file_after_the_last_session_left(book: Book) -> None:
    book.commit("all", [added(r) for r in full_records() if r.id != "o1"], "ann", NOON)
    book.keep([added(draft("typed"))])
    assert book.close(NOON) == ""
    content = book.path.read_bytes()
    with TinyDB(book.path, access_mode="r") as db:
        assert sorted(row["name"] for row in db.table("accounts")) == names(book)
        assert [row["amount"] for row in db.table("promises").search(Query().words == "certain")] == ["5.00"]
        assert db.table("drafts").count(Query().text == "typed") == 1
        assert len(db.table("history")) == len(book.history) == 4
    assert book.path.read_bytes() == content


def test_a_book_that_stock_tinydb_wrote_into_is_refused_and_told(book: Book) -> None:
    book.close(NOON)
    with TinyDB(book.path) as db:
        db.table("accounts").insert({"id": "x", "name": "x"})
    with pytest.raises(BookDamagedError, match="changed by another program"):
        Book(book.path)
    with pytest.raises(BookDamagedError):
        put(book, "next")


def test_tinydb_on_the_books_storage_sees_the_journal_and_what_others_commit(book: Book) -> None:
    with TinyDB(book.path, storage=BookStorage) as db:
        assert sorted(row["name"] for row in db.table("accounts")) == OLD
        put(book, "Dale")
        book.keep([added(draft("typed"))])
        assert sorted(row["name"] for row in db.table("accounts")) == [*OLD, "Dale"]
        assert db.table("drafts").all()[0]["text"] == "typed"
        book.fold(None)
        put(book, "Elm")
        accounts = db.table("accounts", cache_size=0)
        assert [row["id"] for row in accounts.search(Query().name == "Elm")] == ["Elm"]
        assert [row["act"] for row in db.table("history")] == [f"add {n}" for n in [*OLD, "Dale", "Elm"]]


def test_tinydb_on_the_books_storage_refuses_to_write(book: Book) -> None:
    before = {p: p.read_bytes() for p in book.path.parent.iterdir()}
    with TinyDB(book.path, storage=BookStorage) as db:
        with pytest.raises(BookError, match="by its acts only"):
            db.table("accounts").insert({"id": "x", "name": "x"})
        with pytest.raises(BookError, match="by its acts only"):
            db.drop_table("accounts")
        with pytest.raises(BookError, match="by its acts only"):
            db.table("accounts").truncate()
    with pytest.raises(BookMissingError):
        TinyDB(book.path.with_name("none.json"), storage=BookStorage)
    assert {p: p.read_bytes() for p in book.path.parent.iterdir()} == before
