"""The exports of Odoo and Akaunting, in small files of our own."""

from collections.abc import Callable
from datetime import date

import pytest

from arctui.exchange.read import read_table
from arctui.exchange.recognise import begins_report
from arctui.exchange.report import ReadOptions, Report, ReportError, ReportKind
from arctui.exchange.table import Table, parse

Reading = Callable[..., Report]


def of(report: Report) -> list[tuple[str, str, str]]:
    return [(item.customer, item.number, str(item.balance)) for item in report.items]


def proof(report: Report) -> list[tuple[str, str, bool]]:
    return [(s.of, str(s.stated), s.agrees) for s in report.subtotals]


def test_drafts_of_odoo_have_no_number_yet_and_are_no_debt(reading: Reading) -> None:
    report = reading(
        "Number,Invoice Partner Display Name,Invoice/Bill Date,Due Date,Origin,Total Signed,Amount Due Signed,"
        "Currency,Payment Status,Status\n"
        'INV/2026/1,"Birch Works, North Gate",2026-05-13,2026-06-12,SO-3,20.00,15.00,EUR,Partially Paid,Posted\n'
        "RINV/1,Birch Works,2026-05-14,2026-05-14,,-5.00,-5.00,EUR,Not Paid,Posted\n"
        "/,Elm & Sons,,2026-06-12,,10.00,10.00,EUR,Not Paid,Draft\n"
    )
    assert (report.layout, report.kind) == ("odoo-invoices", ReportKind.LISTED)
    assert of(report) == [("Birch Works, North Gate", "INV/2026/1", "15.00"), ("Birch Works", "RINV/1", "-5.00")]
    assert report.items[0].reference == "SO-3"
    assert [(row.customer, row.number) for row in report.not_owed] == [("Elm & Sons", "")]


def test_what_is_open_in_the_invoices_own_currency_is_taken_with_its_sign(reading: Reading) -> None:
    report = reading(
        "name,invoice_partner_display_name,invoice_date,invoice_date_due,amount_residual,amount_residual_signed,"
        "amount_total_in_currency_signed,currency_id,state\n"
        "INV/1,Birch Works,2026-05-13,2026-06-12,10.00,11.00,20.00,EUR,posted\n"
        "RINV/1,Birch Works,2026-05-13,2026-06-12,4.00,-4.40,-4.00,EUR,posted\n"
    )
    assert of(report) == [("Birch Works", "INV/1", "10.00"), ("Birch Works", "RINV/1", "-4.00")]
    assert [str(item.amount) for item in report.items] == ["20.00", "-4.00"]


GROUPED = """Number,Invoice Partner Display Name,Invoice/Bill Date,Due Date,Total Signed,Amount Due Signed,Paid
Birch (Mesa) (3),,,,35.00,30.00,
May 2026 (2),,,,25.00,20.00,
1,Birch (Mesa),2026-05-13,2026-06-12,20.00,15.00,Partially Paid
2,Birch (Mesa),2026-05-14,2026-06-13,5.00,5.00,Not Paid
June 2026 (1),,,,10.00,10.00,
3,Birch (Mesa),2026-06-01,2026-07-01,10.00,10.00,Not Paid
Total Fitness (1),,,,7.00,7.00,
4,Total Fitness,2026-06-01,2026-07-01,6.00,6.00,Not Paid
"""


def test_rows_of_groups_are_their_totals_and_no_invoices(reading: Reading) -> None:
    report = reading(GROUPED)
    assert (report.layout, report.skipped) == ("odoo-invoices", ())
    assert of(report) == [
        ("Birch (Mesa)", "1", "15.00"),
        ("Birch (Mesa)", "2", "5.00"),
        ("Birch (Mesa)", "3", "10.00"),
        ("Total Fitness", "4", "6.00"),
    ]
    assert proof(report) == [("Birch (Mesa)", "30.00", True), ("Total Fitness", "7.00", False)]


