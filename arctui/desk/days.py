"""The calendar's entries by day: kept up as accounts change, with what is seen of a day at a glance.

It grows in pieces and is put in order in pieces, so that whoever waits for a key is not kept waiting by a large book.
"""

import bisect
import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

import msgspec

from arctui.core.agenda import Day, Entry, EntryKind, by_day, is_call, order
from arctui.core.agenda_filter import Filter
from arctui.core.money import ZERO

#: Kinds that mark their day.
_MARKS = frozenset((EntryKind.RUN, EntryKind.CUTOFF))
#: So many entries are put in order at a time.
_RUN = 1_000


class Glance(msgspec.Struct, frozen=True):
    """What is seen of a day at a glance.

    `busiest`: the calls of the clerk who has the most of them; `kinds`: which of pay runs and cut-offs are on it.
    """

    sum: Day
    busiest: int
    kinds: frozenset[EntryKind]


class _Tally:
    """The sums of one day. Whole accounts are added and taken off."""

    def __init__(self) -> None:
        self.count = 0
        self.amounts: dict[str, Decimal] = {}
        self.calls: Counter[str] = Counter()
        self.kinds: Counter[EntryKind] = Counter()

    def add(self, found: Day, times: int) -> None:
        """Add a day's count and amounts so many times."""
        self.count += times * found.count
        for currency, amount in found.amounts.items():
            left = self.amounts.pop(currency, ZERO) + times * amount
            if left:
                self.amounts[currency] = left

    @property
    def glance(self) -> Glance:
        """The day as it is now."""
        day = Day(self.count, dict(self.amounts), self.calls.total())
        return Glance(day, max(self.calls.values(), default=0), frozenset(+self.kinds))


def _tally(tallies: dict[date, _Tally], entries: Iterable[Entry], times: int) -> None:
    """Add the entries of whole accounts so many times to the tallies of their days."""
    entries = list(entries)
    for day, found in by_day(entries).items():
        tallies.setdefault(day, _Tally()).add(found, times)
    for day, clerk, _ in {(e.day, e.clerk, e.account) for e in entries if is_call(e)}:
        tallies[day].calls[clerk] += times
    for entry in entries:
        if entry.kind in _MARKS:
            tallies[entry.day].kinds[entry.kind] += times


class Days:
    """The calendar's entries of all accounts by day, each day in order, with its sums."""

    def __init__(self) -> None:
        self._of_account: dict[str, tuple[Entry, ...]] = {}
        self._on_day: dict[date, list[Entry]] = {}
        self._unordered: set[date] = set()
        # Days whose entries somebody holds as they are: they are copied before they change.
        self._lent: set[date] = set()
        self._tallies: dict[date, _Tally] = {}
        self._kept: _Kept | None = None

    # Growing

    def add(self, accounts: Mapping[str, tuple[Entry, ...]]) -> None:
        """Take in accounts that are not in it yet."""
        self._of_account |= accounts
        found = [entry for entries in accounts.values() for entry in entries]
        for entry in found:
            self._on_day.setdefault(entry.day, []).append(entry)
            self._unordered.add(entry.day)
        _tally(self._tallies, found, 1)

    def put_in_order(self) -> Iterator[None]:
        """Put the entries of each day in order, a piece at each turn."""
        for day in sorted(self._unordered):
            found = self._on_day[day]
            runs = []
            for place in range(0, len(found), _RUN):
                runs.append(sorted(found[place : place + _RUN], key=order))
                yield
            merged, ordered = heapq.merge(*runs, key=order), []
            while piece := list(islice(merged, _RUN)):
                ordered += piece
                yield
            self._on_day[day] = ordered
            self._unordered.discard(day)

    def put(self, account: str, entries: tuple[Entry, ...]) -> None:
        """Put an account's entries into the place of those that it had."""
        before = self._of_account.get(account, ())
        self._of_account[account] = entries
        self._replace(before, entries)
        if self._kept:
            self._kept.follow(before, entries)

    def _replace(self, before: Sequence[Entry], entries: Sequence[Entry]) -> None:
        for entry in before:
            day = self._to_change(entry.day)
            del day[bisect.bisect_left(day, order(entry), key=order)]
        for entry in entries:
            bisect.insort(self._to_change(entry.day), entry, key=order)
        _tally(self._tallies, before, -1)
        _tally(self._tallies, entries, 1)

    def _ordered(self, day: date) -> list[Entry]:
        found = self._on_day.setdefault(day, [])
        if day in self._unordered:
            found.sort(key=order)
            self._unordered.discard(day)
        return found

    def _to_change(self, day: date) -> list[Entry]:
        found = self._ordered(day)
        if day in self._lent:
            self._on_day[day] = found = found.copy()
            self._lent.discard(day)
        return found

    # Reading

    def kept(self, wanted: Filter) -> "Days":
        """Return the days with only what a filter keeps, looked through when they are asked for."""
        if self._kept is None or self._kept.wanted != wanted:
            self._kept = _Kept(self, wanted)
        return self._kept

    def on(self, day: date) -> Sequence[Entry]:
        """Return the entries of a day, in order. They are not to be changed."""
        return self._ordered(day) if day in self._on_day else ()

    def lend(self, day: date) -> Sequence[Entry]:
        """Return the entries of a day, in order, which stay as they are now whatever changes. Nothing is copied."""
        self._lent.add(day)
        return self.on(day)

    def glance(self, day: date) -> Glance | None:
        """Return what is seen of a day, None if nothing stands on it."""
        tally = self._tallies.get(day)
        return tally.glance if tally and tally.count else None

    def dates(self, first: date, last: date) -> list[date]:
        """Return the days from one to another, both included, on which something stands."""
        return [day for day in sorted(d for d in self._on_day if first <= d <= last) if self.on(day)]

    def between(self, first: date, last: date) -> list[Entry]:
        """Return the entries from one day to another, both included, in order."""
        return [entry for day in self.dates(first, last) for entry in self.on(day)]

    def sums(self, first: date, last: date) -> dict[date, Day]:
        """Return the days from one to another on which something stands, with counts and amounts."""
        return {day: found.sum for day, found in self.glances(first, last).items()}

    def glances(self, first: date, last: date) -> dict[date, Glance]:
        """Return what is seen of the days from one to another on which something stands."""
        return {day: found for day in self.dates(first, last) if (found := self.glance(day))}


class _Kept(Days):
    """The days with only what a filter keeps."""

    def __init__(self, days: Days, wanted: Filter) -> None:
        super().__init__()
        self._days = days
        self.wanted = wanted

    def follow(self, before: Iterable[Entry], entries: Iterable[Entry]) -> None:
        """Put an account's entries into the place of those that it had, on the days that were looked through."""
        self._replace([e for e in before if self._has(e)], [e for e in entries if self._has(e)])

    def _has(self, entry: Entry) -> bool:
        return entry.day in self._on_day and self.wanted.keeps(entry)

    def on(self, day: date) -> Sequence[Entry]:
        """Return what is kept of a day."""
        if day not in self._on_day:
            self._on_day[day] = found = [e for e in self._days.on(day) if self.wanted.keeps(e)]
            _tally(self._tallies, found, 1)
        return self._on_day[day]

    def glance(self, day: date) -> Glance | None:
        """Return what is seen of a day."""
        self.on(day)
        return super().glance(day)

    def dates(self, first: date, last: date) -> list[date]:
        """Return the days on which something is kept."""
        return [day for day in self._days.dates(first, last) if self.on(day)]
