"""A disk that refuses: one sentence says why and what to do, what was typed stays, and the same key works later."""

import errno
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from arctui.core.calls import Call
from arctui.core.drafts import Draft
from arctui.core.records import Record
from arctui.core.tables import TABLES
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book, files
from arctui.store.verify import problems
from tests.store.faults import REAL, faults, realistic, refusing
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

pytestmark = pytest.mark.usefixtures("nobody_looks")


#: What the system says, by the call that says it, and what the clerk reads.
REASONS = {
    ("write", errno.ENOSPC): "the disk is full: free some space, then try again",
    ("write", errno.EDQUOT): "your disk quota is used up: free some space, then try again",
    ("fsync", errno.EIO): "the disk reports an error: try again, and tell who looks after this machine",
    ("open", errno.EROFS): "the disk is read-only: nothing can be saved there until that is changed",
    ("open", errno.EACCES): "you have no permission there: ask who looks after this machine",
}


@contextmanager
def refused(call: str, number: int) -> Iterator[None]:
    """Let the disk refuse all that is written while the block runs; it can still be read."""
    if call != "open":
        with refusing(call, number):
            yield
        return
    before = os.open

    def opened(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(number, os.strerror(number))
        return int(REAL["open"](path, flags, *rest, **more))

    os.open = opened
    try:
        yield
    finally:
        os.open = before


class Once:
    """A strike at the N-th point at which the system may fail, and at no other."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.passed = 0

    def __call__(self, where: str) -> None:
        if realistic(where):
            self.passed += 1
            if self.passed == self.at + 1:
                raise OSError(errno.EIO, os.strerror(errno.EIO))


Facts = dict[str, list[Record]]


def facts(book: Book) -> Facts:
    """All records but the drafts."""
    return {name: list(book.facts.all(kind)) for name, kind in TABLES.items() if kind is not Draft}


class Act:
    """What the clerk is about to do: the keys that lead up to it, and the key that saves it."""

    def __init__(
        self, clerk: Workstation, prepare: Callable[[Workstation], Awaitable[None]], key: str, typed: str = ""
    ) -> None:
        self.clerk = clerk
        self.prepare = prepare
        self.key = key
        self.typed = typed


async def promise(clerk: Workstation) -> None:
    await clerk.press("p")
    await clerk.type("fri 77 ach")


async def on_the_phone(clerk: Workstation) -> None:
    """Be in a call, at its first step."""
    if clerk.desk.calling.call is None:
        await clerk.press("enter")
    elif clerk.desk.calling.call.moves:
        await clerk.press("backspace")


async def a_line_of_the_call(clerk: Workstation) -> None:
    if clerk.desk.calling.call is None:
        await clerk.press("enter", "1")
    await clerk.press("p")
    await clerk.type("fri 77 ach")


async def an_end(clerk: Workstation) -> None:
    if clerk.desk.calling.call is None:
        await clerk.press("enter")
    if not clerk.desk.calling.now.moves:
        await clerk.press("1")
    await clerk.press("l")
    await clerk.type("na")


async def another_call(clerk: Workstation) -> None:
    """Be in a call that somebody was reached in, and look at another account."""
    call = clerk.desk.calling.call
    if call is None:
        await clerk.press("enter", "1")
    elif not call.moves:
        await clerk.press("1")
    await clerk.press("w", "j")


async def a_review(clerk: Workstation) -> None:
    if not clerk.desk.reviewing.open:
        await clerk.press("r", "enter")
    await clerk.press(*["left_square_bracket"] * 3, "5")
    await clerk.type("signs tomorrow")


async def an_act(clerk: Workstation) -> None:
    await clerk.press("n")
    await clerk.enter("the boss is away")


async def an_ended_call(clerk: Workstation) -> None:
    await an_end(clerk)
    await clerk.press("enter")


async def an_import(clerk: Workstation) -> None:
    folder = clerk.app.desk.book.path.parent
    number = len(list(folder.glob("*.csv")))
    report = folder / f"{number}.csv"
    lines = ["Customer,Invoice,Date,Due Date,Balance", f"Birch Works,B-{number},2026-09-08,2026-10-08,100.00"]
    report.write_text("\n".join(lines), encoding="utf-8")
    if isinstance(clerk.app.screen_stack[-1], type(clerk.desk)) is False:
        await clerk.press("escape")
    await clerk.press("o")
    await clerk.paste(f"{report} --add")


async def a_dispute(clerk: Workstation) -> None:
    account = clerk.app.desk.find("Beacon").id
    clerk.desk.moving.find_account(account)
    if not any(d.closed_on is None for d in clerk.app.desk.dossier(account).disputes):
        await clerk.press("d")
        await clerk.enter("50 wrong colour")
        clerk.desk.moving.find_account(account)
    await clerk.press()


async def an_entry(clerk: Workstation) -> None:
    if clerk.desk.front != "calendar":
        await clerk.press("c", "enter")
        planning = clerk.desk.planning
        entry = next(e for e in planning._entries.entries() if "Darnell" in e.why)
        planning.show(entry.key)
        await clerk.press()


ACTS: dict[str, tuple[Callable[[Workstation], Awaitable[None]], str, str]] = {
    "a promise": (promise, "enter", "fri 77 ach"),
    "the beginning of another call": (another_call, "enter", ""),
    "a move of a call": (on_the_phone, "1", ""),
    "a line of a call": (a_line_of_the_call, "enter", "fri 77 ach"),
    "the end of a call": (an_end, "enter", "na"),
    "a decision of the review": (a_review, "enter", "signs tomorrow"),
    "undo": (an_act, "u", ""),
    "undo of a call": (an_ended_call, "u", ""),
    "an import": (an_import, "enter", ".csv --add"),
    "a dispute that is solved": (a_dispute, "D", ""),
    "a day of the calendar": (an_entry, "plus", ""),
}


#: One of each kind: what is typed, what a call, the review and an import save, what is taken back. The others are a
#: long trial.
_AT_EVERY_POINT = (
    "a promise",
    "a line of a call",
    "the end of a call",
    "a decision of the review",
    "undo of a call",
    "an import",
)


def seen(clerk: Workstation) -> str:
    """What stands on the screen, its lines joined where they were broken."""
    return " ".join(clerk.text.split())


def unchanged(clerk: Workstation, demo: Path, before: Facts, typed: str) -> bool:
    """Is nothing saved, neither on disk nor in memory, and does what was typed stand on the screen?"""
    on_disk, here = Book(demo), clerk.app.desk.book
    calling = clerk.desk.calling.call
    return (
        facts(on_disk) == facts(here) == before
        and on_disk.number == here.number
        and (calling is None or calling == here.facts.get(Call, calling.id))
        and typed in clerk.desk.prompt.input.value
        and clerk.desk.prompt.display is bool(typed)
    )


@pytest.mark.parametrize("act", ACTS)
async def test_it_is_said_why_and_the_same_key_saves_it_when_the_fault_is_gone(demo: Path, act: str) -> None:
    prepare, key, typed = ACTS[act]
    async with workstation(demo, DEMO_DAY) as clerk:
        await prepare(clerk)
        before = facts(Book(demo))
        # What each refusal is called does not depend on the act.
        reasons = REASONS if act == "a promise" else dict([*REASONS.items()][:: len(REASONS) - 1])
        for (call, number), reason in reasons.items():
            with refused(call, number):
                await clerk.press(key)
            assert reason in seen(clerk), reason
            assert "Errno" not in seen(clerk)
            assert unchanged(clerk, demo, before, typed), reason
        await clerk.press(key)
        assert facts(Book(demo)) == facts(clerk.app.desk.book) != before
        assert not [reason for reason in REASONS.values() if reason in seen(clerk)]
    assert problems(Book(demo)) == []


@pytest.mark.parametrize(
    "act", [act if act in _AT_EVERY_POINT else pytest.param(act, marks=pytest.mark.sweep) for act in ACTS]
)
async def test_wherever_the_disk_fails_once_an_act_is_saved_whole_or_not_at_all(demo: Path, act: str) -> None:
    prepare, key, typed = ACTS[act]
    tried = said = 0
    async with workstation(demo, DEMO_DAY) as clerk:
        ready = False
        for at in range(80):
            if not ready:
                await prepare(clerk)
            # On disk it is the same: that is looked at after each key.
            before = facts(clerk.app.desk.book)
            strike = Once(at)
            with faults(0, strike, lasting=True):
                await clerk.press(key)
            if strike.passed <= at:
                break
            tried += 1
            ready = unchanged(clerk, demo, before, typed)
            if ready:
                said += "the disk reports an error" in seen(clerk)
            else:
                assert facts(Book(demo)) == facts(clerk.app.desk.book) != before
        assert strike.passed <= at
        assert tried > said >= 3
        assert facts(Book(demo)) == facts(clerk.app.desk.book) != before
    assert problems(Book(demo)) == []


# Leaving


async def test_a_call_that_cannot_be_parked_stays_open_and_q_says_how_to_leave(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "1")
        call = clerk.desk.calling.call
        with refused("write", errno.ENOSPC):
            await clerk.press("escape")
            assert "the disk is full: free some space, then try again" in clerk.status
            assert clerk.desk.calling.call == call
            await clerk.press("q")
            assert clerk.status == (
                "the call cannot be parked (demo.json.journal cannot be written: the disk is full: free some space, "
                "then try again): Ctrl+Q leaves without that"
            )
            assert clerk.desk.calling.call == call
            await clerk.press("ctrl+q")
        assert not clerk.app.is_running
    assert list(Book(demo).facts.all(Call)) == [call]


async def test_the_day_is_not_closed_where_that_cannot_be_saved(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("r", "enter", *["right_square_bracket"] * 10)
        await clerk.press("enter")
        with refused("write", errno.ENOSPC):
            await clerk.press("enter")
        assert "the disk is full: free some space, then try again" in clerk.status
        assert clerk.desk.reviewing.open
        await clerk.press("enter")
        assert "review of Mon 23 Nov closed" in clerk.status


# A book that cannot be read for a while


@pytest.mark.parametrize("key", ["", "p", "enter", "r", "c"])
async def test_what_cannot_be_read_is_said_as_long_as_it_is_so(demo: Path, key: str) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        if key:
            await clerk.press(key)
        other = Desk(Book(demo), Clock(DEMO_DAY), "bob")
        other.log(other.find("Stonefield").id, "na")
        name, place = clerk.account, clerk.desk.place
        with refusing("open", errno.EIO):
            for _ in range(3):
                clerk.desk.following.look()
            await clerk.press()
            assert "demo.json.journal cannot be read: the disk reports an error: try again" in clerk.status
            assert "Stonefield Masonry" in clerk.accounts
        clerk.desk.following.look()
        await clerk.press()
        assert clerk.status == "the book can be read again"
        assert "Stonefield Masonry" not in clerk.accounts
        assert (clerk.account, clerk.desk.place) == (name, place)
        clerk.desk.tell("something else")
        clerk.desk.following.look()
        assert clerk.status == "something else"


# A session that holds the book locked and does not go on


@pytest.mark.parametrize("act", ACTS)
async def test_a_book_that_stays_locked_is_said_and_the_same_key_saves_later(demo: Path, act: str) -> None:
    prepare, key, typed = ACTS[act]
    async with workstation(demo, DEMO_DAY) as clerk:
        clerk.app.desk.book.wait_at_most(0.01)
        await prepare(clerk)
        before = facts(Book(demo))
        with files.locked(demo):
            await clerk.press(key)
            assert "is locked by another session: try again in a moment" in seen(clerk)
            assert unchanged(clerk, demo, before, typed)
        await clerk.press(key)
        assert facts(Book(demo)) == facts(clerk.app.desk.book) != before


async def test_neither_looking_nor_keeping_waits_long_for_a_locked_book(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    locked = files.locked

    def watched(path: Path, seconds: float = files.LOCK_SECONDS) -> Any:
        waits.append(seconds)
        return locked(path, min(seconds, 0.01))

    async with workstation(demo, DEMO_DAY) as clerk:
        clerk.app.desk.stay()
        await clerk.press("n")
        await clerk.type("on the dr")
        with files.locked(demo):
            monkeypatch.setattr(files, "locked", watched)
            clerk.desk.following.look()
            assert waits == []
            clerk.desk.typing.flush()
            assert waits == [0.1]
            # Another session's commit may just take a moment: only what lasts is worth a word.
            assert clerk.status == ""
            clerk.desk.typing.flush()
            assert clerk.status == (
                "not kept on disk, only here: demo.json is locked by another session: try again in a moment"
            )
            waits.clear()
            await clerk.press("enter")
            assert waits == [2.0]
            assert "is locked by another session" in " ".join(clerk.reading.split())
            assert clerk.desk.prompt.input.value == "on the dr"
        await clerk.type("ive")
        clerk.desk.typing.flush()
        assert clerk.status == "what you typed is kept on disk again"
        assert [d.text for d in Book(demo).facts.all(Draft)] == ["on the drive"]
        await clerk.press("enter")
        assert clerk.status.startswith("saved")
