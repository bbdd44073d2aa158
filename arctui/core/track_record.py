"""How an account keeps its word, and the day that is worth asking for. Pure; shown while a date is being taken."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from arctui.core.facts import Dossier
from arctui.core.figures import average_days_late
from arctui.core.pay_cycles import Run
from arctui.core.promises import Judged, Verdict
from arctui.core.reasons import Rules
from arctui.core.standing import Standing


class Kept(msgspec.Struct, frozen=True):
    """Promises that were kept, of those that were decided (kept, partial or broken)."""

    kept: int = 0
    decided: int = 0


class TrackRecord(msgspec.Struct, frozen=True, kw_only=True):
    """How an account kept its promises, and one person those given by that person.

    `days_late`: how many days after their due dates invoices were paid on average, by amount (signed), None if that
    is not known. `run` is the next pay run.
    """

    promises: Kept
    by_person: Kept
    days_late: Decimal | None
    run: Run | None


class Ask(msgspec.Struct, frozen=True):
    """The day to ask for first, and the last one worth agreeing to, both business days.

    `run`: the last one is their next pay run. `surer`: only by transfer or card.
    """

    first: date
    last: date
    run: bool = False
    surer: bool = False


def kept_of(judged: Iterable[Judged]) -> Kept:
    """Count the promises that were kept, of those that were decided."""
    decided = [j for j in judged if j.decided]
    return Kept(sum(j.verdict is Verdict.KEPT for j in decided), len(decided))


def track_record(dossier: Dossier, standing: Standing, rules: Rules, person: str = "") -> TrackRecord:
    """Return how an account, and a person there ("" nobody), kept promises and paid."""
    return TrackRecord(
        promises=kept_of(standing.judged),
        by_person=kept_of(j for j in standing.judged if person and j.promise.person == person),
        days_late=average_days_late(dossier, standing.balance.currency, rules.moment.today),
        run=standing.run,
    )


def worth_asking(standing: Standing, rules: Rules) -> Ask:
    """Return the days to ask for.

    The whole at once comes first. After a broken promise the next business day is the last that counts. Who pays on
    fixed runs pays on the next one; else a date is agreed that lies before the next call would be due, so that the
    call schedule loses no time.
    """
    calendar, today = rules.calendar, rules.moment.today
    first = calendar.roll(today)
    if standing.in_hands:
        return Ask(first, calendar.next(today), surer=True)
    if standing.run:
        return Ask(first, max(standing.run.day, first), run=True)
    last = today + timedelta(days=rules.policy.call_interval_days - 1)
    return Ask(first, max(first, last if calendar.is_business(last) else calendar.previous(last)))
