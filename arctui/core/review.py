"""The end-of-day review: the promises whose day has come, each with its verdict."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core import words as say
from arctui.core.credit_terms import held_by
from arctui.core.facts import Dossier, Reports
from arctui.core.money import ZERO
from arctui.core.promises import Judged, Verdict
from arctui.core.records import ActivityKind, Import
from arctui.core.standing import Standing

#: The verdicts that a review shows, in its order.
_PARTS = (Verdict.BROKEN, Verdict.PARTIAL, Verdict.DUE, Verdict.KEPT)


class Reviewed(msgspec.Struct, frozen=True):
    """One promise in the review. `account` is the name, `clerk` whose it is; `days_late` counts calendar days.

    `handled` says in a few words what was done about it, "" while nothing was. `old`: it was followed up before
    today, and no review was closed since that could have shown it; nobody walks through these.
    """

    account: str
    judged: Judged
    days_late: int
    handled: str = ""
    clerk: str = ""
    old: bool = False


class Freshness(msgspec.Struct, frozen=True):
    """How fresh the payments are: known up to `as_of` (None: none were ever read), by the `last` import of them.

    `older`: they are from before today.
    """

    as_of: date | None
    last: Import | None
    older: bool


def freshness(reports: Reports, today: date) -> Freshness:
    """Say how fresh the payments are, before anybody is told that a promise was not kept."""
    as_of = reports.payments_as_of
    telling = [i for i in reports.by_number.values() if i.payments or i.settles]
    return Freshness(as_of, max(telling, key=lambda i: i.number, default=None), as_of is None or as_of < today)


class Review(msgspec.Struct, frozen=True):
    """The promises of a review by verdict, the gravest (largest missing) first."""

    day: date
    broken: tuple[Reviewed, ...]
    partial: tuple[Reviewed, ...]
    due: tuple[Reviewed, ...]
    kept: tuple[Reviewed, ...]


def review(accounts: Iterable[tuple[Dossier, Standing]], today: date, last_closed: date | None) -> Review:
    """Return the promises whose day has come since the last closed review.

    Broken and partial: those that broke since, and older ones that were not followed up before today. Due: all whose
    day has come and whose window is not over. Kept: those that were kept (or, where the day is not known, taken)
    since.
    """
    return gathered((r for each in accounts for r in of_account(*each, today, last_closed)), today)


def of_account(dossier: Dossier, standing: Standing, today: date, last_closed: date | None) -> list[Reviewed]:
    """Return the promises of one account whose day has come since the last closed review, as `review` does."""
    found = []
    for judged in standing.judged:
        if judged.verdict not in _PARTS:
            continue
        untouched = _is_neglected(judged, standing)
        fresh = untouched or (judged.missed and _first_answer(dossier, judged, today) == today)
        if _concerns(judged, today, last_closed, untouched=untouched, fresh=fresh):
            reviewed = Reviewed(
                account=dossier.account.name,
                judged=judged,
                days_late=judged.days_late(today),
                handled=_handled(dossier, standing, judged, today),
                clerk=dossier.account.clerk,
                old=judged.missed and last_closed is None and not fresh,
            )
            found.append(reviewed)
    return found


def gathered(found: Iterable[Reviewed], today: date) -> Review:
    """Put the promises of all accounts into the order of a review."""
    parts: dict[Verdict, list[Reviewed]] = {v: [] for v in _PARTS}
    for reviewed in found:
        parts[reviewed.judged.verdict].append(reviewed)
    return Review(
        today,
        *(
            tuple(sorted(parts[v], key=lambda r: (-r.judged.missing, r.judged.promise.day, r.account)))
            for v in _PARTS
        ),
    )


def walk(result: Review, clerk: str = "") -> tuple[Reviewed, ...]:
    """Return the promises as they are walked through: broken, partial, due, each the gravest first.

    A `clerk` walks through those on accounts that are the clerk's own or nobody's. The parts of a plan that fell with
    a missed one are decided about with it.
    """
    every = (r for r in result.broken + result.partial + result.due if not r.old and not r.judged.fell)
    return tuple(r for r in every if not clerk or r.clerk in ("", clerk))


def of_others(result: Review, clerk: str) -> dict[str, int]:
    """Count, by clerk, the promises on the accounts of others that nobody has looked after yet."""
    waiting = sorted(r.clerk for r in walk(result) if r.clerk not in ("", clerk) and not r.handled)
    return {other: waiting.count(other) for other in dict.fromkeys(waiting)}


def _is_neglected(judged: Judged, standing: Standing) -> bool:
    """Did nobody follow up a missed promise, or a part of its plan that fell with it?"""
    return any(p.id in standing.neglected for p in (judged.promise, *judged.felled))


def _concerns(judged: Judged, today: date, last_closed: date | None, *, untouched: bool, fresh: bool) -> bool:
    """Is it in the review? `untouched`: nobody followed it up; `fresh`: nobody did before today."""
    promise = judged.promise
    match judged.verdict:
        case Verdict.BROKEN | Verdict.PARTIAL:
            since = last_closed is None or judged.missed_on > last_closed
            return since or untouched or (fresh and last_closed is not None and last_closed < today)
        case Verdict.DUE:
            return True
        case Verdict.KEPT:
            kept = judged.kept_on or min(promise.last_day, today)
            return last_closed is None or kept > last_closed
    return False


def _answers(dossier: Dossier, judged: Judged, since: date) -> list[tuple[date, str]]:
    """Return what followed a promise up on a day or later, with the day: the most telling first."""
    promise = judged.promise
    letter = ActivityKind.LETTER
    answers = [(p.taken_on, "new promise") for p in dossier.promises if p.id != promise.id and p.taken_on >= since]
    answers += [(a.day, "spoken with") for a in dossier.activities if a.reached and a.day >= since]
    return answers + [(a.day, "letter sent") for a in dossier.activities if a.kind is letter and a.day >= since]


def _first_answer(dossier: Dossier, judged: Judged, today: date) -> date | None:
    """Return the day on which a missed promise was followed up first, None if it never was."""
    promise, decided, left = judged.promise, judged.decided_in.reviewed_on, judged.decided_in.left_until
    days = [day for day, _ in _answers(dossier, judged, judged.missed_on)]
    days += [decided] if decided and (left > today if left else decided >= judged.missed_on) else []
    days += [judged.late_on] if judged.late_on and judged.missing <= promise.tolerance else []
    return min(days, default=None)


def _handled(dossier: Dossier, standing: Standing, judged: Judged, today: date) -> str:
    """Say what was done about a promise that is missed or due, "" if nothing was.

    A missed one is handled by what came since it was missed, one that is due only by what was done today.
    """
    promise = judged.promise
    if not judged.missed and judged.verdict is not Verdict.DUE:
        return ""
    if standing.stopped:
        return f"not to be called: {standing.stopped}"
    # Nobody was spoken to by that, so only the review of today is done with it.
    if (hold := held_by(dossier)) and hold.day == today:
        return "credit hold today"
    if _is_neglected(judged, standing):
        return ""
    if judged.missed and judged.late_on and judged.missing <= promise.tolerance:
        return f"paid late{_on(judged.late_on, today)}"
    for day, what in _answers(dossier, judged, judged.missed_on if judged.missed else today):
        return f"{what}{_on(day, today)}" if what != "new promise" else what
    decided = judged.decided_in
    if decided.left_until and decided.left_until > today:
        return f"left until {say.short_day(decided.left_until, today)}"
    if not judged.missed:
        return ""
    return f"decided{_on(decided.reviewed_on, today)}" if decided.reviewed_on else "nothing of it is open"


def _on(day: date, today: date) -> str:
    return " today" if day == today else f" on {say.short_day(day, today)}"


class Sum(msgspec.Struct):
    """How many promises, what was promised, and what of it came in time, in one currency."""

    count: int = 0
    amount: Decimal = ZERO
    paid: Decimal = ZERO


def totals(result: Review) -> dict[str, dict[str, Sum]]:
    """Add up each part of the review (broken, partial, due, kept) by currency.

    What fell with a missed part of its plan was decided by nobody and is in no sum (`Judged.decided`).
    """
    sums: dict[str, dict[str, Sum]] = {}
    for name in ("broken", "partial", "due", "kept"):
        by_currency = sums.setdefault(name, {})
        for reviewed in getattr(result, name):
            if reviewed.judged.fell:
                continue
            promise = reviewed.judged.promise
            part = by_currency.setdefault(promise.currency, Sum())
            part.count += 1
            part.amount += promise.amount
            part.paid += reviewed.judged.received
    return sums
