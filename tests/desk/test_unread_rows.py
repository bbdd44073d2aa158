"""A row that could not be read closes nothing that could be its."""

import pytest

from tests.desk.ledgers import Ledger, amounts

HEAD = "Customer,Invoice,Date,Due Date,Balance"
A1 = "Alpha,1,2026-08-10,2026-09-09,100.00"
A2 = "Alpha,2,2026-08-13,2026-09-12,200.00"
B3 = "Beta,3,2026-08-13,2026-09-12,300.00"
D4 = '"Delta, Ltd",4,2026-08-13,2026-09-12,400.00'


@pytest.mark.parametrize(
    "row",
    [
        # A comma without quotes, in the name or in the amount.
        "Alpha, Ltd,2,2026-08-13,2026-09-12,200.00",
        "Beta, Inc.,2,2026-08-13,2026-09-12,200.00",
        "Alpha,2,2026-08-13,2026-09-12,1,200.00",
        "Alpha,2,2026-08-13,2026-09-12,2oo.00,x",
        # Nothing tells whose it is, or which.
        ",2,2026-08-13,2026-09-12,2oo.00",
        "Alhpa,X2,2026-08-13,2026-09-12,2oo.00",
        "2,2026-08-13,2026-09-12,200.00,",
        "Alpha,2 x,2026-08-13,2026-09-12,2oo.00",
        "Alpha,,2026-08-13,2026-09-12,2oo.00",
        "Alpha,2,2026-02-30,2026-09-12,200.00",
        "Beta,2,2026-08-13,2026-09-12,2oo.00",
        '"Alpha,2,2026-08-13,2026-09-12,200.00',
    ],
)
def test_a_row_that_was_not_read_closes_nothing_that_could_be_its(ledger: Ledger, row: str) -> None:
    ledger.open_items(A1, A2, B3, head=HEAD)
    ledger.on(3)
    summary = ledger.open_items(A1, B3, row, head=HEAD)
    assert len(summary.skipped) == 1
    assert (summary.invoices_closed, summary.payments_inferred) == (0, 0)
    assert ledger.open("Alpha") == {"1": 100, "2": 200}


def test_a_comma_that_cuts_a_name_where_the_header_has_a_cell_to_spare_closes_nothing_of_it(ledger: Ledger) -> None:
    head = f"{HEAD},Memo"
    ledger.open_items(f"{A1},", f"{A2},", f"{D4},", head=head)
    ledger.on(3)
    summary = ledger.open_items(f"{A1},", "Delta, Ltd,4,2026-08-13,2026-09-12,400.00", head=head)
    # Whose row it is can be seen: the others are closed.
    assert (len(summary.skipped), summary.invoices_closed) == (1, 1)
    assert ledger.open("Delta") == {"4": 400}


def test_a_row_with_the_number_of_its_customer_protects_this_invoice_alone(ledger: Ledger) -> None:
    ledger.open_items(A1, A2, B3, head=HEAD)
    ledger.on(3)
    assert ledger.open_items(B3, A2.replace("200.00", "2oo.00"), head=HEAD).invoices_closed == 1
    assert ledger.open("Alpha") == {"2": 200}


@pytest.mark.parametrize(
    "row",
    [
        # What is understood and is no item of a customer's, and what stands there twice.
        "Some Supplier,77,2026-08-13,2026-09-12,200.00,Vendor Bill",
        "Somebody,78,2026-08-13,2026-09-12,200.00,Quote",
        "Beta,3,2026-08-13,2026-09-12,300.00,Invoice",
    ],
)
def test_what_was_understood_protects_nothing(ledger: Ledger, row: str) -> None:
    head = f"{HEAD},Type"
    rows = [f"{each},Invoice" for each in (A1, A2, B3)]
    ledger.open_items(*rows, head=head)
    ledger.on(3)
    summary = ledger.open_items(rows[0], rows[2], row, head=head)
    assert (len(summary.skipped), summary.invoices_closed) == (1, 1)
    assert ledger.open("Alpha") == amounts(**{"1": "100.00"})
