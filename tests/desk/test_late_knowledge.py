"""What becomes known later: cash that is applied, payments that come back, new names, a second currency."""

from decimal import Decimal

import pytest

from arctui.core.ledger import unseen
from arctui.core.policy import PolicyError
from arctui.core.promises import Verdict
from arctui.core.reasons import Bucket
from arctui.desk.importing import ImportOptions
from tests.desk.ledgers import Ledger, amounts

B1 = "Birch,B-1,2026-09-01,2026-10-01,100.00,100.00"
B2 = "Birch,B-2,2026-09-15,2026-10-15,50.00,50.00"
C1 = "Cedar,C-1,2026-09-01,2026-10-01,30.00,30.00"
HEAD = "Payment ID,Customer,Payment Date,Amount,Invoice,Reference"
MONEY_HEAD = "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency"
NUMBER_HEAD = "Customer,Customer Number,Invoice,Invoice Date,Due Date,Amount,Open Balance"


@pytest.mark.parametrize("identity", ["P1", ""])
def test_a_payment_whose_invoice_a_later_list_names_is_one_payment(ledger: Ledger, identity: str) -> None:
    ledger.open_items(B1)
    ledger.on(3)
    ledger.paid(f"{identity},Birch,2026-11-03,40.00,,chk 9", head=HEAD)
    assert ledger.net() == Decimal("60.00")
    ledger.on(5)
    ledger.paid(f"{identity},Birch,2026-11-03,40.00,B-1,chk 9", head=HEAD)
    assert len(ledger.payments()) == 1
    assert ledger.open() == amounts(B_1="60.00")
    assert ledger.net() == Decimal("60.00")


def test_a_split_payment_that_comes_back_line_by_line_is_taken_back_whole(ledger: Ledger) -> None:
    ledger.open_items(B1, B2)
    ledger.paid("P1,Birch,2026-11-03,100.00,B-1,", "P1,Birch,2026-11-03,50.00,B-2,", head=HEAD)
    ledger.on(4)
    assert ledger.net() == 0
    summary = ledger.paid("P1,Birch,2026-11-04,-100.00,B-1,", "P1,Birch,2026-11-04,-50.00,B-2,", head=HEAD)
    assert summary.skipped == ()
    assert ledger.open() == amounts(B_1="100.00", B_2="50.00")


def test_cash_that_a_report_shows_as_a_credit_pays_no_invoice_beside_it(ledger: Ledger) -> None:
    ledger.open_items(B1, "Birch,B-2,2026-09-15,2026-10-15,500.00,500.00")
    ledger.on(3)
    ledger.paid("Birch,2026-11-03,300.00,,chk 9")
    account = ledger.account().id
    ledger.desk.log(account, "thu 500 card")
    ledger.on(6)
    ledger.open_items(B1, "Birch,chk 9,2026-11-03,,-300.00,-300.00")
    (inferred,) = [p for p in ledger.payments() if p.inferred]
    assert inferred.amount == Decimal("500.00")
    assert ledger.desk.standing(account).judged[0].verdict is Verdict.KEPT
    assert ledger.net() == Decimal("-200.00")


def test_a_check_that_bounces_after_a_conversation_brings_the_promise_back(ledger: Ledger) -> None:
    ledger.open_items(B1)
    account = ledger.account().id
    ledger.desk.log(account, "today 100 card")
    ledger.paid("Birch,2026-11-02,100.00,B-1,chk 1")
    ledger.on(5)
    ledger.desk.log(account, "in cb 20 10:00 about an order")
    ledger.on(9)
    ledger.paid("Birch,2026-11-09,-100.00,B-1,chk 1")
    row = ledger.desk.row(account)
    assert row is not None
    assert row.bucket is Bucket.BROKEN
    assert [r.account for r in ledger.desk.reviews.today().broken] == ["Birch"]


def test_a_check_that_came_back_stays_back_when_a_list_brings_it_and_another(ledger: Ledger) -> None:
    ledger.open_items(B1)
    account = ledger.account().id
    ledger.desk.log(account, "fri 100 check")
    ledger.on(6)
    for line in ("60 today", "40 today"):
        ledger.desk.reviews.came_in(ledger.desk.standing(account).judged[0].promise.id, line)
    ledger.on(9)
    ledger.open_items(B1.replace("100.00,100.00", "100.00,55.00"))
    ledger.on(10)
    ledger.paid("Birch,2026-11-10,-40.00,B-1,")
    rows = ("Birch,2026-11-06,40.00,B-1,", "Birch,2026-11-10,-40.00,B-1,")
    ledger.paid(*rows, "Birch,2026-11-06,60.00,B-1,chk 1")
    assert ledger.desk.standing(account).judged[0].received == Decimal("60.00")


