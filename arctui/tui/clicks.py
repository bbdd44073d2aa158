"""The mouse, where it is taken: what a click on a line means. It is never needed: all that it does has a key.

A click on a key that is shown (in the key bar, before a reply) presses that key.
"""

from functools import cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events

from arctui.actions.model import key_label
from arctui.actions.table import ACTIONS
from arctui.tui.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


def key_at(line: Line, x: int) -> str:
    """Return the key that is shown at a cell of a line, or before the words that stand there; "" for none."""
    found, begin = "", 0
    for text, role in line:
        if begin > x:
            break
        if role == "accent":
            found = text.strip()
        elif not text.strip() and begin <= x < begin + cell_len(text):
            return ""
        begin += cell_len(text)
    return _keys().get(found, "") if x < begin else ""


@cache
def _keys() -> dict[str, str]:
    """The keys by the names under which they are shown."""
    return {key_label(key): key for action in reversed(ACTIONS) for key in reversed(action.keys)}


def press_shown(lines: Lines, x: int, y: int) -> None:
    """Press the key that is shown in a cell of a widget, if there is one."""
    if 0 <= y < lines.size.height and (key := key_at(lines.drawn(y)[0], x)):
        lines.app.simulate_key(key)


def enter_clicked(desk: "DeskScreen", event: events.Click) -> None:
    """Go to the pane that was clicked into, unless a line is being typed."""
    widget, _ = desk.get_widget_at(event.screen_x, event.screen_y)
    clicked = [each.id for each in widget.ancestors_with_self]
    name = next((name for name in ("worklist", "script", "calendar") if name in clicked), "")
    if name and not desk.is_typed_in and desk.front != name:
        desk.action_act(name)
