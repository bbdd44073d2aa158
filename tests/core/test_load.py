"""Calls against what can be made in a day: what is counted, what goes where, what never moves."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core import agenda
from arctui.core.agenda import Entry, EntryKind, is_call
from arctui.core.business import BusinessCalendar
from arctui.core.load import Bound, Load, Spread, bound, first_call, limited, load, spread
from arctui.core.policy import Policy
from arctui.core.records import Frequency, PayCycle, Record
from arctui.core.standing import derive
from tests.core.builders import call, callback, dossier, follow_up, invoice, letter, promise, rules
from tests.core.oracle import business_days_on, dec, nov

MON, TUE, WED, FRI = nov(16), nov(17), nov(18), nov(20)
#: The five business days after Monday 16 November.
WEEK = [nov(17), nov(18), nov(19), nov(20), nov(23)]
CALENDAR = BusinessCalendar("US")
FREE = Bound(date.max, "")


def entry(
    account: str,
    day: date = MON,
    kind: EntryKind = EntryKind.SCHEDULED,
    amount: int = 10,
    clerk: str = "",
    *,
    projected: bool = False,
) -> Entry:
    return Entry(
        day=day,
        kind=kind,
        account=account,
        name=account,
        number="",
        amount=Decimal(amount),
        currency="USD",
        why="",
        key=f"{account}-{kind}-{day}",
        clerk=clerk,
        projected=projected,
    )


def spread_out(
    entries: Iterable[Entry], capacity: int, limits: Mapping[str, date] | None = None, chosen: date = MON
) -> Spread:
    entries = list(entries)
    keys = frozenset(e.key for e in entries if e.day == chosen)
    stays = (EntryKind.BROKEN, EntryKind.CALLBACK, EntryKind.CALL_BY)

    def limit(e: Entry) -> Bound:
        last = e.day if e.kind in stays else (limits or {}).get(e.account, date.max)
        return Bound(last, "its limit" if last < date.max else "")

    return spread(entries, keys, capacity, CALENDAR, limit)


def where(found: Spread) -> dict[str, date]:
    return {g.entry.account: g.day for g in found.going}


def why(found: Spread, account: str) -> str:
    return next(s.why for s in found.staying if s.entry.account == account)


def test_an_account_is_one_call_a_day_and_what_is_no_call_is_none() -> None:
    entries = [
        entry("a"),
        entry("a", kind=EntryKind.CALLBACK),
        entry("b", kind=EntryKind.FIRST),
        entry("c", kind=EntryKind.PROMISE),
        entry("d", kind=EntryKind.RUN),
        entry("e", projected=True),
        entry("f", TUE),
    ]
    assert load(entries, 2) == [Load(MON, "", 2, 2), Load(TUE, "", 1, 2)]


def test_each_clerk_has_a_capacity_of_their_own() -> None:
    entries = [entry("a", clerk="ann"), entry("b", clerk="ann"), entry("c", clerk="bob"), entry("d")]
    found = load(entries, 1)
    assert [(one.clerk, one.calls, one.over) for one in found] == [("", 1, 0), ("ann", 2, 1), ("bob", 1, 0)]
    moved = spread_out(entries, 1)
    assert where(moved) == {"a": TUE}


def test_without_a_limit_no_day_has_too_many() -> None:
    assert load([entry(n) for n in "abc"], 0)[0].over == 0


def test_the_largest_amounts_stay_and_the_rest_goes_to_the_next_days_with_room_the_larger_first() -> None:
    entries = [entry(name, amount=10 * n) for n, name in enumerate("abcde", 1)] + [entry("x", TUE)]
    found = spread_out(entries, 2)
    assert where(found) == {"c": TUE, "b": WED, "a": WED}
    assert [s.entry.account for s in found.staying] == ["e", "d"]
    assert why(found, "e") == "the day has room for that many"


def test_a_day_that_is_not_above_the_capacity_stays_as_it_is() -> None:
    assert spread_out([entry("a"), entry("b")], 2).going == ()


def test_holidays_and_week_ends_take_no_calls() -> None:
    wednesday = nov(25)
    entries = [entry(name, wednesday) for name in "abcd"]
    assert set(where(spread_out(entries, 1, chosen=wednesday)).values()) == {nov(27), nov(30), dec(1)}


def test_a_near_limit_comes_first_and_none_is_passed() -> None:
    entries = [entry("a", amount=1), entry("b", amount=2), entry("c", amount=3)]
    found = spread_out(entries, 1, {"a": TUE, "b": date.max})
    assert where(found) == {"a": TUE, "b": WED}
    found = spread_out(entries, 1, {"a": MON, "b": TUE})
    assert where(found) == {"b": TUE, "c": WED}
    assert why(found, "a") == "its limit"


def test_what_has_a_limit_with_no_room_before_it_stays_and_says_both() -> None:
    found = spread_out([entry("a"), entry("b", amount=20), entry("x", TUE)], 1, {"a": TUE, "b": MON})
    assert found.going == ()
    assert why(found, "a") == "no day of the week to come has room for it; its limit"


@pytest.mark.parametrize("kind", [EntryKind.BROKEN, EntryKind.CALLBACK, EntryKind.CALL_BY])
def test_what_cannot_wait_stays_and_takes_its_place(kind: EntryKind) -> None:
    entries = [entry("a", kind=kind, amount=1), entry("b", amount=5), entry("c", kind=kind, amount=2)]
    found = spread_out(entries, 1)
    assert where(found) == {"b": TUE}


def test_who_is_called_on_the_day_anyway_is_called_once() -> None:
    entries = [entry("a", amount=1), entry("a", kind=EntryKind.CALLBACK, amount=1), entry("b", amount=5)]
    chosen = frozenset([entries[0].key, entries[2].key])
    found = spread(entries, chosen, 1, CALENDAR, lambda _: FREE)
    assert where(found) == {"b": TUE}
    assert why(found, "a").startswith("they are called on this day anyway")


def test_only_the_chosen_ones_move() -> None:
    entries = [entry("a"), entry("b", amount=20), entry("c", amount=30)]
    found = spread(entries, frozenset([entries[2].key]), 1, CALENDAR, lambda _: FREE)
    assert where(found) == {"c": TUE}


def test_what_comes_from_one_day_to_another_chosen_one_is_moved_once() -> None:
    entries = [entry(n) for n in "abc"] + [entry(n, TUE) for n in "de"]
    found = spread(entries, frozenset(e.key for e in entries), 2, CALENDAR, lambda _: FREE)
    assert Counter(g.entry.key for g in found.going).most_common(1)[0][1] == 1
    assert len(found.going) + len(found.staying) == len(entries)


CALLS = st.builds(
    entry,
    st.sampled_from("abcdefghijkl"),
    st.sampled_from([MON, *WEEK]),
    st.sampled_from([EntryKind.SCHEDULED, EntryKind.FIRST, EntryKind.CALLBACK, EntryKind.BROKEN, EntryKind.PROMISE]),
    st.integers(0, 5),
    st.sampled_from(["", "ann"]),
)


def one_clerk_each(entries: list[Entry]) -> list[Entry]:
    """An account belongs to one clerk, and a key is there once."""
    clerks: dict[str, str] = {}
    return list({e.key: e for e in entries if clerks.setdefault(e.account, e.clerk) == e.clerk}.values())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(CALLS, max_size=25).map(one_clerk_each),
    st.integers(1, 4),
    st.dictionaries(st.sampled_from("abcdefghijkl"), st.sampled_from([nov(10), MON, *WEEK])),
)
def test_nothing_is_lost_or_doubled_no_limit_is_passed_and_no_other_day_is_overfilled(
    entries: list[Entry], capacity: int, limits: dict[str, date]
) -> None:
    found = spread_out(entries, capacity, limits)
    chosen = [e for e in entries if e.day == MON and is_call(e)]
    assert Counter(e.key for e in chosen) == Counter(
        [g.entry.key for g in found.going] + [s.entry.key for s in found.staying]
    )
    for going in found.going:
        assert MON < going.day <= limits.get(going.entry.account, date.max)
        assert going.day in WEEK
        assert going.entry.kind not in (EntryKind.BROKEN, EntryKind.CALLBACK)
    moved = {g.entry.key: g.day for g in found.going}
    before = {(x.day, x.clerk): x.calls for x in load(entries, capacity)}
    after_entries = [entry_at(e, moved.get(e.key, e.day)) for e in entries]
    after = {(x.day, x.clerk): x.calls for x in load(after_entries, capacity)}
    for (day, clerk), calls in after.items():
        assert calls <= max(capacity, before.get((day, clerk), 0))
    for clerk in ("", "ann"):
        if after.get((MON, clerk), 0) > capacity:
            assert not could_still_go(after_entries, clerk, capacity, limits)
        if before.get((MON, clerk), 0) <= capacity:
            assert not [g for g in found.going if g.entry.clerk == clerk]


def entry_at(moved: Entry, day: date) -> Entry:
    return entry(moved.account, day, moved.kind, int(moved.amount), moved.clerk)


def could_still_go(entries: list[Entry], clerk: str, capacity: int, limits: dict[str, date]) -> bool:
    """Is there an account left on Monday that may go to a day which has room?"""
    stays = {e.account for e in entries if e.day == MON and e.kind in (EntryKind.BROKEN, EntryKind.CALLBACK)}
    left = {e.account for e in entries if e.day == MON and e.clerk == clerk and is_call(e)} - stays
    calls = {(x.day, x.clerk): x.calls for x in load(entries, capacity)}
    return any(
        calls.get((day, clerk), 0) < capacity and day <= limits.get(account, date.max)
        for account in left
        for day in WEEK
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(CALLS, max_size=25).map(one_clerk_each), st.randoms())
def test_the_same_calls_in_any_order_are_spread_in_the_same_way(entries: list[Entry], random: object) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert spread_out(shuffled, 2) == spread_out(entries, 2)


def limits_of(*records: Record, policy: Policy | None = None) -> date:
    """The limit of the account's first call."""
    facts, rule = dossier(*records), rules(WED, policy=policy)
    found = first_call(derive(facts, rule), rule)
    return found.late if found else date.max


