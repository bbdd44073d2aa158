"""Reports merged with the book: what is added, changed, closed, and what was paid in between."""

from datetime import date
from decimal import Decimal

import pytest

from arctui.core.policy import PolicyError
from arctui.core.records import Account, Import, PolicyChange
from arctui.desk.importing import ImportOptions, NeedsConsentError
from arctui.exchange.report import ReportError
from arctui.store.verify import problems
from tests.desk.ledgers import Ledger, amounts, dec, nov, parts, received

B1 = "Birch,B-1,2026-09-01,2026-10-01,100.00,100.00"
B2 = "Birch,B-2,2026-09-15,2026-10-15,50.00,50.00"
C1 = "Cedar,C-1,2026-09-01,2026-10-01,30.00,30.00"
FULL = ImportOptions(full=True)
ADD = ImportOptions(full=False)


# What vanished was paid between two reports


def test_what_vanished_from_a_report_was_paid_between_the_two(ledger: Ledger) -> None:
    ledger.open_items(B1, B2, C1)
    ledger.on(9)
    summary = ledger.open_items(B2, C1)
    assert (summary.invoices_closed, summary.payments_inferred, summary.invoices_updated) == (1, 1, 0)
    (payment,) = ledger.payments()
    assert (payment.since, payment.day, payment.inferred) == (nov(2), nov(9), True)
    assert parts(payment) == amounts(B_1="100.00")
    assert ledger.open() == amounts(B_2="50.00")
    assert ledger.payments("Cedar") == ()


