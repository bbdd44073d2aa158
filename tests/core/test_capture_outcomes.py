"""All outcomes of a contact but promises and disputes: tries, callbacks, refusals, claims of payment, withdrawals."""

from datetime import date, time
from decimal import Decimal

import msgspec
import pytest

from arctui.core.capture.sentences import sentences
from arctui.core.records import Method, Outcome
from tests.core.builders import friday_check, invoice, open_under, problem, promise, read, situation, verdicts
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


@pytest.mark.parametrize(
    ("line", "zone", "say"),
    [
        pytest.param("cb 3pm", "America/Chicago", "15:00 their time, 16:00 here", id="an hour behind"),
        pytest.param("cb 3pm", "America/New_York", "15:00 their time and here", id="the same clock"),
        pytest.param("cb 3pm", "", "today, 15:00", id="no zone known"),
        pytest.param("cb tue 10:30", "Asia/Tokyo", "10:30 their time, 20:30 here on Mon 23 Nov", id="another day"),
        pytest.param("cb 2027-03-15 10:00", "Europe/London", "10:00 their time, 06:00 here", id="ours went forward"),
        pytest.param("cb 2027-03-29 10:00", "Europe/London", "10:00 their time, 05:00 here", id="both went forward"),
    ],
)
def test_a_callback_says_both_times_where_the_clocks_differ(line: str, zone: str, say: str) -> None:
    policy = msgspec.structs.replace(situation(nov(23)).policy, time_zone="America/New_York")
    reading = read(line, zone=zone, policy=policy)
    assert say in sentences(reading, situation(nov(23), given={"zone": zone, "policy": policy}))[0]


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("cb 2027-03-14 2:30", "the clocks go forward that night: 02:30 is 03:30"),
        ("cb 2027-11-07 1:30", "the clocks go back that night: the first 01:30 of two is meant"),
    ],
)
def test_an_hour_that_is_not_or_is_twice_is_said(line: str, say: str) -> None:
    assert say in read(line, zone="America/New_York").warnings
    assert not any("clocks" in w for w in read("cb 2027-03-14 3:30", zone="America/New_York").warnings)


NUMBERS = open_under(B_1041="450.00", n1042="1550.00")

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


@pytest.mark.parametrize(
    ("line", "reference"),
    [
        ("paid tue 500 check ref 4411 -- words", "4411"),
        ("paid ref 4411 tue 500 check", "4411"),
        ("paid tue 500 check no. A-17", "A-17"),
        ("paid tue 500 check number 4411", "4411"),
        ("paid tue 500 check #4411", "4411"),
        ("paid tue 500 check -- ref 4411", "4411"),
        ("paid tue 500 check -- sent it, Check No. AB-4411, he says", "AB-4411"),
        ("paid tue 500 check -- no reference", ""),
        ("paid tue 500 check -- a number of times", ""),
        ("paid tue 500 check", ""),
    ],
)
def test_the_reference_of_a_payment_is_kept(line: str, reference: str) -> None:
    reading = read(line)
    assert reading.paid
    assert (reading.paid.reference, reading.paid.amount, reading.paid.day) == (reference, Decimal(500), nov(17))


def test_a_payment_may_be_claimed_for_an_invoice() -> None:
    for line in ("paid tue B-1041 check ref 7", "paid tue check #B-1041 ref 7"):
        paid = read(line, invoices=NUMBERS).paid
        assert paid
        assert (paid.numbers, paid.amount, paid.reference) == (("B-1041",), Decimal(450), "7")


def test_a_claim_of_payment_says_its_reference_and_when_it_is_looked_for() -> None:
    said = sentences(read("paid fri 500 check ref 4411"), situation(nov(23)))
    # By mail, five business days from Friday the 20th: the 26th is a holiday.
    assert said == [
        "says it is paid: 500.00 on Fri 20 Nov 2026 by check reference 4411",
        "to be looked for on Mon 30 Nov 2026, in 7 days",
    ]


def test_with_the_reference_known_only_the_rest_is_asked_for() -> None:
    assert read("paid ref 4411").warnings == ("ask when, how much, how",)
    assert "of what number?" in problem("paid fri ref")


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


def test_two_sums_or_days_in_a_payment_are_not_called_promises() -> None:
    assert problem("paid 4111 1111") == "two amounts in one payment: put -- before other words ('1111')"
    assert problem("paid fri 500 nov 2").startswith("two dates in one payment: ")


def test_words_that_are_only_the_reference_are_not_kept_twice() -> None:
    assert [read(f"paid 500 {end}").words for end in ("-- no. 7.", "ref 7 -- 7", "-- sent, no. 7")] == [
        "",
        "",
        "sent, no. 7",
    ]
