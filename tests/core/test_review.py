"""The end-of-day review: the promises whose day has come, by what became of them."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from arctui.core.facts import Dossier
from arctui.core.reasons import Bucket
from arctui.core.records import Flag, Import, Promise, Record
from arctui.core.review import Review, Sum, freshness, of_others, review, totals, walk
from tests.core.builders import (
    attempt,
    bucket,
    call,
    dossier,
    friday_check,
    invoice,
    letter,
    payment,
    promise,
    report,
    reports,
    standing,
)
from tests.core.oracle import dec, nov

OLD = invoice("1", "5000.00", nov(2))
DUE = promise("300.00", nov(27), dec(2), dec(3), name="due")
OPEN = promise("400.00", dec(4), dec(9), dec(10), name="open")
PAID = promise("200.00", nov(18), nov(23), nov(24), name="kept", on=["2"])
PAID_ITEM = invoice("2", "200.00", nov(2))


def reviewed(today: date, *books: Dossier, last_closed: date | None = None) -> Review:
    return review([(book, standing(book, today)) for book in books], today, last_closed)


def names(part: tuple[object, ...]) -> list[str]:
    return [getattr(r, "judged").promise.id for r in part]  # noqa: B009


def test_each_promise_whose_day_has_come_is_in_its_part() -> None:
    partial = promise("500.00", nov(19), nov(24), nov(25), name="partial", on=["3"])
    book = dossier(
        OLD,
        PAID_ITEM,
        invoice("3", "500.00", nov(2)),
        friday_check(),
        DUE,
        OPEN,
        PAID,
        partial,
        payment(nov(20), "200.00", {"2": "200.00"}),
        payment(nov(23), "100.00", {"3": "100.00"}),
    )
    found = reviewed(nov(27), book)
    assert names(found.broken) == ["promise 2026-11-20 1000.00"]
    assert (names(found.partial), names(found.due), names(found.kept)) == (["partial"], ["due"], ["kept"])
    assert found.day == nov(27)


def test_the_totals_count_and_add_up_each_part() -> None:
    book = dossier(OLD, PAID_ITEM, friday_check(), DUE, PAID, payment(nov(20), "200.00", {"2": "200.00"}))
    found = totals(reviewed(nov(27), book))
    assert found == {
        "broken": {"USD": Sum(1, Decimal(1000), Decimal(0))},
        "partial": {},
        "due": {"USD": Sum(1, Decimal(300), Decimal(0))},
        "kept": {"USD": Sum(1, Decimal(200), Decimal(200))},
    }


def test_sums_of_two_currencies_are_never_added() -> None:
    euros = promise("70.00", nov(20), nov(25), nov(27), on=["1"], currency="EUR", name="euros")
    found = totals(reviewed(nov(27), dossier(OLD, friday_check(), euros)))
    assert {currency: part.amount for currency, part in found["broken"].items()} == {
        "USD": Decimal(1000),
        "EUR": Decimal(70),
    }


def test_the_largest_missing_comes_first() -> None:
    small, large = (
        dossier(OLD, friday_check("10.00"), name="Small"),
        dossier(OLD, friday_check("900.00"), name="Large"),
    )
    assert [r.account for r in reviewed(nov(27), small, large).broken] == ["Large", "Small"]


@pytest.mark.parametrize(
    ("last_closed", "facts", "expected"),
    [
        pytest.param(None, [], True, id="before the first review"),
        pytest.param(nov(25), [], True, id="when it broke since the last review"),
        pytest.param(nov(27), [], True, id="when it was left undecided in the last review"),
        pytest.param(nov(27), [call(nov(27))], False, id="not when it was followed up before the last review"),
    ],
)
def test_a_broken_promise_is_reviewed(last_closed: date | None, facts: list[Record], expected: bool) -> None:
    found = reviewed(nov(30), dossier(OLD, friday_check(), *facts), last_closed=last_closed)
    assert bool(found.broken) is expected


@pytest.mark.parametrize(
    ("last_closed", "expected"),
    [
        pytest.param(nov(19), True, id="when the money came since"),
        pytest.param(nov(20), False, id="not when it was in the last review"),
    ],
)
def test_a_kept_promise_is_shown_once(last_closed: date, expected: bool) -> None:
    book = dossier(PAID_ITEM, PAID, payment(nov(20), "200.00", {"2": "200.00"}))
    assert bool(reviewed(nov(23), book, last_closed=last_closed).kept) is expected


def test_a_due_promise_is_shown_in_every_review_until_it_is_decided() -> None:
    for today in (nov(20), nov(23), nov(25)):
        assert reviewed(today, dossier(OLD, friday_check()), last_closed=nov(20)).due


def test_withdrawn_and_superseded_promises_are_not_reviewed() -> None:
    gone = [
        promise("10.00", nov(20), nov(25), nov(27), withdrawn_on=nov(18), name="a"),
        promise("20.00", nov(20), nov(25), nov(27), superseded_by="x", name="b"),
    ]
    found = reviewed(nov(27), dossier(OLD, *gone))
    assert (found.broken, found.partial, found.due, found.kept) == ((), (), (), ())


def test_a_broken_promise_has_its_days_late() -> None:
    late = payment(dec(2), "1000.00", {"1": "1000.00"})
    assert [r.days_late for r in reviewed(nov(27), dossier(OLD, friday_check())).broken] == [7]
    assert [r.days_late for r in reviewed(dec(9), dossier(OLD, friday_check(), late)).broken] == [12]


# What was done about each


def left(until: date, *, on: date) -> Promise:
    """The Friday check, left in the review of a day until another."""
    return msgspec.structs.replace(friday_check(), reviewed_on=on, left_until=until)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([friday_check()], "", id="nothing was"),
        pytest.param([friday_check(), call(nov(26))], "", id="what came before it broke is no answer"),
        pytest.param([friday_check(), attempt(nov(30))], "", id="a try is no answer"),
        pytest.param([friday_check(), call(nov(30))], "spoken with today", id="a conversation"),
        pytest.param([friday_check(), call(nov(27))], "spoken with on Fri 27 Nov", id="a conversation before today"),
        pytest.param([friday_check(), letter(nov(30))], "letter sent today", id="a letter"),
        pytest.param(
            [friday_check(), call(nov(30)), promise("1000.00", dec(4), dec(4), dec(7), taken=nov(30))],
            "new promise",
            id="a new promise",
        ),
        pytest.param([left(dec(1), on=nov(30))], "left until Tue 1 Dec", id="left until tomorrow"),
        pytest.param([left(nov(30), on=nov(27))], "", id="left until today"),
        pytest.param([friday_check(reviewed_on=nov(30))], "decided today", id="decided for good"),
        pytest.param(
            [friday_check(), payment(nov(30), "1000.00", {"1": "1000.00"})], "paid late today", id="money came late"
        ),
    ],
)
def test_a_broken_promise_says_what_was_done_about_it(facts: list[Record], expected: str) -> None:
    (only,) = reviewed(nov(30), dossier(OLD, *facts)).broken
    assert only.handled == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([friday_check()], "", id="nothing was"),
        pytest.param([friday_check(), call(nov(20))], "", id="a conversation before today"),
        pytest.param([friday_check(), call(nov(23))], "spoken with today", id="a conversation today"),
        pytest.param([left(nov(24), on=nov(23))], "left until Tue 24 Nov", id="left until tomorrow"),
        pytest.param([left(nov(23), on=nov(20))], "", id="left until today"),
    ],
)
def test_a_due_promise_says_what_was_done_about_it_today(facts: list[Record], expected: str) -> None:
    (only,) = reviewed(nov(23), dossier(OLD, *facts)).due
    assert only.handled == expected


def test_nothing_is_to_be_done_about_an_account_that_must_not_be_called() -> None:
    (only,) = reviewed(nov(27), dossier(OLD, friday_check(), flags=(Flag.ATTORNEY,))).broken
    assert only.handled == "not to be called: attorney"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([friday_check(), call(dec(1))], 1, id="answered today"),
        pytest.param([left(dec(2), on=dec(1))], 1, id="left today"),
        pytest.param([left(dec(1), on=nov(30)), call(dec(1))], 1, id="left before and answered today"),
        pytest.param([friday_check(), call(nov(27)), call(dec(1))], 0, id="answered long ago, and again today"),
    ],
)
def test_an_old_promise_stays_in_the_review_of_the_day_on_which_it_is_answered(
    facts: list[Record], expected: int
) -> None:
    assert len(reviewed(dec(1), dossier(OLD, *facts), last_closed=nov(30)).broken) == expected
    assert not reviewed(dec(1), dossier(OLD, *facts), last_closed=dec(1)).broken


def test_the_walk_goes_through_broken_partial_and_due_promises_each_the_gravest_first() -> None:
    books = [
        dossier(OLD, friday_check("10.00"), name="Small"),
        dossier(OLD, friday_check("900.00"), name="Large"),
        dossier(OLD, DUE, name="Due"),
        dossier(OLD, friday_check("2000.00"), payment(nov(23), "100.00", {"1": "100.00"}), name="Partial"),
        dossier(PAID_ITEM, PAID, payment(nov(20), "200.00", {"2": "200.00"}), name="Kept"),
    ]
    assert [r.account for r in walk(reviewed(nov(27), *books))] == ["Large", "Small", "Partial", "Due"]


# Left until a day


@pytest.mark.parametrize(
    ("today", "facts", "expected"),
    [
        pytest.param(nov(27), [], 0, id="off the list on the day of the review"),
        pytest.param(nov(28), [], 0, id="off the list over the week-end"),
        pytest.param(nov(30), [], Bucket.BROKEN, id="broken again from the day it was left until"),
        pytest.param(dec(2), [], Bucket.BROKEN, id="and after it"),
        pytest.param(nov(30), [call(nov(27), hour="18:00")], 0, id="not after a conversation"),
        pytest.param(nov(30), [letter(nov(30))], 0, id="not after a letter"),
        pytest.param(
            nov(30), [promise("1000.00", dec(4), dec(4), dec(7), taken=nov(28))], 0, id="not after a new promise"
        ),
    ],
)
def test_a_missed_promise_that_was_left_comes_back_as_if_it_had_not_been_reviewed(
    today: date, facts: list[Record], expected: int
) -> None:
    talk = call(nov(23))
    assert bucket(dossier(OLD, talk, left(nov(30), on=nov(27)), *facts), today) == expected


def test_the_next_day_of_a_promise_that_was_left_is_the_day_it_was_left_until() -> None:
    following = standing(dossier(OLD, call(nov(23)), left(nov(30), on=nov(27))), nov(27)).next
    assert following is not None
    assert (following.day, "promised 1,000.00" in following.why) == (nov(30), True)


@pytest.mark.parametrize(
    ("until", "looked_for", "broken"),
    [
        pytest.param(nov(24), [25, 26], 27, id="until before the last day: nothing changes"),
        pytest.param(nov(26), [26], 27, id="until after the last day"),
        pytest.param(nov(30), [], 30, id="until after it broke"),
    ],
)
def test_a_due_promise_that_was_left_is_looked_for_again_from_that_day(
    until: date, looked_for: list[int], broken: int
) -> None:
    facts = dossier(invoice("1", "1000.00", nov(2)), call(nov(18)), left(until, on=nov(23)))
    found = {day: {r.bucket for r in standing(facts, nov(day)).reasons} for day in range(23, 31)}
    assert [day for day, buckets in found.items() if Bucket.VERIFY in buckets] == looked_for
    assert min(day for day, buckets in found.items() if Bucket.BROKEN in buckets) == broken
    following = standing(facts, nov(23)).next
    assert following is not None
    assert following.day == nov(min([*looked_for, broken]))


# Whose promises are walked through


def owned(clerk: str, name: str, *facts: Record) -> Dossier:
    found = dossier(*facts, name=name)
    return msgspec.structs.replace(found, account=msgspec.structs.replace(found.account, clerk=clerk))


def test_a_clerk_walks_through_what_is_theirs_and_nobodys_and_the_rest_is_counted() -> None:
    books = [
        owned("ann", "Hers", OLD, friday_check("30.00")),
        owned("", "Nobody's", OLD, friday_check("20.00")),
        owned("bob", "His", OLD, friday_check("10.00")),
        owned("bob", "His, handled", OLD, friday_check("9.00"), call(nov(27))),
    ]
    found = reviewed(nov(27), *books)
    assert [r.account for r in walk(found, "ann")] == ["Hers", "Nobody's"]
    assert len(walk(found)) == 4
    assert of_others(found, "ann") == {"bob": 1}


def test_the_first_review_of_an_old_book_walks_only_through_what_matters() -> None:
    books = [
        dossier(OLD, friday_check("10.00"), call(nov(27)), name="Answered before"),
        dossier(OLD, friday_check("20.00"), call(nov(30)), name="Answered today"),
        dossier(OLD, friday_check("30.00"), name="Neglected"),
    ]
    found = reviewed(nov(30), *books)
    assert [r.account for r in found.broken] == ["Neglected", "Answered today", "Answered before"]
    assert [r.account for r in walk(found)] == ["Neglected", "Answered today"]
    assert [r.account for r in walk(reviewed(nov(30), *books, last_closed=nov(26)))] == [
        "Neglected",
        "Answered today",
        "Answered before",
    ]


def test_a_plan_that_one_missed_part_broke_is_one_entry() -> None:
    def part(amount: str, day: date, last: date, breaks: date) -> Promise:
        return msgspec.structs.replace(promise(amount, day, last, breaks, name=amount), plan="plan")

    parts = [part("300.00", nov(20), nov(25), nov(27)), part("700.00", dec(4), dec(9), dec(10))]
    found = reviewed(nov(27), dossier(OLD, *parts))
    assert names(found.broken) == ["700.00", "300.00"]
    assert names(walk(found)) == ["300.00"]


# How fresh the payments are


@pytest.mark.parametrize(
    ("imports", "as_of", "last", "older"),
    [
        pytest.param([], None, None, True, id="none were ever read"),
        pytest.param([report(1, nov(26))], nov(26), 1, True, id="of the day before"),
        pytest.param([report(1, nov(27))], nov(27), 1, False, id="of today"),
        pytest.param(
            [report(1, nov(26)), report(2, nov(25), settles=False, payments=True)], nov(26), 2, True, id="two"
        ),
        pytest.param(
            [report(1, nov(26)), report(2, nov(27), settles=False)], nov(26), 1, True, id="a list of people"
        ),
    ],
)
def test_payments_are_fresh_when_they_are_of_today(
    imports: list[Import], as_of: date | None, last: int | None, older: bool
) -> None:
    found = freshness(reports(*imports), nov(27))
    assert (found.as_of, found.last and found.last.number, found.older) == (as_of, last, older)
