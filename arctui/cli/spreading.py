"""`calendar --load` and `spread`: the calls planned against what can be made, and moving what is too much."""

import argparse
from collections.abc import Sequence
from datetime import date

from arctui.cli.commands import show
from arctui.cli.opening import warn
from arctui.cli.tables import table
from arctui.cli.values import Document, iso, money
from arctui.core.load import Load
from arctui.core.text import plural
from arctui.desk import Desk, DeskError
from arctui.desk.calendar_lines import read_day
from arctui.desk.spreading import Plan


def load(options: argparse.Namespace, desk: Desk, first: date, last: date) -> int:
    """Show the calls of each day against the capacity."""
    found = desk.spreading.load(first, last)
    show(options, [_load_document(one) for one in found], load_lines(found, desk))
    return 0


def load_lines(found: Sequence[Load], desk: Desk) -> list[str]:
    """Show the calls of each day, of each clerk where accounts are some clerk's."""
    if not found:
        return ["no call is planned on these days"]
    by_clerk = any(one.clerk for one in found)
    rows = [
        (
            desk.rules.day(one.day),
            *([one.clerk or "(nobody's)"] if by_clerk else []),
            plural(one.calls, "call"),
            f"of {one.capacity}" if one.capacity else "",
            f"! {one.over} too many" if one.over else "",
        )
        for one in found
    ]
    return [line.rstrip() for line in table(rows, right=(len(rows[0]) - 3,))]


def _load_document(one: Load) -> Document:
    return {
        "date": iso(one.day),
        "clerk": one.clerk or None,
        "calls": one.calls,
        "capacity": one.capacity or None,
        "over": one.over,
    }


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Spread the calls of a day over the week after it, or only say how."""
    day = read_day(desk, options.day).day
    calls = desk.spreading.calls(day)
    if not calls:
        raise DeskError(f"no call stands on {desk.rules.day(day)}")
    plan = desk.spreading.over_week(calls)
    too_many = sum(one.over for one in desk.spreading.load(day, day))
    if not plan.going and too_many and not options.dry_run:
        raise DeskError(f"none of the calls of {desk.rules.day(day)} may go to another day: {plan.staying[0].why}")
    lines = [*plan_lines(plan, desk), *load_lines(desk.spreading.load(day, day), desk)]
    done = None
    if plan.going and not options.dry_run:
        done = desk.spreading.carry_out(plan)
        lines = [*plan_lines(plan, desk), done]
    elif not plan.going:
        lines += ["nothing has to move"] if not too_many else []
    left = sum(one.over for one in desk.spreading.load(day, day))
    if done and left:
        warn([f"{desk.rules.day(day)} still has {plural(left, 'call')} too many: they may not go to another day"])
    show(options, _document(plan, day, done), lines)
    return 0


def plan_lines(plan: Plan, desk: Desk) -> list[str]:
    """Show what goes where; of what stays only what has no room elsewhere would have to be told, so how many."""
    rows = [
        (
            desk.rules.day(going.moved.day),
            going.entry.name,
            desk.rules.money(going.entry.amount, going.entry.currency),
            going.moved.why,
        )
        for of_day in plan.days.values()
        for going in of_day
    ]
    stays = [f"{plural(len(plan.staying), 'call')} {'stays' if len(plan.staying) == 1 else 'stay'}"]
    return [*table(rows, right=(2,)), *(stays if plan.staying else [])]


def _document(plan: Plan, day: date, done: str | None) -> Document:
    going = [
        {
            "account": g.entry.name,
            "number": g.entry.number,
            "kind": g.entry.kind.value,
            "amount": money(g.entry.amount),
            "currency": g.entry.currency,
            "to": iso(g.moved.day),
        }
        for g in plan.going
    ]
    staying = [
        {"account": s.entry.name, "number": s.entry.number, "kind": s.entry.kind.value, "why": s.why}
        for s in plan.staying
    ]
    return {"date": iso(day), "done": done, "going": going, "staying": staying}
