"""The exports of Xero, Sage 50, Sage 200 and Sage Intacct, in small files of our own."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from arctui.exchange.report import Report, ReportError, ReportKind

Reading = Callable[..., Report]


def of(report: Report) -> list[tuple[str, str, str]]:
    return [(item.customer, item.number, str(item.balance)) for item in report.items]


AGED = (
    "Aged Receivables Detail\nNorthside Supply\nAs at 31 March 2026\nAgeing by due date\n"
    "Contact Account Number,Primary Person,Phone,Email,Invoice Date,Due Date,Invoice Number,Invoice Reference,"
    "< 1 Month,1 Month,Older,,Total,Outstanding Tax\n"
    "Birch Works,,,,,,,,,,,,,\n"
    "B77,Tony Marsh,555 0142,t@birch.example,15 Jan 2026,14 Feb 2026,X-1,PO 3,,20.00,,,20.00,2.00\n"
    "Total Birch Works,,,,,,,,,20.00,,,20.00,2.00\n"
    "Total,,,,,,,,,20.00,,,20.00,2.00\n"
)


def test_xero_columns_of_the_contact_may_stand_beside_its_items(reading: Reading) -> None:
    report = reading(AGED)
    item, contact = report.items[0], report.contacts[0]
    assert (report.layout, report.as_of) == ("xero-aged-receivables-detail", date(2026, 3, 31))
    assert (item.customer, item.customer_number, item.reference) == ("Birch Works", "B77", "PO 3")
    assert (contact.person, contact.phones, contact.emails) == ("Tony Marsh", ("555 0142",), ("t@birch.example",))
    assert [s.agrees for s in report.subtotals] == [True, True]


def test_what_is_owed_to_suppliers_is_no_report_of_receivables(reading: Reading) -> None:
    with pytest.raises(ReportError):
        reading(AGED.replace("Receivables", "Payables"))


def test_xero_may_have_the_contact_on_each_row(reading: Reading) -> None:
    report = reading(
        "Aged Receivables Detail\nAs at 31 March 2026\n"
        "Contact,Invoice Date,Due Date,Invoice Number,Current,< 1 Month,Older,Total\n"
        "Birch Works,15 Jan 2026,14 Feb 2026,X-1,,20.00,,20.00\n"
    )
    assert (report.layout, of(report)) == ("xero-aged-receivables-flat", [("Birch Works", "X-1", "20.00")])


INVOICES = (
    "ContactName,EmailAddress,POAddressLine1,POCity,POCountry,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,"
    "InvoiceAmountPaid,InvoiceAmountDue,Description,Quantity,UnitAmount,LineAmount,Currency,Type,Status\n"
)
ROW = "Birch Works,,1 Elm St,Mesa,US,{},,{},30/04/2026,{},0.0000,{},Goods,1,5,5,EUR,{},{}\n"


def test_lines_of_a_xero_invoice_count_once_and_only_what_is_approved(reading: Reading) -> None:
    sold = "Sales invoice", "Awaiting Payment"
    report = reading(
        INVOICES
        + ROW.format("X-1", "31/03/2026", "10.0000", "8.0000", *sold) * 2
        + ROW.format("X-2", "31/03/2026", "10.0000", "10.0000", "Sales invoice", "Awaiting Approval")
        + ROW.format("X-3", "31/03/2026", "10.0000", "0.0000", "Sales invoice", "Paid")
        + ROW.format("X-4", "31/03/2026", "10.0000", "10.0000", "Purchase invoice", "Awaiting Payment")
        + ROW.format("N-1", "31/03/2026", "-3.0000", "-3.0000", "Sales credit note", "Awaiting Payment")
    )
    assert (report.layout, report.kind) == ("xero-sales-invoices", ReportKind.LISTED)
    assert [(i.number, i.kind, str(i.amount), str(i.balance), i.currency) for i in report.items] == [
        ("X-1", "Sales invoice", "10.00", "8.00", "EUR"),
        ("X-3", "Sales invoice", "10.00", "0.00", "EUR"),
        ("N-1", "Sales credit note", "-3.00", "-3.00", "EUR"),
    ]
    assert [(s.row, s.why) for s in report.skipped] == [
        (6, "a row of type 'Purchase invoice' is no customer's"),
    ]
    assert [(row.row, row.number, row.void) for row in report.not_owed] == [(4, "X-2", False)]
    assert [(c.address, c.country) for c in report.contacts] == [("1 Elm St, Mesa", "US")]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("DAYSAFTERBILLDATE", "Net 20"),
        ("DAYSAFTERBILLMONTH", "20 days after the end of the month"),
        ("OFCURRENTMONTH", "day 20 of the month"),
        ("OFFOLLOWINGMONTH", "day 20 of the following month"),
        ("", "20"),
    ],
)
def test_xero_terms_are_written_in_words_and_all_people_read(reading: Reading, code: str, words: str) -> None:
    report = reading(
        "*ContactName,AccountNumber,EmailAddress,FirstName,LastName,POAddressLine1,POCountry,PhoneNumber,TaxNumber,"
        "DueDateSalesDay,DueDateSalesTerm,Person1FirstName,Person1LastName,Person1Email,Person2FirstName\n"
        f"Birch Works,B77,t@birch.example,Tony,Marsh,1 Elm St,US,555 0142,V-1,20,{code},Ada,Lund,a@birch.example,Cy\n"
    )
    assert (report.layout, report.skipped) == ("xero-contacts", ())
    assert [(c.person, c.customer_number, c.emails) for c in report.contacts] == [
        ("Tony Marsh", "B77", ("t@birch.example",)),
        ("Ada Lund", "B77", ("a@birch.example",)),
        ("Cy", "B77", ()),
    ]
    assert (report.contacts[0].terms, report.contacts[0].tax_number) == (words, "V-1")
    became = {column.name: column.field for column in report.columns}
    assert (became["Person1Email"], became["Person2FirstName"]) == ("email", "first_name")
    assert became["DueDateSalesDay"] == became["Payment terms"] == "terms"


PEACHTREE = """Northside Supply
Aged Receivables
"As of Jun 30, 2026"
Customer ID,Customer,Contact,Telephone 1,Invoice/CM #,Date Due,0 - 30,31 - 60,Over 90 days,Amount Due
BIR,Birch Works,Tony Marsh,555 0142,B-1,6/12/2026,20.00,,,20.00
,,,,,,(5.00),,,(5.00)
BIR,Birch Works,,,,,15.00,,,15.00

