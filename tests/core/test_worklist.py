"""The worklist: one row per account, its best bucket, why, and the order of the rows."""

from datetime import date
from decimal import Decimal

import pytest

from arctui.core.reasons import Bucket
from arctui.core.records import ActivityKind, Frequency, Outcome, PayCycle, Record
from arctui.core.worklist import Row, calling_order
from tests.core.builders import (
    attempt,
    bucket,
    call,
    callback,
    dispute,
    dossier,
    follow_up,
    friday_check,
    invoice,
    letter,
    list_row,
    money,
    payment,
    promise,
    report,
    reports,
    standing,
)
from tests.core.oracle import dec, nov

OLD = invoice("1", "1000.00", nov(2))
TALK = call(nov(16), Outcome.PROMISE)
NOT_DUE = invoice("1", "1000.00", dec(31))


def test_the_buckets_have_their_numbers_and_names() -> None:
    names = ["broken", "callback", "verify", "cutoff", "first", "scheduled", "dispute", "letter"]
    assert [(int(b), b.label) for b in Bucket] == list(enumerate(names, 1))


# 1 broken


@pytest.mark.parametrize(
    ("facts", "today", "expected"),
    [
        pytest.param([], nov(25), 3, id="not while the window runs"),
        pytest.param([], nov(27), 1, id="from the first business day after the window"),
        pytest.param([], dec(20), 1, id="for as long as nobody follows it up"),
        pytest.param([payment(nov(24), "1000.00", {"1": "1000.00"})], nov(27), 0, id="not when it was kept"),
        pytest.param([payment(nov(24), "400.00", {"1": "400.00"})], nov(27), 1, id="when only a part came"),
        pytest.param([payment(nov(24), "400.00", reversed_on=nov(26))], nov(27), 1, id="when the check bounced"),
        pytest.param(
            [payment(nov(27), "1000.00", {"1": "1000.00"})], nov(27), 0, id="not when late money made it good"
        ),
        pytest.param([call(nov(27))], nov(27), 0, id="not after a conversation on that day"),
        pytest.param([call(nov(26))], nov(27), 1, id="a conversation before it broke does not follow it up"),
        pytest.param([attempt(nov(27))], nov(30), 1, id="a try that reached nobody does not follow it up"),
        pytest.param([letter(nov(27))], nov(30), 0, id="not after a letter"),
        pytest.param([call(nov(27), kind=ActivityKind.NOTE, reached=False)], nov(27), 1, id="a note is no follow-up"),
        pytest.param(
            [promise("1000.00", dec(4), dec(4), dec(7), taken=nov(27))], nov(27), 0, id="not after a new promise"
        ),
    ],
)
def test_a_broken_promise_is_on_the_list_until_it_is_followed_up(
    facts: list[Record], today: date, expected: int
) -> None:
    assert bucket(dossier(OLD, TALK, friday_check(), *facts), today) == expected


@pytest.mark.parametrize(
    ("reviewed_on", "expected"),
    [
        pytest.param(nov(27), 0, id="a decision in the review follows it up"),
        pytest.param(nov(25), 1, id="a decision before it broke does not"),
    ],
)
def test_the_review_decides_what_was_broken(reviewed_on: date, expected: int) -> None:
    found = standing(dossier(OLD, TALK, friday_check(reviewed_on=reviewed_on)), nov(27)).reasons
    assert any(r.bucket is Bucket.BROKEN for r in found) is bool(expected)


def test_the_row_of_a_broken_promise_is_about_what_is_missing_of_it() -> None:
    facts = dossier(OLD, TALK, friday_check("800.00"), payment(nov(24), "300.00", {"1": "300.00"}))
    found = list_row(facts, nov(27))
    assert found is not None
    assert (found.amount, found.collectable, found.past_due) == money(500, 700, 700)
    assert found.days_past_due == 25
    assert "promised 800.00 for Fri 20 Nov by check, 300.00 came" in found.why


def test_several_broken_promises_are_one_row_about_all_of_them() -> None:
    other = promise("100.00", nov(18), nov(23), nov(24))
    found = list_row(dossier(OLD, TALK, friday_check("200.00"), other), nov(27))
    assert found is not None
    assert found.amount == 300
    assert "promised 100.00 for Wed 18 Nov" in found.why
    assert "promised 200.00 for Fri 20 Nov" in found.why


# 2 callback


