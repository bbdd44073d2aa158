"""A customer's pay runs: when the next one is, by when everything must be in for it, and what is not in yet."""

import calendar as months
from datetime import date, timedelta

import msgspec

from arctui.core.business import BusinessCalendar
from arctui.core.pay_cycle import Frequency, PayCycle


class Run(msgspec.Struct, frozen=True):
    """One pay run: `day` the money leaves, `cutoff` the last day to be in it, `call_from` when the calls begin.

    `nominal` is the day that the rhythm names, which a week-end or a holiday may have moved to `day`.
    """

    day: date
    cutoff: date
    call_from: date
    nominal: date


def _nominal_runs(cycle: PayCycle, month: date, business: BusinessCalendar) -> list[date]:
    """Return the runs whose nominal day falls into the month, in order, before any shift for holidays."""
    length = months.monthrange(month.year, month.month)[1]
    days = [month.replace(day=n) for n in range(1, length + 1)]
    match cycle.frequency:
        case Frequency.MONTHLY:
            return [days[min(cycle.day, length) - 1]]
        case Frequency.TWICE:
            return [days[n - 1] for n in sorted({min(cycle.day, length), min(cycle.second_day, length)})]
        case Frequency.MONTH_END:
            return [business.roll_back(days[-1])]
        case Frequency.NTH_WEEKDAY:
            named = [d for d in days if d.weekday() == cycle.weekday]
            return [named[cycle.nth - 1 if cycle.nth > 0 else cycle.nth]]
        case Frequency.WEEKLY:
            return [d for d in days if d.weekday() == cycle.weekday]
        case Frequency.BIWEEKLY:
            anchor = cycle.anchor or month
            return [d for d in days if (d - anchor).days % 14 == 0]


def next_run(
    cycle: PayCycle, after: date, business: BusinessCalendar, lead_business_days: int, *, cutoff_open: bool = False
) -> Run:
    """Return the first pay run after a day; with `cutoff_open` the first whose cut-off is not before that day.

    A run on a day that is no business day is made on the next one, or on the one before where the cycle says so
    (month end: on the last one of the month). The cut-off lies `cutoff_days` business days before the run, the calls
    begin `lead_business_days` before that.
    """
    # No shift changes the order of the runs. What is nominally on or before the last business day before `after` is
    # made by then, so no month before that day's can hold the run.
    month = business.previous(after).replace(day=1)
    while True:
        for nominal in _nominal_runs(cycle, month, business):
            day = business.roll_back(nominal) if cycle.before else business.roll(nominal)
            cutoff = business.add(day, -cycle.cutoff_days) if cycle.cutoff_days else day
            if (cutoff >= after) if cutoff_open else (day > after):
                lead = business.add(cutoff, -lead_business_days) if lead_business_days else cutoff
                return Run(day, cutoff, lead, nominal)
        month = (month + timedelta(days=31)).replace(day=1)


def documents_in(cycle: PayCycle, run: date) -> tuple[str, ...]:
    """Return the documents that are in for the run on a day: what was in for the one before is asked for anew."""
    ours = (cycle.documents_for or run) >= run
    return tuple(d for d in cycle.documents if ours and d in cycle.documents_in)


def missing_documents(cycle: PayCycle, run: date) -> tuple[str, ...]:
    """Return the documents that the customer's run on a day needs and that are not in for it yet."""
    there = documents_in(cycle, run)
    return tuple(d for d in cycle.documents if d not in there)
