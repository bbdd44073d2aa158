"""What a reading says, in sentences: shown live while a line is typed, read back, and printed by the command."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from arctui.core import words as say
from arctui.core.capture.invoices import shown
from arctui.core.capture.reading import Callback, Commitment, Objection, Payment, Reading, Situation, by_plan
from arctui.core.policy import Policy
from arctui.core.records import ActivityKind, Outcome
from arctui.core.schedule import arrival_day

#: A plan of so many parts says each day; a longer one the first and the last.
_DAYS = 12


_BROKEN = "after a broken promise: "


def sentences(reading: Reading, situation: Situation) -> list[str]:
    """Say what would be saved, one sentence a line; empty while the line cannot be read."""
    if reading.outcome is None:
        return []
    lines: list[str] = []
    for place, group in enumerate(by_plan(reading.commitments)):
        said = _plan(group, situation) if group[0].plan else _promise(group[0], situation)
        # Why it must be in our hands holds for all of them: once is enough.
        lines += [text.removeprefix(_BROKEN) for text in said] if place else said
    if reading.callback:
        lines.append(_callback(reading.callback, situation))
    if reading.objection:
        lines += _objection(reading.objection, situation)
    if reading.paid:
        lines += _paid(reading.paid, situation)
    if reading.withdraws:
        taken = [j for j in situation.live if j.promise.id in reading.withdraws]
        listed = ", ".join(
            f"{_money(j.promise.amount, situation)} for {say.short_day(j.promise.day, situation.today)}"
            for j in taken
        )
        lines.append(f"takes back the promise of {listed}")
    if not lines:
        lines.append(_bare(reading))
    if reading.inbound or reading.kind is ActivityKind.EMAIL:
        lines.append("they called us" if reading.inbound else "by email")
    if reading.words:
        lines.append(f'"{reading.words}"')
    return lines


def _bare(reading: Reading) -> str:
    who = f", {reading.person}" if reading.person else ""
    next_step = "" if reading.outcome is Outcome.REFUSED else ": next try by the rule"
    return f"{reading.outcome}{who}{next_step}"


def _promise(commitment: Commitment, situation: Situation) -> list[str]:
    day = say.short_day(commitment.day)
    amount = _money(commitment.amount, situation)
    if situation.collectable > 0 and not commitment.numbers:
        amount += f" of {_money(situation.collectable, situation)}"
    first = f"{day}, {say.distance(commitment.day, situation.today)}   {amount}{_how(commitment, situation)}"
    return [first, _window(commitment, situation)]


def _how(commitment: Commitment, situation: Situation) -> str:
    """Say for which invoices, which way and by whom."""
    numbers = f" for {shown(commitment.numbers)}" if commitment.numbers else ""
    method = commitment.method or f"{situation.policy.default_method}?"
    person = f"   {commitment.person}" if commitment.person else ""
    return f"{numbers}   {method}{person}"


def _window(commitment: Commitment, situation: Situation) -> str:
    last = say.short_day(commitment.window.last_day, situation.today)
    breaks = say.short_day(commitment.window.breaks_on, situation.today)
    if commitment.in_hands:
        return f"{_BROKEN}in our hands by {last}, broken from {breaks}"
    return f"last day {last}, broken from {breaks}"


def _plan(parts: Sequence[Commitment], situation: Situation) -> list[str]:
    """Say an instalment plan in three lines: what it comes to, its days, and its last days."""
    first, last, today = parts[0], parts[-1], situation.today
    every = first.plan.every if first.plan else ""
    whole = _money(sum((c.amount for c in parts), Decimal(0)), situation)
    if situation.collectable > 0 and not first.numbers:
        whole += f" of {_money(situation.collectable, situation)}"
    amounts = parts_words([c.amount for c in parts], lambda amount: _money(amount, situation))
    days = [say.short_day(c.day, today) for c in parts]
    until = say.short_day(last.window.last_day, today)
    return [
        f"{amounts}, {every}   {whole}{_how(first, situation)}",
        ", ".join(days) if len(parts) <= _DAYS else f"{days[0]} to {days[-1]}",
        f"{_window(first, situation).removeprefix(_BROKEN)}; the last by {until}",
    ]


def parts_words(amounts: Sequence[Decimal], money: Callable[[Decimal], str]) -> str:
    """Say the parts of a plan: "3 parts of 333.33, the last 333.34"."""
    odd = f", the last {money(amounts[-1])}" if amounts[-1] != amounts[0] else ""
    return f"{len(amounts)} parts of {money(amounts[0])}{odd}"


def _callback(callback: Callback, situation: Situation) -> str:
    what = f": {callback.why}" if callback.why else ""
    day = f"{say.short_day(callback.day)}, {say.distance(callback.day, situation.today)}"
    return f"call back {day}{_hours(callback, situation)}{what}"


def _hours(callback: Callback, situation: Situation) -> str:
    """Say the hour with the customer, and here where the clocks differ at that moment."""
    if callback.hour is None:
        return ""
    if not callback.zone:
        return f", {callback.hour:%H:%M}"
    moment = hour_here(callback, situation.now, situation.policy)
    if moment is None:
        return f", {callback.hour:%H:%M} their time and here"
    day = f" on {say.short_day(moment.date(), situation.today)}" if moment.date() != callback.day else ""
    return f", {callback.hour:%H:%M} their time, {moment:%H:%M} here{day}"


def hour_here(callback: Callback, now: datetime, policy: Policy) -> datetime | None:
    """Return the moment of a callback by our clocks, None where they show the same as the customer's."""
    if callback.hour is None or not callback.zone:
        return None
    here = ZoneInfo(policy.time_zone) if policy.time_zone else now.tzinfo
    there = datetime.combine(callback.day, callback.hour, ZoneInfo(callback.zone))
    moment = there.astimezone(here)
    return None if moment.utcoffset() == there.utcoffset() else moment


def _objection(objection: Objection, situation: Situation) -> list[str]:
    named = f" on {shown(objection.numbers)}" if objection.numbers else ""
    kind = f" ({objection.kind})" if objection.kind else ""
    due = objection.due or situation.calendar.add(situation.today, situation.policy.remedy_business_days)
    remedy = objection.remedy or "our answer"
    return [
        f"dispute of {_money(objection.amount, situation)}{named}{kind}: {objection.reason}",
        f"{remedy}, by {say.short_day(due)}, {say.distance(due, situation.today)}; owner: {objection.owner or 'you'}",
    ]


def _paid(paid: Payment, situation: Situation) -> list[str]:
    parts = [
        _money(paid.amount, situation) if paid.amount else "",
        f"for {shown(paid.numbers)}" if paid.numbers else "",
        f"on {say.short_day(paid.day)}" if paid.day else "",
        f"by {paid.method}" if paid.method else "",
        f"reference {paid.reference}" if paid.reference else "",
    ]
    here = arrival_day(paid.day, paid.method, situation.today, situation.calendar)
    return [
        " ".join(["says it is paid:", *filter(None, parts)]).removesuffix(":"),
        f"to be looked for on {say.short_day(here)}, {say.distance(here, situation.today)}",
    ]


def _money(amount: Decimal, situation: Situation) -> str:
    return say.money(amount, situation.currency, situation.policy.home_currency)
