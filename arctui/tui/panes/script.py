"""The middle pane: the call that is open, else the promise under review, else the facts of the account."""

from rich.cells import cell_len
from textual import events

from arctui.tui.widgets.lines import Line, MadeLines


class ScriptPane(MadeLines):
    """Shows lines that depend on its width; at its edge it says how many more there are above or below.

    A scrollbar would be painted, and laid out, anew with each account.
    """

    def __init__(self) -> None:
        super().__init__(id="script")

    def on_click(self, event: events.Click) -> None:
        """Press the key of the reply, or of the choice, that was clicked on."""
        from arctui.tui.clicks import press_shown

        if self.has_focus:
            event.stop()
            # Beside the lines is one cell of room.
            press_shown(self, event.x - self.gutter.left, event.y)

    def drawn(self, y: int) -> tuple[Line, bool]:
        """Return what stands in a row of the pane."""
        line, has_cursor = super().drawn(y)
        top, height = self._top, self._height
        below = y == height - 1 and top + height < self.line_count
        mark = "↓" if below else "↑" if y == 0 and top else ""
        if not mark:
            return line, has_cursor
        used = sum(cell_len(text) for text, _ in line)
        hidden = self.line_count - top - height if below else top
        counted = f"{hidden} more {mark}"
        if used + cell_len(counted) + 2 <= self._width:
            mark = counted
        gap = self._width - cell_len(mark) - used
        return (*line, (" " * gap, ""), (mark, "accent")), has_cursor
