"""The ways in which an amount fits what one account owes: by number, one invoice, a promise, a sum. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import IntEnum
from itertools import combinations

import msgspec

from arctui.core.claims import reference_keys
from arctui.core.facts import Dossier
from arctui.core.import_records import BankLine
from arctui.core.money import ZERO, grouped, total
from arctui.core.promises import Judged
from arctui.core.records import BY_STATEMENT, Account, Invoice, Payment
from arctui.exchange.invoice_numbers import named_in
from arctui.exchange.same_money import near

#: Sums are tried of so many items of one account.
_SUMMED = 12


class Part(msgspec.Struct, frozen=True):
    """What a line pays of one invoice, by its id and number; both are "" for what is on account.

    `account`: whose invoice it is, "" for the account of the line.
    """

    invoice: str
    number: str
    amount: Decimal
    account: str = ""


class Owed(msgspec.Struct, frozen=True):
    """An item: what is open of it, and what two reports show as paid between two days (from, to, how much)."""

    invoice: Invoice
    open: Decimal
    late: bool
    shown: tuple[tuple[date, date, Decimal], ...] = ()

    def on(self, day: date) -> Decimal:
        """Return what money of a day may be laid on it: what is open, and what was paid then as far as is known."""
        return self.open + total(amount for first, last, amount in self.shown if first <= day <= last)


class Debtor(msgspec.Struct, frozen=True):
    """An account as matching sees it: items and credits (the oldest first), payments, live promises."""

    account: Account
    items: tuple[Owed, ...]
    credits: tuple[Owed, ...]
    payments: tuple[Payment, ...]
    live: tuple[Judged, ...]


def debtor(dossier: Dossier, opens: Mapping[str, Decimal], live: Iterable[Judged], today: date) -> Debtor:
    """Return an account as matching sees it; `opens` is what is open by the ids of its invoices."""
    shown: dict[tuple[str, str], list[tuple[date, date, Decimal]]] = {}
    for payment in dossier.payments:
        if payment.since and not payment.reversed_on:
            for part in payment.applied:
                key = (part.number, payment.currency)
                shown.setdefault(key, []).append((payment.since, payment.day, part.amount))
    owed = []
    for invoice in dossier.invoices:
        amount = opens.get(invoice.id, ZERO)
        paid = shown.get((invoice.number, invoice.currency), ()) if invoice.amount > 0 else ()
        if amount or paid:
            late = bool(amount > 0 and invoice.due and invoice.due < today)
            owed.append(Owed(invoice, amount, late, tuple(paid)))
    owed.sort(key=lambda o: (o.invoice.due or date.max, o.invoice.number, o.invoice.id))
    return Debtor(
        account=dossier.account,
        items=tuple(o for o in owed if o.open > 0 or o.shown),
        credits=tuple(o for o in owed if o.open < 0),
        payments=dossier.payments,
        live=tuple(live),
    )


class Rank(IntEnum):
    """The ways in which a line fits an account, the most telling first."""

    TOLD = 0
    NAMED = 1
    SINGLE = 2
    PROMISED = 3
    ALL_LATE = 4
    ALL_OPEN = 5
    LESS_CREDIT = 6
    SUM = 7
    PART_OF_NAMED = 8
    NONE = 9


class Way(msgspec.Struct, frozen=True):
    """One way: what is paid, why in words, and the payment of the book that it is, "" if it is none yet."""

    rank: Rank
    parts: tuple[Part, ...]
    words: str
    payment: str = ""
    #: Does the amount fit to the cent?
    exact: bool = True
    #: Does the line have the mark of that payment?
    marked: bool = False


def ways(one: Debtor, line: BankLine, home: str, tied: Iterable[str], *, sums: bool) -> Iterator[Way]:
    """Return every way in which a line fits an account.

    `tied` are the payments that are other lines' money; `sums`: sums of any few items are tried as well.
    """
    currency, amount = line.currency or home, line.amount
    items = [
        (i, i.on(line.day)) for i in one.items if (i.invoice.currency or home) == currency and i.on(line.day) > 0
    ]
    credit = [c for c in one.credits if (c.invoice.currency or home) == currency]
    if not line.listed:
        yield from _told(one, line, home, set(tied))
    text = f"{line.words} {line.reference}"
    named = [(i, left) for i, left in items if named_in(i.invoice.number, text)]
    if named:
        yield from _named_ways(named, credit, amount, text)
    for item, left in items:
        if left == amount:
            yield Way(Rank.SINGLE, _laid([(item, left)], amount), f"{item.invoice.number} is of just this amount")
    yield from _promised(one, line, items, currency)
    yield from _sums(items, credit, amount, sums=sums)
    if named:
        return
    if len(items) == 1 and amount < items[0][1]:
        yield Way(Rank.NONE, _laid(items, amount), f"part of {items[0][0].invoice.number}", exact=False)
    else:
        yield Way(Rank.NONE, (), "no open amount fits", exact=False)


def _promised(one: Debtor, line: BankLine, items: Sequence[tuple[Owed, Decimal]], currency: str) -> Iterator[Way]:
    """A live promise is of this amount, and these are its days."""
    for judged in one.live:
        promise = judged.promise
        fits = line.amount in (judged.missing, promise.amount) and promise.currency == currency
        if fits and promise.taken_on <= line.day <= promise.breaks_on:
            mine = [(i, left) for i, left in items if i.invoice.id in promise.invoices]
            yield Way(Rank.PROMISED, _laid(mine, line.amount), f"{grouped(line.amount)} was promised")


def is_same(payment: Payment, line: BankLine, home: str, *, inferred: bool = False) -> bool:
    """May a payment that the book has from elsewhere be the money of a line? `inferred`: also one without a day."""
    if payment.amount != line.amount or payment.reversed_on or payment.entered_by == BY_STATEMENT:
        return False
    if (payment.currency or home) != (line.currency or home):
        return False
    if payment.since:
        return inferred and payment.since <= line.day <= payment.day
    return near(payment, line.day, line.day)


def _told(one: Debtor, line: BankLine, home: str, tied: set[str]) -> Iterator[Way]:
    """The book has this money already: from the accounting system, or written down by hand."""
    ids = {o.invoice.number: o.invoice.id for o in one.items}
    marks = reference_keys(f"{line.reference} {line.words}")
    for payment in one.payments:
        if is_same(payment, line, home) and payment.id not in tied:
            parts = tuple(Part(ids.get(p.number, ""), p.number, p.amount) for p in payment.applied if p.number)
            marked = bool(marks & reference_keys(payment.reference))
            if payment.entered_by:
                yield Way(Rank.TOLD, parts, "a payment written down by hand is of this amount", marked=marked)
            else:
                yield Way(Rank.TOLD, parts, "the accounting system has this payment", payment.id, marked=marked)


def _laid(items: Iterable[tuple[Owed, Decimal]], amount: Decimal) -> tuple[Part, ...]:
    """Lay an amount on items in their order, up to what is left of each."""
    parts = []
    for item, left in items:
        part = min(left, amount)
        if part > 0:
            parts.append(Part(item.invoice.id, item.invoice.number, part))
            amount -= part
    return tuple(parts)


def _listed(items: Iterable[tuple[Owed, Decimal]]) -> str:
    return ", ".join(item.invoice.number or item.invoice.kind for item, _ in items)


def _named_ways(
    named: Sequence[tuple[Owed, Decimal]], credit: Sequence[Owed], amount: Decimal, text: str
) -> Iterator[Way]:
    """The text names invoices: they are paid, or paid less a credit, or in part."""
    owed = total(left for _, left in named)
    names = f"the text names {_listed(named)}"
    if owed == amount:
        yield Way(Rank.NAMED, _laid(named, amount), f"{names}, of just this amount")
        return
    for used in _credits(credit, text):
        less = total(-c.open for c in used)
        if used and owed - less == amount:
            listed = ", ".join(c.invoice.number or c.invoice.kind for c in used)
            yield Way(Rank.NAMED, _laid(named, amount), f"{names}: {grouped(owed)} less {listed}, {grouped(less)}")
            return
    for item, left in named:
        if left == amount:
            yield Way(Rank.NAMED, _laid([(item, left)], amount), f"{names}; {item.invoice.number} is of this amount")
            return
    how = f"{names}, {grouped(owed)}"
    yield Way(Rank.PART_OF_NAMED, _laid(named, amount), how if amount > owed else f"part of {how[14:]}", exact=False)


def _credits(credit: Sequence[Owed], text: str) -> Iterator[list[Owed]]:
    """Return the credits that may have been taken off: those that the text names, all, each alone."""
    yield [c for c in credit if c.invoice.number and named_in(c.invoice.number, text)]
    yield list(credit)
    for one in credit:
        yield [one]


def _sums(
    items: Sequence[tuple[Owed, Decimal]], credit: Sequence[Owed], amount: Decimal, *, sums: bool
) -> Iterator[Way]:
    """Several items of the account make up the amount; `sums`: also any few of them."""
    late = [(i, left) for i, left in items if i.late]
    if len(late) > 1 and total(left for _, left in late) == amount:
        yield Way(Rank.ALL_LATE, _laid(late, amount), "all that is past due")
    if len(items) > 1 and total(left for _, left in items) == amount:
        yield Way(Rank.ALL_OPEN, _laid(items, amount), "all that is open")
    less = total(-c.open for c in credit)
    if less:
        for some in ([pair] for pair in items):
            if some[0][1] - less == amount:
                yield Way(
                    Rank.LESS_CREDIT, _laid(some, amount), f"{_listed(some)} less the credit of {grouped(less)}"
                )
        for some, words in ((late, "all that is past due"), (list(items), "all that is open")):
            if len(some) > 1 and total(left for _, left in some) - less == amount:
                yield Way(Rank.LESS_CREDIT, _laid(some, amount), f"{words} less the credit of {grouped(less)}")
    if sums and 2 < len(items) <= _SUMMED:
        wanted = int(amount * 100)
        cents = [int(left * 100) for _, left in items]
        for size in range(2, len(items)):
            for places in combinations(range(len(items)), size):
                if sum(cents[place] for place in places) == wanted:
                    chosen = [items[place] for place in places]
                    yield Way(Rank.SUM, _laid(chosen, amount), f"the sum of {_listed(chosen)}")
