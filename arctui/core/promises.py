"""Promises to pay: what is fixed when one is taken, and what became of it.

The verdict depends on nothing but the promises (in which the policy is fixed), the payments, what is open, disputed,
void or credited of the invoices, and the day.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from arctui.core.allocation import Count, Counted, Piece, pieces_of
from arctui.core.business import BusinessCalendar
from arctui.core.carrying import Against, Credits, objections
from arctui.core.facts import Dossier
from arctui.core.money import CENT, ZERO, cents, total
from arctui.core.policy import Policy
from arctui.core.records import Method, Payment, Promise


class Verdict(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    DUE = "due"
    KEPT = "kept"
    PARTIAL = "partial"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    SUSPENDED = "suspended"


class Window(msgspec.Struct, frozen=True):
    """The days in which the money must come: up to `last_day`; broken from `breaks_on`, the next business day."""

    grace_days: int
    last_day: date
    breaks_on: date


def window(day: date, method: Method | None, policy: Policy, calendar: BusinessCalendar, *, in_hands: bool) -> Window:
    """Fix the window of a promise for a day: a day that is no business day counts as the next one.

    Grace is in business days by method; `in_hands` (after a broken promise) there is none.
    A check promised for Friday 20 Nov 2026: last day Wednesday 25, broken on Friday 27 (26 is a holiday).
    """
    grace = 0 if in_hands else policy.grace(method)
    last_day = calendar.add(calendar.roll(day), grace)
    return Window(grace, last_day, calendar.next(last_day))


def tolerance(amount: Decimal, policy: Policy) -> Decimal:
    """Return what may be missing from a kept promise: the larger of a fixed sum and a percentage, never all of it."""
    larger = max(cents(policy.tolerance_amount), cents(amount * policy.tolerance_percent / 100))
    return min(larger, amount - CENT)


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A promise with its verdict.

    `received` came inside the window; `kept_on` is the day it was enough, None if the day is not known or it is
    not kept. `late` came after the window, the last of it on `late_on`. `parts`: which payment brought how much of
    both, and when. `over`: what is left of the money that kept it, counted for no promise. `returned`: payments that
    had come in the window and were taken back, by the day of that. `broke_on`: the day from which it is missed, None
    if it is not. `credited`: what credits took off what was owed of it. `against`: the disputes, credits and void
    invoices that suspend it or took something off it. `replaced_by`: the promise in whose place.

    Of an instalment plan: `place` is its place among the parts and their number; `fell`: the missed part with which
    it fell before its own time; `felled`: those that fell with it.
    """

    promise: Promise
    verdict: Verdict
    received: Decimal = ZERO
    kept_on: date | None = None
    day_unknown: bool = False
    late: Decimal = ZERO
    late_on: date | None = None
    parts: tuple[Counted, ...] = ()
    over: Decimal = ZERO
    returned: tuple[Payment, ...] = ()
    broke_on: date | None = None
    credited: Decimal = ZERO
    against: Against = ()
    replaced_by: Promise | None = None
    place: tuple[int, int] | None = None
    fell: Promise | None = None
    felled: tuple[Promise, ...] = ()

    @property
    def counted(self) -> frozenset[str]:
        """The ids of the payments that were counted, late ones too."""
        return frozenset(part.payment for part in self.parts)

    @property
    def undone_on(self) -> date | None:
        """The last day on which a payment that had come in the window was taken back."""
        return self.returned[-1].reversed_on if self.returned else None

    @property
    def fell_with(self) -> str:
        """The id of the missed part of its plan with which it fell, "" if it fell with none."""
        return self.fell.id if self.fell else ""

    @property
    def decided_in(self) -> Promise:
        """The promise in which the review keeps what it decided: of a part that fell, the one it fell with."""
        return self.fell or self.promise

    @property
    def missed_on(self) -> date:
        """The day from which it counts as missed: when it broke, or later, when a payment on it was taken back."""
        broke = self.broke_on or self.promise.breaks_on
        return max(broke, self.undone_on or broke)

    @property
    def live(self) -> bool:
        """Is the customer still given time? A live promise silences every other chase for what it covers."""
        return self.verdict in (Verdict.OPEN, Verdict.DUE)

    @property
    def missed(self) -> bool:
        """Was it broken, in part or whole?"""
        return self.verdict in (Verdict.PARTIAL, Verdict.BROKEN)

    @property
    def decided(self) -> bool:
        """Was it kept or missed on its own?

        A part that fell with a missed one of its plan was not: its window never closed, the missed one stands for it.
        """
        return self.verdict is Verdict.KEPT or (self.missed and self.fell is None)

    @property
    def to_pay(self) -> Decimal:
        """What was promised, without what credits took off it."""
        return self.promise.amount - self.credited

    @property
    def missing(self) -> Decimal:
        """What of it has not come to this day."""
        return max(ZERO, self.to_pay - self.received - self.late)

    def days_late(self, today: date) -> int:
        """Days from the promised day to the money, or to today while some is missing; never below 0."""
        if self.verdict is Verdict.KEPT:
            until = self.kept_on or self.promise.day
        else:
            until = self.late_on if self.late_on and self.missing <= self.promise.tolerance else today
        return max(0, (until - self.promise.day).days)


