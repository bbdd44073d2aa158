"""Invoices that were made void: not owed, not paid, and no promise is kept or broken by that."""

import pytest

from arctui.core.promises import Verdict
from arctui.desk.importing import ImportOptions, NeedsConsentError
from tests.desk.ledgers import Ledger, amounts, received

HEAD = "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance,Status"
BIRCH_1 = "Birch,B-1,2026-09-01,2026-10-01,500.00,500.00,"
BIRCH_2 = "Birch,B-2,2026-09-02,2026-10-02,80.00,80.00,"
CEDAR = "Cedar,C-1,2026-09-02,2026-10-02,10.00,10.00,"


@pytest.fixture
def known(ledger: Ledger) -> Ledger:
    """A ledger with two open invoices of Birch and one of Cedar, a week ago."""
    ledger.open_items(BIRCH_1 + "open", BIRCH_2 + "open", CEDAR + "open", head=HEAD)
    ledger.on(9)
    return ledger


@pytest.mark.parametrize("status", ["Void", "Voided", "DELETED", "cancelled"])
def test_a_void_invoice_is_open_no_more_and_was_not_paid(known: Ledger, status: str) -> None:
    summary = known.open_items(BIRCH_1 + status, BIRCH_2 + "open", CEDAR + "open", head=HEAD)
    assert (summary.invoices_voided, summary.invoices_closed, summary.payments_inferred) == (1, 0, 0)
    assert known.open() == amounts(B_2="80.00")
    assert (known.payments(), known.invoices()["B-1"].void) == ((), True)
    assert (summary.notes, summary.skipped) == (("1 row is void or a draft: left out",), ())


def test_a_promise_on_a_void_invoice_is_neither_kept_nor_broken(known: Ledger) -> None:
    known.desk.log(known.account().id, "wbp wed 500 ach B-1")
    known.on(9)
    known.open_items(BIRCH_1 + "void", BIRCH_2 + "open", CEDAR + "open", head=HEAD)
    known.on(30)
    (judged,) = known.desk.standing(known.account().id).judged
    assert judged.verdict is Verdict.SUSPENDED


def test_a_void_invoice_that_comes_back_is_owed_again(known: Ledger) -> None:
    known.open_items(BIRCH_1 + "void", BIRCH_2 + "open", CEDAR + "open", head=HEAD)
    known.on(10)
    known.open_items(BIRCH_1 + "open", BIRCH_2 + "open", CEDAR + "open", head=HEAD)
    assert known.open() == amounts(B_1="500.00", B_2="80.00")
    assert not known.invoices()["B-1"].void


def test_a_list_that_closes_nothing_makes_void_what_it_says_is_void(known: Ledger) -> None:
    summary = known.open_items(BIRCH_1 + "void", CEDAR + "open", head=HEAD, options=ImportOptions(full=False))
    assert (summary.invoices_voided, known.open()) == (1, amounts(B_2="80.00"))


def test_a_draft_is_not_owed_and_closes_nothing(known: Ledger) -> None:
    draft = "Birch,B-9,2026-09-02,2026-10-02,7.00,7.00,draft"
    summary = known.open_items(BIRCH_1 + "draft", draft, BIRCH_2 + "open", CEDAR + "open", head=HEAD)
    assert known.open() == amounts(B_1="500.00", B_2="80.00")
    assert summary.notes == ("2 rows are void or drafts: left out",)


def test_a_number_that_is_void_and_written_anew_is_owed(known: Ledger) -> None:
    known.open_items(BIRCH_1 + "void", BIRCH_1 + "open", BIRCH_2 + "open", CEDAR + "open", head=HEAD)
    assert known.open() == amounts(B_1="500.00", B_2="80.00")


def test_void_rows_of_unknown_customers_add_nobody(known: Ledger) -> None:
    summary = known.open_items(
        BIRCH_1 + "open", BIRCH_2 + "open", CEDAR + "open", "Dogwood,D-1,2026-09-02,,1.00,1.00,void", head=HEAD
    )
    assert (summary.accounts_added, summary.invoices_voided) == (0, 0)


def test_what_is_void_without_a_number_spares_the_customers_items_without_one(ledger: Ledger) -> None:
    bare = "Birch,,2026-09-01,2026-10-01,500.00,500.00,"
    ledger.open_items(bare + "open", BIRCH_2 + "open", head=HEAD)
    ledger.on(9)
    ledger.open_items(bare + "void", BIRCH_2 + "open", head=HEAD)
    assert ledger.open() == {"": 500, "B-2": 80}
    assert not received(ledger.payments())


def test_an_undone_import_takes_back_what_it_made_void(known: Ledger) -> None:
    known.open_items(BIRCH_1 + "void", BIRCH_2 + "open", CEDAR + "open", head=HEAD)
    known.desk.undo()
    assert known.open() == amounts(B_1="500.00", B_2="80.00")
    assert not known.invoices()["B-1"].void


# Reports that may lack something

TOTAL = "Total,,,,,{},"


def test_a_report_whose_total_differs_closes_only_what_was_agreed_to(known: Ledger) -> None:
    rows = (BIRCH_1 + "open", CEDAR + "open", TOTAL.format("590.00"))
    with pytest.raises(NeedsConsentError, match=r"row 4: total 590\.00, read 510\.00\).*1 open invoice, .*80\.00"):
        known.open_items(*rows, head=HEAD)
    assert known.open() == amounts(B_1="500.00", B_2="80.00")
    summary = known.open_items(*rows, head=HEAD, options=ImportOptions(consent=True))
    assert (summary.invoices_closed, len(summary.differing)) == (1, 1)


def test_a_report_whose_total_differs_and_that_closes_nothing_is_not_asked_about(known: Ledger) -> None:
    whole = (BIRCH_1 + "open", BIRCH_2 + "open", CEDAR + "open", TOTAL.format("600.00"))
    assert len(known.open_items(*whole, head=HEAD).differing) == 1
    part = (BIRCH_1 + "open", TOTAL.format("600.00"))
    assert known.open_items(*part, head=HEAD, options=ImportOptions(full=False)).invoices_closed == 0


def test_a_balance_that_shrank_under_a_total_that_differs_is_asked_about(known: Ledger) -> None:
    shrunk = BIRCH_1.replace("500.00,500.00", "500.00,50.00")
    with pytest.raises(NeedsConsentError, match="1 customer owes less by it"):
        known.open_items(shrunk + "open", BIRCH_2 + "open", CEDAR + "open", TOTAL.format("590.00"), head=HEAD)
    assert known.open() == amounts(B_1="500.00", B_2="80.00")


def test_a_report_whose_total_agrees_is_not_asked_about(known: Ledger) -> None:
    summary = known.open_items(BIRCH_1 + "open", CEDAR + "open", TOTAL.format("510.00"), head=HEAD)
    assert (summary.invoices_closed, summary.differing) == (1, [])
