"""A list of invoices, paid ones among them, closes what it shows as paid and nothing that is missing from it."""

from decimal import Decimal
from pathlib import Path

import pytest

from arctui.desk.importing import ImportOptions
from arctui.exchange.report import ReportKind
from arctui.store.verify import problems
from tests.desk.ledgers import Ledger, amounts, dec, nov, parts, received

B1 = "Birch,B-1,2026-09-01,2026-10-01,100.00,100.00"
B2 = "Birch,B-2,2026-09-15,2026-10-15,50.00,50.00"
C1 = "Cedar,C-1,2026-09-01,2026-10-01,30.00,30.00"
PAID = "Dale,D-1,2026-08-01,2026-09-01,9.00,0.00"
HEAD = "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance,Status"
SAYS = "this is a list of invoices, not of all that is open: what is missing from it stays open; --full closes it"
XERO = (
    "*ContactName,EmailAddress,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,Total,InvoiceAmountPaid,"
    "InvoiceAmountDue,LineAmount,Currency,Type,Status"
)


def all_open(ledger: Ledger) -> dict[str, Decimal]:
    """What is open of each invoice of the book, by id."""
    items = (item for account in ledger.desk.accounts() for item in ledger.desk.standing(account.id).items)
    return {item.invoice.id: item.open for item in items}


def test_what_a_list_shows_as_paid_is_closed_and_what_is_missing_stays_open(ledger: Ledger) -> None:
    ledger.open_items(B1, B2, C1)
    ledger.on(3)
    summary = ledger.open_items(B1.replace("100.00,100.00", "100.00,0.00"), C1.replace("30.00,30.00", "30.00,10.00"))
    assert (summary.kind, summary.invoices_closed, summary.invoices_updated) == (ReportKind.LISTED, 0, 2)
    assert summary.notes == (SAYS,)
    assert ledger.open() == amounts(B_2="50.00")
    (payment,) = ledger.payments()
    assert (payment.inferred, parts(payment), payment.since, payment.day) == (
        True, amounts(B_1="100.00"), nov(2), nov(3),
    )  # fmt: skip
    assert ledger.open("Cedar") == amounts(C_1="10.00")
    assert problems(ledger.book) == []


@pytest.mark.parametrize("status", ["Void", "Draft"])
def test_a_row_that_is_not_owed_says_that_it_is_a_list(ledger: Ledger, status: str) -> None:
    ledger.open_items(f"{B1},Open", f"{C1},Open", head=HEAD)
    ledger.on(3)
    summary = ledger.open_items(f"{B1},Open", f"Dale,D-1,2026-08-01,2026-09-01,9.00,9.00,{status}", head=HEAD)
    assert (summary.kind, summary.invoices_closed) == (ReportKind.LISTED, 0)
    assert SAYS in summary.notes
    assert ledger.open("Cedar") == amounts(C_1="30.00")


def test_a_list_of_an_accounting_system_closes_nothing_though_all_of_it_is_open(ledger: Ledger) -> None:
    rows = [
        f"{name},,{number},,2026-09-01,2026-10-01,10.00,0.00,10.00,10.00,USD,Sales invoice,Awaiting Payment"
        for name, number in (("Birch", "7001"), ("Cedar", "7002"))
    ]
    ledger.open_items(*rows, head=XERO)
    ledger.on(3)
    summary = ledger.open_items(rows[0], head=XERO)
    assert (summary.invoices_closed, summary.payments_inferred, summary.notes) == (0, 0, (SAYS,))
    assert (ledger.net(), ledger.net("Cedar")) == dec("10.00", "10.00")


def test_full_closes_what_a_list_leaves_out_and_add_is_not_told_what_it_said_itself(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(3)
    assert ledger.open_items(B1, PAID, options=ImportOptions(full=False)).notes == ()
    assert ledger.open_items(B1, PAID, options=ImportOptions(full=True)).closed == {"USD": Decimal("30.00")}


def test_a_list_in_which_nothing_is_missing_says_nothing(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(3)
    assert ledger.open_items(B1, C1, PAID).notes == ()


def test_every_row_open_it_is_a_report_of_open_items(ledger: Ledger) -> None:
    ledger.open_items(f"{B1},Open", f"{C1},Open", head=HEAD)
    ledger.on(3)
    summary = ledger.open_items(f"{B1},Open", head=HEAD)
    assert (summary.kind, summary.invoices_closed) == (ReportKind.OPEN_ITEMS, 1)


def test_payments_are_known_up_to_the_day_of_a_list_with_balances(ledger: Ledger) -> None:
    ledger.open_items(B1, PAID)
    assert ledger.book.facts.reports.payments_as_of == nov(2)
    ledger.on(5)
    ledger.open_items(B1, PAID)
    assert ledger.book.facts.reports.payments_as_of == nov(5)


def test_payments_that_come_later_take_the_place_of_what_a_list_showed(ledger: Ledger) -> None:
    ledger.open_items(B1, C1, PAID)
    ledger.on(5)
    ledger.open_items(B1.replace("100.00,100.00", "100.00,0.00"), C1, PAID)
    assert received(ledger.payments()) == Decimal("100.00")
    ledger.paid("Birch,2026-11-04,100.00,B-1,chk 1")
    assert [(p.day, p.amount, p.inferred) for p in ledger.payments()] == [(nov(4), Decimal("100.00"), False)]
    assert ledger.open() == {}


def test_what_a_later_list_has_open_is_open_whatever_was_paid_on_it_before(ledger: Ledger) -> None:
    ledger.open_items(B1, PAID)
    ledger.on(3)
    ledger.paid("Birch,2026-11-03,100.00,B-1,chk 1")
    assert ledger.open() == {}
    ledger.on(9)
    ledger.open_items(B1, PAID)
    assert ledger.open() == amounts(B_1="100.00")


def test_lists_of_the_shared_exports_do_not_pay_what_a_second_one_leaves_out(
    ledger: Ledger, shared_data: Path
) -> None:
    text = (shared_data / "formats" / "xero_sales_invoices.csv").read_text("utf-8-sig")
    ledger.feed(text)
    before = all_open(ledger)
    ledger.on(3)
    head, *rows = text.splitlines()
    gone = next(row for row in reversed(rows) if "AUTHORISED" in row.upper() or "AWAITING PAYMENT" in row.upper())
    summary = ledger.feed("\n".join([head, *(row for row in rows if row != gone)]))
    assert (summary.invoices_closed, summary.payments_inferred) == (0, 0)
    assert all_open(ledger) == before
