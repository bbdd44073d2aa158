"""Payment lists: what tells them from invoices, reversals, references, the grouped list of QuickBooks Online."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from arctui.exchange.report import ReadOptions, Report, ReportError, ReportKind

Reading = Callable[..., Report]

FLAT = (
    "payment_id,customer_id,invoice_id,payment_date,amount,currency,method,reference,memo\n"
    "P1,A1,17,2026-06-01,500.00,USD,check,1042,less 2%\n"
    "P2,A1,,2026-06-02,-500.00,USD,check,,returned\n"
)
GROUPED = (
    "Transaction List by Customer\nNorthside Supply\n"
    '"June 1-7, 2026"\n\n'
    ",Date,Transaction type,Num,Posting (Y/N),Memo/Description,Account full name,Amount\n"
    "Alder Mill\n"
    ',06/02/2026,Payment,ACH 7,Yes,17 less C-7,Checking,"1,470.00"\n'
    ",06/02/2026,Invoice,18,Yes,,Receivables,80.00\n"
    'Total for Alder Mill,,,,,,,"$1,550.00"\n'
    "4711\n"
    ",06/05/2026,Payment,,Yes,,Checking,30.00\n"
    "Total for 4711,,,,,,,$30.00\n"
)


def test_flat_payments_are_recognised(reading: Reading) -> None:
    report = reading(FLAT)
    first, second = report.receipts
    assert (report.layout, report.kind, report.counted_total) == ("payments", ReportKind.PAYMENTS, Decimal("0.00"))
    assert (first.identity, first.customer, first.customer_number, first.invoice) == ("P1", "A1", "A1", "17")
    assert (first.day, first.amount, first.currency) == (date(2026, 6, 1), Decimal("500.00"), "USD")
    assert (first.method, first.reference) == ("check", "1042 less 2%")
    assert (second.invoice, second.amount, second.reference) == ("", Decimal("-500.00"), "returned")


def test_a_title_makes_a_plain_list_one_of_payments(reading: Reading) -> None:
    rows = "Client,Invoice Number,Amount,Date\nAlder,1,$13.50 ,10/20/2026\nAlder,2,($4.00),10/21/2026\n"
    report = reading("Northside export,,,\n,,,\nPayments,,,\n" + rows)
    assert report.layout == "payments"
    assert [receipt.amount for receipt in report.receipts] == [Decimal("13.50"), Decimal("-4.00")]
    assert reading(rows).layout == "flat"
    assert reading(rows, ReadOptions(payments=True)).layout == "payments"


def test_invoices_with_due_dates_are_no_payments(reading: Reading) -> None:
    rows = "Customer,Invoice,Invoice Date,Due Date,Amount,Payment Date\nAlder,1,2026-01-01,2026-02-01,5,2026-01-20\n"
    assert reading(rows).layout == "flat"
    assert reading(rows, ReadOptions(payments=True)).receipts[0].day == date(2026, 1, 20)


def test_rows_that_are_no_payments_are_listed(reading: Reading) -> None:
    report = reading(
        FLAT + "P3,,17,2026-06-01,5.00,USD,,,\nP4,A1,17,,5.00,USD,,,\nP5,A1,17,2026-06-01,five,USD,,,\n"
        "P1,A1,17,2026-06-01,500.00,USD,check,1042,less 2%\nTotal,,,,77.00,,,,\n"
    )
    assert [(s.row, s.why, s.number) for s in report.skipped] == [
        (4, "no customer", "17"),
        (5, "the date is missing", "17"),
        (6, "the amount 'five' is no amount", "17"),
        (7, "same as row 2", "17"),
    ]
    assert report.stated_total == Decimal("77.00")


def test_one_payment_may_stand_on_several_invoices(reading: Reading) -> None:
    report = reading(
        "payment_id,customer_id,invoice_id,payment_date,amount\nP1,A,1,2026-06-01,5\nP1,A,2,2026-06-01,5\n"
    )
    assert [receipt.invoice for receipt in report.receipts] == ["1", "2"]


def test_grouped_payments_stand_under_their_customer(reading: Reading) -> None:
    report = reading(GROUPED)
    assert (report.layout, report.counted_total) == ("qbo-payments", Decimal("1500.00"))
    assert [(r.row, r.customer, r.day, r.amount, r.reference) for r in report.receipts] == [
        (7, "Alder Mill", date(2026, 6, 2), Decimal("1470.00"), "ACH 7 17 less C-7"),
        (11, "4711", date(2026, 6, 5), Decimal("30.00"), ""),
    ]
    assert [(s.row, s.why) for s in report.skipped] == [(8, "a row of type 'Invoice' is no payment")]


def test_the_period_of_a_list_settles_its_doubtful_dates(reading: Reading) -> None:
    with pytest.raises(ReportError, match="--dates mdy"):
        reading(GROUPED.replace('"June 1-7, 2026"', "All dates"))


def test_a_list_of_payments_without_rows_is_refused(reading: Reading) -> None:
    with pytest.raises(ReportError, match="no rows"):
        reading(FLAT.splitlines()[0] + "\n")
    with pytest.raises(ReportError, match="a date and an amount of a payment"):
        reading("Customer,Phone\nAlder,555 0142\n", ReadOptions(payments=True))
