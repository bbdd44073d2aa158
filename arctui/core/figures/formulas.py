"""The formulas of receivables, over plain sums. Amounts of one currency; days are calendar days.

Sources named here: the field's handbooks for DSO, best possible DSO, average days delinquent and the collection
effectiveness index; count-back as receivables systems show it. A result is None where there is nothing to divide by.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from arctui.core.money import ZERO
from arctui.core.period import Period, month_of

_DAY = timedelta(days=1)


def dso(receivables: Decimal, sales: Decimal, days: int) -> Decimal | None:
    """Return the days sales outstanding: receivables at the end / credit sales of the period x its days.

    Gross: credits are not taken off. It rises where sales fall, though nobody pays later (source: credit handbooks).
    """
    return receivables / sales * days if sales > 0 else None


def best_possible_dso(current: Decimal, sales: Decimal, days: int) -> Decimal | None:
    """Return what DSO would be if nothing were past due: receivables not yet due / credit sales x days (as `dso`)."""
    return dso(current, sales, days)


def add(dso_days: Decimal | None, best_days: Decimal | None) -> Decimal | None:
    """Return the average days delinquent: DSO - best possible DSO (45 - 12 = 33).

    A ratio of one day, not an average over paid invoices: that is `lateness` (source: credit handbooks).
    """
    return dso_days - best_days if dso_days is not None and best_days is not None else None


def countback_dso(receivables: Decimal, day: date, sales: Callable[[Period], Decimal], since: date) -> Decimal | None:
    """Return DSO by count-back: how many days back from a day the sales add up to the receivables.

    From the receivables the sales of one calendar month after another are taken off, back from the day (its own month
    up to it); each counts its days, the last one pro rata of its days (source: receivables systems). None where they
    reach back beyond `since`, the first day of which all sales are known.
    """
    left, days, end = receivables, ZERO, day
    while left > 0:
        month = Period(month_of(end).first, end)
        if month.first < since:
            return None
        sold = sales(month)
        if sold >= left:
            return days + left / sold * month.days
        left -= sold
        days += month.days
        end = month.first - _DAY
    return days


def cei(begin: Decimal, sales: Decimal, end: Decimal, end_current: Decimal) -> Decimal | None:
    """Return the collection effectiveness index in per cent: what was collected of what could be.

    (begin + sales - end) / (begin + sales - end not yet due) x 100, gross, over one month. Over more months the
    handbooks divide the sales by their number and other tools do not: so it is shown by month only.
    """
    could = begin + sales - end_current
    return (begin + sales - end) / could * 100 if could > 0 else None
