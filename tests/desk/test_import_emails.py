"""Payments that name their customer by an email only, as Akaunting's list of transactions does."""

from decimal import Decimal

from tests.desk.ledgers import Ledger, amounts

PEOPLE = "Customer,Contact,Email\n{}"
INCOME = (
    "type,number,paid_at,amount,currency_code,account_name,invoice_bill_number,contact_email,category_name\n"
    "income,T-1,2026-11-05,40.00,USD,Cash,B-1,{},Sales\n"
)
B1 = "Birch,B-1,2026-09-01,2026-10-01,100.00,100.00"


def test_money_finds_the_customer_whose_email_it_names(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.feed(PEOPLE.format("Birch,Tony Marsh,Tony@birch.example\n"))
    ledger.on(9)
    summary = ledger.feed(INCOME.format("tony@birch.example"))
    assert (summary.layout, summary.payments_added, summary.skipped) == ("akaunting-transactions", 1, ())
    assert ledger.open() == amounts(B_1="60.00")


def test_an_email_of_two_customers_or_of_none_names_nobody(ledger: Ledger) -> None:
    ledger.open_items(B1, "Cedar,C-1,2026-09-01,2026-10-01,30.00,30.00")
    ledger.feed(PEOPLE.format("Birch,Tony Marsh,ap@group.example\nCedar,Ada Lund,ap@group.example\n"))
    ledger.on(9)
    for email in ("ap@group.example", "who@else.example"):
        summary = ledger.feed(INCOME.format(email))
        assert [row.why for row in summary.skipped] == [f"no customer called {email} is in the book"]
    assert ledger.net() == Decimal("100.00")
