"""Instalment plans in a capture line: `4x 500 monthly from 12/1`, `6 x 250 every 2 weeks from 15`.

A plan is read as its parts: each is a promise of its own, with its day and its window.
"""

import calendar as months
import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from arctui.core import words as say
from arctui.core.capture.dates import month_name, read_date
from arctui.core.capture.parts import Parts, read_parts
from arctui.core.capture.reading import Plan, ProblemError, Situation
from arctui.core.money import CENT, grouped
from arctui.core.text import fold

FEWEST, MOST = 2, 60
_MOST_WEEKS = 13

_COUNT = re.compile(r"(\d{1,6})[x×](.*)")
_TIMES = frozenset({"x", "×", "times"})
_EACH = frozenset({"each", "part", "parts", "payment", "payments", "instalment", "instalments", "installments"})
_FROM = frozenset({"from", "starting", "beginning"})
_FREQUENCY = {"weekly": 1, "biweekly": 2, "bi-weekly": 2, "fortnightly": 2, "monthly": 0}
_EVERY = frozenset({"every", "each", "a", "per"})
_MANY = {"other": 2, "second": 2, "2nd": 2, "two": 2, "three": 3, "four": 4}
_EXAMPLE = "4x 500 monthly from 12/1"


def is_plan(tokens: Sequence[str]) -> bool:
    """Does a part of a line say how many parts there are (`4x`, `4 x`, `4 times`)?"""
    return _count(tokens) is not None


def read_plan(tokens: Sequence[str], situation: Situation, after: date | None) -> Parts:
    """Read an instalment plan; its parts have the first day, and one amount (or share) each. Raises ProblemError."""
    rest = list(tokens)
    parts = Parts()
    counted = _count(rest)
    if counted is None:
        raise ProblemError(f"how many parts? write: {_EXAMPLE}")
    index, used, parts.count, amount = counted
    rest[index : index + used] = [amount] if amount else []
    if not FEWEST <= parts.count <= MOST:
        raise ProblemError(f"a plan has {FEWEST} to {MOST} parts, not {parts.count}")
    parts.weeks = _take_frequency(rest)
    _take_first_day(rest, parts, situation, after)
    read_parts([t for t in rest if fold(t) not in _EACH], situation, after, begun=parts)
    return parts


def _count(tokens: Sequence[str]) -> tuple[int, int, int, str] | None:
    """Return where it says how many parts, in how many words, how many, and what hangs on it (`4x500`)."""
    for index, token in enumerate(tokens):
        match = _COUNT.fullmatch(fold(token))
        if match:
            return index, 1, int(match[1]), match[2]
        if token.isdecimal() and len(token) < 7 and index + 1 < len(tokens) and fold(tokens[index + 1]) in _TIMES:
            return index, 2, int(token), ""
    return None


def _take_frequency(rest: list[str]) -> int:
    """Take how often it is paid off the words: every so many weeks, 0 for every month. Raises ProblemError."""
    low = [fold(token) for token in rest]
    for index, word in enumerate(low):
        if word in _FREQUENCY:
            del rest[index]
            return _FREQUENCY[word]
        if word in _EVERY and index + 1 < len(low):
            many = _MANY.get(low[index + 1], 0) or (int(low[index + 1]) if low[index + 1].isdecimal() else 0)
            unit = index + 2 if many else index + 1
            if unit < len(low) and low[unit] in ("week", "weeks") and (many or 1) <= _MOST_WEEKS:
                del rest[index : unit + 1]
                return many or 1
            if unit < len(low) and low[unit] in ("month", "months") and many <= 1:
                del rest[index : unit + 1]
                return 0
    raise ProblemError(f"how often? weekly, biweekly or monthly: {_EXAMPLE}")


def _take_first_day(rest: list[str], parts: Parts, situation: Situation, after: date | None) -> None:
    """Take the day of the first part off the words. Raises ProblemError."""
    for index, token in enumerate(rest):
        if fold(token) in _FROM and rest[index + 1 :]:
            found = read_date(rest[index + 1 :], situation, after)
            if found:
                parts.day = found.day
                parts.warnings += [found.warning] if found.warning else []
                del rest[index : index + 1 + found.used]
                return
    raise ProblemError(f"from when? write the day of the first part: {_EXAMPLE}")


def plan_of(parts: Parts, place: int) -> Plan | None:
    """Return the plan that a part of a line is, None if it is a single promise."""
    if not parts.count:
        return None
    weekly = "weekly" if parts.weeks == 1 else f"every {parts.weeks} weeks"
    return Plan(place, weekly if parts.weeks else "monthly")


def plan_days(parts: Parts, first: date) -> list[date]:
    """Return the days of a plan (of a single promise its day).

    A month that is too short for the day has its last day instead; the next one comes back to the day.
    """
    if parts.weeks or not parts.count:
        return [first + timedelta(weeks=parts.weeks * n) for n in range(parts.count or 1)]
    days = []
    for number in range(parts.count):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        days.append(date(year, month + 1, min(first.day, months.monthrange(year, month + 1)[1])))
    return days


def plan_amounts(whole: Decimal, count: int) -> list[Decimal]:
    """Split a sum into equal parts to the cent; the last one takes the remainder. Raises ProblemError."""
    each = (whole / count).quantize(CENT, rounding=ROUND_DOWN)
    if each < CENT:
        raise ProblemError(f"{grouped(whole)} cannot be split into {count} parts")
    return [each] * (count - 1) + [whole - each * (count - 1)]


def month_warnings(parts: Parts, days: Sequence[date], today: date) -> list[str]:
    """Say where a monthly plan leaves its day of the month, and where that day is not meant to be the last."""
    if not parts.count or parts.weeks:
        return []
    first = days[0]
    short = [day for day in days if day.day != first.day]
    if short:
        names = ", ".join(dict.fromkeys(month_name(day.month) for day in short))
        return [f"not every month has a {first.day}th: the last day of {names}".replace("31th", "31st")]
    if first.day < 31 and first.day == months.monthrange(first.year, first.month)[1]:
        return [f"on day {first.day} of each month, not on its last day: {say.short_day(days[1], today)}"]
    return []
