"""Disputes in a capture line: `dsp 450 quality damaged pallets remedy replace 10 pallets by fri owner kay`.

What is wrong is free words. What we owe for it stands at the end: a remedy, its day, and who of us sees to it.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core import words as say
from arctui.core.capture import codes
from arctui.core.capture.dates import read_date, vague
from arctui.core.capture.invoices import INVOICE_WORDS
from arctui.core.capture.reading import Objection, ProblemError, Reading, Situation
from arctui.core.disputes import kind_named, kind_of
from arctui.core.money import cents, grouped, total
from arctui.core.records import DisputeKind, Outcome
from arctui.core.text import fold

#: Before "owner" these words speak of the customer's: "says the owner".
_ARTICLES = frozenset({"the", "an", "a", "their", "his", "her", "its", "new", "old"})
_LONGEST_NAME = 2
_LONGEST_DATE = 5
_LONGEST_VAGUE = 2
_FIGURES = 2
#: What joins the parts of a line is no part of a reason or a remedy.
_EDGES = " ,;:-"
#: Behind a comma these words begin the remedy.
_REMEDIES = frozenset({"replace", "credit", "refund"})
_UNDONE = frozenset("not never no missing due owed pending outstanding promised was is still came arrived".split())


def read_dispute(tokens: Sequence[str], reading: Reading, situation: Situation, outcome: Outcome) -> Reading:
    """Read an amount (or an invoice's number), what is wrong, and what we owe for it. Raises ProblemError."""
    warnings: list[str] = []
    said, promise = _Remedy.taken_off(tokens, situation, warnings)
    named = _named(said, situation)
    limit = total(situation.invoices[n].open for n in named) or situation.open_total
    amount, said = _amount(said, situation, warnings)
    if amount is None:
        amount = limit
        warnings.append(f"no amount said: all {grouped(amount)} is taken as disputed")
    if amount <= 0:
        raise ProblemError("nothing is open to be disputed")
    kind, reason = _kind((" ".join(said) or reading.words).strip(_EDGES), situation)
    if not reason:
        raise ProblemError("what is wrong? write it after the amount: dsp 450 damaged pallets")
    if amount > limit:
        warnings.append(f"{grouped(amount)} is more than the {grouped(limit)} that is open")
    if kind is None:
        warnings.append(f"which kind? write one after the amount: {', '.join(DisputeKind)}")
    objection = Objection(amount, reason, named, kind, promise.remedy, promise.owner, promise.due)
    return msgspec.structs.replace(reading, outcome=outcome, objection=objection, warnings=tuple(warnings))


def _named(said: Sequence[str], situation: Situation) -> tuple[str, ...]:
    """Return the open invoices that the words name; one or two figures may be anything, unless # stands before."""
    numbers: list[str] = []
    for place, word in enumerate(said):
        number = situation.number(word.strip(".,:#"))
        marked = word.startswith("#") or (place and fold(said[place - 1]) in INVOICE_WORDS)
        if number and (marked or len(number) > _FIGURES):
            numbers.append(number)
    return tuple(dict.fromkeys(numbers))


def _amount(said: Sequence[str], situation: Situation, warnings: list[str]) -> tuple[Decimal | None, list[str]]:
    """Return the amount that the words begin with, None if there is none, and what of the words is left."""
    rest = list(said)
    if not rest:
        return None, rest
    share = codes.fraction(rest[0])
    if share and share != "rest":
        return cents(situation.open_total / 2) if share == "half" else situation.open_total, rest[1:]
    number = situation.number(rest[0].lstrip("#"))
    if number and (rest[0].startswith("#") or len(number) > _FIGURES):
        if rest[0].isdecimal():
            warnings.append(f"{number} is read as the invoice: write {number}.00 for the amount")
        part = _part(rest[1:2], number, situation, warnings)
        if part is not None:
            return part, rest[2:]
        return situation.invoices[number].open, rest[1:] if len(rest) > 1 else rest
    amount = codes.read_amount(rest[0], situation.currency, situation.policy.decimal_mark)
    return amount, rest if amount is None else rest[1:]


def _part(word: Sequence[str], number: str, situation: Situation, warnings: list[str]) -> Decimal | None:
    """Return the amount that stands behind an invoice's number; one or two figures may be anything ("10 pallets")."""
    amount = codes.read_amount(word[0], situation.currency, situation.policy.decimal_mark) if word else None
    if amount is None:
        return None
    if word[0].isdecimal() and len(word[0]) <= _FIGURES:
        warnings.append(f"all of {number} is taken as disputed: write {word[0]}.00 for the amount")
        return None
    warnings.append(f"{grouped(amount)} of {number} is taken as disputed")
    return amount


def _kind(words: str, situation: Situation) -> tuple[DisputeKind | None, str]:
    """Return the kind of a dispute, and its reason.

    A kind that is named first goes from the reason where the other words say the same ("quality damaged pallets",
    but "delivery note is missing").
    """
    first, _, rest = words.partition(" ")
    kind = kind_of(words)
    if rest and kind and kind_named(first) is kind and (first.endswith(":") or kind_of(rest) is kind):
        return kind, rest
    return kind or situation.dispute_kind, words


class _Remedy:
    """What we owe a customer who disputes: what, by when, and who of us."""

    def __init__(self) -> None:
        self.remedy = ""
        self.due: date | None = None
        self.owner = ""

    @classmethod
    def taken_off(
        cls, tokens: Sequence[str], situation: Situation, warnings: list[str]
    ) -> tuple[list[str], "_Remedy"]:
        """Take it off the end of the words; return what is left of them. Without remedy or owner all is free."""
        found = cls()
        low = [fold(t).rstrip(":") for t in tokens]
        said, asked = list(tokens), list[str]()
        if "remedy" in low:
            place = low.index("remedy")
            asked = found._take_clauses(tokens[place + 1 :], situation)
            said = found._take_clauses(tokens[:place], situation)
            if not asked:
                raise ProblemError("which remedy? write it after the word: remedy replace 10 pallets by fri")
            found.remedy = " ".join(asked)
        elif place := _offer(tokens):
            said, asked = list(tokens[:place]), found._take_clauses(tokens[place:], situation)
            found.remedy = " ".join(asked)
        else:
            tried = cls()
            rest = tried._take_clauses(tokens, situation) if "owner" in low else []
            if tried.owner:
                said, found = rest, tried
        found._check(situation, warnings)
        found.remedy = found.remedy.strip(_EDGES)
        return said, found

    def _take_clauses(self, tokens: Sequence[str], situation: Situation) -> list[str]:
        """Take `by DATE` and `owner NAME` off the end of the words, in either order."""
        rest = list(tokens)
        while rest:
            shorter = self._without_owner(rest) or self._without_due(rest, situation)
            if shorter is None:
                break
            rest = shorter
        return rest

    def _without_owner(self, rest: list[str]) -> list[str] | None:
        place = _last(rest, "owner", _LONGEST_NAME)
        if place is None or self.owner or (place and fold(rest[place - 1]) in _ARTICLES):
            return None
        self.owner = " ".join(rest[place + 1 :]).strip(_EDGES)
        return rest[:place]

    def _without_due(self, rest: list[str], situation: Situation) -> list[str] | None:
        place = _last(rest, "by", _LONGEST_DATE)
        if place is None or self.due:
            return None
        words = [*rest[place + 1 : -1], rest[-1].rstrip(",;")]
        found = read_date(words, situation)
        if found is None and len(words) <= _LONGEST_VAGUE and (question := vague(words[0]) or vague(words[-1])):
            raise ProblemError(question)
        if found is None or found.used < len(words):
            return None
        self.due = found.day
        return rest[:place]

    def _check(self, situation: Situation, warnings: list[str]) -> None:
        if self.due is None:
            return
        shown = say.short_day(self.due, situation.today)
        if self.due < situation.today:
            raise ProblemError(f"{shown} is past: by which day to come do we give the remedy?")
        if not situation.calendar.is_business(self.due):
            warnings.append(f"{shown} is {situation.calendar.holiday(self.due) or 'a week-end'}")
        if (self.due - situation.today).days > situation.policy.promise_horizon_days:
            warnings.append(f"{shown} is {say.distance(self.due, situation.today)}")


def _offer(tokens: Sequence[str]) -> int:
    """Return where a remedy begins that stands behind a comma (`450 defective, replace 10 pumps`), 0 if none does.

    What was not done yet is no remedy but what is wrong: "overcharged, credit never came". Nor is what stands alone
    behind the amount: "450, credit for returned pallets".
    """
    low = [fold(t).strip(_EDGES) for t in tokens]
    first = next((n for n, word in enumerate(low) if any(map(str.isalpha, word))), len(low))
    for place in range(first + 1, len(tokens)):
        behind = tokens[place - 1][-1] in ",;"
        if behind and low[place] in _REMEDIES and not _UNDONE & set(low[place + 1 :]):
            return place
    return 0


def _last(words: Sequence[str], word: str, most: int) -> int | None:
    """Return where a word stands last, with one to `most` words behind it; None if it does not."""
    for place in range(len(words) - 2, max(-1, len(words) - 2 - most), -1):
        if fold(words[place]).rstrip(":") == word:
            return place
    return None
