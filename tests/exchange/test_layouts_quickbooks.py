"""The exports of QuickBooks Online and Desktop, in small files of our own."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from arctui.exchange.report import Report, ReportError, ReportKind

Reading = Callable[..., Report]

ONLINE_OPEN = """Northside Supply
Open Invoices
"As of June 30, 2026"

,Date,Transaction Type,Num,Terms,Due Date,Open Balance
Total Haulage Ltd
,05/13/2026,Invoice,B-1,Net 30,06/12/2026,200.00
Total for Total Haulage Ltd,,,,,,$200.00
Birch Works
,05/14/2026,Payment,77,,,-10.00
   Site 4
,05/20/2026,Invoice,B-2,Net 15,06/04/2026,"1,030.00"
   Total for Site 4,,,,,,"$1,030.00"
Total for Birch Works with sub-customers,,,,,,"$1,020.00"
3000
,05/21/2026,Invoice,B-3,,06/20/2026,5.00
Total for 3000,,,,,,$5.00
TOTAL,,,,,,"$1,225.00"

"Wednesday, July 01, 2026 09:12 AM GMT-07:00"
"""
DESKTOP_OPEN = """,Type,Date,Num,P. O. #,Terms,Due Date,Aging,Open Balance
Birch Works,,,,,,,,
Site 4,,,,,,,,
,Invoice,05/20/2026,B-2,PO 9,Net 15,06/04/2026,26,100.00
Total Site 4,,,,,,,,100.00
Birch Works - Other,,,,,,,,
,Credit Memo,06/25/2026,C-1,,,,,-40.00
Total Birch Works - Other,,,,,,,,-40.00
Total Birch Works,,,,,,,,60.00
Total Haulage Ltd,,,,,,,,
,Invoice,05/13/2026,B-1,,Net 30,06/12/2026,18,7.00
,Invoice,05/30/2026,B-4,,Net 30,06/29/2026,1,3.00
Total Total Haulage Ltd,,,,,,,,10.00
TOTAL,,,,,,,,70.00
"""
DESKTOP_AGING = """,,Type,,Date,,Num,,Name,,Due Date,,Aging,,Open Balance
,Current,,,,,,,,,,,,,
,,Invoice,,2026-06-20,,B-9,,Current Affairs,,2026-07-20,,,,1.50
,Total Current,,,,,,,,,,,,,1.5
,1 - 30,,,,,,,,,,,,,
,,Invoice,,2026-05-20,,B-2,,4711,,2026-06-04,,26,,100
,Total 1 - 30,,,,,,,,,,,,,100
TOTAL,,,,,,,,,,,,,,101.5
"""


def of(report: Report) -> list[tuple[str, str, str]]:
    return [(item.customer, item.number, str(item.balance)) for item in report.items]


def proof(report: Report) -> list[tuple[str, str, bool]]:
    return [(s.of, str(s.stated), s.agrees) for s in report.subtotals]


def test_open_invoices_stand_below_their_customer_and_those_of_its_jobs_below_it(reading: Reading) -> None:
    report = reading(ONLINE_OPEN)
    assert (report.layout, report.kind, report.as_of) == (
        "qbo-open-invoices",
        ReportKind.OPEN_ITEMS,
        date(2026, 6, 30),
    )
    assert of(report) == [
        ("Total Haulage Ltd", "B-1", "200.00"),
        ("Birch Works", "77", "-10.00"),
        ("Birch Works:Site 4", "B-2", "1030.00"),
        ("3000", "B-3", "5.00"),
    ]
    assert (report.items[2].terms, report.items[2].due, report.skipped) == ("Net 15", date(2026, 6, 4), ())
    assert proof(report) == [
        ("Total Haulage Ltd", "200.00", True),
        ("Birch Works:Site 4", "1030.00", True),
        ("Birch Works", "1020.00", True),
        ("3000", "5.00", True),
        ("", "1225.00", True),
    ]


def test_where_a_total_is_missing_no_customer_stands_under_another(reading: Reading) -> None:
    report = reading(ONLINE_OPEN.replace("Total for Total Haulage Ltd,,,,,,$200.00\n", ""))
    assert [name for name, _, _ in of(report)] == ["Total Haulage Ltd", "Birch Works", "Site 4", "3000"]


def test_totals_whose_formulas_were_never_worked_out_are_no_customers(reading: Reading) -> None:
    report = reading(re.sub(r"(?m)^( *(?:Total for|TOTAL).*?),.*$", r"\1", ONLINE_OPEN))
    assert [name for name, _, _ in of(report)] == ["Total Haulage Ltd", "Birch Works", "Birch Works:Site 4", "3000"]
    assert (report.subtotals, report.skipped) == ((), ())


def test_foreign_amounts_are_read_where_a_report_has_them(reading: Reading) -> None:
    report = reading(
        'A/R Aging Detail\n"As of June 30, 2026"\n'
        "Date,Transaction Type,Num,Customer,Due Date,Currency,Amount,Open Balance,"
        "Foreign Amount,Foreign Open Balance\n"
        "1 - 30 days past due\n"
        "05/13/2026,Invoice,B-1,Birch Works,06/12/2026,EUR,220.00,110.00,200.00,100.00\n"
    )
    item = report.items[0]
    assert report.layout == "qbo-aging-detail-currencies"
    assert (item.currency, item.amount, item.balance) == ("EUR", Decimal("200.00"), Decimal("100.00"))


def test_amounts_in_the_home_currency_do_not_take_the_currency_of_the_row(reading: Reading) -> None:
    report = reading(
        'A/R Aging Detail\n"As of June 30, 2026"\n'
        "Date,Transaction Type,Num,Customer,Due Date,Currency,Amount,Open Balance\n"
        "05/13/2026,Invoice,B-1,Birch Works,06/12/2026,EUR,220.00,110.00\n"
    )
    assert (report.layout, report.items[0].currency, report.items[0].balance) == (
        "qbo-aging-detail",
        "",
        Decimal("110.00"),
    )


def test_names_and_group_labels_of_other_countries_and_releases_are_known(reading: Reading) -> None:
    report = reading(
        "A/R Ageing Detail Report\nNorthside Supply\nAs of 30 June 2026\n\n"
        ",Date,Transaction type,Number,PO Number,Customer full name,Due date,Amount,Open balance\n"
        "1 - 30 days past due (1),,,,,,,,\n"
        ",13/05/2026,Invoice,B-1,PO 3,Birch Works,12/06/2026,20.00,15.00\n"
        "Total for 1 - 30 days past due,,,,,,,20.00,15.00\n"
        "CURRENT (1),,,,,,,,\n"
        ",20/06/2026,Invoice,B-2,,Elm & Sons,20/07/2026,5.00,5.00\n"
        "Total for CURRENT,,,,,,,5.00,5.00\n"
        "TOTAL,,,,,,,25.00,20.00\n"
        '"Monday, 14 September 2026 12:27 PM GMT+08:00",,,,,,,,\n'
    )
    assert (report.layout, report.as_of, report.skipped) == ("qbo-aging-detail", date(2026, 6, 30), ())
    assert of(report) == [("Birch Works", "B-1", "15.00"), ("Elm & Sons", "B-2", "5.00")]
    assert report.items[0].reference == "PO 3"
    assert [s.agrees for s in report.subtotals] == [True, True, True]


def test_a_summary_is_refused_with_the_report_to_export(reading: Reading) -> None:
    text = (
        'A/R Ageing Summary\n"As of June 30, 2026"\n,Current,1 - 30,31 - 60,91 and over,Total\nBirch,1.00,,,,1.00\n'
    )
    with pytest.raises(ReportError, match=r"QuickBooks Online.*export A/R Aging Detail or Open Invoices"):
        reading(text)


@pytest.mark.parametrize(
    "header",
    [
        "Customer full name,Phone numbers,Email,Full name,Bill address,Tax Resale No.",
        "Customer,Phone,Email,Full Name,Billing Street,Tax Resale No.",
    ],
)
def test_a_customer_list_of_quickbooks_online_is_read(reading: Reading, header: str) -> None:
    report = reading(
        f'{header}\nBirch Works,Phone: 555 0142 Fax: 555 0143,t@birch.example,Tony Marsh,"1 Elm St",T-9\n'
    )
    contact = report.contacts[0]
    assert (report.layout, contact.customer, contact.person) == ("qbo-customers", "Birch Works", "Tony Marsh")
    assert (contact.phones, contact.emails) == (("555 0142",), ("t@birch.example",))
    assert (contact.address, contact.tax_number) == ("1 Elm St", "T-9")


def test_desktop_jobs_stand_below_their_customer_and_its_own_items_beside(reading: Reading) -> None:
    report = reading(DESKTOP_OPEN)
    assert report.layout == "qbd-open-invoices"
    assert of(report) == [
        ("Birch Works:Site 4", "B-2", "100.00"),
        ("Birch Works", "C-1", "-40.00"),
        ("Total Haulage Ltd", "B-1", "7.00"),
        ("Total Haulage Ltd", "B-4", "3.00"),
    ]
    assert all(agrees for _, _, agrees in proof(report))
    assert len(report.subtotals) == 5
    assert (report.items[0].reference, report.items[0].terms) == ("PO 9", "Net 15")


def test_the_day_of_a_report_without_title_is_the_one_its_ages_count_to(reading: Reading) -> None:
    report = reading(DESKTOP_OPEN)
    assert report.as_of == date(2026, 6, 30)
    assert any("ages of 3 items" in reason.words for reason in report.reasons)


def test_ages_that_fit_two_days_or_none_tell_no_day(reading: Reading) -> None:
    # All have the same terms: counted from the issue or the due date, the ages fit as well.
    same_terms = DESKTOP_OPEN.replace("05/20/2026,B-2", "05/05/2026,B-2")
    assert reading(same_terms).as_of is None
    assert reading(DESKTOP_OPEN.replace("06/12/2026,18", "06/12/2026,19")).as_of is None


def test_a_desktop_workbook_has_empty_columns_between_all(reading: Reading) -> None:
    report = reading(DESKTOP_AGING)
    assert report.layout == "qbd-aging-detail"
    assert of(report) == [("Current Affairs", "B-9", "1.50"), ("4711", "B-2", "100.00")]
    assert proof(report) == [("Current", "1.50", True), ("1 - 30", "100.00", True), ("", "101.50", True)]


def test_desktop_customers_have_a_second_contact_and_their_name_above_the_address(reading: Reading) -> None:
    report = reading(
        ",Active Status,Customer,Balance,Primary Contact,Main Phone,Alt. Phone,Secondary Contact,Job Title,"
        "Main Email,Bill to 1,Bill to 2,Bill to 3,Terms,Resale Num,Account No.,Credit Limit\n"
        ",Active,Birch Works,5.00,Tony Marsh,555 0142,555 0188,Ada Lund,Payables,t@birch.example,"
        'Birch Works,1 Elm St,"Mesa, AZ",Net 30,R-1,B77,"2,500.00"\n'
    )
    first, second = report.contacts
    assert (report.layout, report.skipped) == ("qbd-customers", ())
    assert (first.customer_number, first.person, first.role) == ("B77", "Tony Marsh", "Payables")
    assert first.phones == ("555 0142", "555 0188")
    assert (first.address, first.terms, first.tax_number) == ("1 Elm St, Mesa, AZ", "Net 30", "R-1")
    assert first.credit_limit == Decimal("2500.00")
    assert (second.customer, second.customer_number, second.person) == ("Birch Works", "B77", "Ada Lund")


IIF_CUSTOMERS = (
    "!HDR\tPROD\tVER\nHDR\tQuickBooks Pro\tVersion 34\n"
    "!VEND\tNAME\tREFNUM\nVEND\tGorse Paper\t3\n"
    "!CUST\tNAME\tREFNUM\tBADDR1\tBADDR2\tPHONE1\tEMAIL\tCONT1\tCONT2\tTERMS\tLIMIT\tACCNUM\n"
    "CUST\tBirch Works\t1\tBirch Works\t1 Elm St\t555 0142\tt@birch.example\tTony Marsh\tAda Lund\t"
    "Net 30\t900.00\tB77\n"
)


def test_an_iif_list_gives_its_customers_and_says_what_else_it_holds(reading: Reading) -> None:
    report = reading(IIF_CUSTOMERS)
    assert report.layout == "qbd-iif-customers"
    assert [(c.customer, c.customer_number, c.person) for c in report.contacts] == [
        ("Birch Works", "B77", "Tony Marsh"),
        ("Birch Works", "B77", "Ada Lund"),
    ]
    assert (report.contacts[0].address, report.contacts[0].credit_limit) == ("1 Elm St", Decimal("900.00"))
    assert [(s.row, s.why) for s in report.skipped] == [(4, "a line of the list VEND")]


def test_iif_transactions_give_invoices_without_what_is_open(reading: Reading) -> None:
    report = reading(
        "!TRNS\tTRNSID\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT\tDOCNUM\tDUEDATE\tTERMS\tPAID\n"
        "!SPL\tSPLID\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT\tDOCNUM\n!ENDTRNS\n"
        "TRNS\t1\tINVOICE\t5/20/2026\tAccounts Receivable\tBirch Works\t110.00\tB-2\t6/19/2026\tNet 30\tN\n"
        "SPL\t2\tINVOICE\t5/20/2026\tSales\t\t-100.00\t\nSPL\t3\tINVOICE\t5/20/2026\tTax\t\t-10.00\t\nENDTRNS\n"
        "TRNS\t4\tINVOICE\t5/21/2026\tAccounts Receivable\tElm & Sons\t20.00\tB-3\t6/20/2026\tNet 30\tY\nENDTRNS\n"
        "TRNS\t5\tPAYMENT\t5/22/2026\tUndeposited Funds\tElm & Sons\t20.00\t881\t\t\t\nENDTRNS\n"
    )
    assert (report.layout, report.kind) == ("qbd-iif-invoices", ReportKind.LISTED)
    assert [(i.customer, i.number, str(i.amount), str(i.balance)) for i in report.items] == [
        ("Birch Works", "B-2", "110.00", "None"),
        ("Elm & Sons", "B-3", "20.00", "0.00"),
    ]
    assert [(s.row, s.why) for s in report.skipped] == [(10, "a transaction of type 'PAYMENT' is no invoice")]
    assert report.notes == (
        "an IIF file says what was invoiced and not what is open: import A/R Aging Detail for that",
    )
