"""Date phrases of the capture line. Pure: words and today in, a date and what to warn of out.

A bare weekday or day of the month is the next one to come, never today; weeks start on Monday.
"""

import calendar as months
import re
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from arctui.core import words as say
from arctui.core.capture.reading import ProblemError, Situation
from arctui.core.capture.runs import closed_run, coming_run
from arctui.core.text import fold

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WEEKDAY_FORMS = {
    **{name: n for n, name in enumerate(_WEEKDAYS)},
    **{name[:3]: n for n, name in enumerate(_WEEKDAYS)},
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}
_MONTH_FORMS = {
    **{name: n for n, name in enumerate(_MONTHS, 1)},
    **{name[:3]: n for n, name in enumerate(_MONTHS, 1)},
    "sept": 9,
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})([/.])(\d{1,2})(?:\2(\d{2}|\d{4})?)?")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_AHEAD = re.compile(r"\+(\d{1,3})(b|bd|d|w)?|(\d{1,2})w")
_CENTURY = 2000
_HALF_YEAR = 183
_MOST_YEARS = 10

_VAGUE = {
    "soon": "which day does it leave the bank?",
    "asap": "which day does it leave the bank?",
    "shortly": "which day does it leave the bank?",
    "later": "which day?",
    "sometime": "which day?",
    "eventually": "which day?",
    "whenever": "which day?",
    "maybe": "is it certain? on which day?",
    "probably": "is it certain? on which day?",
    "possibly": "is it certain? on which day?",
    "perhaps": "is it certain? on which day?",
    "hopefully": "is it certain? on which day?",
    "around": "which day exactly?",
    "about": "which day exactly?",
    "early": "which day exactly?",
    "mid": "which day exactly?",
    "late": "which day exactly?",
    "week": "which day of the week?",
    "month": "which day of the month?",
    "year": "which day?",
    "weekend": "which business day?",
    "monthly": "how many parts, from when? write: 4x 500 monthly from 12/1",
    "weekly": "how many parts, from when? write: 4x 500 weekly from fri",
    "biweekly": "how many parts, from when? write: 4x 500 biweekly from fri",
}


class DateRead(msgspec.Struct, frozen=True):
    """A date, how many words it took, and what to warn of."""

    day: date
    used: int
    warning: str = ""


def vague(word: str) -> str:
    """Say what to ask when a word is too vague for a date, "" if it is not."""
    question = _VAGUE.get(fold(word)) or ("which day of it?" if fold(word) in _MONTH_FORMS else "")
    return f"'{word}' is no date: {question}" if question else ""


def month_name(month: int) -> str:
    """Return the name of a month (1 to 12)."""
    return _MONTHS[month - 1].capitalize()


def is_day_word(word: str) -> bool:
    """Does the word alone say that a day is meant (tue, tomorrow, next)?"""
    return fold(word) in _WEEKDAY_FORMS or fold(word) in ("today", "tomorrow", "next", "this")


def read_date(
    words: Sequence[str], situation: Situation, after: date | None = None, *, back: bool = False
) -> DateRead | None:
    """Read a date phrase at the beginning of the words, None if there is none.

    `after`: in a list of promises the date before this one; a bare weekday or day then follows it. `back`: of what
    was done, so a date without its year is the last one gone by.
    Raises ProblemError for what looks like a date and is none ("31 feb"), and for vague phrases ("next week").
    """
    low = [fold(word).strip('"“”') for word in words[:5]]
    found = _day_and_date(low, situation, back=back)
    found = found or _phrase(low, situation) or _relative(low, situation)
    found = found or _named_month(low, situation, back=back) or _numeric(low, situation, back=back)
    found = found or (_bare_back(low, situation.today) if back else _bare(low, after or situation.today))
    if found and found.day.year - situation.today.year > _MOST_YEARS:
        raise ProblemError(f"{found.day.year} is too far away: is the year right?")
    return found


