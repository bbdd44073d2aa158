"""What a plan moves where, before it is carried out."""

from collections.abc import Sequence
from decimal import Decimal

from arctui.core.agenda import Entry
from arctui.core.money import ZERO
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.desk.spreading import Plan
from arctui.tui.widgets.lines import Line, fit, wrap

#: Reasons to stay that are named once all is done.
_MOST_REASONS = 2


def plan_lines(desk: Desk, plan: Plan, width: int, most: int | None = None) -> list[Line]:
    """Return what goes to which day, then what stays and why, a line each, those with one reason together.

    `most`: at most so many lines for one day or one reason, None for all.
    """
    lines: list[Line] = []
    for warning in plan.warnings:
        lines += wrap(f"! {warning}", width, "warn", indent=2)
    for day, going in plan.days.items():
        head = f"to {desk.rules.day(day)}: {plural(len(going), 'entry', 'entries')}"
        for load in desk.spreading.after(going):
            of = f" of {load.capacity}" if load.capacity else ""
            head += f", {f'{load.clerk} has ' if load.clerk else ''}{load.calls}{of} calls then"
        lines += [*_gap(lines), *wrap(head, width, "title", indent=2)]
        lines += _rows(desk, [(one.entry, one.moved.why) for one in going], width, most)
    if plan.going and plan.staying:
        count = len(plan.going) + len(plan.staying)
        lines += [(), *wrap(f"STAYS: {len(plan.staying)} of {count}", width, "title", indent=2)]
    for why, entries in plan.reasons.items():
        lines += [*_gap(lines), *wrap(_stay(len(entries), why), width, "strong", indent=2)]
        lines += _rows(desk, [(entry, entry.why) for entry in entries], width, most)
    return lines


def _stay(count: int, why: str) -> str:
    return f"{count} {'stays' if count == 1 else 'stay'}: {why}"


def _rows(desk: Desk, found: Sequence[tuple[Entry, str]], width: int, most: int | None) -> list[Line]:
    lines = [_row(desk, entry, why, width) for entry, why in found[:most]]
    left = len(found) - len(lines)
    return [*lines, ((f"  and {left} more", "dim"),)] if left else lines


def _gap(lines: list[Line]) -> list[Line]:
    return [()] if lines else []


def _row(desk: Desk, entry: Entry, why: str, width: int) -> Line:
    name = max(8, min(28, (width - 16) // 2))
    amount: Decimal = entry.amount
    shown = desk.rules.money(amount, entry.currency) if amount != ZERO else ""
    return (
        (f"  {fit(entry.name, name)}", "strong"),
        (fit(shown, 12, right=True), ""),
        (f"  {fit(why, max(0, width - name - 16))}", "dim"),
    )


def plan_words(desk: Desk, plan: Plan) -> str:
    """Say a plan in one sentence: how many go to each day, and how many stay."""
    parts = [f"{len(going)} to {desk.rules.day(day)}" for day, going in plan.days.items()]
    if plan.staying:
        parts.append(f"{len(plan.staying)} {'stays' if len(plan.staying) == 1 else 'stay'}")
    return ", ".join(parts)


def done_words(said: str, plan: Plan) -> str:
    """Say what was moved, then how many stay and why: the two reasons that keep the most, and how many more."""
    reasons = sorted(plan.reasons.items(), key=lambda found: -len(found[1]))
    parts = [said, *(_stay(len(entries), why) for why, entries in reasons[:_MOST_REASONS])]
    if more := sum(len(entries) for _, entries in reasons[_MOST_REASONS:]):
        parts.append(f"{more} more for other reasons")
    return "; ".join(parts)