def test_a_first_call_may_wait_until_the_fifth_business_day_past_due() -> None:
    assert limits_of(invoice("1", "9.00", nov(13))) == business_days_on(nov(13), 5) == FRI
    assert limits_of(invoice("1", "9.00", nov(13)), invoice("2", "9.00", nov(9))) == TUE


def test_the_limit_is_never_before_the_first_call_itself() -> None:
    policy = Policy(first_contact_business_days=7, first_contact_latest_business_days=2)
    assert limits_of(invoice("1", "9.00", nov(13)), policy=policy) == business_days_on(nov(13), 7)
    sent = letter(nov(17))
    assert limits_of(invoice("1", "9.00", nov(2)), sent) == business_days_on(nov(27), 0)


def test_days_may_count_from_the_day_of_issue() -> None:
    policy = Policy(first_contact_from="issued")
    bill = invoice("1", "9.00", nov(13), issued=nov(3))
    facts, rule = dossier(bill), rules(WED, policy=policy)
    found = first_call(derive(facts, rule), rule)
    assert found
    assert (found.since, found.late) == (nov(3), business_days_on(nov(3), 5))
    assert found.days(nov(12), rule.calendar) == 6


def test_who_was_spoken_to_or_owes_nothing_has_no_first_call() -> None:
    assert limits_of(invoice("1", "9.00", nov(2)), call(nov(9))) == date.max
    assert limits_of(invoice("1", "9.00", dec(20))) == date.max


