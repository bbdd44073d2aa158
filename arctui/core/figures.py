"""Key figures of receivables. Each formula is named; what the facts cannot support is None, never 0.

All figures are of one currency. A period is the given number of days that ends on the working day, both included.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from arctui.core.facts import Dossier, Reports
from arctui.core.ledger import AGING_BUCKETS, Balance
from arctui.core.money import ZERO, total
from arctui.core.promises import Judged, Verdict
from arctui.core.records import Invoice, Payment
from arctui.core.standing import Standing

#: Days over which DSO, days late and promises are taken; the collection index is monthly by convention.
PERIOD_DAYS = 90
MONTH_DAYS = 30
_YEAR = 365


class PromiseFigures(msgspec.Struct, frozen=True):
    """Promises decided in the period. Rates are shares from 0 to 1, None if none was decided."""

    kept: int
    partial: int
    broken: int
    kept_rate: Decimal | None
    kept_rate_amount: Decimal | None


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one currency. Days for dso, best_possible_dso, add and average_days_late; per cent for cei.

    `aging` has the buckets by days past due, `credits` (negative) and their net `total`.
    """

    as_of: date
    currency: str
    aging: dict[str, Decimal]
    dso: Decimal | None
    best_possible_dso: Decimal | None
    add: Decimal | None
    cei: Decimal | None
    average_days_late: Decimal | None
    promises: PromiseFigures


class _Ledger:
    """All invoices and payments of one currency."""

    def __init__(self, dossiers: Iterable[Dossier], currency: str, today: date) -> None:
        self.invoices: list[tuple[Invoice, list[tuple[date, Decimal]]]] = []
        self.paid: list[tuple[Payment, Invoice, Decimal]] = []
        self.first_payment: date | None = None
        for dossier in dossiers:
            self._add(dossier, currency, today)

    def _add(self, dossier: Dossier, currency: str, today: date) -> None:
        received: dict[str, list[tuple[Payment, Decimal]]] = {}
        for payment in dossier.payments:
            if payment.currency != currency or payment.reversed_on or payment.inferred or payment.day > today:
                continue
            self.first_payment = min(self.first_payment or payment.day, payment.day)
            for part in payment.applied:
                if part.number:
                    received.setdefault(part.number, []).append((payment, part.amount))
        for invoice in dossier.invoices:
            if invoice.currency == currency and invoice.amount > 0:
                parts = received.get(invoice.number, [])
                self.invoices.append((invoice, [(p.day, amount) for p, amount in parts]))
                self.paid += [(p, invoice, amount) for p, amount in parts]

    def known_since(self, reports: Reports) -> date | None:
        """Return the day from which every sale is known: the first report, or a list with the payments on it."""
        settling = [i.as_of for i in reports.by_number.values() if i.settles]
        days = [min(settling)] if settling else []
        listed = [i.issued for i, _ in self.invoices if i.as_listed and i.issued]
        if listed and self.first_payment:
            days.append(max(min(listed), self.first_payment))
        return min(days, default=None)

    def sales(self, first: date, last: date) -> Decimal:
        """Add up what was invoiced from a day to a day."""
        return total(i.amount for i, _ in self.invoices if i.issued and first <= i.issued <= last)

    def open_at(self, day: date) -> Decimal | None:
        """Return the gross receivables at the end of a day, None unless all invoices come from lists of amounts."""
        if not self.invoices or not all(i.as_listed and i.issued for i, _ in self.invoices):
            return None
        return total(
            max(ZERO, i.amount - total(amount for d, amount in parts if d <= day))
            for i, parts in self.invoices
            if i.issued and i.issued <= day
        )


def _dso(receivables: Decimal, sales: Decimal) -> Decimal | None:
    """Return receivables / credit sales of the period x its days."""
    return receivables / sales * PERIOD_DAYS if sales > 0 else None


