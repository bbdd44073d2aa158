"""The key figures of receivables in one currency, of any period. What the facts do not tell is said, never 0.

An account's part is worked out alone (`account_sums`), so that whoever keeps these sums looks again only at the
accounts that changed; `Receivables` adds them up.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from arctui.core.facts import Dossier, Reports
from arctui.core.figures import formulas
from arctui.core.figures.lateness import Lateness, lateness
from arctui.core.figures.promised import PromiseFigures, promise_figures
from arctui.core.figures.turnover import Closed, Paid, Turnover, turnovers
from arctui.core.known import Known
from arctui.core.ledger import AGING_BUCKETS
from arctui.core.money import ZERO, total
from arctui.core.past import Stocks, known_since, stocks_on
from arctui.core.period import Period, last_days, month_of
from arctui.core.promises import Judged
from arctui.core.standing import Standing
from arctui.core.words import short_day

#: Days over which DSO, days late and promises are taken; the collection index is monthly by convention.
PERIOD_DAYS = 90
MONTH_DAYS = 30
#: So many whole months have their collection index beside the one that runs.
MONTHS = 12
_DAY = timedelta(days=1)

Accounts = Sequence[tuple[Dossier, Standing]]


class MonthIndex(msgspec.Struct, frozen=True):
    """The collection effectiveness index of a calendar month, in per cent; of the month that runs up to a day."""

    period: Period
    cei: Known


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one currency in a period that ends on `as_of`.

    `aging` has the buckets by days past due at the end, `credits` (negative) and their net `total`. `sales`: what was
    invoiced. `dso_known`, `countback_dso`, `best_known` and `add_known` in days. `cei_known` in per cent over
    `cei_period`, one month: the period's own where it is one, else the 30 days up to its end. `months` end with the
    month that runs. The plain properties are None where a figure is not known.
    """

    as_of: date
    currency: str
    period: Period
    aging: dict[str, Decimal]
    sales: Known
    dso_known: Known
    countback_dso: Known
    best_known: Known
    add_known: Known
    cei_known: Known
    cei_period: Period
    months: tuple[MonthIndex, ...]
    lateness: Lateness
    promises: PromiseFigures

    @property
    def dso(self) -> Decimal | None:
        """Days sales outstanding, over the days of the period."""
        return self.dso_known.value

    @property
    def best_possible_dso(self) -> Decimal | None:
        """What DSO would be if nothing were past due."""
        return self.best_known.value

    @property
    def add(self) -> Decimal | None:
        """Average days delinquent: DSO less best possible DSO."""
        return self.add_known.value

    @property
    def cei(self) -> Decimal | None:
        """The collection effectiveness index over `cei_period`, in per cent."""
        return self.cei_known.value

    @property
    def average_days_late(self) -> Decimal | None:
        """How late payments of the period were, by amount, early ones below 0."""
        return self.lateness.by_payment.value


class AccountSums(msgspec.Struct, frozen=True):
    """One account's part: what it bought and paid by currency, and what it owed on each of some days.

    `collectable`: the same as `stocks` without the invoices that were made void since: they could not be collected.
    """

    turnovers: dict[str, Turnover]
    stocks: list[Stocks]
    collectable: list[Stocks]


def account_sums(
    dossier: Dossier, standing: Standing, reports: Reports, today: date, days: Sequence[date]
) -> AccountSums:
    """Work out an account's part for some days in their order, none of them after today."""
    opens = {item.invoice.id: item.open for item in standing.items}
    stocks = stocks_on(dossier, opens, reports, today, days)
    real = tuple(i for i in dossier.invoices if not i.void)
    collectable = stocks
    if len(real) < len(dossier.invoices):
        collectable = stocks_on(msgspec.structs.replace(dossier, invoices=real), opens, reports, today, days)
    return AccountSums(turnovers(dossier, opens, today), stocks, collectable)


