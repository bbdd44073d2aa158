"""Whom a call asks for, who is told what was said, and lines that mean more than they seem."""

from pathlib import Path

import pytest

from arctui.core.records import FollowUp, Outcome, Person
from arctui.desk import DeskError
from tests.core import builders as make
from tests.core.oracle import nov
from tests.playbook.clerks import Clerk, customer

PEOPLE = [
    Person(id="t", account="birch", name="Tony Marsh", phones=("+1 480 555 0142",)),
    Person(id="r", account="birch", name="Rosa Lee"),
]
NEXT_WEEK = "2026-11-30T09:00:00-05:00"


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    owed = make.invoice("B-1041", "1200.00", nov(2))
    return Clerk.with_book(tmp_path, customer("Birch Works", owed, people=PEOPLE))


def test_who_was_named_for_the_callback_is_asked_for(clerk: Clerk) -> None:
    clerk.desk.log("birch", "cb 3pm ask for mrs lee")
    assert clerk.begin().call.person == "Rosa Lee"


def test_who_broke_the_promise_is_asked_for_and_is_told_what_was_promised(clerk: Clerk) -> None:
    clerk.desk.log("birch", "wed 500 card rosa")
    clerk = clerk.later(NEXT_WEEK).begin().say("Speaking, or put through")
    assert clerk.place.say.startswith("Rosa Lee, on Monday 23 November you told us that 500.00")


def test_somebody_else_hears_who_promised_it(clerk: Clerk) -> None:
    clerk.desk.log("birch", "wed 500 card rosa")
    clerk = clerk.later(NEXT_WEEK).begin().say("Somebody else, the right one").type("Bo Elm")
    assert "Rosa Lee told us that 500.00" in clerk.place.say
    assert "you told" not in clerk.place.say


def test_who_was_spoken_to_last_is_asked_for(clerk: Clerk) -> None:
    clerk.desk.log("birch", "paid rosa")
    assert clerk.begin().call.person == "Rosa Lee"


def test_another_day_for_an_open_promise_takes_its_place(clerk: Clerk) -> None:
    clerk.desk.log("birch", "fri 500 ach tony")
    clerk.begin().say("Speaking, or put through", "Another day or amount").type("30 500 ach")
    assert clerk.calls.situation(clerk.call).collectable == 700
    logged = clerk.say("Yes").end()
    assert [p.day for p in logged.promises] == [nov(30)]
    standing = clerk.desk.standing("birch")
    assert [j.promise.day for j in standing.live] == [nov(30)]
    assert standing.balance.collectable == 700


@pytest.mark.parametrize(
    ("step", "typed", "outcome"),
    [
        ("dispute", "dsp 450 damaged pallets", Outcome.DISPUTE),
        ("dispute", "450 damaged pallets", Outcome.DISPUTE),
        ("callback", "cb tue 10:30", Outcome.CALLBACK),
        ("sent", "paid fri 500 check", Outcome.PAID),
    ],
)
def test_a_code_that_the_step_has_already_is_not_said_twice(
    clerk: Clerk, step: str, typed: str, outcome: Outcome
) -> None:
    clerk.begin().say("Speaking, or put through").jump(step).type(typed)
    line = clerk.call.moves[-1].text
    assert clerk.calls.read(clerk.call, line).outcome is outcome
    assert line.split()[0] != line.split()[1]


@pytest.mark.parametrize("typed", ["na", "wn", "lvm"])
def test_a_try_is_no_answer_to_the_question_for_a_promise(clerk: Clerk, typed: str) -> None:
    clerk.begin().jump("commitment")
    with pytest.raises(DeskError, match="l ends the call with that"):
        clerk.type(typed)


def test_an_hour_agreed_with_the_desk_takes_the_place_of_the_callback_that_was_due(clerk: Clerk) -> None:
    clerk.desk.log("birch", "cb 3pm")
    clerk = clerk.later("2026-11-24T09:00:00-05:00").begin().say("Gatekeeper / who is calling?", "Says when to call")
    clerk.type("wed 11:00").say("Yes").end()
    waiting = [f for f in clerk.desk.book.facts.all(FollowUp) if f.done_on is None]
    assert [f.day for f in waiting] == [nov(25)]


def test_of_two_promises_the_earlier_is_looked_for_first(clerk: Clerk) -> None:
    clerk.begin().say("Speaking, or put through").promise("fri 500 card").promise("30 500 card").say()
    assert "Friday 27 November" in clerk.place.say


def test_from_the_broken_promise_a_call_that_nobody_answers_goes_to_its_beginning(clerk: Clerk) -> None:
    clerk.desk.log("birch", "wed 500 card rosa")
    clerk = clerk.later(NEXT_WEEK).begin(broken=True).say("Nobody answers, or another", "No answer")
    assert clerk.end().reading.outcome is Outcome.NO_ANSWER


# A call that goes on another day


