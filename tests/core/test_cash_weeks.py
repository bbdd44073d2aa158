"""Expected cash by week: whole and weighted, currencies apart, beside what came."""

from datetime import date
from decimal import Decimal

import pytest

from arctui.core.cash_weeks import ASCII, PastWeek, Sums, Week, bar, book_rate, largest
from arctui.core.expected import Coming, Gone, Outlook, Part
from arctui.core.track_record import Kept
from tests.core.builders import MONDAY
from tests.core.oracle import dec, nov

UNKNOWN = Kept()


def coming(part: Part, day: date | None, amount: str, currency: str = "USD") -> Coming:
    return Coming(part, day, Decimal(amount), currency)


def sums(*parts: Coming, kept: Kept = UNKNOWN, came: tuple[Gone, ...] = (), promised: tuple[Gone, ...] = ()) -> Sums:
    made = Sums("USD")
    made.put(Outlook(parts, came, promised, kept))
    return made


@pytest.mark.parametrize(
    ("kept", "others", "rate", "expected"),
    [
        ((0, 0), (2, 2), "0.75", "75.00"),
        ((1, 1), (1, 1), "0.75", "80.00"),
        ((0, 1), (5, 5), "0.75", "60.00"),
        ((4, 4), (0, 4), "0.5", "75.00"),
        ((36, 36), (0, 36), "0.5", "95.00"),
    ],
)
def test_an_accounts_own_record_outweighs_the_books_as_it_grows(
    kept: tuple[int, int], others: tuple[int, int], rate: str, expected: str
) -> None:
    made = sums(coming(Part.PROMISE, nov(27), "100.00"), kept=Kept(*kept))
    made.put(Outlook((), (), (), Kept(*others)))
    (forecast,) = made.forecasts(MONDAY, 1)
    assert (forecast.rate, forecast.weighted) == (Decimal(rate), Decimal(expected))


@pytest.mark.parametrize(("kept", "expected"), [((0, 0), "0.5"), ((1, 1), "0.667"), ((89, 98), "0.9")])
def test_a_book_that_knows_nothing_is_half_sure(kept: tuple[int, int], expected: str) -> None:
    assert round(book_rate(Kept(*kept)), 3) == Decimal(expected)


def test_only_promises_are_weighted_by_what_was_kept() -> None:
    made = sums(
        coming(Part.PROMISE, nov(27), "100.00"),
        coming(Part.RUN, nov(27), "10.00"),
        coming(Part.DUE, nov(27), "1.00"),
        kept=Kept(2, 3),
    )
    (forecast,) = made.forecasts(MONDAY, 1)
    assert forecast.rate == Decimal("0.6")
    (week,) = forecast.weeks
    assert (week.promises, week.runs, week.due) == (Decimal(100), Decimal(10), Decimal(1))
    # (2 + 4 x 0.6) / 7 of the promise.
    assert (week.plain, week.weighted) == (Decimal("111.00"), Decimal("73.86"))


def test_what_others_kept_changes_the_weights_of_all() -> None:
    made = sums(coming(Part.PROMISE, nov(27), "100.00"))
    before = made.forecasts(MONDAY, 1)[0].weighted
    made.put(Outlook((), (), (), Kept(8, 8)))
    after = made.forecasts(MONDAY, 1)[0].weighted
    assert (before, after) == (Decimal("50.00"), Decimal("90.00"))


def test_this_week_begins_today_and_every_other_on_its_monday() -> None:
    wednesday = nov(25)
    made = sums(
        coming(Part.DUE, nov(25), "1.00"),
        coming(Part.DUE, nov(29), "2.00"),
        coming(Part.DUE, nov(30), "4.00"),
        coming(Part.DUE, dec(7), "8.00"),
        coming(Part.DUE, date(9999, 1, 1), "16.00"),
        coming(Part.UNDATED, None, "32.00"),
        coming(Part.DISPUTED, None, "64.00"),
        coming(Part.CREDIT, None, "128.00"),
    )
    (forecast,) = made.forecasts(wednesday, 2)
    assert [(w.first, w.last, w.plain) for w in (*forecast.weeks, forecast.later)] == [
        (nov(25), nov(29), Decimal(3)),
        (nov(30), dec(6), Decimal(4)),
        (dec(7), None, Decimal(24)),
    ]
    assert (forecast.undated, forecast.disputed, forecast.credits) == (Decimal(32), Decimal(64), Decimal(128))
    assert (forecast.plain, forecast.open) == (Decimal(7), Decimal(255))


def test_currencies_stand_apart_the_home_currency_first() -> None:
    made = sums(
        coming(Part.DUE, nov(24), "1.00", "CAD"),
        coming(Part.DUE, nov(24), "2.00", "EUR"),
        coming(Part.DUE, nov(24), "4.00", "USD"),
        coming(Part.DUE, nov(24), "8.00", ""),
    )
    assert [(f.currency, f.open) for f in made.forecasts(MONDAY, 1)] == [
        ("USD", Decimal(12)),
        ("CAD", Decimal(1)),
        ("EUR", Decimal(2)),
    ]


def test_past_weeks_have_what_came_and_what_was_promised_up_to_today() -> None:
    wednesday = nov(25)
    came = (
        Gone(nov(15), Decimal(1), "USD"),
        Gone(nov(16), Decimal(2), "USD", inferred=True),
        Gone(nov(22), Decimal(4), "USD"),
        Gone(nov(25), Decimal(8), "USD"),
    )
    promised = (Gone(nov(20), Decimal(5), "USD"), Gone(nov(23), Decimal(7), "USD"))
    (forecast,) = sums(came=came, promised=promised).forecasts(wednesday, 1)
    assert [(w.first, w.last, int(w.came), int(w.inferred), int(w.promised)) for w in forecast.past] == [
        (date(2026, 10, 26), nov(1), 0, 0, 0),
        (nov(2), nov(8), 0, 0, 0),
        (nov(9), nov(15), 1, 0, 0),
        (nov(16), nov(22), 6, 2, 5),
        (nov(23), nov(25), 8, 0, 7),
    ]
    assert largest(forecast) == Decimal(8)


def ahead(plain: str, weighted: str) -> Week:
    zero = Decimal(0)
    return Week(first=MONDAY, last=nov(29), promises=Decimal(plain), runs=zero, due=zero, weighted=Decimal(weighted))


def past(came: str, promised: str) -> PastWeek:
    return PastWeek(nov(16), nov(22), Decimal(came), Decimal(0), Decimal(promised))


@pytest.mark.parametrize(
    ("week", "drawn"),
    [
        (ahead("100", "100"), "##########"),
        (ahead("100", "62"), "######----"),
        (ahead("100", "0"), "----------"),
        (ahead("0.01", "0.01"), "#"),
        (ahead("0", "0"), ""),
        (past("50", "0"), "====="),
        (past("50", "80"), "=====  |"),
        (past("80", "50"), "====|==="),
        (past("80", "80"), "=======|"),
        (past("0", "100"), "         |"),
        (past("0", "0"), ""),
    ],
)
def test_a_bar_is_as_long_as_its_amount_and_can_be_read_without_colour(week: Week | PastWeek, drawn: str) -> None:
    assert bar(week, Decimal(100), 10, ASCII) == drawn