def test_what_shrank_was_paid_in_part(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.on(9)
    summary = ledger.open_items(B1.replace("100.00,100.00", "100.00,60.00"))
    assert (summary.invoices_closed, summary.invoices_updated, summary.payments_inferred) == (0, 1, 1)
    assert [parts(p) for p in ledger.payments()] == [amounts(B_1="40.00")]
    assert ledger.open() == amounts(B_1="60.00")


def test_one_payment_is_inferred_for_an_account_however_many_invoices_it_settled(ledger: Ledger) -> None:
    ledger.open_items(B1, B2, C1)
    ledger.on(9)
    ledger.open_items("Dale,D-1,2026-11-01,2026-12-01,1.00,1.00")
    (payment,) = ledger.payments()
    assert (payment.amount, parts(payment)) == (Decimal("150.00"), amounts(B_1="100.00", B_2="50.00"))
    assert len(ledger.payments("Cedar")) == 1


def test_the_interval_begins_with_the_report_before_not_with_the_first(ledger: Ledger) -> None:
    ledger.open_items(B1)
    for day in (3, 4, 9):
        ledger.on(day)
        summary = ledger.open_items(*([B1] if day < 9 else [C1]))
    assert summary.payments_inferred == 1
    (payment,) = ledger.payments()
    assert (payment.since, payment.day) == (nov(4), nov(9))


def test_an_invoice_that_comes_back_is_open_again_and_closed_again_once(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    for day, rows in ((3, [C1]), (4, [B1, C1]), (5, [C1])):
        ledger.on(day)
        ledger.open_items(*rows)
    assert ledger.open() == {}
    assert ledger.net() == 0
    assert problems(ledger.book) == []


def test_a_balance_that_grew_is_no_payment(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.on(3)
    ledger.open_items(B1.replace("100.00,100.00", "120.00,120.00"))
    assert ledger.payments() == ()
    assert ledger.open() == amounts(B_1="120.00")


def test_a_changed_due_date_is_taken_over(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.on(3)
    summary = ledger.open_items(B1.replace("2026-10-01", "2026-12-01"))
    assert (summary.invoices_updated, summary.payments_inferred) == (1, 0)
    assert ledger.invoices()["B-1"].due == date(2026, 12, 1)


def test_the_same_open_items_a_week_later_change_no_invoice(ledger: Ledger) -> None:
    ledger.open_items(B1, B2)
    before = ledger.invoices()
    ledger.on(9)
    summary = ledger.open_items(B1, B2)
    assert (summary.invoices_added, summary.invoices_updated, summary.invoices_closed) == (0, 0, 0)
    assert ledger.invoices() == before
    assert len(ledger.imports()) == 2


def test_a_credit_that_vanishes_with_an_invoice_was_laid_on_it(ledger: Ledger) -> None:
    ledger.open_items(B1, "Birch,CM-1,2026-09-20,,-30.00,-30.00")
    assert (ledger.net(), ledger.credits()) == dec("70.00", "30.00")
    ledger.on(9)
    ledger.open_items(C1)
    (payment,) = ledger.payments()
    assert parts(payment) == amounts(B_1="70.00")
    assert ledger.net() == 0


def test_a_credit_used_up_in_part_explains_its_part(ledger: Ledger) -> None:
    credit = "Birch,CM-1,2026-09-20,,-30.00,-30.00"
    ledger.open_items(B1, credit)
    ledger.on(9)
    ledger.open_items(B1.replace("100.00,100.00", "100.00,80.00"), credit.replace("-30.00,-30.00", "-30.00,-10.00"))
    assert ledger.payments() == ()
    assert (ledger.net(), ledger.credits()) == dec("70.00", "10.00")


def test_two_invoices_without_a_number_are_told_apart(ledger: Ledger) -> None:
    rows = ["Birch,,2026-09-01,2026-10-01,10.00,10.00", "Birch,,2026-09-02,2026-10-02,10.00,10.00"]
    assert ledger.open_items(*rows).invoices_added == 2
    ledger.on(3)
    summary = ledger.open_items(rows[1])
    assert (summary.invoices_closed, summary.invoices_added) == (1, 0)
    assert ledger.net() == Decimal("10.00")


def test_one_number_at_two_customers_is_two_invoices(ledger: Ledger) -> None:
    ledger.open_items(B1, B1.replace("Birch", "Cedar"))
    ledger.on(3)
    ledger.open_items(B1)
    assert (ledger.net("Birch"), ledger.net("Cedar")) == dec("100.00", "0.00")


# What closes and what does not


def test_a_list_of_amounts_adds_and_updates_and_never_closes(ledger: Ledger) -> None:
    ledger.listed("Birch,B-1,2026-09-01,2026-10-01,100.00", "Cedar,C-1,2026-09-01,2026-10-01,30.00")
    ledger.on(3)
    summary = ledger.listed("Birch,B-1,2026-09-01,2026-10-01,110.00", "Birch,B-9,2026-11-03,2026-12-03,9.00")
    assert (summary.invoices_added, summary.invoices_updated, summary.invoices_closed) == (1, 1, 0)
    assert ledger.open() == amounts(B_1="110.00", B_9="9.00")
    assert ledger.net("Cedar") == Decimal("30.00")
    assert ledger.payments() == ()


def test_a_list_of_amounts_does_not_speak_against_a_report_of_balances(ledger: Ledger) -> None:
    ledger.open_items(B1.replace("100.00,100.00", "100.00,60.00"))
    ledger.on(3)
    ledger.listed("Birch,B-1,2026-09-01,2026-10-01,100.00")
    assert ledger.open() == amounts(B_1="60.00")


def test_add_closes_nothing(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(3)
    summary = ledger.open_items(B2, options=ADD)
    assert (summary.invoices_added, summary.invoices_closed, summary.payments_inferred) == (1, 0, 0)
    assert (ledger.net(), ledger.net("Cedar")) == dec("150.00", "30.00")


def test_full_lets_a_list_of_amounts_close(ledger: Ledger) -> None:
    ledger.listed("Birch,B-1,2026-09-01,2026-10-01,100.00", "Cedar,C-1,2026-09-01,2026-10-01,30.00")
    ledger.on(3)
    assert ledger.listed("Birch,B-1,2026-09-01,2026-10-01,100.00", options=FULL).invoices_closed == 1
    assert (ledger.net(), ledger.net("Cedar")) == dec("100.00", "0.00")


def many(count: int, amount: str = "10.00") -> list[str]:
    return [f"Customer {n},N-{n},2026-09-01,2026-10-01,{amount},{amount}" for n in range(count)]


@pytest.mark.parametrize(
    ("before", "left", "asked"),
    [
        (60, 20, True),
        (21, 1, True),
        (22, 1, True),
        (21, 0, True),
        (20, 10, False),
        (20, 9, True),
        (5, 2, True),
        (4, 0, False),
        (1, 0, False),
        (200, 179, False),
        (100, 79, True),
        (100, 80, False),
    ],
)
def test_a_large_closing_is_asked_about(ledger: Ledger, before: int, left: int, asked: bool) -> None:
    ledger.open_items(*many(before))
    ledger.on(3)
    rows = [*many(left), C1, "Dale,D-1,2026-09-01,2026-10-01,1.00,1.00"]
    content = ledger.book.path.read_bytes()
    if asked:
        with pytest.raises(NeedsConsentError, match="leaves out"):
            ledger.open_items(*rows)
        assert ledger.book.path.read_bytes() == content
    options = ImportOptions(consent=True) if asked else None
    assert ledger.open_items(*rows, options=options).invoices_closed == before - left


def test_many_small_invoices_are_closed_without_asking_where_little_money_is_in_them(ledger: Ledger) -> None:
    large = ("Big,X-1,2026-09-01,2026-10-01,9999.00,9999.00", "Dale,D-1,2026-09-01,2026-10-01,1.00,1.00")
    ledger.open_items(*many(30), *large)
    ledger.on(3)
    assert ledger.open_items(*large).invoices_closed == 30


def test_a_report_older_than_the_last_is_refused(ledger: Ledger) -> None:
    ledger.on(9)
    ledger.open_items(B1)
    content = ledger.book.path.read_bytes()
    with pytest.raises(ReportError, match="older than the report of 2026-11-09"):
        ledger.open_items(C1, options=ImportOptions(as_of=nov(8)))
    assert ledger.book.path.read_bytes() == content
    assert ledger.open_items(C1, options=ImportOptions(as_of=nov(8), full=False)).invoices_added == 0
    assert ledger.net("Cedar") == 0
    assert ledger.open_items(B2, options=ImportOptions(as_of=nov(9))).invoices_closed == 1


def test_an_invoice_issued_after_the_day_of_the_report_is_not_closed_by_it(ledger: Ledger) -> None:
    ledger.on(9)
    ledger.listed("Birch,B-9,2026-11-09,2026-12-09,9.00")
    ledger.open_items(C1, options=ImportOptions(as_of=nov(8)))
    assert ledger.open() == amounts(B_9="9.00")


def test_an_invoice_whose_row_could_not_be_read_is_not_closed(ledger: Ledger) -> None:
    ledger.open_items(B1, B2, C1)
    ledger.on(3)
    summary = ledger.open_items("Birch,B-1,2026-09-01,2026-10-01,100.00,n/a", "Birch,B-7,,,1.00,1.00")
    assert [s.number for s in summary.skipped] == ["B-1"]
    assert ledger.open() == amounts(B_1="100.00", B_7="1.00")
    assert ledger.net("Cedar") == 0


def test_a_row_without_number_that_could_not_be_read_protects_its_customer(ledger: Ledger) -> None:
    ledger.open_items(B1, B2, C1)
    ledger.on(3)
    ledger.open_items("BIRCH,,2026-09-01,2026-10-01,100.00,n/a", "Dale,D-1,,2026-12-01,1.00,1.00")
    assert ledger.net() == Decimal("150.00")
    assert ledger.net("Cedar") == 0


def test_a_row_without_customer_and_number_closes_nothing_and_says_so(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(3)
    summary = ledger.open_items(B2, ",,2026-09-01,2026-10-01,100.00,100.00")
    assert summary.invoices_closed == 0
    assert any("nothing was closed" in note for note in summary.notes)
    assert (ledger.net(), ledger.net("Cedar")) == dec("150.00", "30.00")


# Currencies


MONEY_HEAD = "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency"


def test_only_the_currencies_that_a_report_names_are_closed(ledger: Ledger) -> None:
    ledger.open_items(f"{B1},USD", f"{C1},EUR", "Dale,D-1,,2026-10-01,5.00,5.00,EUR", head=MONEY_HEAD)
    ledger.on(3)
    ledger.open_items(f"{C1},EUR", head=MONEY_HEAD)
    assert (ledger.net("Birch"), ledger.net("Cedar"), ledger.net("Dale")) == dec("100.00", "30.00", "0.00")


def test_an_empty_book_takes_the_currency_of_the_largest_open_amount(ledger: Ledger) -> None:
    ledger.open_items(f"{B1},GBP", f"{B2},USD", f"{C1},USD", head=MONEY_HEAD)
    assert ledger.desk.policy.home_currency == "GBP"
    assert next(iter(ledger.desk.figures())) == "GBP"
    ledger.on(3)
    ledger.open_items(f"{B1},GBP", "Dale,D-1,,2026-12-01,99999.00,99999.00,EUR", head=MONEY_HEAD)
    assert ledger.desk.policy.home_currency == "GBP"


def test_rows_without_a_currency_are_in_the_home_currency(ledger: Ledger) -> None:
    ledger.open_items(f"{B1},GBP", f"{C1},", head=MONEY_HEAD)
    assert [ledger.invoices(who)[number].currency for who, number in (("Birch", "B-1"), ("Cedar", "C-1"))] == [
        "GBP",
        "USD",
    ]


def test_a_book_without_any_currency_is_in_dollars(ledger: Ledger) -> None:
    ledger.open_items(B1)
    assert ledger.desk.policy.home_currency == "USD"
    assert ledger.invoices()["B-1"].currency == "USD"
    assert list(ledger.book.facts.all(PolicyChange)) == []


def test_a_home_currency_is_no_word(ledger: Ledger) -> None:
    with pytest.raises(PolicyError):
        ledger.desk.set_policy("home_currency", "dollars")


# Customers


NUMBER_HEAD = "Customer,Customer Number,Invoice,Invoice Date,Due Date,Amount,Open Balance"


def test_a_customer_is_known_by_number_whatever_the_name(ledger: Ledger) -> None:
    ledger.open_items("Birch,7,B-1,,2026-10-01,1.00,1.00", head=NUMBER_HEAD)
    ledger.on(3)
    rows = ("Birch Works Inc,7,B-1,,2026-10-01,1.00,1.00", "Birch Works Inc,7,B-2,,2026-10-01,2.00,2.00")
    assert ledger.open_items(*rows, head=NUMBER_HEAD).accounts_added == 0
    assert ledger.open("7") == amounts(B_1="1.00", B_2="2.00")


def test_a_number_learnt_later_is_added_to_the_name(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.on(3)
    row = "birch,7,B-1,2026-09-01,2026-10-01,100.00,100.00"
    assert ledger.open_items(row, head=NUMBER_HEAD).accounts_added == 0
    assert (ledger.account("7").name, ledger.account("Birch").number) == ("Birch", "7")


def test_a_name_learnt_later_takes_the_place_of_the_number(ledger: Ledger) -> None:
    head = "Customer Number,Invoice,Invoice Date,Due Date,Amount,Open Balance"
    ledger.open_items("7,B-1,,2026-10-01,1.00,1.00", head=head)
    assert ledger.account("7").name == "7"
    ledger.on(3)
    ledger.open_items("Birch Works,7,B-1,,2026-10-01,1.00,1.00", head=NUMBER_HEAD)
    assert ledger.account("7").name == "Birch Works"
    assert len(list(ledger.book.facts.all(Account))) == 1


def test_two_customers_of_one_name_are_told_apart_by_number(ledger: Ledger) -> None:
    ledger.open_items("Birch,7,B-1,,2026-10-01,1.00,1.00", "Birch,8,B-2,,2026-10-01,2.00,2.00", head=NUMBER_HEAD)
    assert (ledger.net("7"), ledger.net("8")) == dec("1.00", "2.00")


def test_an_undone_import_leaves_no_trace_but_in_the_history(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    before = {k: list(ledger.book.facts.all(k)) for k in (Account, Import)}
    invoices = ledger.invoices()
    ledger.on(9)
    ledger.open_items(B1.replace("100.00,100.00", "100.00,60.00"), "Dale,D-1,,2026-12-01,1.00,1.00")
    ledger.desk.undo()
    assert {k: list(ledger.book.facts.all(k)) for k in (Account, Import)} == before
    assert ledger.invoices() == invoices
    assert (ledger.payments(), ledger.net("Cedar")) == ((), Decimal("30.00"))
    ledger.open_items(B1.replace("100.00,100.00", "100.00,60.00"))
    assert received(ledger.payments()) == Decimal("40.00")
    assert problems(ledger.book) == []
