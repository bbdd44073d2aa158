"""A call outlives its session, goes on in one session only, and other clerks see who has the customer on the line."""

import os
import socket
from pathlib import Path

import pytest

from arctui.core.calls import Call
from arctui.desk.sessions import is_running, new_session
from arctui.store import BookConflictError
from tests.core import builders as make
from tests.core.oracle import nov
from tests.playbook.clerks import Clerk, birch, customer

REACHED = "Speaking, or put through"
#: No process has so high a number.
DEAD = f"{socket.gethostname()} 99999999 0123abcd"


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    """Ann, with Birch Works and Elm & Sons on her list."""
    return Clerk.with_book(tmp_path, [*birch(), *customer("Elm & Sons", make.invoice("E-9", "9310.50", nov(2)))])


def dead(clerk: Clerk) -> Clerk:
    """Let the clerk's session be one whose process is gone."""
    clerk.calls.session = DEAD
    return clerk


# A dropped connection


def test_a_call_that_was_cut_off_goes_on_at_the_same_step_with_what_was_typed(clerk: Clerk) -> None:
    dead(clerk).begin().say(REACHED).note("sounds tired").jump("commitment")
    clerk.call = clerk.calls.typed(clerk.call, "fri 12")
    second = Clerk(clerk.path)
    cut_off = second.calls.interrupted()
    assert cut_off == clerk.call
    second.begin(cut_off.account)
    assert (second.at, second.call.typed) == ("commitment", "fri 12")
    assert second.call.session == second.calls.session
    assert [m.text for m in second.call.moves][:2] == [REACHED, "sounds tired"]
    assert second.calls.interrupted() is None


def test_a_call_that_was_cut_off_is_the_first_row(clerk: Clerk) -> None:
    dead(clerk).begin().say(REACHED)
    assert Clerk(clerk.path).listed() == ["birch", "elm"]


def test_of_several_calls_cut_off_the_one_begun_last_comes_first(clerk: Clerk) -> None:
    dead(clerk).begin("elm").say(REACHED)
    later = dead(clerk.later("2026-11-23T10:30:00-05:00"))
    later.begin("birch").say(REACHED)
    found = Clerk(clerk.path).calls.interrupted()
    assert found
    assert found.account == "birch"


def test_a_parked_call_was_not_cut_off(clerk: Clerk) -> None:
    dead(clerk).begin().say(REACHED)
    clerk.calls.leave(clerk.call)
    assert Clerk(clerk.path).calls.interrupted() is None


def test_a_call_that_goes_on_in_another_window_is_left_there(clerk: Clerk) -> None:
    clerk.begin().say(REACHED)
    assert Clerk(clerk.path).calls.interrupted() is None


