"""Who should get credit: lists of accounts with grade, limit and proposal; a person holds, releases, sets a limit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from arctui.core.business import UnknownCountryError
from arctui.core.credit_terms import Card
from arctui.core.text import plural
from arctui.desk import DeskError
from arctui.desk.credit import LISTS
from arctui.store import BookError
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.views.credit import credit_lines, credit_row, heads
from arctui.tui.views.facts import facts
from arctui.tui.widgets.keybar import Hint, KeyBar
from arctui.tui.widgets.lines import Line, Lines, wrap
from arctui.tui.widgets.prompt import CleanInput
from arctui.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

#: Seconds that grading takes at a time, and that it leaves to the keys in between.
_SLICE, _PAUSE = 0.02, 0.01
_DECIDE: tuple[Hint, ...] = (("h", "hold"), ("r", "release"), ("=", "limit"))
#: What is asked in the line of each decision.
_ASKS = {
    "hold": "why on hold? write the reason",
    "release": "why released? write the reason",
    "limit": "the limit, then why: 5000 pays on time",
}


class CreditScreen(Screen[None]):
    """A list of accounts, or one account in words over it; what is decided is asked for in a line below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "show", "the account's grade in words", show=False),
        Binding("h", "ask('hold')", "put the account on hold", show=False),
        Binding("r", "ask('release')", "take it off hold", show=False),
        Binding("equals_sign", "ask('limit')", "set its limit", show=False),
        Binding("i", "account", "the whole account", show=False),
        Binding("tab,right_square_bracket", "list(1)", "the next list", show=False),
        Binding("shift+tab,left_square_bracket", "list(-1)", "the list before", show=False),
        Binding("u", "undo", "undo the last act", show=False),
        Binding("escape", "leave", "back to the list, or to the desk", show=False),
        Binding("q,K", "dismiss", "back to the desk", show=False),
    ]

    def __init__(self, screen: "DeskScreen") -> None:
        super().__init__()
        self._below, self._desk = screen, screen.desk
        self._list = ""
        # The account that is shown in words, "" where the list is.
        self._shown = ""
        self._asked = ""
        self._told: tuple[str, str] = ("", "")
        self._rows: RowList[Card] = RowList(self._draw, id="behind")

    def compose(self) -> ComposeResult:
        """Lay out title, list or account, the line of a decision, what was said last, and keys."""
        title, told, columns = Lines(id="listing-title"), Lines(id="listing-told"), Lines(id="find-title")
        title.can_focus = told.can_focus = columns.can_focus = False
        yield title
        yield columns
        yield self._rows
        yield Lines(id="listing")
        yield CleanInput(compact=True, select_on_focus=False, id="split")
        yield told
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the frame; the accounts come when they are graded."""
        line = self.query_one("#split", Input)
        line.display, line.cursor_blink = False, False
        self.query_one("#listing").display = False
        self.set_focus(self._rows)
        self._grade()

    def on_resize(self) -> None:
        """Break the words for the width."""
        self._show()
        self.tell(*self._told)

    # What is shown

    def _grade(self) -> None:
        """Go on grading for a moment, and show the first list with an account on it when all are graded."""
        try:
            waiting = self._desk.credit.look(_SLICE)
        except UnknownCountryError as error:
            self.tell(str(error), "bad")
            return
        if waiting:
            self._title(f"grading, {waiting:,} accounts to go ...")
            self.set_timer(_PAUSE, self._grade)
            return
        if not self._list:
            self._list = next((name for name in LISTS if self._desk.credit.list(name)), "all")
        self._fill()

    def _fill(self) -> None:
        """Take the list as it is now; the cursor stays on its account. One that is gone is no longer shown."""
        if self._shown and not self._desk.knows(self._shown):
            self._shown = ""
            self.set_focus(self._rows)
        chosen, self._rows.empty = self._rows.chosen, "   no account is on this list"
        cards = {card.account: card for card in self._desk.credit.list(self._list)}
        self._rows.fill(list(cards), cards.__getitem__, chosen)
        self._show()

    def _show(self) -> None:
        if not self._list:
            return
        in_words, width = bool(self._shown), max(10, self.size.width - 4)
        self._rows.display = self.query_one("#find-title").display = not in_words
        listing = self.query_one("#listing", Lines)
        listing.display = in_words
        if in_words:
            listing.show(credit_lines(self._desk, self._desk.credit.card(self._shown), width))
            keys: tuple[Hint, ...] = (*_DECIDE, ("i", "account"), ("u", "undo"), ("Esc", "list"))
        else:
            self.query_one("#find-title", Lines).show([heads(self.size.width)])
            keys = (("Enter", "why"), *_DECIDE, ("Tab", "next list"), ("u", "undo"), ("Esc", "back"))
        self._title(f"{LISTS[self._list]}: {plural(len(self._rows.keys), 'account')}")
        if not self._asked:
            self.query_one(KeyBar).hint(keys, None)

    def _title(self, words: str) -> None:
        self.query_one("#listing-title", Lines).show([((" CREDIT", "title"), (f"  {words}", "dim"))])

    def _draw(self, card: Card, width: int, has_cursor: bool) -> Sequence[Line]:
        return [credit_row(self._desk, card, width, has_cursor=has_cursor)]

    def tell(self, text: str, role: str) -> None:
        """Say something under the list; "" for nothing."""
        self._told = (text, role)
        told = self.query_one("#listing-told", Lines)
        lines = wrap(f" {text}", max(2, self.size.width - 1), role, indent=1) if text else []
        told.styles.height = len(lines)
        told.show(lines)

    # What the keys do

    @property
    def _account(self) -> str:
        return self._shown or self._rows.chosen

    def action_list(self, by: int) -> None:
        """Go to another list."""
        if self._list and not self._asked and not self._shown:
            names = list(LISTS)
            self._list = names[(names.index(self._list) + by) % len(names)]
            self.tell("", "")
            self._fill()

    def action_show(self) -> None:
        """Show one account in words."""
        if self._rows.chosen and not self._shown:
            self._shown = self._rows.chosen
            self._show()
            self.set_focus(self.query_one("#listing"))
            self.query_one("#listing", Lines).scroll_home(animate=False)

    def action_account(self) -> None:
        """Show the whole account."""
        account = self._account
        if account and self._desk.knows(account):
            whole = ListingScreen("ACCOUNT", lambda width: facts(self._desk, account, width, whole=True))
            self.app.push_screen(whole)

    def action_ask(self, what: str) -> None:
        """Ask for the reason of a decision; for a limit the proposed one stands there already."""
        if not self._desk.knows(self._account):
            return
        self._asked = what
        line = self.query_one("#split", Input)
        proposed = self._desk.credit.card(self._account).proposal.limit
        line.display = True
        line.value = f"{proposed:f} ".replace(".00 ", " ") if what == "limit" and proposed is not None else ""
        line.cursor_position = len(line.value)
        self.set_focus(line)
        name = self._desk.credit.card(self._account).name
        self.tell(f"{name}: {_ASKS[what]}", "dim")
        self.query_one(KeyBar).hint((("Enter", f"decide: {what}"), ("Esc", "leave it")), None)

    @on(Input.Submitted, "#split")
    def _entered(self, event: Input.Submitted) -> None:
        credit, account = self._desk.credit, self._account
        try:
            if self._asked == "limit":
                amount, _, why = event.value.strip().partition(" ")
                done = credit.decide(
                    account, limit=credit.read_limit(amount, credit.card(account).currency), reason=why
                )
            else:
                done = credit.decide(account, hold=self._asked == "hold", reason=event.value)
        except (DeskError, BookError) as error:
            self.tell(str(error), "bad" if isinstance(error, BookError) else "warn")
            return
        self._leave_line()
        self._fill()
        self.tell(f"saved: {done}", "good")

    def _leave_line(self) -> None:
        self._asked = ""
        self.query_one("#split").display = False
        self.set_focus(self.query_one("#listing") if self._shown else self._rows)
        self.tell("", "")

    def action_undo(self) -> None:
        """Undo the last act."""
        try:
            said, role = f"undone: {self._desk.undo().act}", "good"
        except (DeskError, BookError) as error:
            said, role = str(error), "bad"
        self._grade()
        self.tell(said, role)

    def action_leave(self) -> None:
        """Leave the line that is typed, else the account, else the screen."""
        if self._asked:
            self._leave_line()
            self._show()
        elif self._shown:
            self._shown = ""
            self._show()
            self.set_focus(self._rows)
        else:
            self.dismiss()
