"""Calendar files (RFC 5545): the entries of the follow-up calendar for any other calendar to show.

The same entries at the same moment give the same bytes. An entry keeps its UID when it is moved, so that a calendar
that takes the file again moves it too.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from arctui.core.agenda import Entry
from arctui.core.money import grouped
from arctui.core.text import clean

_PRODUCT = "-//arctui//follow-up calendar//EN"
_CALLBACK_LENGTH = timedelta(minutes=15)


def calendar_file(entries: Iterable[Entry], now: datetime, home: str) -> bytes:
    """Return a calendar file: an event for each entry, all day but where it has an hour.

    `now` is the moment at which the file is made, `home` the currency that is not named.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for entry in entries:
        amount = grouped(entry.amount, "" if entry.currency == home else entry.currency) if entry.amount else ""
        event = Event()
        event.add("uid", clean(f"{entry.key}@arctui"))
        event.add("dtstamp", now.astimezone(UTC))
        if entry.at:
            event.add("dtstart", entry.at.astimezone(UTC))
            event.add("duration", _CALLBACK_LENGTH)
        else:
            event.add("dtstart", entry.day)
            event.add("transp", "TRANSPARENT")
        event.add("summary", clean(", ".join(filter(None, [f"{entry.kind}: {entry.name}", amount]))))
        event.add("description", clean(entry.why))
        event.add("categories", [str(entry.kind)])
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
