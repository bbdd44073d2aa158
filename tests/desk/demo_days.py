"""The demo book of any day, with all that the rules derive from it."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from arctui.core.business import BusinessCalendar
from arctui.core.facts import Dossier, Facts, Moment
from arctui.core.policy import Policy
from arctui.core.promises import Judged
from arctui.core.reasons import Rules
from arctui.core.records import Account, Record
from arctui.core.standing import Standing, derive
from arctui.core.worklist import Row, calling_order, row_of
from arctui.desk.demo import demo_records

ZONE = ZoneInfo("America/New_York")
CALENDAR = BusinessCalendar()
POLICY = Policy()

DAYS = {
    "a Monday": date(2026, 11, 23),
    "a Friday": date(2026, 3, 13),
    "a Saturday": date(2026, 6, 20),
    "a Sunday": date(2026, 8, 30),
    "Thanksgiving": date(2026, 11, 26),
    "the day after Thanksgiving": date(2026, 11, 27),
    "Christmas": date(2028, 12, 25),
    "31 December": date(2026, 12, 31),
    "31 December on a Sunday": date(2028, 12, 31),
    "1 January": date(2027, 1, 1),
    "1 January on a Saturday": date(2028, 1, 1),
    "29 February": date(2024, 2, 29),
    "29 February on a Sunday": date(2032, 2, 29),
    "1 March": date(2027, 3, 1),
    "Independence Day on a Saturday": date(2026, 7, 4),
    "the Tuesday after Labor Day": date(2026, 9, 8),
    "the clock goes forward": date(2026, 3, 8),
    "the clock goes back": date(2026, 11, 1),
}


class Made:
    """The demo book of one day with all that the rules derive from it."""

    def __init__(self, day: date) -> None:
        self.today = day
        moment = Moment(day, datetime(day.year, day.month, day.day, 9, 0, tzinfo=ZONE))
        self.records: list[Record] = demo_records(moment, CALENDAR, "ann")
        self.facts = Facts(self.records)
        self.rules = Rules(POLICY, CALENDAR, self.facts.reports, moment)
        dossiers = [self.facts.dossier(a.id) for a in self.facts.all(Account)]
        self.accounts: list[tuple[Dossier, Standing]] = [(d, derive(d, self.rules)) for d in dossiers]
        found = [row_of(d, s, self.rules) for d, s in self.accounts]
        self.rows: list[Row] = sorted((r for r in found if r), key=calling_order)
        self.judged: list[Judged] = [j for _, s in self.accounts for j in s.judged]

    def dossier(self, account: str) -> Dossier:
        return self.facts.dossier(account)

    def named(self, name: str) -> Standing:
        (found,) = [s for d, s in self.accounts if d.account.name == name]
        return found


@lru_cache(maxsize=256)
def made(day: date) -> Made:
    return Made(day)
