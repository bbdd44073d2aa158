"""Hard cases: making a book, several sessions at one moment, a failing folder, odd names, damaged history."""

import json
import multiprocessing
from pathlib import Path
from typing import Any

import pytest

from arctui.core.records import added, changed
from arctui.store import Book, BookConflictError, BookDamagedError, BookError
from arctui.store.storage import AtomicStorage
from arctui.store.verify import problems
from tests.store.makers import (
    NOON,
    account,
    book_of,
    commit,
    commit_in_turn,
    full_records,
    names,
    only_file,
    put,
)
from tests.store.test_damaged_files import edited, refused
from tests.store.test_disk_errors import ACTS as ATTEMPTS
from tests.store.test_disk_errors import OLD, STATES, attempts, consequences
from tests.store.test_interrupted_saves import ACTS, acknowledged, killed_runs, whole


def test_the_making_of_a_book_killed_at_any_point_leaves_none_or_a_whole_one(tmp_path: Path) -> None:
    places = killed_runs(tmp_path / "runs")
    assert acknowledged(places[-1]) == ACTS[1:]
    wrong = []
    for place in places:
        try:
            wrong += [what] if (what := whole(place, set())) else []
        except BookError as error:
            wrong.append(f"{place.name}: {error}".replace(str(place), ""))
    assert wrong == []


PROCESSES = 8
COMMITS = 10


@pytest.mark.parametrize("first", [["first"], []], ids=["a book", "no book yet"])
def test_eight_processes_lose_nothing_and_write_nothing_twice(tmp_path: Path, first: list[str]) -> None:
    path = book_of(tmp_path / "b.json", *first).path
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=commit_in_turn, args=(path, n, COMMITS)) for n in range(PROCESSES)]
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
    assert problems(book) == []
    assert only_file(tmp_path) == ["b.json"]


def just_after_the_read(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let another session commit once, just after this one has read the file."""
    read = AtomicStorage.read
    reads: list[AtomicStorage] = []

    def reading(storage: AtomicStorage) -> Any:
        found = read(storage)
        reads.append(storage)
        if len(reads) == 1:
            put(Book(path), "meanwhile", by="bob")
        return found

    monkeypatch.setattr(AtomicStorage, "read", reading)


def test_a_book_opened_while_another_session_commits_is_of_one_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book_of(tmp_path / "b.json", "Birch").path
    just_after_the_read(monkeypatch, path)
    book = Book(path)
    assert problems(book) == []
    put(book, "next")
    assert [n for n in names(Book(path)) if n != "meanwhile"] == ["Birch", "next"]
    assert problems(Book(path)) == []


def test_a_refresh_while_another_session_commits_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = book_of(tmp_path / "b.json", "Birch")
    put(Book(book.path), "Cedar", by="bob")
    just_after_the_read(monkeypatch, book.path)
    book.refresh()
    put(book, "next")
    acts = {t.act for t in Book(book.path).history}
    assert {f"add {n}" for n in names(Book(book.path))} == acts
    assert problems(Book(book.path)) == []


def newer(content: bytes) -> bytes:
    return content.replace(b'"format":1', b'"format":99')


def damaged_record(content: bytes) -> bytes:
    return content.replace(b'"name":"Cedar"', b'"name":7', 1)


def garbage(_: bytes) -> bytes:
    return b"{"


@pytest.mark.parametrize("damage", [newer, damaged_record, garbage], ids=lambda d: str(d.__name__))
def test_a_file_that_went_bad_under_an_open_book_is_never_written_over(tmp_path: Path, damage: Any) -> None:
    book = book_of(tmp_path / "b.json", "Birch", "Cedar", "Dale")
    bad = damage(book.path.read_bytes())
    book.path.write_bytes(bad)
    for _ in range(3):
        with pytest.raises(BookDamagedError):
            put(book, "next")
        with pytest.raises(BookDamagedError):
            book.undo("ann", NOON)
        with pytest.raises(BookDamagedError):
            book.refresh()
        assert book.path.read_bytes() == bad


@pytest.mark.parametrize("act", ATTEMPTS)
def test_an_act_of_which_the_clerk_is_told_that_it_failed_is_not_in_the_book(tmp_path: Path, act: str) -> None:
    tried = [a for a in attempts(tmp_path, ATTEMPTS[act], "EIO") if a.renamed]
    assert tried
    assert [what for a in tried if (what := consequences(a, OLD, STATES[act]))] == []


def test_the_making_of_a_book_that_fails_at_any_call_can_be_tried_again(tmp_path: Path) -> None:
    tried = list(attempts(tmp_path, ATTEMPTS["commit"], "EIO", made=False))
    assert len(tried) > 10
    assert [what for a in tried if (what := consequences(a, [], ["new"]))] == []


def test_a_second_session_that_makes_the_book_at_the_same_moment_is_not_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "b.json"
    here, there = Book(path, new=True), Book(path, new=True)
    make = Path.mkdir
    made: list[Path] = []

    def making(folder: Path, *args: Any, **kwargs: Any) -> None:
        if not made:
            made.append(folder)
            put(there, "Cedar")
        make(folder, *args, **kwargs)

    monkeypatch.setattr(Path, "mkdir", making)
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


def test_a_book_of_which_one_byte_was_lost_opens_or_is_refused(tmp_path: Path) -> None:
    book = book_of(tmp_path / "whole.json", "Birch")
    commit(book, *map(added, full_records()))
    content = book.path.read_bytes()
    path = tmp_path / "b.json"
    for place in range(0, len(content), 7):
        path.write_bytes(content[:place] + content[place + 1 :])
        try:
            Book(path)
        except BookDamagedError:
            continue
        except ValueError as error:
            pytest.fail(f"without byte {place}, {content[place - 20 : place + 20]!r}: {error!r}")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.json").mkdir()
    refused(tmp_path / "b.json", BookError)
    assert only_file(tmp_path / "b.json") == []


def test_a_record_under_a_key_that_is_no_number_is_told(tmp_path: Path) -> None:
    def rename(document: dict[str, Any]) -> None:
        document["accounts"]["one"] = document["accounts"].pop("1")

    edited(tmp_path / "b.json", rename)
    assert "accounts" in refused(tmp_path / "b.json")


def test_a_table_of_another_program_survives_a_save(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    edited(path, lambda document: document.update(letters={"1": {"id": "x"}}))
    put(Book(path), "Birch")
    assert json.loads(path.read_bytes())["letters"] == {"1": {"id": "x"}}


HISTORY_DAMAGE: dict[str, dict[str, Any]] = {
    "a table that is none": {"table": "animals"},
    "a record that is none": {"now": {"id": "s1", "setting": 7}},
    "no record at all": {"now": None, "was": None},
}


@pytest.mark.parametrize("damage", HISTORY_DAMAGE.values(), ids=HISTORY_DAMAGE)
def test_a_history_that_cannot_be_undone_is_told_in_a_sentence(tmp_path: Path, damage: dict[str, Any]) -> None:
    path = tmp_path / "b.json"
    content = edited(path, lambda document: document["history"]["1"]["steps"][-1].update(damage))
    with pytest.raises(BookError):
        Book(path).undo("ann", NOON)
    assert path.read_bytes() == content
