"""The day's summary of one clerk: what was done, what the review left over, and how long tomorrow's list will be.

Pure. Counts agree with the tally in the header of the workstation.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core import words as say
from arctui.core.money import ZERO
from arctui.core.records import Activity, ActivityKind, Payment, Promise
from arctui.core.review import Review, totals, walk
from arctui.core.standing import Standing
from arctui.core.text import plural


class Counted(msgspec.Struct, frozen=True):
    """How many, and their amounts by currency, which are never added up."""

    count: int = 0
    amounts: Mapping[str, Decimal] = {}


class DaySummary(msgspec.Struct, frozen=True, kw_only=True):
    """One clerk's day.

    `right_party`: the calls that reached the person who can pay. `promises`: those taken today that still stand.
    `payments`: those written down by hand today. `kept`, `partial` and `broken` are the review's, with what was
    promised; `handled` and `left_over` count what is walked through in it. `on_list`: accounts still on the list;
    `tomorrow`: accounts that will be on it on `next_day`, the next business day. `closed`: the review of today is.
    """

    day: date
    clerk: str
    calls: int
    right_party: int
    promises: Counted
    callbacks: int
    disputes: int
    letters: int
    payments: Counted
    kept: Counted
    partial: Counted
    broken: Counted
    handled: int
    left_over: int
    on_list: int
    next_day: date
    tomorrow: int
    closed: bool = False


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What one clerk did on the working day: activities, promises that still stand, payments written down by hand."""

    clerk: str
    activities: Sequence[Activity] = ()
    promises: Sequence[Promise] = ()
    payments: Sequence[Payment] = ()
    callbacks: int = 0
    disputes: int = 0


def summarise(
    done: Done,
    result: Review,
    standings: Iterable[Standing],
    on_list: frozenset[str],
    next_day: date,
    *,
    closed: bool = False,
) -> DaySummary:
    """Sum up a day.

    `on_list`: ids of the accounts on today's list; `standings` those of all accounts, so that the ones whose next
    contact is on `next_day` or before are counted too.
    """
    calls = [a for a in done.activities if a.kind is ActivityKind.CALL]
    reviewed = walk(result)
    handled = sum(bool(r.handled) for r in reviewed)
    ahead = {s.account for s in standings if s.next and s.next.day <= next_day}
    sums = {name: _of_review(result, name) for name in ("kept", "partial", "broken")}
    return DaySummary(
        day=result.day,
        clerk=done.clerk,
        calls=len(calls),
        right_party=sum(a.reached for a in calls),
        promises=counted((p.currency, p.amount) for p in done.promises),
        callbacks=done.callbacks,
        disputes=done.disputes,
        letters=sum(a.kind is ActivityKind.LETTER for a in done.activities),
        payments=counted((p.currency, p.amount) for p in done.payments),
        kept=sums["kept"],
        partial=sums["partial"],
        broken=sums["broken"],
        handled=handled,
        left_over=len(reviewed) - handled,
        on_list=len(on_list),
        next_day=next_day,
        tomorrow=len(ahead | on_list),
        closed=closed,
    )


def summary_rows(summary: DaySummary, money: Callable[[Decimal, str], str]) -> list[tuple[str, str]]:
    """Return the summary as labels and figures; `money` writes an amount with its currency."""

    def sums(counted: Counted) -> str:
        amounts = ", ".join(money(amount, currency) for currency, amount in counted.amounts.items())
        return f"{counted.count}   {amounts}" if amounts else str(counted.count)

    return [
        ("calls", f"{summary.calls}, {summary.right_party} to the right party"),
        ("promises taken", sums(summary.promises)),
        ("callbacks agreed", str(summary.callbacks)),
        ("disputes", str(summary.disputes)),
        ("letters", str(summary.letters)),
        ("payments by hand", sums(summary.payments)),
        ("promises kept", sums(summary.kept)),
        ("partly paid", sums(summary.partial)),
        ("broken", sums(summary.broken)),
        ("review", f"{summary.handled} handled, {summary.left_over} left over"),
        ("still on the list", plural(summary.on_list, "account")),
        (f"list of {say.short_day(summary.next_day, summary.day)}", plural(summary.tomorrow, "account")),
    ]


def counted(amounts: Iterable[tuple[str, Decimal]]) -> Counted:
    """Count amounts and add them up by currency."""
    count, sums = 0, dict[str, Decimal]()
    for currency, amount in amounts:
        count += 1
        sums[currency] = sums.get(currency, ZERO) + amount
    return Counted(count, sums)


def _of_review(result: Review, name: str) -> Counted:
    by_currency = totals(result)[name]
    return Counted(sum(s.count for s in by_currency.values()), {c: s.amount for c, s in by_currency.items()})
