"""Promises in a capture line: one, a list of them (`half 15, rest 30`), an instalment plan, or for named invoices."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec

from arctui.core import words as say
from arctui.core.capture import plans
from arctui.core.capture.parts import Parts, read_parts
from arctui.core.capture.promise_warnings import NO_REASON, Sums, promise_warnings
from arctui.core.capture.reading import Commitment, ProblemError, Reading, Situation
from arctui.core.capture.runs import closed_run, coming_run
from arctui.core.money import ZERO, cents, grouped, total
from arctui.core.promises import window
from arctui.core.records import Outcome

_SEGMENTS = re.compile(r",(?!\d)\s*|;\s*")


def read_promise(tokens: Sequence[str], reading: Reading, situation: Situation, outcome: Outcome) -> Reading:
    """Read one promise, or several with commas between; any of them may be an instalment plan. Raises ProblemError.

    Without a date a customer with a pay cycle promises for the next run whose cut-off is not over.
    """
    parts: list[Parts] = []
    for segment in filter(str.strip, _SEGMENTS.split(" ".join(tokens))):
        words, after = segment.split(), _last_day(parts[-1]) if parts else None
        part = (
            plans.read_plan(words, situation, after) if plans.is_plan(words) else read_parts(words, situation, after)
        )
        if not (parts and _joined(parts[-1], part)):
            parts.append(part)
    parts = parts or [Parts()]
    for part in parts:
        part.numbers = list(dict.fromkeys(part.numbers))
    _inherit(parts)
    _default_to_run(parts, situation)
    asked = Asked(parts, situation)
    commitments = tuple(c for place, part in enumerate(parts, 1) for c in _commitments(place, part, asked, situation))
    warnings = [w for part in parts for w in part.warnings]
    warnings += promise_warnings(commitments, asked.sums, situation)
    warnings += [NO_REASON] if asked.sums.replaces and not reading.words else []
    return msgspec.structs.replace(
        reading,
        outcome=outcome,
        commitments=commitments,
        replaces=asked.sums.replaces,
        person=commitments[0].person,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _joined(before: Parts, part: Parts) -> bool:
    """Put further invoices of a promise to the ones before (`fri B-1041, B-1042 ach`); return whether it was that."""
    if not before.numbers or not part.numbers or part.day or part.amount or part.share or part.count:
        return False
    before.numbers += part.numbers
    before.method, before.person = before.method or part.method, before.person or part.person
    before.warnings += part.warnings
    return True


def _last_day(part: Parts) -> date | None:
    return plans.plan_days(part, part.day)[-1] if part.day else None


def _inherit(parts: list[Parts]) -> None:
    """In a list the way of paying and the person of the first promise hold for those that name none."""
    for previous, part in pairwise(parts):
        part.method = part.method or previous.method
        part.person = part.person or previous.person


def _default_to_run(parts: list[Parts], situation: Situation) -> None:
    """Give a single promise without a date the next pay run that is open; any other without one is a problem."""
    for part in parts:
        if part.day is not None:
            continue
        cycle, today, calendar = situation.cycle, situation.today, situation.run_calendar
        if cycle is None or len(parts) > 1:
            raise ProblemError("a promise needs a date: when will it be paid?")
        part.day = coming_run(cycle, today, calendar).day
        part.warnings.append(f"no date said: their next pay run, {say.short_day(part.day, today)}")
        part.warnings += filter(None, [closed_run(cycle, today, calendar)])


class Asked:
    """What the promises of a line may be about, and what the ones before have taken of it.

    Where live promises cover all that is collectable (of a named invoice: all that is undisputed), a new promise
    takes their place at their amount.
    """

    def __init__(self, parts: Sequence[Parts], situation: Situation) -> None:
        """Raises ProblemError where nothing is open, or nothing past due and an amount is missing."""
        self._situation = situation
        self.promises = len(parts)
        self._replaces: tuple[str, ...] = ()
        self._base, self._all_replaced = situation.collectable, False
        unnamed = [part for part in parts if not part.numbers]
        if unnamed and situation.collectable <= 0:
            self._replace_all(unnamed)
        named = dict.fromkeys(number for part in parts for number in part.numbers)
        self._left = {number: self._room(number) for number in named}
        self._rooms = dict(self._left)
        self._taken = ZERO

    @property
    def sums(self) -> Sums:
        """What the promises may be about, and what was taken of it so far."""
        return Sums(self._base, self._rooms, self._replaces, self._taken)

    def _replace_all(self, parts: Sequence[Parts]) -> None:
        situation = self._situation
        self._base = ZERO
        if situation.live_here:
            self._all_replaced = True
            self._replaces = tuple(j.promise.id for j in situation.live_here)
            promised = total(j.missing for j in situation.live_here)
            self._base = promised if situation.undisputed is None else min(promised, situation.undisputed)
        elif any(p.amount is None for p in parts):
            if situation.open_total <= 0:
                raise ProblemError("nothing is open on this account")
            if situation.said_paid:
                raise ProblemError("all that is past due is said to be paid: write the amount if it is paid anew")
            raise ProblemError(f"nothing is past due; {grouped(situation.open_total)} is open: write the amount")

    def _room(self, number: str) -> Decimal:
        """Return what of an invoice may be promised; if promises cover all of it they are replaced."""
        invoice = self._situation.invoices[number]
        covering = {
            j.promise.id: None for j in self._situation.live_here if set(j.promise.invoices) & set(invoice.ids)
        }
        if invoice.free <= 0 < invoice.undisputed:
            self._replaces = tuple(dict.fromkeys([*self._replaces, *covering]))
        replaced = covering and set(covering) <= set(self._replaces)
        return invoice.undisputed if replaced else invoice.free

    def left(self, part: Parts) -> Decimal:
        """What is left of what a promise is about."""
        return total(self._left[n] for n in part.numbers) if part.numbers else self._base - self._taken

    def whole(self, part: Parts) -> Decimal:
        """What "all" and "half" of a promise are about: of named invoices what is left of them."""
        return self.left(part) if part.numbers else self._base

    def take(self, part: Parts, amount: Decimal) -> None:
        """Take an amount off what the next promise may be about."""
        if not part.numbers:
            self._taken += amount
        for number in part.numbers:
            piece = min(amount, self._left[number])
            self._left[number] -= piece
            amount -= piece
            self._taken += piece if self._all_replaced else min(piece, self._situation.invoices[number].asked)


def _commitments(place: int, part: Parts, asked: Asked, situation: Situation) -> list[Commitment]:
    """Return the promises that a part of the line is: one, or those of an instalment plan."""
    day = part.day or situation.today
    days = plans.plan_days(part, day)
    amounts = _amounts(place, part, asked)
    asked.take(part, total(amounts))
    part.warnings += plans.month_warnings(part, days, situation.today)
    return [
        Commitment(
            day=day,
            amount=amount,
            method=part.method,
            person=part.person,
            window=window(day, part.method, situation.policy, situation.calendar, in_hands=situation.in_hands),
            in_hands=situation.in_hands,
            numbers=tuple(dict.fromkeys(part.numbers)),
            plan=plans.plan_of(part, place),
        )
        for day, amount in zip(days, amounts, strict=True)
    ]


def _amounts(place: int, part: Parts, asked: Asked) -> list[Decimal]:
    """Return the amounts of a part of the line; of a plan without one what is left, in equal parts."""
    count = part.count or 1
    if part.amount is not None:
        return [part.amount] * count
    if asked.promises > 1 and not (part.share or part.count or part.numbers):
        raise ProblemError(f"promise {place} of {asked.promises} needs an amount (or: half, rest)")
    left, whole = asked.left(part), asked.whole(part)
    shares = {"half": min(cents(whole / 2), left), "all": whole, "rest": left, "": left}
    if shares[part.share] <= 0:
        named = ", ".join(part.numbers)
        raise ProblemError(f"nothing of {named} is left to be promised" if named else "nothing is left for the rest")
    return plans.plan_amounts(shares[part.share], count)
