"""Money told several times, by hand, by a payment list and by reports, is counted once."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from arctui.core.promises import Judged, Verdict
from arctui.desk.importing import ImportOptions
from arctui.store.verify import problems
from tests.desk.ledgers import OPEN_HEAD, Ledger, amounts, nov, parts, received

B1 = "Birch,B-1,2026-09-01,2026-10-01,100.00,100.00"
B2 = "Birch,B-2,2026-09-15,2026-10-15,50.00,50.00"
C1 = "Cedar,C-1,2026-09-01,2026-10-01,30.00,30.00"
HEAD = "Payment ID,Customer,Payment Date,Amount,Invoice"
Step = Callable[[Ledger], object]


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """Birch owes 150.00 and promised it on Monday 2 by check for Friday 6, last day Thursday 12 (11 is a holiday)."""
    ledger.open_items(B1, B2, C1)
    ledger.desk.log(ledger.account().id, "fri 150 check")
    ledger.on(6)
    return ledger


def judged(ledger: Ledger) -> Judged:
    return ledger.desk.standing(ledger.account().id).judged[0]


def counted(ledger: Ledger) -> Decimal:
    """The money that came for the promise."""
    return judged(ledger).received + judged(ledger).late


def hand(line: str) -> Step:
    return lambda ledger: ledger.desk.reviews.came_in(judged(ledger).promise.id, line)


def on(day: int) -> Step:
    return lambda ledger: ledger.on(day)


def listed(*rows: str) -> Step:
    return lambda ledger: ledger.paid(*rows)


def report(b1: str, b2: str = "50.00", *more: str, as_of: int = 0) -> Step:
    """A report in which this much of Birch's invoices is open, "" if an invoice is missing from it."""
    rows = [row.rsplit(",", 1)[0] + f",{left}" for row, left in ((B1, b1), (B2, b2)) if left]

    def feed(ledger: Ledger) -> None:
        options = ImportOptions(as_of=nov(as_of)) if as_of else None
        ledger.open_items(*rows, C1, *more, options=options)

    return feed


