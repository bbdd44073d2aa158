"""The review on the screen: one promise after the other, then the day's summary."""

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from arctui.core.day import DaySummary
from arctui.core.review import Reviewed, walk
from arctui.desk import DeskError
from arctui.tui.purposes import PURPOSES
from arctui.tui.views.review import review_lines, summary_lines
from arctui.tui.widgets.lines import Line

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class Reviewing:
    """The walk through the promises; what is left is worked out anew after each act."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        self.open = False
        self._walk: tuple[Reviewed, ...] = ()
        self._at = 0
        self._summary: DaySummary | None = None
        self._seen: tuple[str, date] | None = None

    @property
    def at_end(self) -> bool:
        """Are all promises walked through, so that the summary is shown?"""
        return self._at >= len(self._walk)

    @property
    def now(self) -> Reviewed:
        """The promise under review. Raises DeskError at the end."""
        if self.at_end:
            raise DeskError("no promise is under review")
        return self._walk[self._at]

    @property
    def promise(self) -> str:
        """The id of the promise under review."""
        return self.now.judged.promise.id

    @property
    def account(self) -> str:
        """The account of the promise under review, "" at the end."""
        return "" if self.at_end else self.now.judged.promise.account

    @property
    def summary(self) -> DaySummary:
        """The day as it was when it was last looked at."""
        if self._summary is None:
            self._summary = self.screen.desk.reviews.summary()
        return self._summary

    def lines(self, width: int) -> list[Line]:
        """Return what the pane shows."""
        if self._seen != self._state():
            self.look_again()
        if self.at_end:
            return summary_lines(self.screen.desk, self.summary, width)
        return review_lines(self.screen.desk, self.now, self._at + 1, len(self._walk), width)

    def do_review(self) -> None:
        """Begin the review, or go on with it, at the first promise that nobody has looked after."""
        self.open = True
        self._look_again()
        self._at = self._first_open(0)
        self._show()

    def finds(self, promise: str) -> bool:
        """Is the promise one of those under review?"""
        self._look_again()
        return promise in [r.judged.promise.id for r in self._walk]

    def take_up(self, promise: str) -> None:
        """Go on at a promise that is under review."""
        self._look_again()
        self.open, self._at = True, [r.judged.promise.id for r in self._walk].index(promise)
        self._show()

    def go_on(self) -> None:
        """After an act: stay on the promise while it is open, else go to the next open one."""
        here = "" if self.at_end else self.promise
        self._look_again()
        ids = [r.judged.promise.id for r in self._walk]
        self._at = self._first_open(ids.index(here) if here in ids else min(self._at, len(ids)))
        self._show()

    def _show(self) -> None:
        """Show the promise, and its account under the cursor of the list."""
        self.screen.enter_pane("script")
        self.screen.show_all(key=self.account)
        self.screen.show_script(top=True)

    def look_again(self) -> None:
        """Show the same promise as it is now, also one that another session settled: until the clerk goes on."""
        here = None if self.at_end else self.now
        self._look_again()
        ids = [r.judged.promise.id for r in self._walk]
        if here and here.judged.promise.id in ids:
            self._at = ids.index(here.judged.promise.id)
            return
        self._at = min(self._at, len(ids))
        settled = here and self._settled(here)
        if settled:
            self._walk = (*self._walk[: self._at], settled, *self._walk[self._at :])

    def _settled(self, reviewed: Reviewed) -> Reviewed | None:
        """Return a promise that is under review no longer as it stands now, None if it is gone."""
        desk, promise = self.screen.desk, reviewed.judged.promise
        if not desk.knows(promise.account):
            return None
        now = next((j for j in desk.standing(promise.account).judged if j.promise.id == promise.id), None)
        return msgspec.structs.replace(reviewed, judged=now, handled=str(now.verdict)) if now else None

    def _look_again(self) -> None:
        self._walk = walk(self.screen.desk.reviews.today())
        self._summary = None
        self._seen = self._state()

    def _state(self) -> tuple[str, date]:
        """What the walk follows from: the acts in the book, and the day."""
        return self.screen.desk.book.stand.head, self.screen.desk.today

    def _first_open(self, start: int) -> int:
        """Return the place of the first promise from `start` on that nobody looked after, else the end."""
        return next((n for n in range(start, len(self._walk)) if not self._walk[n].handled), len(self._walk))

    # What the keys do

    def do_settle(self) -> None:
        """Decide by a digit."""
        match self.screen.key:
            case "1":
                self.screen.typing.open(PURPOSES["came_in"])
            case "2":
                self.do_review_call()
            case "3":
                self.screen.typing.open(PURPOSES["promise"])
            case "4":
                self.screen.typing.open(PURPOSES["letter"])
            case "5":
                self.screen.typing.open(PURPOSES["leave_promise"])
            case _:
                raise DeskError("1 money came, 2 call now, 3 new date, 4 letter, 5 leave for tomorrow")

    def do_review_call(self) -> None:
        """Call now, at the question for broken promises; the review waits."""
        missed = self.now.judged.missed
        self.screen.calling.begin(self.account, broken=missed, from_review=True)

    def do_skip(self) -> None:
        """Go to the next promise."""
        self._at = min(len(self._walk), self._at + 1)
        self._show()

    def do_skip_back(self) -> None:
        """Go to the promise before."""
        self._at = max(0, self._at - 1)
        self._show()

    def do_close_review(self) -> None:
        """Close the review of the day."""
        self.screen.desk.refresh()
        closed = self.screen.desk.reviews.close()
        self.open = False
        self.screen.enter_pane("worklist")
        self.screen.show_all()
        self.screen.saved(closed)

    def do_leave_review(self) -> None:
        """Leave the review; it goes on where it stopped."""
        self.open = False
        self.screen.enter_pane("worklist")
        self.screen.show_all()
        left = sum(not r.handled for r in self._walk)
        self.screen.tell(
            f"the review waits: {left} to look after, r goes on" if left else "the review waits: r closes it"
        )
