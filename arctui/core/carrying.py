"""What still carries a promise: its invoices, less what is disputed, void or wiped out by credits. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from arctui.core.allocation import Count
from arctui.core.facts import Dossier
from arctui.core.ledger import is_credit_of
from arctui.core.money import ZERO, total
from arctui.core.records import Dispute, Invoice, Promise

#: What speaks against a promise: disputes, void invoices and credits.
Against = tuple[Dispute | Invoice, ...]


def _disputes_of(promise: Promise, until: date, dossier: Dossier) -> list[Dispute]:
    """Return the disputes that were opened while a promise was live, and not solved by its last day."""
    return [
        d
        for d in dossier.disputes
        if promise.taken_on <= d.opened <= until and not (d.closed_on and d.closed_on <= until)
    ]


def objections(count: Count, dossier: Dossier, open_by_id: Mapping[str, Decimal], came_after: Decimal) -> Against:
    """Return what suspends a promise: disputes and void invoices that leave too little of its invoices to carry it.

    A dispute that was solved inside the window lets the promise hold again. `came_after`: what its invoices were paid
    after the window, which is open no more but was while the promise was live.
    """
    promise = count.promise
    lying = [(d, _lies_on(d, promise, dossier, open_by_id)) for d in _disputes_of(promise, count.until, dossier)]
    disputed = total(amount for _, amount in lying)
    void = [i for i in dossier.invoices if i.void and i.id in promise.invoices]
    if not disputed and not void:
        return ()
    carrying = count.received + came_after + total(max(ZERO, open_by_id.get(i, ZERO)) for i in promise.invoices)
    if carrying - disputed >= promise.amount - promise.tolerance:
        return ()
    return (*(d for d, amount in lying if amount), *void)


def _lies_on(dispute: Dispute, promise: Promise, dossier: Dossier, open_by_id: Mapping[str, Decimal]) -> Decimal:
    """Return how much of a dispute lies on a promise's invoices: the oldest of those that it names carry it first.

    One that names none lies on the oldest items. What the named ones have no room for lies on the promise.
    """
    named = set(dispute.invoices)
    if named and not named & set(promise.invoices):
        return ZERO
    left, lies = dispute.amount, ZERO
    for invoice in sorted(dossier.invoices, key=lambda i: (i.due or date.max, i.number, i.id)):
        if invoice.currency == dispute.currency and left > 0 and (not named or invoice.id in named):
            part = min(left, max(ZERO, open_by_id.get(invoice.id, ZERO)))
            left -= part
            lies += part if invoice.id in promise.invoices else ZERO
    return lies + left if named else lies


class Credits:
    """The credits of an account that are no money it paid, as they take something off what was promised.

    A credit is owed no more, but it was not received. One that is used up went on the promise's invoices where these
    have less open than was promised and not paid; one that is open goes on other open invoices first. Each cent of it
    takes something off one promise.
    """

    def __init__(self, dossier: Dossier, open_by_id: Mapping[str, Decimal]) -> None:
        self._opens = open_by_id
        self._debts = [i for i in dossier.invoices if i.amount > 0]
        self._credits = [
            i
            for i in dossier.invoices
            if i.amount < 0
            and i.id in open_by_id
            and not i.void
            and not any(is_credit_of(p, i) for p in dossier.payments)
        ]
        self._left = {i.id: -i.amount for i in self._credits}

    def take_off(self, count: Count, came_after: Decimal, most: Decimal | None = None) -> tuple[Invoice, ...]:
        """Take off a promise what credits of its window wiped out of it, and no more than `most`; return them."""
        promise = count.promise
        mine = [
            i
            for i in self._credits
            if i.currency == promise.currency and i.issued and promise.taken_on < i.issued <= count.until
        ]
        if not mine or not promise.invoices or any(i not in self._opens for i in promise.invoices):
            return ()
        still_open = total(max(ZERO, self._opens[i]) for i in promise.invoices)
        owed = promise.amount - count.credited - count.received
        owed = owed if most is None else min(owed, most)
        gone = max(ZERO, promise.amount - count.credited - count.received - came_after - still_open)
        elsewhere = total(
            max(ZERO, self._opens.get(i.id, ZERO))
            for i in self._debts
            if i.currency == promise.currency and i.id not in promise.invoices
        )
        found, taken = [], ZERO
        for credit in mine:
            unused = max(ZERO, -self._opens[credit.id])
            used = min(max(ZERO, self._left[credit.id] - unused), gone)
            gone -= used
            here = max(ZERO, unused - elsewhere)
            elsewhere -= unused - here
            part = min(used + here, self._left[credit.id], owed - taken)
            if part > 0:
                self._left[credit.id] -= part
                taken += part
                found.append(credit)
        count.credit(taken)
        return tuple(found)
