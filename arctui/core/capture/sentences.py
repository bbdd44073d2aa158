"""What a reading says, in sentences: shown live while a line is typed, read back, and printed by the command."""

from decimal import Decimal

from arctui.core import words as say
from arctui.core.capture.reading import Commitment, Reading, Situation
from arctui.core.records import (
    ActivityKind,
    Outcome,
)


def sentences(reading: Reading, situation: Situation) -> list[str]:
    """Say what would be saved, one sentence a line; empty while the line cannot be read."""
    if reading.outcome is None:
        return []
    lines: list[str] = []
    for commitment in reading.commitments:
        lines += _promise(commitment, situation)
    if reading.callback:
        hour = f", {reading.callback.hour:%H:%M}" if reading.callback.hour else ""
        there = " their time" if reading.callback.hour and reading.callback.zone else ""
        what = f": {reading.callback.why}" if reading.callback.why else ""
        day = say.short_day(reading.callback.day)
        lines.append(f"call back {day}, {say.distance(reading.callback.day, situation.today)}{hour}{there}{what}")
    if reading.objection:
        named = f" on {', '.join(reading.objection.numbers)}" if reading.objection.numbers else ""
        lines.append(f"dispute of {_money(reading.objection.amount, situation)}{named}: {reading.objection.reason}")
    if reading.paid:
        parts = [
            _money(reading.paid.amount, situation) if reading.paid.amount else "",
            f"on {say.short_day(reading.paid.day)}" if reading.paid.day else "",
            f"by {reading.paid.method}" if reading.paid.method else "",
        ]
        lines.append(" ".join(["says it is paid:", *filter(None, parts)]).removesuffix(":"))
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
    if situation.collectable > 0:
        amount += f" of {_money(situation.collectable, situation)}"
    method = commitment.method or f"{situation.policy.default_method}?"
    first = f"{day}, {say.distance(commitment.day, situation.today)}   {amount}   {method}"
    if commitment.person:
        first += f"   {commitment.person}"
    last = say.short_day(commitment.window.last_day, situation.today)
    breaks = say.short_day(commitment.window.breaks_on, situation.today)
    if commitment.in_hands:
        return [first, f"after a broken promise: in our hands by {last}, broken from {breaks}"]
    return [first, f"last day {last}, broken from {breaks}"]


def _money(amount: Decimal, situation: Situation) -> str:
    return say.money(amount, situation.currency, situation.policy.home_currency)
