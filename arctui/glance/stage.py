"""The early picture on the terminal: shown, its cursor moved by the keys, and handed over to the workstation.

A thread reads the keyboard. What moves the cursor of the list moves it; with the first other byte that ends, and it
and all that follows is kept for the workstation. A lone Escape is told from the beginning of a sequence by its time,
which nobody knows later: so all is read as it is typed.
"""

import os
import select
import signal
import sys
import termios
import threading

from arctui.glance.kept import Picture
from arctui.glance.moves import KEYS
from arctui.glance.view import View

_IN, _OUT = 0, 2
_INPUT, _LOCAL, _CHARACTERS = 0, 3, 6
_ENDING = (signal.SIGTERM, signal.SIGHUP)
#: Seconds that the line may take for what the cursor changed.
_PATIENCE = 1.0
#: Seconds after which an Escape that nothing followed is one, as the toolkit has it; and bytes that are read at once.
_LONE, _MOST_BYTES = 0.1, 4096
_ESCAPE = b"\x1b"
# The alternate screen, no cursor, no wrapped lines, pastes that are told from keys.
_BEGIN = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h"
_GIVE_BACK = b"\x18\x1b[m\x1b[?2004l\x1b[?7h\x1b[?1049l\x1b[?25h"
#: What a terminal answers and tells by itself, by how it begins and ends: it is no key.
_REPORTS = ((b"\x1b[?", b"yuc"), (b"\x1b[", b"IO"), (b"\x1b[48;", b"t"))


