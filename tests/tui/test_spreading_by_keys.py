"""Marking entries of the agenda, moving and spreading them together; a new agreement with its reason."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from arctui.core.agenda import EntryKind
from arctui.core.records import FollowUp, Promise
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book
from tests.core.oracle import nov
from tests.desk.planner import Planner
from tests.tui.workstation import Workstation, workstation

MORNING = "2026-11-18T09:00:00-05:00"
NAMES = ("Ash", "Birch", "Cedar", "Elm")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Four first calls on Wednesday 18 November, the largest amount first; two can be made in a day."""
    planner = Planner(tmp_path)
    for number, name in enumerate(NAMES, 1):
        planner.customer(name, f"{5 - number}00.00")
    planner.desk.set_policy("calls_per_day", "2")
    planner.book.close(planner.desk.rules.moment.now)
    return planner.book.path


@pytest.fixture
async def clerk(book: Path) -> AsyncIterator[Workstation]:
    """In the agenda, on the first entry of the day."""
    async with workstation(book, MORNING) as made:
        await made.press("c", "enter")
        yield made


def days(book: Path) -> dict[str, date]:
    desk = Desk(Book(book), Clock(MORNING), "ann")
    found = desk.agenda.between(nov(1), nov(30))
    return {e.account: e.day for e in found if e.kind in (EntryKind.FIRST, EntryKind.FOLLOW_UP) and not e.projected}


def starred(clerk: Workstation) -> int:
    return sum("1*" in line[:5] for line in clerk.text.splitlines())


async def test_space_marks_entries_and_f_moves_them_as_one_act(clerk: Workstation, book: Path) -> None:
    await clerk.press("space", "space")
    assert starred(clerk) == 2
    assert "2 entries marked" in clerk.status
    await clerk.press("f")
    assert "move 2 marked to" in clerk.text
    await clerk.type("fri")
    assert "2 to Fri 20 Nov" in clerk.reading
    assert days(book) == dict.fromkeys(NAMES, nov(18))
    await clerk.press("enter")
    assert "2 calls moved to Fri 20 Nov" in clerk.status
    assert days(book) == {"Ash": nov(20), "Birch": nov(20), "Cedar": nov(18), "Elm": nov(18)}
    assert starred(clerk) == 0
    await clerk.press("u")
    assert days(book) == dict.fromkeys(NAMES, nov(18))


async def test_what_cannot_go_there_is_told_before_enter(clerk: Workstation, book: Path) -> None:
    await clerk.press("asterisk", "f")
    await clerk.type("mon")
    assert "the limit is Fri 20 Nov" in clerk.reading
    await clerk.press("enter")
    assert days(book) == dict.fromkeys(NAMES, nov(18))
    await clerk.press("escape")
    assert starred(clerk) == 4


async def test_escape_takes_the_marks_off_and_only_then_leaves(clerk: Workstation) -> None:
    await clerk.press("asterisk")
    assert starred(clerk) == 4
    await clerk.press("space")
    assert starred(clerk) == 3
    await clerk.press("escape")
    assert starred(clerk) == 0
    assert clerk.desk.planning.in_entries
    await clerk.press("escape")
    assert not clerk.desk.planning.in_entries


async def test_a_day_is_spread_after_its_plan_was_looked_at(clerk: Workstation, book: Path) -> None:
    await clerk.press("S")
    assert "SPREAD 2 of 4 calls of Wed 18 Nov" in clerk.text
    assert "to Thu 19 Nov: 2 entries, 2 of 2 calls then" in clerk.text
    assert "STAYS: 2 of 4" in clerk.text
    assert "2 stay: the day has room for that many" in clerk.text
    await clerk.press("escape")
    assert days(book) == dict.fromkeys(NAMES, nov(18))
    await clerk.press("S", "enter")
    assert "2 calls moved to Thu 19 Nov; 2 stay: the day has room for that many" in clerk.status
    assert days(book) == {"Ash": nov(18), "Birch": nov(18), "Cedar": nov(19), "Elm": nov(19)}
    await clerk.press("S")
    assert "nothing moves from Wed 18 Nov: the day has room" in clerk.status


