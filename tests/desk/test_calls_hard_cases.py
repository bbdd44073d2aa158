"""Calls in cases that are easily got wrong: what is said is true, and what is kept is what was said."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.records import Activity, ActivityKind, Flag, FollowUpKind
from arctui.desk.errors import HinderedError
from tests.core import builders as make
from tests.core.oracle import nov
from tests.playbook.clerks import Clerk, birch, customer

REACHED = "Speaking, or put through"
CEDAR = customer(
    "Cedar Farm", make.invoice("C-1", "500.00", date(2026, 10, 1)), make.invoice("C-2", "700.00", nov(2))
)


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return Clerk.with_book(tmp_path, [*birch(), *CEDAR])


def last(clerk: Clerk, account: str = "birch") -> Activity:
    return max(clerk.activities(account), key=lambda a: a.at)


# What is said to be paid is not promised again


@pytest.mark.parametrize("paid", ["tue 500 C-1 check ref 9", "tue 500 check ref 9"])
def test_a_promise_of_the_rest_is_for_the_invoices_that_were_not_said_to_be_paid(clerk: Clerk, paid: str) -> None:
    clerk.begin("cedar").say(REACHED, "It was sent").type(paid.replace("tue", "20"))
    clerk.say("That was only a part of it").jump("commitment").type("fri ach")
    assert "700.00 by bank transfer" in clerk.place.say
    clerk.say("Yes").end()
    (promise,) = clerk.desk.dossier("cedar").promises
    assert (promise.amount, promise.invoices) == (Decimal("700.00"), ("cedar-C-2",))


# Taking up


def test_a_call_that_lay_parked_for_hours_is_dialled_again_and_so_needs_a_reason_at_night(clerk: Clerk) -> None:
    clerk.begin().say(REACHED)
    clerk.calls.leave(clerk.call)
    clerk = clerk.later("2026-11-23T22:30:00-05:00")
    with pytest.raises(HinderedError, match="calling hours"):
        clerk.calls.begin("birch")
    call = clerk.calls.begin("birch", despite="asked to be called late")
    assert call.despite == "asked to be called late"
    assert [m.text for m in call.moves] == [REACHED]


def test_a_call_that_is_taken_up_at_once_needs_none(clerk: Clerk) -> None:
    clerk = clerk.later("2026-11-23T17:20:00-05:00").begin().say(REACHED)
    clerk.calls.leave(clerk.call)
    clerk = clerk.later("2026-11-23T17:40:00-05:00")
    assert clerk.calls.begin("birch").despite == ""


def test_the_call_of_an_account_that_was_stopped_meanwhile_can_be_ended(clerk: Clerk) -> None:
    clerk.begin().say(REACHED)
    clerk.calls.leave(clerk.call)
    clerk.desk.stop("birch", str(Flag.BANKRUPTCY))
    clerk.call = clerk.calls.begin("birch")
    clerk.end("ref filed on 20 nov")
    assert clerk.calls.open_calls() == []


# How long it took


def test_the_time_between_the_end_and_its_undo_is_no_talk(clerk: Clerk) -> None:
    clerk.begin().say(REACHED).promise("fri 500 ach").end()
    clerk = clerk.later("2026-11-23T12:12:00-05:00")
    clerk.desk.undo()
    clerk = clerk.later("2026-11-23T12:13:00-05:00").begin()
    clerk.end()
    assert last(clerk).seconds == 0


def test_a_talk_that_another_window_takes_over_goes_on(clerk: Clerk) -> None:
    clerk.begin().say(REACHED)
    other = clerk.later("2026-11-23T10:20:00-05:00").begin()
    other.promise("fri 500 ach").end()
    assert last(other).seconds == 480


# What is recorded


@pytest.mark.parametrize("line", ["em ref we do not pay", "in ref we do not pay", "ref we do not pay"])
def test_what_was_dialled_is_recorded_as_a_call_of_ours(clerk: Clerk, line: str) -> None:
    clerk.begin().say(REACHED)
    clerk.end(line)
    assert (last(clerk).kind, last(clerk).inbound) == (ActivityKind.CALL, False)


def test_a_first_name_that_is_typed_is_the_person_on_file(clerk: Clerk) -> None:
    clerk.begin().say("Somebody else, the right one").type("tony").promise("fri 500 ach").end()
    assert [p.name for p in clerk.desk.dossier("birch").people] == ["Tony Marsh"]
    assert [p.person for p in clerk.desk.dossier("birch").promises] == ["Tony Marsh"]


def test_who_was_struck_out_is_not_put_back_by_the_next_line(clerk: Clerk) -> None:
    clerk.begin().say(REACHED)
    clerk.desk.corrections.save("birch", "left tony")
    clerk.promise("fri 500 ach").end()
    assert clerk.desk.dossier("birch").people == ()


def test_facts_that_are_known_already_lead_on(clerk: Clerk) -> None:
    clerk.begin().say(REACHED).excuse("pay-run").say("Names the days").type("weekly thu, cut-off 2")
    assert clerk.at == "pay-run-known"
    clerk.back()
    acts = clerk.desk.book.number
    clerk.type("weekly thu, cut-off 2")
    assert clerk.at == "pay-run-known"
    assert clerk.desk.book.number == acts


# What is said


def test_in_the_days_of_grace_nobody_says_that_the_money_is_to_leave_on_a_day_gone_by(clerk: Clerk) -> None:
    clerk.begin().say(REACHED).promise("tue 1200 check tony").end()
    clerk = clerk.later("2026-11-24T09:00:00-05:00").begin().say(REACHED)
    assert "1,200.00 is to leave on Tuesday 24 November" in clerk.place.say
    clerk = clerk.later("2026-11-25T09:00:00-05:00")
    clerk.begin().back().say(REACHED)
    assert "1,200.00 was to leave on Tuesday 24 November" in clerk.place.say
    clerk.say("It stands")
    assert "That day was Tuesday 24 November" in clerk.place.say


def test_of_several_claims_the_one_is_named_that_should_be_here(clerk: Clerk) -> None:
    clerk.desk.log("cedar", "paid 20 100 ach")
    clerk = clerk.later("2026-11-25T10:00:00-05:00").begin("cedar").say(REACHED)
    clerk.jump("sent").type("24 100 ach").say("That was only a part of it").jump("commitment").type("1 dec ach")
    clerk.say("Yes").end()
    claims = [f.set_on for f in clerk.followups("cedar") if f.kind is FollowUpKind.CLAIM]
    assert claims == [nov(25)]
    clerk = clerk.later("2026-12-03T10:00:00-05:00").begin("cedar").say(REACHED)
    clerk.jump("claimed")
    assert "On Wednesday 25 November you told us that 100.00 was sent" in clerk.place.say


def test_nobody_is_told_the_words_of_an_earlier_talk_of_the_day_as_the_last_ones(clerk: Clerk) -> None:
    clerk.desk.log("birch", "fri 500 ach tony -- i swear")
    clerk = clerk.later("2026-11-23T15:00:00-05:00")
    clerk.desk.log("birch", "cb tue 10:00")
    clerk = clerk.later("2026-11-24T10:00:00-05:00").begin()
    assert "last_words" not in clerk.place.phrases


def test_a_reason_that_gave_way_to_another_step_is_known_again(clerk: Clerk) -> None:
    clerk.desk.corrections.save("birch", "runs weekly thu, cut-off 2")
    clerk.begin().say(REACHED).excuse("pay-run")
    assert clerk.at == "pay-run-known"
    assert clerk.place.repeated == ""
    clerk.promise("thu 100 ach").end()
    clerk = clerk.later("2026-11-24T10:00:00-05:00").begin().say(REACHED).excuse("pay-run")
    assert clerk.place.repeated.startswith("2nd time this reason is given")


def test_a_promise_that_a_dispute_of_the_same_call_holds_up_is_neither_looked_for_nor_counted(clerk: Clerk) -> None:
    clerk.begin().say(REACHED).jump("commitment").type("tue 1200 ach").say("Yes, and a part is in question")
    clerk.type("450 two pallets wet").say("Yes")
    clerk.jump("commitment").type("fri 750 ach").say("Yes")
    assert "I will look for it on Monday 30 November" in clerk.place.say
    logged = clerk.end()
    assert [p.amount for p in logged.promises] == [Decimal("750.00")]
    assert logged.act == "promise of 750.00, Birch Works"
    assert [p.amount for p in clerk.desk.done_today()[1]] == [Decimal("750.00")]


def test_a_result_that_ends_a_call_stands_in_its_record(clerk: Clerk) -> None:
    clerk.begin().say(REACHED)
    clerk.end("cb tue 10:00 asks the bank")
    assert "10:12 taken down: cb tue 10:00 asks the bank" in last(clerk).note.splitlines()


def test_a_role_behind_the_name_of_who_is_on_the_line_goes_into_the_file(clerk: Clerk) -> None:
    clerk.begin().say("Somebody else, the right one").type("Zed O'Neil-Smith, controller")
    assert clerk.place.say.startswith("Thank you, Zed O'Neil-Smith.")
    clerk.promise("fri 500 ach").end()
    people = {p.name: p.role for p in clerk.desk.dossier("birch").people}
    assert people["Zed O'Neil-Smith"] == "controller"
    assert [p.person for p in clerk.desk.dossier("birch").promises] == ["Zed O'Neil-Smith"]
