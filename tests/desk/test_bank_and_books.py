"""What the bank has, the books of the accounting system do not have yet, or have told otherwise."""

from decimal import Decimal

import pytest

from arctui.core.standing import banked_words
from tests.desk.ledgers import B1, B2, C1, Ledger, amounts, dec, nov, parts, received

IN_FULL = "2026-11-03,BIRCH WORKS INV B-1041,100.00,ACH"


def waiting(ledger: Ledger, row: str = "2026-11-03,TM HOLDINGS,120.00,ACH") -> str:
    ledger.bank(row)
    (line,) = ledger.desk.matching.lines()
    return line.id


def banked(ledger: Ledger) -> list[tuple[str, bool]]:
    """What the account says of money at the bank, and whether it counts."""
    desk = ledger.desk
    return [(banked_words(b, desk.rules), b.lasts) for b in desk.standing(ledger.account().id).banked]


@pytest.mark.parametrize("statement_first", [True, False])
def test_a_report_that_has_not_booked_the_money_yet_makes_nothing_open_again(
    fed: Ledger, statement_first: bool
) -> None:
    fed.on(9)
    if statement_first:
        fed.bank(IN_FULL)
    fed.open_items(B1, B2, C1)
    if not statement_first:
        fed.bank(IN_FULL)
    for day in (9, 10):
        fed.on(day)
        fed.open_items(B1, B2, C1)
        assert fed.open() == amounts(B_1042="50.00")
        assert banked(fed) == [("100.00 of Tue 3 Nov is in the bank, not yet in the books", True)]
    fed.open_items(B2, C1)
    assert (fed.open(), banked(fed)) == (amounts(B_1042="50.00"), [])
    assert received(fed.payments()) == Decimal("100.00")


def test_after_a_week_the_report_is_believed_and_the_account_says_what_the_bank_has(fed: Ledger) -> None:
    fed.bank(IN_FULL)
    fed.on(12)
    fed.open_items(B1, B2, C1)
    assert fed.open() == amounts(B_1041="100.00", B_1042="50.00")
    ((words, counts),) = banked(fed)
    assert not counts
    assert words.startswith("100.00 of Tue 3 Nov is in the bank, but the report of Thu 12 Nov has it open still")
    fed.paid("Birch Works,2026-11-09,100.00,B-1041,ACH 7781")
    assert received(fed.payments()) == Decimal("100.00")
    assert banked(fed) == []


def test_what_an_older_line_would_pay_and_a_report_has_open_weeks_later_waits(fed: Ledger) -> None:
    fed.on(20)
    fed.open_items(B1, B2, C1)
    (words,) = fed.bank(IN_FULL).waiting
    assert "the report of 2026-11-20 has it open still" in words
    fed.desk.matching.accept(fed.desk.matching.lines()[0].id)
    assert fed.open() == amounts(B_1042="50.00")


def test_money_on_account_at_the_bank_is_a_credit_until_a_report_shows_it(fed: Ledger) -> None:
    fed.on(6)
    fed.open_items(B1, B2, C1)
    fed.desk.matching.on_account(waiting(fed), fed.account().id)
    assert (fed.net(), fed.credits()) == dec("30.00", "120.00")
    fed.on(9)
    fed.open_items(B1, B2, C1)
    assert (fed.net(), fed.credits()) == dec("30.00", "120.00")
    fed.open_items(B1, B2, C1, "Birch Works,PMT-1,2026-11-04,,-120.00,-120.00")
    assert (fed.net(), fed.credits()) == dec("30.00", "120.00")
    fed.on(10)
    fed.open_items(B1.replace("100.00,100.00", "100.00,30.00"), C1)
    assert (fed.net(), fed.credits()) == dec("30.00", "0.00")


def test_money_on_account_that_the_report_shows_already_is_no_second_credit(fed: Ledger) -> None:
    fed.on(6)
    fed.open_items(B1, B2, C1, "Birch Works,PMT-1,2026-11-04,,-120.00,-120.00")
    fed.desk.matching.on_account(waiting(fed), fed.account().id)
    assert (fed.net(), fed.credits()) == dec("30.00", "120.00")


# Lines that waited


UNSURE = "2026-11-03,BIRCH WORKS,70.00,ACH"


def test_a_list_that_brings_the_money_settles_the_line_that_waited(fed: Ledger) -> None:
    waiting(fed, UNSURE)
    summary = fed.paid("Birch Works,2026-11-04,70.00,B-1041,ACH 7781")
    assert (summary.payments_added, len(summary.applied), fed.desk.matching.count()) == (1, 1, 0)
    assert summary.applied[0].startswith("waited, 70.00 of Tue 3 Nov, BIRCH WORKS: Birch Works")
    assert received(fed.payments()) == Decimal("70.00")
    fed.desk.undo()
    assert (fed.desk.matching.count(), fed.payments()) == (1, ())
    fed.paid("Birch Works,2026-11-04,70.00,B-1041,ACH 7781")
    assert fed.bank(UNSURE).payments_added == 0
    assert fed.desk.matching.count() == 0


def test_a_report_that_shows_the_money_settles_the_line_that_waited_and_has_its_day(fed: Ledger) -> None:
    waiting(fed, UNSURE)
    fed.on(9)
    summary = fed.open_items(B1.replace("100.00,100.00", "100.00,30.00"), B2, C1)
    assert (len(summary.applied), fed.desk.matching.count()) == (1, 0)
    (payment,) = fed.payments()
    assert (payment.day, payment.inferred, parts(payment)) == (nov(3), False, amounts(B_1041="70.00"))
    assert fed.net() == Decimal("80.00")