async def test_only_the_marked_calls_are_spread(clerk: Workstation, book: Path) -> None:
    await clerk.press("space", "S")
    assert "SPREAD 1 of 1 call of Wed 18 Nov" in clerk.text
    await clerk.press("enter")
    assert days(book) == {"Ash": nov(19), "Birch": nov(18), "Cedar": nov(18), "Elm": nov(18)}


async def test_another_clerks_calls_are_spread_only_if_they_are_marked(tmp_path: Path) -> None:
    planner = Planner(tmp_path)
    for name, whose in (("Ash", "bob"), ("Birch", "bob"), ("Cedar", "Ann"), ("Elm", "Ann"), ("Fir", ""), ("Gum", "")):
        planner.customer(name, "100.00", clerk=whose)
    planner.desk.set_policy("calls_per_day", "1")
    planner.book.close(planner.desk.rules.moment.now)
    async with workstation(planner.book.path, MORNING) as clerk:
        await clerk.press("c", "enter", "S")
        assert "SPREAD 2 of 4 calls of Wed 18 Nov; 2 of other clerks left out" in clerk.text
        await clerk.press("enter")
        assert sorted(name for name, day in days(planner.book.path).items() if day > nov(18)) == ["Cedar", "Fir"]
        await clerk.press("asterisk", "S")
        assert "SPREAD 1 of " in clerk.text


async def test_a_plan_is_made_anew_only_for_other_words_or_another_book(clerk: Workstation, book: Path) -> None:
    await clerk.press("asterisk")
    marking = clerk.desk.planning.marking
    plan = marking.plan("fri")
    assert marking.plan(" fri ") is plan
    assert marking.plan("thu").going[0].moved.day == nov(19)
    plan = marking.plan("fri")
    Desk(Book(book), Clock(MORNING), "bob").log("Elm", "ref no money")
    clerk.desk.desk.refresh()
    assert marking.plan("fri") is not plan


async def test_a_plan_that_is_out_of_date_is_not_carried_out(clerk: Workstation, book: Path) -> None:
    await clerk.press("S")
    other = Desk(Book(book), Clock(MORNING), "bob")
    other.log("Elm", "ref no money")
    await clerk.press("enter")
    assert "Elm has changed meanwhile" in clerk.text
    assert not [f for f in Book(book).facts.all(FollowUp) if f.account != "Elm"]


async def test_a_move_says_what_follows_and_warns_of_too_many_calls(clerk: Workstation, book: Path) -> None:
    await clerk.press("f")
    await clerk.type("thu")
    assert "4 business days past due, the limit is Fri 20 Nov" in clerk.reading
    assert "Thu 19 Nov has 1 call then of 2" in clerk.reading
    await clerk.press("enter")
    await clerk.press("t", "enter", "plus")
    assert "Thu 19 Nov has 2 calls then of 2" in clerk.status
    await clerk.press("t", "enter", "plus")
    assert "! Thu 19 Nov has 3 calls then, 2 can be made" in clerk.status
    assert sum(day == nov(19) for day in days(book).values()) == 3


async def test_a_new_agreement_in_the_place_of_a_promise_is_asked_for_its_reason(book: Path) -> None:
    async with workstation(book, MORNING) as clerk:
        await clerk.press("p")
        await clerk.enter("fri 400 ach")
        await clerk.press("slash")
        await clerk.enter("ash")
        await clerk.press("p")
        await clerk.type("mon 400 ach")
        assert "why does it take its place?" in clerk.reading
        await clerk.press("enter")
        assert "Ctrl+Y: they gave" in clerk.reading
        assert len(list(Book(book).facts.all(Promise))) == 1
        await clerk.press("ctrl+y")
        assert "promise of 400.00" in clerk.status
        await clerk.press("p")
        assert clerk.desk.prompt.input.value == ""
        await clerk.enter("tue 400 ach -- the bank is closed")
    assert [bool(p.superseded_by) for p in Book(book).facts.all(Promise)] == [True, True, False]
