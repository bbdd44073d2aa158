"""Payment lists that have no column of invoices: what is certain is laid on its invoices, the rest is on account."""

from decimal import Decimal

import pytest

from arctui.desk import DeskError
from arctui.desk.importing import ImportSummary
from arctui.store.verify import problems
from tests.desk.ledgers import Ledger, amounts, dec, nov, parts, received

B1 = "Birch,B-1041,2026-09-01,2026-10-01,100.00,100.00"
B2 = "Birch,B-1042,2026-09-15,2026-10-15,50.00,50.00"
B3 = "Birch,B-1043,2026-09-20,2026-10-20,75.00,75.00"
C1 = "Cedar,C-2001,2026-09-01,2026-10-01,30.00,30.00"
HEAD = "Customer,Payment Date,Amount,Reference"


def came(ledger: Ledger, *rows: str) -> ImportSummary:
    return ledger.paid(*rows, head=HEAD)


@pytest.fixture
def fed(ledger: Ledger) -> Ledger:
    ledger.open_items(B1, B2, B3, C1)
    ledger.on(4)
    return ledger


@pytest.mark.parametrize(
    ("row", "left"),
    [
        pytest.param("Birch,2026-11-03,20.00,for B-1042", amounts(B_1042="30.00"), id="the number is in the text"),
        pytest.param("Birch,2026-11-03,75.00,chk 1", amounts(B_1043="0.00"), id="the amount of one invoice"),
        pytest.param(
            "Birch,2026-11-03,125.00,chk 1", amounts(B_1042="0.00", B_1043="0.00"), id="the sum of just two"
        ),
    ],
)
def test_a_receipt_that_is_certain_pays_its_invoices(fed: Ledger, row: str, left: dict[str, Decimal]) -> None:
    before = fed.open()
    summary = came(fed, row)
    assert (summary.payments_added, len(summary.applied), len(summary.waiting)) == (1, 1, 0)
    assert fed.open() == {n: a for n, a in (before | left).items() if a}
    assert (fed.credits(), fed.desk.matching.count()) == (Decimal("0.00"), 0)


def test_a_receipt_that_is_less_a_credit_pays_its_invoice(ledger: Ledger) -> None:
    ledger.open_items(B1, B3, "Birch,CM-9,2026-10-20,,-10.00,-10.00")
    ledger.on(4)
    assert len(came(ledger, "Birch,2026-11-03,90.00,1041 less CM-9").applied) == 1
    assert ledger.net() == Decimal("75.00")
    assert ledger.open()["B-1041"] == Decimal("10.00")


def test_a_receipt_that_is_not_certain_is_on_account_and_waits_once(fed: Ledger) -> None:
    row = "Birch,2026-11-03,60.00,chk 1"
    summary = came(fed, row)
    assert (len(summary.applied), len(summary.waiting), fed.credits()) == (0, 1, Decimal("60.00"))
    (line,) = fed.desk.matching.lines()
    assert (line.account, line.amount, line.day) == (fed.account().id, Decimal("60.00"), nov(3))
    again = came(fed, row, "Cedar,2026-11-03,30.00,chk 2")
    assert (again.payments_added, fed.desk.matching.count()) == (1, 1)
    assert came(fed, row).payments_added == 0
    assert received(fed.payments()) == Decimal("60.00")


def test_two_receipts_are_never_laid_on_the_same_invoice(fed: Ledger) -> None:
    summary = came(fed, "Birch,2026-11-03,75.00,chk 1", "Birch,2026-11-03,75.00,chk 2")
    assert (len(summary.applied), len(summary.waiting)) == (1, 1)
    assert (fed.net(), fed.credits()) == dec("75.00", "75.00")


def test_the_clerk_lays_what_waits_on_invoices(fed: Ledger) -> None:
    came(fed, "Birch,2026-11-03,60.00,chk 1")
    (line,) = fed.desk.matching.lines()
    with pytest.raises(DeskError, match="with Birch"):
        fed.desk.matching.apply(line.id, fed.account("Cedar").id, "2001")
    fed.desk.matching.apply(line.id, fed.account().id, "1041 40, 1042 10")
    (payment,) = fed.payments()
    assert (parts(payment), fed.credits()) == (amounts(B_1041="40.00", B_1042="10.00"), Decimal("10.00"))
    assert fed.open() == amounts(B_1041="60.00", B_1042="40.00", B_1043="75.00")
    assert fed.desk.matching.count() == 0
    assert problems(fed.book) == []
    fed.desk.undo()
    assert (fed.desk.matching.count(), fed.credits()) == (1, Decimal("60.00"))


@pytest.mark.parametrize("act", ["on_account", "ignore"])
def test_what_the_clerk_leaves_stays_on_account_and_is_not_asked_about_again(fed: Ledger, act: str) -> None:
    row = "Birch,2026-11-03,60.00,chk 1"
    came(fed, row)
    (line,) = fed.desk.matching.lines()
    fed.desk.matching.ignore(line.id) if act == "ignore" else fed.desk.matching.on_account(line.id, line.account)
    came(fed, row, "Cedar,2026-11-03,30.00,chk 2")
    assert (fed.desk.matching.count(), fed.credits()) == (0, Decimal("60.00"))


