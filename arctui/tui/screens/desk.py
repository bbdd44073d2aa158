"""The main screen: worklist and facts side by side, the prompt below; the one place that calls the desk."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.screen import Screen

from arctui.core.business import UnknownCountryError
from arctui.core.facts import Dossier
from arctui.desk import Desk, DeskError
from arctui.exchange.report import ReportError
from arctui.store import BookError
from arctui.tui import views
from arctui.tui.actions import ACTIONS, BY_ID, State, bindings
from arctui.tui.panes.facts import FactsPane
from arctui.tui.panes.worklist import WorklistPane
from arctui.tui.screens.help import HelpScreen
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.screens.purposes import PURPOSES, Purpose
from arctui.tui.widgets.keybar import KeyBar
from arctui.tui.widgets.lines import Line, Lines, fit
from arctui.tui.widgets.prompt import Prompt
from arctui.tui.widgets.rowlist import RowList

_REFRESH_SECONDS = 2.0
_EXPECTED = (DeskError, BookError, ReportError, UnknownCountryError)


class DeskScreen(Screen[None]):
    """The clerk's desk."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings())

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.search = ""
        self.drafts: dict[tuple[str, str], str] = {}
        # The account that the open prompt is about, and its facts as they were shown with the reading.
        self.target = ""
        self.shown: tuple[Dossier, list[Line]] | None = None
        self._wide = False

    def compose(self) -> ComposeResult:
        """Lay out header, panes, prompt, status and key bar."""
        header, status = Lines(id="header"), Lines(id="status")
        header.can_focus = status.can_focus = False
        yield header
        with Container(id="panes"):
            yield WorklistPane()
            yield FactsPane()
        yield Prompt()
        yield status
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the worklist with the cursor on the first account."""
        self.accounts.focus()
        if not self.desk.accounts():
            self.tell("this book is empty: o imports a report of your accounting system", "warn")
        elif self.desk.rules.stale:
            self.tell(self.desk.rules.stale, "warn")
        self.set_interval(_REFRESH_SECONDS, self.take_over)

    def on_resize(self) -> None:
        """Two columns where there is room."""
        self._wide = self.size.width >= 110
        self.worklist.set_tall(tall=self._wide)
        self.show_all()

    # The parts

    @property
    def worklist(self) -> WorklistPane:
        """The worklist pane."""
        return self.query_one(WorklistPane)

    @property
    def accounts(self) -> RowList[views.Entry]:
        """The list of accounts."""
        return self.worklist.list

    @property
    def prompt(self) -> Prompt:
        """The prompt."""
        return self.query_one(Prompt)

    @property
    def account(self) -> str:
        """The id of the account under the cursor, "" if the list is empty."""
        return self.accounts.chosen

    # Showing

    def show_all(self, key: str = "", *, first: bool = False) -> None:
        """Show everything as the desk has it now; the cursor goes to an account, or to the first, or stays."""
        keys, on_list = views.listed(self.desk, self.search), len(self.desk.worklist())
        key = keys[0] if first and keys else key
        entry = partial(views.entry, self.desk)
        self.worklist.show(keys, entry, search=self.search, on_list=on_list, key=key)
        self.show_facts(top=False)
        self.query_one("#header", Lines).show([views.header(views.tally(self.desk), self.size.width)])
        self.show_keys()

    def show_facts(self, *, top: bool) -> None:
        """Show the facts of the account under the cursor."""
        account = self.account
        make: Callable[[int], list[Line]] = lambda _: []  # noqa: E731
        if account and self.desk.knows(account):
            make = lambda width: views.facts(self.desk, account, width)  # noqa: E731
        self.query_one(FactsPane).show_facts(make, top=top)

    def show_keys(self) -> None:
        """Show the keys that work now."""
        if self.prompt.display:
            self.query_one(KeyBar).hint(PURPOSES[self.prompt.purpose].hints, None)
            return
        state = self.state()
        shown = sorted((a for a in ACTIONS if a.rank and not a.reason(state)), key=lambda a: a.rank)
        hints = [(a.key_label, a.label) for a in shown]
        if self.search:
            hints.insert(0, ("Esc", "clear search"))
        self.query_one(KeyBar).hint(hints)

    def state(self) -> State:
        """Say what the actions depend on."""
        account = self.account
        if not account or not self.desk.knows(account):
            return State()
        dossier = self.desk.dossier(account)
        return State(
            account=account,
            has_phone=any(p.phones for p in dossier.people),
            open_disputes=sum(d.closed_on is None for d in dossier.disputes),
        )

    def tell(self, text: str, role: str = "") -> None:
        """Say something in the status line."""
        self.query_one("#status", Lines).show([((f" {fit(text, max(1, self.size.width - 2))}", role),)])

    def take_over(self) -> None:
        """Show what other sessions did and what the time brought, without losing the reader's place."""
        if self.app.screen is not self:
            return
        try:
            if self.prompt.display:
                # What is being typed is about one account: the list stays as it is until the line is done.
                self.changed_meanwhile()
            elif self.desk.refresh():
                self.show_all()
            else:
                self.show_facts(top=False)
        except _EXPECTED as error:
            self.tell(str(error), "bad")

    @on(RowList.Moved)
    def _moved(self) -> None:
        self.worklist.retitle(self.search, len(self.desk.worklist()))
        self.show_facts(top=True)
        self.show_keys()

    # Acting

    def action_act(self, name: str) -> None:
        """Do an action of the table, or say why it is not possible."""
        if self.prompt.display:
            return
        reason = BY_ID[name].reason(self.state())
        if reason:
            self.tell(reason, "warn")
            return
        if name in PURPOSES:
            self.open_prompt(PURPOSES[name])
        else:
            getattr(self, f"do_{name}")()

    def carry_out(self, act: Callable[[], str]) -> bool:
        """Do an act of the desk and show what it changed; say why not if it cannot be done."""
        try:
            self.desk.refresh()
            done = act()
        except _EXPECTED as error:
            self.tell(str(error), "bad")
            return False
        self.show_all()
        return self.saved(done)

    def saved(self, what: str) -> bool:
        """Say that an act is on disk; always true."""
        self.tell(f"saved {self.desk.rules.moment.now:%H:%M}: {what}", "good")
        return True

    def do_undo(self) -> None:
        """Undo the last act."""
        try:
            undone = self.desk.undo()
        except _EXPECTED as error:
            self.tell(str(error), "warn")
            return
        ids = {s.now["account"] for s in undone.steps if s.now and "account" in s.now}
        ids |= {s.was["account"] for s in undone.steps if s.was and "account" in s.was}
        self.show_all(key=ids.pop() if len(ids) == 1 else "")
        self.tell(f"undone: {undone.act}", "good")

    def do_account(self) -> None:
        """Show the whole account."""
        account = self.account
        self.app.push_screen(
            ListingScreen("ACCOUNT", lambda width: views.facts(self.desk, account, width, whole=True))
        )

    def do_copy_phone(self) -> None:
        """Copy the first phone number."""
        phones = [phone for p in self.desk.dossier(self.account).people for phone in p.phones]
        self.app.copy_to_clipboard(phones[0])
        self.tell(f"copied: {phones[0]}")

    def do_solve(self) -> None:
        """Close the open disputes."""
        account = self.account
        self.carry_out(lambda: self.desk.solve_disputes(account))

    def do_next(self) -> None:
        """Go to the next account."""
        self.accounts.action_move(1)

    def do_previous(self) -> None:
        """Go to the previous account."""
        self.accounts.action_move(-1)

    def do_pane(self) -> None:
        """Go to the other pane."""
        facts = self.query_one(FactsPane)
        (self.accounts if facts.has_focus else facts).focus()

    def do_worklist(self) -> None:
        """Go to the worklist."""
        self.accounts.focus()

    def do_leave_search(self) -> None:
        """Show the worklist again, the cursor on the account that was found if it is there."""
        if self.search:
            self.search = ""
            self.show_all(key=self.account)
        self.accounts.focus()

    def do_redraw(self) -> None:
        """Paint the whole screen again."""
        self.app.refresh(layout=True)

    def do_palette(self) -> None:
        """Open the palette."""
        self.app.action_command_palette()

    def do_help(self) -> None:
        """List every key; run the one that is chosen."""

        def run(name: str | None) -> None:
            if name:
                self.action_act(name)

        self.app.push_screen(HelpScreen(self.state()), run)

    def do_quit(self) -> None:
        """Leave."""
        self.app.exit()

    # The prompt

    def open_prompt(self, purpose: Purpose) -> None:
        """Open the prompt for a purpose, with the draft that was left there."""
        self.target = self.account if purpose.about_account else ""
        self.tell("")
        draft = self.drafts.get((purpose.id, self.target), "")
        name = self.desk.dossier(self.target).account.name if self.target else ""
        title = f"{purpose.title} {fit(name, min(len(name), 24))}:" if name else f"{purpose.title}:"
        self.prompt.open(purpose.id, title, draft or purpose.begins_with(self), lines=purpose.lines)
        self.show_keys()

    @on(Prompt.Typed)
    def _typed(self, event: Prompt.Typed) -> None:
        if type(event) is Prompt.Typed and event.purpose == self.prompt.purpose:
            self._read_again()

    def _read_again(self) -> None:
        """Show how the line in the prompt is read now."""
        lines = PURPOSES[self.prompt.purpose].typed(self, self.prompt.input.value)
        self.shown = (self.desk.dossier(self.target), lines) if self.target else None
        self.prompt.understood(lines)

    def changed_meanwhile(self) -> bool:
        """Did somebody else change the account since its reading was shown? Then show the reading as it is now."""
        self.desk.refresh()
        if not self.target:
            return False
        if not self.desk.knows(self.target):
            self.close_prompt()
            self.tell("another session took this account out of the book: what you typed was not saved", "bad")
            return True
        lines = PURPOSES[self.prompt.purpose].typed(self, self.prompt.input.value)
        if (self.desk.dossier(self.target), lines) == self.shown:
            return False
        self._read_again()
        self.tell("something changed this account just now: look at the reading again, Enter saves it", "warn")
        return True

    @on(Prompt.Entered)
    def _entered(self, event: Prompt.Entered) -> None:
        try:
            finished = not self.changed_meanwhile() and PURPOSES[event.purpose].entered(self, event.text)
        except _EXPECTED as error:
            self.prompt.understood(PURPOSES[event.purpose].refused(str(error), self.size.width))
            return
        if finished:
            self.drafts.pop((event.purpose, self.target), None)
            self.close_prompt()

    @on(Prompt.Left)
    def _left(self, event: Prompt.Left) -> None:
        PURPOSES[event.purpose].left(self, event.text)
        self.close_prompt()

    def close_prompt(self) -> None:
        """Hide the prompt and go on in the list."""
        self.prompt.close()
        self.target = ""
        self.set_focus(self.accounts)
        self.show_all()
