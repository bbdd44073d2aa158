"""The home currency of a book: what names no currency is in it, and a file may be read again after it changed."""

from decimal import Decimal

import pytest

from arctui.desk.importing import ImportOptions, ImportSummary
from arctui.exchange.report import ReportError
from tests.desk.ledgers import Ledger, dec

HEAD = "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency"
B1 = "Birch,B-1,2026-09-01,2026-10-01,100.00,100.00,"
B2 = "Birch,B-2,2026-09-15,2026-10-15,50.00,50.00,$"
E1 = "Elm,E-1,2026-09-01,2026-10-01,900.00,900.00,EUR"


def again(ledger: Ledger, options: ImportOptions | None = None) -> ImportSummary:
    return ledger.desk.import_file(ledger.folder / "file-1.csv", options or ImportOptions())


def currencies(ledger: Ledger, who: str) -> list[str]:
    return [ledger.account(who).currency, *(invoice.currency for invoice in ledger.invoices(who).values())]


def test_a_currency_beside_rows_without_one_is_foreign(ledger: Ledger) -> None:
    summary = ledger.open_items(B1, B2, E1, head=HEAD)
    assert ledger.desk.policy.home_currency == "USD"
    assert (currencies(ledger, "Birch"), currencies(ledger, "Elm")) == (["USD"] * 3, ["EUR"] * 2)
    note = "what names no currency is in USD, the home currency: if it is another, arctui policy home_currency CODE, "
    assert f"{note}then import again" in summary.notes
    ledger.on(3)
    assert not any("home currency" in note for note in ledger.open_items(B1, E1, head=HEAD).notes)


def test_a_book_never_takes_another_home_currency_without_a_word(ledger: Ledger) -> None:
    summary = ledger.open_items(E1, head=HEAD)
    assert ledger.desk.policy.home_currency == "EUR"
    assert any(note.startswith("the home currency is EUR now") for note in summary.notes)


def test_the_same_file_is_read_again_in_another_home_currency(ledger: Ledger) -> None:
    ledger.open_items(B1, B2, E1, head=HEAD)
    assert again(ledger).known_already
    ledger.desk.set_policy("home_currency", "GBP")
    summary = again(ledger)
    assert (summary.known_already, summary.invoices_updated, summary.payments_inferred) == (False, 2, 0)
    assert (currencies(ledger, "Birch"), currencies(ledger, "Elm")) == (["GBP"] * 3, ["EUR"] * 2)
    assert (ledger.net("Birch"), ledger.payments()) == (Decimal("150.00"), ())
    assert not any("nothing in" in note for note in summary.notes)
    assert set(ledger.desk.figures()) == {"GBP", "EUR"}
    assert again(ledger).known_already
    ledger.desk.undo()
    assert currencies(ledger, "Birch") == ["USD"] * 3


def test_a_home_currency_that_was_taken_wrongly_is_mended_by_the_same_file(ledger: Ledger) -> None:
    ledger.desk.set_policy("home_currency", "EUR")
    ledger.open_items(B1, B2, E1, head=HEAD)
    ledger.desk.set_policy("home_currency", "USD")
    again(ledger)
    assert (currencies(ledger, "Birch"), currencies(ledger, "Elm")) == (["USD"] * 3, ["EUR"] * 2)


def test_the_same_file_of_a_day_before_the_last_report_closes_nothing_again(ledger: Ledger) -> None:
    ledger.open_items(B1, head=HEAD)
    ledger.on(5)
    ledger.open_items(B1, B2, head=HEAD)
    ledger.desk.set_policy("home_currency", "GBP")
    with pytest.raises(ReportError, match=r"is as of 2026-11-02, older than the report of 2026-11-05"):
        again(ledger)
    assert ledger.net() == Decimal("150.00")


def test_a_file_that_names_all_its_currencies_says_nothing_new_in_another_home_currency(ledger: Ledger) -> None:
    ledger.open_items(B1 + "USD", E1, head=HEAD)
    ledger.desk.set_policy("home_currency", "GBP")
    assert again(ledger).known_already
    assert (ledger.net("Birch"), ledger.net("Elm")) == dec("100.00", "900.00")
