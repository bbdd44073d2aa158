"""Customers who pay in fixed runs, one small story for each."""

from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from arctui.core.pay_cycles import Run, next_run
from arctui.core.records import ActivityKind, Frequency, Method, Outcome, PayCycle
from arctui.desk.demo.customer import Customer, Part
from arctui.desk.demo.history import not_yet_due, paid_on_time
from arctui.desk.demo.stage import Stage

#: Business days ahead at which a run may lie so that it is time to call; the best first.
_RUNS_AHEAD = (4, 3, 5, 2)
_FORTNIGHT = timedelta(days=14)


def _run(stage: Stage, cycle: PayCycle) -> Run:
    lead = stage.policy.cutoff_lead_business_days
    return next_run(cycle, stage.today, stage.calendar, lead, cutoff_open=True)


def time_to_call(stage: Stage, cycle_on: Callable[[date], PayCycle]) -> PayCycle:
    """Return a cycle with a run close enough that the calls before its cut-off have begun."""
    cycles = [cycle_on(stage.business_day(ahead)) for ahead in _RUNS_AHEAD]
    return sent(stage, next((c for c in cycles if _run(stage, c).call_from <= stage.today), cycles[0]))


def sent(stage: Stage, cycle: PayCycle) -> PayCycle:
    """Say of the documents that are in that they were sent for the run to come."""
    sent_for = _run(stage, cycle).day if cycle.documents_in else None
    return msgspec.structs.replace(cycle, documents_for=sent_for)


def weekly(cutoff_days: int, documents: str = "", documents_in: str = "") -> Callable[[date], PayCycle]:
    """Return a maker of weekly cycles; documents are separated by commas."""
    return lambda day: PayCycle(
        frequency=Frequency.WEEKLY,
        weekday=day.weekday(),
        cutoff_days=cutoff_days,
        documents=_list(documents),
        documents_in=_list(documents_in),
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split(", ")) if text else ()


def document_missing(c: Customer) -> None:
    """A weekly run; a proof of delivery is missing."""
    paid_on_time(c, 3, 58)
    c.invoice("26480.00", 17)
    c.invoice("19315.75", 8)
    not_yet_due(c, 12, 30)
    cycle = weekly(2, "purchase order, proof of delivery", "purchase order")
    c.set(pay_cycle=time_to_call(c.stage, cycle))
    c.reach(
        c.b(-6), Outcome.REFUSED, "nothing is keyed without the signed proof of delivery", kind=ActivityKind.EMAIL
    )
    c.note(c.b(-5), "asked the carrier for the signed sheet, dock 3")


def fortnight_not_confirmed(c: Customer) -> None:
    """A run every two weeks; nobody confirmed that the invoices are in it."""
    paid_on_time(c, 4, 55)
    c.invoice("11260.00", 26)
    c.invoice("8740.40", 12)
    c.set(
        pay_cycle=time_to_call(
            c.stage,
            lambda day: PayCycle(frequency=Frequency.BIWEEKLY, anchor=day - 6 * _FORTNIGHT, cutoff_days=2),
        )
    )
    c.reach(c.b(-8), Outcome.REFUSED, "missed the last run, approval came a day late")
    c.note(c.b(-8), "Doreen keys on the morning of the cut-off, call before")


def monthly_not_confirmed(c: Customer) -> None:
    """A city pays once a month, everything has to be in days before."""
    paid_on_time(c, 3, 70)
    c.invoice("18450.00", 22)
    c.invoice("7320.00", 5)
    not_yet_due(c, 20)
    c.set(
        pay_cycle=time_to_call(
            c.stage,
            lambda day: PayCycle(
                frequency=Frequency.MONTHLY,
                day=day.day,
                cutoff_days=3,
                documents=("purchase order",),
                documents_in=("purchase order",),
            ),
        )
    )
    c.miss(c.b(-7), Outcome.VOICEMAIL, "accounts payable mailbox, gave the order number")
    c.reach(c.b(-6), Outcome.REFUSED, "with the superintendent for his signature")


def confirmed_for_the_run(c: Customer) -> None:
    """A weekly run for which all that is past due was confirmed."""
    paid_on_time(c, 3, 60)
    first, second = c.invoice("15900.00", 14), c.invoice("12475.00", 9)
    not_yet_due(c, 7, 18)
    cycle = time_to_call(c.stage, weekly(1))
    c.set(pay_cycle=cycle)
    day = _run(c.stage, cycle).day
    c.promise(
        c.b(-1), day, "28375.00", Method.TRANSFER, first, second, words="both are in the run, she read out the batch"
    )


def month_end_run(c: Customer) -> None:
    """A school district pays on the last business day of the month."""
    paid_on_time(c, 2, 75)
    c.invoice("16380.00", 21)
    not_yet_due(c, 10)
    documents = ("purchase order", "W-9")
    cycle = PayCycle(frequency=Frequency.MONTH_END, cutoff_days=5, documents=documents, documents_in=documents)
    c.set(pay_cycle=sent(c.stage, cycle))
    c.miss(c.b(-9), Outcome.GATEKEEPER, "district office, Patrice is in a budget meeting")
    c.reach(c.b(-4), Outcome.REFUSED, "board approves the list first, then it goes into the run at month end")


RUNS: tuple[Part, ...] = (
    ("greyling", document_missing),
    ("bitter-fork", fortnight_not_confirmed),
    ("fernhaven", monthly_not_confirmed),
    ("amberley", confirmed_for_the_run),
    ("summit-district", month_end_run),
)
