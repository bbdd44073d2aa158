"""What becomes of a promise: its window, the verdicts, and what changes them."""

from datetime import date
from decimal import Decimal

import pytest

from arctui.core.business import BusinessCalendar
from arctui.core.money import ZERO
from arctui.core.policy import Policy
from arctui.core.promises import Verdict, judge, no_grace, tolerance, window
from arctui.core.records import Method, Payment, Promise, Record
from tests.core.builders import (
    dispute,
    dossier,
    friday_check,
    invoice,
    money,
    payment,
    promise,
    standing,
    verdict,
    verdicts,
)
from tests.core.oracle import dec, nov

INVOICE = invoice("1", "1000.00", nov(2))
US = BusinessCalendar()


@pytest.mark.parametrize(
    ("day", "method", "in_hands", "last_day", "breaks_on"),
    [
        pytest.param(nov(20), Method.CHECK, False, nov(25), nov(27), id="a check for Friday has three days of grace"),
        pytest.param(nov(20), Method.TRANSFER, False, nov(23), nov(24), id="a transfer has one"),
        pytest.param(nov(20), Method.CARD, False, nov(20), nov(23), id="a card has none"),
        pytest.param(nov(20), None, False, nov(25), nov(27), id="no way of paying said is taken as a check"),
        pytest.param(nov(21), Method.CARD, False, nov(23), nov(24), id="a Saturday counts as Monday"),
        pytest.param(nov(22), Method.CHECK, False, nov(27), nov(30), id="a check for Sunday counts from Monday"),
        pytest.param(nov(26), Method.TRANSFER, False, nov(30), dec(1), id="a holiday counts as the day after it"),
        pytest.param(nov(25), Method.TRANSFER, False, nov(27), nov(30), id="grace skips the holiday"),
        pytest.param(nov(27), Method.CHECK, True, nov(27), nov(30), id="in our hands there is no grace"),
        pytest.param(nov(28), Method.TRANSFER, True, nov(30), dec(1), id="in our hands on a Saturday is Monday"),
        pytest.param(dec(31), Method.CHECK, False, date(2027, 1, 6), date(2027, 1, 7), id="grace runs over New Year"),
        pytest.param(date(2028, 2, 29), Method.TRANSFER, False, date(2028, 3, 1), date(2028, 3, 2), id="a leap day"),
    ],
)
def test_the_window_of_a_promise(
    day: date, method: Method | None, in_hands: bool, last_day: date, breaks_on: date
) -> None:
    found = window(day, method, Policy(), US, in_hands=in_hands)
    assert (found.last_day, found.breaks_on) == (last_day, breaks_on)


def test_grace_is_a_setting_by_way_of_paying() -> None:
    found = window(nov(20), Method.CARD, Policy(grace_card_business_days=2), US, in_hands=False)
    assert (found.grace_days, found.last_day, found.breaks_on) == (2, nov(24), nov(25))


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        pytest.param("100.00", "1.00", id="1.00 where half a per cent is less"),
        pytest.param("200.00", "1.00", id="1.00 where both are equal"),
        pytest.param("1000.00", "5.00", id="half a per cent where that is more"),
        pytest.param("333.33", "1.67", id="half a per cent is rounded to the cent"),
        pytest.param("0.80", "0.79", id="never the whole promise"),
    ],
)
def test_the_tolerance_is_the_larger_of_one_and_half_a_per_cent(amount: str, expected: str) -> None:
    assert tolerance(Decimal(amount), Policy()) == Decimal(expected)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(nov(19), Verdict.OPEN, id="open before the promised day"),
        pytest.param(nov(20), Verdict.DUE, id="due on the promised day"),
        pytest.param(nov(25), Verdict.DUE, id="due on the last day of the window"),
        pytest.param(nov(26), Verdict.DUE, id="due on the holiday after the window"),
        pytest.param(nov(27), Verdict.BROKEN, id="broken on the first business day after the window"),
        pytest.param(date(2027, 6, 1), Verdict.BROKEN, id="broken for ever"),
    ],
)
def test_an_unpaid_promise_as_the_days_go_by(today: date, expected: Verdict) -> None:
    assert verdict(today, INVOICE, friday_check()).verdict is expected


