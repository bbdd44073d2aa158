"""The keyboard's thread sleeps until a key comes, and is woken to end."""

import os
import select
import threading
import time
from collections.abc import Iterator
from queue import Queue
from unittest.mock import patch

import pytest
from textual import events

from arctui.tui import keyboard
from arctui.tui.keyboard import Keyboard


class Typed:
    """A keyboard at the end of a pipe, and what it hands on."""

    def __init__(self) -> None:
        self.handed_on: Queue[object] = Queue()
        self.slept: list[float] = []
        self.driver = object.__new__(Keyboard)
        self.driver._debug = False
        self.driver.exit_event = keyboard._Waking()
        self.driver.fileno, self.keys = os.pipe()
        self.driver.process_message = self.handed_on.put  # type: ignore[method-assign,assignment]
        self.thread = threading.Thread(target=self.driver.run_input_thread, daemon=True)

    def select(self, *asked: object) -> object:
        """Wait as it asks, and take down how long it would."""
        self.slept.append(float(str(asked[3])))
        return _select(*asked)  # type: ignore[arg-type]

    def type(self, keys: bytes) -> object:
        """Type, and return what it hands on."""
        os.write(self.keys, keys)
        found = self.handed_on.get(timeout=5)
        return found.key if isinstance(found, events.Key) else found


_select = select.select


@pytest.fixture
def typed() -> Iterator[Typed]:
    found = Typed()
    with patch("arctui.tui.keyboard.select.select", found.select):
        found.thread.start()
        yield found
        found.driver.exit_event.set()
        found.thread.join(5)


def test_it_sleeps_until_a_key_comes_and_is_woken_to_end(typed: Typed) -> None:
    assert typed.type(b"a") == "a"
    assert typed.type(b"\x1b[A") == "up"
    assert set(typed.slept) == {keyboard._LONGEST}
    begun = time.monotonic()
    typed.driver.exit_event.set()
    typed.thread.join(5)
    assert not typed.thread.is_alive()
    assert time.monotonic() - begun < keyboard._LONGEST


def test_a_lone_escape_is_one_once_nothing_followed_it(typed: Typed) -> None:
    assert typed.type(b"\x1b") == "escape"


def test_what_is_typed_at_the_end_is_still_handed_on(typed: Typed) -> None:
    typed.driver.exit_event.set()
    assert typed.type(b"q") == "q"


def test_enter_typed_while_the_shell_had_the_terminal_is_enter() -> None:
    typed = Typed()
    os.write(typed.keys, b"a\n")
    typed.thread.start()
    found = [typed.handed_on.get(timeout=5) for _ in range(2)]
    typed.driver.exit_event.set()
    typed.thread.join(5)
    assert [getattr(event, "key", "") for event in found] == ["a", "enter"]
