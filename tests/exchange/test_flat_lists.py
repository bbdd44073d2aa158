"""Flat invoice lists: columns by their names, what is skipped and why, totals, amounts, currencies."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from arctui.exchange.report import ReadOptions, Report, ReportError, ReportKind

Reading = Callable[..., Report]

OPEN = """Customer No.,Customer,Invoice #,Invoice Date,Due Date,Original Amount,Open Balance,Curr,PO No
A1,Alder Mill,17,2026-08-01,2026-08-31,"1,200.00","1,000.00",USD,PO 9
B2,Birch Works,0018,2026-08-02,2026-09-01,80.00,80.00,EUR,
"""


def skipped(report: Report) -> list[tuple[int, str]]:
    return [(row.row, row.why) for row in report.skipped]


def test_usual_names_are_found_in_any_order(reading: Reading) -> None:
    report = reading(OPEN)
    first = report.items[0]
    assert (report.layout, report.kind, report.counted_total) == ("flat", ReportKind.OPEN_ITEMS, Decimal("1080.00"))
    assert first.row == 2
    assert (first.customer, first.customer_number, first.number) == ("Alder Mill", "A1", "17")
    assert (first.issued, first.due) == (date(2026, 8, 1), date(2026, 8, 31))
    assert (first.amount, first.balance) == (Decimal("1200.00"), Decimal("1000.00"))
    assert (first.currency, first.reference, first.kind) == ("USD", "PO 9", "Invoice")
    assert report.items[1].number == "0018"


def test_amounts_alone_make_a_list_without_balances(reading: Reading) -> None:
    report = reading("customer_id,invoice_id,invoice_date,due_date,amount\nA1,1,2026-01-01,2026-02-01,-5\n")
    item = report.items[0]
    assert report.kind is ReportKind.LISTED
    assert (item.balance, item.customer, item.customer_number, item.kind) == (None, "A1", "A1", "Credit Note")
    assert report.counted_total == Decimal("-5.00")


def test_what_was_paid_of_a_listed_invoice_leaves_its_balance(reading: Reading) -> None:
    report = reading(
        "Client,Invoice Number,Amount,Paid,Invoice Date,Due Date\nAlder,1,9.00,2.50,2026-01-01,2026-02-01\n"
    )
    assert (report.kind, report.items[0].balance) == (ReportKind.LISTED, Decimal("6.50"))
    words = reading("Client,Invoice Number,Amount,Paid,Invoice Date\nAlder,1,9.00,no,2026-01-01\n")
    assert words.items[0].balance is None


def test_a_paid_invoice_of_a_list_of_amounts_is_no_debt(reading: Reading) -> None:
    report = reading("Client,Invoice,Total,Status,Due\nAlder,1,9.00,Paid,2026-02-01\nAlder,2,9.00,Sent,2026-02-01\n")
    assert [item.balance for item in report.items] == [Decimal("0.00"), None]


def test_the_balance_stands_in_for_a_missing_amount(reading: Reading) -> None:
    report = reading("Customer,Invoice,Due,Amount,Balance\nAlder,1,2026-02-01,,7.00\nBirch,2,2026-02-01,7.00,\n")
    assert report.items[0].amount == Decimal("7.00")
    assert skipped(report) == [(3, "the open balance is missing")]


def test_title_lines_name_the_day_and_the_header_may_follow_them(reading: Reading) -> None:
    report = reading("Northside Supply\nOpen items\nAs of 30 September 2026\n\n" + OPEN)
    assert report.as_of == date(2026, 9, 30)
    assert report.items[0].row == 6


def test_rows_that_cannot_be_read_are_listed_with_the_cell(reading: Reading) -> None:
    report = reading(
        "Customer,Invoice,Date,Due Date,Balance,Currency,Status\n"
        "Alder,1,2026-01-01,2026-02-01,n/a,USD,\n"
        "Birch,2,2026-13-01,2026-02-01,5.00,USD,\n"
        ",3,2026-01-01,2026-02-01,5.00,USD,\n"
        "Cedar,4,2026-01-01,2026-02-01\n"
        "Dogwood,5,2026-01-01,2026-02-01,5.00,Shell,\n"
        "Elm,6,2026-01-01,2026-02-01,5.00,USD,Void\n"
        "Fir,7,2026-01-01,2026-02-01,5.00,USD,draft\n"
        "Gum,8,2026-01-01,2026-02-01,1,234.50,,\n"
        "Hazel,,2026-01-01,,5.00,usd,Open\n"
    )
    assert skipped(report) == [
        (2, "the amount 'n/a' is no amount"),
        (3, "2026-13-01 is no date"),
        (4, "no customer"),
        (5, "the amount is missing"),
        (6, "the currency 'Shell' is not known"),
        (9, "the currency '234.50' is not known"),
    ]
    assert [(row.customer, row.number) for row in report.skipped][:3] == [("Alder", "1"), ("Birch", "2"), ("", "3")]
    assert [(row.row, row.number, row.void) for row in report.not_owed] == [(7, "6", True), (8, "7", False)]
    assert report.notes == ("2 rows are void or drafts: left out",)
    assert [(item.number, item.due, item.currency) for item in report.items] == [("", None, "USD")]


def test_an_amount_cut_in_two_by_its_comma_is_not_taken_for_its_first_half(reading: Reading) -> None:
    report = reading(
        "Customer,Invoice,Due,Balance,Notes\nAlder,1,2026-02-01,1,234.50,late\nBirch,2,2026-02-01,5.00,a,b\n"
    )
    assert [row.row for row in report.skipped] == [2]
    assert "quotes" in report.skipped[0].why
    assert report.items[0].balance == Decimal("5.00")


def test_the_same_number_twice_is_read_once(reading: Reading) -> None:
    report = reading(
        "Customer,Invoice,Due,Balance\n"
        "Alder,23,2026-02-01,5.00\n"
        "ALDER,23,2026-02-01,5.00\n"
        "Alder,23,2026-02-01,6.00\n"
        "Alder,23,2026-03-01,5.00\n"
        "Birch,23,2026-02-01,5.00\n"
        "Birch,,2026-02-01,5.00\n"
        "Birch,,2026-02-01,6.00\n"
        "Birch,,2026-02-01,6.00\n"
    )
    assert skipped(report) == [
        (3, "same as row 2"),
        (4, "number 23 stands in row 2 with another amount"),
        (5, "number 23 stands in row 2 with another date"),
        (9, "same as row 8"),
    ]


def test_a_credit_that_is_not_negative_is_not_taken_for_a_debt(reading: Reading) -> None:
    report = reading(
        "Customer,Invoice,Type,Due,Balance\nAlder,1,Credit Memo,2026-02-01,5\nAlder,2,Invoice,2026-02-01,5\n"
    )
    assert skipped(report) == [(2, "a Credit Memo of 5.00 is not negative")]


def test_totals_are_told_from_customers_by_what_else_they_fill(reading: Reading) -> None:
    report = reading(
        "Customer,Invoice,Due,Balance\n"
        "Total Haulage Ltd,1,2026-02-01,5.00\n"
        "Total Total Haulage Ltd,,,5.00\n"
        "Total,2,2026-02-01,7.00\n"
        "Subtotal,,,12.00\n"
        "Total for Alder,,,1.00\n"
        "Total Eclipse Ltd,,,3.00\n"
        "Grand Total,,,99.00\n"
        "\n"
        '"Thursday, October 01, 2026 09:12 AM GMT-07:00"\n'
    )
    assert [item.customer for item in report.items] == ["Total Haulage Ltd", "Total"]
    assert (report.stated_total, report.counted_total) == (Decimal("99.00"), Decimal("12.00"))
    assert skipped(report) == [(7, "a total, or an invoice without number and dates")]


def test_a_header_printed_again_is_no_row(reading: Reading) -> None:
    header = OPEN.splitlines(keepends=True)[0]
    assert reading(OPEN + header).skipped == ()


def test_items_above_a_repeated_header_are_not_lost(reading: Reading) -> None:
    report = reading("Cust,Inv,D,B\nAlder,1,2026-01-01,5.00\nCustomer,Invoice,Due,Balance\nBirch,2,2026-01-01,5.00\n")
    assert skipped(report) == [(1, "it stands above the header"), (2, "it stands above the header")]


def test_a_narrow_row_below_items_above_a_repeated_header_is_no_title(reading: Reading) -> None:
    report = reading("Cust,Inv,D,Bal\nance,5.00\nCustomer,Invoice,Due,Balance\nBirch,2,2026-01-01,5.00\n")
    assert skipped(report) == [(1, "it stands above the header"), (2, "it stands above the header")]


def test_a_row_with_an_open_quote_is_listed(reading: Reading) -> None:
    report = reading('Customer,Invoice,Due,Balance\n"Alder,1,2026-02-01,5.00\nBirch,2,2026-02-01,5.00\n')
    assert skipped(report) == [(2, "a quotation mark is not closed")]
    assert report.items[0].number == "2"


def test_decimal_commas_are_read_where_the_file_shows_them(reading: Reading) -> None:
    header = "Customer;Invoice;Due;Balance\n"
    rows = f"{header}Alder;1;02.01.2026;1.234,50\nBirch;2;02.01.2026;1.234\nCedar;3;02.01.2026;2,5\n"
    balances = [item.balance for item in reading(rows).items]
    assert balances == [Decimal("1234.50"), Decimal("1234.00"), Decimal("2.50")]


def test_the_policy_mark_is_used_where_the_file_shows_none(reading: Reading) -> None:
    rows = "Customer;Invoice;Due;Balance\nAlder;1;02.01.2026;1.234\n"
    assert reading(rows, ReadOptions(decimal_mark=",")).items[0].balance == Decimal("1234.00")
    clear = "Customer;Invoice;Due;Balance\nAlder;1;02.01.2026;1,234\nBirch;2;02.01.2026;5.25\n"
    assert reading(clear, ReadOptions(decimal_mark=",")).items[0].balance == Decimal("1234.00")


def test_currencies_are_codes_names_or_signs(reading: Reading) -> None:
    header = "Customer,Invoice,Due,Balance"
    named = f"{header},Currency\nAlder,1,2026-02-01,5,US Dollar\nBirch,2,2026-02-01,5,eur\nCedar,3,2026-02-01,5,\n"
    assert [item.currency for item in reading(named).items] == ["USD", "EUR", ""]
    signs = f"{header}\nAlder,1,2026-02-01,£5\nBirch,2,2026-02-01,$5\nCedar,3,2026-02-01,5.00 CHF\n"
    assert [item.currency for item in reading(signs).items] == ["GBP", "", "CHF"]


def test_numbers_before_names_are_split_off_in_saved_searches(reading: Reading) -> None:
    rows = "Internal ID,Type,Due Date,Document Number,Name,Amount Remaining\n1,Invoice,2026-02-01,7,10001 4711,5.00\n"
    item = reading(rows).items[0]
    assert (item.customer, item.customer_number) == ("4711", "10001")


def test_names_are_clean_and_may_be_long(reading: Reading) -> None:
    name = "N" * 5000
    rows = f"Customer,Invoice,Due,Balance\n{name},1,2026-02-01,5\n\x1b[31mRed\x1b[0m \u202eMill,2,2026-02-01,5\n"
    assert [item.customer for item in reading(rows).items] == [name, "Red Mill"]


def test_a_report_of_which_nothing_was_understood_does_not_speak_for_what_is_open(reading: Reading) -> None:
    report = reading("Customer,Invoice,Due,Balance\nAlder,1,2026-02-01,x\n")
    assert (report.kind, len(report.skipped)) == (ReportKind.LISTED, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Customer,Invoice,Due,Balance\n", "no rows"),
        ("Customer,Invoice,Due,Balance\n,1,2026-02-01,5\n,2,2026-02-01,5\n,3,2026-02-01,5\n", "no customer"),
        ("Customer,Invoice,Due,Balance\nAlder,1,01/02/2026,5\n", "--dates mdy"),
        ("Customer,Invoice,Due Date\nAlder,1,2026-02-01\n", "the amount or the open balance"),
        ("Invoice,Due Date,Balance\n1,2026-02-01,5\n", "a column for the customer"),
        ("Customer,Due Date,Balance\nAlder,2026-02-01,5\n", "the invoice number"),
        ("Customer,Reference,Date,Amount\nAlder,5,2026-02-01,5\n", "the due date or the open balance"),
        ("Customer,Customer ID\nAlder,A1\n", "list of customers"),
        ("Alder Mill,A1,2026-02-01,5.00\nBirch,B1,2026-02-01,5.00\n", "no header row"),
        ("Dear all,\nwe met on Monday.\n", "no header row"),
        ("Customer,Current,1 - 30,31 - 60,91 and over,Total\nAlder,1,2,3,4,10\n", "balances but no invoices"),
    ],
)
def test_files_that_are_no_invoice_list_are_refused_with_what_is_missing(
    reading: Reading, text: str, says: str
) -> None:
    with pytest.raises(ReportError, match=says):
        reading(text)


def test_a_layout_can_be_named(reading: Reading) -> None:
    assert reading(OPEN, ReadOptions(layout="flat")).layout == "flat"
    with pytest.raises(ReportError, match="the nearest names are"):
        reading(OPEN, ReadOptions(layout="nonesuch"))
    for name in ("qbo-aging-detail", "xero-aged-receivables-detail", "qbo-payments", "payments", "contacts"):
        with pytest.raises(ReportError, match="header row"):
            reading(OPEN, ReadOptions(layout=name))


@pytest.mark.parametrize(
    "word", ["Partially paid", "partial", "Part paid", "teilbezahlt", "Partiellement payée", "Parcialmente pagado"]
)
def test_a_list_that_does_not_say_how_much_is_open_names_what_is_paid_in_part(reading: Reading, word: str) -> None:
    head = "Customer,Invoice,Date,Due,Amount,Status\n"
    rows = f"Birch,1,2026-08-15,2026-09-14,500.00,{word}\nCedar,2,2026-08-15,2026-09-14,30.00,Unpaid\n"
    report = reading(head + rows)
    note = "1 invoice is paid in part, and this report does not say how much is open: 1"
    assert report.notes == (note,)
    assert [item.said_open for item in report.items] == [True, True]
    for sure in ("Unpaid", "Open", "Overdue"):
        assert reading(head + rows.replace(word, sure)).notes == ()
    balances = reading((head + rows).replace("Amount", "Open Balance"))
    assert balances.notes == ()
