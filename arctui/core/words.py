"""Words for days and amounts, short and the same on every screen (English; no locale of the machine)."""

from datetime import date
from decimal import Decimal

from arctui.core.money import grouped
from arctui.core.records import Activity, ActivityKind
from arctui.core.text import plural

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def short_day(day: date, today: date | None = None) -> str:
    """Say "Fri 20 Nov", with the year where it is not `today`'s: "Mon 4 Jan 2027"."""
    text = f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return text if today and today.year == day.year else f"{text} {day.year}"


_LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def long_day(day: date, today: date | None = None) -> str:
    """Say a day as it is spoken: "Friday 20 November", with the year where it is not `today`'s."""
    text = f"{_LONG_DAYS[day.weekday()]} {day.day} {_LONG_MONTHS[day.month - 1]}"
    return text if today is None or today.year == day.year else f"{text} {day.year}"


def happened(activity: Activity) -> str:
    """Say what an activity was: "promise", "promise by email", "says it is paid, they called"."""
    what = str(activity.outcome or activity.kind)
    if activity.outcome and activity.kind is not ActivityKind.CALL:
        what += f" by {activity.kind}"
    return f"{what}, they called" if activity.inbound else what


def distance(day: date, today: date) -> str:
    """Say how far a day is from today: "today", "tomorrow", "in 4 days", "3 days ago"."""
    days = (day - today).days
    match days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case -1:
            return "yesterday"
    return f"in {days} days" if days > 0 else f"{plural(-days, 'day')} ago"


def money(amount: Decimal, currency: str, home: str) -> str:
    """Write an amount, with its currency only where that is not the home currency."""
    return grouped(amount, "" if currency in ("", home) else currency)
