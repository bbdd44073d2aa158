"""The aging reports of QuickBooks Online and Xero: groups, totals, customers that look like either."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from arctui.exchange.report import ReadOptions, Report, ReportError, ReportKind

Reading = Callable[..., Report]

QBO_HEADER = ",Date,Transaction type,Num,Customer full name,Location full name,Due date,Amount,Open balance\n"
QBO = (
    "A/R Aging Detail Report\nNorthside Supply\n"
    '"As of June 30, 2026"\n\n' + QBO_HEADER + "1 - 30 days past due,,,,,,,,\n"
    ",05/13/2026,Invoice,B-1,Total Haulage Ltd,,06/12/2026,500.00,200.00\n"
    ",05/20/2026,Credit Memo,C-7,4711,,,-30.00,-30.00\n"
    "Total for 1 - 30 days past due,,,,,,,$470.00,$170.00\n"
    "CURRENT,,,,,,,,\n"
    ',06/20/2026,Invoice,B-2,Current Affairs Press,,07/20/2026,"1,000.00","1,000.00"\n'
    "Total for CURRENT,,,,,,,$1000.00,$1000.00\n"
    'TOTAL,,,,,,,"$1,470.00","$1,170.00"\n\n'
    '"Wednesday, July 01, 2026 09:12 AM GMT-07:00"\n'
)
CLASSIC = (
    "Northside Supply\nA/R Aging Detail\n"
    '"As of June 30, 2026"\n\n'
    "Date,Transaction Type,Num,Customer,Due Date,Amount,Open Balance\n"
    "1 - 30 days past due\n"
    "05/13/2026,Invoice,B-1,Total Haulage Ltd,06/12/2026,500.00,200.00\n"
    "05/20/2026,Payment,,4711,,-30.00,-30.00\n"
    "Total for 1 - 30 days past due,,,,,$470.00,$170.00\n"
    "TOTAL,,,,,$470.00,$170.00\n"
)
XERO = (
    "Aged Receivables Detail\nNorthside Supply\nAs at 30 June 2026\nAgeing by due date\n\n"
    "Invoice Number,Invoice Date,Due Date,Invoice Reference,Current,< 1 Month,1 Month,Older,Total\n"
    "Total Haulage Ltd,,,,,,,,\n"
    "B-1,13 May 2026,12 Jun 2026,PO 4,,200.00,,,200.00\n"
    ",20 May 2026,,,,(30.00),,,(30.00)\n"
    "Total Total Haulage Ltd,,,,,,,,170.00\n"
    ",,,,,,,,\n"
    "4711,,,,,,,,\n"
    'B-2,20 Jun 2026,20 Jul 2026,,"1,000.00",,,,"1,000.00"\n'
    'Total 4711,,,,,,,,"1,000.00"\n\n'
    'Total,,,,,,,,"1,170.00"\n'
)


def test_quickbooks_rows_are_told_by_the_cells_they_fill(reading: Reading) -> None:
    report = reading(QBO)
    assert (report.layout, report.kind, report.as_of) == (
        "qbo-aging-detail",
        ReportKind.OPEN_ITEMS,
        date(2026, 6, 30),
    )
    assert [(i.row, i.customer, i.number, i.kind, i.due, i.amount, i.balance) for i in report.items] == [
        (7, "Total Haulage Ltd", "B-1", "Invoice", date(2026, 6, 12), Decimal("500.00"), Decimal("200.00")),
        (8, "4711", "C-7", "Credit Memo", None, Decimal("-30.00"), Decimal("-30.00")),
        (11, "Current Affairs Press", "B-2", "Invoice", date(2026, 7, 20), Decimal("1000.00"), Decimal("1000.00")),
    ]
    assert report.skipped == ()
    assert report.stated_total == report.counted_total == Decimal("1170.00")


def test_classic_quickbooks_has_labels_in_the_column_of_dates(reading: Reading) -> None:
    report = reading(CLASSIC)
    assert (report.layout, report.as_of) == ("qbo-aging-detail", date(2026, 6, 30))
    assert [(i.customer, i.kind, i.balance) for i in report.items] == [
        ("Total Haulage Ltd", "Invoice", Decimal("200.00")),
        ("4711", "Payment", Decimal("-30.00")),
    ]
    assert report.stated_total == Decimal("170.00")


@pytest.mark.parametrize(
    ("damaged", "why", "customer", "number"),
    [
        (",05/13/2026,Invoice,B-9,,,06/12/2026,5.00,5.00\n", "no customer", "", "B-9"),
        (",05/13/2026,Invoice,B-9,Alder,,06/12/2026,5.00,\n", "the open balance is missing", "Alder", "B-9"),
        (",05/32/2026,Invoice,B-9,Alder,,06/12/2026,5.00,5.00\n", "05/32/2026 is no date", "Alder", "B-9"),
        (",,,,,,,,5.00\n", "no customer", "", ""),
    ],
)
def test_damaged_quickbooks_rows_are_listed(
    reading: Reading, damaged: str, why: str, customer: str, number: str
) -> None:
    report = reading(QBO.replace("CURRENT,,,,,,,,\n", damaged + "CURRENT,,,,,,,,\n", 1))
    assert [(s.row, s.why, s.customer, s.number) for s in report.skipped] == [(10, why, customer, number)]
    assert len(report.items) == 3


def test_an_undated_classic_row_without_customer_is_no_total(reading: Reading) -> None:
    report = reading(CLASSIC.replace("05/20/2026,Payment,,4711,", "05/20/2026,,,,"))
    assert [(s.row, s.why) for s in report.skipped] == [(8, "no customer")]


def test_a_classic_row_cut_off_after_its_date_is_listed(reading: Reading) -> None:
    report = reading(CLASSIC.replace("05/20/2026,Payment,,4711,,-30.00,-30.00", "05/20/2026"))
    assert [(s.row, s.why) for s in report.skipped] == [(8, "no customer")]


def test_the_stated_total_is_kept_where_it_differs(reading: Reading) -> None:
    report = reading(QBO.replace('"$1,170.00"', '"$2,000.00"'))
    assert (report.stated_total, report.counted_total) == (Decimal("2000.00"), Decimal("1170.00"))


def test_the_day_of_the_report_settles_its_doubtful_dates(reading: Reading) -> None:
    rows = ",05/07/2026,Invoice,1,Alder,,06/07/2026,5.00,5.00\n,03/04/2026,Invoice,2,Alder,,04/04/2026,5.00,5.00\n"
    report = reading('A/R Aging Detail\n"As of June 30, 2026"\n' + QBO_HEADER + rows)
    assert report.items[0].issued == date(2026, 5, 7)
    with pytest.raises(ReportError, match="--dates dmy"):
        reading("A/R Aging Detail\n" + QBO_HEADER + rows)
    assert reading("A/R Aging Detail\n" + QBO_HEADER + rows, ReadOptions(month_first=False)).items[0].issued == date(
        2026, 7, 5
    )


def test_quickbooks_without_rows_is_refused(reading: Reading) -> None:
    with pytest.raises(ReportError, match="no rows"):
        reading("A/R Aging Detail\n" + QBO_HEADER)


def test_xero_items_stand_under_their_customer(reading: Reading) -> None:
    report = reading(XERO)
    assert (report.layout, report.as_of) == ("xero-aged-receivables-detail", date(2026, 6, 30))
    assert [(i.row, i.customer, i.number, i.kind, i.due, i.amount, i.balance) for i in report.items] == [
        (8, "Total Haulage Ltd", "B-1", "Invoice", date(2026, 6, 12), Decimal("200.00"), Decimal("200.00")),
        (9, "Total Haulage Ltd", "", "Credit Note", None, Decimal("-30.00"), Decimal("-30.00")),
        (13, "4711", "B-2", "Invoice", date(2026, 7, 20), Decimal("1000.00"), Decimal("1000.00")),
    ]
    assert report.items[0].reference == "PO 4"
    assert report.skipped == ()
    assert report.stated_total == report.counted_total == Decimal("1170.00")


def test_damaged_xero_rows_are_listed(reading: Reading) -> None:
    header_end = XERO.index("Total Haulage Ltd")
    orphan = XERO[:header_end] + "B-0,13 May 2026,12 Jun 2026,,,5.00,,,5.00\n" + XERO[header_end:]
    damaged = orphan.replace("20 Jun 2026,20 Jul 2026", "20 Jun 2026,31 Jun 2026")
    assert [(s.row, s.why, s.customer, s.number) for s in reading(damaged).skipped] == [
        (7, "no customer", "", ""),
        (14, "31 Jun 2026 is no date", "4711", "B-2"),
    ]
