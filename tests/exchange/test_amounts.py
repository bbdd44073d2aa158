"""Amounts and currencies of reports: every style, and the mark before the cents over a whole file."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.money import AmountError, parse_amount, plain_amount
from arctui.exchange.amounts import ThirdDecimalError, read_amount, read_amounts
from arctui.exchange.cells import CellError, cells_for, currency_code, currency_in
from arctui.exchange.columns import Header
from arctui.exchange.report import ReadOptions, ReportError
from arctui.exchange.table import Row, Table
from tests.exchange.conftest import Reading


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.50", "1234.50"), ("$13.50 ", "13.50"), ("$-142.85", "-142.85"), ("-$150.00", "-150.00"),
        ("(400.00)", "-400.00"), ("($150.00)", "-150.00"), ("$(150.00)", "-150.00"), ("$ (1,150.00)", "-1150.00"),
        ("150.00-", "-150.00"), ("- 150.00", "-150.00"), ("\u2212150.00", "-150.00"), ("(-)150.00", "-150.00"),
        ("+150.00", "150.00"), ("1.234,50", "1234.50"), ("-1.234,50", "-1234.50"), ("1 234,50", "1234.50"),
        ("1\u202f234\xa0567,50 €", "1234567.50"), ("1'234.50", "1234.50"), ("1’234’567.50", "1234567.50"),
        ("1,234.50 Dr", "1234.50"), ("150.00 Cr", "-150.00"), ("150.00CR", "-150.00"), ("150,00 cr.", "-150.00"),
        ("Cr 150.00", "-150.00"), ("Rs. 12,34,567.89 Dr", "1234567.89"), ("12,34,567", "1234567.00"),
        ("12,34,567.89", "1234567.89"), ("€2,060.00", "2060.00"), ("$85.00", "85.00"), ("500.0000", "500.00"),
        ("1284.5000", "1284.50"), ("USD 12.50", "12.50"), ("12.50 USD", "12.50"), ("USD12.50", "12.50"),
        ("US$12.50", "12.50"), ("$12.50 CAD", "12.50"), ("CHF 1'234.50", "1234.50"), ("1 234,50 kr", "1234.50"),
        ("12,50 zł", "12.50"), ("R$ 1.234,50", "1234.50"), ("Euro 12,50", "12.50"), (".5", "0.50"), ("5.", "5.00"),
        ("0", "0.00"), ("-0.00", "0.00"), ("0.00 Cr", "0.00"), ("1234.5678", "1234.57"),
    ],
)  # fmt: skip
def test_every_style_is_read(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)
    assert str(read_amount(text)).removeprefix("-") == amount.removeprefix("-")


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "()", "1e5", "1E5", "n/a", "1.2.3", "1,23,4", "12 34", "1 2345", "１２.50", "٣", "12 %", "1/2",
        "-5.00 Cr", "(5.00) Dr", "Dr 5.00 Cr", "5.00-5", "--5", "(5.00", "5.00)", "$85.00, €1.00", "12.50 XYZ",
        "12.50 pcs", "12.50 all", "9999999999999", "1,234,56", "1.234.56", "1,234.567,8", "NaN", "0x10", "1_000",
        "2026-09-30", "30.09.2026", "1'23.50", "1 234'567.00", "0,125", "12345.678", "1,234.567",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        read_amount(text)


@pytest.mark.parametrize(
    ("text", "point", "comma"), [("1,230", "1230", "1.23"), ("1.230", "1.23", "1230"), ("$500.000", "500", "500000")]
)
def test_the_mark_decides_only_what_can_be_meant_in_two_ways(text: str, point: str, comma: str) -> None:
    assert read_amount(text, decimal_mark=".") == Decimal(point)
    assert read_amount(text, decimal_mark=",") == Decimal(comma)


@pytest.mark.parametrize(("text", "mark"), [("1.234", "."), ("1,234", ","), ("0.125", "."), ("$12345,678", ".")])
def test_a_third_decimal_is_never_rounded_away(text: str, mark: str) -> None:
    with pytest.raises(ThirdDecimalError, match="has three decimals, and two are read"):
        read_amount(text, decimal_mark=mark)


def test_one_clear_amount_decides_the_mark_of_a_file_and_says_so() -> None:
    decided = read_amounts({"1.234": 2, "12,50": 3}, ".")
    assert (decided.decimal_mark, decided.words) == (
        ",",
        "comma before the cents, 12,50 in row 3 can be nothing else",
    )
    assert read_amounts({"1,234": 2, "1,234,567": 3}, ",").decimal_mark == "."
    assert read_amounts({"1,234": 2, "0.000": 3}, ",").decimal_mark == "."
    assert read_amounts({"500.0000": 2}, ",").decimal_mark == "."
    assert read_amounts({"$1.234,50 Cr": 2}, ".").decimal_mark == ","


TWO_WAYS = "{} in row 2 and all others can be meant in two ways: taken as thousands, as {} before the cents"


def test_three_digits_behind_every_mark_are_thousands_where_the_policy_says_so() -> None:
    point, comma = (
        TWO_WAYS.format("1,234", "the policy has a point"),
        TWO_WAYS.format("1.234", "the policy has a comma"),
    )
    assert read_amounts({"1,234": 2, "500": 3}, ".")[:2] == (".", point)
    assert read_amounts({"1.234": 2, "500": 3}, ",")[:2] == (",", comma)
    assert read_amounts({"1234": 2, "Total": 3, "1.2.3": 4}, ".")[:2] == (".", "")


def test_three_digits_behind_every_mark_are_thousands_where_the_dates_show_the_country() -> None:
    words = TWO_WAYS.format("1.234", "the dates show a comma")
    assert read_amounts({"1.234": 2, "500": 3}, ".", written=",")[:2] == (",", words)
    assert read_amounts({"1,234": 2, "500": 3}, ",", written=".").decimal_mark == "."
    rows = (Row(1, ("Datum", "Offen")), Row(2, ("13.09.2026", "1.000")), Row(3, ("14.09.2026", "500")))
    cells = cells_for(Header(0, rows[0].cells, {"issued": 0, "balance": 1}), Table(rows), ReadOptions())
    assert [cells.amount("1.000"), cells.amount("500")] == [1000, 500]


@pytest.mark.parametrize(
    ("texts", "policy"), [(["1.000", "500"], "."), (["1,234", "2,500"], ","), (["1.000", "2,500"], ".")]
)
def test_where_nothing_tells_thousands_from_three_decimals_it_is_asked(texts: list[str], policy: str) -> None:
    rows = {text: place for place, text in enumerate(texts, start=2)}
    with pytest.raises(ReportError, match=r"in two ways, as thousands or .*--decimal \. or --decimal ,"):
        read_amounts(rows, policy)
    assert read_amounts(rows, policy, told=",")[:2] == (",", "comma before the cents, as you say")
    assert read_amounts(rows, policy, told=".").decimal_mark == "."


def test_a_row_whose_third_decimal_would_be_lost_is_listed(reading: Reading) -> None:
    head = "Customer,Invoice,Due Date,Balance\n"
    report = reading(f"{head}Birch,1,2026-09-01,12.50\nCedar,2,2026-09-02,1.234\nElm,3,2026-09-03,500.0000\n")
    assert [item.amount for item in report.items] == [Decimal("12.50"), 500]
    why = "the amount '1.234' has three decimals, and two are read (thousands? --decimal ,)"
    assert [(s.row, s.why, s.number) for s in report.skipped] == [(3, why, "2")]
    dinars = reading(f"{head}Birch,1,2026-09-01,0.250\nCedar,2,2026-09-02,12.345\n")
    assert [item.amount for item in dinars.items] == [Decimal("0.25")]
    assert [s.number for s in dinars.skipped] == ["2"]
    told = ReadOptions(decimal_told=",")
    asked = reading(f"{head}Birch,1,2026-09-01,1.000\nCedar,2,2026-09-02,500\n", told)
    assert [item.amount for item in asked.items] == [1000, 500]


def test_where_amounts_disagree_the_words_say_so() -> None:
    mark, words, _ = read_amounts({"12.50": 2, "12,50": 3, "1,234": 4}, ".")
    assert mark == "."
    assert words == (
        "comma before the cents (12,50 in row 3) and point (12.50 in row 2), each read as it stands; "
        "for 1,234 in row 4 the policy's point before the cents is taken"
    )


def test_the_mark_is_decided_over_all_columns_of_amounts() -> None:
    rows = (Row(1, ("Amount", "Balance")), Row(2, ("1.234", "1.234")), Row(3, ("", "12,50")))
    cells = cells_for(Header(0, rows[0].cells, {"amount": 0, "balance": 1}), Table(rows), ReadOptions())
    assert cells.amount("1.234") == 1234
    assert [reason.about for reason in cells.reasons] == ["amounts"]
    with pytest.raises(CellError, match="the open balance is missing"):
        cells.amount("", "open balance")
    with pytest.raises(CellError, match="the amount 'n/a' is no amount"):
        cells.amount("n/a")


AMOUNTS = st.decimals(Decimal("-9999999999.99"), Decimal("9999999999.99"), places=2)


def grouped(amount: Decimal, thousands: str, cents: str) -> str:
    return f"{abs(amount):,.2f}".translate(str.maketrans(",.", thousands + cents))


def lakhs(amount: Decimal) -> str:
    whole, cents = f"{abs(amount):.2f}".split(".")
    head, tail = whole[:-3], whole[-3:]
    pairs = [head[max(end - 2, 0) : end] for end in range(len(head), 0, -2)][::-1]
    return ",".join([*pairs, tail]) + f".{cents}"


def signed(amount: Decimal, text: str, negative: str = "-{}") -> str:
    return negative.format(text) if amount < 0 else text


STYLES: list[Callable[[Decimal], str]] = [
    lambda a: f"{a:.2f}",
    lambda a: f"{a:.4f}",
    lambda a: signed(a, grouped(a, ",", ".")),
    lambda a: signed(a, grouped(a, ".", ",")),
    lambda a: signed(a, grouped(a, " ", ",")),
    lambda a: signed(a, grouped(a, "\u202f", ",") + " €"),
    lambda a: signed(a, grouped(a, "'", ".")),
    lambda a: signed(a, lakhs(a)),
    lambda a: signed(a, f"${grouped(a, ',', '.')}"),
    lambda a: signed(a, f"$ {grouped(a, ',', '.')}", "({})"),
    lambda a: f"${signed(a, grouped(a, ',', '.'))}",
    lambda a: signed(a, grouped(a, ",", "."), "{}-"),
    lambda a: f"{grouped(a, ',', '.')} {'Cr' if a < 0 else 'Dr'}",
    lambda a: f"USD {signed(a, grouped(a, ',', '.'), '({})')}",
    lambda a: f"{signed(a, grouped(a, '.', ','))} EUR",
]


@settings(max_examples=100, deadline=None)
@given(AMOUNTS, st.sampled_from(STYLES), st.sampled_from(".,"))
def test_any_amount_in_any_style_is_read_back(amount: Decimal, style: Callable[[Decimal], str], mark: str) -> None:
    text = style(amount)
    assert read_amount(text, decimal_mark=mark) == amount
    assert read_amounts({text: 1}, mark).read[text] == amount


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=1), st.sampled_from([",.", ".,"]), st.sampled_from(".,"))
def test_whole_amounts_are_read_back_by_one_that_shows_the_mark(wholes: list[int], marks: str, policy: str) -> None:
    texts = [f"{whole:,}".replace(",", marks[0]) for whole in wholes]
    decided = read_amounts({text: row for row, text in enumerate([*texts, f"7{marks[1]}50"])}, policy)
    assert [read_amount(text, decimal_mark=decided.decimal_mark) for text in texts] == wholes


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="0123456789.,-()$€' DrCUSDEe", max_size=14))
def test_whatever_stands_in_a_cell_is_an_amount_or_is_refused(text: str) -> None:
    with suppress(AmountError):
        assert abs(read_amount(text)) < 10**12
    quick = plain_amount(text)
    assert quick is None or quick == parse_amount(text) == read_amount(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", ""), ("USD", "USD"), ("eur", "EUR"), ("US Dollar", "USD"), ("US$", "USD"), ("$", ""), ("€", "EUR"),
        ("Euro", "EUR"), ("British Pound", "GBP"), ("EUR - Euro", "EUR"), ("Swiss Franc (CHF)", "CHF"), ("kr", ""),
    ],
)  # fmt: skip
def test_currencies_are_known_by_code_name_and_sign(text: str, code: str) -> None:
    assert currency_code(text) == code


@pytest.mark.parametrize("text", ["XYZ", "Net 30", "ABC", "Yes", "USD or EUR"])
def test_an_unknown_currency_is_named(text: str) -> None:
    with pytest.raises(CellError, match=f"the currency '{text}' is not known"):
        currency_code(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("€2,060.00", "EUR"), ("$85.00", ""), ("12.50 USD", "USD"), ("USD12.50", "USD"), ("C$ 5.00", "CAD"),
        ("1,234.50 Dr", ""), ("1234.50", ""), ("12,50 zł", "PLN"), ("12.50 XYZ", ""), ("$12.50 CAD", "CAD"),
    ],
)  # fmt: skip
def test_the_currency_beside_the_figures_is_known(text: str, code: str) -> None:
    assert currency_in(text) == code