class Receivables:
    """The sums of many accounts in one currency, and the figures that follow from them.

    `days`: those for which the sums say what was owed; `since`: from when on all that was owed and sold is known,
    None if from no day. More sums can be put to them.
    """

    def __init__(
        self, sums: Iterable[AccountSums], days: Sequence[date], currency: str, since: date | None, today: date
    ) -> None:
        self._currency = currency
        self._since = since
        self._today = today
        self._sales: dict[date, Decimal] = {}
        self._paid: list[Paid] = []
        self._closed: list[Closed] = []
        self._closed_unknown: list[date] = []
        self._stocks = {day: _no_stock() for day in days}
        self._void = {day: _no_stock() for day in days}
        for each in sums:
            self.put(each)

    def put(self, sums: AccountSums) -> None:
        """Add an account's part, worked out for the same days."""
        currency = self._currency
        _add(self._stocks, sums.stocks, currency)
        if sums.collectable is not sums.stocks:
            _add(self._void, sums.stocks, currency)
            _add(self._void, sums.collectable, currency, -1)
        turnover = sums.turnovers.get(currency)
        if turnover:
            self._paid += turnover.paid
            self._closed += turnover.closed
            self._closed_unknown += turnover.closed_unknown
            for day, amount in turnover.sales.items():
                self._sales[day] = self._sales.get(day, ZERO) + amount

    def aging(self, day: date) -> dict[str, Decimal]:
        """Return what was owed at the end of a day by aging bucket, the credits (negative), and the net total."""
        aging = self._stocks[day].copy()
        aging["total"] = total(aging.values())
        return aging

    def gross(self, day: date) -> Decimal:
        """Return all that was open at the end of a day, credits not taken off."""
        return total(self._stocks[day][name] for name in AGING_BUCKETS)

    def sold(self, period: Period) -> Decimal:
        """Add up what is known to have been invoiced in a period."""
        return total(amount for day, amount in self._sales.items() if day in period)

    def sales(self, period: Period) -> Known:
        """Return what was invoiced in a period."""
        unknown = self._unknown(period.first)
        return Known(None, unknown) if unknown else Known(self.sold(period))

    def dso(self, period: Period) -> Known:
        """Return the days sales outstanding of a period (`formulas.dso`)."""
        return self._of_sales(period, formulas.dso, self.gross(period.last))

    def best_possible_dso(self, period: Period) -> Known:
        """Return the best possible DSO of a period (`formulas.best_possible_dso`)."""
        return self._of_sales(period, formulas.best_possible_dso, self._stocks[period.last]["current"])

    def add(self, period: Period) -> Known:
        """Return the average days delinquent of a period (`formulas.add`)."""
        whole = self.dso(period)
        return Known(formulas.add(whole.value, self.best_possible_dso(period).value), whole.missing)

    def _of_sales(
        self, period: Period, formula: Callable[[Decimal, Decimal, int], Decimal | None], owed: Decimal
    ) -> Known:
        sales = self.sales(period)
        if sales.value is None:
            return sales
        found = formula(owed, sales.value, period.days)
        return Known(found, "nothing was sold in this time" if found is None else "")

    def countback_dso(self, day: date) -> Known:
        """Return DSO by count-back from a day (`formulas.countback_dso`)."""
        unknown = self._unknown(day)
        if unknown or self._since is None:
            return Known(None, unknown)
        found = formulas.countback_dso(self.gross(day), day, self.sold, self._since)
        return Known(found, "" if found is not None else self._unknown(date.min))

    def cei(self, period: Period) -> Known:
        """Return the collection effectiveness index of a month, or of its days up to one (`formulas.cei`)."""
        before = period.first - _DAY
        unknown = self._unknown(before)
        if unknown:
            return Known(None, unknown)
        begin, end = self._collectable(before), self._collectable(period.last)
        found = formulas.cei(total(begin), self.sold(period), total(end), end[0])
        return Known(found, "nothing was to be collected in this time" if found is None else "")

    def _collectable(self, day: date) -> list[Decimal]:
        """Return what was open on a day by bucket, without what was made void since."""
        return [self._stocks[day][name] - self._void[day][name] for name in AGING_BUCKETS]

    def lateness(self, period: Period) -> Lateness:
        """Return how late what was paid in a period was paid."""
        return lateness(self._paid, self._closed, self._closed_unknown, period)

    def _unknown(self, day: date) -> str:
        """Say why what was owed and sold on a day is not known, "" if it is."""
        return why_unknown(self._since, day, self._today)


