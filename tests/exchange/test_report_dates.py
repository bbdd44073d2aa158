"""Dates of reports: the styles, and the order of day and month over a whole file."""

from datetime import date

import pytest

from arctui.exchange.dates import DateError, find_date, find_period, month_comes_first, read_date
from arctui.exchange.report import ReportError

SEPTEMBER_2 = date(2026, 9, 2)


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-02", "2026-9-2", "2026/09/02", "2026.09.02", "2026-09-02T10:15:00+02:00", "2026-09-02 10:15",
        "20260902", "09/02/2026", "9/2/2026", "9/2/26", "09-02-2026", "9/2/2026 12:00:00 AM", "02.09.2026",
        "2.9.26", "2 Sep 2026", "02/Sep/2026", "2-Sep-26", "2nd September 2026", "Sep 2, 2026", "Sept. 2, 2026",
        "September 2, 2026", "Sep 02 2026", "Wednesday, September 02, 2026", "2 SEPTEMBER 2026",
    ],
)  # fmt: skip
def test_every_style_is_read(text: str) -> None:
    assert read_date(text, month_first=True) == SEPTEMBER_2


def test_the_order_turns_slashes_and_dashes_but_not_points() -> None:
    assert read_date("09/02/2026", month_first=False) == date(2026, 2, 9)
    assert read_date("09-02-2026", month_first=False) == date(2026, 2, 9)
    assert read_date("09.02.2026", month_first=True) == date(2026, 2, 9)


def test_two_digit_years_are_from_1970_to_2069() -> None:
    assert read_date("1/1/69", month_first=True) == date(2069, 1, 1)
    assert read_date("1/1/70", month_first=True) == date(1970, 1, 1)


@pytest.mark.parametrize("text", ["", "-", "0000-00-00"])
def test_nothing_is_no_date_and_no_error(text: str) -> None:
    assert read_date(text, month_first=True) is None


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13-01", "soon", "30/02/2026", "46265", "1026-09-02", "2 Foo 2026", "9/2", "٢/٩/2026"]
)
def test_what_is_no_date_is_named(text: str) -> None:
    with pytest.raises(DateError, match="is no date"):
        read_date(text, month_first=True)


def test_one_clear_date_decides_for_all() -> None:
    assert month_comes_first(["01/02/2026", "09/30/2026"])
    assert not month_comes_first(["01/02/2026", "30/09/2026"])


def test_doubtful_dates_ask_and_name_both_options() -> None:
    with pytest.raises(ReportError, match=r"--dates mdy.*--dates dmy"):
        month_comes_first(["01/02/2026", "03/04/2026"])
    assert month_comes_first(["01/02/2026"], told=True)
    assert not month_comes_first(["01/02/2026"], told=False)


def test_dates_in_both_orders_ask() -> None:
    with pytest.raises(ReportError, match="both orders"):
        month_comes_first(["30/09/2026", "09/30/2026"])


def test_dates_that_are_the_same_in_both_orders_do_not_ask() -> None:
    assert month_comes_first(["03/03/2026", "2026-01-05", "soon"]) is False


def test_the_day_of_the_report_decides_where_one_order_lies_after_it() -> None:
    within = (None, date(2026, 9, 30))
    assert month_comes_first(["08/11/2026"], bounded=["08/11/2026"], within=within)
    assert not month_comes_first(["11/08/2026"], bounded=["11/08/2026"], within=within)
    with pytest.raises(ReportError):
        month_comes_first(["08/07/2026"], bounded=["08/07/2026"], within=within)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("October 1-7, 2026", date(2026, 10, 1), date(2026, 10, 7)),
        ("January - March, 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("December 28, 2025 - January 3, 2026", date(2025, 12, 28), date(2026, 1, 3)),
        ("October 28 - November 3, 2026", date(2026, 10, 28), date(2026, 11, 3)),
    ],
)
def test_a_title_names_its_period(text: str, first: date, last: date) -> None:
    assert find_period(text) == (first, last)


def test_what_is_no_period_is_none() -> None:
    assert find_period("Receipts 1-7, 2026") is None
    assert find_period("February 30-31, 2026") is None


def test_a_date_is_found_in_a_line() -> None:
    assert find_date(" date: 09/30/2026 based on: due date") == "09/30/2026"
    assert find_date(" 30 September 2026") == "30 September 2026"
    assert find_date(" nothing") == ""