def in_order(promise: Promise) -> tuple[date, datetime, str]:
    """Sort promises as money is counted for them: the earliest promised day first."""
    return promise.day, promise.taken_at, promise.id


def judge(dossier: Dossier, open_by_id: Mapping[str, Decimal], today: date) -> tuple[Judged, ...]:
    """Judge every promise of an account on a day, in the order in which they were taken.

    Money counts when it is dated on or after the day a promise was taken and was applied to its invoices (to any, if
    it names none), or is unapplied; each cent for one promise, the earliest promised date first. So does older money
    that turns out to have paid what was promised. A missed part of an instalment plan breaks the plan: the later
    parts that are live on that day are missed with it. `open_by_id`: what is open of each invoice today
    (`ledger.open_amounts`), needed only for older money, disputes and credits.
    """
    if not dossier.promises:
        return ()
    numbers = {i.id: i.number for i in dossier.invoices}
    pieces = pieces_of(dossier.payments, today)
    taken_back = [p for p in dossier.payments if p.reversed_on]
    memos = Credits(dossier, open_by_id) if any(i.amount < 0 for i in dossier.invoices) else None
    counts: dict[str, Count] = {}
    against: dict[str, Against] = {}
    broken: dict[str, list[tuple[date, Promise]]] = {}
    fell: dict[str, Promise] = {}
    standing = [p for p in dossier.promises if not p.withdrawn_on and not p.superseded_by]
    for promise in sorted(standing, key=in_order):
        day = None
        if promise.plan in broken:
            # A part that was agreed after the break is a new beginning.
            breaks = [b for b in broken[promise.plan] if promise.taken_on < b[0] < promise.breaks_on]
            day, missed = min(breaks, key=lambda b: b[0], default=(None, None))
            if missed:
                fell[promise.id] = missed
        named = {numbers[i] for i in promise.invoices if i in numbers} if promise.invoices else None
        count = counts[promise.id] = Count(promise, named, day)
        count.take_in_window(pieces)
        if taken_back:
            count.take_back(taken_back, today)
        if not count.kept:
            against[promise.id] = _weigh(count, dossier, open_by_id, pieces, memos)
        broke = count.broke_on(today) if promise.plan else None
        if broke and broke != day:
            broken.setdefault(promise.plan, []).append((broke, promise))
    left = dict(open_by_id)
    for count in counts.values():
        if today >= count.breaks_on and not count.kept and not count.suspended:
            count.take_late(pieces, left)
    found = [
        _judged(p, counts.get(p.id), against.get(p.id, ()), fell.get(p.id), pieces, today) for p in dossier.promises
    ]
    if any(p.plan for p in standing):
        found = _in_plans(found)
    by_id = {p.id: p for p in dossier.promises} if len(standing) < len(dossier.promises) else {}
    return tuple(
        msgspec.structs.replace(j, replaced_by=by_id.get(j.promise.superseded_by)) if j.promise.superseded_by else j
        for j in found
    )


def _weigh(
    count: Count,
    dossier: Dossier,
    open_by_id: Mapping[str, Decimal],
    pieces: Sequence[Piece],
    memos: Credits | None,
) -> Against:
    """Look, where too little came, at what else became of a promise's invoices; return what speaks against it."""
    came_after = count.came_after(pieces) if pieces else ZERO
    against = objections(count, dossier, open_by_id, came_after)
    if against:
        count.suspended = True
        count.release()
        return against
    # What no payment explains was wiped out by credits: older money does not take their place.
    wiped = memos.take_off(count, came_after, _unexplained(count, dossier, open_by_id, pieces)) if memos else ()
    if pieces and not count.kept:
        count.take_early(pieces, open_by_id, came_after)
    if count.kept or not memos:
        return wiped
    against = tuple(dict.fromkeys((*wiped, *memos.take_off(count, came_after))))
    # Where nothing is left to be paid, it is neither kept nor broken.
    count.suspended = not count.received and count.credited >= count.promise.amount - count.promise.tolerance
    return against


