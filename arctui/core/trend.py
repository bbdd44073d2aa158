"""The figures over time: what was owed at the end of each of some days or months, and what came in them. Pure.

What was owed is what the closing of the day says, or where none was made what is open now rolled back to it
(`core.past`), or else unknown, with what is missing. Flows (cash, sales, promises decided) follow from the facts on
any day. The sums of an account can be taken out and put in again, exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

import msgspec

from arctui.core.business import BusinessCalendar
from arctui.core.day_flows import is_cash
from arctui.core.decisions import Closing, Stock
from arctui.core.facts import Dossier, Reports
from arctui.core.figures import PERIOD_DAYS, formulas
from arctui.core.figures.receivables import why_unknown
from arctui.core.known import Known
from arctui.core.ledger import AGING_BUCKETS
from arctui.core.mending import PARTS, Sums
from arctui.core.money import ZERO, total
from arctui.core.past import Stocks, stocks_on
from arctui.core.period import Period, last_days, month_of
from arctui.core.promised import decided_on, rate
from arctui.core.promises import Judged, Verdict

_DAY = timedelta(days=1)
_NONE_DECIDED = "no promise was decided in this time"
#: A currency, a day, and an amount.
_Dated = tuple[str, date, Decimal]
_ONE = Decimal(1)


class By(StrEnum):
    """What one point stands for."""

    DAY = "day"
    MONTH = "month"


class Source(StrEnum):
    """Where a point has from what was owed."""

    CLOSING = "closing"
    ROLLED_BACK = "rolled back"
    UNKNOWN = "unknown"


class TrendPoint(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one currency at the end of `period`, and what came in it.

    `as_of`: the day of what was owed, None where that is unknown; it is earlier than the end where only a closing
    inside the month tells it. `aging`: by bucket, and "credits" (0 or less); empty where unknown. `total` is net of
    credits. `told`: the total that was told on the day itself, where what came to be known on `mended_on` changed it.

    DSO is over the 90 days up to `as_of` (`figures.formulas`). Kept rates, from 0 to 1, are of the promises decided
    in the month, of a day in the 90 days up to it. `cash`: payments by the day that they are dated, `cash_inferred`
    of it concluded from two reports and on the day of the second. `cei`: in per cent, of the month;
    of a single day it is unknown.
    """

    period: Period
    as_of: date | None
    source: Source
    aging: dict[str, Decimal]
    total: Known
    past_due: Known
    dso: Known
    best_possible_dso: Known
    kept_rate: Known
    kept_rate_amount: Known
    cash: Known
    cash_inferred: Decimal = ZERO
    cei: Known
    told: Decimal | None = None
    mended_on: date | None = None


def periods(last: date, count: int, by: By, calendar: BusinessCalendar) -> tuple[Period, ...]:
    """Return so many months, or business days with the days off before them, the last of which ends on a day."""
    found: list[Period] = []
    end = last
    for _ in range(count):
        first = month_of(end).first if by is By.MONTH else calendar.previous(end) + _DAY
        found.insert(0, Period(first, end))
        end = first - _DAY
    return tuple(found)


class Asked(msgspec.Struct, frozen=True):
    """What a trend is asked for."""

    periods: tuple[Period, ...]
    by: By

    def kept_period(self, period: Period) -> Period:
        """Return the time whose promises a point is about."""
        return period if self.by is By.MONTH else last_days(period.last, PERIOD_DAYS)

    @property
    def days(self) -> tuple[date, ...]:
        """The days of which it has to be known what was owed, in order."""
        before = (p.first - _DAY for p in self.periods if self.by is By.MONTH)
        return tuple(sorted({*before, *(p.last for p in self.periods)}))


class AccountTrend(msgspec.Struct, frozen=True):
    """One account's part: what it owed on the days asked for, and by currency and day what it bought, paid and kept.

    `void`: what it owed of invoices that were made void since; they could not be collected. `inferred`: what of
    `paid` is concluded from two reports. `decided`: the promises, with their day and currency.
    """

    stocks: list[Stocks]
    void: list[Stocks]
    sold: list[_Dated]
    paid: list[_Dated]
    inferred: list[_Dated]
    decided: list[tuple[str, date, Judged]]


