"""Files that are taken away, cut or replaced under open sessions; and many processes at one book."""

import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest

from arctui.core.changes import added
from arctui.store import Book, BookError, BookMissingError, journal
from tests.store.crashes import Mirror, once_after, wrong
from tests.store.makers import (
    NOON,
    book_in_two_parts,
    book_of,
    draft,
    held,
    names,
    only_file,
    put,
)
from tests.store.processes import commits, folds, reads

OLD = ["Alder", "Birch", "Cedar"]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book with one act in its file and two in its journal."""
    return book_in_two_parts(tmp_path / "b.json", "Birch", "Cedar")


# Files that change under an open session


def test_a_journal_taken_away_under_an_open_session_is_made_good_at_the_next_commit(book: Book) -> None:
    book.keep([added(draft("typed"))])
    journal.place_of(book.path).unlink()
    assert not book.refresh()
    put(book, "next")
    assert wrong(book.path, [*OLD, "next"]) == ""
    assert held(Book(book.path)) == [*OLD, "draft typed", "next"]


@pytest.mark.parametrize("act", ["fold", "close", "undo", "keep", "refresh first"])
def test_nothing_is_lost_with_the_journal_while_a_session_has_it_in_memory(book: Book, act: str) -> None:
    other = Book(book.path)
    journal.place_of(book.path).unlink()
    if act == "refresh first":
        book.refresh()
    acts: dict[str, Callable[[], object]] = {
        "fold": lambda: book.fold(NOON),
        "close": lambda: book.close(NOON),
        "undo": lambda: book.undo("ann", NOON),
        "keep": lambda: book.keep([added(draft("typed"))]),
        "refresh first": lambda: put(book, "next"),
    }
    acts[act]()
    expected = {"undo": OLD[:-1], "refresh first": [*OLD, "next"]}.get(act, OLD)
    assert wrong(book.path, expected) == ""
    put(other, "theirs")
    assert wrong(book.path, [*expected, "theirs"]) == ""


def test_a_book_taken_back_to_an_older_copy_is_taken_over_and_told(book: Book) -> None:
    older = book.path.read_bytes()
    put(book, "Dale")
    book.fold(None)
    other = Book(book.path)
    mirror = Mirror(other)
    book.path.write_bytes(older)
    assert other.refresh()
    assert names(other) == ["Alder"]
    assert mirror.is_true()
    put(other, "next")
    put(book, "one more")
    assert wrong(book.path, ["Alder", "next", "one more"]) == ""


def test_a_file_copied_over_itself_changes_nothing(book: Book) -> None:
    content = book.path.read_bytes()
    book.path.unlink()
    book.path.write_bytes(content)
    assert not book.refresh()
    assert book.news() == []
    put(book, "next")
    assert wrong(book.path, [*OLD, "next"]) == ""


def test_a_book_that_is_away_for_a_while_is_told_and_then_gone_on_with(book: Book) -> None:
    away = book.path.rename(book.path.with_name("away"))
    for _ in range(2):
        with pytest.raises(BookMissingError):
            book.refresh()
        with pytest.raises(BookMissingError):
            put(book, "next")
    assert names(book) == OLD
    away.rename(book.path)
    put(book, "next")
    assert wrong(book.path, [*OLD, "next"]) == ""
    assert only_file(book.path.parent) == ["b.json", "b.json.journal"]


def test_a_frozen_session_that_holds_the_lock_is_not_waited_for_for_ever(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Book(book.path)
    other.wait_at_most(0.01)

    def meanwhile() -> None:
        with pytest.raises(BookError, match="locked by another session: try again in a moment"):
            put(other, "mine")
        assert Book(book.path).number >= 3

    once_after(monkeypatch, journal, "encode", meanwhile)
    put(book, "theirs")
    monkeypatch.undo()
    assert names(other) == OLD
    put(other, "mine")
    assert wrong(book.path, [*OLD, "theirs", "mine"]) == ""


# Several processes

WRITERS, COMMITS = 3, 40


@pytest.mark.parametrize("links", [False, True], ids=["by its name", "by links"])
def test_processes_that_write_fold_and_read_all_the_time_lose_nothing(tmp_path: Path, links: bool) -> None:
    path = book_of(tmp_path / "b.json", "Alder").path
    if links:
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere" / "link").symlink_to(path)
    spawn = multiprocessing.get_context("spawn")
    ready, over = spawn.Barrier(WRITERS + 2), spawn.Event()
    told, folded = spawn.Queue(), spawn.Queue()
    places = [tmp_path / "elsewhere" / "link" if links and n % 2 else path for n in range(WRITERS)]
    writers = [spawn.Process(target=commits, args=(places[n], ready, n, COMMITS)) for n in range(WRITERS)]
    others = [
        spawn.Process(target=folds, args=(path, ready, over, folded)),
        spawn.Process(target=reads, args=(places[-1], ready, over, told)),
    ]
    for process in (*others, *writers):
        process.start()
    for process in writers:
        process.join(60)
    over.set()
    said = (told.get(timeout=60), folded.get(timeout=60))
    for process in others:
        process.join(60)
    assert [p.exitcode for p in (*writers, *others)] == [0] * (WRITERS + 2)
    assert said[0] == ""
    assert said[1] > 3
    expected = ["Alder", *(f"{w}-{n:03}" for w in range(WRITERS) for n in range(COMMITS))]
    assert wrong(path, expected) == ""
    assert sorted(t.act for t in Book(path).history) == sorted(f"add {n}" for n in expected)
