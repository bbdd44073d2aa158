"""What was owed on days that were closed, kept true: an act that tells something of them changes their closings too.

Pure. A closing has the sums of all accounts; it is mended by what the act changes of the accounts that it touches, so
that it stays what a closing made with all that is known now would be.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter

import msgspec

from arctui.core.changes import Change
from arctui.core.decisions import Closing, Stock
from arctui.core.facts import Dossier, Facts, Reports, reports_of
from arctui.core.ledger import AGING_BUCKETS, aging_bucket, open_amounts, unseen
from arctui.core.money import ZERO, total
from arctui.core.past import Stocks, stocks_on
from arctui.core.records import Account, Import, Invoice, Payment

#: The parts of what was owed, in their order.
PARTS = (*AGING_BUCKETS, "credits")
_Changes = list[Change]
#: What of an invoice tells when and what is owed, beside how much is open of it.
_WHAT = attrgetter("account", "number", "issued", "due", "amount", "currency", "as_listed")


class Sums:
    """What was owed by currency and part on each of some days."""

    def __init__(self, days: Sequence[date]) -> None:
        self.days = days
        self._of_day: list[Stocks] = [{} for _ in days]

    def add(self, found: Iterable[Stocks], sign: int = 1) -> None:
        """Add what one account owed on each of the days, or with -1 take it out."""
        for sums, stocks in zip(self._of_day, found, strict=True):
            for currency, aging in stocks.items():
                row = sums.get(currency)
                if row is None:
                    row = sums[currency] = dict.fromkeys(PARTS, ZERO)
                for part, amount in aging.items():
                    if amount:
                        row[part] += amount if sign > 0 else -amount

    def add_open(self, invoices: Iterable[Invoice]) -> None:
        """Add invoices that are open as reported, from the day of their issue on."""
        alike: dict[tuple[str, date | None, date | None], Decimal] = {}
        for invoice in invoices:
            key = (invoice.currency, invoice.issued, invoice.due)
            alike[key] = alike.get(key, ZERO) + invoice.balance
        for (currency, issued, due), amount in alike.items():
            for place in range(bisect_left(self.days, issued or date.min), len(self.days)):
                late = (self.days[place] - due).days if due else 0
                row = self._of_day[place].setdefault(currency, dict.fromkeys(PARTS, ZERO))
                row[aging_bucket(late)] += amount

    def of(self, currencies: Iterable[str], day: date) -> dict[str, Decimal]:
        """Return what was owed on one of the days, by part; of several currencies that are one."""
        sums = self._of_day[self.days.index(day)]
        rows = [sums[c] for c in currencies if c in sums]
        return {part: total(row[part] for row in rows) for part in PARTS}

    def on(self, stocks: Iterable[Stock], place: int) -> tuple[Stock, ...]:
        """Return what was owed on the day at a place, on top of these, a currency each; none in which nothing was."""
        more, known = self._of_day[place], {s.currency: s.aging for s in stocks}
        found = (
            Stock(c, {part: known.get(c, {}).get(part, ZERO) + more.get(c, {}).get(part, ZERO) for part in PARTS})
            for c in sorted(known.keys() | more.keys())
        )
        return tuple(stock for stock in found if any(stock.aging.values()))


def owed_on(
    accounts: Iterable[tuple[Dossier, Mapping[str, Decimal]]], reports: Reports, today: date, day: date
) -> tuple[Stock, ...]:
    """Return what all accounts owed at the end of a day; each comes with what is open of its invoices `today`."""
    sums = Sums([day])
    for dossier, opens in accounts:
        sums.add(stocks_on(dossier, opens, reports, today, sums.days))
    return sums.on((), 0)


def known_until(facts: Facts, today: date, *more: Import) -> date:
    """Return today, or the day of the newest report where the working day is an earlier one."""
    return max([today, *(i.as_of for i in (*facts.reports.by_number.values(), *more))])


def mended(facts: Facts, changes: Sequence[Change], today: date) -> list[Change]:
    """Return what becomes of the closings where these changes are made to the facts, which they are not yet."""
    own = {c.record.id for c in changes if isinstance(c.record, Closing)}
    money = [c for c in changes if isinstance(c.record, (Invoice, Payment))]
    imports = [c for c in changes if isinstance(c.record, Import)]
    if not (money or imports):
        return []
    # One that was made before anything was imported, or by an earlier version, has told nothing.
    kept = sorted((c for c in facts.all(Closing) if c.imports > 0 and c.id not in own), key=lambda c: c.day)
    if not kept:
        return []
    delta = _delta(facts, money, imports, today, [c.day for c in kept])
    found = (_with(closing, delta.on(closing.stocks, place), today) for place, closing in enumerate(kept))
    return [change for change in found if change.after != change.before]


def _with(closing: Closing, stocks: tuple[Stock, ...], today: date) -> Change:
    """Let a closing say what is known now; as long as it is not what was told, that is kept beside it."""
    if stocks == closing.stocks:
        return Change(before=closing, after=closing)
    told = closing.told if closing.mended_on else closing.stocks
    same = stocks == told
    after = msgspec.structs.replace(
        closing, stocks=stocks, told=() if same else told, mended_on=None if same else today
    )
    return Change(before=closing, after=after)


def _delta(facts: Facts, money: _Changes, imports: _Changes, today: date, days: Sequence[date]) -> Sums:
    """Return by how much changes to invoices, payments and imports change what was owed on these days."""
    before, after = facts.reports, _reports_after(facts, imports)
    until = max(known_until(facts, today, *after.by_number.values()), days[-1])
    sums = Sums(days)
    by_account = _by_account(money)
    told_anew = set(_told_anew(facts, imports, after))
    for account in told_anew:
        by_account.setdefault(account, [])
    come: list[Invoice] = []
    for account, changes in by_account.items():
        known = facts.dossier(account) if facts.get(Account, account) else None
        new = None if account in told_anew else _only_new(known, changes, days[-1])
        if new is not None:
            come += (_dated(invoice, after) for invoice in new)
            continue
        was, now = _undated_apart(known, _after(known, account, changes), changes, (before, after))
        for dossier, reports, sign in ((was, before, -1), (now, after, 1)):
            if dossier:
                opens = open_amounts(dossier, reports, until)
                sums.add(stocks_on(dossier, opens, reports, until, days), sign)
    sums.add_open(come)
    return sums


def _reports_after(facts: Facts, imports: _Changes) -> Reports:
    if not imports:
        return facts.reports
    known: dict[str, Import] = {i.id: i for i in facts.reports.by_number.values()}
    for change in imports:
        known.pop(change.record.id, None)
        if isinstance(change.after, Import):
            known[change.after.id] = change.after
    return reports_of(known.values())


def _by_account(money: _Changes) -> dict[str, _Changes]:
    """Return the changes to invoices and payments by account; one that moved is with both of its accounts."""
    by_account: dict[str, _Changes] = {}
    for change in money:
        before, after = change.before, change.after
        was = before.account if isinstance(before, (Invoice, Payment)) else ""
        now = after.account if isinstance(after, (Invoice, Payment)) else ""
        if was:
            by_account.setdefault(was, []).append(change)
        if now and now != was:
            by_account.setdefault(now, []).append(change)
    return by_account


def _told_anew(facts: Facts, imports: _Changes, after: Reports) -> Iterator[str]:
    """Return the accounts of which a report tells something though it changes no record of theirs.

    It does so of payments that no report before it knew: it may have open what they paid.
    """
    settling = [i for c in imports for i in (c.before, c.after) if isinstance(i, Import) and i.settles]
    if not settling:
        return
    lasts = (facts.reports.last_settling, after.last_settling)
    number = min(*(last.number if last else 0 for last in lasts), *(i.number - 1 for i in settling))
    for payment in facts.all(Payment):
        newest = max(payment.recorded, payment.reversal_recorded)
        if newest > number or (payment.applied and _is_new(payment, number)):
            yield payment.account
    yield from {account for i in (*facts.reports.settling, *after.settling) for account, _ in i.doubted}


def _is_new(payment: Payment, number: int) -> bool:
    return any(part.recorded > number for part in payment.applied) or bool(unseen(payment))


def _only_new(known: Dossier | None, changes: _Changes, last: date) -> list[Invoice] | None:
    """Return the invoices that come, where what an account owed up to a day changes by nothing else; None if by more.

    It saves working out anew what most of a report brings: invoices that come, and others that were paid since that
    day, as only this report and the one before it tell.
    """
    new: list[Invoice] = []
    less: dict[tuple[str, str], Decimal] = {}
    for change in changes:
        before, after = change.before, change.after
        if isinstance(after, Payment) and before is None and after.inferred and after.day > last:
            for part in after.applied:
                less[part.number, after.currency] = less.get((part.number, after.currency), ZERO) - part.amount
        elif isinstance(after, Invoice) and _is_plain(after) and before is None and after.balance > 0:
            new.append(after)
        elif isinstance(after, Invoice) and isinstance(before, Invoice) and _is_only_paid(before, after):
            key = (after.number, after.currency)
            less[key] = less.get(key, ZERO) + before.balance - after.balance
        else:
            return None
    if any(less.values()):
        return None
    numbers = {i.number for i in new} | {number for number, _ in less}
    touched = {c.record.id for c in changes}
    if known and any(part.number in numbers for payment in known.payments for part in payment.applied):
        return None
    if known and any(i.number in numbers and i.id not in touched for i in known.invoices):
        return None
    return new


def _is_plain(invoice: Invoice) -> bool:
    """Is it an invoice with a number, of which no more is open than it is for?"""
    return bool(invoice.number) and 0 <= invoice.balance <= invoice.amount and not invoice.void


def _is_only_paid(before: Invoice, after: Invoice) -> bool:
    """Did nothing change of an invoice but what is open of it, and by which report?"""
    if not (_is_plain(before) and _is_plain(after) and before.balance > 0):
        return False
    return _WHAT(before) == _WHAT(after)


def _after(known: Dossier | None, account: str, changes: _Changes) -> Dossier | None:
    """Return the facts on an account as they will be; enough of them to tell what it owes."""
    invoices = {i.id: i for i in known.invoices} if known else {}
    payments = {p.id: p for p in known.payments} if known else {}
    for change in changes:
        for record in (change.before, change.after):
            if isinstance(record, Invoice):
                invoices.pop(record.id, None)
            elif isinstance(record, Payment):
                payments.pop(record.id, None)
        if isinstance(change.after, Invoice) and change.after.account == account:
            invoices[change.after.id] = change.after
        elif isinstance(change.after, Payment) and change.after.account == account:
            payments[change.after.id] = change.after
    if not known and not (invoices or payments):
        return None
    whose = known.account if known else Account(id=account, name="")
    return Dossier(account=whose, invoices=tuple(invoices.values()), payments=tuple(payments.values()))


def _undated_apart(
    was: Dossier | None, now: Dossier | None, changes: _Changes, reports: tuple[Reports, Reports]
) -> tuple[Dossier | None, Dossier | None]:
    """Let an invoice without a day of issue that comes, or goes, be there from the day of its report on.

    Of the days before nothing says that it was owed. One that stays counts on all days, before and after.
    """
    come_or_gone = {
        c.record.id
        for c in changes
        if isinstance(c.record, Invoice) and c.record.issued is None and not (c.before and c.after)
    }
    if not come_or_gone:
        return was, now

    def dated(dossier: Dossier | None, of: Reports) -> Dossier | None:
        if dossier is None:
            return None
        return msgspec.structs.replace(
            dossier, invoices=tuple(_dated(i, of) if i.id in come_or_gone else i for i in dossier.invoices)
        )

    return dated(was, reports[0]), dated(now, reports[1])


def _dated(invoice: Invoice, reports: Reports) -> Invoice:
    report = None if invoice.issued else reports.by_number.get(invoice.reported)
    return msgspec.structs.replace(invoice, issued=report.as_of) if report else invoice
