"""The exports of Zoho Books, Invoice Ninja, Invoice2go and Invoicely, in small files of our own."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from arctui.exchange.report import Report, ReportKind

Reading = Callable[..., Report]

ZOHO = (
    "Invoice Date,Invoice ID,Invoice Number,Invoice Status,Customer Name,Customer ID,Due Date,PurchaseOrder,"
    "Currency Code,Item Name,Quantity,Item Total,SubTotal,Total,Balance,Payment Terms,Payment Terms Label,"
    "Billing Address,Billing City,Billing Country,Billing Phone,Primary Contact EmailID,"
    "GST Identification Number (GSTIN)\n"
)
ZOHO_ROW = (
    "2026-05-13,77001,{number},{status},Birch Works,{id},2026-06-12,PO 3,EUR,Goods,1,5.00,20.00,20.00,{open},30,"
    "Net 30,1 Elm St,Mesa,US,555 0142,t@birch.example,V-1\n"
)


def test_lines_of_a_zoho_invoice_count_once_and_its_customer_is_known(reading: Reading) -> None:
    line = ZOHO_ROW.format(number="Z-1", status="Overdue", id="2520018000000070016", open="15.00")
    void = ZOHO_ROW.format(number="Z-2", status="Void", id="2520018000000070016", open="20.00")
    report = reading(ZOHO + line * 2 + void)
    item, contact = report.items[0], report.contacts[0]
    assert (report.layout, report.kind, len(report.items)) == ("zoho-invoices", ReportKind.LISTED, 1)
    assert (item.number, str(item.amount), str(item.balance), item.currency) == ("Z-1", "20.00", "15.00", "EUR")
    assert (item.customer_number, item.terms, item.reference) == ("2520018000000070016", "Net 30", "PO 3")
    assert [row.number for row in report.not_owed] == ["Z-2"]
    assert (contact.phones, contact.emails, contact.tax_number) == (("555 0142",), ("t@birch.example",), "V-1")
    assert (contact.address, contact.country) == ("1 Elm St, Mesa", "US")


@pytest.mark.parametrize("saved", ["2.52002E+18", "2520018000000070000"])
def test_ids_that_a_spreadsheet_has_rounded_name_nobody(reading: Reading, saved: str) -> None:
    report = reading(ZOHO + ZOHO_ROW.format(number="Z-1", status="Sent", id=saved, open="15.00"))
    assert [(i.customer, i.customer_number) for i in report.items] == [("Birch Works", "")]


AGING = """AR Aging Details By {by}
As of 30 Sep 2026

