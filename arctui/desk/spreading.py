"""Moving several entries of the calendar as one act: to a day, or spread over a week within the capacity."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from arctui.core.agenda import Entry, is_call
from arctui.core.changes import Change
from arctui.core.load import Load, Staying, bound, load, spread
from arctui.core.text import fold, plural
from arctui.desk.errors import DeskError
from arctui.desk.moves import Moved, calls_on

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: Days after a call in which it may find another place.
_WEEK = timedelta(days=7)


class Going(msgspec.Struct, frozen=True):
    """An entry that is moved, and where to."""

    entry: Entry
    moved: Moved


class Plan(msgspec.Struct, frozen=True):
    """What would be moved where, and what stays, before anything is done. `warnings`: days with too many calls."""

    going: tuple[Going, ...]
    staying: tuple[Staying, ...]
    warnings: tuple[str, ...] = ()

    @property
    def days(self) -> dict[date, list[Going]]:
        """What goes to each day, in order."""
        days: dict[date, list[Going]] = {}
        for going in sorted(self.going, key=lambda g: g.moved.day_here):
            days.setdefault(going.moved.day_here, []).append(going)
        return days

    @property
    def reasons(self) -> dict[str, list[Entry]]:
        """What stays, by the reason for it."""
        reasons: dict[str, list[Entry]] = {}
        for staying in self.staying:
            reasons.setdefault(staying.why, []).append(staying.entry)
        return reasons


class Spreading:
    """The calls of one desk against what can be made in a day."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def load(self, first: date, last: date) -> list[Load]:
        """Return the calls planned on each day for each clerk, against the policy's capacity."""
        return load(self._desk.agenda.between(first, last), self._desk.policy.calls_per_day)

    def calls(self, day: date) -> list[Entry]:
        """Return the calls of a day."""
        return [e for e in self._desk.agenda.between(day, day) if is_call(e)]

    def own(self, calls: Sequence[Entry]) -> list[Entry]:
        """Return which of the calls are this clerk's or nobody's: the others are not this clerk's to move."""
        return [e for e in calls if not e.clerk or fold(e.clerk) == fold(self._desk.clerk)]

    def over_week(self, chosen: Sequence[Entry]) -> Plan:
        """Plan how calls are spread over the week after their day, so that no day is above the capacity.

        Raises DeskError where there is no call among them, or no capacity is set.
        """
        desk = self._desk
        capacity, calls = desk.policy.calls_per_day, [e for e in chosen if is_call(e)]
        if not capacity:
            raise DeskError("no capacity is set: arctui policy calls_per_day 40")
        if not calls:
            raise DeskError("there is no call to spread: promises, runs and tasks are none")
        first, last = min(e.day for e in calls), max(e.day for e in calls)
        around = desk.agenda.between(first, min(last, date.max - _WEEK) + _WEEK)
        found = spread(
            around,
            frozenset(e.key for e in calls),
            capacity,
            desk.rules.calendar,
            lambda e: bound(e, desk.standing(e.account), desk.rules),
        )
        return Plan(
            tuple(Going(g.entry, desk.agenda.moved_to(g.entry, g.day)) for g in found.going),
            found.staying,
        )

    def to_day(self, chosen: Sequence[Entry], text: str) -> Plan:
        """Plan how several entries are moved to one date of the capture grammar, then a reason for all of them.

        What cannot go there stays. Raises DeskError if nothing can.
        """
        going: list[Going] = []
        staying: list[Staying] = []
        for entry in chosen:
            try:
                going.append(Going(entry, self._desk.agenda.read_move(entry, text)))
            except DeskError as error:
                staying.append(Staying(entry, str(error)))
        if not going:
            raise DeskError(staying[0].why if staying else "no entry is marked")
        return Plan(tuple(going), tuple(staying), tuple(self._too_many(going)))

    def after(self, going: Sequence[Going]) -> list[Load]:
        """Return the calls of the days and clerks to which calls go, as they are then."""
        coming: dict[tuple[date, str], set[str]] = {}
        for one in going:
            if is_call(one.entry):
                coming.setdefault((one.moved.day_here, one.entry.clerk), set()).add(one.entry.account)
        capacity = self._desk.policy.calls_per_day
        return [
            Load(day, clerk, calls_on(self._desk, day, clerk, coming[day, clerk]), capacity)
            for day, clerk in sorted(coming)
        ]

    def _too_many(self, going: Sequence[Going]) -> list[str]:
        """Say which days have more calls then than can be made."""
        rules = self._desk.rules
        return [
            f"{rules.day(one.day)} has {plural(one.calls, 'call')}{f' for {one.clerk}' if one.clerk else ''} then, "
            f"{one.capacity} can be made"
            for one in self.after(going)
            if one.over
        ]

    def carry_out(self, plan: Plan) -> str:
        """Move all that a plan moves, as one act with one undo. Returns what was done.

        Raises DeskError if nothing is moved, or an entry is not as it was when the plan was made.
        """
        desk = self._desk
        desk.refresh()
        if not plan.going:
            raise DeskError("nothing is moved")
        changes: list[Change] = []
        # Each day is gone through once: a day of a large book has thousands of entries.
        wanted = {one.entry.key for one in plan.going}
        days_before = {one.entry.day for one in plan.going}
        standing = {e.key: e for day in days_before for e in desk.agenda.between(day, day) if e.key in wanted}
        for one in plan.going:
            if standing.get(one.entry.key) != one.entry:
                raise DeskError(f"{one.entry.name} has changed meanwhile: look at it again")
            changes += desk.agenda.changes_of(one.entry, one.moved)
        days = list(plan.days)
        when = desk.rules.day(days[0])
        if len(days) > 1:
            when += f" to {desk.rules.day(days[-1])}"
        what = plural(len(plan.going), "call") if all(is_call(g.entry) for g in plan.going) else ""
        what = what or plural(len(plan.going), "entry", "entries")
        return desk.commit(f"{what} moved to {when}", changes)
