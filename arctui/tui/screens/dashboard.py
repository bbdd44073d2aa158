"""The dashboard: pages of figures; each leads to the accounts behind it, and from there to the desk and back."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer

from arctui.core.business import UnknownCountryError
from arctui.core.words import short_day
from arctui.desk.board import Board
from arctui.desk.dashboard import Dashboard
from arctui.tui.screens.behind import BehindScreen
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.views import chart
from arctui.tui.views.dashboard import Keyed, parts_of
from arctui.tui.views.dashboard_pages import Pages, column_width
from arctui.tui.widgets.keybar import Hint, KeyBar
from arctui.tui.widgets.lines import Line, Lines, clip

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

#: So often it is said how far the figures are, while they are worked out.
_TELL_SECONDS = 0.2
#: Cells of the pointer before each line.
_POINTER = 2


class Column(Lines, inherit_bindings=False):
    """One column of a page; the line of the chosen figure has the cursor."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  textual's name
        super().__init__(id=id)
        self._figures: list[str] = []
        self._chosen = ""

    def show_keyed(self, lines: list[Keyed], chosen: str) -> None:
        """Show the lines of figures, the chosen one with a pointer."""
        self._figures, self._chosen = [key for _, key in lines], chosen
        self.show([((">" if key and key == chosen else " ", "accent"), (" ", ""), *line) for line, key in lines])
        if chosen in self._figures:
            self.scroll_to_line(self._figures.index(chosen))

    def line(self, number: int) -> tuple[Line, bool]:
        """Return a line, and whether it is that of the chosen figure."""
        line, _ = super().line(number)
        key = self._figures[number] if number < len(self._figures) else ""
        return line, bool(key) and key == self._chosen

    def scroll_to_line(self, number: int) -> None:
        """Scroll a line into view, on a screen too low for its part."""
        top, height = self.scroll_offset.y, self.size.height
        if height and not top <= number < top + height:
            self.scroll_to(y=max(0, number - height // 2), animate=False, force=True)


class Looked:
    """What was looked at last, so that the key comes back to the same figure."""

    def __init__(self) -> None:
        self.dashboard: Dashboard | None = None
        self.key = ""
        self.currency = ""


class DashboardScreen(ListingScreen, inherit_bindings=False):
    """Figures in one or two columns; what is chosen has a pointer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "behind", "the accounts behind the figure", show=False),
        Binding("down,j", "move(1)", "the next figure", show=False),
        Binding("up,k", "move(-1)", "the figure before", show=False),
        Binding("tab", "part(1)", "the next part of the page", show=False),
        Binding("shift+tab", "part(-1)", "the part before", show=False),
        Binding("right,l", "across(1)", "the column to the right", show=False),
        Binding("left,h", "across(-1)", "the column to the left", show=False),
        Binding("pagedown,space,ctrl+d", "turn(1)", "the next page", show=False),
        Binding("pageup,ctrl+u", "turn(-1)", "the page before", show=False),
        Binding("home", "edge(0)", "the first figure", show=False),
        Binding("end,G", "edge(1)", "the last figure", show=False),
        Binding("c", "currency", "the next currency", show=False),
        Binding("escape,q,g", "dismiss", "back", show=False),
    ]
    KEYS: ClassVar[tuple[Hint, ...]] = (
        ("Enter", "accounts behind"),
        ("j k Tab", "move"),
        ("PgDn", "page"),
        ("c", "currency"),
    )
    LAST_KEYS: ClassVar[tuple[Hint, ...]] = (("Esc", "back"),)

    def __init__(self, below: "DeskScreen", looked: Looked) -> None:
        super().__init__("FIGURES", lambda _: [])
        self._below = below
        self._looked = looked
        self._making: Dashboard | None = None
        self._timer: Timer | None = None
        self._pages = Pages((), 1, 1)
        # What the pages were made of, and for which columns and height.
        self._drawn: Board | None = None
        self._drawn_size = (0, 0, 0)

    def compose(self) -> ComposeResult:
        """Lay out title, columns, what was said last, and keys."""
        title, told = Lines(id="listing-title"), Lines(id="listing-told")
        title.can_focus = told.can_focus = False
        yield title
        with Horizontal(id="dashboard"):
            yield Column(id="listing")
            beside = Column(id="beside")
            beside.can_focus = False
            yield beside
        yield told
        yield KeyBar()

    def on_mount(self) -> None:
        """Work out what is not known yet, once the screen stands."""
        self.call_after_refresh(self._look)

    def on_unmount(self) -> None:
        """What is not worked out yet is not wanted any more."""
        if self._making:
            self._making.cancel()

    def on_screen_resume(self) -> None:
        """Show what changed while the accounts behind a figure were looked at."""
        self.show_again()

    # Working it out

    def _look(self) -> None:
        """Work the figures out anew if the book, or the day, is another one; what goes on comes to its end first."""
        desk, known = self._below.desk, self._looked.dashboard
        if self._making or (known and known.is_of(desk)):
            return
        made: list[Dashboard] = []

        def ended() -> None:
            # In the working thread.
            chart.prepare()
            self.call_later(lambda: self._over(made[0]))

        made.append(Dashboard(desk, ended))
        self._making = made[0]
        if self._timer is None:
            self._timer = self.set_interval(_TELL_SECONDS, self._tell_how_far)

    def _over(self, made: Dashboard) -> None:
        if made is not self._making:
            return
        self._making, self._looked.dashboard = None, made
        if self._timer:
            self._timer.stop()
        self._timer = None
        self.tell("", "")
        self.show_again()

    def _tell_how_far(self) -> None:
        if self._making:
            stand = self._making.stand
            done = f", {stand.done:,} of {stand.total:,} accounts" if stand.total else ""
            self.tell(f"working the figures out{done} ...", "dim")

    # Showing

    def _boards(self) -> dict[str, Board]:
        """What is known; none, and why, where the book cannot be reckoned with."""
        try:
            return self._looked.dashboard.boards if self._looked.dashboard else {}
        except UnknownCountryError as error:
            self.tell(str(error), "warn")
            return {}

    @property
    def _board(self) -> Board | None:
        """The board of the currency that is looked at."""
        boards = self._boards()
        if self._looked.currency not in boards:
            self._looked.currency = next(iter(boards), "")
        return boards.get(self._looked.currency)

    def show_again(self) -> None:
        """Show the page of the chosen figure; work it out anew where the book is another one."""
        if not self.query("#beside"):
            # It is being laid out still: it is shown once that is done.
            return
        if self.is_mounted and self._looked.dashboard:
            self._look()
        board = self._board
        columns, width = column_width(self.size.width)
        height = max(1, self.query_one("#dashboard").size.height)
        size = (columns, width, height)
        if board and (board is not self._drawn or size != self._drawn_size):
            self._drawn, self._drawn_size = board, size
            self._pages = Pages(parts_of(board, width - _POINTER - 1), height, columns)
        self._show_page(board)

    def _show_page(self, board: Board | None) -> None:
        pages, looked = self._pages, self._looked
        if looked.key not in pages.keys:
            looked.key = next(iter(pages.keys), "")
        page = pages.page_of(looked.key)
        left, *right = pages.on_page(page)
        beside = self.query_one("#beside", Column)
        beside.display = bool(right)
        self.query_one("#listing", Column).show_keyed(left, looked.key)
        if right:
            beside.show_keyed(right[0], looked.key)
        others = [name for name in self._boards() if name != looked.currency]
        words = "" if board is None else f"  {board.currency}, {short_day(board.today)}"
        words += f"  page {page + 1} of {pages.count}" if pages.count > 1 else ""
        words += f"  c: {', '.join(others)}" if others else ""
        title = clip(words, max(1, self.size.width - 10))
        self.query_one("#listing-title", Lines).show([((" FIGURES", "title"), (title, "dim"))])

    # What the keys do

    def _go(self, key: str) -> None:
        self._looked.key = key
        self.tell("", "")
        self._show_page(self._board)

    def action_move(self, by: int) -> None:
        """Go to another figure."""
        self._go(self._pages.moved(self._looked.key, by))

    def action_part(self, by: int) -> None:
        """Go to another part."""
        self._go(self._pages.next_part(self._looked.key, by))

    def action_turn(self, by: int) -> None:
        """Go to another page."""
        self._go(self._pages.turned(self._looked.key, by))

    def action_across(self, by: int) -> None:
        """Go to the other column."""
        self._go(self._pages.across(self._looked.key, by))

    def action_edge(self, last: int) -> None:
        """Go to the first or the last figure."""
        if self._pages.keys:
            self._go(self._pages.keys[-1 if last else 0])

    def action_currency(self) -> None:
        """Show the next currency."""
        names = list(self._boards())
        if not names:
            # Nothing is known yet, or why not stands there already.
            return
        if len(names) > 1:
            self._looked.currency = names[(names.index(self._looked.currency) + 1) % len(names)]
            self.show_again()
        else:
            self.tell("everything is in one currency", "warn")

    def action_behind(self) -> None:
        """List the accounts behind the chosen figure, or go to the account that it is."""
        board, key = self._board, self._looked.key
        if board is None:
            return
        if key.startswith("account "):
            self._open(key.removeprefix("account "))
        elif key in board.behind:
            self.app.push_screen(BehindScreen(self._below.desk, board, key), self._open)

    def _open(self, account: str | None) -> None:
        """Go to an account on the desk; the key of the dashboard comes back here."""
        if account:
            self.dismiss()
            self._below.guarded(lambda: self._below.moving.find_account(account))
