"""The `?` list: every action with its key; type to find, Enter runs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input

from arctui.core.text import fold
from arctui.tui.actions import ACTIONS, Action, State, key_label
from arctui.tui.widgets.keybar import KeyBar
from arctui.tui.widgets.lines import Line, Lines, fit
from arctui.tui.widgets.prompt import CleanInput
from arctui.tui.widgets.rowlist import RowList


@dataclass(frozen=True)
class HelpRow:
    """An action in the list, with why it is not possible now."""

    action: Action
    hindered: str


class HelpScreen(ModalScreen[str]):
    """Dismissed with the id of the action to run, "" for none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("enter", "run", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]

    def __init__(self, state: State) -> None:
        super().__init__()
        self._all = {action.id: HelpRow(action, action.reason(state)) for action in ACTIONS}
        self._rows: RowList[HelpRow] = RowList(_draw, empty="   no such action", id="help-rows")

    def compose(self) -> ComposeResult:
        """Lay out title, input, list and keys."""
        title = Lines(id="help-title")
        title.can_focus = False
        yield title
        yield CleanInput(placeholder="type to find", compact=True, id="help-find")
        self._rows.can_focus = False
        yield self._rows
        yield KeyBar()

    def on_mount(self) -> None:
        """Show every action."""
        self.query_one("#help-title", Lines).show([((" KEYS", "title"), ("  of the workstation", "dim"))])
        self.query_one(KeyBar).hint([("Enter", "run it"), ("Up Down", "choose"), ("Esc", "back")], None)
        find = self.query_one("#help-find", Input)
        find.cursor_blink = False
        find.focus()
        self._rows.fill(list(self._all), self._all.__getitem__)

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        words = fold(event.value).split()
        texts = {name: fold(f"{row.action.label} {row.action.help}") for name, row in self._all.items()}
        found = [name for name, text in texts.items() if all(word in text for word in words)]
        self._rows.fill(found, self._all.__getitem__)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._rows.action_move(by)

    def action_page(self, direction: int) -> None:
        """Move the cursor by a page."""
        self._rows.action_page(direction)

    def action_run(self) -> None:
        """Leave and run the chosen action."""
        self.dismiss(self._rows.chosen)

    def action_leave(self) -> None:
        """Leave without running anything."""
        self.dismiss("")


def _draw(row: HelpRow, width: int, has_cursor: bool) -> Sequence[Line]:
    pointer = ">" if has_cursor else " "
    keys = " ".join(key_label(key) for key in row.action.keys)
    why = "  (not now: Enter says why)" if row.hindered else ""
    return [
        (
            (f"{pointer} {fit(keys, 14)}", "accent"),
            (fit(row.action.help + why, width - 16), "dim" if row.hindered else ""),
        )
    ]