@pytest.mark.parametrize(
    ("facts", "today", "expected"),
    [
        pytest.param([callback(nov(24), "10:30")], nov(23), 0, id="not before its day"),
        pytest.param([callback(nov(24), "10:30")], nov(24), 2, id="on its day"),
        pytest.param([callback(nov(24))], nov(24), 2, id="without an hour as well"),
        pytest.param([callback(nov(24), "10:30")], nov(27), 2, id="after its day until it is done"),
        pytest.param([callback(nov(24), "10:30", done_on=nov(24))], nov(24), 0, id="not when it is done"),
    ],
)
def test_a_callback_is_on_the_list_on_its_day(facts: list[Record], today: date, expected: int) -> None:
    assert bucket(dossier(NOT_DUE, *facts), today) == expected


@pytest.mark.parametrize(
    ("hour", "zone", "urgent"),
    [
        pytest.param("10:24", "", False, id="six minutes before"),
        pytest.param("10:25", "", True, id="five minutes before"),
        pytest.param("10:30", "", True, id="on the minute"),
        pytest.param("15:00", "", True, id="hours after"),
        pytest.param("12:24", "America/Denver", False, id="six minutes before their time"),
        pytest.param("12:25", "America/Denver", True, id="five minutes before their time"),
    ],
)
def test_a_callback_due_within_five_minutes_is_urgent(hour: str, zone: str, urgent: bool) -> None:
    found = list_row(dossier(NOT_DUE, callback(nov(24), "10:30", zone=zone)), nov(24), hour=hour)
    assert found is not None
    assert found.urgent is urgent


def test_a_callback_without_an_hour_is_never_urgent() -> None:
    found = list_row(dossier(NOT_DUE, callback(nov(24))), nov(24), hour="17:00")
    assert found is not None
    assert not found.urgent


# 3 verify


@pytest.mark.parametrize(
    ("facts", "today", "expected"),
    [
        pytest.param([], nov(24), 0, id="not before the last day"),
        pytest.param([], nov(25), 3, id="on the last day of the window"),
        pytest.param([payment(nov(25), "1000.00", {"1": "1000.00"})], nov(25), 0, id="not when the money is here"),
        pytest.param([payment(nov(20), "400.00", {"1": "400.00"})], nov(25), 3, id="while a part is missing"),
    ],
)
def test_the_money_is_looked_for_on_the_last_day(facts: list[Record], today: date, expected: int) -> None:
    assert bucket(dossier(OLD, TALK, friday_check(), *facts), today) == expected


def test_a_promise_withdrawn_is_not_looked_for() -> None:
    gone = promise("1000.00", nov(20), nov(25), nov(27), withdrawn_on=nov(23))
    reasons = standing(dossier(OLD, TALK, gone), nov(25)).reasons
    assert not any(r.bucket is Bucket.VERIFY for r in reasons)


# 4 cutoff: paid on Fridays, everything two business days before, so Wednesday 9 December for Friday 11

CYCLE = PayCycle(frequency=Frequency.WEEKLY, weekday=4, cutoff_days=2)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(dec(3), 0, id="not the day after the last cut-off"),
        pytest.param(dec(4), 4, id="from the third business day before the cut-off"),
        pytest.param(dec(8), 4, id="the day before the cut-off"),
        pytest.param(dec(9), 4, id="on the cut-off"),
    ],
)
def test_a_cut_off_is_near(today: date, expected: int) -> None:
    assert bucket(dossier(OLD, call(dec(2)), cycle=CYCLE), today) == expected


def test_a_cut_off_needs_nothing_when_all_that_is_past_due_is_promised() -> None:
    facts = dossier(OLD, call(dec(2)), promise("1000.00", dec(11), dec(14), dec(15), taken=dec(2)), cycle=CYCLE)
    assert bucket(facts, dec(8)) == 0


def test_a_missing_document_is_asked_for_though_all_is_promised() -> None:
    cycle = PayCycle(
        frequency=Frequency.WEEKLY, weekday=4, cutoff_days=2, documents=("PO", "W-9"), documents_in=("PO",)
    )
    facts = dossier(OLD, call(dec(2)), promise("1000.00", dec(11), dec(14), dec(15), taken=dec(2)), cycle=cycle)
    found = list_row(facts, dec(8))
    assert found is not None
    assert found.bucket is Bucket.CUTOFF
    assert "W-9" in found.why
    assert "PO" not in found.why


def test_a_cut_off_of_a_customer_who_owes_nothing_is_nobodys_business() -> None:
    assert bucket(dossier(cycle=CYCLE), dec(8)) == 0
    assert bucket(dossier(NOT_DUE, cycle=CYCLE), dec(8)) == 0


def test_a_customer_who_was_called_about_a_run_today_is_off_the_list() -> None:
    assert bucket(dossier(OLD, call(dec(8)), cycle=CYCLE), dec(8)) == 0


# 5 to 8


