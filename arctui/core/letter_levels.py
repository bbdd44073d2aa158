"""How far an account was asked by letter: the levels that were sent, what comes next, what waits to be sent. Pure.

The levels come one after the other. A letter of one above counts for those below it; after the final demand no letter
comes any more, but the claim file.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from arctui.core.ledger import OpenItem
from arctui.core.letter_records import LEVELS, Letter, LetterKind
from arctui.core.money import total
from arctui.core.policy import Policy
from arctui.core.records import Activity, Payment
from arctui.core.words import short_day


class Level(msgspec.Struct, frozen=True):
    """How many of the levels were sent in the matter that is open, the last on `last`.

    `final`: the final demand, where it is recorded.
    """

    sent: int = 0
    final: Letter | None = None
    last: date | None = None

    @property
    def next(self) -> LetterKind | None:
        """The level that comes next, None after the final demand."""
        return LEVELS[self.sent] if self.sent < len(LEVELS) else None

    def deadline(self, policy: Policy) -> date | None:
        """Return the day up to which the final demand leaves time, None before one was sent."""
        if self.next is not None or self.last is None:
            return None
        return (self.final.deadline if self.final else None) or self.last + timedelta(days=policy.final_demand_days)


def level_of(sent: Iterable[Activity], letters: Iterable[Letter]) -> Level:
    """Return the level of the letters that were sent, in their order, by their activities.

    One of which only its sending is known counts as the next level.
    """
    records = {letter.activity: letter for letter in letters if letter.activity}
    level = Level()
    for activity in sent:
        letter = records.get(activity.id)
        count = level.sent + 1 if letter is None else LEVELS.index(letter.kind) + 1 if letter.kind in LEVELS else 0
        final = letter if letter and letter.kind is LetterKind.FINAL else level.final
        level = Level(max(level.sent, min(count, len(LEVELS))), final, activity.day)
    return level


def last_money(payments: Iterable[Payment], today: date) -> date | None:
    """Return the last day on which money came that was not taken back; of what two reports told, the later's."""
    came = (p.day for p in payments if p.amount > 0 and p.day <= today and not (p.reversed_on or date.max) <= today)
    return max(came, default=None)


def unsent(letters: Iterable[Letter]) -> list[Letter]:
    """Return the letters that were written and not sent, in the order of their numbers."""
    return sorted((letter for letter in letters if letter.sent_on is None), key=lambda letter: letter.number)


def unsent_words(letter: Letter, today: date, items: Iterable[OpenItem] | None = None) -> str:
    """Say of a letter that it was written and not sent: "letter 2026-0017 written Mon 23 Nov, not sent yet".

    By what is open now it says so where the letter asks for more than may be asked for.
    """
    written = f"letter {letter.number} written {short_day(letter.day, today)}"
    if items is not None and letter.kind in LEVELS and still_asked(letter, items) < letter.amount:
        return f"{written} asks for too much by now: write it anew, throw it away"
    return f"{written}, not sent yet"


def claim_words(deadline: date, today: date) -> str:
    """Say that the final demand was for nothing."""
    return f"the final demand ended {short_day(deadline, today)}: the claim file can be written"


def still_asked(letter: Letter, items: Iterable[OpenItem]) -> Decimal:
    """Return how much of the invoices that a letter names may be asked for now."""
    return total(i.collectable for i in items if i.invoice.id in letter.invoices)
