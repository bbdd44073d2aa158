"""The figures of conversations: what is counted, by whom and when, and what is not known."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.facts import Dossier
from arctui.core.known import Known
from arctui.core.period import Period
from arctui.core.records import Account, Activity, ActivityKind, Flag, Outcome, Person, Promise, Record
from arctui.core.standing import Standing
from arctui.core.talks import By, TalkFigures, Talks, Wanted, talk_figures
from tests.core.builders import (
    attempt,
    call,
    callback,
    dispute,
    dossier,
    invoice,
    letter,
    payment,
    promise,
    standing,
)
from tests.core.oracle import dec, nov

TODAY = nov(30)
NOVEMBER = Period(nov(1), TODAY)
OLD = invoice("1", "5000.00", date(2026, 10, 1))


def made(record: Activity, **fields: Any) -> Activity:
    """A record with other fields, and an id of its own."""
    return msgspec.structs.replace(record, id=f"{record.id} {sorted(fields.items())}", **fields)


def another(book: Dossier, name: str, clerk: str = "") -> Dossier:
    """The same facts on an account of another name."""
    return msgspec.structs.replace(book, account=Account(id=name, name=name, currency="USD", clerk=clerk))


def is_past_due(_: Dossier, standing: Standing, days: Sequence[date]) -> list[bool | None]:
    return [any(item.past_due for item in standing.items)] * len(days)


def counted(*books: Dossier, period: Period = NOVEMBER, clerk: str = "", by: By | None = None) -> TalkFigures:
    accounts = [(book, standing(book, TODAY)) for book in books]
    return talk_figures(accounts, Wanted(period, clerk, by), TODAY, is_past_due)


def whole(*facts: Record, **wanted: Any) -> Talks:
    return counted(dossier(*facts), **wanted).whole


def taken(amount: str, when: date, day: date, last: date, breaks: date, **fields: Any) -> Promise:
    return promise(amount, day, last, breaks, taken=when, name=f"{when} {amount}", **fields)


# Calls


def test_calls_that_came_in_were_not_dialled() -> None:
    found = whole(
        call(nov(3)),
        attempt(nov(4)),
        made(call(nov(5)), inbound=True),
        made(attempt(nov(6)), inbound=True),
        call(nov(9), Outcome.REFUSED, kind=ActivityKind.EMAIL),
        letter(nov(10)),
    )
    assert (found.calls, found.right_party) == (2, 1)
    assert (found.inbound, found.inbound_right_party) == (2, 1)
    assert found.right_party_rate == Known(Decimal("0.5"))
    assert found.contacts == 3


def test_the_first_and_the_last_day_count_and_no_other() -> None:
    calls = [call(day) for day in (date(2026, 10, 31), nov(1), nov(30), dec(1))]
    assert whole(*calls).calls == 2


def test_the_length_of_a_call_is_averaged_where_it_is_known() -> None:
    found = whole(call(nov(3)), made(call(nov(4)), seconds=100), made(attempt(nov(5)), seconds=20))
    assert found.average_seconds == Known(Decimal(60))
    assert found.timed_calls == 2


def test_refusals_are_counted() -> None:
    assert whole(call(nov(3)), call(nov(4), Outcome.CALLBACK)).refused == 1


def test_what_nothing_is_known_of_says_what_is_missing() -> None:
    found = whole()
    for figure in (
        found.right_party_rate,
        found.promise_rate,
        found.contacts_per_promise,
        found.contacts_per_kept_promise,
        found.coverage,
        found.with_phone,
        found.callback_rate,
        found.average_seconds,
        found.days_to_solve,
        found.promised_in("USD").kept_rate,
        found.promised_in("USD").kept_rate_amount,
        found.promised_in("USD").broken_rate,
        found.promised_in("USD").slippage,
    ):
        assert figure.value is None
        assert figure.missing


# Talks that ended in a promise


def test_the_promise_rate_is_of_conversations_and_a_plan_is_one() -> None:
    found = whole(
        OLD,
        call(nov(3)),
        call(nov(9), Outcome.PROMISE),
        taken("10.00", nov(9), nov(12), nov(17), nov(18)),
        taken("20.00", nov(9), nov(19), nov(24), nov(25)),
    )
    assert (found.contacts, found.agreements) == (2, 1)
    assert found.promise_rate == Known(Decimal("0.5"))
    assert found.promised_in("USD").taken == 2


def test_a_call_that_another_result_named_ended_in_a_promise_all_the_same() -> None:
    found = whole(OLD, call(nov(9), Outcome.DISPUTE), taken("10.00", nov(9), nov(12), nov(17), nov(18)))
    assert found.agreements == 1


def test_talks_are_counted_from_one_promise_to_the_next_tries_not() -> None:
    facts = [
        OLD,
        call(date(2026, 10, 20)),
        call(nov(3)),
        attempt(nov(4)),
        call(nov(5), Outcome.PROMISE),
        taken("10.00", nov(5), nov(6), nov(11), nov(12)),
        call(nov(16), Outcome.PROMISE),
        taken("20.00", nov(16), nov(17), nov(20), nov(23)),
        payment(nov(17), "20.00", {"1": "20.00"}),
    ]
    found = whole(*facts)
    assert found.contacts_per_promise == Known(Decimal(2)), "three for the first, one for the second"
    assert found.contacts_per_kept_promise == Known(Decimal(4)), "the first was broken"


# Promises


def test_promises_count_where_they_were_decided_and_months_add_up() -> None:
    facts = [
        OLD,
        taken("100.00", date(2026, 10, 20), date(2026, 10, 28), date(2026, 10, 30), nov(2)),
        taken("200.00", date(2026, 10, 21), nov(4), nov(9), nov(10)),
        taken("300.00", nov(6), nov(11), nov(16), nov(17)),
        taken("50.00", nov(20), dec(1), dec(4), dec(7)),
        payment(nov(5), "200.00", {"1": "200.00"}),
        payment(nov(12), "100.00", {"1": "100.00"}),
    ]
    found = counted(dossier(*facts), period=Period(date(2026, 10, 1), TODAY), by=By.MONTH)
    october, november = (group.promised_in("USD") for group in found.groups)
    assert [group.key for group in found.groups] == ["2026-10", "2026-11"]
    assert (october.taken, october.decided) == (2, 0)
    assert (november.taken, november.kept, november.partial, november.broken) == (2, 1, 1, 1)
    assert november.kept_rate == november.broken_rate == Known(Decimal(1) / 3)
    assert november.kept_rate_amount == Known(Decimal(300) / 600)
    assert november == msgspec.structs.replace(found.whole.promised_in("USD"), taken=2, taken_amount=Decimal(350))


def test_slippage_takes_in_what_was_kept_late_and_what_was_early_but_nothing_open() -> None:
    facts = [
        OLD,
        taken("100.00", nov(2), nov(6), nov(11), nov(12), on=["a"]),
        taken("200.00", nov(3), nov(9), nov(12), nov(13), on=["b"]),
        taken("70.00", nov(4), nov(10), nov(13), nov(16), on=["c"]),
        *(invoice(number, "500.00", nov(1)) for number in "abc"),
        payment(nov(4), "100.00", {"a": "100.00"}),
        payment(nov(24), "200.00", {"b": "200.00"}),
        payment(nov(12), "20.00", {"c": "20.00"}),
    ]
    found = whole(*facts).promised_in("USD")
    assert (found.slipped, found.slippage_days) == (2, 13)
    assert found.slippage == Known(Decimal("6.5"))


def test_a_kept_promise_of_an_unknown_day_is_kept_and_slips_by_nothing_known() -> None:
    inferred = payment(nov(10), "100.00", {"1": "100.00"}, since=nov(4))
    found = whole(OLD, taken("100.00", nov(2), nov(6), nov(11), nov(12)), inferred).promised_in("USD")
    assert found.kept_rate == Known(Decimal(1))
    assert found.slippage.value is None


def test_who_breaks_twice_is_named() -> None:
    broken = [
        OLD,
        taken("100.00", nov(2), nov(4), nov(9), nov(10)),
        taken("100.00", nov(11), nov(13), nov(18), nov(19)),
    ]
    assert whole(*broken).promised_in("USD").broke_again == ("birch",)
    assert whole(*broken, period=Period(nov(11), TODAY)).promised_in("USD").broke_again == ()


def test_currencies_are_counted_apart() -> None:
    euros = taken("40.00", nov(2), nov(4), nov(9), nov(10), currency="EUR")
    found = whole(OLD, taken("100.00", nov(2), nov(4), nov(9), nov(10)), euros)
    assert {c: p.taken_amount for c, p in found.promised.items()} == {"USD": Decimal(100), "EUR": Decimal(40)}


# Reasons


def test_what_became_of_a_reason() -> None:
    facts = [
        OLD,
        made(call(nov(3)), excuses=("cash-flow",), seconds=90),
        made(call(nov(5), Outcome.PROMISE), excuses=("cash-flow", "approval"), seconds=200),
        taken("100.00", nov(5), nov(6), nov(11), nov(12)),
        payment(nov(6), "100.00", {"1": "100.00"}),
        made(call(nov(13), Outcome.PROMISE), excuses=("cash-flow",), seconds=80),
        taken("70.00", nov(13), nov(16), nov(19), nov(20)),
        made(call(nov(25), Outcome.PROMISE), excuses=("cash-flow",), seconds=80),
        taken("30.00", nov(25), dec(1), dec(4), dec(7)),
        call(nov(27)),
    ]
    found = whole(*facts).excuses
    money, approval = found.found
    assert (found.conversations, found.led, found.missing) == (5, 4, "")
    assert (money.name, money.given, money.customers) == ("cash-flow", 4, (("birch", 4),))
    assert (money.promises, money.decided, money.kept) == (3, 2, 1)
    assert money.kept_rate == Known(Decimal("0.5"))
    assert (money.amounts, money.received) == ({"USD": Decimal(200)}, {"USD": Decimal(100)})
    assert (approval.given, approval.promises, approval.kept) == (1, 1, 1)


def test_where_no_call_was_led_by_the_script_reasons_are_unknown() -> None:
    found = whole(call(nov(3)), call(nov(4))).excuses
    assert found.found == ()
    assert "script" in found.missing


def test_a_plan_of_which_a_part_was_missed_was_not_kept() -> None:
    facts = [
        OLD,
        made(call(nov(5), Outcome.PROMISE), excuses=("instalments",)),
        taken("100.00", nov(5), nov(6), nov(11), nov(12)),
        taken("101.00", nov(5), nov(9), nov(12), nov(13)),
        payment(nov(6), "100.00", {"1": "100.00"}),
    ]
    (found,) = whole(*facts).excuses.found
    assert (found.promises, found.decided, found.kept) == (1, 1, 0)


# Coverage, callbacks, disputes


def test_coverage_is_of_customers_with_something_past_due_who_may_be_called() -> None:
    person = Person(id="p", account="birch", name="Tony", phones=("+1 212 555 0142",))
    reached = msgspec.structs.replace(dossier(OLD, call(nov(9))), people=(person,))
    tried = another(dossier(OLD, attempt(nov(9))), "cedar")
    current = another(dossier(invoice("2", "9.00", dec(20)), call(nov(9))), "elm")
    stopped = dossier(OLD, flags=(Flag.LEGAL,))
    before = another(dossier(OLD, call(date(2026, 10, 30))), "gorse")
    found = counted(reached, tried, current, stopped, before).whole
    assert found.past_due == 3
    assert found.coverage == Known(Decimal(1) / 3)
    assert found.with_phone == Known(Decimal(1) / 3)


def test_coverage_is_unknown_where_it_is_not_known_what_was_past_due() -> None:
    book = dossier(OLD)
    wanted = Wanted(NOVEMBER)
    found = talk_figures([(book, standing(book, TODAY))], wanted, TODAY, lambda _, __, days: [None] * len(days))
    assert found.whole.past_due is None
    assert found.whole.coverage.value is None
    assert "report" in found.whole.coverage.missing


@pytest.mark.parametrize(
    ("done", "facts", "counts"),
    [
        pytest.param(nov(10), [], (1, 1), id="made on its day"),
        pytest.param(nov(12), [], (1, 0), id="made late"),
        pytest.param(None, [], (1, 0), id="not made"),
        pytest.param(None, [attempt(nov(10))], (1, 1), id="tried on its day"),
        pytest.param(nov(9), [], (0, 0), id="settled before"),
    ],
)
def test_a_callback_is_kept_by_dialling_on_its_day(
    done: date | None, facts: list[Record], counts: tuple[int, int]
) -> None:
    found = whole(callback(nov(10), "10:00", done_on=done), *facts)
    assert (found.callbacks, found.callbacks_kept) == counts


def test_a_callback_of_today_is_not_missed_yet() -> None:
    assert whole(callback(TODAY, "15:00")).callbacks == 0


def test_disputes_are_opened_and_solved_on_their_days() -> None:
    found = whole(
        dispute("10.00", nov(2), closed_on=nov(6)),
        dispute("20.00", date(2026, 10, 20), closed_on=nov(1)),
        dispute("30.00", nov(9), closed_on=dec(1)),
    )
    assert (found.disputes_opened, found.disputes_solved) == (2, 2)
    assert found.days_to_solve == Known(Decimal(8))


# Apart


def test_what_one_clerk_did_is_theirs_alone() -> None:
    facts = [OLD, call(nov(3)), made(call(nov(4)), by="bob"), taken("10.00", nov(3), nov(6), nov(11), nov(12))]
    assert (whole(*facts, clerk="bob").calls, whole(*facts, clerk="ann").calls) == (1, 1)
    assert whole(*facts, clerk="bob").promised == {}
    assert whole(*facts, clerk="bob").coverage == Known(None, "no account belongs to this clerk")


def test_clerks_are_told_apart_with_the_customers_that_are_theirs() -> None:
    anns = another(dossier(OLD, call(nov(3))), "cedar", clerk="ann")
    bobs = another(dossier(OLD, made(attempt(nov(3)), by="bob")), "elm", clerk="bob")
    found = counted(anns, bobs, by=By.CLERK)
    assert [(g.key, g.calls, g.coverage.value) for g in found.groups] == [
        ("ann", 1, Decimal(1)),
        ("bob", 1, Decimal(0)),
    ]


def test_accounts_are_told_apart_where_something_happened() -> None:
    found = counted(dossier(call(nov(3))), another(dossier(OLD), "elm"), by=By.ACCOUNT)
    assert [g.key for g in found.groups] == ["birch"]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(1, 30), st.sampled_from(list(Outcome)), st.sampled_from(["ann", "bob"]))))
def test_groups_add_up_to_the_whole_in_any_order(rows: list[tuple[int, Outcome, str]]) -> None:
    calls = [
        made(call(nov(day), outcome, hour=f"{n % 10 + 8:02}:{n // 10:02}"), by=by)
        for n, (day, outcome, by) in enumerate(rows)
    ]
    for by in By:
        found = counted(dossier(*calls), by=by)
        assert sum(group.calls for group in found.groups) == found.whole.calls == len(rows)
        assert sum(group.refused for group in found.groups) == found.whole.refused
    assert whole(*calls) == whole(*reversed(calls))
