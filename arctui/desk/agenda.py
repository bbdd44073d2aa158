"""The follow-up calendar at the desk: what stands on which day, and moving what may be moved."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, time
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from arctui.core.agenda import Day, Entry, EntryKind
from arctui.core.agenda_filter import EVERYTHING, Filter
from arctui.core.capture import codes
from arctui.core.capture.dates import read_date
from arctui.core.capture.reading import ProblemError
from arctui.core.changes import Change, added, changed
from arctui.core.moments import day_here, moment_of
from arctui.core.records import ActivityKind, Dispute, FollowUp, FollowUpKind
from arctui.core.text import clean, fold
from arctui.desk.days import Days, Glance
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id
from arctui.desk.moves import Follows, Moved, noted, past_the_limit, what_follows

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

_WORDS = {
    FollowUpKind.CALLBACK: "callback",
    FollowUpKind.CONTACT: "follow-up",
    FollowUpKind.CLAIM: "look at the payment",
    FollowUpKind.TASK: "task",
}
#: Seconds for which a screen waits until the calendar is put together: a small book needs no more.
_AT_ONCE = 0.03
_OWN_CALL = "Enter goes to the account, where f sets a call of your own"
#: Why an entry of this kind has no date of its own that could be moved, and what can be done.
_FIXED = {
    EntryKind.PROMISE: "a promise's date is never just moved: take a new promise with p, it replaces this one",
    EntryKind.VERIFY: "this is the last day of a promise: if they ask for another, take a new promise with p",
    EntryKind.BREAKS: "the promise sets the day on which it breaks: if they ask for another, take a new one with p",
    EntryKind.BROKEN: "a broken promise waits for a call: call now, or decide about it in the review with r",
    EntryKind.RUN: f"the customer's pay run sets this day: C corrects when they pay; {_OWN_CALL}",
    EntryKind.CUTOFF: f"their pay run sets the day of its cut-off: C corrects when they pay; {_OWN_CALL}",
    EntryKind.CALL_BY: f"the cut-off of their pay run sets this day: call now, or {_OWN_CALL}",
    EntryKind.DOCUMENTS: "the pay run waits for this by the day: when it is in, C says so: docs in",
    EntryKind.LETTER: "the letter is due by the rule: write it, then the next call is set by itself",
    EntryKind.DEADLINE: f"the letter that went out says this day: {_OWN_CALL}",
}
_PROJECTED = "this comes only if what stands before it settles nothing: move that"
#: What the rules have set and a date by hand takes the place of.
_BY_RULE = (EntryKind.FIRST, EntryKind.SCHEDULED)
#: What has a day of its own.
_Dated: TypeAlias = FollowUp | Dispute


class Agenda:
    """The calendar of one desk."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def between(self, first: date, last: date, wanted: Filter = EVERYTHING) -> list[Entry]:
        """Return the entries from one day to another, both included, in order."""
        return self._days(wanted).between(first, last)

    def sums(self, first: date, last: date, wanted: Filter = EVERYTHING) -> dict[date, Day]:
        """Return the days from one to another on which something stands, with counts and amounts."""
        return self._days(wanted).sums(first, last)

    @property
    def ready(self) -> bool:
        """Can all of this be had at once? On a large book it is put together first."""
        return self.prepare(0)

    def prepare(self, seconds: float | None = None) -> bool:
        """Go on for so long (None: what nobody notices) with putting it together; return whether it is ready."""
        return self.desk.derived.date(_AT_ONCE if seconds is None else seconds)

    def month_at_a_glance(self, day: date, wanted: Filter = EVERYTHING) -> dict[date, Glance]:
        """Return what is seen at a glance of the days of a month on which something stands; `day` is in it."""
        last = day.replace(day=monthrange(day.year, day.month)[1])
        return self.glances(day.replace(day=1), last, wanted)

    def glances(self, first: date, last: date, wanted: Filter = EVERYTHING) -> dict[date, Glance]:
        """Return what is seen at a glance of the days on which something stands."""
        return self._days(wanted).glances(first, last)

    def lists(self, first: date, last: date, wanted: Filter = EVERYTHING) -> list[tuple[date, Sequence[Entry]]]:
        """Return the days on which something stands with their entries, in order, as they are now."""
        days = self._days(wanted)
        return [(day, days.lend(day)) for day in days.dates(first, last)]

    def _days(self, wanted: Filter) -> Days:
        days = self.desk.derived.days()
        return days.kept(wanted) if wanted else days

    # Moving

    def read_move(self, entry: Entry, text: str) -> Moved:
        """Read where to move an entry: a date of the capture grammar, for a callback an hour too, then a new reason.

        What is not said stays as it is, but another day for our remedy is agreed, so it needs its reason. A day
        without business is passed over. Raises DeskError.
        """
        record = self.movable(entry)
        situation = self.desk.situation(entry.account)
        tokens = clean(text).split()
        if not tokens:
            raise DeskError("move it to when? write a date: fri")
        day, hour, zone = entry.day, None, ""
        if isinstance(record, FollowUp):
            day, hour, zone = record.day, record.hour, record.time_zone
        callback = isinstance(record, FollowUp) and record.kind is FollowUpKind.CALLBACK
        try:
            if callback and _is_hour(tokens[0]):
                day = max(day, self.desk.today)
            elif found := read_date(tokens, situation):
                day, tokens = found.day, tokens[found.used :]
            else:
                raise DeskError(f"'{tokens[0]}' is no date: write one, then why: fri ask for the remittance")
            if callback and (clock := _take_hour(tokens)):
                zone = zone if hour else situation.zone
                hour, tokens = clock
        except ProblemError as problem:
            raise DeskError(str(problem)) from None
        why = " ".join(tokens) or _why(entry, record)
        if not why and isinstance(record, Dispute):
            raise DeskError("our remedy was agreed for a day: write why it is another one: fri the truck is late")
        return self._checked(entry, record, Moved(day, hour, why, zone))

    def moved_to(self, entry: Entry, day: date) -> Moved:
        """Return an entry as it stands on another day (a day here), all else as it is. Raises DeskError."""
        record = self.movable(entry)
        if isinstance(record, Dispute):
            raise DeskError("another day for our remedy is agreed with them: move it with f, the day and why")
        if record is None:
            moved = Moved(day, None, _why(entry, None))
        else:
            # A callback may stand on another day there than here.
            there = day + (record.day - day_here(record, self.desk.rules))
            moved = Moved(there, record.hour, record.why, record.time_zone)
        return self._checked(entry, record, moved, roll=False)

    def move(self, entry: Entry, text: str) -> str:
        """Move a follow-up, or set the next contact by hand where a rule had set it. Returns what was done.

        Raises DeskError for what cannot be moved: a promise, a pay run, a letter.
        """
        self.desk.refresh()
        return self.carry_out(entry, self.read_move(entry, text))

    def read_shift(self, entry: Entry, business_days: int) -> Moved:
        """Return where an entry comes that is moved so many business days on, or back if negative.

        Never before today. Raises DeskError.
        """
        self.movable(entry)
        calendar = self.desk.rules.calendar
        earliest = calendar.roll(self.desk.today)
        day = max(calendar.add(entry.day, business_days), earliest)
        if day == entry.day or (business_days < 0 and day > entry.day):
            raise DeskError(f"it stands on {self.desk.rules.day(entry.day)}: it cannot be moved to a day gone by")
        return self.moved_to(entry, day)

    def follows(self, entry: Entry, moved: Moved) -> Follows:
        """Return what follows from moving an entry, before it is moved. Raises DeskError."""
        return what_follows(self.desk, entry, moved.day_here, self.changes_of(entry, moved))

    def movable(self, entry: Entry) -> _Dated | None:
        """Return the follow-up or the dispute that an entry stands for, None where a rule has set a contact.

        Raises DeskError for what has no day of its own, with what can be done instead.
        """
        if entry.projected and entry.kind not in _FIXED:
            raise DeskError(_PROJECTED)
        if entry.kind in _FIXED:
            raise DeskError(_FIXED[entry.kind])
        if not self.desk.knows(entry.account):
            raise DeskError("this account is no longer in the book")
        if entry.kind in _BY_RULE:
            return None
        if entry.kind is EntryKind.DISPUTE:
            dispute = self.desk.book.facts.get(Dispute, entry.record)
            if dispute is None or dispute.closed_on is not None:
                raise DeskError("this dispute is solved already")
            return dispute
        record = self.desk.book.facts.get(FollowUp, entry.record)
        if record is None or record.done_on is not None:
            raise DeskError("this follow-up is done already")
        return record

    def _checked(self, entry: Entry, record: _Dated | None, moved: Moved, *, roll: bool = True) -> Moved:
        """Refuse what is past or past its limit or changes nothing; pass over days without business.

        Raises DeskError.
        """
        rules = self.desk.rules
        day, shown = moved.day, rules.day(moved.day)
        moment = moment_of(_after(record, moved), rules) if isinstance(record, FollowUp) else None
        if moment is None and day < self.desk.today:
            raise DeskError(f"{shown} is past: which day to come?")
        if moment and moment < rules.moment.now:
            there = " there" if moved.time_zone else ""
            raise DeskError(f"{moved.hour:%H:%M} on {shown} has passed{there}: which day or hour to come?")
        here = self._day_here(record, moved)
        if roll and not rules.calendar.is_business(here):
            note = f"{rules.day(here)} is {rules.calendar.holiday(here) or 'a week-end'}"
            note += " here" if here != day else ""
            moved = msgspec.structs.replace(moved, day=day + (rules.calendar.roll(here) - here), note=note)
            here = self._day_here(record, moved)
        if here != moved.day:
            moved = msgspec.structs.replace(moved, here=here)
        if (isinstance(record, FollowUp) and _after(record, moved) == record) or (
            isinstance(record, Dispute) and moved.day == record.due
        ):
            raise DeskError("nothing to change: it stands there already")
        if refusal := past_the_limit(self.desk, entry, moved.day_here):
            raise DeskError(refusal)
        return noted(self.desk, entry, moved)

    def _day_here(self, record: _Dated | None, moved: Moved) -> date:
        return day_here(_after(record, moved), self.desk.rules) if isinstance(record, FollowUp) else moved.day

    def carry_out(self, entry: Entry, moved: Moved) -> str:
        """Move an entry to where it was read that it goes. Returns what was done. Raises DeskError."""
        record, changes = self.movable(entry), self.changes_of(entry, moved)
        note = f" ({moved.note})" if moved.note else ""
        day, name = self.desk.rules.day(moved.day), self.desk.dossier(entry.account).account.name
        if record is None:
            return self.desk.commit(f"follow-up on {day}, {name}", changes) + note
        if isinstance(record, Dispute):
            return self.desk.commit(f"our remedy is agreed for {day}{note} now, {name}: {moved.why}", changes)
        hour = f" {moved.hour:%H:%M}" if moved.hour else ""
        hour += f" their time, {self.desk.rules.day(moved.here)} here" if moved.here else ""
        return self.desk.commit(f"{_WORDS[record.kind]} moved to {day}{hour}{note}, {name}", changes)

    def changes_of(self, entry: Entry, moved: Moved) -> list[Change]:
        """Return what is changed where an entry is moved. Raises DeskError."""
        record = self.movable(entry)
        if record is None:
            return self.next_contact(entry.account, moved.day, moved.why)
        if isinstance(record, FollowUp):
            return [Change(record, _after(record, moved))]
        rules = self.desk.rules
        words = f"remedy agreed for {rules.day(moved.day)}, not {rules.day(record.due)}: {moved.why}"
        return [
            changed(record, due=moved.day),
            added(self.desk.activity(entry.account, ActivityKind.NOTE, words)),
        ]

    def next_contact(self, account: str, day: date, why: str) -> list[Change]:
        """Return what is changed where the clerk sets the next contact; it takes the place of one set before."""
        earlier = [
            changed(f, done_on=self.desk.today)
            for f in self.desk.dossier(account).followups
            if f.kind is FollowUpKind.CONTACT and f.done_on is None
        ]
        contact = FollowUp(
            id=new_id(), account=account, kind=FollowUpKind.CONTACT, day=day, why=why, set_on=self.desk.today
        )
        return [*earlier, added(contact)]


def _is_hour(word: str) -> bool:
    """Can the word only be an hour, not the day of a month?"""
    return codes.looks_like_hour(word) and not word.isdigit()


def _take_hour(tokens: Sequence[str]) -> tuple[time, list[str]] | None:
    """Take an hour off the words, None if they do not begin with one. Raises ProblemError."""
    rest = list(tokens[1:] if tokens and fold(tokens[0]) == "at" else tokens)
    clock = codes.read_hour(*rest[:2]) if rest else None
    return (clock[0], rest[clock[1] :]) if clock else None


def _why(entry: Entry, record: _Dated | None) -> str:
    """Return why an entry stood where it stood; since when it is overdue is no reason any more."""
    if isinstance(record, Dispute):
        return ""
    return record.why if record else entry.why.partition(", since ")[0]


def _after(record: FollowUp, moved: Moved) -> FollowUp:
    return msgspec.structs.replace(record, day=moved.day, hour=moved.hour, why=moved.why, time_zone=moved.time_zone)
