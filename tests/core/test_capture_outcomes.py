"""All outcomes of a contact but promises: tries, callbacks, disputes, refusals, claims of payment, withdrawals."""

from datetime import date, time
from decimal import Decimal

import pytest

from arctui.core.capture.sentences import sentences
from arctui.core.records import (
    Method,
    Outcome,
)
from tests.core.builders import friday_check, invoice, problem, promise, read, situation, verdicts
from tests.core.oracle import dec, nov


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("na", Outcome.NO_ANSWER),
        ("busy", Outcome.BUSY),
        ("lvm", Outcome.VOICEMAIL),
        ("wn", Outcome.WRONG_NUMBER),
        ("gk", Outcome.GATEKEEPER),
        ("NA", Outcome.NO_ANSWER),
    ],
)
def test_a_try_is_its_code_alone(code: str, outcome: Outcome) -> None:
    reading = read(code)
    assert (reading.outcome, reading.commitments, reading.warnings) == (outcome, (), ())
    assert reading.ok
    assert sentences(reading, situation(nov(23))) == [f"{outcome}: next try by the rule"]


def test_a_try_may_name_who_was_asked_for() -> None:
    assert read("gk mrs lee").person == "Ann Lee"
    assert read("lvm tony marsh -- left my number").words == "left my number"


@pytest.mark.parametrize("line", ["na fri", "lvm 500", "busy tomorrow", "wn 15"])
def test_a_try_takes_no_date_and_no_amount(line: str) -> None:
    assert "next try is set by the rule" in problem(line)


@pytest.mark.parametrize("line", ["na rosa", "wn xyz"])
def test_a_try_takes_no_unknown_word(line: str) -> None:
    assert "is not understood" in problem(line)


# Callbacks, read on Monday 23 November at nine


@pytest.mark.parametrize(
    ("line", "day", "hour", "why"),
    [
        ("cb tue 10:30 ask for mrs lee", nov(24), time(10, 30), "ask for mrs lee"),
        ("cb 3pm", nov(23), time(15, 0), ""),
        ("cb 3 pm", nov(23), time(15, 0), ""),
        ("cb 10:30", nov(23), time(10, 30), ""),
        ("cb 15h", nov(23), time(15, 0), ""),
        ("cb noon", nov(23), time(12, 0), ""),
        ("cb 12pm", nov(23), time(12, 0), ""),
        ("cb tomorrow at 9 before the meeting", nov(24), time(9, 0), "before the meeting"),
        ("cb dec 15 10:30", dec(15), time(10, 30), ""),
        ("cb 2026-12-15 10:30", dec(15), time(10, 30), ""),
        ("cb 12/15 10:30", dec(15), time(10, 30), ""),
        ("cb next tue 2pm", dec(1), time(14, 0), ""),
        ("cb +2 9am", nov(25), time(9, 0), ""),
        ("cb +2b 9am", nov(25), time(9, 0), ""),
        ("cb 15 10:30", dec(15), time(10, 30), ""),
        ("cb tue", nov(24), None, ""),
        ("cb tue ask for mrs lee", nov(24), None, "ask for mrs lee"),
        ("cb tue 10:30 500 soon fri", nov(24), time(10, 30), "500 soon fri"),
    ],
)
def test_a_callback_has_a_day_an_hour_and_free_words(line: str, day: date, hour: time | None, why: str) -> None:
    reading = read(line)
    assert reading.problems == ()
    assert reading.callback is not None
    assert (reading.callback.day, reading.callback.hour, reading.callback.why) == (day, hour, why)


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("cb", "call back when?"),
        ("cb mrs lee", "call back when?"),
        ("cb soon", "which day"),
        ("cb asap please", "which day"),
        ("cb yesterday 10:30", "past"),
        ("cb nov 20 10:30", "past"),
        ("cb 8:59", "has passed"),
        ("cb 25:00", "no hour"),
        ("cb tue 13pm", "no hour"),
        ("cb tue 10:75", "no hour"),
    ],
)
def test_a_callback_that_cannot_be_is_refused(line: str, say: str) -> None:
    assert say in problem(line)


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("cb tue", "at what time?"),
        ("cb tue 3", "15:00"),
        ("cb tue 7:00", "calling hours"),
        ("cb tue 18:00", "calling hours"),
        ("cb thu 10:30", "Thanksgiving"),
        ("cb sat 10:30", "week-end"),
        ("cb +31 10:30", "in 31 days"),
    ],
)
def test_an_unusual_callback_is_warned_of(line: str, say: str) -> None:
    assert any(say in warning for warning in read(line).warnings)


def test_an_hour_is_meant_in_the_time_zone_of_the_customer() -> None:
    callback = read("cb 7:30", zone="America/Los_Angeles").callback
    assert callback is not None
    assert callback.zone == "America/Los_Angeles"
    # Nine in New York is six in Los Angeles and two in the afternoon in London.
    assert "has passed" in problem("cb 5:30", zone="America/Los_Angeles")
    assert "has passed" in problem("cb 13:30", zone="Europe/London")
    assert read("cb 14:30", zone="Europe/London").ok


# Disputes

NUMBERS = {"B-1041": Decimal("450.00"), "1042": Decimal("1550.00")}


