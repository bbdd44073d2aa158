"""When an account is called: the first call, the calls after it, tries, letters, and the start anew."""

from datetime import date

import pytest

from arctui.core.policy import Policy
from arctui.core.records import ActivityKind, Flag, Outcome, Record
from tests.core.builders import (
    attempt,
    bucket,
    call,
    dispute,
    dossier,
    follow_up,
    friday_check,
    invoice,
    letter,
    payment,
    promise,
    standing,
)
from tests.core.oracle import dec, nov

FIRST, SCHEDULED, LETTER = 5, 6, 8
OLD = invoice("1", "1000.00", nov(2))
TRIES = [attempt(nov(18)), attempt(nov(19)), attempt(nov(20))]


def next_day(today: date, *facts: Record, policy: Policy | None = None) -> date | None:
    following = standing(dossier(*facts), today, policy=policy).next
    return following.day if following else None


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        pytest.param(nov(14), nov(18), id="due Saturday 14 is Wednesday 18"),
        pytest.param(nov(13), nov(18), id="due Friday 13 is Wednesday 18"),
        pytest.param(nov(16), nov(19), id="due Monday 16 is Thursday 19"),
        pytest.param(nov(23), nov(27), id="Thanksgiving is skipped"),
        pytest.param(nov(24), nov(30), id="a holiday and a week-end are skipped"),
        pytest.param(nov(30), dec(3), id="due at the end of the month"),
        pytest.param(dec(30), date(2027, 1, 5), id="over New Year"),
    ],
)
def test_the_first_call_is_on_the_third_business_day_after_the_due_date(due: date, expected: date) -> None:
    item = invoice("1", "100.00", due)
    the_day_after_it_was_due = date.fromordinal(due.toordinal() + 1)
    assert next_day(the_day_after_it_was_due, item) == expected
    assert bucket(dossier(item), date.fromordinal(expected.toordinal() - 1)) == 0
    assert bucket(dossier(item), expected) == FIRST


def test_the_oldest_collectable_invoice_sets_the_first_call() -> None:
    disputed, open_one = invoice("1", "100.00", nov(2)), invoice("2", "100.00", nov(18))
    assert next_day(nov(19), disputed, open_one, dispute("100.00", nov(9), on="1")) == nov(23)


def test_the_first_call_may_count_from_the_day_of_issue() -> None:
    item = invoice("1", "100.00", nov(18), issued=nov(2))
    policy = Policy(first_contact_from="issued")
    assert bucket(dossier(item), nov(19)) == 0
    assert standing(dossier(item), nov(19), policy=policy).reasons
    assert not standing(dossier(item), nov(18), policy=policy).reasons


def test_the_number_of_days_is_a_setting() -> None:
    assert next_day(nov(16), invoice("1", "9.00", nov(14)), policy=Policy(first_contact_business_days=5)) == nov(20)


@pytest.mark.parametrize(
    ("talks", "today", "expected"),
    [
        pytest.param([call(nov(16))], nov(17), nov(27), id="the second after 10 days, a holiday rolled to Friday"),
        pytest.param([call(nov(18))], nov(19), nov(30), id="the second after 10 days, a Saturday rolled to Monday"),
        pytest.param([call(nov(5)), call(nov(16))], nov(17), nov(27), id="the third 10 days after the second"),
        pytest.param([call(nov(4)), call(nov(9)), call(nov(20))], nov(21), nov(30), id="then every 10 days"),
        pytest.param(
            [call(nov(20), kind=ActivityKind.EMAIL)], nov(21), nov(30), id="an answer by email counts as well"
        ),
    ],
)
def test_later_calls_come_ten_days_after_the_last_conversation(
    talks: list[Record], today: date, expected: date
) -> None:
    assert next_day(today, OLD, *talks) == expected
    assert bucket(dossier(OLD, *talks), today) == 0
    assert bucket(dossier(OLD, *talks), expected) == SCHEDULED


