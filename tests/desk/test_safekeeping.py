"""Keeping the book safe: restoring a state by an act, what is refused, and copies by hand."""

import errno
import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from arctui.core.calls import Call
from arctui.core.drafts import Draft, Topic
from arctui.core.records import Account, Activity, Promise, Record
from arctui.desk import DeskError
from arctui.desk.clock import Clock
from arctui.desk.safekeeping import Restored, back_up, kept, restore
from arctui.store import Book, BookConflictError, BookError, backups, base
from tests.core import builders as make
from tests.core.oracle import nov
from tests.playbook.clerks import TEN, Clerk, birch, customer
from tests.store.crashes import Mirror, failing
from tests.store.faults import ERRORS
from tests.store.makers import FORMAT_1, NOON, contents, only_file, put, records


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    """Ann, with two customers; a backup was made before the last two acts."""
    folder = tmp_path / "firm"
    folder.mkdir()
    clerk = Clerk.with_book(folder, [*birch(), *customer("Elm & Sons", make.invoice("E-9", "9310.50", nov(2)))])
    clerk.desk.note("elm", "a first note")
    clerk.desk.book.fold(NOON)
    clerk.desk.log("birch", "fri 1200 ach tony")
    clerk.desk.note("elm", "a second note")
    return clerk


@pytest.fixture
def backup(clerk: Clerk) -> Path:
    return backups.found(clerk.path)[0].path


def bring(clerk: Clerk, source: Path | None = None, *, consent: bool = False) -> Restored:
    return restore(clerk.path, Clock(TEN), clerk.desk.clerk, source, consent=consent)


def acts(book: Book) -> dict[str, Record]:
    """The records that acts brought."""
    return {i: r for i, r in records(book).items() if not isinstance(r, Call | Draft)}


# A state is restored by an act


def test_a_whole_book_is_not_restored(clerk: Clerk) -> None:
    before = contents(clerk.path.parent)
    with pytest.raises(DeskError, match="whole: nothing is to be restored"):
        bring(clerk)
    assert contents(clerk.path.parent) == before


def test_restoring_a_state_is_an_act_that_undo_takes_back_exactly(clerk: Clerk, backup: Path) -> None:
    before = records(Book(clerk.path))
    done = bring(clerk, backup)
    assert done.recovered is None
    assert done.act == f"restored the state in {backup.name}"
    assert records(Book(clerk.path)) == records(Book(backup))
    last = Book(clerk.path).history[-1]
    assert (last.act, last.by, last.number) == (done.act, "ann", 5)
    assert done.desk.check()[0] == []
    again = clerk.later(TEN)
    assert again.desk.undo().undoes == 5
    assert records(Book(clerk.path)) == before
    assert again.desk.check()[0] == []


def test_open_calls_and_drafts_are_left_as_they_are(clerk: Clerk, backup: Path) -> None:
    clerk.desk.drafts.keep(Topic("note", "elm"), "half a wo", is_open=True)
    clerk.calls.typed(clerk.calls.begin("elm"), "fri 1")
    book = Book(clerk.path)
    calls, drafts = [*book.facts.all(Call)], [*book.facts.all(Draft)]
    assert calls
    assert drafts
    bring(clerk, backup)
    book = Book(clerk.path)
    assert ([*book.facts.all(Call)], [*book.facts.all(Draft)]) == (calls, drafts)
    assert acts(book) == acts(Book(backup))


def test_another_session_sees_the_restored_state_as_changes_and_goes_on(clerk: Clerk, backup: Path) -> None:
    other = Clerk(clerk.path, "bob")
    mirror = Mirror(other.desk.book)
    assert other.desk.standing("birch").live
    bring(clerk, backup)
    other.desk.refresh()
    assert not other.desk.standing("birch").live
    assert [a.note for a in other.desk.book.facts.all(Activity)] == ["a first note"]
    other.desk.note("birch", "mine")
    mirror.book.refresh()
    assert records(Book(clerk.path)) == records(other.desk.book)
    assert other.desk.check()[0] == []


def test_a_restore_on_which_another_clerks_act_stands_is_not_undone(clerk: Clerk, backup: Path) -> None:
    clerk.desk.stop("elm", "legal")
    bring(clerk, backup)
    Clerk(clerk.path, "bob").desk.stop("elm", "bankruptcy")
    before = records(Book(clerk.path))
    with pytest.raises(BookConflictError, match="a later change by bob stands on it"):
        clerk.later(TEN).desk.undo()
    assert records(Book(clerk.path)) == before


