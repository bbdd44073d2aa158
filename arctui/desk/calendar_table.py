"""The follow-up calendar as a table of plain values."""

from collections.abc import Iterable
from datetime import date

from arctui.core.agenda import Entry
from arctui.desk.derived import Derived
from arctui.desk.export_tables import WHO, Row, Span
from arctui.exchange.write_tables import Sheet

_TITLES = (
    "Date", "Hour", "Time Zone", "Kind", "Amount", "Currency", "Why", "Clerk", "Only Expected", "Holiday There",
)  # fmt: skip


def calendar(book: Derived, account: str, span: Span) -> Sheet:
    """Make a table of what stands in the calendar, of one account or ("") of all, in order of date."""
    entries = book.days().between(span.first or date.min, span.last or date.max)
    return calendar_sheet(e for e in entries if account in ("", e.account))


def calendar_sheet(entries: Iterable[Entry]) -> Sheet:
    """Make a table of entries of the calendar; an hour is local to its time zone, "" for the firm's."""
    rows: list[Row] = [
        (
            e.name,
            e.number,
            e.day,
            e.hour,
            e.time_zone,
            e.kind.value,
            e.amount,
            e.currency,
            e.why,
            e.clerk,
            e.projected,
            e.holiday_there,
        )
        for e in entries
    ]
    return Sheet("calendar", (*WHO, *_TITLES), rows)
