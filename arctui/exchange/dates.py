"""Dates as reports write them.

Owns the styles, and the words for months and days in seven languages. Must not know columns or layouts, nor decide
what a date means that can be read in two ways.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from arctui.core.text import fold

Period = tuple[date | None, date | None]

# English, German, French, Spanish, Dutch, Italian, Portuguese; folded, as `core.text.fold` does it.
_MONTHS = """
    january januar janvier enero januari gennaio janeiro jaenner janner
    february februar fevrier febrero februari febbraio fevereiro
    march marz mars marzo maart marco maerz mrz mrt
    april avril abril aprile
    may mai mayo mei maggio maio
    june juni juin junio giugno junho
    july juli juillet julio luglio julho
    august aout agosto augustus
    september septembre septiembre settembre setembro setiembre
    october oktober octobre octubre ottobre outubro
    november novembre noviembre novembro
    december dezember decembre diciembre dicembre dezembro
""".strip().splitlines()
_WEEKDAYS = """
    monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag
    sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado
    domingo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag lunedi martedi mercoledi giovedi venerdi sabato
    domenica segunda terca quarta quinta sexta
""".split()
_ARTICLES = {"le", "el", "il", "den", "the"}
_SHORTEST_MONTH, _SHORTEST_WEEKDAY = 3, 2

_DAY = r"([0-9]{1,2})"
_YEAR = r"([0-9]{4}|[0-9]{2})"
_TIME = (
    r"(?:(?:T|,? ) ?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)? ?(?:[ap]\.?m\.?)?"
    r" ?(?:Z|[A-Z]{2,5})?(?: ?[+-][0-9]{1,2}(?::?[0-9]{2})?)?(?: ?(?:Z|[A-Z]{2,5}))?)?"
)
_WORD = r"([^\W\d_]{3,10})"
_WEEKDAY = r"(?:([^\W\d_]{2,10})(?:-feira)?\.?,? )?"
_NTH = r"(?:st|nd|rd|th|er|º|ª|°)?"
_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})" + _TIME, re.IGNORECASE)
_SLASHED = re.compile(rf"{_DAY}(?: ?/ ?{_DAY} ?/ ?{_YEAR}|-{_DAY}-([0-9]{{4}})){_TIME}", re.IGNORECASE)
_DOTTED = re.compile(rf"{_DAY}\. ?{_DAY}\. ?{_YEAR}{_TIME}", re.IGNORECASE)
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}{_DAY}{_NTH}(?:\.? (?:de|di|of) |[ /.-]*)"
    rf"{_WORD}\.?,?(?: (?:de|del) |[ /.-]*)'?{_YEAR}{_TIME}",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(rf"{_WEEKDAY}{_WORD}\.?[ /-]{_DAY}{_NTH},?[ /-]'?{_YEAR}{_TIME}", re.IGNORECASE)
_YEAR_MONTH_DAY = re.compile(rf"([0-9]{{4}})[ /-]{_WORD}\.?[ /-]{_DAY}{_TIME}", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{7,8}")
_SERIAL = re.compile(r"([2-7][0-9]{4}|80000)(?:\.0+)?")
_EXCEL_DAY_0 = date(1899, 12, 30)
_IN_TEXT = re.compile(
    r"(?<![\w./-])(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
    r"|[0-9]{1,2}([/.-]) ?[0-9]{1,2}\1 ?[0-9]{2,4}"
    rf"|[0-9]{{1,2}}{_NTH}(?:\.? (?:de|di|of) |[ /.-]+){_WORD}\.?,?(?: (?:de|del) |[ /.-]+)'?[0-9]{{2,4}}"
    rf"|{_WORD}\.? [0-9]{{1,2}}{_NTH},? [0-9]{{4}})(?![0-9]|[./-][0-9])",
    re.IGNORECASE,
)
_TO = r" ?(?:[–-]|\b(?:to|until|through|thru|bis|au|al|a|tot|t/m|ate)\b) ?"
_PERIOD = re.compile(
    rf"([a-z]{{3,9}})\.?(?: ([0-9]{{1,2}}))?(?:, ([0-9]{{4}}))?{_TO}"
    r"(?:([a-z]{3,9})\.?)? ?([0-9]{1,2})?,? ([0-9]{4})",
    re.IGNORECASE,
)
_FROM_DAY = re.compile(rf"\b{_DAY}[ /.-]{_WORD}\.?(?:[ /.-]([0-9]{{4}}|[0-9]{{2}}))?(?={_TO})", re.IGNORECASE)
_TO_DAY = re.compile(_TO, re.IGNORECASE)
_NONE = {
    "", "-", "--", "–", "—", "n/a", "none", "null", "0000-00-00", "00/00/0000", "00.00.0000", "00000000", "0",
    "1/0/1900", "01/00/1900", "0/1/1900", "00/01/1900",
}  # fmt: skip


class DateError(ValueError):
    """The text is no date; the message says so."""


class Digits(Enum):
    """What figures only are in a date's column: `20260930`, `30092026`, `09302026`, a spreadsheet's day number."""

    YEAR_FIRST = "yyyymmdd"
    DAY_FIRST = "ddmmyyyy"
    MONTH_FIRST = "mmddyyyy"
    SERIAL = "serial"


class DateStyle(NamedTuple):
    """How the dates of one column are meant. `month_first` None: nothing says it, so a doubtful date is refused."""

    month_first: bool | None = None
    digits: Digits = Digits.YEAR_FIRST


def read_date(text: str, *, month_first: bool | None, digits: Digits = Digits.YEAR_FIRST) -> date | None:
    """Read one clean cell; empty, `-` and a date of noughts are None.

    `month_first` says how `09/02/2026` is meant (None: it is refused, `09/30/2026` is not); dates with points always
    begin with the day, two-digit years are those from 1970 to 2069. Raises DateError naming the text.
    """
    if text.casefold() in _NONE:
        return None
    both = both_readings(text)
    if both:
        day = _chosen(text, both, month_first)
    else:
        day = read_digits(text, digits) if text[0].isdigit() and text[-1].isdigit() else None
        day = day or _day(_parts(text))
    if day is None:
        raise DateError(f"{_short(text)} is no date")
    return day


def both_readings(text: str) -> tuple[date | None, date | None] | None:
    """Return `09/02/2026` read month first and day first, each None where that is no date; None for other styles."""
    found = _SLASHED.fullmatch(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[2] or found[4]), _year(found[3] or found[5])
    return _day((year, first, second)), _day((year, second, first))


def read_digits(text: str, digits: Digits) -> date | None:
    """Read a date of figures only, None if it is none of that form. A lost nought in front is restored."""
    if digits is Digits.SERIAL:
        found = _SERIAL.fullmatch(text)
        return _EXCEL_DAY_0 + timedelta(days=int(found[1])) if found else None
    if not _DIGITS.fullmatch(text) or (len(text) < 8 and digits is Digits.YEAR_FIRST):
        return None
    text = text.zfill(8)
    if digits is Digits.YEAR_FIRST:
        return _day((int(text[:4]), int(text[4:6]), int(text[6:])))
    first, second, year = int(text[:2]), int(text[2:4]), int(text[4:])
    return _day((year, second, first) if digits is Digits.DAY_FIRST else (year, first, second))


def certain_day(text: str) -> date | None:
    """Read a day that no order of day and month can turn (`30 September 2026`, `2026-09-30`), None for any other."""
    try:
        return read_date(text, month_first=None)
    except DateError:
        return None


def find_date(text: str) -> str:
    """Return the first thing in a line that is written like a date, "" if there is none."""
    return next(_dates_in(text), "")


def find_period(text: str) -> tuple[date, date] | None:
    """Return the days from and to that a title names, None where it names none or day and month may be turned.

    `October 1-7, 2026`, `January - March, 2026`, `1-Apr to 30-Sep-26`.
    """
    if days := find_span(text):
        first, last = _with_year(days[0], days[1]), certain_day(days[1])
        return (first, last) if first and last else None
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


def find_span(text: str) -> tuple[str, str] | None:
    """Return two dates of a line with "to" between them, as they are written; the first may lack its year."""
    if start := _FROM_DAY.search(text):
        first, behind = start.group(), text[start.end() :]
    elif first := find_date(text):
        behind = text[text.index(first) + len(first) :]
    else:
        return None
    joint = _TO_DAY.match(behind)
    last = find_date(behind[joint.end() :]) if joint else ""
    return (first, last) if joint and last and behind[joint.end() :].startswith(last) else None


def _with_year(text: str, last: str) -> date | None:
    """Read the first day of a span; one without a year lies in the year before the last day."""
    day, end = certain_day(text), certain_day(last)
    if day or not end:
        return day
    for year in (end.year, end.year - 1):
        day = certain_day(f"{text} {year}")
        if day and day <= end:
            return day
    return None


def _dates_in(text: str) -> Iterator[str]:
    for found in _IN_TEXT.finditer(text):
        both = both_readings(found.group())
        if any(both) if both else _day(_parts(found.group())):
            yield found.group()


def _chosen(text: str, both: tuple[date | None, date | None], month_first: bool | None) -> date | None:
    by_month, by_day = both
    if month_first is not None:
        return by_month if month_first else by_day
    if by_month and by_day and by_month != by_day:
        raise DateError(f"{_short(text)} can be month/day or day/month")
    return by_month or by_day


def _parts(text: str) -> tuple[int, int, int] | None:
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[3]), int(found[4])
    if found := _DOTTED.fullmatch(text):
        return _year(found[3]), int(found[2]), int(found[1])
    if found := _DAY_MONTH.fullmatch(text):
        return (_year(found[4]), _month(found[3]), int(found[2])) if _is_weekday(found[1]) else None
    if found := _MONTH_DAY.fullmatch(text):
        return (_year(found[4]), _month(found[2]), int(found[3])) if _is_weekday(found[1]) else None
    if found := _YEAR_MONTH_DAY.fullmatch(text):
        return int(found[1]), _month(found[2]), int(found[3])
    return None


def _day(parts: tuple[int, int, int] | None) -> date | None:
    if parts and 1900 <= parts[0] < 2200:
        try:
            return date(*parts)
        except ValueError:
            pass
    return None


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _month(text: str) -> int:
    """Return the number of a month by its name or the beginning of it, 0 if there is no such month."""
    return _month_numbers().get(fold(text), 0)


def _is_weekday(text: str | None) -> bool:
    """Is this the name of a weekday, or the beginning of one, or an article, or nothing at all?"""
    return not text or fold(text) in _weekdays()


@lru_cache(maxsize=1)
def _month_numbers() -> dict[str, int]:
    """Return each beginning of a month's name that can mean one month only ("jui" may be June or July)."""
    numbers: dict[str, set[int]] = {}
    for number, names in enumerate(_MONTHS, start=1):
        for beginning in _beginnings(names.split(), _SHORTEST_MONTH):
            numbers.setdefault(beginning, set()).add(number)
    return {beginning: months.pop() for beginning, months in numbers.items() if len(months) == 1}


@lru_cache(maxsize=1)
def _weekdays() -> set[str]:
    return _ARTICLES | frozenset(_beginnings(_WEEKDAYS, _SHORTEST_WEEKDAY))


def _beginnings(names: Iterable[str], shortest: int) -> Iterator[str]:
    return (name[:length] for name in names for length in range(shortest, len(name) + 1))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
