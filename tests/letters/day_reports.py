"""A day's report made in the test, so that each form of it can be looked at."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from arctui.core.business import BusinessCalendar
from arctui.core.day_flows import Counted, Event, Tally, What
from arctui.core.day_report import DayReport, Horizon, Left, Tomorrow, Worst, by_clerk, compare, span_of
from arctui.core.reasons import Bucket
from arctui.core.review import Freshness
from arctui.core.worklist import Row

DAY, NEXT = date(2026, 11, 23), date(2026, 11, 24)
CALENDAR = BusinessCalendar()
LONG_AGO = date(2026, 1, 1)


def cash(*amounts: tuple[str, str]) -> list[Event]:
    """Cash of the day: an amount and its currency."""
    return [Event(What.CASH, DAY, "ann", Decimal(amount), currency) for amount, currency in amounts]


def worst(name: str, amount: str = "1200.00", currency: str = "USD", number: str = "C-1") -> Worst:
    return Worst(
        account=name,
        name=name,
        number=number,
        collectable=Decimal(amount),
        currency=currency,
        days_past_due=46,
        why="promised 1,200.00 for Fri 20 Nov by bank transfer, nothing came",
    )


def row(name: str, amount: str = "1200.00", currency: str = "USD") -> Row:
    return Row(
        account=name,
        name=name,
        number="C-1",
        bucket=Bucket.BROKEN,
        why="promised 1,200.00 for Fri 20 Nov by bank transfer, nothing came",
        amount=Decimal(amount),
        currency=currency,
        collectable=Decimal(amount),
        past_due=Decimal(amount),
        days_past_due=46,
        next=NEXT,
        urgent=False,
    )


def report(
    events: Sequence[Event] = (),
    *,
    worst: Sequence[Worst] = (),
    rows: Sequence[Row] = (),
    clerk: str = "",
    firm: str = "Northside Supply",
    asked: Mapping[str, Decimal] | None = None,
    known_from: date = LONG_AGO,
    notes: Sequence[str] = (),
) -> DayReport:
    """A report of Monday 23 November 2026."""
    tally, span = Tally(events), span_of(DAY, CALENDAR)
    horizon = Horizon(known_from, known_from, DAY)
    return DayReport(
        day=DAY,
        clerk=clerk,
        firm=firm,
        home="USD",
        at=datetime(2026, 11, 23, 17, 30, tzinfo=UTC),
        span=span,
        compared={what: compare(tally, what, span, horizon, clerk or None) for what in What},
        clerks=() if clerk else by_clerk(tally, DAY),
        between=Counted(),
        worst=tuple(worst),
        asked=asked or {},
        owing=len(worst),
        tomorrow=Tomorrow(NEXT, {Bucket.BROKEN: len(rows)} if rows else {}, tuple(rows)),
        left=Left(walked=0, missed=(), due=()),
        freshness=Freshness(DAY, None, older=False),
        notes=tuple(notes),
    )


def busy(clerks: int = 6, calls: int = 5000) -> DayReport:
    """A day on which everything is there: many calls, clerks, currencies and large amounts."""
    names = [f"clerk number {n}" for n in range(clerks)]
    events = [Event(What.CALLS, DAY, names[n % clerks]) for n in range(calls)]
    money = (What.TAKEN, What.KEPT, What.PARTIAL, What.BROKEN, What.CASH)
    events += [
        Event(what, day, names[n % clerks], Decimal("987654321098.76"), currency)
        for day in (DAY, report().span.last)
        for n, currency in enumerate(("USD", "EUR", "JPY", "CHF"))
        for what in money
    ]
    name = "A customer whose name is so long that nobody ever writes all of it GmbH & Co. KG"
    return report(
        events,
        worst=[worst(f"{name} {n}", "987654321098.76", "EUR") for n in range(10)],
        rows=[row(f"{name} {n}", "987654321098.76", "EUR") for n in range(10)],
        notes=["work is in the book from Mon 2 Nov on"],
    )
