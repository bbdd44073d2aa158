"""What was agreed with a customer, in sentences to the customer: payments, what they settle, what stays open. Pure.

Facts only: no threat, no fee, no reason offered for not paying.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from arctui.core import words as say
from arctui.core.facts import Dossier
from arctui.core.ledger import OpenItem
from arctui.core.money import ZERO, grouped, total
from arctui.core.records import Dispute, Method, Promise
from arctui.core.rules import Rules
from arctui.core.standing import Standing
from arctui.core.text import clean, fold


def day_that_counts(promise: Promise) -> date:
    """Return the day that is said: what is to be in our hands on no business day is so by the next one."""
    return promise.last_day if promise.in_hands else promise.day


def long_day(day: date) -> str:
    """Say a day with its year: what is written is read later."""
    return f"{say.long_day(day)} {day.year}"


def signed(clerk: str) -> str:
    """Return a clerk's name as it is signed: a login as it is said on the phone."""
    name = clean(clerk)
    return name.capitalize() if name.islower() else name


class AgreedWords:
    """Sentences about promises in one currency, by their day; `person` is who is written to."""

    def __init__(
        self, promises: Iterable[Promise], dossier: Dossier, standing: Standing, rules: Rules, person: str = ""
    ) -> None:
        self.dossier, self.standing, self.rules, self.person = dossier, standing, rules, person
        self.promises = tuple(sorted(promises, key=lambda p: (p.day, p.taken_at, p.id)))
        self.currency = self.promises[0].currency if self.promises else standing.balance.currency
        self._invoices = {i.id: i for i in dossier.invoices}

    @property
    def sum(self) -> Decimal:
        """What all payments come to."""
        return total(p.amount for p in self.promises)

    @property
    def received(self) -> Decimal:
        """What came of it already."""
        ours = {p.id for p in self.promises}
        return total(j.received for j in self.standing.judged if j.promise.id in ours)

    def money(self, amount: Decimal) -> str:
        """Write an amount with its currency."""
        return grouped(amount, self.currency or self.rules.policy.home_currency)

    def number(self, invoice: str) -> str:
        """Return the number of an invoice by its id, "" if it is not known."""
        found = self._invoices.get(invoice)
        return clean(found.number) if found else ""

    def numbers(self, invoices: Iterable[str]) -> list[str]:
        """Return the numbers of invoices by their ids, of those that are known."""
        return [number for i in invoices if (number := self.number(i))]

    def sender(self, promise: Promise) -> str:
        """Name who sends a payment; "" if that is who is written to, or not known."""
        sender = clean(promise.person)
        return "" if fold(sender) == fold(self.person) else sender

    def payment(self) -> str:
        """Say what the first payment is: how much, how and when."""
        promise = self.promises[0]
        amount, day = self.money(promise.amount), long_day(day_that_counts(promise))
        who = self.sender(promise) or "You"
        if promise.method is Method.CHECK:
            what = f"{who} will send a check for {amount}"
        else:
            what = f"{who} will pay {amount}" + (f" by {promise.method}" if promise.method else "")
        return f"{what}, so that it is in our hands by {day}." if promise.in_hands else f"{what} on {day}."

    def payments(self) -> str:
        """Say how many payments there are and what they come to; their rows stand below."""
        senders = {self.sender(p) for p in self.promises}
        head = f"You will make {len(self.promises)} payments, {self.money(self.sum)} in all"
        head += f", sent by {next(iter(senders))}" if len(senders) == 1 and "" not in senders else ""
        return head + (", each in our hands by its day:" if all(p.in_hands for p in self.promises) else ":")

    def way(self, promise: Promise) -> str:
        """Say how one of several payments is made: "by check, in our hands by then"."""
        way = f"by {promise.method}" if promise.method else ""
        some = len({p.in_hands for p in self.promises}) > 1
        return ", ".join(filter(None, [way, "in our hands by then" if promise.in_hands and some else ""]))

    def sent_by(self, promise: Promise) -> str:
        """Say who sends one of several payments, where not all have the same sender."""
        some = len({self.sender(p) for p in self.promises}) > 1
        sender = self.sender(promise) if some else ""
        return f"sent by {sender}" if sender else ""

    def moved(self) -> str:
        """Say why money that was agreed for one day is to be in our hands by another."""
        days = list(dict.fromkeys(long_day(p.day) for p in self.promises if day_that_counts(p) != p.day))
        if not days:
            return ""
        are = "is no business day" if len(days) == 1 else "are no business days"
        return f"As {' and '.join(days)} {are}, the next one counts."

    def items(self) -> list[OpenItem]:
        """Return the invoices that the payments are for, as far as they are open now."""
        wanted = {i for p in self.promises for i in p.invoices}
        return [i for i in self.standing.items if i.invoice.id in wanted and i.open > 0]

    def settles(self, *, named: bool = True) -> str:
        """Say what the payments settle: the invoices below, or so many of them; "" where none is open."""
        items = self.items()
        if not items:
            return ""
        opened = total(i.open for i in items)
        verb = "settles" if opened == self.sum - self.received else "goes towards"
        if not named:
            return f"This {verb} {len(items)} invoices, of which {self.money(opened)} is open today."
        if len(items) == 1:
            return f"This {verb} this invoice, as it is open today:"
        return f"This {verb} these invoices, as they are open today:"

    def came(self) -> str:
        """Say what we received of it already, "" for nothing."""
        return f"Of this we have received {self.money(self.received)}." if self.received else ""

    def before(self) -> str:
        """Name what was agreed before and still stands."""
        ours = {p.id for p in self.promises}
        others = [j for j in self.standing.live if j.promise.id not in ours and j.promise.currency == self.currency]
        if not others:
            return ""
        amount = self.money(total(j.missing for j in others))
        when = f"for {long_day(others[0].promise.day)}" if len(others) == 1 else f"in {len(others)} payments"
        return f"What we agreed on before, {amount} {when}, stands."

    def rest(self) -> str:
        """Say what stays open beside all that is agreed."""
        sums = (self.standing.balance, *self.standing.others)
        balance = next((b for b in sums if b.currency == self.currency), None)
        if balance is None or not self.promises:
            return ""
        agreed = total(j.missing for j in self.standing.live if j.promise.currency == self.currency)
        rest = balance.net - agreed
        if rest <= ZERO:
            return ""
        due = min(rest, balance.collectable)
        late = f", {self.money(due)} of it past due and not agreed yet" if due > 0 else ""
        if balance.credits:
            # The sum would not add up with the invoices above without it.
            credit = f"With the credit of {self.money(balance.credits)} taken off, "
            return f"{credit}{self.money(rest)} is open on your account beside this{late}."
        return f"Beside this, {self.money(rest)} is open on your account{late}."

    def dispute(self, dispute: Dispute) -> str:
        """Say what the customer questions, and by when they hear from us; what we have to do for it is ours."""
        numbers = self.numbers(dispute.invoices)
        on = f" of {'invoice' if len(numbers) == 1 else 'invoices'} {', '.join(numbers)}" if numbers else ""
        reason = clean(dispute.reason).rstrip(". ")
        why = f": {reason}" if reason else ""
        amount = grouped(dispute.amount, dispute.currency or self.rules.policy.home_currency)
        by = f" by {long_day(dispute.due)}" if dispute.due > self.rules.moment.today else ""
        return f"You question {amount}{on}{why}. You will hear from us about it{by}."
