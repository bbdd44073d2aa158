"""Reports and payment lists day after day: what one has told, the next neither forgets nor counts again."""

import csv
import json
import shutil
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from arctui.core.figures import Receivables, account_sums
from arctui.core.money import ZERO
from arctui.core.past import known_since
from arctui.core.records import Payment
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from arctui.store.verify import problems
from tests.desk.ledgers import Ledger, amounts, dec, received

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


def mornings_of(shared_data: Path) -> list[Path]:
    found = sorted(p for p in (shared_data / "replay" / "ibm_messy").iterdir() if p.is_dir())
    assert len(found) == 45
    return found


def expected_on(morning: Path) -> dict[str, Decimal]:
    """The accounting system's aging at the end of a day."""
    aging = json.loads((morning / "expected.json").read_text())["by_currency"]["USD"]
    return {("90+" if name == "91+" else name): Decimal(amount) for name, amount in aging.items()}


def differences(desk: Desk, morning: Path, on_account: Decimal = ZERO) -> dict[str, tuple[Decimal, Decimal]]:
    """What of the aging is not as expected; `on_account`: the cash that the desk cannot know of."""
    found = dict(desk.figures()["USD"].aging)
    for name in ("credits", "total"):
        found[name] -= on_account
    wanted = expected_on(morning)
    return {name: (amount, wanted[name]) for name, amount in found.items() if amount != wanted[name]}


def without_invoices(morning: Path, folder: Path) -> Path:
    """The payment list of a morning as systems write it that name no invoices in it."""
    path = folder / f"{morning.name}.csv"
    names = ["payment_id", "customer_id", "payment_date", "amount", "currency"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(lines_of(morning))
    return path


def lines_of(morning: Path) -> list[dict[str, str]]:
    with (morning / "payments.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Mornings(NamedTuple):
    """A book that was fed with the files of every morning, and what was wrong at the end of each of the days."""

    book: Book
    desk: Desk
    wrong: dict[str, dict[str, tuple[Decimal, Decimal]]]


@pytest.fixture(scope="module")
def mornings(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Mornings:
    book = Book(tmp_path_factory.mktemp("mornings") / "book.json", new=True)
    wrong = {}
    for morning in mornings_of(shared_data):
        desk = Desk(book, Clock(f"{morning.name}T09:00:00-05:00"), "ann")
        for name in FILES:
            if (morning / name).stat().st_size:
                desk.import_file(morning / name, ImportOptions())
        wrong[morning.name] = differences(desk, morning)
    return Mornings(book, desk, wrong)


def test_every_morning_of_six_weeks_ends_with_the_aging_of_the_accounting_system(mornings: Mornings) -> None:
    assert {day: differing for day, differing in mornings.wrong.items() if differing} == {}


def test_after_six_weeks_each_of_their_days_is_rolled_back_to_the_aging_of_then(
    mornings: Mornings, shared_data: Path
) -> None:
    assert rolled_back_wrong(mornings.desk, mornings_of(shared_data)) == {}


def rolled_back_wrong(desk: Desk, mornings: Sequence[Path], without: Collection[str] = ()) -> dict[str, object]:
    """What of the aging of each day is wrong when it is rolled back from the desk's day."""
    reports, today = desk.book.facts.reports, desk.today
    days = [date.fromisoformat(m.name) for m in mornings]
    accounts = desk.everything()
    assert known_since((d for d, _ in accounts), reports, "USD") == days[0]
    whole = Receivables((), days, "USD", days[0], today)
    for dossier, standing in accounts:
        whole.put(account_sums(dossier, standing, reports, today, days))
    wrong = {}
    for day, morning in zip(days, mornings, strict=True):
        expected, found = expected_on(morning), whole.aging(day)
        wrong[morning.name] = {n: (a, expected[n]) for n, a in found.items() if n not in without and a != expected[n]}
    return {name: differing for name, differing in wrong.items() if differing}


def test_every_morning_ends_with_what_is_owed_also_where_the_payment_lists_name_no_invoices(
    tmp_path: Path, shared_data: Path
) -> None:
    """What is laid on a wrong invoice for a night is owed in another bucket; no cent is owed twice or lost."""
    book = Book(tmp_path / "book.json", new=True)
    wrong = {}
    for morning in mornings_of(shared_data):
        desk = Desk(book, Clock(f"{morning.name}T09:00:00-05:00"), "ann")
        for name in FILES[:2]:
            if (morning / name).stat().st_size:
                desk.import_file(morning / name, ImportOptions())
        desk.import_file(without_invoices(morning, tmp_path), ImportOptions())
        wrong[morning.name] = differences(desk, morning).get("total")
    assert {day: differing for day, differing in wrong.items() if differing} == {}


@pytest.fixture(scope="module")
def open_items_alone(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Mornings:
    """A book that was fed with the open items only.

    A morning's `open_invoices.csv` is the accounting system's at the end of the day before; cash is not in it.
    """
    book = Book(tmp_path_factory.mktemp("open_items") / "book.json", new=True)
    wrong, on_account = {}, ZERO
    for morning, next_one in pairwise(mornings_of(shared_data)):
        desk = Desk(book, Clock(f"{morning.name}T21:00:00-05:00"), "ann")
        desk.import_file(next_one / "open_invoices.csv", ImportOptions())
        on_account += sum(Decimal(line["amount"]) for line in lines_of(morning) if not line["invoice_id"])
        wrong[morning.name] = differences(desk, morning, on_account)
    desk.leave()
    return Mornings(book, desk, wrong)


def test_the_open_items_alone_tell_what_was_paid(open_items_alone: Mornings, shared_data: Path) -> None:
    assert {day: differing for day, differing in open_items_alone.wrong.items() if differing} == {}
    inferred = list(open_items_alone.book.facts.all(Payment))
    assert len(inferred) > 100
    assert all(p.inferred for p in inferred)
    mornings = mornings_of(shared_data)[:-1]
    assert rolled_back_wrong(open_items_alone.desk, mornings, without=("credits", "total")) == {}


@pytest.mark.parametrize("names_invoices", [True, False])
def test_the_payment_lists_replace_all_that_the_open_items_alone_told(
    tmp_path: Path, shared_data: Path, open_items_alone: Mornings, *, names_invoices: bool
) -> None:
    mornings = mornings_of(shared_data)
    book = Book(Path(shutil.copy(open_items_alone.book.path, tmp_path)))
    desk = Desk(book, Clock(f"{mornings[-2].name}T21:00:00-05:00"), "ann")
    for morning in mornings[:-1]:
        listed = morning / "payments.csv" if names_invoices else without_invoices(morning, tmp_path)
        assert not desk.import_file(listed, ImportOptions()).skipped
    payments = list(book.facts.all(Payment))
    assert [p for p in payments if p.inferred] == []
    came = sum(Decimal(line["amount"]) for morning in mornings[:-1] for line in lines_of(morning))
    assert received(payments) == came
    assert differences(desk, mornings[-2]) == {}
    assert problems(book) == []