def _day_and_date(low: Sequence[str], situation: Situation, *, back: bool) -> DateRead | None:
    """Read a weekday with its date behind it, as dates are shown here: "fri 27 nov", "fri 12/4"."""
    weekday = _WEEKDAY_FORMS.get(low[0])
    rest = low[1:]
    if weekday is None or not rest or (rest[0].isdigit() and len(rest) < 2):
        return None
    found = _named_month(rest, situation, back=back) or _numeric(rest, situation, back=back)
    if found is None:
        return None
    if found.day.weekday() != weekday:
        raise ProblemError(f"{say.short_day(found.day, situation.today)} is no {_WEEKDAYS[weekday].capitalize()}")
    return msgspec.structs.replace(found, used=found.used + 1)


def _phrase(low: Sequence[str], situation: Situation) -> DateRead | None:
    today = situation.today
    joined = " ".join(low)
    for phrase, months_ahead in (("end of next month", 1), ("end of this month", 0), ("end of the month", 0)):
        if joined.startswith(phrase):
            return DateRead(_month_end(today, months_ahead), len(phrase.split()))
    if joined.startswith("end of month") or low[0] == "eom":
        return DateRead(_month_end(today, 0), 1 if low[0] == "eom" else 3)
    for phrase in ("eow", "end of week", "end of the week", "end of this week"):
        if joined == phrase or joined.startswith(phrase + " "):
            return DateRead(today + timedelta(days=(4 - today.weekday()) % 7), len(phrase.split()))
    match low[0]:
        case "today":
            return DateRead(today, 1)
        case "yesterday":
            return DateRead(today - timedelta(days=1), 1)
        case "tomorrow" | "tmrw":
            return DateRead(today + timedelta(days=1), 1)
        case "run":
            return _run(situation)
        case "end":
            raise ProblemError("'end' of what? write eow, eom or a date")
    return None


def _run(situation: Situation) -> DateRead:
    cycle, today, calendar = situation.cycle, situation.today, situation.run_calendar
    if cycle is None:
        raise ProblemError("no pay run is known for this account: write the date")
    return DateRead(coming_run(cycle, today, calendar).day, 1, closed_run(cycle, today, calendar))


def _month_end(today: date, months_ahead: int) -> date:
    index = today.year * 12 + today.month - 1 + months_ahead
    year, month = divmod(index, 12)
    return date(year, month + 1, months.monthrange(year, month + 1)[1])


def _relative(low: Sequence[str], situation: Situation) -> DateRead | None:
    today = situation.today
    if low[0] in ("next", "this") and len(low) > 1:
        weekday = _WEEKDAY_FORMS.get(low[1])
        if weekday is None:
            return None
        monday = today - timedelta(days=today.weekday())
        week = monday + timedelta(weeks=1) if low[0] == "next" else monday
        return DateRead(week + timedelta(days=weekday), 2)
    match = _AHEAD.fullmatch(low[0])
    if match is None:
        return None
    count = int(match[1] or match[3])
    if match[3] or match[2] == "w":
        day = today + timedelta(weeks=count)
    elif match[2] in ("b", "bd"):
        day = situation.calendar.add(today, count) if count else today
    else:
        day = today + timedelta(days=count)
    return DateRead(day, 1)


def _named_month(low: Sequence[str], situation: Situation, *, back: bool) -> DateRead | None:
    if len(low) > 2 and low[1] == "of":
        without = _named_month([low[0], *low[2:]], situation, back=back)
        return msgspec.structs.replace(without, used=without.used + 1) if without else None
    if len(low) < 2:
        return None
    month, day_word = _MONTH_FORMS.get(low[0].rstrip(".")), low[1]
    if month is None:
        month, day_word = _MONTH_FORMS.get(low[1].rstrip(".")), low[0]
    day = _DAY.fullmatch(day_word.rstrip("."))
    if month is None or day is None:
        return None
    today = situation.today
    if len(low) > 2 and low[2] in (str(today.year), str(today.year + 1)):
        warning = f"{low[2]} is read as the year: write {low[2]}.00 if it is the amount"
        return DateRead(_date(int(low[2]), month, int(day[1])), 3, warning)
    return DateRead(_nearest(month, int(day[1]), today, back=back), 2)