@pytest.mark.parametrize(
    ("steps", "came", "owed"),
    [
        pytest.param([hand("100 today"), report("", as_of=6)], "100.00", "50.00", id="a report closes it that day"),
        pytest.param([hand("100 today"), on(9), report("")], "100.00", "50.00", id="a later report closes it"),
        pytest.param(
            [hand("100 today"), report("100.00", as_of=5), on(9), report("")],
            "100.00",
            "50.00",
            id="a report of the day before has it open, the next one closes it",
        ),
        pytest.param(
            [hand("100 today"), on(9), report("100.00"), on(10), report("100.00"), on(12), report("")],
            "100.00",
            "50.00",
            id="two reports have it open still, the third closes it",
        ),
        pytest.param(
            [hand("100 today"), on(9), report("40.00"), on(10), report("")],
            "100.00",
            "50.00",
            id="booked in two parts",
        ),
        pytest.param(
            [hand("40 today"), on(9), report("")], "100.00", "50.00", id="more came than was written by hand"
        ),
        pytest.param(
            [hand("40 today"), on(9), report("60.00"), on(10), report("")],
            "100.00",
            "50.00",
            id="the rest came later",
        ),
        pytest.param(
            [hand("40 today"), on(9), hand("60.00 today"), report("60.00", as_of=6), on(10), report("")],
            "100.00",
            "50.00",
            id="two by hand, booked one after the other",
        ),
        pytest.param(
            [hand("150 today"), on(9), report("", "")], "150.00", "0.00", id="on two invoices, both closed at once"
        ),
        pytest.param(
            [hand("150 today"), on(9), report(""), on(10), report("", "")],
            "150.00",
            "0.00",
            id="on two invoices, closed one after the other",
        ),
        pytest.param(
            [hand("50 today"), on(9), report("100.00", "")], "50.00", "100.00", id="booked on the other invoice"
        ),
        pytest.param(
            [hand("120 today"), on(9), report("50.00", "30.00"), on(10), report("", "30.00")],
            "120.00",
            "30.00",
            id="booked invoice by invoice and part by part",
        ),
        pytest.param(
            [hand("170 today"), on(9), report("", "", "Birch,B-3,2026-09-20,2026-10-20,20.00,20.00")],
            "150.00",
            "0.00",
            id="more than is owed stays on account",
        ),
        pytest.param(
            [hand("100 today"), on(9), report("100.00", "50.00", "Birch,CR-1,2026-11-07,,-100.00,-100.00")],
            "100.00",
            "50.00",
            id="a report shows it as a credit",
        ),
        pytest.param(
            [
                hand("100 today"),
                on(9),
                report("100.00", "50.00", "Birch,CR-1,2026-11-07,,-100.00,-100.00"),
                on(10),
                report(""),
            ],
            "100.00",
            "50.00",
            id="a report shows it as a credit, the next one has used it",
        ),
        pytest.param(
            [hand("100 today"), on(9), listed("Birch,2026-11-09,100.00,B-1,chk 1")],
            "100.00",
            "50.00",
            id="a list brings it, some days off",
        ),
        pytest.param(
            [hand("100 today"), on(9), listed("Birch,2026-11-06,100.00,,chk 1")],
            "100.00",
            "50.00",
            id="a list brings it without an invoice",
        ),
        pytest.param(
            [hand("100 today"), on(9), listed("Birch,2026-11-06,100.00,B-2,chk 1")],
            "100.00",
            "50.00",
            id="a list brings it for another invoice",
        ),
        pytest.param(
            [
                hand("100 today"),
                on(9),
                listed("Birch,2026-11-06,60.00,B-1,a"),
                listed("Birch,2026-11-07,40.00,B-1,b"),
            ],
            "100.00",
            "50.00",
            id="a list brings it in two parts",
        ),
        pytest.param(
            [hand("150 today"), on(9), listed("Birch,2026-11-06,50.00,B-2,a", "Birch,2026-11-06,100.00,B-1,a")],
            "150.00",
            "0.00",
            id="a list brings it line by line",
        ),
        pytest.param(
            [
                hand("170 today"),
                on(9),
                listed(
                    "Birch,2026-11-06,10.00,B-3,a", "Birch,2026-11-06,110.00,B-1,a", "Birch,2026-11-06,50.00,B-2,a"
                ),
            ],
            "150.00",
            "-10.00",
            id="a list brings it line by line, more than was owed, a part for an invoice that is not known",
        ),
        pytest.param(
            [hand("100 today"), on(16), listed("Birch,2026-11-14,100.00,B-2,chk 1")],
            "150.00",
            "-50.00",
            id="a list brings money of another week: that is other money",
        ),
        pytest.param(
            [hand("100 today"), on(9), report(""), listed("Birch,2026-11-09,100.00,B-1,chk 1")],
            "100.00",
            "50.00",
            id="a report, then the list",
        ),
        pytest.param(
            [hand("100 today"), on(9), listed("Birch,2026-11-06,100.00,B-1,chk 1"), report("")],
            "100.00",
            "50.00",
            id="the list, then a report",
        ),
        pytest.param(
            [hand("100 today"), on(9), report("100.00"), listed("Birch,2026-11-06,100.00,B-1,c"), on(10), report("")],
            "100.00",
            "50.00",
            id="a report has it open still, then the list, then a report that closes it",
        ),
        pytest.param(
            [hand("100 today"), on(9), report("40.00"), listed("Birch,2026-11-06,100.00,B-1,c"), on(10), report("")],
            "100.00",
            "50.00",
            id="a report has booked a part, then the list, then a report that closes it",
        ),
        pytest.param(
            [on(9), report(""), hand("100 fri")], "100.00", "50.00", id="a report first: by hand tells the day"
        ),
        pytest.param(
            [on(9), report(""), hand("100 fri"), listed("Birch,2026-11-06,100.00,B-1,c"), on(10), report("")],
            "100.00",
            "50.00",
            id="a report, by hand, the list, and a report",
        ),
        pytest.param(
            [on(9), report("", "50.00", as_of=9), hand("")], "150.00", "0.00", id="the missing rest came beside it"
        ),
        pytest.param([on(9), report("50.00"), hand("50 today")], "100.00", "50.00", id="as much again came today"),
        pytest.param(
            [hand("100 today"), report("", as_of=6), on(9), listed("Birch,2026-11-07,100.00,B-1,chk 1")],
            "100.00",
            "50.00",
            id="a list dates it a day after the report that closed its invoice",
        ),
        pytest.param(
            [
                hand("50 today"),
                on(9),
                report("50.00", ""),
                listed("Birch,2026-11-06,50.00,B-2,a", "Birch,2026-11-06,50.00,B-1,b"),
            ],
            "100.00",
            "50.00",
            id="a list brings as much for the other invoice first",
        ),
        pytest.param(
            [
                hand("50 today"),
                on(26),
                report("50.00", ""),
                listed("Birch,2026-11-20,50.00,B-2,a", "Birch,2026-11-20,50.00,B-1,b"),
            ],
            "100.00",
            "50.00",
            id="a report shows it weeks later, and a list has two of its amount then",
        ),
    ],
)
def test_the_same_money_is_counted_once(told: Ledger, steps: list[Step], came: str, owed: str) -> None:
    for step in steps:
        step(told)
    assert counted(told) == min(Decimal(came), Decimal("150.00"))
    assert told.net() == Decimal(owed)
    assert problems(told.book) == []


