"""What became of the promises of a time: rates of keeping and breaking, customers who break again, slippage.

A promise belongs to the time in which it was decided, that is, in which its window closed: with the last money of a
kept one, with the end of its window for any other. So each counts once, by its verdict of today, months add up to
their year, and those that are still open dilute no rate. Taken back, replaced and suspended ones are in none, nor are
the parts of a plan that fell with a missed one: that one stands for the plan. What credits took off was not due.
Sources: collections KPIs as large systems report them (kept rate, broken rate by count), both also by amount.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.known import Known
from arctui.core.money import ZERO
from arctui.core.promises import Judged, Verdict
from arctui.core.records import Promise

_NONE_DECIDED = "no promise was decided in this time"
#: So many broken promises make a customer who breaks again.
AGAIN = 2


class Promised(msgspec.Struct, frozen=True, kw_only=True):
    """The promises of one currency in a period: `taken` in it, and those that were decided in it.

    `promised` is the amount of those that were decided, less credits, `received` what of it came in time. Rates are
    shares from 0 to 1. `slipped` counts the promises whose money is here, late or not, `slippage_days` adds up the
    days from the promised day to it (below 0 for money that came early), `slippage` is their average.
    `broke_again`: ids of the customers who broke two or more, in part or whole.
    """

    taken: int
    taken_amount: Decimal
    kept: int
    partial: int
    broken: int
    promised: Decimal
    received: Decimal
    kept_rate: Known
    kept_rate_amount: Known
    broken_rate: Known
    slipped: int
    slippage_days: int
    slippage: Known
    broke_again: tuple[str, ...]

    @property
    def decided(self) -> int:
        """How many were decided: the denominator of the rates."""
        return self.kept + self.partial + self.broken


def decided_on(judged: Judged) -> date | None:
    """Return the day on which a promise was decided, None if it is not (any more) one to be kept or broken.

    A kept one on the day on which it was enough, of money between two reports on the day of the second one, and never
    before it was taken; a missed one when it broke, or when money that had come was taken back.
    """
    if not judged.decided:
        return None
    if judged.missed:
        return judged.missed_on
    told = (part.day for part in judged.parts if part.since and not part.late)
    return max(judged.promise.taken_on, judged.kept_on or max(told, default=judged.promise.taken_on))


def slipped_by(judged: Judged) -> int | None:
    """Return by how many days after the promised day all the money was here, None while it is not or is not known."""
    if judged.verdict is Verdict.KEPT:
        here = judged.kept_on
    else:
        here = judged.late_on if judged.missed and judged.missing <= judged.promise.tolerance else None
    return (here - judged.promise.day).days if here else None


def rate(part: Decimal | int, whole: Decimal | int, missing: str) -> Known:
    """Return a share, unknown for the reason given where there is nothing to have a share of."""
    return Known(Decimal(part) / Decimal(whole)) if whole else Known(None, missing)


class PromiseTally:
    """Counts promises of one currency, one by one."""

    def __init__(self) -> None:
        self._taken = 0
        self._taken_amount = ZERO
        self._verdicts: defaultdict[Verdict, int] = defaultdict(int)
        self._promised = ZERO
        self._received = ZERO
        self._slips: list[int] = []
        self._missed: defaultdict[str, int] = defaultdict(int)

    def take(self, promise: Promise) -> None:
        """Count a promise as taken in the time."""
        self._taken += 1
        self._taken_amount += promise.amount

    def decide(self, judged: Judged) -> None:
        """Count a promise as decided in the time."""
        self._verdicts[judged.verdict] += 1
        self._promised += judged.to_pay
        self._received += min(judged.received, judged.to_pay)
        self._missed[judged.promise.account] += judged.missed
        slip = slipped_by(judged)
        if slip is not None:
            self._slips.append(slip)

    def figures(self) -> Promised:
        """Return what was counted.

        kept rate = kept / decided; by amount: sum of min(received in the window, promised) / sum of promised;
        broken rate = broken / decided, those that were met in part apart; slippage = sum of days / promises.
        """
        count, slips = self._verdicts, self._slips
        decided = sum(count.values())
        return Promised(
            taken=self._taken,
            taken_amount=self._taken_amount,
            kept=count[Verdict.KEPT],
            partial=count[Verdict.PARTIAL],
            broken=count[Verdict.BROKEN],
            promised=self._promised,
            received=self._received,
            kept_rate=rate(count[Verdict.KEPT], decided, _NONE_DECIDED),
            kept_rate_amount=rate(self._received, self._promised, _NONE_DECIDED),
            broken_rate=rate(count[Verdict.BROKEN], decided, _NONE_DECIDED),
            slipped=len(slips),
            slippage_days=sum(slips),
            slippage=rate(sum(slips), len(slips), _no_slips(decided)),
            broke_again=tuple(account for account, missed in self._missed.items() if missed >= AGAIN),
        )


def _no_slips(decided: int) -> str:
    return "none of those that were decided is paid in full on a known day" if decided else _NONE_DECIDED


def promised(judged: Iterable[Judged], first: date, last: date) -> Promised:
    """Return the figures of promises of one currency from a day to a day, both included."""
    tally = PromiseTally()
    for one in judged:
        if first <= one.promise.taken_on <= last:
            tally.take(one.promise)
        day = decided_on(one)
        if day and first <= day <= last:
            tally.decide(one)
    return tally.figures()
