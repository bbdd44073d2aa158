"""What a report of open items left out was paid: no list and no older report brings it back as open."""

from decimal import Decimal

import pytest

from arctui.desk.importing import ImportOptions
from arctui.exchange.report import ReportError
from arctui.store.verify import problems
from tests.desk.ledgers import LIST_HEAD, Ledger, amounts, dec, nov, received

B1 = "Birch,B-1,2026-09-01,2026-10-01,100.00,100.00"
C1 = "Cedar,C-1,2026-09-01,2026-10-01,30.00,30.00"
OLD = "Birch,B-0,2026-03-01,2026-03-31,900.00"
STATUS_HEAD = f"{LIST_HEAD},Status"
MONEY_HEAD = "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency"
ADD = ImportOptions(full=False)


@pytest.fixture
def known(ledger: Ledger) -> Ledger:
    """A ledger with a report of all open items as of 9 November, today."""
    ledger.on(9)
    ledger.open_items(B1, C1)
    return ledger


def test_a_list_of_the_year_brings_no_paid_invoice_back(known: Ledger) -> None:
    summary = known.listed(OLD, "Birch,B-1,2026-09-01,2026-10-01,100.00", "Birch,B-9,2026-11-09,2026-12-09,9.00")
    assert known.open() == amounts(B_1="100.00", B_9="9.00")
    assert (summary.invoices_added, known.invoices()["B-0"].balance) == (1, Decimal(0))
    assert summary.notes == (
        "the last report of open items left out 1 older item of this file: kept as paid, not open",
    )
    assert known.listed(OLD).notes == summary.notes
    assert known.open() == amounts(B_1="100.00", B_9="9.00")


def test_an_older_report_brings_no_paid_invoice_back(known: Ledger) -> None:
    summary = known.open_items(f"{OLD},900.00", options=ImportOptions(full=False, as_of=nov(8)))
    assert (summary.invoices_added, known.open()) == (0, amounts(B_1="100.00"))


@pytest.mark.parametrize("day", [9, 10])
def test_a_part_of_what_is_open_of_the_same_day_or_a_later_one_says_what_is_open(known: Ledger, day: int) -> None:
    known.listed(OLD)
    known.on(day)
    known.open_items(f"{OLD},900.00", "Birch,B-5,2026-11-01,2026-12-01,5.00,5.00", options=ADD)
    assert known.open() == amounts(B_0="900.00", B_1="100.00", B_5="5.00")


def test_the_next_report_of_open_items_opens_what_was_kept_as_paid(known: Ledger) -> None:
    known.listed(OLD)
    known.on(10)
    known.open_items(B1, C1, f"{OLD},900.00")
    assert known.open() == amounts(B_0="900.00", B_1="100.00")
    known.on(11)
    assert known.open_items(B1, C1).closed == {"USD": 900}


@pytest.mark.parametrize(
    ("word", "is_open"),
    [("Paid", False), ("bezahlt", False), ("Payée", False), ("", False), ("Overdue", True), ("offen", True)],
)
def test_a_list_that_says_what_is_paid_and_what_is_open_is_believed(known: Ledger, word: str, is_open: bool) -> None:
    known.feed(f"{STATUS_HEAD}\n{OLD},{word}\n")
    assert known.open() == amounts(B_1="100.00") | (amounts(B_0="900.00") if is_open else {})


def test_the_payments_of_what_was_kept_as_paid_leave_no_credit(known: Ledger) -> None:
    known.listed(OLD)
    known.paid("Birch,2026-11-09,900.00,B-0,chk 1")
    assert (known.net(), known.credits()) == dec("100.00", "0.00")
    assert received(known.payments()) == 900
    assert problems(known.book) == []


def test_a_list_before_the_first_report_and_one_in_another_currency_are_all_open(ledger: Ledger) -> None:
    ledger.listed(OLD)
    assert ledger.open() == amounts(B_0="900.00")
    ledger.on(9)
    ledger.open_items(f"{C1},USD", head=MONEY_HEAD)
    ledger.feed(f"{LIST_HEAD},Currency\nBirch,E-1,2026-03-01,2026-03-31,7.00,EUR\n")
    assert ledger.open() == amounts(E_1="7.00")


def test_a_report_that_could_close_nothing_left_nothing_out(known: Ledger) -> None:
    known.on(10)
    known.open_items(B1, C1, ",,2026-09-01,2026-10-01,100.00,100.00")
    known.on(11)
    known.listed("Birch,B-2,2026-11-09,2026-12-09,9.00")
    assert known.open() == amounts(B_1="100.00", B_2="9.00")


# Reports of what is past due


LATER = [f"Dale,D-{n},2026-11-01,2026-12-01,1.00,1.00" for n in range(2)]


def test_a_report_of_what_is_past_due_closes_nothing_unasked(known: Ledger) -> None:
    known.on(10)
    known.open_items(B1, C1, *LATER)
    known.on(11)
    with pytest.raises(ReportError, match=r"all that it shows is past due, and 2 open invoices .*--add.*--full"):
        known.open_items(B1, C1)
    with pytest.raises(ReportError, match=r"it says of itself: Overdue invoices\).*--add.*--full"):
        known.feed("Overdue invoices\n" + "\n".join([MONEY_HEAD, f"{B1},", ""]))
    assert known.open_items(B1, C1, options=ADD).invoices_closed == 0
    known.on(12)
    assert known.open_items(B1, C1, options=ImportOptions(full=True)).invoices_closed == 2


