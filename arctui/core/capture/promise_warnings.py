"""What is unusual about the promises of a line: said before it is saved, and never silently changed."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from arctui.core import words as say
from arctui.core.capture.invoices import shown
from arctui.core.capture.reading import Commitment, Situation, by_plan
from arctui.core.money import CENT, ZERO, grouped, total
from arctui.core.promises import Judged
from arctui.core.records import Method

_LISTED = 3

#: What a new agreement in the place of another lacks.
NO_REASON = "why does it take its place? write their reason behind --"


class Sums(msgspec.Struct, frozen=True):
    """What the promises of a line may be about, and what they come to.

    `base`: the sum that "all", "half" and "rest" are about where no invoice is named; `room`: what may be promised
    of each named invoice; `replaces`: ids of the promises whose place they take; `taken`: what they take of the base.
    """

    base: Decimal
    room: dict[str, Decimal]
    replaces: tuple[str, ...]
    taken: Decimal


def promise_warnings(commitments: Sequence[Commitment], sums: Sums, situation: Situation) -> list[str]:
    """Say what is unusual: days, ways of paying, sums, overlaps, and which promises are replaced."""
    warnings = []
    for group in by_plan(commitments):
        warnings += _of_days([c.day for c in group], situation)
    if any(c.method is None for c in commitments):
        warnings.append(f"no way of paying said: taken as by {situation.policy.default_method}")
    if any(_comes_too_late(c, situation) for c in commitments):
        warnings.append("a check in the mail is not here by then: ask for a transfer or a card")
    unnamed = [c for c in commitments if not c.numbers]
    warnings += _of_sum(unnamed, sums, situation)
    warnings += _of_invoices([c for c in commitments if c.numbers], sums, situation)
    return warnings + _of_replaced(commitments, sums, situation)


def _comes_too_late(commitment: Commitment, situation: Situation) -> bool:
    """Is it a check that must be in our hands sooner than the mail brings it?"""
    by_check = (commitment.method or situation.policy.default_method) is Method.CHECK
    mail = situation.calendar.add(situation.today, situation.policy.grace_check_business_days)
    return commitment.in_hands and by_check and commitment.day < mail


def _of_days(days: Sequence[date], situation: Situation) -> list[str]:
    """Warn of days without business and beyond the horizon; of a plan once, not for each part."""
    today, calendar = situation.today, situation.calendar
    warnings = []
    closed = [day for day in days if not calendar.is_business(day)]
    if closed and len(days) == 1:
        name = calendar.holiday(closed[0]) or "a week-end"
        counts = say.short_day(calendar.roll(closed[0]), today)
        warnings.append(f"{say.short_day(closed[0], today)} is {name}: it counts as {counts}")
    elif closed:
        listed = _listed([say.short_day(day, today) for day in closed])
        are = "is no business day: it counts" if len(closed) == 1 else "are no business days: each counts"
        warnings.append(f"{listed} {are} as the next one")
    counted = dict.fromkeys(map(calendar.roll, days))
    warnings += [
        f"{say.short_day(day, today)} is {there} where they are"
        for day in counted
        if (there := situation.holiday_there(day))
    ]
    limit, last = situation.policy.promise_horizon_days, days[-1]
    if last > today + timedelta(days=limit):
        what = "" if len(days) == 1 else "the plan runs to "
        named = f"{say.short_day(last, today)}, " if what else f"{say.short_day(last, today)} is "
        warnings.append(f"{what}{named}{say.distance(last, today)}, more than {limit} days")
    return warnings


def _of_sum(unnamed: Sequence[Commitment], sums: Sums, situation: Situation) -> list[str]:
    """Warn of more than may be asked for, and of a plan that leaves something open."""
    if not unnamed:
        return []
    promised, base = sums.taken, sums.base
    if any(c.plan for c in unnamed) and promised < base - CENT and not sums.replaces:
        return [f"{grouped(promised)} of {grouped(base)}: {grouped(base - promised)} stays open"]
    if promised <= base:
        return []
    beside = [] if sums.replaces else list(situation.live_here)
    if promised > situation.open_total:
        first = f"{grouped(promised)} is more than is owed: {grouped(max(ZERO, situation.open_total))}"
    elif base:
        covered = f" ({grouped(total(j.missing for j in beside))} is promised already)" if beside else ""
        first = f"{grouped(promised)} is more than the {grouped(base)} that may be asked for{covered}"
    elif situation.said_paid:
        first = f"{grouped(situation.said_paid)} is said to be paid: {grouped(promised)} would be paid anew"
    else:
        first = f"nothing is past due: {grouped(promised)} is early"
    return [first, *_overlaps(beside, situation)]


def _of_invoices(named: Sequence[Commitment], sums: Sums, situation: Situation) -> list[str]:
    """Warn where a promise is of a part of its invoices, of more than is open of them, or of what is promised."""
    warnings: list[str] = []
    left = dict(sums.room)
    for group in by_plan(named):
        numbers, promised = group[0].numbers, total(c.amount for c in group)
        listed = _listed([shown([n]) for n in numbers])
        is_open = total(situation.invoices[n].open for n in numbers)
        room = total(left[n] for n in numbers)
        rest = promised
        for number in numbers:
            piece = min(rest, left[number])
            left[number] -= piece
            rest -= piece
        if promised > is_open:
            warnings.append(f"{grouped(promised)} is more than the {grouped(is_open)} that is open of {listed}")
        elif promised < is_open:
            warnings.append(f"{grouped(promised)} is a part of the {grouped(is_open)} that is open of {listed}")
        if promised > room:
            ids = {i for n in numbers for i in situation.invoices[n].ids}
            live = [j for j in situation.live_here if j.promise.id not in sums.replaces]
            beside = [j for j in live if ids & set(j.promise.invoices)]
            disputed = total(situation.invoices[n].open - situation.invoices[n].undisputed for n in numbers)
            warnings += _overlaps(beside, situation)
            warnings += [f"{grouped(disputed)} of {listed} is disputed"] if disputed else []
            if promised <= is_open and not (beside or disputed):
                warnings.append(f"{grouped(promised)} is more than the {grouped(room)} that is left of {listed}")
    return warnings


def _of_replaced(commitments: Sequence[Commitment], sums: Sums, situation: Situation) -> list[str]:
    replaced = [j for j in situation.live_here if j.promise.id in sums.replaces]
    if not replaced:
        return []
    warnings = [f"replaces the open promise: {_promises(replaced, situation)}"]
    promised = total(c.amount for c in commitments)
    carried = min(total(j.missing for j in replaced), max(sums.base, situation.undisputed or ZERO))
    if promised < carried - CENT:
        warnings.append(f"{grouped(carried - promised)} of what was promised is left open")
    return warnings


def _overlaps(beside: Sequence[Judged], situation: Situation) -> list[str]:
    if not beside:
        return []
    what, place = ("promise", "its") if len(beside) == 1 else ("promises", "their")
    return [f"overlaps the {what} of {_promises(beside, situation)}: if this takes {place} place, write wd first"]


def _promises(judged: Sequence[Judged], situation: Situation) -> str:
    return _listed([f"{grouped(j.missing)} for {say.short_day(j.promise.day, situation.today)}" for j in judged])


def _listed(parts: Collection[str]) -> str:
    names = list(parts)
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED + 1 else ""
    return ", ".join(names[:_LISTED] if more else names) + more
