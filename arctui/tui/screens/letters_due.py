"""The letters that are due, written together: marked, written beside the keys, then said how they were sent.

Those that were written and not sent stand there too, to be sent together.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer

from arctui.core.letter_records import Letter, LetterKind
from arctui.core.text import plural
from arctui.desk import DeskError
from arctui.desk.letter_batch import Batch, LetterBatch
from arctui.desk.letter_sending import SentTogether, send_together
from arctui.exchange.progress import Cancelled
from arctui.store import BookError
from arctui.tui.screens.asking import AskingScreen
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.views.facts import facts
from arctui.tui.views.letters import WAYS, batch_lines, due_heads, due_row, lacking_lines, unsent_row
from arctui.tui.views.progress import progress_line
from arctui.tui.widgets.keybar import Hint
from arctui.tui.widgets.lines import Line, Lines
from arctui.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from arctui.desk.letters import DueLetter
    from arctui.tui.screens.desk import DeskScreen

#: What is written so soon is written while its key is answered; so often the line of the rest is painted.
_AT_ONCE_SECONDS, _PAINT_SECONDS = 0.3, 0.2
_LIST_KEYS: tuple[Hint, ...] = (
    ("Space", "mark"),
    ("*", "all"),
    ("Enter", "write"),
    ("m e h", "sent"),
    ("i", "account"),
    ("u", "undo"),
    ("Esc", "back"),
)
_SENT_KEYS: tuple[Hint, ...] = (("m", "mail"), ("e", "email"), ("h", "hand"), ("l", "later"), ("j k", "scroll"))


class _MarkedList(RowList[Any]):
    """The letters. Space is the screen's here: it marks one, it does not page."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "screen.mark", show=False)]


