"""They call us: the open call waits, the caller's account is on the line, and the clerk is led back."""

from pathlib import Path

import pytest

from arctui.core.records import Flag, Outcome
from arctui.desk.calls import Calls
from arctui.playbook.model import parse
from tests.core import builders as make
from tests.core.oracle import nov
from tests.desk.test_call_tasks import SCRIPT
from tests.playbook.clerks import Clerk, birch, customer

CALLED = (
    SCRIPT.replace('start = "reach"', 'start = "reach"\nincoming = "they-called"')
    + """
[steps.they-called]
say = ["Thank you for calling. Who is it?"]
replies = [{ text = "The one who pays", to = "open", reached = true }, { text = "Hangs up", to = "nobody" }]
"""
)


def at(clerk: Clerk) -> Clerk:
    clerk.desk.calls = clerk.calls = Calls(clerk.desk, parse(CALLED))
    return clerk


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    elm = customer("Elm & Sons", make.invoice("E-9", "9310.50", nov(2)))
    return at(Clerk.with_book(tmp_path, [*birch(), *elm]))


def test_a_call_that_comes_in_begins_at_its_own_question_and_is_recorded_as_theirs(clerk: Clerk) -> None:
    clerk.call = clerk.calls.begin("birch", inbound=True)
    assert clerk.at == "they-called"
    clerk.say("The one who pays", "A day").type("fri ach").say("Yes").end()
    activity = clerk.activity()
    assert activity.inbound
    assert activity.reached
    assert activity.note.splitlines()[1] == "10:12 they called us"


def test_a_caller_who_is_not_the_one_who_pays_is_a_try_that_came_in(clerk: Clerk) -> None:
    clerk.call = clerk.calls.begin("birch", inbound=True)
    clerk.end("gk -- only the reception")
    activity = clerk.activity()
    assert (activity.outcome, activity.inbound, activity.reached) == (Outcome.GATEKEEPER, True, False)


def test_the_open_call_waits_and_is_gone_back_to(clerk: Clerk) -> None:
    first = clerk.begin("elm").say("Speaking").call
    clerk.call = clerk.calls.begin("birch", leaving=first, inbound=True)
    assert clerk.calls.interrupted_by(clerk.call) is not None
    inbound = clerk.say("The one who pays", "A day").type("fri ach").say("Yes").call
    clerk.end()
    waiting = clerk.calls.interrupted_by(inbound)
    assert waiting
    clerk.call = clerk.calls.begin(waiting.account)
    assert clerk.at == "open"
    assert [m.text for m in clerk.call.moves] == ["Speaking"]


def test_an_untouched_call_leaves_no_trace_and_is_not_gone_back_to(clerk: Clerk) -> None:
    first = clerk.begin("elm").call
    clerk.call = clerk.calls.begin("birch", leaving=first, inbound=True)
    assert clerk.call.back_to == ""
    assert clerk.calls.interrupted_by(clerk.call) is None
    assert [c.account for c in clerk.calls.open_calls()] == ["birch"]


def test_who_has_a_parked_call_and_rings_is_taken_up_there_with_all_that_was_noted(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").note("asks the bank")
    clerk.calls.leave(clerk.call)
    clerk = at(clerk.later("2026-11-23T14:00:00-05:00"))
    clerk.call = clerk.calls.begin("birch", inbound=True)
    assert clerk.at == "they-called"
    assert clerk.call.inbound
    clerk.say("The one who pays", "A day").type("fri ach").say("Yes").end()
    note = clerk.activity().note
    assert "called for Tony Marsh" in note
    assert "asks the bank" in note
    assert "they called" in note
    # That they rang does not undo that we had called: the attempt counts.
    assert not clerk.activity().inbound


def test_who_was_parked_as_a_caller_and_rings_again_starts_anew_and_leads_back(clerk: Clerk) -> None:
    clerk.call = clerk.calls.begin("birch", inbound=True)
    clerk.say("The one who pays")
    clerk.calls.leave(clerk.call)
    first = clerk.begin("elm").say("Speaking").call
    clerk.call = clerk.calls.begin("birch", leaving=first, inbound=True)
    assert clerk.at == "they-called"
    waiting = clerk.calls.interrupted_by(clerk.call)
    assert waiting
    assert waiting.account == "elm"


def test_an_account_that_must_not_be_called_may_call_us(clerk: Clerk) -> None:
    clerk.desk.stop("birch", str(Flag.ATTORNEY))
    clerk.call = clerk.calls.begin("birch", inbound=True)
    assert clerk.at == "they-called"


def test_the_length_of_a_call_leaves_out_the_time_it_lay_parked(clerk: Clerk) -> None:
    clerk.begin().say("Speaking")
    clerk.calls.leave(clerk.call)
    clerk = at(clerk.later("2026-11-23T11:12:00-05:00")).begin()
    clerk.say("A day").type("fri ach").say("Yes").end()
    assert clerk.activity().seconds == 0
    clerk = at(clerk.later("2026-11-24T10:00:00-05:00")).begin()
    clerk.calls.session = "another run of the program"
    clerk.jump("hour").type("wed 10:00").say("Yes").end()
    assert clerk.activities()[-1].seconds == 0


def test_any_step_that_was_taken_can_be_gone_back_to_and_nothing_is_lost(clerk: Clerk) -> None:
    clerk.begin().say("Speaking").excuse("copy").say("Later").type("fri 500 ach").say("Yes")
    taken = clerk.calls.steps_taken(clerk.call)
    assert [name for name, _ in taken] == ["back", "commitment", "copy", "open", "reach"]
    clerk.call = clerk.calls.return_to(clerk.call, "copy")
    assert clerk.at == "copy"
    clerk.say("Open now").type("mon 700 ach").say("Yes").end()
    promises = [(str(p.day), str(p.amount)) for p in clerk.desk.dossier("birch").promises]
    assert promises == [("2026-11-27", "500.00"), ("2026-11-30", "700.00")]
    assert "went on to: No invoice" in clerk.activity().note
