"""A draft outlives its session, goes with the act that it becomes, and belongs to the window in which it is typed."""

import socket
from pathlib import Path

import pytest

from arctui.core.drafts import Draft, Topic
from arctui.desk import DeskError
from arctui.store import Book, BookConflictError, BookError
from tests.core import builders as make
from tests.core.oracle import nov
from tests.playbook.clerks import Clerk, birch, customer

#: No process has so high a number.
DEAD = f"{socket.gethostname()} 99999999 0123abcd"
PROMISE, NOTE = Topic("promise", "birch"), Topic("note", "birch")
LATER = "2026-11-23T10:30:00-05:00"


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    """Ann, with Birch Works and Elm & Sons on her list."""
    return Clerk.with_book(tmp_path, [*birch(), *customer("Elm & Sons", make.invoice("E-9", "9310.50", nov(2)))])


def dead(clerk: Clerk) -> Clerk:
    """Let the clerk's session be one whose process is gone."""
    clerk.calls.session = DEAD
    return clerk


def typed(clerk: Clerk, text: str, topic: Topic = PROMISE, *, is_open: bool = True) -> Clerk:
    clerk.desk.drafts.keep(topic, text, is_open=is_open)
    return clerk


def kept(clerk: Clerk) -> list[str]:
    """The texts of all drafts, as they are on disk."""
    return [d.text for d in Book(clerk.path).facts.all(Draft)]


def found(clerk: Clerk, topic: Topic = PROMISE) -> str:
    draft = clerk.desk.drafts.find(topic)
    return draft.text if draft else ""


def cut_off(clerk: Clerk) -> str:
    draft = clerk.desk.drafts.cut_off()
    return draft.text if draft else ""


# Kept


def test_a_draft_that_was_left_is_found_by_the_next_session_for_what_it_was_typed(clerk: Clerk) -> None:
    typed(clerk, "fri 12", is_open=False)
    again = Clerk(clerk.path)
    assert found(again) == "fri 12"
    assert found(again, NOTE) == ""
    assert found(again, Topic("promise", "elm")) == ""
    assert found(again, Topic("promise", "birch", "of one promise")) == ""


def test_each_topic_has_one_draft_and_the_last_words_stand(clerk: Clerk) -> None:
    typed(typed(clerk, "fri"), "fri 12")
    typed(clerk, "lost it", NOTE)
    typed(clerk, "/home/ann/open.csv", Topic("open_file"))
    assert kept(clerk) == ["fri 12", "lost it", "/home/ann/open.csv"]


def test_a_line_that_is_emptied_leaves_no_draft(clerk: Clerk) -> None:
    typed(typed(clerk, "fri 12"), "  ")
    assert kept(clerk) == []
    typed(clerk, "")
    assert kept(clerk) == []


def test_a_draft_is_dropped(clerk: Clerk) -> None:
    typed(clerk, "fri 12")
    clerk.desk.drafts.drop(PROMISE)
    assert kept(clerk) == []