def test_a_report_that_shows_something_not_due_is_not_asked_about(known: Ledger) -> None:
    known.on(10)
    known.open_items(B1, C1, *LATER)
    known.on(11)
    assert known.open_items(B1, C1, LATER[0]).invoices_closed == 1


# Days to come


def test_a_report_of_a_day_to_come_is_refused(known: Ledger) -> None:
    content = known.book.path.read_bytes()
    with pytest.raises(ReportError, match=r"as of 2027-11-20, a day to come: .* --as-of 2026-11-09"):
        known.feed(f"Open invoices as of 2027-11-20\n{MONEY_HEAD}\n{B1},\n{C1},\n")
    assert known.book.path.read_bytes() == content
    known.feed(f"Open invoices as of 2027-11-20\n{MONEY_HEAD}\n{B1},\n{C1},\n", ImportOptions(as_of=nov(9)))
    assert known.imports()[-1].as_of == nov(9)


# Rows that could not be read


def test_a_row_that_names_its_customer_by_number_and_was_not_read_protects_them(ledger: Ledger) -> None:
    head = "Customer,Customer ID,Invoice,Invoice Date,Due Date,Amount,Open Balance"
    ledger.open_items(B1.replace("Birch,", "Birch,7,"), C1.replace("Cedar,", "Cedar,8,"), head=head)
    ledger.on(9)
    bare = head.removeprefix("Customer,")
    summary = ledger.open_items("7,,2026-09-01,2026-10-01,1oo.00,1oo.00", C1.replace("Cedar", "8"), head=bare)
    assert (len(summary.skipped), summary.invoices_closed) == (1, 0)
    assert ledger.open() == amounts(B_1="100.00")


# Currencies


def test_a_report_that_names_no_currency_leaves_an_invoice_in_its_own(ledger: Ledger) -> None:
    ledger.open_items(f"{B1},EUR", f"{C1},USD", "Dale,D-1,,2026-10-01,500.00,500.00,USD", head=MONEY_HEAD)
    ledger.on(9)
    summary = ledger.open_items(B1.replace("100.00,100.00", "100.00,60.00"), C1)
    assert (ledger.invoices()["B-1"].currency, ledger.open()) == ("EUR", amounts(B_1="60.00"))
    assert (summary.invoices_updated, summary.closed, summary.notes) == (1, amounts(USD="500.00"), ())


def test_amounts_that_may_be_converted_are_not_taken(ledger: Ledger) -> None:
    ledger.open_items(f"{B1},EUR", f"{C1},USD", "Dale,D-1,,2026-10-01,500.00,500.00,USD", head=MONEY_HEAD)
    ledger.on(9)
    summary = ledger.open_items(B1.replace("100.00", "108.50"), C1, "Dale,D-1,,2026-10-01,500.00,500.00")
    assert [s.why for s in summary.skipped] == [
        "B-1 is 100.00 EUR in the book, and the report names no currency for 108.50: it may be converted and was left"
    ]
    assert (summary.invoices_closed, ledger.open()) == (0, amounts(B_1="100.00"))


def test_one_number_in_two_currencies_is_two_items(ledger: Ledger) -> None:
    euros, dollars = "Birch,B-1,,2026-10-01,70.00,70.00,EUR", f"{B1},USD"
    ledger.open_items(euros, dollars, head=MONEY_HEAD)
    items = ledger.desk.standing(ledger.account().id).items
    assert {i.invoice.currency: i.open for i in items} == amounts(EUR="70.00", USD="100.00")
    ledger.on(9)
    summary = ledger.open_items(euros.replace("70.00,70.00", "70.00,20.00"), dollars, head=MONEY_HEAD)
    assert (summary.invoices_added, summary.invoices_updated, summary.skipped) == (0, 1, ())
    assert problems(ledger.book) == []


def test_a_currency_that_is_named_later_is_that_of_the_invoice(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(9)
    summary = ledger.open_items(f"{B1},EUR", f"{C1},USD", head=MONEY_HEAD)
    assert (summary.invoices_added, summary.invoices_closed) == (0, 0)
    assert ledger.invoices()["B-1"].currency == "EUR"


def test_a_number_under_two_names_of_one_customer_is_taken_once(ledger: Ledger) -> None:
    ledger.open_items(B1, B1.replace("Birch", "Birch Works"))
    ledger.desk.identity.merge(ledger.account("Birch Works").id, ledger.desk.find("Birch").id)
    ledger.on(9)
    twice = B1.replace("Birch", "Birch Works").replace("100.00", "80.00")
    summary = ledger.open_items(B1, twice, B1.replace("B-1", "B-2"), twice.replace("B-1", "B-2"))
    assert [(s.row, s.why) for s in summary.skipped] == [
        (3, "B-1 of the same customer stands in row 2 with another amount"),
        (5, "B-2 of the same customer stands in row 4 with another amount"),
    ]
    assert (ledger.open(), problems(ledger.book)) == (amounts(B_1="100.00", B_2="100.00"), [])


def test_what_a_list_says_is_paid_in_another_language_is_not_open(ledger: Ledger) -> None:
    ledger.feed(f"{STATUS_HEAD}\n{OLD},bezahlt\nBirch,B-1,2026-03-01,2026-03-31,5.00,offen\n")
    assert ledger.open() == amounts(B_1="5.00")
