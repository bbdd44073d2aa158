"""Exchange rates: written down by the clerk, used for one total that is marked as converted, and for nothing else."""

from decimal import Decimal

import pytest

from arctui.core.import_records import Rate
from arctui.desk.errors import DeskError
from tests.desk.ledgers import Ledger, nov

HEAD = "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency"
ROWS = (
    "Birch,B-1,2026-09-01,2026-10-01,100.00,100.00,USD",
    "Birch,B-2,2026-09-01,2026-10-01,10.00,10.00,EUR",
    "Cedar,C-1,2026-11-01,2026-12-01,20.00,20.00,EUR",
    "Dale,D-1,2026-09-01,2026-10-01,50.00,50.00,GBP",
)


def test_there_is_no_converted_total_without_a_rate_or_with_one_currency(ledger: Ledger) -> None:
    ledger.open_items(ROWS[0], head=HEAD)
    ledger.desk.rates.set("EUR", "1.10")
    assert ledger.desk.rates.total() is None
    ledger.desk.undo()
    ledger.open_items(*ROWS, head=HEAD)
    assert ledger.desk.rates.total() is None


def test_one_total_at_the_rates_in_force_and_every_other_figure_by_currency(ledger: Ledger) -> None:
    ledger.open_items(*ROWS, head=HEAD)
    before = ledger.desk.figures(), ledger.desk.worklist()
    ledger.desk.rates.set("eur", "1.10")
    ledger.desk.rates.set("GBP", "1.3")
    total = ledger.desk.rates.total()
    assert total is not None
    assert (total.currency, total.total, total.past_due) == ("USD", Decimal("198.00"), Decimal("176.00"))
    assert (ledger.desk.figures(), ledger.desk.worklist()) == before


def test_a_missing_rate_leaves_the_total_unknown(ledger: Ledger) -> None:
    ledger.open_items(*ROWS, head=HEAD)
    ledger.desk.rates.set("EUR", "1.10")
    total = ledger.desk.rates.total()
    assert total is not None
    assert (total.total, total.past_due) == (None, None)
    assert {c: r and r.value for c, r in total.rates.items()} == {"EUR": Decimal("1.10"), "GBP": None}


def test_a_rate_holds_from_its_day_on_and_the_last_of_one_day_counts(ledger: Ledger) -> None:
    ledger.open_items(ROWS[0], ROWS[1], head=HEAD)
    for text, day in (("1.10", 2), ("1.20", 9), ("1.15", 2)):
        ledger.desk.rates.set("EUR", text, nov(day))

    def total() -> Decimal | None:
        converted = ledger.desk.rates.total()
        return converted.total if converted else None

    assert total() == Decimal("111.50")
    ledger.on(9)
    assert total() == Decimal("112.00")
    in_force = [r.value for r in ledger.desk.rates.all() if ledger.desk.rates.in_force(r)]
    assert in_force == [Decimal("1.20")]


@pytest.mark.parametrize(
    ("currency", "text", "why"),
    [
        ("EURO", "1", "is no currency"),
        ("", "1", "is no currency"),
        ("USD", "1", "is the home currency"),
        ("EUR", "one", "is no rate"),
        ("EUR", "0", "is no rate"),
        ("EUR", "-1", "is no rate"),
        ("EUR", "nan", "is no rate"),
        ("EUR", "1e99", "is no rate"),
        ("EUR", "1e3", "is no rate"),
        ("EUR", "1_000", "is no rate"),
        ("EUR", "1.", "is no rate"),
        ("EUR", "\u0661", "is no rate"),
        ("EUR", "", "is no rate"),
    ],
)
def test_what_is_no_rate_is_refused(ledger: Ledger, currency: str, text: str, why: str) -> None:
    ledger.open_items(ROWS[0], head=HEAD)
    with pytest.raises(DeskError, match=why):
        ledger.desk.rates.set(currency, text)
    assert list(ledger.book.facts.all(Rate)) == []
