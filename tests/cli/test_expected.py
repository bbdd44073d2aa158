"""`arctui expected`: expected cash as bars of text and as a document."""

import pytest

from tests.cli.command import AMOUNT, CONTACTS, DATE, Arctui, Shape, maybe, misfit

WEEK: Shape = {
    "from": DATE,
    "to": maybe(DATE),
    "expected": AMOUNT,
    "weighted": AMOUNT,
    "promises": AMOUNT,
    "pay_runs": AMOUNT,
    "due_dates": AMOUNT,
}
FORECASTS: Shape = [
    {
        "currency": str,
        "kept_rate": float,
        "past": [{"from": DATE, "to": DATE, "promised": AMOUNT, "came": AMOUNT, "inferred": AMOUNT}],
        "weeks": [WEEK],
        "later": WEEK,
        "not_dated": AMOUNT,
        "disputed": AMOUNT,
        "set_off": AMOUNT,
        "open": AMOUNT,
    }
]


@pytest.fixture
def busy(arctui: Arctui) -> Arctui:
    """Monday 16 November: a promise for Friday, a dispute."""
    for who, line in (("100", "fri 1200 check tony"), ("400", "dsp 100 wet")):
        assert arctui.call("log", who, line).code == 0
    return arctui


def test_the_document_has_a_forecast_for_each_currency(busy: Arctui) -> None:
    found = busy.json("expected", "--weeks", "3")
    assert misfit(found, FORECASTS) == ""
    dollars, euros = found
    assert (dollars["currency"], euros["currency"], dollars["kept_rate"]) == ("USD", "EUR", 0.5)
    assert [(w["from"], w["to"], w["expected"], w["weighted"]) for w in dollars["weeks"]] == [
        ("2026-11-16", "2026-11-22", "1200.00", "600.00"),
        ("2026-11-23", "2026-11-29", "0.00", "0.00"),
        ("2026-11-30", "2026-12-06", "650.00", "650.00"),
    ]
    assert (dollars["later"]["from"], dollars["later"]["to"]) == ("2026-12-07", None)
    assert (dollars["not_dated"], dollars["disputed"], dollars["open"]) == ("9556.00", "100.00", "11506.00")
    assert [w["from"] for w in dollars["past"]] == [
        "2026-10-19",
        "2026-10-26",
        "2026-11-02",
        "2026-11-09",
        "2026-11-16",
    ]
    assert (euros["not_dated"], euros["open"]) == ("20.00", "20.00")


def test_the_text_has_a_bar_for_each_week_in_eighty_columns_of_plain_letters(busy: Arctui) -> None:
    result = busy.call("expected")
    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0] == "expected cash, USD"
    (promised,) = [line for line in lines if line.startswith("Mon 16 Nov") and "1,200.00" in line]
    assert promised.split()[3:5] == ["1,200.00", "600.00"]
    whole = promised.split()[5]
    assert (whole.count("#"), set(whole)) == (whole.count("-"), {"#", "-"})
    assert len([line for line in lines if line.startswith("Mon ")]) == 2 * (5 + 8)
    assert max(map(len, lines)) == 80
    assert result.out.isascii()
    assert "only promises can be compared with what came" in " ".join(lines)


def test_where_nothing_is_open_nothing_is_expected(empty: Arctui) -> None:
    empty.feed(CONTACTS, "contacts.csv")
    result = empty.call("expected")
    assert (result.code, result.out) == (0, "nothing is open, and nothing came in the last weeks\n")
    assert empty.json("expected") == []


@pytest.mark.parametrize("weeks", ["0", "-1", "105", "two", "1.5", "²"])
def test_a_number_of_weeks_that_is_none_is_refused(arctui: Arctui, weeks: str) -> None:
    result = arctui.call("expected", f"--weeks={weeks}")
    assert (result.code, result.out) == (2, "")
    assert f"'{weeks}' is no number of weeks from 1 to 104" in result.err
