"""The calendar at the desk: the entries of many accounts by day, and the file for other calendars."""

import stat
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.agenda import EntryKind, by_day, entries
from arctui.desk import Desk, DeskError
from arctui.desk.calendar_files import ics, write
from arctui.desk.clock import Clock
from arctui.store import Book, BookError
from tests.core.oracle import dec, nov
from tests.desk.planner import Planner


@pytest.fixture
def planner(tmp_path: Path) -> Planner:
    return Planner(tmp_path)


# Reading


def test_entries_come_from_all_accounts_in_order_and_only_from_the_days_asked_for(planner: Planner) -> None:
    planner.customer("Birch", "100.00")
    planner.customer("Cedar", "300.00")
    planner.customer("Elm", "200.00", due=nov(17))
    first_calls = [("Cedar", nov(18)), ("Birch", nov(18)), ("Elm", nov(20))]
    assert [(e.name, e.day) for e in planner.entries if not e.projected] == first_calls
    assert [e.name for e in planner.desk.agenda.between(nov(19), nov(20))] == ["Elm"]
    assert planner.desk.agenda.between(nov(19), nov(19)) == []


def test_a_month_has_its_days_with_counts_and_amounts(planner: Planner) -> None:
    planner.customer("Birch", "100.00")
    planner.customer("Cedar", "300.00")
    planner.customer("Elm", "200.00", due=nov(17))
    planner.follow_up(dec(4))
    november = planner.month(nov(30))
    assert {d: (v.count, v.amounts) for d, v in november.items()} == {
        nov(18): (1, {"USD": Decimal("300.00")}),
        nov(20): (1, {"USD": Decimal("200.00")}),
        # The second calls, if the first settle nothing.
        nov(30): (2, {"USD": Decimal("500.00")}),
    }
    assert november[nov(30)].calls == 0
    assert [day for day, found in planner.month(dec(1)).items() if found.calls] == [dec(4)]
    assert planner.month(date(2027, 1, 1)) == {}


ACTS: dict[str, Callable[[Planner], object]] = {
    "a note": lambda p: p.desk.note("Birch", "rang off"),
    "a promise": lambda p: p.desk.log("Birch", "fri 40"),
    "a callback": lambda p: p.desk.log("Birch", "cb tue 10:30"),
    "a try": lambda p: p.desk.log("Birch", "na"),
    "a follow-up": lambda p: p.desk.follow_up("Birch", "dec 4 new manager"),
    "a stop": lambda p: p.desk.stop("Birch", "legal"),
    "a new account": lambda p: p.customer("Fir", "7.00"),
    "a setting": lambda p: p.desk.set_policy("first_contact_business_days", "5"),
    "an undo": lambda p: p.desk.undo(),
    "a move": lambda p: p.shift(next(e for e in p.entries if e.account == "Elm"), 2),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_after_an_act_the_calendar_is_the_one_of_a_desk_that_derives_everything(
    planner: Planner, act: Callable[[Planner], object]
) -> None:
    planner.customer("Birch", "100.00")
    planner.customer("Elm", "200.00", due=nov(17))
    planner.desk.log("Birch", "ref no money")
    assert planner.entries
    assert planner.month(nov(1))
    act(planner)
    desk = planner.desk
    anew = [e for d, s in desk.everything() for e in entries(d, s, desk.rules)]
    assert sorted(planner.entries, key=str) == sorted(anew, key=str)
    assert planner.month(nov(1)) == by_day(e for e in anew if e.day.month == 11)


def test_an_account_that_is_gone_leaves_the_calendar(planner: Planner) -> None:
    planner.customer("Birch")
    assert planner.entries
    planner.desk.undo()
    assert planner.entries == []
    assert planner.month(nov(1)) == {}


def test_another_session_s_act_is_seen_after_a_refresh(planner: Planner) -> None:
    planner.customer("Birch")
    other = Desk(Book(planner.folder / "book.json"), Clock("2026-11-18T09:00:00-05:00"), "bob")
    assert planner.entry(EntryKind.FIRST).day == nov(18)
    other.log("Birch", "cb tue 10:30")
    planner.desk.refresh()
    assert planner.entry(EntryKind.CALLBACK).day == nov(24)


# Writing


def test_a_calendar_file_is_private_and_takes_the_place_of_one_that_is_there(planner: Planner) -> None:
    planner.customer()
    path = planner.folder / "plan.ics"
    path.write_text("old " * 9999)
    path.chmod(0o644)
    write(planner.desk, path, ics(planner.desk, planner.entries))
    first = path.read_bytes()
    assert first.startswith(b"BEGIN:VCALENDAR")
    assert first.endswith(b"END:VCALENDAR\r\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write(planner.desk, path, ics(planner.desk, planner.entries))
    assert path.read_bytes() == first
    assert sorted(p.name for p in planner.folder.iterdir()) == ["book.json", "book.json.journal", "plan.ics"]


@pytest.mark.parametrize(
    "name", ["book.json", "book.json.journal", ".", "none/plan.ics", "book.json/plan.ics", "n" * 300]
)
def test_a_calendar_file_that_cannot_be_written_is_told(planner: Planner, name: str) -> None:
    planner.customer()
    before = (planner.folder / "book.json").read_bytes()
    with pytest.raises((DeskError, BookError)) as told:
        write(planner.desk, planner.folder / name, ics(planner.desk, planner.entries))
    assert "Errno" not in str(told.value)
    assert (planner.folder / "book.json").read_bytes() == before
    assert sorted(p.name for p in planner.folder.iterdir()) == ["book.json", "book.json.journal"]


def test_the_calendar_of_many_accounts_holds_each_once(planner: Planner) -> None:
    for number in range(40):
        planner.customer(f"Customer {number:02}", f"{number + 1}.00", due=nov(2) + timedelta(days=number % 14))
    found = planner.entries
    calls = [e for e in found if not e.projected]
    assert len({e.account for e in calls}) == len(calls) == 40
    assert len({e.key for e in found}) == len(found)
    sums = planner.month(nov(1)), planner.month(dec(1))
    days = [day for month in sums for day in month.values()]
    assert sum(d.count for d in days) == len(found)
    assert sum(d.calls for d in days) == 40
    assert sum(d.amounts["USD"] for d in days) == sum(e.amount for e in found)
