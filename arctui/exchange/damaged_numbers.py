"""Invoice numbers that a spreadsheet damaged: which number another one was before it was opened and saved there.

Pure. A spreadsheet takes what looks like a number, a power of ten or a month for one: `00085001` becomes `85001`,
`1E5` becomes `100000` or `1.00E+05`, `2026-03` becomes `Mar-26` or `3/1/2026`, and of 19 figures only 15 stay.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_DOWN, Context, Decimal

#: What a number typed as text can be that a spreadsheet takes for a number.
_TAKEN_FOR_NUMBER = re.compile(r"\d+(?:[eE]\+?\d{1,3})?")
#: What a spreadsheet makes of a number: whole, with zeros behind the point, or as a power of ten.
_WHOLE = re.compile(r"\d+(?:\.0+)?")
_POWER = re.compile(r"\d(?:\.(\d+))?[eE]\+(\d{2,3})")
_FIGURES = 15
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
#: A spreadsheet counts days from here.
_DAY_ZERO = date(1899, 12, 30)
#: What tells without a second number that one was damaged, and why; a month's name alone is as good as a number.
_MONTH = f"(?ai:{'|'.join(_MONTHS)})"
_LOOKS = re.compile(
    rf"(?P<power>{_POWER.pattern})|(?P<decimals>\d+\.0+)"
    rf"|(?P<month>\d{{1,2}}-{_MONTH}(?:-\d\d)?|{_MONTH}-\d\d)"
    r"|(?P<day>(?:19|20)\d\d-\d\d-01(?: 00:00:00)?|(?:\d{1,2}/1|1/\d{1,2})/(?:19|20)\d\d)"
    rf"|(?P<figures>\d{{{_FIGURES}}}0+)"
)
_WHY = {
    "power": "it is written as a power of ten",
    "decimals": "it has decimals",
    "month": "it is written as a month",
    "day": "it is written as a day",
    "figures": f"only {_FIGURES} of its figures are left",
}


def was(damaged: str, good: str) -> bool:
    """May a spreadsheet have made one number of the other?"""
    return damaged != good and (_was_number(damaged, good) or damaged.casefold() in _as_month(good))


def looks_damaged(number: str) -> str:
    """Say why a number looks as if a spreadsheet had damaged it, "" if it does not."""
    found = _LOOKS.fullmatch(number)
    return _WHY[found.lastgroup or ""] if found else ""


def original(damaged: str, numbers: Iterable[str]) -> str:
    """Return the one of several numbers that a damaged one was, "" if none or more than one may be it."""
    found = {good for good in numbers if was(damaged, good)}
    return found.pop() if len(found) == 1 else ""


def damaged_form(good: str, numbers: Iterable[str]) -> str:
    """Return the one of several numbers that was made of a good one, "" if none or more than one may be it."""
    found = {damaged for damaged in numbers if was(damaged, good)}
    return found.pop() if len(found) == 1 else ""


def _was_number(damaged: str, good: str) -> bool:
    power = _POWER.fullmatch(damaged)
    if not _TAKEN_FOR_NUMBER.fullmatch(good) or not (power or _WHOLE.fullmatch(damaged)):
        return False
    value = Decimal(good)
    if power:
        return Context(prec=len(power[1] or "") + 1).plus(value) == Decimal(damaged)
    # Where the good one would be written otherwise by a spreadsheet.
    changed = good[0] == "0" or not good.isdecimal() or len(good) > _FIGURES or "." in damaged
    return changed and Decimal(damaged) in _written(value)


def _written(value: Decimal) -> set[Decimal]:
    """Return what becomes of a number that has more figures than fit: they are rounded, cut, or kept in binary."""
    rounded = {Context(prec=prec).plus(value) for prec in (_FIGURES, _FIGURES + 1, _FIGURES + 2)}
    return {*rounded, Context(prec=_FIGURES, rounding=ROUND_DOWN).plus(value), Decimal(float(value))}


def _as_month(good: str) -> frozenset[str]:
    """Return what a spreadsheet makes of a number that looks like a month or a day of one."""
    by_year = re.fullmatch(r"((?:19|20)\d\d)[-/](\d{1,2})|(\d{1,2})[-/]((?:19|20)?\d\d)", good)
    made: set[str] = set()
    if by_year:
        year, month = int(by_year[1] or by_year[4]), int(by_year[2] or by_year[3])
        year += 2000 if year < 100 else 0
        if 1 <= month <= 12:
            made |= _first_of(date(year, month, 1))
    if day := re.fullmatch(r"(\d{1,2})[-/](\d{1,2})", good):
        for month, number in ((int(day[1]), int(day[2])), (int(day[2]), int(day[1]))):
            if 1 <= month <= 12 and 1 <= number <= 31:
                made |= {f"{number}-{_name(month)}", f"{number:02}-{_name(month)}"}
    return frozenset(made)


def _name(month: int) -> str:
    return _MONTHS[month - 1]


def _first_of(day: date) -> set[str]:
    year, month, name = day.year, day.month, _name(day.month)
    return {
        f"{name}-{year % 100:02}",
        f"{name} {year % 100:02}",
        f"{name}-{year}",
        f"{name} {year}",
        day.isoformat(),
        f"{day} 00:00:00",
        f"{month}/1/{year}",
        f"{month:02}/01/{year}",
        f"{month}/1/{year % 100:02}",
        f"1/{month}/{year}",
        f"01/{month:02}/{year}",
        f"01.{month:02}.{year}",
        f"1.{month}.{year}",
        f"01-{month:02}-{year}",
        str((day - _DAY_ZERO).days),
    }
