"""What an account owes: aging, what reduces a balance, and what is collectable."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.facts import Reports
from arctui.core.ledger import aging_bucket
from arctui.core.money import ZERO, total
from arctui.core.records import Record
from tests.core.builders import (
    NO_REPORTS,
    balance,
    dispute,
    dossier,
    invoice,
    items,
    money,
    payment,
    promise,
    report,
    reports,
    standing,
)
from tests.core.oracle import nov

TODAY = nov(23)
AMOUNTS = st.integers(1, 100_000).map(lambda n: f"{Decimal(n) / 100:.2f}")


def due_days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (-10, "current"), (0, "current"), (1, "1-30"), (30, "1-30"), (31, "31-60"), (60, "31-60"), (61, "61-90"),
        (90, "61-90"), (91, "90+"), (400, "90+"),
    ],
)  # fmt: skip
def test_an_item_ages_by_its_days_past_due(days: int, bucket: str) -> None:
    facts = dossier(invoice("1", "100.00", due_days_ago(days)))
    found = balance(facts, TODAY).aging
    assert {name: amount for name, amount in found.items() if amount} == {bucket: Decimal(100)}
    assert aging_bucket(days) == bucket


def test_an_item_due_today_is_not_past_due() -> None:
    assert balance(dossier(invoice("1", "100.00", TODAY)), TODAY).past_due == 0


def test_days_past_due_are_those_of_the_oldest_item() -> None:
    facts = dossier(invoice("1", "5.00", due_days_ago(3)), invoice("2", "5.00", due_days_ago(46)))
    assert balance(facts, TODAY).days_past_due == 46


def test_aging_goes_by_the_due_date_and_not_by_the_day_of_issue() -> None:
    facts = dossier(invoice("1", "5.00", due_days_ago(2), issued=due_days_ago(200)))
    assert balance(facts, TODAY).aging["1-30"] == 5


def test_an_item_without_a_due_date_is_never_past_due() -> None:
    found = balance(dossier(invoice("1", "100.00", None, issued=date(2020, 1, 1))), TODAY)
    assert (found.past_due, found.collectable, found.aging["current"]) == money(0, 0, 100)


def test_a_negative_balance_is_a_credit_and_is_no_debt_of_any_age() -> None:
    found = balance(dossier(invoice("1", "100.00", due_days_ago(5)), invoice("C", "-30.00", due_days_ago(95))), TODAY)
    assert (found.gross, found.credits, found.net, found.aging["90+"]) == money(100, 30, 70, 0)


def test_two_currencies_are_never_added() -> None:
    facts = dossier(invoice("1", "100.00", due_days_ago(5)), invoice("2", "70.00", due_days_ago(5), currency="EUR"))
    assert balance(facts, TODAY).gross == 100
    assert balance(facts, TODAY, currency="EUR").gross == 70


def test_a_credit_in_one_currency_does_not_pay_a_debt_in_another() -> None:
    facts = dossier(invoice("1", "100.00", due_days_ago(5)), invoice("C", "-70.00", None, currency="EUR"))
    assert balance(facts, TODAY).collectable == 100


# Which payments reduce a balance

REPORTED = reports(report(3, nov(20)))


@pytest.mark.parametrize(
    ("day", "recorded", "known", "as_listed", "open_now"),
    [
        pytest.param(nov(21), 4, REPORTED, False, 60, id="one that came after the report reduces"),
        pytest.param(nov(20), 4, REPORTED, False, 60, id="one of the report's day that came later reduces"),
        pytest.param(nov(19), 4, REPORTED, False, 100, id="one dated before the report was known to it"),
        pytest.param(nov(21), 3, REPORTED, False, 100, id="one that came in the report itself is in its balance"),
        pytest.param(nov(21), 2, REPORTED, False, 100, id="one of an earlier import is in the balance"),
        pytest.param(nov(24), 4, REPORTED, False, 100, id="one dated tomorrow has not come"),
        pytest.param(nov(2), 1, NO_REPORTS, True, 60, id="any reduces an item of a list of amounts"),
        pytest.param(nov(2), 1, REPORTED, True, 100, id="a report of open items settles a list of amounts too"),
    ],
)
def test_a_payment_reduces_what_its_report_did_not_know(
    day: date, recorded: int, known: Reports, as_listed: bool, open_now: int
) -> None:
    facts = dossier(
        invoice("1", "100.00", nov(2), reported=3, as_listed=as_listed),
        payment(day, "40.00", {"1": "40.00"}, recorded=recorded),
    )
    assert balance(facts, TODAY, known).gross == open_now


def test_an_item_listed_after_the_last_report_is_reduced_by_every_payment() -> None:
    facts = dossier(
        invoice("1", "100.00", nov(2), reported=4, as_listed=True),
        payment(nov(3), "40.00", {"1": "40.00"}, recorded=2),
    )
    assert balance(facts, TODAY, reports(report(3, nov(20)))).gross == 60


def test_a_reversed_payment_reduces_nothing() -> None:
    facts = dossier(invoice("1", "100.00", nov(2)), payment(nov(20), "90.00", {"1": "40.00"}, reversed_on=nov(23)))
    found = balance(facts, TODAY)
    assert (found.gross, found.credits) == money(100, 0)


def test_an_inferred_payment_reduces_nothing_because_its_report_did() -> None:
    facts = dossier(
        invoice("1", "60.00", nov(2), as_listed=True), payment(nov(20), "40.00", {"1": "40.00"}, since=nov(10))
    )
    assert balance(facts, TODAY).gross == 60


def test_what_a_payment_leaves_unapplied_is_a_credit() -> None:
    facts = dossier(invoice("1", "100.00", nov(2)), payment(nov(20), "50.00", {"1": "40.00"}))
    found = balance(facts, TODAY)
    assert (found.gross, found.credits, found.collectable) == money(60, 10, 50)


def test_an_overpaid_invoice_is_a_credit() -> None:
    facts = dossier(
        invoice("1", "100.00", nov(2)), invoice("2", "80.00", nov(2)), payment(nov(20), "130.00", {"1": "130.00"})
    )
    found = balance(facts, TODAY)
    assert (found.gross, found.credits, found.collectable) == money(80, 30, 50)


def test_a_payment_in_another_currency_reduces_nothing() -> None:
    facts = dossier(invoice("1", "100.00", nov(2)), payment(nov(20), "40.00", {"1": "40.00"}, currency="EUR"))
    assert balance(facts, TODAY).gross == 100


# Collectable


def test_a_dispute_without_an_invoice_lies_on_the_oldest_item() -> None:
    facts = dossier(
        invoice("new", "100.00", due_days_ago(2)),
        invoice("old", "100.00", due_days_ago(50)),
        dispute("30.00", nov(20)),
    )
    assert {i.invoice.number: i.disputed for i in items(facts, TODAY)} == {"old": 30, "new": 0}


def test_a_dispute_of_an_invoice_not_yet_due_takes_nothing_from_what_is_collectable() -> None:
    facts = dossier(
        invoice("1", "100.00", due_days_ago(2)), invoice("2", "100.00", nov(30)), dispute("30.00", nov(20), on="2")
    )
    assert balance(facts, TODAY).collectable == 100


def test_a_closed_dispute_takes_nothing() -> None:
    facts = dossier(invoice("1", "100.00", due_days_ago(2)), dispute("30.00", nov(18), on="1", closed_on=nov(20)))
    assert balance(facts, TODAY).collectable == 100


def test_two_disputes_take_no_more_than_the_invoice() -> None:
    facts = dossier(
        invoice("1", "100.00", due_days_ago(2)),
        invoice("2", "50.00", due_days_ago(1)),
        dispute("70.00", nov(18), on="1"),
        dispute("70.00", nov(19), on="1"),
    )
    assert balance(facts, TODAY).collectable == 50


def test_money_on_account_for_a_promise_is_taken_off_once() -> None:
    facts = dossier(
        invoice("1", "100.00", due_days_ago(20)),
        invoice("2", "50.00", due_days_ago(10)),
        promise("100.00", nov(24), nov(30), nov(30)),
        payment(nov(20), "60.00"),
    )
    found = standing(facts, TODAY).balance
    assert (found.past_due, found.promised, found.credits, found.collectable) == money(150, 40, 60, 50)


@settings(max_examples=120, deadline=None)
@given(
    promised_items=st.lists(AMOUNTS, min_size=1, max_size=3),
    other_items=st.lists(st.tuples(AMOUNTS, st.integers(-20, 120), st.integers(0, 100)), max_size=4),
    share=st.integers(1, 100),
    memos=st.lists(AMOUNTS, max_size=2),
    cash=st.lists(AMOUNTS, max_size=2),
)
def test_collectable_is_past_due_less_disputed_promised_and_credits_never_below_zero(
    promised_items: list[str],
    other_items: list[tuple[str, int, int]],
    share: int,
    memos: list[str],
    cash: list[str],
) -> None:
    facts: list[Record] = [invoice(f"p{n}", amount, due_days_ago(9)) for n, amount in enumerate(promised_items)]
    past_due = total(map(Decimal, promised_items))
    sum_promised = max(Decimal("0.01"), (past_due * share / 100).quantize(Decimal("0.01")))
    names = [f"p{n}" for n in range(len(promised_items))]
    facts.append(promise(str(sum_promised), nov(24), nov(30), nov(30), on=names, tolerance="0.00"))
    disputed = ZERO
    for n, (amount, days, per_cent) in enumerate(other_items):
        facts.append(invoice(f"o{n}", amount, due_days_ago(days)))
        part = (Decimal(amount) * per_cent / 100).quantize(Decimal("0.01"))
        if part:
            facts.append(dispute(str(part), nov(1 + n), on=[f"o{n}"]))
        past_due += Decimal(amount) if days > 0 else ZERO
        disputed += part if days > 0 else ZERO
    facts += [invoice(f"c{n}", f"-{amount}", None) for n, amount in enumerate(memos)]
    # Dated before the promise was taken, so it is a credit and no part of the promise.
    facts += [payment(nov(1), amount, name=f"cash {n}") for n, amount in enumerate(cash)]
    expected = past_due - disputed - sum_promised - total(map(Decimal, [*memos, *cash]))
    assert standing(dossier(*facts), TODAY).balance.collectable == max(Decimal(0), expected)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(AMOUNTS, st.booleans(), st.one_of(st.none(), st.integers(-20, 120))), max_size=6),
    st.lists(st.tuples(AMOUNTS, st.integers(0, 5)), max_size=4),
    st.lists(st.tuples(AMOUNTS, st.integers(0, 5)), max_size=4),
)
def test_no_part_of_any_item_is_below_zero_or_above_what_is_open(
    amounts: list[tuple[str, bool, int | None]], disputes: list[tuple[str, int]], paid: list[tuple[str, int]]
) -> None:
    facts: list[Record] = [
        invoice(str(n), f"-{amount}" if credit else amount, None if days is None else due_days_ago(days))
        for n, (amount, credit, days) in enumerate(amounts)
    ]
    facts += [dispute(amount, nov(1 + n), on=[str(target)]) for n, (amount, target) in enumerate(disputes)]
    facts += [payment(nov(1 + n), amount, {str(target): amount}) for n, (amount, target) in enumerate(paid)]
    for item in standing(dossier(*facts), TODAY).items:
        parts = (item.disputed, item.promised, item.collectable)
        assert all(part >= 0 for part in parts)
        assert sum(parts) <= max(item.open, Decimal(0))
