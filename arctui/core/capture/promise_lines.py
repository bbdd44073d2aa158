"""Promises in a capture line: one, or a list of them (`half 15, rest 30`)."""

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import msgspec

from arctui.core import words as say
from arctui.core.capture.parts import Parts, read_parts
from arctui.core.capture.reading import Commitment, ProblemError, Reading, Situation
from arctui.core.money import CENT, ZERO, cents, grouped, total
from arctui.core.pay_cycles import next_run
from arctui.core.promises import window
from arctui.core.records import (
    Outcome,
)

_SEGMENTS = re.compile(r",(?!\d)\s*|;\s*")


def read_promise(tokens: Sequence[str], reading: Reading, situation: Situation, outcome: Outcome) -> Reading:
    """Read one promise, or several with commas between. Raises ProblemError.

    Without a date a customer with a pay cycle promises for the next run.
    """
    segments = [s.split() for s in _SEGMENTS.split(" ".join(tokens)) if s.strip()]
    parts: list[Parts] = [] if segments else [Parts()]
    for segment in segments:
        after = parts[-1].day if parts else None
        parts.append(read_parts(segment, situation, after))
    _inherit(parts)
    _default_to_run(parts, situation)
    replaces, base = _base(parts, situation)
    commitments = _commitments(parts, base, situation)
    warnings = [w for p in parts for w in p.warnings] + _promise_warnings(commitments, base, replaces, situation)
    return msgspec.structs.replace(
        reading,
        outcome=outcome,
        commitments=commitments,
        replaces=replaces,
        person=commitments[0].person,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _inherit(parts: list[Parts]) -> None:
    """In a list the way of paying and the person of the first promise hold for those that name none."""
    for previous, part in pairwise(parts):
        part.method = part.method or previous.method
        part.person = part.person or previous.person


def _default_to_run(parts: list[Parts], situation: Situation) -> None:
    """Give a single promise without a date the customer's next pay run; any other without one is a problem."""
    for part in parts:
        if part.day is not None:
            continue
        if situation.cycle is None or len(parts) > 1:
            raise ProblemError("a promise needs a date: when will it be paid?")
        part.day = next_run(situation.cycle, situation.today, situation.calendar, 0).day
        part.warnings.append(f"no date said: their next pay run, {say.short_day(part.day, situation.today)}")


def _base(parts: Sequence[Parts], situation: Situation) -> tuple[tuple[str, ...], Decimal]:
    """Return the promises that are replaced, and the sum that "all", "half" and "rest" are about.

    Where live promises cover all that is collectable, a new one takes their place at their amount.
    """
    if situation.collectable > 0:
        return (), situation.collectable
    if situation.live_here:
        promised = total(j.missing for j in situation.live_here)
        carried = promised if situation.undisputed is None else min(promised, situation.undisputed)
        return tuple(j.promise.id for j in situation.live_here), carried
    if any(p.amount is None for p in parts):
        if situation.open_total <= 0:
            raise ProblemError("nothing is open on this account")
        raise ProblemError(f"nothing is past due; {grouped(situation.open_total)} is open: write the amount")
    return (), ZERO


def _commitments(parts: Sequence[Parts], base: Decimal, situation: Situation) -> tuple[Commitment, ...]:
    commitments: list[Commitment] = []
    for number, part in enumerate(parts, 1):
        day = part.day or situation.today
        named = total(c.amount for c in commitments)
        amount = part.amount
        if amount is None and not part.share and len(parts) > 1:
            raise ProblemError(f"promise {number} of {len(parts)} needs an amount (or: half, rest)")
        if amount is None:
            amount = {"half": min(cents(base / 2), base - named), "rest": base - named}.get(part.share, base)
        if amount <= 0:
            raise ProblemError("nothing is left for the rest")
        method = part.method
        fixed = window(day, method, situation.policy, situation.calendar, in_hands=situation.in_hands)
        commitments.append(
            Commitment(
                day=day,
                amount=amount,
                method=method,
                person=part.person,
                window=fixed,
                in_hands=situation.in_hands,
            )
        )
    return tuple(commitments)


def _promise_warnings(
    commitments: Sequence[Commitment], base: Decimal, replaces: Sequence[str], situation: Situation
) -> list[str]:
    warnings = []
    horizon = situation.today + timedelta(days=situation.policy.promise_horizon_days)
    for commitment in commitments:
        day = say.short_day(commitment.day, situation.today)
        if not situation.calendar.is_business(commitment.day):
            name = situation.calendar.holiday(commitment.day) or "a week-end"
            counts = say.short_day(situation.calendar.roll(commitment.day), situation.today)
            warnings.append(f"{day} is {name}: it counts as {counts}")
        if commitment.day > horizon:
            limit = situation.policy.promise_horizon_days
            warnings.append(f"{day} is {say.distance(commitment.day, situation.today)}, more than {limit} days")
        if commitment.method is None:
            warnings.append(f"no way of paying said: taken as by {situation.policy.default_method}")
    promised = total(c.amount for c in commitments)
    if promised > base:
        asked = f"more than the {grouped(base)} that may be asked for" if base else "nothing is past due"
        if not replaces and situation.live_here:
            covered = total(j.missing for j in situation.live_here)
            asked += f" ({grouped(covered)} is promised already)"
        if promised > situation.open_total:
            warnings.append(f"{grouped(promised)} is more than is owed: {grouped(max(ZERO, situation.open_total))}")
        else:
            warnings.append(f"{grouped(promised)} is {asked}" if base else f"{asked}: {grouped(promised)} is early")
    if replaces:
        old = ", ".join(
            f"{grouped(j.missing)} for {say.short_day(j.promise.day, situation.today)}" for j in situation.live_here
        )
        warnings.append(f"replaces the open promise: {old}")
        if promised < base - CENT:
            warnings.append(f"{grouped(base - promised)} of what was promised is left open")
    return warnings
