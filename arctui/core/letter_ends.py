"""Until when the letters that went out leave time to pay, and what comes then. Pure."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.ledger import OpenItem
from arctui.core.letter_levels import last_day, still_asked
from arctui.core.letter_records import Letter, LetterKind
from arctui.core.reasons import Rules

#: A reminder only asks; what is left to these is what the next step waits for.
_ENDING = (LetterKind.DEMAND, LetterKind.FINAL)


class End(msgspec.Struct, frozen=True):
    """The last day that a letter leaves, and the letter's id; `amount` is what it still asks for, in `currency`."""

    day: date
    letter: str
    amount: Decimal
    currency: str
    why: str


def letter_ends(letters: Iterable[Letter], items: Iterable[OpenItem], rules: Rules) -> list[End]:
    """Return what is still running of the letters that demand: of each currency the one that was sent last.

    One of which nothing may be asked for any more has no end.
    """
    every = list(items)
    last: dict[str, tuple[date, Letter]] = {}
    for letter in sorted(letters, key=lambda x: (x.sent_on or date.min, x.at, x.number)):
        if letter.kind in _ENDING and letter.sent_on and still_asked(letter, every) > 0:
            last[letter.currency] = (letter.sent_on, letter)
    found = []
    for sent_on, letter in last.values():
        day = last_day(letter.kind, letter.deadline, sent_on, rules.policy, rules.calendar)
        if day >= rules.moment.today:
            then = ", then the claim file" if letter.kind is LetterKind.FINAL else ""
            why = f"{letter.kind} ends {rules.day(day)}{then}"
            found.append(End(day, letter.id, still_asked(letter, every), letter.currency, why))
    return found
