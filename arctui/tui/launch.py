"""Opening the workstation from the command line."""

import os

from arctui.desk import Desk
from arctui.settings.files import Found

#: Terminals with sixteen colours or none: they get their own palette, not ours.
_FEW_COLOURS = ("linux", "vt100", "vt220", "xterm", "screen", "ansi", "dumb")


def prepare_environment() -> None:
    """Set what Textual reads when it is imported; what the clerk has set stands."""
    # A dropped connection must not leave the clerk's shell in a mode where Enter prints "13;129u".
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    os.environ.setdefault("TEXTUAL_FPS", "30")
    few = os.environ.get("TERM", "") in _FEW_COLOURS and not os.environ.get("COLORTERM")
    if few or "NO_COLOR" in os.environ:
        os.environ.setdefault("TEXTUAL_THEME", "ansi-dark")


def launch(desk: Desk, found: Found, *, mouse: bool) -> int:
    """Run the workstation with the settings that were found until the clerk leaves; return the exit status.

    0: the clerk left, so the book may be closed in good order. 128 and a signal's number: the process was told to
    end, or its terminal is gone; it has only a moment left, and ends by itself when that is over.
    """
    prepare_environment()
    from arctui.tui.app import ArctuiApp
    from arctui.tui.terminal import Terminal

    terminal = Terminal()
    app = ArctuiApp(desk, terminal, found)
    terminal.watch()
    app.run(mouse=mouse or found.settings.switch("screen.mouse"))
    return terminal.release(app.return_code or 0)
