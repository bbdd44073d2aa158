"""The main screen: worklist, script and calendar, the prompt below. It and its helpers call the desk; panes do not.

What belongs to a call, the review, the calendar or the line that is typed is done by a helper each.
"""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from arctui.actions.keys import ActionTable
from arctui.actions.model import Action, Place, State
from arctui.actions.table import works_over_the_line
from arctui.desk import Desk
from arctui.tui.bindings import bindings
from arctui.tui.glancing import Beginning
from arctui.tui.panes.calendar import CalendarPane, MonthGrid
from arctui.tui.panes.script import ScriptPane
from arctui.tui.panes.worklist import WorklistPane
from arctui.tui.purposes import PURPOSES
from arctui.tui.screens.acting import Acting
from arctui.tui.screens.calling import Calling
from arctui.tui.screens.choosing import Choosing
from arctui.tui.screens.following import Following
from arctui.tui.screens.hints import show_keys
from arctui.tui.screens.importing import Importing
from arctui.tui.screens.moving import Moving
from arctui.tui.screens.planning import Planning
from arctui.tui.screens.resting import Resting
from arctui.tui.screens.reviewing import Reviewing
from arctui.tui.screens.starting import start
from arctui.tui.screens.telling import EXPECTED, TellingScreen
from arctui.tui.screens.typing import Typing
from arctui.tui.views.entries import Entry, entry, listed
from arctui.tui.views.facts import facts
from arctui.tui.views.header import header, tally
from arctui.tui.views.strip import strip
from arctui.tui.widgets.keybar import KeyBar
from arctui.tui.widgets.lines import Line, Lines
from arctui.tui.widgets.prompt import Prompt
from arctui.tui.widgets.rowlist import RowList

#: Three panes side by side from this width on; else the one in front takes it all.
WIDE = 120


