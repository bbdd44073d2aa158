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
        self.title.show([title_of(self.list.cursor, len(self.list.keys), search, on_list)])

    @property
    def title(self) -> Lines:
        """The line above the list."""
        return self.query_one("#worklist-title", Lines)


def title_of(cursor: int, count: int, search: str = "", on_list: int = 0) -> Line:
    """Say what a list of so many rows shows and where its cursor is."""
    place = f"{cursor + 1} of {count}" if count else "empty"
    if not search:
        return ((" WORKLIST ", "title"), (f" {place}", "dim"))
    return (
        (" FOUND ", "title"),
        (f" {place}  ", "dim"),
        (f"/{search}", "accent"),
        (f"  {on_list} on list", "dim"),
    )
