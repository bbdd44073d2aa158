"""The review at the desk: payment came, left for tomorrow, the day's summary, closing; each act can be undone."""

from decimal import Decimal

import msgspec
import pytest

from arctui.core.promises import Verdict
from arctui.core.reasons import Bucket
from arctui.core.review import walk
from arctui.desk import DeskError
from arctui.store.verify import problems
from tests.desk.ledgers import Ledger, amounts, nov, parts
from tests.desk.promised import B1, B3, judged, notes, promise, under_review

# Payment came


def test_nothing_written_means_all_that_is_missing_came_today(broken: Ledger) -> None:
    done = broken.desk.reviews.came_in(promise(broken))
    assert done == "payment of 120.00, Birch"
    (payment,) = broken.payments()
    assert (payment.day, payment.amount, payment.entered_by) == (nov(9), Decimal("120.00"), "ann")
    assert parts(payment) == amounts(B_1="100.00", B_2="20.00")
    assert broken.open() == amounts(B_2="30.00")
    assert under_review(broken).handled == "paid late today"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        pytest.param("120 fri", Verdict.KEPT, id="all of it in the window"),
        pytest.param("fri", Verdict.KEPT, id="a day alone: all that is missing"),
        pytest.param("119.50 6 card", Verdict.KEPT, id="all but the tolerance"),
        pytest.param("70 fri check", Verdict.PARTIAL, id="a part in the window"),
        pytest.param("half fri", Verdict.PARTIAL, id="half of what is missing"),
        pytest.param("120 today", Verdict.BROKEN, id="late"),
    ],
)
def test_the_verdict_follows_from_the_day_and_the_amount(broken: Ledger, line: str, verdict: Verdict) -> None:
    read = broken.desk.reviews.read_payment(promise(broken), line)
    assert read.after.verdict is verdict
    assert broken.payments() == ()
    broken.desk.reviews.came_in(promise(broken), line)
    # The payment that was saved has an id of its own.
    assert msgspec.structs.replace(judged(broken), parts=read.after.parts) == read.after
    assert problems(broken.book) == []


def test_a_payment_that_came_can_be_undone(broken: Ledger) -> None:
    before = broken.desk.standing(broken.account().id)
    broken.desk.reviews.came_in(promise(broken), "120 fri")
    assert broken.desk.undo().act == "payment of 120.00, Birch"
    assert broken.payments() == ()
    assert broken.desk.standing(broken.account().id) == before


def test_a_promise_that_was_paid_leaves_the_list(broken: Ledger) -> None:
    row = broken.desk.row(broken.account().id)
    assert row is not None
    assert row.bucket is Bucket.BROKEN
    broken.desk.reviews.came_in(promise(broken), "120 fri")
    row = broken.desk.row(broken.account().id)
    assert row is None or row.bucket is not Bucket.BROKEN
    assert walk(broken.desk.reviews.today()) == ()


def test_what_is_more_than_its_invoices_have_open_stays_on_account(broken: Ledger) -> None:
    read = broken.desk.reviews.read_payment(promise(broken), "200 fri")
    assert read.sentences[:2] == (
        "200.00 came on Fri 6 Nov",
        "100.00 on B-1, 50.00 on B-2, 50.00 on account: more than is open on the promise's invoices",
    )
    assert read.warnings == ("80.00 more than is missing of the promise",)
    broken.desk.reviews.came_in(promise(broken), "200 fri")
    assert broken.credits() == Decimal("50.00")
    assert broken.open() == {}


def test_what_is_unusual_about_a_payment_is_said_beside_what_becomes_of_the_promise(broken: Ledger) -> None:
    came = broken.desk.reviews.read_payment(promise(broken), "200 fri check -- chk 7")
    assert came.sentences[0] == "200.00 came on Fri 6 Nov by check"
    assert came.sentences[2].startswith("kept: 120.00 of 120.00")
    assert came.warnings[-1] == "80.00 more than is missing of the promise"


