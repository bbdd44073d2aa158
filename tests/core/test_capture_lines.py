"""The grammar of the capture line: promises with their amounts, ways of paying and persons."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.capture.sentences import sentences
from arctui.core.records import ActivityKind, Method, Outcome
from tests.core.builders import open_under, problem, promised, read, situation
from tests.core.oracle import dec, nov


def amount_of(line: str, country: str = "US") -> Decimal:
    return promised(line, country=country)[1]


def test_the_whole_line() -> None:
    reading = read("wbp fri 1200 ach tony -- cfo signs on thursday")
    (commitment,) = reading.commitments
    assert reading.outcome is Outcome.PROMISE
    assert (commitment.day, commitment.amount) == (nov(27), Decimal(1200))
    assert (commitment.method, commitment.person) == (Method.TRANSFER, "Tony Marsh")
    assert (commitment.window.last_day, commitment.window.breaks_on) == (nov(30), dec(1))
    assert (reading.words, reading.warnings, reading.problems) == ("cfo signs on thursday", (), ())


@pytest.mark.parametrize(
    "line",
    [
        "wbp fri 1200 ach tony",
        "fri 1200 ach tony",
        "ptp 1200 fri tony ach",
        "tony ach 1200 fri",
        "WBP FRI 1,200 ACH Tony",
    ],
)
def test_the_parts_come_in_any_order_and_case_and_the_code_may_be_left_out(line: str) -> None:
    assert read(line).commitments == read("wbp fri 1200.00 wire marsh").commitments


def test_a_day_alone_is_a_promise_of_everything_collectable() -> None:
    assert promised("fri") == (nov(27), Decimal("1850.00"))


def test_the_reading_says_day_amount_way_and_window() -> None:
    text = " ".join(sentences(read("fri 1200 check tony"), situation(nov(23))))
    for part in ("Fri 27 Nov 2026, in 4 days", "1,200.00 of 1,850.00", "check", "Tony Marsh", "last day Wed 2 Dec"):
        assert part in text


# Amounts


@pytest.mark.parametrize(
    ("line", "country", "expected"),
    [
        ("fri 1200", "US", "1200"),
        ("fri 1,200.50", "US", "1200.50"),
        ("fri $1200", "US", "1200"),
        ("fri 1.2k", "US", "1200"),
        ("fri 1k", "US", "1000"),
        ("fri 2K", "US", "2000"),
        ("fri 15", "US", "15"),
        ("fri 15.00", "US", "15"),
        ("fri 12.345,67", "DE", "12345.67"),
        ("fri 1.200", "DE", "1200"),
        ("fri 12,5", "DE", "12.50"),
        ("fri 1,2k", "DE", "1200"),
        ("fri 500€", "DE", "500"),
        ("fri £500", "GB", "500"),
        ("fri 1,200", "GB", "1200"),
        ("fri all", "US", "1850"),
        ("fri half", "US", "925"),
        ("fri rest", "US", "1850"),
    ],
)
def test_amounts_follow_the_marks_of_the_country(line: str, country: str, expected: str) -> None:
    assert amount_of(line, country) == Decimal(expected)


@pytest.mark.parametrize(
    ("line", "day", "amount"),
    [
        pytest.param("15", dec(15), "1850", id="a bare number is a day"),
        pytest.param("15 500", dec(15), "500", id="a day and an amount"),
        pytest.param("500 15", dec(15), "500", id="an amount and a day"),
        pytest.param("15 20", dec(15), "20", id="the second of two bare numbers is the amount"),
        pytest.param("fri 31", nov(27), "31", id="after a date a bare number is an amount"),
        pytest.param("$15 20", dec(20), "15", id="with a sign it is an amount"),
        pytest.param("15.00 20", dec(20), "15", id="with decimals it is an amount"),
        pytest.param("1k 20", dec(20), "1000", id="with k it is an amount"),
        pytest.param("32 20", dec(20), "32", id="above 31 it is an amount"),
        pytest.param("15th 20", dec(15), "20", id="with an ending it is a day"),
        pytest.param("the 15th by check", dec(15), "1850", id="small words carry nothing"),
    ],
)
def test_what_is_a_day_and_what_an_amount(line: str, day: date, amount: str) -> None:
    assert promised(line) == (day, Decimal(amount))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("$15", id="a sum with its sign"),
        pytest.param("15.00", id="a sum with decimals"),
        pytest.param("1k", id="a sum in thousands"),
        pytest.param("500 check tony", id="all but a date"),
        pytest.param("wbp", id="a code alone"),
    ],
)
def test_a_promise_without_a_date_is_refused_with_what_to_ask(line: str) -> None:
    assert "when will it be paid?" in problem(line)


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("fri 0", "more than 0"),
        ("fri 500 600", "two amounts"),
        ("fri 500 mon", "two dates"),
        ("fri 500 check card", "two ways of paying"),
        ("fri half all", "two amounts"),
        ("fri €500", "owes USD"),
        ("half 15, 30", "needs an amount"),
        ("", "what came of it?"),
        ("in", "what came of it?"),
    ],
)
def test_what_cannot_be_read_says_why(line: str, say: str) -> None:
    assert say in problem(line)


def test_a_list_of_promises_is_an_instalment_plan() -> None:
    reading = read("half 15 check tony, rest 30")
    assert [(c.day, c.amount) for c in reading.commitments] == [(dec(15), Decimal(925)), (dec(30), Decimal(925))]
    assert [(c.method, c.person) for c in reading.commitments] == [(Method.CHECK, "Tony Marsh")] * 2
    assert reading.promised == 1850


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 10_000_000))
def test_half_and_rest_are_the_whole_to_the_cent(amount_in_cents: int) -> None:
    owed = Decimal(amount_in_cents) / 100
    assert read("half 15 check, rest 30", collectable=owed, open_total=owed).promised == owed


@pytest.mark.parametrize(
    ("word", "method"),
    [
        ("check", Method.CHECK), ("chk", Method.CHECK), ("mail", Method.CHECK), ("ach", Method.TRANSFER),
        ("wire", Method.TRANSFER), ("sepa", Method.TRANSFER), ("card", Method.CARD), ("cc", Method.CARD),
    ],
)  # fmt: skip
def test_ways_of_paying(word: str, method: Method) -> None:
    assert read(f"fri 500 {word}").commitments[0].method is method


def test_a_way_of_paying_that_was_not_said_is_assumed_and_said() -> None:
    reading = read("fri 500")
    assert reading.commitments[0].method is None
    assert any("taken as by check" in warning for warning in reading.warnings)


# Persons


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("fri 500 tony", "Tony Marsh"),
        ("fri 500 marsh", "Tony Marsh"),
        ("fri tony marsh 500", "Tony Marsh"),
        ("fri 500 mrs lee", "Ann Lee"),
        ("tony fri 500", "Tony Marsh"),
    ],
)
def test_a_known_person_by_first_or_last_name(line: str, expected: str) -> None:
    reading = read(f"{line} check")
    assert (reading.person, reading.warnings) == (expected, ())


@pytest.mark.parametrize("line", ["fri 500 rosa", "500 fri rosa"])
def test_an_unknown_last_word_is_a_new_person_with_a_warning(line: str) -> None:
    reading = read(line)
    assert reading.person == "Rosa"
    assert any("Rosa is new" in warning for warning in reading.warnings)


def test_accents_and_case_do_not_matter_in_a_name() -> None:
    assert read("fri 500 muller", people=("José Müller",)).person == "José Müller"


def test_a_name_that_two_people_have_is_refused_with_both() -> None:
    said = problem("fri 500 tony", people=("Tony Marsh", "Tony Ray"))
    assert "Tony Marsh" in said
    assert "Tony Ray" in said
    assert read("fri 500 tony ray", people=("Tony Marsh", "Tony Ray")).person == "Tony Ray"


@pytest.mark.parametrize(
    "line",
    ["rosa", "fri rosa 500", "fri 500 rosa lopez", "wpb fri 500", "fri 500 tony rosa", "rosa check", "fri 500 12:30"],
)
def test_any_other_unknown_word_is_refused(line: str) -> None:
    assert "is not understood" in problem(line)


# By email, and when they called


@pytest.mark.parametrize(
    ("line", "kind", "inbound"),
    [
        ("em wbp fri 500", ActivityKind.EMAIL, False),
        ("in wbp fri 500", ActivityKind.CALL, True),
        ("in fri 500", ActivityKind.CALL, True),
        ("wbp fri 500", ActivityKind.CALL, False),
    ],
)
def test_prefixes(line: str, kind: ActivityKind, inbound: bool) -> None:
    reading = read(line)
    assert (reading.kind, reading.inbound, reading.promised) == (kind, inbound, Decimal(500))


@pytest.mark.parametrize("line", ["em dsp 450 damaged", "in cb 3pm", "em ref", "in paid 500", "em na"])
def test_prefixes_stand_before_any_other_code(line: str) -> None:
    assert read(line).ok


# Whatever is typed

WORDS = st.sampled_from(
    "wbp fri 15 31 1200 ach tony half rest all -- cb dsp ref paid wd na em in 10:30 3pm next week eom +3 +3b 2w "
    "dec feb 29 12/15 15.12. 2026-12-15 soon mrs lee 1k $5 €5 0 -5 1.234,5 run today rosa end of month the".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=7).map(" ".join), st.sampled_from(["US", "GB", "DE"]))
def test_any_line_of_known_words_is_read_or_refused_with_a_reason(line: str, country: str) -> None:
    reading = read(line, country=country, invoices=open_under(B_1041="450.00"))
    assert reading.ok or all(reading.problems)
    assert reading.ok == bool(sentences(reading, situation(nov(23), country=country)))


@settings(max_examples=120, deadline=None)
@given(
    st.text(
        st.characters(codec="utf-8"),
        max_size=40,
    )
)
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    reading = read(text)
    assert reading.ok or all(reading.problems)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=5).map(" ".join), st.lists(WORDS, max_size=5).map(" ".join))
def test_words_behind_the_dashes_never_change_what_is_promised(line: str, free: str) -> None:
    if "--" not in line:
        with_words = read(f"{line} -- {free}")
        if "dsp" not in line.split():
            assert with_words.commitments == read(line).commitments
            assert with_words.problems == read(line).problems


# Ways in which people write what the program itself writes


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("fri 27 nov 500", nov(27)),
        ("tue 1 dec 500 ck", dec(1)),
        ("fri 12/4 500 credit card", dec(4)),
        ("fri 500", nov(27)),
    ],
)
def test_a_weekday_may_stand_before_its_date(line: str, day: date) -> None:
    (commitment,) = read(line).commitments
    assert (commitment.day, commitment.amount) == (day, Decimal("500.00"))


def test_a_weekday_that_is_not_the_dates_is_told() -> None:
    assert problem("mon 27 nov 500") == "Fri 27 Nov is no Monday"
