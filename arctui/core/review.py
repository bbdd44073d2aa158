"""The end-of-day review: the promises whose day has come, each with its verdict."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.facts import Dossier
from arctui.core.money import ZERO, total
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
            return last_closed is None or promise.breaks_on > last_closed or neglected
        case Verdict.DUE:
            return True
        case Verdict.KEPT:
            since = judged.kept_on or min(promise.last_day, today)
            return last_closed is None or since > last_closed
    return False


def totals(result: Review) -> Mapping[str, tuple[int, Decimal, Decimal]]:
    """Return for each part of the review how many promises, the sum promised and the sum received."""
    parts = {"broken": result.broken, "partial": result.partial, "due": result.due, "kept": result.kept}
    return {
        name: (
            len(part),
            total(r.judged.promise.amount for r in part) if part else ZERO,
            total(r.judged.received for r in part) if part else ZERO,
        )
        for name, part in parts.items()
    }
