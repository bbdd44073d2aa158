"""A short journal may be left to a later session: writing all of a large book for one act would take long."""

from pathlib import Path

import pytest

from arctui.core.changes import added
from arctui.core.records import Account
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book, journal

NOON = Clock("2026-11-23T12:00-05:00")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book of some size, folded."""
    path = tmp_path / "book.json"
    desk = Desk(Book(path, new=True), NOON, "ann")
    desk.commit("made", [added(Account(id=f"a{n}", name=f"Birch {n}")) for n in range(300)])
    desk.leave()
    return path


def test_a_short_journal_stays_for_a_later_session_and_nothing_is_lost_by_it(path: Path) -> None:
    folded = path.read_bytes()
    desk = Desk(Book(path), NOON, "ann")
    desk.note("a1", "looked at")
    desk.leave(0.5)
    assert path.read_bytes() == folded
    assert journal.read(path)
    again = Desk(Book(path), NOON, "ann")
    assert [a.note for a in again.dossier("a1").activities] == ["looked at"]
    again.stay()
    again.leave()
    assert not journal.read(path)


def test_a_long_journal_is_folded(path: Path) -> None:
    folded = path.read_bytes()
    desk = Desk(Book(path), NOON, "ann")
    desk.note("a1", "looked at")
    desk.leave(0.001)
    assert path.read_bytes() != folded
    assert not journal.read(path)