def test_the_disk_is_not_written_for_what_it_has_already(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(clerk, "fri 12")
    monkeypatch.setattr(clerk.desk.book, "keep", lambda changes: pytest.fail("written again"))
    typed(clerk, "fri 12")


def test_typing_changes_nothing_of_the_account_and_is_no_act(clerk: Clerk) -> None:
    facts, row, number = clerk.desk.dossier("birch"), clerk.desk.row("birch"), clerk.desk.book.number
    typed(clerk, "fri 12")
    assert clerk.desk.dossier("birch") == facts
    assert clerk.desk.row("birch") is row
    assert Book(clerk.path).number == number
    assert clerk.whole()


def test_a_disk_that_refuses_is_said_and_the_draft_before_stands(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(changes: object) -> None:
        raise BookError("no space left")

    typed(clerk, "fri")
    with monkeypatch.context() as broken:
        broken.setattr(clerk.desk.book, "keep", full)
        with pytest.raises(BookError):
            typed(clerk, "fri 12")
    assert found(clerk) == "fri"
    assert kept(typed(clerk, "fri 12")) == ["fri 12"]


# Cut off


def test_a_line_that_was_being_typed_when_its_session_ended_was_cut_off(clerk: Clerk) -> None:
    typed(dead(clerk), "fri 12")
    again = Clerk(clerk.path)
    assert again.desk.drafts.cut_off() == clerk.desk.drafts.find(PROMISE)
    again.desk.drafts.take_up(PROMISE)
    typed(again, "fri 120")
    assert (cut_off(again), kept(again)) == ("", ["fri 120"])
    assert cut_off(Clerk(clerk.path)) == ""


def test_a_line_that_was_left_or_is_being_typed_here_was_not_cut_off(clerk: Clerk) -> None:
    typed(clerk, "here")
    assert cut_off(clerk) == ""
    typed(dead(clerk), "left", is_open=False)
    assert cut_off(Clerk(clerk.path)) == ""


def test_another_clerks_line_is_not_ours(clerk: Clerk) -> None:
    typed(dead(clerk), "fri 12")
    bob = Clerk(clerk.path, "bob")
    assert (cut_off(bob), found(bob), bob.desk.drafts.on("birch")) == ("", "", [])


def test_the_line_cut_off_last_comes_first_then_the_one_before(clerk: Clerk) -> None:
    typed(dead(clerk), "the first")
    typed(dead(Clerk(clerk.path, at=LATER)), "the last", NOTE)
    third = Clerk(clerk.path, at=LATER)
    assert cut_off(third) == "the last"
    third.desk.drafts.drop(NOTE)
    assert cut_off(third) == "the first"


def test_a_line_cut_off_on_an_account_that_is_gone_is_passed_over(clerk: Clerk) -> None:
    typed(dead(clerk), "/home/ann/open.csv", Topic("open_file"))
    typed(dead(Clerk(clerk.path, at=LATER)), "fri 12", Topic("promise", "gone"))
    assert cut_off(Clerk(clerk.path)) == "/home/ann/open.csv"


def test_the_drafts_on_an_account_are_those_that_are_not_being_typed(clerk: Clerk) -> None:
    typed(typed(clerk, "left", is_open=False), "being typed", NOTE)
    typed(Clerk(clerk.path), "in another window", Topic("log", "birch"))
    typed(dead(Clerk(clerk.path, at=LATER)), "cut off", Topic("letter", "birch"))
    clerk.desk.refresh()
    assert [d.text for d in clerk.desk.drafts.on("birch")] == ["cut off", "left"]
    assert clerk.desk.drafts.on("elm") == []


# Two windows of one clerk


def test_a_line_that_is_being_typed_in_another_window_is_left_there(clerk: Clerk) -> None:
    typed(clerk, "in the first")
    second = Clerk(clerk.path)
    assert (cut_off(second), found(second)) == ("", "")
    typed(second, "in the second")
    assert sorted(kept(clerk)) == ["in the first", "in the second"]
    typed(clerk, "in the first window")
    second.desk.drafts.drop(PROMISE)
    assert kept(clerk) == ["in the first window"]


def test_a_line_of_another_window_is_cut_off_once_its_process_is_gone(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(clerk, "fri 12")
    monkeypatch.setattr("arctui.desk.drafts.is_running", lambda session: False)
    assert cut_off(Clerk(clerk.path)) == "fri 12"


def test_a_draft_that_both_windows_take_up_is_lost_to_neither(clerk: Clerk) -> None:
    typed(clerk, "fri", is_open=False)
    second = Clerk(clerk.path)
    assert (clerk.desk.drafts.take_up(PROMISE), second.desk.drafts.take_up(PROMISE)) == ("fri", "fri")
    typed(clerk, "fri 12")
    typed(second, "fri 99")
    assert sorted(kept(clerk)) == ["fri 12", "fri 99"]
    assert (found(clerk), found(second)) == ("fri 12", "fri 99")


def test_what_another_window_left_meanwhile_is_not_ours_until_it_is_taken_up(clerk: Clerk) -> None:
    typed(Clerk(clerk.path), "left there", is_open=False)
    typed(clerk, "typed here")
    assert sorted(kept(clerk)) == ["left there", "typed here"]
    with clerk.desk.drafts.used(PROMISE):
        clerk.desk.note("birch", "typed here")
    assert kept(clerk) == ["left there"]
    assert clerk.desk.drafts.take_up(PROMISE) == "left there"


# The act


def test_an_act_takes_its_draft_along_and_no_other(clerk: Clerk) -> None:
    typed(typed(clerk, "fri 1200 ach"), "lost it", NOTE)
    with clerk.desk.drafts.used(PROMISE):
        clerk.desk.log("birch", "fri 1200 ach")
    assert kept(clerk) == ["lost it"]
    clerk.desk.note("elm", "not from a draft")
    assert kept(clerk) == ["lost it"]
    assert clerk.whole()


def test_a_refused_act_leaves_the_draft(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise BookError("no space left")

    typed(clerk, "soon")
    with pytest.raises(DeskError), clerk.desk.drafts.used(PROMISE):
        clerk.desk.log("birch", "soon")
    monkeypatch.setattr(clerk.desk.book, "commit", full)
    with pytest.raises(BookError), clerk.desk.drafts.used(PROMISE):
        clerk.desk.log("birch", "fri 1200 ach")
    assert found(clerk) == "soon"
    assert kept(clerk) == ["soon"]


def test_undo_of_the_act_does_not_bring_the_draft_back(clerk: Clerk) -> None:
    typed(clerk, "fri 1200 ach")
    with clerk.desk.drafts.used(PROMISE):
        clerk.desk.log("birch", "fri 1200 ach")
    assert {step.table for step in clerk.desk.book.history[-1].steps} == {"activities", "promises"}
    clerk.desk.undo()
    assert kept(clerk) == []
    assert clerk.whole()


def test_an_act_on_a_draft_that_another_window_changed_is_refused_once(clerk: Clerk) -> None:
    typed(clerk, "fri 1200 ach", is_open=False)
    second = Clerk(clerk.path)
    second.desk.drafts.take_up(PROMISE)
    typed(second, "mon 1 card", is_open=False)
    with pytest.raises(BookConflictError), clerk.desk.drafts.used(PROMISE):
        clerk.desk.note("birch", "fri 1200 ach")
    assert kept(clerk) == ["mon 1 card"]
    with clerk.desk.drafts.used(PROMISE):
        clerk.desk.note("birch", "fri 1200 ach")
    assert kept(clerk) == []
