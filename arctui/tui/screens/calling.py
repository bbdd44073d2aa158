"""The open call on the screen: what its keys do. The desk keeps every move; this only shows where it is."""

from typing import TYPE_CHECKING

from textual.timer import Timer

from arctui.core import words as say
from arctui.core.calls import Call
from arctui.core.text import fold
from arctui.desk import DeskError, Logged
from arctui.desk.calls import CallStep
from arctui.playbook.model import LineKind
from arctui.tui.purposes import PURPOSES
from arctui.tui.screens.find import FindScreen, Found
from arctui.tui.views.call import call_lines
from arctui.tui.widgets.lines import Line

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

#: What is being typed is on disk at most this much later.
_KEEP_SECONDS = 0.4


class Calling:
    """At most one call is open on the screen; others are parked."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        self.call: Call | None = None
        # Where the worklist goes on after the call: the account below, and whether the review is waiting.
        self.following = ""
        self.from_review = False
        self._timer: Timer | None = None
        self._typing = ""

    @property
    def now(self) -> Call:
        """The open call. Raises DeskError if there is none."""
        if self.call is None:
            raise DeskError("no call is open")
        return self.call

    @property
    def place(self) -> CallStep:
        """Where the open call is."""
        return self.screen.desk.calls.place(self.now)

    @property
    def line_kind(self) -> LineKind | None:
        """What the present step asks to be typed."""
        return self.place.step.line if self.call else None

    def lines(self, width: int) -> list[Line]:
        """Return what the pane shows."""
        return call_lines(self.screen.desk, self.now, self.place, width)

    # Beginning and leaving

    def begin(self, account: str, *, broken: bool = False) -> None:
        """Call an account, or go on with its call; another open call is parked."""
        self.following = self.screen.successor(account)
        if self.call and self.call.account != account:
            self.leave()
        self.call = self.screen.desk.calls.begin(account, broken=broken)
        self.screen.show_all()
        self.arrived()

    def take_up(self, call: Call) -> None:
        """Go on with a call that was cut off."""
        self.following = self.screen.successor(call.account)
        self.call = self.screen.desk.calls.begin(call.account)
        self.screen.show_all()
        self.arrived()

    def leave(self) -> str:
        """Park the open call; return what to say."""
        call, self.call = self.now, None
        self._stop_timer()
        parked = self.screen.desk.calls.leave(call)
        name = self.screen.desk.dossier(call.account).account.name
        return f"parked: {name} is the first row, Enter goes on" if parked else f"nothing was noted: {name}"

    def lost(self) -> str:
        """Say why the open call cannot go on here, "" if it can: then it is shown no longer."""
        if self.call is None:
            return ""
        call, desk = self.call, self.screen.desk
        gone = not desk.knows(call.account)
        if not gone and desk.book.facts.get(Call, call.id) == call:
            return ""
        self.call = None
        self._stop_timer()
        if gone:
            desk.calls.forget(call)
            return "another session took this account out of the book: the call cannot go on"
        return "this call goes on in another window of yours"

    def arrived(self) -> None:
        """Show the step; where it asks for a line, open it."""
        screen, call = self.screen, self.now
        if screen.prompt.display:
            screen.prompt.close()
        screen.enter_pane("script")
        screen.show_script(top=True)
        screen.tell("")
        if self.line_kind:
            self.open_line(call.typed)

    def open_line(self, text: str) -> None:
        """Open the line that the step asks for."""
        kind = self.line_kind
        if kind:
            self.screen.typing.open(PURPOSES["call_line"], title=str(kind), text=text)

    # Keeping what is typed

    def keep_soon(self, text: str) -> None:
        """Keep what is being typed, at the latest in a moment."""
        self._typing = text
        if self.call and text != self.call.typed and self._timer is None:
            self._timer = self.screen.set_timer(_KEEP_SECONDS, self._keep)

    def keep_now(self, text: str) -> None:
        """Keep what was typed."""
        self._typing = text
        self._keep()

    def _keep(self) -> None:
        self._stop_timer()
        if self.call:
            self.screen.guarded(self._keep_typed)

    def _keep_typed(self) -> None:
        self.call = self.screen.desk.calls.typed(self.now, self._typing)

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.stop()
        self._timer = None

    # Moves

    def _step(self, after: Call) -> None:
        self.call = after
        self._stop_timer()
        self.arrived()

    def enter(self, text: str) -> None:
        """Take the line of the step."""
        self._stop_timer()
        self.call = self.screen.desk.calls.enter(self.now, text)

    def note(self, text: str) -> None:
        """Take a note."""
        self.call = self.screen.desk.calls.note(self.now, text)

    def do_reply(self) -> None:
        """Go where the reply leads whose digit was pressed."""
        if not self.screen.key.isdigit():
            raise DeskError("press the digit of the reply that you hear")
        self._step(self.screen.desk.calls.reply(self.now, int(self.screen.key)))

    def do_go_on(self) -> None:
        """Open the line, end the call, or take the only reply."""
        step = self.place.step
        if step.line:
            self.open_line(self.now.typed)
        elif step.end:
            self.end()
        elif len(step.replies) == 1 or step.replies[0].agreed:
            self._step(self.screen.desk.calls.reply(self.now, 1))
        else:
            raise DeskError("which reply? press its digit; e finds an excuse, l ends with any other result")

    def do_back(self) -> None:
        """Go one step back."""
        self._step(self.screen.desk.calls.back(self.now))

    def do_commit(self) -> None:
        """Take the promise now."""
        self._step(self.screen.desk.calls.jump(self.now, self.screen.desk.calls.playbook.commitment))

    def do_object(self) -> None:
        """Take down a dispute."""
        self._step(self.screen.desk.calls.jump(self.now, self.screen.desk.calls.playbook.dispute))

    def do_excuse(self) -> None:
        """Find an excuse by typing."""
        book = self.screen.desk.calls.playbook
        rows = {
            name: Found(
                step.group, step.excuse, book.groups[step.group], fold(f"{step.excuse} {step.find} {step.title}")
            )
            for name, step in book.excuses.items()
        }

        def chosen(name: str | None) -> None:
            if name and self.call:
                self.screen.guarded(lambda: self._step(self.screen.desk.calls.excuse(self.now, name)))

        self.screen.app.push_screen(FindScreen("WHICH REASON", "as the customer gives it", rows), chosen)

    def do_park(self) -> None:
        """Park the call, or leave it without a trace if nothing happened in it."""
        said = self.leave()
        self.screen.back_from_call(self.following if self.from_review else "")
        self.screen.tell(said)

    # The end

    def end(self, line: str = "") -> None:
        """End the call with what was agreed, or with a line; go on to the next account."""
        logged = self.screen.desk.calls.end(self.now, line)
        self.call = None
        self._stop_timer()
        self.screen.back_from_call(self.following)
        self.screen.saved(self.said(logged))

    def said(self, logged: Logged) -> str:
        """Say what was saved, when the account comes up again, and whom Enter calls now."""
        desk = self.screen.desk
        then = f"; next {say.short_day(logged.next.day, desk.today)}" if logged.next else ""
        return f"{logged.act}{then}"
