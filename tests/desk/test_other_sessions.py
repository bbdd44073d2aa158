"""What a desk knows of other sessions: what they did and was not shown yet, whom they call, and which are gone."""

import errno
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from arctui.core.calls import Call
from arctui.core.drafts import Topic
from arctui.core.tables import TABLES
from arctui.core.worklist import on_the_line
from arctui.desk import Desk
from arctui.desk.history import last_since
from arctui.desk.importing import ImportOptions
from arctui.store import Book, BookBusyError, BookError, files, journal
from arctui.store.verify import problems
from tests.core import builders as make
from tests.core.oracle import nov
from tests.desk.programs import program, session_of
from tests.playbook.clerks import Clerk, birch, customer
from tests.store.faults import failing, faults

REACHED = "Speaking, or put through"


@pytest.fixture
def ann(tmp_path: Path) -> Clerk:
    """Ann, with Birch Works and Elm & Sons on her list; Gorse Ltd is not on it."""
    elm = customer("Elm & Sons", make.invoice("E-9", "9310.50", nov(2)))
    return Clerk.with_book(tmp_path, [*birch(), *elm, *customer("Gorse Ltd")])


@pytest.fixture
def bob(ann: Clerk) -> Clerk:
    """Bob, at the same book; his program is another one."""
    clerk = Clerk(ann.path, "bob")
    ann.desk.refresh()
    return clerk


@pytest.fixture
def running() -> Iterator["subprocess.Popen[bytes]"]:
    with program() as running:
        yield running


def lines(path: Path) -> int:
    """How many lines stand in the journal."""
    found = journal.read(path)
    assert found
    return len(journal.parse(found.content, path).lines)


# What was not shown yet


def test_it_stays_unshown_until_somebody_shows_it_whatever_is_done_meanwhile(ann: Clerk, bob: Clerk) -> None:
    assert not ann.desk.refresh()
    bob.desk.log("elm", "na")
    ann.desk.drafts.keep(Topic("note", "birch"), "the boss", is_open=True)
    assert ann.desk.refresh()
    assert ann.desk.refresh()
    ann.desk.unshown = False
    assert not ann.desk.refresh()


def test_one_s_own_acts_are_nothing_new(ann: Clerk) -> None:
    ann.desk.log("elm", "na")
    ann.begin().say(REACHED)
    ann.desk.drafts.keep(Topic("note", "birch"), "the boss", is_open=False)
    assert not ann.desk.refresh()


def test_what_another_clerk_types_is_nothing_new_but_beginning_parking_and_ending_a_call_is(
    ann: Clerk, bob: Clerk
) -> None:
    def is_new() -> bool:
        seen = ann.desk.refresh()
        ann.desk.unshown = False
        return seen

    bob.begin()
    assert is_new()
    bob.say(REACHED).note("sounds tired")
    bob.call = bob.calls.typed(bob.call, "fri 12")
    bob.desk.drafts.keep(Topic("note", "elm"), "ask for", is_open=False)
    assert not is_new()
    bob.calls.leave(bob.call)
    assert is_new()
    bob.begin()
    assert is_new()
    bob.end("na")
    assert is_new()


def test_a_callback_that_comes_up_is_new(ann: Clerk) -> None:
    ann.desk.log("elm", "cb today 10:30")
    ann.desk.unshown = False
    assert not ann.desk.refresh()
    later = Clerk(ann.path, at="2026-11-23T10:24:00-05:00")
    later.desk._clock = Clerk(ann.path, at="2026-11-23T10:26:00-05:00").desk._clock
    assert later.desk.refresh()
    row = later.desk.row("elm")
    assert row
    assert row.urgent


def test_the_last_act_of_others_on_an_account_is_found(ann: Clerk, bob: Clerk) -> None:
    book, shown = ann.desk.book, ann.desk.book.number
    assert last_since(book, shown, "birch") is None
    bob.desk.log("birch", "fri 100 ach")
    bob.desk.note("elm", "nothing to do with it")
    ann.desk.refresh()
    found = last_since(book, shown, "birch")
    assert found
    assert (found.by, found.act) == ("bob", "promise of 100.00, Birch Works")
    assert last_since(book, found.number, "birch") is None
    # Also where a fold has taken the lines away before they were read.
    bob.desk.log("birch", "na")
    bob.desk.book.fold(None)
    ann.desk.refresh()
    found = last_since(book, shown, "birch")
    assert found
    assert found.act == "no answer, Birch Works"


# On the line


@pytest.mark.parametrize("account", ["birch", "gorse"])
def test_who_is_on_the_line_is_known_until_the_program_ends_though_nothing_changes_in_the_book(
    ann: Clerk, bob: Clerk, running: "subprocess.Popen[bytes]", account: str
) -> None:
    def line() -> Call | None:
        return on_the_line(ann.desk.dossier(account), ann.desk.rules)

    bob.calls.session = session_of(running.pid)
    bob.begin(account)
    assert ann.desk.refresh()
    found = line()
    assert found
    assert found.by == "bob"
    row = ann.desk.row(account)
    assert (row.busy if row else "") == ("bob" if account == "birch" else "")
    ann.desk.unshown = False
    number, inode = ann.desk.book.number, ann.path.stat().st_ino
    running.kill()
    running.wait()
    assert ann.desk.refresh()
    assert line() is None
    row = ann.desk.row(account)
    assert row is None or (row.busy, "on the line" in row.why) == ("", False)
    assert (ann.desk.book.number, ann.path.stat().st_ino) == (number, inode)
    ann.desk.unshown = False
    assert not ann.desk.refresh()


