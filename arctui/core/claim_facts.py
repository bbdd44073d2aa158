"""What the claim file of an account says, before it is set on paper: plain values, made by `core.claim_file`.

Amounts are exact and stand beside their currency's code, which is always named. Days are dates, sentences whole.
Exhibits are named by their numbers, which count from 1.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from arctui.core.money import ZERO


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One side of the claim. `name` is how it is called here, `legal_name` as it stands in the register, "" if that
    is not known. `people`: a line each, name and role and how they are reached."""

    name: str
    legal_name: str = ""
    number: str = ""
    address: tuple[str, ...] = ()
    country: str = ""
    jurisdiction: str = ""
    tax_number: str = ""
    natural_person: bool = False
    people: tuple[str, ...] = ()


class Sum(msgspec.Struct, frozen=True):
    """One line of how an amount comes about: what it is, and by how much it changes the sum (negative: less)."""

    words: str
    amount: Decimal


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """What is claimed in one currency. `sums` add up to `total`; `principal` is that without interest and fees.

    `aside` are amounts that are owed but not claimed here, each with the reason: in dispute, not due yet.
    `arithmetic`: how interest and fees are computed, a line each. `agreed`: in what they were agreed, a line each.
    """

    currency: str
    principal: Decimal
    interest: Decimal = ZERO
    fees: Decimal = ZERO
    total: Decimal
    sums: tuple[Sum, ...] = ()
    aside: tuple[Sum, ...] = ()
    arithmetic: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()


class Entry(StrEnum):
    """What a line of the statement of account is."""

    INVOICE = "invoice"
    CREDIT = "credit"
    PAYMENT = "payment"
    RETURN = "returned payment"
    ADJUSTMENT = "adjustment"


class StatementLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the statement: by how much the balance changes (negative: less is owed), and what it is then.

    `day` None: the day is not known, such lines come first. `words` say what it is about, the interval of a payment
    whose day is not known included.
    """

    day: date | None
    kind: Entry
    number: str = ""
    words: str = ""
    due: date | None = None
    amount: Decimal
    balance: Decimal
    exhibits: tuple[int, ...] = ()


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """The statement of account in one currency; its last line ends in `balance`, what the book has as owed."""

    currency: str
    lines: tuple[StatementLine, ...]
    balance: Decimal


class InvoiceFact(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice of which something is open: `claimed` of it before credits, `disputed` of it. A copy of the invoice,
    a proof of delivery and whatever else was attached to it are among `exhibits`."""

    number: str
    issued: date | None
    due: date | None
    days_past_due: int
    amount: Decimal
    open: Decimal
    disputed: Decimal
    claimed: Decimal
    currency: str
    reference: str = ""
    exhibits: tuple[int, ...] = ()
    copy: bool = False
    delivered: bool = False


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the chronology. `when` is its day, hour and UTC offset in words, of the day only where no hour is
    known. `lines`: the whole of it, the first being what it was; the rest what was asked and answered, in order.

    `by` is the clerk, `person` who at the customer's. `record` is the id of the record behind it, `undone`: the
    record was taken back later, as a last line says.
    """

    day: date | None
    at: datetime | None = None
    when: str
    kind: str
    by: str = ""
    person: str = ""
    lines: tuple[str, ...]
    amount: Decimal = ZERO
    currency: str = ""
    exhibits: tuple[int, ...] = ()
    record: str = ""
    undone: bool = False


class PromiseFact(msgspec.Struct, frozen=True, kw_only=True):
    """A promise: when it was taken, by whom, from whom, in which words, of what, and the sentence of its verdict."""

    taken: str
    taken_by: str
    person: str
    amount: Decimal
    currency: str
    day: date
    method: str
    words: str
    invoices: tuple[str, ...]
    verdict: str
    outcome: str
    exhibits: tuple[int, ...] = ()


class LetterFact(msgspec.Struct, frozen=True, kw_only=True):
    """A letter: what it asked for and until when, how it went out ("not sent"), and the numbers of its exhibits."""

    number: str
    kind: str
    written: date
    by: str
    person: str
    address: str
    amount: Decimal
    interest: Decimal
    fee: Decimal
    currency: str
    deadline: date | None
    sent: str
    tracking: str = ""
    invoices: tuple[str, ...] = ()
    exhibit: int = 0
    proofs: tuple[int, ...] = ()


class DisputeFact(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute: of what, why, our remedy with its day, and when it was closed (None: it is open)."""

    opened: date
    reason: str
    kind: str
    amount: Decimal
    currency: str
    invoices: tuple[str, ...]
    remedy: str
    remedy_due: date
    owner: str
    closed_on: date | None
    exhibits: tuple[int, ...] = ()


class CreditFact(msgspec.Struct, frozen=True, kw_only=True):
    """A credit that stands: a credit memo with what is left of it, or money on account."""

    day: date | None
    words: str
    amount: Decimal
    currency: str
    exhibits: tuple[int, ...] = ()


class Group(StrEnum):
    """What an exhibit is; they are numbered in this order."""

    CONTRACT = "contract"
    INVOICE = "invoice"
    DELIVERY = "proof of delivery of the goods"
    LETTER = "letter"
    PROOF = "proof of sending"
    PROMISE = "promise"
    DISPUTE = "dispute"
    EMAIL = "email"
    OTHER = "other"


class Exhibit(msgspec.Struct, frozen=True, kw_only=True):
    """One file that goes into the claim file. `title` says what it is; `name` is what the file is called (shown only,
    never a path). Its content is found by `digest`, the SHA-256 in hex. `media` "" if that is not known (a letter's
    file). `records`: ids of the attachments, or of the letter, that it is of; `about` what these prove, in words."""

    number: int
    group: Group
    title: str
    day: date
    name: str
    digest: str
    media: str = ""
    size: int = 0
    about: tuple[str, ...] = ()
    note: str = ""
    records: tuple[str, ...] = ()


class Missing(msgspec.Struct, frozen=True):
    """What a complete file still needs: one sentence what is missing, one what to do."""

    what: str
    todo: str

    def __str__(self) -> str:
        """Say both."""
        return f"{self.what}: {self.todo}"


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """An act on the account that was taken back, as the history has it: what it was, when and by whom, and when and
    by whom it was taken back. `act` is its number."""

    act: int
    what: str
    at: datetime
    by: str
    undone_at: datetime
    undone_by: str


class ClaimFacts(msgspec.Struct, frozen=True, kw_only=True):
    """All that the claim file of an account says as of a `day`.

    `venue` is where the claim would be brought ("US-CA"), "" if that is not known. `claimed` and `statements` are
    one per currency, the main one first, never added. `warnings` speak of the limits and of what is in doubt;
    `missing` is the checklist. `head` is the head of the history's hash chain after `act` acts, so that the record
    can be shown to be unaltered; `proof` says how. `notice`: that no legal advice is given.
    """

    day: date
    creditor: Party
    debtor: Party
    contract: str
    venue: str
    claimed: tuple[Claimed, ...]
    statements: tuple[Statement, ...]
    invoices: tuple[InvoiceFact, ...]
    chronology: tuple[Event, ...]
    promises: tuple[PromiseFact, ...]
    letters: tuple[LetterFact, ...]
    disputes: tuple[DisputeFact, ...]
    credits: tuple[CreditFact, ...]
    exhibits: tuple[Exhibit, ...]
    missing: tuple[Missing, ...]
    warnings: tuple[str, ...]
    notice: tuple[str, ...]
    proof: tuple[str, ...]
    head: str
    act: int