class Stage:
    """The terminal from the early picture until the workstation has taken it over, or the start has failed."""

    _now: "Stage | None" = None

    def __init__(self, picture: Picture) -> None:
        self.view = View(picture)
        #: How the terminal was found.
        self.attributes = termios.tcgetattr(_IN)
        #: Did the terminal take another size meanwhile? Then it is not known what it shows.
        self.is_garbled = False
        self._taken_over = False
        # What was typed up to each lone Escape, and since the last one.
        self._parts: list[bytes] = []
        self._typed = b""
        self._released = threading.Event()
        self._stop, self._wake = os.pipe()
        self._reader = threading.Thread(target=self._read, name="glance", daemon=True)

    @classmethod
    def shown(cls, picture: Picture) -> "Stage":
        """Show a picture and read the keyboard from now on; to be called from the main thread."""
        cls._now = stage = cls(picture)
        try:
            stage._begin()
        except BaseException:
            stage.leave()
            raise
        return stage

    @classmethod
    def now(cls) -> "Stage | None":
        """Return what is on the terminal; None where the start began without an early picture."""
        return cls._now if cls._now and not cls._now._taken_over else None

    def _begin(self) -> None:
        for number in _ENDING:
            if signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, _end)
        signal.signal(signal.SIGWINCH, self._note_size)
        mode = termios.tcgetattr(_IN)
        mode[_INPUT] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF)
        mode[_LOCAL] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        for key in (termios.VSUSP, termios.VQUIT):
            mode[_CHARACTERS][key] = b"\x00"
        mode[_CHARACTERS][termios.VMIN], mode[_CHARACTERS][termios.VTIME] = 1, 0
        termios.tcsetattr(_IN, termios.TCSANOW, mode)
        if _is_waiting():
            # It was typed at a terminal that makes a new line of Enter.
            self._typed = os.read(_IN, _MOST_BYTES).replace(b"\n", b"\r")
        self._write(_BEGIN + self.view.whole())
        self._reader.start()

    # Keys

    def _read(self) -> None:
        """Take what is typed until the workstation is there; it moves the cursor until a key comes that does not."""
        moves = True
        try:
            while True:
                if self._typed and moves:
                    before = self.view.place
                    moves = self._take()
                    if self.view.place != before:
                        self._write(self.view.moved(before))
                lone = self._typed.endswith(_ESCAPE)
                ready, _, _ = select.select([_IN, self._stop], [], [], _LONE if lone else None)
                if self._stop in ready:
                    return
                if ready:
                    typed = os.read(_IN, _MOST_BYTES)
                    if not typed:
                        return
                    self._typed += typed
                else:
                    self._parts.append(self._typed)
                    self._typed, moves = b"", False
        except OSError:
            # The terminal is gone: the start notices it by itself.
            return

    def _take(self) -> bool:
        """Move the cursor by what was typed; return whether more of it may follow."""
        told, rest = b"", self._typed
        goes_on = True
        while rest and goes_on:
            key = next((key for key in KEYS if rest.startswith(key)), b"")
            report = b"" if key else _report(rest)
            if key and self.view.move(KEYS[key]):
                rest = rest[len(key) :]
            elif report:
                told, rest = told + report, rest[len(report) :]
            else:
                # The end of a sequence may be on its way.
                goes_on = not key and (_is_begun(rest) or any(known.startswith(rest) for known in KEYS))
                break
        self._typed = told + rest
        return goes_on

    def _write(self, text: str) -> None:
        left = text.encode()
        while left:
            left = left[os.write(_OUT, left) :]

    def _note_size(self, *_: object) -> None:
        self.is_garbled = True

    # The end

    def stop(self) -> None:
        """Read no more keys: what is typed from now on is the workstation's."""
        if self._reader.is_alive():
            os.write(self._wake, b".")
            self._reader.join(_PATIENCE)
        self.is_garbled = self.is_garbled or self._reader.is_alive()

    def forget(self) -> bool:
        """Throw away what was typed for the workstation but for what the terminal told; return whether there was any.

        To be called between `stop` and `release`.
        """
        try:
            while _is_waiting() and (more := os.read(_IN, _MOST_BYTES)):
                self._typed += more
        except OSError:
            # The terminal is gone, and with it what it held.
            pass
        typed = b"".join([*self._parts, self._typed])
        told = _told(typed)
        self._parts, self._typed = [], told
        return typed != told

    def release(self) -> None:
        """Let the workstation have what was typed for it, after `stop`."""
        self._released.set()

    def typed(self, seconds: float) -> list[bytes] | None:
        """Wait so long for what was typed for the workstation; return it once, None while it is not known.

        Each part but the last one ends with a lone Escape.
        """
        if not self._released.wait(seconds):
            return None
        typed, self._parts, self._typed = [*self._parts, self._typed], [], b""
        return typed

    def hand_over_signals(self) -> None:
        """Leave the signals that end the program to whoever takes the terminal over."""
        for number in _ENDING:
            if signal.getsignal(number) is _end:
                signal.signal(number, signal.SIG_DFL)

    def hand_over(self) -> None:
        """The workstation has the terminal now, and gives it back."""
        self._taken_over = True

    def leave(self) -> None:
        """Give the terminal back unless the workstation has taken it over: the start has failed."""
        if self._taken_over:
            return
        self._taken_over = True
        self.stop()
        self.hand_over_signals()
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        try:
            os.write(_OUT, _GIVE_BACK)
            termios.tcsetattr(_IN, termios.TCSANOW, self.attributes)
        except (OSError, termios.error):
            return


def _end(number: int, _: object) -> None:
    """End the program by a signal, in good order."""
    sys.exit(128 + number)


def _is_waiting() -> bool:
    """Was something typed that is not read yet?"""
    return bool(select.select([_IN], [], [], 0)[0])


def _end_of(typed: bytes) -> int:
    """Return where the sequence ends that was typed first, 0 if its end is not there yet, -1 for what is none."""
    if not typed.startswith(b"\x1b["):
        return -1
    end = next((n for n in range(2, len(typed)) if not 0x20 <= typed[n] <= 0x3F), 0)
    return end + 1 if end else 0


def _is_begun(typed: bytes) -> bool:
    return typed == _ESCAPE or not _end_of(typed)


def _report(typed: bytes) -> bytes:
    """Return what the terminal told first, b"" if that was typed by a person."""
    end = _end_of(typed)
    told = typed[: max(end, 0)]
    return told if any(told.startswith(first) and told[-1:] in last for first, last in _REPORTS if told) else b""


def _told(typed: bytes) -> bytes:
    """Return what the terminal told among what was typed, with what may be the beginning of it."""
    told, rest = b"", typed
    while (place := rest.find(_ESCAPE)) >= 0:
        rest = rest[place:]
        report = _report(rest)
        if rest.startswith(b"\x1b[?") and not _end_of(rest):
            return told + rest
        told, rest = told + report, rest[len(report) or 1 :]
    return told
