"""The end of a call: a coded result, a next date by the rules, and the path taken as its note, all in one act."""

from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest

from arctui.core.calls import Call
from arctui.core.reasons import Bucket
from arctui.core.records import Activity, FollowUpKind, Method, Outcome
from arctui.desk import DeskError
from arctui.playbook.model import standard
from tests.core import builders as make
from tests.core.oracle import nov
from tests.playbook.clerks import Clerk, birch, customer

TEXT_OF_STOP = {"lawyer": "attorney", "bankruptcy-filed": "bankruptcy", "stop-calling": "do not call"}
REACHED = "Speaking, or put through"


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    """Ann, with Birch Works and Elm & Sons on her list."""
    return Clerk.with_book(tmp_path, [*birch(), *customer("Elm & Sons", make.invoice("E-9", "9310.50", nov(2)))])


# Nobody reached


@pytest.mark.parametrize(
    ("heard", "outcome"),
    [
        ("No answer", Outcome.NO_ANSWER),
        ("Voice mail", Outcome.VOICEMAIL),
        ("Busy line", Outcome.BUSY),
        ("Wrong number", Outcome.WRONG_NUMBER),
    ],
)
def test_a_try_that_reaches_nobody_is_coded_and_comes_back_the_next_business_day(
    clerk: Clerk, heard: str, outcome: Outcome
) -> None:
    logged = clerk.begin().say(heard).end()
    assert (clerk.activity().outcome, clerk.activity().reached) == (outcome, False)
    assert logged.next
    assert logged.next.day == nov(24)
    assert clerk.listed() == ["elm"]
    assert clerk.kept is None
    assert clerk.whole()


def test_three_tries_in_a_row_ask_for_a_letter(clerk: Clerk) -> None:
    for day in (23, 24, 25):
        clerk = clerk.later(f"2026-11-{day}T09:00:00-05:00")
        clerk.begin().say("No answer").end()
    assert clerk.desk.row("birch").bucket is Bucket.LETTER  # type: ignore[union-attr]


def test_a_gatekeeper_who_does_not_help_is_a_try(clerk: Clerk) -> None:
    logged = clerk.begin().say("Gatekeeper / who is calling?", "Will not help").end()
    activity = clerk.activity()
    assert (activity.outcome, activity.reached) == (Outcome.GATEKEEPER, False)
    assert activity.excuses == ("gatekeeper",)
    assert logged.next
    assert logged.next.day == nov(24)


def test_an_hour_agreed_with_a_gatekeeper_is_a_callback_and_no_conversation(clerk: Clerk) -> None:
    clerk.begin().say("Gatekeeper / who is calling?", "Says when to call").type("tue 10:30 ask for mrs lee").say(
        "Yes"
    )
    assert clerk.place.say == (
        "Thank you for your help. I will call tomorrow, Tuesday 24 November at 10:30 and ask for Mrs Lee. Goodbye."
    )
    logged = clerk.end()
    activity = clerk.activity()
    assert (activity.outcome, activity.reached, activity.person) == (Outcome.GATEKEEPER, False, "")
    (callback,) = clerk.followups()
    assert (callback.kind, callback.day, callback.hour) == (FollowUpKind.CALLBACK, nov(24), time(10, 30))
    assert callback.why == "ask for mrs lee"
    assert logged.next
    assert logged.next.day == nov(24)
    contacts = clerk.desk.standing("birch").contacts
    assert (contacts.conversations, contacts.tries) == (0, 1)


# Somebody reached


def test_a_promise_is_kept_with_all_its_parts_and_looked_for_on_its_last_day(clerk: Clerk) -> None:
    clerk.begin().say(REACHED, "It has not been sent", "No, not now", "Names a day").type("fri 500 ach").say("Yes")
    assert clerk.place.say == (
        "Thank you, Tony Marsh. I will look for it on Monday 30 November and call you that day if it is not here. "
        "Goodbye."
    )
    logged = clerk.end()
    (promise,) = logged.promises
    assert (promise.day, promise.amount, promise.method) == (nov(27), Decimal("500.00"), Method.TRANSFER)
    assert (promise.person, promise.taken_by, promise.breaks_on.day) == ("Tony Marsh", "ann", 1)
    assert (clerk.activity().outcome, clerk.activity().reached) == (Outcome.PROMISE, True)
    assert logged.act == "promise of 500.00, Birch Works"
    # The rest waits for the earlier of the promise's last day and ten days.
    assert logged.next
    assert logged.next.day == nov(30)
    assert clerk.listed() == ["elm"]
    assert clerk.whole()


