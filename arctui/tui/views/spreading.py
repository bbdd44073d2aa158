"""What a plan moves where, before it is carried out."""

from decimal import Decimal

from arctui.core.agenda import Entry
from arctui.core.money import ZERO
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.desk.spreading import Plan
from arctui.tui.widgets.lines import Line, fit, wrap


def plan_lines(desk: Desk, plan: Plan, width: int) -> list[Line]:
    """Return what goes to which day, then what stays and why, a line each, those with one reason together."""
    lines: list[Line] = []
    for warning in plan.warnings:
        lines += wrap(f"! {warning}", width, "warn", indent=2)
    for day, going in plan.days.items():
        head = f"to {desk.rules.day(day)}: {plural(len(going), 'entry', 'entries')}"
        for load in desk.spreading.after(going):
            of = f" of {load.capacity}" if load.capacity else ""
            head += f", {f'{load.clerk} has ' if load.clerk else ''}{load.calls}{of} calls then"
        lines += [*_gap(lines), *wrap(head, width, "title", indent=2)]
        lines += [_row(desk, one.entry, one.moved.why, width) for one in going]
    reasons: dict[str, list[Entry]] = {}
    for staying in plan.staying:
        reasons.setdefault(staying.why, []).append(staying.entry)
    for why, entries in reasons.items():
        verb = "stays" if len(entries) == 1 else "stay"
        lines += [*_gap(lines), *wrap(f"{len(entries)} {verb}: {why}", width, "title", indent=2)]
        lines += [_row(desk, entry, entry.why, width) for entry in entries]
    return lines


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