def why_unknown(since: date | None, day: date, today: date) -> str:
    """Say why what was owed and sold on a day is not known where all is known since a day, "" if it is."""
    if since is None:
        return "no report of open items, nor a list of all invoices and payments"
    return f"nothing is known of before {short_day(since, today)}" if day < since else ""


def _no_stock() -> dict[str, Decimal]:
    return dict.fromkeys((*AGING_BUCKETS, "credits"), ZERO)


def _add(sums: dict[date, dict[str, Decimal]], stocks: Iterable[Stocks], currency: str, sign: int = 1) -> None:
    for aging, stock in zip(sums.values(), stocks, strict=True):
        owed = stock.get(currency)
        if owed:
            for name, amount in owed.items():
                if amount:
                    aging[name] += amount * sign


def cei_period(period: Period) -> Period:
    """Return the month over which a period has its collection index: itself, if it is one, else its last 30 days."""
    return period if period == month_of(period.first) else last_days(period.last, MONTH_DAYS)


def months_to(day: date) -> list[Period]:
    """Return the twelve calendar months before that of a day, and that month up to the day, in order."""
    months = [Period(month_of(day).first, day)]
    for _ in range(MONTHS):
        months.insert(0, month_of(months[0].first - _DAY))
    return months


def days_of(period: Period) -> list[date]:
    """Return the days of which it has to be known what was owed for the figures of a period, in order."""
    spans = [*months_to(period.last), cei_period(period)]
    return sorted({period.last, *(day for span in spans for day in (span.first - _DAY, span.last))})


def figures_by_currency(
    accounts: Accounts, reports: Reports, today: date, home: str, period: Period | None = None
) -> dict[str, Figures]:
    """Work out the figures of every currency, the home currency first even if nothing is open in it.

    `period` ends at the latest today; without one it is the last PERIOD_DAYS days.
    """
    names = [name for name in dict.fromkeys([home, *currencies(accounts)]) if name]
    return _figures(accounts, reports, today, names, period)


def figures(
    accounts: Accounts, reports: Reports, today: date, currency: str, period: Period | None = None
) -> Figures:
    """Work out the figures of one currency in a period that ends at the latest today: the last PERIOD_DAYS days."""
    return _figures(accounts, reports, today, [currency], period)[currency]


def _figures(
    accounts: Accounts, reports: Reports, today: date, names: Iterable[str], period: Period | None
) -> dict[str, Figures]:
    period = period or last_days(today, PERIOD_DAYS)
    if period.last > today:
        period = Period(min(period.first, today), today)
    days, dossiers = days_of(period), [dossier for dossier, _ in accounts]
    wholes = {c: Receivables((), days, c, known_since(dossiers, reports, c), today) for c in names}
    judged: dict[str, list[Judged]] = {c: [] for c in wholes}
    for dossier, standing in accounts:
        sums = account_sums(dossier, standing, reports, today, days)
        for whole in wholes.values():
            whole.put(sums)
        for one in standing.judged:
            judged.get(one.promise.currency, []).append(one)
    return {
        c: receivables_figures(whole, c, period, promise_figures(judged[c], period)) for c, whole in wholes.items()
    }


def receivables_figures(whole: Receivables, currency: str, period: Period, promises: PromiseFigures) -> Figures:
    """Return the figures of a period from sums that have what was owed on `days_of` it."""
    month = cei_period(period)
    return Figures(
        as_of=period.last,
        currency=currency,
        period=period,
        aging=whole.aging(period.last),
        sales=whole.sales(period),
        dso_known=whole.dso(period),
        countback_dso=whole.countback_dso(period.last),
        best_known=whole.best_possible_dso(period),
        add_known=whole.add(period),
        cei_known=whole.cei(month),
        cei_period=month,
        months=tuple(MonthIndex(each, whole.cei(each)) for each in months_to(period.last)),
        lateness=whole.lateness(period),
        promises=promises,
    )


def currencies(accounts: Iterable[tuple[Dossier, Standing]]) -> list[str]:
    """Name every currency in which something is open, was promised or was paid, sorted."""
    found: set[str] = set()
    for dossier, standing in accounts:
        balances = (standing.balance, *standing.others)
        found |= {b.currency for b in balances if any(b.aging.values()) or b.credits}
        found |= {j.promise.currency for j in standing.judged}
        found |= {p.currency for p in dossier.payments}
    return sorted(found)
