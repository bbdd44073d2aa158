"""The day's report: what was done, against the last business day and the usual; what is worst; what comes tomorrow.

Pure. Of one clerk, or (clerk "") of the firm. Amounts of two currencies are never added.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

import msgspec

from arctui.core.business import BusinessCalendar
from arctui.core.day_flows import MONEY, Counted, Tally, What
from arctui.core.known import Known
from arctui.core.money import ZERO, cents
from arctui.core.reasons import Bucket
from arctui.core.review import Freshness, Review, Reviewed, walk
from arctui.core.standing import Standing
from arctui.core.worklist import Row

#: Business days before the day over which the usual is an average.
USUAL_DAYS = 20
#: Rows of the worst accounts, and of tomorrow's list.
ROWS = 10


class Span(msgspec.Struct, frozen=True):
    """The day of a report and the business days before it, the last one first.

    `between`: the days after the last business day on which no business was done.
    """

    day: date
    before: tuple[date, ...]
    between: tuple[date, ...]

    @property
    def last(self) -> date:
        """The last business day before."""
        return self.before[0]

    @property
    def days(self) -> frozenset[date]:
        """All of them."""
        return frozenset((self.day, *self.before, *self.between))


def span_of(day: date, calendar: BusinessCalendar) -> Span:
    """Return the days that a report of a day looks at."""
    before = tuple(calendar.add(day, -n) for n in range(1, USUAL_DAYS + 1))
    between = (date.fromordinal(n) for n in range(before[0].toordinal() + 1, day.toordinal()))
    return Span(day, before, tuple(between))


class Horizon(msgspec.Struct, frozen=True):
    """From which day on work is in the book, and of which days the money is known; None: of none."""

    work_from: date | None
    cash_from: date | None
    cash_to: date | None

    def knows(self, what: What, day: date) -> bool:
        """Is it known how much of it there was on a day?"""
        if what in MONEY:
            return bool(self.cash_from and self.cash_to and self.cash_from <= day <= self.cash_to)
        return self.work_from is not None and self.work_from <= day


class Usual(msgspec.Struct, frozen=True):
    """An average over so many business days: of how many there were, and of their amounts by currency."""

    days: int
    count: Decimal
    amounts: Mapping[str, Decimal]


class Compared(msgspec.Struct, frozen=True):
    """What there was on the day, on the last business day before it, and usually; None where that is not known."""

    now: Counted | None
    before: Counted | None
    usual: Usual | None

    @property
    def currencies(self) -> set[str]:
        """The currencies of which there is anything."""
        sides = (side.amounts for side in (self.now, self.before, self.usual) if side)
        return {currency for amounts in sides for currency, amount in amounts.items() if amount}


def compare(tally: Tally, what: What, span: Span, horizon: Horizon, clerk: str | None) -> Compared:
    """Compare what there was on a day with the days before, of one clerk or (None) of all.

    What was counted on a day is known, whatever the horizon: money that was written down by hand, say. The usual is
    of those days only of which it is known how much there was: with nothing on the others it would be too much.
    """

    def on(day: date) -> Counted | None:
        found = tally.of(day, what, clerk)
        # On the day itself nobody has worked where no work is in the book.
        first = day == span.day and what not in MONEY and horizon.work_from is None
        return found if found.count or first or horizon.knows(what, day) else None

    sides = [tally.of(day, what, clerk) for day in span.before if horizon.knows(what, day)]
    usual = None
    if sides:
        whole = sum(sides, Counted())
        amounts = {c: cents(amount / len(sides)) for c, amount in whole.amounts.items()}
        usual = Usual(len(sides), Decimal(whole.count) / len(sides), amounts)
    return Compared(on(span.day), on(span.last), usual)


class ClerkDay(msgspec.Struct, frozen=True):
    """The day of one clerk, or of what belongs to nobody (""), in the firm's report."""

    clerk: str
    counts: Mapping[What, Counted]


class Worst(msgspec.Struct, frozen=True, kw_only=True):
    """An account of which much may be asked for, and why it stands where it does, in one sentence."""

    account: str
    name: str
    number: str
    collectable: Decimal
    currency: str
    days_past_due: int
    why: str


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """What the review left: the promises that were missed, or whose day has come, and that nobody looked after."""

    walked: int
    missed: tuple[Reviewed, ...]
    due: tuple[Reviewed, ...]

    @property
    def count(self) -> int:
        """How many were left."""
        return len(self.missed) + len(self.due)


