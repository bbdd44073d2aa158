"""The open call on the screen: what its keys do. The desk keeps every move; this only shows where it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from arctui.core import words as say
from arctui.core.calls import Call
from arctui.desk import DeskError, Logged
from arctui.desk.call_steps import CallStep
from arctui.desk.errors import HinderedError
from arctui.playbook.model import LineKind
from arctui.tui.purposes import PURPOSES
from arctui.tui.screens.keeping import Keeping
from arctui.tui.views.call import call_lines
from arctui.tui.widgets.lines import Line

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


#: The second key that takes a call from another window comes within this time.
_ASKED_SECONDS = timedelta(seconds=20)


@dataclass(frozen=True)
class Hindered:
    """A call that needs a reason to be made now; `why` says what speaks against it."""

    account: str
    broken: bool
    from_review: bool
    why: str


class Calling:
    """At most one call is open on the screen; others are parked."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        self.call: Call | None = None
        # Where the worklist goes on after the call: the account below, and whether the review is waiting.
        self.following = ""
        self.from_review = False
        # What is being typed, by its purpose: "" for the step's line.
        self._keeping: Keeping[str] = Keeping(screen, self._keep)
        # Where the worklist goes on after calls that wait, by their ids; the call that needs a reason to be made.
        self._waiting: dict[str, tuple[str, bool]] = {}
        self.hindered: Hindered | None = None
        # The call in another window that the clerk was asked about, and when.
        self._asked_for: tuple[str, datetime] | None = None
        # Was the step's line open under what is typed now?
        self.over_line = False

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

    def begin(
        self,
        account: str,
        *,
        broken: bool = False,
        from_review: bool = False,
        inbound: bool = False,
        despite: str = "",
    ) -> None:
        """Call an account, or go on with its call; another open call is parked. `inbound`: they call us.

        `despite`: why it is called although something speaks against it now; without that it is asked for.
        """
        self._ask_for_the_other_window(account)
        leaving = self._settled() if self.call and self.call.account != account else None
        was = (self.following, self.from_review)
        try:
            self.call = self.screen.desk.calls.begin(
                account, broken=broken, leaving=leaving, inbound=inbound, despite=despite
            )
        except HinderedError as error:
            self.hindered = Hindered(account, broken, from_review, error.why)
            self.screen.typing.open(PURPOSES["despite"])
            return
        if leaving and inbound:
            self._waiting[leaving.id] = was
        self.following, self.from_review = self.screen.moving.successor(account), from_review
        self.screen.show_all(script=False)
        self.arrived()
        self._take_up_draft()

    def _ask_for_the_other_window(self, account: str) -> None:
        """Raise DeskError, once, where the call goes on in another window: its line would go from under the hands."""
        other = self.screen.desk.calls.elsewhere(account)
        now = self.screen.desk.rules.moment.now
        asked = self._asked_for
        self._asked_for = None
        if other and (asked is None or asked[0] != other.id or now - asked[1] > _ASKED_SECONDS):
            self._asked_for = (other.id, now)
            raise DeskError("this call goes on in another window of yours: the same key again takes it here")

    def take(self, account: str) -> None:
        """They call us: take the call; an open one waits, and is gone back to."""
        if self.call and self.call.account == account:
            raise DeskError("this account is on the line already")
        self.begin(account, inbound=True)

    def call_all_the_same(self, why: str) -> None:
        """Begin the call that was hindered, with the reason that is kept. Raises DeskError without one."""
        if not why.strip():
            raise DeskError("a reason is kept with the call: why now?")
        held, self.hindered = self.hindered, None
        if held:
            despite = f"{held.why}: {why.strip()}"
            self.begin(held.account, broken=held.broken, from_review=held.from_review, despite=despite)

    def take_up(self, call: Call) -> None:
        """Go on with a call that was cut off."""
        self.begin(call.account)

    def _take_up_draft(self) -> None:
        """Open the note or the result that was being typed when the call was left."""
        typing = self.now.typing
        if typing in PURPOSES and self.draft(typing):
            self.screen.typing.open(PURPOSES[typing], text=self.draft(typing))

    def leave(self) -> str:
        """Park the open call; return what to say. If the disk refuses, it stays open."""
        call = self._settled()
        parked = self.screen.desk.calls.leave(call)
        self.call = None
        name = self.screen.desk.dossier(call.account).account.name
        return f"parked: {name} stays on top of the list, Enter goes on" if parked else f"nothing was noted: {name}"

    def lost(self) -> str:
        """Say why the open call cannot go on here, "" if it can: then it is shown no longer."""
        if self.call is None:
            return ""
        call, desk = self.call, self.screen.desk
        gone = not desk.knows(call.account)
        if not gone and desk.book.facts.get(Call, call.id) == call:
            return ""
        self.call = None
        typed = self._keeping.latest.strip()
        unkept = f"; not kept: {typed}" if typed else ""
        self._keeping.forget_all()
        if gone:
            return f"another session took this account out of the book: the call cannot go on{unkept}"
        ended = desk.book.facts.get(Call, call.id) is None
        return f"this call {'was ended' if ended else 'goes on'} in another window of yours{unkept}"

    def arrived(self) -> None:
        """Show the step; where it asks for a line, open it."""
        screen = self.screen
        screen.typing.close()
        screen.enter_pane("script")
        screen.show_script(top=True)
        screen.tell("")
        if self.line_kind:
            self.open_line(self.draft())

    def open_line(self, text: str) -> None:
        """Open the line that the step asks for."""
        kind = self.line_kind
        if kind:
            self.screen.typing.open(PURPOSES["call_line"], title=str(kind), text=text)

    def open_line_again(self) -> None:
        """After a note that was written over the step's line: the line again, with what stood in it."""
        over, self.over_line = self.over_line, False
        if over and self.line_kind and not self.screen.prompt.display:
            self.open_line(self.draft())

    # Keeping what is typed

    def keep_soon(self, text: str, purpose: str = "") -> None:
        """Keep what is being typed, at the latest in a moment; `purpose` is "" for the step's line."""
        if self.call:
            self._keeping.soon(purpose, text)

    def keep_now(self, text: str, purpose: str = "") -> None:
        """Keep what was typed."""
        self.keep_soon(text, purpose)
        self.flush()

    def flush(self) -> bool:
        """Bring what was typed to disk, before the program ends at the latest; return whether it is there."""
        return self._keeping.now()

    def _keep(self, purpose: str, text: str) -> None:
        self.call = self.screen.desk.calls.typed(self.now, text, purpose)

    def _settled(self) -> Call:
        """Return the open call with what was typed in it, before it moves on. Raises BookError."""
        self._keeping.write()
        return self.now

    def draft(self, purpose: str = "") -> str:
        """Return what was begun for a purpose in this call, or in the step's line."""
        if self.call is None:
            return ""
        kept = self.call.drafts.get(purpose, "") if purpose else self.call.typed
        unkept = self._keeping.text(purpose)
        return kept if unkept is None else unkept

    # Moves

    def go(self, move: Callable[[Call], Call]) -> None:
        """Make a move of the desk with the open call, and show where it leads."""
        self._step(move(self._settled()))

    def _step(self, after: Call) -> None:
        self.call = after
        self.arrived()

    def enter(self, text: str) -> None:
        """Take the line of the step."""
        self.call = self.screen.desk.calls.enter(self.now, text)
        self._keeping.forget("")

    def note(self, text: str) -> None:
        """Take a note."""
        self.call = self.screen.desk.calls.note(self.now, text)
        self._keeping.forget("note_in_call")

    def remark(self, text: str) -> None:
        """Note what was done beside the talk; a note that was begun stays begun."""
        begun = self.draft("note_in_call")
        call = self.screen.desk.calls.note(self._settled(), text)
        self.call = self.screen.desk.calls.typed(call, begun, "note_in_call") if begun.strip() else call

    def do_reply(self) -> None:
        """Go where the reply leads whose digit was pressed."""
        if not self.screen.key.isdigit():
            raise DeskError("press the digit of the reply that you hear")
        self._step(self.screen.desk.calls.reply(self._settled(), int(self.screen.key)))

    def do_go_on(self) -> None:
        """Open the line, end the call, or take the only reply."""
        step = self.place.step
        if step.line:
            self.open_line(self.draft())
        elif step.end:
            self.end()
        elif len(step.replies) == 1 or step.replies[0].agreed:
            self._step(self.screen.desk.calls.reply(self._settled(), 1))
        else:
            raise DeskError("which reply? press its digit; e finds an excuse, l ends with any other result")

    def do_back(self) -> None:
        """Go one step back."""
        self._step(self.screen.desk.calls.back(self._settled()))

    def do_commit(self) -> None:
        """Take the promise now."""
        self._step(self.screen.desk.calls.jump(self._settled(), self.screen.desk.calls.playbook.commitment))

    def do_object(self) -> None:
        """Take down a dispute."""
        self._step(self.screen.desk.calls.jump(self._settled(), self.screen.desk.calls.playbook.dispute))

    def do_park(self) -> None:
        """Park the call, or leave it without a trace if nothing happened in it."""
        parked = self.now
        said = self.leave()
        # The parked call's own row, on top of the list: Enter takes it up.
        self._go_back(parked, parked.account)
        self.screen.tell(said)

    # The end

    def end(self, line: str = "") -> None:
        """End the call with what was agreed, or with a line; go on to the next account."""
        self.screen.following.catch_up(self.now.account)
        following, ended = self._next_account(), self.now
        logged = self.screen.desk.calls.end(ended, line)
        self.call = None
        self._keeping.forget_all()
        self._go_back(ended, following)
        self.screen.saved(self.said(logged))

    def _next_account(self) -> str:
        """Return the account below, as it stood when the call began; one that is busy or gone now is passed over."""
        row = self.screen.desk.row(self.following)
        if row and not row.busy:
            return self.following
        return self.screen.moving.successor(self.following if row else self.now.account)

    def _go_back(self, call: Call, account: str) -> None:
        """After a call: to the one that waits for it, to the review, or to an account in the list."""
        screen = self.screen
        screen.typing.close()
        waiting = screen.desk.calls.interrupted_by(call)
        if waiting:
            self.begin(waiting.account)
            self.following, self.from_review = self._waiting.pop(waiting.id, (self.following, self.from_review))
            return
        if self.from_review and screen.reviewing.open:
            screen.reviewing.go_on()
            return
        screen.search = ""
        screen.enter_pane("worklist")
        screen.show_all(key=account)

    def said(self, logged: Logged) -> str:
        """Say what was saved, and when the account comes up again."""
        desk = self.screen.desk
        then = f"; next {say.short_day(logged.next.day, desk.today)}" if logged.next else ""
        return f"{logged.act}{then}"
