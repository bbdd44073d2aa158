"""The review on the screen: how fresh the payments are, one promise after the other, then the day's summary."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from arctui.actions.model import Place
from arctui.core.drafts import Topic
from arctui.core.review import Reviewed, of_others, walk
from arctui.core.text import fold, plural
from arctui.desk import DeskError
from arctui.store import BookError, Transaction
from arctui.tui.purposes import PURPOSES
from arctui.tui.screens.find import FindScreen, Found
from arctui.tui.views.review import Opening, opening_lines, review_lines
from arctui.tui.widgets.lines import Line

if TYPE_CHECKING:
    from arctui.core.day_report import DayReport
    from arctui.desk.came_in import Waiting
    from arctui.desk.day_beside import DayBeside
    from arctui.tui.screens.desk import DeskScreen

#: Where the review stands is kept like a line that is being typed.
_PLACE = Topic("review")
#: The row that leads to the line, among the money that waits; so many rows have a digit.
_TYPED, _DIGITS = "typed", 8


class Reviewing:
    """The walk through the promises; what is left is worked out anew after each act."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        self.open = False
        # Is everyone's walked through, or what is on the clerk's own accounts and nobody's?
        self.everyone = False
        self._others: dict[str, int] = {}
        self._walk: tuple[Reviewed, ...] = ()
        self._at = 0
        # The day on which the first page was read.
        self._began: date | None = None
        self._asked_to_close = False
        # The day that is shown, and the one that is being worked out.
        self._made: DayBeside | None = None
        self._making: DayBeside | None = None
        self._seen: tuple[str, date, bool] | None = None

    @property
    def place(self) -> Place:
        """Which part of the review is on the screen."""
        if self._began != self.screen.desk.today:
            return Place.OPENING
        return Place.SUMMARY if self.at_end else Place.REVIEW

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
        """The account of the promise under review, "" in the first page and at the end."""
        return self.now.judged.promise.account if self.place is Place.REVIEW else ""

    @property
    def summary(self) -> "DayReport":
        """The clerk's day as it was worked out last. Raises DeskError while it is not known yet."""
        return self.report_of(self.screen.desk.clerk)

    def report_of(self, clerk: str) -> "DayReport":
        """Return the day of the clerk, or ("") of the firm. Raises DeskError while it is being worked out."""
        self._work_out()
        if not self._made:
            raise DeskError("the day is being worked out: again in a moment")
        return self._made.report(clerk)

    def _work_out(self) -> None:
        """Work the day out anew if the book, or the day, is another one; what goes on comes to its end first."""
        desk = self.screen.desk
        if self._made and not self._made.is_of_day(desk):
            self._made = None
        if self._making or (self._made and self._made.is_of(desk)):
            return
        from arctui.desk.day_beside import DayBeside

        self._making = DayBeside(desk, self._ended)
        if self._making.is_done:
            self._made, self._making = self._making, None

    def _ended(self) -> None:
        # In the working thread.
        self.screen.call_later(self._worked_out)

    def _worked_out(self) -> None:
        self._made, self._making = self._making, None
        if self.open and self.place is Place.SUMMARY:
            self.screen.show_script(top=False)

    def _summary_lines(self, width: int) -> list[Line]:
        self._work_out()
        if not self._made:
            return [(("working out the day ...", "dim"),)]
        from arctui.tui.views.day_report import summary_lines

        return summary_lines(self.screen.desk, self.summary, width)

    def lines(self, width: int) -> list[Line]:
        """Return what the pane shows."""
        if self._seen != self._state():
            self.look_again()
        desk = self.screen.desk
        match self.place:
            case Place.OPENING:
                return opening_lines(desk, self._opening(), width)
            case Place.SUMMARY:
                return self._summary_lines(width)
        return review_lines(desk, self.now, self._at + 1, len(self._walk), width)

    def _opening(self) -> Opening:
        reviews = self.screen.desk.reviews
        return Opening(
            freshness=reviews.freshness(),
            walk=self._walk,
            others=self._others,
            closed=reviews.closed(),
            goes_on="" if self.at_end else self.now.account,
        )

    # Where it stands

    def do_review(self) -> None:
        """Begin the review, or go on with it where it was left, at a promise that nobody has looked after."""
        self.open, self._asked_to_close = True, False
        self._look_again()
        kept = self.screen.desk.drafts.find(_PLACE)
        ids = self._ids()
        self._at = self._first_open(ids.index(kept.text) if kept and kept.text in ids else 0)
        self._show()

    def do_review_again(self) -> None:
        """Show the first page again."""
        self._began = None
        self._show()

    def go_on_after_all(self) -> None:
        """Go on with a review that was cut off: its first page was read."""
        self._began = self.screen.desk.today
        self.do_review()

    def do_begin_review(self) -> None:
        """Go on from the first page."""
        self._began = self.screen.desk.today
        self._show()

    do_begin_by_digit = do_begin_review

    def finds(self, promise: str) -> bool:
        """Is the promise one of those under review?"""
        self._look_again()
        return promise in [r.judged.promise.id for r in walk(self.screen.desk.reviews.today())]

    def take_up(self, promise: str) -> None:
        """Go on at a promise that is under review."""
        self._began = self.screen.desk.today
        self._look_again()
        if promise not in self._ids():
            self.everyone = True
            self._look_again()
        self.open, self._at = True, self._ids().index(promise)
        self._show()

    def go_on(self) -> None:
        """After an act: stay on the promise while it is open, else go to the next open one."""
        at_end, here = self.at_end, "" if self.at_end else self.promise
        self._look_again()
        ids = self._ids()
        after = ids.index(here) if here in ids else min(self._at, len(ids))
        self._at = len(ids) if at_end else self._first_open(after)
        self._show()

    def undone(self, act: Transaction) -> None:
        """Come back to the promise that an act which was undone had decided about."""
        self._asked_to_close = False
        self._look_again()
        records = [r for s in act.steps for r in (s.was, s.now) if r]
        promises = {s.id for s in act.steps if s.table == "promises"}
        accounts = {r.get("account") for r in records} | {s.id for s in act.steps if s.table == "accounts"}
        found = [n for n, i in enumerate(self._ids()) if i in promises]
        found += [n for n, r in enumerate(self._walk) if r.judged.promise.account in accounts]
        self._at = found[0] if found else min(self._at, len(self._walk))
        self._show()

    def _show(self) -> None:
        """Show the promise, and its account under the cursor of the list."""
        self._keep_place(is_open=True)
        self.screen.enter_pane("script")
        self.screen.show_all(key=self.account)
        self.screen.show_script(top=True)

    def _keep_place(self, *, is_open: bool) -> None:
        """Keep where it stands, so that it goes on there in another session too."""
        if self.place is Place.OPENING or not self.screen.desk.book.on_disk:
            return
        try:
            self.screen.desk.drafts.take_up(_PLACE)
            self.screen.desk.drafts.keep(_PLACE, "" if self.at_end else self.promise, is_open=is_open)
        except BookError:
            # What cannot be written is said by the next act.
            return

    def look_again(self) -> None:
        """Show the same promise as it is now, also one that another session settled: until the clerk goes on."""
        here = None if self.at_end else self.now
        self._look_again()
        ids = self._ids()
        if here and here.judged.promise.id in ids:
            self._at = ids.index(here.judged.promise.id)
            return
        self._at = min(self._at, len(ids))
        settled = here and self.place is not Place.OPENING and self._settled(here)
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
        desk = self.screen.desk
        found = desk.reviews.today()
        self._walk = walk(found, "" if self.everyone else desk.clerk)
        self._others = {} if self.everyone else of_others(found, desk.clerk)
        self._seen = self._state()

    def _state(self) -> tuple[str, date, bool]:
        """What the walk follows from: the acts in the book, the day, and whose promises are shown."""
        return self.screen.desk.book.stand.head, self.screen.desk.today, self.everyone

    def _ids(self) -> list[str]:
        return [r.judged.promise.id for r in self._walk]

    def _first_open(self, start: int) -> int:
        """Return the place of the first promise that nobody looked after, from `start` on and round, else the end."""
        order = (*range(start, len(self._walk)), *range(start))
        return next((n for n in order if not self._walk[n].handled), len(self._walk))

    # What the keys do

    def do_settle(self) -> None:
        """Decide by a digit."""
        match self.screen.key:
            case "1":
                self._money_came()
            case "2":
                self.do_review_call()
            case "3":
                self.screen.typing.open(PURPOSES["promise"])
            case "4":
                self.screen.acting.write_letter(why=self._why_a_letter(), back_when_sent=True)
            case "5":
                self.screen.typing.open(PURPOSES["leave_promise"])
            case "6":
                held = self.screen.desk.credit.is_held(self.account)
                self.screen.typing.open(PURPOSES["credit_release" if held else "credit_hold"])
            case "7":
                self.screen.typing.open(PURPOSES["dispute_of_promise"])
            case "8":
                self.screen.typing.open(PURPOSES["hand_over"])
            case _:
                raise DeskError(
                    "which? 1 money came, 2 call now, 3 new date, 4 letter, 5 leave, 6 hold, 7 dispute, 8 hand over"
                )

    def _why_a_letter(self) -> str:
        """Say what a letter about the promise under review is written for."""
        promise, rules = self.now.judged.promise, self.screen.desk.rules
        of = f"{rules.money(promise.amount, promise.currency)} for {rules.day(promise.day)}"
        return f"promise of {of} {self.now.judged.verdict}"

    def _money_came(self) -> None:
        """Pick from the money that waits, if there is any; else, or where a line was begun, type it."""
        screen, desk = self.screen, self.screen.desk
        promise, account = self.promise, self.account
        waiting = desk.reviews.waiting(promise)
        if not waiting or desk.drafts.find(Topic("came_in", account, promise)):
            screen.typing.open(PURPOSES["came_in"])
            return
        rows = self._rows(waiting)

        def chosen(found: str | None) -> None:
            if found == _TYPED:
                screen.guarded(lambda: screen.typing.open(PURPOSES["came_in"]))
            elif found:
                screen.guarded(lambda: screen.carry_out(account, lambda: desk.reviews.take(promise, found)))

        title = f"WHAT CAME OF {desk.dossier(account).account.name}"
        find = FindScreen(title, "money that no invoice has", rows, "lay it on the promise", digits=list(rows)[:9])
        screen.app.push_screen(find, chosen)

    def _rows(self, waiting: Sequence["Waiting"]) -> dict[str, Found]:
        rules = self.screen.desk.rules
        rows = {}
        for n, money in enumerate(waiting[:_DIGITS], 1):
            text = f"{rules.money(money.amount, money.currency)} of {rules.day(money.day)}"
            verdict = money.after.verdict if money.after else self.now.judged.verdict
            then = f", then the promise is {verdict}" if verdict is not self.now.judged.verdict else ""
            more = f"{money.where}{then}  {money.way}"
            rows[money.id] = Found(str(n), text, more, fold(f"{text} {more}"))
        rows[_TYPED] = Found(str(len(rows) + 1), "other money", "type the amount and the day", "other money typed")
        return rows

    def do_review_call(self) -> None:
        """Call now, at the question for broken promises; the review waits."""
        missed = self.now.judged.missed
        self.screen.calling.begin(self.account, broken=missed, from_review=True)

    def do_skip(self) -> None:
        """Go to the next promise."""
        self._go_by(1)

    def do_skip_back(self) -> None:
        """Go to the promise before."""
        self._go_by(-1)

    def _go_by(self, by: int) -> None:
        self._asked_to_close = False
        self._at = max(0, min(self._at + by, len(self._walk)))
        self._show()

    def do_everyone(self) -> None:
        """Walk through everyone's promises, or only through those on the clerk's accounts and nobody's."""
        here = "" if self.at_end else self.promise
        self.everyone, self._asked_to_close = not self.everyone, False
        self._look_again()
        ids = self._ids()
        self._at = ids.index(here) if here in ids else self._first_open(0)
        self._show()
        whose = "everyone's promises" if self.everyone else "promises on your accounts and nobody's"
        self.screen.tell(f"{whose}: {len(ids)}")

    def do_close_review(self) -> None:
        """Close the review of the day; with promises that nobody looked after only when asked a second time."""
        screen, desk = self.screen, self.screen.desk
        desk.refresh()
        left = sum(not r.handled for r in walk(desk.reviews.today(), desk.clerk))
        mine = any(c.by == desk.clerk for c in desk.reviews.closed())
        if left and not mine and not self._asked_to_close:
            self._asked_to_close = True
            day = desk.rules.day(desk.rules.calendar.next(desk.today))
            stay = "it comes" if left == 1 else "they come"
            raise DeskError(
                f"{plural(left, 'promise')} not looked after: {stay} first on the list of {day}. "
                "Enter again closes, [ goes back"
            )
        closed = desk.reviews.close()
        self.open, self._at = False, len(self._walk)
        self._keep_place(is_open=False)
        screen.enter_pane("worklist")
        screen.show_all()
        screen.saved(closed)

    def do_write_day(self) -> None:
        """Write the day's report to a file; closing is asked about anew after it."""
        self._asked_to_close = False
        self.screen.typing.open(PURPOSES["write_day"])

    def do_leave_review(self) -> None:
        """Leave the review; it goes on where it stopped."""
        self._keep_place(is_open=False)
        self.open = False
        self.screen.enter_pane("worklist")
        self.screen.show_all()
        left = sum(not r.handled for r in self._walk)
        self.screen.tell(
            f"the review waits: {left} to look after, r goes on" if left else "the review waits: r closes it"
        )