def left_of(result: Review) -> Left:
    """Return what a review left."""
    waiting = [r for r in walk(result) if not r.handled]
    return Left(
        walked=len(walk(result)),
        missed=tuple(r for r in waiting if r.judged.missed),
        due=tuple(r for r in waiting if not r.judged.missed),
    )


class Tomorrow(msgspec.Struct, frozen=True):
    """The list of the next business day: its length, by bucket, and its first rows."""

    day: date
    buckets: Mapping[Bucket, int]
    first: tuple[Row, ...]

    @property
    def count(self) -> int:
        """How many accounts are on it."""
        return sum(self.buckets.values())


class DayReport(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a day: of one clerk, or of the firm where `clerk` is "".

    `at`: when it was made. `compared` has all that is counted; `clerks` a line each in the firm's report, where there
    are several. `between`: what came on days without business since the last one. `worst`: the accounts of which
    most may be asked for; `asked`: what may be asked for of all, by currency, and `owing` of how many accounts.
    `unranked`: currencies without a rate, whose accounts stand in `worst` by the bare figure. `callbacks`
    were agreed on the day; `on_list`: how many accounts are still on its list. `closed_by`:
    who closed the review of the day. `notes`: sentences on what cannot be known, or is unusual.
    """

    day: date
    clerk: str
    firm: str
    home: str
    at: datetime
    span: Span
    compared: Mapping[What, Compared]
    clerks: tuple[ClerkDay, ...] = ()
    between: Counted = Counted()
    worst: tuple[Worst, ...] = ()
    asked: Mapping[str, Decimal] = {}
    owing: int = 0
    unranked: tuple[str, ...] = ()
    tomorrow: Tomorrow
    left: Left
    freshness: Freshness
    callbacks: int = 0
    on_list: int = 0
    closed_by: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def now(self, what: What) -> Counted:
        """What there was on the day; nothing where that is not known."""
        return self.compared[what].now or Counted()

    @property
    def usual_days(self) -> int:
        """Over how many business days the usual is an average."""
        return max((c.usual.days for w, c in self.compared.items() if c.usual and w not in MONEY), default=0)

    @property
    def usual_days_of_money(self) -> int:
        """Over how many business days the usual of money is an average: those whose payments are known."""
        return max((c.usual.days for w, c in self.compared.items() if c.usual and w in MONEY), default=0)

    @property
    def right_party_rate(self) -> Known:
        """Right-party contacts per call dialled; calls that came in are in neither."""
        calls, reached = self.now(What.CALLS).count, self.now(What.RIGHT_PARTY).count
        return Known(Decimal(reached) / calls) if calls else Known(None, "no call was made")


def by_clerk(tally: Tally, day: date) -> tuple[ClerkDay, ...]:
    """Return the day of each clerk by name, what is of nobody last; empty where there are not several clerks."""
    names = sorted(tally.clerks(day) - {""})
    if len(names) < 2:
        return ()
    rest = [""] if "" in tally.clerks(day) else []
    return tuple(ClerkDay(name, {what: tally.of(day, what, name) for what in What}) for name in (*names, *rest))


def worst_of(accounts: Iterable[tuple[str, str, Standing]], worth: Mapping[str, Decimal]) -> tuple[Worst, ...]:
    """Return the accounts of which most may be asked for, largest first; why is not said yet.

    `accounts`: name, number and standing of each; `worth`: what one of a currency is worth in the home currency, by
    which amounts are ranked (1 where that is not known).
    """
    owing = [(name, number, s) for name, number, s in accounts if s.balance.collectable > 0]

    def weight(found: tuple[str, str, Standing]) -> tuple[Decimal, int, str]:
        balance = found[2].balance
        return -balance.collectable * worth.get(balance.currency, Decimal(1)), -balance.days_past_due, found[0]

    return tuple(
        Worst(
            account=s.account,
            name=name,
            number=number,
            collectable=s.balance.collectable,
            currency=s.balance.currency,
            days_past_due=s.balance.days_past_due,
            why="",
        )
        for name, number, s in sorted(owing, key=weight)[:ROWS]
    )


def asked_of(standings: Iterable[Standing]) -> dict[str, Decimal]:
    """Return what may be asked for of all accounts, by currency."""
    asked: dict[str, Decimal] = {}
    for standing in standings:
        for balance in (standing.balance, *standing.others):
            if balance.collectable:
                asked[balance.currency] = asked.get(balance.currency, ZERO) + balance.collectable
    return asked
