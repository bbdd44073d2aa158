"""The day on which the demo book is set: business days around it, the imports so far, the firm's own numbering.

Everything is counted from `today`; nothing reads a clock.
"""

import hashlib
import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from arctui.core.business import BusinessCalendar
from arctui.core.decisions import Closing
from arctui.core.facts import Moment
from arctui.core.policy import Policy
from arctui.core.records import Import, Method, PolicyChange

#: What was imported: the first list of open items, one of last fortnight, the payments, the list of today's balances.
OPENING, EARLIER, PAYMENTS, LATEST = 1, 2, 3, 4
#: What is entered by hand carries the number of the next import.
BY_HAND = LATEST + 1

_IDS = uuid.UUID("5f0b6d0e-7c36-5d0c-9a43-2f6f1c1c9b61")
#: A year and the quarter that the figures at its beginning look back on.
OPENING_DAYS_AGO = 465
_EARLIER_BUSINESS_DAYS_AGO = 9
_REVIEWS_BUSINESS_DAYS_AGO = (6, 5, 4, 3, 2)
#: A second clerk has a few customers: who pay when called, late, after a dispute, who were not called yet.
_COLLEAGUE, _OTHER_COLLEAGUE = "bob", "ann"
_OF_COLLEAGUE = frozenset({"dvorak", "three-rivers", "prairie-rose", "zephyr-bikes", "eastmarket"})
#: Invoice numbers count on from here: so many for each day since the firm's first.
#: The invented supplier whose customers these are.
_FIRM = "Granite & Vale Supply"
#: What stands on its letters, and what its terms of sale say of paying late.
_LETTERS = {
    "letterhead": "640 Quarry Road | Trenton, NJ 08608 | +1 609 555 0100",
    "firm_legal_name": "Granite & Vale Supply LLC",
    "remittance": "Granite & Vale Supply LLC, PO Box 640, Trenton, NJ 08608 | with the number of the invoice",
    "signature": "Accounts receivable",
    "letter_foot": "Granite & Vale Supply LLC, a limited liability company of New Jersey",
    "interest_percent": "9",
    "interest_agreed": "terms of sale, 4.2",
    "late_fee": "25.00",
    "late_fee_agreed": "terms of sale, 4.3",
}
_FIRST_INVOICE_DAY = date(2019, 1, 1)
_NUMBERS_A_DAY = 25


def record_id(*names: object) -> str:
    """Return the id of a record of this name: the same in every demo book."""
    return uuid.uuid5(_IDS, "/".join(map(str, names))).hex


class Stage:
    """The working day, its business days and the numbers that are given out once in the book."""

    def __init__(self, moment: Moment, calendar: BusinessCalendar, clerk: str) -> None:
        self.today = moment.today
        self.zone = moment.now.tzinfo
        self.calendar = calendar
        self.policy = Policy()
        self.clerk = clerk
        self.as_of = calendar.previous(self.today)
        self._days: dict[int, date] = {0: calendar.roll_back(self.today)}
        self._invoices: Counter[date] = Counter()
        self._phones: Counter[str] = Counter()
        self.earlier_as_of = self.business_day(-_EARLIER_BUSINESS_DAYS_AGO)

    def clerk_of(self, key: str) -> str:
        """Return the clerk to whom the customer of this key belongs: nearly all are those of whom tries the book."""
        if key not in _OF_COLLEAGUE:
            return self.clerk
        return _COLLEAGUE if self.clerk != _COLLEAGUE else _OTHER_COLLEAGUE

    def business_day(self, offset: int) -> date:
        """Return a business day counted from today, or from the last one if today is none.

        So `business_day(-1)` always lies before today, `business_day(1)` after it.
        """
        if offset not in self._days:
            step = 1 if offset > 0 else -1
            self._days[offset] = self.calendar.add(self.business_day(offset - step), step)
        return self._days[offset]

    def days_ago(self, days: int) -> date:
        """Return the calendar day so many days before today."""
        return self.today - timedelta(days=days)

    def spoken_of_until(self, last: date) -> date:
        """Return the latest business day after which the schedule's next call falls on or before `last`."""
        interval = timedelta(days=self.policy.call_interval_days)
        day = self.calendar.roll_back(last - interval)
        while self.calendar.roll(day + interval) > last:
            day = self.calendar.previous(day)
        return day

    def promised_to_break(self, offset: int, method: Method, *, in_hands: bool = False) -> date:
        """Return the day to promise for so that the promise breaks on `business_day(offset)`."""
        grace = 0 if in_hands else self.policy.grace(method)
        return self.business_day(offset - grace - 1)

    def promised_to_verify(self, method: Method) -> date:
        """Return the day to promise for so that the last day of the window is today (or the last business day)."""
        return self.business_day(-self.policy.grace(method))

    def at(self, day: date, hour: time) -> datetime:
        """Return a moment of a day in the firm's zone."""
        return datetime.combine(day, hour, self.zone)

    def invoice_number(self, issued: date) -> str:
        """Give out the next number of a day of issue: numbers rise with the days."""
        self._invoices[issued] += 1
        return f"{(issued - _FIRST_INVOICE_DAY).days * _NUMBERS_A_DAY + self._invoices[issued]}"

    def phone(self, area_code: str) -> str:
        """Give out the next number of an area code, of those that are kept for fiction."""
        self._phones[area_code] += 1
        line = 100 + (7 * int(area_code) + 37 * self._phones[area_code]) % 100
        return f"+1 {area_code} 555 {line:04}"

    def imports(self) -> Sequence[Import]:
        """Return what was imported up to now."""
        opening = self.calendar.roll_back(self.days_ago(OPENING_DAYS_AGO))
        return (
            self._import(OPENING, "open-items", opening, time(17, 40), settles=True),
            self._import(EARLIER, "open-items", self.earlier_as_of, time(17, 35), settles=True),
            self._import(PAYMENTS, "payments", self.as_of, time(17, 45), settles=False),
            self._import(LATEST, "open-items", self.as_of, time(17, 50), settles=True),
        )

    def settings(self) -> Sequence[PolicyChange]:
        """Return the firm's own settings: its name, its letters, and calls at all hours, as it is tried at any."""
        opening = self.calendar.roll_back(self.days_ago(OPENING_DAYS_AGO))
        values = {"firm": _FIRM, "calling_from": "00:00", "calling_to": "23:59", **_LETTERS}
        return [
            PolicyChange(
                id=record_id("policy", opening if setting == "firm" else setting),
                setting=setting,
                value=value,
                since=opening,
                by=self.clerk,
                at=self.at(opening, time(9, 0)),
            )
            for setting, value in values.items()
        ]

    def reviews(self) -> Sequence[Closing]:
        """Return the reviews that were closed; that of the last business day was left for today."""
        days = [self.business_day(-ago) for ago in _REVIEWS_BUSINESS_DAYS_AGO]
        return [
            Closing(id=record_id("review", day), day=day, at=self.at(day, time(16, 55)), by=self.clerk)
            for day in days
        ]

    def _import(self, number: int, what: str, as_of: date, hour: time, *, settles: bool) -> Import:
        file = f"{what}-{as_of}.csv"
        return Import(
            id=record_id("import", number),
            number=number,
            file=file,
            digest=hashlib.sha256(file.encode()).hexdigest(),
            layout="demo",
            as_of=as_of,
            at=self.at(as_of, hour),
            by=self.clerk,
            settles=settles,
            payments=not settles,
        )
