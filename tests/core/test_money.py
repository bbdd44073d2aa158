"""Amounts: read as accounting systems print them, rounded once, written the same everywhere."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.money import AmountError, cents, grouped, parse_amount, plain, total

AMOUNTS = st.decimals(Decimal("-999999999.99"), Decimal("999999999.99"), places=2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234.5", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1,234,567.89", "1234567.89"),
        ("$1,234.50", "1234.50"),
        ("$-5.00", "-5.00"),
        ("-$5.00", "-5.00"),
        ("($5.00)", "-5.00"),
        ("(5.00)", "-5.00"),
        ("5.00-", "-5.00"),
        ("−5.00", "-5.00"),
        ("+5", "5.00"),
        ("1 234.50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("12,50", "12.50"),
        ("EUR 5", "5.00"),
        ("5.00 USD", "5.00"),
        (".5", "0.50"),
        ("5.", "5.00"),
        ("  7  ", "7.00"),
        ("1,234", "1234.00"),
        ("0", "0.00"),
    ],
)
def test_amounts_as_they_are_printed(text: str, expected: str) -> None:
    assert parse_amount(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.234", "1234.00"), ("1.234,5", "1234.50"), ("12,5", "12.50"), ("1,234.50", "1234.50"), ("12.50", "12.50")],
)
def test_a_comma_may_split_off_the_cents(text: str, expected: str) -> None:
    assert parse_amount(text, decimal_mark=",") == Decimal(expected)


@pytest.mark.parametrize(
    "text", ["", "  ", "abc", "1.2.3", "1,23,4", "-", "()", "1e5", "NaN", "Infinity", "٣", "1/2", "9" * 13, "12 %"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        parse_amount(text)


@pytest.mark.parametrize(
    ("value", "expected"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("0.0049", "0.00"), ("2.675", "2.68")]
)
def test_halves_are_rounded_away_from_zero(value: str, expected: str) -> None:
    assert cents(value) == Decimal(expected)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1000000000000", "abc"])
def test_what_is_no_money_has_no_cents(value: str) -> None:
    with pytest.raises(AmountError):
        cents(value)


@settings(max_examples=100, deadline=None)
@given(AMOUNTS, st.sampled_from([".", ","]))
def test_what_is_written_for_people_is_read_back(amount: Decimal, mark: str) -> None:
    text = grouped(amount)
    if mark == ",":
        text = text.translate(str.maketrans(".,", ",."))
    assert parse_amount(text, decimal_mark=mark) == amount


@settings(max_examples=100, deadline=None)
@given(AMOUNTS)
def test_what_is_written_for_machines_is_read_back(amount: Decimal) -> None:
    assert Decimal(plain(amount)) == amount
    assert plain(amount)[-3] == "."


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_is_refused(text: str) -> None:
    with suppress(AmountError):
        assert abs(parse_amount(text)) < 10**12


def test_nothing_is_never_written_as_minus_nothing() -> None:
    assert plain(Decimal("-0.00")) == grouped(Decimal("-0.00")) == "0.00"


def test_an_amount_for_people_has_marks_and_its_currency() -> None:
    assert (grouped(Decimal("1234.5")), grouped(Decimal("-1234.5"), "EUR")) == ("1,234.50", "-1,234.50 EUR")


def test_the_total_of_nothing_is_nothing_and_tenths_add_up() -> None:
    assert total([]) == 0
    assert total([Decimal("0.1")] * 10) == 1
