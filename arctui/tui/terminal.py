"""The terminal as it really is: signals, a line that drops or stalls, a program that is stopped, and the one way out.

SIGHUP, SIGTERM, SIGINT and a terminal that is gone all take the same way. What was typed before is read and handled,
the application leaves in its own time (what is typed comes to disk, the screen is given back), and a moment later the
process ends in any case. That is safe: a commit is all or nothing on disk.

The signals' numbers come through a pipe to a thread, which also waits for the hang-up of the terminal: that may come
without a signal. Python's own handlers wait until the main thread is out of the call it is in, and the event loop's
are lost while a stalled line holds up the loop. Where the line stalls, what still waits in it is thrown away, so that
the loop goes on; where it is gone, the program goes on without one, and neither spins nor fails on it.

Leans on private names of Textual's Linux driver; the version is pinned and tests in a real terminal guard it.
"""

import contextlib
import os
import select
import signal
import termios
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from textual import events
from textual.app import App
from textual.drivers._writer_thread import WriterThread

#: The process has ended at the latest so many seconds after it was asked to.
LEAVE_SECONDS = 1.5
# Keys that are still waiting may be handled for so long before the application leaves without them.
_KEYS_SECONDS = 1.0
# How long the keyboard's thread may take to read what was typed, and to end.
_READ_SECONDS = 0.4
# A line that takes not a byte for so long has stalled.
_STALLED_SECONDS = 0.25
_PAUSE = 0.01

_IN, _OUT, _ERR = 0, 1, 2
_GONE = select.POLLHUP | select.POLLERR | select.POLLNVAL
_ENDING = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
# How long a program that goes on in the background may wait for the signal that ends it; then it stops again.
_BACKGROUND_SECONDS = 0.2
_TRIES = 20

# Cuts off a sequence that was left half written, then: no synchronized output, no colours, no mouse, focus events,
# bracketed paste, resize events and kitty keys; lines wrap, the first screen is back and the cursor is seen.
_GIVE_BACK = (
    b"\x18\x1b[?2026l\x1b[0m\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?1004l\x1b[?2004l"
    b"\x1b[?2048l\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h"
)