@pytest.mark.parametrize(
    ("talks", "word"),
    [
        pytest.param([call(nov(5))], "second call", id="the second after one conversation"),
        pytest.param([call(nov(4)), call(nov(5))], "third call", id="the third after two"),
        pytest.param([call(nov(3)), call(nov(4)), call(nov(5))], "fourth call", id="the fourth after three"),
    ],
)
def test_the_sentence_counts_the_calls(talks: list[Record], word: str) -> None:
    (reason,) = standing(dossier(OLD, *talks), nov(16)).reasons
    assert word in reason.why
    assert "10 days after Thu 5 Nov" in reason.why


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(nov(18), nov(19), id="the next day"),
        pytest.param(nov(20), nov(23), id="after a Friday on Monday"),
        pytest.param(nov(21), nov(23), id="after a Saturday on Monday"),
        pytest.param(nov(25), nov(27), id="before a holiday on the day after it"),
    ],
)
@pytest.mark.parametrize(
    "outcome", [Outcome.NO_ANSWER, Outcome.BUSY, Outcome.VOICEMAIL, Outcome.WRONG_NUMBER, Outcome.GATEKEEPER]
)
def test_a_try_brings_the_account_back_on_the_next_business_day(day: date, expected: date, outcome: Outcome) -> None:
    facts = dossier(OLD, attempt(day, outcome))
    assert bucket(facts, day) == 0
    assert standing(facts, day).next is not None
    assert next_day(day, OLD, attempt(day, outcome)) == expected
    assert bucket(facts, expected) == FIRST


def test_a_try_says_its_hour_so_that_the_next_is_at_another() -> None:
    (reason,) = standing(dossier(OLD, attempt(nov(18), hour="09:40")), nov(19)).reasons
    assert "09:40" in reason.why
    assert "another hour" in reason.why


def test_a_try_does_not_pull_a_later_call_forward() -> None:
    assert next_day(nov(18), OLD, call(nov(16)), attempt(nov(18))) == nov(27)


def test_after_three_tries_in_a_row_a_letter_is_due_at_once() -> None:
    assert bucket(dossier(OLD, *TRIES[:2]), nov(23)) == FIRST
    assert bucket(dossier(OLD, *TRIES), nov(20)) == LETTER
    assert bucket(dossier(OLD, *TRIES), dec(20)) == LETTER


def test_the_number_of_tries_is_a_setting() -> None:
    found = standing(dossier(OLD, *TRIES[:2]), nov(20), policy=Policy(tries_before_letter=2))
    assert [int(r.bucket) for r in found.reasons] == [LETTER]


def test_the_next_call_is_ten_days_after_the_letter() -> None:
    facts = [OLD, *TRIES, letter(nov(23))]
    assert bucket(dossier(*facts), nov(23)) == 0
    assert next_day(nov(24), *facts) == dec(3)
    assert bucket(dossier(*facts), dec(3)) == FIRST


@pytest.mark.parametrize(
    "between",
    [
        pytest.param(call(nov(19), hour="15:00"), id="a call"),
        pytest.param(call(nov(19), kind=ActivityKind.EMAIL, hour="15:00"), id="an answer by email"),
        pytest.param(call(nov(19), about=(), hour="15:00"), id="a conversation about nothing that is open"),
    ],
)
def test_any_right_party_contact_ends_a_row_of_tries(between: Record) -> None:
    assert bucket(dossier(OLD, *TRIES, between), nov(20)) != LETTER


def test_a_note_does_not_end_a_row_of_tries() -> None:
    note = call(nov(19), kind=ActivityKind.NOTE, reached=False, hour="15:00")
    assert bucket(dossier(OLD, *TRIES, note), nov(20)) == LETTER


def test_three_tries_on_one_day_are_three() -> None:
    tries = [attempt(nov(18), hour=hour) for hour in ("09:00", "11:00", "15:00")]
    assert bucket(dossier(OLD, *tries), nov(18)) == LETTER


def test_an_invoice_not_yet_spoken_of_pulls_the_next_call_forward() -> None:
    fresh = invoice("2", "70.00", nov(18))
    assert next_day(nov(19), OLD, fresh, call(nov(16))) == nov(23)
    assert bucket(dossier(OLD, fresh, call(nov(16))), nov(23)) == SCHEDULED


def test_a_fresh_invoice_later_than_the_next_call_changes_nothing() -> None:
    assert next_day(nov(25), OLD, invoice("2", "70.00", nov(24)), call(nov(16))) == nov(27)


def test_an_invoice_that_was_spoken_of_does_not_pull_the_call_forward() -> None:
    facts = [OLD, invoice("2", "70.00", nov(16)), call(nov(17), about=["1", "2"])]
    assert next_day(nov(19), *facts) == nov(27)


