"""Pay runs as they are typed: how often, the cut-off, and the documents that must be in."""

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.capture.cycle_lines import cycle_words
from arctui.core.capture.data_lines import read_cycle
from arctui.core.pay_cycles import next_run
from arctui.core.records import Frequency, PayCycle
from tests.core.builders import MONDAY, situation
from tests.core.corrections import WEEKLY, account, of, problem, read
from tests.core.oracle import dec, nov


@pytest.mark.parametrize(
    ("line", "cycle"),
    [
        ("weekly thu", PayCycle(frequency=Frequency.WEEKLY, weekday=3)),
        ("weekly on Thursdays", PayCycle(frequency=Frequency.WEEKLY, weekday=3)),
        ("every tues", PayCycle(frequency=Frequency.WEEKLY, weekday=1)),
        ("thursdays", PayCycle(frequency=Frequency.WEEKLY, weekday=3)),
        ("every two weeks from 3 dec", PayCycle(frequency=Frequency.BIWEEKLY, anchor=dec(3))),
        ("biweekly from dec 3", PayCycle(frequency=Frequency.BIWEEKLY, anchor=dec(3))),
        ("every other thu", PayCycle(frequency=Frequency.BIWEEKLY, anchor=nov(26))),
        ("fortnightly 2026-12-03", PayCycle(frequency=Frequency.BIWEEKLY, anchor=dec(3))),
        ("monthly 15", PayCycle(frequency=Frequency.MONTHLY, day=15)),
        ("every month on the 1st", PayCycle(frequency=Frequency.MONTHLY, day=1)),
        ("month end", PayCycle(frequency=Frequency.MONTH_END)),
        ("monthly last", PayCycle(frequency=Frequency.MONTH_END)),
        ("last business day of the month", PayCycle(frequency=Frequency.MONTH_END)),
        ("end of the month", PayCycle(frequency=Frequency.MONTH_END)),
        ("weekly thu, cut-off 2", PayCycle(frequency=Frequency.WEEKLY, weekday=3, cutoff_days=2)),
        ("cutoff 2 days before, weekly thu", PayCycle(frequency=Frequency.WEEKLY, weekday=3, cutoff_days=2)),
        (
            "weekly thu, cut-off 2, docs purchase order + statement",
            PayCycle(frequency=Frequency.WEEKLY, weekday=3, cutoff_days=2, documents=("purchase order", "statement")),
        ),
        (
            "docs W-9, po and statement, month end cut off 1 business day before",
            PayCycle(frequency=Frequency.MONTH_END, cutoff_days=1, documents=("W-9", "po", "statement")),
        ),
        (
            "weekly thu docs po+statement, docs in po",
            PayCycle(
                frequency=Frequency.WEEKLY,
                weekday=3,
                documents=("po", "statement"),
                documents_in=("po",),
                documents_for=nov(27),
            ),
        ),
        ("2nd tue", PayCycle(frequency=Frequency.NTH_WEEKDAY, weekday=1, nth=2)),
        ("every second Tuesday of the month", PayCycle(frequency=Frequency.NTH_WEEKDAY, weekday=1, nth=2)),
        ("every second tue", PayCycle(frequency=Frequency.BIWEEKLY, anchor=nov(24))),
        ("monthly, last fri of the month", PayCycle(frequency=Frequency.NTH_WEEKDAY, weekday=4, nth=-1)),
        ("the first monday of every month", PayCycle(frequency=Frequency.NTH_WEEKDAY, weekday=0, nth=1)),
        ("5th and 20th", PayCycle(frequency=Frequency.TWICE, day=5, second_day=20)),
        ("twice a month on the 5th, 20th", PayCycle(frequency=Frequency.TWICE, day=5, second_day=20)),
        ("semi-monthly 15 and last", PayCycle(frequency=Frequency.TWICE, day=15, second_day=31)),
        (
            "1st and the last business day, cut-off 2",
            PayCycle(frequency=Frequency.TWICE, day=1, second_day=31, before=True, cutoff_days=2),
        ),
        ("monthly 31, last business day before", PayCycle(frequency=Frequency.MONTHLY, day=31, before=True)),
        ("weekly thu, on a holiday the day before", PayCycle(frequency=Frequency.WEEKLY, weekday=3, before=True)),
        (
            "docs po, statement, before holidays, 2nd tue",
            PayCycle(frequency=Frequency.NTH_WEEKDAY, weekday=1, nth=2, before=True, documents=("po", "statement")),
        ),
        ("month end, before a holiday", PayCycle(frequency=Frequency.MONTH_END)),
    ],
)
def test_pay_runs_are_read_however_they_are_said(line: str, cycle: PayCycle) -> None:
    for reading in (
        read_cycle(line, of(), situation(MONDAY)),
        read_cycle(f"runs {line}", of(), situation(MONDAY)),
        read(f"runs {line}"),
    ):
        assert reading.problems == ()
        assert reading.account
        assert reading.account.pay_cycle == cycle