class Terminal:
    """The terminal of this process, from before its first screen until after its last."""

    def __init__(self, attributes: list[Any] | None = None) -> None:
        """`attributes`: how the terminal was found, where an early picture has its screen already."""
        self._app: App[Any] | None = None
        self._leave: Callable[[int], None] = lambda _: None
        self._repaint: Callable[[], None] = lambda: None
        # The signal that ends the process, 0 while none does, and when it came.
        self._signal = 0
        self._since = 0.0
        self._left = False
        # Does Textual have the screen? Is it cut off from the terminal that is gone, or from a line that has stalled?
        self._taken = attributes is not None
        self._cut_off = False
        self._stalled = False
        self._over = False
        self._line_lock = threading.Lock()
        self._attributes: list[Any] = attributes or []
        # A way of its own to the terminal, on which a write never waits.
        self._line: int | None = None
        self._asked, self._wakeup = os.pipe()
        self._replaced: dict[int, Any] = {}

    # Beginning and end

    def watch(self) -> None:
        """Look after signals and the terminal from now on; to be called from the main thread."""
        with contextlib.suppress(termios.error, OSError):
            self._attributes = self._attributes or termios.tcgetattr(_IN)
            self._line = os.open(os.ttyname(_IN), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        os.set_blocking(self._wakeup, False)
        signal.set_wakeup_fd(self._wakeup, warn_on_full_buffer=False)
        for number in _ENDING:
            # What was to be ignored stays ignored (nohup); the terminal's own end is noticed all the same.
            if signal.getsignal(number) != signal.SIG_IGN:
                self._replaced[number] = signal.signal(number, self._note)
        threading.Thread(target=self._watch, name="terminal-watch", daemon=True).start()

    def take_over(self, app: App[Any], leave: Callable[[int], None], repaint: Callable[[], None]) -> None:
        """Look after the running application.

        `leave` ends it with a status, `repaint` paints its whole screen; they are called in its thread.
        """
        # In place of the driver's own handlers: it stops in the midst of anything, and goes on twice when told twice.
        for number in (signal.SIGTSTP, signal.SIGCONT):
            signal.signal(number, lambda *_: None)
        self._leave, self._repaint = leave, repaint
        self._taken = True
        self._app = app

    def release(self, status: int) -> int:
        """Return the exit status once the application has ended: 128 and the signal's number if that was why."""
        with self._line_lock:
            self._taken, self._over = False, True
        if self._stalled:
            self._give_back()
        if self._signal:
            # Whatever is still to be done now has the rest of the time that leaving may take.
            return 128 + self._signal
        for number, before in self._replaced.items():
            signal.signal(number, before)
        return status

    def stop(self) -> None:
        """Give the terminal back and stop the process until it is told to go on; to be called in the loop."""
        driver: Any = self._app and self._app._driver
        if driver is None or self._signal:
            return
        driver.suspend_application_mode()
        self._taken = False
        while not (self._signal or _is_gone()):
            os.kill(os.getpid(), signal.SIGSTOP)
            if _is_ours(_IN):
                if not (self._signal or _is_gone()):
                    driver.resume_application_mode()
                    self._taken = True
                    return
            else:
                # In the background: it is told to end, or only to go on without a terminal, which it cannot.
                latest = time.monotonic() + _BACKGROUND_SECONDS
                while not self._signal and time.monotonic() < latest:
                    time.sleep(_PAUSE)
        # It goes on only to end; the terminal is the shell's, or nobody's.
        self._cut()
        if not self._signal:
            os.write(self._wakeup, bytes([signal.SIGHUP]))

    @property
    def is_gone(self) -> bool:
        """Is there no terminal any more?"""
        return self._cut_off or _is_gone()

    # What happens

    def _note(self, number: int, _: FrameType | None) -> None:
        self._signal, self._since = self._signal or number, self._since or time.monotonic()

    def _watch(self) -> None:
        """Wait for what happens to the terminal and the process."""
        poller = select.poll()
        poller.register(_IN, 0)
        poller.register(self._asked, select.POLLIN)
        while True:
            for handle, event in poller.poll():
                if handle == self._asked:
                    for number in os.read(self._asked, 64):
                        if number in _ENDING:
                            return self._end(number)
                        self._heard(number)
                elif event & _GONE:
                    return self._end(signal.SIGHUP)

    def _heard(self, number: int) -> None:
        """Do what a signal asks for that does not end the process."""
        app = self._app
        if app is None or self._over:
            return
        if number == signal.SIGTSTP:
            self._read_out(app)
            self._ask(app, app.action_suspend_process)
        elif number == signal.SIGCONT:
            self._ask(app, self._repaint)

    def _end(self, number: int) -> None:
        """End the process, in good order if that is possible, in any case in time."""
        if self._over and not self._signal:
            # The application has ended by itself. Its book is being closed, which needs no terminal.
            return
        self._signal, self._since = self._signal or number, self._since or time.monotonic()
        end, last_call = self._since + LEAVE_SECONDS, self._since + _KEYS_SECONDS
        asked = False
        while time.monotonic() < end:
            if _is_gone():
                self._cut()
            elif self._stalled or not _takes_output():
                self._throw_away()
            app = self._app
            if app and not self._over:
                self._keep_writing(app)
                if not asked:
                    asked = True
                    self._read_out(app)
                    self._ask(app, self._leave_once)
                elif time.monotonic() > last_call:
                    self._ask_now(app)
            time.sleep(_PAUSE)
        if self._taken and not self._cut_off:
            self._give_back()
        os._exit(128 + self._signal)

    def _leave_once(self) -> None:
        if not self._left:
            self._left = True
            self._leave(128 + self._signal)

    # The application's thread

    def _ask(self, app: App[Any], act: Callable[[], None]) -> None:
        """Have something done by the application, behind the keys that it has not handled yet."""
        if app._driver is not None:
            with contextlib.suppress(RuntimeError):
                app._driver.send_message(events.Callback(callback=act))

    def _ask_now(self, app: App[Any]) -> None:
        """Have the application leave, whatever still waits to be handled."""
        if app._loop is not None and not self._left:
            with contextlib.suppress(RuntimeError):
                app._loop.call_soon_threadsafe(self._leave_once)

    def _read_out(self, app: App[Any]) -> None:
        """Have the keyboard's thread read what was typed until now, hand it on, and end."""
        driver: Any = app._driver
        keyboard = driver and driver._key_thread
        if keyboard is None:
            return
        latest = time.monotonic() + _READ_SECONDS
        while keyboard.is_alive() and not _is_gone() and _has_keys() and time.monotonic() < latest:
            time.sleep(_PAUSE / 2)
        driver.exit_event.set()
        keyboard.join(_READ_SECONDS)
        if not keyboard.is_alive():
            driver.exit_event.clear()

    # The line

    def _cut(self) -> None:
        """Go on without a terminal: nothing more is typed, and what is written goes nowhere."""
        if self._cut_off:
            return
        self._cut_off = True
        _use_nothing_for(_OUT, _ERR)
        if self._app:
            self._read_out(self._app)
        _use_nothing_for(_IN)

    def _throw_away(self) -> None:
        """Throw away what waits in a stalled line, and what is still written to it, so that no writer waits."""
        with self._line_lock:
            if not self._taken:
                return
            if not self._stalled:
                self._stalled = True
                _use_nothing_for(_OUT, _ERR)
            self._empty_line()

    def _empty_line(self) -> None:
        if self._line is None:
            return
        with contextlib.suppress(termios.error, OSError):
            termios.tcflush(self._line, termios.TCOFLUSH)
            # Setting the modes, even to what they are, wakes a writer that waits for room.
            termios.tcsetattr(self._line, termios.TCSANOW, termios.tcgetattr(self._line))

    def _keep_writing(self, app: App[Any]) -> None:
        """Give the driver a new writer where its own died of the terminal's end; the loop would wait for it."""
        driver: Any = app._driver
        writer = driver and driver._writer_thread
        if self._cut_off and writer is not None and not writer.is_alive():
            heir = WriterThread(driver._file)
            heir._queue = writer._queue
            driver._writer_thread = heir
            heir.start()

    def _give_back(self) -> None:
        """Put the terminal into the state that the shell had, without ever waiting for it."""
        if self._line is None or not _is_ours(self._line):
            return
        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(self._line, termios.TCSANOW, self._attributes)
            left = _GIVE_BACK
            for _ in range(_TRIES):
                with contextlib.suppress(BlockingIOError):
                    left = left[os.write(self._line, left) :]
                if not left:
                    return
                self._empty_line()
                time.sleep(_PAUSE)


def _poll(handle: int, event: int, seconds: float = 0.0) -> int:
    poller = select.poll()
    poller.register(handle, event)
    return next((found for _, found in poller.poll(seconds * 1000)), 0)


def _is_gone() -> bool:
    """Is the other end of the terminal gone?"""
    return bool(_poll(_IN, 0) & _GONE)


def _is_ours(handle: int) -> bool:
    """Is the process in the terminal's foreground? Elsewhere a change of the terminal's state would stop it."""
    try:
        return os.tcgetpgrp(handle) == os.getpgrp()
    except OSError:
        # Not the controlling terminal: there is no background.
        return True


def _has_keys() -> bool:
    """Was something typed that is not read yet?"""
    return bool(_poll(_IN, select.POLLIN) & select.POLLIN)


def _takes_output() -> bool:
    """Does the terminal take what is written, or will it in a moment?"""
    return bool(_poll(_ERR, select.POLLOUT, _STALLED_SECONDS))


def _use_nothing_for(*handles: int) -> None:
    nothing = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    for handle in handles:
        os.dup2(nothing, handle)
    os.close(nothing)