def test_the_schedule_starts_anew_when_all_that_was_spoken_of_is_paid() -> None:
    paid = payment(nov(20), "1000.00", {"1": "1000.00"})
    facts = [OLD, invoice("2", "70.00", nov(23)), call(nov(5)), call(nov(16)), paid]
    assert next_day(nov(24), *facts) == nov(27)
    (reason,) = standing(dossier(*facts), nov(27)).reasons
    assert int(reason.bucket) == FIRST


def test_the_schedule_goes_on_while_one_invoice_that_was_spoken_of_is_open() -> None:
    paid = payment(nov(20), "1000.00", {"1": "1000.00"})
    facts = [OLD, invoice("2", "70.00", nov(9)), call(nov(16), about=["1", "2"]), paid]
    assert next_day(nov(23), *facts) == nov(27)


@pytest.mark.parametrize(
    ("given_promise", "expected"),
    [
        pytest.param(friday_check("400.00"), nov(25), id="the last day where it comes first"),
        pytest.param(promise("400.00", dec(4), dec(9), dec(10)), nov(27), id="ten days where they come first"),
    ],
)
def test_what_a_partial_promise_leaves_open_waits(given_promise: Record, expected: date) -> None:
    facts = [OLD, call(nov(16), Outcome.PROMISE), given_promise]
    assert bucket(dossier(*facts), nov(24)) == 0
    assert any(r.bucket == SCHEDULED for r in standing(dossier(*facts), expected).reasons)
    day_before = date.fromordinal(expected.toordinal() - 1)
    assert not any(r.bucket == SCHEDULED for r in standing(dossier(*facts), day_before).reasons)


def test_a_promise_of_everything_silences_the_schedule() -> None:
    facts = dossier(OLD, call(nov(5), Outcome.PROMISE), promise("1000.00", dec(4), dec(9), dec(10), taken=nov(5)))
    assert bucket(facts, nov(30)) == 0


def test_nothing_is_planned_where_nothing_is_collectable() -> None:
    assert next_day(nov(16), OLD, payment(nov(10), "1000.00", {"1": "1000.00"})) is None
    assert next_day(nov(16), OLD, invoice("C", "-1000.00", None)) is None
    assert next_day(nov(16), invoice("1", "50.00", None)) is None


def test_a_date_set_by_the_clerk_takes_the_place_of_the_schedule() -> None:
    facts = [OLD, call(nov(2)), follow_up(nov(24))]
    assert bucket(dossier(*facts), nov(20)) == 0
    (reason,) = standing(dossier(*facts), nov(24)).reasons
    assert (int(reason.bucket), reason.why) == (SCHEDULED, "follow up: new manager starts")
    assert next_day(nov(20), OLD, call(nov(18)), follow_up(nov(24), done_on=nov(18))) == nov(30)


@pytest.mark.parametrize("flag", list(Flag))
def test_a_stop_flag_takes_the_account_off_every_list_and_says_why(flag: Flag) -> None:
    facts = dossier(OLD, friday_check(), follow_up(nov(2)), *TRIES, flags=(flag,))
    found = standing(facts, dec(1))
    assert (found.reasons, found.next, found.urgent) == ((), None, False)
    assert flag.value in found.stopped


def test_who_was_spoken_to_of_something_that_is_paid_now_is_not_called_for_the_first_time() -> None:
    """As after a merge: the talk was about an invoice of the other account, this one was due for its first call."""
    paid = payment(nov(20), "500.00", {"2": "500.00"})
    facts = dossier(OLD, invoice("2", "500.00", nov(2)), call(nov(16), Outcome.PROMISE, about=["2"]), paid)
    (reason,) = standing(facts, nov(23)).reasons
    assert (reason.bucket, reason.why) == (SCHEDULED, "an invoice not yet spoken of, since Thu 5 Nov")


def test_an_invoice_that_came_due_after_the_last_talk_is_called_for_the_first_time() -> None:
    paid = payment(nov(20), "500.00", {"2": "500.00"})
    late = invoice("3", "70.00", nov(17))
    facts = dossier(late, invoice("2", "500.00", nov(2)), call(nov(16), Outcome.PROMISE, about=["2"]), paid)
    (reason,) = standing(facts, nov(23)).reasons
    assert (reason.bucket, reason.why) == (FIRST, "first call, since Fri 20 Nov")
