"""The records of letters and of attached files: what was written and sent, and what proves it.

The files themselves lie in the folder of documents beside the book, each under the SHA-256 of its content.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

import msgspec

from arctui.core.records import Record


class LetterKind(StrEnum):
    """What a letter is for. The first three are the levels of asking for money, in their order."""

    REMINDER = "reminder"
    DEMAND = "demand"
    FINAL = "final demand"
    STATEMENT = "statement"
    CONFIRMATION = "confirmation"
    PLAN = "payment plan"
    DISPUTE = "dispute acknowledgement"
    HOLD = "credit hold"
    THANKS = "thank-you"


#: The levels of asking for money by letter, in their order.
LEVELS = (LetterKind.REMINDER, LetterKind.DEMAND, LetterKind.FINAL)


class SentBy(StrEnum):
    """How a letter went out."""

    MAIL = "mail"
    CERTIFIED = "certified mail"
    EMAIL = "email"
    HAND = "hand"


class Written(msgspec.Struct, frozen=True):
    """A file as it was written: what it is called, and the SHA-256 of its content in hex."""

    name: str
    digest: str


class Asked(msgspec.Struct, frozen=True):
    """What a letter asks for of one invoice, by its id; more than nothing."""

    invoice: str
    amount: Decimal


class Letter(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A letter as it was written: only what is learnt of its sending is added later.

    `number` counts the letters of a year ("2026-0017"). `amount` is what it speaks of, without `interest` and `fee`;
    `invoices` the ids of those of which it asks for something, `asked` for how much of each; `about` the ids of the
    promises, the dispute or the payments that it speaks of. `files` hold it as it went out; `template` names the
    text it was made from, with the SHA-256 of that. `why`: the clerk's reason where it was not due. `tracking` is
    the number of certified mail; the proof of delivery is an attachment about the letter. `activity` is the id of
    the activity that tells of its sending.
    """

    TABLE: ClassVar[str] = "letters"

    account: str
    number: str
    kind: LetterKind
    at: datetime
    day: date
    by: str
    person: str = ""
    address: str = ""
    invoices: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    about: tuple[str, ...] = ()
    amount: Decimal = Decimal(0)
    currency: str = ""
    interest: Decimal = Decimal(0)
    fee: Decimal = Decimal(0)
    deadline: date | None = None
    template: Written | None = None
    files: tuple[Written, ...] = ()
    why: str = ""
    sent_by: SentBy | None = None
    sent_on: date | None = None
    tracking: str = ""
    activity: str = ""


class Role(StrEnum):
    """What an attached file is for a court, as the clerk says; OTHER also where nobody has said it."""

    COPY = "invoice copy"
    DELIVERY = "proof of delivery"
    CONTRACT = "contract"
    SENDING = "proof of sending"
    OTHER = ""


class Attachment(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A file that was attached to an account: an invoice, a proof of delivery, an email.

    `digest` is the SHA-256 of its content in hex, under which it lies in the folder of documents; `size` in bytes;
    `media` is what its first bytes say that it is ("application/pdf"). `name` is shown and never is a path. `about`
    is the id of the invoice, letter, dispute or promise that it proves, "" for the account; `role` says as what.
    """

    TABLE: ClassVar[str] = "attachments"

    account: str
    digest: str
    size: int
    media: str
    name: str
    at: datetime
    day: date
    by: str
    about: str = ""
    note: str = ""
    role: Role = Role.OTHER
