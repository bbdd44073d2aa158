"""Later exports: what they update, what they leave alone, and what is asked about first."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.records import Flag, Invoice
from arctui.desk.ids import new_id
from arctui.desk.importing import ImportOptions, ReadFile, merge_file
from arctui.exchange.merge_contacts import days_of_terms
from arctui.exchange.report import Contact, Item, Report, ReportError, ReportKind
from arctui.store.verify import problems
from tests.desk.ledgers import Ledger, amounts, dec, nov, parts

B1 = "Birch,B-1,2026-09-01,2026-10-01,100.00,100.00"
C1 = "Cedar,C-1,2026-09-01,2026-10-01,30.00,30.00"
ADD, FULL = ImportOptions(full=False), ImportOptions(full=True)


def item(number: str, amount: str = "100.00", left: str = "", customer: str = "Birch") -> str:
    return f"{customer},{number},2026-09-01,2026-10-01,{amount},{left or amount}"


# Damaged numbers


@pytest.mark.parametrize(
    ("good", "damaged"),
    [
        ("00085001", "85001"),
        ("1E5", "100000"),
        ("1E5", "1.00E+05"),
        ("2026-03", "Mar-26"),
        ("2026-03", "3/1/2026"),
        ("2520018000000073011", "2.52002E+18"),
        ("1041", "1041.0"),
    ],
)
def test_a_number_that_a_spreadsheet_damaged_is_known_again_in_both_directions(
    ledger: Ledger, good: str, damaged: str
) -> None:
    for first, then in ((good, damaged), (damaged, good)):
        ledger.open_items(item(first), item("C-1", customer="Cedar"))
        ledger.paid(f"Birch,2026-11-02,10.00,{first},chk 1")
        ledger.on(ledger.day + 1)
        summary = ledger.open_items(item(then, left="60.00"), item("C-1", customer="Cedar"))
        assert (summary.invoices_added, summary.invoices_closed, summary.payments_inferred) == (0, 0, 1)
        assert any("damaged by a spreadsheet" in note for note in summary.notes)
        assert ledger.open() == {good: Decimal("60.00")}
        assert {number for p in ledger.payments() for number in parts(p)} == {good}
        assert problems(ledger.book) == []
        for _ in range(3):
            ledger.desk.undo()


def test_a_damaged_number_needs_the_same_customer_amount_and_sign(ledger: Ledger) -> None:
    ledger.open_items(item("00085001"), item("00085002", "40.00"), item("00085003", "-5.00"))
    ledger.on(3)
    rows = [item("85001", customer="Cedar"), item("85002", "41.00"), item("85003", "5.00")]
    summary = ledger.open_items(*rows, options=ADD)
    assert (summary.invoices_added, summary.notes) == (3, ())


def test_of_two_that_fit_none_is_taken_and_the_number_is_said_to_look_damaged(ledger: Ledger) -> None:
    ledger.open_items(item("2520018000000073011"), item("2520018000000073012"))
    ledger.on(3)
    summary = ledger.open_items(item("2.52002E+18"), options=ADD)
    assert summary.invoices_added == 1
    assert ["looks damaged" in note for note in summary.notes] == [True]


def test_a_number_that_the_same_report_names_whole_is_not_taken_for_a_damaged_one(ledger: Ledger) -> None:
    ledger.open_items(item("00085001"))
    ledger.on(3)
    assert ledger.open_items(item("85001"), item("00085001")).invoices_added == 1
    assert set(ledger.open()) == {"85001", "00085001"}


def test_a_payment_list_with_damaged_numbers_pays_the_invoices_that_are_meant(ledger: Ledger) -> None:
    ledger.open_items(item("00085001"))
    ledger.on(3)
    ledger.paid("Birch,2026-11-03,25.00,85001,chk 1")
    assert ledger.open() == {"00085001": Decimal("75.00")}
    ledger.paid("Birch,2026-11-03,25.00,00085001,chk 1")
    assert ledger.open() == {"00085001": Decimal("75.00")}


# Parts of what is open


def others(count: int) -> list[str]:
    return [item(f"N-{n}", "10.00", customer=f"Customer {n}") for n in range(count)]


def test_a_statement_of_one_customer_is_asked_about_before_it_closes_all_others(ledger: Ledger) -> None:
    ledger.open_items(B1, *others(4))
    ledger.on(3)
    content = ledger.book.path.read_bytes()
    with pytest.raises(ReportError, match=r"one customer, and 5 have something open.*--add.*--full"):
        ledger.open_items(B1)
    assert ledger.book.path.read_bytes() == content
    assert ledger.open_items(B1, options=ADD).invoices_closed == 0
    assert ledger.open_items(B1, options=FULL).invoices_closed == 4


def test_a_report_whose_title_names_a_customer_is_asked_about_however_small_the_book_is(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(3)
    head = "Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance"
    text = f"Open invoices,,,,,\nCustomer: Birch,,,,,\n{head}\n{B1}\n"
    with pytest.raises(ReportError, match=r"it says of itself: Customer: Birch.*--add"):
        ledger.feed(text)
    assert ledger.feed(text, ADD).invoices_closed == 0
    assert ledger.net("Cedar") == Decimal("30.00")


def test_one_customer_of_a_few_is_a_whole_report(ledger: Ledger) -> None:
    ledger.open_items(B1, *others(3))
    ledger.on(3)
    assert ledger.open_items(B1).invoices_closed == 3


def test_a_report_of_one_customer_that_closes_nothing_is_not_asked_about(ledger: Ledger) -> None:
    ledger.open_items(item("B-1"), *others(6), options=ADD)
    assert ledger.open_items(item("B-7"), options=ADD).invoices_added == 1
    assert ledger.listed("Birch,B-8,2026-09-01,2026-10-01,5.00").invoices_added == 1


# Older lists


def test_an_older_list_does_not_open_again_what_was_closed(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(9)
    ledger.open_items(C1)
    assert ledger.open() == {}
    older = ImportOptions(full=False, as_of=nov(5))
    summary = ledger.open_items(B1, C1.removesuffix("30.00") + "29.00", options=older)
    assert (summary.invoices_updated, summary.payments_inferred) == (0, 0)
    assert any("later day" in note for note in summary.notes)
    assert (ledger.net("Birch"), ledger.net("Cedar")) == dec("0.00", "30.00")


def test_a_list_of_the_same_day_still_updates(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.open_items(C1.replace("30.00,30.00", "30.00,29.00"), options=ADD)
    assert ledger.net("Cedar") == Decimal("29.00")


# Payments that were inferred


def test_cash_that_is_applied_later_takes_the_place_of_what_two_reports_told(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(5)
    ledger.open_items(C1)
    assert [p.inferred for p in ledger.payments()] == [True]
    rows = ("Birch,2026-11-03,100.00,,o", "Birch,2026-11-04,-100.00,,x", "Birch,2026-11-04,100.00,B-1,y")
    assert ledger.paid(*rows).skipped == ()
    (payment,) = ledger.payments()
    assert (payment.inferred, payment.day, parts(payment)) == (False, nov(3), amounts(B_1="100.00"))
    assert (ledger.net(), ledger.credits()) == dec("0.00", "0.00")


def test_cash_on_account_is_not_what_two_reports_told_of_another_amount(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(5)
    ledger.open_items(C1)
    ledger.paid("Birch,2026-11-04,40.00,,o", "Birch,2026-11-05,100.00,B-1,y")
    assert [(p.amount, p.inferred) for p in ledger.payments()] == [(Decimal(n), False) for n in ("40.00", "100.00")]


def test_an_unmatched_negative_line_is_a_reversal_and_a_matched_one_keeps_the_first_day(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.paid("Birch,2026-11-02,40.00,,a", "Birch,2026-11-02,60.00,,b")
    ledger.on(3)
    ledger.paid("Birch,2026-11-03,-40.00,,c", "Birch,2026-11-03,40.00,B-1,d", "Birch,2026-11-03,-60.00,,e")
    forty, sixty = sorted(ledger.payments(), key=lambda p: p.amount)
    assert (forty.day, parts(forty), forty.reversed_on) == (nov(2), amounts(B_1="40.00"), None)
    assert (sixty.day, sixty.reversed_on) == (nov(2), nov(3))
    assert (ledger.open(), ledger.credits()) == (amounts(B_1="60.00"), Decimal("0.00"))


# What the clerk recorded


def test_no_import_touches_what_the_clerk_recorded(ledger: Ledger) -> None:
    contacts = "Customer,Contact,Phone,Email,Address\nBirch,Tony,+1 212 555 0142,tony@birch.example,1 Old Road\n"
    ledger.open_items(B1, C1)
    ledger.feed(contacts)
    account = ledger.account().id
    desk = ledger.desk
    for line in ("left tony", "lee wong, payables, +1 212 555 0177", "address 2 New Road", "runs weekly thu"):
        desk.corrections.save(account, line)
    desk.log(account, "fri 60 lee")
    desk.log(account, "dsp 25 damaged pallets")
    desk.note(account, "asks for Lee")
    desk.follow_up(account, "fri ask again")
    desk.stop(account, "legal")
    before = desk.dossier(account)
    acts: list[Callable[[], object]] = [
        lambda: ledger.open_items(B1.replace("100.00,100.00", "100.00,70.00"), C1),
        lambda: ledger.feed(contacts + "Cedar,Jo,,,\n"),
        lambda: ledger.paid("Birch,2026-11-05,20.00,B-1,chk"),
        lambda: ledger.listed("Birch,B-1,2026-09-01,2026-10-01,100.00"),
        lambda: ledger.open_items(C1),
    ]
    for day, act in enumerate(acts, 3):
        ledger.on(day)
        act()
    after = ledger.desk.dossier(account)
    for kind in ("account", "people", "activities", "promises", "disputes", "followups"):
        assert getattr(after, kind) == getattr(before, kind), kind
    assert after.account.flags == (Flag.LEGAL,)
    assert ledger.open() == {}


# Contact fields


def test_a_report_of_items_that_carries_people_brings_both_in_one_act(ledger: Ledger, tmp_path: Path) -> None:
    item_of = Item(row=2, customer="Birch", number="B-1", amount=Decimal("5.00"), balance=Decimal("5.00"))
    contact = Contact(row=2, customer="Birch", person="Tony", emails=("tony@birch.example",), terms="Net 30")
    report = Report(layout="both", kind=ReportKind.OPEN_ITEMS, items=(item_of,), contacts=(contact,))
    desk = ledger.desk
    read = ReadFile(tmp_path / "both.csv", "00", report, ImportOptions())
    prepared = merge_file(desk.book.facts, read, desk.policy, desk.rules.moment, "ann", new_id)
    desk.commit(prepared.act, prepared.changes)
    summary = prepared.summary
    assert (summary.accounts_added, summary.people_added, summary.invoices_added) == (1, 1, 1)
    assert (ledger.open(), ledger.account().terms_days) == (amounts(B_1="5.00"), 30)
    assert [p.emails for p in ledger.people()] == [("tony@birch.example",)]
    desk.undo()
    assert list(ledger.book.facts.all(Invoice)) == []


def test_a_contact_list_brings_currency_terms_limit_and_tax_number(ledger: Ledger) -> None:
    head = "Customer,Contact,Currency,Payment Terms,Credit Limit,Tax Number\n"
    ledger.feed(head + 'Birch,Tony,EUR,Net 30,"5,000.00",DE123\n')
    account = ledger.account()
    known = (account.currency, account.terms_days, account.credit_limit, account.tax_number)
    assert known == ("EUR", 30, Decimal("5000.00"), "DE123")
    ledger.feed(head + "Birch,Tony,,,,\n")
    assert ledger.account() == account


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Net 30", 30),
        ("net30", 30),
        ("N45", 45),
        ("30", 30),
        ("30 days", 30),
        ("30 Tage", 30),
        ("2% 10 Net 30", 30),
        ("1/10 net 60", 60),
        ("10 Tage 2 % Skonto, 30 Tage netto", 30),
        ("Due on receipt", 0),
        ("COD", 0),
        ("sofort", 0),
        ("Net 30 EOM", None),
        ("EOM", None),
        ("10th of next month", None),
        ("2%", None),
        ("as agreed", None),
        ("", None),
    ],
)
def test_the_words_of_payment_terms_give_days_where_they_say_a_number(words: str, days: int | None) -> None:
    assert days_of_terms(words) == days


def test_every_invoice_is_one_record_after_all_of_it(ledger: Ledger) -> None:
    ledger.open_items(B1, item("00085001"), C1)
    ledger.on(3)
    ledger.open_items(B1, item("85001"), C1)
    ledger.on(4)
    ledger.open_items(B1, item("00085001"), C1)
    assert sorted(i.number for i in ledger.book.facts.all(Invoice)) == ["00085001", "B-1", "C-1"]