BIR2,Birch Works,,,,,(1.00),,,(1.00)
,,,,B-1,6/25/2026,3.00,,,3.00
BIR2,Birch Works,,,,,2.00,,,2.00

Report Total,,,,,,17.00,,,17.00
"""


def test_peachtree_names_a_customer_on_its_first_row_and_on_its_total(reading: Reading) -> None:
    report = reading(PEACHTREE)
    assert (report.layout, report.as_of, report.skipped) == ("sage50us-aged-receivables", date(2026, 6, 30), ())
    assert [(i.customer_number, i.number, str(i.balance)) for i in report.items] == [
        ("BIR", "B-1", "20.00"),
        ("BIR", "", "-5.00"),
        ("BIR2", "", "-1.00"),
        ("BIR2", "B-1", "3.00"),
    ]
    assert [(s.of, str(s.stated), s.agrees) for s in report.subtotals] == [
        ("Birch Works", "15.00", True),
        ("Birch Works", "2.00", True),
        ("", "17.00", True),
    ]
    assert [(c.person, c.phones) for c in report.contacts] == [("Tony Marsh", ("555 0142",))]


def test_sage_customers_are_read_with_terms_limit_and_tax_number(reading: Reading) -> None:
    us = reading(
        "Customer ID,Customer Name,Prospect,Bill to Contact First Name,Bill to Contact Last Name,"
        "Bill to Address-Line One,Bill to City,Bill to Country,Telephone 1,Customer E-mail,Due Days,Credit Limit\n"
        "BIR,Birch Works,FALSE,Tony,Marsh,1 Elm St,Mesa,US,555 0142,t@birch.example,30,2500.00\n"
    )
    uk = reading(
        "Account Reference,Account Name,Street 1,Town,Contact Name,Telephone Number,VAT Registration Number,"
        "Credit Limit,Terms,Settlement Due Days,Trade Contact,eMail\n"
        "BIRCH,Birch Works,1 Elm St,Leeds,Tony Marsh,0113 555 0142,GB 1,0.00,30 Days,7,Ada Lund,t@birch.example\n"
    )
    first, second = us.contacts[0], uk.contacts[0]
    assert (us.layout, uk.layout) == ("sage50us-customers", "sage50uk-customers")
    assert (first.customer_number, first.person, first.terms, first.country) == ("BIR", "Tony Marsh", "30", "US")
    assert (first.credit_limit, first.address) == (Decimal("2500.00"), "1 Elm St, Mesa")
    assert (second.customer_number, second.terms, second.tax_number) == ("BIRCH", "30 Days", "GB 1")
    assert (second.credit_limit, second.emails) == (None, ("t@birch.example",))
    assert [c.person for c in uk.contacts] == ["Tony Marsh", "Ada Lund"]


def test_sage_200_has_receipts_as_rows_and_a_currency_each(reading: Reading) -> None:
    report = reading(
        "Account Reference;Account Name;Contact;Telephone;Transaction Type;Reference;Second Reference;"
        "Transaction Date;Due Date;Document Value;Outstanding Value;Currency\n"
        "BIR;Birch Works;Tony Marsh;555 0142;Invoice;B-1;PO 3;13/05/2026;12/06/2026;20.00;15.00;GBP\n"
        "BIR;Birch Works;Tony Marsh;555 0142;Receipt;;;25/05/2026;;-5.00;-5.00;EUR\n"
    )
    assert report.layout == "sage200-aged-debtors"
    assert [(i.number, i.kind, str(i.amount), str(i.balance), i.currency, i.reference) for i in report.items] == [
        ("B-1", "Invoice", "20.00", "15.00", "GBP", "PO 3"),
        ("", "Receipt", "-5.00", "-5.00", "EUR", ""),
    ]
    assert len(report.contacts) == 1


def test_intacct_has_the_kind_in_the_place_of_a_number_that_is_missing(reading: Reading) -> None:
    report = reading(
        "Customer aging report\nNorthside Supply\nAs of date: 06/30/2026,Based on: Due date\n\n"
        "Customer ID,Customer name,Invoice number,Invoice date,Due date,Days past due,Current,1-30,"
        "Total due,Currency\n"
        "BIR,Birch Works,B-1,05/13/2026,06/12/2026,18,0.00,20.00,20.00,EUR\n"
        "BIR,Birch Works,Payment,05/20/2026,,41,(5.00),0.00,(5.00),EUR\n"
        "BIR,Birch Works,Payment,05/21/2026,,40,(6.00),0.00,(6.00),EUR\n"
        "BIR,Birch Works,B-2,05/13/2026,06/12/2026,18,0.00,1,020.00,1,020.00,EUR\n"
    )
    assert (report.layout, report.as_of) == ("intacct-customer-aging", date(2026, 6, 30))
    assert [(s.row, s.why) for s in report.skipped] == [(9, "the row has more cells than the header")]
    assert [(i.number, i.kind, str(i.balance), i.due) for i in report.items] == [
        ("B-1", "Invoice", "20.00", date(2026, 6, 12)),
        ("", "Payment", "-5.00", None),
        ("", "Payment", "-6.00", None),
    ]
