"""Invoices and payments as a letter lists them, a line each; `code` is the currency as it is written. Pure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from arctui.core.ledger import OpenItem
from arctui.core.letter_values import InvoiceLine, PaymentLine
from arctui.core.money import grouped
from arctui.core.records import Payment
from arctui.core.text import clean
from arctui.core.words import short_day

#: Of more invoices than these a payment only says how many it was for.
_NAMED = 3


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
    """Return a payment that was received; of one that two reports tell of only the last day is known."""
    return PaymentLine(
        day=f"by {written(payment.day)}" if payment.inferred else written(payment.day),
        amount=grouped(payment.amount, code),
        method=clean(payment.method),
        about=listed([clean(part.number) for part in payment.applied if part.number]),
    )


def written(day: date | None) -> str:
    """Write a day for a column, without its weekday: "8 Oct 2026"."""
    return short_day(day).partition(" ")[2] if day else ""


def listed(numbers: Sequence[str]) -> str:
    """Name invoices, or say how many they are."""
    return ", ".join(numbers) if len(numbers) <= _NAMED else f"{len(numbers)} invoices"