def test_what_a_later_report_has_on_account_still_is_counted_once_and_never_asked_for(fed: Ledger) -> None:
    came(fed, "Birch,2026-11-03,75.00,chk 1")
    fed.on(16)
    fed.open_items(B1, B2, B3, C1)
    assert (fed.net(), fed.open()) == (Decimal("150.00"), amounts(B_1041="100.00", B_1042="50.00"))
    fed.open_items(B1, B2, B3, C1, "Birch,PMT 7,2026-11-03,,-75.00,-75.00")
    assert (fed.net(), fed.credits()) == dec("150.00", "75.00")
    fed.on(17)
    fed.open_items(B1, B2, C1)
    assert (fed.net(), fed.credits()) == dec("150.00", "0.00")
    assert received(fed.payments()) == Decimal("75.00")


def test_a_report_that_has_it_on_another_invoice_is_believed(fed: Ledger) -> None:
    came(fed, "Birch,2026-11-03,50.00,chk 1")
    fed.on(9)
    assert fed.open_items(B1.replace("100.00,100.00", "100.00,50.00"), B2, B3, C1).payments_inferred == 0
    assert fed.open() == amounts(B_1041="50.00", B_1042="50.00", B_1043="75.00")
    assert received(fed.payments()) == Decimal("50.00")


def test_a_report_that_lays_what_waits_settles_the_line(fed: Ledger) -> None:
    came(fed, "Birch,2026-11-03,60.00,chk 1")
    fed.on(9)
    summary = fed.open_items(B1.replace("100.00,100.00", "100.00,40.00"), B2, B3, C1)
    assert "1 payment on account waited for its invoice: now it is told" in summary.notes
    assert (fed.desk.matching.count(), fed.credits(), fed.net()) == (0, Decimal("0.00"), Decimal("165.00"))
    assert received(fed.payments()) == Decimal("60.00")


def test_a_list_that_names_the_invoice_afterwards_is_the_same_money(fed: Ledger) -> None:
    came(fed, "Birch,2026-11-03,75.00,chk 1", "Birch,2026-11-03,60.00,chk 2")
    fed.paid("Birch,2026-11-03,75.00,B-1041,chk 1", "Birch,2026-11-03,60.00,B-1043,chk 2")
    assert received(fed.payments()) == Decimal("135.00")
    assert fed.open() == amounts(B_1041="25.00", B_1042="50.00", B_1043="15.00")
    assert (fed.desk.matching.count(), fed.credits()) == (0, Decimal("0.00"))


def test_a_check_that_comes_back_makes_its_invoice_open_again_and_asks_nothing(fed: Ledger) -> None:
    came(fed, "Birch,2026-11-03,75.00,chk 1", "Birch,2026-11-03,60.00,chk 2")
    came(fed, "Birch,2026-11-04,-75.00,chk 1", "Birch,2026-11-04,-60.00,chk 2")
    assert (fed.net(), fed.credits(), fed.desk.matching.count()) == (Decimal("225.00"), Decimal("0.00"), 0)


def test_a_check_that_comes_back_in_its_own_list_asks_nothing(fed: Ledger) -> None:
    came(fed, "Birch,2026-11-03,60.00,chk 2", "Birch,2026-11-04,-60.00,chk 2")
    assert (fed.net(), fed.credits(), fed.desk.matching.count()) == (Decimal("225.00"), Decimal("0.00"), 0)


def test_a_list_with_a_column_of_invoices_matches_nothing(fed: Ledger) -> None:
    summary = fed.paid("Birch,2026-11-03,75.00,,chk 1")
    assert (fed.credits(), fed.desk.matching.count(), summary.applied) == (Decimal("75.00"), 0, ())


def test_what_the_bank_had_first_is_the_same_money(fed: Ledger) -> None:
    fed.feed("Date,Description,Credit\n2026-11-03,BIRCH,75.00\n2026-11-03,BIRCH,60.00\n")
    assert fed.desk.matching.count() == 1
    came(fed, "Birch,2026-11-04,75.00,chk 1", "Birch,2026-11-04,60.00,chk 2")
    assert received(fed.payments()) == Decimal("135.00")
    assert [line.listed != "" for line in fed.desk.matching.lines()] == [True]
    assert fed.net() == Decimal("90.00")


def test_the_bank_afterwards_is_the_same_money(fed: Ledger) -> None:
    came(fed, "Birch,2026-11-04,75.00,chk 1", "Birch,2026-11-04,60.00,chk 2")
    fed.feed("Date,Description,Credit\n2026-11-03,BIRCH,75.00\n2026-11-03,BIRCH,60.00\n")
    assert received(fed.payments()) == Decimal("135.00")
    assert [line.listed != "" for line in fed.desk.matching.lines()] == [True]
    assert fed.net() == Decimal("90.00")


def test_a_list_without_invoices_takes_the_place_of_what_two_reports_told(fed: Ledger) -> None:
    fed.on(9)
    fed.open_items(B2.replace("50.00,50.00", "50.00,20.00"), B3, C1)
    came(fed, "Birch,2026-11-05,100.00,chk 1", "Birch,2026-11-06,30.00,chk 2")
    assert [(p.inferred, p.amount) for p in fed.payments()] == [(False, Decimal(100)), (False, Decimal(30))]
    assert (fed.net(), fed.credits(), fed.desk.matching.count()) == (Decimal("95.00"), Decimal("0.00"), 0)
