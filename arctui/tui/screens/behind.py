"""The accounts behind a figure: what each brings to it, the sum above. Enter goes to an account on the desk."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from arctui.desk import Desk
from arctui.desk.board import Board, Row
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.views.behind import behind_heads, behind_line
from arctui.tui.views.facts import facts
from arctui.tui.widgets.keybar import KeyBar
from arctui.tui.widgets.lines import Line, Lines
from arctui.tui.widgets.rowlist import RowList


class BehindScreen(Screen[str]):
    """Dismissed with the account that is to be opened, "" for none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "go to the account on the desk", show=False),
        Binding("i", "account", "show the whole account over the list", show=False),
        Binding("escape,q", "leave", "back to the figures", show=False),
    ]

    def __init__(self, desk: Desk, board: Board, key: str) -> None:
        super().__init__()
        self._desk, self._board, self._behind = desk, board, board.behind[key]
        self._rows: RowList[Row] = RowList(self._draw, empty="   no account is behind it", id="behind")

    def compose(self) -> ComposeResult:
        """Lay out what it is, the accounts, and keys."""
        heads = Lines(id="behind-heads")
        heads.can_focus = False
        yield heads
        yield self._rows
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the accounts, the largest part first."""
        self.query_one(KeyBar).hint(
            [("Enter", "to the account"), ("i", "look at it"), ("j k", "move"), ("Esc", "back")]
        )
        rows = {str(number): row for number, row in enumerate(self._behind.rows)}
        self._rows.fill(list(rows), rows.__getitem__)
        # Not `focus()`, which waits its turn: the next key may be here already.
        self.set_focus(self._rows)

    def on_resize(self) -> None:
        """Break the words for the width."""
        heads = self.query_one("#behind-heads", Lines)
        lines = behind_heads(self._board, self._behind, max(10, self.size.width - 2))
        heads.styles.height = len(lines)
        heads.show(lines)

    def _draw(self, row: Row, width: int, has_cursor: bool) -> Sequence[Line]:
        return [behind_line(self._behind, row, width, has_cursor=has_cursor)]

    @property
    def _account(self) -> str:
        return self._rows.row(self._rows.chosen).account if self._rows.chosen else ""

    def action_open(self) -> None:
        """Leave for the account on the desk."""
        if self._account:
            self.dismiss(self._account)

    def action_account(self) -> None:
        """Show the whole account; Escape comes back to this row."""
        account = self._account
        if account and self._desk.knows(account):
            self.app.push_screen(
                ListingScreen("ACCOUNT", lambda width: facts(self._desk, account, width, whole=True))
            )

    def action_leave(self) -> None:
        """Go back to the figures."""
        self.dismiss("")
