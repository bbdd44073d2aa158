"""The next call begins with what the last one left: a payment on its way, a question, an agreed hour."""

from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.records import FollowUp
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.demo import make_demo_book
from arctui.playbook import walk
from arctui.playbook.model import When, standard
from tests.playbook.clerks import Clerk, birch

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
    assert "Our part, by Wednesday 25 November: replace 2." in clerk.place.say
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
