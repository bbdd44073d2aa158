"""The next call begins with what the last one left: a payment on its way, a question, an agreed hour."""

from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.changes import added
from arctui.core.records import Applied, FollowUp, Payment
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.demo import make_demo_book
from arctui.playbook import walk
from arctui.playbook.model import When, standard
from arctui.store import Book
from tests.core import builders as make
from tests.core.builders import moment
from tests.core.oracle import nov
from tests.playbook.clerks import Clerk, birch, customer

REACHED = "Speaking, or put through"


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return Clerk.with_book(tmp_path, birch())


def test_while_a_payment_is_on_its_way_the_call_is_about_it_and_the_rest(clerk: Clerk) -> None:
    clerk.begin().say(REACHED, "It was sent").type("thu 500 check").say("Yes, and sends the proof").end()
    (claim,) = clerk.followups()
    assert claim.amount == Decimal("500.00")
    clerk = clerk.later("2026-11-25T09:00:00-05:00").begin().say(REACHED)
    assert clerk.at == "on-its-way"
    assert "you told us that 500.00 was sent. Besides that, 700.00 is past due." in clerk.place.say
    desk = clerk.later("2026-11-27T09:00:00-05:00").desk
    assert When.CLAIMED in walk.conditions(desk.dossier("birch"), desk.standing("birch"), desk.today)


def test_of_a_claim_without_an_amount_no_rest_is_named(clerk: Clerk) -> None:
    clerk.begin().say(REACHED, "It was sent").type("thu check").say("Yes, and sends the proof").end()
    clerk = clerk.later("2026-11-25T09:00:00-05:00").begin().say(REACHED)
    assert clerk.at == "on-its-way"
    assert "1,200.00" not in clerk.place.say
    assert "It should be here by Friday 27 November." in clerk.place.say


def test_what_is_disputed_as_a_whole_is_called_about_with_our_answer(clerk: Clerk) -> None:
    clerk.begin().say(REACHED).jump("dispute").type("1200 two pallets wet, remedy replace 2 by wed")
    clerk.say("Yes, it concerns all of it", "Names nothing").end()
    clerk = clerk.later("2026-11-25T09:00:00-05:00").begin().say(REACHED)
    assert clerk.at == "disputed"
    assert "You were to have our answer by Wednesday 25 November." in clerk.place.say
    # Our own words for the remedy are not read to the customer.
    assert "replace 2" not in clerk.place.say
    assert "falls due soon" not in clerk.place.say
    clerk.say("Yes", "Names a day").type("fri 10:30 the money leaves").say("Yes").end()
    assert {f.why for f in clerk.followups()} >= {
        "the money leaves",
        "close the question of Birch Works that is settled",
    }


def test_no_account_of_the_demo_book_is_called_as_if_nothing_was_said_of_a_payment(tmp_path: Path) -> None:
    desk = Desk(make_demo_book(tmp_path / "demo.json", Clock("2026-11-23T10:12"), "ann"), Clock("2026-11-23"), "ann")
    said = {f.account for f in desk.book.facts.all(FollowUp) if "says it is paid" in f.why and f.done_on is None}
    assert said
    for account in said:
        holds = walk.conditions(desk.dossier(account), desk.standing(account), desk.today)
        assert walk.arrive(standard(), "open", holds) in ("claimed", "on-its-way")


def test_a_firm_without_a_name_says_all_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "plain.json"
    Book(path, new=True).commit("made", [added(r) for r in birch()], "maker", moment(nov(2)))
    clerk = Clerk(path).begin().say(REACHED)
    assert clerk.place.say == (
        "Tony Marsh, this is Ann. 1,200.00 is past due, 46 days now: invoice B-1041 of 1,200.00, due Thursday "
        "8 October. When did you send your payment?"
    )


def test_whom_we_owe_is_not_asked_for_a_payment(tmp_path: Path) -> None:
    clerk = Clerk.with_book(tmp_path, customer("Sundial Pool", make.invoice("CM-1", "-145.00", nov(2))))
    clerk.begin("sundial").say(REACHED)
    assert clerk.place.say.startswith("Tony Marsh, Ann from Northside Supply. 145.00 stands to your credit with us.")


def test_of_a_promise_that_came_in_part_it_is_said_what_came(tmp_path: Path) -> None:
    clerk = Clerk.with_book(tmp_path, birch())
    clerk.begin().say(REACHED).promise("tue 1200 check").end()
    part = Payment(
        id="p1",
        account="birch",
        day=nov(24),
        amount=Decimal("500.00"),
        currency="USD",
        method="check",
        recorded=1,
        applied=(Applied(number="B-1041", amount=Decimal("500.00")),),
    )
    clerk.desk.commit("payments", [added(part)], typed=False)
    clerk = clerk.later("2026-11-25T10:00:00-05:00").begin().say(REACHED)
    assert "Of 1,200.00 that was to leave on Tuesday 24 November, 500.00 came." in clerk.place.say
