"""How far what is owed was asked for by letter: the levels that were sent, what comes next, what waits. Pure.

The levels come one after the other, led by the invoice that is furthest along, so that a customer who is billed every
week gets past the reminder. A reminder and a demand ask for the others too, a final demand never for what no letter
has asked for. One of a level counts for those below it; what was finally demanded is asked for by no letter any more,
then comes the claim file.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

import msgspec

from arctui.core.business import BusinessCalendar
from arctui.core.facts import Reports
from arctui.core.ledger import OpenItem
from arctui.core.letter_records import LEVELS, Letter, LetterKind
from arctui.core.money import total
from arctui.core.policy import Policy
from arctui.core.records import Activity, Payment
from arctui.core.words import short_day


class Level(msgspec.Struct, frozen=True):
    """How many of the levels the invoices that may be asked for had, all in one currency.

    `sent`: of the one that is furthest along without the final demand, else all of them. `written_of`: ids of those
    that any letter asked for; `demanded`: of those that had the final demand, the last on `demanded_on`; `final`:
    that one, where it is recorded.
    """

    sent: int = 0
    written_of: frozenset[str] = frozenset()
    demanded: frozenset[str] = frozenset()
    demanded_on: date | None = None
    final: Letter | None = None

    @property
    def next(self) -> LetterKind | None:
        """The level that comes next, None after the final demand of all."""
        return LEVELS[self.sent] if self.sent < len(LEVELS) else None

    def to_ask(self, kind: LetterKind, items: Iterable[OpenItem]) -> list[OpenItem]:
        """Return the items that a letter asks for.

        What was finally demanded gets no other letter, which would give it time anew, and what no letter has asked
        for no final demand, where there is something else to ask for.
        """
        every = list(items)
        if kind not in LEVELS:
            return every
        rest = [i for i in every if i.invoice.id not in self.demanded]
        if kind is LetterKind.FINAL:
            rest = [i for i in rest if i.invoice.id in self.written_of]
        return rest if any(i.collectable for i in rest) else every

    def deadline(self, policy: Policy, calendar: BusinessCalendar) -> date | None:
        """Return the day up to which the final demand leaves time, None before one was sent."""
        if self.demanded_on is None:
            return None
        written = self.final.deadline if self.final else None
        return last_day(LetterKind.FINAL, written, self.demanded_on, policy, calendar)


def days_left_by(kind: LetterKind, policy: Policy) -> int:
    """Return how many days a letter that asks for money leaves to pay."""
    return policy.final_demand_days if kind is LetterKind.FINAL else policy.demand_days


def last_day(
    kind: LetterKind, written: date | None, sent_on: date, policy: Policy, calendar: BusinessCalendar
) -> date:
    """Return the day up to which a letter that was sent leaves time: as it says, but never less than the policy."""
    least = calendar.roll(sent_on + timedelta(days=days_left_by(kind, policy)))
    return max(written or least, least)


def level_of(sent: Iterable[Activity], letters: Iterable[Letter], asked: Collection[str]) -> Level:
    """Return the level of the invoices of these ids, by the letters that were sent, in their order.

    One of which only its sending is known counts as the next level of each invoice that it was about.
    """
    records = {letter.activity: letter for letter in letters if letter.activity}
    counts = dict.fromkeys(asked, 0)
    demanded_on, final = None, None
    for activity in sent:
        letter = records.get(activity.id)
        if letter and letter.kind not in LEVELS:
            continue
        last = False
        for invoice in counts.keys() & set(asked_of(letter) if letter else activity.invoices):
            level = LEVELS.index(letter.kind) + 1 if letter else counts[invoice] + 1
            counts[invoice] = max(counts[invoice], min(level, len(LEVELS)))
            last = last or level >= len(LEVELS)
        if last:
            demanded_on, final = activity.day, letter
    demanded = frozenset(invoice for invoice, count in counts.items() if count == len(LEVELS))
    going = [count for count in counts.values() if count < len(LEVELS)]
    written_of = frozenset(invoice for invoice, count in counts.items() if count)
    return Level(max(going, default=len(LEVELS) if demanded else 0), written_of, demanded, demanded_on, final)


def asked_of(letter: Letter) -> tuple[str, ...]:
    """Return the ids of the invoices of which a letter asks for something."""
    return tuple(part.invoice for part in letter.asked) or letter.invoices


class Came(NamedTuple):
    """Money that came and was not taken back: its day, and when the book learnt of it, None if that is not known."""

    day: date
    known: datetime | None

    def since(self, first: Activity, last: Activity) -> bool:
        """Did it come since the last of a row of tries, or during it and was learnt of since?

        Money of the same day may have come after the try; money from before the first one says nothing of them.
        """
        late = self.known is not None and self.known > last.at and self.day >= first.day
        return late or self.day >= last.day


def money_in(payments: Iterable[Payment], currency: str, reports: Reports, today: date) -> list[Came]:
    """Return the money that came in a currency and was not taken back; of what two reports told, the later's day."""
    found = []
    for p in payments:
        if p.amount > 0 and p.currency == currency and p.day <= today and not (p.reversed_on or date.max) <= today:
            imported = None if p.entered_by else reports.by_number.get(p.recorded)
            found.append(Came(p.day, imported.at if imported else None))
    return found


def unsent(letters: Iterable[Letter]) -> list[Letter]:
    """Return the letters that were written and not sent, in the order of their numbers."""
    return sorted((letter for letter in letters if letter.sent_on is None), key=lambda letter: letter.number)


def unsent_words(letter: Letter, today: date, items: Iterable[OpenItem] | None = None) -> str:
    """Say of a letter that it was written and not sent: "letter 2026-0017 written Mon 23 Nov, not sent yet".

    By what is open now it says so where the letter asks for more than may be asked for, or for it by a day gone by.
    """
    written = f"letter {letter.number} written {short_day(letter.day, today)}"
    if items is not None and letter.kind in LEVELS and asks_too_much(letter, items):
        return f"{written} asks for too much by now: write it anew, throw it away"
    if letter.deadline and letter.deadline <= today:
        return f"{written} asks for it by a day gone by: write it anew, throw it away"
    return f"{written}, not sent yet"


def claim_words(deadline: date, today: date) -> str:
    """Say that the final demand was for nothing."""
    return f"the final demand ended {short_day(deadline, today)}: the claim file can be written"


def asks_too_much(letter: Letter, items: Iterable[OpenItem]) -> bool:
    """Does a letter ask for more of any invoice than may be asked for now?"""
    return still_asked(letter, items) < letter.amount


def still_asked(letter: Letter, items: Iterable[OpenItem]) -> Decimal:
    """Return how much of what a letter asks for may be asked for now, invoice by invoice where it is known so."""
    may = {i.invoice.id: i.collectable for i in items}
    if letter.asked:
        return total(min(part.amount, may.get(part.invoice, Decimal(0))) for part in letter.asked)
    return total(may[each] for each in letter.invoices if each in may)
