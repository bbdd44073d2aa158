"""The middle pane: the call that is open, else the promise under review, else the facts of the account."""

from collections.abc import Callable

from arctui.tui.widgets.lines import Line, Lines


class ScriptPane(Lines):
    """Shows lines that depend on its width."""

    def __init__(self) -> None:
        super().__init__(id="script")
        self._make: Callable[[int], list[Line]] = lambda _: []

    def show_made(self, make: Callable[[int], list[Line]], *, top: bool) -> None:
        """Show what `make` returns for the pane's width; `top` when it is about something else now."""
        self._make = make
        self.show(make(self.size.width - 1), top=top)

    def on_resize(self) -> None:
        """Break the lines anew."""
        super().on_resize()
        self.show(self._make(self.size.width - 1))
