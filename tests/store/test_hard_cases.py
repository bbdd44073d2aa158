"""Hard cases: making a book, several sessions at one moment, a failing folder, odd names, damaged history."""

import contextlib
import json
import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from arctui.core.changes import added, changed
from arctui.store import Book, BookConflictError, BookDamagedError, BookError, base, files, journal
from arctui.store.transactions import chain_breaks
from arctui.store.verify import problems
from tests.store.makers import (
    NOON,
    account,
    book_of,
    commit,
    commit_in_turn,
    contents,
    names,
    only_file,
    put,
    records,
    resealed,
)
from tests.store.test_damaged_files import as_format_1, edited, refused

PROCESSES = 8
COMMITS = 10


@pytest.mark.parametrize("first", [["first"], []], ids=["a book", "no book yet"])
@pytest.mark.parametrize("folds", [False, True], ids=["no folds", "folds"])
def test_eight_processes_lose_nothing_and_write_nothing_twice(tmp_path: Path, first: list[str], folds: bool) -> None:
    path = book_of(tmp_path / "b.json", *first).path
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=commit_in_turn, args=(path, n, COMMITS, folds)) for n in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [w.exitcode for w in workers] == [0] * PROCESSES
    book = Book(path)
    expected = sorted([*first, *(f"{w}-{n}" for w in range(PROCESSES) for n in range(COMMITS))])
    assert names(book) == expected
    assert [t.number for t in book.history] == list(range(1, len(expected) + 1))
    assert sorted(t.act for t in book.history) == sorted(f"add {n}" for n in expected)
    assert list(chain_breaks(book.history, base.read(path).meta.origin)) == []
    assert problems(book) == []
    book.fold(NOON)
    assert names(Book(path)) == expected
    assert only_file(tmp_path) == ["b.json", "b.json.backups"]


def commits(there: Book) -> None:
    put(there, f"meanwhile {there.number}", by="bob")


def folds(there: Book) -> None:
    there.fold(NOON)


def folds_and_commits(there: Book) -> None:
    folds(there)
    commits(there)


def commits_and_folds(there: Book) -> None:
    commits(there)
    folds(there)


#: Where another session may come between: after the file was read, or its beginning, or the journal, or its length.
READS = [(base, "read"), (journal, "read"), (base, "read_meta"), (journal, "state")]
MEANWHILE = [commits, folds, folds_and_commits, commits_and_folds]


@contextlib.contextmanager
def just_after(place: tuple[Any, str], path: Path, act: Callable[[Book], None]) -> Iterator[None]:
    """Let another session act once, just after this one has read something."""
    module, name = place
    read = getattr(module, name)
    reads: list[object] = []

    def reading(*args: Any, **kwargs: Any) -> Any:
        found = read(*args, **kwargs)
        reads.append(found)
        if len(reads) == 1:
            act(Book(path))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, reading)
        yield


def called(value: Any) -> str:
    """A name for a case."""
    return f"{value[0].__name__.split('.')[-1]}.{value[1]}" if isinstance(value, tuple) else str(value.__name__)


@pytest.mark.parametrize("act", MEANWHILE, ids=called)
@pytest.mark.parametrize("place", READS[:2], ids=called)
def test_a_book_opened_while_another_session_acts_is_of_one_moment(
    tmp_path: Path, place: tuple[Any, str], act: Callable[[Book], None]
) -> None:
    path = book_of(tmp_path / "b.json", "Birch").path
    with just_after(place, path, act):
        book = Book(path)
    assert problems(book) == []
    put(book, "next")
    assert [n for n in names(Book(path)) if not n.startswith("meanwhile")] == ["Birch", "next"]
    assert names(book) == names(Book(path))
    assert problems(Book(path)) == []


@pytest.mark.parametrize("before", MEANWHILE, ids=called)
@pytest.mark.parametrize("act", MEANWHILE, ids=called)
@pytest.mark.parametrize("place", READS, ids=called)
def test_a_refresh_while_another_session_acts_loses_nothing(
    tmp_path: Path,
    place: tuple[Any, str],
    act: Callable[[Book], None],
    before: Callable[[Book], None],
) -> None:
    book = book_of(tmp_path / "b.json", "Birch")
    put(Book(book.path), "Cedar", by="bob")
    before(Book(book.path))
    there = names(Book(book.path))
    with just_after(place, book.path, act):
        book.refresh()
    assert names(book)[:2] == ["Birch", "Cedar"]
    assert problems(book) == []
    put(book, "next")
    assert names(book) == names(Book(book.path))
    assert {*there, "next"} <= set(names(book))
    assert {f"add {n}" for n in names(book)} == {t.act for t in Book(book.path).history}
    assert problems(Book(book.path)) == []


def newer(content: bytes) -> bytes:
    return resealed(content.replace(b'"format":2', b'"format":99'))


def damaged_record(content: bytes) -> bytes:
    return resealed(content.replace(b'"name":"Cedar"', b'"name":7', 1))


def broken_seal(content: bytes) -> bytes:
    return content.replace(b'"name":"Cedar"', b'"name":"Elm"', 1)


def garbage(_: bytes) -> bytes:
    return b"{"


@pytest.mark.parametrize("damage", [newer, damaged_record, broken_seal, garbage], ids=lambda d: str(d.__name__))
@pytest.mark.parametrize("unfolded", [[], ["Elm"]], ids=["no journal", "a journal"])
def test_a_file_that_went_bad_under_an_open_book_is_never_written_over(
    tmp_path: Path, damage: Any, unfolded: list[str]
) -> None:
    book = book_of(tmp_path / "b.json", "Birch", "Cedar", "Dale")
    book.fold(None)
    for name in unfolded:
        put(book, name)
    book.path.write_bytes(damage(book.path.read_bytes()))
    before = contents(tmp_path)
    for _ in range(3):
        with pytest.raises(BookDamagedError):
            put(book, "next")
        with pytest.raises(BookDamagedError):
            book.undo("ann", NOON)
        with pytest.raises(BookDamagedError):
            book.fold(NOON)
        with pytest.raises(BookDamagedError):
            book.refresh()
        assert {n: c for n, c in contents(tmp_path).items() if "backups" not in n} == before