def test_a_program_that_is_stopped_has_its_customer_on_the_line_still(
    ann: Clerk, bob: Clerk, running: "subprocess.Popen[bytes]"
) -> None:
    bob.calls.session = session_of(running.pid)
    bob.begin()
    running.send_signal(signal.SIGSTOP)
    ann.desk.refresh()
    assert on_the_line(ann.desk.dossier("birch"), ann.desk.rules)
    running.send_signal(signal.SIGCONT)


# One instant


def test_going_from_one_call_to_another_is_one_instant(ann: Clerk, bob: Clerk) -> None:
    ann.begin().say(REACHED)
    first, before = ann.call, lines(ann.path)
    ann.call = ann.calls.begin("elm", leaving=first)
    assert lines(ann.path) == before + 1
    bob.desk.refresh()
    on_elm, on_birch = bob.desk.dossier("elm"), bob.desk.dossier("birch")
    assert on_the_line(on_elm, bob.desk.rules)
    assert on_the_line(on_birch, bob.desk.rules) is None
    assert ann.calls.on("birch") == ann.calls._parked(first)
    # An untouched one goes without a trace.
    ann.calls.begin("birch", leaving=ann.call)
    assert ann.calls.on("elm") is None


def test_a_call_that_undo_brings_back_is_parked_in_the_same_instant(ann: Clerk, bob: Clerk) -> None:
    ann.begin().say(REACHED)
    ann.end("na")
    before = lines(ann.path)
    ann.desk.undo()
    assert lines(ann.path) == before + 1
    bob.desk.refresh()
    for clerk in (ann, bob, Clerk(ann.path)):
        (call,) = clerk.desk.book.facts.all(Call)
        assert (call.session, [m.text for m in call.moves]) == ("", [REACHED])
    assert ann.listed() == ["birch", "elm"]
    assert problems(Book(ann.path)) == []


# A disk that refuses


ACTS: dict[str, Callable[[Desk, Path], object]] = {
    "promise": lambda desk, _: desk.log("birch", "fri 100 ach"),
    "policy": lambda desk, _: desk.set_policy("grace_check_business_days", "5"),
    "import": lambda desk, path: desk.import_file(path, ImportOptions(full=False)),
    "undo": lambda desk, _: desk.undo(),
    "stop": lambda desk, _: desk.stop("birch", "legal"),
    "close": lambda desk, _: desk.reviews.close(),
    "another call": lambda desk, _: desk.calls.begin("elm", leaving=desk.calls.on("birch")),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
def test_an_act_that_the_disk_refuses_changes_nothing_here_or_there_and_works_later(
    ann: Clerk, tmp_path: Path, act: str, error: int
) -> None:
    report = tmp_path / "report.csv"
    report.write_text("Customer,Invoice,Date,Due Date,Balance\nBirch Works,B-2,2026-09-08,2026-10-08,100.00\n")
    ann.begin().say(REACHED)
    ann.desk.note("elm", "one of ann's acts")
    before = facts(ann.desk)
    row = ann.desk.row("birch")
    with faults(0, failing(error), lasting=True), pytest.raises(BookError) as caught:
        ACTS[act](ann.desk, report)
    assert str(ann.path) in str(caught.value)
    assert facts(ann.desk) == facts(Clerk(ann.path).desk) == before
    assert ann.desk.row("birch") == row
    assert ann.desk.policy.grace_check_business_days == 3
    ACTS[act](ann.desk, report)
    assert facts(ann.desk) == facts(Clerk(ann.path).desk) != before
    assert problems(Book(ann.path)) == []


def facts(desk: Desk) -> tuple[object, ...]:
    return desk.book.number, [list(desk.book.facts.all(kind)) for kind in TABLES.values()]


# Waiting


def test_a_locked_book_is_waited_for_as_long_as_the_moment_allows(
    ann: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    locked = files.locked

    def watched(path: Path, seconds: float = files.LOCK_SECONDS) -> object:
        waits.append(seconds)
        return locked(path, 0)

    book = ann.desk.book
    ann.desk.stay()
    with files.locked(ann.path):
        monkeypatch.setattr(files, "locked", watched)
        with pytest.raises(BookBusyError, match="is locked by another session: try again in a moment"):
            ann.desk.note("birch", "one")
        with book.waiting(0.1), pytest.raises(BookBusyError):
            ann.desk.note("birch", "one")
        with book.waiting(5), pytest.raises(BookBusyError):
            ann.desk.note("birch", "one")
        assert not ann.desk.refresh()
    ann.desk.note("birch", "one")
    assert waits == [2.0, 0.1, 2.0, 2.0]
