"""Text drawn by line: parts of text with a role each, never parsed as markup, only changed lines repainted."""

import re
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size, Spacing
from textual.scroll_view import ScrollView
from textual.strip import Strip

from arctui.core.text import harmless
from arctui.tui import signs

#: A piece of a line and its role ("" for plain text; else one of ROLES).
Part = tuple[str, str]
Line = tuple[Part, ...]

#: Of a cell's characters, a letter and its accents, there are fewer.
_CHARACTERS = 10
#: Lines in which of these roles are left out last where there is no room for all.
_RANKS = {"warn": 0, "bad": 0, "strong": 1}

ROLES = ("dim", "strong", "accent", "warn", "bad", "good", "title", "say")


def wrap(text: str, width: int, role: str = "", indent: int = 0) -> list[Line]:
    """Break a text into lines of so many cells at blanks; a longer word is cut.

    Blanks at the beginning stay; further lines are indented by `indent` blanks.
    """
    lines: list[str] = []
    current, empty = "", True
    for word in re.findall(r" *[^ ]+", text):
        rest = word
        # As much as may stand in a line tells whether more does: a word may have a hundred thousand letters.
        while cell_len((current + rest)[: _CHARACTERS * width + _CHARACTERS]) > width:
            if empty:
                cut = _cells(rest, max(1, width - cell_len(current)))
                lines.append(current + rest[:cut])
                rest = rest[cut:]
            else:
                lines.append(current)
                rest = rest.lstrip(" ")
            current, empty = " " * indent, True
            if not rest:
                break
        if rest:
            current, empty = current + rest, False
    if not empty or not lines:
        lines.append(current)
    return [((line, role),) for line in lines]


def shorten(lines: Sequence[Line], room: int, most: int) -> list[Line]:
    """Return lines that fit into a room; the last one then says how many more there are.

    What warns always stays. It and what is strong get more room where they need it, up to `most` lines.
    """
    ranks = [min((_RANKS.get(role, 2) for _, role in line), default=2) for line in lines]
    weighty = sum(rank < 2 for rank in ranks)
    room = max(room, min(weighty + (weighty < len(lines)), most))
    if len(lines) <= room:
        return list(lines)
    by_rank = sorted(range(len(lines)), key=lambda number: ranks[number])
    kept = sorted(by_rank[: max(room - 1, ranks.count(0))])
    more = len(lines) - len(kept)
    if not more:
        return list(lines)
    return [*(lines[n] for n in kept), ((f" ... and {more} more line{'s' if more > 1 else ''}", "dim"),)]


def one_line(text: str) -> str:
    """Return a text that does nothing but stand in its line, even where somebody wrote it into the book's file."""
    if not text.isprintable():
        text = harmless(text).replace("\n", " ").replace("\t", " ")
    return text if text.isascii() else signs.isolated(text)


