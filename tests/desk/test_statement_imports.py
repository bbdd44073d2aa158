"""Bank statements merged with the book: what is certain is applied, the rest waits, and nothing counts twice."""

from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.promises import Verdict
from arctui.core.records import Payment
from arctui.desk import Desk, DeskError
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from arctui.store.verify import problems
from tests.desk.ledgers import B1, B2, BANK_HEAD, C1, Ledger, amounts, dec, nov, parts, received

IN_FULL = "2026-11-03,BIRCH WORKS INV B-1041,100.00,ACH"


def test_what_is_certain_is_applied_and_the_rest_waits(fed: Ledger) -> None:
    summary = fed.bank(IN_FULL, "2026-11-03,MYSTERY,12.34,ACH", "2026-11-04,RENT,-900.00,ACH")
    assert (summary.payments_added, len(summary.applied), len(summary.waiting)) == (1, 1, 1)
    assert any("1 line of money that went out" in note for note in summary.notes)
    (payment,) = fed.payments()
    assert (payment.day, payment.method, parts(payment)) == (nov(3), "bank transfer", amounts(B_1041="100.00"))
    assert fed.open() == amounts(B_1042="50.00")
    assert [line.words for line in fed.desk.matching.lines()] == ["MYSTERY  ACH"]
    assert problems(fed.book) == []


def test_a_statement_without_a_closing_day_is_known_up_to_its_last_line(fed: Ledger) -> None:
    fed.on(6)
    summary = fed.bank("2026-11-02,MYSTERY,12.34,ACH", "2026-11-03,RENT,-900.00,ACH")
    assert summary.as_of == nov(3)
    assert [known.as_of for known in fed.imports() if known.payments] == [nov(3)]


def test_a_statement_twice_or_one_that_overlaps_counts_once(fed: Ledger) -> None:
    rows = (IN_FULL, "2026-11-03,MYSTERY,12.34,ACH", "2026-11-03,MYSTERY,12.34,ACH")
    fed.bank(*rows)
    again = fed.bank(*rows, "2026-11-04,CEDAR FARM,30.00,ACH")
    assert (again.payments_added, len(again.waiting)) == (1, 0)
    assert fed.desk.matching.count() == 2
    assert received(fed.payments()) == Decimal("100.00")


def test_undo_takes_the_whole_statement_back(fed: Ledger) -> None:
    fed.bank(IN_FULL, "2026-11-03,MYSTERY,12.34,ACH")
    fed.desk.undo()
    assert (fed.payments(), fed.desk.matching.count()) == ((), 0)


def test_the_accounting_systems_list_takes_the_place_of_the_banks_line(fed: Ledger) -> None:
    fed.bank(IN_FULL)
    fed.on(5)
    fed.paid("Birch Works,2026-11-04,100.00,B-1041,ACH 7781")
    assert [(p.reference, p.entered_by) for p in fed.payments()] == [("ACH 7781", "")]
    assert fed.open() == amounts(B_1042="50.00")


def test_the_banks_line_is_the_payment_that_the_accounting_system_told_of(fed: Ledger) -> None:
    fed.paid("Birch Works,2026-11-04,100.00,B-1041,ACH 7781")
    summary = fed.bank(IN_FULL)
    assert (summary.payments_added, len(summary.applied), len(fed.payments())) == (0, 1, 1)
    assert (fed.open(), fed.credits()) == (amounts(B_1042="50.00"), Decimal("0.00"))


def test_the_banks_line_gives_a_day_to_what_two_reports_told_of(fed: Ledger) -> None:
    fed.on(9)
    fed.open_items(B2, C1)
    assert fed.bank(IN_FULL).payments_added == 1
    (payment,) = fed.payments()
    assert (payment.day, payment.inferred, payment.amount) == (nov(3), False, Decimal("100.00"))
    assert fed.net() == Decimal("50.00")


def test_the_next_report_that_knows_the_money_counts_it_once(fed: Ledger) -> None:
    fed.bank(IN_FULL)
    fed.on(9)
    assert fed.open_items(B2, C1).payments_inferred == 0
    assert received(fed.payments()) == Decimal("100.00")
    assert (fed.open(), fed.credits()) == (amounts(B_1042="50.00"), Decimal("0.00"))


def test_money_that_a_later_report_has_not_booked_yet_reduces_what_is_open(fed: Ledger) -> None:
    fed.on(5)
    fed.open_items(B1, B2, C1)
    fed.bank(IN_FULL)
    assert fed.open() == amounts(B_1042="50.00")


def test_what_the_clerk_wrote_down_by_hand_is_the_same_money(fed: Ledger) -> None:
    fed.desk.log(fed.account().id, "fri 100 ach")
    (judged,) = fed.desk.standing(fed.account().id).judged
    fed.desk.reviews.came_in(judged.promise.id, "100 today")
    fed.bank(IN_FULL.replace("11-03", "11-04"))
    assert received(fed.payments()) == Decimal("100.00")
    assert fed.net() == Decimal("50.00")


