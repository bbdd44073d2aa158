"""What a capture line is read against, and what it was read as: plain values."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby

import msgspec

from arctui.core.business import BusinessCalendar
from arctui.core.money import ZERO, total
from arctui.core.policy import Policy
from arctui.core.promises import Judged, Window
from arctui.core.records import ActivityKind, DisputeKind, Method, Outcome, PayCycle
from arctui.core.text import fold


class ProblemError(Exception):
    """The line cannot be taken; the message says why and what to ask or write."""


class OpenInvoice(msgspec.Struct, frozen=True, kw_only=True):
    """What is open under one invoice number, and what of it may still be promised.

    `undisputed` is disputed by nobody; `free` of it no live promise covers; `asked` of it may be asked for now.
    `ids`: the invoice, or the few that share the number.
    """

    open: Decimal
    undisputed: Decimal
    free: Decimal
    asked: Decimal = ZERO
    ids: tuple[str, ...] = ()


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What the reading depends on. `now` is the moment with its offset, `zone` the customer's time zone ("" unknown).

    `open_total` is all that is open in `currency`, past due or not; `undisputed` is what of it nobody disputes;
    `invoices` are the open ones by number; `stopped` says why the account must not be called; `speaker` is who is on
    the line, and meant where nobody is named; `dispute_kind` is meant where the words of a dispute name none;
    `said_paid` is what the customer says is paid already: `collectable` is without it; `there` are the customer's
    business days where their country is another than the firm's.
    """

    today: date
    now: datetime
    policy: Policy
    calendar: BusinessCalendar
    currency: str = ""
    people: tuple[str, ...] = ()
    collectable: Decimal = ZERO
    open_total: Decimal = ZERO
    undisputed: Decimal | None = None
    live: tuple[Judged, ...] = ()
    in_hands: bool = False
    cycle: PayCycle | None = None
    zone: str = ""
    invoices: dict[str, OpenInvoice] = {}
    stopped: str = ""
    speaker: str = ""
    dispute_kind: DisputeKind | None = None
    said_paid: Decimal = ZERO
    there: BusinessCalendar | None = None
    theirs: BusinessCalendar | None = None

    @property
    def run_calendar(self) -> BusinessCalendar:
        """The business days on which the customer pays; the firm's where theirs are not known."""
        return self.theirs or self.calendar

    def number(self, text: str) -> str:
        """Return the number of the open invoice that is written so, in any case, "" if there is none."""
        wanted = fold(text)
        return next((number for number in self.invoices if fold(number) == wanted), "")

    @property
    def live_here(self) -> tuple[Judged, ...]:
        """The live promises in the currency that the line is about."""
        return tuple(j for j in self.live if j.promise.currency == self.currency)

    def holiday_there(self, day: date) -> str:
        """Name the holiday on a day where the customer is, "" if there is none, or in the firm's country."""
        return self.there.holiday(day) if self.there else ""


class Plan(msgspec.Struct, frozen=True):
    """An instalment plan of a line: its place there, and how often a part is paid ("monthly")."""

    place: int
    every: str


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """One promise as it was read. `method` is None where the customer named no way of paying.

    `numbers` are the invoices that it was said to be for; `plan` is the instalment plan that it is a part of.
    """

    day: date
    amount: Decimal
    method: Method | None
    person: str
    window: Window
    in_hands: bool
    numbers: tuple[str, ...] = ()
    plan: Plan | None = None


def by_plan(commitments: Iterable[Commitment]) -> list[tuple[Commitment, ...]]:
    """Return the promises of a line, the parts of an instalment plan together, any other alone."""
    placed = groupby(enumerate(commitments), key=lambda pair: pair[1].plan or pair[0])
    return [tuple(commitment for _, commitment in group) for _, group in placed]


class Callback(msgspec.Struct, frozen=True):
    """An agreed day and, mostly, an hour in the customer's time zone; `why` are the clerk's words."""

    day: date
    hour: time | None
    zone: str
    why: str


class Objection(msgspec.Struct, frozen=True):
    """A dispute as it was read; `numbers` are the invoice numbers that the words name.

    `remedy` is what settles it, owed by `owner` ("" the clerk) on `due` (None: in the days that the policy gives).
    """

    amount: Decimal
    reason: str
    numbers: tuple[str, ...] = ()
    kind: DisputeKind | None = None
    remedy: str = ""
    owner: str = ""
    due: date | None = None


class Payment(msgspec.Struct, frozen=True):
    """What a customer says of a payment that was made; anything but that it was made may be unknown."""

    day: date | None
    amount: Decimal | None
    method: Method | None
    reference: str = ""
    numbers: tuple[str, ...] = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a line was read as. `problems` say why it cannot be saved; `warnings` are shown before it is.

    `replaces`: ids of the open promises that the new ones take the place of.
    """

    text: str
    outcome: Outcome | None = None
    kind: ActivityKind = ActivityKind.CALL
    inbound: bool = False
    commitments: tuple[Commitment, ...] = ()
    replaces: tuple[str, ...] = ()
    withdraws: tuple[str, ...] = ()
    callback: Callback | None = None
    objection: Objection | None = None
    paid: Payment | None = None
    person: str = ""
    words: str = ""
    warnings: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Can it be saved?"""
        return not self.problems and self.outcome is not None

    @property
    def promised(self) -> Decimal:
        """The sum of all promises in it."""
        return total(c.amount for c in self.commitments)
