"""What the review of a day passed over is the first of the next business day's list."""

import pytest

from arctui.core.reasons import Bucket
from tests.desk.ledgers import Ledger, nov
from tests.desk.promised import B1, C1, promise


def first_rows(ledger: Ledger) -> list[tuple[str, Bucket]]:
    return [(row.name, row.bucket) for row in ledger.desk.worklist()]


def test_a_promise_that_the_review_passed_over_comes_before_an_overdue_callback(broken: Ledger) -> None:
    cedar = broken.account("Cedar").id
    broken.desk.log(cedar, "cb today 15:00 ask for Lee")
    broken.desk.reviews.close()
    broken.on(10)
    assert first_rows(broken) == [("Birch", Bucket.BROKEN), ("Cedar", Bucket.CALLBACK)]
    first = broken.desk.worklist()[0]
    assert "nothing came, not reviewed on Mon 9 Nov" in first.why
    broken.desk.log(cedar, "cb today 09:04 ask for Lee")
    assert first_rows(broken)[0] == ("Cedar", Bucket.CALLBACK), "a callback due within minutes comes first"


def test_a_larger_promise_that_breaks_today_comes_after_one_that_was_passed_over(ledger: Ledger) -> None:
    ledger.open_items(B1, "Cedar,C-9,2026-09-01,2026-10-01,900.00,900.00")
    ledger.desk.log(ledger.account().id, "fri 100 card")
    cedar = ledger.desk.log(ledger.account("Cedar").id, "mon 900 card").promises[0]
    ledger.on(9)
    ledger.desk.reviews.leave(cedar.id, "they pay tonight")
    ledger.desk.reviews.close()
    ledger.on(10)
    assert [row.name for row in ledger.desk.worklist()] == ["Birch", "Cedar"]


def test_a_due_promise_that_was_passed_over_comes_first_too_and_is_announced_after_closing(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    account = ledger.account().id
    ledger.desk.log(account, "fri 100 check")
    ledger.desk.log(ledger.account("Cedar").id, "cb 9 15:00 ask for Lee")
    ledger.on(9)
    assert ledger.desk.row(account) is None
    ledger.desk.reviews.close()
    following = ledger.desk.standing(account).next
    assert following is not None
    assert (following.day, following.why) == (
        nov(10),
        "promised 100.00 for Fri 6 Nov by check, not reviewed on Mon 9 Nov",
    )
    ledger.on(10)
    assert first_rows(ledger) == [("Birch", Bucket.VERIFY), ("Cedar", Bucket.CALLBACK)]
    ledger.desk.reviews.leave(promise(ledger), "mailed on Friday")
    assert ledger.desk.row(account) is None
    ledger.desk.reviews.close()
    ledger.on(12)
    row = ledger.desk.row(account)
    assert row is not None
    assert not row.passed_over, "Wednesday 11 is a holiday, and on Tuesday it was reviewed"
    ledger.on(13)
    row = ledger.desk.row(account)
    assert row is not None
    assert "nothing came, not reviewed on Thu 12 Nov" in row.why, "no review was held on that day"


@pytest.mark.parametrize("decide", ["leave", "call", "letter"])
def test_what_was_decided_about_on_the_day_was_not_passed_over(broken: Ledger, decide: str) -> None:
    account = broken.account().id
    match decide:
        case "leave":
            broken.desk.reviews.leave(promise(broken), "owner on the road")
        case "call":
            broken.desk.log(account, "ref no money")
        case _:
            broken.desk.letters.record(account)
    broken.desk.reviews.close()
    broken.on(10)
    row = broken.desk.row(account)
    assert row is None or not row.passed_over


def test_where_no_review_was_ever_closed_nothing_is_passed_over(broken: Ledger) -> None:
    broken.on(10)
    (row,) = [r for r in broken.desk.worklist() if r.name == "Birch"]
    assert not row.passed_over
    assert "not reviewed" not in row.why
