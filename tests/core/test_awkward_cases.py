"""Awkward cases: typing errors, several promises at once, currencies, zones, month ends, odd settings."""

from datetime import date, time
from decimal import Decimal

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arctui.core.business import BusinessCalendar
from arctui.core.capture.sentences import sentences
from arctui.core.pay_cycles import next_run
from arctui.core.policy import PolicyError, parse_setting
from arctui.core.promises import Verdict, no_grace
from arctui.core.reasons import Bucket
from arctui.core.records import Frequency, PayCycle
from arctui.core.review import review
from arctui.core.text import clean
from tests.core.builders import (
    attempt,
    balance,
    bucket,
    call,
    callback,
    dispute,
    dossier,
    friday_check,
    invoice,
    letter,
    list_row,
    money,
    payment,
    problem,
    promise,
    read,
    situation,
    standing,
    verdicts,
)
from tests.core.oracle import dec, nov

OLD = invoice("1", "1000.00", nov(2))


# Reading a line never raises


@pytest.mark.parametrize(
    ("line", "today"),
    [
        pytest.param(",", nov(23), id="a comma alone"),
        pytest.param("wbp ;", nov(23), id="a code and a semicolon"),
        pytest.param("\u0301", nov(23), id="an accent without a letter"),
        pytest.param("fri 500 \u0301", nov(23), id="an accent for a name"),
        pytest.param("fri 500 \u00b4", nov(23), id="a dead key pressed twice"),
        pytest.param("paid feb 29", date(2027, 3, 15), id="a leap day claimed in a year without one"),
        pytest.param("9999-12-31 500", nov(23), id="the last day of all"),
    ],
)
def test_no_line_crashes_the_reading(line: str, today: date) -> None:
    assert read(line, today).problems


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=30))
@example("\u0301")
def test_no_text_crashes_the_reading(text: str) -> None:
    assert isinstance(sentences(read(text), situation(nov(23))), list)


# What was typed is silently lost or changed


@pytest.mark.parametrize("line", ["paid nov 30", "paid 30 nov", "paid 12 dec", "paid dec 15"])
def test_a_payment_claimed_for_a_named_day_is_never_moved_to_another_month(line: str) -> None:
    reading = read(line)
    last_year = (date(2025, 11, 30), date(2025, 12, 12), date(2025, 12, 15))
    assert reading.problems or (reading.paid and reading.paid.day in last_year)


@pytest.mark.parametrize("line", ["lvm tony marsh call again monday", "na ann 500", "gk tony wrong extension"])
def test_words_after_a_try_are_not_lost(line: str) -> None:
    assert problem(line)


@pytest.mark.parametrize(
    ("line", "country", "day", "hour"),
    [
        pytest.param("cb 25 10:30", "US", nov(25), time(10, 30), id="a day that is no hour"),
        pytest.param("cb 31 9am", "US", dec(31), time(9, 0), id="the 31st"),
        pytest.param("cb 15 dec 10:30", "US", dec(15), time(10, 30), id="a day before its month"),
        pytest.param("cb 4 dec 3pm", "US", dec(4), time(15, 0), id="a day before its month that could be an hour"),
        pytest.param("cb 15.12 10:30", "DE", dec(15), time(10, 30), id="a day with a point, and an hour"),
        pytest.param("cb 3pm 2 invoices to discuss", "US", nov(23), time(15, 0), id="free words with a number"),
        pytest.param("cb 3pm end of quarter question", "US", nov(23), time(15, 0), id="free words like a date"),
    ],
)
def test_callbacks_that_are_misread_or_refused(line: str, country: str, day: date, hour: time) -> None:
    found = read(line, country=country).callback
    assert found is not None
    assert (found.day, found.hour) == (day, hour)


@pytest.mark.parametrize(
    ("line", "country"),
    [("fri 1.234 check", "US"), ("fri 1,234 check", "DE"), ("fri 1,200k check", "US")],
)
def test_an_amount_that_loses_figures_says_so(line: str, country: str) -> None:
    reading = read(line, country=country, collectable=Decimal(10**7), open_total=Decimal(10**7))
    assert reading.problems or reading.warnings or reading.promised > 1200


def test_two_halves_are_not_more_than_the_whole() -> None:
    owed = Decimal("1850.01")
    assert read("half 15 check, half 30", collectable=owed, open_total=owed).promised == owed


@pytest.mark.parametrize("line", ["fri hopefully", "fri 500 perhaps", "15 of january", "fri 500 usd"])
def test_a_word_that_is_plainly_no_name_is_not_taken_as_a_person(line: str) -> None:
    assert read(line).person == ""


def test_a_year_of_the_last_century_is_past() -> None:
    assert "is past" in problem("1/5/1999 500")