def _cells(text: str, width: int) -> int:
    """Return how many characters fit into so many cells, one at least."""
    used = 0
    for number, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return max(1, number)
    return len(text)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Cut or pad a text to exactly so many cells; what is cut ends in an ellipsis."""
    if width <= 0:
        return ""
    length = cell_len(text)
    if length > width:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)
    pad = " " * (width - length)
    return pad + text if right else text + pad


def clip(text: str, width: int) -> str:
    """Cut a text to at most so many cells; a shorter one stays as it is."""
    return text if cell_len(text) <= width else fit(text, width)


def _changed(before: Line, after: Line, width: int) -> tuple[int, int]:
    """Return from which cell to which (not included) a line of so many cells differs from what it was."""
    first = _same(before, after)
    was, now = (sum(cell_len(text) for text, _ in line) for line in (before, after))
    last = now - _same(before[::-1], after[::-1]) if was == now else width
    return first, min(max(first, last), width)


def _same(before: Line, after: Line) -> int:
    """Return over how many cells the first parts of two lines are the same."""
    cells = 0
    for was, now in zip(before, after, strict=False):
        if was != now:
            break
        cells += cell_len(now[0])
    return cells


class Lines(ScrollView, can_focus=True):
    """A scrolling view of lines. A subclass, or `show`, says what stands in them."""

    #: What a click means is up to each widget and to the screen.
    FOCUS_ON_CLICK = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{role}" for role in ROLES} | {"lines--cursor", "lines--focused"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", show=False),
        Binding("down,j", "scroll_down", show=False),
        Binding("pageup,ctrl+u", "page_up", show=False),
        Binding("pagedown,ctrl+d,space", "page_down", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end,G", "scroll_end", show=False),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  textual's name
        super().__init__(id=id, classes=classes)
        self._lines: list[Line] = []
        # What was painted last in each row of the widget, and whether the cursor was on it.
        self._painted: dict[int, tuple[Line, bool]] = {}
        self._was_laid_out = False
        # What it was scrolled to last, of how many lines in what width; the sizes for which that is known.
        self._was_at = (0, 1, 0)
        self._settled: tuple[Size, Size] | None = None
        self._fits = False
        # What all lines of a frame have in common, worked out once for it: the size, and which line is the first.
        self._width = self._height = self._top = 0
        # What stays until the styles change: by role and cursor how text looks; what stands left and right of it.
        self._looks: dict[tuple[str, str], Style] = {}
        self._signs = signs.of_terminal()
        self._edges: tuple[list[Segment], list[Segment]] | None = None

    def show(self, lines: Sequence[Line], *, top: bool = False) -> None:
        """Show these lines; only those that differ are painted again. `top` scrolls to the beginning.

        Else what is in view stays there although lines come and go above it.
        """
        old, self._lines = self._lines, list(lines)
        y = self.scroll_offset.y
        if top and y:
            self.scroll_to(y=0, animate=False)
        if len(old) != len(self._lines):
            self.stretch()
            rest = old[y:]
            if y and not top and rest and rest == self._lines[-len(rest) :]:
                self.scroll_to(y=len(self._lines) - len(rest), animate=False, immediate=True)
        self.count_again()
        self.repaint()

    # The place in the lines, whatever size comes in between

    def count_again(self) -> None:
        """Other lines are there now, in the same width."""
        y, _, width = self._was_at
        if width == self.size.width:
            self._was_at = (y, self.line_count, width)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember the place, unless it is only that of a size that is passed through."""
        super().watch_scroll_y(old_value, new_value)
        if not self._fits and self._settled == (self.size, self.app.size):
            self._was_at = (round(new_value), self.line_count, self.size.width)

    def find_place(self) -> None:
        """After another size: scroll to the place as it was, in another width as far down among the lines."""
        y, count, width = self._was_at
        if width and width != self.size.width:
            y = round(y * self.line_count / max(1, count))
        self._fits = True
        try:
            if y != self.scroll_offset.y:
                self.scroll_to(y=y, animate=False, force=True, immediate=True)
            self.keep_in_view()
        finally:
            self._fits = False

    def make_again(self) -> None:
        """Make the lines for another width; here they are as they were."""

    def keep_in_view(self) -> None:
        """Scroll to what must be seen in any size; here nothing."""

    def stretch(self) -> None:
        """Take the height of all lines. Where no scrollbar comes or goes nothing has to be laid out anew for that."""
        size = Size(self.size.width, self.line_count)
        if not self._was_laid_out or (self.styles.overflow_y == "auto" and self.size.height):
            self.virtual_size = size
            return
        self.set_reactive(Lines.virtual_size, size)
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True, immediate=True)

    def repaint(self) -> None:
        """Paint again what differs from what is on the screen: of each line no more than between its equal ends.

        What is hidden has no height; it is painted as a whole when it comes back.
        """
        self._measure()
        width = self._width
        regions: list[Region] = []
        for y in range(self._height):
            before, now = self._painted.get(y), self.drawn(y)
            if before is None or before[1] != now[1]:
                regions.append(Region(0, y, width, 1))
            elif before != now:
                first, last = _changed(before[0], now[0], width)
                if first < last:
                    regions.append(Region(first, y, last - first, 1))
        if regions:
            self.refresh(*regions)

    def _measure(self) -> None:
        """Take down what all lines of a frame have in common."""
        (self._width, self._height), self._top = self.size, self.scroll_offset.y

    def refresh_line(self, number: int) -> None:
        """Paint one line again if it is in view."""
        y = number - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def on_resize(self) -> None:
        """Take the new width."""
        self._was_laid_out = self._fits = True
        self.make_again()
        self.stretch()
        self.find_place()
        self._settled = (self.size, self.app.size)
        if not self._was_at[2]:
            self._was_at = (0, self.line_count, self.size.width)

    @property
    def line_count(self) -> int:
        """How many lines there are in all."""
        return len(self._lines)

    def line(self, number: int) -> tuple[Line, bool]:
        """Return a line and whether the cursor is on it."""
        return (self._lines[number], False) if number < len(self._lines) else ((), False)

    def drawn(self, y: int) -> tuple[Line, bool]:
        """Return what stands in a row of the widget and whether the cursor is on it."""
        return self.line(y + self._top)

    @property
    def plain(self) -> str:
        """All lines as text, as a reader would read them."""
        self._width = self.size.width
        return "\n".join("".join(text for text, _ in self.line(n)[0]).rstrip() for n in range(self.line_count))

    def watch_has_focus(self, has_focus: bool) -> None:
        """Paint the cursor as it is with the focus or without. No style depends on it, so none is worked out anew."""
        for y in [y for y, (_, cursor) in self._painted.items() if cursor]:
            self.refresh_line(y + self.scroll_offset.y)

    @property
    def _cursor_style(self) -> str:
        return "lines--focused" if self.has_focus else "lines--cursor"

    def notify_style_update(self) -> None:
        """What is drawn is drawn anew: the styles may be others."""
        super().notify_style_update()
        self._looks, self._edges, self._signs = {}, None, signs.of_terminal()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines of a frame. Textual draws one of them, for its edges; between them each is as its text is.

        It would work out border, padding and what they stand on for each line anew.
        """
        self._measure()
        gutter = self.gutter
        if crop.y < gutter.top or crop.bottom > gutter.top + self._height:
            return super().render_lines(crop)
        left, right = self._edge_segments(gutter)
        whole = self._width + gutter.width
        lines = [Strip([*left, *self._segments(y - gutter.top), *right], whole) for y in crop.line_range]
        return lines if crop.column_span == (0, whole) else [line.crop(*crop.column_span) for line in lines]

    def _edge_segments(self, gutter: Spacing) -> tuple[list[Segment], list[Segment]]:
        """Return what stands left and right of each line."""
        if self._edges is None:
            width = self._width + gutter.width
            (line,) = super().render_lines(Region(0, gutter.top, width, 1)) if gutter.width else (Strip([]),)
            self._edges = [*line.crop(0, gutter.left)], [*line.crop(width - gutter.right, width)]
        return self._edges

    def render_line(self, y: int) -> Strip:
        """Draw the line at a row of the widget."""
        return Strip(self._segments(y), self._width)

    def _segments(self, y: int) -> list[Segment]:
        """Return what stands in a row, as wide as it is."""
        parts, cursor = self._painted[y] = self.drawn(y)
        return self._laid(parts, self._cursor_style if cursor else "", self._width)

    def shown(self, parts: Line, width: int, *, cursor: bool = False) -> Strip:
        """Return a line as it is shown in so many cells: with `cursor` under that of a list that has the focus."""
        return Strip(self._laid(parts, "lines--focused" if cursor else "", width), width)

    def _laid(self, parts: Line, cursor: str, width: int) -> list[Segment]:
        segments = [Segment(self._signs(one_line(text)), self._look(role, cursor)) for text, role in parts]
        rest = width - sum(cell_len(segment.text) for segment in segments)
        if rest < 0:
            return [*Strip(segments).crop(0, width)]
        return [*segments, Segment(" " * rest, self._look("", cursor))] if rest else segments

    def _look(self, role: str, cursor: str) -> Style:
        """Return how a role looks, on a row with the cursor of that style or on another; worked out once."""
        found = self._looks.get((role, cursor))
        if found is None:
            base = self.rich_style
            if cursor:
                base += self.get_component_rich_style(cursor, partial=True)
            segments = [Segment(" ", base + self._style(role, cursor))]
            for line_filter in self.get_line_filters():
                segments = line_filter.apply(segments, self.background_colors[1])
            found = self._looks[role, cursor] = segments[0].style or Style.null()
        return found

    def _style(self, role: str, cursor: str) -> Style:
        """Return a role's style; on a cursor row that is reversed only its weight, so that no colour is a block."""
        if not role:
            return Style.null()
        style = self.get_component_rich_style(f"lines--{role}", partial=True)
        if cursor and self.get_component_rich_style(cursor, partial=True).reverse:
            return Style(bold=style.bold)
        return style


class MadeLines(Lines):
    """Lines that depend on the width, made anew for another one before they are painted in it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  textual's name
        super().__init__(id=id)
        self._make: Callable[[int], list[Line]] = lambda _: []
        self._made_for = -1

    def show_made(self, make: Callable[[int], list[Line]], *, top: bool = False) -> None:
        """Show what `make` returns for the width; `top` when it is about something else now."""
        self._make, self._made_for = make, self.size.width
        self.show(make(self.size.width - 1), top=top)

    def line(self, number: int) -> tuple[Line, bool]:
        """Return a line, made for the width that there is now."""
        if self._made_for != self._width:
            self._made_for = self._width
            self._lines = self._make(self._width - 1)
        return super().line(number)

    def make_again(self) -> None:
        """Make the lines for the new width; for another height alone they stay as they are."""
        if self._made_for != self.size.width:
            self.show_made(self._make)
