"""Dates of reports: the styles in which they are written, alone and in a line of text."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.exchange.cells import as_of_text
from arctui.exchange.dates import DateError, Digits, certain_day, find_date, find_period, read_date
from arctui.exchange.table import Row

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


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2. Januar 2026", 1), ("2. Jänner 2026", 1), ("2 janv. 2026", 1), ("2 ene 2026", 1), ("2 gennaio 2026", 1),
        ("2 de janeiro de 2026", 1), ("2 févr. 2026", 2), ("2. März 2026", 3), ("02 Mrz 2026", 3), ("2 mrt 2026", 3),
        ("2 de março de 2026", 3), ("2 avr 26", 4), ("2-mag-2026", 5), ("2 mei 2026", 5), ("2. Mai 2026", 5),
        ("2 de junio de 2026", 6), ("2 juin 2026", 6), ("2 luglio 2026", 7), ("le 2 août 2026", 8),
        ("2 aout 2026", 8),
        ("2 settembre 2026", 9), ("2/set/2026", 9), ("2-Okt-26", 10), ("2 out 2026", 10), ("2 ottobre 2026", 10),
        ("2 noviembre 2026", 11), ("2 déc. 2026", 12), ("2 dez 2026", 12), ("Freitag, 2. Dezember 2026", 12),
        ("mercoledì 2 dicembre 2026", 12), ("quarta-feira, 2 de dezembro de 2026", 12), ("DEC-02-2026", 12),
        ("2DEC2026", 12), ("2026-Dec-02", 12), ("Dec 2, '26", 12), ("1er août 2026", 8),
    ],
)  # fmt: skip
def test_months_are_known_in_seven_languages(text: str, month: int) -> None:
    assert read_date(text, month_first=None) == date(2026, month, 1 if "1er" in text else 2)


@pytest.mark.parametrize(
    "text", ["2 jui 2026", "2 ma 2026", "2 Junk 2026", "Foo, 2 May 2026", "32 May 2026", "0 May 2026"]
)
def test_a_word_that_may_be_two_months_or_none_is_no_date(text: str) -> None:
    with pytest.raises(DateError, match="is no date"):
        read_date(text, month_first=True)


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-02T00:00:00.000Z", "2026-09-02T23:30:00-05:00", "2026-09-02 10:15:00 UTC", "09/02/2026 10:15 PM",
        "02.09.2026, 10:15", "02.09.2026 10:15 Uhr", "Sep 2, 2026 11:28 pm",
    ],
)  # fmt: skip
def test_the_hour_behind_a_date_changes_nothing(text: str) -> None:
    assert read_date(text, month_first=True) == SEPTEMBER_2


@pytest.mark.parametrize(
    ("text", "digits", "day"),
    [
        ("20260902", Digits.YEAR_FIRST, SEPTEMBER_2), ("02092026", Digits.DAY_FIRST, SEPTEMBER_2),
        ("2092026", Digits.DAY_FIRST, SEPTEMBER_2), ("09022026", Digits.MONTH_FIRST, SEPTEMBER_2),
        ("46267", Digits.SERIAL, SEPTEMBER_2), ("46267.0", Digits.SERIAL, SEPTEMBER_2),
        ("20000", Digits.SERIAL, date(1954, 10, 3)), ("80000", Digits.SERIAL, date(2119, 1, 11)),
    ],
)  # fmt: skip
def test_figures_only_are_read_in_the_form_of_their_column(text: str, digits: Digits, day: date) -> None:
    assert read_date(text, month_first=None, digits=digits) == day


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("2092026", Digits.YEAR_FIRST),
        ("02092026", Digits.YEAR_FIRST),
        ("19999", Digits.SERIAL),
        ("46267.5", Digits.SERIAL),
    ],
)
def test_figures_of_another_form_are_no_date(text: str, digits: Digits) -> None:
    with pytest.raises(DateError, match="is no date"):
        read_date(text, month_first=None, digits=digits)


def test_without_an_order_a_date_that_can_be_turned_is_refused() -> None:
    with pytest.raises(DateError, match="month/day or day/month"):
        read_date("09/02/2026", month_first=None)
    assert read_date("09/30/2026", month_first=None) == read_date("30/09/2026", month_first=None) == date(2026, 9, 30)
    assert certain_day("03/03/2026") == date(2026, 3, 3)


STYLES: list[Callable[[date], str]] = [
    lambda d: d.isoformat(),
    lambda d: f"{d.isoformat()}T10:15:00+02:00",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.day}.{d.month}.{d.year}",
    lambda d: f"{d:%d/%b/%Y}",
    lambda d: f"{d.day}-{d:%b-%y}",
    lambda d: f"{d:%b} {d.day} {d.year}",
    lambda d: f"{d:%A, %B} {d.day}, {d.year}",
    lambda d: f"{d.day} {d:%B %Y}",
]


@settings(max_examples=80, deadline=None)
@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.sampled_from(STYLES), st.booleans())
def test_a_date_in_a_style_without_doubt_is_read_back(
    day: date, style: Callable[[date], str], month_first: bool
) -> None:
    assert read_date(style(day), month_first=month_first) == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("October 1-7, 2026", date(2026, 10, 1), date(2026, 10, 7)),
        ("January - March, 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("December 28, 2025 - January 3, 2026", date(2025, 12, 28), date(2026, 1, 3)),
        ("October 28 - November 3, 2026", date(2026, 10, 28), date(2026, 11, 3)),
        ("1-Apr to 30-Sep-26", date(2026, 4, 1), date(2026, 9, 30)),
        ("28 Dec to 3 Jan 2026", date(2025, 12, 28), date(2026, 1, 3)),
        ("1. April 2026 bis 30. September 2026", date(2026, 4, 1), date(2026, 9, 30)),
        ("2026-04-01 - 2026-09-30", date(2026, 4, 1), date(2026, 9, 30)),
    ],
)
def test_a_title_names_its_period(text: str, first: date, last: date) -> None:
    assert find_period(text) == (first, last)


def test_what_is_no_period_is_none() -> None:
    assert find_period("Receipts 1-7, 2026") is None
    assert find_period("February 30-31, 2026") is None
    assert find_period("01/04/2026 to 02/04/2026") is None


def test_a_date_is_found_in_a_line() -> None:
    assert find_date(" date: 09/30/2026 based on: due date") == "09/30/2026"
    assert find_date(" 30 September 2026") == "30 September 2026"
    assert find_date(" nothing") == ""
    assert find_date("Invoice Ninja v4.5.17") == find_date("Aged 1-30-90 days") == ""


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (("As of September 30, 2026",), "September 30, 2026"),
        (("As of: 09/30/2026",), "09/30/2026"),
        (("As of date: 09/30/2026", "Based on: Due date"), "09/30/2026"),
        (("Date at filter", "", "30/09/2026"), "30/09/2026"),
        (("Created On", "", "30/Sep/2026"), "30/Sep/2026"),
        (("A/R Aging Detail As at 30 September 2026",), "30 September 2026"),
        (("Group :", "Sundry Debtors", "", "1-Apr to 30-Sep-26"), "30-Sep-26"),
        (("Offene Posten", "Stand: 30.09.2026"), "30.09.2026"),
        (("Stichtag", "30.09.2026"), "30.09.2026"),
        (("Balance âgée arrêtée au 30/09/2026",), "30/09/2026"),
        (("Fecha de corte: 30 de septiembre de 2026",), "30 de septiembre de 2026"),
        (("Bills Receivable", "", "", "30-Sep-26"), "30-Sep-26"),
        (("As of yesterday",), ""),
        (("Invoice Ninja v4.5.17 - December 19, 2020 11:28 pm",), ""),
    ],
)
def test_the_day_of_a_report_is_found_in_its_title(line: tuple[str, ...], text: str) -> None:
    assert as_of_text([Row(1, ("Harbour & Vale",)), Row(2, line)]) == text


def test_a_row_full_of_cells_is_no_title() -> None:
    assert as_of_text([Row(1, ("1041", "Alder", "2026-09-01", "2026-10-01", "5.00"))]) == ""
