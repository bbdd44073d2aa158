"""What happened on a day, counted: calls, promises taken and decided, money that came, disputes, letters.

Pure, and derived from the facts on any day: a payment that is dated back changes the day that it is dated on.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

import msgspec

from arctui.core.facts import Dossier
from arctui.core.money import ZERO
from arctui.core.promised import decided_on
from arctui.core.promises import Judged, Verdict
from arctui.core.records import ActivityKind, Payment, Promise

_CREDIT = re.compile(r"\bcredit (memo|note)", re.IGNORECASE)


class What(StrEnum):
    """What is counted; the words are the labels of the report's rows."""

    CALLS = "calls dialled"
    RIGHT_PARTY = "to the right party"
    INCOMING = "they called us"
    LETTERS = "letters"
    TAKEN = "promises taken"
    KEPT = "kept"
    PARTIAL = "partly paid"
    BROKEN = "broken"
    CASH = "cash received"
    UNDATED = "cash, day not known"
    RETURNED = "money returned"
    OPENED = "disputes opened"
    SOLVED = "disputes solved"


#: Money, of which the days are known only as far as payments were imported.
MONEY = frozenset({What.CASH, What.UNDATED, What.RETURNED})
_VERDICTS = {Verdict.KEPT: What.KEPT, Verdict.PARTIAL: What.PARTIAL, Verdict.BROKEN: What.BROKEN}


class Event(NamedTuple):
    """One thing that is counted: on which day, whose it is, and the amount it is about, if it is about one."""

    what: What
    day: date
    clerk: str
    amount: Decimal = ZERO
    currency: str = ""


class Counted(msgspec.Struct, frozen=True):
    """How many, and their amounts by currency, which are never added up."""

    count: int = 0
    amounts: Mapping[str, Decimal] = {}

    def __add__(self, other: "Counted") -> "Counted":
        """Add counts, and amounts of the same currency."""
        amounts = dict(self.amounts)
        for currency, amount in other.amounts.items():
            amounts[currency] = amounts.get(currency, ZERO) + amount
        return Counted(self.count + other.count, amounts)


def counted(amounts: Iterable[tuple[str, Decimal]]) -> Counted:
    """Count amounts and add them up by currency."""
    count, sums = 0, dict[str, Decimal]()
    for currency, amount in amounts:
        count += 1
        sums[currency] = sums.get(currency, ZERO) + amount
    return Counted(count, sums)


class Tally:
    """Events by day, clerk and what they are."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._found: dict[tuple[date, What], dict[str, Counted]] = {}
        for event in events:
            by_clerk = self._found.setdefault((event.day, event.what), {})
            one = Counted(1, {event.currency: event.amount} if event.amount else {})
            by_clerk[event.clerk] = by_clerk.get(event.clerk, Counted()) + one

    def of(self, day: date, what: What, clerk: str | None = None) -> Counted:
        """Return what happened on a day, of one clerk or (None) of all."""
        by_clerk = self._found.get((day, what), {})
        if clerk is not None:
            return by_clerk.get(clerk, Counted())
        return sum(by_clerk.values(), Counted())

    def clerks(self, day: date) -> set[str]:
        """Return whose something of a day is."""
        return {clerk for (on, _), by_clerk in self._found.items() if on == day for clerk in by_clerk}


def events(dossier: Dossier, judged: Iterable[Judged], days: Collection[date], sole: str) -> Iterator[Event]:
    """Return what happened on one account on some days, none of them after that of the verdicts.

    Calls, letters and promises taken are of the clerk who did them. All else is of the clerk whom the account
    belongs to; where it belongs to nobody, of the one who took the promise or owns the dispute; money then is of
    nobody, and of the `sole` clerk where the firm has but one.
    """
    yield from _work(dossier, days)
    whose, takers = dossier.account.clerk, dict[str, str]()
    for verdict in judged:
        promise, day = verdict.promise, decided_on(verdict)
        takers |= dict.fromkeys(verdict.counted, promise.taken_by)
        if day in days and day is not None:
            what = _VERDICTS[verdict.verdict]
            yield Event(what, day, whose or promise.taken_by, promise.amount, promise.currency)
    for payment in dossier.payments:
        owner = whose or takers.get(payment.id, "") or sole
        if payment.reversed_on in days and payment.reversed_on is not None:
            yield Event(What.RETURNED, payment.reversed_on, owner, payment.amount, payment.currency)
        # What went back later had come all the same: the two are told apart, each on its day.
        if payment.day in days and is_cash(payment):
            what = What.UNDATED if payment.inferred else What.CASH
            yield Event(what, payment.day, owner, payment.amount, payment.currency)
    for dispute in dossier.disputes:
        owner = whose or dispute.owner or sole
        for what, on in ((What.OPENED, dispute.opened), (What.SOLVED, dispute.closed_on)):
            if on in days and on is not None:
                yield Event(what, on, owner, dispute.amount, dispute.currency)


def is_cash(payment: Payment) -> bool:
    """Is it money? A credit memo that a list has among the payments is none, nor is what a payment took back."""
    return payment.amount > 0 and not _CREDIT.search(payment.method)


def _work(dossier: Dossier, days: Collection[date]) -> Iterator[Event]:
    """Return what clerks did: a call that came in is none that was made, and says nothing of whom calls reach."""
    for done in dossier.activities:
        if done.day not in days:
            continue
        if done.kind is ActivityKind.LETTER:
            yield Event(What.LETTERS, done.day, done.by)
        elif done.kind is ActivityKind.CALL and done.inbound:
            yield Event(What.INCOMING, done.day, done.by)
        elif done.kind is ActivityKind.CALL:
            yield Event(What.CALLS, done.day, done.by)
            if done.reached:
                yield Event(What.RIGHT_PARTY, done.day, done.by)
    taken = {p.id: p.taken_on for p in dossier.promises}
    for promise in dossier.promises:
        if promise.taken_on in days and not _taken_back_at_once(promise, taken):
            yield Event(What.TAKEN, promise.taken_on, promise.taken_by, promise.amount, promise.currency)


def _taken_back_at_once(promise: Promise, taken: Mapping[str, date]) -> bool:
    """Was it withdrawn or replaced on the very day it was taken? What comes later does not undo a day's work."""
    return promise.taken_on in (promise.withdrawn_on, taken.get(promise.superseded_by))
