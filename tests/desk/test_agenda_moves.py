"""Moving what stands in the calendar: where it goes, what it says, what is refused."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.agenda import EntryKind
from arctui.core.changes import Change, changed
from arctui.core.records import Frequency, PayCycle, Promise, Record
from arctui.core.words import short_day
from arctui.desk import DeskError
from tests.core.builders import moment
from tests.core.oracle import dec, nov
from tests.desk.planner import Planner


@pytest.fixture
def planner(tmp_path: Path) -> Planner:
    return Planner(tmp_path)


MOVES = [
    # text, day, why
    ("fri", nov(20), "ask for Lee"),
    ("dec 4", dec(4), "ask for Lee"),
    ("+2b", nov(20), "ask for Lee"),
    ("2026-12-08 ask for the new manager", dec(8), "ask for the new manager"),
    ("today", nov(18), "ask for Lee"),
    ("sat", nov(23), "ask for Lee"),
    ("nov 26 10:30", nov(27), "10:30"),
    ("24 new reason only", nov(24), "new reason only"),
]


@pytest.mark.parametrize(("text", "day", "why"), MOVES)
def test_a_follow_up_is_moved_to_a_day_and_keeps_its_reason_unless_another_is_given(
    planner: Planner, text: str, day: date, why: str
) -> None:
    planner.customer()
    planner.follow_up(nov(25))
    before = planner.record()
    entry = planner.entry(EntryKind.FOLLOW_UP)
    read = planner.desk.agenda.read_move(entry, text)
    assert planner.record() == before
    assert (read.day, read.hour, read.why) == (day, None, why)
    planner.desk.agenda.move(entry, text)
    moved = planner.entry(EntryKind.FOLLOW_UP)
    assert (moved.day, moved.why, moved.key) == (day, why, entry.key)
    assert planner.record().id == before.id


def test_moving_says_what_was_done_and_is_undone(planner: Planner) -> None:
    planner.customer()
    planner.follow_up(nov(25))
    before = planner.record()
    said = planner.desk.agenda.move(planner.entry(EntryKind.FOLLOW_UP), "dec 4")
    assert said == "follow-up moved to Fri 4 Dec, Birch"
    assert planner.desk.undo().act == said
    assert planner.record() == before
    assert planner.entry(EntryKind.FOLLOW_UP).day == nov(25)


@pytest.mark.parametrize(
    ("text", "note"),
    [("sat", "Sat 21 Nov is a week-end"), ("nov 26", "Thu 26 Nov is Thanksgiving Day"), ("fri", "")],
)
def test_a_day_without_business_is_passed_over_and_that_is_said(planner: Planner, text: str, note: str) -> None:
    planner.customer()
    planner.follow_up(nov(25))
    entry = planner.entry(EntryKind.FOLLOW_UP)
    assert planner.desk.agenda.read_move(entry, text).note == note
    assert note in planner.desk.agenda.move(entry, text)


CALLBACK_MOVES = [
    ("fri", nov(20), "10:30", "ask for Lee"),
    ("fri 15:00", nov(20), "15:00", "ask for Lee"),
    ("fri at 3pm", nov(20), "15:00", "ask for Lee"),
    ("fri 3 pm she is in by then", nov(20), "15:00", "she is in by then"),
    ("15:00", nov(24), "15:00", "ask for Lee"),
    ("noon after lunch", nov(24), "12:00", "after lunch"),
    ("sun 9:15", nov(23), "09:15", "ask for Lee"),
    ("today 9:30", nov(18), "09:30", "ask for Lee"),
]


@pytest.mark.parametrize(("text", "day", "hour", "why"), CALLBACK_MOVES)
def test_a_callback_is_moved_to_a_day_or_an_hour(planner: Planner, text: str, day: date, hour: str, why: str) -> None:
    planner.customer()
    planner.callback(nov(24))
    said = planner.desk.agenda.move(planner.entry(EntryKind.CALLBACK), text)
    record = planner.record()
    assert (record.day, record.hour, record.why) == (day, time.fromisoformat(hour), why)
    assert said.startswith("callback moved to ")
    assert f" {hour}" in said
    moved = planner.entry(EntryKind.CALLBACK)
    assert (moved.day, moved.hour) == (day, time.fromisoformat(hour))


def test_the_day_and_hour_of_a_callback_are_those_of_the_customer(planner: Planner) -> None:
    planner.customer()
    planner.callback(nov(24), "09:00", "Pacific/Auckland")
    entry = planner.entry(EntryKind.CALLBACK)
    assert entry.day == nov(23)
    planner.desk.agenda.move(entry, "fri 11:00")
    assert (planner.record().day, planner.record().time_zone) == (nov(20), "Pacific/Auckland")
    assert planner.entry(EntryKind.CALLBACK).day == nov(19)
    planner.shift(planner.entry(EntryKind.CALLBACK), 1)
    assert planner.record().day == nov(21)
    assert planner.entry(EntryKind.CALLBACK).day == nov(20)


def test_an_hour_given_to_a_callback_that_had_none_is_the_customer_s(planner: Planner) -> None:
    planner.customer(time_zone="America/Los_Angeles")
    planner.callback(nov(24), "")
    planner.desk.agenda.move(planner.entry(EntryKind.CALLBACK), "tue 9:00")
    assert planner.record().time_zone == "America/Los_Angeles"
    assert f"{planner.entry(EntryKind.CALLBACK).at:%H:%M}" == "12:00"


def test_a_callback_that_was_missed_is_moved_from_today(planner: Planner) -> None:
    planner.customer()
    planner.callback(nov(16))
    entry = planner.entry(EntryKind.CALLBACK)
    assert entry.day == nov(18)
    planner.desk.agenda.move(entry, "15:00")
    assert planner.record().day == nov(18)


@pytest.mark.parametrize("kind", ["first", "scheduled"])
def test_a_contact_by_the_schedule_becomes_a_date_by_hand(planner: Planner, kind: str) -> None:
    planner.customer()
    if kind == "scheduled":
        planner.desk.log("Birch", "ref no money")
    entry = planner.entry(EntryKind(kind))
    to = nov(20) if kind == "first" else dec(4)
    said = planner.desk.agenda.move(entry, to.isoformat())
    assert said == f"follow-up on {short_day(to)}, Birch".replace(" 2026", "")
    moved = planner.entry(EntryKind.FOLLOW_UP)
    assert (moved.day, moved.why) == (to, entry.why.partition(", since ")[0])
    assert [e.kind for e in planner.entries if not e.projected] == [EntryKind.FOLLOW_UP]
    planner.desk.undo()
    assert planner.entry(EntryKind(kind)) == entry


def test_a_contact_by_the_schedule_takes_a_reason_and_says_the_day_it_passed_over(planner: Planner) -> None:
    planner.customer(due=nov(16))
    said = planner.desk.agenda.move(planner.entry(EntryKind.FIRST), "sat the owner is back")
    assert "Sat 21 Nov is a week-end" in said
    assert planner.entry(EntryKind.FOLLOW_UP).why == "the owner is back"
    assert planner.entry(EntryKind.FOLLOW_UP).day == nov(23)


@pytest.mark.parametrize(
    ("start", "by", "day"),
    [
        (nov(25), 1, nov(27)),
        (nov(27), -1, nov(25)),
        (nov(20), 1, nov(23)),
        (nov(23), -1, nov(20)),
        (nov(20), 5, nov(30)),
        (nov(20), -1, nov(19)),
        (nov(20), -9, nov(18)),
        (nov(10), 1, nov(19)),
    ],
)
def test_a_shift_goes_by_business_days_and_never_before_today(
    planner: Planner, start: date, by: int, day: date
) -> None:
    planner.customer()
    planner.desk.log("Birch", "ref no money")
    planner.follow_up(start)
    planner.shift(planner.entry(EntryKind.FOLLOW_UP), by)
    assert planner.entry(EntryKind.FOLLOW_UP).day == day


def test_a_shift_of_a_contact_by_the_schedule_sets_a_date_by_hand(planner: Planner) -> None:
    planner.customer()
    assert planner.shift(planner.entry(EntryKind.FIRST), 2) == "follow-up on Fri 20 Nov, Birch"
    assert planner.entry(EntryKind.FOLLOW_UP).why.startswith("first call")


@pytest.mark.parametrize("by", [-1, -5])
def test_what_stands_on_today_cannot_go_back(planner: Planner, by: int) -> None:
    planner.customer()
    planner.follow_up(nov(18))
    with pytest.raises(DeskError, match="gone by"):
        planner.shift(planner.entry(EntryKind.FOLLOW_UP), by)


def test_a_callback_cannot_be_shifted_to_an_hour_that_has_passed(planner: Planner) -> None:
    planner.customer()
    planner.callback(nov(19), "08:00")
    with pytest.raises(DeskError, match=r"08:00 on Wed 18 Nov has passed"):
        planner.shift(planner.entry(EntryKind.CALLBACK), -1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "to when"),
        ("   ", "to when"),
        ("yesterday", "Tue 17 Nov is past"),
        ("nov 17", "past"),
        ("2026-11-14", "past"),
        ("soon", "no date"),
        ("31 feb", "no 31 February"),
        ("ask for Lee", "no date"),
        ("10:30", "no date"),
        ("wed", "nothing to change"),
        ("2099-01-01", "too far"),
    ],
)
def test_what_cannot_be_read_or_is_past_is_refused_and_changes_nothing(planner: Planner, text: str, why: str) -> None:
    planner.customer()
    planner.follow_up(nov(25))
    before, number = planner.record(), planner.book.number
    entry = planner.entry(EntryKind.FOLLOW_UP)
    for act in (planner.desk.agenda.read_move, planner.desk.agenda.move):
        with pytest.raises(DeskError, match=why):
            act(entry, text)
    assert (planner.record(), planner.book.number) == (before, number)


@pytest.mark.parametrize(("text", "why"), [("today 8:00", "08:00 on Wed 18 Nov has passed"), ("fri 25:00", "hour")])
def test_an_hour_that_has_passed_or_does_not_exist_is_refused(planner: Planner, text: str, why: str) -> None:
    planner.customer()
    planner.callback(nov(24))
    with pytest.raises(DeskError, match=why):
        planner.desk.agenda.move(planner.entry(EntryKind.CALLBACK), text)


def promised(**fields: object) -> Promise:
    return Promise(
        id="promise",
        account="Birch",
        invoices=("Birch 1",),
        amount=Decimal("100.00"),
        currency="USD",
        taken_at=moment(nov(2)),
        taken_on=nov(2),
        taken_by="ann",
        grace_days=3,
        tolerance=Decimal("1.00"),
        **{"day": nov(20), "last_day": nov(25), "breaks_on": nov(27), **fields},  # type: ignore[arg-type]
    )


FIXED: dict[EntryKind, tuple[list[Record], str]] = {
    EntryKind.PROMISE: ([promised()], "take a new promise with p"),
    EntryKind.VERIFY: ([promised()], "take a new promise with p"),
    EntryKind.BROKEN: ([promised(day=nov(10), last_day=nov(13), breaks_on=nov(16))], "call now"),
}


@pytest.mark.parametrize(("kind", "records", "why"), [(k, *v) for k, v in FIXED.items()], ids=FIXED)
def test_what_has_no_date_of_its_own_is_refused_in_a_sentence_that_helps(
    planner: Planner, kind: EntryKind, records: list[Record], why: str
) -> None:
    planner.customer()
    planner.commit(*records)
    number = planner.book.number
    entry = planner.entry(kind)
    agenda = planner.desk.agenda
    acts: list[Callable[[], object]] = [
        lambda: agenda.read_move(entry, "fri"),
        lambda: agenda.move(entry, "fri"),
        lambda: planner.shift(entry, 1),
    ]
    for act in acts:
        with pytest.raises(DeskError, match=why):
            act()
    assert planner.book.number == number


def test_runs_cut_offs_and_letters_are_not_moved(planner: Planner) -> None:
    planner.customer(pay_cycle=PayCycle(frequency=Frequency.WEEKLY, weekday=0, cutoff_days=1))
    found = {e.kind: e for e in planner.entries}
    for kind in (EntryKind.RUN, EntryKind.CUTOFF):
        with pytest.raises(DeskError, match="where f sets a call of your own"):
            planner.desk.agenda.move(found[kind], "fri")
    for line in ("na", "na", "na"):
        planner.desk.log("Birch", line)
    with pytest.raises(DeskError, match="letter"):
        planner.shift(planner.entry(EntryKind.LETTER), 1)


def test_a_follow_up_that_is_done_or_gone_meanwhile_is_refused(planner: Planner) -> None:
    planner.customer()
    planner.follow_up(nov(25))
    entry = planner.entry(EntryKind.FOLLOW_UP)
    planner.desk.commit("done", [changed(planner.record(), done_on=nov(18))])
    with pytest.raises(DeskError, match="done already"):
        planner.desk.agenda.move(entry, "fri")
    planner.desk.undo()
    planner.desk.commit("gone", [Change(planner.record(), None)])
    with pytest.raises(DeskError, match="done already"):
        planner.shift(entry, 1)
