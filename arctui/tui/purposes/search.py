"""Finding accounts while it is typed."""

from functools import partial
from typing import TYPE_CHECKING

from arctui.tui.purposes.base import Purpose
from arctui.tui.views.entries import entry, listed
from arctui.tui.widgets.lines import Line

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class Search(Purpose):
    """Finds accounts while it is typed."""

    def begins_with(self, screen: "DeskScreen") -> str:
        """Begin anew: what was searched for before is gone with the first key."""
        screen.call_after_refresh(screen.guarded, screen.desk.derived.prepare_search)
        return ""

    def keep(self, screen: "DeskScreen", text: str) -> None:
        """A search is quickly typed again."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show what is found."""
        if text != screen.search:
            screen.search = text
            self._show_found(screen)
        return []

    def _show_found(self, screen: "DeskScreen") -> None:
        """Show what is found, with the cursor on the first; all else is as it was."""
        found, on_list = listed(screen.desk, screen.search), len(screen.desk.worklist())
        screen.has_guest = False
        make = partial(entry, screen.desk)
        screen.worklist.show(found, make, search=screen.search, on_list=on_list, key=next(iter(found), ""))
        screen.show_script(top=True)

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Stay on what was found."""
        return True

    def finished(self, screen: "DeskScreen") -> None:
        """Go on in the list."""
        screen.close_prompt()
        screen.enter_pane("worklist")

    def left(self, screen: "DeskScreen", text: str) -> None:
        """Show the worklist again."""
        screen.search = ""
