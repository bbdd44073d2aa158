"""The worklist pane: whom to call, in order, and why."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from arctui.tui.views.entries import Entry, draw_entry
from arctui.tui.widgets.lines import Line, Lines
from arctui.tui.widgets.rowlist import RowList


class WorklistPane(Vertical):
    """A title that says what is shown, and the list."""

    def __init__(self) -> None:
        super().__init__(id="worklist")
        self._tall = False
        self.list: RowList[Entry] = RowList(self._draw, id="accounts")

    def compose(self) -> ComposeResult:
        """Lay out title and list."""
        title = Lines(id="worklist-title")
        title.can_focus = False
        yield title
        yield self.list

    def _draw(self, entry: Entry, width: int, has_cursor: bool) -> Sequence[Line]:
        return draw_entry(entry, width, has_cursor, tall=self._tall)

    def set_tall(self, *, tall: bool) -> None:
        """Draw a row in two lines (beside another pane) or in one."""
        self._tall = tall
        self.list.row_height = 2 if tall else 1

    def show(
        self, keys: Sequence[str], entry: Callable[[str], Entry], *, search: str, on_list: int, key: str = ""
    ) -> None:
        """Show these accounts; `on_list` says how many are on today's worklist in all."""
        if search:
            self.list.empty = "   nobody is found: Escape shows the worklist again"
        else:
            self.list.empty = "   nobody is to be called today"
        self.list.fill(keys, entry, key)
        self.retitle(search, on_list)

    def retitle(self, search: str, on_list: int) -> None:
        """Say what is shown and where the cursor is."""
        count = len(self.list.keys)
        place = f"{self.list.cursor + 1} of {count}" if count else "empty"
        line: Line = ((" WORKLIST ", "title"), (f" {place}", "dim"))
        if search:
            line = (
                (" FOUND ", "title"),
                (f" {place}  ", "dim"),
                (f"/{search}", "accent"),
                (f"  {on_list} on list", "dim"),
            )
        self.query_one("#worklist-title", Lines).show([line])
