"""The page that asks how a letter was sent: the way, the day, and the number of certified mail."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from arctui.core.letter_records import Letter, SentBy
from arctui.desk import DeskError
from arctui.desk.calendar_lines import read_day
from arctui.desk.letter_making import letter_day
from arctui.tui.screens.asking import AskingScreen, Question
from arctui.tui.views.letters import WAYS, sending_lines
from arctui.tui.widgets.keybar import Hint

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

#: What the screen is dismissed with once a letter was sent.
SENT = "sent"
_WAY_WORDS = {"m": "by mail", "c": "by certified mail", "e": "by email: the next letter, or one sent", "h": "by hand"}
_KEYS: tuple[Hint, ...] = (
    ("m", "mail"),
    ("c", "certified"),
    ("e", "email"),
    ("h", "hand"),
    ("l", "later"),
    ("d", "day"),
    ("Esc", "later"),
)


class SendingScreen(AskingScreen):
    """A screen about an account's letters that asks of one of them how it was sent."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"sent('{key}')", words, show=False) for key, words in _WAY_WORDS.items()),
        Binding("l", "later", "it is sent later", show=False),
        Binding("d", "day", "it was sent on another day", show=False),
    ]

    def __init__(self, screen: "DeskScreen", account: str, empty: str, *, back_when_sent: bool) -> None:
        """`back_when_sent`: once a letter was sent, or is sent later, the screen is left."""
        super().__init__(screen, empty)
        self._account = account
        self._who = self._desk.dossier(account).account.name
        self._back_when_sent = back_when_sent
        call = screen.calling.call
        self._in_call = call is not None and call.account == account
        # The letter of which it is asked, where it lies, and the day of its sending.
        self._sending = ""
        self._paths: tuple[str, ...] = ()
        self._day: date | None = None

    def _letter(self, key: str) -> Letter:
        """Return a letter of the account. Raises DeskError if it is not in the book."""
        found = next((each for each in self._desk.letters.of(self._account) if each.id == key), None)
        if found is None:
            raise DeskError("this letter is no longer in the book")
        return found

    def _show_sending(self, width: int) -> None:
        letter = self._letter(self._sending)
        day = self._desk.rules.day(self._day or self._desk.today)
        what = f"{letter.kind} {letter.number}"
        self.show_parts(what.upper(), self._who, [], sending_lines(what, day, self._paths, width), _KEYS)

    def _ask_how(self, letter: Letter, paths: Sequence[str]) -> None:
        """Ask how a letter was sent, which lies there. Raises DeskError for one that was sent already."""
        if letter.sent_by:
            day = self._desk.rules.day(letter.sent_on or letter.day)
            name = f"{letter.kind} {letter.number}"
            raise DeskError(f"{name} went out on {day} by {letter.sent_by}: what was sent is not changed")
        self._sending, self._day, self._paths = letter.id, None, tuple(paths)

    def _done(self, said: str, remark: str) -> str:
        """Note in the call that goes on what was done; return what is said of it."""
        if self._in_call and self._below.calling.call:
            self._below.calling.remark(remark)
        return said

    def action_sent(self, key: str) -> None:
        """It was sent in a way; of certified mail the number is asked for."""
        if not self._sending:
            return
        way = WAYS[key]
        if way is SentBy.CERTIFIED:
            words = "the number of the certified mail"
            self.ask(Question(words, "it was sent", lambda number: self._send(SentBy.CERTIFIED, number)))
        else:
            self._send(way, "")

    def _send(self, way: SentBy, tracking: str) -> None:
        def act() -> str:
            letters, letter = self._desk.letters, self._letter(self._sending)
            path = letters.email(letter.id) if way is SentBy.EMAIL else None
            act = letters.sent(letter.id, way, on=self._day, tracking=tracking)
            self._sending = ""
            more = f"; open {path} in your mail program and send it" if path else ""
            return self._done(f"saved: {act}{more}", act)

        if self.attempt(act):
            if self._back_when_sent:
                self.dismiss(SENT)
            else:
                self.answered()

    def action_later(self) -> None:
        """It is sent later: until then it stands in the list."""
        if self._sending:
            self._sending = ""
            if self._back_when_sent:
                self.dismiss("")
                return
            self.show()
            self.tell("it is not sent yet: s says how once it is", "")

    def action_day(self) -> None:
        """Ask for the day on which it was sent."""
        if self._sending:
            self.ask(Question("on which day was it sent? nov 20, 2026-11-20", "on that day", self._set_day))

    def _set_day(self, text: str) -> None:
        def act() -> str:
            day = read_day(self._desk, text).day
            self._day = letter_day(day, self._letter(self._sending), self._desk.rules)
            return ""

        if self.attempt(act):
            self.answered()
