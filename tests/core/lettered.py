"""Letters of the one account of the tests, as they were written and sent, and what is due then."""

from datetime import date
from decimal import Decimal

from arctui.core.letter_records import LEVELS, Letter, LetterKind
from arctui.core.letter_rules import due_letter
from arctui.core.policy import Policy
from arctui.core.records import Activity, Record
from tests.core.builders import ACCOUNT, attempt, dossier, invoice, letter, list_row, moment, rules, standing
from tests.core.oracle import nov

REMINDER, DEMAND, FINAL = LEVELS
WRITTEN = nov(20)
OLD = invoice("1", "1000.00", nov(2))
TRIES = [attempt(nov(18)), attempt(nov(19)), attempt(nov(20))]


def written(
    number: str,
    kind: LetterKind = REMINDER,
    *,
    day: date = WRITTEN,
    amount: str = "1000.00",
    sent: Activity | None = None,
    deadline: date | None = None,
    currency: str = "USD",
) -> Letter:
    return Letter(
        id=f"letter-{number}",
        account=ACCOUNT,
        number=number,
        kind=kind,
        at=moment(day, "15:00"),
        day=day,
        by="ann",
        invoices=("id-1",),
        amount=Decimal(amount),
        currency=currency,
        deadline=deadline,
        sent_on=sent.day if sent else None,
        activity=sent.id if sent else "",
    )


def sent(number: str, kind: LetterKind, day: date, deadline: date | None = None) -> list[Record]:
    """A letter and the activity of its sending."""
    out = letter(day)
    return [written(number, kind, day=day, sent=out, deadline=deadline), out]


def due(today: date, *facts: Record, policy: Policy | None = None) -> str:
    """The letter that is due, "" for none."""
    found = due_letter(standing(dossier(*facts), today, policy=policy), rules(today, policy=policy))
    return str(found.kind) if found else ""


def why(today: date, *facts: Record) -> str:
    row = list_row(dossier(*facts), today)
    return row.why if row else ""


def final() -> list[Record]:
    return sent("2026-0007", FINAL, nov(10), nov(24))
