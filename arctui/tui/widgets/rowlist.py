"""A list of rows with a cursor, drawn by line: as quick with ten thousand rows as with ten."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from arctui.glance.moves import page_of, top_for
from arctui.tui.widgets.lines import Line, Lines

RowT = TypeVar("RowT")


class RowList(Lines, Generic[RowT]):
    """Rows of one or more lines each. The cursor stays on its row when the list changes around it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup,ctrl+u", "page(-1)", show=False),
        Binding("pagedown,ctrl+d,space", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end,G", "edge(1)", show=False),
    ]

    class Moved(Message):
        """The cursor is on another row now ("" = the list is empty)."""

        def __init__(self, row_list: "RowList[Any]", key: str) -> None:
            super().__init__()
            self.row_list = row_list
            self.key = key

        @property
        def control(self) -> "RowList[Any]":
            """The list that sent it."""
            return self.row_list

        def can_replace(self, message: Message) -> bool:
            """While keys are held only the last position counts."""
            return isinstance(message, RowList.Moved) and message.row_list is self.row_list

    def __init__(
        self,
        draw: Callable[[RowT, int, bool], Sequence[Line]],
        *,
        row_height: int = 1,
        empty: str = "",
        passes: Callable[[str], bool] = lambda _: False,
        id: str | None = None,  # noqa: A002  textual's name
    ) -> None:
        """`draw(row, width, has_cursor)` returns the row's lines; `empty` is shown when there is no row.

        The cursor goes past rows whose key `passes`, headings say.
        """
        super().__init__(id=id)
        self._draw = draw
        self._keys: Sequence[str] = ()
        self._make: Callable[[str], RowT] | None = None
        self._made: dict[str, RowT] = {}
        self._row_height = row_height
        self._passes = passes
        self.empty = empty
        self.cursor = 0
        # How many cells a scrollbar takes of a row, there or not: what is cut is cut before it.
        self._bar = 0
        # The first line that is to be in view once it is known how many are.
        self._begins_at: int | None = None

    @property
    def keys(self) -> Sequence[str]:
        """The keys of the rows, in order."""
        return self._keys

    def row(self, key: str) -> RowT:
        """Return the row with a key, made when it is first asked for."""
        if key not in self._made and self._make:
            self._made[key] = self._make(key)
        return self._made[key]

    @property
    def row_height(self) -> int:
        """How many lines a row takes."""
        return self._row_height

    @row_height.setter
    def row_height(self, height: int) -> None:
        if height != self._row_height:
            self._row_height = height
            self.stretch()
            self.refresh()
            self._show_cursor()

    @property
    def chosen(self) -> str:
        """The key of the row with the cursor, "" if the list is empty."""
        return self._keys[self.cursor] if self._keys else ""

    def _measure(self) -> None:
        super()._measure()
        self._bar = self.styles.scrollbar_size_vertical

    @property
    def line_count(self) -> int:
        """How many lines there are in all."""
        return max(1, len(self._keys) * self._row_height)

    def line(self, number: int) -> tuple[Line, bool]:
        """Return a line and whether the cursor is on its row."""
        index, part = divmod(number, self._row_height)
        if not self._keys and number == 0:
            return ((self.empty, "dim"),), False
        if index >= len(self._keys):
            return (), False
        has_cursor = index == self.cursor
        drawn = self._draw(self.row(self._keys[index]), self._width - self._bar, has_cursor)
        return (drawn[part] if part < len(drawn) else ()), has_cursor

    def fill(self, keys: Sequence[str], make: Callable[[str], RowT], key: str = "") -> None:
        """Show other rows, each made from its key when it comes into view.

        The cursor goes to the row with the key given; else it stays on its row, or at its place. What is in view
        stays there although rows come and go above it, but for the beginning of the list.
        """
        before = self.chosen
        wanted = key or before
        top = self._top_among(keys)
        self._keys, self._make, self._made = keys, make, {}
        self.cursor = self._stop(self._place(wanted), 1)
        self.stretch()
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True, immediate=True)
        self._show_cursor()
        self.count_again()
        self.repaint()
        if self.chosen != before:
            self.post_message(self.Moved(self, self.chosen))

    def _place(self, key: str) -> int:
        """Return the place of a key, most likely that of the cursor; that of the cursor if it is not there."""
        if not key or (self.cursor < len(self._keys) and self._keys[self.cursor] == key):
            return self.cursor
        try:
            return self._keys.index(key)
        except ValueError:
            return self.cursor

    def _stop(self, place: int, way: int) -> int:
        """Return where the cursor stops that is to go to a place: the next row on its way that it does not pass."""
        place = max(0, min(place, len(self._keys) - 1))
        for step in (way, -way):
            found = place
            while 0 <= found < len(self._keys):
                if not self._passes(self._keys[found]):
                    return found
                found += step
        return place

    def with_cursor(self, keys: Sequence[str]) -> Sequence[str]:
        """Return these keys with that of the cursor's row, at its place if it is not among them."""
        remaining = set(keys)
        if not self.chosen or self.chosen in remaining:
            return keys
        below = next((k for k in self._keys[self.cursor + 1 :] if k in remaining), "")
        place = keys.index(below) if below else len(keys)
        return [*keys[:place], self.chosen, *keys[place:]]

    def _top_among(self, keys: Sequence[str]) -> int:
        """Return which line of a list with these keys is to be the first in view, so that the rows there stay."""
        y = self.scroll_offset.y
        if not y:
            return 0
        first, part = divmod(y, self._row_height)
        shown = self._keys[first : first + self.size.height]
        if shown and shown[0] == next(iter(keys[first : first + 1]), ""):
            return y
        wanted = set(shown)
        places = {key: place for place, key in enumerate(keys) if key in wanted}
        for number, key in enumerate(shown):
            if key in places:
                return max(0, (places[key] - number) * self._row_height + part)
        return y

    def begin_at(self, top: int) -> None:
        """Let a line be the first in view when the list is first shown, as far as the cursor is in view there."""
        self._begins_at = top

    def shown_row(self, row: RowT, width: int) -> list[Strip]:
        """Return the lines of a row as they are shown, first plain, then under the cursor while it has the focus."""
        strips = []
        for cursor in (False, True):
            lines = [*self._draw(row, width, cursor), *[()] * self._row_height][: self._row_height]
            strips += [self.shown(line, width, cursor=cursor) for line in lines]
        return strips

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self._put_cursor(self.cursor + by)

    def action_page(self, direction: int) -> None:
        """Move the cursor by a screen of rows."""
        self._put_cursor(self.cursor + direction * page_of(self.size.height, self._row_height))

    def action_edge(self, last: int) -> None:
        """Go to the first or the last row."""
        self._put_cursor(len(self._keys) if last else 0)

    def _put_cursor(self, place: int) -> None:
        place = self._stop(place, 1 if place > self.cursor else -1)
        if place == self.cursor or not self._keys:
            return
        before, self.cursor = self.cursor, place
        for row in (before, place):
            for part in range(self._row_height):
                self.refresh_line(row * self._row_height + part)
        self._show_cursor()
        self.post_message(self.Moved(self, self._keys[place]))

    def on_click(self, event: events.Click) -> None:
        """Choose the row that was clicked on; on the row with the cursor a click is Enter."""
        row = (event.y + self.scroll_offset.y) // self._row_height
        if getattr(self.screen, "is_typed_in", False) or not 0 <= row < len(self._keys):
            return
        was_focused = self.has_focus or not self.can_focus
        if self.can_focus:
            self.screen.set_focus(self)
        if row == self.cursor and was_focused:
            # What Enter opens may be in front before the click has come up to the screen.
            event.stop()
            self.app.simulate_key("enter")
        else:
            self._put_cursor(row)

    def keep_in_view(self) -> None:
        """Keep the cursor in view."""
        self._show_cursor()

    def _show_cursor(self) -> None:
        """Scroll the cursor into view, by half a screen when it leaves it, so that a held key repaints little."""
        height, before = self.size.height, self.scroll_offset.y
        top, begins = before, height > 0 and self._begins_at is not None
        if height > 0 and self._begins_at is not None:
            top, self._begins_at = max(0, min(self._begins_at, self.line_count - height)), None
        top = top_for(self.cursor, self._row_height, height, top, self.line_count)
        if top != before:
            self.scroll_to(y=top, animate=False, force=True, immediate=begins or self._fits)