def _numeric(low: Sequence[str], situation: Situation, *, back: bool) -> DateRead | None:
    iso = _ISO.fullmatch(low[0])
    if iso:
        return DateRead(_date(int(iso[1]), int(iso[2]), int(iso[3])), 1)
    match = _NUMERIC.fullmatch(low[0])
    if match is None or (match[2] == "." and situation.policy.month_first):
        return None
    if match[2] == "." and not low[0].endswith(".") and not match[4] and situation.policy.decimal_mark == ".":
        return None
    first, second = int(match[1]), int(match[3])
    if match[2] == "." and not match[4] and not _could_be_date(first, second):
        return None
    month, day = (first, second) if situation.policy.month_first else (second, first)
    order = "month first" if situation.policy.month_first else "day first"
    warning = ""
    if month > 12 >= day:
        month, day = day, month
        order = "day first" if situation.policy.month_first else "month first"
        warning = f"{low[0]} can only be read {order}"
    elif month != day and day <= 12:
        warning = f"{low[0]} is read {order}"
    if match[4]:
        year = int(match[4])
        found = _date(year if len(match[4]) > 2 else year + _CENTURY, month, day)
    else:
        found = _nearest(month, day, situation.today, back=back)
    return DateRead(found, 1, warning)


def _bare(low: Sequence[str], after: date) -> DateRead | None:
    """Read a weekday or a day of the month: the next one to come after a date."""
    weekday = _WEEKDAY_FORMS.get(low[0])
    if weekday is not None:
        return DateRead(after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1), 1)
    match = _DAY.fullmatch(low[0])
    if match is None or not 1 <= int(match[1]) <= 31:
        return None
    number, year, month, warning = int(match[1]), after.year, after.month, ""
    if number <= after.day:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    while number > months.monthrange(year, month)[1]:
        warning = f"{_MONTHS[month - 1].capitalize()} has no {number}th: the next month that has one"
        warning = warning.replace("31th", "31st")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return DateRead(date(year, month, number), 1, warning)


def _could_be_date(first: int, second: int) -> bool:
    return 1 <= min(first, second) <= 12 and max(first, second) <= 31


def _bare_back(low: Sequence[str], today: date) -> DateRead | None:
    """Read a weekday, the last one gone by, or a day of the month: the last one, today included."""
    weekday = _WEEKDAY_FORMS.get(low[0])
    if weekday is not None:
        return DateRead(today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1), 1)
    match = _DAY.fullmatch(low[0])
    if match is None or not 1 <= int(match[1]) <= 31:
        return None
    day = today
    while day.day != int(match[1]):
        day -= timedelta(days=1)
    return DateRead(day, 1)


def _nearest(month: int, day: int, today: date, *, back: bool) -> date:
    """Return the month's day of this year, or of the next if this year's lies more than half a year back.

    One that has passed lately stays in the past, so that a promise for it is refused. `back`: the last one gone by.
    """
    if back:
        last = (
            _date(today.year, month, day) if (month, day) != (2, 29) or (today.month, today.day) >= (2, 29) else None
        )
        return last if last and last <= today else _date(today.year - 1, month, day)
    year = today.year
    if (month, day) == (2, 29) and not months.isleap(year) and months.isleap(year + 1):
        return date(year + 1, month, day)
    found = _date(year, month, day)
    return found if (today - found).days <= _HALF_YEAR else _date(year + 1, month, day)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        name = _MONTHS[month - 1].capitalize() if 1 <= month <= 12 else f"month {month} of"
        raise ProblemError(f"there is no {day} {name} {year}") from None