def test_a_promise_by_its_key_needs_no_way_through_the_script(clerk: Clerk) -> None:
    logged = clerk.begin().promise("fri ach").end()
    assert [p.amount for p in logged.promises] == [Decimal("1200.00")]
    assert clerk.activity().reached
    assert logged.next
    assert logged.next.day == nov(30)


def test_a_promise_in_parts_is_one_call_with_several_promises(clerk: Clerk) -> None:
    logged = clerk.begin().promise("400 today card, 300 fri, rest 30").end()
    assert [(p.day.day, p.amount) for p in logged.promises] == [
        (23, Decimal("400.00")),
        (27, Decimal("300.00")),
        (30, Decimal("500.00")),
    ]
    assert logged.act == "promise of 1,200.00, Birch Works"


def test_a_callback_with_the_right_person_is_a_conversation(clerk: Clerk) -> None:
    clerk.begin().say(REACHED, "Too busy now", "Names an hour").type("14:00").say("Yes")
    logged = clerk.end()
    activity = clerk.activity()
    assert (activity.outcome, activity.reached, activity.excuses) == (Outcome.CALLBACK, True, ("too-busy",))
    assert logged.next
    assert logged.next.day == nov(23)
    assert clerk.followups()[0].hour == time(14, 0)


def test_a_callback_after_a_reason_given_at_once_is_a_conversation(clerk: Clerk) -> None:
    clerk.begin().excuse("look-into-it").say("Needs time").type("tue 10:30").say("Yes").end()
    assert (clerk.activity().outcome, clerk.activity().reached) == (Outcome.CALLBACK, True)


def test_a_callback_in_a_call_about_a_broken_promise_is_a_conversation(clerk: Clerk) -> None:
    clerk.desk.log("birch", "fri 500 card tony")
    clerk = clerk.later("2026-11-30T09:00:00-05:00").begin(broken=True)
    clerk.say("Somebody else decides", "Asks there for me").type("tue 10:30").say("Yes").end()
    last = clerk.activities()[-1]
    assert (last.outcome, last.reached) == (Outcome.CALLBACK, True)


def test_a_check_said_to_be_sent_is_expected_five_business_days_after_its_day(clerk: Clerk) -> None:
    clerk.begin().say(REACHED, "It was sent").type("thu 500 check -- ref 4411")
    assert clerk.place.say == (
        "Noted: 500.00 by check on Thursday 19 November with the reference 4411. It should be here by Friday 27 "
        "November. If it is not, will "
        "you replace it with a transfer that same day?"
    )
    logged = clerk.say("Yes, and sends the proof").end()
    activity = clerk.activity()
    assert (activity.outcome, activity.reached) == (Outcome.PAID, True)
    assert "ref 4411" in activity.note
    (claim,) = clerk.followups()
    assert (claim.kind, claim.day) == (FollowUpKind.CLAIM, nov(27))
    assert logged.next
    assert logged.next.day == nov(27)


def test_after_a_claim_that_did_not_come_true_the_call_begins_with_it(clerk: Clerk) -> None:
    clerk.begin().say(REACHED, "It was sent").type("thu 500 ach").say("Yes, and sends the proof").end()
    clerk = clerk.later("2026-11-24T09:00:00-05:00").begin().say(REACHED)
    assert clerk.at == "claimed"
    assert "On Monday 23 November you told us that 500.00 was sent" in clerk.place.say


def test_a_refusal_is_kept_in_the_customers_words_and_has_a_next_date(clerk: Clerk) -> None:
    clerk.begin().say(REACHED).excuse("refuses").say("Gives none").type("we do not pay for that rubbish")
    logged = clerk.end()
    activity = clerk.activity()
    assert (activity.outcome, activity.reached) == (Outcome.REFUSED, True)
    assert activity.note.startswith('"we do not pay for that rubbish"')
    # The reason in writing is looked after on the next business day; then ten days after the conversation.
    assert logged.next
    assert (logged.next.day, logged.next.why[:9]) == (nov(24), "follow up")
    assert [f.day for f in clerk.followups() if f.kind is FollowUpKind.TASK] == [nov(23)]


