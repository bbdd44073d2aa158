"""Calls planned against the calls that can be made in a day, and which of them another day can take. Pure.

An account that is to be called on a day counts once, whatever stands on it. Each clerk has a capacity of their own;
accounts that are nobody's are one more clerk's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from arctui.core.agenda import Entry, EntryKind, is_call
from arctui.core.business import BusinessCalendar
from arctui.core.ledger import by_age
from arctui.core.reasons import Rules
from arctui.core.schedule import CallKind, first_contact, planned_contact
from arctui.core.standing import Standing

#: Calendar days after a day over which its calls may be spread.
_WEEK = 7
_DAY = timedelta(days=1)
_FITS = "the day has room for that many"
_NO_ROOM = "no day of the week to come has room for it"


class Load(msgspec.Struct, frozen=True):
    """The calls planned on a day for one clerk ("" = accounts that are nobody's). `capacity` 0: there is no limit."""

    day: date
    clerk: str
    calls: int
    capacity: int

    @property
    def over(self) -> int:
        """How many calls more are planned than can be made."""
        return max(0, self.calls - self.capacity) if self.capacity else 0


def load(entries: Iterable[Entry], capacity: int) -> list[Load]:
    """Return the calls planned on each day for each clerk, in order of day and clerk, where there are any."""
    called: dict[tuple[date, str], set[str]] = {}
    for entry in entries:
        if is_call(entry):
            called.setdefault((entry.day, entry.clerk), set()).add(entry.account)
    return [Load(day, clerk, len(called[day, clerk]), capacity) for day, clerk in sorted(called)]


class FirstCall(msgspec.Struct, frozen=True):
    """The first call on an account: `late` is the last day for it, `since` the day from which its days count."""

    since: date
    late: date

    def days(self, day: date, calendar: BusinessCalendar) -> int:
        """Return on which business day past due a call on this day would be."""
        count, on = 0, calendar.next(self.since)
        while on <= day:
            count, on = count + 1, calendar.next(on)
        return count


def first_call(standing: Standing, rules: Rules) -> FirstCall | None:
    """Return the limit of an account's first call, None if there was a conversation already or nothing to ask for.

    The limit is never before the day on which the schedule itself puts the call, after a letter say.
    """
    policy, calendar = rules.policy, rules.calendar
    asked = by_age(i for i in standing.items if i.collectable > 0)
    planned = planned_contact(asked, standing.contacts, policy, calendar)
    if planned is None or planned.kind is not CallKind.FIRST:
        return None
    at_latest = msgspec.structs.replace(policy, first_contact_business_days=policy.latest_first_contact)
    days = [(day, i.invoice) for i in asked if (day := first_contact(i, at_latest, calendar)) is not None]
    late, oldest = min(days, key=lambda found: found[0])
    since = oldest.issued if policy.first_contact_from == "issued" else oldest.due
    return FirstCall(since or oldest.due or late, max(late, planned.day))


def limited(entry: Entry, standing: Standing, rules: Rules) -> FirstCall | None:
    """Return the limit of an entry that is the account's first call, None for any other.

    A day set by hand takes its place and its limit; one to come that the clerk has set past the limit has none.
    """
    by_hand = entry.kind is EntryKind.FOLLOW_UP and is_call(entry)
    if entry.kind is not EntryKind.FIRST and not by_hand:
        return None
    first = first_call(standing, rules)
    # What was set for a day that has passed stands on today, and waits no longer.
    return None if first and by_hand and entry.day > max(first.late, rules.moment.today) else first


#: Calls that stay on their day, and why.
_STAY = {
    EntryKind.BROKEN: "a broken promise waits for no other day",
    EntryKind.CALLBACK: "its day was agreed",
    EntryKind.CALL_BY: "the cut-off of their pay run is near",
}


class Bound(msgspec.Struct, frozen=True):
    """The last day to which a call may be put off, and why it is the last."""

    last: date
    why: str


def bound(entry: Entry, standing: Standing, rules: Rules) -> Bound:
    """Return how far a call may be put off. A broken promise, a callback and the call before a cut-off stay."""
    if entry.kind in _STAY:
        return Bound(entry.day, _STAY[entry.kind])
    first = limited(entry, standing, rules)
    if first:
        return Bound(first.late, f"the limit of the first contact is {rules.day(first.late)}")
    return Bound(date.max, "")


class Placed(msgspec.Struct, frozen=True):
    """A call that goes to another day."""

    entry: Entry
    day: date


class Staying(msgspec.Struct, frozen=True):
    """An entry that stays where it stands, and why."""

    entry: Entry
    why: str


class Spread(msgspec.Struct, frozen=True):
    """What goes where, by day, and what stays, each in the order of its day."""

    going: tuple[Placed, ...]
    staying: tuple[Staying, ...]


class _Unit(msgspec.Struct, frozen=True):
    """All calls to one account on one day: they are one call, so they go together or not at all."""

    calls: tuple[Entry, ...]

    @property
    def order(self) -> tuple[object, ...]:
        """The key that sorts by amount, the smallest first."""
        largest = max(self.calls, key=lambda e: e.amount)
        return (largest.amount, largest.name, largest.account)


def spread(
    entries: Sequence[Entry],
    chosen: frozenset[str],
    capacity: int,
    calendar: BusinessCalendar,
    limit: Callable[[Entry], Bound],
) -> Spread:
    """Move as few of the chosen calls as bring their days down to the capacity, the smallest amounts first.

    `entries` are all of the calendar from the first day of a chosen one (by key) to a week after the last; `capacity`
    is above 0. A call goes to a business day of the seven days after its own that has room, within its `limit`; no
    day comes above the capacity by that. A day stays above it only if none of its chosen calls may go to a day that
    has room.
    """
    going: list[Placed] = []
    staying: list[Staying] = []
    calls = [e for e in entries if is_call(e)]
    for clerk in sorted({e.clerk for e in calls if e.key in chosen}):
        on: dict[date, dict[str, list[Entry]]] = {}
        for entry in calls:
            if entry.clerk == clerk:
                on.setdefault(entry.day, {}).setdefault(entry.account, []).append(entry)
        for day in sorted({e.day for e in calls if e.clerk == clerk and e.key in chosen}):
            moved, stayed = _relieve(day, on, chosen, capacity, calendar, limit)
            going += moved
            staying += stayed
    return Spread(
        tuple(sorted(going, key=lambda g: (g.day, g.entry.day, -g.entry.amount, g.entry.name, g.entry.key))),
        tuple(sorted(staying, key=lambda s: (s.entry.day, -s.entry.amount, s.entry.name, s.entry.key))),
    )


def _relieve(
    day: date,
    on: dict[date, dict[str, list[Entry]]],
    chosen: frozenset[str],
    capacity: int,
    calendar: BusinessCalendar,
    limit: Callable[[Entry], Bound],
) -> tuple[list[Placed], list[Staying]]:
    """Bring one day of one clerk down to the capacity; `on` takes over what goes where."""
    week = [d for n in range(1, _WEEK + 1) if calendar.is_business(d := day + n * _DAY)]
    slots = _Slots(week, {d: max(0, capacity - len(on.get(d, {}))) for d in week})
    excess = len(on[day]) - capacity
    staying: list[Staying] = []
    for unit in sorted((_Unit(tuple(calls)) for calls in on[day].values()), key=lambda unit: unit.order):
        # What has just come from an earlier day is not moved again.
        picked = [e for e in unit.calls if e.key in chosen and e.day == day]
        if not picked:
            continue
        if slots.taken >= excess:
            why = _FITS
        elif slots.full:
            why = next((_STAY[e.kind] for e in unit.calls if e.kind in _STAY), _NO_ROOM)
        else:
            why = _take(unit, picked, slots, limit)
        staying += [Staying(e, why) for e in picked if why]
    going = []
    for unit, to in slots.placed():
        on.setdefault(to, {}).setdefault(unit.calls[0].account, []).extend(unit.calls)
        del on[day][unit.calls[0].account]
        going += [Placed(e, to) for e in unit.calls]
    return going, staying


def _take(unit: _Unit, picked: Sequence[Entry], slots: "_Slots", limit: Callable[[Entry], Bound]) -> str:
    """Find a place for an account's calls among the days to come; return why there is none, "" if there is."""
    other = next((e for e in unit.calls if e not in picked), None)
    if other:
        return f"they are called on this day anyway: {other.why}"
    tightest = min((limit(e) for e in unit.calls), key=lambda b: b.last)
    if slots.first is None or tightest.last < slots.first:
        return tightest.why or _NO_ROOM
    if slots.take(unit, tightest.last):
        return ""
    return f"{_NO_ROOM}; {tightest.why}" if tightest.why else _NO_ROOM


class _Slots:
    """Room on the days to come. What is taken always fits: no limit is passed, no day comes above its room."""

    def __init__(self, week: Sequence[date], room: Mapping[date, int]) -> None:
        self.week = week
        self._room = room
        self._until: dict[date, list[_Unit]] = {d: [] for d in week}
        self.taken = 0

    @property
    def first(self) -> date | None:
        """The first day to come, None if there is no business day among them."""
        return self.week[0] if self.week else None

    @property
    def full(self) -> bool:
        """Is there no room left on any day?"""
        return self.taken >= sum(self._room.values())

    def take(self, unit: _Unit, last: date) -> bool:
        """Take a unit that must be placed by a day, if there is still a place for all that was taken."""
        latest = max(d for d in self.week if d <= last)
        self._until[latest].append(unit)
        due = room = 0
        for day in self.week:
            due, room = due + len(self._until[day]), room + self._room[day]
            if due > room:
                self._until[latest].pop()
                return False
        self.taken += 1
        return True

    def placed(self) -> list[tuple[_Unit, date]]:
        """Place all that was taken: what has the nearest limit first, then the largest amount."""
        waiting = [
            unit for day in self.week for unit in sorted(self._until[day], key=lambda u: u.order, reverse=True)
        ]
        days = [day for day in self.week for _ in range(self._room[day])]
        return list(zip(waiting, days, strict=False))