def _unexplained(
    count: Count, dossier: Dossier, open_by_id: Mapping[str, Decimal], pieces: Sequence[Piece]
) -> Decimal:
    """Return what of a promise's invoices is open no more though no payment was applied to it."""
    mine = [i for i in dossier.invoices if i.id in count.promise.invoices]
    numbers = {i.number for i in mine}
    paid = total(piece.amount for piece in pieces if piece.number in numbers)
    return max(ZERO, total(i.amount - max(ZERO, open_by_id.get(i.id, i.amount)) for i in mine) - paid)


def _judged(
    promise: Promise,
    count: Count | None,
    against: Against,
    fell: Promise | None,
    pieces: Sequence[Piece],
    today: date,
) -> Judged:
    if count is None:
        verdict = Verdict.SUPERSEDED if promise.superseded_by else Verdict.WITHDRAWN
        return Judged(promise=promise, verdict=verdict)
    broke, enough = count.broke_on(today), count.enough()
    if count.kept:
        verdict = Verdict.KEPT
    elif count.suspended:
        verdict = Verdict.SUSPENDED
    elif broke:
        verdict = Verdict.PARTIAL if count.received else Verdict.BROKEN
    else:
        verdict = Verdict.DUE if today >= promise.day else Verdict.OPEN
    return Judged(
        promise=promise,
        verdict=verdict,
        received=count.received,
        kept_on=None if enough is None or enough.inferred else enough.day,
        day_unknown=enough is not None and enough.inferred,
        late=count.late,
        late_on=count.late_on,
        parts=count.parts,
        over=count.over(pieces),
        returned=count.returned,
        broke_on=broke,
        credited=count.credited,
        against=against,
        fell=fell if broke and broke < promise.breaks_on else None,
    )


def _in_plans(judged: Sequence[Judged]) -> list[Judged]:
    """Tell each part of an instalment plan its place there, and a missed one which parts fell with it."""
    plans: dict[str, list[Judged]] = {}
    for verdict in judged:
        gone = verdict.verdict in (Verdict.WITHDRAWN, Verdict.SUPERSEDED)
        if verdict.promise.plan and not gone:
            plans.setdefault(verdict.promise.plan, []).append(verdict)
    known: dict[str, Judged] = {}
    for parts in plans.values():
        ordered = sorted(parts, key=lambda j: in_order(j.promise))
        for number, part in enumerate(ordered, 1):
            felled = tuple(j.promise for j in ordered if j.fell_with == part.promise.id)
            known[part.promise.id] = msgspec.structs.replace(part, place=(number, len(ordered)), felled=felled)
    return [known.get(j.promise.id, j) for j in judged]


def no_grace(judged: Sequence[Judged]) -> bool:
    """Is the next promise due in our hands? So after a broken promise, until a later one is kept."""
    broken = [min(j.missed_on, j.promise.breaks_on) for j in judged if j.verdict is Verdict.BROKEN]
    kept = [j.promise.last_day for j in judged if j.verdict is Verdict.KEPT]
    return bool(broken) and (not kept or max(broken) > max(kept))


def covering(judged: Iterable[Judged], free_by_id: Mapping[str, Decimal]) -> list[tuple[Judged, dict[str, Decimal]]]:
    """Return what each live promise covers of its invoices, by their ids: what of it has not come yet.

    `free_by_id`: what is open and not disputed of each invoice.
    """
    used: dict[tuple[str, str], Decimal] = {}
    found = []
    for verdict in judged:
        if verdict.live:
            currency, left, parts = verdict.promise.currency, verdict.missing, {}
            for invoice in verdict.promise.invoices:
                part = min(left, free_by_id.get(invoice, ZERO) - used.get((currency, invoice), ZERO))
                if part > 0:
                    used[currency, invoice] = used.get((currency, invoice), ZERO) + part
                    parts[invoice] = part
                    left -= part
            found.append((verdict, parts))
    return found


def cover(judged: Iterable[Judged], free_by_id: Mapping[str, Decimal]) -> dict[str, dict[str, Decimal]]:
    """Return what live promises together cover of each invoice id, by currency, as `covering` does for each."""
    covered: dict[str, dict[str, Decimal]] = {}
    for verdict, parts in covering(judged, free_by_id):
        of_currency = covered.setdefault(verdict.promise.currency, {})
        for invoice, part in parts.items():
            of_currency[invoice] = of_currency.get(invoice, ZERO) + part
    return covered