def test_a_copy_of_the_first_format_can_be_restored(clerk: Clerk, tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_bytes(FORMAT_1)
    done = bring(clerk, old)
    assert sorted(a.name for a in Book(clerk.path).facts.all(Account)) == ["Birch", "Cedar"]
    assert done.desk.check()[0] == []
    assert old.read_bytes() == FORMAT_1
    clerk.later(TEN).desk.undo()
    assert Book(clerk.path).facts.get(Account, "elm")


def test_a_file_whose_seal_is_broken_is_taken_only_with_consent(clerk: Clerk, backup: Path, tmp_path: Path) -> None:
    edited = tmp_path / "edited.json"
    edited.write_bytes(backup.read_bytes().replace(b"a first note", b"my own words"))
    before = contents(clerk.path.parent)
    with pytest.raises(DeskError, match=r"edited\.json.*seal is broken\. To take it as it is: --yes$"):
        bring(clerk, edited)
    assert contents(clerk.path.parent) == before
    done = bring(clerk, edited, consent=True)
    assert [a.note for a in done.desk.book.facts.all(Activity)] == ["my own words"]
    assert done.desk.check()[0] == []


NO_BOOKS: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda p: None, "there is no book"),
    "empty": (lambda p: p.write_bytes(b""), "is empty"),
    "garbage": (lambda p: p.write_bytes(b"\0garbage"), "damaged or no book"),
    "a list": (lambda p: p.write_text("a,b\n1,2\n"), "damaged or no book"),
    "another program's": (lambda p: p.write_text('{"_default":{}}'), "no book of arctui"),
    "a folder": (Path.mkdir, "no regular file"),
    "a pipe": (os.mkfifo, "no regular file"),
    "a link to nothing": (lambda p: p.symlink_to("away"), "there is no book"),
    "a link to itself": (lambda p: p.symlink_to(p.name), "cannot be opened"),
}


@pytest.mark.parametrize("broken", [False, True], ids=["whole", "damaged"])
@pytest.mark.parametrize("consent", [False, True], ids=["", "yes"])
@pytest.mark.parametrize(("put_it", "words"), NO_BOOKS.values(), ids=NO_BOOKS)
def test_a_file_that_is_no_book_is_refused_and_nothing_changed(
    clerk: Clerk, tmp_path: Path, put_it: Callable[[Path], object], words: str, consent: bool, broken: bool
) -> None:
    place = tmp_path / "file.json"
    put_it(place)
    if broken:
        clerk.path.write_bytes(b"")
    before = contents(clerk.path.parent)
    with pytest.raises((DeskError, BookError), match=words) as caught:
        bring(clerk, place, consent=consent)
    assert "arctui restore" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert contents(clerk.path.parent) == before


def test_a_book_is_not_restored_from_itself(clerk: Clerk) -> None:
    link = clerk.path.with_name("link.json")
    link.symlink_to(clerk.path)
    for source in (clerk.path, link):
        with pytest.raises(DeskError, match=r"as it is in .*: nothing to restore"):
            bring(clerk, source)


# A damaged book and a file that is named


def test_a_damaged_book_is_brought_back_first_so_that_the_named_state_can_be_taken_back(
    clerk: Clerk, backup: Path, tmp_path: Path
) -> None:
    everything = records(Book(clerk.path))
    old = Path(shutil.copy(backup, tmp_path / "old.json"))
    clerk.desk.book.fold(NOON.replace(day=24))
    clerk.path.write_bytes(b"")
    done = bring(clerk, old)
    assert done.recovered
    assert done.recovered.source != old
    assert done.act == "restored the state in old.json"
    assert records(Book(clerk.path)) == records(Book(old))
    assert done.desk.check()[0] == []
    clerk.later(TEN).desk.undo()
    assert records(Book(clerk.path)) == everything