@pytest.mark.parametrize(
    ("came", "amount", "expected", "received"),
    [
        pytest.param(nov(16), "1000.00", Verdict.KEPT, "1000.00", id="kept by money of the day it was taken"),
        pytest.param(
            nov(15), "1000.00", Verdict.BROKEN, "0", id="money of the day before it was taken does not count"
        ),
        pytest.param(nov(18), "1000.00", Verdict.KEPT, "1000.00", id="kept by money that comes early"),
        pytest.param(nov(25), "1000.00", Verdict.KEPT, "1000.00", id="kept by money on the last day"),
        pytest.param(nov(26), "1000.00", Verdict.BROKEN, "0", id="broken by money on the day after the last"),
        pytest.param(nov(24), "995.00", Verdict.KEPT, "995.00", id="kept with just the tolerance missing"),
        pytest.param(nov(24), "994.99", Verdict.PARTIAL, "994.99", id="partial with a cent more missing"),
        pytest.param(nov(24), "0.01", Verdict.PARTIAL, "0.01", id="partial with one cent"),
        pytest.param(nov(24), "1500.00", Verdict.KEPT, "1000.00", id="no more is counted than was promised"),
    ],
)
def test_money_in_the_window_decides(came: date, amount: str, expected: Verdict, received: str) -> None:
    found = verdict(nov(27), INVOICE, friday_check(), payment(came, amount, {"1": amount}))
    assert (found.verdict, found.received) == (expected, Decimal(received))


def test_a_promise_is_kept_as_soon_as_the_money_is_here() -> None:
    found = verdict(nov(18), INVOICE, friday_check(), payment(nov(18), "1000.00", {"1": "1000.00"}))
    assert (found.verdict, found.kept_on) == (Verdict.KEPT, nov(18))


def test_a_promise_is_kept_on_the_day_on_which_the_money_was_enough() -> None:
    parts = [payment(day, "400.00", {"1": "400.00"}) for day in (nov(17), nov(19), nov(23))]
    assert verdict(nov(27), INVOICE, friday_check(), *parts).kept_on == nov(23)


def test_money_dated_after_today_has_not_come() -> None:
    coming = payment(nov(24), "1000.00", {"1": "1000.00"})
    assert verdict(nov(23), INVOICE, friday_check(), coming).verdict is Verdict.DUE


@pytest.mark.parametrize(
    ("applied", "expected"),
    [
        pytest.param({"1": "1000.00"}, Verdict.KEPT, id="applied to the promise's invoice"),
        pytest.param({}, Verdict.KEPT, id="unapplied on the account"),
        pytest.param({"2": "1000.00"}, Verdict.BROKEN, id="applied to another invoice"),
        pytest.param({"1": "600.00"}, Verdict.KEPT, id="applied in part and the rest on account"),
        pytest.param({"1": "600.00", "2": "400.00"}, Verdict.PARTIAL, id="applied in part to another invoice"),
    ],
)
def test_money_counts_where_it_was_applied(applied: dict[str, str], expected: Verdict) -> None:
    other = invoice("2", "1000.00", nov(2))
    paid = payment(nov(23), "1000.00", applied)
    assert verdict(nov(27), INVOICE, other, friday_check(), paid).verdict is expected


def test_money_in_another_currency_does_not_count() -> None:
    euros = payment(nov(23), "1000.00", currency="EUR")
    assert verdict(nov(27), INVOICE, friday_check(), euros).verdict is Verdict.BROKEN


def test_a_reversed_payment_is_as_if_it_had_not_come() -> None:
    bounced = payment(nov(20), "1000.00", {"1": "1000.00"}, reversed_on=dec(1))
    found = verdict(dec(1), INVOICE, friday_check(), bounced)
    assert (found.verdict, found.received, found.kept_on) == (Verdict.BROKEN, ZERO, None)


