"""A line that is cut off outside a call, in a real terminal: the next start is at the same line."""

import signal
from pathlib import Path

import pytest

from arctui.core.drafts import Draft
from arctui.core.records import Activity
from arctui.store import Book
from tests.tui.terminal import Terminal, opened


def drafts(book: Path) -> list[str]:
    return [d.text for d in Book(book).facts.all(Draft)]


def wait_for_draft(terminal: Terminal, book: Path, text: str) -> None:
    """Let the program go on until what was typed is on disk."""
    for _ in range(200):
        if text in drafts(book):
            return
        terminal.read_for(0.05)
    raise AssertionError("what was typed never came to disk")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
def test_after_a_kill_the_next_start_is_at_the_same_line_with_what_was_typed(
    demo: Path, number: signal.Signals
) -> None:
    before = len(list(Book(demo).facts.all(Activity)))
    with opened(demo) as terminal:
        terminal.type(b"jn")
        terminal.read_until(b"note ")
        terminal.type(b"the boss is")
        wait_for_draft(terminal, demo, "the boss is")
        terminal.kill(number)
        terminal.wait()
    assert len(list(Book(demo).facts.all(Activity))) == before
    with opened(demo, until=b"this line was cut off: Enter saves it") as terminal:
        terminal.read_until(b"the boss is")
        terminal.type(b" away\r")
        terminal.read_until(b"saved 10:12")
        terminal.type(b"q")
        assert terminal.wait() == 0
    assert [a.note for a in Book(demo).facts.all(Activity)][before:] == ["the boss is away"]
    assert drafts(demo) == []


def test_sigterm_keeps_the_last_keys_too(demo: Path) -> None:
    with opened(demo) as terminal:
        terminal.type(b"n")
        terminal.read_until(b"note ")
        terminal.type(b"every key")
        terminal.read_until(b"every key")
        terminal.kill(signal.SIGTERM)
        terminal.wait()
    assert drafts(demo) == ["every key"]
