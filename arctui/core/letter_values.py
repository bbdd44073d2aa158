"""What a letter may speak of: everything that a template may name, formatted already. Pure.

Amounts are written with their currency as the customer reads them, days with their year. "" and empty rows stand for
what there is nothing of, so a template can ask.
"""

from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.letter_records import Asked, LetterKind


class InvoiceLine(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice or credit as a letter lists it: its number, days, days late, amounts without their `currency`."""

    number: str
    issued: str = ""
    due: str = ""
    days_late: int = 0
    amount: str = ""
    open: str = ""
    disputed: str = ""
    currency: str = ""


class SumLine(msgspec.Struct, frozen=True, kw_only=True):
    """What stands below the invoices of a currency: what it is, and its amount without the currency."""

    words: str
    amount: str
    currency: str = ""


class PaymentLine(msgspec.Struct, frozen=True, kw_only=True):
    """Money that was received, or that was agreed to be paid: its day, amount and way."""

    day: str
    amount: str
    method: str = ""
    about: str = ""


class LetterValues(msgspec.Struct, frozen=True, kw_only=True):
    """What one letter says. `total` is `amount` with `interest` and `fees`; `earlier` the letters sent before it.

    `sums` stand below the invoices. Of what was agreed: `agreed` the payments, `agreed_on` the day on which that was,
    `promised` the sentence that says it, `settles` the one above the invoices it is for, `remarks` what there is to
    say besides. `objection` is the sentence of the dispute. `others`: the balances in further currencies;
    `in_favour`: the balance is the customer's; `since`: the day of the hold; `rest`: what is open still after the
    payments, `settled`: that nothing is; `tries`: how often we called in a row and reached nobody. `apart`: what is
    promised of invoices that are not asked for, so not listed; `objected_on`: the day on which a dispute was told.
    """

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
    sums: tuple[SumLine, ...] = ()
    agreed_on: str = ""
    promised: str = ""
    settles: str = ""
    remarks: tuple[str, ...] = ()
    objection: str = ""
    others: tuple[str, ...] = ()
    in_favour: bool = False
    since: str = ""
    rest: str = ""
    tries: int = 0
    apart: str = ""
    settled: bool = False
    objected_on: str = ""


class Speaks(msgspec.Struct, frozen=True, kw_only=True):
    """What a letter asks for, as its record keeps it: amounts in `currency`, ids of the invoices that it names.

    `asked`: what of which invoice, credits taken off, in all `amount`; `about`: ids of the promises, of the dispute,
    or of the payments that it is about.
    """

    amount: Decimal = Decimal(0)
    currency: str = ""
    interest: Decimal = Decimal(0)
    fee: Decimal = Decimal(0)
    invoices: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    about: tuple[str, ...] = ()
    deadline: date | None = None
