"""Opening the workstation from the command line."""

import os

from arctui.desk import Desk


def prepare_environment() -> None:
    """Set what Textual reads when it is imported; what the clerk has set stands."""
    # A dropped connection must not leave the clerk's shell in a mode where Enter prints "13;129u".
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    os.environ.setdefault("TEXTUAL_FPS", "30")


def launch(desk: Desk, *, mouse: bool) -> int:
    """Run the workstation until the clerk leaves; return the exit status."""
    prepare_environment()
    from arctui.tui.app import ArctuiApp
    from arctui.tui.terminal import watch_terminal

    watch_terminal()
    app = ArctuiApp(desk)
    app.run(mouse=mouse)
    return app.return_code or 0
