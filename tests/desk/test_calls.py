"""A call at the desk: begun, walked by the script with the account's facts, kept at every move, left and taken up."""

from pathlib import Path

import pytest
from tinydb import TinyDB

from arctui.core.calls import Call
from arctui.core.changes import changed
from arctui.core.records import Flag
from arctui.desk import DeskError
from tests.core import builders as make
from tests.core.builders import moment
from tests.core.oracle import nov
from tests.playbook.clerks import Clerk, birch, customer

ELM = make.invoice("E-9", "9310.50", nov(2))


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    """Ann, with Birch Works (1,200.00) and Elm & Sons (9,310.50) on her list, and Gorse that owes nothing yet."""
    gorse = customer("Gorse Ltd", make.invoice("G-5", "710.00", nov(30)))
    return Clerk.with_book(tmp_path, [*birch(), *customer("Elm & Sons", ELM), *gorse])


# Beginning


def test_a_call_begins_by_asking_for_the_person_with_a_number(clerk: Clerk) -> None:
    clerk.begin()
    assert clerk.at == "reach"
    assert clerk.place.say == "Good day, this is Ann from Northside Supply. Tony Marsh, please."
    assert clerk.call.person == "Tony Marsh"


def test_the_sentences_carry_the_accounts_own_invoice(clerk: Clerk) -> None:
    clerk.begin().say("Speaking, or put through")
    assert clerk.place.say == (
        "Tony Marsh, this is Ann from Northside Supply. 1,200.00 is past due, 46 days now: invoice B-1041 of "
        "1,200.00, due Thursday 8 October. When did you send your payment?"
    )


def test_beginning_again_goes_on_with_the_same_call(clerk: Clerk) -> None:
    first = clerk.begin().say("Speaking, or put through").call
    assert clerk.begin().call == first
    assert len(clerk.calls.open_calls()) == 1


def test_a_stopped_account_is_not_called_and_the_reason_is_said(clerk: Clerk) -> None:
    account = clerk.desk.find("Birch")
    clerk.desk.commit("stop", [changed(account, flags=(Flag.ATTORNEY,))])
    with pytest.raises(DeskError, match="not to be called: attorney"):
        clerk.begin()
    assert clerk.calls.open_calls() == []


def test_a_call_on_an_account_that_is_gone_is_refused(clerk: Clerk) -> None:
    with pytest.raises(DeskError, match="no longer in the book"):
        clerk.begin("nobody")


def test_a_call_about_a_broken_promise_begins_with_it_and_goes_back_to_the_beginning(clerk: Clerk) -> None:
    clerk.desk.log("birch", "fri 500 card tony")
    clerk = clerk.later("2026-11-30T09:00:00-05:00").begin(broken=True)
    assert clerk.at == "broken-promise"
    assert clerk.place.say.startswith("Tony Marsh, on Monday 23 November you told us that 500.00 would be paid by")
    assert clerk.back().at == "reach"
    with pytest.raises(DeskError, match="beginning of the call"):
        clerk.back()


def test_after_the_greeting_a_broken_promise_takes_the_place_of_the_opening(clerk: Clerk) -> None:
    clerk.desk.log("birch", "fri 500 card tony")
    clerk = clerk.later("2026-11-30T09:00:00-05:00").begin().say("Speaking, or put through")
    assert clerk.at == "broken-promise"


def test_an_account_that_owes_nothing_yet_gets_the_courtesy(clerk: Clerk) -> None:
    clerk.begin("gorse").say("Speaking, or put through")
    assert clerk.at == "courtesy"
    assert "710.00" in clerk.place.say


# Moves


