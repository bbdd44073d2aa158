"""Which of day and month comes first: decided over whole columns, said in words, never guessed silently."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from arctui.exchange.cells import CellError, Cells, cells_for
from arctui.exchange.columns import Header
from arctui.exchange.report import ReadOptions, ReportError
from arctui.exchange.table import Row, Table

ASKS = r"--dates mdy or --dates dmy"


def cells_of(
    issued: list[str], due: list[str] | None = None, *, title: str = "", told: bool | None = None, name: str = "Date"
) -> Cells:
    """Return the cells of a small report with one or two columns of dates."""
    dues = due or [""] * len(issued)
    rows = [Row(1, (title,)), Row(2, (name, "Due Date"))] if title else [Row(1, (name, "Due Date"))]
    header = Header(len(rows) - 1, rows[-1].cells, {"issued": 0, "due": 1})
    rows += [Row(number, pair) for number, pair in enumerate(zip(issued, dues, strict=True), start=len(rows) + 1)]
    return cells_for(header, Table(tuple(rows)), ReadOptions(month_first=told))


def words(cells: Cells) -> list[str]:
    return [reason.words for reason in cells.reasons if reason.about == "dates"]


def test_one_clear_date_decides_for_its_column_and_says_so() -> None:
    cells = cells_of(["01/02/2026", "09/30/2026"])
    assert cells.day("01/02/2026", "issued") == date(2026, 1, 2)
    assert words(cells) == ["month first in 'Date', 09/30/2026 in row 3 can be nothing else"]
    assert cells_of(["01/02/2026", "30/09/2026"]).day("01/02/2026", "issued") == date(2026, 2, 1)


def test_doubtful_dates_ask_and_obey_the_answer() -> None:
    doubtful = ["01/02/2026", "03/04/2026"]
    with pytest.raises(ReportError, match=f"01/02/2026 in row 2 and all other dates in 'Date'.*{ASKS}"):
        cells_of(doubtful)
    assert cells_of(doubtful, told=True).day("01/02/2026", "issued") == date(2026, 1, 2)
    assert cells_of(doubtful, told=False).day("01/02/2026", "issued") == date(2026, 2, 1)


def test_what_the_clerk_says_decides_and_what_speaks_against_it_is_said() -> None:
    cells = cells_of(["01/02/2026", "09/30/2026"], told=False)
    assert words(cells) == [
        "day first in 'Date', as you say, though 09/30/2026 in row 3 can only be month first",
    ]
    with pytest.raises(CellError, match="is no date"):
        cells.day("09/30/2026", "issued")


def test_a_column_in_both_orders_asks() -> None:
    with pytest.raises(ReportError, match=rf"both orders \(09/30/2026 in row 3 and 30/09/2026 in row 2\).*{ASKS}"):
        cells_of(["30/09/2026", "09/30/2026"])


def test_dates_that_are_the_same_in_both_orders_do_not_ask() -> None:
    cells = cells_of(["03/03/2026", "2026-01-05", "soon", "31/31/2026"])
    assert cells.day("03/03/2026", "issued") == date(2026, 3, 3)


def test_two_columns_in_opposite_orders_ask_and_obey_the_answer() -> None:
    issued, due = ["30/01/2026", "03/02/2026"], ["02/28/2026", "03/02/2026"]
    at = r"both orders \(02/28/2026 in row 2 in 'Due Date' and 30/01/2026 in row 2 in 'Date'\)"
    with pytest.raises(ReportError, match=f"{at}.*{ASKS}"):
        cells_of(issued, due)
    cells = cells_of(issued, due, told=True)
    assert cells.day("03/02/2026", "issued") == cells.day("03/02/2026", "due") == date(2026, 3, 2)
    with pytest.raises(CellError, match="is no date"):
        cells.day("30/01/2026", "issued")


@pytest.mark.parametrize("due", ["2026-02-28", "28.02.2026", "28 Feb 2026"])
def test_a_column_in_a_style_of_its_own_stands_beside_one_with_slashes(due: str) -> None:
    cells = cells_of(["01/30/2026", "03/02/2026"], [due, ""])
    assert cells.day("03/02/2026", "issued") == date(2026, 3, 2)
    assert cells.day(due, "due") == date(2026, 2, 28)


def test_a_clear_column_decides_for_a_doubtful_one() -> None:
    cells = cells_of(["09/30/2026", "01/02/2026"], ["10/10/2026", "02/03/2026"])
    assert cells.day("02/03/2026", "due") == date(2026, 2, 3)
    assert words(cells)[1] == "month first in 'Due Date', as 09/30/2026 in row 2 in 'Date'"
    assert cells.day("02/03/2026") == date(2026, 2, 3)


def test_the_day_of_the_report_decides_by_its_own_order() -> None:
    cells = cells_of(["01/02/2026"], title="As of: 09/30/2026")
    assert cells.day("01/02/2026", "issued") == date(2026, 1, 2)
    assert words(cells)[0] == "month first in 'Date', as 09/30/2026, the report's own day"


def test_nothing_is_issued_after_the_day_of_the_report() -> None:
    title = "As of September 30, 2026"
    cells = cells_of(["08/11/2026"], title=title)
    assert cells.day("08/11/2026", "issued") == date(2026, 8, 11)
    assert words(cells) == ["month first in 'Date', else 08/11/2026 in row 3 would lie outside the report's own time"]
    assert cells_of(["11/08/2026"], title=title).day("11/08/2026", "issued") == date(2026, 8, 11)
    with pytest.raises(ReportError, match=ASKS):
        cells_of(["08/07/2026"], title=title)


def test_the_day_of_the_report_turns_with_its_dates() -> None:
    cells = cells_of(["08/09/2026", "03/04/2026"], title="As of 10/01/2026")
    assert cells.day("08/09/2026", "issued") == date(2026, 8, 9)
    assert cells.day("10/01/2026") == date(2026, 10, 1)


def test_a_doubtful_day_of_the_report_asks_even_where_all_others_are_clear() -> None:
    with pytest.raises(ReportError, match=f"^08/09/2026 can be month/day or day/month.*{ASKS}"):
        cells_of(["2026-03-04"], title="As of 08/09/2026")
    assert cells_of(["2026-08-20"], title="As of 08/09/2026").day("08/09/2026") == date(2026, 9, 8)


def test_nearly_nothing_is_due_before_it_is_issued() -> None:
    issued = [f"{month:02}/{day:02}/2026" for month in range(1, 7) for day in range(3, 10)]
    due = [f"{month + 1:02}/{day - 2:02}/2026" for month in range(1, 7) for day in range(3, 10)]
    cells = cells_of(issued, due)
    assert cells.day("02/01/2026", "due") == date(2026, 2, 1)
    assert words(cells)[0] == "month first in 'Date', else 42 of 42 would be due before they were issued"


def test_a_few_rows_due_before_they_are_issued_decide_nothing() -> None:
    with pytest.raises(ReportError, match=ASKS):
        cells_of(["08/03/2026", "09/01/2026", "06/01/2026"], ["09/02/2026", "10/01/2026", "07/01/2026"])


def test_evidence_that_disagrees_asks() -> None:
    with pytest.raises(ReportError, match=ASKS):
        cells_of(["10/05/2026"], ["10/30/2026"], title="As of September 30, 2026")
    cells = cells_of(["10/05/2026"], ["30/10/2026"], title="As of September 30, 2026")
    assert cells.day("10/05/2026", "issued") == date(2026, 5, 10)


def test_a_column_of_figures_has_one_form() -> None:
    cells = cells_of(["03082026", "20082026", "9092026"], ["02.09.2026", "", "10.10.2026"], name="Belegdatum")
    assert cells.day("03082026", "issued") == date(2026, 8, 3)
    assert cells.day("9092026", "issued") == date(2026, 9, 9)
    assert cells_of(["08032026", "08202026"]).day("08032026", "issued") == date(2026, 8, 3)
    assert cells_of(["20260803", "20260820"]).day("20260803", "issued") == date(2026, 8, 3)
    with pytest.raises(ReportError, match=ASKS):
        cells_of(["03082026", "04092026"])


def test_figures_beside_other_dates_are_no_dates() -> None:
    cells = cells_of(["2026-08-03", "20082026", "46267"])
    for text in ("20082026", "46267"):
        with pytest.raises(CellError, match="is no date"):
            cells.day(text, "issued")


def test_day_numbers_are_dates_only_where_the_whole_column_has_them_and_its_name_says_so() -> None:
    cells = cells_of(["46237", "46267"])
    assert cells.day("46267", "issued") == date(2026, 9, 2)
    assert words(cells) == ["day numbers of a spreadsheet in 'Date', 46237 in row 2 is 2026-08-03"]
    for column, name in ((["46237", "46267"], "Due"), (["46237", "12"], "Date"), (["46237", "46267.25"], "Date")):
        with pytest.raises(CellError, match="is no date"):
            cells_of(column, name=name).day("46237", "issued")


def test_dates_half_turned_by_a_spreadsheet_are_refused() -> None:
    turned = [f"2026-{day:02}-0{month}" for month, day in ((1, 2), (2, 3), (3, 7), (4, 11), (5, 12))]
    texts = [f"{day}/0{month}/2026" for month, day in ((1, 22), (2, 23), (3, 17), (4, 21), (5, 30))]
    with pytest.raises(ReportError, match="turned day and month"):
        cells_of(turned + texts)
    assert cells_of([*turned, *texts, "01/02/2026"]).day("01/02/2026", "issued") == date(2026, 2, 1)


def test_a_table_without_a_header_row_is_read_from_its_first_row() -> None:
    table = Table((Row(1, ("09/30/2026",)), Row(2, ("01/02/2026",))))
    cells = cells_for(Header(-1, (), {"issued": 0}), table, ReadOptions())
    assert cells.day("01/02/2026", "issued") == date(2026, 1, 2)
    assert words(cells) == ["month first, 09/30/2026 in row 1 can be nothing else"]


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 28))
ORDERED: list[tuple[str, Callable[[date], str]]] = [
    ("month", lambda d: f"{d:%m/%d/%Y}"),
    ("month", lambda d: f"{d.month}/{d.day}/{d.year}"),
    ("month", lambda d: f"{d.month}/{d.day}/{d:%y}"),
    ("month", lambda d: f"{d:%m-%d-%Y}"),
    ("month", lambda d: f"{d:%m%d%Y}"),
    ("day", lambda d: f"{d:%d/%m/%Y}"),
    ("day", lambda d: f"{d.day}/{d.month}/{d.year} 00:00"),
    ("day", lambda d: f"{d:%d-%m-%Y}"),
    ("day", lambda d: f"{d:%d%m%Y}"),
    ("day", lambda d: f"{d.day}{d:%m%Y}"),
]


@settings(max_examples=80, deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=8), DAYS.filter(lambda d: d.day > 12), st.sampled_from(ORDERED))
def test_any_column_with_one_clear_date_is_read_back(
    days: list[date], clear: date, style: tuple[str, Callable[[date], str]]
) -> None:
    _, write = style
    cells = cells_of([write(day) for day in (*days, clear)])
    assert [cells.day(write(day), "issued") for day in days] == days


@settings(max_examples=100, deadline=None)
@given(
    st.lists(DAYS.filter(lambda d: d.day <= 12), min_size=1, max_size=20),
    st.integers(0, 90),
    st.sampled_from(ORDERED),
    st.sampled_from(["", "As of 31 December 2026", "As of {}"]),
)
def test_a_wrong_order_is_never_taken_silently(
    days: list[date], terms: int, style: tuple[str, Callable[[date], str]], title: str
) -> None:
    _, write = style
    assume("/" in write(days[0]) or "{" not in title)
    dues = [day + timedelta(days=terms) for day in days]
    refused = ""
    try:
        cells = cells_of([write(d) for d in days], [write(d) for d in dues], title=title.format(write(max(days))))
    except ReportError as error:
        refused = str(error)
    if refused:
        assert "--dates mdy or --dates dmy" in refused
    else:
        assert [cells.day(write(day), "issued") for day in days] == days
        assert [cells.day(write(day), "due") for day in dues] == dues
