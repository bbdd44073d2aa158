"""A ledger whose customers have addresses, and some of them three tries that reached nobody."""

from pathlib import Path

from arctui.core.letter_records import Letter, LetterKind
from arctui.desk.letters import Made
from tests.desk.ledgers import Ledger

OPEN = (
    "Birch Works,B-1041,2026-09-01,2026-10-01,100.00,100.00",
    "Birch Works,B-1042,2026-09-15,2026-10-15,50.00,50.00",
    "Cedar Farm,C-2001,2026-09-01,2026-10-01,30.00,30.00",
    "Dale Mill,D-1,2026-09-01,2026-10-01,70.00,70.00",
)
ADDRESS = "address 12 Mill Rd, Springfield, IL 62701"


def with_letters_due(ledger: Ledger, *names: str, until: int = 9) -> Ledger:
    """On a Monday: these customers were tried three times last week; Dale has no address."""
    ledger.open_items(*OPEN)
    ledger.on(4)
    for name in ("Birch", "Cedar"):
        ledger.desk.corrections.save(ledger.account(name).id, ADDRESS)
    ledger.desk.corrections.save(ledger.account("Birch").id, "tony marsh tony@birch.example")
    for day in (4, 5, 6):
        ledger.on(day)
        for name in names:
            ledger.desk.log(ledger.account(name).id, "na")
    ledger.on(until)
    return ledger


def letters(ledger: Ledger) -> list[Letter]:
    return list(ledger.book.facts.all(Letter))


def birch(ledger: Ledger) -> str:
    return ledger.account("Birch").id


def write(ledger: Ledger, kind: LetterKind = LetterKind.REMINDER, *, text: bool = True, **how: object) -> Made:
    """Write a letter to Birch as plain text, which is quicker."""
    return ledger.desk.letters.write(birch(ledger), kind, text=text, **how)  # type: ignore[arg-type]


def folder(ledger: Ledger) -> Path:
    return ledger.desk.letters.files.folder
