"""The calendar of one account, whatever is known of it: nothing twice, nothing lost."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.agenda import EntryKind, by_day, entries, is_call, order
from arctui.core.records import Flag, Frequency, PayCycle, Record
from arctui.core.standing import derive
from tests.core.builders import (
    attempt,
    call,
    callback,
    dispute,
    dossier,
    follow_up,
    invoice,
    letter,
    promise,
    rules,
)
from tests.core.oracle import business_days_on, dec, nov
from tests.core.test_agenda import THURSDAYS, claim

DAYS = st.dates(nov(2), dec(11))
FACTS = st.lists(
    st.one_of(
        st.builds(lambda n, d: invoice(str(n), f"{n}00.00", d), st.integers(1, 5), DAYS),
        st.builds(lambda d: call(d), st.dates(nov(2), nov(22))),
        st.builds(lambda d: attempt(d), st.dates(nov(2), nov(23))),
        st.builds(lambda d: letter(d), st.dates(nov(2), nov(22))),
        st.builds(lambda d, h: callback(d, h), DAYS, st.sampled_from(["", "08:30", "16:00"])),
        st.builds(lambda d: callback(d, "09:15", zone="Asia/Tokyo"), DAYS),
        st.builds(lambda d: follow_up(d), DAYS),
        st.builds(claim, DAYS),
        st.builds(lambda d, n: dispute(f"{n}0.00", nov(9), due=d), DAYS, st.integers(1, 5)),
        st.builds(
            lambda d, grace, n: promise(
                f"{n}0.00",
                d,
                business_days_on(business_days_on(d, 0), grace),
                business_days_on(business_days_on(business_days_on(d, 0), grace), 1),
                on=(str(n),),
                taken=nov(9),
            ),
            st.dates(nov(10), dec(11)),
            st.integers(0, 3),
            st.integers(1, 5),
        ),
    ),
    max_size=14,
    unique_by=lambda r: r.id,
)
OF_PROMISES = (EntryKind.PROMISE, EntryKind.VERIFY, EntryKind.BREAKS, EntryKind.BROKEN)
CYCLES = st.sampled_from(
    [
        None,
        THURSDAYS,
        PayCycle(frequency=Frequency.MONTH_END, documents=("W-9",)),
        PayCycle(frequency=Frequency.WEEKLY),
    ]
)


@settings(max_examples=60, deadline=None)
@given(facts=FACTS, cycle=CYCLES, stopped=st.booleans())
def test_nothing_stands_twice_and_the_sums_of_the_days_are_those_of_the_entries(
    facts: list[Record], cycle: PayCycle | None, stopped: bool
) -> None:
    account = dossier(*facts, cycle=cycle, flags=(Flag.LEGAL,) if stopped else ())
    shared = rules(nov(23))
    standing = derive(account, shared)
    found = entries(account, standing, shared)
    assert list(found) == sorted(found, key=order)

    assert len({e.key for e in found}) == len(found)
    assert len({(e.day, e.kind, e.record) for e in found}) == len(found)
    records = [(e.record, e.kind) for e in found if e.record]
    assert len(set(records)) == len(records)
    sure = [e for e in found if not e.projected]
    by_schedule = [e for e in sure if e.kind in (EntryKind.FIRST, EntryKind.SCHEDULED, EntryKind.LETTER)]
    assert len(by_schedule) <= 1
    if any(e.kind is EntryKind.FOLLOW_UP for e in found):
        assert not [e for e in by_schedule if e.kind is not EntryKind.LETTER]

    days = by_day(found)
    assert list(days) == sorted(days)
    assert sum(d.count for d in days.values()) == len(found)
    for day, sums in days.items():
        standing_there = [e for e in found if e.day == day]
        assert sums.amounts.get("USD", Decimal(0)) == max(e.amount for e in standing_there)
        assert sums.calls == any(is_call(e) for e in standing_there)

    past = {e.kind for e in found if e.day < nov(23)}
    assert past <= {EntryKind.PROMISE}
    if stopped:
        assert {e.kind for e in found} <= {EntryKind.PROMISE, EntryKind.CALLBACK}
    elif standing.next:
        assert any(e.day <= standing.next.day and e.day >= nov(23) for e in found)


@settings(max_examples=50, deadline=None)
@given(facts=FACTS)
def test_further_contacts_come_on_business_days_after_the_next_and_are_never_calls_to_be_made(
    facts: list[Record],
) -> None:
    account = dossier(*facts)
    shared = rules(nov(23))
    standing = derive(account, shared)
    further = [e for e in entries(account, standing, shared) if e.projected]
    assert all(shared.calendar.is_business(e.day) and e.day >= nov(23) and not is_call(e) for e in further)
    calls = [e for e in further if e.kind in (EntryKind.FIRST, EntryKind.SCHEDULED)]
    # The next one is among them where a letter or money said to be paid comes before it.
    assert len(calls) <= max(1, 3 - standing.contacts.conversations)
    days = [e.day for e in sorted(calls, key=lambda e: e.key)]
    assert days == sorted(set(days))


@settings(max_examples=50, deadline=None)
@given(facts=FACTS, ahead=st.integers(1, 20))
def test_a_promise_keeps_its_keys_from_day_to_day_whatever_becomes_of_it(facts: list[Record], ahead: int) -> None:
    account = dossier(*facts)

    def keys(today: date) -> dict[str, set[str]]:
        shared = rules(today)
        of: dict[str, set[str]] = {p.id: set() for p in account.promises}
        for entry in entries(account, derive(account, shared), shared):
            if entry.kind in OF_PROMISES:
                of[entry.record].add(entry.key)
        return of

    today = nov(23)
    for promise_id, later in keys(today + timedelta(days=ahead)).items():
        assert later <= {f"{promise_id}-{slot}" for slot in ("due", "look", "break")}
        assert f"{promise_id}-due" in later & keys(today)[promise_id]


@settings(max_examples=50, deadline=None)
@given(facts=FACTS)
def test_the_next_contact_is_the_first_of_all_that_lies_ahead(facts: list[Record]) -> None:
    standing = derive(dossier(*facts), rules(nov(23)))
    assert all(r.day >= nov(23) for r in standing.ahead)
    if not standing.reasons:
        first = min((r.day for r in standing.ahead), default=None)
        assert (standing.next.day if standing.next else None) == first
