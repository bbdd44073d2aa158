"""Whether a start can begin with the early picture, and the picture that it begins with."""

import os
import sys

from arctui import HOST_FILE

TYPE_CHECKING = False  # that of `typing`, which would have to be loaded
if TYPE_CHECKING:
    from arctui.glance.stage import Stage


def begin(arguments: list[str], *, allowed: bool = False) -> "Stage | None":
    """Show the early picture where one is kept for just this start, None else.

    On a host with settings of its own these say first what may be looked at; `allowed`: they did.
    """
    asked = _asked(arguments)
    if asked is None or not _in_front() or (os.path.lexists(HOST_FILE) and not allowed):
        return None
    # No command needs these.
    from arctui.glance import kept
    from arctui.glance.stage import Stage

    try:
        size = os.get_terminal_size(1)
        book = os.path.realpath(os.path.expanduser(asked[0]))
        found = kept.picture(book, asked[1], (size.columns, size.lines))
        return Stage.shown(found) if found else None
    except (OSError, ValueError):
        return None


def leave() -> None:
    """Give the terminal back where the early picture still has it."""
    if (loaded := sys.modules.get("arctui.glance.stage")) and (stage := loaded.Stage.now()):
        stage.leave()


def _asked(arguments: list[str]) -> tuple[str, str] | None:
    """Return the book and the day ("" = the real one) of a command line that just opens the workstation."""
    given = {"--book": os.environ.get("ARCTUI_BOOK", ""), "--date": os.environ.get("ARCTUI_DATE", "")}
    rest = list(arguments)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name not in given or not (equals or rest):
            return None
        value = value if equals else rest.pop(0)
        if value.startswith("-"):
            return None
        given[name] = value or given[name]
    day = _day(given["--date"])
    return None if day is None else (given["--book"] or _usual_book(), day)


def _day(text: str) -> str | None:
    """Return the day of "2026-11-23" or "2026-11-23T10:12", None for what is written otherwise."""
    day, hour = text[:10], text[10:]
    if not text:
        return ""
    is_day = len(day) == 10 and day[4] == day[7] == "-" and day.replace("-", "").isdecimal() and day.isascii()
    return day if is_day and (not hour or (hour[0] in "T " and hour[1:].isascii())) else None


def _usual_book() -> str:
    """Return where the book lies that no name was given for, as `platformdirs` says it where files are XDG's."""
    folder = os.environ.get("XDG_DATA_HOME", "").strip() or "~/.local/share"
    return f"{folder}/arctui/book.json"


def _in_front() -> bool:
    """Is this a program in the foreground of one terminal, of which nothing but the terminal says how large it is?"""
    if sys.platform == "win32" or any(os.environ.get(name) for name in ("COLUMNS", "LINES", "TEXTUAL_DRIVER")):
        return False
    try:
        if not all(map(os.isatty, (0, 1, 2))) or len({os.fstat(handle).st_rdev for handle in (0, 1, 2)}) > 1:
            return False
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False
