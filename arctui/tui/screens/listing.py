"""Screens that show lines: a whole account, its history, the result of an import."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from arctui.desk import DeskError
from arctui.store import BookError
from arctui.tui.widgets.keybar import Hint, KeyBar
from arctui.tui.widgets.lines import Line, Lines, wrap


class ListingScreen(Screen[None]):
    """Lines over the whole screen, scrolled by keys; Escape, q or Enter leads back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,i,H", "dismiss", "back", show=False),
        Binding("g", "to_top", show=False),
    ]

    #: Keys of its own, with what they do.
    KEYS: ClassVar[tuple[Hint, ...]] = ()
    #: The keys that every listing has, behind its own.
    LAST_KEYS: ClassVar[tuple[Hint, ...]] = (("Esc", "back"), ("j k Space", "scroll"))
    #: What leads to the list of all its keys.
    MORE: ClassVar[Hint] = ("?", "more")

    def __init__(self, title: str, make: Callable[[int], list[Line]]) -> None:
        """`make` returns the lines for a width."""
        super().__init__()
        self._title = title
        self._make = make
        self._told: tuple[str, str] = ("", "")

    def compose(self) -> ComposeResult:
        """Lay out title, lines, what was said last, and keys."""
        title, told = Lines(id="listing-title"), Lines(id="listing-told")
        title.can_focus = told.can_focus = False
        yield title
        yield Lines(id="listing")
        yield told
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the lines."""
        self.query_one("#listing-title", Lines).show([((f" {self._title}", "title"),)])
        self.query_one(KeyBar).hint([*self.KEYS, *self.LAST_KEYS], self.MORE)
        self.query_one("#listing", Lines).focus()

    def on_resize(self) -> None:
        """Break the lines for the width."""
        self.show_again()
        self.query_one("#listing", Lines).find_place()
        self.tell(*self._told)

    def action_to_top(self) -> None:
        """Scroll to the beginning."""
        self.query_one("#listing", Lines).scroll_home(animate=False)

    def tell(self, text: str, role: str) -> None:
        """Say something under the lines, wherever they are scrolled to; "" for nothing."""
        self._told = (text, role)
        for told in self.query("#listing-told").results(Lines):
            lines = wrap(f" {text}", max(2, self.size.width - 1), role, indent=1) if text else []
            told.styles.height = len(lines)
            told.show(lines)

    def show_again(self) -> None:
        """Make the lines anew, after something changed; the place in them stays."""
        shown = next(iter(self.query("#listing").results(Lines)), None)
        if shown is None:
            # It is being laid out still: it is shown once that is done.
            return
        try:
            lines = self._make(self.size.width - 4)
        except (DeskError, BookError):
            # The account is gone, or the history cannot be read just now: what is shown was true.
            return
        shown.show(lines)