def bounds(*records: Record, cycle: PayCycle | None = None) -> dict[EntryKind, date]:
    facts, rule = dossier(*records, cycle=cycle), rules(WED)
    standing = derive(facts, rule)
    return {e.kind: bound(e, standing, rule).last for e in agenda.entries(facts, standing, rule) if is_call(e)}


def test_how_far_each_kind_of_call_may_be_put_off() -> None:
    bill = invoice("1", "9.00", nov(13))
    assert bounds(bill) == {EntryKind.FIRST: FRI}
    assert bounds(bill, call(nov(16))) == {EntryKind.SCHEDULED: date.max}
    assert bounds(bill, callback(nov(19), "10:30"))[EntryKind.CALLBACK] == nov(19)
    broken = promise("9.00", nov(9), nov(12), nov(13), on=("1",), taken=nov(3))
    assert bounds(bill, broken)[EntryKind.BROKEN] == WED
    thursdays = PayCycle(frequency=Frequency.WEEKLY, weekday=3, cutoff_days=1)
    assert bounds(bill, call(nov(16)), cycle=thursdays)[EntryKind.CALL_BY] == WED


def test_a_day_set_by_hand_has_the_limit_of_the_first_call_whose_place_it_takes() -> None:
    bill = invoice("1", "9.00", nov(13))
    assert bounds(bill, follow_up(nov(19))) == {EntryKind.FOLLOW_UP: FRI}
    assert bounds(bill, follow_up(dec(1))) == {EntryKind.FOLLOW_UP: date.max}
    assert bounds(bill, call(nov(16)), follow_up(nov(19))) == {EntryKind.FOLLOW_UP: date.max}


def test_a_first_call_that_was_moved_to_its_limit_and_not_made_waits_no_longer() -> None:
    facts, rule = dossier(invoice("1", "9.00", nov(13)), follow_up(nov(20))), rules(nov(23))
    standing = derive(facts, rule)
    (moved,) = (e for e in agenda.entries(facts, standing, rule) if is_call(e))
    assert (moved.day, bound(moved, standing, rule).last) == (nov(23), FRI)


def test_what_is_no_first_call_has_no_limit() -> None:
    facts, rule = dossier(invoice("1", "9.00", nov(13))), rules(WED)
    standing = derive(facts, rule)
    assert limited(entry("birch", kind=EntryKind.SCHEDULED), standing, rule) is None


class Closed(BusinessCalendar):
    """Business is never done."""

    def is_business(self, day: date) -> bool:
        return False


def test_a_week_without_a_business_day_takes_nothing() -> None:
    entries = [entry("a"), entry("b")]
    found = spread(entries, frozenset(e.key for e in entries), 1, Closed("US"), lambda _: FREE)
    assert found.going == ()