def test_a_digit_without_a_reply_is_refused(clerk: Clerk) -> None:
    clerk.begin().say("Speaking, or put through")
    with pytest.raises(DeskError, match="there is no reply 7 here"):
        clerk.calls.reply(clerk.call, 7)
    with pytest.raises(DeskError, match="there is no reply 0 here"):
        clerk.calls.reply(clerk.call, 0)
    clerk.jump("commitment")
    with pytest.raises(DeskError, match="no reply is asked for here"):
        clerk.calls.reply(clerk.call, 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("soon", "soon"),
        ("", "what came of it"),
        ("31 feb", "31 February"),
        ("20 nov 2026 500", "past"),
        ("blurb", "blurb"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_and_changes_nothing(clerk: Clerk, text: str, why: str) -> None:
    before = clerk.begin().jump("commitment").call
    with pytest.raises(DeskError, match=why):
        clerk.type(text)
    assert clerk.kept == before


def test_no_line_is_taken_where_none_is_asked_for(clerk: Clerk) -> None:
    clerk.begin()
    with pytest.raises(DeskError, match="no line is asked for here"):
        clerk.type("fri 500")


def test_an_empty_note_and_an_empty_name_are_refused(clerk: Clerk) -> None:
    clerk.begin()
    with pytest.raises(DeskError, match="the note is empty"):
        clerk.note("  \x1b ")
    clerk.jump("right-person")
    with pytest.raises(DeskError, match="who is on the line"):
        clerk.type("   ")


def test_what_was_typed_is_read_back_as_it_was_understood(clerk: Clerk) -> None:
    clerk.begin().jump("commitment").type("fri 500 ach")
    assert clerk.at == "read-back"
    assert clerk.place.say == (
        "To confirm: 500.00 by bank transfer on Friday 27 November, from Tony Marsh. Is that right?"
    )


def test_a_person_who_takes_the_phone_is_spoken_to_by_name_and_promises_in_that_name(clerk: Clerk) -> None:
    clerk.begin().say("Somebody else, the right one").type("Rosa Lee")
    assert clerk.place.say.startswith("Thank you, Rosa Lee. I am Ann from Northside Supply.")
    promise = clerk.promise("fri 500 ach").end().promises[0]
    assert promise.person == "Rosa Lee"
    assert "Rosa Lee" in [p.name for p in clerk.desk.dossier("birch").people]


def test_back_from_a_line_offers_what_was_typed_without_its_code(clerk: Clerk) -> None:
    clerk.begin().jump("dispute").type("450 damaged pallets")
    assert clerk.call.moves[-1].text == "dsp 450 damaged pallets"
    assert clerk.back().call.typed == "450 damaged pallets"
    assert clerk.at == "dispute"


def test_the_path_is_shown_by_its_titles(clerk: Clerk) -> None:
    clerk.begin().say("Speaking, or put through").excuse("boss")
    assert clerk.place.path == ("Ask by name", "The fact, and the question", "To the boss")


# Kept


def test_every_move_and_what_is_being_typed_is_on_disk_at_once(clerk: Clerk) -> None:
    clerk.begin()
    assert clerk.kept == clerk.call
    clerk.say("Speaking, or put through")
    assert clerk.kept == clerk.call
    clerk.note("sounds friendly")
    assert clerk.kept == clerk.call
    clerk.jump("commitment")
    clerk.call = clerk.calls.typed(clerk.call, "fri 12")
    assert clerk.kept == clerk.call
    assert clerk.call.typed == "fri 12"
    clerk.back()
    assert clerk.kept == clerk.call


def test_a_call_that_goes_on_is_no_act(clerk: Clerk) -> None:
    before = clerk.desk.book.number
    clerk.begin().say("Speaking, or put through").note("a note").jump("commitment").type("fri 500")
    clerk.calls.leave(clerk.call)
    assert clerk.desk.book.number == before
    assert clerk.activities() == ()
    assert clerk.whole()


def test_stock_tinydb_opens_a_book_with_an_open_call_in_it(clerk: Clerk) -> None:
    clerk.begin().say("Speaking, or put through").note("a note")
    clerk.desk.leave()
    with TinyDB(clerk.path) as database:
        (call,) = database.table("calls").all()
        assert [a["name"] for a in database.table("accounts")] == ["Birch Works", "Elm & Sons", "Gorse Ltd"]
    assert call["account"] == "birch"
    assert [m["text"] for m in call["moves"]] == ["Speaking, or put through", "a note"]


# Left and taken up


def test_an_untouched_call_is_left_without_a_trace(clerk: Clerk) -> None:
    before = clerk.desk.worklist()[:]
    clerk.begin()
    assert clerk.calls.leave(clerk.call) is None
    assert clerk.kept is None
    assert clerk.desk.worklist() == before
    assert clerk.whole()


@pytest.mark.parametrize("what", ["reply", "note", "typed"])
def test_a_call_in_which_anything_happened_is_parked(clerk: Clerk, what: str) -> None:
    clerk.begin()
    if what == "reply":
        clerk.say("Speaking, or put through")
    elif what == "note":
        clerk.note("rings long")
    else:
        clerk.call = clerk.calls.typed(clerk.call, "fri")
    parked = clerk.calls.leave(clerk.call)
    assert parked
    assert (parked.session, parked.parked_at) == ("", moment(nov(23), "10:12:00"))
    assert clerk.kept == parked


def test_a_call_from_which_everything_was_taken_back_leaves_no_trace(clerk: Clerk) -> None:
    clerk.begin().say("Speaking, or put through").back()
    assert clerk.calls.leave(clerk.call) is None
    assert clerk.calls.open_calls() == []


def test_a_parked_call_is_the_first_row_and_says_so(clerk: Clerk) -> None:
    assert clerk.listed() == ["elm", "birch"]
    clerk.begin().say("Speaking, or put through")
    assert clerk.listed() == ["elm", "birch"]
    clerk.calls.leave(clerk.call)
    assert clerk.listed() == ["birch", "elm"]
    row = clerk.desk.worklist()[0]
    assert row.unfinished
    assert row.why.startswith("call of 10:12 is not finished: Enter goes on")


def test_a_parked_call_stands_above_a_callback_that_is_due_now(clerk: Clerk) -> None:
    clerk.desk.log("elm", "cb 10:15 ask for mrs lee")
    assert clerk.desk.row("elm").urgent  # type: ignore[union-attr]
    assert clerk.listed()[0] == "elm"
    clerk.begin().say("Speaking, or put through")
    clerk.calls.leave(clerk.call)
    assert clerk.listed() == ["birch", "elm"]


def test_a_parked_call_puts_an_account_on_the_list_that_the_rules_do_not(clerk: Clerk) -> None:
    clerk.begin("gorse").note("rang us")
    clerk.calls.leave(clerk.call)
    assert clerk.listed()[0] == "gorse"
    assert clerk.desk.worklist()[0].unfinished


def test_a_parked_call_of_yesterday_names_its_day(clerk: Clerk) -> None:
    clerk.begin().say("Speaking, or put through")
    clerk.calls.leave(clerk.call)
    clerk = clerk.later("2026-11-24T08:30:00-05:00")
    assert clerk.desk.worklist()[0].why.startswith("call of Mon 23 Nov 10:12 is not finished")


def test_a_parked_call_goes_on_where_it_was_with_what_was_typed(clerk: Clerk) -> None:
    clerk.begin().say("Speaking, or put through").jump("commitment")
    clerk.call = clerk.calls.typed(clerk.call, "fri 12")
    clerk.calls.leave(clerk.call)
    clerk = clerk.later("2026-11-23T11:00:00-05:00").begin()
    assert (clerk.at, clerk.call.typed, clerk.call.parked_at) == ("commitment", "fri 12", None)
    assert clerk.call.session == clerk.calls.session


def test_two_parked_calls_wait_side_by_side(clerk: Clerk) -> None:
    for account in ("birch", "gorse"):
        clerk.begin(account).note("rings long")
        clerk.calls.leave(clerk.call)
    assert [c.account for c in clerk.calls.open_calls()] == ["birch", "gorse"]
    assert clerk.listed() == ["gorse", "birch", "elm"]
    assert len(list(clerk.desk.book.facts.all(Call))) == 2