class LettersDueScreen(AskingScreen):
    """Two pages: the letters that are due or not sent yet, and what became of those that were written."""

    LIST: ClassVar[type[RowList[Any]]] = _MarkedList
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "mark the letter, or take its mark off", show=False),
        Binding("asterisk", "mark_all", "mark all, or none", show=False),
        Binding("enter", "write", "write the marked letters", show=False),
        Binding("i", "account", "show the whole account", show=False),
        Binding("X", "cancel", "cancel the writing", show=False),
        *(
            Binding(
                key, f"sent('{key}')", f"the marked ones, or all just written, were sent by {WAYS[key]}", show=False
            )
            for key in "meh"
        ),
        Binding("l", "later", "they are sent later", show=False),
        Binding("u", "undo", "undo your last act", show=False),
        Binding("q,Z", "leave", show=False),
    ]

    def __init__(self, screen: "DeskScreen") -> None:
        super().__init__(screen, "   no letter is due, and none waits to be sent")
        # The marked rows: accounts of letters that are due, ids of letters that are not sent yet.
        self._marks: set[str] = set()
        self._beside: LetterBatch | None = None
        self._timer: Timer | None = None
        # What was written, or (`_sending`) those of the letters that could not be sent so.
        self._batch: Batch | None = None
        self._sending = False
        # The letters that are due, by account, and those that are not sent, by id.
        self._due: dict[str, DueLetter] = {}
        self._unsent: dict[str, Letter] = {}

    def on_unmount(self) -> None:
        """The program is left: what is not written yet is not written."""
        if self._beside:
            self._beside.cancel()

    # What is shown

    def follow(self) -> None:
        """Show what others did, unless it is being written."""
        if self._in_list:
            super().follow()

    def show_now(self) -> None:
        """Show the letters that are due, or what became of the written ones."""
        if self._batch:
            batch = self._batch
            # What the rules say is lacking in one of them is lacking in all.
            lacking = self._lacking(each.kind for each in batch.letters)
            text = batch_lines(batch, lacking, max(20, self.size.width - 4), sending=self._sending)
            keys: tuple[Hint, ...] = _SENT_KEYS if batch.letters else (("Esc", "back"),)
            self.show_parts(
                "LETTERS THAT WAIT" if self._sending or not batch.letters else "LETTERS WRITTEN", "", [], text, keys
            )
            return
        self._due = {each.account: each for each in self._desk.letters.due()}
        self._unsent = {each.id: each for each in self._desk.letters.unsent()}
        rows: dict[str, DueLetter | Letter] = {**self._unsent, **self._due}
        self._marks &= set(rows)
        self._rows.fill(list(rows), rows.__getitem__)
        more = plural(len(self._due), "letter")
        more += f", {len(self._unsent)} written and not sent" if self._unsent else ""
        more += f", {len(self._marks)} marked" if self._marks else ""
        lacking = self._lacking(each.kind for each in self._due.values())
        warned = lacking_lines(lacking, self.size.width - 1)
        self.show_parts("LETTERS DUE", more, [*warned, due_heads(self.size.width)], None, _LIST_KEYS)
        self._paint()

    def _lacking(self, kinds: Iterable[LetterKind]) -> list[str]:
        return list(dict.fromkeys(words for kind in set(kinds) for words in self._desk.letters.lacking(kind)))

    def _draw(self, row: "DueLetter | Letter", width: int, has_cursor: bool) -> Sequence[Line]:
        if isinstance(row, Letter):
            marked = row.id in self._marks
            return [unsent_row(self._desk, row, width, marked=marked, has_cursor=has_cursor)]
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
            self.tell("")
            self.show()
            self._rows.action_move(1)

    def action_mark_all(self) -> None:
        """Mark all; with all marked, none."""
        if self._in_list:
            every = set(self._rows.keys)
            self._marks = set() if self._marks == every else every
            self.tell("")
            self.show()

    def action_account(self) -> None:
        """Show the whole account."""
        row = self._rows.row(self._rows.chosen) if self._rows.chosen else None
        if self._in_list and row:
            account = row.account
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
            accounts = [key for key in self._due if key in self._marks]
            if not accounts:
                raise DeskError("these are written already: m, e or h says how they were sent")
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
            beside.take_back()
            return
        self._beside = None
        if self._timer:
            self._timer.stop()
        self._timer = None
        self._paint()
        self.tell("")
        try:
            self._batch, self._sending = beside.finish(), False
        except Cancelled:
            self.tell("cancelled: no letter was written", "warn")
        except (DeskError, BookError) as error:
            self.tell(str(error), "bad" if isinstance(error, BookError) else "warn")
        self._marks &= set(self._unsent)
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
        """All that were just written, or the marked ones, were sent in one way."""
        if self._beside:
            return
        written = [letter.id for letter in self._batch.letters] if self._batch else []
        asked = written or [key for key in self._unsent if key in self._marks]
        sent = SentTogether(act="")

        def act() -> str:
            nonlocal sent
            if not asked:
                due = bool(self._marks) and not self._batch
                raise DeskError(
                    "not written yet: Enter writes them" if due else "no letter is marked that is not sent"
                )
            sent = send_together(self._desk, asked, WAYS[key])
            if not sent.act:
                return ""
            folder = f"; the emails lie in {sent.emails[0].parent}" if sent.emails else ""
            return f"saved: {sent.act}{folder}, to be sent by your mail program" if folder else f"saved: {sent.act}"

        if self.attempt(act):
            # What could not be sent so is said first, and how else it is to be sent.
            left = [letter for each in sent.left if (letter := self._desk.book.facts.get(Letter, each))]
            self._batch = Batch(letters=tuple(left), refused=sent.refused) if sent.refused else None
            self._sending = True
            self.show()
            self.top()

    def action_later(self) -> None:
        """They are sent later: until then each stands in the list."""
        if self._batch:
            self._batch = None
            self.tell("")
            self.show()

    def leave(self) -> None:
        """Leave what was written, else the screen; what is being written is waited for, or called off by X."""
        if self._beside:
            self.tell("letters are being written still: wait for it, or X cancels it", "warn")
        elif self._batch:
            self.action_later()
        else:
            self.dismiss("")
