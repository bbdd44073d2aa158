"""Awkward imports: split payments, the same file again, returned checks, shared names, currencies left blank."""

from decimal import Decimal

from arctui.desk.importing import ImportOptions
from tests.desk.ledgers import Ledger, amounts, dec, received

B1 = "Birch,B-1,2026-09-01,2026-10-01,100.00,100.00"
B2 = "Birch,B-2,2026-09-15,2026-10-15,50.00,50.00"
C1 = "Cedar,C-1,2026-09-01,2026-10-01,30.00,30.00"
MONEY_HEAD = "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency"
NUMBER_HEAD = "Customer,Customer Number,Invoice,Invoice Date,Due Date,Amount,Open Balance"
HEAD = "Payment ID,Customer,Payment Date,Amount,Invoice"


def test_a_check_returned_after_the_report_knew_it_is_owed_again(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(3)
    ledger.paid("Birch,2026-11-03,100.00,B-1,chk 1")
    ledger.on(4)
    ledger.open_items(C1)
    ledger.on(5)
    assert ledger.paid("Birch,2026-11-05,-100.00,B-1,chk 1 returned").skipped == ()
    assert ledger.open() == amounts(B_1="100.00")
    ledger.on(6)
    ledger.open_items(B1, C1)
    assert ledger.open() == amounts(B_1="100.00")


def test_rows_that_were_skipped_are_taken_when_the_file_is_imported_again(ledger: Ledger) -> None:
    text = "Customer,Payment Date,Amount,Invoice\nBirch,2026-11-02,40.00,B-1\n"
    assert len(ledger.feed(text).skipped) == 1
    ledger.open_items(B1)
    summary = ledger.feed(text)
    assert summary.payments_added == 1
    assert ledger.open() == amounts(B_1="60.00")


def test_a_file_imported_as_a_part_can_be_imported_as_the_whole(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    text = "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance\n" + B1 + "\n"
    ledger.on(3)
    ledger.feed(text, ImportOptions(full=False))
    assert ledger.net("Cedar") == Decimal("30.00")
    assert ledger.feed(text, ImportOptions(full=True)).invoices_closed == 1
    assert ledger.net("Cedar") == 0


def test_a_payment_by_a_name_that_two_customers_have_goes_where_its_invoice_is(ledger: Ledger) -> None:
    ledger.open_items("Birch,7,B-1,,2026-10-01,1.00,1.00", "Birch,8,B-2,,2026-10-01,2.00,2.00", head=NUMBER_HEAD)
    summary = ledger.paid("Birch,2026-11-02,2.00,B-2,")
    assert ledger.net("7") == Decimal("1.00")
    assert ledger.net("8") == 0 or summary.skipped


def test_two_checks_of_one_amount_that_are_returned_on_one_day_are_both_taken_back(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.paid("Birch,2026-11-02,20.00,B-1,chk 1", "Birch,2026-11-02,20.00,B-1,chk 2")
    assert ledger.open() == amounts(B_1="60.00")
    ledger.on(3)
    ledger.paid("Birch,2026-11-03,-20.00,,chk 1", "Birch,2026-11-03,-20.00,,chk 2")
    assert ledger.open() == amounts(B_1="100.00")


def test_one_payment_split_over_two_invoices_explains_the_inferred_one(ledger: Ledger) -> None:
    ledger.open_items(B1, B2, C1)
    ledger.on(9)
    ledger.open_items(C1)
    ledger.paid("P-1,Birch,2026-11-05,100.00,B-1", "P-1,Birch,2026-11-05,50.00,B-2", head=HEAD)
    assert received(ledger.payments()) == Decimal("150.00")
    assert [p.inferred for p in ledger.payments()] == [False]
    assert (ledger.net(), ledger.credits()) == dec("0.00", "0.00")


def test_a_blank_currency_names_the_home_currency(ledger: Ledger) -> None:
    ledger.open_items(f"{B1},USD", f"{C1},EUR", head=MONEY_HEAD)
    ledger.on(3)
    ledger.open_items("Dale,D-1,,2026-12-01,1.00,1.00,", f"{C1},EUR", head=MONEY_HEAD)
    assert ledger.net("Birch") == 0


def test_a_report_without_currencies_closes_the_home_currency_only(ledger: Ledger) -> None:
    ledger.open_items(f"{B1},USD", f"{C1},EUR", head=MONEY_HEAD)
    ledger.on(3)
    ledger.open_items("Dale,D-1,,2026-12-01,1.00,1.00")
    assert ledger.net("Birch") == 0
    assert ledger.net("Cedar") == Decimal("30.00")
