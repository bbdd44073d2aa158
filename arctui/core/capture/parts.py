"""The parts of a capture line: date, amount, way of paying and person, in any order."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from arctui.core import words as say
from arctui.core.capture import codes
from arctui.core.capture.dates import DateRead, read_date, vague
from arctui.core.capture.invoices import looks_like_invoice, not_open, take_invoices
from arctui.core.capture.reading import ProblemError, Situation
from arctui.core.records import Method
from arctui.core.text import fold


class Parts:
    """What has been found of one segment of a line; of an instalment plan its first day and the rest of it.

    `count` parts are paid, each so many `weeks` after the one before, every month if `weeks` is 0; no plan: 0 parts.
    """

    def __init__(self, what: str = "promise") -> None:
        """`what` the segment is about."""
        self.what = what
        self.day: date | None = None
        self.amount: Decimal | None = None
        self.share = ""
        self.method: Method | None = None
        self.person = ""
        self.numbers: list[str] = []
        self.count = 0
        self.weeks = 0
        self.warnings: list[str] = []


def read_parts(
    tokens: Sequence[str],
    situation: Situation,
    after: date | None = None,
    *,
    back: bool = False,
    past: bool = False,
    begun: Parts | None = None,
) -> Parts:
    """Read date, amount, method, person and invoices in any order. Raises ProblemError.

    `back`: of what was done, so a date without its year is the last one gone by; `past`: a day gone by is taken;
    `begun`: what of the segment was read before.
    """
    parts = begun or Parts()
    index = 0
    while index < len(tokens):
        index += _take(tokens[index:], parts, situation, after, back=back)
    if parts.day and parts.day < situation.today and not (back or past):
        raise ProblemError(f"{say.short_day(parts.day, situation.today)} is past: which day to come?")
    return parts


def _take(tokens: Sequence[str], parts: Parts, situation: Situation, after: date | None, *, back: bool) -> int:
    """Take the next part off the tokens; return how many words it took."""
    word = tokens[0]
    low = fold(word)
    if used := take_invoices(tokens, situation, parts.numbers):
        return used
    number = situation.number(word.rstrip(".,:"))
    try:
        if used := _take_day_or_amount(tokens, parts, situation, after, back=back):
            return used
    except ProblemError:
        # What cannot be a day or an amount here is the invoice of this number.
        if not number or number in parts.numbers:
            raise
        parts.warnings.append(f"{word} is read as the invoice")
    if number:
        parts.numbers.append(number)
        return 1
    if low in codes.METHODS:
        if parts.method and parts.method is not codes.METHODS[low]:
            raise ProblemError(f"two ways of paying: {parts.method} and {word}")
        parts.method = codes.METHODS[low]
        return 1
    if low in codes.FILLERS or (situation.currency and word.upper() == situation.currency):
        return 1
    return take_person(tokens, parts, situation)


def _take_day_or_amount(
    tokens: Sequence[str], parts: Parts, situation: Situation, after: date | None, *, back: bool
) -> int:
    """Take a day or an amount; an open invoice of the same figures is told of."""
    word = tokens[0]
    also = situation.number(word)
    if (share := codes.fraction(word)) and fold(word) not in codes.METHODS:
        _set_amount(parts, None, share, word)
        return 1
    if parts.day is None or not codes.is_plain_number(word):
        found = read_date(tokens, situation, after, back=back)
        if found:
            _set_day(parts, found, tokens)
            if also and found.used == 1:
                parts.warnings.append(f"{word} is read as a day: write #{also} for the invoice")
            return found.used
    amount = codes.read_amount(word, situation.currency, situation.policy.decimal_mark)
    if amount is None:
        return 0
    if also and also not in parts.numbers and amount > situation.open_total and amount == amount.to_integral_value():
        # Nobody promises more than all that is open in just the figures of an invoice.
        raise ProblemError(f"{word} is more than is owed")
    _set_amount(parts, amount, "", word)
    if also:
        parts.warnings.append(f"{word} is read as an amount: write #{also} for the invoice")
    return 1


def _set_day(parts: Parts, found: DateRead, tokens: Sequence[str]) -> None:
    if parts.day is not None:
        word = " ".join(tokens[: found.used])
        if parts.what != "promise":
            raise ProblemError(f"two dates in one {parts.what}: put -- before other words ('{word}')")
        number = "write 20.00 for an amount, and a comma" if tokens[0].isdigit() else "put a comma"
        raise ProblemError(f"two dates in one promise: {number} between promises ('{word}')")
    parts.day = found.day
    if found.warning:
        parts.warnings.append(found.warning)


def _set_amount(parts: Parts, amount: Decimal | None, share: str, word: str) -> None:
    if parts.amount is not None or parts.share:
        comma = "a comma between promises, " if parts.what == "promise" else ""
        raise ProblemError(f"two amounts in one {parts.what}: put {comma}-- before other words ('{word}')")
    if amount is not None and amount <= 0:
        raise ProblemError(f"'{word}': an amount is more than 0")
    parts.amount, parts.share = amount, share


def take_person(tokens: Sequence[str], parts: Parts, situation: Situation) -> int:
    """Take a person off the tokens: a known name (first, last or whole), or an unknown last word as a new one."""
    if question := vague(tokens[0]) or (
        vague(tokens[1]) if fold(tokens[0]) in ("next", "this") and tokens[1:] else ""
    ):
        raise ProblemError(question)
    if parts.person:
        raise ProblemError(f"'{tokens[0]}' is not understood: put free words behind ' -- '")
    for length in range(min(4, len(tokens)), 0, -1):
        wanted = fold(" ".join(tokens[:length])).split()
        if situation.speaker and is_named(situation.speaker, wanted):
            parts.person = situation.speaker
            return length
        known = [p for p in situation.people if is_named(p, wanted)]
        if len(known) == 1:
            parts.person = known[0]
            return length
        if known:
            raise ProblemError(f"'{' '.join(tokens[:length])}' may be {' or '.join(known)}: write more of the name")
    if looks_like_invoice(tokens[0], situation):
        raise ProblemError(not_open(tokens[0].rstrip(",.:;"), situation))
    titled = fold(tokens[0]) in codes.TITLES and len(tokens) == 2
    if tokens[0].upper() in codes.CURRENCIES:
        raise ProblemError(f"'{tokens[0]}': what may be asked for on this account now is in {situation.currency}")
    named = (len(tokens) == 1 or titled) and tokens[-1][0].isalpha()
    if named and (parts.day or parts.amount or parts.share):
        parts.person = " ".join(word if word[0].isupper() else word.capitalize() for word in tokens)
        parts.warnings.append(f"{parts.person} is new: taken as a person of this account")
        return len(tokens)
    raise ProblemError(f"'{tokens[0]}' is not understood: put free words behind ' -- '")


def is_named(person: str, wanted: Sequence[str]) -> bool:
    """Do these (folded) words name the person, by first name, last name or both? A title may stand before."""
    has = fold(person).split()
    if not wanted:
        return False
    named = wanted[1:] if wanted[0] in codes.TITLES and len(wanted) > 1 else wanted
    return all(word in has for word in named)


def name_and_role(text: str) -> tuple[str, str]:
    """Part "Zed O'Neil-Smith the 3rd, AP" into a name and a role ("" if none is said)."""
    name, _, role = text.partition(",")
    return name.strip(), role.strip(" ,;")
