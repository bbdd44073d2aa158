"""Invoices and payments as a letter lists them, a line each; `code` is the currency as it is written. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from arctui.core.ledger import OpenItem
from arctui.core.letter_records import Letter, LetterKind
from arctui.core.letter_values import InvoiceLine, PaymentLine
from arctui.core.money import grouped
from arctui.core.records import Payment
from arctui.core.text import clean
from arctui.core.words import short_day

#: Of more invoices than these a payment only says how many it was for.
_NAMED = 3
#: Thanks are for the payments of so many days up to the last one.
_THANKS_DAYS = timedelta(30)


def invoice_line(item: OpenItem, code: str) -> InvoiceLine:
    """Return an invoice or a credit as it stands in a letter; a credit is due on no day."""
    invoice = item.invoice
    return InvoiceLine(
        number=clean(invoice.number) or "no number",
        issued=written(invoice.issued),
        due=written(invoice.due) if item.open > 0 else "",
        days_late=item.days_past_due,
        amount=grouped(invoice.amount),
        open=grouped(item.open),
        disputed=grouped(item.disputed) if item.disputed else "",
        currency=code,
    )


def cash_line(payment: Payment, rest: Decimal, code: str) -> InvoiceLine:
    """Return what is on account of a payment as a credit among the invoices."""
    return InvoiceLine(
        number="on account",
        issued=written(payment.day),
        amount=grouped(-payment.amount),
        open=grouped(-rest),
        currency=code,
    )


def payment_line(payment: Payment, code: str) -> PaymentLine:
    """Return a payment that was received.

    Of what two reports tell only the last day is known, and not that it was money.
    """
    return PaymentLine(
        day=f"by {written(payment.day)}" if payment.inferred else written(payment.day),
        amount=grouped(payment.amount, code),
        method="no longer open" if payment.inferred else clean(payment.method),
        about=listed([clean(part.number) for part in payment.applied if part.number]),
    )


def written(day: date | None) -> str:
    """Write a day for a column, without its weekday: "8 Oct 2026"."""
    return short_day(day).partition(" ")[2] if day else ""


def listed(numbers: Sequence[str]) -> str:
    """Name invoices, or say how many they are."""
    return ", ".join(numbers) if len(numbers) <= _NAMED else f"{len(numbers)} invoices"


def named(numbers: Sequence[str]) -> str:
    """Name invoices within a sentence: "invoice B-1", "invoices B-1, B-2", "4 invoices"."""
    few = "invoice " if len(numbers) == 1 else "invoices " if len(numbers) <= _NAMED else ""
    return few + listed(numbers)


def unthanked(payments: Iterable[Payment], letters: Iterable[Letter], today: date) -> list[Payment]:
    """Return the known payments, by day, that stayed and that no letter which was sent thanks for.

    Of the days up to the last payment of all: what is older is not dug out.
    """
    thanked = {id_ for t in letters if t.kind is LetterKind.THANKS and t.sent_on for id_ in t.about}
    came = [p for p in payments if p.day <= today and p.amount > 0 and not p.inferred]
    stayed = sorted((p for p in came if p.reversed_on is None or p.reversed_on > today), key=lambda p: p.day)
    return [p for p in stayed if p.day > stayed[-1].day - _THANKS_DAYS and p.id not in thanked]
