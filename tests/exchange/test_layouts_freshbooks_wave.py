"""The exports of FreshBooks and Wave, in small files of our own."""

from collections.abc import Callable

import pytest

from arctui.exchange.report import Report, ReportError, ReportKind

Reading = Callable[..., Report]

DETAILS = (
    "Client Name,Invoice #,Date Issued,Date Due,Invoice Status,Date Paid,Item Name,Rate,Quantity,Line Total,"
    "Currency\n"
)


def test_freshbooks_lines_add_up_and_the_status_says_what_is_paid(reading: Reading) -> None:
    report = reading(
        DETAILS
        + "Birch Works,0001,2026-05-13,2026-06-12,overdue,,Work,5,2,10.00,USD\n"
        + "Birch Works,0001,2026-05-13,2026-06-12,overdue,,Goods,1,3,3.00,USD\n"
        + "Birch Works,0002,2026-05-14,2026-06-13,partial,,Work,5,2,10.00,USD\n"
        + "Birch Works,0002,2026-05-14,2026-06-13,partial,,Goods,5,2,10.00,USD\n"
        + "Elm & Sons,0002,2026-05-14,2026-06-13,paid,2026-06-01,Work,5,2,10.00,USD\n"
        + "Elm & Sons,0003,2026-05-14,2026-06-13,draft,,Work,5,2,10.00,USD\n"
    )
    assert (report.layout, report.kind) == ("freshbooks-invoice-details", ReportKind.LISTED)
    assert [(i.customer, i.number, str(i.amount), str(i.balance)) for i in report.items] == [
        ("Birch Works", "0001", "13.00", "None"),
        ("Birch Works", "0002", "20.00", "None"),
        ("Elm & Sons", "0002", "10.00", "0.00"),
    ]
    assert report.notes == (
        "1 row is void or a draft: left out",
        "1 invoice is paid in part, and this report does not say how much is open: 0002",
    )
    assert not report.skipped


def test_freshbooks_and_wave_clients_are_read(reading: Reading) -> None:
    fresh = reading(
        "Organization,First Name,Last Name,Email,Phone,Street,City,Province/State,Country,Postal Code,Notes\n"
        "Birch Works,Tony,Marsh,t@birch.example,555 0142,1 Elm St,Mesa,AZ,United States,85204,\n"
    )
    wave = reading(
        "customer_name,email,contact_first_name,contact_last_name,customer_currency,account_number,phone,mobile,"
        "country,province/state,address_line_1,city,postal_code/zip_code\n"
        "Birch Works,t@birch.example,Tony,Marsh,CAD,B77,555 0142,555 0188,Canada,Ontario,1 Elm St,Barrie,L4M\n"
    )
    assert (fresh.layout, wave.layout) == ("freshbooks-clients", "wave-customers")
    assert (fresh.contacts[0].customer, fresh.contacts[0].person) == ("Birch Works", "Tony Marsh")
    assert fresh.contacts[0].address == "1 Elm St, Mesa, AZ, 85204"
    contact = wave.contacts[0]
    assert (contact.customer_number, contact.currency, contact.person) == ("B77", "CAD", "Tony Marsh")
    assert (contact.phones, contact.country) == (("555 0142", "555 0188"), "Canada")


TRANSACTIONS = (
    "Transaction ID,Transaction Date,Account Name,Transaction Description,Amount (One column), ,"
    "Other Accounts for this Transaction,Customer,Invoice Number,Notes / Memo,Account Type\n"
)


def wave_row(account: str, amount: str, customer: str, number: str, day: str = "2026-05-13") -> str:
    kind = "System Receivable Invoice" if account == "Accounts Receivable" else "Income"
    return f'1,{day},{account},x,{amount},,"Accounts Receivable, Services",{customer},{number},,{kind}\n'


def test_of_wave_transactions_those_of_the_receivables_are_read(reading: Reading) -> None:
    report = reading(
        TRANSACTIONS
        + wave_row("Sales", "100.00", "Birch Works", "7")
        + wave_row("Accounts Receivable", "-30.00", "Birch Works", "7", "2026-05-20")
        + wave_row("Accounts Receivable", "100.00", "Birch Works", "7")
        + wave_row("Accounts Receivable", "-8.00", "Elm & Sons", "3")
        + wave_row("Accounts Receivable", "9.00", "Elm & Sons", "")
        + wave_row("Accounts Receivable", "lots", "Elm & Sons", "4")
    )
    assert (report.layout, report.kind) == ("wave-transactions", ReportKind.LISTED)
    item = report.items[0]
    assert [(i.customer, i.number, str(i.amount), str(i.balance)) for i in report.items] == [
        ("Birch Works", "7", "100.00", "70.00")
    ]
    assert item.issued is not None
    assert item.issued.isoformat() == "2026-05-13"
    assert [(s.row, s.why) for s in report.skipped] == [
        (5, "money for an invoice that this export does not have"),
        (6, "no invoice number"),
        (7, "'lots' is no amount"),
    ]
    assert report.notes == (
        "only the transactions of the receivables were read: the rows of other accounts say the same again",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "Aged Receivables\nCustomer,Not Yet Overdue,30 or less,31 to 60,91 or more,Total Unpaid\nA,1,0,0,0,1\n",
            "Wave: Aged Receivables has balances but no invoices: export the accounting transactions",
        ),
        (
            "Accounts Aging\nClient,0 - 30 Days,31 - 60 Days,61 - 90 Days,91+ Days,Total\nBirch,1.00,0,0,0,1.00\n",
            "FreshBooks: Accounts Aging has balances but no invoices: export Invoice Details",
        ),
    ],
)
def test_reports_of_balances_are_refused_with_what_to_export(reading: Reading, text: str, says: str) -> None:
    with pytest.raises(ReportError, match=says):
        reading(text)
