"""Leaving when told to, or when the terminal is gone, has stalled or is the shell's: in time, and nothing is lost."""

import fcntl
import os
import signal
from pathlib import Path

import pytest

from arctui.core.calls import Call
from arctui.store import Book
from tests.tui.terminal import Ending, Terminal, opened

_ENDING = [signal.SIGHUP, signal.SIGTERM, signal.SIGINT]
_SCREEN = (b"\x1b[?1049h", b"\x1b[?1049l")
_CURSOR = (b"\x1b[?25l", b"\x1b[?25h")
_PASTE = (b"\x1b[?2004h", b"\x1b[?2004l")
_WORDS = "she said that the transfer went out on Thursday, to look for it"


def into_a_note(terminal: Terminal) -> None:
    """Call the first account, and begin a note in the call."""
    terminal.type(b"\r")
    terminal.read_until(b"or put thr")
    terminal.type(b"n")
    terminal.read_until(b"an answer")


def noted(book: Path) -> str:
    """Return the note that was begun in the open call, as the book has it."""
    (call,) = Book(book).facts.all(Call)
    return call.drafts.get("note_in_call", "")


def in_time(ending: Ending) -> bool:
    return ending.seconds <= 2 and ending.processor <= 0.5


def is_given_back(terminal: Terminal) -> bool:
    """Is the terminal as the shell had it, and says it nothing of errors?"""
    on = [state for state in (_SCREEN, _CURSOR, _PASTE) if terminal.is_on(*state)]
    after = terminal.seen.rpartition(_SCREEN[1])[2]
    return not on and terminal.echoes and b"rror" not in after and b"Traceback" not in terminal.seen


@pytest.mark.parametrize("number", _ENDING)
def test_what_was_typed_just_before_a_signal_is_on_disk_and_the_terminal_given_back(demo: Path, number: int) -> None:
    with opened(demo) as terminal:
        into_a_note(terminal)
        terminal.type(_WORDS.encode())
        ending = terminal.ending(lambda: terminal.kill(number))
        assert ending.status == 128 + number
        assert in_time(ending)
        assert is_given_back(terminal)
    assert noted(demo) == _WORDS


def test_more_signals_while_it_is_leaving_change_nothing(demo: Path) -> None:
    with opened(demo) as terminal:
        into_a_note(terminal)
        terminal.type(_WORDS.encode())
        ending = terminal.ending(*[lambda: terminal.kill(signal.SIGTERM)] * 5)
        assert ending.status == 128 + signal.SIGTERM
        assert in_time(ending)
        assert is_given_back(terminal)
    assert noted(demo) == _WORDS


@pytest.mark.parametrize("ignore_hangup", [False, True])
def test_when_the_terminal_vanishes_what_was_typed_is_on_disk(demo: Path, ignore_hangup: bool) -> None:
    with opened(demo, ignore_hangup=ignore_hangup) as terminal:
        into_a_note(terminal)
        terminal.type(b"zygote")
        terminal.read_until(b"zygot")
        ending = terminal.ending(terminal.vanish)
        assert ending.status == 128 + signal.SIGHUP
        assert in_time(ending)
    assert noted(demo) == "zygote"


def test_a_hangup_that_was_to_be_ignored_is_ignored_while_the_terminal_is_there(demo: Path) -> None:
    with opened(demo, ignore_hangup=True) as terminal:
        terminal.kill(signal.SIGHUP)
        terminal.type(b"?")
        terminal.read_until(b"KEYS")
        terminal.type(b"\x1b")
        terminal.read_until(b"WORKLIST", since=len(terminal.seen))
        terminal.type(b"q")
        assert terminal.wait() == 0


@pytest.mark.parametrize("number", _ENDING)
def test_a_line_that_stalls_holds_nothing_up_and_shows_the_shell_when_it_goes_on(demo: Path, number: int) -> None:
    with opened(demo) as terminal:
        into_a_note(terminal)
        terminal.stall()
        terminal.type(_WORDS.encode())
        ending = terminal.ending(lambda: terminal.kill(number), reads=False)
        assert ending.status == 128 + number
        assert in_time(ending)
        assert is_given_back(terminal)
    assert noted(demo) == _WORDS


