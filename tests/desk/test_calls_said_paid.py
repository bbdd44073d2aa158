"""What is said to be paid in a call: it is not asked for, and a promise that is kept in full is judged kept."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.changes import added
from arctui.core.promises import Verdict
from arctui.core.records import Applied, FollowUpKind, Payment
from tests.core import builders as make
from tests.core.oracle import nov
from tests.playbook.clerks import Clerk, customer

REACHED = "Speaking, or put through"
CEDAR = customer(
    "Cedar Farm", make.invoice("C-1", "1000.00", date(2026, 10, 1)), make.invoice("C-2", "500.00", nov(2))
)


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    """Monday 23 November, at Cedar Farm that owes 1,000.00 and 500.00."""
    return Clerk.with_book(tmp_path, CEDAR)


def paid(clerk: Clerk, day: date, *parts: tuple[str, str]) -> None:
    """Book a payment of these parts."""
    amount = sum((Decimal(a) for _, a in parts), Decimal(0))
    applied = tuple(Applied(number=n, amount=Decimal(a)) for n, a in parts)
    payment = Payment(
        id=f"p{day}",
        account="cedar",
        day=day,
        amount=amount,
        currency="USD",
        method="check",
        applied=applied,
        recorded=1,
    )
    clerk.desk.commit("payments", [added(payment)], typed=False)


def claims(clerk: Clerk) -> list[tuple[date, Decimal | None]]:
    return sorted((f.day, f.amount) for f in clerk.followups("cedar") if f.kind is FollowUpKind.CLAIM)


def sent(clerk: Clerk, line: str) -> Clerk:
    return clerk.begin("cedar").say(REACHED, "It was sent").type(line)


@pytest.mark.parametrize("claimed", ["10 1500 check", "20 500 check C-2"])
def test_a_promise_in_place_of_a_payment_that_was_not_made_is_for_all_invoices_and_kept_by_the_money(
    clerk: Clerk, claimed: str
) -> None:
    sent(clerk, claimed).say("The bank has not taken it", "Yes, on another day").type("fri 1500 ach").say("Yes").end()
    (promise,) = clerk.desk.dossier("cedar").promises
    assert promise.invoices == ("cedar-C-1", "cedar-C-2")
    assert clerk.desk.standing("cedar").balance.collectable == 0
    assert claims(clerk) == []
    paid(clerk, nov(27), ("C-1", "1000.00"), ("C-2", "500.00"))
    clerk = clerk.later("2026-12-02T10:00:00-05:00")
    assert [j.verdict for j in clerk.desk.standing("cedar").judged] == [Verdict.KEPT]


def test_a_day_alone_promises_all_of_it_once_the_payment_was_not_made(clerk: Clerk) -> None:
    sent(clerk, "10 1500 check").say("The check is lost", "Yes, a transfer today").type("fri ach")
    assert "1,500.00 by bank transfer" in clerk.place.say


def test_who_promises_more_than_the_rest_pays_the_claimed_invoices_anew(clerk: Clerk) -> None:
    sent(clerk, "20 500 check C-2").say("That was only a part of it").jump("commitment").type("fri 1500 ach")
    clerk.say("Yes").end()
    (promise,) = clerk.desk.dossier("cedar").promises
    assert promise.invoices == ("cedar-C-1", "cedar-C-2")


def test_money_that_is_in_the_books_is_neither_asked_for_nor_taken_off_again_nor_looked_for(clerk: Clerk) -> None:
    paid(clerk, nov(20), ("C-2", "500.00"))
    sent(clerk, "18 500 check").say("Found in our books just now", "The rest was not sent")
    assert clerk.at == "now"
    clerk.jump("commitment")
    assert "all of 1,000.00" in clerk.place.say
    clerk.type("fri ach").say("Yes").end()
    assert [p.amount for p in clerk.desk.dossier("cedar").promises] == [Decimal("1000.00")]
    assert claims(clerk) == []


def test_what_is_on_its_way_is_not_promised_again_in_the_next_call(clerk: Clerk) -> None:
    clerk.desk.log("cedar", "paid 23 500 check")
    clerk = clerk.later("2026-11-24T10:00:00-05:00").begin("cedar").say(REACHED)
    assert clerk.at == "on-its-way"
    assert "1,000.00 is past due" in clerk.place.say
    clerk.jump("commitment").type("fri ach")
    assert "1,000.00 by bank transfer" in clerk.place.say
    clerk.say("Yes").end()
    assert [p.amount for p in clerk.desk.dossier("cedar").promises] == [Decimal("1000.00")]


def test_a_claim_whose_money_came_is_spoken_of_no_more(clerk: Clerk) -> None:
    clerk.desk.log("cedar", "paid 23 500 check")
    paid(clerk, nov(24), ("C-2", "500.00"))
    clerk = clerk.later("2026-11-25T10:00:00-05:00").begin("cedar").say(REACHED)
    assert clerk.at == "open"
    assert "1,000.00 is past due" in clerk.place.say
    assert "500.00" not in clerk.place.say
    assert not any("look for" in e.why for e in clerk.desk.agenda.between(nov(25), date(2026, 12, 31)))


def test_of_two_claims_both_are_spoken_of_and_looked_for(clerk: Clerk) -> None:
    clerk.desk.log("cedar", "paid 23 500 check")
    clerk = clerk.later("2026-11-24T10:00:00-05:00").begin("cedar").say(REACHED)
    clerk.jump("sent").type("24 300 check").say("Yes, and sends the proof").end()
    assert sorted(amount for _, amount in claims(clerk) if amount) == [Decimal("300.00"), Decimal("500.00")]
    clerk = clerk.later("2026-11-25T10:00:00-05:00").begin("cedar").say(REACHED)
    assert clerk.at == "on-its-way"
    assert "800.00 was sent" in clerk.place.say
    assert "700.00 is past due" in clerk.place.say


def test_the_same_payment_that_is_told_again_is_looked_for_once(clerk: Clerk) -> None:
    clerk.desk.log("cedar", "paid 23 500 check")
    clerk = clerk.later("2026-11-24T10:00:00-05:00")
    clerk.desk.log("cedar", "paid 24 500 check")
    assert [amount for _, amount in claims(clerk)] == [Decimal("500.00")]


def test_two_payments_that_are_told_in_one_call_are_both_looked_for(clerk: Clerk) -> None:
    sent(clerk, "20 500 check").say("That was only a part of it")
    clerk.jump("sent").type("23 300 ach").say("Yes, and sends the proof").end()
    assert sorted(amount for _, amount in claims(clerk) if amount) == [Decimal("300.00"), Decimal("500.00")]


def test_a_promise_that_was_replaced_in_the_same_call_takes_no_follow_up_away(clerk: Clerk) -> None:
    clerk.begin("cedar").say(REACHED).excuse("new-clerk")
    clerk.jump("commitment").type("tomorrow ach").say("Yes")
    clerk.jump("new-agreement").type("12/18 ach").say("Yes").end()
    contacts = [f.day for f in clerk.followups("cedar") if f.kind is FollowUpKind.CONTACT]
    assert contacts == [nov(25)]
