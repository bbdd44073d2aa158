"""The journal is written into the book's file at quiet moments and when the last session leaves; no key waits."""

import asyncio
import errno
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from tinydb import TinyDB

from arctui.core.changes import changed
from arctui.core.records import Activity
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book, BookError, backups
from arctui.store.fold import Fold
from arctui.store.verify import problems
from arctui.tui.screens import folding
from tests.store.faults import refusing
from tests.tui.conftest import DEMO_DAY
from tests.tui.terminal import Terminal, opened
from tests.tui.workstation import Workstation, workstation

pytestmark = pytest.mark.usefixtures("nobody_looks")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fold as soon as anything is to be folded."""
    monkeypatch.setattr(folding, "_QUIET_SECONDS", 0.0)
    monkeypatch.setattr(folding, "_IDLE_SECONDS", 0.0)


class Gate:
    """Holds the writing of a fold up until it is let through."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.open = threading.Event()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate, write = Gate(), Fold.write

    def held_up(fold: Fold) -> None:
        gate.reached.set()
        assert gate.open.wait(20)
        write(fold)

    monkeypatch.setattr(Fold, "write", held_up)
    yield gate
    gate.open.set()


async def note(clerk: Workstation, text: str) -> None:
    await clerk.press("n")
    await clerk.enter(text)
    assert clerk.status.startswith("saved")


def begin(clerk: Workstation) -> threading.Thread:
    """Look at the book, as the screen does twice a second; return the thread of the fold that begins."""
    clerk.desk.following.look()
    thread = clerk.desk.following.folding.thread
    assert thread
    return thread


async def done(clerk: Workstation, thread: threading.Thread) -> None:
    """Wait for a fold and for what the screen does at its end."""
    thread.join(20)
    assert not thread.is_alive()
    await clerk.until(lambda: clerk.desk.following.folding.thread is None)


def notes(demo: Path) -> set[str]:
    """The notes that stock TinyDB finds in the book's file."""
    with TinyDB(demo, access_mode="r") as db:
        return {a["note"] for a in db.table("activities").all() if a["kind"] == "note"}


def journal(demo: Path) -> Path:
    return demo.with_name(f"{demo.name}.journal")


def unfinished(demo: Path) -> list[str]:
    """Return the half-made files beside a book; the folder is the program's home as well, where its cache lies."""
    return [p.name for p in demo.parent.iterdir() if p.name.startswith(".") and p.name != ".cache"]


# Quiet moments


