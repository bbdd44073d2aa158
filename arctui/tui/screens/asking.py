"""Screens over the desk that have a text or a list, and below it a line for what is asked: letters, papers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from arctui import fence
from arctui.desk import DeskError
from arctui.desk.errors import CardNumberError
from arctui.store import BookError
from arctui.tui.paths import completed, completions
from arctui.tui.widgets.keybar import Hint, KeyBar
from arctui.tui.widgets.lines import Line, Lines, clip, wrap
from arctui.tui.widgets.prompt import CleanInput
from arctui.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


@dataclass(frozen=True)
class Question:
    """What the line below is open for: the words that ask, what Enter does with it, and whether it is a path."""

    words: str
    verb: str
    entered: Callable[[str], None]
    is_path: bool = False


class AskingScreen(Screen[str]):
    """A head, then a list or a text, then the line, what was said last, and keys.

    Dismissed with what the desk below is to do next, "" for nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave the line, else what is shown, else this", show=False),
        Binding("tab", "complete", show=False),
        Binding("ctrl+y", "no_card", "what looks like a card number is none", show=False),
    ]

    #: The kind of list.
    LIST: ClassVar[type[RowList[Any]]] = RowList

    def __init__(self, screen: "DeskScreen", empty: str) -> None:
        """`screen` is the desk below; `empty` is said where the list has no row."""
        super().__init__()
        self._below, self._desk = screen, screen.desk
        self._question: Question | None = None
        self._told: tuple[str, str] = ("", "")
        # What looks like a card number in what was entered last.
        self._doubted: tuple[str, ...] = ()
        # The last act that is shown.
        self._number = 0
        self._rows: RowList[Any] = self.LIST(self._draw, empty=empty, id="behind")

    def compose(self) -> ComposeResult:
        """Lay out title, head, list and text, of which one is shown, the line, what was said last, and keys."""
        title, head, told, progress = (
            Lines(id=name) for name in ("listing-title", "asking-head", "listing-told", "progress")
        )
        for fixed in (title, head, told, progress):
            fixed.can_focus = False
        yield title
        yield head
        yield self._rows
        yield Lines(id="listing")
        yield CleanInput(compact=True, select_on_focus=False, id="split")
        yield told
        yield progress
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what there is."""
        line = self.query_one("#split", Input)
        line.display, line.cursor_blink = False, False
        self.show()

    def on_resize(self) -> None:
        """Break the words for the width."""
        self.show()
        self.query_one("#listing", Lines).find_place()
        self.tell(*self._told)

    # What is shown

    def _draw(self, row: Any, width: int, has_cursor: bool) -> Sequence[Line]:
        """Return the lines of a row."""
        raise NotImplementedError

    def show(self) -> None:
        """Show everything as it is now; without the account that it is about there is nothing to show."""
        self._number = self._desk.book.number
        try:
            self.show_now()
        except (DeskError, BookError) as error:
            self._below.tell(str(error), "warn")
            self.dismiss("")

    def follow(self) -> None:
        """Show what others did, after it was taken over from the book."""
        if self._number != self._desk.book.number:
            self.show()

    def show_now(self) -> None:
        """Show what there is by `show_parts`. Raises DeskError where it is no longer in the book."""
        raise NotImplementedError

    def show_parts(
        self, title: str, more: str, head: Sequence[Line], text: Sequence[Line] | None, keys: Sequence[Hint]
    ) -> None:
        """Show a title, a head of as many lines as it has, and a text; None: the list in its place."""
        room = max(0, self.size.width - cell_len(title) - 3)
        self.query_one("#listing-title", Lines).show([((f" {title}", "title"), (f"  {clip(more, room)}", "dim"))])
        heading = self.query_one("#asking-head", Lines)
        heading.styles.height = len(head)
        heading.show(head)
        listing = self.query_one("#listing", Lines)
        listing.display, self._rows.display = text is not None, text is None
        listing.show(text or [])
        if self._question is None:
            self.query_one(KeyBar).hint(keys)
            self.set_focus(self.work)

    @property
    def work(self) -> Widget:
        """The part that has the keys."""
        return self._rows if self._rows.display else self.query_one("#listing")

    def top(self) -> None:
        """Scroll the text to its beginning."""
        self.query_one("#listing", Lines).scroll_home(animate=False)

    def tell(self, text: str, role: str = "") -> None:
        """Say something under what is shown; "" for nothing."""
        self._told = (text, role)
        for told in self.query("#listing-told").results(Lines):
            lines = wrap(f" {text}", max(2, self.size.width - 1), role, indent=1) if text else []
            told.styles.height = len(lines)
            told.show(lines)

    # Acting

    def attempt(self, act: Callable[[], str]) -> bool:
        """Do an act and say what came of it, here and on the desk below; return whether it was done."""
        self._doubted = ()
        try:
            said = act()
        except CardNumberError as error:
            self._doubted = error.numbers
            self.tell(f"{error}   Ctrl+Y: it is none, keep it", "warn")
            return False
        except (DeskError, BookError) as error:
            self.tell(str(error), "bad" if isinstance(error, BookError) else "warn")
            return False
        self.tell(said, "good")
        if said:
            self._below.tell(said, "good")
        return True

    def action_no_card(self) -> None:
        """The clerk says that it is no card number: what is in the line is entered once more."""
        if self._doubted and self._question:
            self._desk.cards.allow(self._doubted)
            self._question.entered(self.query_one("#split", Input).value)

    def action_undo(self) -> None:
        """Undo the last act; for a screen that has a key for it."""
        self.attempt(self._undo)
        self.show()

    def _undo(self) -> str:
        undone = f"undone: {self._desk.undo().act}"
        return "; ".join(filter(None, [undone, self._desk.letters.files.set_aside()]))

    def action_leave(self) -> None:
        """Leave the line that is typed, else what is shown, else the screen."""
        if self._question:
            self.answered()
            self.tell("")
        else:
            self.leave()

    def leave(self) -> None:
        """Leave what is shown."""
        self.dismiss("")

    # The line

    def ask(self, question: Question, text: str = "") -> None:
        """Open the line, with a text to go on from."""
        self._question = question
        line = self.query_one("#split", Input)
        line.display, line.value = True, text
        line.cursor_position = len(text)
        # Not `focus()`, which waits its turn: the next key may be here already.
        self.set_focus(line)
        self.tell(question.words, "dim")
        more: list[Hint] = [("Tab", "complete")] if question.is_path else []
        self.query_one(KeyBar).hint([("Enter", question.verb), *more, ("Esc", "leave it")], None)

    def answered(self) -> None:
        """Close the line."""
        self._question = None
        self.query_one("#split").display = False
        self.show()

    @on(Input.Changed, "#split")
    def _typed(self, event: Input.Changed) -> None:
        if self._question and self._question.is_path and event.value.strip():
            names = [path.name + ("/" if path.is_dir() else "") for path in completions(event.value)[:12]]
            self.tell("   ".join(names) or "no such file", "dim")

    @on(Input.Submitted, "#split")
    def _entered(self, event: Input.Submitted) -> None:
        if self._question:
            self._question.entered(event.value)

    def action_complete(self) -> None:
        """Complete the path that is being typed as far as it is certain."""
        if self._question and self._question.is_path:
            line = self.query_one("#split", Input)
            line.value = completed(line.value)
            line.cursor_position = len(line.value)


def typed_path(text: str) -> Path:
    """Return the path that was typed, or the only file that it may become. Raises DeskError for none."""
    path = fence.named(text.strip())
    if not text.strip():
        raise DeskError("which file? write its path")
    found = completions(text)
    return found[0] if not fence.is_there(path) and len(found) == 1 else path
