"""The year before: every customer's invoices of some fourteen months, paid by now; some of them after promises.

So trends have something to show. What is open today, and what was said of it, is told in the scenes.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from arctui.core.money import ZERO
from arctui.core.records import Invoice, Method, Promise, Record
from arctui.desk.demo.customer import Customer
from arctui.desk.demo.history import amount_of
from arctui.desk.demo.stage import OPENING_DAYS_AGO, record_id

#: Days between two invoices of a customer, and from the last of them to the first that a scene tells of.
_EVERY, _APART = 40, 50
#: Nothing is told twice of an account, or of so many talks that its file is hard to read.
_MOST_ACTIVITIES = 12
#: Talks that a promise takes which is missed, and then met.
_TALKS = 2
#: These stand as their scenes tell them: how they pay is their story.
_UNTOLD = frozenset({"kestrel-table", "lakeview-dental"})
_METHODS = (Method.CHECK, Method.TRANSFER, Method.CHECK, Method.CARD)
_SAID = (
    "with the payments of that week",
    "once the controller has seen it",
    "as soon as the June job is paid",
    "had not seen the invoice, has it now",
    "two signatures, then it goes out",
    "asked for some days, short of cash",
    "pays both halves of the month together",
)
_SAID_AGAIN = (
    "apologised, it lay in the wrong tray",
    "bank sent it back, does it again",
    "the signer was away, is back",
    "had to pay wages first",
)


class Before(Customer):
    """A customer before its story begins: the same account and people, facts of its own."""

    def __init__(self, after: Customer) -> None:
        """`after`: the customer whose story is told."""
        super().__init__(after.stage, after.firm, after.account.number)
        self.account, self.people = after.account, after.people
        self.random = random.Random(f"{after.firm.key} before")  # noqa: S311 - variety, no secret
        self._talks = _MOST_ACTIVITIES - len(after.activities)
        issued = [i.issued for i in after.invoices if i.issued]
        self._until = min(issued, default=self.stage.today) - timedelta(days=_APART)
        if after.firm.key in _UNTOLD:
            self._until = date.min

    def _id(self, kind: str, index: int) -> str:
        return record_id(self.firm.key, "before", kind, index)

    def tell(self) -> None:
        """Invoice again and again, and let every invoice be paid."""
        day = self.stage.days_ago(OPENING_DAYS_AGO + self.random.randrange(_EVERY))
        while day < self._until:
            issued = self.stage.calendar.roll_back(day)
            invoice = self.invoice_due(str(amount_of(self)), issued + timedelta(days=self.firm.terms))
            self._settle(invoice, self.random.choice(_METHODS))
            day += timedelta(days=_EVERY + self.random.randint(-4, 4))

    def _settle(self, invoice: Invoice, method: Method) -> None:
        chance = self.random.random()
        if self._talks < _TALKS or chance < 0.7:
            self._pay(invoice, self._after(invoice, self.random.randint(-4, 16)), method)
        elif chance < 0.88:
            self._talks -= 1
            promise = self._promised(invoice, self._called(invoice), method, _SAID)
            self._pay(invoice, promise.day, method)
        else:
            self._talks -= _TALKS
            missed = self._promised(invoice, self._called(invoice), method, _SAID)
            if chance > 0.95:
                self.pay(missed.day, round(invoice.amount / 2, 2), method, invoice)
            called = self.stage.calendar.next(missed.breaks_on)
            again = self._promised(invoice, called, Method.TRANSFER, _SAID_AGAIN)
            self._pay(invoice, again.day, Method.TRANSFER)

    def _after(self, invoice: Invoice, days: int) -> date:
        return self.stage.calendar.roll((invoice.due or self.stage.today) + timedelta(days=days))

    def _called(self, invoice: Invoice) -> date:
        return self.stage.calendar.add(self._after(invoice, 0), 3)

    def _promised(self, invoice: Invoice, called: date, method: Method, said: tuple[str, ...]) -> Promise:
        day = self.stage.calendar.add(called, self.random.randint(3, 6))
        return self.promise(called, day, self._open(invoice, called), method, invoice, words=self.random.choice(said))

    def _pay(self, invoice: Invoice, day: date, method: Method) -> None:
        self.pay(day, self._open(invoice, day), method, invoice)

    def records(self) -> Iterator[Record]:
        """Return the facts of before, in the order of their days; the account and its people are told already."""
        for invoice in self.invoices:
            yield msgspec.structs.replace(invoice, balance=ZERO)
        yield from self.payments
        for activity in sorted(self.activities, key=lambda a: a.at):
            yield msgspec.structs.replace(activity, invoices=self._past_due(activity.day))
        yield from sorted(self.promises, key=lambda p: p.taken_at)