# Payments of which only an interval is known


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        pytest.param(nov(17), nov(24), Verdict.KEPT, id="inside the window"),
        pytest.param(nov(10), nov(16), Verdict.KEPT, id="ends on the day it was taken"),
        pytest.param(nov(10), nov(15), Verdict.BROKEN, id="ends before it was taken"),
        pytest.param(nov(25), dec(1), Verdict.KEPT, id="begins on the last day"),
        pytest.param(nov(26), dec(1), Verdict.BROKEN, id="begins after the last day"),
        pytest.param(nov(1), dec(1), Verdict.KEPT, id="spans the whole window"),
    ],
)
def test_an_interval_that_touches_the_window_keeps_the_promise(since: date, until: date, expected: Verdict) -> None:
    inferred = payment(until, "1000.00", {"1": "1000.00"}, since=since)
    assert verdict(dec(1), INVOICE, friday_check(), inferred).verdict is expected


def test_a_promise_kept_by_an_interval_has_no_known_day() -> None:
    inferred = payment(nov(30), "1000.00", {"1": "1000.00"}, since=nov(23))
    found = verdict(nov(30), INVOICE, friday_check(), inferred)
    assert (found.verdict, found.kept_on, found.day_unknown) == (Verdict.KEPT, None, True)


# After the window


@pytest.mark.parametrize(
    ("early", "expected"),
    [
        pytest.param("0", Verdict.BROKEN, id="broken stays"),
        pytest.param("300.00", Verdict.PARTIAL, id="partial stays"),
    ],
)
def test_late_money_changes_no_verdict_and_its_day_is_kept(early: str, expected: Verdict) -> None:
    rest = str(Decimal("1000.00") - Decimal(early))
    facts = [payment(nov(23), early, {"1": early}), payment(dec(2), rest, {"1": rest})]
    found = verdict(dec(9), INVOICE, friday_check(), *facts)
    assert (found.verdict, found.received, found.late) == (expected, Decimal(early), Decimal(rest))
    assert (found.late_on, found.missing, found.kept_on) == (dec(2), ZERO, None)


def test_days_late_run_to_the_late_money_or_to_today() -> None:
    paid = payment(dec(2), "1000.00", {"1": "1000.00"})
    assert verdict(dec(9), INVOICE, friday_check(), paid).days_late(dec(9)) == 12
    assert verdict(dec(9), INVOICE, friday_check()).days_late(dec(9)) == 19


def test_a_kept_promise_is_late_by_the_days_to_its_money() -> None:
    found = verdict(dec(20), INVOICE, friday_check(), payment(nov(23), "1000.00", {"1": "1000.00"}))
    assert found.kept_on == nov(23)
    assert found.days_late(dec(20)) == 3


# Withdrawn, superseded, suspended


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(
            promise("9.00", nov(20), nov(25), nov(27), withdrawn_on=nov(18)), Verdict.WITHDRAWN, id="taken back"
        ),
        pytest.param(
            promise("9.00", nov(20), nov(25), nov(27), superseded_by="x"), Verdict.SUPERSEDED, id="replaced"
        ),
    ],
)
def test_a_promise_that_no_longer_holds_takes_no_money_and_is_never_broken(given: Promise, expected: Verdict) -> None:
    found = verdict(dec(9), INVOICE, given, payment(nov(20), "9.00"))
    assert (found.verdict, found.received) == (expected, ZERO)
    assert not found.live
    assert not found.missed


