"""The letters of an account: which kind is due and why, its text before it is written, how it was sent."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from arctui.core.letter_records import Attachment, Letter, LetterKind, SentBy
from arctui.core.text import plural
from arctui.desk import DeskError
from arctui.desk.calendar_lines import read_day
from arctui.desk.letter_making import letter_day
from arctui.tui.screens.asking import AskingScreen, Question, typed_path
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.views.letters import (
    WAYS,
    kind_lines,
    kind_room,
    letter_heads,
    letter_lines,
    letter_row,
    preview_lines,
    sending_lines,
)
from arctui.tui.widgets.keybar import Hint
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.desk.letters import Choice, Preview
    from arctui.tui.screens.desk import DeskScreen

#: What the screen is dismissed with: a letter was sent; the line for one that was sent otherwise is to be opened.
SENT, OTHERWISE = "sent", "otherwise"
_LIST_KEYS: tuple[Hint, ...] = (
    ("1-9", "kind"),
    ("s", "sent"),
    ("a", "proof"),
    ("Enter", "look"),
    ("o", "sent otherwise"),
    ("u", "undo"),
    ("Esc", "back"),
)
_WAY_KEYS: tuple[Hint, ...] = (
    ("m", "mail"),
    ("c", "certified"),
    ("e", "email"),
    ("h", "hand"),
    ("l", "later"),
    ("d", "day"),
)


class LettersScreen(AskingScreen):
    """Three pages: the kinds and the letters, the text of a kind, how a letter was sent."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "kind(1)", "look at the kind with this digit, 1 to 9, before it is written", show=False),
        *(Binding(str(n), f"kind({n})", show=False) for n in range(2, 10)),
        Binding("enter", "enter", "write the letter that is shown, or look at one that was written", show=False),
        Binding("t", "person", "to whom the letter goes", show=False),
        Binding("dollar_sign", "currency", "the letter about another currency that they owe in", show=False),
        Binding("x", "discard", "throw a letter away that was never sent", show=False),
        Binding("s", "mark_sent", "say how a letter was sent", show=False),
        Binding("a", "attach", "attach the proof of delivery", show=False),
        Binding("o", "otherwise", "record a letter that was sent otherwise", show=False),
        *(Binding(key, f"sent('{key}')", f"sent by {way}", show=False) for key, way in WAYS.items()),
        Binding("l", "later", "it is sent later", show=False),
        Binding("d", "day", "it was sent on another day", show=False),
        Binding("u", "undo", "undo your last act", show=False),
        Binding("q,L", "leave", show=False),
    ]

    def __init__(self, screen: "DeskScreen", *, why: str = "", back_when_sent: bool = False) -> None:
        """It is about the account that is looked at. `why`: what stands in the line where a reason is asked for."""
        super().__init__(screen, "   no letter was written to this account yet")
        self._account = screen.account
        self._who = self._desk.dossier(self._account).account.name
        self._why, self._back_when_sent = why, back_when_sent
        self._in_call = screen.calling.call is not None and screen.calling.call.account == self._account
        self._choices: Sequence[Choice] = ()
        self._papers: Sequence[Attachment] = ()
        # The kind whose text is shown, to whom it would go, and about which currency.
        self._kind: LetterKind | None = None
        self._preview: Preview | None = None
        self._person = self._currency = ""
        self._by_email = False
        # The letter of which is asked how it was sent, where it lies, and the day of that.
        self._sending = ""
        # The letter that was written last, on which the cursor then is.
        self._written = ""
        self._paths: tuple[str, ...] = ()
        self._day: date | None = None

    # What is shown

    def show_now(self) -> None:
        """Show the page as it is now."""
        width = max(20, self.size.width - 4)
        if self._sending:
            self._show_sending(width)
        elif self._preview and self._kind:
            to = f"{self._who}: to {self._person or 'whom we speak with'}" + (", by email" if self._by_email else "")
            keys = [("Enter", "write it"), ("t", "to whom"), ("e", "on paper" if self._by_email else "by email")]
            keys += [("$", "currency")] if len(self._currencies) > 1 else []
            more: list[Hint] = [*keys, ("j k", "scroll"), ("Esc", "back")]
            self.show_parts(self._kind.upper(), to, [], preview_lines(self._preview, width), more)
        else:
            self._show_list()

    def _show_list(self) -> None:
        self._fill()
        letters = self._desk.letters.of(self._account)
        unsent = sum(each.sent_by is None for each in letters)
        more = f"{self._who}: {plural(len(letters), 'letter')}" + (f", {unsent} not sent" if unsent else "")
        more += "; the next one by email" if self._by_email else ""
        head = [*self._due_lines(), *kind_lines(self._choices, self.size.width), ()]
        self.show_parts("LETTERS", more, [*head, letter_heads(len(letters), self.size.width)], None, _LIST_KEYS)

    def _due_lines(self) -> list[Line]:
        """Say why the one that is due is due, where its own line has no room for it or says why it cannot be."""
        due = next((c for c in self._choices if c.due), None)
        if due is None or (not due.problem and kind_room(self.size.width) > len(due.why)):
            return []
        hindered = f"; not now: {due.problem}" if due.problem else ""
        return wrap(f" {due.kind} due: {due.why}{hindered}", self.size.width - 1, "strong", indent=1)[:2]

    def _fill(self) -> None:
        self._papers = self._desk.dossier(self._account).attachments
        self._choices = self._desk.letters.choices(self._account)
        letters = {letter.id: letter for letter in self._desk.letters.of(self._account)}
        self._rows.fill(list(letters), letters.__getitem__, self._written)
        self._written = ""

    def _show_sending(self, width: int) -> None:
        letter = self._letter(self._sending)
        day = self._desk.rules.day(self._day or self._desk.today)
        what = f"{letter.kind} {letter.number}"
        self.show_parts(
            what.upper(), self._who, [], sending_lines(what, day, self._paths, width), [*_WAY_KEYS, ("Esc", "later")]
        )

    def _draw(self, row: Letter, width: int, has_cursor: bool) -> Sequence[Line]:
        proofs = [paper for paper in self._papers if paper.about == row.id]
        return [letter_row(self._desk, row, proofs, width, has_cursor=has_cursor)]

    def _proofs(self, letter: Letter) -> list[Attachment]:
        return [a for a in self._desk.dossier(self._account).attachments if a.about == letter.id]

    def _letter(self, key: str) -> Letter:
        found = next((each for each in self._desk.letters.of(self._account) if each.id == key), None)
        if found is None:
            raise DeskError("this letter is no longer in the book")
        return found

    @property
    def _in_list(self) -> bool:
        return not self._sending and self._preview is None

    @property
    def _chosen(self) -> str:
        """The letter under the cursor. Raises DeskError if there is none."""
        if not self._rows.chosen:
            raise DeskError("no letter was written to this account yet: 1 to 9 show the kinds")
        return self._rows.chosen

    # A kind before it is written

    def action_kind(self, digit: int) -> None:
        """Show the text of a kind."""
        if self._in_list and digit <= len(self._choices):
            kind = self._choices[digit - 1].kind
            if self.attempt(lambda: self._look_at(kind)):
                self.show()
                self.top()

    def _look_at(self, kind: LetterKind) -> str:
        self._preview = self._desk.letters.preview(
            self._account, kind, person=self._person, currency=self._currency, by_email=self._by_email
        )
        self._kind = kind
        return ""

    def action_person(self) -> None:
        """Let it go to the next person of the account."""
        names = ["", *(p.name for p in self._desk.dossier(self._account).people if p.name)]
        self._turn(lambda: setattr(self, "_person", _after(self._person, names)))

    def action_currency(self) -> None:
        """Let it be about the next currency in which something is owed."""
        self._turn(lambda: setattr(self, "_currency", _after(self._currency, self._currencies)))

    @property
    def _currencies(self) -> list[str]:
        standing = self._desk.standing(self._account)
        return ["", *(other.currency for other in standing.others)]

    def _turn(self, change: Callable[[], None]) -> None:
        """Change to whom, how or about what the letter is that is shown; not to one that cannot be written."""
        kind, was = self._kind, (self._person, self._currency, self._by_email)
        if self._preview is None or kind is None or self._sending:
            return
        change()
        if not self.attempt(lambda: self._look_at(kind)):
            self._person, self._currency, self._by_email = was
        self.show()

    def action_enter(self) -> None:
        """Write what is shown; where it is not due the reason is asked for first."""
        if self._sending:
            return
        if self._preview is None:
            self.attempt(self._look_at_letter)
        elif self._preview.needs_reason:
            words = "why is it written now? it is kept with the letter"
            self.ask(Question(words, "write it", self._write), self._why)
        else:
            self._write("")

    def _look_at_letter(self) -> str:
        letter = self._letter(self._chosen)
        title = f"{letter.kind.upper()} {letter.number}  {self._who}"
        make: Callable[[int], list[Line]] = lambda width: letter_lines(  # noqa: E731
            self._desk, self._letter(letter.id), self._proofs(letter), width
        )
        self.app.push_screen(ListingScreen(title, make))
        return ""

    def _write(self, why: str) -> None:
        kind = self._kind
        if kind is None:
            return

        def act() -> str:
            letters = self._desk.letters
            made = letters.write(
                self._account,
                kind,
                why=why,
                person=self._person,
                currency=self._currency,
                by_email=self._by_email,
            )
            self._preview = None
            self._sending, self._day = made.letter.id, None
            self._written, self._paths = made.letter.id, tuple(map(str, made.paths))
            return self._done(f"saved: {made.act}", f"{kind} {made.letter.number} written")

        if self.attempt(act):
            self.answered()
            self.top()

    def _done(self, said: str, remark: str) -> str:
        """Note in the call that goes on what was done; return what is said of it."""
        if self._in_call and self._below.calling.call:
            self._below.calling.remark(remark)
        return said

    # How it was sent

    def action_mark_sent(self) -> None:
        """Ask how the letter under the cursor was sent."""

        def act() -> str:
            letter = self._letter(self._chosen)
            if letter.sent_by:
                day = self._desk.rules.day(letter.sent_on or letter.day)
                name = f"{letter.kind} {letter.number}"
                raise DeskError(f"{name} went out on {day} by {letter.sent_by}: what was sent is not changed")
            self._sending, self._day = letter.id, None
            self._paths = (str(self._desk.letters.path(letter)),) if letter.files else ()
            return ""

        if self._in_list and self.attempt(act):
            self.show()

    def action_sent(self, key: str) -> None:
        """It was sent in a way; of certified mail the number is asked for. Before it is written: by email or not."""
        if not self._sending:
            self._turn_to_email(key)
            return
        way = WAYS[key]
        if way is SentBy.CERTIFIED:
            words = "the number of the certified mail"
            self.ask(Question(words, "it was sent", lambda number: self._send(SentBy.CERTIFIED, number)))
        else:
            self._send(way, "")

    def _turn_to_email(self, key: str) -> None:
        """Let the next letter be for an email, which needs no postal address, or for paper again."""
        if WAYS[key] is not SentBy.EMAIL:
            return
        if self._preview:
            self._turn(lambda: setattr(self, "_by_email", not self._by_email))
        else:
            self._by_email = not self._by_email
            self.tell("")
            self.show()

    def _send(self, way: SentBy, tracking: str) -> None:
        letter = self._letter(self._sending)

        def act() -> str:
            letters = self._desk.letters
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

    def action_discard(self) -> None:
        """Throw the letter under the cursor away, if it was never sent."""
        if self._in_list:
            self.attempt(lambda: f"saved: {self._desk.letters.discard(self._chosen)}")
            self.show()

    # Proof, and letters that were sent otherwise

    def action_attach(self) -> None:
        """Ask for the file that proves the delivery of the letter under the cursor."""

        def act() -> str:
            letter = self._letter(self._chosen)
            words = f"proof of delivery of {letter.number}: the path of a scan"
            self.ask(Question(words, "attach it", lambda text: self._attach_file(letter, text), is_path=True))
            return words

        if self._in_list:
            self.attempt(act)

    def _attach_file(self, letter: Letter, text: str) -> None:
        attachments = self._desk.attachments
        if self.attempt(lambda: f"saved: {attachments.attach(self._account, [typed_path(text)], about=letter.id)}"):
            self.answered()

    def action_otherwise(self) -> None:
        """Go to the line that records a letter which was sent otherwise."""
        if self._in_list:
            self.dismiss(OTHERWISE)

    def leave(self) -> None:
        """Leave how it was sent, or the text, else the screen."""
        if self._sending:
            self.action_later()
        elif self._preview:
            self._preview = self._kind = None
            self.tell("")
            self.show()
        else:
            self.dismiss("")


def _after(now: str, names: Sequence[str]) -> str:
    """Return the name after another, from the last one the first again."""
    return names[(names.index(now) + 1) % len(names)] if now in names else names[0]