def test_a_list_that_brings_the_money_takes_the_place_of_what_was_written_by_hand(told: Ledger) -> None:
    hand("100 today check")(told)
    told.on(9)
    summary = told.paid("P1,Birch,2026-11-09,100.00,B-1", head=HEAD)
    assert summary.payments_added == 1
    (payment,) = told.payments()
    assert (payment.day, payment.entered_by, payment.identity, payment.method) == (nov(9), "", "P1", "check")
    assert parts(payment) == amounts(B_1="100.00")
    told.desk.undo()
    (payment,) = told.payments()
    assert (payment.day, payment.entered_by) == (nov(6), "ann")


@pytest.mark.parametrize("between", [[], [report("40.00")], [report("100.00")], [report("")]])
@pytest.mark.parametrize("invoice", ["B-1", ""])
def test_the_list_imported_twice_changes_nothing(told: Ledger, between: list[Step], invoice: str) -> None:
    hand("100 today")(told)
    told.on(9)
    for step in between:
        step(told)
    line = f"Birch,2026-11-07,100.00,{invoice},chk 1"
    told.paid(line)
    before, net = told.payments(), told.net()
    assert told.paid(line).payments_added == 0
    told.paid(line, "Cedar,2026-11-07,1.00,C-1,chk 2")
    assert (told.payments(), told.net()) == (before, net)
    assert counted(told) == Decimal("100.00")


def test_a_part_that_no_list_brings_stays_by_hand(told: Ledger) -> None:
    hand("100 today")(told)
    told.paid("Birch,2026-11-06,30.00,B-1,chk 1")
    assert sorted((p.amount, p.entered_by) for p in told.payments()) == [
        (Decimal("30.00"), ""),
        (Decimal("70.00"), "ann"),
    ]
    assert received(told.payments()) == Decimal("100.00")


def test_the_day_that_is_told_by_hand_settles_what_two_reports_left_open(told: Ledger) -> None:
    told.on(16)
    report("", "")(told)
    assert judged(told).day_unknown
    told.desk.undo()
    report("", "50.00")(told)
    read = told.desk.reviews.read_payment(judged(told).promise.id, "100 fri")
    assert read.payment.day == nov(13)
    assert read.warnings == ("a report has shown this money already: now its day is known",)
    assert read.after.verdict is Verdict.BROKEN, "Friday the 13th is after the window"
    assert counted(told) == Decimal("100.00")