@pytest.mark.parametrize("line", ["fri 99.50", "20.00 fri"])
def test_an_amount_with_a_point_is_read_or_explained_where_a_comma_is_the_mark(line: str) -> None:
    reading = read(line, country="DE")
    assert reading.ok or "month" not in reading.problems[0]


def test_taking_back_half_does_not_take_back_everything() -> None:
    live = verdicts(nov(18), OLD, friday_check())
    assert problem("wd half", nov(18), live=live)


# Promises

PLAN = [
    promise("500.00", nov(9), nov(12), nov(13), taken=nov(4), name="first"),
    promise("500.00", nov(16), nov(19), nov(20), taken=nov(4), name="second"),
]


def test_no_grace_when_the_first_instalment_was_kept_and_the_second_broken() -> None:
    found = verdicts(nov(20), OLD, *PLAN, payment(nov(9), "500.00", {"1": "500.00"}))
    assert [j.verdict for j in found] == [Verdict.KEPT, Verdict.BROKEN]
    assert no_grace(found)


def test_a_promise_kept_before_an_older_one_broke_gives_no_grace_back() -> None:
    older = promise("500.00", nov(16), nov(19), nov(20), taken=nov(2), name="older")
    newer = promise("500.00", nov(9), nov(12), nov(13), taken=nov(4), name="newer")
    found = verdicts(nov(20), OLD, older, newer, payment(nov(9), "500.00", {"1": "500.00"}))
    assert [j.verdict for j in found] == [Verdict.BROKEN, Verdict.KEPT]
    assert no_grace(found)


def test_a_dispute_that_names_no_invoice_suspends_the_promise_on_the_item_it_lies_on() -> None:
    facts = dossier(OLD, friday_check(), dispute("1000.00", nov(18)))
    assert standing(facts, nov(27)).judged[0].verdict is Verdict.SUSPENDED


def test_a_suspended_promise_takes_no_money_from_one_that_holds() -> None:
    disputed = promise("100.00", nov(18), nov(23), nov(24), on=["1"], name="disputed")
    holds = promise("100.00", nov(20), nov(25), nov(27), on=["2"], name="holds")
    items = [invoice("1", "100.00", nov(2)), invoice("2", "100.00", nov(2))]
    facts = dossier(*items, disputed, holds, dispute("100.00", nov(17), on="1"), payment(nov(20), "60.00"))
    found = {j.promise.id: j.verdict for j in standing(facts, nov(27)).judged}
    assert found == {"disputed": Verdict.SUSPENDED, "holds": Verdict.PARTIAL}


def test_what_a_promise_cannot_cover_of_a_disputed_invoice_it_covers_of_its_others() -> None:
    facts = dossier(
        invoice("1", "100.00", nov(2)),
        invoice("2", "100.00", nov(3)),
        promise("100.00", nov(20), nov(25), nov(27), on=["1", "2"]),
        dispute("60.00", nov(17), on="1"),
    )
    found = standing(facts, nov(18)).balance
    assert (found.past_due, found.disputed, found.promised, found.collectable) == money(200, 60, 100, 40)


# The ledger


def test_a_payment_applied_beyond_its_amount_is_no_negative_credit() -> None:
    discount = payment(nov(20), "98.00", {"1": "100.00"})
    found = balance(dossier(invoice("1", "100.00", nov(2)), invoice("2", "50.00", nov(2)), discount), nov(23))
    assert (found.credits, found.net) == money(0, 50)


def test_a_payment_reduces_one_of_two_items_with_the_same_number() -> None:
    memo = msgspec.structs.replace(invoice("1", "-30.00", None), id="memo", kind="Credit Memo")
    found = balance(dossier(invoice("1", "100.00", nov(2)), memo, payment(nov(20), "40.00", {"1": "40.00"})), nov(23))
    assert found.net == 30


# The worklist and the schedule


def test_a_row_never_adds_or_mislabels_amounts_of_two_currencies() -> None:
    euros = invoice("2", "300.00", nov(2), currency="EUR")
    broken = promise("300.00", nov(20), nov(25), nov(27), on=["2"], currency="EUR", name="euros")
    found = list_row(dossier(OLD, euros, broken), nov(27))
    assert found is not None
    assert (found.amount, found.currency) == (Decimal(300), "EUR")
    found = list_row(dossier(OLD, euros, broken, friday_check("200.00")), nov(27))
    assert found is not None
    assert (found.amount, found.currency) in {(Decimal(300), "EUR"), (Decimal(200), "USD")}


def test_a_callback_agreed_for_later_today_comes_up_after_a_try() -> None:
    facts = dossier(OLD, attempt(nov(23), hour="09:00"), callback(nov(23), "15:00"))
    assert bucket(facts, nov(23), hour="14:56") == Bucket.CALLBACK