class DeskScreen(TellingScreen):
    """The clerk's desk."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings())

    def __init__(self, desk: Desk, actions: ActionTable) -> None:
        super().__init__(desk)
        self.actions = actions
        self.take_keys(actions)
        self.search = ""
        self.key = ""
        self.front = "worklist"
        self.whole_month = False
        # Does the cursor hold an account in the list that is not on it any more?
        self.has_guest = False
        self.calling = Calling(self)
        self.choosing = Choosing(self)
        self.reviewing = Reviewing(self)
        self.planning = Planning(self)
        self.typing = Typing(self)
        self.moving = Moving(self)
        self.acting = Acting(self)
        self.following = Following(self)
        self.resting = Resting(self)
        self.importing = Importing(self)
        self.beginning = Beginning(self)

    def take_keys(self, actions: ActionTable) -> None:
        """Let these keys work."""
        self.actions = actions
        for key in actions.added - set(self._bindings.key_to_bindings):
            self._bindings.bind(key, f"press('{key}')", show=False)

    def compose(self) -> ComposeResult:
        """Lay out header, panes, prompt, strip, status and key bar."""
        header_line, strip_line, status = Lines(id="header"), Lines(id="strip"), Lines(id="status")
        progress = Lines(id="progress")
        header_line.can_focus = strip_line.can_focus = status.can_focus = progress.can_focus = False
        yield header_line
        with Container(id="panes"):
            yield WorklistPane()
            yield ScriptPane()
            yield CalendarPane()
        yield Prompt()
        yield strip_line
        yield status
        yield progress
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the worklist with the cursor on the first account, or what was cut off."""
        self.following.begin()
        start(self)

    def on_unmount(self) -> None:
        """The program is left."""
        self.following.leave()

    def on_resize(self) -> None:
        """Three columns where there is room."""
        self._lay_out()
        self.prompt.fit()
        self.guarded(self.typing.fit)
        self.guarded(lambda: self.show_all(stay=self.has_guest))

    # The parts

    @property
    def wide(self) -> bool:
        """Do the three panes stand side by side?"""
        return self.size.width >= WIDE

    @property
    def worklist(self) -> WorklistPane:
        """The worklist pane."""
        return self.query_one(WorklistPane)

    @property
    def accounts(self) -> RowList[Entry]:
        """The list of accounts."""
        return self.worklist.list

    @property
    def prompt(self) -> Prompt:
        """The prompt."""
        return self.query_one(Prompt)

    @property
    def place(self) -> Place:
        """Where the clerk is, so what the keys mean."""
        if self.front == "calendar":
            return Place.AGENDA if self.planning.in_entries else Place.MONTH
        if self.front == "worklist":
            return Place.LIST
        if self.calling.call:
            return Place.CALL
        if self.reviewing.open:
            return self.reviewing.place
        return Place.ACCOUNT

    @property
    def account(self) -> str:
        """The id of the account that the keys are about, "" if there is none."""
        match self.place:
            case Place.CALL:
                return self.calling.now.account
            case Place.OPENING | Place.REVIEW | Place.SUMMARY:
                return self.reviewing.account
            case Place.MONTH | Place.AGENDA:
                found = self.planning.entry
                return found.account if found else ""
        return self.accounts.chosen

    # Panes

    def enter_pane(self, name: str) -> None:
        """Bring a pane to the front and let it take the keys."""
        self.front = name
        self._lay_out()
        self.set_focus(self._focus_of(name))
        self.show_keys()

    def _focus_of(self, name: str) -> Widget:
        calendar = self.planning.pane.agenda if self.planning.in_entries else self.planning.pane.month
        return {"worklist": self.accounts, "script": self.query_one(ScriptPane), "calendar": calendar}[name]

    def _lay_out(self) -> None:
        # Each on its own pane: a change of a class works out the styles of all that is in it.
        self.query_one("#panes").set_class(self.whole_month, "-whole-month")
        script, calendar = self.query_one(ScriptPane), self.planning.pane
        self.worklist.set_class(self.front == "worklist" or self.wide, "-front")
        script.set_classes({"script": ["-front"], "worklist": ["-under"]}.get(self.front, []))
        calendar.set_class(self.front == "calendar", "-front")
        self.worklist.set_tall(tall=self.wide)
        calendar.set_tall(tall=self.wide and not self.whole_month)
        self.query_one("#strip").display = not self.wide

    # Showing

    def show_all(self, key: str = "", *, first: bool = False, stay: bool = False, script: bool = True) -> None:
        """Show everything as the desk has it now; the cursor goes to an account, or to the first, or stays.

        `stay`: others changed it, so the cursor's account stays in the list although it may not be on it any more.
        Without `script` that pane and the keys are shown by whoever asks for the rest.
        """
        found, on_list = listed(self.desk, self.search), len(self.desk.worklist())
        keys, key = self.beginning.keys(found, found[0] if first and found else key)
        stay = (stay or self.typing.back is not None) and self.desk.knows(self.accounts.chosen)
        keys = self.accounts.with_cursor(found) if stay else keys
        self.has_guest = len(keys) > len(found)
        self.worklist.show(keys, partial(entry, self.desk), search=self.search, on_list=on_list, key=key)
        if self.wide or self.front == "calendar":
            self.planning.show()
        self.query_one("#header", Lines).show([header(tally(self.desk), self.size.width)])
        if script:
            self.show_script(top=False)
            self.show_keys()
        self.following.shown()

    def show_script(self, *, top: bool) -> None:
        """Show the open call, the review, or the facts of the account that is looked at."""
        make: Callable[[int], list[Line]] = lambda _: []  # noqa: E731
        account = self.typing.target or (self.account if self.front != "script" else self.accounts.chosen)
        if self.calling.call and self.desk.knows(self.calling.call.account):
            make = self.calling.lines
        elif self.reviewing.open:
            make = self.reviewing.lines
        elif account and self.desk.knows(account):
            make = lambda width: facts(self.desk, account, width)  # noqa: E731
        self.query_one(ScriptPane).show_made(make, top=top)
        if not self.wide:
            self.query_one("#strip", Lines).show([strip(self.desk, self.front, self.calling.call, self.size.width)])

    def show_keys(self) -> None:
        """Show the keys that work now."""
        show_keys(self)

    def state(self) -> State:
        """Say what the actions depend on."""
        account, place, closed = self.account, self.place, self.desk.book.closed_because
        if not account or not self.desk.knows(account):
            return State(place=place, closed=closed)
        dossier = self.desk.dossier(account)
        return State(
            place=place,
            account=account,
            closed=closed,
            has_phone=any(p.phones for p in dossier.people),
            matters=len(self.desk.matters.on(account)),
            entry="entry" if self.front == "calendar" and self.planning.entry else "",
        )

    def on_screen_resume(self) -> None:
        """Show what was done while another screen lay over this one."""
        self.following.resume()

    def call_is_lost(self) -> bool:
        """Leave the call if it cannot go on here any more, and say why."""
        why = self.calling.lost()
        if not why:
            return False
        self.typing.close()
        self.enter_pane("worklist")
        self.show_all()
        self.tell(why, "warn")
        return True

    @on(RowList.Moved, "#accounts")
    def _account_moved(self) -> None:
        if self.has_guest:
            self.guarded(self.show_all)
        self.guarded(lambda: self.worklist.retitle(self.search, len(self.desk.worklist())))
        self.resting.moved()

    @on(RowList.Moved, "#agenda")
    def _entry_moved(self) -> None:
        if self.front == "calendar":
            self.guarded(self._show_looked_at)

    @on(MonthGrid.Chosen)
    def _day_chosen(self) -> None:
        with self.prevent(RowList.Moved):
            self.guarded(self.planning.show_day)
        self.guarded(self._show_looked_at)

    def _show_looked_at(self) -> None:
        self.show_script(top=True)
        self.show_keys()

    @property
    def is_typed_in(self) -> bool:
        """Is a line being typed, so that a click chooses nothing else?"""
        return bool(self.prompt.display)

    def on_click(self, event: events.Click) -> None:
        """Go to the pane that was clicked into, unless a line is being typed."""
        from arctui.tui.clicks import enter_clicked

        enter_clicked(self, event)

    # Acting

    def action_press(self, key: str) -> None:
        """Do what a key means here."""
        action = self.actions.for_key(key, self.place)
        if self.prompt.display and not works_over_the_line(action, key, self.prompt.purpose):
            return
        # Only a note takes the prompt from the line; lists lie over it.
        self.calling.over_line = bool(self.prompt.display and action and action.id == "note_in_call")
        if action:
            self.key = key
            self.do(action)

    def action_act(self, name: str) -> None:
        """Do an action of the table that was chosen by its name."""
        if not self.prompt.display:
            self.key = ""
            self.do(self.actions.by_id[name])

    def do(self, action: Action) -> None:
        """Do an action, or say why it is not possible."""
        reason = action.reason(self.state())
        if reason:
            self.tell(reason, "warn")
        elif handler := self.handler(action.id):
            self.guarded(handler)
        else:
            self.guarded(lambda: self.typing.open(PURPOSES[action.id]))

    def handler(self, name: str) -> Callable[[], None] | None:
        """Return what does an action; None for one that opens the prompt."""
        of_panes = (self, self.calling, self.choosing, self.reviewing, self.planning, self.planning.marking)
        for owner in (*of_panes, self.moving, self.acting, self.importing):
            found: Callable[[], None] | None = getattr(owner, f"do_{name}", None)
            if found:
                return found
        return None

    def carry_out(self, account: str, act: Callable[[], str]) -> None:
        """Do an act of the desk on an account and show what it changed."""
        self.following.catch_up(account)
        done = act()
        self.after_act()
        self.saved(done)

    def after_act(self) -> None:
        """Show what an act changed; the review goes on to the next promise."""
        if self.place in (Place.REVIEW, Place.SUMMARY):
            self.reviewing.go_on()
        else:
            self.show_all()

    def do_call(self) -> None:
        """Call the account, or go on with its call."""
        self.calling.begin(self.account)

    # The prompt

    @on(Prompt.Typed)
    def _typed(self, event: Prompt.Typed) -> None:
        if type(event) is Prompt.Typed and event.purpose == self.prompt.purpose:
            self.guarded(lambda: self.typing.typed(event.text))

    @on(Prompt.Entered)
    def _entered(self, event: Prompt.Entered) -> None:
        try:
            finished = self.typing.entered(PURPOSES[event.purpose], event.text, sure=event.sure)
        except EXPECTED as error:
            self.prompt.understood(PURPOSES[event.purpose].refused(str(error), self.size.width))
            return
        if finished:
            self.guarded(lambda: PURPOSES[event.purpose].finished(self))
            self.guarded(self.typing.go_back)
            self.calling.open_line_again()

    @on(Prompt.Left)
    def _left(self, event: Prompt.Left) -> None:
        self.guarded(lambda: PURPOSES[event.purpose].left(self, event.text))
        self.guarded(self.close_prompt)
        self.guarded(self.typing.go_back)
        self.calling.open_line_again()

    @on(Prompt.Emptied)
    def _emptied(self, event: Prompt.Emptied) -> None:
        if event.purpose == self.prompt.purpose:
            self.guarded(lambda: PURPOSES[event.purpose].emptied(self))

    def close_prompt(self, *, show: bool = True) -> None:
        """Hide the prompt and give the keys back to the pane in front; `show` everything as it is."""
        self.typing.close()
        self.set_focus(self._focus_of(self.front))
        if show:
            self.show_all(stay=self.has_guest)
