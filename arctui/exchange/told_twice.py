"""One money told by two statements in other words: the line decided first, found for the one that came later.

Pure. Within one statement every line is money of its own, and a line in the same words is known before this is asked.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from arctui.core.import_records import BankLine
from arctui.core.text import name_key

_SATURDAY = 5


def told_before(line: BankLine, decided: Iterable[BankLine]) -> BankLine | None:
    """Return the decided line that seems to be the same money: of the amount, and of the day or the business day
    beside it (one file has the day of booking, another that of value)."""
    alike = [d for d in decided if _is_alike(d, line)]
    return min(alike, key=lambda d: abs(d.day - line.day), default=None)


def _is_alike(known: BankLine, line: BankLine) -> bool:
    if known.amount != line.amount or known.currency != line.currency or known.id == line.id:
        return False
    if bool(known.identity) != bool(line.identity):
        # Files of two kinds: only one of them has the bank's ids.
        return known.day == line.day
    if known.imported == line.imported or name_key(known.words) == name_key(line.words):
        return False
    # The bank's own ids of two days are two movements.
    return known.day == line.day or (not line.identity and _are_neighbours(known.day, line.day))


def _are_neighbours(one: date, other: date) -> bool:
    """Does no business day lie between two days? Holidays are not known here."""
    first, last = sorted((one, other))
    between = (first + timedelta(days=n) for n in range(1, (last - first).days))
    return last - first <= timedelta(days=3) and all(day.weekday() >= _SATURDAY for day in between)