def test_a_callback_in_a_zone_where_it_is_tomorrow_comes_up_at_its_moment() -> None:
    # Nine on Tuesday in Sydney is five in the afternoon of Monday in New York.
    facts = dossier(invoice("1", "10.00", dec(31)), callback(nov(24), "09:00", zone="Australia/Sydney"))
    found = list_row(facts, nov(23), hour="16:58")
    assert found is not None
    assert found.urgent


def test_looking_for_money_is_no_call_and_stays_when_a_letter_is_due() -> None:
    tries = [attempt(nov(18)), attempt(nov(19)), attempt(nov(20))]
    assert bucket(dossier(OLD, friday_check("400.00"), *tries), nov(25)) == Bucket.VERIFY


def test_two_letters_are_ten_days_apart() -> None:
    facts = dossier(OLD, letter(nov(16)), attempt(nov(17)), attempt(nov(18)), attempt(nov(19)))
    assert bucket(facts, nov(20)) != Bucket.LETTER


def test_the_calls_are_counted_while_what_was_spoken_of_is_not_all_paid() -> None:
    facts = dossier(
        OLD,
        invoice("2", "50.00", nov(2)),
        invoice("3", "70.00", nov(3)),
        call(nov(4), about=["1", "2"]),
        call(nov(6), about=["2", "3"]),
        payment(nov(9), "1050.00", {"1": "1000.00", "2": "50.00"}),
    )
    (reason,) = standing(facts, nov(16)).reasons
    assert "third call" in reason.why


def test_a_missing_document_is_asked_for_before_the_invoice_is_past_due() -> None:
    cycle = PayCycle(frequency=Frequency.WEEKLY, weekday=4, cutoff_days=2, documents=("PO",))
    assert bucket(dossier(invoice("1", "9000.00", dec(10)), cycle=cycle), dec(8)) == Bucket.CUTOFF


def test_papers_are_not_called_for_where_all_is_promised_for_another_day_than_the_run() -> None:
    cycle = PayCycle(frequency=Frequency.WEEKLY, weekday=4, cutoff_days=2, documents=("PO",))
    later = promise("1000.00", dec(9), dec(9), dec(10), taken=nov(23))
    assert bucket(dossier(OLD, later, cycle=cycle), nov(24)) == 0
    with_the_run = promise("1000.00", nov(27), dec(2), dec(3), taken=nov(23))
    assert bucket(dossier(OLD, with_the_run, cycle=cycle), nov(24)) == Bucket.CUTOFF


def test_a_review_does_not_bring_back_what_was_decided_because_another_promise_broke() -> None:
    decided = promise("50.00", nov(4), nov(9), nov(10), taken=nov(2), name="decided", reviewed_on=nov(10))
    facts = dossier(OLD, decided, friday_check())
    found = review([(facts, standing(facts, nov(27)))], nov(27), nov(25))
    assert [r.judged.promise.amount for r in found.broken] == [1000]


def test_a_review_shows_what_was_neglected_though_a_try_was_made_today() -> None:
    facts = dossier(OLD, friday_check(), attempt(nov(30)))
    assert review([(facts, standing(facts, nov(30)))], nov(30), nov(27)).broken


# Pay runs


@pytest.mark.parametrize(
    ("cycle", "today", "expected"),
    [
        pytest.param(
            PayCycle(frequency=Frequency.MONTHLY, day=31),
            nov(1),
            nov(2),
            id="Saturday 31 October is made on 2 November",
        ),
        pytest.param(
            PayCycle(frequency=Frequency.WEEKLY, weekday=0),
            date(2027, 6, 1),
            date(2027, 6, 1),
            id="Monday 31 May 2027, a holiday, is made on 1 June",
        ),
    ],
)
def test_a_run_that_is_moved_into_the_next_month_is_not_missed(cycle: PayCycle, today: date, expected: date) -> None:
    assert next_run(cycle, today, BusinessCalendar(), 0, cutoff_open=True).day == expected


# Settings and text


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        ("tolerance_amount", "nan"),
        ("tolerance_amount", "inf"),
        ("country", "XX"),
        ("subdivision", "nowhere"),
        ("time_zone", "Mars/Olympus"),
        ("home_currency", "dollars"),
        ("call_interval_days", "99999999999"),
    ],
)
def test_a_setting_that_would_break_every_rule_is_refused(setting: str, text: str) -> None:
    with pytest.raises(PolicyError, match=setting):
        parse_setting(setting, text)


def test_an_hour_may_be_written_as_people_write_it() -> None:
    assert parse_setting("calling_from", "8:30") == time(8, 30)


def test_a_country_in_small_letters_is_the_country() -> None:
    assert parse_setting("country", "us") == "US"


def test_marks_that_do_not_combine_by_class_are_limited_too() -> None:
    assert len(clean("a" + "\u0489" * 50)) <= 9