AGED = """,Invoice Date,Amount Currency,Currency,Account,Expected Date,At Date,1-30,31-60,Older,Total
Aged Receivable,,,,,,10.00,15.00,,,25.00
Birch Works,,,,,,,15.00,,,15.00
INV/1,2026-05-13,,,121000 Receivable,2026-06-12,,20.00,,,20.00
MISC/1,2026-05-14,,,121000 Receivable,,,-5.00,,,-5.00
3000,,,,,,10.00,,,,10.00
INV/2,2026-05-13,9.00,EUR,121000 Receivable,2026-07-12,10.00,,,,10.00
Total Aged Receivable,,,,,,10.00,15.00,,,25.00
"""


def test_aged_receivable_has_totals_above_its_lines(reading: Reading) -> None:
    report = reading(AGED)
    assert (report.layout, report.skipped) == ("odoo-aged-receivable", ())
    assert of(report) == [
        ("Birch Works", "INV/1", "20.00"),
        ("Birch Works", "MISC/1", "-5.00"),
        ("3000", "INV/2", "10.00"),
    ]
    assert [item.currency for item in report.items] == ["", "", ""]
    assert proof(report) == [("Birch Works", "15.00", True), ("3000", "10.00", True), ("", "25.00", True)]


OCA_HEADER = "Date,Entry,Journal,Account,Partner,Ref - Label,Due date,Residual,Current,Age ≤ 30 d.,Older\n"
OCA = (
    "Aged Partner Balance - Harbour - USD\nDate at filter,,30/06/2026\n121000 - Receivable\nBirch Works\n"
    + OCA_HEADER
    + "13/05/2026,INV/1,INV,121000,Birch Works,PO 3,12/06/2026,20.00,0,20.00,0\n"
    + "14/05/2026,INV/2,INV,121000,Birch Works,/,,-5.00,0,-5.00,0\n"
    + ",,,,,Partner cumul aged balance,,15.00,,,\n"
    + "3000\n"
    + OCA_HEADER
    + "13/05/2026,INV/3,INV,121000,3000,INV/3,12/06/2026,1.00,0,1.00,0\n"
    + ",,,,,Partner cumul aged balance,,1.00,,,\n"
    + ",,,,,Total,,16.00,,,\n,,,,,Percents,,,0.50,,\n"
)


def test_the_report_of_the_oca_prints_its_header_below_each_partners_name(reading: Reading) -> None:
    report = reading(OCA)
    assert (report.layout, report.as_of, report.skipped) == (
        "odoo-oca-aged-partner-balance",
        date(2026, 6, 30),
        (),
    )
    assert of(report) == [
        ("Birch Works", "INV/1", "20.00"),
        ("Birch Works", "INV/2", "-5.00"),
        ("3000", "INV/3", "1.00"),
    ]
    assert [item.reference for item in report.items] == ["PO 3", "", ""]
    assert proof(report) == [("Birch Works", "15.00", True), ("3000", "1.00", True), ("", "16.00", True)]


def test_the_report_of_the_oca_without_details_is_refused(reading: Reading) -> None:
    with pytest.raises(ReportError, match="show move line details"):
        reading("Partner,Residual,Current,Age ≤ 30 d.,Age ≤ 60 d.,Older\nBirch Works,1.00,0,1.00,0,0\n")


INVOICES = (
    "invoice_number,order_number,status,invoiced_at,due_at,amount,currency_code,contact_name,contact_email,"
    "contact_tax_number,contact_phone,contact_address,contact_country,contact_city\n"
    "A-1,PO 3,partial,2026-05-13,2026-06-12,20.00,EUR,Birch Works,t@birch.example,V-1,555 0142,1 Elm St,US,Mesa\n"
    "A-2,,partial,2026-05-13,2026-06-12,30.00,USD,Birch Works,t@birch.example,V-1,555 0142,1 Elm St,US,Mesa\n"
    "A-2,,sent,2026-05-13,2026-06-12,40.00,USD,Elm & Sons,e@elm.example,,,,,\n"
    "A-3,,paid,2026-05-13,2026-06-12,5.00,USD,Elm & Sons,e@elm.example,,,,,\n"
    "A-4,,draft,2026-05-13,2026-06-12,5.00,USD,Elm & Sons,e@elm.example,,,,,\n"
)
PAID = "invoice_number,transaction_number,paid_at,amount,contact_email\n"


def workbook(paid: str) -> Table:
    return parse(INVOICES.encode())._replace(beside=(("invoice_transactions", parse((PAID + paid).encode())),))