def test_money_goes_only_on_the_invoices_of_the_promise(ledger: Ledger) -> None:
    ledger.open_items(B1, B3)
    ledger.desk.log(ledger.account().id, "fri 100 card")
    ledger.on(9)
    ledger.desk.reviews.came_in(promise(ledger), "150 fri")
    assert ledger.open() == amounts(B_3="500.00")
    assert ledger.credits() == Decimal("50.00")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("120 tomorrow", "day to come"),
        ("0 fri", "more than 0"),
        ("-5 fri", "not understood"),
        ("120 fri tony", "no place"),
        ("120 soon", "which day"),
        ("120 fri check card", "two ways"),
        ("€120 fri", "owes USD"),
        ("20 fri", "one amount and one date"),
    ],
)
def test_a_line_that_is_no_payment_is_refused_in_one_sentence(broken: Ledger, line: str, why: str) -> None:
    with pytest.raises(DeskError, match=why) as refused:
        broken.desk.reviews.came_in(promise(broken), line)
    assert "\n" not in str(refused.value)
    assert broken.payments() == ()


def test_a_promise_of_which_nothing_is_missing_takes_no_payment(broken: Ledger) -> None:
    broken.desk.reviews.came_in(promise(broken), "120 fri")
    with pytest.raises(DeskError, match="was kept"):
        broken.desk.reviews.came_in(promise(broken), "")


def test_a_promise_that_was_paid_late_asks_for_the_amount(broken: Ledger) -> None:
    broken.desk.reviews.came_in(promise(broken), "")
    with pytest.raises(DeskError, match="write the amount"):
        broken.desk.reviews.came_in(promise(broken), "")


def test_a_promise_that_no_longer_stands_takes_no_payment(ledger: Ledger) -> None:
    ledger.open_items(B1)
    account = ledger.account().id
    ledger.desk.log(account, "fri 100 card")
    ledger.desk.log(account, "thu 100 card")
    ledger.desk.log(account, "wd")
    for number, why in ((0, "took the place"), (1, "taken back")):
        with pytest.raises(DeskError, match=why):
            ledger.desk.reviews.came_in(promise(ledger, number), "")
    with pytest.raises(DeskError, match="no longer in the book"):
        ledger.desk.reviews.came_in("unknown", "")


def test_the_same_payment_is_not_written_down_twice(broken: Ledger) -> None:
    broken.desk.reviews.came_in(promise(broken), "50 fri")
    with pytest.raises(DeskError, match="in the book already"):
        broken.desk.reviews.came_in(promise(broken), "50 fri")
    broken.desk.reviews.came_in(promise(broken), "50 fri -- chk 12")
    assert judged(broken).received == Decimal("100.00")


def test_a_payment_of_the_same_amount_some_days_off_is_pointed_out(broken: Ledger) -> None:
    broken.paid("Birch,2026-11-05,50.00,B-1,chk 1")
    (warning,) = broken.desk.reviews.read_payment(promise(broken), "50 fri").warnings
    assert warning == "50.00 of Thu 5 Nov is in the book: is this another payment?"


def test_money_from_before_the_promise_was_taken_does_not_count(broken: Ledger) -> None:
    read = broken.desk.reviews.read_payment(promise(broken), "120 oct 30")
    assert read.after.verdict is Verdict.BROKEN
    assert "before the promise was taken, on Mon 2 Nov" in read.warnings[0]


# Left for tomorrow


def test_a_promise_that_is_left_is_first_on_the_list_of_the_next_business_day(broken: Ledger) -> None:
    account = broken.account().id
    assert broken.desk.reviews.leave(promise(broken), " check is in the\tmail room ") == (
        "promise left until Tue 10 Nov, Birch"
    )
    assert under_review(broken).handled == "left until Tue 10 Nov"
    assert notes(broken) == ["left in the review until Tue 10 Nov: check is in the mail room"]
    row = broken.desk.row(account)
    assert row is None or row.bucket is not Bucket.BROKEN
    following = broken.desk.standing(account).next
    assert following is not None
    assert following.day in (nov(9), nov(10))
    broken.desk.reviews.close()
    broken.on(10)
    first = broken.desk.worklist()[0]
    assert (first.account, first.bucket) == (account, Bucket.BROKEN)
    assert under_review(broken).handled == ""