def test_money_passes_a_withdrawn_promise_by_to_the_next_one() -> None:
    gone = promise("500.00", nov(18), nov(23), nov(24), withdrawn_on=nov(17))
    found = verdicts(nov(27), INVOICE, gone, friday_check("500.00"), payment(nov(20), "500.00"))
    assert [j.verdict for j in found] == [Verdict.WITHDRAWN, Verdict.KEPT]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([dispute("1000.00", nov(18), on="1")], Verdict.SUSPENDED, id="suspended while it was live"),
        pytest.param([dispute("400.00", nov(25), on="1")], Verdict.SUSPENDED, id="suspended on the last day"),
        pytest.param(
            [dispute("1000.00", dec(1), on="1")], Verdict.BROKEN, id="a dispute after it broke changes nothing"
        ),
        pytest.param(
            [dispute("1000.00", nov(18), on="2")], Verdict.BROKEN, id="another invoice's dispute is none of it"
        ),
        pytest.param(
            [dispute("1000.00", nov(18), on="1"), payment(nov(17), "1000.00", {"1": "1000.00"})],
            Verdict.KEPT,
            id="what was kept stays kept",
        ),
    ],
)
def test_a_promise_is_suspended_while_its_invoice_is_disputed(facts: list[Record], expected: Verdict) -> None:
    other = invoice("2", "1000.00", nov(2))
    found = standing(dossier(INVOICE, other, friday_check(), *facts), dec(2))
    assert [j.verdict for j in found.judged] == [expected]


def test_money_that_comes_late_does_not_turn_a_broken_promise_of_the_undisputed_rest_into_a_suspended_one() -> None:
    said = [invoice("1", "1200.00", nov(1)), friday_check("1000.00"), dispute("200.00", nov(16), on="1")]
    opens = {"id-1": Decimal("1200.00")}
    (before,) = judge(dossier(*said), opens, nov(27))
    late = payment(nov(27), "400.00", {"1": "400.00"})
    (after,) = judge(dossier(*said, late), {"id-1": Decimal("800.00")}, nov(27))
    assert (before.verdict, after.verdict, after.late) == (Verdict.BROKEN, Verdict.BROKEN, Decimal("400.00"))


def test_a_suspended_promise_covers_nothing_and_the_dispute_does() -> None:
    found = standing(dossier(INVOICE, friday_check(), dispute("1000.00", nov(18), on="1")), nov(19)).balance
    assert (found.promised, found.disputed, found.collectable) == money(0, 1000, 0)


# No grace after a broken promise

BROKEN = promise("100.00", nov(6), nov(12), nov(13), taken=nov(2), name="a")
LATER = promise("50.00", nov(18), nov(23), nov(24), taken=nov(13), name="b")
LATER_MONEY = payment(nov(18), "50.00", {"1": "50.00"})


@pytest.mark.parametrize(
    ("today", "facts", "expected"),
    [
        pytest.param(nov(12), [BROKEN], False, id="not while it is still due"),
        pytest.param(nov(13), [BROKEN], True, id="from the day it is broken"),
        pytest.param(nov(17), [BROKEN, LATER], True, id="while a later one is open"),
        pytest.param(nov(18), [BROKEN, LATER, LATER_MONEY], False, id="until a later one is kept"),
        pytest.param(nov(24), [BROKEN, LATER], True, id="after two broken ones"),
        pytest.param(nov(16), [BROKEN, payment(nov(16), "100.00")], True, id="late money is no kept promise"),
        pytest.param(nov(20), [friday_check()], False, id="not without a broken promise"),
    ],
)
def test_no_grace_from_a_broken_promise_until_a_later_one_is_kept(
    today: date, facts: list[Promise | Payment], expected: bool
) -> None:
    assert no_grace(verdicts(today, INVOICE, *facts)) is expected


def test_a_promise_kept_before_another_broke_gives_no_grace_back() -> None:
    kept = promise("50.00", nov(4), nov(9), nov(10), taken=nov(1), name="kept")
    found = verdicts(nov(16), INVOICE, kept, BROKEN, payment(nov(4), "50.00", {"1": "50.00"}))
    assert [j.verdict for j in found] == [Verdict.KEPT, Verdict.BROKEN]
    assert no_grace(found)
