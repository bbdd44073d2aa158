"""Instalment plans as they stand: the parts that were agreed together, and what became of them. Pure.

A missed part breaks its plan: the later parts that are live on that day fall with it (`promises.judge`).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.capture import Reading
from arctui.core.money import ZERO, total
from arctui.core.promises import Judged, Verdict, in_order
from arctui.core.records import Promise

_GONE = (Verdict.WITHDRAWN, Verdict.SUPERSEDED)


class Plan(msgspec.Struct, frozen=True):
    """The parts of one plan by their days, those that were withdrawn or replaced left out.

    Sums are in the currency of the plan. `broke_on`: the day on which it was broken, None while it is not.
    """

    id: str
    parts: tuple[Judged, ...]

    @property
    def head(self) -> Judged:
        """The part that the plan is shown by: the one that broke it, else the first that is live, else the last."""
        return self.broken_by or next((j for j in self.parts if j.live), self.parts[-1])

    @property
    def broken_by(self) -> Judged | None:
        """The missed part that broke it first, None while it holds."""
        missed = [j for j in self.parts if j.missed and not j.fell]
        return min(missed, key=lambda j: (j.broke_on or j.promise.breaks_on, j.promise.day), default=None)

    @property
    def broke_on(self) -> date | None:
        """The day on which it was broken."""
        return self.broken_by.broke_on if self.broken_by else None

    @property
    def amount(self) -> Decimal:
        """What was promised in all."""
        return total(j.promise.amount for j in self.parts)

    @property
    def received(self) -> Decimal:
        """What of it came in time."""
        return total(j.received for j in self.parts)

    @property
    def late(self) -> Decimal:
        """What of it came late."""
        return total(j.late for j in self.parts)

    @property
    def missing(self) -> Decimal:
        """What of it is still to come: of the kept parts nothing."""
        return total(ZERO if j.verdict is Verdict.KEPT else j.missing for j in self.parts)

    def count(self, *verdicts: Verdict) -> int:
        """Count the parts with one of these verdicts."""
        return sum(j.verdict in verdicts for j in self.parts)


def plans_of(judged: Iterable[Judged]) -> list[Plan]:
    """Return the plans among the promises of an account, in the order in which they were taken."""
    plans: dict[str, list[Judged]] = {}
    for verdict in judged:
        if verdict.promise.plan and verdict.verdict not in _GONE:
            plans.setdefault(verdict.promise.plan, []).append(verdict)
    return [Plan(plan, tuple(sorted(parts, key=lambda j: in_order(j.promise)))) for plan, parts in plans.items()]


def plan_of(judged: Judged, of_account: Sequence[Judged]) -> Plan | None:
    """Return the plan that a promise is a part of, None if it stands alone; `of_account`: `Standing.judged`."""
    wanted = judged.promise.plan
    if not wanted:
        return None
    return next(iter(plans_of(j for j in of_account if j.promise.plan == wanted)), None)


def heads(judged: Iterable[Judged]) -> list[Judged]:
    """Leave out the parts that fell with an earlier one: that one tells of them."""
    return [j for j in judged if not j.fell]


def in_plans(promises: Sequence[Promise], reading: Reading, judged: Iterable[Judged]) -> list[Promise]:
    """Give the promises of a line (one for each commitment) the plan that they are parts of.

    Several that are about the same, be it all that is owed or the same named invoices, are one plan. A promise that
    takes the place of some parts of a plan of which others stay live joins it; where none stays, the plan has ended.
    """
    live = [j.promise for j in judged if j.live and j.promise.plan]
    staying = {p.plan for p in live if p.id not in reading.replaces}
    joined = next((p.plan for p in live if p.id in reading.replaces and p.plan in staying), "")
    if joined:
        return [msgspec.structs.replace(p, plan=joined) for p in promises]
    about = [frozenset(c.numbers) for c in reading.commitments]
    first = {key: p.id for key, p in reversed(list(zip(about, promises, strict=True)))}
    return [
        msgspec.structs.replace(p, plan=first[key]) if about.count(key) > 1 else p
        for key, p in zip(about, promises, strict=True)
    ]
