"""How late what was paid was paid. Each way of averaging has its name: they differ, and none is the average days
delinquent, which is a ratio of two kinds of DSO."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

import msgspec

from arctui.core.facts import Dossier
from arctui.core.figures.turnover import Closed, Paid, turnovers
from arctui.core.known import Known
from arctui.core.money import total
from arctui.core.period import Period
from arctui.core.text import plural

_YEAR = timedelta(days=365)


class Lateness(msgspec.Struct, frozen=True, kw_only=True):
    """Days late of what was paid in a period (paid day - due day), by payment, and of invoices that were paid off.

    `invoices` were paid off in the period on a known day, `day_unknown` between two reports. `by_payment`: all parts
    of payments, by amount, early ones below 0. The rest is of the paid-off invoices, on the day of the last payment:
    `signed` by count and by amount, `floored` (an early one is 0 days late), `late_only` of those paid late,
    `percent_late` how many were, `days_to_pay` from issue to payment.
    """

    invoices: int
    day_unknown: int
    by_payment: Known
    signed: Known
    signed_by_amount: Known
    floored: Known
    floored_by_amount: Known
    late_only: Known
    median: Known
    percent_late: Known
    days_to_pay: Known
    days_to_pay_by_amount: Known


def by_payment(paid: Iterable[Paid], period: Period) -> Decimal | None:
    """Return sum((paid - due) x amount) / sum(amount) of what was paid in a period: signed, weighted by amount.

    Payments whose day is not known stay out.
    """
    return _weighted((p.days_late, p.amount) for p in paid if p.day in period)


def _weighted(days: Iterable[tuple[int, Decimal]]) -> Decimal | None:
    """Return sum(days x amount) / sum(amount)."""
    rows = list(days)
    weight = total(amount for _, amount in rows)
    return total(number * amount for number, amount in rows) / weight if weight else None


def _mean(days: Sequence[int]) -> Decimal | None:
    """Return sum(days) / count."""
    return Decimal(sum(days)) / len(days) if days else None


def lateness(
    paid: Iterable[Paid], closed: Iterable[Closed], closed_unknown: Iterable[date], period: Period
) -> Lateness:
    """Work out how late payments and the invoices paid off in a period were (formulas: see `Lateness`)."""
    off = [c for c in closed if c.day in period]
    unknown = sum(day in period for day in closed_unknown)
    dated = [(c.days_late, c.amount) for c in off if c.days_late is not None]
    days = [number for number, _ in dated]
    late = [number for number in days if number > 0]
    spans = [(c.days_to_pay, c.amount) for c in off if c.days_to_pay is not None]
    none = _why_none(off, unknown)
    floored = [(max(0, number), amount) for number, amount in dated]

    def known(value: Decimal | None, missing: str = none) -> Known:
        return Known(value, "" if value is not None else missing)

    return Lateness(
        invoices=len(off),
        day_unknown=unknown,
        by_payment=known(by_payment(paid, period), "no payment of a known day in this time"),
        signed=known(_mean(days)),
        signed_by_amount=known(_weighted(dated)),
        floored=known(_mean([number for number, _ in floored])),
        floored_by_amount=known(_weighted(floored)),
        late_only=known(_mean(late), "no invoice was paid late in this time" if days else none),
        median=known(Decimal(median(days)) if days else None),
        percent_late=known(Decimal(len(late)) / len(days) * 100 if days else None),
        days_to_pay=known(_mean([number for number, _ in spans])),
        days_to_pay_by_amount=known(_weighted(spans)),
    )


def _why_none(off: Sequence[Closed], unknown: int) -> str:
    """Say why there is no average of the invoices that were paid off."""
    if off:
        return "the invoices paid off in this time name no such day"
    if unknown:
        return f"of {plural(unknown, 'invoice')} paid off in this time only two reports tell, not the day"
    return "no invoice was paid off in this time"


def average_days_late(dossier: Dossier, currency: str, today: date) -> Decimal | None:
    """Return by how many days one account paid late on average in the last year, by amount; None if not known."""
    turnover = turnovers(dossier, {}, today).get(currency)
    return by_payment(turnover.paid, Period(today - _YEAR, today)) if turnover else None
