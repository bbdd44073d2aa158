"""The key bar: the keys of the moment, the less important dropped where there is no room, help always kept."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events

from arctui.tui.widgets.lines import Line, Lines

#: A key and what it does.
Hint = tuple[str, str]

_HELP: Hint = ("?", "more")


def lay_out(hints: Sequence[Hint], width: int, last: Hint | None = _HELP) -> Line:
    """Return the line: hints in their order as far as they fit, then always the last one."""
    ending = f"{last[0]} {last[1]}" if last else ""
    room = width - cell_len(ending) - 2
    parts: list[tuple[str, str]] = [(" ", "")]
    used = 1
    for key, label in hints:
        length = cell_len(key) + 1 + cell_len(label) + 2
        if used + length > room:
            break
        parts += [(key, "accent"), (f" {label}  ", "dim")]
        used += length
    if last:
        parts += [(last[0], "accent"), (f" {last[1]}", "dim")]
    return tuple(parts)


class KeyBar(Lines, can_focus=False):
    """One line of keys at the foot of the screen."""

    def __init__(self) -> None:
        super().__init__(id="keybar")
        self._hints: Sequence[Hint] = ()
        self._last: Hint | None = _HELP

    def hint(self, hints: Sequence[Hint], last: Hint | None = _HELP) -> None:
        """Show these keys."""
        self._hints, self._last = hints, last
        self.show([lay_out(hints, self.size.width or 80, last)])

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked on."""
        from arctui.tui.clicks import press_shown

        press_shown(self, event.x, event.y)

    def on_resize(self) -> None:
        """Lay the keys out for the new width."""
        super().on_resize()
        self.hint(self._hints, self._last)
