"""Money comes in: all that the calendar derives moves, shrinks or goes by itself, kind by kind."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from arctui.core.agenda import EntryKind
from arctui.core.records import Outcome, PayCycle, Record
from tests.core.builders import attempt, call, dispute, dossier, friday_check, invoice, letter, payment
from tests.core.oracle import nov
from tests.core.test_agenda import OLD, TALKED, THURSDAYS, agenda, claim

#: On 1,000.00 all of which is open: what is known, the day, and the kinds that stand on that money alone.
CASES: dict[str, tuple[list[Record], date, PayCycle | None, set[EntryKind]]] = {
    "first call, second, third": ([OLD], nov(23), None, {EntryKind.FIRST, EntryKind.SCHEDULED}),
    "next call": ([OLD, TALKED], nov(23), None, {EntryKind.SCHEDULED}),
    "letter": ([OLD, *(attempt(nov(d)) for d in (18, 19, 20))], nov(23), None, {EntryKind.LETTER, EntryKind.FIRST}),
    "letter that may come": ([OLD, letter(nov(2)), attempt(nov(20))], nov(23), None, {EntryKind.LETTER}),
    "promise": ([OLD, TALKED, friday_check()], nov(23), None, {EntryKind.VERIFY, EntryKind.BREAKS}),
    "broken promise": ([OLD, TALKED, friday_check()], nov(27), None, {EntryKind.BROKEN}),
    "pay run": ([OLD, TALKED], nov(20), THURSDAYS, {EntryKind.CALL_BY, EntryKind.CUTOFF, EntryKind.RUN}),
    "remedy": ([OLD, TALKED, dispute("1000.00", nov(20), due=nov(25))], nov(23), None, {EntryKind.DISPUTE}),
    "payment claimed": ([OLD, call(nov(16), Outcome.PAID), claim(nov(24))], nov(23), None, {EntryKind.FOLLOW_UP}),
}


def amounts(facts: Sequence[Record], today: date, cycle: PayCycle | None) -> dict[EntryKind, Decimal]:
    """The largest amount of each kind that stands from today on; a promise stands as what was agreed."""
    found = [e for e in agenda(dossier(*facts, cycle=cycle), today) if e.kind is not EntryKind.PROMISE]
    return {kind: max(e.amount for e in found if e.kind is kind) for kind in {e.kind for e in found}}


@pytest.mark.parametrize(("facts", "today", "cycle", "kinds"), CASES.values(), ids=CASES)
def test_all_of_it_is_gone_when_all_is_paid(
    facts: list[Record], today: date, cycle: PayCycle | None, kinds: set[EntryKind]
) -> None:
    assert kinds <= set(amounts(facts, today, cycle))
    paid = payment(nov(20), "1000.00", {"1": "1000.00"})
    assert amounts([*facts, paid], today, cycle) == {}


@pytest.mark.parametrize(("facts", "today", "cycle", "kinds"), CASES.values(), ids=CASES)
def test_what_is_left_of_it_is_about_what_is_left(
    facts: list[Record], today: date, cycle: PayCycle | None, kinds: set[EntryKind]
) -> None:
    part = payment(nov(20), "400.00", {"1": "400.00"})
    left = amounts([*facts, part], today, cycle)
    assert kinds <= set(left)
    # A remedy is owed for what was objected to, whatever else is paid.
    assert all(left[kind] == Decimal("600.00") for kind in kinds - {EntryKind.DISPUTE})


def test_the_calls_move_to_what_falls_due_next() -> None:
    later = invoice("2", "70.00", nov(25))
    before = agenda(dossier(OLD, later), nov(23))
    paid = payment(nov(23), "1000.00", {"1": "1000.00"})
    after = agenda(dossier(OLD, later, paid), nov(23))
    assert [e.day for e in before] == [nov(23), date(2026, 12, 3), date(2026, 12, 14)]
    assert after == ()
    # Due on Wednesday 25: the third business day after it is Tuesday 1 December.
    due = agenda(dossier(OLD, later, paid), nov(26))
    assert [e.day for e in due] == [date(2026, 12, 1), date(2026, 12, 11), date(2026, 12, 21)]


def test_a_promise_that_was_kept_stands_as_kept() -> None:
    paid = payment(nov(20), "1000.00", {"1": "1000.00"})
    (entry,) = agenda(dossier(OLD, TALKED, friday_check(), paid), nov(23))
    assert (entry.kind, entry.day) == (EntryKind.PROMISE, nov(20))
    assert "kept" in entry.why
