"""A customer's pay runs: when the next one is, and by when everything must be in for it."""

import calendar as months
from datetime import date, timedelta

import msgspec

from arctui.core.business import BusinessCalendar
from arctui.core.records import Frequency, PayCycle


class Run(msgspec.Struct, frozen=True):
    """One pay run: `day` the money leaves, `cutoff` the last day to be in it, `call_from` when the calls begin."""

    day: date
    cutoff: date
    call_from: date


def _nominal_runs(cycle: PayCycle, month: date, business: BusinessCalendar) -> list[date]:
    """Return the runs whose nominal day falls into the month, before any shift for holidays."""
    first = month.replace(day=1)
    length = months.monthrange(first.year, first.month)[1]
    days = [first + timedelta(days=n) for n in range(length)]
    match cycle.frequency:
        case Frequency.MONTHLY:
            return [days[min(cycle.day, length) - 1]]
        case Frequency.MONTH_END:
            return [business.roll_back(days[-1])]
        case Frequency.WEEKLY:
            return [d for d in days if d.weekday() == cycle.weekday]
        case Frequency.BIWEEKLY:
            anchor = cycle.anchor or first
            return [d for d in days if (d - anchor).days % 14 == 0]


def next_run(
    cycle: PayCycle, after: date, business: BusinessCalendar, lead_business_days: int, *, cutoff_open: bool = False
) -> Run:
    """Return the first pay run after a day; with `cutoff_open` the first whose cut-off is not before that day.

    A run on a day that is no business day is made on the next one (month end: on the last one of the month). The
    cut-off lies `cutoff_days` business days before the run, the calls begin `lead_business_days` before that.
    """
    # From the month before: a run at its end may be made in this month, after a week-end or a holiday.
    month = (after.replace(day=1) - timedelta(days=1)).replace(day=1)
    while True:
        for nominal in _nominal_runs(cycle, month, business):
            day = business.roll(nominal)
            cutoff = business.add(day, -cycle.cutoff_days) if cycle.cutoff_days else day
            if (cutoff >= after) if cutoff_open else (day > after):
                lead = business.add(cutoff, -lead_business_days) if lead_business_days else cutoff
                return Run(day, cutoff, lead)
        month = (month + timedelta(days=31)).replace(day=1)


def missing_documents(cycle: PayCycle) -> tuple[str, ...]:
    """Return the documents that the customer's run needs and that are not in yet."""
    return tuple(d for d in cycle.documents if d not in cycle.documents_in)
