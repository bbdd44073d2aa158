"""The figures over time: from the closing of a day, else rolled back, else unknown with what is missing."""

from decimal import Decimal

import pytest

from arctui.core.changes import removed
from arctui.core.decisions import Closing
from arctui.core.trend import Asked, By, Source, periods
from tests.desk.ledgers import B1, B2, C1, Ledger, nov


@pytest.fixture
def fed(ledger: Ledger) -> Ledger:
    """Open items since 2 November, the 2nd closed, a payment of the 3rd that came to be known on the 5th."""
    ledger.open_items(B1, B2, C1)
    ledger.desk.reviews.close()
    ledger.on(5)
    ledger.open_items(B1, B2, C1, "Birch Works,B-1043,2026-11-04,2026-12-04,70.00,70.00")
    ledger.paid("Birch Works,2026-11-03,40.00,B-1041,chk 1")
    return ledger


def test_the_points_are_of_business_days_and_the_last_one_is_today(fed: Ledger) -> None:
    points = fed.desk.closings.trend("USD", None, 5, By.DAY)
    assert [p.period.last.day for p in points] == [30, 2, 3, 4, 5]
    assert [p.period.first.day for p in points] == [30, 31, 3, 4, 5], "a Monday has the days off before it"
    assert [p.source for p in points] == [Source.UNKNOWN, Source.CLOSING, *[Source.ROLLED_BACK] * 3]
    assert [p.total.value for p in points] == [None, *map(Decimal, ("180.00", "140.00", "210.00", "210.00"))]
    assert [p.past_due.value for p in points[1:]] == list(map(Decimal, ("180.00", "140.00", "140.00", "140.00")))
    assert points[0].total.missing == points[0].cash.missing == "nothing is known of before Mon 2 Nov"
    assert [p.cash.value for p in points[2:]] == [Decimal("40.00"), 0, 0]


def test_today_is_as_the_figures_of_today(fed: Ledger) -> None:
    (today,) = fed.desk.closings.trend("USD", None, 1, By.DAY)
    figures = fed.desk.figures()["USD"]
    assert today.aging | {"total": today.total.value} == figures.aging
    assert (today.dso, today.best_possible_dso) == (figures.dso_known, figures.best_known)


def test_months_end_with_their_last_day_and_the_present_one_with_today(ledger: Ledger) -> None:
    ledger.listed("Birch Works,B-1041,2026-07-01,2026-08-01,100.00", "Birch Works,B-1042,2026-10-01,2026-11-01,50.00")
    ledger.paid("Birch Works,2026-07-01,10.00,B-1041,chk 0", "Birch Works,2026-10-12,90.00,B-1041,chk 1")
    points = ledger.desk.closings.trend("USD", None, 4)
    assert [p.period.name for p in points] == ["2026-08", "2026-09", "2026-10", "2026-11-01..2026-11-02"]
    assert [p.total.value for p in points] == list(map(Decimal, ("90.00", "90.00", "50.00", "50.00")))
    assert [p.cash.value for p in points] == list(map(Decimal, ("0", "0", "90.00", "0")))
    assert points[2].cei.value == Decimal(90 + 50 - 50) / Decimal(90 + 50 - 50) * 100
    assert points[2].dso.value == Decimal("50.00") / Decimal("50.00") * 90
    figures = ledger.desk.figures()["USD"]
    assert points[3].dso.value == figures.dso
    assert points[2].cei.value == next(m.cei.value for m in figures.months if m.period == points[2].period)


def test_a_closing_in_the_month_stands_for_it_where_nothing_else_is_known(ledger: Ledger) -> None:
    """A report without days of issue does not tell how long its items were there."""
    ledger.open_items("Birch Works,B-1041,,2026-12-01,100.00,100.00")
    ledger.desk.reviews.close()
    ledger.on(30)
    ledger.open_items("Birch Works,B-1041,,2026-12-01,100.00,60.00", "Birch Works,B-9,,2026-12-30,5.00,5.00")
    (point,) = ledger.desk.closings.trend("USD", nov(29), 1)
    assert (point.source, point.as_of, point.total.value) == (Source.CLOSING, nov(2), Decimal("100.00"))


def test_an_act_looks_again_only_at_the_account_that_it_touched(fed: Ledger) -> None:
    trends = fed.desk.closings.trends(None, 3, By.DAY)
    assert trends.look(0) is False
    assert trends.points("USD")[-1].total.value == Decimal("210.00")
    assert trends.waiting == 0
    fed.desk.log(fed.account().id, "wbp fri 60 ach")
    assert fed.desk.closings.trends(None, 3, By.DAY) is trends
    assert trends.waiting == 1
    assert trends.points("USD")[-1].total.value == Decimal("210.00")


def test_a_kept_promise_counts_in_the_month_in_which_it_was_decided(fed: Ledger) -> None:
    fed.desk.log(fed.account().id, "wbp fri 60 ach")
    fed.on(9)
    fed.paid("Birch Works,2026-11-06,60.00,B-1041,chk 2")
    before, present = fed.desk.closings.trend("USD", None, 2)
    assert (before.kept_rate.value, before.kept_rate.missing) == (None, "no promise was decided in this time")
    assert present.kept_rate.value == present.kept_rate_amount.value == 1


def test_without_its_closing_a_day_is_rolled_back_to_the_same(fed: Ledger) -> None:
    asked = Asked(periods(nov(2), 1, By.DAY, fed.desk.rules.calendar), By.DAY)
    (closed,) = fed.desk.derived.trends(asked).points("USD")
    fed.desk.commit("opened again", [removed(c) for c in fed.book.facts.all(Closing)])
    (back,) = fed.desk.derived.trends(asked).points("USD")
    assert (closed.source, back.source) == (Source.CLOSING, Source.ROLLED_BACK)
    assert closed.aging == back.aging