def test_a_line_that_stalls_and_vanishes_holds_nothing_up(demo: Path) -> None:
    with opened(demo) as terminal:
        into_a_note(terminal)
        terminal.stall()
        ending = terminal.ending(terminal.vanish, reads=False)
        assert ending.status == 128 + signal.SIGHUP
        assert in_time(ending)


def test_a_book_that_another_session_has_locked_holds_up_no_leaving(demo: Path) -> None:
    with opened(demo) as terminal, demo.open("rb") as locked:
        into_a_note(terminal)
        fcntl.flock(locked, fcntl.LOCK_EX)
        terminal.type(_WORDS.encode())
        ending = terminal.ending(lambda: terminal.kill(signal.SIGTERM))
        assert ending.status == 128 + signal.SIGTERM
        assert in_time(ending)
        assert is_given_back(terminal)


def test_a_program_that_cannot_leave_is_ended_all_the_same_and_the_terminal_given_back(
    demo: Path, tmp_path: Path
) -> None:
    script = tmp_path / "start.py"
    script.write_text(
        "import threading\n"
        "from arctui.tui.app import ArctuiApp\n"
        "ArctuiApp.keep_typed = lambda self: threading.Event().wait()\n"
        "from arctui.cli.main import entry\n"
        "entry()\n",
        encoding="utf-8",
    )
    terminal = Terminal([str(script), "--book", str(demo), "--date", "2026-11-23T10:12"], HOME=str(tmp_path))
    try:
        terminal.read_until(b"WORKLIST")
        terminal.read_until(b"more")
        ending = terminal.ending(lambda: terminal.kill(signal.SIGTERM))
        assert ending.status == 128 + signal.SIGTERM
        assert in_time(ending)
        assert is_given_back(terminal)
    finally:
        terminal.close()


@pytest.mark.parametrize("by_key", [True, False])
def test_what_was_typed_is_on_disk_before_it_stops_and_the_whole_screen_is_back_after(
    demo: Path, by_key: bool
) -> None:
    with opened(demo) as terminal:
        into_a_note(terminal)
        terminal.type(b"zygote")
        if by_key:
            terminal.type(b"\x1a")
        else:
            terminal.kill(signal.SIGTSTP)
        terminal.wait_until_stopped()
        assert noted(demo) == "zygote"
        terminal.read_until(_SCREEN[1])
        assert is_given_back(terminal)
        mark = len(terminal.seen)
        terminal.kill(signal.SIGCONT)
        for part in (b"23 Nov 2026", b"CALL", b"Speaking, or put through", b"zygote", b"Enter"):
            terminal.read_until(part, since=mark)
        terminal.type(b"s\r")
        terminal.read_until(b"noted: zygotes", since=mark)
        terminal.type(b"\x11")
        assert terminal.wait() == 0


def test_after_a_stop_that_nobody_can_prepare_for_the_whole_screen_is_painted_again(demo: Path) -> None:
    with opened(demo) as terminal:
        terminal.kill(signal.SIGSTOP)
        terminal.wait_until_stopped()
        mark = len(terminal.seen)
        terminal.kill(signal.SIGCONT)
        for part in (b"WORKLIST", b"more"):
            terminal.read_until(part, since=mark)
        terminal.type(b"q")
        assert terminal.wait() == 0


@pytest.mark.parametrize("number", _ENDING)
def test_a_stopped_program_that_is_told_to_end_does_so_when_it_goes_on(demo: Path, number: int) -> None:
    with opened(demo) as terminal:
        into_a_note(terminal)
        terminal.type(_WORDS.encode() + b"\x1a")
        terminal.wait_until_stopped()
        terminal.kill(number)
        ending = terminal.ending(lambda: terminal.kill(signal.SIGCONT))
        assert ending.status == 128 + number
        assert in_time(ending)
        assert is_given_back(terminal)
    assert noted(demo) == _WORDS


@pytest.mark.parametrize("ignore_hangup", [False, True])
def test_a_stopped_program_whose_terminal_vanishes_ends(demo: Path, ignore_hangup: bool) -> None:
    with opened(demo, ignore_hangup=ignore_hangup) as terminal:
        into_a_note(terminal)
        terminal.type(_WORDS.encode() + b"\x1a")
        terminal.wait_until_stopped()
        ending = terminal.ending(terminal.vanish, lambda: os.kill(terminal.pid, signal.SIGCONT))
        assert ending.status == 128 + signal.SIGHUP
        assert in_time(ending)
    assert noted(demo) == _WORDS
