"""`arctui stats --trend`: the figures at the end of each of the last months or business days."""

import argparse
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from arctui.cli.commands import day_of, show
from arctui.cli.tables import table
from arctui.cli.values import Document, iso, money, number
from arctui.core.figures import currencies
from arctui.core.known import Known
from arctui.core.money import grouped
from arctui.core.trend import By, Source, TrendPoint
from arctui.core.words import short_day
from arctui.desk import Desk, DeskError

_POINTS = 12
_UNKNOWN = "?"
#: No book has anything before it, and to reckon back from a day near the first of all ends before it.
_EARLIEST = date(1900, 1, 1)
_FROM = {Source.CLOSING: "closed", Source.ROLLED_BACK: "rolled back", Source.UNKNOWN: ""}


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Show the trend in every currency, the home currency first."""
    unfit = ("first", "month", "clerk", "who")
    if any(getattr(options, name) is not None for name in unfit) or options.excuses:
        options.misused("--trend goes with --by day, --by month and --to only")
    if options.by not in (None, By.DAY, By.MONTH):
        options.misused("--trend goes --by day or --by month")
    by = By(options.by or By.MONTH)
    last = day_of(options.last, "--to")
    if last and last > desk.today:
        raise DeskError(f"--to: {last} is still to come: the last day that can be counted is {desk.today}")
    if last:
        check_early(last, "--to")
    trends = desk.closings.trends(last, _POINTS, by)
    names = [c for c in dict.fromkeys([desk.policy.home_currency, *currencies(desk.everything())]) if c]
    found = {currency: trends.points(currency) for currency in names}
    shown: list[str] = []
    for currency, points in found.items():
        shown += ["", *lines(points, currency, by)] if shown else lines(points, currency, by)
    documents = {c: {"currency": c, "points": [_document(p) for p in points]} for c, points in found.items()}
    home = documents.pop(names[0])
    document = {"as_of": iso(last or desk.today), "by": by.value, **home, "other_currencies": documents}
    show(options, document, shown)
    return 0


def check_early(day: date, option: str) -> None:
    """Raise DeskError for a day so early that nothing can be reckoned back from it."""
    if day < _EARLIEST:
        raise DeskError(f"{option}: {day} is too early: the first day that can be counted is {_EARLIEST}")


def lines(points: Sequence[TrendPoint], currency: str, by: By) -> list[str]:
    """Show the points of a currency as a table of 80 columns, and below it what is missing and was mended."""
    head = ("month" if by is By.MONTH else "day", "owed", "past due", "DSO", "best", "kept %", "cash", "CEI", "from")
    rows = [head, *(_row(p, by) for p in points)]
    missing = (_missing(p).items() for p in points)
    # Of days the index is never known: that is said once, in the JSON document.
    told = (why for found in missing for name, why in found if name != "cei" or by is By.MONTH)
    notes = list(dict.fromkeys(f"? {why}" for why in told))
    for point in points:
        if point.mended_on and point.told is not None and point.total.value is not None:
            then, now = grouped(point.told, currency), grouped(point.total.value, currency)
            day, mended = (short_day(d, points[-1].period.last) for d in (point.as_of, point.mended_on) if d)
            notes.append(f"{day}: {then} was told then, {now} is known since {mended}")
        elif point.as_of and point.as_of != point.period.last:
            notes.append(f"{_name(point, by)}: as of {point.as_of}, the last day closed in it")
    return [currency, *table(rows, right=range(1, 8)), *notes]


def _name(point: TrendPoint, by: By) -> str:
    return f"{point.period.last:%Y-%m}" if by is By.MONTH else f"{point.period.last}"


def _row(point: TrendPoint, by: By) -> tuple[str, ...]:
    kept = Known(point.kept_rate.value * 100) if point.kept_rate.value is not None else point.kept_rate
    return (
        _name(point, by),
        _sum(point.total.value),
        _sum(point.past_due.value),
        *(_short(k) for k in (point.dso, point.best_possible_dso, kept)),
        _sum(point.cash.value),
        _short(point.cei),
        _FROM[point.source] + ("*" if point.mended_on else ""),
    )


def _sum(amount: Decimal | None) -> str:
    return _UNKNOWN if amount is None else f"{amount:,.0f}"


def _short(known: Known) -> str:
    return _UNKNOWN if known.value is None else f"{known.value:.0f}"


def _known(point: TrendPoint) -> dict[str, Known]:
    names = ("total", "past_due", "dso", "best_possible_dso", "kept_rate", "kept_rate_amount", "cash", "cei")
    return {name: getattr(point, name) for name in names}


def _missing(point: TrendPoint) -> dict[str, str]:
    return {name: known.missing for name, known in _known(point).items() if known.value is None}


def _document(point: TrendPoint) -> Document:
    return {
        "from": iso(point.period.first),
        "to": iso(point.period.last),
        "as_of": iso(point.as_of),
        "source": point.source.value,
        "total": money(point.total.value),
        "past_due": money(point.past_due.value),
        "aging": {name: money(amount) for name, amount in point.aging.items()} or None,
        "dso": number(point.dso.value),
        "best_possible_dso": number(point.best_possible_dso.value),
        "kept_rate": number(point.kept_rate.value, 4),
        "kept_rate_amount": number(point.kept_rate_amount.value, 4),
        "cash": money(point.cash.value),
        "cash_inferred": money(point.cash_inferred),
        "cei": number(point.cei.value),
        "total_told": money(point.told),
        "mended_on": iso(point.mended_on),
        "missing": _missing(point),
    }
