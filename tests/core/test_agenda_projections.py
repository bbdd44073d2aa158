"""What comes only if nothing settles the matter before: the second and third contact, the day a promise breaks."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from arctui.core.agenda import Entry, EntryKind, by_day, entries, is_call
from arctui.core.facts import Dossier
from arctui.core.records import Flag, Method, Record
from arctui.core.standing import derive
from tests.core.builders import (
    attempt,
    call,
    callback,
    dossier,
    follow_up,
    friday_check,
    invoice,
    letter,
    payment,
    promise,
    rules,
)
from tests.core.oracle import dec, nov
from tests.core.test_agenda import OLD, TALKED, agenda, claim

#: What is known, on which day it is asked, and what then is projected, in order.
CASES: dict[str, tuple[Dossier, date, list[tuple[date, str]]]] = {
    "after the first call the second and the third, ten days from each other": (
        dossier(invoice("1", "100.00", nov(14))),
        nov(16),
        # The first stands on Wednesday 18; Saturday 28 is rolled to Monday 30.
        [(nov(30), "scheduled"), (dec(10), "scheduled")],
    ),
    "after the second call the third": (dossier(OLD, TALKED), nov(18), [(dec(7), "scheduled")]),
    "after the third call nothing": (dossier(OLD, call(nov(5)), TALKED), nov(18), []),
    "they are counted from today while the next is overdue": (
        dossier(OLD),
        nov(23),
        [(dec(3), "scheduled"), (dec(14), "scheduled")],
    ),
    "a date set by hand puts them off": (dossier(OLD, TALKED, follow_up(dec(4))), nov(18), [(dec(14), "scheduled")]),
    "a promise of everything puts them off until it breaks": (
        dossier(OLD, TALKED, friday_check()),
        nov(18),
        [(nov(27), "breaks"), (dec(7), "scheduled")],
    ),
    "a broken promise is the call from which they are counted": (
        dossier(OLD, TALKED, friday_check()),
        nov(27),
        [(dec(7), "scheduled")],
    ),
    "a promise that the review left breaks on that day": (
        dossier(OLD, TALKED, msgspec.structs.replace(friday_check(), left_until=dec(1))),
        nov(18),
        [(dec(1), "breaks"), (dec(11), "scheduled")],
    ),
    "a letter that is due sets the first call, that one the others": (
        dossier(OLD, attempt(nov(18)), attempt(nov(19)), attempt(nov(20))),
        nov(23),
        [(dec(3), "first"), (dec(14), "scheduled"), (dec(24), "scheduled")],
    ),
    "a date set by hand beside a letter is the next call": (
        dossier(OLD, attempt(nov(18)), attempt(nov(19)), attempt(nov(20)), follow_up(nov(24))),
        nov(23),
        [(dec(4), "scheduled"), (dec(14), "scheduled")],
    ),
    "money said to be paid puts off the first call, which comes if it is not there": (
        dossier(OLD, claim(nov(20))),
        nov(18),
        [(nov(20), "first"), (nov(30), "scheduled"), (dec(10), "scheduled")],
    ),
    "money said to be paid in a conversation leaves the second call on its day": (
        dossier(OLD, TALKED, claim(nov(20))),
        nov(18),
        [(nov(27), "scheduled"), (dec(7), "scheduled")],
    ),
    "in a row of tries the letter at its end": (
        dossier(OLD, attempt(nov(20))),
        nov(23),
        # Tries on Monday and Tuesday; the third in a row makes the letter due.
        [(nov(24), "letter"), (dec(3), "scheduled"), (dec(14), "scheduled")],
    ),
    "no letter sooner than so many days after the last": (
        dossier(OLD, letter(nov(16)), attempt(nov(19)), attempt(nov(20))),
        nov(23),
        [(nov(27), "letter"), (dec(7), "scheduled"), (dec(17), "scheduled")],
    ),
    "a callback on that day takes its place": (dossier(OLD, TALKED, callback(dec(7))), nov(18), []),
    "nothing for who owes nothing": (
        dossier(OLD, TALKED, follow_up(dec(4)), payment(nov(17), "1000.00", {"1": "1000.00"})),
        nov(18),
        [],
    ),
    "nothing where calling is stopped": (dossier(OLD, friday_check(), flags=(Flag.LEGAL,)), nov(18), []),
}


def projected(found: Iterable[Entry]) -> list[Entry]:
    return [e for e in found if e.projected]


@pytest.mark.parametrize(("facts", "today", "expected"), CASES.values(), ids=CASES)
def test_what_may_come_stands_on_its_day(facts: Dossier, today: date, expected: list[tuple[date, str]]) -> None:
    assert [(e.day, e.kind.value) for e in projected(agenda(facts, today))] == expected


@pytest.mark.parametrize(
    ("facts", "calls"),
    [
        (dossier(OLD, callback(nov(24))), 1),
        (dossier(OLD, callback(nov(24)), flags=(Flag.BANKRUPTCY,)), 0),
        (dossier(OLD, callback(nov(24)), payment(nov(17), "1000.00", {"1": "1000.00"})), 0),
        (dossier(OLD, follow_up(nov(24))), 1),
        # A letter is due, so the worklist asks for no call.
        (dossier(OLD, attempt(nov(17)), attempt(nov(18)), attempt(nov(19)), follow_up(nov(24))), 0),
    ],
)
def test_what_the_worklist_does_not_offer_for_calling_is_no_call(facts: Dossier, calls: int) -> None:
    day = [e for e in agenda(facts, nov(20)) if e.day == nov(24)]
    assert (len(day), sum(map(is_call, day)), by_day(day)[nov(24)].calls) == (1, calls, calls)


def test_each_says_on_what_it_hangs() -> None:
    facts = dossier(OLD, attempt(nov(20)))
    assert [e.why for e in projected(agenda(facts, nov(23)))] == [
        "letter, if 2 more tries reach nobody",
        "second call, 10 days after the first, if that settles nothing",
        "third call, 10 days after the second, if that settles nothing",
    ]
    (breaks,) = [e for e in agenda(dossier(OLD, TALKED, friday_check()), nov(18)) if e.kind is EntryKind.BREAKS]
    assert (breaks.amount, breaks.why) == (
        Decimal("1000.00"),
        "the promise of 1,000.00 for Fri 20 Nov breaks if the money has not come",
    )


def test_what_of_a_promise_came_does_not_break() -> None:
    facts = dossier(OLD, TALKED, friday_check(), payment(nov(20), "400.00", {"1": "400.00"}))
    (breaks,) = [e for e in agenda(facts, nov(23)) if e.kind is EntryKind.BREAKS]
    assert (breaks.day, breaks.amount) == (nov(27), Decimal("600.00"))
    kept = dossier(OLD, TALKED, friday_check(), payment(nov(20), "1000.00", {"1": "1000.00"}))
    assert not projected(agenda(kept, nov(23)))


def test_they_change_neither_the_next_contact_nor_the_calls_of_a_day() -> None:
    facts, shared = dossier(OLD, TALKED), rules(nov(18))
    standing = derive(facts, shared)
    days = by_day(entries(facts, standing, shared))
    assert standing.next is not None
    assert standing.next.day == nov(27)
    assert {day: found.calls for day, found in days.items()} == {nov(27): 1, dec(7): 0}


# Keys


def key(kind: EntryKind, facts: Iterable[Record], today: date, *, maybe: bool = False) -> str:
    """The key of the only entry of a kind, among those that may come or those that will."""
    (found,) = [e.key for e in agenda(dossier(*facts), today) if e.kind is kind and e.projected is maybe]
    return found


def test_the_three_days_of_a_promise_have_three_keys_and_the_last_stays_when_it_is_broken() -> None:
    facts = [OLD, TALKED, friday_check()]
    keys = [
        key(EntryKind.PROMISE, facts, nov(18)),
        key(EntryKind.VERIFY, facts, nov(18)),
        key(EntryKind.BREAKS, facts, nov(18), maybe=True),
    ]
    assert len(set(keys)) == 3
    assert key(EntryKind.PROMISE, facts, nov(27)) == keys[0]
    assert key(EntryKind.BROKEN, facts, nov(27)) == keys[2]


def test_a_promise_whose_days_are_one_says_so() -> None:
    card = promise("1000.00", nov(20), nov(20), nov(23), method=Method.CARD)
    (due,) = [e for e in agenda(dossier(OLD, TALKED, card), nov(18)) if e.kind is EntryKind.PROMISE]
    assert due.why == "promised 1,000.00 by card, last day Fri 20 Nov: look for the money"


def test_the_next_contact_keeps_its_key_from_the_first_call_to_the_second_and_to_a_day_set_by_hand() -> None:
    first = key(EntryKind.FIRST, [OLD], nov(16))
    assert key(EntryKind.SCHEDULED, [OLD, TALKED], nov(18)) == first
    assert key(EntryKind.FOLLOW_UP, [OLD, TALKED, follow_up(dec(4))], nov(18)) == first
    # The call that a letter sets is there before the letter is written.
    tries = [attempt(nov(18)), attempt(nov(19)), attempt(nov(20))]
    assert key(EntryKind.FIRST, [OLD, *tries], nov(23), maybe=True) == first
    assert key(EntryKind.FIRST, [OLD, *tries, letter(nov(23))], nov(24)) == first


def test_of_two_days_set_by_hand_the_first_is_the_next_contact() -> None:
    facts = [OLD, TALKED, follow_up(dec(4)), follow_up(dec(1), "ask for Lee")]
    by_hand = {e.day: e.key for e in agenda(dossier(*facts), nov(18)) if e.kind is EntryKind.FOLLOW_UP}
    assert by_hand[dec(1)] == key(EntryKind.SCHEDULED, [OLD, TALKED], nov(18))
    assert by_hand[dec(4)] != by_hand[dec(1)]
