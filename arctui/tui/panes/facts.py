"""The facts pane: all that the clerk must know of the account under the cursor."""

from collections.abc import Callable

from arctui.tui.widgets.lines import Line, Lines


class FactsPane(Lines):
    """Shows lines that depend on its width."""

    def __init__(self) -> None:
        super().__init__(id="facts")
        self._make: Callable[[int], list[Line]] = lambda _: []

    def show_facts(self, make: Callable[[int], list[Line]], *, top: bool) -> None:
        """Show what `make` returns for the pane's width; `top` when it is another account."""
        self._make = make
        self.show(make(self.size.width - 1), top=top)

    def on_resize(self) -> None:
        """Break the lines anew."""
        super().on_resize()
        self.show(self._make(self.size.width - 1))
