"""Where an entry of the calendar is moved to, what limits that, and what follows from it."""

from collections.abc import Sequence
from datetime import date, time
from typing import TYPE_CHECKING

import msgspec

from arctui.core.abroad import holiday_there
from arctui.core.agenda import Entry, EntryKind, entries, is_call
from arctui.core.changes import Change
from arctui.core.facts import with_changes
from arctui.core.load import FirstCall, limited
from arctui.core.standing import derive
from arctui.core.text import plural
from arctui.core.zones import clock_note, zone

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: Other entries of the account that are named before the one that is moved.
_MOST_NAMED = 3
_DAY = date.resolution


class Moved(msgspec.Struct, frozen=True):
    """Where an entry is moved to, and why it stands there.

    Day and hour of a callback are local to its `time_zone` ("" = the firm's); `here` is its day here where that is
    another one. `note` says that a day without business was passed over, or what is unusual about the one it comes
    to, "" for nothing.
    """

    day: date
    hour: time | None
    why: str
    time_zone: str = ""
    note: str = ""
    here: date | None = None

    @property
    def day_here(self) -> date:
        """The day of the calendar on which it stands then."""
        return self.here or self.day


class Follows(msgspec.Struct, frozen=True):
    """What follows from moving an entry, in sentences: how it will be, and what the clerk should think of."""

    facts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def noted(desk: "Desk", entry: Entry, moved: Moved) -> Moved:
    """Note what is unusual about a call's new day: a holiday at the customer's, an hour that the clocks change."""
    there = holiday_there(desk.dossier(entry.account).account, desk.policy, moved.day) if is_call(entry) else ""
    notes = [moved.note, f"{desk.rules.day(moved.day)} is {there} where they are" if there else ""]
    if moved.hour:
        notes.append(clock_note(moved.day, moved.hour, zone(moved.time_zone) or desk.rules.moment.now.tzinfo))
    return msgspec.structs.replace(moved, note="; ".join(filter(None, notes)))


def past_the_limit(desk: "Desk", entry: Entry, day: date) -> str:
    """Say why a first call cannot be put off to a day, "" if it can; nearer to today it always can."""
    first = limited(entry, desk.standing(entry.account), desk.rules)
    if first is None or day <= max(first.late, desk.today):
        return ""
    return f"{_past_due(desk, first, day)}: the limit is {desk.rules.day(first.late)}"


def _past_due(desk: "Desk", first: FirstCall, day: date) -> str:
    days = plural(first.days(day, desk.rules.calendar), "business day")
    since = "after the invoice" if desk.policy.first_contact_from == "issued" else "past due"
    return f"the first contact would be {days} {since}"


def what_follows(desk: "Desk", entry: Entry, day: date, changes: Sequence[Change]) -> Follows:
    """Return what follows if changes move an entry to a day here: calls that day, limits, and what comes before."""
    facts, warnings = [], []
    first = limited(entry, desk.standing(entry.account), desk.rules)
    if first:
        facts.append(f"{_past_due(desk, first, day)}, the limit is {desk.rules.day(first.late)}")
    if is_call(entry):
        count, capacity = calls_on(desk, day, entry.clerk, {entry.account}), desk.policy.calls_per_day
        shown = desk.rules.day(day)
        if capacity and count > capacity:
            warnings.append(f"{shown} has {plural(count, 'call')} then, {capacity} can be made")
        else:
            facts.append(f"{shown} has {plural(count, 'call')} then" + (f" of {capacity}" if capacity else ""))
    moved = {c.record.id for c in changes}
    dossier = with_changes(desk.dossier(entry.account), changes)
    others = [
        e
        for e in entries(dossier, derive(dossier, desk.rules), desk.rules)
        if desk.today <= e.day <= day and not e.projected and e.record not in moved
    ]
    if others:
        named = "; ".join(f"{desk.rules.day(e.day)} {e.kind.value}" for e in others[:_MOST_NAMED])
        more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
        facts.append(f"by then: {named}{more}")
    closed = [e.day for e in others if e.kind is EntryKind.CUTOFF and e.day < day]
    if closed and is_call(entry):
        warnings.append(f"that is after the cut-off {desk.rules.day(closed[-1])} of their pay run")
    return Follows(tuple(facts), tuple(warnings))


def calls_on(desk: "Desk", day: date, clerk: str, coming: set[str]) -> int:
    """Return how many accounts of a clerk are called on a day once those `coming` are called on it too."""
    on_it = desk.agenda.between(day, day)
    return len(coming | {e.account for e in on_it if e.clerk == clerk and is_call(e)})