def _cei(begin: Decimal | None, sales: Decimal, end: Decimal, end_current: Decimal) -> Decimal | None:
    """Return the collection effectiveness index of a month, in per cent.

    (begin + sales - end total) / (begin + sales - end current) x 100
    """
    if begin is None or begin + sales - end_current <= 0:
        return None
    return (begin + sales - end) / (begin + sales - end_current) * 100


def _average_days_late(paid: Iterable[tuple[Payment, Invoice, Decimal]], first: date) -> Decimal | None:
    """Return sum((paid - due) x amount) / sum(amount) of what was paid in the period: signed, weighted by amount.

    Payments whose day is not known stay out.
    """
    parts = [((p.day - i.due).days, amount) for p, i, amount in paid if i.due and p.day >= first and amount > 0]
    weight = total(amount for _, amount in parts)
    return total(days * amount for days, amount in parts) / weight if weight else None


def average_days_late(dossier: Dossier, currency: str, today: date) -> Decimal | None:
    """Return by how many days one account paid late on average in the last year, by amount; None if not known."""
    return _average_days_late(_Ledger([dossier], currency, today).paid, today - timedelta(days=_YEAR))


def _promises(judged: Iterable[Judged], first: date, today: date) -> PromiseFigures:
    """Count the promises decided in the period; open ones must not dilute the rate."""
    decided: list[Judged] = []
    for verdict in judged:
        kept = verdict.kept_on or min(verdict.promise.last_day, today)
        day = kept if verdict.verdict is Verdict.KEPT else verdict.promise.breaks_on
        if (verdict.missed or verdict.verdict is Verdict.KEPT) and first <= day <= today:
            decided.append(verdict)
    order = (Verdict.KEPT, Verdict.PARTIAL, Verdict.BROKEN)
    good, partial, broken = (sum(d.verdict is v for d in decided) for v in order)
    promised = total(d.promise.amount for d in decided)
    received = total(min(d.received, d.promise.amount) for d in decided)
    rate = Decimal(good) / len(decided) if decided else None
    return PromiseFigures(good, partial, broken, rate, received / promised if promised else None)


def figures(accounts: Sequence[tuple[Dossier, Standing]], reports: Reports, today: date, currency: str) -> Figures:
    """Work out the figures of one currency on a day."""
    first = today - timedelta(days=PERIOD_DAYS - 1)
    ledger = _Ledger((d for d, _ in accounts), currency, today)
    sums = [b for _, s in accounts for b in (s.balance, *s.others) if b.currency == currency]
    aging = _aging(sums)
    gross = total(aging[name] for name in AGING_BUCKETS)
    since = ledger.known_since(reports)
    sales = ledger.sales(first, today) if since and since <= first else ZERO
    dso, best = _dso(gross, sales), _dso(aging["current"], sales)
    month = today - timedelta(days=MONTH_DAYS)
    begin = ledger.open_at(month)
    sold = ledger.sales(month + timedelta(days=1), today)
    return Figures(
        as_of=today,
        currency=currency,
        aging=aging,
        dso=dso,
        best_possible_dso=best,
        add=dso - best if dso is not None and best is not None else None,
        cei=_cei(begin, sold, gross, aging["current"]),
        average_days_late=_average_days_late(ledger.paid, first),
        promises=_promises(
            (j for _, s in accounts for j in s.judged if j.promise.currency == currency), first, today
        ),
    )


def _aging(sums: Iterable[Balance]) -> dict[str, Decimal]:
    aging = dict.fromkeys((*AGING_BUCKETS, "credits"), ZERO)
    for balance in sums:
        for name, amount in balance.aging.items():
            aging[name] += amount
        aging["credits"] -= balance.credits
    aging["total"] = total(aging.values())
    return aging


def currencies(accounts: Iterable[tuple[Dossier, Standing]]) -> list[str]:
    """Name every currency in which something is open or was promised, sorted."""
    found: set[str] = set()
    for _, standing in accounts:
        balances = (standing.balance, *standing.others)
        found |= {b.currency for b in balances if any(b.aging.values()) or b.credits}
        found |= {j.promise.currency for j in standing.judged}
    return sorted(found)