def test_a_dispute_holds_up_its_own_amount_only(clerk: Clerk) -> None:
    clerk.begin().say(REACHED).jump("dispute").type("450 damaged pallets").say("Yes, it concerns all of it")
    logged = clerk.say("Names nothing").end()
    assert clerk.activity().outcome is Outcome.DISPUTE
    (dispute,) = clerk.desk.dossier("birch").disputes
    assert (dispute.amount, dispute.reason, dispute.owner, dispute.due) == (
        Decimal("450.00"),
        "damaged pallets",
        "ann",
        nov(25),
    )
    assert clerk.desk.standing("birch").balance.collectable == Decimal("750.00")
    assert logged.next
    assert logged.next.day == nov(25)


def test_a_second_line_is_read_against_what_the_first_leaves(clerk: Clerk) -> None:
    """450.00 of 1,200.00 in question: a promise without an amount is of the other 750.00."""
    clerk.begin().say(REACHED).jump("dispute").type("450 damaged pallets").say("Yes", "Yes, or names a day").type(
        "fri"
    )
    assert "750.00" in clerk.place.say
    logged = clerk.say("Yes").end()
    assert [p.amount for p in logged.promises] == [Decimal("750.00")]
    activity = clerk.activity()
    assert activity.outcome is Outcome.PROMISE
    came = "dispute: 450.00 (quality): damaged pallets; 750.00 for Fri 27 Nov"
    assert activity.note.splitlines()[0].startswith(came)
    assert len(clerk.desk.dossier("birch").disputes) == 1
    assert clerk.desk.standing("birch").balance.collectable == 0
    assert clerk.whole()


def test_two_promises_of_one_call_do_not_cover_the_same_money(clerk: Clerk) -> None:
    clerk.begin().promise("fri 500 ach").jump("commitment").type("30 ach").say("Yes")
    logged = clerk.end()
    assert [p.amount for p in logged.promises] == [Decimal("500.00"), Decimal("700.00")]


def test_a_promise_taken_back_at_the_read_back_is_none(clerk: Clerk) -> None:
    clerk.begin().say(REACHED).jump("commitment").type("fri 500 ach").say("Takes it back", "Gives a reason")
    clerk.excuse("refuses").say("Gives none").type("no")
    assert clerk.end().promises == ()
    assert clerk.desk.dossier("birch").promises == ()


# Stopped for good


@pytest.mark.parametrize(("excuse", "flag"), TEXT_OF_STOP.items())
def test_who_must_not_be_called_again_is_flagged_in_the_same_act(clerk: Clerk, excuse: str, flag: str) -> None:
    acts = clerk.desk.book.number
    clerk.begin().say(REACHED).excuse(excuse)
    clerk.call = clerk.calls.reply(clerk.call, 1)
    clerk.type("j. hart of hart & lowe, 12 mill road")
    logged = clerk.end()
    assert [str(f) for f in clerk.desk.find("Birch").flags] == [flag]
    assert clerk.desk.book.number == acts + 1
    assert clerk.activity().outcome is Outcome.STOPPED
    assert "j. hart of hart & lowe, 12 mill road" in clerk.activity().note
    assert logged.next is None
    assert clerk.listed() == ["elm"]
    with pytest.raises(DeskError, match=f"not to be called: {flag}"):
        clerk.begin()
    clerk.desk.undo()
    assert clerk.desk.find("Birch").flags == ()
    assert clerk.listed()[0] == "birch"
    assert clerk.whole()


# No end without a date or a reason


def test_a_call_does_not_end_in_the_middle(clerk: Clerk) -> None:
    clerk.begin().say(REACHED)
    with pytest.raises(DeskError, match="no date and no reason yet"):
        clerk.end()
    clerk.jump("commitment").type("fri 500")
    with pytest.raises(DeskError, match="no date and no reason yet"):
        clerk.end()
    assert clerk.activities() == ()
    assert clerk.kept == clerk.call


def test_any_result_ends_a_call_by_its_line_at_any_step(clerk: Clerk) -> None:
    logged = clerk.begin().say(REACHED).note("then the line went dead").end("cb 14:00 line went dead")
    activity = clerk.activity()
    assert (logged.reading.outcome, activity.reached) == (Outcome.CALLBACK, True)
    assert "noted: then the line went dead" in activity.note


