"""A list that is found in by typing: Enter chooses, Escape leads back."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input

from arctui.core.text import fold
from arctui.tui.widgets.keybar import KeyBar
from arctui.tui.widgets.lines import Line, Lines, fit
from arctui.tui.widgets.prompt import CleanInput
from arctui.tui.widgets.rowlist import RowList

#: So many rows are shown of those that are found: who sees more types on.
MOST = 200


@dataclass(frozen=True)
class Found:
    """A row: its key or letter, its text, what stands behind it, and the folded text in which it is found."""

    key: str
    text: str
    more: str
    haystack: str
    dim: bool = False


class FindScreen(ModalScreen[str]):
    """Dismissed with the id of the chosen row, "" for none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("enter", "choose", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("f1", "app.guide", show=False),
    ]

    def __init__(
        self,
        title: str,
        subtitle: str,
        rows: Mapping[str, Found],
        verb: str = "choose",
        *,
        digits: Sequence[str] = (),
        by_digit: str = "choose at once",
        finder: Callable[[str], Mapping[str, Found]] | None = None,
    ) -> None:
        """`digits`: the rows that a digit chooses at once, which the keys call `by_digit`.

        `finder` finds also other rows for what is typed.
        """
        super().__init__()
        self._title = title
        self._subtitle = subtitle
        self._all = dict(rows)
        self._verb = verb
        self._digits = tuple(digits)
        self._by_digit = by_digit
        self._finder = finder or self._among_all
        self._key_width = max((len(row.key) for row in rows.values()), default=1)
        self._rows: RowList[Found] = RowList(self._draw, empty="   nothing is found", id="found")

    def compose(self) -> ComposeResult:
        """Lay out title, input, list and keys."""
        title = Lines(id="find-title")
        title.can_focus = False
        yield title
        yield CleanInput(placeholder="type to find", compact=True, id="find")
        self._rows.can_focus = False
        yield self._rows
        yield KeyBar()

    def on_mount(self) -> None:
        """Show every row."""
        by_digit = [(f"1-{len(self._digits)}", self._by_digit)] if self._digits else []
        self.query_one(KeyBar).hint([("Enter", self._verb), *by_digit, ("Up Down", "move"), ("Esc", "back")], None)
        find = self.query_one("#find", Input)
        find.cursor_blink = False
        # Not `focus()`, which waits its turn: the next key may be here already.
        self.set_focus(find)
        self._rows.fill(list(self._all), self._all.__getitem__)
        self._retitle()

    @on(RowList.Moved)
    def _retitle(self) -> None:
        """Say what is found in, and how many are, in view or not."""
        count = len(self._rows.keys)
        place = f"{self._rows.cursor + 1} of {count}" if count else "none"
        if count >= MOST:
            place += " or more: type on to find others"
        self.query_one("#find-title", Lines).show(
            [((f" {self._title}", "title"), (f"  {self._subtitle}  ", "dim"), (place, "dim"))]
        )

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        if len(event.value) == 1 and event.value.isdecimal() and 1 <= int(event.value) <= len(self._digits):
            self.dismiss(self._digits[int(event.value) - 1])
            return
        rows = self._finder(event.value) if event.value.strip() else self._all
        self._rows.fill(list(rows), rows.__getitem__, next(iter(rows), ""))
        self._retitle()

    def _among_all(self, text: str) -> Mapping[str, Found]:
        return among(self._all, text)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._rows.action_move(by)

    def action_page(self, direction: int) -> None:
        """Move the cursor by a page."""
        self._rows.action_page(direction)

    def action_choose(self) -> None:
        """Leave with the chosen row."""
        self.dismiss(self._rows.chosen)

    def action_leave(self) -> None:
        """Leave without choosing."""
        self.dismiss("")

    def _draw(self, row: Found, width: int, has_cursor: bool) -> Sequence[Line]:
        pointer = ">" if has_cursor else " "
        more = f"  {row.more}" if row.more else ""
        return [
            (
                (f"{pointer} {fit(row.key, self._key_width)}  ", "accent"),
                (fit(row.text + more, max(1, width - self._key_width - 4)), "dim" if row.dim else ""),
            )
        ]


def among(rows: Mapping[str, Found], text: str) -> dict[str, Found]:
    """Return the rows that have all words of a text, the nearest first."""
    words = fold(text).split()
    found = [(name, row) for name, row in rows.items() if all(word in row.haystack for word in words)]
    return dict(sorted(found, key=lambda each: _ranks(words, each[1])))


def _ranks(words: Sequence[str], row: Found) -> tuple[int, int]:
    """Return what sorts a row: how near it is to what was typed, and of those alike how near its own text is."""
    return _distance(words, row.haystack), _distance(words, fold(row.text))


def _distance(words: Sequence[str], haystack: str) -> int:
    """Say how far what was typed is from what is found: whole words first, then beginnings, then parts of words."""
    known = re.findall(r"\w+", haystack)
    return sum(0 if word in known else 1 if any(k.startswith(word) for k in known) else 2 for word in words)
