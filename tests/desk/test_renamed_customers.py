"""A customer who is missing from a report that brings nearly the same name has not paid by that."""

from decimal import Decimal

import pytest

from arctui.desk.importing import ImportSummary
from arctui.store.verify import problems
from tests.desk.ledgers import Ledger, amounts, nov, parts, received

HEAD = "Customer,Customer ID,Invoice,Invoice Date,Due Date,Amount,Open Balance"
BETA = "Beta Inc.,,2026-03,2026-09-01,2026-10-01,70.00,70.00"
OLDER = "Beta Inc.,,2026-02,2026-08-01,2026-09-01,30.00,30.00"
CEDAR = "Cedar,,C-1,2026-09-01,2026-10-01,200.00,200.00"


def bring(ledger: Ledger, *rows: str) -> ImportSummary:
    """Import a report of all open items of the next day."""
    ledger.on(ledger.day + 1)
    return ledger.open_items(*rows, CEDAR, head=HEAD)


def called(name: str) -> str:
    return BETA.replace("Beta Inc.", name)


def pair(ledger: Ledger) -> list[str]:
    """The ids of the account that is new and of the one that is missing."""
    (double,) = ledger.desk.identity.doubles()
    known = ledger.account("Beta Inc.").id
    return sorted([double.account, double.other], key=lambda account: account == known)


@pytest.fixture
def known(ledger: Ledger) -> Ledger:
    """A ledger in which Beta Inc. owes 70.00."""
    bring(ledger, BETA)
    return ledger


@pytest.mark.parametrize(
    "name", ["Beta Inc", "BETA INC", "Beta, Inc.", "Beta", "Beta LLC", "The Beta Inc.", "Béta Inc."]
)
def test_a_customer_who_comes_under_nearly_the_same_name_has_not_paid(known: Ledger, name: str) -> None:
    new = '"Beta, Inc."' if "," in name else name
    summary = bring(known, called(new))
    assert (summary.invoices_closed, summary.payments_inferred, summary.accounts_added) == (0, 0, 1)
    assert [d.other_name for d in summary.doubles] == ["Beta Inc."]
    (note,) = summary.notes
    assert note.startswith(
        f"Beta Inc. may be {name} now (the same name, but for how it is written): what is open of it"
    )
    assert known.open("Beta Inc.") == amounts(**{"2026_03": "70.00"})
    # It waits for the clerk, however many reports come.
    assert (bring(known, called(new)).invoices_closed, bring(known).invoices_closed) == (0, 1)
    assert known.open("Beta Inc.") == amounts(**{"2026_03": "70.00"})


def test_merged_the_invoice_is_one_and_nothing_was_paid(known: Ledger) -> None:
    bring(known, called("Beta Inc"))
    new, old = pair(known)
    known.desk.identity.merge(new, old)
    assert known.open("Beta Inc.") == amounts(**{"2026_03": "70.00"})
    assert known.payments("Beta Inc.") == ()
    assert bring(known, called("Beta Inc")).invoices_closed == 0
    assert bring(known).closed == {"USD": Decimal("70.00")}
    assert received(known.payments("Beta Inc.")) == Decimal("70.00")
    assert problems(known.book) == []


@pytest.mark.parametrize("amount", ["70.00,", ""])
def test_what_was_paid_when_the_name_changed_is_known_once_the_two_are_one(ledger: Ledger, amount: str) -> None:
    head = HEAD if amount else HEAD.replace("Amount,", "")
    cedar = f"Cedar,,C-1,2026-09-01,2026-10-01,{'200.00,' if amount else ''}200.00"
    for day, name, balance in ((3, "Beta Inc.", "70.00"), (4, "Beta Inc", "45.00")):
        ledger.on(day)
        ledger.open_items(f"{name},,2026-03,2026-09-01,2026-10-01,{amount}{balance}", cedar, head=head)
    new, old = pair(ledger)
    ledger.desk.identity.merge(old, new)
    assert ledger.open("Beta Inc") == amounts(**{"2026_03": "45.00"})
    (payment,) = ledger.payments("Beta Inc")
    assert (payment.inferred, parts(payment)) == (True, amounts(**{"2026_03": "25.00"}))
    assert (payment.since, payment.day) == (nov(3), nov(4))
    assert problems(ledger.book) == []


def test_what_was_paid_after_the_name_changed_counts_once(known: Ledger) -> None:
    bring(known, called("Beta Inc")[: -len("70.00")] + "45.00")
    bring(known, called("Beta Inc")[: -len("70.00")] + "40.00")
    new, old = pair(known)
    known.desk.identity.merge(new, old)
    assert received(known.payments("Beta Inc.")) == Decimal("30.00")
    assert known.open("Beta Inc.") == amounts(**{"2026_03": "40.00"})


def test_two_who_are_said_to_be_two_are_closed_by_the_next_report(known: Ledger) -> None:
    bring(known, called("Beta Inc"))
    known.desk.identity.apart(*pair(known))
    summary = bring(known, called("Beta Inc"))
    assert (summary.closed, summary.payments_inferred) == ({"USD": Decimal("70.00")}, 1)
    assert known.open("Beta Inc.") == {}


def test_a_customer_who_is_known_by_number_may_be_called_anything(ledger: Ledger) -> None:
    bring(ledger, BETA.replace(",,", ",4711,", 1))
    summary = bring(ledger, called("BETA LLC").replace(",,", ",4711,", 1))
    assert (summary.accounts_added, summary.invoices_closed, summary.notes) == (0, 0, ())
    assert bring(ledger).closed == {"USD": Decimal("70.00")}


def test_what_is_missing_of_a_customer_that_is_shown_is_paid_unless_the_new_name_has_its_number(
    ledger: Ledger,
) -> None:
    bring(ledger, BETA, OLDER, "Beta Inc.,,2026-01,2026-07-01,2026-08-01,5.00,5.00")
    summary = bring(ledger, called("Beta Inc"), OLDER)
    assert summary.closed == {"USD": Decimal("5.00")}
    assert ledger.open("Beta Inc.") == amounts(**{"2026_03": "70.00", "2026_02": "30.00"})


def test_a_new_customer_with_a_telephone_of_one_who_is_missing_is_asked_about_too(ledger: Ledger) -> None:
    head = f"{HEAD},Phone"
    bring_with = f"{BETA},312 555 0142"
    ledger.on(3)
    ledger.open_items(bring_with, f"{CEDAR},", head=head)
    ledger.on(4)
    renamed = bring_with.replace("Beta Inc.", "Northside Holding")
    summary = ledger.open_items(renamed, f"{CEDAR},", head=head)
    assert (summary.invoices_closed, len(summary.doubles)) == (0, 1)
    assert "the same phone" in summary.notes[0]


def test_a_new_customer_of_another_name_keeps_nobody_open(known: Ledger) -> None:
    summary = bring(known, called("Gamma Works"))
    assert (summary.closed, summary.notes) == ({"USD": Decimal("70.00")}, ())


def test_undone_the_report_leaves_no_doubt(known: Ledger) -> None:
    bring(known, called("Beta Inc"))
    known.desk.undo()
    assert bring(known).closed == {"USD": Decimal("70.00")}
