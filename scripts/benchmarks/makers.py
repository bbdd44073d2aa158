"""Invented accounts and calls for the measurements: the same every time, of the size that real ones have."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import msgspec

from arctui.core.calls import Call, Move, MoveKind
from arctui.core.changes import Change, added, removed
from arctui.core.records import (
    Account,
    Activity,
    ActivityKind,
    FollowUp,
    FollowUpKind,
    Import,
    Invoice,
    Method,
    Outcome,
    Promise,
    Record,
)

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=-5)))
TODAY = NOW.date()
CLERK = "ann"

_INVOICES, _ACTIVITIES = 3, 5
_FIRST = ("Birch", "Cedar", "Alder", "Elm", "Fir", "Gorse", "Hazel", "Juniper", "Larch", "Maple", "Rowan")
_SECOND = ("Works", "Farm", "Mill", "& Sons", "Logistics", "Ltd", "Bakery", "Roofing", "Motors")
_PEOPLE = ("Tony Marsh", "Mrs Lee", "Joyce Adeyemi", "Nils Berg")
_NOTES = (
    "1,200.00 by bank transfer for Fri 27 Nov. Asked for the remittance, it comes by email the same day.",
    "The approver is away until Monday; the invoice is in the run of Thursday if he signs before the cut-off.",
    "Front desk says payables only answers email. Sent the statement again with both invoices attached.",
    "Says a check is in the mail since last Wednesday, number 20417, for the two oldest invoices, less the credit.",
    "Waits for his own customer to pay, half of it perhaps by the end of the month, the rest with the next job.",
)
_OUTCOMES = (Outcome.PROMISE, Outcome.REFUSED, Outcome.GATEKEEPER, Outcome.PAID, Outcome.VOICEMAIL)
_SAID = (
    "“Good morning, this is Ann of Granite Supply. May I speak to Tony Marsh in payables, please?”",
    "“Tony, 1,200.00 of your account is past due, the oldest since 8 October. When will it be paid?”",
    "“What has to happen on your side so that it goes out on that day?”",
    "“So 1,200.00 by bank transfer on Friday 27 November, with us on Monday. Can I note that as agreed?”",
)
_HEARD = ("speaking", "waiting for money", "fri 1200 ach tony", "yes, agreed")


def _id(*parts: object) -> str:
    """Make an id out of what it stands for, spread as evenly as one drawn at random."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def records(accounts: int, invoices: int = _INVOICES, activities: int = _ACTIVITIES) -> Iterator[Record]:
    """Return a book's records: an import, and for each account some invoices, activities and a promise."""
    yield Import(
        id=_id("import"),
        number=1,
        file="aging.csv",
        digest="00",
        layout="flat",
        as_of=TODAY,
        at=NOW,
        by=CLERK,
        settles=True,
    )
    for number in range(accounts):
        yield from _account(number, invoices, activities)


def name(number: int) -> str:
    """Return what an account is called."""
    return f"{_FIRST[number % len(_FIRST)]} {_SECOND[number % len(_SECOND)]} {number}"


def _account(number: int, invoices: int, activities: int) -> Iterator[Record]:
    account = _id("account", number)
    yield Account(id=account, name=name(number), number=f"C-{number:06}", currency="USD", terms_days=30, country="US")
    owed = [_invoice(number, which) for which in range(invoices)]
    yield from owed
    between = max(1, 14 * _ACTIVITIES // activities)
    for which in range(activities):
        activity, ago = _id("activity", number, which), 19 + between * (activities - 1 - which) + number % 7
        yield _activity(activity, number, number + which, NOW - timedelta(days=ago))
    yield _promise(_id("promise", number), account, TODAY + timedelta(days=number % 21 - 10), (owed[0].id,))


def _invoice(number: int, which: int) -> Invoice:
    due = TODAY - timedelta(days=(number * 7 + which * 31) % 130 - 30)
    amount = Decimal((number * 7919 + which * 104729) % 900_000 + 10_000) / 100
    return Invoice(
        id=_id("invoice", number, which),
        account=_id("account", number),
        number=f"{number:06}-{which}",
        issued=due - timedelta(days=30),
        due=due,
        amount=amount,
        balance=Decimal("0.00") if which == 2 and number % 2 else amount,
        currency="USD",
        reference=f"PO {number * 3 + which}",
        reported=1,
    )


def _activity(activity_id: str, number: int, which: int, at: datetime) -> Activity:
    kind = which % len(_NOTES)
    return Activity(
        id=activity_id,
        account=_id("account", number),
        kind=ActivityKind.CALL,
        at=at,
        day=at.date(),
        by=CLERK,
        outcome=_OUTCOMES[kind],
        reached=kind in (0, 1, 3),
        person=_PEOPLE[number % len(_PEOPLE)],
        note=f"{_NOTES[kind]} {_NOTES[(kind + 2) % len(_NOTES)]}",
        invoices=(_id("invoice", number, 0),),
    )


def _promise(promise_id: str, account: str, day: date, invoices: tuple[str, ...]) -> Promise:
    return Promise(
        id=promise_id,
        account=account,
        invoices=invoices,
        amount=Decimal("1200.00"),
        currency="USD",
        day=day,
        method=Method.TRANSFER,
        person=_PEOPLE[0],
        taken_at=NOW - timedelta(days=12),
        taken_on=TODAY - timedelta(days=12),
        taken_by=CLERK,
        words="funds are there, it goes out that morning",
        grace_days=1,
        tolerance=Decimal("6.00"),
        last_day=day + timedelta(days=1),
        breaks_on=day + timedelta(days=2),
    )


@dataclass(frozen=True)
class CallOnAccount:
    """A call as it begins, as one more move makes it, and the act that ends it: four records changed."""

    begun: Call
    moved: Call
    end: tuple[Change, ...]


def call(turn: int, accounts: int, made_by: str) -> CallOnAccount:
    """Make a call on one of a book's accounts; each turn of each trial has its own."""
    number = turn * 7919 % accounts
    account, invoice = _id("account", number), _id("invoice", number, 0)
    moves = [
        Move(kind=MoveKind.REPLY, step=f"step {n}", text=heard, at=NOW, to=f"step {n + 1}", said=said, reached=True)
        for n, (said, heard) in enumerate(zip(_SAID, _HEARD, strict=True))
    ]
    begun = Call(
        id=_id("call", made_by, turn),
        account=account,
        by=CLERK,
        session="host 4711 90210 0badcafe",
        started_at=NOW,
        day=TODAY,
        entry="step 0",
        person=_PEOPLE[0],
        moves=tuple(moves[:-1]),
    )
    moved = msgspec.structs.replace(begun, moves=tuple(moves))
    activity = _activity(_id("activity", made_by, turn), number, turn, NOW)
    transcript = "\n".join(f"{said} {heard}" for said, heard in zip(_SAID, _HEARD, strict=True))
    followup = FollowUp(
        id=_id("followup", made_by, turn),
        account=account,
        kind=FollowUpKind.CONTACT,
        day=TODAY + timedelta(days=4),
        why="look for the remittance of Friday's transfer",
        set_on=TODAY,
    )
    promise = _promise(_id("promise", made_by, turn), account, TODAY + timedelta(days=4), (invoice,))
    end = (
        added(msgspec.structs.replace(activity, note=f"{activity.note}\n{transcript}")),
        added(promise),
        added(followup),
        removed(moved),
    )
    return CallOnAccount(begun, moved, end)
