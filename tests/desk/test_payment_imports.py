"""Payment lists and contact lists merged with the book."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.records import Payment
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from arctui.store.verify import problems
from tests.desk.ledgers import Ledger, amounts, dec, nov, parts, received

B1 = "Birch,B-1,2026-09-01,2026-10-01,100.00,100.00"
B2 = "Birch,B-2,2026-09-15,2026-10-15,50.00,50.00"
C1 = "Cedar,C-1,2026-09-01,2026-10-01,30.00,30.00"
HEAD = "Payment ID,Customer,Payment Date,Amount,Invoice"
CONTACT_HEAD = "Customer,Contact,Phone,Email"


def test_a_payment_reduces_its_invoice_from_its_day_on(ledger: Ledger) -> None:
    ledger.open_items(B1, B2)
    ledger.on(4)
    assert ledger.paid("Birch,2026-11-03,40.00,B-1,chk 1").payments_added == 1
    assert ledger.open() == amounts(B_1="60.00", B_2="50.00")
    (payment,) = ledger.payments()
    assert (payment.day, payment.inferred, parts(payment)) == (nov(3), False, amounts(B_1="40.00"))


def test_a_payment_that_the_report_knew_is_not_counted_again(ledger: Ledger) -> None:
    ledger.on(9)
    ledger.open_items(B1.replace("100.00,100.00", "100.00,60.00"))
    ledger.paid("Birch,2026-11-03,40.00,B-1,chk 1")
    assert ledger.open() == amounts(B_1="60.00")
    assert received(ledger.payments()) == Decimal("40.00")


def test_a_payment_list_takes_the_place_of_the_inferred_payment(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(9)
    ledger.open_items(C1)
    assert [p.inferred for p in ledger.payments()] == [True]
    assert ledger.paid("Birch,2026-11-05,100.00,B-1,chk 1").payments_added == 1
    (payment,) = ledger.payments()
    assert (payment.day, payment.inferred, payment.amount) == (nov(5), False, Decimal("100.00"))
    assert (ledger.net(), ledger.credits()) == dec("0.00", "0.00")


def test_a_payment_without_an_invoice_takes_the_place_of_the_inferred_one_too(ledger: Ledger) -> None:
    ledger.open_items(B1, B2, C1)
    ledger.on(9)
    ledger.open_items(C1)
    ledger.paid("Birch,2026-11-05,150.00,,chk 1")
    (payment,) = ledger.payments()
    assert (payment.day, parts(payment)) == (nov(5), amounts(B_1="100.00", B_2="50.00"))
    assert (ledger.net(), ledger.credits()) == dec("0.00", "0.00")


def test_a_payment_explains_its_part_of_the_inferred_one_and_leaves_the_rest(ledger: Ledger) -> None:
    ledger.open_items(B1, B2, C1)
    ledger.on(9)
    ledger.open_items(C1)
    ledger.paid("Birch,2026-11-05,100.00,B-1,chk 1")
    assert received(ledger.payments()) == Decimal("150.00")
    (rest,) = [p for p in ledger.payments() if p.inferred]
    assert parts(rest) == amounts(B_2="50.00")
    ledger.paid("Birch,2026-11-06,50.00,B-2,chk 2")
    assert [p.inferred for p in ledger.payments()] == [False, False]
    assert received(ledger.payments()) == Decimal("150.00")
    assert ledger.net() == 0


def test_a_payment_outside_the_interval_does_not_explain_the_inferred_one(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(9)
    ledger.open_items(C1)
    ledger.on(11)
    ledger.paid("Birch,2026-11-11,100.00,,chk 1")
    assert sorted(p.inferred for p in ledger.payments()) == [False, True]
    assert ledger.credits() == Decimal("100.00")


def test_the_report_after_a_payment_list_infers_nothing(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(4)
    ledger.paid("Birch,2026-11-04,100.00,B-1,chk 1")
    ledger.on(9)
    summary = ledger.open_items(C1)
    assert summary.payments_inferred == 0
    assert received(ledger.payments()) == Decimal("100.00")


def test_the_report_after_a_part_payment_infers_only_what_came_besides(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(4)
    ledger.paid("Birch,2026-11-04,40.00,B-1,chk 1")
    ledger.on(9)
    summary = ledger.open_items(C1)
    assert (summary.payments_inferred, summary.invoices_closed) == (1, 1)
    assert [(p.amount, p.inferred) for p in ledger.payments()] == [
        (Decimal("40.00"), False),
        (Decimal("60.00"), True),
    ]
    assert ledger.net() == 0


def test_cash_on_account_is_a_credit_and_explains_what_the_next_report_closes(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(4)
    ledger.paid("Birch,2026-11-04,100.00,,chk 1")
    assert (ledger.net(), ledger.credits()) == dec("0.00", "100.00")
    assert ledger.open() == amounts(B_1="100.00")
    ledger.on(9)
    assert ledger.open_items(C1).payments_inferred == 0
    (payment,) = ledger.payments()
    assert (payment.day, parts(payment)) == (nov(4), amounts(B_1="100.00"))
    assert (ledger.net(), ledger.credits()) == dec("0.00", "0.00")


def test_a_reference_that_names_an_invoice_applies_the_payment(ledger: Ledger) -> None:
    ledger.open_items(B1, B2)
    ledger.on(4)
    ledger.paid("Birch,2026-11-04,100.00,,for B-1")
    assert ledger.open() == amounts(B_2="50.00")


def test_the_same_payment_list_twice_changes_nothing(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.on(4)
    for _ in range(2):
        summary = ledger.paid("Birch,2026-11-04,40.00,B-1,chk 1", "Birch,2026-11-04,10.00,,chk 2")
    assert summary.payments_added == 0
    assert received(ledger.payments()) == Decimal("50.00")


def test_two_equal_payments_of_one_day_with_their_own_references_are_two(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.on(4)
    ledger.paid("Birch,2026-11-04,40.00,B-1,chk 1", "Birch,2026-11-04,40.00,B-1,chk 2")
    assert ledger.open() == amounts(B_1="20.00")


def test_a_longer_list_with_the_known_lines_adds_only_the_new_ones(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(4)
    ledger.paid("Birch,2026-11-04,40.00,B-1,chk 1")
    assert ledger.paid("Birch,2026-11-04,40.00,B-1,chk 1", "Cedar,2026-11-04,30.00,C-1,chk 9").payments_added == 1
    assert (ledger.net(), ledger.net("Cedar")) == dec("60.00", "0.00")


def test_a_negative_line_takes_a_payment_back(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.on(4)
    ledger.paid("Birch,2026-11-03,100.00,B-1,chk 1")
    assert ledger.net() == 0
    assert ledger.paid("Birch,2026-11-04,-100.00,B-1,chk 1 returned").skipped == ()
    (payment,) = ledger.payments()
    assert payment.reversed_on == nov(4)
    assert ledger.open() == amounts(B_1="100.00")


def test_a_negative_line_that_takes_nothing_back_is_listed(ledger: Ledger) -> None:
    ledger.open_items(B1)
    summary = ledger.paid("Birch,2026-11-02,-77.00,B-1,chk 1")
    assert [s.row for s in summary.skipped] == [2]
    assert "reverses no payment" in summary.skipped[0].why
    assert ledger.net() == Decimal("100.00")


def test_cash_on_account_that_is_applied_later_keeps_its_day(ledger: Ledger) -> None:
    ledger.open_items(B1, B2)
    ledger.on(4)
    ledger.paid("Birch,2026-11-04,50.00,,chk 1")
    ledger.on(6)
    ledger.paid("Birch,2026-11-06,-50.00,,", "Birch,2026-11-06,50.00,B-2,")
    (payment,) = ledger.payments()
    assert (payment.day, parts(payment)) == (nov(4), amounts(B_2="50.00"))
    assert ledger.open() == amounts(B_1="100.00")
    assert ledger.credits() == 0


def test_a_payment_of_somebody_unknown_is_listed_and_the_rest_taken(ledger: Ledger) -> None:
    ledger.open_items(B1)
    summary = ledger.paid("Nobody,2026-11-02,5.00,X-1,", "Birch,2026-11-02,5.00,B-1,")
    assert [(s.row, "Nobody" in s.why) for s in summary.skipped] == [(2, True)]
    assert summary.payments_added == 1


def test_a_payment_reduces_an_invoice_of_a_list_of_amounts_whenever_it_came(ledger: Ledger) -> None:
    ledger.listed("Birch,B-1,2026-09-01,2026-10-01,100.00")
    ledger.paid("Birch,2026-09-20,40.00,B-1,chk 1")
    assert ledger.open() == amounts(B_1="60.00")


def test_money_of_another_currency_pays_nothing(ledger: Ledger) -> None:
    ledger.open_items(f"{B1},USD", head="Customer,Invoice,Invoice Date,Due Date,Amount,Open Balance,Currency")
    ledger.paid("Birch,2026-11-02,100.00,B-1,EUR", head="Customer,Payment Date,Amount,Invoice,Currency")
    assert ledger.open() == amounts(B_1="100.00")


def test_undoing_a_payment_list_brings_the_inferred_payment_back(ledger: Ledger) -> None:
    ledger.open_items(B1, B2, C1)
    ledger.on(9)
    ledger.open_items(C1)
    before = ledger.payments()
    ledger.paid("Birch,2026-11-05,120.00,,chk 1")
    assert ledger.payments() != before
    ledger.desk.undo()
    assert ledger.payments() == before
    assert problems(ledger.book) == []


def test_lines_of_one_payment_are_one_payment_also_when_they_come_again(ledger: Ledger) -> None:
    ledger.open_items(B1, B2)
    lines = ("P-1,Birch,2026-11-02,40.00,B-1", "P-1,Birch,2026-11-02,50.00,B-2")
    assert ledger.paid(*lines, head=HEAD).payments_added == 1
    (payment,) = ledger.payments()
    assert (payment.amount, parts(payment)) == (Decimal("90.00"), amounts(B_1="40.00", B_2="50.00"))
    assert ledger.paid(*lines, "P-2,Birch,2026-11-02,1.00,B-1", head=HEAD).payments_added == 1
    assert ledger.open() == amounts(B_1="59.00")


def test_a_line_of_a_known_payment_that_comes_later_belongs_to_it(ledger: Ledger) -> None:
    ledger.open_items(B1, B2)
    ledger.paid("P-1,Birch,2026-11-02,40.00,B-1", head=HEAD)
    ledger.paid("P-1,Birch,2026-11-02,40.00,B-1", "P-1,Birch,2026-11-02,50.00,B-2", head=HEAD)
    assert received(ledger.payments()) == Decimal("90.00")
    assert ledger.open() == amounts(B_1="60.00")


def test_cash_that_a_report_shows_and_a_later_one_has_used_is_counted_once(ledger: Ledger) -> None:
    ledger.open_items(B1, C1)
    ledger.on(3)
    ledger.paid("Birch,2026-11-03,40.00,,chk 1")
    ledger.on(4)
    ledger.open_items(B1, C1, "Birch,PMT-1,2026-11-03,,-40.00,-40.00")
    assert (ledger.net(), ledger.credits()) == dec("60.00", "40.00")
    ledger.on(5)
    ledger.open_items(B1.replace("100.00,100.00", "100.00,60.00"), C1)
    assert (ledger.net(), ledger.credits()) == dec("60.00", "0.00")
    assert received(ledger.payments()) == Decimal("40.00")


def test_a_week_of_quickbooks_is_explained_to_the_cent(ledger: Ledger, shared_data: Path) -> None:
    folder = shared_data / "formats"
    first = ledger.desk.import_file(folder / "qbo_ar_aging_detail.csv", ImportOptions())
    assert first.stated_total == first.read_total == Decimal("1246585.73")
    second = ledger.desk.import_file(folder / "qbo_ar_aging_detail_2026-10-07.csv", ImportOptions())
    assert second.stated_total == second.read_total == ledger.desk.figures()["USD"].aging["total"]
    expected = amounts(
        **{"1041": "1134.50", "1036": "50.00", "2026-03": "500000.00", "7002": "333.33", "3001": "150.00"}
    )
    for inferred in (True, False):
        payments = list(ledger.book.facts.all(Payment))
        assert [p.inferred for p in payments] == [inferred] * 5
        assert {n: a for p in payments for n, a in parts(p).items()} == expected
        assert ledger.desk.figures()["USD"].aging["total"] == second.read_total
        if inferred:
            listed = ledger.desk.import_file(folder / "qbo_payments_transaction_list.csv", ImportOptions())
            assert (listed.payments_added, listed.skipped) == (5, ())


# Contact lists


def contacts(ledger: Ledger, *rows: str, head: str = CONTACT_HEAD) -> int:
    return ledger.feed("\n".join([head, *rows, ""])).people_added


def test_a_contact_list_adds_phones_and_never_takes_one_away(ledger: Ledger) -> None:
    ledger.open_items(B1)
    contacts(ledger, "Birch,Tony Marsh,+1 212 555 0142,tony@birch.example")
    assert contacts(ledger, "Birch,TONY MARSH,+1 212 555 0143,pay@birch.example", "Birch,Tony Marsh,,") == 0
    (tony,) = ledger.people()
    assert tony.name == "Tony Marsh"
    assert tony.phones == ("+1 212 555 0142", "+1 212 555 0143")
    assert tony.emails == ("tony@birch.example", "pay@birch.example")
    assert tony.time_zone == "America/New_York"


def test_a_second_person_stands_beside_the_first(ledger: Ledger) -> None:
    ledger.open_items(B1)
    contacts(ledger, "Birch,Tony,+1 212 555 0142,", "Birch,Ann Lee,+1 212 555 0144,")
    assert [p.name for p in ledger.people()] == ["Tony", "Ann Lee"]


def test_a_contact_list_closes_nothing_and_makes_customers(ledger: Ledger) -> None:
    ledger.open_items(B1)
    contacts(ledger, "Dale,Joe,+1 212 555 0145,")
    assert ledger.net() == Decimal("100.00")
    assert [p.name for p in ledger.people("Dale")] == ["Joe"]


def test_a_person_whom_the_clerk_learnt_of_gets_the_phone_of_the_list(ledger: Ledger) -> None:
    ledger.open_items(B1)
    ledger.desk.log(ledger.account().id, "fri 10 tony")
    contacts(ledger, "Birch,Tony,+1 212 555 0142,")
    (tony,) = ledger.people()
    assert tony.phones == ("+1 212 555 0142",)


@pytest.mark.parametrize("again", [1, 2])
def test_the_same_contacts_again_change_nobody(ledger: Ledger, again: int) -> None:
    ledger.open_items(B1)
    contacts(ledger, "Birch,Tony,+1 212 555 0142,tony@birch.example")
    before = ledger.people()
    contacts(ledger, *["Birch,Tony,+1 212 555 0142,tony@birch.example"] * again, "Birch,,,")
    assert [p for p in ledger.people() if p.name] == list(before)


WEEK = """\
Transaction List by Customer
Vale Supply
"October 1-7, 2026"