def test_a_returned_check_takes_its_payment_back(fed: Ledger) -> None:
    fed.bank(IN_FULL)
    fed.on(6)
    summary = fed.bank("2026-11-05,RETURNED ITEM BIRCH WORKS B-1041,-100.00,ACH")
    assert len(summary.applied) == 1
    (payment,) = fed.payments()
    assert payment.reversed_on == nov(5)
    assert fed.open() == amounts(B_1041="100.00", B_1042="50.00")
    assert fed.bank("2026-11-05,RETURNED ITEM BIRCH WORKS B-1041,-100.00,ACH").applied == ()


def test_a_payment_list_that_repeats_the_return_of_the_bank_days_later_changes_nothing(fed: Ledger) -> None:
    fed.bank(IN_FULL)
    fed.on(6)
    fed.bank("2026-11-05,RETURNED ITEM BIRCH WORKS B-1041,-100.00,ACH")
    rows = ["Birch Works,2026-11-04,100.00,B-1041,P6", "Birch Works,2026-11-06,-100.00,B-1041,P7"]
    for listed in (rows, rows[::-1]):
        assert fed.paid(*listed).skipped == ()
        (payment,) = fed.payments()
        assert (payment.reversed_on, fed.open()) == (nov(5), amounts(B_1041="100.00", B_1042="50.00"))
    (skipped,) = fed.paid(
        "Birch Works,2026-11-06,-100.00,B-1041,P7", "Birch Works,2026-11-06,-100.00,B-1041,P9"
    ).skipped
    assert "reverses no payment" in skipped.why


def test_a_return_weeks_after_that_of_the_bank_is_another(fed: Ledger) -> None:
    fed.bank(IN_FULL)
    fed.on(6)
    fed.bank("2026-11-05,RETURNED ITEM BIRCH WORKS B-1041,-100.00,ACH")
    fed.on(25)
    fed.paid("Birch Works,2026-11-20,100.00,B-1041,P8", "Birch Works,2026-11-25,-100.00,B-1041,P9")
    assert sorted(str(p.reversed_on) for p in fed.payments()) == ["2026-11-05", "2026-11-25"]


def test_a_return_is_a_reason_to_call_on_the_day_it_is_known(fed: Ledger) -> None:
    fed.bank(IN_FULL)
    fed.on(6)
    fed.bank("2026-11-05,RETURNED ITEM BIRCH WORKS B-1041,-100.00,ACH")
    row = next(r for r in fed.desk.worklist() if r.name == "Birch Works")
    assert row.why.startswith("bank transfer of 100.00 returned on Thu 5 Nov")
    fed.desk.log(fed.account().id, "fri 100 ach")
    assert not any(r.name == "Birch Works" for r in fed.desk.worklist())


def test_what_the_bank_has_had_already_is_not_said_to_be_taken_as_paid(fed: Ledger) -> None:
    fed.bank(IN_FULL)
    fed.on(9)
    summary = fed.open_items(C1)
    assert (summary.invoices_closed, summary.closed) == (2, amounts(USD="50.00"))


def test_a_return_of_money_that_nobody_knows_waits(fed: Ledger) -> None:
    assert len(fed.bank("2026-11-04,RETURNED ITEM,-77.00,").waiting) == 1
    (line,) = fed.desk.matching.lines()
    with pytest.raises(DeskError, match="nothing is proposed"):
        fed.desk.matching.accept(line.id)
    fed.desk.matching.ignore(line.id)
    assert fed.desk.matching.count() == 0


def test_the_summary_says_which_promises_settled(fed: Ledger) -> None:
    fed.desk.log(fed.account().id, "fri 100 ach")
    dry = fed.feed("\n".join([BANK_HEAD, IN_FULL.replace("11-03", "11-04") + ",CR"]), ImportOptions(dry_run=True))
    summary = fed.bank(IN_FULL.replace("11-03", "11-04"))
    (settled,) = summary.settled
    assert (settled.before, settled.verdict, settled.received) == (Verdict.OPEN, Verdict.KEPT, Decimal("100.00"))
    assert dry.settled == summary.settled
    assert "kept, was open" in settled.words


# What waits


def waiting(ledger: Ledger, row: str = "2026-11-03,TM HOLDINGS,120.00,ACH") -> str:
    ledger.bank(row)
    (line,) = ledger.desk.matching.lines()
    return line.id


def test_the_clerk_lays_a_line_on_invoices_and_the_payer_is_known_from_then_on(fed: Ledger) -> None:
    matching, birch = fed.desk.matching, fed.account().id
    matching.apply(waiting(fed), birch, "1041 90, B-1042 rest")
    assert parts(fed.payments()[0]) == amounts(B_1041="90.00", B_1042="30.00")
    assert fed.account().aliases == ("TM HOLDINGS",)
    assert fed.bank("2026-11-04,TM HOLDINGS,10.00,ACH").payments_added == 1
    assert fed.open() == amounts(B_1042="20.00")
    assert problems(fed.book) == []


