"""The letters that are due, written together: marked, written beside the keys, then said how they were sent."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer

from arctui.core.text import plural
from arctui.desk import DeskError
from arctui.desk.letter_batch import Batch, LetterBatch
from arctui.desk.letter_sending import send_together
from arctui.exchange.progress import Cancelled
from arctui.store import BookError
from arctui.tui.screens.asking import AskingScreen
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.views.facts import facts
from arctui.tui.views.letters import WAYS, batch_lines, due_heads, due_row
from arctui.tui.views.progress import progress_line
from arctui.tui.widgets.keybar import Hint
from arctui.tui.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from arctui.desk.letters import DueLetter
    from arctui.tui.screens.desk import DeskScreen

#: What is written so soon is written while its key is answered; so often the line of the rest is painted.
_AT_ONCE_SECONDS, _PAINT_SECONDS = 0.3, 0.2
_LIST_KEYS: tuple[Hint, ...] = (
    ("Space", "mark"),
    ("*", "all"),
    ("Enter", "write them"),
    ("i", "account"),
    ("u", "undo"),
    ("Esc", "back"),
)
_SENT_KEYS: tuple[Hint, ...] = (("m", "mail"), ("e", "email"), ("h", "hand"), ("l", "later"), ("j k", "scroll"))


class LettersDueScreen(AskingScreen):
    """Two pages: the letters that are due, and what became of those that were written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "mark the letter, or take its mark off", show=False),
        Binding("asterisk", "mark_all", "mark all, or none", show=False),
        Binding("enter", "write", "write the marked letters", show=False),
        Binding("i", "account", "show the whole account", show=False),
        Binding("X", "cancel", "cancel the writing", show=False),
        *(Binding(key, f"sent('{key}')", f"all of them were sent by {WAYS[key]}", show=False) for key in "meh"),
        Binding("l", "later", "they are sent later", show=False),
        Binding("u", "undo", "undo your last act", show=False),
        Binding("q,Z", "leave", show=False),
    ]

    def __init__(self, screen: "DeskScreen") -> None:
        super().__init__(screen, "   no letter is due")
        # The accounts whose letters are marked.
        self._marks: set[str] = set()
        self._beside: LetterBatch | None = None
        self._timer: Timer | None = None
        self._batch: Batch | None = None
        self._refused: tuple[tuple[str, str], ...] = ()

    def on_unmount(self) -> None:
        """The program is left: what is not written yet is not written."""
        if self._beside:
            self._beside.cancel()

    # What is shown

    def show_now(self) -> None:
        """Show the letters that are due, or what became of the written ones."""
        if self._batch:
            text = batch_lines(self._batch, max(20, self.size.width - 4))
            keys: tuple[Hint, ...] = _SENT_KEYS if self._batch.letters else (("Esc", "back"),)
            title = "LETTERS WRITTEN" if self._batch.letters else "LETTERS THAT WAIT"
            self.show_parts(title, "", [], text, keys)
            return
        due = {each.account: each for each in self._desk.letters.due()}
        self._marks &= set(due)
        self._rows.fill(list(due), due.__getitem__)
        marked = f", {len(self._marks)} marked" if self._marks else ""
        self.show_parts(
            "LETTERS DUE", f"{plural(len(due), 'letter')}{marked}", [due_heads(self.size.width)], None, _LIST_KEYS
        )
        self._paint()

    def _draw(self, row: "DueLetter", width: int, has_cursor: bool) -> Sequence[Line]:
        return [due_row(row, width, marked=row.account in self._marks, has_cursor=has_cursor)]

    def _paint(self) -> None:
        """Paint how far the writing is."""
        line = self.query_one("#progress", Lines)
        shown = [progress_line("letters", self._beside.stand, self.size.width)] if self._beside else []
        line.styles.height = len(shown)
        line.show(shown)

    # Marks

    @property
    def _in_list(self) -> bool:
        return self._batch is None and self._beside is None

    def action_mark(self) -> None:
        """Mark the letter, or take its mark off, and go to the next."""
        if self._in_list and self._rows.chosen:
            self._marks ^= {self._rows.chosen}
            self.show()
            self._rows.refresh()
            self._rows.action_move(1)

    def action_mark_all(self) -> None:
        """Mark all; with all marked, none."""
        if self._in_list:
            every = set(self._rows.keys)
            self._marks = set() if self._marks == every else every
            self.show()

    def action_account(self) -> None:
        """Show the whole account."""
        account = self._rows.chosen
        if self._in_list and account:
            self.app.push_screen(
                ListingScreen("ACCOUNT", lambda width: facts(self._desk, account, width, whole=True))
            )

    # Writing

    def action_write(self) -> None:
        """Write the marked letters; what takes longer goes on beside the keys."""

        def act() -> str:
            if not self._marks:
                raise DeskError("no letter is marked: Space marks one, * marks all")
            # In the order of the list.
            accounts = [key for key in self._rows.keys if key in self._marks]
            beside = LetterBatch(self._desk, accounts, self._ended)
            self._beside = beside
            if beside.wait(_AT_ONCE_SECONDS):
                self._over(beside)
            else:
                self._timer = self.set_interval(_PAINT_SECONDS, self._paint)
                self._paint()
            return ""

        if self._in_list:
            self.attempt(act)

    def _ended(self, beside: LetterBatch) -> None:
        """The thread, in which this is called, has done its work."""
        self.call_later(self._over, beside)

    def _over(self, beside: LetterBatch) -> None:
        if beside is not self._beside:
            return
        self._beside = None
        if self._timer:
            self._timer.stop()
        self._timer = None
        self._paint()
        try:
            self._batch = beside.finish()
        except Cancelled:
            self.tell("cancelled: no letter was written", "warn")
        except (DeskError, BookError) as error:
            self.tell(str(error), "bad" if isinstance(error, BookError) else "warn")
        self._marks = set()
        self.show()
        self.top()

    def action_cancel(self) -> None:
        """Call the writing off."""
        beside = self._beside
        if beside:
            beside.cancel()
            self._over(beside)

    # How they were sent

    def action_sent(self, key: str) -> None:
        """All of them were sent in one way."""
        batch = self._batch
        if batch is None or not batch.letters:
            return

        def act() -> str:
            sent = send_together(self._desk, [letter.id for letter in batch.letters], WAYS[key])
            self._refused = sent.refused
            if not sent.act:
                raise DeskError(f"no letter was sent: {sent.refused[0][1]}" if sent.refused else "no letter was sent")
            folder = (
                f"; the emails lie in {sent.emails[0].parent}, to be sent by your mail program" if sent.emails else ""
            )
            return f"saved: {sent.act}{folder}"

        if self.attempt(act):
            # What could not be sent so is said first, and waits.
            refused, self._refused = self._refused, ()
            self._batch = Batch(refused=refused) if refused else None
            self.show()
            self.top()

    def action_later(self) -> None:
        """They are sent later: until then each stands in the list."""
        if self._batch:
            self._batch = None
            self.show()

    def leave(self) -> None:
        """Leave what was written, else the screen; what is being written is waited for, or called off by X."""
        if self._beside:
            self.tell("letters are being written still: wait for it, or X cancels it", "warn")
        elif self._batch:
            self.action_later()
        else:
            self.dismiss("")