def test_a_promise_can_be_left_every_day_until_it_is_answered(broken: Ledger) -> None:
    for day, until in ((9, 10), (10, 12), (12, 13)):
        broken.on(day)
        assert under_review(broken).handled == ""
        broken.desk.reviews.leave(promise(broken), "owner on the road")
        assert judged(broken).promise.left_until == nov(until), "Wednesday 11 is a holiday"
        broken.desk.reviews.close()
    broken.on(13)
    broken.desk.log(broken.account().id, "ref no money")
    assert under_review(broken).handled == "spoken with today"
    broken.desk.reviews.close()
    broken.on(16)
    assert walk(broken.desk.reviews.today()) == ()


def test_leaving_a_promise_can_be_undone(broken: Ledger) -> None:
    before = broken.desk.standing(broken.account().id)
    broken.desk.reviews.leave(promise(broken), "owner on the road")
    broken.desk.undo()
    assert broken.desk.standing(broken.account().id) == before
    assert notes(broken) == []


def test_leaving_needs_a_reason(broken: Ledger) -> None:
    for nothing in ("", "  \x1b[0m"):
        with pytest.raises(DeskError, match="why is it left"):
            broken.desk.reviews.leave(promise(broken), nothing)


def test_only_a_promise_whose_day_has_come_can_be_left(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.desk.log(ledger.account().id, "fri 100 card")
    with pytest.raises(DeskError, match="for Fri 6 Nov"):
        ledger.desk.reviews.leave(promise(ledger), "later")
    ledger.desk.log(ledger.account().id, "wd")
    with pytest.raises(DeskError, match="withdrawn"):
        ledger.desk.reviews.leave(promise(ledger), "later")


def test_a_due_promise_that_is_left_shows_no_row_until_then(ledger: Ledger) -> None:
    ledger.open_items(B1)
    account = ledger.account().id
    ledger.desk.log(account, "fri 100 card")
    ledger.on(6)
    row = ledger.desk.row(account)
    assert row is not None
    assert row.bucket is Bucket.VERIFY
    ledger.desk.reviews.leave(promise(ledger), "bank is closed")
    assert ledger.desk.row(account) is None
    ledger.on(9)
    row = ledger.desk.row(account)
    assert row is not None
    assert row.bucket is Bucket.BROKEN


# The other decisions of the walk


@pytest.mark.parametrize(
    ("act", "expected"),
    [("fri 120 card", "new promise"), ("ref no money", "spoken with today"), ("na", "")],
)
def test_a_call_in_the_review_handles_the_promise_if_it_reached_somebody(
    broken: Ledger, act: str, expected: str
) -> None:
    broken.desk.log(broken.account().id, act)
    assert under_review(broken).handled == expected


def test_a_letter_handles_the_promise(broken: Ledger) -> None:
    broken.desk.letters.record(broken.account().id)
    assert under_review(broken).handled == "letter sent today"


# Closing


def test_closing_says_so_and_can_be_undone(broken: Ledger) -> None:
    reviews = broken.desk.reviews
    assert reviews.closed() == []
    assert reviews.close() == "review of Mon 9 Nov closed"
    assert [c.by for c in reviews.closed()] == ["ann"]
    broken.desk.undo()
    assert reviews.closed() == []


def test_a_clerk_closes_once_and_another_one_still_closes_their_own(broken: Ledger) -> None:
    broken.desk.reviews.close()
    with pytest.raises(DeskError, match="closed already: by you at 09:00"):
        broken.desk.reviews.close()
    broken.desk.clerk = "bea"
    assert broken.desk.reviews.close() == "review of Mon 9 Nov closed, before by ann at 09:00"
    with pytest.raises(DeskError, match="by ann at 09:00, by you at 09:00"):
        broken.desk.reviews.close()


def test_the_promises_that_broke_today_are_counted_for_whose_they_are(broken: Ledger) -> None:
    reviews = broken.desk.reviews
    assert (reviews.broke_today("ann"), reviews.broke_today("bea")) == (1, 0)
    reviews.hand_over(broken.account().id, "bea speaks with them")
    assert (reviews.broke_today("ann"), reviews.broke_today("bea")) == (0, 1)
    reviews.came_in(promise(broken), "120 fri")
    assert reviews.broke_today("bea") == 0
    broken.desk.undo()
    broken.on(10)
    assert broken.desk.reviews.broke_today("bea") == 0
