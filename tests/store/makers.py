"""Makers of records and small acts for the tests of the book."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

from arctui.core.calls import Call, Move, MoveKind
from arctui.core.changes import Change, added
from arctui.core.decisions import Closing, CreditDecision, Stock
from arctui.core.drafts import Draft
from arctui.core.import_records import BankLine, NamedColumn, OwnLayout, Rate
from arctui.core.records import (
    Account,
    Activity,
    ActivityKind,
    Applied,
    Dispute,
    DisputeKind,
    Flag,
    FollowUp,
    FollowUpKind,
    Frequency,
    Import,
    Invoice,
    Method,
    Outcome,
    PayCycle,
    Payment,
    Person,
    PolicyChange,
    Promise,
    Record,
)
from arctui.core.tables import TABLES
from arctui.store import Book, Transaction

EASTERN = timezone(timedelta(hours=-5))
DAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=EASTERN)
TABLES_OF_THE_CONTRACT = {
    "accounts",
    "people",
    "invoices",
    "payments",
    "activities",
    "promises",
    "disputes",
    "followups",
}


def full_records() -> list[Record]:
    """One record of each kind with every field away from its default."""
    return [
        Account(
            id="a1",
            name='Łódź "Birch" \\ Works [/]\u2028株式会社',
            number="00085001",
            currency="USD",
            terms_days=0,
            credit_limit=Decimal("1234567.89"),
            address="1 Quay\nHarbour",
            country="US",
            time_zone="America/New_York",
            pay_cycle=PayCycle(
                frequency=Frequency.BIWEEKLY,
                weekday=3,
                anchor=DAY,
                day=31,
                cutoff_days=2,
                documents=("order", "receipt"),
                documents_in=("order",),
            ),
            flags=(Flag.LEGAL, Flag.DO_NOT_CALL),
            clerk="ann",
            natural_person=True,
            struck=("+1 555 0199", "Tony Marsh"),
            tax_number="DE 123456789",
            aliases=("Birch Works Ltd", "85001"),
            apart=("Birch Works (North)",),
        ),
        Person(
            id="p1",
            account="a1",
            name="Tony",
            role="payables",
            phones=("+1 555 0142", "+1 555 0143"),
            emails=("tony@birch.example",),
            time_zone="America/Chicago",
        ),
        Invoice(
            id="i1",
            account="a1",
            number="1E5",
            issued=DAY,
            due=DAY + timedelta(days=30),
            amount=Decimal("0.01"),
            balance=Decimal("-0.01"),
            currency="EUR",
            kind="Credit Memo",
            reference="PO 7",
            reported=3,
            as_listed=True,
            void=True,
        ),
        Payment(
            id="m1",
            account="a1",
            day=DAY,
            amount=Decimal("12345678901234567.89"),
            currency="USD",
            method="wire",
            reference="R-1",
            identity="P-1",
            applied=(Applied("1E5", Decimal("0.10")), Applied("2", Decimal("1.00"))),
            since=DAY - timedelta(days=7),
            recorded=4,
            reversed_on=DAY,
            reversal_recorded=9,
            entered_by="ann",
        ),
        Activity(
            id="c1",
            account="a1",
            kind=ActivityKind.EMAIL,
            at=NOON,
            day=DAY,
            by="ann",
            outcome=Outcome.GATEKEEPER,
            reached=True,
            inbound=True,
            person="Tony",
            note="said “later”",
            invoices=("i1",),
            excuses=("lost",),
            seconds=184,
        ),
        Promise(
            id="r1",
            account="a1",
            invoices=("i1",),
            amount=Decimal("5.00"),
            currency="USD",
            day=DAY,
            method=Method.TRANSFER,
            person="Tony",
            taken_at=NOON,
            taken_on=DAY,
            taken_by="ann",
            words="certain",
            grace_days=1,
            tolerance=Decimal("1.00"),
            last_day=DAY + timedelta(days=1),
            breaks_on=DAY + timedelta(days=2),
            in_hands=True,
            withdrawn_on=DAY,
            superseded_by="r1",
            reviewed_on=DAY,
            left_until=DAY,
            plan="g1",
        ),
        Dispute(
            id="d1",
            account="a1",
            invoices=("i1",),
            amount=Decimal("4.50"),
            currency="USD",
            reason="damaged",
            kind=DisputeKind.QUALITY,
            remedy="credit",
            owner="ann",
            opened=DAY,
            due=DAY + timedelta(days=2),
            closed_on=DAY,
        ),
        FollowUp(
            id="f1",
            account="a1",
            kind=FollowUpKind.CALLBACK,
            day=DAY,
            hour=time(10, 30),
            time_zone="Europe/Berlin",
            why="ask for Mrs Lee",
            amount=Decimal("12.50"),
            set_on=DAY,
            done_on=DAY,
        ),
        Call(
            id="o1",
            account="a1",
            by="ann",
            session="s",
            started_at=NOON,
            day=DAY,
            entry="reach",
            person="Tony",
            moves=(
                Move(
                    kind=MoveKind.REPLY,
                    step="reach",
                    text="yes",
                    at=NOON,
                    to="open",
                    said="“Good day”",
                    asked=("Which day?",),
                    reached=True,
                    agreed=True,
                    replaces=True,
                ),
            ),
            typed="fri 12",
            drafts={"note_in_call": "half a no"},
            typing="note_in_call",
            parked_at=NOON,
            idle_seconds=60,
            inbound=True,
            back_to="o2",
            despite="18:40 there: they asked for it",
        ),
        Draft(
            id="w1",
            purpose="came_in",
            account="a1",
            about="r1",
            by="ann",
            session="s",
            text="20.00 “fri”",
            at=NOON,
            open=True,
        ),
        Import(
            id="n1",
            number=1,
            file="open.csv",
            digest="00ff",
            layout="flat",
            as_of=DAY,
            at=NOON,
            by="ann",
            settles=True,
            payments=True,
            currencies=("EUR", "USD"),
            doubted=(("a1", "a2"),),
            home="USD",
            sheet="North",
            content="00fe",
            itemised=True,
            written=NOON,
        ),
        BankLine(
            id="b1",
            day=DAY,
            amount=Decimal("-12.50"),
            currency="EUR",
            payer="BIRCH WRKS",
            words="returned check 1041",
            reference="1041",
            identity="FIT-1",
            account="a1",
            imported=2,
            decided_on=DAY,
            decided_by="ann",
            payments=("m1",),
        ),
        OwnLayout(
            id="l1",
            name="our list",
            kind="open items",
            columns=(NamedColumn("Kunde", "customer"), NamedColumn("", "")),
            headless=True,
            month_first=False,
            decimal_mark=",",
            by="ann",
            at=NOON,
        ),
        Rate(id="x1", currency="EUR", into="USD", value=Decimal("1.0825"), since=DAY, by="ann", at=NOON),
        Closing(
            id="v1",
            day=DAY,
            at=NOON,
            by="ann",
            stocks=(Stock("USD", {"current": Decimal("12.50"), "credits": Decimal(-3)}),),
            told=(Stock("USD", {"current": Decimal("12.50")}),),
            imports=2,
            mended_on=DAY,
        ),
        CreditDecision(
            id="k1",
            account="a1",
            day=DAY,
            at=NOON,
            by="ann",
            hold=True,
            reason="three broken promises",
            limit=Decimal("500.00"),
            grade="D",
            proposed_limit=Decimal("400.00"),
        ),
        PolicyChange(id="s1", setting="country", value="DE", since=DAY, by="ann", at=NOON),
    ]


def account(name: str, *, called: str = "") -> Account:
    """An account whose id is its name, or that is called otherwise."""
    return Account(id=name, name=called or name)


def put(book: Book, *names: str, by: str = "ann") -> Transaction:
    """Commit new accounts of these names."""
    return book.commit(f"add {' '.join(names)}", [added(account(n)) for n in names], by, NOON)


def commit(book: Book, *changes: Change, by: str = "ann", act: str = "act") -> Transaction:
    return book.commit(act, changes, by, NOON)


def names(book: Book) -> list[str]:
    """The names of the accounts, sorted."""
    return sorted(a.name for a in book.facts.all(Account))


def records(book: Book) -> dict[str, Record]:
    """Every record of the book by id."""
    return {r.id: r for kind in TABLES.values() for r in book.facts.all(kind)}


def draft(text: str) -> Draft:
    """What was typed and not saved yet; its id is its text."""
    return Draft(id=text, purpose="promise", by="ann", session="s", text=text, at=NOON)


def held(book: Book) -> list[str]:
    """The names of the accounts and the texts of the drafts, sorted."""
    return sorted([*names(book), *(f"draft {d.text}" for d in book.facts.all(Draft))])


def book_of(path: Path, *accounts: str) -> Book:
    """A book on disk in which each account came by an act of its own."""
    book = Book(path, new=True)
    for name in accounts:
        put(book, name)
    return book


def book_in_two_parts(path: Path, *accounts: str) -> Book:
    """A book with one account, Alder, in its file, and the others in its journal only, an act each."""
    book = book_of(path, "Alder")
    book.fold(None)
    for name in accounts:
        put(book, name)
    return book


def only_file(folder: Path) -> Sequence[str]:
    """What lies in a folder, hidden files too."""
    return sorted(p.name for p in folder.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    """What stands in every file of a folder, and in those of the folders in it."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


