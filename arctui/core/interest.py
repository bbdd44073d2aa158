"""Interest and fees on what is past due, to the day, with the arithmetic as sentences. Pure.

Simple interest, never interest on interest, by Actual/365 (Fixed): each day counts 1/365 of a year, in a leap year
too (ISDA 2006 Definitions, section 4.16(d)). Only what the policy of a day says was agreed is asked for.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

import msgspec

from arctui.core.facts import Dossier, Reports
from arctui.core.ledger import bare_items, disputed_parts, open_amounts
from arctui.core.money import CENT, ZERO, cents, grouped, total
from arctui.core.past import as_known_on, opens_on, opens_on_days, stocks_on
from arctui.core.policy import Policy, policy_on
from arctui.core.records import Invoice, PolicyChange
from arctui.core.text import clean, plural
from arctui.core.words import short_day

_YEAR = 365


class InvoiceInterest(msgspec.Struct, frozen=True):
    """What one invoice, by its id, has earned: interest rounded to the cent, and its fee."""

    invoice: str
    interest: Decimal
    fee: Decimal


class Agreement(msgspec.Struct, frozen=True):
    """In what it was agreed, as the policy had it on the days from `first` to `last` that count for it."""

    words: str
    first: date
    last: date


class Interest(msgspec.Struct, frozen=True):
    """Interest and fees of one account in one currency, how they were computed, and what each invoice has of them.

    `interest_agreed`: the agreements of the days that earned; `fees_agreed`: those of the days of the fees; by day.
    """

    interest: Decimal = ZERO
    fees: Decimal = ZERO
    lines: tuple[str, ...] = ()
    invoices: tuple[InvoiceInterest, ...] = ()
    interest_agreed: tuple[Agreement, ...] = ()
    fees_agreed: tuple[Agreement, ...] = ()


def agreed_words(agreements: Sequence[Agreement]) -> str:
    """Say in what interest or fees were agreed: "terms, 4.2"; of several also of which days each is."""
    if len(agreements) == 1:
        return agreements[0].words
    return "; ".join(f"{a.words} for {_period(a.first, a.last, None)}" for a in agreements)


class _Run(msgspec.Struct, frozen=True):
    """Days one after the other on which an invoice earned interest on the same amount at the same rate."""

    first: date
    last: date
    amount: Decimal
    percent: Decimal

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def yearly(self) -> Decimal:
        """The interest of its days before it is divided by the days of the year; exact."""
        return self.amount * self.percent / 100 * self.days


def policies(changes: Iterable[PolicyChange]) -> Callable[[date], Policy]:
    """Return what tells the policy of each day, for work that asks for many days."""
    known = list(changes)
    days = sorted({change.since for change in known})
    in_force = [Policy(), *(policy_on(day, known) for day in days)]
    return lambda day: in_force[bisect_right(days, day)]


def interest_on(
    dossier: Dossier,
    policy_of: Callable[[date], Policy],
    day: date,
    currency: str,
    *,
    reports: Reports,
    only: Collection[str] | None = None,
    apart: Mapping[str, Decimal] | None = None,
) -> Interest:
    """Compute interest and fees on an account's invoices in a currency that are past due at the end of a day.

    Interest is of each day from the one after the due date to `day`, both included, on what was open at its end,
    at the rate of that day and only where `interest_agreed` was written then (`policy_of`, as `policies` has it).
    What was paid no longer earns any from the day of the payment on; a payment of which two reports tell only that it
    came between them counts from the first day that it can have come, and one that was returned as long as it was in
    the books. Credits are taken off the oldest invoices that are past due. What is disputed at the end of `day` earns
    none; a dispute that is closed is none. Each invoice is rounded once, half a cent up.

    `only`: the ids of the invoices that it is asked of, None for all; `apart`: how much of each is agreed separately,
    which earns none either.

    A fee is taken from the policy of the day after the due date: once for each invoice of which more is open than is
    disputed or in hand, only in the home currency and where `late_fee_agreed` was written then.
    """
    known = max((day, *(report.as_of for report in reports.settling)))
    now = open_amounts(dossier, reports, known)
    dossier = _in_favour(dossier)
    then = opens_on(dossier, now, reports, known, day)
    late = sorted(
        (i for i in dossier.invoices if i.currency == currency and i.amount > 0 and i.due and i.due < day),
        key=lambda i: (i.due or day, i.number, i.id),
    )
    if not any(then[i.id] > 0 for i in late):
        return Interest()
    disputed = disputed_parts(bare_items(dossier, then, day), as_known_on(dossier, day, reports).disputes)
    apart = apart or {}
    left_out = {i.id: disputed.get(i.id, ZERO) + apart.get(i.id, ZERO) for i in late}
    first = min(i.due for i in late if i.due and then[i.id] > 0)
    days = [first + timedelta(n) for n in range(1, (day - first).days + 1)]
    opens = opens_on_days(dossier, now, reports, known, days)
    in_hand = _in_hand(dossier, now, reports, known, days, currency)
    earning: dict[str, list[Decimal]] = {i.id: [] for i in late}
    for on, amounts, credit in zip(days, opens, in_hand, strict=True):
        for invoice, amount in _bases(late, on, amounts, left_out, credit):
            earning[invoice.id].append(amount)
    found: list[InvoiceInterest] = []
    lines: list[str] = []
    earned, charged = list[tuple[date, date]](), list[date]()
    for invoice in late:
        if then[invoice.id] > 0 and invoice.due and (only is None or invoice.id in only):
            amounts_of = earning[invoice.id]
            runs = list(_runs(days[len(days) - len(amounts_of) :], amounts_of, policy_of))
            interest = cents(total(run.yearly for run in runs) / _YEAR)
            fee_day = invoice.due + timedelta(1)
            fee = _fee(policy_of(fee_day), currency) if amounts_of[-1] else ZERO
            earned += [(run.first, run.last) for run in runs] if interest else []
            charged += [fee_day] if fee else []
            found.append(InvoiceInterest(invoice.id, interest, fee))
            lines += _sentences(invoice, runs, interest, day)
            if runs:
                lines += _remarks(invoice, dossier, disputed, apart, runs[0].first, day)
    if lines and any(in_hand):
        lines.append("credits are taken off the oldest invoices from their day on")
    return Interest(
        total(i.interest for i in found),
        total(i.fee for i in found),
        (*lines, *_fee_sentences(i.fee for i in found)),
        tuple(found),
        _agreements(_days_of(earned), lambda on: policy_of(on).interest_agreed),
        _agreements(sorted(set(charged)), lambda on: policy_of(on).late_fee_agreed),
    )


def _days_of(spans: Iterable[tuple[date, date]]) -> list[date]:
    """Return all days of spans, each once, in their order."""
    return sorted({first + timedelta(n) for first, last in spans for n in range((last - first).days + 1)})


def _agreements(days: Iterable[date], words_of: Callable[[date], str]) -> tuple[Agreement, ...]:
    """Return in what it was agreed on days that count, those one after the other with the same words as one."""
    found = []
    for words, same in groupby(days, key=lambda on: clean(words_of(on))):
        group = list(same)
        found.append(Agreement(words, group[0], group[-1]))
    return tuple(found)


def _in_favour(dossier: Dossier) -> Dossier:
    """Date the payments of which only two reports tell on the first day that they can have come."""
    payments = (msgspec.structs.replace(p, day=p.since) if p.since else p for p in dossier.payments)
    return msgspec.structs.replace(dossier, payments=tuple(payments))


def _in_hand(
    dossier: Dossier,
    now: Mapping[str, Decimal],
    reports: Reports,
    known: date,
    days: Sequence[date],
    currency: str,
) -> list[Decimal]:
    """Return what the account had in hand at the end of each day."""
    stocks = stocks_on(dossier, now, reports, known, days)
    return [-stock[currency]["credits"] if currency in stock else ZERO for stock in stocks]


def _bases(
    late: Iterable[Invoice],
    on: date,
    opens: Mapping[str, Decimal],
    left_out: Mapping[str, Decimal],
    credit: Decimal,
) -> Iterator[tuple[Invoice, Decimal]]:
    """Yield on how much each invoice past due earned interest on a day; `late` has the oldest first."""
    for invoice in late:
        if invoice.due and invoice.due < on:
            amount = max(ZERO, opens[invoice.id] - left_out[invoice.id])
            used = min(amount, credit)
            credit -= used
            yield invoice, amount - used


def _runs(days: Sequence[date], amounts: Sequence[Decimal], policy_of: Callable[[date], Policy]) -> Iterator[_Run]:
    """Join the days that have the same amount and rate; those without interest are left out."""
    of_days = ((day, amount, _percent(policy_of(day))) for day, amount in zip(days, amounts, strict=True))
    for (amount, percent), same in groupby(of_days, key=lambda d: (d[1], d[2])):
        group = [day for day, _, _ in same]
        if amount and percent:
            yield _Run(group[0], group[-1], amount, percent)


def _percent(policy: Policy) -> Decimal:
    return policy.interest_percent if policy.interest_agreed.strip() else ZERO


def _fee(policy: Policy, currency: str) -> Decimal:
    agreed = policy.late_fee_agreed.strip() and currency in ("", policy.home_currency)
    return cents(policy.late_fee) if agreed else ZERO


def _sentences(invoice: Invoice, runs: Sequence[_Run], interest: Decimal, day: date) -> Iterator[str]:
    """Write the arithmetic of one invoice so that it can be done again by hand: nothing is rounded before its end."""

    def start(run: _Run) -> str:
        return f"{invoice.number}: {grouped(run.amount)} x {_plain(run.percent)} % x {plural(run.days, 'day')}"

    def period(run: _Run) -> str:
        return _period(run.first, run.last, day)

    if len(runs) == 1:
        yield f"{start(runs[0])} / {_YEAR} = {grouped(interest)}, {period(runs[0])}"
    elif runs:
        yield from (f"{start(run)} = {_exact(run.yearly)}, {period(run)}" for run in runs)
        parts = " + ".join(_exact(run.yearly) for run in runs)
        yield f"{invoice.number}: ({parts}) / {_YEAR} = {grouped(interest)}"


def _period(first: date, last: date, today: date | None) -> str:
    """Write the days from one to another: "9 Oct to 23 Nov", with their years as `_on` has it."""
    if first == last:
        return _on(first, today)
    # Where one of the two needs its year, the other has it too.
    year = today if first.year == last.year else None
    return f"{_on(first, year)} to {_on(last, year)}"


def _on(day: date, today: date | None) -> str:
    """Write a day as it stands in an arithmetic: "9 Oct", with the year where it is not `today`'s."""
    return short_day(day, today).partition(" ")[2]