def test_the_next_run_is_read_back_with_its_cut_off_and_what_must_be_in() -> None:
    reading = read("runs weekly thu, cut-off 2, docs order + statement", None)
    # Thanksgiving moves this week's run to Friday, and its cut-off to Tuesday.
    (sentence,) = reading.sentences
    assert sentence == (
        "weekly on Thursday, cut-off 2 business days before: next run Fri 27 Nov (Thu 26 Nov is Thanksgiving Day), "
        "cut-off Tue 24 Nov; "
        "to be in: order, statement"
    )
    assert reading.act == "pay cycle weekly on Thursday, cut-off 2 business days before"


def test_a_run_that_is_closed_already_is_told() -> None:
    reading = read("runs weekly thu, cut-off 5")
    assert reading.warnings == ("the run of Fri 27 Nov is closed: its cut-off was Thu 19 Nov",)
    assert "next run Thu 3 Dec, cut-off Wed 25 Nov" in reading.sentences[0]


def test_what_is_not_named_of_a_known_cycle_stays() -> None:
    known = of(pay_cycle=msgspec.structs.replace(WEEKLY, documents_in=("statement",)))
    assert account("runs weekly fri", known).pay_cycle == PayCycle(
        frequency=Frequency.WEEKLY,
        weekday=4,
        cutoff_days=2,
        documents=WEEKLY.documents,
        documents_in=("statement",),
        documents_for=nov(27),
    )
    changed = account("runs month end, docs W-9 + statement", known).pay_cycle
    assert changed
    assert (changed.documents, changed.documents_in) == (("W-9", "statement"), ("statement",))
    assert account("runs none", known).pay_cycle is None
    assert problem("weekly thu", known).startswith("that is known already: weekly on Thursday")


def test_documents_are_marked_as_being_there() -> None:
    def there(line: str, known: PayCycle) -> tuple[str, ...]:
        cycle = account(line, of(pay_cycle=known)).pay_cycle
        assert cycle
        return cycle.documents_in

    assert there("docs in order", WEEKLY) == ("purchase order",)
    assert there("docs in statement, order", WEEKLY) == WEEKLY.documents
    assert there("docs in all", WEEKLY) == WEEKLY.documents
    assert there("docs in none", msgspec.structs.replace(WEEKLY, documents_in=("statement",))) == ()
    assert problem("docs in w-9", of(pay_cycle=WEEKLY)) == (
        "'w-9' is not one of the documents, which are purchase order, statement"
    )


def test_the_shift_before_a_holiday_stays_until_another_is_named() -> None:
    known = of(pay_cycle=msgspec.structs.replace(WEEKLY, before=True))
    fridays = account("runs weekly fri", known).pay_cycle
    assert fridays
    assert fridays.before
    assert account("after a holiday", known).pay_cycle == WEEKLY
    reading = read("weekly thu, before a holiday", of())
    assert reading.sentences[0].endswith("next run Wed 25 Nov (Thu 26 Nov is Thanksgiving Day)")


def test_documents_are_in_for_the_run_to_come_and_for_no_other() -> None:
    known = msgspec.structs.replace(WEEKLY, documents_in=("statement",), documents_for=nov(19))
    cycle = account("docs in order", of(pay_cycle=known)).pay_cycle
    assert cycle
    # What was in for the run of last week is asked for anew; the cut-off of this week's is tomorrow.
    assert (cycle.documents_in, cycle.documents_for) == (("purchase order",), nov(27))
    assert "to be in: purchase order (in), statement" in read("docs in order", of(pay_cycle=known)).sentences[0]
    later = read_cycle("docs in all", of(pay_cycle=known), situation(nov(25))).account
    assert later
    assert later.pay_cycle
    assert later.pay_cycle.documents_for == dec(3)
    assert "known already" in problem("docs in order", of(pay_cycle=cycle))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "how often do they pay?"),
        ("sometimes", "'sometimes' is not understood"),
        ("weekly", "on which day of the week?"),
        ("weekly soon", "on which day of the week?"),
        ("monthly", "on which day of the month?"),
        ("monthly 32", "on which day of the month?"),
        ("every two weeks", "from which run?"),
        ("biweekly from 31 feb", "no 31 February"),
        ("weekly thu, monthly 15", "two rhythms"),
        ("weekly thu, cut-off", "how many business days"),
        ("weekly thu, cut-off 99", "how many business days"),
        ("weekly thu, docs", "which documents?"),
        ("twice a month", "on which two days of the month?"),
        ("5 and 5", "on which two days of the month?"),
        ("5 and 40", "on which two days of the month?"),
        ("5th mon", "not every month has a fifth Monday: write last mon"),
        ("1st and 3rd tue", "two rhythms"),
        ("month end, after a holiday", "write monthly 31"),
        ("cut-off 2", "how often do they pay?"),
    ],
)
def test_a_pay_cycle_that_cannot_be_taken_says_what_to_write(line: str, words: str) -> None:
    (sentence,) = read_cycle(line, of(), situation(MONDAY)).problems
    assert words in sentence


