"""The header: the day, the clerk, how fresh the payments are, and what was done today."""

from collections.abc import Sequence
from dataclasses import dataclass

from arctui.core import words as say
from arctui.core.money import ZERO, grouped, total
from arctui.core.records import ActivityKind, Promise
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.tui.widgets.lines import Line, clip, fit

#: The firm's name is shown, in so many cells, where there is so much room.
_WIDE, _FIRM_WIDTH = 110, 30


@dataclass(frozen=True)
class Tally:
    """The header: the firm, the day, the clerk, how fresh the payments are, and what was done today."""

    firm: str
    day: str
    clerk: str
    fresh: str
    stale: bool
    calls: int
    promises: int
    promised: str
    broken: int


def tally(desk: Desk) -> Tally:
    """Count what this clerk did today; broken are the promises that broke today, as in the day's report."""
    activities, promises = desk.done_today()
    as_of = desk.rules.reports.payments_as_of
    home = desk.policy.home_currency
    fresh = f"payments as of {desk.rules.day(as_of).partition(' ')[2]}" if as_of else "no payments imported"
    return Tally(
        firm=desk.policy.firm,
        day=say.short_day(desk.today),
        clerk=f"{desk.clerk}, read only" if desk.is_read_only else desk.clerk,
        fresh=", ".join(filter(None, (fresh, _waiting(desk)))),
        stale=bool(desk.rules.stale),
        calls=sum(a.kind is ActivityKind.CALL and not a.inbound for a in activities),
        promises=len(promises),
        promised=_sums(promises, home),
        broken=desk.reviews.broke_today(desk.clerk),
    )


def _waiting(desk: Desk) -> str:
    """Say how many bank lines wait, "" if none does."""
    count = desk.at_bank.count()
    return plural(count, "bank line waits", "bank lines wait") if count else ""


def _sums(promises: Sequence[Promise], home: str) -> str:
    """Say what was promised: in the home currency, and what there is in others beside it."""
    currencies = dict.fromkeys([home, *(p.currency for p in promises)])
    sums = {c: total(p.amount for p in promises if p.currency == c) for c in currencies}
    shown = [grouped(amount, "" if c == home else c) for c, amount in sums.items() if amount]
    return " + ".join(shown) or grouped(ZERO)


def header(view: Tally, width: int) -> Line:
    """Lay the header out: the day's figures to the right, as far as there is room."""
    firm = f" {clip(view.firm, _FIRM_WIDTH)} " if view.firm and width >= _WIDE else ""
    left = f"{firm} {view.day}  {view.clerk}"
    figures = [f"calls {view.calls}", f"promises {view.promises} {view.promised}", f"broken {view.broken}"]
    for shown in (figures, figures[1:], figures[2:], []):
        right = "   ".join(shown) + " "
        gap = width - len(left) - len(view.fresh) - len(right) - 3
        if gap >= 2:
            return (
                (left, "title"),
                (f"   {view.fresh}", "warn" if view.stale else "dim"),
                (" " * gap, ""),
                (right, ""),
            )
    return ((fit(left, width), "title"),)