def test_a_report_has_booked_the_payment_of_just_its_amount(ledger: Ledger) -> None:
    ledger.open_items(B1)
    account = ledger.account().id
    ledger.desk.log(account, "fri 100 check")
    ledger.on(6)
    for line in ("60 today", "40 today"):
        ledger.desk.reviews.came_in(ledger.desk.standing(account).judged[0].promise.id, line)
    ledger.on(9)
    ledger.open_items(B1.replace("100.00,100.00", "100.00,60.00"))
    assert [p.amount for p in ledger.payments() if unseen(p)] == [Decimal("60.00")]


def test_a_currency_that_a_report_does_not_show_is_left_and_said_so(ledger: Ledger) -> None:
    ledger.open_items(f"{B1},USD", "Elm,E-1,2026-09-01,2026-10-01,70.00,70.00,EUR", head=MONEY_HEAD)
    ledger.on(3)
    summary = ledger.open_items(f"{B1},USD", head=MONEY_HEAD)
    assert "nothing in EUR in this report" in summary.notes[0]
    assert ledger.net("Elm") == Decimal("70.00")
    ledger.on(4)
    ledger.open_items(f"{B1},USD", head=MONEY_HEAD, options=ImportOptions(full=True))
    assert ledger.net("Elm") == 0


def test_a_credit_may_have_the_number_of_its_invoice(ledger: Ledger) -> None:
    rows = (B1, "Birch,B-1,2026-10-05,,-40.00,-40.00")
    assert ledger.open_items(*rows).skipped == ()
    ledger.on(3)
    assert ledger.open_items(*rows).invoices_updated == 0
    assert ledger.net() == Decimal("60.00")


def test_a_customer_renamed_in_the_accounting_system_is_renamed_here(ledger: Ledger) -> None:
    ledger.open_items("Birch Works,77,B-1,,2026-10-01,1.00,1.00", head=NUMBER_HEAD)
    ledger.open_items("Birch Holdings,77,B-1,,2026-10-01,1.00,1.00", head=NUMBER_HEAD)
    assert ledger.account("77").name == "Birch Holdings"


def test_a_promise_in_the_other_currency_can_be_taken_back(ledger: Ledger) -> None:
    ledger.open_items(
        "Birch,B-1,2026-09-01,2026-10-01,1000.00,1000.00,USD",
        "Birch,B-2,2026-09-01,2026-10-01,900.00,900.00,EUR",
        head=MONEY_HEAD,
    )
    account = ledger.account().id
    ledger.desk.log(account, "fri 1000 ach")
    assert "in EUR" in ledger.desk.read(account, "fri 500 USD").problems[0]
    ledger.desk.log(account, "wd")
    assert ledger.desk.standing(account).judged[0].verdict is Verdict.WITHDRAWN


def test_a_later_result_leaves_what_was_set_for_a_day_to_come(ledger: Ledger) -> None:
    ledger.open_items(B1, B2)
    account = ledger.account().id
    ledger.desk.follow_up(account, "20 ask for the new bookkeeper")
    ledger.desk.log(account, "paid today 50 ach")
    ledger.desk.log(account, "dsp 20 damaged")
    assert [f.done_on for f in ledger.desk.dossier(account).followups] == [None, None]
    ledger.desk.log(account, "fri 80 ach")
    assert [f.done_on is None for f in ledger.desk.dossier(account).followups] == [False, True]


def test_tries_while_nothing_was_past_due_bring_no_letter(ledger: Ledger) -> None:
    ledger.open_items("Birch,B-1,2026-10-01,2026-11-20,100.00,100.00")
    account = ledger.account().id
    for day in (3, 4, 5):
        ledger.on(day)
        ledger.desk.log(account, "na")
    ledger.on(25)
    row = ledger.desk.row(account)
    assert row is not None
    assert row.bucket is Bucket.FIRST


def test_a_country_that_does_not_know_the_subdivision_is_refused(ledger: Ledger) -> None:
    ledger.open_items(C1)
    ledger.desk.set_policy("subdivision", "CA")
    with pytest.raises(PolicyError, match="clear the subdivision first"):
        ledger.desk.set_policy("country", "DE")
    with pytest.raises(PolicyError, match="time_zone"):
        ledger.desk.set_policy("time_zone", "America")
