"""Missed promises as reasons to call, a broken plan as one: its words and what is missing of it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from arctui.core.money import ZERO, total
from arctui.core.promises import Judged
from arctui.core.rules import Rules
from arctui.core.text import plural


def together(judged: Iterable[Judged]) -> list[tuple[Judged, ...]]:
    """Put the parts that fell with another one of their plan to that one: they are one matter."""
    groups: dict[str, list[Judged]] = {}
    for verdict in judged:
        groups.setdefault(verdict.decided_in.id, []).append(verdict)
    return [tuple(sorted(group, key=lambda j: bool(j.fell))) for group in groups.values()]


def still_missing(group: Sequence[Judged], opens: Mapping[str, Decimal]) -> Decimal:
    """Return what is missing of promises, no more than is open of their invoices."""
    missing = total(j.missing for j in group)
    if not all(j.promise.invoices for j in group):
        return missing
    invoices = {i for j in group for i in j.promise.invoices}
    return min(missing, total(max(ZERO, opens.get(i, ZERO)) for i in invoices))


def missed_words(group: Sequence[Judged], rules: Rules) -> str:
    """Say what was promised and what came of it; of a broken plan what fell with the missed part."""
    first = group[0]
    currency = first.promise.currency
    if first.fell:
        part = f"{rules.money(first.fell.amount, currency)} for {rules.day(first.fell.day)}"
        said = f"the part of {part} came late"
    else:
        said = _one(first, rules)
    fallen = [j for j in group if j.fell]
    if fallen:
        sum_of_them = rules.money(total(j.missing for j in fallen), currency)
        said += f"; the plan is broken: {plural(len(fallen), 'later part')} of {sum_of_them} fell with it"
    return said


def _one(judged: Judged, rules: Rules) -> str:
    promise = judged.promise

    def of(amount: Decimal) -> str:
        return rules.money(amount, promise.currency)

    came = f"{of(judged.received)} came" if judged.received else "nothing came"
    if judged.undone_on:
        what = f"{came}, the rest" if judged.received else "what came"
        came = f"{what} was returned on {rules.day(judged.undone_on)}"
    if judged.late and judged.late_on:
        came += f" in time, {of(judged.late)} late on {rules.day(judged.late_on)}"
    way = f" by {promise.method}" if promise.method else ""
    return f"promised {of(promise.amount)} for {rules.day(promise.day)}{way}, {came}"