NAMES = st.sampled_from(["order", "statement", "W-9", "proof of delivery", "tax form"])

NTH = {1: "1st", 2: "second", 3: "3rd", 4: "fourth", -1: "last"}


@st.composite
def cycles(draw: st.DrawFn) -> tuple[str, PayCycle]:
    """A line, and the pay cycle that it says."""
    rhythm, cycle = draw(
        st.one_of(
            st.integers(0, 4).map(
                lambda n: (
                    f"weekly {'mon tue wed thu fri'.split()[n]}",
                    PayCycle(frequency=Frequency.WEEKLY, weekday=n),
                )
            ),
            st.dates(date(2026, 6, 1), date(2028, 12, 31)).map(
                lambda d: (f"every two weeks from {d}", PayCycle(frequency=Frequency.BIWEEKLY, anchor=d))
            ),
            st.integers(1, 31).map(lambda n: (f"monthly {n}", PayCycle(frequency=Frequency.MONTHLY, day=n))),
            st.just(("month end", PayCycle(frequency=Frequency.MONTH_END))),
            st.tuples(st.sampled_from([1, 2, 3, 4, -1]), st.integers(0, 6)).map(
                lambda of: (
                    f"{NTH[of[0]]} {'mon tues wed thursday fri sat sunday'.split()[of[1]]}",
                    PayCycle(frequency=Frequency.NTH_WEEKDAY, nth=of[0], weekday=of[1]),
                )
            ),
            st.lists(st.integers(1, 31), min_size=2, max_size=2, unique=True).map(
                lambda two: (
                    f"twice a month {two[0]} and {two[1]}",
                    PayCycle(frequency=Frequency.TWICE, day=min(two), second_day=max(two)),
                )
            ),
        )
    )
    before = cycle.frequency is not Frequency.MONTH_END and draw(st.booleans())
    cutoff = draw(st.integers(0, 20))
    documents = draw(st.lists(NAMES, unique=True, max_size=4))
    shift = [draw(st.sampled_from(["before a holiday", "or the day before"]))] if before else []
    parts = [rhythm, f"cut-off {cutoff}", *shift, *([f"docs {' + '.join(documents)}"] if documents else [])]
    line = ", ".join(draw(st.permutations(parts)))
    return line, msgspec.structs.replace(cycle, cutoff_days=cutoff, documents=tuple(documents), before=before)


@given(cycles())
@settings(max_examples=60, deadline=None)
def test_what_is_read_back_of_a_pay_cycle_is_what_is_stored(said: tuple[str, PayCycle]) -> None:
    line, cycle = said
    where = situation(MONDAY)
    reading = read_cycle(line, of(), where)
    assert reading.problems == ()
    assert reading.account
    assert reading.account.pay_cycle == cycle
    run = next_run(cycle, MONDAY, where.calendar, 0, cutoff_open=True)
    assert reading.sentences[0].startswith(cycle_words(cycle, MONDAY))
    assert f"{run.day.day} " in reading.sentences[0]
    assert all(name in reading.sentences[0] for name in cycle.documents)
    # What is said can be typed again, and is known then.
    again = read_cycle(line, of(pay_cycle=cycle), where)
    assert "known already" in again.problems[0]


@given(cycles(), st.dates(date(2026, 6, 1), date(2028, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_the_words_of_a_pay_cycle_can_be_typed_again(said: tuple[str, PayCycle], today: date) -> None:
    cycle = msgspec.structs.replace(said[1], documents=())
    where = situation(today)
    reading = read_cycle(cycle_words(cycle, today), of(), where)
    assert reading.problems == ()
    assert reading.account
    again = reading.account.pay_cycle
    assert again
    # Every two weeks: from another of the same days.
    assert msgspec.structs.replace(again, anchor=cycle.anchor) == cycle
    assert next_run(again, today, where.calendar, 0) == next_run(cycle, today, where.calendar, 0)