Date,Transaction#,Type,Status,Customer Name,Age,Amount,Balance Due
31 - 60 Days
2026-07-31,Z-1,Invoice,Overdue,Birch Works,31 Days,$20.00,$15.00
2026-08-20,CN-1,Credit Note,Overdue,Birch Works,41 Days,-$5.00,-$5.00
,,,,Total for 31 - 60 Days,,,$10.00
Current
2026-09-12,Z-2,Invoice,Sent,Elm & Sons,,$1.00,$1.00
,,,,Total for Current,,,$1.00
Total,,,,,,,$11.00
"""


@pytest.mark.parametrize(
    ("by", "layout", "due"),
    [
        ("Invoice Due Date", "zoho-ar-aging-details-due", date(2026, 8, 30)),
        ("Invoice Date", "zoho-ar-aging-details", None),
    ],
)
def test_the_age_tells_a_due_date_only_where_it_is_counted_from_it(
    reading: Reading, by: str, layout: str, due: date | None
) -> None:
    report = reading(AGING.format(by=by))
    assert (report.layout, report.as_of, report.skipped) == (layout, date(2026, 9, 30), ())
    assert [(i.number, i.due, str(i.balance)) for i in report.items] == [
        ("Z-1", due, "15.00"),
        ("CN-1", due and date(2026, 8, 20), "-5.00"),
        ("Z-2", None, "1.00"),
    ]
    assert [(s.of, str(s.stated), s.agrees) for s in report.subtotals] == [
        ("31 - 60 Days", "10.00", True),
        ("Current", "1.00", True),
        ("", "11.00", True),
    ]


def test_zoho_contacts_have_terms_limit_and_role(reading: Reading) -> None:
    report = reading(
        "Created Time,Display Name,Company Name,First Name,Last Name,Phone,Currency Code,Credit Limit,"
        "Billing Attention,Billing Address,Billing City,Billing Country,Payment Terms,Payment Terms Label,"
        "Designation,EmailID,MobilePhone,Customer ID,Customer Name,Contact Type\n"
        "2026-01-28 05:14:15,Birch,Birch Works Ltd,Tony,Marsh,555 0142,EUR,2500.000,,1 Elm St,Mesa,US,30,Net 30,"
        "Payables,t@birch.example,555 0188,2520018000000070016,Birch Works,customer\n"
    )
    contact = report.contacts[0]
    assert (report.layout, contact.customer, contact.person, contact.role) == (
        "zoho-contacts",
        "Birch Works",
        "Tony Marsh",
        "Payables",
    )
    assert (contact.phones, contact.terms, contact.credit_limit) == (
        ("555 0142", "555 0188"),
        "Net 30",
        Decimal("2500.00"),
    )
    assert (contact.customer_number, contact.currency) == ("2520018000000070016", "EUR")


def test_the_ages_of_invoice_ninja_say_nothing_for_they_have_no_sign(reading: Reading) -> None:
    report = reading(
        "\n\nAged Receivable Detailed Report\nCreated On, ,30/Sep/2026\n"
        "Date,Due Date,Invoice Number,Status,Client Name,Client Number,ID Number,Age,Amount,Balance\n"
        "03/Aug/2026,02/Sep/2026,N-1,Sent,Birch Works,0001,,28,$20.00,$15.00\n"
        '01/Sep/2026,28/Oct/2026,N-2,Sent,Elm & Sons,0002,,28,"€1,000.00","€1,000.00"\n'
        "01/Sep/2026,,N-3,Sent,Elm & Sons,0002,,12,€1.00,€1.00\n"
    )
    assert (report.layout, report.as_of) == ("invoice-ninja-aged-receivable", date(2026, 9, 30))
    assert [(i.customer_number, i.number, i.due, str(i.balance), i.currency) for i in report.items] == [
        ("0001", "N-1", date(2026, 9, 2), "15.00", ""),
        ("0002", "N-2", date(2026, 10, 28), "1000.00", "EUR"),
        ("0002", "N-3", None, "1.00", "EUR"),
    ]


VERSION = '"Invoice Ninja v4.5.17 - December 19, 2026 11:28 pm",,,\n,,,\n{},,,\n'


def test_invoice_ninja_tells_what_was_paid_of_each_invoice(reading: Reading) -> None:
    line = "Birch Works,t@birch.example,1,$13.50,$5.01,PO 3,Partial,2026-05-13,2026-06-12,goods,1.35,10\n"
    report = reading(
        VERSION.format("INVOICES")
        + "Client,Email,Invoice Number,Amount,Paid,PO Number,Status,Invoice Date,Due Date,Item Product,Item Cost,"
        + "Item Quantity\n"
        + line * 2
        + "Birch Works,t@birch.example,2,$4.00 ,(4.00),,Sent,2026-05-13,2026-06-12,goods,4,1\n"
    )
    assert (report.layout, report.kind) == ("invoice-ninja-invoices", ReportKind.LISTED)
    assert [(i.number, str(i.amount), str(i.balance), i.reference) for i in report.items] == [
        ("1", "13.50", "8.49", "PO 3"),
        ("2", "4.00", "8.00", ""),
    ]
    assert report.contacts[0].emails == ("t@birch.example",)


def test_payments_and_clients_of_invoice_ninja_are_read(reading: Reading) -> None:
    paid = reading(
        VERSION.format("Payments") + "Client,Invoice Number,Amount,Date\nBirch Works,1,$13.50 ,10/20/2026\n"
        "Birch Works,1,$13.50 ,10/20/2026\n"
    )
    clients = reading(
        VERSION.format("CLIENTS")
        + "Name,Balance,Paid to Date,Billing Street,Billing Apt/Suite,Billing City,Billing Country,ID Number,"
        + "VAT Number,Phone,Currency,First Name,Last Name,Email,Phone\n"
        + "Birch Works,$-142.85,$5.00,1 Elm St,Suite 3,Mesa,US,77,V-1,,EUR,Tony,Marsh,t@birch.example,"
        + "1-995-555-0142 x58\n"
    )
    contact = clients.contacts[0]
    assert (paid.layout, [(r.invoice, str(r.amount), r.day) for r in paid.receipts]) == (
        "invoice-ninja-payments",
        [("1", "13.50", date(2026, 10, 20))],
    )
    assert [row.row for row in paid.skipped] == [6]
    assert (clients.layout, contact.person, contact.phones) == (
        "invoice-ninja-clients",
        "Tony Marsh",
        ("1-995-555-0142 x58",),
    )
    assert (contact.customer_number, contact.tax_number, contact.address) == ("77", "V-1", "1 Elm St, Suite 3, Mesa")


def test_invoice2go_has_lists_of_its_own_in_its_cells(reading: Reading) -> None:
    row = (
        "{id},2026-01-28T07:57:37+00:00,2026-05-13,{number},Birch Works,t@birch.example,unsent,unsent,1 Elm St,"
        "{kind},"
        '{terms},,"code,qty,""rate,tax;17,d4"",35;,Paint,4",ILS,{total},{open},0\n'
    )
    report = reading(
        "Id,CreatedDate,DocumentDate,DocumentNumber,Name,EmailRecipient,DocumentStatus,OutputStatus,"
        "DocumentRecipientAddress,StyleName,TermsOld,Payments,Items,CurrencyCode,TotalAmount,BalanceDueAmount,"
        "AmountPaidAmount\n"
        + row.format(id="a", number=1, kind="invoice", terms=30, total="953.55", open="53.55")
        + row.format(id="b", number=2, kind="invoice", terms=0, total="5", open="5")
        + row.format(id="c", number=3, kind="estimate", terms=0, total="70", open="70")
    )
    assert (report.layout, report.kind) == ("invoice2go-invoices", ReportKind.LISTED)
    assert [(i.number, i.terms, str(i.balance), i.currency, i.due) for i in report.items] == [
        ("1", "Net 30", "53.55", "ILS", None),
        ("2", "", "5.00", "ILS", None),
    ]
    assert [(s.number, s.why) for s in report.skipped] == [("3", "a row of type 'estimate' is not owed yet")]
    assert (report.contacts[0].emails, report.contacts[0].address) == (("t@birch.example",), "1 Elm St")


def test_invoicely_tells_by_a_word_what_is_paid(reading: Reading) -> None:
    report = reading(
        "Date,Due,Details,Client,Status,Total\n"
        'Jan 28 2026,Feb 27 2026,INV-1,Birch Works,Due,"1,020.00"\n'
        "Jan 29 2026,Feb 28 2026,INV-2,Birch Works,Paid,20.00\n"
    )
    clients = reading("Client Name,Email,Phone,Country\nBirch Works,t@birch.example,5550142,US\n")
    assert (report.layout, report.kind) == ("invoicely-invoices", ReportKind.LISTED)
    assert [(i.number, i.due, str(i.amount), str(i.balance)) for i in report.items] == [
        ("INV-1", date(2026, 2, 27), "1020.00", "None"),
        ("INV-2", date(2026, 2, 28), "20.00", "0.00"),
    ]
    assert (clients.layout, clients.system) == ("invoice2go-clients", "Invoice2go or Invoicely")
