"""Lines typed in the calendar that change nothing: a day to go to, and which entries are shown."""

import re
from typing import TYPE_CHECKING

import msgspec

from arctui.core.agenda_filter import Filter, FilterError, read_filter
from arctui.core.capture.dates import DateRead, read_date, vague
from arctui.core.capture.reading import ProblemError, Situation
from arctui.core.records import Account
from arctui.core.text import clean
from arctui.desk.errors import DeskError

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: So many years back and ahead the calendar is asked about.
_MOST_YEARS = 10
_YEAR = re.compile(r"[12]\d{3}")
_HOW = "write a date: fri, oct 5, +10b, eom, 2027-01-04"


def read_day(desk: "Desk", text: str, account: str = "") -> DateRead:
    """Read the day to go to: a date of the capture grammar, or a month, which is its first day.

    A day gone by may be written too: `oct 5`, or with its year. `account` is the one whose pay run is meant by `run`.
    Raises DeskError.
    """
    words = clean(text).split()
    if not words:
        raise DeskError(f"which day? {_HOW}")
    situation = Situation(
        today=desk.today, now=desk.rules.moment.now, policy=desk.policy, calendar=desk.rules.calendar
    )
    if account and desk.knows(account):
        situation = msgspec.structs.replace(situation, cycle=desk.dossier(account).account.pay_cycle)
    try:
        found = _month(words, situation) or read_date(words, situation)
    except ProblemError as problem:
        raise DeskError(str(problem)) from None
    if found is None:
        raise DeskError(vague(words[0]) or f"'{words[0]}' is no date: {_HOW}")
    if found.used < len(words):
        raise DeskError(f"'{words[found.used]}' is no part of the date: {_HOW}")
    if abs(found.day.year - desk.today.year) > _MOST_YEARS:
        raise DeskError(f"{found.day.year} is too far away: is the year right?")
    return found


def _month(words: list[str], situation: Situation) -> DateRead | None:
    """Read a month alone, with its year or without: "dec", "march 2027". It is its first day."""
    name, year = words[0].rstrip("."), words[1] if len(words) > 1 else ""
    if not vague(name) or not (_YEAR.fullmatch(year) or len(words) == 1):
        return None
    found = read_date(["1", name], situation)
    if found is None or found.used < 2:
        return None
    return DateRead(found.day.replace(year=int(year)) if year else found.day, len(words))


def read_shown(desk: "Desk", text: str) -> Filter:
    """Read which entries of the calendar are shown: "calls", "promises mine", "clerk ann >500". Raises DeskError."""
    clerks = {account.clerk for account in desk.book.facts.all(Account)}
    try:
        return read_filter(text, desk.clerk, clerks, desk.policy.decimal_mark)
    except FilterError as error:
        raise DeskError(str(error)) from None
