"""A call that is cut off, in a real terminal: the next start is on the same call, at the same question."""

import signal
from pathlib import Path

import pytest

from arctui.core.calls import Call
from arctui.core.records import Activity
from arctui.store import Book
from tests.tui.terminal import Terminal, opened


def open_call(book: Path) -> Call | None:
    found = list(Book(book).facts.all(Call))
    return found[0] if found else None


def into_the_call(terminal: Terminal) -> None:
    """Put through, the question for the broken promise, a note, and the promise half typed."""
    terminal.type(b"\r")
    terminal.read_until(b"or put thr")
    terminal.type(b"1")
    terminal.read_until(b"What happened?")
    terminal.type(b"n")
    terminal.read_until(b"an answer")
    terminal.type(b"she was away\r")
    terminal.read_until(b"noted: she was away")
    terminal.type(b"p")
    terminal.read_until(b"promise Kestrel")
    terminal.type(b"fri 12")


def wait_for_typed(terminal: Terminal, book: Path, text: str) -> None:
    """Let the program go on until what was typed is on disk."""
    for _ in range(200):
        call = open_call(book)
        if call and call.typed == text:
            return
        terminal.read_for(0.05)
    raise AssertionError("what was typed never came to disk")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_after_a_kill_in_mid_call_the_next_start_is_at_the_same_question_with_what_was_typed(
    demo: Path, number: signal.Signals
) -> None:
    before = len(list(Book(demo).facts.all(Activity)))
    with opened(demo) as terminal:
        into_the_call(terminal)
        wait_for_typed(terminal, demo, "fri 12")
        terminal.kill(number)
        terminal.wait()
    assert len(list(Book(demo).facts.all(Activity))) == before
    with opened(demo, until=b"Kestrel Table Group") as terminal:
        terminal.read_until(b"fri 12")
        terminal.read_until(b"The commitment")
        terminal.type(b"00 ach\r")
        terminal.read_until(b"To confirm")
        terminal.type(b"\r")
        terminal.read_until(b" ends the call")
        terminal.type(b"\r")
        terminal.read_until(b"saved 10:12")
        terminal.type(b"q")
        assert terminal.wait() == 0
    assert open_call(demo) is None
    made = list(Book(demo).facts.all(Activity))[before:]
    assert [a.note.splitlines()[0] for a in made] == ["1,200.00 for Fri 27 Nov by bank transfer"]
    assert "10:12 noted: she was away" in made[0].note.splitlines()


def test_each_key_of_a_call_is_on_disk_before_the_next_is_asked_for(demo: Path) -> None:
    with opened(demo) as terminal:
        terminal.type(b"\r")
        terminal.read_until(b"or put thr")
        terminal.type(b"1")
        terminal.read_until(b"What happened?")
        terminal.kill(signal.SIGKILL)
        terminal.wait()
    call = open_call(demo)
    assert call is not None
    assert [move.to for move in call.moves] == ["broken-promise"]


def test_a_call_in_another_window_is_not_taken_away_at_the_start(demo: Path) -> None:
    with opened(demo) as first:
        first.type(b"\r1")
        first.read_until(b"What happened?")
        with opened(demo) as second:
            second.read_until(b"is not finished")
            second.type(b"q")
            assert second.wait() == 0
        first.type(b"\x1b")
        first.read_until(b"parked: Kestrel")
        first.type(b"q")
        assert first.wait() == 0


def test_leaving_the_program_parks_the_call(demo: Path) -> None:
    with opened(demo) as terminal:
        terminal.type(b"\r1")
        terminal.read_until(b"What happened?")
        terminal.type(b"q")
        assert terminal.wait() == 0
    call = open_call(demo)
    assert call is not None
    assert call.parked_at is not None
    with opened(demo) as terminal:
        terminal.read_until(b"is not finished")