@pytest.mark.usefixtures("at_once")
async def test_a_quiet_book_is_folded_and_backed_up_unseen(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await note(clerk, "the boss is away")
        shown = clerk.text
        assert "the boss is away" not in notes(demo)
        await done(clerk, begin(clerk))
        assert "the boss is away" in notes(demo)
        assert not journal(demo).exists()
        assert len(backups.found(demo)) == 1
        assert clerk.text == shown
        # Nothing is left to be folded.
        clerk.desk.following.look()
        assert clerk.desk.following.folding.thread is None
        await clerk.press("u")
        assert "undone: note" in clerk.status
    assert problems(Book(demo)) == []


@pytest.mark.usefixtures("at_once")
async def test_it_is_folded_behind_a_listing_and_a_line_too(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await note(clerk, "one")
        await clerk.press("i")
        await done(clerk, begin(clerk))
        assert "one" in notes(demo)
        await clerk.press("escape", "n")
        await clerk.type("half a no")
        clerk.desk.typing.flush()
        await done(clerk, begin(clerk))
        assert clerk.desk.prompt.input.value == "half a no"
        assert not journal(demo).exists()


async def test_a_long_journal_is_folded_sooner_than_a_short_one_and_a_busy_one_not_at_all(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = 1000.0
    monkeypatch.setattr(folding, "time", SimpleNamespace(monotonic=lambda: seconds))
    async with workstation(demo, DEMO_DAY) as clerk:

        def looks(*moments: float) -> None:
            nonlocal seconds
            for moment in moments:
                seconds = moment
                clerk.desk.following.look()
                assert clerk.desk.following.folding.thread is None

        await note(clerk, "one")
        looks(1001, 1299)
        # Another session's commit is as good a reason to wait as our own.
        other = Desk(Book(demo), Clock(DEMO_DAY), "bob")
        other.note(other.find("Kestrel").id, "two")
        looks(1302, 1600)
        seconds = 1603.0
        await done(clerk, begin(clerk))
        monkeypatch.setattr(folding, "_LONG_BYTES", 10)
        await note(clerk, "three")
        looks(1700, 1709)
        seconds = 1711.0
        await done(clerk, begin(clerk))
        assert "three" in notes(demo)


# While it is written


@pytest.mark.usefixtures("at_once")
async def test_keys_go_on_while_it_is_written_and_what_they_save_is_not_lost(demo: Path, gate: Gate) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await note(clerk, "before")
        thread = begin(clerk)
        assert gate.reached.wait(20)
        await note(clerk, "meanwhile")
        other = Desk(Book(demo), Clock(DEMO_DAY), "bob")
        other.note(other.find("Kestrel").id, "by another")
        clerk.desk.following.look()
        assert clerk.desk.following.folding.thread is thread
        gate.open.set()
        await done(clerk, thread)
        assert {"before"} == notes(demo) & {"before", "meanwhile"}
        acts = [(t.by, t.act) for t in Book(demo).history[-3:]]
        assert acts == [(by, "note, Kestrel Table Group") for by in ("ann", "ann", "bob")]
        await note(clerk, "after")
        await done(clerk, begin(clerk))
        assert {"before", "meanwhile", "after"} <= notes(demo)
    assert problems(Book(demo)) == []


@pytest.mark.usefixtures("at_once")
async def test_if_another_session_folds_first_nothing_is_said_and_nothing_lost(demo: Path, gate: Gate) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await note(clerk, "before")
        thread = begin(clerk)
        assert gate.reached.wait(20)
        status = clerk.status
        gate.open.set()
        thread.join(20)
        # The thread is done; before the screen hears of it, another session writes the book anew.
        other = Desk(Book(demo), Clock(DEMO_DAY), "bob")
        other.note(other.find("Kestrel").id, "by another")
        other.book.fold(None)
        await done(clerk, thread)
        assert clerk.status == status
        await note(clerk, "after")
    assert [t.act for t in Book(demo).history[-3:]] == ["note, Kestrel Table Group"] * 3
    assert unfinished(demo) == []
    assert problems(Book(demo)) == []


@pytest.mark.usefixtures("at_once")
async def test_a_disk_that_refuses_it_is_not_complained_about_and_it_is_tried_again_later(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await note(clerk, "before")
        status = clerk.status
        with refusing("write", errno.ENOSPC):
            await done(clerk, begin(clerk))
        assert clerk.status == status
        assert unfinished(demo) == []
        # Not at once again.
        clerk.desk.following.look()
        assert clerk.desk.following.folding.thread is None
        await note(clerk, "after")
        monkeypatch.setattr(clerk.desk.following.folding, "_not_before", 0.0)
        await done(clerk, begin(clerk))
        assert {"before", "after"} <= notes(demo)


@pytest.mark.usefixtures("at_once")
async def test_a_large_book_that_is_damaged_meanwhile_is_not_folded_and_the_screen_stays(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arctui.store.opened.WORTH_IT", 0)
    async with workstation(demo, DEMO_DAY) as clerk:
        monkeypatch.setattr(folding, "_IDLE_SECONDS", 1e9)
        desk = clerk.desk.desk
        known = next(desk.book.facts.all(Activity))
        desk.commit("a change", [changed(known, note="before")])
        content = demo.read_bytes()
        demo.write_bytes(content.replace(known.id.encode(), known.id[::-1].encode()))
        monkeypatch.setattr(folding, "_IDLE_SECONDS", 0.0)
        clerk.desk.following.look()
        assert "its seal is broken" in clerk.status
        assert clerk.desk.following.folding.thread is None
        demo.write_bytes(content)
        clerk.desk.following.look()
        assert clerk.status == "the book can be read again"
        monkeypatch.setattr(clerk.desk.following.folding, "_not_before", 0.0)
        await done(clerk, begin(clerk))
    assert Book(demo).facts.get(Activity, known.id) == changed(known, note="before").after
    assert not journal(demo).exists()


@pytest.mark.usefixtures("at_once")
async def test_an_error_at_the_very_end_is_told_and_nothing_is_lost(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await note(clerk, "before")

        def refused(_: Fold) -> None:
            raise BookError(f"{demo} cannot be written: the disk reports an error")

        with monkeypatch.context() as patch:
            patch.setattr(Fold, "install", refused)
            await done(clerk, begin(clerk))
        assert clerk.status == (
            "everything is saved, but the book cannot be written anew: demo.json cannot be written: the disk reports "
            "an error"
        )
        assert unfinished(demo) == []
        await note(clerk, "after")
    assert len([t for t in Book(demo).history if t.act.startswith("note,")]) == 2


@pytest.mark.usefixtures("at_once")
async def test_a_lock_that_is_held_does_not_hold_up_the_screen(demo: Path) -> None:
    from arctui.store import files

    async with workstation(demo, DEMO_DAY) as clerk:
        await note(clerk, "before")
        status = clerk.status
        began = asyncio.get_running_loop().time()
        with files.locked(demo):
            await done(clerk, begin(clerk))
        assert asyncio.get_running_loop().time() - began < 2
        assert clerk.status == status


# Leaving


@pytest.mark.usefixtures("at_once")
def test_leaving_while_it_is_written_leaves_no_unfinished_file(
    demo: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", failed.append)
    leave = folding.Folding.leave

    def left(going_on: folding.Folding) -> None:
        assert going_on.thread
        assert going_on.thread.is_alive()
        gate.open.set()
        leave(going_on)
        assert not going_on.thread.is_alive()

    monkeypatch.setattr(folding.Folding, "leave", left)

    async def day() -> Desk:
        async with workstation(demo, DEMO_DAY) as clerk:
            await note(clerk, "before")
            begin(clerk)
            assert gate.reached.wait(20)
            await clerk.press("q")
            return clerk.app.desk

    desk = asyncio.run(day())
    assert gate.open.is_set()
    assert desk.leave() == ""
    assert failed == []
    assert len(backups.found(demo)) == 1
    assert unfinished(demo) == []
    assert "before" in notes(demo)
    assert problems(Book(demo)) == []


def test_q_leaves_one_file_that_stock_tinydb_reads_and_a_backup(demo: Path) -> None:
    with opened(demo) as terminal:
        type_note(terminal, b"kept in one file")
        assert "kept in one file" not in notes(demo)
        terminal.type(b"q")
        assert terminal.wait() == 0
    assert "kept in one file" in notes(demo)
    assert not journal(demo).exists()
    assert unfinished(demo) == []
    (backup,) = backups.found(demo)
    assert "kept in one file" in notes(backup.path)


def test_the_last_of_two_workstations_to_leave_writes_the_book(demo: Path) -> None:
    with opened(demo) as first, opened(demo) as second:
        type_note(first, b"by the first")
        first.type(b"q")
        assert first.wait() == 0
        assert journal(demo).exists()
        assert backups.found(demo) == []
        assert "by the first" not in notes(demo)
        second.type(b"q")
        assert second.wait() == 0
    assert "by the first" in notes(demo)
    assert not journal(demo).exists()
    assert len(backups.found(demo)) == 1


def type_note(terminal: Terminal, text: bytes) -> None:
    terminal.type(b"n")
    terminal.read_until(b"free words")
    terminal.type(text + b"\r")
    terminal.read_until(b"saved 10:12")
