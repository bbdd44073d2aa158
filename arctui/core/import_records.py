"""Records that the exchange with the accounting system and the bank leaves in the book.

Facts as well: what a bank statement said, how the firm's own reports are read, the rates that a clerk wrote down.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

import msgspec

from arctui.core.records import Record


class BankLine(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A line of a bank statement or a payment of which it is not certain what it pays.

    `payer` is the name that the bank gives, `words` its whole text; `account` is the customer, "" while that is not
    known. A negative `amount` is money taken back (a returned check). `identity`: the line's own id at the bank,
    by which it is known again. `imported`: the number of the import that brought it.
    `decided_on` is None while it waits for the clerk; `payments` are the ids of those that it became (none: it was
    ignored). One that waits and has a payment is of a payment list that names no invoices: its money is in the book,
    on account. It leaves the book when it is decided.
    """

    TABLE: ClassVar[str] = "bank_lines"

    day: date
    amount: Decimal
    currency: str = ""
    payer: str = ""
    words: str = ""
    reference: str = ""
    identity: str = ""
    account: str = ""
    imported: int = 0
    decided_on: date | None = None
    decided_by: str = ""
    payments: tuple[str, ...] = ()

    @property
    def listed(self) -> str:
        """The id of the payment on account that waits for its invoices, "" if this is a line of the bank."""
        return self.payments[0] if self.payments and self.decided_on is None else ""


class NamedColumn(msgspec.Struct, frozen=True):
    """A column of the firm's own layout: its header, and the field that it is ("" = not used)."""

    name: str
    field: str


class OwnLayout(Record, frozen=True, kw_only=True, omit_defaults=True):
    """How the clerk told a table of the firm's own to be read; known again by the names of its columns.

    `kind` is what the table holds (the words of `exchange.report.ReportKind`). A table without a header row has
    `headless` and is known by its width. `month_first` and `decimal_mark` are None and "" where the file decides.
    """

    TABLE: ClassVar[str] = "layouts"

    name: str
    kind: str
    columns: tuple[NamedColumn, ...]
    headless: bool = False
    month_first: bool | None = None
    decimal_mark: str = ""
    by: str = ""
    at: datetime


class Rate(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What one unit of a currency is worth in the home currency `into`, from `since` on.

    Used for one total that is marked as converted, never for an account.
    """

    TABLE: ClassVar[str] = "rates"

    currency: str
    into: str
    value: Decimal
    since: date
    by: str = ""
    at: datetime
