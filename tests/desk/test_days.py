"""The calendar's days: whatever comes, changes and goes, they are the ones of all entries put together anew."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.agenda import Entry, EntryKind, by_day, order
from arctui.core.agenda_filter import Filter
from arctui.core.business import UnknownCountryError
from arctui.core.load import load
from arctui.desk import derived
from arctui.desk.days import Days
from tests.core.oracle import nov
from tests.desk.planner import Planner

FIRST, LAST = nov(1), nov(30)
KINDS = (EntryKind.FIRST, EntryKind.PROMISE, EntryKind.RUN, EntryKind.CUTOFF, EntryKind.CALLBACK)


@st.composite
def of_account(draw: st.DrawFn, account: str) -> tuple[Entry, ...]:
    """What stands in the calendar for an account, each entry with a key of its own."""
    found = draw(
        st.lists(
            st.tuples(st.integers(0, 3), st.sampled_from(KINDS), st.integers(0, 3), st.sampled_from(("USD", "EUR"))),
            max_size=4,
        )
    )
    clerk = draw(st.sampled_from(("", "ann", "bob")))
    return tuple(
        Entry(
            day=nov(9) + timedelta(days=after),
            kind=kind,
            account=account,
            name=account,
            number="",
            amount=Decimal(amount),
            currency=currency,
            why="",
            key=f"{account} {number}",
            clerk=clerk,
        )
        for number, (after, kind, amount, currency) in enumerate(found)
    )


def check(days: Days, entries: list[Entry]) -> None:
    """Compare with what follows from all entries at once."""
    assert days.between(FIRST, LAST) == sorted(entries, key=order)
    assert days.sums(FIRST, LAST) == by_day(entries)
    calls = {(found.day, found.clerk): found.calls for found in load(entries, 0)}
    for day, glance in days.glances(FIRST, LAST).items():
        assert glance.busiest == max((n for (on, _), n in calls.items() if on == day), default=0)
        assert glance.kinds == {e.kind for e in entries if e.day == day} & {EntryKind.RUN, EntryKind.CUTOFF}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_after_any_changes_the_days_are_those_of_all_entries(data: st.DataObject) -> None:
    names = [f"account {n}" for n in range(4)]
    accounts = {name: data.draw(of_account(name)) for name in names}
    days, wanted = Days(), Filter(kinds=frozenset((EntryKind.FIRST, EntryKind.RUN)), clerk="ann")
    days.add({name: accounts[name] for name in names[:2]})
    days.add({name: accounts[name] for name in names[2:]})
    if data.draw(st.booleans()):
        for _ in days.put_in_order():
            pass
    for name in data.draw(st.lists(st.sampled_from([*names, "one that came later"]), max_size=4)):
        held = [found.lend(day) for found in (days, days.kept(wanted)) for day in found.dates(FIRST, LAST)]
        before = list(map(list, held))
        accounts[name] = data.draw(of_account(name))
        days.put(name, accounts[name])
        assert list(map(list, held)) == before
    entries = [entry for found in accounts.values() for entry in found]
    check(days, entries)
    check(days.kept(wanted), [entry for entry in entries if wanted.keeps(entry)])


def test_a_large_day_is_put_in_order_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arctui.desk.days._RUN", 10)
    days, entries = Days(), []
    for number in range(95):
        name = f"account {number * 37 % 95:02}"
        entry = Entry(
            day=nov(9),
            kind=EntryKind.FIRST,
            account=name,
            name=name,
            number="",
            amount=Decimal(number % 7),
            currency="USD",
            why="",
            key=name,
        )
        days.add({name: (entry,)})
        entries.append(entry)
    pieces = sum(1 for _ in days.put_in_order())
    assert pieces == 2 * 10
    assert days.on(nov(9)) == sorted(entries, key=order)


def test_the_calendar_grows_in_slices_and_what_changes_meanwhile_is_in_it(planner: Planner) -> None:
    for number in range(3):
        planner.customer(f"Birch {number}", "100.00")
    before = planner.desk.derived
    assert not before.date(0)
    assert not planner.desk.agenda.ready
    slices = before._date()
    next(slices)
    before._dating = slices
    planner.desk.follow_up("Birch 1", "dec 4 new manager")
    assert planner.desk.derived is before
    assert planner.desk.agenda.prepare(60)
    assert "new manager" in [entry.why for entry in planner.entries]
    glance = planner.desk.agenda.month_at_a_glance(nov(18))[nov(18)]
    assert glance.sum == planner.month(nov(1))[nov(18)]


def test_a_calendar_that_was_cut_off_by_an_error_is_put_together_anew(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner.customer("Birch", "100.00")

    def failing(*_: object) -> Iterator[Entry]:
        raise UnknownCountryError("no holidays are known for 'XX'")

    with monkeypatch.context() as patch:
        patch.setattr(derived, "entries", failing)
        for _ in range(2):
            with pytest.raises(UnknownCountryError):
                planner.desk.agenda.prepare(60)
    assert planner.desk.agenda.prepare(60)
    assert planner.entries


@pytest.fixture
def planner(tmp_path: Path) -> Planner:
    return Planner(tmp_path)


def test_days_far_off_can_be_asked_for(planner: Planner) -> None:
    assert planner.desk.agenda.glances(date.min, date.max) == {}
    assert planner.desk.agenda.month_at_a_glance(date.max) == {}