def test_a_newer_program_that_wrote_the_book_anew_ends_the_work_of_an_older_one(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch", "Cedar")
    book.fold(None)
    (tmp_path / "new").write_bytes(newer(book.path.read_bytes()))
    (tmp_path / "new").replace(book.path)
    before = contents(tmp_path)
    for act in (lambda: put(book, "next"), lambda: book.undo("ann", NOON), lambda: book.fold(NOON), book.refresh):
        with pytest.raises(BookDamagedError, match="newer"):
            act()
    assert contents(tmp_path) == before


@pytest.mark.parametrize("folder", ["here", "new"])
def test_a_second_session_that_makes_the_book_at_the_same_moment_is_not_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    (tmp_path / "here").mkdir()
    path = tmp_path / folder / "b.json"
    here, there = Book(path, new=True), Book(path, new=True)
    made: list[object] = []

    def just_before(call: Callable[..., Any]) -> Callable[..., Any]:
        def calling(*args: Any, **kwargs: Any) -> Any:
            if not made:
                made.append(args)
                put(there, "Cedar")
            return call(*args, **kwargs)

        return calling

    if folder == "new":
        monkeypatch.setattr(Path, "mkdir", just_before(Path.mkdir))
    else:
        monkeypatch.setattr(files, "create", just_before(files.create))
    put(here, "Birch")
    assert made
    assert names(Book(path)) == ["Birch", "Cedar"]


def test_an_act_that_is_refused_makes_no_book(tmp_path: Path) -> None:
    book = Book(tmp_path / "b.json", new=True)
    with pytest.raises(BookConflictError):
        commit(book, changed(account("Birch"), name="Cedar"))
    assert only_file(tmp_path) == []


def test_a_ring_of_symbolic_links_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to("b.json")
    (tmp_path / "b.json").symlink_to("a.json")
    for new in (False, True):
        with pytest.raises(BookError):
            Book(tmp_path / "a.json", new=new)


@pytest.mark.parametrize("name", ["n" * 300, "nul\0.json"], ids=["too long", "with a NUL"])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    for new in (False, True):
        with pytest.raises(BookError):
            put(Book(tmp_path / name, new=new), "Birch")
    assert only_file(tmp_path) == []


def test_a_book_below_a_file_is_told_with_what_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(BookError) as caught:
        put(Book(tmp_path / "file" / "b.json", new=True), "Birch")
    assert "exists already" not in str(caught.value)


def test_text_that_is_no_unicode_is_refused_in_a_sentence_or_kept(tmp_path: Path) -> None:
    book = book_of(tmp_path / "b.json", "Birch")
    try:
        book.commit("import of \udcff.csv", [added(account("Cedar"))], "ann", NOON)
    except BookError:
        assert names(Book(book.path)) == names(book) == ["Birch"]
    else:
        assert names(Book(book.path)) == names(book) == ["Birch", "Cedar"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.json").mkdir()
    refused(tmp_path / "b.json", BookError)
    assert only_file(tmp_path / "b.json") == []


@pytest.mark.parametrize("old", [False, True], ids=["sealed", "format 1"])
def test_a_record_under_a_key_that_is_no_number_is_not_lost_and_gets_a_number(tmp_path: Path, old: bool) -> None:
    path = tmp_path / "b.json"

    def rename(document: dict[str, Any]) -> None:
        document["accounts"]["one"] = document["accounts"].pop("1")

    edited(path, rename)
    if old:
        as_format_1(path)
    book = Book(path)
    before = records(book)
    assert "a1" in before
    put(book, "Birch")
    book.fold(None)
    assert records(Book(path)) == {**before, "Birch": account("Birch")}
    with TinyDB(path) as database:
        assert [d["id"] for d in database.table("accounts")] == ["a1", "Birch"]


@pytest.mark.parametrize("old", [False, True], ids=["sealed", "format 1"])
def test_a_table_of_another_program_survives_every_fold(tmp_path: Path, old: bool) -> None:
    path = tmp_path / "b.json"
    pictures = {"1": {"id": "x", "text": "Łódź 1.50"}}
    edited(path, lambda document: document.update(pictures=pictures))
    if old:
        as_format_1(path)
    for name in ("Birch", "Cedar"):
        book = Book(path)
        put(book, name)
        book.fold(None)
        assert json.loads(path.read_bytes())["pictures"] == pictures


HISTORY_DAMAGE: dict[str, dict[str, Any]] = {
    "a table that is none": {"table": "animals"},
    "a record that is none": {"now": {"id": "s1", "setting": 7}},
    "no record at all": {"now": None, "was": None},
}


@pytest.mark.parametrize("damage", HISTORY_DAMAGE.values(), ids=HISTORY_DAMAGE)
def test_a_history_that_cannot_be_undone_is_told_in_a_sentence(tmp_path: Path, damage: dict[str, Any]) -> None:
    path = tmp_path / "b.json"
    edited(path, lambda document: document["history"]["1"]["steps"][-1].update(damage))
    before = contents(tmp_path)
    book = Book(path)
    held = records(book)
    with pytest.raises(BookError):
        book.undo("ann", NOON)
    assert records(book) == held
    assert contents(tmp_path) == before
