"""What one customer of the demo book owes and paid, told in the order in which it happened.

Owns the account, its people, invoices and payments, and what was open on a day.
"""

import random
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from arctui.core.money import total
from arctui.core.records import Account, Applied, Invoice, Method, Payment, Person
from arctui.core.text import fold
from arctui.desk.demo.firms import Firm
from arctui.desk.demo.places import PLACES
from arctui.desk.demo.stage import BY_HAND, LATEST, PAYMENTS, Stage, record_id

_MAILBOXES = {"payables": "ap", "accounts payable": "ap", "bookkeeper": "books", "business office": "office"}

#: A credit limit is so many ordinary invoices, rounded up.
_LIMIT_IN_INVOICES, _LIMIT_STEP = 5, 500


class Paper:
    """An account of a `clerk` with its people, invoices, payments. `b` counts business days from today."""

    def __init__(self, stage: Stage, firm: Firm, number: str) -> None:
        self.stage = stage
        self.firm = firm
        self.b = stage.business_day
        self.clerk = stage.clerk_of(firm.key)
        self.random = random.Random(firm.key)  # noqa: S311 - variety, no secret
        self._place = PLACES[firm.place]
        place = self._place
        self.account = Account(
            id=record_id(firm.key),
            name=firm.name,
            number=number,
            currency=firm.currency,
            terms_days=firm.terms,
            credit_limit=Decimal(f"{-(-firm.typical * _LIMIT_IN_INVOICES // _LIMIT_STEP) * _LIMIT_STEP}.00"),
            address=f"{firm.street}, {place.town}, {place.state} {place.post_code}",
            country="US",
            time_zone=place.zone,
            clerk=self.clerk,
        )
        self.people = [self._person(i, *text.split(", ")) for i, text in enumerate(firm.people.split("; "))]
        self.invoices: list[Invoice] = []
        self.payments: list[Payment] = []

    def _person(self, index: int, name: str, role: str) -> Person:
        codes = self._place.area_codes
        mailbox = _MAILBOXES.get(role) or "".join(c for c in fold(name).split()[-1] if c.isascii() and c.isalpha())
        return Person(
            id=self._id("person", index),
            account=self.account.id,
            name=name,
            role=role,
            phones=(self.stage.phone(codes[index % len(codes)]),),
            emails=(f"{mailbox}@{self.firm.key}.example.com",),
            time_zone=self.account.time_zone,
        )

    def _id(self, kind: str, index: int) -> str:
        return record_id(self.firm.key, kind, index)

    def set(self, **fields: object) -> None:
        """Change fields of the account: its limit, its pay cycle, its flags."""
        self.account = msgspec.structs.replace(self.account, **fields)

    # Invoices and money

    def invoice(self, amount: str | int, late: int, *, currency: str = "", exact: bool = False) -> Invoice:
        """Invoice an amount that is `late` days past due today (negative: not yet due).

        It was due up to a few days earlier, so that it was issued on a business day, unless the day is `exact`.
        """
        due = self.stage.days_ago(late)
        if not exact:
            issued = due - timedelta(days=self.firm.terms)
            due -= issued - self.stage.calendar.roll_back(issued)
        return self.invoice_due(amount, due, currency=currency)

    def invoice_due(self, amount: str | int, due: date, *, currency: str = "") -> Invoice:
        """Invoice an amount due on a day."""
        issued = due - timedelta(days=self.firm.terms)
        return self._item(Decimal(amount), issued, due, currency, "Invoice")

    def credit(self, amount: str, days_ago: int, kind: str = "Credit Memo") -> Invoice:
        """Give a credit, on the business day at or before so many days ago."""
        issued = self.stage.calendar.roll_back(self.stage.days_ago(days_ago))
        return self._item(-Decimal(amount), issued, None, "", kind)

    def _item(self, amount: Decimal, issued: date, due: date | None, currency: str, kind: str) -> Invoice:
        item = Invoice(
            id=self._id("invoice", len(self.invoices)),
            account=self.account.id,
            number=self.stage.invoice_number(issued),
            issued=issued,
            due=due,
            amount=round(amount, 2),
            balance=round(amount, 2),
            currency=currency or self.firm.currency,
            kind=kind,
            reported=LATEST,
        )
        self.invoices.append(item)
        return item

    def pay(
        self,
        day: date,
        amount: str | Decimal,
        method: Method,
        *on: Invoice,
        since: date | None = None,
        reversed_on: date | None = None,
        by_hand: bool = False,
    ) -> None:
        """Receive money for invoices, in their order; what they do not need is on account.

        With `since` the payment was concluded from two reports; `by_hand` it is newer than the last report.
        """
        left = Decimal(amount)
        parts = []
        for invoice in on:
            part = min(left, self._open(invoice, day))
            if part > 0:
                parts.append(Applied(invoice.number, part))
                left -= part
        reference = f"check {self.random.randrange(2100, 9800)}" if method is Method.CHECK and not since else ""
        self.payments.append(
            Payment(
                id=self._id("payment", len(self.payments)),
                account=self.account.id,
                day=day,
                amount=round(Decimal(amount), 2),
                currency=on[0].currency if on else self.firm.currency,
                method="" if since else method,
                reference=reference,
                applied=tuple(parts),
                since=since,
                recorded=BY_HAND if by_hand else LATEST if since else PAYMENTS,
                reversed_on=reversed_on,
            )
        )

    def _open(self, invoice: Invoice, day: date) -> Decimal:
        """Return what was open of an invoice at the end of a day."""
        return invoice.amount - total(
            part.amount
            for payment in self.payments
            if payment.reversed_on is None and payment.day <= day
            for part in payment.applied
            if part.number == invoice.number
        )
