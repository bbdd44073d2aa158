"""Dates as reports write them.

Owns the styles, and which of day and month comes first. Must not know columns or layouts.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from arctui.exchange.report import ReportError

Period = tuple[date | None, date | None]

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_TIME = r"(?:[T\s]\s*\d{1,2}:\d{2}.{0,24})?"
_YEAR = r"(\d{4}|\d{2})"
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_SLASHED = re.compile(r"(\d{1,2})(?:/(\d{1,2})/(\d{4}|\d{2})|-(\d{1,2})-(\d{4}))" + _TIME, re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?" + _YEAR + _TIME)
_DAY_MONTH = re.compile(
    r"(?:[a-z]+day,? )?(\d{1,2})(?:st|nd|rd|th)?[ /.-]+([a-z]{3,9})\.?,?[ /.-]+" + _YEAR + _TIME, re.IGNORECASE
)
_MONTH_DAY = re.compile(
    r"(?:[a-z]+day,? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? " + _YEAR + _TIME, re.IGNORECASE
)
_IN_TEXT = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
    r"|\d{1,2}(?:st|nd|rd|th)?[ /.-][a-z]{3,9}\.?,?[ /.-]\d{4}|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"([a-z]{3,9})\.?(?: (\d{1,2}))?(?:, (\d{4}))? ?(?:[–-]|to) ?(?:([a-z]{3,9})\.?)? ?(\d{1,2})?,? (\d{4})",
    re.IGNORECASE,
)
_NONE = {"", "-", "0000-00-00", "00/00/0000"}


class DateError(ValueError):
    """The text is no date; the message says so."""


def find_date(text: str) -> str:
    """Return the first thing in a line that is written like a date, "" if there is none."""
    found = _IN_TEXT.search(text)
    return found.group() if found else ""


def find_period(text: str) -> tuple[date, date] | None:
    """Return the days from and to that a title names: `October 1-7, 2026`, `January - March, 2026`."""
    found = _PERIOD.search(text)
    if not found:
        return None
    first_month, last_month = _month(found[1]), _month(found[4] or found[1])
    last_year = int(found[6])
    first_year = int(found[3] or last_year)
    try:
        last_day = int(found[5] or monthrange(last_year, last_month)[1])
        return date(first_year, first_month, int(found[2] or 1)), date(last_year, last_month, last_day)
    except ValueError:
        return None


def read_date(text: str, *, month_first: bool) -> date | None:
    """Read one clean cell; empty, `-` and a date of noughts are None.

    `month_first` says how `09/02/2026` is meant; dates with points always begin with the day, two-digit years
    are those from 1970 to 2069. Raises DateError naming the text.
    """
    if text in _NONE:
        return None
    found = _parts(text, month_first=month_first)
    if found and 1900 <= found[0] < 2200:
        try:
            return date(*found)
        except ValueError:
            pass
    raise DateError(f"{text if len(text) <= 40 else text[:39] + '…'} is no date")


def month_comes_first(
    texts: Iterable[str], *, told: bool | None = None, bounded: Iterable[str] = (), within: Period = (None, None)
) -> bool:
    """Decide the order of day and month over all the dates of a file; True is 09/30/2026.

    What the clerk told decides; then any date that is possible in one order only; then the time `within` which
    the report says that its `bounded` dates lie, where one order alone keeps to it. Raises ReportError where
    the dates stand in both orders, or where both are possible and give different days.
    """
    if told is not None:
        return told
    pairs = {text: pair for text in texts if (pair := _pair(text))}
    month_led = next((text for text, (first, second) in pairs.items() if first <= 12 < second <= 31), "")
    day_led = next((text for text, (first, second) in pairs.items() if second <= 12 < first <= 31), "")
    if month_led and day_led:
        raise ReportError(
            f"the dates are written in both orders ({month_led}, {day_led}): "
            "say which is right with --dates mdy or --dates dmy"
        )
    if month_led or day_led:
        return bool(month_led)
    doubtful = next((text for text, (first, second) in pairs.items() if first != second and first <= 12), "")
    if not doubtful:
        return False
    slashed = [text for text in bounded if _pair(text)]
    month_fits, day_fits = (_all_within(slashed, within, month_first=order) for order in (True, False))
    if month_fits != day_fits:
        return month_fits
    raise ReportError(
        f"{doubtful} and all other dates can be month/day or day/month: say which with --dates mdy or --dates dmy"
    )


def _all_within(texts: Iterable[str], within: Period, *, month_first: bool) -> bool:
    first, last = within
    for text in texts:
        try:
            day = read_date(text, month_first=month_first)
        except DateError:
            continue
        if day and ((first and day < first) or (last and day > last)):
            return False
    return True


def _pair(text: str) -> tuple[int, int] | None:
    found = _SLASHED.fullmatch(text)
    return (int(found[1]), int(found[2] or found[4])) if found else None


def _parts(text: str, *, month_first: bool) -> tuple[int, int, int] | None:
    if not text.isascii():
        return None
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[3]), int(found[4])
    if found := _SLASHED.fullmatch(text):
        first, second, year = int(found[1]), int(found[2] or found[4]), _year(found[3] or found[5])
        return (year, first, second) if month_first else (year, second, first)
    if found := _DOTTED.fullmatch(text):
        return _year(found[3]), int(found[2]), int(found[1])
    if found := _DAY_MONTH.fullmatch(text):
        return _year(found[3]), _month(found[2]), int(found[1])
    if found := _MONTH_DAY.fullmatch(text):
        return _year(found[3]), _month(found[1]), int(found[2])
    if found := _COMPACT.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    return None


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _month(text: str) -> int:
    """Return the number of an English month by its name or the beginning of it, 0 if there is no such month."""
    name = text.lower()
    return next((number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name)), 0)
