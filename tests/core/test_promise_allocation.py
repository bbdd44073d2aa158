"""Where the money of each payment went, and what a verdict depends on."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.allocation import Counted, pieces_of
from arctui.core.facts import Dossier
from arctui.core.ledger import open_amounts
from arctui.core.money import ZERO, total
from arctui.core.policy import Policy
from arctui.core.promises import Judged, judge
from arctui.core.records import Applied, Dispute, Flag, Import, Payment, Person, Promise, Record
from arctui.core.standing import derive
from tests.core.builders import (
    NO_REPORTS,
    attempt,
    call,
    callback,
    dispute,
    dossier,
    follow_up,
    invoice,
    letter,
    payment,
    promise,
    report,
    reports,
    rules,
    verdicts,
)
from tests.core.oracle import business_days_on, nov

INVOICES = [invoice(str(n), "1000.00", nov(2)) for n in (1, 2, 3)]
NUMBERS = st.sampled_from(["1", "2"])
AMOUNTS = st.integers(1, 12).map(lambda n: f"{n * 50}.25")


class Book(NamedTuple):
    """What verdicts are made of."""

    promises: Sequence[Promise]
    payments: Sequence[Payment]
    disputes: Sequence[Dispute]
    today: date

    @property
    def facts(self) -> list[Record]:
        return [*INVOICES, *self.promises, *self.payments, *self.disputes]


@st.composite
def promises(draw: st.DrawFn, name: str) -> Promise:
    taken = nov(1) + timedelta(days=draw(st.integers(0, 9)))
    day = taken + timedelta(days=draw(st.integers(0, 20)))
    last_day = business_days_on(business_days_on(day, 0), draw(st.sampled_from([0, 1, 3])))
    made = promise(
        draw(AMOUNTS),
        day,
        last_day,
        business_days_on(last_day, 1),
        on=sorted(draw(st.sets(NUMBERS))),
        taken=taken,
        name=name,
        plan=draw(st.sampled_from(["", "a", "a", "b"])),
    )
    gone = draw(st.sampled_from(["", "", "", "", "", "", "withdrawn", "superseded"]))
    if gone:
        made = msgspec.structs.replace(
            made,
            withdrawn_on=taken if gone == "withdrawn" else None,
            superseded_by="x" if gone == "superseded" else "",
        )
    return made


@st.composite
def payments(draw: st.DrawFn, name: str) -> Payment:
    day = nov(3) + timedelta(days=draw(st.integers(0, 30)))
    parts = draw(st.dictionaries(NUMBERS, AMOUNTS, max_size=2))
    unapplied = Decimal(draw(AMOUNTS)) if draw(st.booleans()) or not parts else ZERO
    made = payment(
        day,
        str(unapplied + total(map(Decimal, parts.values()))),
        parts,
        since=day - timedelta(days=draw(st.integers(0, 10))) if draw(st.booleans()) else None,
        reversed_on=day + timedelta(days=draw(st.integers(0, 20))) if draw(st.integers(0, 4)) == 0 else None,
        name=name,
    )
    if draw(st.booleans()) and parts:
        # What was taken off an invoice again is on account.
        number, amount = next(iter(parts.items()))
        made = msgspec.structs.replace(made, applied=(*made.applied, Applied(number, -Decimal(amount))))
    return made


@st.composite
def books(draw: st.DrawFn) -> Book:
    return Book(
        [draw(promises(f"promise {n}")) for n in range(draw(st.integers(2, 5)))],
        [draw(payments(f"payment {n}")) for n in range(draw(st.integers(1, 4)))],
        [
            dispute(draw(AMOUNTS), nov(draw(st.integers(1, 30))), on=sorted(draw(st.sets(NUMBERS))))
            for _ in range(draw(st.integers(0, 1)))
        ],
        draw(st.dates(nov(9), date(2026, 12, 9))),
    )


def judged(book: Book, facts: Dossier | None = None) -> dict[str, Judged]:
    facts = facts or dossier(*book.facts)
    found = judge(facts, open_amounts(facts, NO_REPORTS, book.today), book.today)
    return {j.promise.id: j for j in found}


def came(book: Book) -> dict[str, Decimal]:
    """What has come by the day and was not taken back by then, payment by payment."""
    return {
        p.id: p.amount
        for p in book.payments
        if p.day <= book.today and not (p.reversed_on and p.reversed_on <= book.today)
    }


def left_of(payments: Iterable[Payment], counted: Iterable[Counted], today: date) -> dict[str, Decimal]:
    """What of each payment that has come no promise has counted, by its id; no invoice is counted beyond its part."""
    left: dict[tuple[str, str], Decimal] = {}
    for piece in pieces_of(payments, today):
        of = (piece.payment.id, piece.number or "")
        left[of] = left.get(of, ZERO) + piece.left
    for part in counted:
        left[part.payment, part.number] -= part.amount
    free: dict[str, Decimal] = {}
    for (name, _), amount in left.items():
        free[name] = free.get(name, ZERO) + amount
    return free


@settings(max_examples=40, deadline=None)
@given(books())
def test_what_was_counted_of_a_payment_and_what_is_left_of_it_is_the_money_received(book: Book) -> None:
    found = judged(book)
    parts = [part for j in found.values() for part in j.parts]
    left = left_of(book.payments, parts, book.today)
    counted = dict.fromkeys(came(book), ZERO)
    for part in parts:
        counted[part.payment] += part.amount
    assert {name: counted[name] + left[name] for name in counted} == came(book)
    assert all(amount >= 0 for amount in left.values())
    assert all(part.amount > 0 for part in parts)


@settings(max_examples=30, deadline=None)
@given(books())
def test_the_parts_of_a_promise_are_what_it_received_and_what_came_late(book: Book) -> None:
    numbers = {i.id: i.number for i in INVOICES}
    for found in judged(book).values():
        assert total(p.amount for p in found.parts if not p.late) == found.received
        assert total(p.amount for p in found.parts if p.late) == found.late
        named = {numbers[i] for i in found.promise.invoices} or set(numbers.values())
        assert {p.number for p in found.parts} <= {"", *named}


@settings(max_examples=30, deadline=None)
@given(books())
def test_no_more_is_counted_of_an_invoice_than_was_applied_to_it(book: Book) -> None:
    applied: dict[tuple[str, str], Decimal] = {}
    for paid in book.payments:
        for part in paid.applied:
            applied[paid.id, part.number] = applied.get((paid.id, part.number), ZERO) + part.amount
    for found in judged(book).values():
        for counted in found.parts:
            if counted.number:
                applied[counted.payment, counted.number] -= counted.amount
    assert all(amount >= 0 for amount in applied.values())


@settings(max_examples=30, deadline=None)
@given(books(), st.randoms(use_true_random=False), st.data())
def test_a_verdict_depends_on_nothing_but_promises_money_objections_and_the_day(
    book: Book, random: Random, data: st.DataObject
) -> None:
    """Neither calls, people, flags, follow-ups, names, imports, a later policy nor the order of records matter."""
    days = st.integers(1, 30).map(nov)
    others: list[Record] = [
        call(data.draw(days)),
        attempt(data.draw(days)),
        letter(data.draw(days)),
        callback(data.draw(days), "10:00"),
        follow_up(data.draw(days)),
        Person(id="tony", account="birch", name="Tony Marsh"),
    ]
    facts = [*book.facts, *data.draw(st.lists(st.sampled_from(others), unique_by=lambda r: r.id))]
    random.shuffle(facts)
    told = tuple(data.draw(st.sets(st.sampled_from(list(Flag)), max_size=2)))
    other = dossier(*facts, flags=told, name="Another Name")
    with_people = msgspec.structs.replace(
        other, people=tuple(f for f in facts if isinstance(f, Person)), invoices=dossier(*book.facts).invoices
    )
    known: list[Import] = [report(n, book.today, settles=False, payments=True) for n in (1, 2)]
    policy = Policy(grace_check_business_days=9, tolerance_percent=Decimal(50), call_interval_days=3)
    shared = msgspec.structs.replace(rules(book.today, policy=policy), reports=reports(*known), clerk="bob")
    assert {j.promise.id: j for j in derive(with_people, shared).judged} == judged(book)


@settings(max_examples=30, deadline=None)
@given(books(), st.integers(1, 40))
def test_a_promise_that_was_decided_stays_decided_while_no_money_comes_or_goes(book: Book, days: int) -> None:
    later = book.today + timedelta(days=days)
    known = [
        msgspec.structs.replace(
            p, reversed_on=p.reversed_on if p.reversed_on and p.reversed_on <= book.today else None
        )
        for p in book.payments
        if p.day <= book.today
    ]
    facts = [*INVOICES, *book.promises, *known]
    for before, after in zip(verdicts(book.today, *facts), verdicts(later, *facts), strict=True):
        assert before.received == after.received
        if not before.live:
            assert (before.verdict, before.broke_on, before.fell) == (after.verdict, after.broke_on, after.fell)


@settings(max_examples=30, deadline=None)
@given(books())
def test_no_part_of_a_plan_is_live_after_an_earlier_one_was_missed(book: Book) -> None:
    parts = [msgspec.structs.replace(p, plan="all", withdrawn_on=None, superseded_by="") for p in book.promises]
    found = judged(book._replace(promises=parts)).values()
    for early in found:
        for late in found:
            after = late.promise.day > early.promise.day
            if early.broke_on and after and late.promise.taken_on < early.broke_on:
                assert not late.live
                assert late.fell is None or (late.broke_on or book.today) < late.promise.breaks_on
