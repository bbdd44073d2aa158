"""What is typed before the workstation is there: each key is done once, as it was typed, and for what was seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from arctui.core.records import Activity
from arctui.glance.stage import _told
from arctui.store import Book
from tests.tui.conftest import DEMO_DAY
from tests.tui.terminal import Terminal, opened
from tests.tui.test_glance import _waiting


@pytest.fixture
def early(demo: Path) -> Iterator[tuple[Terminal, Path]]:
    """A start that waits with the early picture of a demo book on the screen, and what lets it go on."""
    with opened(demo) as terminal:
        terminal.type(b"q")
        assert terminal.wait() == 0
    terminal, gate = _waiting(demo)
    yield terminal, gate
    terminal.close()


def test_enter_typed_before_the_picture_is_there_is_enter(demo: Path) -> None:
    with opened(demo) as terminal:
        terminal.type(b"q")
        assert terminal.wait() == 0
    words = ["-c", "from arctui.__main__ import entry; entry()", "--book", str(demo), "--date", DEMO_DAY]
    terminal = Terminal(words, HOME=str(demo.parent))
    try:
        terminal.type(b"jntyped into the shell\r")
        terminal.read_until(b"saved 10:12")
        terminal.type(b"q")
        assert terminal.wait() == 0
    finally:
        terminal.close()
    assert "typed into the shell" in _notes(demo)


def _notes(book: Path) -> list[str]:
    return [activity.note for activity in Book(book).facts.all(Activity)]


def test_an_escape_takes_no_key_with_it_that_was_typed_later(early: tuple[Terminal, Path], demo: Path) -> None:
    terminal, gate = early
    terminal.type(b"\x1b")
    terminal.read_for(0.3)
    terminal.type(b"nthrown away\x1b")
    terminal.read_for(0.3)
    terminal.type(b"jnkept\r")
    terminal.read_for(0.1)
    gate.write_text("go", encoding="utf-8")
    terminal.read_until(b"saved 10:12")
    terminal.read_until(b"WORKLIST  2 of")
    terminal.type(b"q")
    assert terminal.wait() == 0
    notes = _notes(demo)
    assert "kept" in notes
    assert not [note for note in notes if "thrown" in note]


def test_nothing_typed_for_an_account_that_is_gone_is_done_on_another(
    early: tuple[Terminal, Path], demo: Path, four_customers_content: bytes
) -> None:
    terminal, gate = early
    # Key by key, so that not all of it is read at once.
    for key in "jnhello":
        terminal.type(key.encode())
        terminal.read_for(0.02)
    demo.write_bytes(four_customers_content)
    gate.write_text("go", encoding="utf-8")
    terminal.read_until(b"you have just typed is not")
    terminal.type(b"q")
    assert terminal.wait() == 0


def test_what_the_terminal_told_among_keys_stays() -> None:
    assert _told(b"nab\x1b[?2026;2$yc\x1b[Bd\x1b\x1b[Ie\x1b[200~x\x1b[201~\x1b[?6") == b"\x1b[?2026;2$y\x1b[I\x1b[?6"
    assert _told(b"plain\x1b") == b""
