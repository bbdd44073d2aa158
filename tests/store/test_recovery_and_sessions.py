"""A restore beside open sessions, and who may read what it makes."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from arctui.store import Book, BookConflictError, BookError, backups, journal
from arctui.store.recovery import recover
from tests.store.crashes import Mirror, wrong
from tests.store.damaged import ACCOUNTS, DAMAGES, copied, make
from tests.store.faults import quick_disk
from tests.store.makers import NOON, contents, names, put


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    with quick_disk():
        yield


@pytest.fixture(scope="module")
def unkept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a book that was folded once more than it was backed up."""
    return make(tmp_path_factory.mktemp("unkept") / "book", last_fold_is_kept=False).parent


@pytest.fixture
def path(unkept: Path, tmp_path: Path) -> Path:
    return copied(unkept, tmp_path / "book")


@pytest.mark.parametrize("damage", ["a bit in a record", "empty", "missing", "a folder"])
def test_an_open_session_sees_the_restored_state_as_changes_and_goes_on_from_it(path: Path, damage: str) -> None:
    session = Book(path)
    mirror = Mirror(session)
    DAMAGES[damage](path)
    with pytest.raises(BookError):
        put(session, "too early")
    restored = recover(path, NOON, "ann")
    assert session.refresh()
    assert mirror.is_true()
    assert names(session) == names(Book(path)) == (ACCOUNTS if not restored.missing else ACCOUNTS[:4])
    put(session, "next")
    session.undo("ann", NOON)
    put(session, "next again")
    session.fold(NOON)
    assert wrong(path, [*names(Book(path))]) == ""
    assert "next again" in names(Book(path))
    assert session.history[restored.number].by == "arctui"


def test_a_restored_book_is_not_restored_once_more(path: Path) -> None:
    path.write_bytes(b"")
    recover(path, NOON, "ann")
    before = contents(path.parent)
    with pytest.raises(BookConflictError, match="just brought"):
        recover(path, NOON, "bob")
    assert contents(path.parent) == before


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("shared", [False, True])
def test_what_a_restore_makes_is_private_or_the_groups_under_any_umask(
    path: Path, damage: Callable[[Path], None], shared: bool
) -> None:
    folder = path.parent
    folder.chmod(0o2770 if shared else 0o755)
    damage(path)
    before = os.umask(0)
    try:
        done = recover(path, NOON, "ann")
        put(Book(path), "next")
    finally:
        os.umask(before)
    made = [path, journal.place_of(path), backups.found(path)[0].path]
    assert {p.stat().st_mode & 0o777 for p in made} == {0o660 if shared else 0o600}
    assert all(p.stat().st_mode & 0o077 == 0 or shared for p in done.set_aside if p.is_file())
