"""`arctui stats`: aging, key figures, and what the talking of a period brought; for all, a clerk or an account."""

import argparse
import re
from datetime import date

from arctui.cli import converted, stats_text, trend
from arctui.cli.commands import day_of, show
from arctui.cli.stats_document import document
from arctui.core.figures import PERIOD_DAYS
from arctui.core.period import Period, last_days, month_of
from arctui.core.talks import By, Wanted
from arctui.desk import Desk, DeskError
from arctui.desk.day_report import clerk_named
from arctui.desk.figures import figures_of

#: By month that many are shown where no period is asked for, and no more than that many at all.
_MONTHS, _MOST_MONTHS = 12, 120
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Show the figures that are asked for."""
    if options.trend:
        return trend.run(options, desk)
    if options.by == "day":
        options.misused("--by day is for --trend")
    by = By(options.by) if options.by else None
    account = desk.find(options.who).id if options.who is not None else ""
    clerk = clerk_named(desk, options.clerk) if options.clerk is not None else ""
    wanted = Wanted(_period(options, desk.today, by), clerk, by)
    chosen = any(text is not None for text in (options.first, options.last, options.month))
    asked = figures_of(desk, wanted, account, wanted.period if chosen else None)
    # The one total of all currencies is of the whole firm.
    total = desk.rates.total() if not (account or clerk) else None
    lines = [*stats_text.lines(asked, desk, excuses=options.excuses), *converted.lines(total)]
    show(options, {**document(asked, desk, excuses=options.excuses), "converted": converted.document(total)}, lines)
    return 0


def _period(options: argparse.Namespace, today: date, by: By | None) -> Period:
    """Read which days are meant; what is not said is up to today, and from so far back as is usual.

    Raises ClockError for what is no day, DeskError for a period that runs backwards or is still to come.
    """
    if options.month is not None:
        if options.first is not None or options.last is not None:
            options.misused("--month stands alone: leave --from and --to out")
        return _checked(_month(options.month), "--month", today, by)
    last = day_of(options.last, "--to") or today
    trend.check_early(last, "--to")
    first = day_of(options.first, "--from") or _usual(last, by).first
    if last > today:
        raise DeskError(f"--to: {last} is still to come: the last day that can be counted is {today}")
    if last < first:
        raise DeskError(f"--from: {first} lies after the last day, {last}: turn them round")
    return _checked(Period(first, last), "--from", today, by)


def _usual(last: date, by: By | None) -> Period:
    """Return the period that ends on a day and is taken where no other first day is said."""
    if by is not By.MONTH:
        return last_days(last, PERIOD_DAYS)
    months = last.year * 12 + last.month - _MONTHS
    return Period(date(months // 12, months % 12 + 1, 1), last)


def _month(text: str) -> Period:
    found = _MONTH.fullmatch(text)
    try:
        return month_of(date(int(found[1]), int(found[2]), 1)) if found else month_of(date(0, 1, 1))
    except ValueError:
        raise DeskError(f"--month: '{text}' is no month: write YYYY-MM") from None


def _checked(period: Period, option: str, today: date, by: By | None) -> Period:
    """Return a period up to today. Raises DeskError where it has not begun, or has more months than can be shown."""
    trend.check_early(period.first, option)
    if period.first > today:
        raise DeskError(f"{option}: {period.first} is still to come: today is {today}")
    period = Period(period.first, min(period.last, today))
    if by is By.MONTH and len(period.months()) > _MOST_MONTHS:
        raise DeskError(f"--by month shows {_MOST_MONTHS} months at most: choose a later --from")
    return period
