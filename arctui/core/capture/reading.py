"""What a capture line is read against, and what it was read as: plain values."""

from datetime import date, datetime, time
from decimal import Decimal

import msgspec

from arctui.core.business import BusinessCalendar
from arctui.core.money import ZERO, total
from arctui.core.policy import Policy
from arctui.core.promises import Judged, Window
from arctui.core.records import (
    ActivityKind,
    Method,
    Outcome,
    PayCycle,
)


class ProblemError(Exception):
    """The line cannot be taken; the message says why and what to ask or write."""


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What the reading depends on. `now` is the moment with its offset, `zone` the customer's time zone ("" unknown).

    `open_total` is all that is open in `currency`, past due or not; `undisputed` is what of it nobody disputes;
    `numbers` are invoice numbers with what is open; `stopped` says why the account must not be called; `speaker` is
    who is on the line, and meant where nobody is named.
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
    numbers: dict[str, Decimal] = {}
    stopped: str = ""
    speaker: str = ""

    @property
    def live_here(self) -> tuple[Judged, ...]:
        """The live promises in the currency that the line is about."""
        return tuple(j for j in self.live if j.promise.currency == self.currency)


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """One promise as it was read. `method` is None where the customer named no way of paying."""

    day: date
    amount: Decimal
    method: Method | None
    person: str
    window: Window
    in_hands: bool


class Callback(msgspec.Struct, frozen=True):
    """An agreed day and, mostly, an hour in the customer's time zone; `why` are the clerk's words."""

    day: date
    hour: time | None
    zone: str
    why: str


class Objection(msgspec.Struct, frozen=True):
    """A dispute as it was read; `numbers` are the invoice numbers that the words name."""

    amount: Decimal
    reason: str
    numbers: tuple[str, ...] = ()


class Payment(msgspec.Struct, frozen=True):
    """What a customer says of a payment that was made; anything but that it was made may be unknown."""

    day: date | None
    amount: Decimal | None
    method: Method | None


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