def test_what_is_open_in_akaunting_is_the_amount_less_what_was_paid_of_number_and_customer() -> None:
    table = workbook("A-1,T-1,2026-06-01,5.00,t@birch.example\nA-2,T-2,2026-06-01,10.00,t@birch.example\n")
    report = read_table(table, ReadOptions())
    contact = report.contacts[0]
    assert begins_report(table)
    assert (report.layout, report.kind, report.skipped) == ("akaunting-invoices", ReportKind.LISTED, ())
    assert of(report) == [
        ("Birch Works", "A-1", "15.00"),
        ("Birch Works", "A-2", "20.00"),
        ("Elm & Sons", "A-2", "40.00"),
        ("Elm & Sons", "A-3", "0.00"),
    ]
    assert (contact.phones, contact.address, contact.country, contact.tax_number) == (
        ("555 0142",),
        "1 Elm St, Mesa",
        "US",
        "V-1",
    )


def test_money_that_two_invoices_may_have_had_is_listed_with_both() -> None:
    report = read_table(workbook("A-2,T-2,2026-06-01,10.00,\n"), ReadOptions())
    assert [(s.row, s.why) for s in report.skipped] == [
        (row, "several invoices have this number, and for which one the money came is not told") for row in (3, 4)
    ]
    assert of(report) == [("Birch Works", "A-1", "20.00"), ("Elm & Sons", "A-3", "0.00")]


@pytest.mark.parametrize(
    ("money", "why"),
    [
        ("5.oo,EUR", "its payment '5.oo' is no amount, so what is open is not told"),
        ("5.00,USD", "its payment of 5.00 USD is in another currency, so what is open is not told"),
        (",EUR", "its payment '' is no amount, so what is open is not told"),
    ],
)
def test_an_invoice_whose_payment_cannot_be_taken_off_is_listed_with_its_number(money: str, why: str) -> None:
    paid = (
        f"invoice_number,transaction_number,paid_at,amount,currency_code,contact_email\nA-1,T,2026-06-01,{money},\n"
    )
    table = parse(INVOICES.encode())._replace(beside=(("invoice_transactions", parse(paid.encode())),))
    report = read_table(table, ReadOptions())
    assert [(s.row, s.customer, s.number, s.why) for s in report.skipped] == [(2, "Birch Works", "A-1", why)]
    assert [item.number for item in report.items] == ["A-2", "A-2", "A-3"]


def test_akauntings_sheet_of_invoices_alone_does_not_say_what_is_open(reading: Reading) -> None:
    report = reading(INVOICES)
    assert (report.layout, report.kind) == ("akaunting-invoices-sheet", ReportKind.LISTED)
    assert [(i.number, str(i.balance)) for i in report.items] == [
        ("A-1", "None"),
        ("A-2", "None"),
        ("A-2", "None"),
        ("A-3", "0.00"),
    ]
    assert report.notes[-1].endswith("does not say how much is open: A-1, A-2")


def test_akaunting_lists_customers_and_what_came_in(reading: Reading) -> None:
    customers = reading(
        "name,email,tax_number,phone,address,country,state,zip_code,city,website,currency_code,reference,enabled\n"
        "Birch Works,t@birch.example,V-1,555 0142,1 Elm St,US,AZ,85004,Mesa,,EUR,B77,TRUE\n"
    )
    money = reading(
        "type,number,paid_at,amount,currency_code,account_name,invoice_bill_number,contact_email,category_name,"
        "description,payment_method,reference\n"
        "income,T-1,2026-06-01,5.00,EUR,Cash,A-1,t@birch.example,Sales,,cash,\n"
        "expense,T-2,2026-06-01,5.00,EUR,Cash,BIL-1,v@vendor.example,Other,,cash,\n"
    )
    contact, receipt = customers.contacts[0], money.receipts[0]
    assert (customers.layout, contact.customer_number, contact.currency, contact.tax_number) == (
        "akaunting-customers",
        "B77",
        "EUR",
        "V-1",
    )
    assert (money.layout, receipt.customer, receipt.invoice, receipt.identity) == (
        "akaunting-transactions",
        "t@birch.example",
        "A-1",
        "T-1",
    )
    assert [s.why for s in money.skipped] == ["a row of type 'expense' is no payment"]
