"""The line of an import or an export that goes on: what is being done, how far it is, and how long it will take."""

from arctui.core.text import plural
from arctui.desk.beside import Stand
from arctui.tui.widgets.lines import Line, clip

_BAR = 16
_MINUTE = 60


def progress_line(file: str, stand: Stand, width: int) -> Line:
    """Lay the line out; where there is little room the file's name is cut, then the bar left out."""
    keys = "   X cancels"
    said = f" {stand.stage}"
    if stand.total:
        said += f"  {stand.done:,} of {stand.total:,}"
    if stand.left is not None:
        said += f", {_left(stand.left)} left"
    room = width - len(said) - len(keys) - 3
    bar = _bar(stand) if stand.total and room > _BAR + len(file) + 4 else ""
    name = clip(file, max(8, room - len(bar)))
    return ((f" {name}:", "strong"), (said, ""), (bar, "accent"), (keys, "dim"))


def _bar(stand: Stand) -> str:
    done = _BAR * min(stand.done, stand.total) // stand.total
    return f"  {'━' * done}{'─' * (_BAR - done)}"


def _left(seconds: float) -> str:
    """Say how long it will take: seconds, or minutes from two on."""
    if seconds < 2 * _MINUTE:
        return f"{max(1, round(seconds))} s"
    return plural(round(seconds / _MINUTE), "minute")
