"""Reports and payment lists day after day: what one has told, the next neither forgets nor counts again."""

import json
from decimal import Decimal
from pathlib import Path

from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from tests.desk.ledgers import Ledger, amounts, dec

B1 = "Birch,B-1,2026-09-01,2026-10-01,100.00,100.00"
B2 = "Birch,B-2,2026-09-15,2026-10-15,50.00,50.00"
C1 = "Cedar,C-1,2026-09-01,2026-10-01,30.00,30.00"
FILES = ("open_invoices.csv", "new_invoices.csv", "payments.csv")


def test_an_invoice_paid_by_a_payment_list_stays_paid_after_the_next_report(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(3)
    ledger.paid("Birch,2026-11-03,100.00,B-1,chk 1")
    assert ledger.open() == {}
    ledger.on(4)
    ledger.open_items(C1)
    assert ledger.open() == {}
    assert ledger.net() == 0


def test_cash_on_account_that_no_report_shows_stays_a_credit(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(3)
    ledger.paid("Birch,2026-11-03,40.00,,chk 1")
    assert ledger.credits() == Decimal("40.00")
    ledger.on(4)
    ledger.open_items(B1, C1)
    assert (ledger.net(), ledger.credits()) == dec("60.00", "40.00")


def test_cash_on_account_that_the_next_report_shows_is_counted_once(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(3)
    ledger.paid("Birch,2026-11-03,40.00,,chk 1")
    ledger.on(4)
    ledger.open_items(B1, C1, "Birch,PMT-1,2026-11-03,,-40.00,-40.00")
    assert (ledger.net(), ledger.credits()) == dec("60.00", "40.00")


def test_cash_on_account_applied_after_the_next_report_pays_its_invoice(ledger: Ledger) -> None:
    ledger.open_items(B1, B2)
    ledger.on(3)
    ledger.paid("Birch,2026-11-03,50.00,,chk 1")
    ledger.on(4)
    ledger.open_items(B1, B2)
    ledger.paid("Birch,2026-11-04,-50.00,,", "Birch,2026-11-04,50.00,B-2,")
    assert ledger.open() == amounts(B_1="100.00")
    assert ledger.credits() == 0


def test_every_morning_of_six_weeks_ends_with_the_aging_of_the_accounting_system(
    tmp_path: Path, shared_data: Path
) -> None:
    mornings = sorted(p for p in (shared_data / "replay" / "ibm_messy").iterdir() if p.is_dir())
    assert len(mornings) == 45
    book = Book(tmp_path / "book.json", new=True)
    wrong = {}
    for morning in mornings:
        desk = Desk(book, Clock(f"{morning.name}T09:00:00-05:00"), "ann")
        for name in FILES:
            if (morning / name).stat().st_size:
                desk.import_file(morning / name, ImportOptions())
        expected = json.loads((morning / "expected.json").read_text())["by_currency"]["USD"]
        expected["90+"] = expected.pop("91+")
        aging = desk.figures()["USD"].aging
        found = {name: str(amount) for name, amount in aging.items()}
        if found != {name: expected[name] for name in found}:
            wrong[morning.name] = {n: (a, expected[n]) for n, a in found.items() if a != expected[n]}
    assert wrong == {}
