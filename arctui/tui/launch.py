"""Opening the workstation from the command line."""

import os
from collections.abc import Callable

from arctui.desk import Desk
from arctui.glance import kept
from arctui.glance.stage import Stage
from arctui.settings.files import Found

#: Returned where the first start is left for the demo book: no exit status is below 0.
TO_DEMO = -1


#: What the setting of the colours means to Textual.
_COLOURS = {"16": "standard", "256": "256", "full": "truecolor"}


def prepare_environment(colours: str = "auto") -> None:
    """Set what Textual reads when it is imported; what the clerk has set stands.

    `colours`: as the settings say: auto, none, 16, 256, full. With 16 or fewer they are the terminal's own.
    """
    # A dropped connection must not leave the clerk's shell in a mode where Enter prints "13;129u".
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    os.environ.setdefault("TEXTUAL_FPS", "30")
    looked = kept.look()
    if colours == "none":
        os.environ["NO_COLOR"] = "1"
    elif colours in _COLOURS:
        os.environ.pop("NO_COLOR", None)
        os.environ["TEXTUAL_COLOR_SYSTEM"] = _COLOURS[colours]
    palette = "ansi-dark" if colours == "16" else kept.theme()
    if palette and not (colours in ("256", "full") and "TEXTUAL_THEME" not in os.environ):
        os.environ.setdefault("TEXTUAL_THEME", palette)
    kept.set_look(looked)


def launch(
    desk: Desk, found: Found, *, mouse: bool, demo: bool = False, tour: bool = False
) -> tuple[int, Callable[[], None]]:
    """Run the workstation with the settings that were found until the clerk leaves.

    Returns the exit status, and what keeps the next start's picture; it is to be kept when the book has been left.

    `demo`: the book is the demo's; `tour`: its tour begins at once.

    TO_DEMO: a new user wants to see the demo book first. 0: the clerk left, so the book may be closed in good order.
    128 and a signal's number: the process was told to end, or its terminal is gone; it has only a moment left, and
    ends by itself when that is over.
    """
    prepare_environment(found.settings.word("screen.colours"))
    from arctui.tui.app import ArctuiApp
    from arctui.tui.terminal import Terminal

    # It was checked while all this was loaded.
    desk.book.check_seal()
    stage = Stage.now()
    terminal = Terminal(stage.attributes if stage else None)
    app = ArctuiApp(desk, terminal, found, stage, welcomes=not demo, demo=demo, tour=tour)
    if stage:
        stage.hand_over_signals()
    terminal.watch()
    app.run(mouse=mouse or found.settings.switch("screen.mouse"))
    status = terminal.release(app.return_code or 0)
    return TO_DEMO if app.wants_demo and not status else status, app.keep_glance
