"""Accounts that are to be sued, and their claim files."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.claim_facts import ClaimFacts, Undone
from arctui.core.claim_file import claim_facts
from arctui.core.facts import Dossier, Reports
from arctui.core.letter_records import Attachment, Letter, LetterKind, Role, SentBy, Written
from arctui.core.policy import Policy
from arctui.core.records import Record
from arctui.core.standing import derive
from tests.core.builders import (
    ACCOUNT,
    NO_REPORTS,
    dossier,
    invoice,
    letter,
    moment,
    rules,
)
from tests.core.oracle import dec, nov

DAY = dec(14)
HEAD = "f" * 64
READY = Policy(
    firm="Granite & Vale",
    firm_legal_name="Granite & Vale Supply LLC",
    letterhead=("1 Quarry Road", "Mesa, AZ 85201"),
    interest_percent=Decimal(9),
    interest_agreed="terms of sale, 4.2",
)
READY_ACCOUNT: dict[str, object] = {
    "legal_name": "Birch Works LLC",
    "jurisdiction": "US-CA",
    "contract": "credit application of 2 Mar 2024",
    "address": "12 Mill Road, Fresno, CA 93650",
}


def attached(
    name: str, about: str = "", role: Role = Role.OTHER, *, note: str = "", day: date | None = None, media: str = ""
) -> Attachment:
    on = day or nov(2)
    return Attachment(
        id=f"attached {name}",
        account=ACCOUNT,
        digest=f"digest of {name}",
        size=100,
        media=media or "application/pdf",
        name=name,
        at=moment(on),
        day=on,
        by="ann",
        about=about,
        note=note,
        role=role,
    )


def final_demand(sent: date | None = None, *, deadline: date | None = None, by: SentBy = SentBy.CERTIFIED) -> Letter:
    return Letter(
        id="final",
        account=ACCOUNT,
        number="2026-0017",
        kind=LetterKind.FINAL,
        at=moment(nov(24)),
        day=nov(24),
        by="ann",
        person="Tony Marsh",
        invoices=("id-1",),
        amount=Decimal("1000.00"),
        currency="USD",
        deadline=deadline or dec(8),
        files=(Written("2026-0017.txt", "text"), Written("2026-0017.pdf", "paper")),
        sent_by=by if sent else None,
        sent_on=sent,
        tracking="9407 1" if sent else "",
        activity=f"letter {sent}" if sent else "",
    )


def ready(*more: Record, account: dict[str, object] | None = None) -> Dossier:
    """A file that lacks nothing: one invoice, all papers, a final demand whose deadline is over."""
    facts = dossier(
        invoice("1", "1000.00", nov(2), issued=date(2026, 10, 3)),
        attached("terms.pdf", role=Role.CONTRACT, note="signed contract"),
        attached("1.pdf", "id-1", Role.COPY),
        attached("pod 1.jpg", "id-1", Role.DELIVERY, media="image/jpeg"),
        final_demand(nov(24)),
        letter(nov(24)),
        attached("receipt.pdf", "final", Role.SENDING, day=dec(1)),
        *more,
    )
    return msgspec.structs.replace(
        facts, account=msgspec.structs.replace(facts.account, **{**READY_ACCOUNT, **(account or {})})
    )


def claim(
    facts: Dossier,
    day: date = DAY,
    *,
    policy: Policy = READY,
    known: Reports = NO_REPORTS,
    undone: Iterable[Undone] = (),
    damaged: Iterable[str] = (),
) -> ClaimFacts:
    shared = rules(day, policy=policy, known=known)
    return claim_facts(
        facts,
        derive(facts, shared),
        shared,
        lambda _: policy,
        day,
        HEAD,
        7,
        undone=tuple(undone),
        damaged=frozenset(damaged),
    )


def missing(facts: Dossier, day: date = DAY, *, policy: Policy = READY, damaged: Iterable[str] = ()) -> list[str]:
    return [point.what for point in claim(facts, day, policy=policy, damaged=damaged).missing]
