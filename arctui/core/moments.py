"""The moment of a callback whose hour was agreed where the customer is, and the day that it is then here."""

from datetime import UTC, date, datetime, timedelta

from arctui.core.records import FollowUp
from arctui.core.rules import Rules
from arctui.core.zones import zone

_TWO_DAYS = timedelta(days=2)


def moment_of(followup: FollowUp, rules: Rules) -> datetime | None:
    """Return the moment (UTC) of a callback that has an hour, in its own time zone, else None.

    An hour that the clocks skip there is the one after it; of an hour that comes twice the first is meant.
    """
    if followup.hour is None:
        return None
    there = zone(followup.time_zone) or rules.moment.now.tzinfo
    # Two days from the ends of the calendar: so it is a moment in every zone.
    day = min(max(followup.day, date.min + _TWO_DAYS), date.max - _TWO_DAYS)
    return datetime.combine(day, followup.hour, there).astimezone(UTC)


def day_here(followup: FollowUp, rules: Rules) -> date:
    """Return the day here on which a follow-up is: a callback may be on another day where the customer is."""
    moment = moment_of(followup, rules)
    return moment.astimezone(rules.moment.now.tzinfo).date() if moment else followup.day