@pytest.mark.parametrize("line", ["soon", "31 feb 500", "cb", "dsp", "20 nov 2026"])
def test_an_end_by_a_line_that_says_nothing_is_refused(clerk: Clerk, line: str) -> None:
    clerk.begin().say(REACHED)
    with pytest.raises(DeskError):
        clerk.end(line)
    assert clerk.kept == clerk.call
    assert clerk.activities() == ()


def test_a_callback_whose_hour_has_passed_before_the_end_is_not_saved(clerk: Clerk) -> None:
    clerk.begin().say(REACHED, "Too busy now", "Names an hour").type("10:30").say("Yes")
    clerk.calls.leave(clerk.call)
    clerk = clerk.later("2026-11-23T11:00:00-05:00").begin()
    with pytest.raises(DeskError, match="has passed"):
        clerk.end()
    assert clerk.activities() == ()
    assert clerk.kept


# The record


def test_the_note_of_the_activity_is_what_came_of_it_and_the_path_taken(clerk: Clerk) -> None:
    clerk.begin().say(REACHED).note("sounds tired").say("Gives a reason").excuse("copy").say("Has it open now", "Yes")
    clerk.type("fri ach -- certain").say("Yes").end()
    note = clerk.activity().note.splitlines()
    assert note[0] == '1,200.00 for Fri 27 Nov by bank transfer, "certain"'
    assert note[1] == "10:12 called for Tony Marsh"
    assert note[2].endswith('Tony Marsh, please." - Speaking, or put through')
    assert "1,200.00 is past due, 46 days now: invoice B-1041" in note[3]
    assert note[4] == "10:12 noted: sounds tired"
    assert note[5] == "10:12 Gives a reason"
    assert note[6].endswith("the reason given: Needs a copy")
    # Questions that nobody noted an answer to are not said to have been asked.
    assert "To which email address" not in "".join(note)
    assert "To confirm: 1,200.00 by bank transfer on Friday 27 November, from Tony Marsh." in note[-2]
    assert note[-1].endswith("end of the call after 0 seconds, spoken with Tony Marsh")
    assert clerk.activity().excuses == ("copy",)


@pytest.mark.parametrize("excuse", standard().excuses)
def test_from_every_excuse_the_script_comes_to_a_promise_and_keeps_the_excuse(tmp_path: Path, excuse: str) -> None:
    clerk = Clerk.with_book(tmp_path, birch()).begin().say(REACHED).excuse(excuse)
    clerk.to_a_promise()
    assert "..." not in clerk.place.say
    logged = clerk.type("fri 300 ach").say("Yes").end()
    assert sum(p.amount for p in logged.promises) == Decimal("300.00")
    assert excuse in clerk.activity().excuses
    assert clerk.activity().reached
    assert logged.next
    assert clerk.kept is None
    assert clerk.desk.check()[0] == []


# Undo


def test_undo_of_an_end_brings_the_call_back_parked_as_the_first_row(clerk: Clerk) -> None:
    clerk.begin().say(REACHED).promise("fri 500 ach").end()
    assert clerk.listed() == ["elm"]
    clerk.desk.undo()
    assert (clerk.activities(), clerk.desk.dossier("birch").promises) == ((), ())
    assert clerk.listed() == ["birch", "elm"]
    clerk.begin()
    assert clerk.at == "close"
    assert clerk.end().promises[0].amount == Decimal("500.00")
    assert clerk.whole()


def test_undo_takes_back_the_end_and_not_the_moves(clerk: Clerk) -> None:
    clerk.desk.note("elm", "an act before")
    clerk.begin().say(REACHED)
    clerk.desk.undo()
    assert clerk.desk.dossier("elm").activities == ()
    assert clerk.kept == clerk.call


def test_a_conversation_answers_the_callback_that_led_to_it(clerk: Clerk) -> None:
    clerk.desk.log("birch", "cb 10:15 ask for tony")
    clerk = clerk.later("2026-11-23T10:20:00-05:00").begin().say(REACHED)
    clerk.promise("fri ach").end()
    assert clerk.followups() == []
    assert clerk.listed() == ["elm"]


def test_one_activity_is_written_for_a_call_whatever_it_brought(clerk: Clerk) -> None:
    clerk.begin().say(REACHED).jump("dispute").type("450 damaged").say("Yes", "Yes, or names a day").type("fri")
    clerk.say("Yes").end()
    assert isinstance(clerk.activity(), Activity)
    assert not list(clerk.desk.book.facts.all(Call))