def test_each_decision_is_one_act_and_one_undo(fed: Ledger) -> None:
    line = waiting(fed)
    fed.desk.matching.on_account(line, fed.account().id)
    assert (fed.credits(), fed.account().aliases) == (Decimal("120.00"), ("TM HOLDINGS",))
    fed.desk.undo()
    assert (fed.payments(), fed.account().aliases, fed.desk.matching.count()) == ((), (), 1)
    fed.desk.matching.ignore(line)
    with pytest.raises(DeskError, match="decided already"):
        fed.desk.matching.ignore(line)


def test_what_is_proposed_is_accepted(fed: Ledger) -> None:
    line = waiting(fed, "2026-11-03,CEDAR FARM,20.00,ACH")
    fed.desk.matching.accept(line)
    assert fed.open("Cedar") == amounts(C_2001="10.00")
    assert fed.account("Cedar").aliases == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("9999", "no open invoice"),
        ("1041 110", "only 100.00 is open"),
        ("1041 100, 1042 30", "only 20.00 is left"),
        ("1041 ten", "is no amount"),
        ("1041 50, 1041 50", "named twice"),
        ("1041 50 1042 50", "then a comma"),
        ("1041 -5", "is no amount"),
        ("", "which invoices"),
    ],
)
def test_a_split_that_cannot_be_is_refused_and_changes_nothing(fed: Ledger, text: str, why: str) -> None:
    line = waiting(fed)
    with pytest.raises(DeskError, match=why):
        fed.desk.matching.apply(line, fed.account().id, text)
    assert (fed.payments(), fed.desk.matching.count()) == ((), 1)


def test_a_deposit_of_several_customers_is_laid_on_the_invoices_of_each(fed: Ledger) -> None:
    matching, cedar = fed.desk.matching, fed.account("Cedar").id
    said = matching.apply(waiting(fed), "", "birch 1041 80, 1042 10, cedar 2001 25, cedar farm rest")
    assert "120.00 from the bank, Birch Works, Cedar Farm" in said
    assert fed.open() == amounts(B_1041="20.00", B_1042="40.00")
    assert (fed.open("Cedar"), fed.credits("Cedar")) == (amounts(C_2001="5.00"), Decimal("5.00"))
    assert [received(fed.payments(who)) for who in ("Birch", "Cedar")] == [Decimal("90.00"), Decimal("30.00")]
    assert fed.account().aliases == fed.account("Cedar").aliases == ()
    assert len(fed.desk.dossier(cedar).payments) == 1
    assert problems(fed.book) == []
    fed.desk.undo()
    assert (fed.payments(), fed.payments("Cedar"), matching.count()) == ((), (), 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1041 80", "no account is called '1041'"),
        ("works 80", "may be"),
        ("birch 1041 80, cedar 2001 20", "20.00 is left: whose is it"),
        ("birch 1041 80, cedar 2001 50", "only 30.00 is open on C-2001"),
        ("birch 1041 80, cedar 50", "only 40.00 is left for Cedar Farm"),
        ("birch 1041 80, nobody rest", "no open invoice is called 'nobody'"),
        ("rest", "no account is called 'rest'"),
    ],
)
def test_a_deposit_that_is_not_clear_is_refused(fed: Ledger, text: str, why: str) -> None:
    fed.paid("Oak Works,2026-11-02,1.00,,x")
    fed.listed("Oak Works,O-1,2026-09-01,2026-10-01,10.00")
    line = waiting(fed)
    with pytest.raises(DeskError, match=why):
        fed.desk.matching.apply(line, "", text)
    assert (received(fed.payments()), fed.desk.matching.count()) == (Decimal(0), 1)


def test_the_shared_statement_against_the_shared_report(tmp_path: Path, shared_data: Path) -> None:
    formats = shared_data / "formats"
    desk = Desk(Book(tmp_path / "book.json", new=True), Clock("2026-10-07"), "ann")
    desk.import_file(formats / "qbo_ar_aging_detail.csv", ImportOptions())
    summary = desk.import_file(formats / "bank_statement.csv", ImportOptions())
    assert (summary.payments_added, len(summary.waiting)) == (1, 2)
    acme = desk.find("Acme Building Services").id
    assert desk.standing(acme).balance.past_due == Decimal("150.00")
    assert desk.standing(acme).balance.collectable == Decimal("0.00")
    desk.import_file(formats / "qbo_payments_transaction_list.csv", ImportOptions())
    for line in desk.matching.lines():
        desk.matching.accept(line.id)
    assert len(list(desk.book.facts.all(Payment))) == 5
    paid = [p.amount for p in desk.book.facts.all(Payment)]
    assert sorted(paid) == sorted(dec("1134.50", "50.00", "500000.00", "333.33", "150.00"))


def test_the_rest_alone_is_answered_in_words(fed: Ledger) -> None:
    line = waiting(fed)
    with pytest.raises(DeskError, match=r"rest on which invoice. 1042 rest; what is not laid out is on account"):
        fed.desk.matching.apply(line, fed.account().id, "B-1041 70, rest")
