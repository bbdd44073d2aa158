"""The records of the book: facts, as they were imported, said or decided.

Nothing that a rule can derive stands here (aging, verdicts, next contact). Records are immutable; a change is a
new record with the same id. Dates are calendar dates of the firm; moments (`at`) carry their UTC offset.
Amounts are exact decimals of two places with a currency code beside them ("" = the home currency).
"""

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

import msgspec

from arctui.core.pay_cycle import Frequency as Frequency
from arctui.core.pay_cycle import PayCycle as PayCycle


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One fact with its own id (32 hex digits, never TinyDB's)."""

    TABLE: ClassVar[str] = ""

    id: str


class DisputeKind(StrEnum):
    """What a dispute is about: the eight kinds that trade between firms knows."""

    PRICE = "price"
    QUANTITY = "quantity"
    DELIVERY = "delivery"
    QUALITY = "quality"
    DUPLICATE = "duplicate"
    SCOPE = "scope"
    ORDER = "order number"
    MATCHING = "matching"


class Flag(StrEnum):
    """Why an account must not be called; the words are shown."""

    BANKRUPTCY = "bankruptcy"
    ATTORNEY = "attorney"
    DO_NOT_CALL = "do not call"
    LEGAL = "legal"


class Account(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A customer who is given credit. `flags` stop all calling; `clerk` is the login it belongs to.

    `natural_person`: a sole trader or a guarantor, who is called by the strict profile (`core.permission`).
    `struck`: numbers, emails, addresses and people that the clerk found wrong; no imported list brings them back.
    `aliases`: further names and numbers under which reports speak of this customer; `apart`: names that look like
    this one, of which the clerk said that they are somebody else. `terms_days`: calendar days from issue to due date.
    `legal_name`: as it stands in the register, for a claim; `jurisdiction`: where they would be sued ("US-CA");
    `contract`: in what the terms were agreed.
    """

    TABLE: ClassVar[str] = "accounts"

    name: str
    number: str = ""
    currency: str = ""
    terms_days: int | None = None
    credit_limit: Decimal | None = None
    address: str = ""
    country: str = ""
    time_zone: str = ""
    pay_cycle: PayCycle | None = None
    flags: tuple[Flag, ...] = ()
    clerk: str = ""
    natural_person: bool = False
    struck: tuple[str, ...] = ()
    tax_number: str = ""
    aliases: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    legal_name: str = ""
    jurisdiction: str = ""
    contract: str = ""


class Person(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A human at the account. `time_zone` is an IANA name, "" if unknown."""

    TABLE: ClassVar[str] = "people"

    account: str
    name: str
    role: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    time_zone: str = ""


class Invoice(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An open item; a credit memo or unapplied cash is one with a negative balance.

    `balance` is what the accounting system last reported in the import `reported`; what is open now is derived
    (`core.ledger`). `due` is None where no report gave a due date: such an item is never past due.
    `as_listed` marks an item known only from a list of amounts, which says nothing of what was paid before; with a
    balance of 0 a report of open items had left it out before the list told of it. `void` marks one that the
    accounting system made void: nothing is owed of it, though it was not paid.
    """

    TABLE: ClassVar[str] = "invoices"

    account: str
    number: str
    issued: date | None = None
    due: date | None = None
    amount: Decimal
    balance: Decimal
    currency: str = ""
    kind: str = "Invoice"
    reference: str = ""
    reported: int = 0
    as_listed: bool = False
    void: bool = False


class Applied(msgspec.Struct, frozen=True, omit_defaults=True):
    """The part of a payment that was applied to one invoice of the account, by the invoice's number.

    Number "": still on account, but a report shows it as a credit of its own, so it is not counted beside that. Cash
    that was applied later than it came carries the `day` of that and the import it was `recorded` in. `matched`: no
    list names the invoice, it was found to fit; so no report has shown it until it is `recorded`.
    """

    number: str
    amount: Decimal
    day: date | None = None
    recorded: int = 0
    matched: bool = False


#: Payments that came from a bank statement are "entered by" it, until the accounting system brings the same money.
BY_STATEMENT = "bank statement"


class Payment(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Money received. What `applied` does not use up is unapplied: a credit of the account.

    A payment inferred from two reports came at an unknown day from `since` to `day`, both included; any other
    has `since` None. `recorded` is the number of the import it came in, of the next one if it was entered by hand:
    a report imported later says itself what is open. A returned check carries `reversed_on`: as if it had not come.
    `reversal_recorded` is the import that said so. `identity` is the payment's own id in the accounting system.
    `entered_by`: the clerk who wrote it down by hand, or BY_STATEMENT, until an import brings the same money.
    """

    TABLE: ClassVar[str] = "payments"

    account: str
    day: date
    amount: Decimal
    currency: str = ""
    method: str = ""
    reference: str = ""
    identity: str = ""
    applied: tuple[Applied, ...] = ()
    since: date | None = None
    recorded: int = 0
    reversed_on: date | None = None
    reversal_recorded: int = 0
    entered_by: str = ""

    @property
    def inferred(self) -> bool:
        """Was this payment concluded from two reports, not read from a list?"""
        return self.since is not None


class Method(StrEnum):
    """A way of paying; each has its days of grace in the policy."""

    CHECK = "check"
    TRANSFER = "bank transfer"
    CARD = "card"


class Outcome(StrEnum):
    """The coded result of a contact."""

    PROMISE = "promise"
    PAID = "says it is paid"
    REFUSED = "refused"
    DISPUTE = "dispute"
    WITHDRAWN = "promise withdrawn"
    CALLBACK = "callback"
    NO_ANSWER = "no answer"
    BUSY = "busy"
    VOICEMAIL = "left voice mail"
    WRONG_NUMBER = "wrong number"
    GATEKEEPER = "gatekeeper"
    #: No line says this: it is the end of a call after which the account is called no more.
    STOPPED = "calls stopped"


#: Results of calls that did not reach the person who can pay: a try, no conversation.
NOT_REACHED = frozenset(
    {Outcome.NO_ANSWER, Outcome.BUSY, Outcome.VOICEMAIL, Outcome.WRONG_NUMBER, Outcome.GATEKEEPER}
)


class ActivityKind(StrEnum):
    """What happened."""

    CALL = "call"
    EMAIL = "email"
    LETTER = "letter"
    NOTE = "note"


class Activity(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What happened, append-only. `day` is the working day, `at` the moment.

    `reached`: the person who can pay was spoken to (right-party contact). `invoices` are the ids of those that
    were past due at the time, so what was spoken of; `excuses` the names of the script's reasons that were given.
    `seconds`: how long a call took, None if that is not known.
    """

    TABLE: ClassVar[str] = "activities"

    account: str
    kind: ActivityKind
    at: datetime
    day: date
    by: str
    outcome: Outcome | None = None
    reached: bool = False
    inbound: bool = False
    person: str = ""
    note: str = ""
    invoices: tuple[str, ...] = ()
    excuses: tuple[str, ...] = ()
    seconds: int | None = None


class Promise(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A promise to pay: the customer pays or sends `amount` on `day`.

    Fixed when it is taken: `grace_days` (business days by method), `tolerance` (currency units), `last_day` of
    its window and `breaks_on`, the first business day after it. `in_hands`: taken after a broken promise, so
    `day` is the day the money is here. `reviewed_on` is the day of a decision in the review, `left_until`
    the day until which it decided to leave the promise: from then on it is looked after again. `plan`: what the parts
    of one instalment plan have in common, "" for a promise that stands alone.
    """

    TABLE: ClassVar[str] = "promises"

    account: str
    invoices: tuple[str, ...]
    amount: Decimal
    currency: str = ""
    day: date
    method: Method | None = None
    person: str = ""
    taken_at: datetime
    taken_on: date
    taken_by: str
    words: str = ""
    grace_days: int
    tolerance: Decimal
    last_day: date
    breaks_on: date
    in_hands: bool = False
    withdrawn_on: date | None = None
    superseded_by: str = ""
    reviewed_on: date | None = None
    left_until: date | None = None
    plan: str = ""


class Dispute(Record, frozen=True, kw_only=True, omit_defaults=True):
    """The customer's objection to (part of) what is owed. Without `invoices` it is against the oldest items.

    `due` is the day our `remedy` is owed to the customer, `owner` who of us sees to it; `kind` is None if not said.
    """

    TABLE: ClassVar[str] = "disputes"

    account: str
    invoices: tuple[str, ...] = ()
    amount: Decimal
    currency: str = ""
    reason: str
    kind: DisputeKind | None = None
    remedy: str = ""
    owner: str = ""
    opened: date
    due: date
    closed_on: date | None = None


class FollowUpKind(StrEnum):
    """A callback has an agreed day and hour, a contact is a date set by the clerk.

    A claim is a payment that the customer says was made: it is looked for while something is past due. A task is
    ours to do (a copy to be sent): no conversation closes it, the clerk ticks it off.
    """

    CALLBACK = "callback"
    CONTACT = "contact"
    CLAIM = "payment claimed"
    TASK = "task"


class FollowUp(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A dated task on an account with its reason. `hour` is local to `time_zone` ("" = the firm's zone).

    `amount`: what a claim is of, None if that was not said.
    """

    TABLE: ClassVar[str] = "followups"

    account: str
    kind: FollowUpKind
    day: date
    hour: time | None = None
    time_zone: str = ""
    why: str = ""
    amount: Decimal | None = None
    set_on: date
    done_on: date | None = None


class Import(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A file that was read: `number` counts imports from 1; `as_of` is the day up to which it is complete.

    `settles`: a report of all open items, so what is missing from it is no longer open; `currencies` are those of
    which it listed all that was open. `sheet` is the one of several that was read, `content` the SHA-256 of all that
    was read, in hex: the same file may be read in another way. `doubted`: accounts that it left out and did not
    close, by id, each with the one that may be the same customer under a new name. `home`: the home currency in
    which what names none was taken, "" where all of it names one. `itemised`: it has what each invoice was for beside
    what is open of it, so it tells how much was paid on it. `written`: when the file was written, None if not known.
    """

    TABLE: ClassVar[str] = "imports"

    number: int
    file: str
    digest: str
    layout: str
    as_of: date
    at: datetime
    by: str
    settles: bool = False
    payments: bool = False
    currencies: tuple[str, ...] = ()
    sheet: str = ""
    content: str = ""
    doubted: tuple[tuple[str, str], ...] = ()
    home: str = ""
    itemised: bool = False
    written: datetime | None = None

    def covers(self, currency: str) -> bool:
        """Does it say what is open in a currency? Imports of old do not tell: they speak of all."""
        return not self.currencies or currency in self.currencies


class PolicyChange(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A setting of the firm's policy, in force from `since` on."""

    TABLE: ClassVar[str] = "policy"

    setting: str
    value: str
    since: date
    by: str
    at: datetime
