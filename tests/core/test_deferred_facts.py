"""Facts of which tables are decoded when they are looked at are the facts that they are in memory."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.changes import Change, added, changed, removed
from arctui.core.deferred import DAY_OF
from arctui.core.facts import Facts
from arctui.core.records import Account, Activity, ActivityKind, Person, Record
from tests.core.oracle import nov

ACCOUNTS = ("birch", "elm", "oak")


class Listed:
    """A source that is a list; it counts what was decoded of it."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = list(records)
        self.decoded = 0

    def __len__(self) -> int:
        return len(self._records)

    def place(self, record_id: str) -> int | None:
        return next((n for n, r in enumerate(self._records) if r.id == record_id), None)

    def places_of(self, account: str) -> Sequence[int]:
        # As where two have the same digest: the places of another account are among them.
        return [n for n, r in enumerate(self._records) if account != "elm" or getattr(r, "account", "") != "oak"]

    def places_on(self, day: date) -> Sequence[int]:
        return [n for n, r in enumerate(self._records) if getattr(r, DAY_OF[type(r)]) == day]

    def at(self, places: Sequence[int]) -> list[Record]:
        self.decoded += len(places)
        return [msgspec.structs.replace(self._records[place]) for place in places]

    def all(self) -> Iterator[Record]:
        return iter(self.at(range(len(self))))


def activity(number: int, account: str, day: int = 1) -> Activity:
    moment = datetime(2026, 11, day, tzinfo=UTC)
    return Activity(id=f"a{number}", account=account, kind=ActivityKind.NOTE, at=moment, day=nov(day), by="ann")


def both(activities: Sequence[Activity]) -> tuple[Facts, Facts, Listed]:
    accounts = [Account(id=name, name=name) for name in ACCOUNTS]
    source = Listed(activities)
    return Facts([*accounts, *activities]), Facts(accounts, {Activity.TABLE: source}), source


def seen(facts: Facts) -> object:
    of_days = [list(facts.on(Activity, nov(1) + timedelta(n))) for n in range(4)]
    by_id = [facts.get(Activity, f"a{n}") for n in range(12)]
    return list(facts.all(Activity)), [facts.dossier(a) for a in ACCOUNTS], of_days, by_id


STEPS = st.tuples(st.sampled_from(("put", "drop")), st.integers(0, 11), st.sampled_from(ACCOUNTS), st.integers(1, 4))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(ACCOUNTS), st.integers(1, 4)), max_size=6),
    st.lists(st.lists(STEPS, max_size=4), max_size=5),
    st.integers(0, 4),
)
def test_they_are_the_same_whatever_changes(
    first: list[tuple[str, int]], acts: list[list[tuple[str, int, str, int]]], shot: int
) -> None:
    plain, deferred, _ = both([activity(n, *told) for n, told in enumerate(first)])
    before = plain.snapshot(), deferred.snapshot()
    seen_before = seen(plain)
    for number, steps in enumerate(acts):
        if number == shot:
            before, seen_before = (plain.snapshot(), deferred.snapshot()), seen(plain)
        changes: list[Change] = []
        now: dict[str, Record | None] = {}
        for what, n, account, day in steps:
            record = activity(n, account, day)
            was = now[record.id] if record.id in now else plain.get(Activity, record.id)
            after = record if what == "put" else None
            if was is not None or after is not None:
                changes.append(Change(before=was, after=after))
            now[record.id] = after
        plain.apply(changes)
        deferred.apply(changes)
        assert seen(deferred) == seen(plain)
    assert seen(before[1]) == seen(before[0]) == seen_before
    assert deferred.since(before[1]) == plain.since(before[0])


def test_an_account_is_decoded_alone_and_once() -> None:
    _, deferred, source = both([activity(0, "birch"), activity(1, "oak"), activity(2, "birch")])
    source.places_of = lambda account: [0, 2] if account == "birch" else [1]  # type: ignore[method-assign]
    assert [a.id for a in deferred.dossier("birch").activities] == ["a0", "a2"]
    deferred.dossier("birch")
    assert source.decoded == 2


def test_what_cannot_be_decoded_lets_nothing_be_taken_over() -> None:
    _, deferred, source = both([activity(0, "birch"), activity(1, "oak")])
    person = Person(id="p", account="birch", name="Tony")

    def damaged(places: Sequence[int]) -> list[Record]:
        raise OSError("damaged")

    source.at = damaged  # type: ignore[method-assign]
    with pytest.raises(OSError, match="damaged"):
        deferred.apply([added(person), removed(activity(1, "oak"))])
    assert deferred.get(Person, "p") is None


def test_a_changed_record_is_not_decoded_again() -> None:
    _, deferred, source = both([activity(0, "birch"), activity(1, "oak")])
    deferred.apply([changed(activity(0, "birch"), note="later")])
    before = source.decoded
    assert deferred.get(Activity, "a0") == msgspec.structs.replace(activity(0, "birch"), note="later")
    assert source.decoded == before


def test_what_changed_since_is_told_also_of_facts_that_came_from_elsewhere() -> None:
    plain, deferred, _ = both([activity(0, "birch"), activity(1, "oak")])
    _, other, _ = both([activity(0, "birch"), activity(1, "elm"), activity(2, "oak")])
    told = [changed(activity(1, "oak"), account="elm"), added(activity(2, "oak"))]
    assert other.since(deferred) == other.since(plain) == told
