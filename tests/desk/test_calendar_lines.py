"""Going to a day of the calendar by typing it, and showing only some of its entries."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from arctui.core.agenda import Entry, EntryKind, by_day
from arctui.core.agenda_filter import Filter
from arctui.core.records import Frequency, PayCycle
from arctui.desk import DeskError
from arctui.desk.calendar_lines import read_day, read_shown
from tests.core.oracle import dec, nov
from tests.desk.planner import FIRST, LAST, Planner


@pytest.fixture
def planner(tmp_path: Path) -> Planner:
    return Planner(tmp_path)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("fri", nov(20)),
        ("today", nov(18)),
        ("yesterday", nov(17)),
        ("thu 19 nov", nov(19)),
        ("26", nov(26)),
        ("eom", nov(30)),
        ("+10b", dec(3)),
        ("12/24", dec(24)),
        ("oct 5", date(2026, 10, 5)),
        ("5 oct", date(2026, 10, 5)),
        ("2026-10-05", date(2026, 10, 5)),
        ("2025-02-03", date(2025, 2, 3)),
        ("2036-02-29", date(2036, 2, 29)),
        ("dec", dec(1)),
        ("oct.", date(2026, 10, 1)),
        ("March", date(2027, 3, 1)),
        ("march 2028", date(2028, 3, 1)),
    ],
)
def test_a_day_or_a_month_is_read_gone_by_or_to_come(planner: Planner, text: str, day: date) -> None:
    assert read_day(planner.desk, text).day == day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "which day?"),
        ("soon", "'soon' is no date"),
        ("next week", "'next' is no date|which day of the week"),
        ("frog", "'frog' is no date: write a date"),
        ("fri ask for Lee", "'ask' is no part of the date"),
        ("31 nov", "there is no 31 November"),
        ("feb 29", "there is no 29 February"),
        ("2126-01-01", "2126 is too far away"),
        ("1926-01-01", "1926 is too far away"),
        ("march 1900", "1900 is too far away"),
        ("fri 19 nov", "is no Friday"),
        ("run", "no pay run is known"),
    ],
)
def test_what_is_no_day_is_said_in_a_sentence(planner: Planner, text: str, said: str) -> None:
    with pytest.raises(DeskError, match=said):
        read_day(planner.desk, text)


def test_a_run_is_the_next_one_of_the_account_that_is_looked_at(planner: Planner) -> None:
    planner.customer(pay_cycle=PayCycle(frequency=Frequency.WEEKLY, weekday=3))
    assert read_day(planner.desk, "run", "Birch").day == nov(19)


def test_a_numeric_day_says_how_it_was_read(planner: Planner) -> None:
    assert read_day(planner.desk, "12/4").warning == "12/4 is read month first"


def test_mine_and_clerks_are_those_of_the_book(planner: Planner) -> None:
    planner.customer("Birch", clerk="ann")
    planner.customer("Elm", clerk="Bob")
    assert read_shown(planner.desk, "mine").clerk == "ann"
    assert read_shown(planner.desk, "clerk bob calls").clerk == "Bob"
    with pytest.raises(DeskError, match="no account belongs to 'carl': Bob, ann"):
        read_shown(planner.desk, "clerk carl")


SHOWN = [Filter(calls=True), Filter(clerk="ann"), Filter(frozenset((EntryKind.FOLLOW_UP,)))]


@pytest.mark.parametrize("shown", SHOWN, ids=lambda f: f.words)
def test_counts_entries_and_sums_obey_the_filter_and_follow_every_act(planner: Planner, shown: Filter) -> None:
    def obeyed() -> int:
        agenda = planner.desk.agenda
        kept = [e for e in agenda.between(FIRST, LAST) if shown.keeps(e)]
        assert agenda.between(FIRST, LAST, shown) == kept
        assert agenda.sums(FIRST, LAST, shown) == by_day(kept)
        assert planner.month(nov(1), shown) == {d: s for d, s in by_day(kept).items() if d.month == 11}
        return len(kept)

    planner.customer("Birch", "100", clerk="ann")
    planner.customer("Elm", "900")
    counts = [obeyed()]
    acts: list[Callable[[], object]] = [
        lambda: planner.follow_up(nov(24)),
        lambda: planner.desk.log("Elm", "wbp fri 900 ach"),
        lambda: planner.customer("Cedar", "50", clerk="ann"),
        planner.desk.undo,
        lambda: planner.desk.set_policy("first_contact_business_days", "2"),
    ]
    for act in acts:
        act()
        counts.append(obeyed())
    assert len(set(counts)) > 1


def test_a_filter_looks_at_an_entry_once_not_at_each_key(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Birch", "Elm", "Cedar"):
        planner.customer(name)
    agenda, looked = planner.desk.agenda, []
    everything = len(agenda.between(FIRST, LAST))
    keeps = Filter.keeps

    def counted(self: Filter, entry: Entry) -> bool:
        looked.append(entry)
        return keeps(self, entry)

    monkeypatch.setattr(Filter, "keeps", counted)
    shown = Filter(calls=True)
    for _ in range(5):
        agenda.sums(FIRST, LAST, shown)
        agenda.between(FIRST, LAST, shown)
    assert len(looked) == everything
    looked.clear()
    planner.desk.note("Elm", "called")
    agenda.sums(FIRST, LAST, shown)
    assert {entry.account for entry in looked} == {"Elm"}