def _plain(percent: Decimal) -> str:
    """Write a rate without zeros at its end: "9", "4.25"."""
    return f"{percent:f}".rstrip("0").rstrip(".") if "." in f"{percent:f}" else f"{percent:f}"


def _exact(amount: Decimal) -> str:
    """Write an amount with all of its places, two at least."""
    whole = grouped(amount.quantize(CENT, rounding="ROUND_DOWN"))
    _, _, places = f"{amount:f}".partition(".")
    return whole + places[2:].rstrip("0")


def _remarks(
    invoice: Invoice,
    dossier: Dossier,
    disputed: Mapping[str, Decimal],
    apart: Mapping[str, Decimal],
    first: date,
    day: date,
) -> Iterator[str]:
    """Say what else the arithmetic of an invoice goes by."""
    if disputed.get(invoice.id):
        yield f"{invoice.number}: {grouped(disputed[invoice.id])} in dispute is left out"
    if apart.get(invoice.id):
        yield f"{invoice.number}: {grouped(apart[invoice.id])} agreed separately is left out"
    for payment in dossier.payments:
        for part in payment.applied:
            mine = part.number == invoice.number and payment.currency == invoice.currency
            if mine and payment.since and first <= payment.since <= day:
                came = f"counts as paid on {_on(payment.since, day)}, the first day that it can have come"
                yield f"{invoice.number}: {grouped(part.amount)} {came}"


def _fee_sentences(fees: Iterable[Decimal]) -> Iterator[str]:
    for fee, same in groupby(sorted(fee for fee in fees if fee)):
        count = len(list(same))
        yield f"late fee: {plural(count, 'invoice')} x {grouped(fee)} = {grouped(fee * count)}"