def test_a_call_of_another_window_is_cut_off_once_its_process_is_gone(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.begin().say(REACHED)
    monkeypatch.setattr("arctui.desk.calls.is_running", lambda session: False)
    assert Clerk(clerk.path).calls.interrupted() == clerk.call


def test_another_clerks_call_is_not_ours_to_go_on_with(clerk: Clerk) -> None:
    dead(clerk).begin().say(REACHED)
    bob = Clerk(clerk.path, "bob")
    assert bob.calls.interrupted() is None
    assert bob.calls.on("birch") is None
    assert bob.calls.open_calls() == []


# Which sessions run


def test_this_session_runs_and_no_two_are_the_same() -> None:
    assert new_session() != new_session()
    assert is_running(new_session())


@pytest.mark.parametrize(
    "session",
    [DEAD, "", "nonsense", f"{socket.gethostname()} x y", f"{socket.gethostname()} {2**70} y", "elsewhere 1 y"],
)
def test_a_session_that_cannot_be_running_is_not(session: str) -> None:
    assert not is_running(session)


def test_a_process_of_another_user_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(process: int, signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refused)
    monkeypatch.setattr("arctui.desk.sessions._started", lambda process: "77")
    assert is_running(f"{socket.gethostname()} 1 77 y")


def test_a_process_number_that_was_given_out_again_is_another_process() -> None:
    host, process, started, rest = new_session().split()
    assert is_running(f"{host} {process} {started} {rest}")
    assert not is_running(f"{host} {process} {int(started) - 1} {rest}")


# Two sessions of one clerk


def test_the_second_session_takes_a_call_over_and_the_first_loses_nothing(clerk: Clerk) -> None:
    clerk.begin().say(REACHED)
    second = Clerk(clerk.path).begin()
    assert second.at == "open"
    with pytest.raises(BookConflictError):
        clerk.note("typed in the first window")
    second.note("typed in the second window")
    with pytest.raises(BookConflictError):
        clerk.end("na")
    assert second.kept == second.call
    assert clerk.activities() == ()
    second.promise("fri ach").end()
    assert [c.name for c in second.desk.accounts()] == ["Birch Works", "Elm & Sons"]
    assert "typed in the second window" in second.activity().note
    assert second.whole()


def test_the_first_session_may_take_the_call_back(clerk: Clerk) -> None:
    clerk.begin().say(REACHED)
    second = Clerk(clerk.path).begin().note("from the second window")
    clerk.begin()
    assert clerk.call.moves == second.call.moves
    with pytest.raises(BookConflictError):
        second.note("too late")


def test_a_call_that_the_other_session_ended_cannot_be_ended_again(clerk: Clerk) -> None:
    clerk.begin().say(REACHED).promise("fri ach")
    second = Clerk(clerk.path).begin()
    second.end()
    with pytest.raises(BookConflictError):
        clerk.end()
    with pytest.raises(BookConflictError):
        clerk.calls.leave(clerk.call)
    assert len(Clerk(clerk.path).activities()) == 1


# Another clerk


def test_another_clerk_sees_who_has_the_customer_on_the_line(clerk: Clerk) -> None:
    clerk.begin().say(REACHED)
    row = Clerk(clerk.path, "bob").desk.row("birch")
    assert row
    assert row.busy == "ann"
    assert row.why.startswith("ann has them on the line since 10:12")
    assert not row.unfinished


def test_a_parked_call_is_on_nobodys_line(clerk: Clerk) -> None:
    clerk.begin().say(REACHED)
    clerk.calls.leave(clerk.call)
    row = Clerk(clerk.path, "bob").desk.row("birch")
    assert row
    assert (row.busy, row.unfinished) == ("", False)
    assert Clerk(clerk.path, "bob").listed() == ["elm", "birch"]


def test_two_clerks_may_have_a_call_on_one_account_and_both_are_recorded(clerk: Clerk) -> None:
    clerk.begin().say(REACHED)
    bob = Clerk(clerk.path, "bob").begin().say("No answer")
    assert len(list(bob.desk.book.facts.all(Call))) == 2
    bob.end()
    clerk.desk.refresh()
    clerk.promise("fri ach").end()
    assert [(a.by, str(a.outcome)) for a in clerk.activities()] == [("bob", "no answer"), ("ann", "promise")]
    assert clerk.whole()


def test_a_promise_is_read_against_what_another_clerk_took_during_the_call(clerk: Clerk) -> None:
    clerk.begin().say(REACHED)
    bob = Clerk(clerk.path, "bob")
    bob.desk.log("birch", "fri 500 card")
    clerk.desk.refresh()
    clerk.jump("commitment").type("30 ach")
    assert "700.00" in clerk.place.say


def test_a_move_after_another_clerks_act_shows_that_act(clerk: Clerk) -> None:
    clerk.begin()
    bob = Clerk(clerk.path, "bob")
    bob.desk.log("elm", "fri ach")
    clerk.say(REACHED)
    clerk.desk.refresh()
    assert clerk.listed() == ["birch"]
    clerk.promise("fri ach").end()
    assert clerk.listed() == []
    assert len(clerk.activities()) == 1
