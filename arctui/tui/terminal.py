"""The terminal as it really is: signals, a connection that drops, a stray SIGCONT.

Leans on private names of Textual's Linux driver; the version is pinned and tests in a real terminal guard it.
SIGHUP kills at once: there is nothing to restore on a terminal that is gone, and every act is on disk already.
SIGTERM leaves cleanly; a second one kills. `signal.signal` is used, not the event loop's own handlers, because
those are lost while a stalled connection blocks the loop.
"""

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from textual.app import App


def install_signals(app: App[Any], leave: Callable[[int], None]) -> None:
    """Take over the signals; to be called from the running app. `leave` ends it with a status."""
    loop = asyncio.get_running_loop()

    def terminate(number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        loop.call_soon_threadsafe(lambda: leave(128 + number))

    def resume(_: int, __: FrameType | None) -> None:
        driver: Any = app._driver
        # Only after our own Ctrl+Z: a SIGCONT from elsewhere would start a second reader of the keyboard.
        if driver is not None and getattr(driver, "_must_signal_resume", False):
            driver._sigcont_application()

    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, terminate)
    signal.signal(signal.SIGCONT, resume)
    app.app_resume_signal.subscribe(app, lambda _: app.refresh(layout=True))


def watch_terminal() -> None:
    """End the process when the terminal is gone although no SIGHUP came (nohup, wrappers), instead of spinning."""
    handle = sys.stdin.fileno()
    if not os.isatty(handle):
        return

    def watch() -> None:
        poller = select.poll()
        poller.register(handle, select.POLLHUP | select.POLLERR)
        while True:
            if any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in poller.poll()):
                os._exit(128 + signal.SIGHUP)

    threading.Thread(target=watch, name="terminal-watch", daemon=True).start()
