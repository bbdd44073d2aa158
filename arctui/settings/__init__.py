"""The settings of a workstation: one commented TOML file of the host and one of the user, checked line by line.

What the figures depend on is no setting but the firm's policy; it is kept in the book, with its history.
"""

import os
from pathlib import Path

import arctui

#: What only the owner of the host can write. No variable of the environment and no option names another one.
HOST_FILE = Path(arctui.HOST_FILE)


def has_host_file() -> bool:
    """Is there a settings file of the host? One that cannot be looked for counts as there: reading it says why."""
    try:
        os.stat(HOST_FILE)  # noqa: PTH116  asked at every start: nothing is loaded for it
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        pass
    return True
