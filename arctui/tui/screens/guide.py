"""The guide on the screen: a chapter by lines, its links and what is searched reached by keys."""

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from arctui.actions.keys import ActionTable
from arctui.guide.chapters import INDEX, NAMES, Hit, chapter, find
from arctui.guide.layout import Page, Row, lay_out
from arctui.guide.reading import CHAPTER, TOUR
from arctui.tui.widgets.keybar import Hint, KeyBar
from arctui.tui.widgets.lines import Line, Lines, clip, wrap
from arctui.tui.widgets.prompt import CleanInput

_KEYS: tuple[Hint, ...] = (
    ("Esc", "back"),
    ("/", "search"),
    ("Tab", "link"),
    ("i", "chapters"),
    ("[ ]", "turn"),
    ("Space", "scroll"),
)
_HIT = ">"


class _Place(NamedTuple):
    """Where somebody was in the guide."""

    chapter: str
    top: int
    link: int


class _Chapter(Lines):
    """The lines of a chapter; in the list of chapters the arrows go from one to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "screen.up", show=False),
        Binding("down,j", "screen.down", show=False),
    ]


class GuideScreen(Screen[str]):
    """The guide, open at a chapter; dismissed with "tour:" where the tour was chosen, "" else."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave the search, else the guide", show=False),
        Binding("q,f1", "close", "leave the guide", show=False),
        Binding("tab", "link(1)", "the next link", show=False, priority=True),
        Binding("shift+tab", "link(-1)", "the link before", show=False, priority=True),
        Binding("enter", "follow", "follow the link", show=False),
        Binding("backspace", "back", "back to where the link was", show=False),
        Binding("slash", "search", "search in all chapters", show=False),
        Binding("n", "hit(1)", "the next place that was found", show=False),
        Binding("N", "hit(-1)", "the place before", show=False),
        Binding("i", "index", "the list of all chapters", show=False),
        Binding("right_square_bracket", "turn(1)", "the next chapter", show=False),
        Binding("left_square_bracket", "turn(-1)", "the chapter before", show=False),
        Binding("g", "top", "the beginning of the chapter", show=False),
    ]

    def __init__(self, name: str, actions: ActionTable) -> None:
        """`name` is the chapter to open; `actions` are the table with the keys that work for this user."""
        super().__init__()
        self._at = name
        self._actions = actions
        self._link = 0 if name == INDEX else -1
        self._before: list[_Place] = []
        self._hits: Sequence[Hit] = ()
        self._hit = -1
        self._told = ("", "")
        # As the screen was before it took another size.
        self._shown_width, self._height = 80, 1
        self._page_of = lru_cache(maxsize=8)(self._lay_out)

    def compose(self) -> ComposeResult:
        """Lay out title, chapter, the line of the search, what was found, and keys."""
        title, told = Lines(id="listing-title"), Lines(id="listing-told")
        title.can_focus = told.can_focus = False
        yield title
        yield _Chapter(id="listing")
        yield CleanInput(compact=True, select_on_focus=False, id="split", placeholder="words to find in all chapters")
        yield told
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the chapter."""
        line = self.query_one("#split", Input)
        line.display, line.cursor_blink = False, False
        self.query_one(KeyBar).hint(_KEYS)
        self.set_focus(self._lines)

    def on_resize(self) -> None:
        """Break the lines for the width; the place in the text stays."""
        rows, top = self._page.rows, self._lines.scroll_offset.y
        found, height = self._found_line(), max(1, self._lines.size.height)
        in_view = found >= 0 and top <= found < top + self._height
        place = (rows[top].block, rows[top].part) if top < len(rows) else (0, 0)
        self._shown_width, self._height = self.size.width, height
        self._show()
        if top:
            self._scroll(next((n for n, r in enumerate(self._page.rows) if (r.block, r.part) == place), top))
        if in_view:
            self._into_view(self._found_line())
        self._tell(*self._told)

    # What is shown

    @property
    def _lines(self) -> Lines:
        return self.query_one("#listing", Lines)

    @property
    def _page(self) -> Page:
        return self._page_of(self._at, self._shown_width)

    def _lay_out(self, name: str, width: int) -> Page:
        return lay_out(chapter(name).blocks, max(20, width - 3), self._actions.label)

    @property
    def _found(self) -> tuple[int, int] | None:
        """Which block of this chapter, and which row of it, was found."""
        hit = self._hits[self._hit] if self._hits else None
        return (hit.block, hit.row) if hit and hit.chapter == self._at else None

    def _found_line(self) -> int:
        """Return in which line that begins, -1 if nothing was found in this chapter."""
        return next((n for n, row in enumerate(self._page.rows) if (row.block, row.part) == self._found), -1)

    def _show(self) -> None:
        self._lines.show([self._line(row, is_hit=(row.block, row.part) == self._found) for row in self._page.rows])
        number = f"chapter {NAMES.index(self._at) + 1} of {len(NAMES)}" if self._at in NAMES else ""
        title = f" GUIDE  {chapter(self._at).title}"
        room = max(0, self.size.width - cell_len(title) - 3)
        self.query_one("#listing-title", Lines).show([((title, "title"), (f"  {clip(number, room)}", "dim"))])

    def _line(self, row: Row, *, is_hit: bool) -> Line:
        parts = []
        for number, piece in enumerate(row.pieces):
            text, role = piece.text, piece.role
            if number == 0 and is_hit and text:
                text, role = _HIT + text[1:], "warn"
            if piece.link >= 0 and piece.link == self._link:
                # Told apart by more than a colour.
                text, role = text.replace("[", ">").replace("]", "<"), "strong"
            parts.append((text, role))
        return tuple(parts)

    def _scroll(self, line: int) -> None:
        # The height of the new lines is not laid out yet where a chapter was just opened.
        self._lines.stretch()
        self._lines.scroll_to(y=max(0, line), animate=False, force=True, immediate=True)
        self._lines.repaint()

    def _into_view(self, line: int) -> None:
        top, height = self._lines.scroll_offset.y, max(1, self._lines.size.height)
        if not top <= line < top + height:
            self._scroll(line - height // 3)

    def _tell(self, text: str, role: str = "") -> None:
        self._told = (text, role)
        told = self.query_one("#listing-told", Lines)
        lines = wrap(f" {text}", max(2, self.size.width - 1), role, indent=1) if text else []
        told.styles.height = len(lines)
        told.show(lines)

    # Going about

    def open(self, name: str, *, link: int = -1, top: int = 0, keep: bool = True) -> None:
        """Show a chapter from its beginning, or from a line on; `keep` where it was left."""
        if keep:
            self._before.append(_Place(self._at, self._lines.scroll_offset.y, self._link))
        self._at, self._link = name, 0 if name == INDEX and link < 0 else link
        self._show()
        self._scroll(top)

    def action_up(self) -> None:
        """A line up; in the list of chapters the one before."""
        if self._at == INDEX:
            self.action_link(-1)
        else:
            self._lines.action_scroll_up()

    def action_down(self) -> None:
        """A line down; in the list of chapters the next one."""
        if self._at == INDEX:
            self.action_link(1)
        else:
            self._lines.action_scroll_down()

    def action_link(self, by: int) -> None:
        """Choose the next link or the one before: of those in view, where none is chosen there."""
        if self.query_one("#split").display:
            return
        first: dict[int, int] = {}
        for number, row in enumerate(self._page.rows):
            for piece in row.pieces:
                if piece.link >= 0:
                    first.setdefault(piece.link, number)
        if not first:
            self._tell("no link leads on from this chapter: i lists all chapters", "dim")
            return
        top, height = self._lines.scroll_offset.y, max(1, self._lines.size.height)
        seen = [link for link, line in first.items() if top <= line < top + height]
        if self._link in seen or not seen:
            self._link = (self._link + by) % len(first) if self._link >= 0 else 0
        else:
            self._link = seen[0 if by > 0 else -1]
        self._show()
        self._into_view(first[self._link])
        target = self._page.links[self._link]
        leads = "the tour" if target == TOUR else chapter(target.removesuffix(CHAPTER)).title
        self._tell(f"Enter: {leads}", "dim")

    def action_follow(self) -> None:
        """Go where the chosen link leads."""
        if self._link < 0:
            self._tell("Tab chooses a link, Enter follows it", "dim")
            return
        target = self._page.links[self._link]
        if target == TOUR:
            self.dismiss(TOUR)
            return
        self._tell("")
        self.open(target.removesuffix(CHAPTER))

    def action_back(self) -> None:
        """Go back to where a link was followed."""
        if not self._before:
            self._tell("this is where the guide was opened: Esc leaves it", "dim")
            return
        place = self._before.pop()
        self._tell("")
        self.open(place.chapter, link=place.link, top=place.top, keep=False)

    def action_index(self) -> None:
        """Show the list of all chapters."""
        self._tell("")
        self.open(INDEX)

    def action_turn(self, by: int) -> None:
        """Go to the next chapter, or the one before."""
        self._tell("")
        place = NAMES.index(self._at) + by if self._at in NAMES else (0 if by > 0 else -1)
        self.open(NAMES[place % len(NAMES)])

    def action_top(self) -> None:
        """Scroll to the beginning."""
        self._scroll(0)

    def action_leave(self) -> None:
        """Leave the line of the search, else the guide."""
        if self.query_one("#split").display:
            self._close_search()
        else:
            self.dismiss("")

    def action_close(self) -> None:
        """Leave the guide."""
        self.dismiss("")

    # Searching

    def action_search(self) -> None:
        """Open the line of the search."""
        line = self.query_one("#split", Input)
        line.display, line.value = True, ""
        # Not `focus()`, which waits its turn: the next key may be here already.
        self.set_focus(line)
        self._tell("")
        self.query_one(KeyBar).hint([("Enter", "find"), ("Esc", "leave it")], None)

    def _close_search(self) -> None:
        self.query_one("#split").display = False
        self.query_one(KeyBar).hint(_KEYS)
        self.set_focus(self._lines)

    @on(Input.Submitted, "#split")
    def _entered(self, event: Input.Submitted) -> None:
        words = event.value.strip()
        if not words:
            self._close_search()
            return
        hits = find(words)
        if not hits:
            self._tell(f"nothing has '{clip(words, 40)}': try another word, or fewer of them", "warn")
            return
        self._close_search()
        self._hits = hits
        here = NAMES.index(self._at) if self._at in NAMES else 0
        self._go_to(next((n for n, hit in enumerate(hits) if NAMES.index(hit.chapter) >= here), 0))

    def action_hit(self, by: int) -> None:
        """Go to the next place that was found, or the one before."""
        if not self._hits:
            self._tell("nothing is searched for: / searches in all chapters", "dim")
            return
        self._go_to((self._hit + by) % len(self._hits))

    def _go_to(self, number: int) -> None:
        self._hit = number
        hit = self._hits[number]
        if hit.chapter != self._at:
            self.open(hit.chapter)
        else:
            self._show()
        self._into_view(self._found_line())
        what = f"{number + 1} of {len(self._hits)}: {chapter(hit.chapter).title}"
        self._tell(f"{what}   n the next, N the one before", "dim")
