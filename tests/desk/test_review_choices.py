"""Choices of the review: another clerk takes over, a credit hold, money picked from what waits."""

from decimal import Decimal

import pytest

from arctui.core.promises import Verdict
from arctui.core.reasons import Bucket
from arctui.core.review import of_others, walk
from arctui.desk import DeskError
from arctui.store.verify import problems
from tests.desk.ledgers import Ledger, amounts
from tests.desk.promised import B1, B2, judged, notes, promise, under_review

# Handed to another clerk


def test_an_account_that_is_handed_over_is_walked_through_by_the_other_clerk(broken: Ledger) -> None:
    account = broken.account().id
    assert broken.desk.reviews.hand_over(account, "bea speaks their language") == "handed to bea, Birch"
    found = broken.desk.reviews.today()
    assert walk(found, "ann") == ()
    assert of_others(found, "ann") == {"bea": 1}
    assert [r.account for r in walk(found, "bea")] == ["Birch"]
    assert notes(broken) == ["handed to bea: speaks their language"]
    assert broken.desk.reviews.clerks() == ["ann", "bea"]
    broken.desk.undo()
    assert broken.account().clerk == ""
    assert notes(broken) == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "to whom, and why"),
        ("bea", "why is it handed to bea"),
        ("bea -- ", "why is it handed to bea"),
        ("Ann has time", "is ann's already"),
    ],
)
def test_a_line_that_hands_nothing_over_is_refused(broken: Ledger, line: str, why: str) -> None:
    broken.desk.reviews.hand_over(broken.account().id, "ann knows them")
    with pytest.raises(DeskError, match=why):
        broken.desk.reviews.hand_over(broken.account().id, line)


def test_a_known_clerk_is_found_whatever_the_case_and_may_have_two_names(broken: Ledger) -> None:
    broken.desk.clerk = "mary ann"
    broken.desk.log(broken.account("Cedar").id, "na")
    broken.desk.clerk = "ann"
    assert broken.desk.reviews.read_clerk("Mary Ann -- is back") == ("mary ann", "is back")
    assert broken.desk.reviews.read_clerk("mary is new") == ("mary", "is new")


# A credit hold


def test_a_credit_hold_is_enough_for_the_review_of_the_day_but_the_account_is_still_called(broken: Ledger) -> None:
    account = broken.account().id
    broken.desk.credit.decide(account, hold=True, reason="third time")
    assert under_review(broken).handled == "credit hold today"
    broken.desk.reviews.close()
    broken.on(10)
    assert under_review(broken).handled == ""
    row = broken.desk.row(account)
    assert row is not None
    assert row.bucket is Bucket.BROKEN


# Picked from what waits


def test_money_on_account_is_laid_on_the_promise_as_one_act(ledger: Ledger) -> None:
    ledger.open_items(B1, B2)
    ledger.desk.log(ledger.account().id, "fri 120 card")
    ledger.on(9)
    ledger.paid("Birch,2026-11-09,110.00,,chk 7")
    (found,) = ledger.desk.reviews.waiting(promise(ledger))
    assert (found.amount, found.way) == (Decimal("110.00"), "chk 7")
    assert found.where == "on account, counted already"
    done = ledger.desk.reviews.take(promise(ledger), found.id)
    assert done == "110.00 on account laid on B-1, B-2, Birch"
    assert ledger.open() == amounts(B_2="40.00")
    assert ledger.credits() == 0
    assert ledger.desk.matching.count() == 0
    assert problems(ledger.book) == []
    assert ledger.desk.reviews.waiting(promise(ledger)) == []
    with pytest.raises(DeskError, match="waits no longer"):
        ledger.desk.reviews.take(promise(ledger), found.id)
    ledger.desk.undo()
    assert ledger.credits() == Decimal("110.00")


def test_money_on_account_from_before_the_promise_keeps_it_when_it_is_laid_on_it(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.on(3)
    ledger.paid("Birch,2026-11-03,100.00,,chk 7")
    ledger.on(4)
    ledger.desk.log(ledger.account().id, "fri 100 card")
    ledger.on(9)
    assert judged(ledger).verdict is Verdict.BROKEN
    (found,) = ledger.desk.reviews.waiting(promise(ledger))
    assert found.after is not None
    assert found.after.verdict is Verdict.KEPT
    ledger.desk.reviews.take(promise(ledger), found.id)
    assert judged(ledger).verdict is Verdict.KEPT
    assert walk(ledger.desk.reviews.today()) == ()


def test_a_bank_line_that_waits_is_laid_on_the_promise(broken: Ledger) -> None:
    broken.bank("2026-11-06,BIRCH 88123,110.00,ACH")
    (found,) = broken.desk.reviews.waiting(promise(broken))
    assert (found.amount, found.after) == (Decimal("110.00"), None)
    assert found.where.startswith("in the bank lines")
    broken.desk.reviews.take(promise(broken), found.id)
    assert broken.open() == amounts(B_2="40.00")
    assert judged(broken).verdict is Verdict.PARTIAL
    assert broken.desk.matching.count() == 0
    broken.desk.undo()
    assert broken.desk.matching.count() == 1
    assert broken.payments() == ()


def test_money_on_account_stays_there_where_nothing_of_the_promise_is_open(broken: Ledger) -> None:
    broken.paid("Birch,2026-11-09,60.00,,chk 7")
    broken.paid("Birch,2026-11-09,100.00,B-1,chk 8", "Birch,2026-11-09,50.00,B-2,chk 9")
    (found,) = broken.desk.reviews.waiting(promise(broken))
    with pytest.raises(DeskError, match="the money stays on account"):
        broken.desk.reviews.take(promise(broken), found.id)