def test_money_that_may_be_known_already_is_pointed_out(told: Ledger) -> None:
    told.on(9)
    report("40.00")(told)
    (warning, *_) = told.desk.reviews.read_payment(judged(told).promise.id, "70 fri").warnings
    assert warning == "60.00 that came from Mon 2 Nov to Mon 9 Nov is in the book: is this other money?"


def test_what_a_report_has_open_stays_open_and_the_promise_has_its_money(told: Ledger) -> None:
    hand("100 today")(told)
    assert told.open() == amounts(B_2="50.00")
    told.on(9)
    report("100.00")(told)
    assert told.open() == amounts(B_1="100.00", B_2="50.00")
    assert counted(told) == Decimal("100.00")
    read = told.desk.reviews.read_payment(judged(told).promise.id, "50 sat")
    assert read.warnings[-1] == "the report of Mon 9 Nov has it open: so it stays until the next one"


RETURNED = listed("Birch,2026-11-10,-100.00,B-1,chk 1")


@pytest.mark.parametrize(
    ("steps", "owed"),
    [
        pytest.param([on(10), RETURNED], "150.00", id="before any report"),
        pytest.param([on(9), report("100.00"), on(10), RETURNED], "150.00", id="no report had booked it"),
        pytest.param([on(9), report(""), on(10), RETURNED], "150.00", id="a report had booked it"),
        pytest.param([on(9), report("40.00"), on(10), RETURNED], "150.00", id="a report had booked a part"),
        pytest.param(
            [on(9), listed("Birch,2026-11-06,100.00,B-1,chk 1"), on(10), RETURNED], "150.00", id="a list had it"
        ),
        pytest.param(
            [on(10), RETURNED, listed("Birch,2026-11-06,100.00,B-1,chk 1")],
            "150.00",
            id="a list brings it afterwards",
        ),
        pytest.param(
            [on(10), listed("Birch,2026-11-06,100.00,B-1,chk 1", "Birch,2026-11-10,-100.00,B-1,chk 1")],
            "150.00",
            id="a list brings both",
        ),
        pytest.param([on(10), RETURNED, on(12), report("100.00")], "150.00", id="the report afterwards"),
    ],
)
def test_a_check_that_comes_back_is_as_if_it_had_not_come(told: Ledger, steps: list[Step], owed: str) -> None:
    hand("100 today check")(told)
    for step in steps:
        step(told)
    assert told.net() == Decimal(owed)
    assert counted(told) == 0
    assert received(told.payments()) == 0
    told.on(16)
    assert judged(told).verdict is Verdict.BROKEN


def test_undoing_a_report_brings_back_what_was_written_by_hand(told: Ledger) -> None:
    hand("100 today")(told)
    before = told.payments()
    told.on(9)
    report("")(told)
    assert told.payments() != before
    told.desk.undo()
    assert told.payments() == before
    assert problems(told.book) == []


def test_a_list_of_amounts_leaves_what_was_written_by_hand(ledger: Ledger) -> None:
    rows = ("Birch,B-1,2026-09-01,2026-10-01,100.00", "Birch,B-2,2026-09-15,2026-10-15,50.00")
    ledger.listed(*rows)
    ledger.desk.log(ledger.account().id, "fri 100 card")
    ledger.on(6)
    hand("")(ledger)
    ledger.listed(*rows, "Birch,B-3,2026-10-15,2026-11-15,20.00")
    assert ledger.open() == amounts(B_2="50.00", B_3="20.00")
    ledger.on(9)
    ledger.open_items(B2, head=OPEN_HEAD)
    assert counted(ledger) == Decimal("100.00")
    assert [p.inferred for p in ledger.payments()] == [False, True], "B-3 was paid besides"
