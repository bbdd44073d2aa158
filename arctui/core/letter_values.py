"""What a letter may speak of: everything that a template may name, formatted already. Pure.

Amounts are written with their currency as the customer reads them, days with their year. "" and empty rows stand for
what there is nothing of, so a template can ask.
"""

from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.letter_records import LetterKind


class InvoiceLine(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice or credit as a letter lists it: its number, days, days late, amounts in the letter's currency."""

    number: str
    issued: str = ""
    due: str = ""
    days_late: int = 0
    amount: str = ""
    open: str = ""
    disputed: str = ""


class PaymentLine(msgspec.Struct, frozen=True, kw_only=True):
    """Money that was received, or that was agreed to be paid: its day, amount and way."""

    day: str
    amount: str
    method: str = ""
    about: str = ""


class LetterValues(msgspec.Struct, frozen=True, kw_only=True):
    """What one letter says. `total` is `amount` with `interest` and `fees`; `earlier` the letters sent before it."""

    kind: LetterKind
    number: str = ""
    day: str
    firm: str = ""
    clerk: str = ""
    account: str
    account_number: str = ""
    legal_name: str = ""
    person: str = ""
    contract: str = ""
    currency: str
    amount: str
    interest: str = ""
    fees: str = ""
    total: str = ""
    credits: str = ""
    deadline: str = ""
    oldest_days_late: int = 0
    invoices: tuple[InvoiceLine, ...] = ()
    payments: tuple[PaymentLine, ...] = ()
    agreed: tuple[PaymentLine, ...] = ()
    arithmetic: tuple[str, ...] = ()
    interest_agreed: str = ""
    fees_agreed: str = ""
    remittance: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    dispute: str = ""
    disputed: str = ""
    remedy: str = ""
    remedy_day: str = ""
    reason: str = ""


class Speaks(msgspec.Struct, frozen=True, kw_only=True):
    """What a letter asks for, as its record keeps it: amounts in `currency`, ids of the invoices that it names."""

    amount: Decimal = Decimal(0)
    currency: str = ""
    interest: Decimal = Decimal(0)
    fee: Decimal = Decimal(0)
    invoices: tuple[str, ...] = ()
    deadline: date | None = None
