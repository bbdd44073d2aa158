"""Who is who, decided by keys: the pairs that may be one customer, and what a merge would move before it is done."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from arctui.core.doubles import Double
from arctui.desk import DeskError
from arctui.store import BookError
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.widgets.keybar import Hint, KeyBar
from arctui.tui.widgets.lines import Line, Lines, fit, wrap
from arctui.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


def _act(screen: "DeskScreen", act: Callable[[], str]) -> tuple[str, str]:
    """Do an act of the desk while another screen lies over it; return what to say, and its role."""
    try:
        done = act()
    except (DeskError, BookError) as error:
        return str(error), "bad" if isinstance(error, BookError) else "warn"
    screen.desk.unshown = True
    screen.saved(done)
    return done, "good"


class MergeScreen(ListingScreen):
    """What would move from one account to another; Enter does it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "merge", "merge the two", show=False),
        Binding("s", "swap", "let the other one stay", show=False),
        Binding("M", "dismiss", show=False),
    ]
    KEYS: ClassVar[tuple[Hint, ...]] = (("Enter", "merge"), ("s", "the other way round"))

    def __init__(self, screen: "DeskScreen", account: str, into: str) -> None:
        """Raises DeskError where the two cannot be one."""
        self._below, self._pair = screen, (account, into)
        screen.desk.identity.what_moves(account, into)
        super().__init__("MERGE TWO ACCOUNTS INTO ONE", self._lines)

    def _lines(self, width: int) -> list[Line]:
        desk = self._below.desk
        lost, into = (desk.dossier(each).account for each in self._pair)
        number = f", {lost.number}" if lost.number else ""
        return [
            (),
            ((lost.name, "strong"), (number, "dim")),
            (("becomes part of", "dim"),),
            ((into.name, "strong"), (f", {into.number}" if into.number else "", "dim")),
            (),
            *wrap(desk.identity.what_moves(*self._pair), width),
            *wrap(
                "Reports find it under both names from then on. u undoes it; so does: arctui split, any day", width
            ),
        ]

    def action_swap(self) -> None:
        """Let the other one stay."""
        self._pair = (self._pair[1], self._pair[0])
        self.show_again()

    def action_merge(self) -> None:
        """Merge them."""
        said, role = _act(self._below, lambda: self._below.desk.identity.merge(*self._pair))
        if role == "good":
            self.dismiss()
        else:
            self.tell(said, role)


class DoublesScreen(Screen[None]):
    """The pairs that may be one customer: `m` merges one, `a` says that they are two."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,A", "dismiss", "back", show=False),
        Binding("m,enter", "merge", "show what a merge of the two would move", show=False),
        Binding("a", "apart", "remember that they are two customers", show=False),
    ]

    def __init__(self, screen: "DeskScreen", doubles: Sequence[Double]) -> None:
        super().__init__()
        self._below = screen
        self._doubles = {f"{d.account} {d.other}": d for d in doubles}
        self._rows: RowList[Double] = RowList(
            self._draw, row_height=3, empty="   no two accounts look like one customer", id="doubles"
        )

    def compose(self) -> ComposeResult:
        """Lay out title, pairs, what was said last, and keys."""
        title, told = Lines(id="listing-title"), Lines(id="listing-told")
        title.can_focus = told.can_focus = False
        yield title
        yield self._rows
        yield told
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the pairs."""
        title = (" MAY BE ONE CUSTOMER", "title"), ("  merge them, or say that they are two", "dim")
        self.query_one("#listing-title", Lines).show([title])
        keys = [("m", "merge"), ("a", "they are two"), ("Up Down", "move"), ("Esc", "back")]
        self.query_one(KeyBar).hint(keys)
        self._fill()
        self._rows.focus()

    def on_screen_resume(self) -> None:
        """A merge was looked at, and perhaps done."""
        self._fill()

    def _fill(self) -> None:
        left = {f"{d.account} {d.other}" for d in self._below.desk.identity.still_doubtful(self._doubles.values())}
        self._doubles = {key: d for key, d in self._doubles.items() if key in left}
        self._rows.fill(list(self._doubles), self._doubles.__getitem__)

    def _draw(self, double: Double, width: int, has_cursor: bool) -> Sequence[Line]:
        desk = self._below.desk

        def called(account: str) -> str:
            record = desk.dossier(account).account
            return f"{record.name} ({record.number})" if record.number else record.name

        # One below the other: so it is seen in which letter they differ, and long names have room.
        return [
            ((f"{'>' if has_cursor else ' '} ", "accent"), (fit(called(double.account), width - 2), "strong")),
            (("  ", ""), (fit(called(double.other), width - 2), "strong")),
            ((fit(f"    {double.why}", width), "dim"),),
        ]

    def _tell(self, text: str, role: str) -> None:
        told = self.query_one("#listing-told", Lines)
        lines = wrap(f" {text}", max(2, self.size.width - 1), role, indent=1) if text else []
        told.styles.height = len(lines)
        told.show(lines)

    def action_merge(self) -> None:
        """Show what a merge of the pair would move."""
        double = self._doubles.get(self._rows.chosen)
        if double:
            try:
                self.app.push_screen(MergeScreen(self._below, double.account, double.other))
            except DeskError as error:
                self._tell(str(error), "warn")

    def action_apart(self) -> None:
        """Remember that the pair are two customers."""
        double = self._doubles.get(self._rows.chosen)
        if double:
            self._tell(*_act(self._below, lambda: self._below.desk.identity.apart(double.account, double.other)))
            self._fill()