_SEAL = ',"_seal":{"1":{"sha256":"%s"}}}'


def resealed(content: bytes | Mapping[str, Any]) -> bytes:
    """A book of these bytes, or of this document, under a seal that fits: what only its own program can write."""
    if isinstance(content, bytes):
        body = re.sub(rb',"_seal":\{"1":\{"sha256":"[0-9a-f]{64}"\}\}\}\Z', b"}", content).rstrip()[:-1]
    else:
        document = {name: table for name, table in content.items() if name != "_seal"}
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()[:-1]
    return body + (_SEAL % hashlib.sha256(body).hexdigest()).encode()


#: A book as the first version wrote it: three accounts added, the last one undone.
FORMAT_1 = (
    b'{"_meta":{"1":{"format":1,"number":4}},'
    b'"accounts":{"1":{"id":"Birch","name":"Birch"},"2":{"id":"Cedar","name":"Cedar"}},'
    b'"people":{},"invoices":{},"payments":{},"activities":{},"promises":{},"disputes":{},"followups":{},"calls":{},'
    b'"imports":{},"reviews":{},"policy":{},"history":{'
    b'"1":{"number":1,"act":"add Birch","at":"2026-11-23T12:00:00-05:00","by":"ann","steps":'
    b'[{"table":"accounts","id":"Birch","was":null,"now":{"id":"Birch","name":"Birch"}}]},'
    b'"2":{"number":2,"act":"add Cedar","at":"2026-11-23T12:00:00-05:00","by":"ann","steps":'
    b'[{"table":"accounts","id":"Cedar","was":null,"now":{"id":"Cedar","name":"Cedar"}}]},'
    b'"3":{"number":3,"act":"add Dale","at":"2026-11-23T12:00:00-05:00","by":"ann","steps":'
    b'[{"table":"accounts","id":"Dale","was":null,"now":{"id":"Dale","name":"Dale"}}]},'
    b'"4":{"number":4,"act":"add Dale","at":"2026-11-23T12:00:00-05:00","by":"ann","steps":'
    b'[{"table":"accounts","id":"Dale","was":{"id":"Dale","name":"Dale"},"now":null}],"undoes":3}}}'
)


def commit_in_turn(path: Path, worker: int, commits: int, folds: bool) -> None:
    """Make some commits, an account each, perhaps with folds between them; what a process of its own does."""
    book = Book(path, new=True)
    for number in range(commits):
        put(book, f"{worker}-{number}", by=f"clerk {worker}")
        if folds and number % 4 == worker % 4:
            book.fold(None)
