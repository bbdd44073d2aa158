"""The customer's coming pay run, as the lines about promises and pay cycles speak of it. Pure."""

from datetime import date

from arctui.core import words as say
from arctui.core.business import BusinessCalendar
from arctui.core.pay_cycle import PayCycle
from arctui.core.pay_cycles import Run, next_run


def coming_run(cycle: PayCycle, today: date, calendar: BusinessCalendar) -> Run:
    """Return the next run that can still be made: its cut-off is not over. Its `call_from` says nothing."""
    return next_run(cycle, today, calendar, 0, cutoff_open=True)


def closed_run(cycle: PayCycle, today: date, calendar: BusinessCalendar) -> str:
    """Say that a run that is to come takes nothing any more, "" if none does."""
    run = next_run(cycle, today, calendar, 0)
    if run.cutoff >= today:
        return ""
    return f"the run of {say.short_day(run.day, today)} is closed: its cut-off was {say.short_day(run.cutoff, today)}"


def moved_words(run: Run, today: date, calendar: BusinessCalendar) -> str:
    """Say which holiday moved a run off its day: " (Thu 26 Nov is Thanksgiving Day)"; "" if none did."""
    holiday = calendar.holiday(run.nominal) if run.nominal != run.day else ""
    return f" ({say.short_day(run.nominal, today)} is {holiday})" if holiday else ""
