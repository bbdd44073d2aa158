"""The guided tour on the demo book: one line over the keys says what to do next, and goes on once it was done.

Whether it was done is seen by what is on the screen and in the book, never by counting keys: no key is taken away,
and whoever does something else is told the way from there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.css.query import NoMatches

from arctui.actions.model import Place
from arctui.core.calls import Call, MoveKind
from arctui.playbook.model import LineKind
from arctui.store import BookError
from arctui.tui.widgets.keybar import KeyBar
from arctui.tui.widgets.lines import Lines, wrap

if TYPE_CHECKING:
    from textual.screen import Screen

    from arctui.tui.app import ArctuiApp
    from arctui.tui.screens.desk import DeskScreen

_REVIEWING = (Place.OPENING, Place.REVIEW, Place.SUMMARY)


@dataclass(frozen=True)
class Mark:
    """How it was when a stop of the tour was reached."""

    account: str
    number: int
    moves: int
    promise: str


class View:
    """What a stop looks at: the desk, and the screen that is in front."""

    def __init__(self, desk: "DeskScreen") -> None:
        self.desk = desk
        self.front: Screen[object] = desk.app.screen

    @property
    def over(self) -> str:
        """The kind of screen that lies over the desk, "" if none does."""
        return "" if self.front is self.desk else type(self.front).__name__

    @property
    def line(self) -> str:
        """What the open line is for, "" if none is open."""
        return self.desk.prompt.purpose if self.desk.prompt.display else ""

    @property
    def call(self) -> Call | None:
        """The open call."""
        return self.desk.calling.call

    @property
    def is_parked(self) -> bool:
        """Does a call of the clerk wait to be gone on with?"""
        return self.call is None and bool(self.desk.desk.calls.open_calls())

    @property
    def has_acted(self) -> bool:
        """Is there an act of the clerk that an undo takes back?"""
        desk = self.desk.desk
        try:
            acts = list(desk.book.latest())
        except BookError:
            return False
        undone = {act.undoes for act in acts}
        return any(act.by == desk.clerk and not act.undoes and act.number not in undone for act in acts)

    @property
    def asks_for_promise(self) -> bool:
        """Does the call ask for a promise to be typed?"""
        return self.call is not None and self.desk.calling.line_kind is LineKind.PROMISE

    @property
    def pane(self) -> str:
        """Which pane is in front."""
        return self.desk.front

    @property
    def place(self) -> Place:
        """Where the clerk is."""
        return self.desk.place

    @property
    def search(self) -> str:
        """What is searched for."""
        return self.desk.search.strip()

    @property
    def under_review(self) -> str:
        """The promise under review, "" without one."""
        return self.desk.reviewing.promise if self.place is Place.REVIEW else ""

    def decided(self, mark: Mark) -> bool:
        """Does the review show another promise, or its end?"""
        if self.place is Place.SUMMARY:
            return True
        return not self.line and bool(mark.promise) and self.under_review not in ("", mark.promise)

    @property
    def at_list(self) -> bool:
        """Is the list in front, with nothing over it?"""
        return not self.over and not self.line and self.desk.place is Place.LIST

    def key(self, action: str) -> str:
        """Return the key of an action as it works for this user."""
        return self.desk.actions.label(action)

    def mark(self) -> Mark:
        """Return how it is now."""
        moves = len(self.call.moves) if self.call else 0
        return Mark(self.desk.accounts.chosen, self.desk.desk.book.number, moves, self.under_review)

    def name(self) -> str:
        """The name of the account under the cursor."""
        account = self.desk.accounts.chosen
        return self.desk.desk.dossier(account).account.name if self.desk.desk.knows(account) else "the account"

    def back_to_list(self) -> str:
        """Say how to get to the list from here, "" if it is in front."""
        if self.at_list:
            return ""
        if self.over or self.line or self.desk.place is Place.CALL:
            return "Esc leads back. "
        return f"{self.key('worklist')}: to the list. "

    def last_act(self, mark: Mark) -> str:
        """The words of the last act, "" if none came since a mark; "undo" for one that took another back."""
        book = self.desk.desk.book
        if book.number <= mark.number:
            return ""
        try:
            last = next(iter(book.latest()), None)
        except BookError:
            return ""
        return "" if last is None else "undo" if last.undoes else last.act


@dataclass(frozen=True)
class Stop:
    """One thing to do. `done` sees if it was done since the mark; where it `stands` no more it is passed over."""

    name: str
    words: Callable[[View], str]
    done: Callable[[View, Mark], bool]
    stands: Callable[[View], bool] = lambda _: True


def _in_call(view: View) -> bool:
    return view.call is not None


def _talking(view: View) -> bool:
    """Is a call open, if only a parked one?"""
    return view.call is not None or view.is_parked


def _reading(view: View) -> bool:
    """Is a promise read in the line of the call?"""
    from arctui.core.capture import read_line

    if view.line != "call_line" or not view.call:
        return False
    text = view.desk.prompt.input.value
    reading = read_line(text, view.desk.desk.situation(view.call.account))
    return reading.ok and bool(reading.commitments)


def _at_end(view: View) -> bool:
    return view.call is not None and bool(view.desk.calling.place.step.end)


def _agreeing(view: View) -> bool:
    return view.call is not None and any(reply.agreed for reply in view.desk.calling.place.step.replies)


def _to_excuse(view: View) -> str:
    if view.over == "FindScreen":
        return "Type cash, then Enter: that reason, and its own questions."
    return f"They are short of money. {view.key('excuse')} lists the reasons: type a word of it."


def _to_call(view: View) -> str:
    if view.line == "despite":
        return "Something speaks against a call now, and is said. Type why you call all the same, then Enter."
    return f"{view.back_to_list()}{view.key('call')}: call {view.name()}."


def _to_parked(view: View) -> str:
    return f"{view.back_to_list()}The call is parked, on top of the list. {view.key('call')} goes on with it there."


def _to_callback(view: View) -> str:
    if view.line in ("log", "end_with"):
        return "Type cb tomorrow 10:30 and press Enter. Below the line stands how it is read."
    return f"{view.back_to_list()}Nobody has time to talk? {view.key('log')} logs a result without the script."


def _to_review(view: View) -> str:
    if view.line:
        return "Why can it wait? Type a few words, then Enter."
    if view.place is Place.OPENING:
        return "First: how fresh the payments are. Enter goes on to the first promise."
    return (
        "A digit decides: 5 leaves it for tomorrow, with a reason that you type. "
        f"{view.key('skip')} skips it for now."
    )


STOPS: tuple[Stop, ...] = (
    Stop(
        "list",
        lambda v: f"{v.back_to_list()}Whom to call first, and below the list why. j or Down: look at the next one.",
        lambda v, m: v.desk.accounts.chosen != m.account or _in_call(v),
    ),
    Stop("call", _to_call, lambda v, m: _in_call(v)),
    Stop(
        "reply",
        lambda v: "Say the sentence in quotes. They answer: press the digit of the reply, 1 if you are put through.",
        lambda v, m: v.call is not None and len(v.call.moves) > m.moves,
        _talking,
    ),
    Stop(
        "excuse",
        _to_excuse,
        lambda v, m: v.call is not None and any(move.kind is MoveKind.EXCUSE for move in v.call.moves),
        _talking,
    ),
    Stop(
        "commit",
        lambda v: f"Whatever the reason: a date is asked for. {v.key('commit')}: take the promise.",
        lambda v, m: v.asks_for_promise,
        _talking,
    ),
    Stop(
        "typed",
        lambda v: 'They say "on Friday, by transfer". Type fri transfer as you hear it: how it is read stands below.',
        lambda v, m: _reading(v),
        lambda v: v.asks_for_promise,
    ),
    Stop(
        "taken",
        lambda v: "Date, amount and way are read. Enter takes it; it counts once they agree.",
        lambda v, m: _agreeing(v) or _at_end(v),
        _talking,
    ),
    Stop(
        "agreed",
        lambda v: "Read it to them slowly, and wait. 1: they say yes.",
        lambda v, m: _at_end(v),
        _talking,
    ),
    Stop(
        "end",
        lambda v: "Enter ends the call: the note is written by itself, and the next account comes up.",
        lambda v, m: not _talking(v),
        _talking,
    ),
    Stop(
        "undo",
        lambda v: f"{v.back_to_list()}It is saved. {v.key('undo')} takes back what you did last: try it.",
        lambda v, m: v.last_act(m) == "undo",
        lambda v: v.has_acted,
    ),
    Stop("callback", _to_callback, lambda v, m: "callback" in v.last_act(m) or "call back" in v.last_act(m)),
    Stop(
        "calendar",
        lambda v: f"{v.key('calendar')}: the calendar. What is to come stands there by day, your callback too.",
        lambda v, m: v.pane == "calendar",
    ),
    Stop(
        "day",
        lambda v: "The arrows choose a day, Enter goes to its entries.",
        lambda v, m: v.place is Place.AGENDA,
        lambda v: v.pane == "calendar",
    ),
    Stop(
        "review",
        lambda v: f"{v.key('review')}: the review, at the end of the day. Each promise that was not met, one by one.",
        lambda v, m: v.place in _REVIEWING,
    ),
    Stop(
        "decide",
        _to_review,
        lambda v, m: v.decided(m),
        lambda v: v.place in _REVIEWING,
    ),
    Stop(
        "search",
        lambda v: (
            "Type a part of a name: oster."
            if v.line == "search"
            else f"{v.back_to_list()}{v.key('search')} finds any account, on the list or not."
        ),
        lambda v, m: bool(v.search),
    ),
    Stop(
        "figures",
        lambda v: f"{v.back_to_list()}{v.key('figures')}: the figures, and the accounts behind each.",
        lambda v, m: v.over == "DashboardScreen",
    ),
    Stop(
        "leave",
        lambda v: (
            f"{v.back_to_list()}That is the day. {v.key('guide')}: the guide, {v.key('help')}: every key,"
            f" {v.key('quit')}: leave; the demo book goes with it. {v.key('tour')} ends the tour."
        ),
        lambda v, m: False,
    ),
)

_CALL = next(n for n, stop in enumerate(STOPS) if stop.name == "call")


class Touring:
    """Where the tour is."""

    def __init__(self, app: "ArctuiApp", desk: "DeskScreen", stops: Sequence[Stop] = STOPS) -> None:
        self._app, self._desk, self._stops = app, desk, stops
        self._at = 0
        self._mark: Mark | None = None
        self._line: Lines | None = None
        self.goes_on = False

    @property
    def stop(self) -> Stop:
        """The thing that is to be done now."""
        return self._stops[self._at]

    def toggle(self) -> None:
        """Begin the tour, leave it, or take it up where it was left; at its end begin anew."""
        self.goes_on = not self.goes_on
        if self.goes_on:
            if self._at == len(self._stops) - 1:
                self._at = 0
            self._mark = None
            self.look()
        else:
            self._hide()

    def look(self) -> None:
        """Go on if what was to be done was done, and say what is next."""
        if not self.goes_on or self._app._exit or not (self._app.screen_stack and self._app.screen.is_running):
            return
        view = View(self._desk)
        self._mark = self._mark or view.mark()
        while self.stop.done(view, self._mark) or not self.stop.stands(view):
            # A call that was left before anything was noted is no call: another one is made.
            again = self.stop.stands is _talking and not _talking(view) and not view.has_acted
            self._at = _CALL if again else self._at + 1
            self._mark = view.mark()
        if self.stop.name == "decide" and not self._mark.promise:
            # It is reached before the first promise is on the screen.
            self._mark = view.mark()
        self._show(view)

    def _show(self, view: View) -> None:
        front = view.front
        head = f" TOUR {self._at + 1}/{len(self._stops)}  "
        left = f"   ({view.key('tour')} leaves the tour)" if self._at < 2 else ""
        words = _to_parked(view) if view.is_parked and self.stop.stands is _talking else self.stop.words(view)
        lines = wrap(f"{head}{words}{left}", max(20, front.size.width - 1), "accent", indent=1)
        # On a small screen the beginning has to do: the work comes first.
        lines = lines[: max(1, front.size.height // 6)]
        line = self._line_on(front)
        if line:
            line.styles.height = len(lines)
            line.show(lines)

    def _line_on(self, screen: "Screen[object]") -> Lines | None:
        """Return the tour's line on a screen, above its keys; None on one that has no keys to show."""
        if self._line and self._line.is_attached and self._line.screen is screen:
            return self._line
        self._hide()
        try:
            keys = screen.query_one(KeyBar)
        except NoMatches:
            return None
        line = self._line = Lines(id="tour")
        line.can_focus = False
        screen.mount(line, before=keys)
        return line

    def _hide(self) -> None:
        line, self._line = self._line, None
        if line and line.is_attached:
            line.remove()