def account_trend(
    dossier: Dossier,
    opens: Mapping[str, Decimal],
    judged: Iterable[Judged],
    reports: Reports,
    today: date,
    days: Sequence[date],
) -> AccountTrend:
    """Work out an account's part for some days in their order, none of them after today; `opens` are of today."""
    void = tuple(i for i in dossier.invoices if i.void)
    of_void = msgspec.structs.replace(dossier, invoices=void, payments=()) if void else None
    here = (p for p in dossier.payments if p.day <= today and not (p.reversed_on and p.reversed_on <= today))
    came = [p for p in here if is_cash(p)]
    verdicts = [(j.promise.currency, decided_on(j), j) for j in judged]
    return AccountTrend(
        stocks=stocks_on(dossier, opens, reports, today, days),
        void=stocks_on(of_void, opens, reports, today, days) if of_void else [],
        sold=[(i.currency, i.issued, i.amount) for i in dossier.invoices if i.issued and i.amount > 0 and not i.void],
        paid=[(p.currency, p.day, p.amount) for p in came],
        inferred=[(p.currency, p.day, p.amount) for p in came if p.inferred],
        decided=[(currency, day, one) for currency, day, one in verdicts if day],
    )


class _Flow:
    """Amounts by currency and day; what names no currency is in `home`."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._of_day: dict[tuple[str, date], Decimal] = {}

    def put(self, found: Iterable[_Dated], sign: int) -> None:
        """Add what came, or with -1 take it out."""
        sums, home = self._of_day, self._home
        for currency, day, amount in found:
            key = (currency or home, day)
            sums[key] = sums.get(key, ZERO) + (amount if sign > 0 else -amount)

    def within(self, period: Period, currency: str) -> Decimal:
        """Return what came in a period."""
        return total(self._of_day.get((currency, day), ZERO) for day in period.each())

    def more_than(self, other: "_Flow", currency: str) -> date | None:
        """Return the first day on which more came than in another flow."""
        found = ((key, amount) for key, amount in self._of_day.items() if key[0] == currency)
        return min((day for (c, day), a in found if a > other._of_day.get((c, day), ZERO)), default=None)


class Trend:
    """The parts of many accounts added up, and the points that follow; what names no currency is in `home`."""

    def __init__(self, asked: Asked, home: str) -> None:
        self.asked = asked
        self._home = home
        self._stocks, self._void = Sums(asked.days), Sums(asked.days)
        self._sold, self._paid, self._inferred = _Flow(home), _Flow(home), _Flow(home)
        self._decided, self._kept, self._promised, self._received = (_Flow(home) for _ in range(4))

    def put(self, part: AccountTrend, sign: int = 1) -> None:
        """Add an account, or with -1 take it out as it was added."""
        self._stocks.add(part.stocks, sign)
        if part.void:
            self._void.add(part.void, sign)
        self._sold.put(part.sold, sign)
        self._paid.put(part.paid, sign)
        self._inferred.put(part.inferred, sign)
        for currency, day, one in part.decided:
            amount = one.to_pay
            self._decided.put([(currency, day, _ONE)], sign)
            self._kept.put([(currency, day, Decimal(one.verdict is Verdict.KEPT))], sign)
            self._promised.put([(currency, day, amount)], sign)
            self._received.put([(currency, day, min(one.received, amount))], sign)

    def points(
        self, currency: str, closings: Iterable[Closing], reports: Reports, since: date | None, today: date
    ) -> tuple[TrendPoint, ...]:
        """Return the points of a currency. `since`: the day from which on all is known (`past.known_since`)."""
        names = {currency, ""} if currency == self._home else {currency}
        # Several clerks may close a day: the first of them told what was owed.
        telling = (c for c in closings if _tells(c, currency, reports, since))
        kept = {c.day: c for c in sorted(telling, key=lambda c: c.at, reverse=True)}
        paid = self._paid.more_than(self._inferred, currency)
        of = _Of(self, currency, names, kept, since, min(filter(None, (since, paid)), default=None), today)
        return tuple(of.point(period) for period in self.asked.periods)

    def owed(self, names: Iterable[str], day: date) -> dict[str, Decimal]:
        """Return what was owed at the end of a day, rolled back."""
        return self._stocks.of(names, day)

    def collectable(self, names: Iterable[str], day: date) -> dict[str, Decimal]:
        """Return the same without what was made void since."""
        owed, void = self._stocks.of(names, day), self._void.of(names, day)
        return {part: amount - void[part] for part, amount in owed.items()}

    def sold(self, period: Period, currency: str) -> Decimal:
        """Return what was invoiced in a period."""
        return self._sold.within(period, currency)

    def paid(self, period: Period, currency: str) -> tuple[Decimal, Decimal]:
        """Return what was paid in a period, and what of it is inferred."""
        return self._paid.within(period, currency), self._inferred.within(period, currency)

    def kept(self, period: Period, currency: str) -> tuple[Known, Known]:
        """Return how many of the promises decided in a period were kept, and how much of what was promised came."""
        decided, kept, promised, received = (
            flow.within(period, currency) for flow in (self._decided, self._kept, self._promised, self._received)
        )
        return rate(kept, decided, _NONE_DECIDED), rate(received, promised, _NONE_DECIDED)


class _Of(msgspec.Struct, frozen=True):
    """The points of one currency. `paid_since`: the day from which on payments are known."""

    trend: Trend
    currency: str
    names: set[str]
    closings: dict[date, Closing]
    since: date | None
    paid_since: date | None
    today: date

    def point(self, period: Period) -> TrendPoint:
        """Make the point of a period."""
        trend, closing = self.trend, self.closings.get(period.last)
        unknown = why_unknown(self.since, period.last, self.today)
        if closing is None and unknown:
            closing = max((c for day, c in self.closings.items() if day in period), key=lambda c: c.day, default=None)
        source, as_of, aging = Source.UNKNOWN, None, dict[str, Decimal]()
        if closing:
            source, as_of, aging = Source.CLOSING, closing.day, self._of_closing(closing.stocks)
        elif not unknown:
            source, as_of, aging = Source.ROLLED_BACK, period.last, trend.owed(self.names, period.last)
        gross = total(aging.get(name, ZERO) for name in AGING_BUCKETS)
        current = aging.get("current", ZERO)
        kept_rate, kept_rate_amount = trend.kept(trend.asked.kept_period(period), self.currency)
        told = closing.told if closing and closing.mended_on else None
        return TrendPoint(
            period=period,
            as_of=as_of,
            source=source,
            aging=aging,
            total=Known(total(aging.values())) if as_of else Known(None, unknown),
            past_due=Known(gross - current) if as_of else Known(None, unknown),
            dso=self._dso(as_of, gross, unknown),
            best_possible_dso=self._dso(as_of, current, unknown),
            kept_rate=kept_rate,
            kept_rate_amount=kept_rate_amount,
            cash=self._cash(period),
            cash_inferred=trend.paid(period, self.currency)[1],
            cei=self._cei(period),
            told=None if told is None else total(self._of_closing(told).values()),
            mended_on=closing.mended_on if closing else None,
        )

    def _of_closing(self, stocks: Iterable[Stock]) -> dict[str, Decimal]:
        mine = [s.aging for s in stocks if s.currency in self.names]
        return {part: total(aging.get(part, ZERO) for aging in mine) for part in PARTS}

    def _dso(self, as_of: date | None, owed: Decimal, unknown: str) -> Known:
        if as_of is None:
            return Known(None, unknown)
        period = last_days(as_of, PERIOD_DAYS)
        if unsold := why_unknown(self.since, period.first, self.today):
            return Known(None, unsold)
        found = formulas.dso(owed, self.trend.sold(period, self.currency), period.days)
        return Known(found, "nothing was sold in this time" if found is None else "")

    def _cash(self, period: Period) -> Known:
        unknown = why_unknown(self.paid_since, period.first, self.today)
        return Known(None, unknown) if unknown else Known(self.trend.paid(period, self.currency)[0])

    def _cei(self, period: Period) -> Known:
        if self.trend.asked.by is By.DAY:
            return Known(None, "it is of a month")
        before = period.first - _DAY
        if unknown := why_unknown(self.since, before, self.today):
            return Known(None, unknown)
        begin, end = (self.trend.collectable(self.names, day) for day in (before, period.last))
        gross = (total(aging[name] for name in AGING_BUCKETS) for aging in (begin, end))
        found = formulas.cei(next(gross), self.trend.sold(period, self.currency), next(gross), end["current"])
        return Known(found, "nothing was to be collected in this time" if found is None else "")


def _tells(closing: Closing, currency: str, reports: Reports, since: date | None) -> bool:
    """Does a closing tell what was owed in a currency? Not one of old, nor one made before any report did."""
    if closing.imports <= 0:
        return False
    reported = any(i.number <= closing.imports and i.covers(currency) for i in reports.settling)
    return reported or (since is not None and since <= closing.day)