def test_what_another_program_changed_in_the_book_is_taken_over_as_an_act(clerk: Clerk) -> None:
    document = json.loads(clerk.path.read_bytes())
    next(r for r in document["accounts"].values() if r["id"] == "elm")["name"] = "Elm and Daughters"
    clerk.path.write_text(json.dumps(document, indent=1))
    with pytest.raises(DeskError, match="--yes"):
        bring(clerk, clerk.path)
    done = bring(clerk, clerk.path, consent=True)
    assert [a.name for a in done.desk.accounts()] == ["Birch Works", "Elm and Daughters"]
    # What stood in the journal stays.
    assert [a.note for a in done.desk.book.facts.all(Activity)][-1] == "a second note"
    assert len([*done.desk.book.facts.all(Promise)]) == 1
    assert done.desk.check()[0] == []
    clerk.later(TEN).desk.undo()
    assert clerk.later(TEN).desk.find("elm").name == "Elm & Sons"


def test_a_file_of_another_book_makes_the_book_if_nothing_else_is_left(clerk: Clerk, tmp_path: Path) -> None:
    other = Book(tmp_path / "other.json", new=True)
    put(other, "Dale")
    other.fold(None)
    shutil.rmtree(backups.folder_of(clerk.path))
    clerk.path.write_bytes(b"garbage")
    done = bring(clerk, other.path)
    assert done.recovered
    assert (done.recovered.source, done.act) == (other.path, "")
    assert [a.name for a in done.desk.accounts()] == ["Dale"]
    assert done.desk.check()[0] == []


# Copies by hand


def test_a_copy_is_whole_private_and_sealed_and_holds_what_stands_in_the_journal_only(
    clerk: Clerk, tmp_path: Path
) -> None:
    before = contents(clerk.path.parent)
    mask = os.umask(0)
    try:
        copy, _ = back_up(clerk.desk, tmp_path / "copy.json")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert base.seal_fits(copy.read_bytes())
    assert records(Book(copy)) == records(Book(clerk.path))
    assert [t.hash for t in Book(copy).history] == [t.hash for t in Book(clerk.path).history]
    assert contents(clerk.path.parent) == before
    assert only_file(tmp_path) == ["copy.json", "firm"]


@pytest.mark.parametrize("kind", ["a file", "a link to nothing", "a folder", "the book"])
def test_a_copy_takes_nothing_elses_place(clerk: Clerk, tmp_path: Path, kind: str) -> None:
    target = clerk.path if kind == "the book" else tmp_path / "copy.json"
    if kind == "a file":
        target.write_text("mine")
    elif kind == "a link to nothing":
        target.symlink_to("away")
    elif kind == "a folder":
        target.mkdir()
    before = contents(tmp_path), only_file(tmp_path)
    with pytest.raises(BookError, match="exists already: name another file"):
        back_up(clerk.desk, target)
    assert (contents(tmp_path), only_file(tmp_path)) == before


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
def test_a_copy_that_the_disk_refuses_leaves_nothing(clerk: Clerk, tmp_path: Path, for_good: bool) -> None:
    before = contents(tmp_path)
    refused = 0
    for at in range(1000):
        with failing(at, ERRORS["ENOSPC"], for_good=for_good) as watch:
            try:
                back_up(clerk.desk, tmp_path / "copy.json")
            except BookError as error:
                refused += "disk is full" in str(error)
        made = {n: c for n, c in contents(tmp_path).items() if n not in before}
        if not watch.struck:
            assert [*made] == ["copy.json"]
            assert refused > 5
            return
        # A disk that refuses everything does not let go of what it took either.
        assert made.keys() <= {"copy.json"} or for_good, watch.passed[at]
        for name in made:
            (tmp_path / name).unlink()
    raise AssertionError("it never ends")


def test_where_there_is_no_room_beside_the_book_a_copy_can_be_made_elsewhere(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def full(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if flags & os.O_CREAT and Path(path).parent == clerk.path.parent:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return opened(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", full)
    copy, _ = back_up(clerk.desk, tmp_path / "copy.json")
    assert records(Book(copy)) == records(Book(clerk.path))


def test_whole_backups_are_listed_the_newest_first(clerk: Clerk, backup: Path) -> None:
    clerk.desk.book.fold(NOON.replace(day=24))
    assert [(k.number, k.at.day) for k in kept(clerk.desk)] == [(4, 24), (2, 23)]
    backup.write_bytes(b"garbage")
    assert [k.number for k in kept(clerk.desk)] == [4]