def test_a_day_is_the_one_that_was_meant_when_it_was_said(clerk: Clerk) -> None:
    clerk.begin().say("Speaking, or put through").jump("commitment").type("fri ach").calls.leave(clerk.call)
    clerk = clerk.later("2026-11-24T09:00:00-05:00").begin()
    assert "Friday 27 November" in clerk.place.say
    logged = clerk.say("Yes").end()
    assert [(p.day, p.taken_on) for p in logged.promises] == [(nov(27), nov(23))]
    note = clerk.desk.dossier("birch").activities[-1].note
    assert "2026-11-23 10:12 called for Tony Marsh" in note
    assert "09:00 " in note


def test_a_day_that_went_by_while_the_call_was_parked_must_be_agreed_anew(clerk: Clerk) -> None:
    clerk.begin().say("Speaking, or put through").promise("tomorrow card").calls.leave(clerk.call)
    clerk = clerk.later(NEXT_WEEK).begin()
    with pytest.raises(DeskError, match="has passed"):
        clerk.end()
    assert clerk.kept


# Several lines in one call


def test_what_they_say_is_paid_is_not_asked_for_again_in_the_call(clerk: Clerk) -> None:
    clerk.begin().say("Speaking, or put through", "It was sent").type("fri 500 check")
    clerk.jump("commitment")
    assert "700.00" in clerk.place.say
    assert clerk.calls.left(clerk.call) == 700
    logged = clerk.type("30 card").say("Yes").end()
    assert [p.amount for p in logged.promises] == [700]
    first = clerk.desk.dossier("birch").activities[-1].note.splitlines()[0]
    assert first.startswith("says it is paid: 500.00")


def test_a_dispute_after_a_promise_leaves_the_new_promise_the_rest_and_one_promise_is_saved(clerk: Clerk) -> None:
    clerk.begin().say("Speaking, or put through").promise("half 27 ach, rest 30 ach")
    clerk.jump("dispute").type("450 damaged pallets")
    logged = clerk.promise("half 27 ach, rest 30 ach").end()
    assert sum(p.amount for p in logged.promises) == 750
    assert logged.act == "promise of 750.00, Birch Works"
    live = [p for p in clerk.desk.dossier("birch").promises if not p.superseded_by]
    assert sorted(p.amount for p in live) == [375, 375]


def test_who_is_on_the_line_is_meant_where_two_have_the_name(clerk: Clerk) -> None:
    clerk.begin().say("Somebody else, the right one").type("Rosa Bell")
    logged = clerk.promise("fri 500 card rosa").end()
    assert [p.person for p in logged.promises] == ["Rosa Bell"]


def test_the_hour_agreed_with_the_desk_is_the_next_try(clerk: Clerk) -> None:
    clerk.begin().say("Gatekeeper / who is calling?", "Says when to call").type("mon 10:00").say("Yes")
    logged = clerk.end()
    assert logged.next is not None
    assert logged.next.day == nov(30)


@pytest.mark.parametrize("line", ["fri 600 ach", "cb tue 10:30", "dsp 100 broken", "na", "paid fri 100 check", "wd"])
@pytest.mark.parametrize("step", ["new-agreement", "commitment", "gatekeeper", "dispute"])
def test_a_result_is_saved_as_it_was_shown(clerk: Clerk, step: str, line: str) -> None:
    clerk.desk.log("birch", "fri 400 ach tony")
    clerk.begin()
    clerk.call = clerk.calls.jump(clerk.call, step) if step != "gatekeeper" else clerk.call
    shown = clerk.calls.read(clerk.call, line)
    assert shown.problems == ()
    logged = clerk.end(line)
    assert logged.reading == shown
    assert [(p.amount, p.day) for p in logged.promises] == [(c.amount, c.day) for c in shown.commitments]


def test_a_line_left_at_a_step_is_there_again(clerk: Clerk) -> None:
    clerk.begin().say("Speaking, or put through").jump("commitment")
    clerk.call = clerk.calls.typed(clerk.call, "fri 500 che")
    clerk.call = clerk.calls.typed(clerk.call, "half a note", "note_in_call")
    assert clerk.back().call.typed == ""
    clerk.jump("commitment")
    assert clerk.call.typed == "fri 500 che"
    assert clerk.call.drafts == {"note_in_call": "half a note"}


def test_the_calls_that_are_stopped_are_named_in_the_act(clerk: Clerk) -> None:
    clerk.begin().excuse("lawyer")
    clerk.to_an_end()
    assert "calls stopped (attorney), Birch Works" in clerk.end().act


def test_the_words_of_a_promise_taken_in_a_call_are_said_again_in_the_next(clerk: Clerk) -> None:
    clerk.begin().say("Speaking, or put through").promise("fri 500 ach tony -- certain, says the boss").end()
    clerk = clerk.later("2026-11-24T09:00:00-05:00").begin()
    assert clerk.place.phrases["last_words"] == "certain, says the boss"
