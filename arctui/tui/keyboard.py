"""Textual's driver for a terminal, whose keyboard's thread sleeps until a key comes.

Textual's own wakes ten times a second to see whether it is to end, which is half of what a workstation at rest uses.
Leans on private names of Textual's parser, as `terminal` does.
"""

import contextlib
import os
import select
import threading
import time
from codecs import getincrementaldecoder

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

#: Seconds that it sleeps at most, should nobody wake it; and those in which a last key is waited for at its end.
_LONGEST, _LAST = 2.0, 0.1
_MOST_BYTES = 4096


class _Waking(threading.Event):
    """An event that wakes whoever waits for a file when it is set."""

    def __init__(self) -> None:
        super().__init__()
        self.ear, self._mouth = os.pipe()
        os.set_blocking(self._mouth, False)

    def set(self) -> None:
        """Set it and wake."""
        super().set()
        # Where it is full somebody is woken already.
        with contextlib.suppress(BlockingIOError):
            os.write(self._mouth, b"\0")

    def clear(self) -> None:
        """Take it back: nobody is woken any more."""
        super().clear()
        while select.select([self.ear], [], [], 0)[0]:
            os.read(self.ear, _MOST_BYTES)


class Keyboard(LinuxDriver):
    """The driver of a workstation in a terminal."""

    exit_event: _Waking

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        self.exit_event = _Waking()

    def typed_before(self) -> list[bytes]:
        """Return what was typed before this driver had the terminal; each part but the last ends in a lone Escape."""
        waiting = select.poll()
        waiting.register(self.fileno, select.POLLIN)
        if not waiting.poll(0):
            return []
        # The terminal made a new line of Enter until now.
        return [os.read(self.fileno, _MOST_BYTES).replace(b"\n", b"\r")]

    def run_input_thread(self) -> None:
        """Hand on what is typed, until it is told to end."""
        parser, decode = XTermParser(self._debug), getincrementaldecoder("utf-8")().decode

        def hand_on(content: bytes, *, final: bool = False) -> None:
            if text := decode(content, final=final):
                for event in parser.feed(text):
                    self.process_message(event)

        def take(seconds: float, *, final: bool = False) -> None:
            asleep = [self.fileno] if final else [self.fileno, self.exit_event.ear]
            ready, _, _ = select.select(asleep, [], [], seconds)
            if self.fileno in ready:
                hand_on(os.read(self.fileno, _MOST_BYTES), final=final)
            for event in parser.tick():
                self.process_message(event)

        try:
            for number, part in enumerate(self.typed_before()):
                if number and parser._timeout_time is not None:
                    # The Escape before had its time.
                    parser._timeout_time = 0.0
                    for event in parser.tick():
                        self.process_message(event)
                hand_on(part)
            while not self.exit_event.is_set():
                # A sequence that has begun, which a lone Escape is too, ends after its time.
                due = parser._timeout_time
                take(_LONGEST if due is None else max(0.0, due - time.monotonic()))
            take(_LAST, final=True)
        finally:
            with contextlib.suppress(EOFError, ParseError):
                list(parser.feed(""))
