"""The follow-up calendar at the desk: what stands on which day, and moving what may be moved."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from arctui.core.agenda import Day, Entry, EntryKind
from arctui.core.capture import codes
from arctui.core.capture.dates import read_date
from arctui.core.capture.reading import ProblemError
from arctui.core.changes import Change
from arctui.core.reasons import moment_of
from arctui.core.records import FollowUp, FollowUpKind
from arctui.core.text import clean, fold
from arctui.desk.errors import DeskError
from arctui.store import files, rights

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

_WORDS = {
    FollowUpKind.CALLBACK: "callback",
    FollowUpKind.CONTACT: "follow-up",
    FollowUpKind.CLAIM: "look at the payment",
    FollowUpKind.TASK: "task",
}
#: Why an entry of this kind has no date of its own that could be moved.
_FIXED = {
    EntryKind.PROMISE: "a promise's date is never just moved: take a new promise with p, it replaces this one",
    EntryKind.VERIFY: "this is the last day of a promise: if they ask for another, take a new promise with p",
    EntryKind.BROKEN: "a broken promise waits for a call: call now, or decide about it in the review with r",
    EntryKind.RUN: "the customer's pay run sets this day: set a follow-up of your own with f",
    EntryKind.CUTOFF: "the cut-off of the pay run sets this day: set a follow-up of your own with f",
    EntryKind.LETTER: "the letter is due by the rule: write it, then the next call is set by itself",
    EntryKind.DISPUTE: "our remedy was promised for this day: give it, or set a follow-up of your own with f",
}
#: What the rules have set and a date by hand takes the place of.
_BY_RULE = (EntryKind.FIRST, EntryKind.SCHEDULED)


class Moved(msgspec.Struct, frozen=True):
    """Where an entry is moved to, and why it stands there.

    Day and hour of a callback are local to its `time_zone` ("" = the firm's). `note` says that a day without business
    was passed over, "" if none was.
    """

    day: date
    hour: time | None
    why: str
    time_zone: str = ""
    note: str = ""


class Agenda:
    """The calendar of one desk."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def between(self, first: date, last: date) -> list[Entry]:
        """Return the entries from one day to another, both included, in order."""
        return self.desk.derived.days().between(first, last)

    def month(self, first: date) -> dict[date, Day]:
        """Return the days of a month on which something stands, with counts and amounts; `first` is in it."""
        last = first.replace(day=monthrange(first.year, first.month)[1])
        return self.desk.derived.days().sums(first.replace(day=1), last)

    # Moving

    def read_move(self, entry: Entry, text: str) -> Moved:
        """Read where to move an entry: a date of the capture grammar, for a callback an hour too, then a new reason.

        What is not said stays as it is. A day without business is passed over. Raises DeskError.
        """
        record = self.movable(entry)
        situation = self.desk.situation(entry.account)
        tokens = clean(text).split()
        if not tokens:
            raise DeskError("move it to when? write a date: fri")
        day, hour, zone = (record.day, record.hour, record.time_zone) if record else (entry.day, None, "")
        callback = record is not None and record.kind is FollowUpKind.CALLBACK
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
        return self._checked(record, Moved(day, hour, why, zone))

    def move(self, entry: Entry, text: str) -> str:
        """Move a follow-up, or set the next contact by hand where a rule had set it. Returns what was done.

        Raises DeskError for what cannot be moved: a promise, a pay run, a letter, a remedy.
        """
        self.desk.refresh()
        return self._carry_out(entry, self.read_move(entry, text))

    def shift(self, entry: Entry, business_days: int) -> str:
        """Move an entry so many business days on, or back if negative, but never before today.

        Returns what was done. Raises DeskError.
        """
        self.desk.refresh()
        record = self.movable(entry)
        calendar = self.desk.rules.calendar
        earliest = calendar.roll(self.desk.today)
        day = max(calendar.add(entry.day, business_days), earliest)
        if day == entry.day or (business_days < 0 and day > entry.day):
            raise DeskError(f"it stands on {self.desk.rules.day(entry.day)}: it cannot be moved to a day gone by")
        if record:
            # A callback may stand on another day there than here.
            day += record.day - _day_here(record, self.desk)
            moved = Moved(day, record.hour, record.why, record.time_zone)
        else:
            moved = Moved(day, None, _why(entry, None))
        return self._carry_out(entry, self._checked(record, moved, roll=False))

    def movable(self, entry: Entry) -> FollowUp | None:
        """Return the follow-up that an entry stands for, None where a rule has set a contact. Raises DeskError."""
        if entry.kind in _FIXED:
            raise DeskError(_FIXED[entry.kind])
        if not self.desk.knows(entry.account):
            raise DeskError("this account is no longer in the book")
        if entry.kind in _BY_RULE:
            return None
        record = self.desk.book.facts.get(FollowUp, entry.record)
        if record is None or record.done_on is not None:
            raise DeskError("this follow-up is done already")
        return record

    def _checked(self, record: FollowUp | None, moved: Moved, *, roll: bool = True) -> Moved:
        """Refuse what is past or changes nothing; pass over days without business. Raises DeskError."""
        rules = self.desk.rules
        day, shown = moved.day, rules.day(moved.day)
        moment = moment_of(_after(record, moved), rules) if record else None
        if moment is None and day < self.desk.today:
            raise DeskError(f"{shown} is past: which day to come?")
        if moment and moment < rules.moment.now:
            there = " there" if moved.time_zone else ""
            raise DeskError(f"{moved.hour:%H:%M} on {shown} has passed{there}: which day or hour to come?")
        if roll and not rules.calendar.is_business(day):
            note = f"{shown} is {rules.calendar.holiday(day) or 'a week-end'}"
            moved = msgspec.structs.replace(moved, day=rules.calendar.roll(day), note=note)
        if record and _after(record, moved) == record:
            raise DeskError("nothing to change: it stands there already")
        return moved

    def _carry_out(self, entry: Entry, moved: Moved) -> str:
        record = self.movable(entry)
        note = f" ({moved.note})" if moved.note else ""
        if record is None:
            return self.desk.follow_up(entry.account, f"{moved.day.isoformat()} {moved.why}") + note
        name = self.desk.dossier(entry.account).account.name
        hour = f" {moved.hour:%H:%M}" if moved.hour else ""
        act = f"{_WORDS[record.kind]} moved to {self.desk.rules.day(moved.day)}{hour}{note}, {name}"
        return self.desk.commit(act, [Change(record, _after(record, moved))])

    # Writing

    def write_ics(self, path: Path, entries: Sequence[Entry]) -> None:
        """Write entries as a calendar file, private to its owner; one that is there is replaced.

        Raises DeskError, BookError.
        """
        from arctui.exchange.ics import calendar_file

        target = rights.resolve(path)
        if target == self.desk.book.path:
            raise DeskError(f"{path} is the book: write the calendar to another file")
        if target.exists() and not target.is_file():
            raise DeskError(f"{path} is no regular file: write the calendar to another one")
        if not target.parent.is_dir():
            raise DeskError(f"{path} cannot be written: there is no folder {target.parent}")
        content = calendar_file(entries, self.desk.rules.moment.now, self.desk.policy.home_currency)
        with files.locked(target.parent):
            files.replace_whole(target, content)


def _is_hour(word: str) -> bool:
    """Can the word only be an hour, not the day of a month?"""
    return codes.looks_like_hour(word) and not word.isdigit()


def _take_hour(tokens: Sequence[str]) -> tuple[time, list[str]] | None:
    """Take an hour off the words, None if they do not begin with one. Raises ProblemError."""
    rest = list(tokens[1:] if tokens and fold(tokens[0]) == "at" else tokens)
    clock = codes.read_hour(*rest[:2]) if rest else None
    return (clock[0], rest[clock[1] :]) if clock else None


def _why(entry: Entry, record: FollowUp | None) -> str:
    """Return why an entry stood where it stood; since when it is overdue is no reason any more."""
    return record.why if record else entry.why.partition(", since ")[0]


def _after(record: FollowUp, moved: Moved) -> FollowUp:
    return msgspec.structs.replace(record, day=moved.day, hour=moved.hour, why=moved.why, time_zone=moved.time_zone)


def _day_here(record: FollowUp, desk: "Desk") -> date:
    moment = moment_of(record, desk.rules)
    return moment.astimezone(desk.rules.moment.now.tzinfo).date() if moment else record.day