def test_first_and_scheduled_calls_are_about_what_is_collectable() -> None:
    facts = [OLD, dispute("300.00", nov(20), on="1")]
    first, later = list_row(dossier(*facts), nov(23)), list_row(dossier(*facts, call(nov(5))), nov(23))
    assert first is not None
    assert later is not None
    assert (first.bucket, first.amount) == (Bucket.FIRST, Decimal(700))
    assert (later.bucket, later.amount) == (Bucket.SCHEDULED, Decimal(700))


@pytest.mark.parametrize(
    ("closed_on", "today", "expected"),
    [
        pytest.param(None, nov(23), 0, id="not before our remedy is due"),
        pytest.param(None, nov(24), 7, id="when our remedy is due"),
        pytest.param(nov(24), nov(24), 0, id="not when it is closed"),
    ],
)
def test_a_dispute_is_on_the_list_when_our_remedy_is_due(closed_on: date | None, today: date, expected: int) -> None:
    facts = dossier(NOT_DUE, dispute("30.00", nov(20), on="1", due=nov(24), closed_on=closed_on))
    assert bucket(facts, today) == expected


def test_a_letter_is_on_the_list_after_three_tries_until_it_is_written() -> None:
    tries = [attempt(nov(18)), attempt(nov(19)), attempt(nov(20))]
    assert bucket(dossier(OLD, *tries), nov(23)) == 8
    assert bucket(dossier(OLD, *tries, letter(nov(23))), nov(23)) == 0


# One row


def test_a_row_has_the_best_bucket_and_names_every_reason() -> None:
    facts = dossier(
        OLD,
        TALK,
        friday_check("600.00"),
        callback(nov(27), "10:30"),
        dispute("100.00", nov(27), due=nov(27)),
        follow_up(nov(27)),
    )
    found = list_row(facts, nov(27))
    assert found is not None
    assert found.bucket is Bucket.BROKEN
    for part in ("promised 600.00", "call back 10:30", "follow up: new manager starts", "our remedy is due"):
        assert part in found.why


def test_an_account_about_which_there_is_nothing_to_do_has_no_row() -> None:
    assert list_row(dossier(), nov(23)) is None
    assert list_row(dossier(NOT_DUE), nov(23)) is None
    assert list_row(dossier(invoice("C", "-50.00", nov(2))), nov(23)) is None


@pytest.mark.parametrize(
    ("as_of", "today", "stale"),
    [
        pytest.param(nov(20), nov(23), False, id="payments of Friday are new on Monday"),
        pytest.param(nov(19), nov(23), True, id="payments of Thursday are old on Monday"),
        pytest.param(nov(20), nov(22), False, id="payments of Friday are new on Sunday"),
        pytest.param(nov(25), nov(27), False, id="payments of the day before a holiday are new after it"),
        pytest.param(nov(24), nov(27), True, id="payments two business days old are old"),
        pytest.param(nov(27), nov(27), False, id="payments of today are new"),
    ],
)
def test_the_sentence_says_so_while_payments_are_old(as_of: date, today: date, stale: bool) -> None:
    found = list_row(dossier(OLD), today, known=reports(report(1, as_of, payments=True)))
    assert found is not None
    assert ("import first" in found.why) is stale
    assert (f"payments as of {as_of:%a} {as_of.day}" in found.why) is stale


# The order


def row(
    name: str,
    number: int = 5,
    amount: str = "10.00",
    days: int = 5,
    *,
    urgent: bool = False,
    overdue: bool = False,
    passed_over: bool = False,
) -> Row:
    return Row(
        account=name,
        name=name,
        number=name,
        bucket=Bucket(number),
        why="",
        amount=Decimal(amount),
        currency="USD",
        collectable=Decimal(amount),
        past_due=Decimal(amount),
        days_past_due=days,
        next=nov(23),
        urgent=urgent,
        overdue=overdue,
        passed_over=passed_over,
    )


def test_rows_are_sorted_by_bucket_then_by_amount_then_by_age() -> None:
    expected = [
        row("callback due now", 2, "1.00", urgent=True),
        row("broken, passed over", 1, "2.00", passed_over=True),
        row("due, passed over", 3, "900.00", passed_over=True),
        row("callback of yesterday", 2, "1.00", urgent=True, overdue=True),
        row("broken, more", 1, "900.00"),
        row("broken, less", 1, "5.00", 90),
        row("callback later", 2, "9999.00"),
        row("verify", 3),
        row("cut-off", 4),
        row("first, more", 5, "100.00", 4),
        row("first, less and older", 5, "50.00", 40),
        row("first, less and newer", 5, "50.00", 4),
        row("scheduled", 6, "99999.00"),
        row("dispute", 7),
        row("letter", 8),
    ]
    mixed = expected[1::2] + expected[::2][::-1]
    assert [r.name for r in sorted(mixed, key=calling_order)] == [r.name for r in expected]
