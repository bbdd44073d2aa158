"""A restore that is killed or refused at any call leaves the damaged files or the restored book; the next ends it."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from arctui.store import Book, BookError
from arctui.store.recovery import recover
from arctui.store.verify import problems
from tests.store.crashes import dying, failing
from tests.store.damaged import ACCOUNTS, BACKUPS, DRAFTS, HEAVY, JOURNAL, LIGHT, changing, copied, make
from tests.store.faults import ERRORS, quick_disk
from tests.store.makers import NOON, contents, held, only_file, put

HELD = sorted([*ACCOUNTS, *DRAFTS])
CASES: dict[str, Callable[[Path], None]] = {
    "a bit in a record": LIGHT["a bit in a record"],
    "a folder in its place": HEAVY["a folder"],
    "missing": HEAVY["missing"],
    "a damaged draft in the journal": lambda path: changing(b"late", b"lane")(path.with_name(JOURNAL)),
}
MANY = 1000


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    with quick_disk():
        yield


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("kept") / "book", last_fold_is_kept=True).parent


def is_whole(path: Path) -> bool:
    try:
        Book(path)
    except BookError:
        return False
    return True


def see_that_nothing_is_lost(path: Path, before: dict[str, bytes], where: str) -> None:
    """Everything that was there is there still, under its name or another; and the next restore finishes."""
    after = contents(path.parent)
    is_restored = is_whole(path)
    for name, content in before.items():
        # A whole base goes on in the restored one.
        assert content in after.values() or (is_restored and name == "b.json"), (where, name)
        assert after.get(name) == content or not name.startswith(BACKUPS), (where, name)
    if not is_restored:
        recover(path, NOON, "ann")
    book = Book(path)
    assert sorted({*held(book), "draft late"}) == HELD, where
    assert problems(book) == [], where
    put(book, "next")
    assert book.fold(NOON) == "", where
    assert not [n for n in (*only_file(path.parent), *only_file(path.with_name(BACKUPS))) if n.startswith(".")], where


@pytest.mark.parametrize("damage", ["a bit in a record", "a folder in its place"])
def test_a_restore_that_is_killed_at_any_point_loses_nothing_and_the_next_one_finishes(
    kept: Path, tmp_path: Path, damage: str
) -> None:
    for at in range(MANY):
        path = copied(kept, tmp_path / str(at))
        CASES[damage](path)
        before = contents(path.parent)
        with dying(at) as watch:
            recover(path, NOON, "ann")
        see_that_nothing_is_lost(path, before, f"{at} {watch.passed[-1]}")
        if not watch.struck:
            assert at > 40
            return
    raise AssertionError("it never ends")


@pytest.mark.parametrize(
    ("damage", "for_good"),
    [
        ("a bit in a record", False),
        ("a damaged draft in the journal", False),
        ("missing", True),
        ("a folder in its place", True),
    ],
)
def test_a_restore_that_the_disk_refuses_at_any_call_says_so_and_the_next_one_finishes(
    kept: Path, tmp_path: Path, damage: str, for_good: bool
) -> None:
    refused = 0
    for at in range(MANY):
        path = copied(kept, tmp_path / str(at))
        CASES[damage](path)
        before = contents(path.parent)
        names = only_file(path.parent)
        done, said = None, ""
        with failing(at, ERRORS["ENOSPC"], for_good=for_good) as watch:
            try:
                done = recover(path, NOON, "ann")
            except BookError as error:
                said = str(error)
        where = f"{at} {watch.passed[-1]} {said}"
        refused += bool(said)
        assert done or (str(path.parent) in said and "disk is full" in said and "\n" not in said), where
        if done and done.backup_problem:
            assert "no backup was made" in done.backup_problem, where
        if done is None and not for_good and not is_whole(path) and path.is_file():
            # What was made is taken away again, but for a second name of what is damaged.
            litter = {*only_file(path.parent)} - {*names}
            assert all(n.startswith(("b.json.damaged-", f"{JOURNAL}.damaged-")) for n in litter), (where, litter)
        see_that_nothing_is_lost(path, before, where)
        if not watch.struck:
            assert refused > 10
            return
    raise AssertionError("it never ends")


def test_a_file_system_without_links_keeps_the_damaged_file_too(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copied(kept, tmp_path / "book")
    LIGHT["a bit in a record"](path)
    damaged = path.read_bytes()

    def link(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    done = recover(path, NOON, "ann")
    assert done.set_aside[0].read_bytes() == damaged
    assert held(Book(path)) == HELD


@pytest.mark.parametrize("call", ["listdir", "scandir"])
def test_a_folder_that_cannot_be_listed_is_told_and_nothing_changed(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = copied(kept, tmp_path / "book")
    LIGHT["a bit in a record"](path)
    before = contents(path.parent)

    def refuse(*_: object) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(BookError, match="Too many open files"):
        recover(path, NOON, "ann")
    monkeypatch.undo()
    assert {n: c for n, c in contents(path.parent).items() if ".damaged-" not in n} == before