def test_one_payment_settles_one_line(fed: Ledger) -> None:
    fed.bank(UNSURE, UNSURE)
    fed.paid("Birch Works,2026-11-04,70.00,B-1041,ACH 7781")
    assert fed.desk.matching.count() == 1
    fed.paid("Birch Works,2026-11-04,70.00,B-1041,ACH 7782")
    assert (fed.desk.matching.count(), received(fed.payments())) == (0, Decimal("140.00"))


@pytest.mark.parametrize(
    "line",
    [
        "Birch Works,2026-11-11,70.00,B-1041,late",
        "Birch Works,2026-11-04,69.00,B-1041,less",
        "Cedar Farm,2026-11-04,70.00,,of another",
    ],
)
def test_other_money_leaves_the_line_waiting(fed: Ledger, line: str) -> None:
    waiting(fed, UNSURE)
    fed.paid(line)
    assert fed.desk.matching.count() == 1


def test_a_return_that_the_list_tells_of_settles_the_line_that_waited(fed: Ledger) -> None:
    waiting(fed, "2026-11-04,RETURNED ITEM BIRCH WORKS,-70.00,ACH")
    fed.paid("Birch Works,2026-11-03,70.00,B-1041,chk 1", "Birch Works,2026-11-04,-70.00,B-1041,chk 1")
    assert (fed.desk.matching.count(), received(fed.payments())) == (0, Decimal("0.00"))
    assert fed.net() == Decimal("150.00")


@pytest.mark.parametrize(
    ("line", "rows", "came"),
    [
        pytest.param(
            "BIRCH WORKS,150.00", ["100.00,B-1041,a", "50.00,B-1042,b"], "150.00", id="each check of the deposit"
        ),
        pytest.param("BIRCH WORKS B-1041,95.00", ["100.00,B-1041,a"], "100.00", id="before the fee of the bank"),
        pytest.param("BIRCH WORKS,150.00", ["30.00,B-2001,a"], "180.00", id="other money besides"),
    ],
)
def test_a_list_that_has_the_money_in_other_amounts_counts_it_once(
    fed: Ledger, line: str, rows: list[str], came: str
) -> None:
    fed.bank(f"2026-11-03,{line},ACH")
    fed.paid(*(f"Birch Works,2026-11-04,{row}" for row in rows))
    assert received(fed.payments()) == Decimal(came)


def test_two_part_payments_of_one_invoice_are_two_moneys(fed: Ledger) -> None:
    fed.bank("2026-11-03,BIRCH WORKS B-1041,20.00,ACH")
    fed.paid("Birch Works,2026-11-04,30.00,B-1041,chk 8")
    assert (received(fed.payments()), fed.open()["B-1041"]) == dec("50.00", "50.00")


@pytest.mark.parametrize(
    ("rows", "came"),
    [
        pytest.param(["2026-11-05,500.00,a"], "500.00", id="less a fee of 2 %"),
        pytest.param(["2026-11-05,500.01,a"], "990.01", id="too much for a fee"),
        pytest.param(["2026-11-07,500.00,a"], "990.00", id="days later"),
        pytest.param(["2026-11-05,500.00,a", "2026-11-05,490.00,b"], "990.00", id="another line fits better"),
    ],
)
def test_a_part_payment_less_the_fee_of_the_bank_is_counted_once(ledger: Ledger, rows: list[str], came: str) -> None:
    ledger.open_items("Birch Works,B-1041,2026-09-01,2026-10-01,1200.00,1200.00", C1)
    ledger.on(9)
    ledger.bank("2026-11-03,BIRCH WORKS B-1041,490.00,ACH")
    ledger.paid(*(f"Birch Works,{day},{amount},B-1041,{mark}" for day, amount, mark in (r.split(",") for r in rows)))
    assert received(ledger.payments()) == Decimal(came)
    assert ledger.open()["B-1041"] == Decimal("1200.00") - Decimal(came)


def test_a_line_of_the_bank_that_waits_and_fits_better_than_one_less_a_fee_is_the_money(ledger: Ledger) -> None:
    ledger.open_items("Birch Works,B-1041,2026-09-01,2026-10-01,1200.00,1200.00", C1)
    ledger.on(9)
    ledger.bank("2026-11-03,BIRCH WORKS B-1041,490.00,ACH", "2026-11-04,BIRCH WORKS,500.00,ACH")
    ledger.paid("Birch Works,2026-11-05,500.00,B-1041,a")
    assert (received(ledger.payments()), ledger.desk.matching.count()) == (Decimal("990.00"), 0)


def test_money_that_went_out_without_a_minus_pays_nobodys_invoice(fed: Ledger) -> None:
    summary = fed.feed(
        "Date,Description,Amount,Transaction Type\n"
        "2026-11-03,BIRCH WORKS INV B-1041,100.00,credit\n2026-11-03,PARKING CEDAR FARM,30.00,debit\n"
    )
    assert (summary.payments_added, fed.open()) == (1, amounts(B_1042="50.00"))
    assert any("1 line of money that went out" in note for note in summary.notes)


def test_two_checks_under_one_mark_are_two(fed: Ledger) -> None:
    fed.feed(
        "Date,Description,Amount,Bank Reference,Balance\n"
        "2026-11-03,CHECK DEPOSIT,70.00,NTRF,70.00\n2026-11-03,CHECK DEPOSIT,70.00,NTRF,140.00\n"
    )
    assert fed.desk.matching.count() == 2