@pytest.mark.parametrize(
    ("line", "amount", "reason", "numbers"),
    [
        ("dsp 450 damaged pallets", "450", "damaged pallets", ()),
        ("dsp 1,200.50 short by fri 15 soon", "1200.50", "short by fri 15 soon", ()),
        ("dsp 450 -- damaged pallets", "450", "damaged pallets", ()),
        ("dsp 200 damaged on B-1041", "200", "damaged on B-1041", ("B-1041",)),
        ("dsp B-1041 damaged", "450", "damaged", ("B-1041",)),
        ("dsp 1042 never came", "1550", "never came", ("1042",)),
        ("dsp damaged pallets", "2000", "damaged pallets", ()),
        ("dsp all nothing came", "2000", "nothing came", ()),
    ],
)
def test_a_dispute_has_an_amount_and_free_words(
    line: str, amount: str, reason: str, numbers: tuple[str, ...]
) -> None:
    objection = read(line, numbers=NUMBERS).objection
    assert objection is not None
    assert (objection.amount, objection.reason, objection.numbers) == (Decimal(amount), reason, numbers)


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("dsp", "what is wrong?"),
        ("dsp 450", "what is wrong?"),
        ("dsp 0 damaged", "nothing"),
        ("dsp €5 x", "owes USD"),
    ],
)
def test_a_dispute_that_cannot_be_is_refused(line: str, say: str) -> None:
    assert say in problem(line, numbers=NUMBERS)


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("dsp damaged pallets", "all 2,000.00 is taken as disputed"),
        ("dsp 2000.01 damaged", "more than the 2,000.00"),
        ("dsp 451 damaged B-1041", "more than the 450.00"),
    ],
)
def test_an_unusual_dispute_is_warned_of(line: str, say: str) -> None:
    assert any(say in warning for warning in read(line, numbers=NUMBERS).warnings)


# Refusals


@pytest.mark.parametrize("line", ["ref will not pay 500 on fri soon", "ref -- will not pay 500 on fri soon"])
def test_all_words_of_a_refusal_are_free(line: str) -> None:
    reading = read(line)
    assert (reading.outcome, reading.words) == (Outcome.REFUSED, "will not pay 500 on fri soon")
    assert reading.ok


def test_a_refusal_without_words_asks_why() -> None:
    assert any("why" in warning for warning in read("ref").warnings)


# Says it is paid


@pytest.mark.parametrize(
    ("line", "day", "amount", "method"),
    [
        pytest.param("paid fri 500 ach", nov(20), "500", Method.TRANSFER, id="a weekday is the last one gone by"),
        pytest.param("paid 15 500 check", nov(15), "500", Method.CHECK, id="a day is the last one gone by"),
        pytest.param("paid 30", date(2026, 10, 30), None, None, id="a day of the last month"),
        pytest.param("paid 31", date(2026, 10, 31), None, None, id="a day that this month does not have"),
        pytest.param("paid yesterday", nov(22), None, None, id="yesterday"),
        pytest.param("paid today", nov(23), None, None, id="today"),
        pytest.param("paid nov 2 card", nov(2), None, Method.CARD, id="a named month"),
        pytest.param("paid 2025-12-15", date(2025, 12, 15), None, None, id="an iso date"),
        pytest.param("paid", None, None, None, id="nothing more"),
        pytest.param("paid 500", None, "500", None, id="only the amount"),
    ],
)
def test_a_claim_of_payment(line: str, day: date | None, amount: str | None, method: Method | None) -> None:
    paid = read(line).paid
    assert paid is not None
    assert (paid.day, paid.amount, paid.method) == (day, Decimal(amount) if amount else None, method)


def test_a_claim_of_payment_may_name_a_month_of_last_year() -> None:
    paid = read("paid dec 15 500", date(2027, 1, 5)).paid
    assert paid is not None
    assert paid.day == dec(15)


def test_what_a_claim_of_payment_leaves_out_is_to_be_asked() -> None:
    assert read("paid").warnings == ("ask when, how much, how, and the reference",)
    assert read("paid fri 500 ach").warnings == ()


@pytest.mark.parametrize("line", ["paid tomorrow", "paid +3", "paid 2026-12-01", "paid next fri"])
def test_it_cannot_have_been_paid_on_a_day_to_come(line: str) -> None:
    assert "day to come" in problem(line)


# Withdrawals

LIVE = verdicts(
    nov(18), invoice("1", "2000.00", nov(2)), friday_check("500.00"), promise("700.00", dec(4), dec(9), dec(10))
)
FRIDAY, DECEMBER = (j.promise.id for j in LIVE)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("wd", (FRIDAY, DECEMBER), id="all of them"),
        pytest.param("wd nov 20", (FRIDAY,), id="by its day"),
        pytest.param("wd 700", (DECEMBER,), id="by its amount"),
        pytest.param("wd fri", (FRIDAY,), id="by its weekday"),
        pytest.param("wd tony", (FRIDAY, DECEMBER), id="by a person"),
    ],
)
def test_a_promise_is_taken_back(line: str, expected: tuple[str, ...]) -> None:
    reading = read(line, nov(18), live=LIVE)
    assert reading.outcome is Outcome.WITHDRAWN
    assert reading.withdraws == expected


def test_only_an_open_promise_can_be_taken_back() -> None:
    assert "no open promise" in problem("wd")
    said = problem("wd 123", nov(18), live=LIVE)
    assert "500.00 for Fri 20 Nov" in said
