"""The prompt: one line to type, and below it what was understood, live. Knows no grammar."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input, Static

from arctui.core.text import clean
from arctui.tui.widgets.lines import Line, Lines, one_line, shorten

#: Of the screen's lines so many are not the reading's: header, status, keys, the line itself, and a few of what is
#: behind it.
_AROUND = 7


class CleanInput(Input):
    """An input that takes no control characters, wherever a text comes from, and the whole of a paste as one line."""

    #: Its room does not depend on what is typed: nothing is laid out anew for a key.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    class Emptied(Message):
        """Backspace was pressed although nothing stands in it."""

    def validate_value(self, value: str) -> str:
        """Return what may stand in it: a draft may have been written into the book's file by anybody."""
        return one_line(value)

    def action_delete_left(self) -> None:
        """Delete the character before the cursor."""
        if not self.value:
            self.post_message(self.Emptied())
        super().action_delete_left()

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(clean(event.text))


class Prompt(Vertical):
    """A line with a title; hidden until it is opened for a purpose."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+y", "insist", show=False),
    ]

    class Typed(Message):
        """The text changed."""

        def __init__(self, purpose: str, text: str) -> None:
            super().__init__()
            self.purpose = purpose
            self.text = text

    class Entered(Typed):
        """Enter was pressed, or the key that says yes to what Enter has asked."""

        def __init__(self, purpose: str, text: str, *, sure: bool = False) -> None:
            super().__init__(purpose, text)
            self.sure = sure

    class Left(Typed):
        """Escape was pressed; the text is what stood there."""

    class Emptied(Typed):
        """Backspace was pressed on an empty line."""

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self.purpose = ""
        self._lines = 0
        self._understood: Sequence[Line] = ()
        self.display = False

    def compose(self) -> ComposeResult:
        """Lay out title, input and reading."""
        with Horizontal(id="prompt-line"):
            yield Static("", markup=False, id="prompt-title")
            yield CleanInput(id="prompt-input", compact=True, select_on_focus=False)
        yield Lines(id="prompt-reading")

    def on_mount(self) -> None:
        """The reading is never focused; the cursor does not blink (a byte a second over a slow line)."""
        self.reading.can_focus = False
        self.input.cursor_blink = False

    @property
    def input(self) -> Input:
        """The input."""
        return self.query_one("#prompt-input", Input)

    @property
    def reading(self) -> Lines:
        """What was understood."""
        return self.query_one("#prompt-reading", Lines)

    def open(self, purpose: str, title: str, text: str = "", *, lines: int = 3) -> None:
        """Open the prompt for a purpose, with a title, a text to go on from, and so many lines for the reading."""
        self.purpose = purpose
        self.query_one("#prompt-title", Static).update(one_line(f" {title} "))
        self._lines = self.reading.styles.height = lines
        self._understood = ()
        self.reading.show([])
        self.display = True
        with self.prevent(Input.Changed):
            self.input.value = text
        self.input.cursor_position = len(text)
        # Not `focus()`, which waits its turn: the next key may be here already.
        self.screen.set_focus(self.input)
        self.post_message(self.Typed(purpose, text))

    def close(self) -> None:
        """Hide the prompt."""
        self.display = False
        self.purpose = ""

    def understood(self, lines: Sequence[Line]) -> None:
        """Show what was understood as far as half the screen allows, but every warning, and how much is left out."""
        self._understood = lines
        height = self.screen.size.height
        shown = shorten(lines, max(self._lines, height // 2 - 2), height - _AROUND)
        self.reading.styles.height = max(self._lines, len(shown))
        self.reading.show(shown)

    def shows(self, lines: Sequence[Line]) -> bool:
        """Was it this that was understood last?"""
        return self._understood == lines

    def fit(self) -> None:
        """Take the room that the screen has now."""
        if self.display:
            self.understood(self._understood)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.purpose:
            self.post_message(self.Typed(self.purpose, event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.purpose:
            self.post_message(self.Entered(self.purpose, event.value))

    @on(CleanInput.Emptied)
    def _emptied(self, event: CleanInput.Emptied) -> None:
        event.stop()
        if self.purpose:
            self.post_message(self.Emptied(self.purpose, ""))

    def action_insist(self) -> None:
        """Say yes to what Enter has asked."""
        self.post_message(self.Entered(self.purpose, self.input.value, sure=True))

    def action_leave(self) -> None:
        """Leave without saving."""
        self.post_message(self.Left(self.purpose, self.input.value))
