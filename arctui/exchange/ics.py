"""Calendar files (RFC 5545): the entries of the follow-up calendar for any other calendar to show.

The same book gives the same bytes on the same day. An entry keeps its UID when it moves to another day or becomes one
of another kind, and what was written later is the higher revision: so a calendar that takes the file again, or
subscribes to it, changes its event and never has two.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from arctui.core.agenda import Entry, is_call
from arctui.core.money import grouped
from arctui.core.policy import Policy
from arctui.core.text import clean

if TYPE_CHECKING:
    from icalendar import Event

_PRODUCT = "-//arctui//follow-up calendar//EN"
_CALLBACK_LENGTH = timedelta(minutes=15)
#: How often a calendar that subscribes to the file may look for a new one.
_REFRESH = timedelta(hours=1)
#: A firm that calls at all hours is reminded of the day's calls at eight.
_EARLIEST, _MORNING = time(6), time(8)


class Edition(NamedTuple):
    """Which state of the book a file shows: its working day, the number of its last act, and when that was done."""

    day: date
    number: int = 0
    changed: datetime | None = None


def calendar_file(entries: Iterable[Entry], edition: Edition, policy: Policy) -> bytes:
    """Return a calendar file: an event for each entry, all day but where it has an hour.

    The policy says what is told of a customer, and when a call is reminded of: a callback so many minutes before, a
    call without an hour in the morning.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(", ".join(filter(None, ["Follow-ups", policy.firm]))))
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry, edition, policy))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, edition: Edition, policy: Policy) -> "Event":
    from icalendar import Event

    midnight = datetime.combine(edition.day, time(), UTC)
    changed = edition.changed.astimezone(UTC).replace(microsecond=0) if edition.changed else midnight
    event = Event()
    event.add("uid", clean(f"{entry.key}@arctui"))
    event.add("dtstamp", max(midnight, changed))
    event.add("last-modified", max(midnight, changed))
    event.add("sequence", edition.number)
    if entry.at:
        event.add("dtstart", entry.at.astimezone(UTC))
        event.add("duration", _CALLBACK_LENGTH)
    else:
        event.add("dtstart", entry.day)
        event.add("transp", "TRANSPARENT")
    event.add("summary", _summary(entry, policy))
    if policy.calendar_shows == "all":
        event.add("description", clean(_words(entry)))
    event.add("categories", [str(entry.kind)])
    event.add("status", "TENTATIVE" if entry.projected else "CONFIRMED")
    if is_call(entry):
        _remind(event, entry, policy)
    return event


def _summary(entry: Entry, policy: Policy) -> str:
    shown = [] if policy.calendar_shows == "nothing" else [entry.name]
    if policy.calendar_shows == "all" and entry.amount:
        shown.append(grouped(entry.amount, "" if entry.currency == policy.home_currency else entry.currency))
    return clean(": ".join(filter(None, [str(entry.kind), ", ".join(shown)])))


def _words(entry: Entry) -> str:
    return f"{entry.why}; {entry.holiday_there} where they are" if entry.holiday_there else entry.why


def _remind(event: "Event", entry: Entry, policy: Policy) -> None:
    """Add a text alarm. That of a day without an hour counts from midnight where the calendar is looked at."""
    from icalendar import Alarm

    morning = policy.calling_from if policy.calling_from >= _EARLIEST else _MORNING
    after_midnight = timedelta(hours=morning.hour, minutes=morning.minute)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(entry, policy))
    alarm.add("trigger", -timedelta(minutes=policy.callback_lead_minutes) if entry.at else after_midnight)
    event.add_component(alarm)
