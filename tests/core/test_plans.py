"""Instalment plans: one missed part breaks the plan, and the parts that were still to come fall with it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from arctui.core.agenda import EntryKind, entries
from arctui.core.money import ZERO, total
from arctui.core.plans import in_plans
from arctui.core.promised import promised
from arctui.core.promises import Judged, Verdict, no_grace
from arctui.core.reasons import Bucket
from arctui.core.records import Promise, Record
from arctui.core.review import gathered, of_account, walk
from arctui.core.timeline import timeline
from arctui.core.track_record import Kept, kept_of
from arctui.core.verdict_words import verdict_words
from tests.core.builders import (
    call,
    dispute,
    dossier,
    invoice,
    list_row,
    money,
    payment,
    promise,
    read,
    rules,
    standing,
    verdicts,
)
from tests.core.oracle import dec, nov

OWED = invoice("1", "1000.00", nov(2))
FIRST = promise("300.00", nov(13), nov(18), nov(19), taken=nov(9), name="first", plan="plan")
SECOND = promise("300.00", nov(20), nov(25), nov(27), taken=nov(9), name="second", plan="plan")
THIRD = promise("400.00", nov(27), dec(2), dec(3), taken=nov(9), name="third", plan="plan")
PLAN = (FIRST, SECOND, THIRD)


def paid(day: date, amount: str, *, reversed_on: date | None = None) -> Record:
    return payment(day, amount, {"1": amount}, reversed_on=reversed_on)


def words_of(found: Sequence[Judged]) -> str:
    return " ".join(j.verdict.value for j in found)


@pytest.mark.parametrize(
    ("today", "facts", "expected"),
    [
        pytest.param(nov(18), [], "due open open", id="while the first is due all of it lives"),
        pytest.param(nov(19), [], "broken broken broken", id="from the day on which the first is missed"),
        pytest.param(nov(30), [], "broken broken broken", id="and for good"),
        pytest.param(nov(19), [paid(nov(13), "300.00")], "kept open open", id="a part that is kept breaks nothing"),
        pytest.param(nov(27), [paid(nov(13), "300.00")], "kept broken broken", id="what was kept before stays kept"),
        pytest.param(
            nov(19), [paid(nov(13), "200.00")], "partial broken broken", id="a part that is paid in part is missed"
        ),
        pytest.param(
            nov(19), [paid(nov(12), "600.00")], "kept kept open", id="what comes early pays the parts in their order"
        ),
        pytest.param(
            nov(30), [paid(nov(19), "300.00")], "broken broken broken", id="money of the day of the break is late"
        ),
        pytest.param(
            nov(30), [paid(nov(19), "1000.00")], "broken broken broken", id="also where it pays all the parts"
        ),
        pytest.param(
            nov(19), [dispute("1000.00", nov(12), on="1")], "suspended suspended suspended", id="nor does a dispute"
        ),
    ],
)
def test_a_missed_part_breaks_the_plan(today: date, facts: list[Record], expected: str) -> None:
    found = standing(dossier(OWED, *PLAN, *facts), today).judged
    assert words_of(found) == expected


def test_the_parts_fall_on_the_day_on_which_the_missed_one_broke() -> None:
    first, second, third = verdicts(nov(24), OWED, *PLAN)
    assert [j.broke_on for j in (first, second, third)] == [nov(19)] * 3
    assert [j.missed_on for j in (first, second, third)] == [nov(19)] * 3
    assert [j.fell_with for j in (first, second, third)] == ["", "first", "first"]
    assert [p.id for p in first.felled] == ["second", "third"]
    assert [j.place for j in (first, second, third)] == [(1, 3), (2, 3), (3, 3)]


def test_a_part_that_is_missed_at_its_own_time_did_not_fall_with_another() -> None:
    kept = paid(nov(13), "300.00")
    first, second, third = verdicts(dec(9), OWED, *PLAN, kept)
    assert (first.verdict, second.fell_with, third.fell_with) == (Verdict.KEPT, "", "second")
    assert (second.broke_on, third.broke_on) == (nov(27), nov(27))


def test_money_for_the_parts_that_fell_is_late_and_pays_the_oldest_first() -> None:
    first, second, third = verdicts(nov(24), OWED, *PLAN, paid(nov(19), "300.00"), paid(nov(24), "500.00"))
    assert [j.received for j in (first, second, third)] == [0, 0, 0]
    assert [j.late for j in (first, second, third)] == [300, 300, 200]
    assert (first.late_on, second.late_on, third.late_on) == (nov(19), nov(24), nov(24))


def test_what_had_come_of_a_part_before_the_plan_broke_leaves_it_partial() -> None:
    onto = [paid(nov(13), "200.00"), payment(nov(17), "250.00", {"1": "250.00"})]
    first, second, third = verdicts(nov(19), OWED, *PLAN, *onto)
    assert (first.verdict, second.verdict, third.verdict) == (Verdict.KEPT, Verdict.OPEN, Verdict.OPEN)
    less = [paid(nov(13), "200.00"), msgspec.structs.replace(SECOND, invoices=("id-2",))]
    other = payment(nov(17), "150.00", {"2": "150.00"})
    facts = [OWED, invoice("2", "300.00", nov(2)), FIRST, THIRD, *less, other]
    found = {j.promise.id: j for j in verdicts(nov(19), *facts)}
    assert found["second"].verdict is Verdict.PARTIAL
    assert (found["second"].received, found["second"].fell_with) == (Decimal("150.00"), "first")


def test_a_check_of_a_kept_part_that_comes_back_breaks_the_plan_on_the_day_of_that() -> None:
    back = paid(nov(13), "300.00", reversed_on=nov(24))
    assert words_of(verdicts(nov(23), OWED, *PLAN, back)) == "kept due open"
    first, second, third = verdicts(nov(24), OWED, *PLAN, back)
    assert words_of((first, second, third)) == "broken broken broken"
    assert (first.broke_on, second.broke_on, third.broke_on) == (nov(24),) * 3
    paid_before = [back, paid(nov(20), "300.00")]
    assert words_of(verdicts(nov(24), OWED, *PLAN, *paid_before)) == "broken kept broken"


def test_a_part_that_is_missed_as_its_own_check_came_back_did_not_fall_with_another() -> None:
    first = paid(nov(12), "300.00", reversed_on=nov(20))
    own = msgspec.structs.replace(SECOND, invoices=("id-2",))
    back = payment(nov(17), "300.00", {"2": "300.00"}, reversed_on=nov(30))
    facts = [OWED, invoice("2", "300.00", nov(2)), FIRST, own, THIRD, first, back]
    found = {j.promise.id: j for j in verdicts(nov(30), *facts)}
    assert {name: (j.broke_on, j.fell_with) for name, j in found.items()} == {
        "first": (nov(20), ""),
        "second": (nov(30), ""),
        "third": (nov(20), "first"),
    }


def test_a_return_inside_the_window_only_opens_the_part_again() -> None:
    back = paid(nov(13), "300.00", reversed_on=nov(17))
    assert words_of(verdicts(nov(17), OWED, *PLAN, back)) == "due open open"


def test_other_promises_of_the_account_stand() -> None:
    alone = promise("100.00", nov(27), dec(2), dec(3), on="2", name="alone")
    found = verdicts(nov(24), OWED, invoice("2", "100.00", nov(2)), *PLAN, alone)
    assert words_of(found) == "broken broken broken open"


def test_a_part_that_was_agreed_after_the_break_does_not_fall_with_it() -> None:
    later = msgspec.structs.replace(THIRD, taken_on=nov(19))
    assert words_of(verdicts(nov(24), OWED, FIRST, SECOND, later)) == "broken broken open"


def test_a_part_that_was_replaced_or_withdrawn_breaks_nothing() -> None:
    gone = [
        msgspec.structs.replace(FIRST, superseded_by="x"),
        msgspec.structs.replace(FIRST, withdrawn_on=nov(12)),
    ]
    for first in gone:
        found = verdicts(nov(24), OWED, first, SECOND, THIRD)
        assert words_of(found[1:]) == "due open"
        assert [j.place for j in found] == [None, (1, 2), (2, 2)]


def test_after_a_broken_plan_the_next_promise_is_in_our_hands_even_where_the_missed_part_was_partly_paid() -> None:
    assert no_grace(verdicts(nov(19), OWED, *PLAN, paid(nov(13), "200.00")))
    assert not no_grace(verdicts(nov(18), OWED, *PLAN))


# What the rest makes of it


def test_parts_that_fell_cover_nothing_and_silence_nothing() -> None:
    before, after = (standing(dossier(OWED, *PLAN), day) for day in (nov(18), nov(19)))
    assert (before.balance.promised, before.balance.collectable) == money(1000, 0)
    assert (after.balance.promised, after.balance.collectable) == money(0, 1000)
    assert after.live == ()


def test_a_broken_plan_is_one_matter_on_the_list() -> None:
    row = list_row(dossier(OWED, *PLAN), nov(19))
    assert row is not None
    assert (row.bucket, row.amount) == (Bucket.BROKEN, Decimal(1000))
    assert row.why.startswith("promised 300.00 for Fri 13 Nov by check, nothing came; the plan is broken: ")
    assert "2 later parts of 700.00 fell with it" in row.why


def test_a_plan_whose_missed_part_came_late_still_says_what_fell() -> None:
    row = list_row(dossier(OWED, *PLAN, paid(nov(20), "300.00")), nov(20))
    assert row is not None
    assert (row.bucket, row.amount) == (Bucket.BROKEN, Decimal(700))
    assert row.why.startswith(
        "the part of 300.00 for Fri 13 Nov came late; the plan is broken: 2 later parts of 700.00"
    )


def test_no_more_is_missing_of_a_plan_than_its_invoices_have_open() -> None:
    small = invoice("1", "500.00", nov(2))
    row = list_row(dossier(small, *PLAN), nov(19))
    assert row is not None
    assert row.amount == Decimal(500)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param([call(nov(19))], id="a conversation"),
        pytest.param(
            [promise("1000.00", nov(30), nov(30), dec(1), taken=nov(20), name="new")],
            id="a new promise for all of it",
        ),
        pytest.param([msgspec.structs.replace(FIRST, reviewed_on=nov(19))], id="a decision about the missed part"),
    ],
)
def test_what_answers_for_the_missed_part_answers_for_the_plan(answer: list[Record]) -> None:
    parts = [p for p in PLAN if p.id not in {a.id for a in answer}]
    assert standing(dossier(OWED, *parts, *answer), nov(20)).neglected == frozenset()


def test_a_plan_that_the_review_left_for_later_comes_back_whole_on_that_day() -> None:
    left = msgspec.structs.replace(FIRST, reviewed_on=nov(19), left_until=nov(24))
    facts = dossier(OWED, left, SECOND, THIRD)
    assert standing(facts, nov(23)).neglected == frozenset()
    assert standing(facts, nov(24)).neglected == {"first", "second", "third"}


def test_a_broken_plan_is_one_entry_in_the_calendar_and_one_in_the_history() -> None:
    facts = dossier(OWED, *PLAN)
    shared = rules(nov(24))
    derived = standing(facts, nov(24))
    found = [e for e in entries(facts, derived, shared) if e.kind in (EntryKind.PROMISE, EntryKind.BROKEN)]
    assert [(e.kind, e.record) for e in found] == [(EntryKind.PROMISE, "first"), (EntryKind.BROKEN, "first")]
    assert not [e for e in entries(facts, derived, shared) if e.kind in (EntryKind.VERIFY, EntryKind.BREAKS)]
    events = [e for e in timeline(facts, derived, shared) if e.kind == "broken" and not e.ahead]
    assert [e.day for e in events if "by Wed 18 Nov" in e.words] == [nov(19)]
    assert not [e for e in events if e.day > nov(24)]


def test_the_sentences_name_the_part_and_the_plan() -> None:
    first, second, _ = (verdict_words(j, rules(nov(24))) for j in verdicts(nov(24), OWED, *PLAN))
    assert first == (
        "broken: 0.00 of 300.00 by Wed 18 Nov (Fri 13 + 3 business days); part 1 of 3, with it the plan is broken: "
        "2 later parts of 700.00 fell"
    )
    assert second == (
        "broken: 0.00 of 300.00, fell with the part of 300.00 for Fri 13 Nov, missed on Thu 19 Nov; part 2 of 3"
    )


def test_parts_that_fell_with_a_missed_one_are_decided_by_nobody_and_in_no_number() -> None:
    found = verdicts(nov(24), OWED, *PLAN)
    counted = promised(found, nov(1), nov(30))
    assert (counted.decided, counted.broken, counted.promised) == (1, 1, Decimal("300.00"))
    assert counted.broke_again == ()
    assert kept_of(found) == Kept(0, 1)


# Which promises are one plan


def taken(line: str, *before: Promise, replaces: Sequence[str] = ()) -> list[Promise]:
    """The promises of a line as they would be stored, on an account that has these ones."""
    reading = msgspec.structs.replace(read(line, nov(16)), replaces=tuple(replaces))
    new = [
        promise(str(c.amount), c.day, c.window.last_day, c.window.breaks_on, name=f"new {n}")
        for n, c in enumerate(reading.commitments)
    ]
    return in_plans(new, reading, verdicts(nov(16), OWED, *before))


def test_the_parts_of_a_line_are_one_plan() -> None:
    assert {p.plan for p in taken("4x 250 weekly from 11/20")} == {"new 0"}
    assert [p.plan for p in taken("500 fri, 500 30")] == ["new 0", "new 0"]
    assert [p.plan for p in taken("500 fri")] == [""]


def test_a_promise_in_the_place_of_one_part_joins_the_plan_and_in_that_of_all_of_them_ends_it() -> None:
    assert [p.plan for p in taken("300 fri", *PLAN, replaces=["first"])] == ["plan"]
    assert [p.plan for p in taken("1000 fri", *PLAN, replaces=["first", "second", "third"])] == [""]
    every = taken("500 fri, 500 30", *PLAN, replaces=["first", "second", "third"])
    assert [p.plan for p in every] == ["new 0", "new 0"]


def test_all_that_a_plan_was_paid_is_counted_once() -> None:
    found = verdicts(dec(9), OWED, *PLAN, *(paid(nov(12 + n), "70.00") for n in range(12)))
    assert total(j.received + j.late for j in found) == Decimal(840)
    assert all(j.missing >= ZERO for j in found)


def test_the_review_walks_through_a_plan_whose_missed_part_came_late_as_through_one_promise() -> None:
    facts = dossier(OWED, *PLAN, paid(nov(20), "300.00"))
    derived = standing(facts, nov(20))
    found = walk(gathered(of_account(facts, derived, nov(20), nov(16)), nov(20)))
    assert [(r.judged.promise.id, r.handled) for r in found] == [("first", "")]
    talked = dossier(OWED, *PLAN, paid(nov(20), "300.00"), call(nov(20)))
    found = walk(gathered(of_account(talked, standing(talked, nov(20)), nov(20), nov(16)), nov(20)))
    assert [(r.judged.promise.id, bool(r.handled)) for r in found] == [("first", True)]
