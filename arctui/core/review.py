"""The end-of-day review: the promises whose day has come, each with its verdict."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.facts import Dossier
from arctui.core.money import ZERO
from arctui.core.promises import Judged, Verdict
from arctui.core.standing import Standing


class Reviewed(msgspec.Struct, frozen=True):
    """One promise in the review."""

    account: str
    judged: Judged
    days_late: int


class Review(msgspec.Struct, frozen=True):
    """The promises of a review by verdict, the gravest (largest missing) first."""

    day: date
    broken: tuple[Reviewed, ...]
    partial: tuple[Reviewed, ...]
    due: tuple[Reviewed, ...]
    kept: tuple[Reviewed, ...]


def review(accounts: Iterable[tuple[Dossier, Standing]], today: date, last_closed: date | None) -> Review:
    """Return the promises whose day has come since the last closed review.

    Broken and partial: those that broke since, and older ones that were not followed up. Due: all whose day has
    come and whose window is not over. Kept: those that were kept (or, where the day is not known, taken) since.
    """
    found: dict[Verdict, list[Reviewed]] = {v: [] for v in Verdict}
    for dossier, standing in accounts:
        for judged in standing.judged:
            neglected = judged.promise.id in standing.neglected
            if _concerns(judged, today, last_closed, neglected=neglected):
                found[judged.verdict].append(Reviewed(dossier.account.name, judged, judged.days_late(today)))
    return Review(
        today,
        *(
            tuple(sorted(found[v], key=lambda r: (-r.judged.missing, r.judged.promise.day, r.account)))
            for v in (Verdict.BROKEN, Verdict.PARTIAL, Verdict.DUE, Verdict.KEPT)
        ),
    )


def _concerns(judged: Judged, today: date, last_closed: date | None, *, neglected: bool) -> bool:
    promise = judged.promise
    match judged.verdict:
        case Verdict.BROKEN | Verdict.PARTIAL:
            return last_closed is None or judged.missed_on > last_closed or neglected
        case Verdict.DUE:
            return True
        case Verdict.KEPT:
            since = judged.kept_on or min(promise.last_day, today)
            return last_closed is None or since > last_closed
    return False


class Sum(msgspec.Struct):
    """How many promises, what was promised, and what of it came in time, in one currency."""

    count: int = 0
    amount: Decimal = ZERO
    paid: Decimal = ZERO


def totals(result: Review) -> dict[str, dict[str, Sum]]:
    """Add up each part of the review (broken, partial, due, kept) by currency."""
    sums: dict[str, dict[str, Sum]] = {}
    for name in ("broken", "partial", "due", "kept"):
        by_currency = sums.setdefault(name, {})
        for reviewed in getattr(result, name):
            promise = reviewed.judged.promise
            part = by_currency.setdefault(promise.currency, Sum())
            part.count += 1
            part.amount += promise.amount
            part.paid += reviewed.judged.received
    return sums
