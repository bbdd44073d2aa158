"""What was owed and known at the end of an earlier day, told from what is known today."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.decisions import CreditDecision
from arctui.core.facts import Dossier, Reports
from arctui.core.ledger import Balance, balances, open_amounts, unapplied_cash
from arctui.core.past import as_known_on, known_since, opens_on, stocks_on
from arctui.core.promises import Judged, Verdict, judge
from arctui.core.records import Applied, Invoice, Record
from tests.core.builders import (
    ACCOUNT,
    NO_REPORTS,
    call,
    callback,
    dispute,
    dossier,
    friday_check,
    invoice,
    items,
    moment,
    payment,
    promise,
    report,
    reports,
)
from tests.core.oracle import dec, nov

TODAY = nov(30)
_ISSUED = nov(1)
KNOWN = reports(report(1, nov(2)), report(2, nov(16)), report(3, nov(30)))
OWED = invoice("1", "1000.00", nov(10), issued=nov(1), reported=3)


def closed(number: str, amount: str, due: date | None, by: int, issued: date = _ISSUED) -> Invoice:
    """What a report shows to be open no more."""
    item = invoice(number, amount, due, issued=issued, reported=by)
    return msgspec.structs.replace(item, balance=Decimal("0.00"))


def stocks(*facts: Record, known: Reports = KNOWN, days: range = range(1, 31)) -> dict[int, dict[str, str]]:
    """What was owed in dollars on each day of November, rolled back from the last."""
    book = dossier(*facts)
    on = [nov(day) for day in days]
    found = stocks_on(book, open_amounts(book, known, TODAY), known, TODAY, on)
    return {
        day.day: {name: str(amount) for name, amount in stock.get("USD", {}).items() if amount}
        for day, stock in zip(on, found, strict=True)
    }


def changes(*facts: Record, known: Reports = KNOWN) -> list[tuple[int, dict[str, str]]]:
    """What was owed, on the first day of November and each on which that changed."""
    rows = list(stocks(*facts, known=known).items())
    return rows[:1] + [row for before, row in pairwise(rows) if row[1] != before[1]]


def test_a_payment_is_taken_back_on_the_days_before_it() -> None:
    paid = closed("1", "100.00", dec(31), 3)
    assert changes(paid, payment(nov(12), "100.00", {"1": "100.00"})) == [(1, {"current": "100.00"}), (12, {})]


def test_a_debt_ages_by_its_due_date_on_each_day() -> None:
    due = nov(3)
    paid = closed("1", "100.00", due, 3, issued=nov(2))
    found = changes(paid, payment(nov(28), "100.00", {"1": "100.00"}))
    assert found == [(1, {}), (2, {"current": "100.00"}), (4, {"1-30": "100.00"}), (28, {})]


def test_money_that_two_reports_tell_of_came_on_the_day_of_the_second() -> None:
    paid = closed("1", "100.00", dec(31), 2)
    told = payment(nov(16), "100.00", {"1": "100.00"}, since=nov(2))
    assert changes(paid, told) == [(1, {"current": "100.00"}), (16, {})]


def test_cash_was_on_account_until_it_was_applied() -> None:
    paid = closed("1", "100.00", dec(31), 3)
    later = Applied("1", Decimal("100.00"), nov(20), 3)
    cash = msgspec.structs.replace(payment(nov(12), "100.00", recorded=2), applied=(later,))
    owed = {"current": "100.00"}
    assert changes(paid, cash) == [(1, owed), (12, {**owed, "credits": "-100.00"}), (20, {})]


def test_a_check_that_came_back_had_come_until_then() -> None:
    owed = invoice("1", "100.00", dec(31), issued=nov(1), as_listed=True)
    bounced = payment(nov(12), "100.00", {"1": "100.00"}, reversed_on=nov(19))
    known = {"current": "100.00"}
    assert changes(owed, bounced, known=NO_REPORTS) == [(1, known), (12, {}), (19, known)]


def test_what_is_void_was_owed_until_the_report_that_said_so() -> None:
    void = msgspec.structs.replace(closed("1", "100.00", dec(31), 2), void=True)
    assert changes(void) == [(1, {"current": "100.00"}), (16, {})]


def test_a_credit_that_was_used_up_stood_beside_the_debt_that_it_paid() -> None:
    credit = closed("CM", "-40.00", None, 2)
    paid = closed("1", "40.00", dec(31), 2)
    owed = {"current": "40.00", "credits": "-40.00"}
    assert changes(credit, paid) == [(1, owed), (16, {})]


def test_a_credit_that_paid_part_of_a_debt_stood_beside_all_of_it() -> None:
    credit = closed("CM", "-40.00", None, 2)
    owed = msgspec.structs.replace(OWED, balance=Decimal("960.00"), due=dec(31))
    assert changes(credit, owed) == [(1, {"current": "1000.00", "credits": "-40.00"}), (16, {"current": "960.00"})]


def test_what_was_paid_before_the_first_report_is_not_owed_after_it() -> None:
    partly = msgspec.structs.replace(OWED, balance=Decimal("300.00"), due=dec(31))
    assert changes(partly) == [(1, {"current": "300.00"})]


def test_money_at_the_bank_that_the_report_does_not_have_reduces_nothing() -> None:
    owed = msgspec.structs.replace(OWED, balance=Decimal("600.00"), due=dec(31))
    by_bank = payment(nov(5), "600.00", {"1": "600.00"}, recorded=2)
    waiting = msgspec.structs.replace(by_bank, entered_by="bank statement")
    assert changes(owed, waiting) == [(1, {"current": "600.00"})]


def test_nothing_was_owed_of_what_was_issued_later() -> None:
    later = invoice("1", "100.00", dec(31), issued=nov(9), reported=3)
    assert changes(later) == [(1, {}), (9, {"current": "100.00"})]


def test_currencies_are_kept_apart() -> None:
    euros = invoice("E", "50.00", dec(31), issued=nov(1), currency="EUR", reported=3)
    book = dossier(OWED, euros, payment(nov(20), "10.00", currency="EUR", recorded=3))
    (found,) = stocks_on(book, open_amounts(book, KNOWN, TODAY), KNOWN, TODAY, [nov(24)])
    assert {c: sum(aging.values()) for c, aging in found.items()} == {"USD": Decimal(1000), "EUR": Decimal(40)}


_DAYS = st.integers(1, 30).map(nov)
_AMOUNTS = st.decimals(1, 500, places=2)


@st.composite
def books(draw: st.DrawFn) -> Dossier:
    """Invoices of a list, with payments on them, on account, applied later, and taken back."""
    invoices = [
        invoice(str(n), str(draw(_AMOUNTS)), draw(_DAYS), issued=draw(_DAYS), as_listed=True)
        for n in range(draw(st.integers(1, 4)))
    ]
    payments = []
    for n in range(draw(st.integers(0, 5))):
        day, amount = draw(_DAYS), draw(_AMOUNTS)
        part = draw(st.decimals(0, amount, places=2))
        applied = Applied(str(draw(st.integers(0, 4))), part, draw(st.none() | st.dates(day, nov(30))))
        back = draw(st.none() | st.dates(day, nov(30)))
        came = payment(day, str(amount), name=f"p{n}", reversed_on=back)
        payments.append(msgspec.structs.replace(came, applied=(applied,) if part else ()))
    return dossier(*invoices, *payments)


@settings(max_examples=25, deadline=None)
@given(books(), _DAYS)
def test_a_day_rolled_back_equals_the_same_day_looked_at_on_itself(book: Dossier, day: date) -> None:
    """A list is a history: what was known on a day is what is dated up to it."""
    opens = open_amounts(book, NO_REPORTS, TODAY)
    (found,) = stocks_on(book, opens, NO_REPORTS, TODAY, [day])
    then = as_known_on(book, day)
    owed = open_amounts(then, NO_REPORTS, day)
    assert opens_on(book, opens, NO_REPORTS, TODAY, day) == {**dict.fromkeys(opens, Decimal(0)), **owed}
    sums = balances(items(then, day), unapplied_cash(then, NO_REPORTS, day)).get(
        "USD", Balance(currency="", aging={})
    )
    wanted = {**sums.aging, "credits": -sums.credits}
    assert nonzero(found.get("USD", {})) == nonzero(wanted)


def nonzero(aging: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {name: amount for name, amount in aging.items() if amount}


def test_what_came_was_said_or_agreed_later_was_not_known() -> None:
    later = [
        payment(nov(21), "1.00"),
        call(nov(21)),
        promise("10.00", nov(27), nov(30), dec(1), taken=nov(21)),
        dispute("10.00", nov(21)),
        msgspec.structs.replace(callback(nov(25)), set_on=nov(21)),
        invoice("9", "10.00", dec(31), issued=nov(21)),
        CreditDecision(id="c", account=ACCOUNT, day=nov(21), at=moment(nov(21)), by="ann", hold=True, reason="late"),
    ]
    assert as_known_on(dossier(OWED, *later), nov(20)) == dossier(OWED)
    assert as_known_on(dossier(OWED, *later), nov(21)) == dossier(OWED, *later)


@pytest.mark.parametrize(
    ("done", "before"),
    [
        (friday_check(reviewed_on=nov(27)), friday_check()),
        (dispute("5.00", nov(9), closed_on=nov(27)), dispute("5.00", nov(9))),
        (callback(nov(9), done_on=nov(27)), callback(nov(9))),
        (payment(nov(9), "5.00", reversed_on=nov(27), name="p"), payment(nov(9), "5.00", name="p")),
        (
            promise("5.00", nov(20), nov(25), nov(27), withdrawn_on=nov(27), name="p"),
            promise("5.00", nov(20), nov(25), nov(27), name="p"),
        ),
    ],
    ids=["reviewed", "solved", "done", "returned", "withdrawn"],
)
def test_what_was_done_to_a_fact_later_was_not_done_yet(done: Record, before: Record) -> None:
    assert as_known_on(dossier(done), nov(26)) == dossier(before)
    assert as_known_on(dossier(done), nov(27)) == dossier(done)


def test_a_promise_that_was_replaced_later_stood_until_then() -> None:
    new = promise("10.00", dec(4), dec(9), dec(10), taken=nov(24), name="new")
    old = promise("10.00", nov(20), nov(25), nov(27), superseded_by="new", name="old")
    (stood,) = as_known_on(dossier(old, new), nov(23)).promises
    assert (stood.id, stood.superseded_by) == ("old", "")
    assert as_known_on(dossier(old, new), nov(24)).promises == (old, new)


def test_cash_that_was_applied_later_was_on_account() -> None:
    later = Applied("1", Decimal("5.00"), nov(27))
    cash = msgspec.structs.replace(payment(nov(9), "5.00"), applied=(later,))
    (known,) = as_known_on(dossier(cash), nov(26)).payments
    assert known.applied == ()


def test_an_invoice_is_void_from_the_report_on_that_says_so() -> None:
    void = msgspec.structs.replace(closed("1", "100.00", dec(31), 2), void=True)
    assert [as_known_on(dossier(void), nov(day), KNOWN).invoices[0].void for day in (15, 16)] == [False, True]


def _judged_on(book: Dossier, opens: Mapping[str, Decimal], day: date) -> tuple[Judged, ...]:
    return judge(as_known_on(book, day, NO_REPORTS), opens_on(book, opens, NO_REPORTS, TODAY, day), day)


def test_a_verdict_of_a_past_day_knows_nothing_of_what_came_after() -> None:
    owed = invoice("1", "1000.00", nov(10), issued=nov(1), as_listed=True)
    bounced = payment(nov(20), "1000.00", {"1": "1000.00"}, reversed_on=nov(30))
    book = dossier(owed, friday_check(), bounced)
    opens = open_amounts(book, NO_REPORTS, TODAY)
    found = [_judged_on(book, opens, nov(day))[0].verdict for day in (19, 20, 27, 30)]
    assert found == [Verdict.OPEN, Verdict.KEPT, Verdict.KEPT, Verdict.BROKEN]


FIRST = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("facts", "known", "since"),
    [
        ([OWED], KNOWN, FIRST),
        ([OWED], NO_REPORTS, None),
        ([invoice("1", "5.00", nov(9), issued=date(2026, 3, 4), as_listed=True)], NO_REPORTS, None),
        (
            [
                invoice("1", "5.00", nov(9), issued=date(2026, 3, 4), as_listed=True),
                payment(date(2026, 4, 1), "5.00", {"1": "5.00"}),
            ],
            NO_REPORTS,
            date(2026, 3, 4),
        ),
        (
            [
                closed("1", "5.00", nov(9), 2, issued=date(2026, 3, 4)),
                payment(date(2026, 4, 1), "5.00", {"1": "5.00"}),
            ],
            KNOWN,
            date(2026, 4, 1),
        ),
        ([closed("1", "5.00", nov(9), 2), payment(nov(12), "5.00", {"1": "5.00"})], KNOWN, FIRST),
        ([OWED, invoice("2", "5.00", nov(11), reported=3)], KNOWN, nov(11)),
        ([OWED, invoice("2", "5.00", None, reported=3)], KNOWN, nov(30)),
        ([OWED, invoice("2", "5.00", None, reported=3, currency="EUR")], KNOWN, FIRST),
    ],
    ids=[
        "the first report",
        "no report",
        "a list without payments",
        "a list with payments",
        "a list with payments before the reports",
        "reports only",
        "an item without a day of issue",
        "an item without any day",
        "such an item in another currency",
    ],
)
def test_the_day_from_which_all_that_was_owed_is_known(
    facts: list[Record], known: Reports, since: date | None
) -> None:
    assert known_since([dossier(*facts)], known, "USD") == since


def test_a_report_of_another_currency_tells_nothing() -> None:
    euros = msgspec.structs.replace(report(1, nov(2)), currencies=("EUR",))
    assert known_since([dossier(OWED)], reports(euros, report(2, nov(16))), "USD") == nov(16)


def test_an_overpaid_invoice_of_its_day_is_no_credit_that_stands_for_a_payment() -> None:
    day = nov(5)
    owed = invoice("1", "1.00", dec(31), issued=day, as_listed=True)
    facts = [owed, payment(day, "1.00", {"1": "1.00"}), payment(day, "1.00", {"1": "0.01"}, reversed_on=nov(6))]
    assert changes(*facts, known=NO_REPORTS) == [(1, {}), (5, {"credits": "-1.00"}), (6, {})]