,Date,Transaction type,Num,Amount
Birch
,10/02/2026,Payment,1,10.00
"""


@pytest.mark.parametrize(
    ("text", "today", "as_of"),
    [
        pytest.param(WEEK, date(2026, 11, 23), date(2026, 10, 7), id="the title's last day"),
        pytest.param(WEEK, date(2026, 10, 5), date(2026, 10, 5), id="but no day to come"),
        pytest.param(
            "Customer,Date,Amount,Payment ID\nBirch,2026-11-20,10.00,P-1\n",
            date(2026, 11, 23),
            date(2026, 11, 23),
            id="today, for a list of these days",
        ),
        pytest.param(
            "Customer,Date,Amount,Payment ID\nBirch,2026-10-20,10.00,P-1\n",
            date(2026, 11, 23),
            date(2026, 10, 20),
            id="its newest payment, for an old list",
        ),
    ],
)
def test_a_payment_list_is_as_fresh_as_it_can_know(tmp_path: Path, text: str, today: date, as_of: date) -> None:
    path = tmp_path / "payments.csv"
    path.write_text(text, encoding="utf-8")
    desk = Desk(Book(tmp_path / "book.json", new=True), Clock(today.isoformat()), "ann")
    assert desk.import_file(path, ImportOptions()).as_of == as_of
