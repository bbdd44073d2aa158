"""The end-of-day review: the promises whose day has come, by what became of them."""

from datetime import date
from decimal import Decimal

import pytest

from arctui.core.facts import Dossier
from arctui.core.records import Record
from arctui.core.review import Review, Sum, review, totals
from tests.core.builders import call, dossier, friday_check, invoice, payment, promise, standing
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
