"""The bank lines that wait, one after the other: accept, split, on account, ignore, or another account."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from arctui.core.import_records import BankLine
from arctui.desk import DeskError
from arctui.exchange.match_ways import Part
from arctui.exchange.matching import Proposal
from arctui.store import BookError
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.views.matching import following_lines, matching_lines
from arctui.tui.widgets.keybar import Hint, KeyBar
from arctui.tui.widgets.lines import Line, Lines
from arctui.tui.widgets.prompt import CleanInput

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

_SPLIT: tuple[Hint, ...] = (("Enter", "lay it so"), ("Esc", "back to the line"))


class _Sheet(Lines, inherit_bindings=False):
    """Lines that have the focus but no keys of their own: j and k go from one bank line to another."""


class MatchingScreen(ListingScreen):
    """One line at a time. What is left when it is closed goes on waiting."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "do what is proposed", show=False),
        Binding("s", "split", "say on which invoices it is laid", show=False),
        Binding("o", "on_account", "leave it on account", show=False),
        Binding("x", "ignore", "ignore it: it is none of a customer's", show=False),
        Binding("slash", "choose", "choose whose money it is", show=False),
        Binding("j,down,right_square_bracket", "go(1)", "the next line; this one goes on waiting", show=False),
        Binding("k,up,left_square_bracket", "go(-1)", "the line before", show=False),
        Binding("u", "undo", "undo the last act", show=False),
        Binding("pagedown,space", "scroll(1)", "show more of a long line", show=False),
        Binding("pageup", "scroll(-1)", "back to its beginning", show=False),
        Binding("escape", "leave", "leave; what is left goes on waiting", show=False),
    ]
    KEYS: ClassVar[tuple[Hint, ...]] = (
        ("Enter", "accept"),
        ("s", "split"),
        ("o", "account"),
        ("x", "ignore"),
        ("/", "whose"),
        ("j k", "next"),
    )
    LAST_KEYS: ClassVar[tuple[Hint, ...]] = (("Esc", "leave"),)
    MORE: ClassVar[Hint] = ("?", "")

    def __init__(self, screen: "DeskScreen") -> None:
        """Begin at the first line that waits. Raises DeskError if none does."""
        self._below, self._desk = screen, screen.desk
        if not screen.desk.matching.count():
            raise DeskError("no bank line waits: o imports a bank statement")
        self._at = 0
        # The accounts that the clerk chose, by line.
        self._chosen: dict[str, str] = {}
        super().__init__("BANK LINES", self._lines)

    def compose(self) -> ComposeResult:
        """Lay out as every listing, with a line to type a split."""
        title, told = Lines(id="listing-title"), Lines(id="listing-told")
        title.can_focus = told.can_focus = False
        yield title
        yield _Sheet(id="listing")
        yield CleanInput(placeholder="1041 500, 1042 rest", compact=True, id="split")
        yield told
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first line."""
        split = self.query_one("#split", Input)
        split.display, split.cursor_blink = False, False
        self._back_to_line()

    # What is shown

    @property
    def line(self) -> BankLine | None:
        """The line that is looked at, None if none waits any more."""
        lines = self._desk.matching.lines()
        self._at = max(0, min(self._at, len(lines) - 1))
        return lines[self._at] if lines else None

    def proposal(self, line: BankLine) -> Proposal:
        """What it may pay, of the account that the clerk chose."""
        return self._desk.matching.propose(line, self._chosen.get(line.id, ""))

    def _lines(self, width: int) -> list[Line]:
        line = self.line
        self._retitle()
        if line is None:
            return [(("no bank line waits", "dim"),)]
        lines = matching_lines(self._desk, self.proposal(line), width, chosen=line.id in self._chosen)
        return lines + following_lines(self._desk, self._desk.matching.lines()[self._at + 1 :], width)

    def _retitle(self) -> None:
        count = self._desk.matching.count()
        place = f"  {self._at + 1} of {count}" if count else ""
        self.query_one("#listing-title", Lines).show([((" BANK LINES", "title"), (place, "dim"))])

    # What the keys do

    def _act(self, act: Callable[[BankLine], str]) -> None:
        """Decide the line and go to the next; say what was done, or why it is not possible."""
        line = self.line
        if line is None:
            self.dismiss()
            return
        try:
            said = f"saved: {act(line)}"
        except (DeskError, BookError) as error:
            self.tell(str(error), "bad")
            return
        self._chosen.pop(line.id, None)
        self._back_to_line()
        self._below.tell(said, "good")
        if self.line is None:
            self.dismiss()
            return
        self.show_again()
        self.tell(said, "good")

    def action_accept(self) -> None:
        """Do what is proposed."""
        self._act(lambda line: self._desk.matching.accept(line.id, self._chosen.get(line.id, "")))

    def action_on_account(self) -> None:
        """Leave it on account."""
        self._act(lambda line: self._desk.matching.on_account(line.id, self._account(line)))

    def action_ignore(self) -> None:
        """It is none of a customer's."""
        self._act(lambda line: self._desk.matching.ignore(line.id))

    def _account(self, line: BankLine) -> str:
        account = self.proposal(line).account
        if not account:
            raise DeskError("whose money is it? / chooses the account")
        return account

    def action_go(self, by: int) -> None:
        """Go to another line; it stays as it is."""
        self._at += by
        self.tell("", "")
        self.show_again()
        self.query_one("#listing", Lines).scroll_home(animate=False)

    def action_scroll(self, by: int) -> None:
        """Show more of a long list of invoices."""
        listing = self.query_one("#listing", Lines)
        listing.scroll_relative(y=by * max(1, listing.size.height - 1), animate=False)

    def action_undo(self) -> None:
        """Undo the last act."""
        try:
            said, role = f"undone: {self._desk.undo().act}", "good"
        except (DeskError, BookError) as error:
            said, role = str(error), "bad"
        self.show_again()
        self.tell(said, role)

    def action_choose(self) -> None:
        """Find the account whose money it is."""
        line = self.line
        if line is None:
            return

        def chosen(account: str | None) -> None:
            if account:
                self._chosen[line.id] = account
                self.tell("", "")
                self.show_again()

        self._below.choosing.ask_account("WHOSE MONEY", self.proposal(line).account, "take it", chosen)

    def action_leave(self) -> None:
        """Leave the split that is being typed, else the screen; what waits goes on waiting."""
        if self.query_one("#split").display:
            self._back_to_line()
        else:
            self.dismiss()

    # The split

    def action_split(self) -> None:
        """Type on which invoices it is laid."""
        line = self.line
        if line is None:
            return
        split = self.query_one("#split", Input)
        split.display, split.value = True, ""
        self.set_focus(split)
        self.query_one(KeyBar).hint(_SPLIT, None)
        own = "an invoice and an amount each: 1041 500, 1042 rest; what is left stays on account"
        several = "whose money is it? birch 1041 500, cedar rest"
        self.tell(own if self.proposal(line).account else several, "dim")

    def _back_to_line(self) -> None:
        self.query_one("#split").display = False
        self.set_focus(self.query_one("#listing"))
        self.tell("", "")
        self.query_one(KeyBar).hint([*self.KEYS, *self.LAST_KEYS], self.MORE)

    @on(Input.Changed, "#split")
    def _typed(self, event: Input.Changed) -> None:
        line = self.line
        if line is None or not event.value.strip():
            return
        money = self._desk.rules.money
        try:
            parts = self._desk.matching.read_parts(line, self.proposal(line).account, event.value)
        except DeskError as error:
            self.tell(str(error), "warn")
            return
        left = line.amount - sum(part.amount for part in parts)
        told = [f"{money(part.amount, line.currency)} {self._on(part)}" for part in parts]
        self.tell(", ".join([*told, *([f"{money(left, line.currency)} on account"] if left else [])]), "good")

    def _on(self, part: Part) -> str:
        whose = f", {self._desk.dossier(part.account).account.name}" if part.account else ""
        return f"on {part.number or 'account'}{whose}"

    @on(Input.Submitted, "#split")
    def _entered(self, event: Input.Submitted) -> None:
        self._act(lambda line: self._desk.matching.apply(line.id, self.proposal(line).account, event.value))
