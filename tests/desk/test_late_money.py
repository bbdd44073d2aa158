"""Money that comes to be known late, or of which the last report says nothing, is neither lost nor counted twice."""

from decimal import Decimal

import pytest

from arctui.core.promises import Verdict
from tests.desk.ledgers import Ledger, amounts, received

HEAD = "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency"
U1 = "Usa,U-1,2026-09-01,2026-10-01,400.00,400.00,USD"
U2 = "Usb,U-2,2026-09-01,2026-10-01,300.00,300.00,USD"
E1 = "Eur,E-1,2026-09-01,2026-10-01,800.00,800.00,EUR"
B1 = "Birch,B-1,2026-09-01,2026-10-01,400.00,400.00"
#: Only what is open of each invoice.
OPEN_ALONE = "Customer,Invoice,Invoice Date,Due Date,Open Balance"


def test_a_report_of_one_currency_opens_nothing_again_that_was_paid_in_another(ledger: Ledger) -> None:
    ledger.open_items(U1, U2, E1, head=HEAD)
    ledger.on(4)
    ledger.paid("Eur,2026-11-03,800.00,E-1,p1", "Usb,2026-11-03,300.00,U-2,p2")
    ledger.on(9)
    ledger.open_items(U1, head=HEAD)
    assert ledger.open("Eur") == {}
    assert ledger.open("Usb") == {}
    assert received(ledger.payments("Usb")) == Decimal("300.00")


def test_a_report_of_the_other_currency_knows_of_its_money_again(ledger: Ledger) -> None:
    ledger.open_items(U1, E1, head=HEAD)
    ledger.on(4)
    ledger.paid("Eur,2026-11-03,800.00,E-1,p1")
    ledger.on(6)
    ledger.open_items(U1, head=HEAD)
    ledger.on(9)
    ledger.open_items(U1, E1.replace("800.00,EUR", "100.00,EUR"), head=HEAD)
    assert ledger.open("Eur") == amounts(E_1="100.00")


def test_money_concluded_in_one_currency_came_since_the_last_report_of_it(ledger: Ledger) -> None:
    ledger.open_items(U1, E1, head=HEAD)
    for day, rows in ((5, (U1,)), (9, (U1, E1.replace("800.00,EUR", "100.00,EUR")))):
        ledger.on(day)
        ledger.open_items(*rows, head=HEAD)
    (concluded,) = ledger.payments("Eur")
    assert concluded.since is not None
    assert (concluded.since.day, concluded.day.day, concluded.amount) == (2, 9, Decimal("700.00"))


def test_a_check_that_was_booked_after_the_report_with_an_earlier_day_counts(ledger: Ledger) -> None:
    ledger.open_items(B1, "Cedar,C-1,2026-09-01,2026-10-01,500.00,200.00")
    ledger.on(3)
    ledger.paid("Birch,2026-10-30,400.00,B-1,chk 1")
    assert ledger.open() == {}
    ledger.on(9)
    ledger.open_items("Cedar,C-1,2026-09-01,2026-10-01,500.00,200.00")
    assert received(ledger.payments()) == Decimal("400.00")


def test_a_history_of_payments_that_the_report_had_counted_changes_nothing(ledger: Ledger) -> None:
    ledger.open_items("Cedar,C-1,2026-09-01,2026-10-01,500.00,200.00")
    ledger.on(3)
    ledger.paid("Cedar,2026-10-10,100.00,C-1,chk 1", "Cedar,2026-10-20,200.00,C-1,chk 2")
    assert ledger.open("Cedar") == amounts(C_1="200.00")


def test_of_a_late_payment_only_what_the_report_did_not_have_counts(ledger: Ledger) -> None:
    ledger.open_items("Cedar,C-1,2026-09-01,2026-10-01,500.00,400.00")
    ledger.on(3)
    ledger.paid("Cedar,2026-10-10,100.00,C-1,chk 1", "Cedar,2026-10-20,150.00,C-1,chk 2")
    assert ledger.open("Cedar") == amounts(C_1="250.00")


def test_a_report_without_amounts_does_not_tell_that_a_payment_was_not_in_it(ledger: Ledger) -> None:
    ledger.open_items("Birch,B-1,2026-09-01,2026-10-01,400.00", head=OPEN_ALONE)
    ledger.on(3)
    ledger.paid("Birch,2026-10-20,100.00,B-1,chk 1")
    assert ledger.open() == amounts(B_1="400.00")


def test_a_payment_that_the_report_shows_as_a_credit_is_not_laid_on_its_invoice_too(ledger: Ledger) -> None:
    ledger.open_items(B1, "Birch,chk 1,2026-10-30,,-400.00,-400.00")
    ledger.on(3)
    ledger.paid("Birch,2026-10-30,400.00,B-1,chk 1")
    assert ledger.net() == 0


def test_a_late_payment_that_comes_back_is_owed_again(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.on(3)
    ledger.paid("Birch,2026-10-30,400.00,B-1,chk 1")
    ledger.on(5)
    ledger.paid("Birch,2026-11-05,-400.00,B-1,chk 1")
    assert ledger.open() == amounts(B_1="400.00")


@pytest.mark.parametrize("source", ["list", "bank"])
def test_a_promise_of_what_was_under_way_when_it_was_taken_is_kept(ledger: Ledger, source: str) -> None:
    ledger.open_items(B1, "Cedar,C-1,2026-09-01,2026-10-01,500.00,200.00")
    ledger.on(4)
    account = ledger.account().id
    ledger.desk.log(account, "fri 400 check")
    ledger.on(5)
    if source == "list":
        ledger.paid("Birch,2026-11-03,400.00,B-1,chk 1")
    else:
        ledger.bank("2026-11-03,BIRCH B-1,400.00,credit")
    (judged,) = ledger.desk.standing(account).judged
    assert judged.verdict is Verdict.KEPT
    ledger.on(24)
    assert ledger.desk.reviews.today().broken == ()


def test_a_part_that_was_known_when_the_rest_was_promised_does_not_keep_the_promise(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.on(4)
    ledger.paid("Birch,2026-11-03,150.00,B-1,chk 1")
    account = ledger.account().id
    ledger.desk.log(account, "fri 250 check")
    ledger.on(24)
    (judged,) = ledger.desk.standing(account).judged
    assert judged.verdict is Verdict.BROKEN
    assert judged.received == 0


def test_a_check_under_way_that_comes_back_breaks_the_promise(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.on(4)
    account = ledger.account().id
    ledger.desk.log(account, "fri 400 check")
    ledger.on(5)
    ledger.paid("Birch,2026-11-03,400.00,B-1,chk 1")
    ledger.on(10)
    ledger.paid("Birch,2026-11-10,-400.00,B-1,chk 1")
    ledger.on(24)
    (judged,) = ledger.desk.standing(account).judged
    assert judged.verdict is Verdict.BROKEN
