"""A promise beside what is known of its account: what is owed, the open promises, a broken one, the pay runs."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from arctui.core.capture import Reading
from arctui.core.capture.sentences import sentences
from arctui.core.records import Frequency, PayCycle, Promise
from tests.core.builders import friday_check, invoice, problem, promise, read, situation, verdicts
from tests.core.oracle import dec, nov

# What is owed


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("fri 1850.01 check", "1,850.01 is more than the 1,850.00"),
        ("fri 2000.01 check", "2,000.01 is more than is owed: 2,000.00"),
        ("half fri check, 1000 mon", "1,925.00 is more than the 1,850.00"),
    ],
)
def test_more_than_is_owed_is_said_and_not_changed(line: str, say: str) -> None:
    reading = read(line)
    assert reading.ok
    assert any(say in warning for warning in reading.warnings)


def test_what_is_not_yet_past_due_may_be_promised_with_its_amount() -> None:
    assert "write the amount" in problem("fri", collectable=Decimal(0))
    reading = read("fri 300 check", collectable=Decimal(0))
    assert reading.ok
    assert any("nothing is past due" in warning for warning in reading.warnings)


def test_nothing_can_be_promised_where_nothing_is_open() -> None:
    assert "nothing is open" in problem("fri", collectable=Decimal(0), open_total=Decimal(0))


# Superseding


def read_beside(line: str, *promises: Promise, collectable: int = 0) -> Reading:
    """Read a line on an account that has these open promises."""
    live = verdicts(nov(23), invoice("1", "1850.00", nov(2)), *promises)
    return read(line, collectable=Decimal(collectable), live=live)


def test_a_new_promise_replaces_the_open_one_at_its_amount() -> None:
    reading = read_beside("mon check", friday_check("1850.00"))
    assert (reading.replaces, reading.promised) == (("promise 2026-11-20 1850.00",), Decimal(1850))
    assert any("replaces the open promise: 1,850.00 for Fri 20 Nov" in warning for warning in reading.warnings)


def test_a_new_promise_of_less_says_what_is_left_open() -> None:
    reading = read_beside("mon 1000 check", friday_check("1850.00"))
    assert any("850.00 of what was promised is left open" in warning for warning in reading.warnings)


def test_a_new_promise_replaces_a_whole_plan() -> None:
    plan = [friday_check("850.00"), promise("1000.00", dec(4), dec(9), dec(10))]
    reading = read_beside("half 15 check, rest 30", *plan)
    assert set(reading.replaces) == {p.id for p in plan}
    assert [c.amount for c in reading.commitments] == [925, 925]


def test_a_promise_of_the_remainder_replaces_nothing() -> None:
    reading = read_beside("mon check", friday_check("1000.00"), collectable=850)
    assert (reading.replaces, reading.promised) == ((), Decimal(850))


# After a broken promise


def test_after_a_broken_promise_the_reading_says_in_our_hands() -> None:
    reading = read("fri 500 check", in_hands=True)
    (commitment,) = reading.commitments
    assert (commitment.window.last_day, commitment.window.breaks_on) == (nov(27), nov(30))
    text = " ".join(sentences(reading, situation(nov(23))))
    assert "in our hands by Fri 27 Nov" in text
    assert "broken from Mon 30 Nov" in text


def test_after_a_broken_promise_a_check_that_the_mail_cannot_bring_in_time_is_warned_of() -> None:
    late = "a check in the mail is not here by then: ask for a transfer or a card"
    assert late in read("today 500", in_hands=True).warnings
    assert late in read("tomorrow 500 check", in_hands=True).warnings
    assert late not in read("today 500 ach", in_hands=True).warnings
    assert late not in read("today 500 check").warnings


# Without a date

PAYS_ON_THURSDAYS = PayCycle(frequency=Frequency.WEEKLY, weekday=3)


@pytest.mark.parametrize("line", ["wbp", "wbp 500 ach", "all check", "run"])
def test_a_promise_without_a_date_is_for_the_customers_next_pay_run(line: str) -> None:
    # Thursday the 26th is Thanksgiving: the run is made on Friday.
    reading = read(line, cycle=PAYS_ON_THURSDAYS)
    assert [c.day for c in reading.commitments] == [date(2026, 11, 27)]
    assert line == "run" or "no date said: their next pay run, Fri 27 Nov" in reading.warnings


def test_a_promise_without_a_date_passes_over_a_run_that_is_closed_and_says_so() -> None:
    # The cut-off of the run of Friday 27 November was Thursday the 19th.
    reading = read("wbp", cycle=msgspec.structs.replace(PAYS_ON_THURSDAYS, cutoff_days=5))
    assert [c.day for c in reading.commitments] == [date(2026, 12, 3)]
    assert "no date said: their next pay run, Thu 3 Dec" in reading.warnings
    assert "the run of Fri 27 Nov is closed: its cut-off was Thu 19 Nov" in reading.warnings


def test_in_a_list_of_promises_each_needs_its_date_even_with_a_pay_cycle() -> None:
    assert "needs a date" in read("half fri, rest", cycle=PAYS_ON_THURSDAYS).problems[0]
