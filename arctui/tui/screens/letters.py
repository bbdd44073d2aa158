"""The letters of an account: which kind is due and why, its text before it is written, how it was sent."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from arctui.core.letter_records import Attachment, Letter, LetterKind, Role, SentBy
from arctui.core.records import Activity
from arctui.core.text import plural
from arctui.desk import DeskError
from arctui.desk.letter_sending import otherwise, words_of
from arctui.store import BookError
from arctui.tui.screens.asking import Question, typed_path
from arctui.tui.screens.letter_sending import SENT, SendingScreen
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.views.letters import (
    WAYS,
    kind_lines,
    letter_heads,
    letter_lines,
    letter_row,
    otherwise_lines,
    otherwise_row,
    preview_lines,
    said_in_full,
)
from arctui.tui.widgets.keybar import Hint
from arctui.tui.widgets.lines import Line

if TYPE_CHECKING:
    from arctui.desk.letters import Choice, Preview
    from arctui.tui.screens.desk import DeskScreen

__all__ = ["OTHERWISE", "SENT", "LettersScreen"]

#: What the screen is dismissed with where the line for a letter that was sent otherwise is to be opened.
OTHERWISE = "otherwise"
_LIST_KEYS: tuple[Hint, ...] = (
    ("1-9", "kind"),
    ("s", "sent"),
    ("a", "proof"),
    ("Enter", "read"),
    ("o", "sent otherwise"),
    ("u", "undo"),
    ("Esc", "back"),
)


class LettersScreen(SendingScreen):
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
        Binding("u", "undo", "undo your last act", show=False),
        Binding("q,L", "leave", show=False),
    ]

    def __init__(self, screen: "DeskScreen", account: str, *, why: str = "", back_when_sent: bool = False) -> None:
        """`why`: what stands in the line where a reason is asked for."""
        empty = "   no letter was written to this account yet"
        super().__init__(screen, account, empty, back_when_sent=back_when_sent)
        self._why = why
        self._choices: Sequence[Choice] = ()
        self._papers: Sequence[Attachment] = ()
        # The kind whose text is shown, to whom it would go, and about which currency.
        self._kind: LetterKind | None = None
        self._preview: Preview | None = None
        self._person = self._currency = ""
        self._by_email = False
        # The letter that was written last, on which the cursor then is.
        self._written = ""

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

    def follow(self) -> None:
        """Show what others did; a text that may not be written any more, or a letter that is gone, is left."""
        if self._number == self._desk.book.number:
            return
        kind = self._kind
        if self._sending and not self.attempt(self._still_there):
            self._sending = ""
        elif self._preview and kind and not self.attempt(lambda: self._look_at(kind)):
            self._preview = None
        self.show()

    def _still_there(self) -> str:
        self._letter(self._sending)
        return ""

    def _show_list(self) -> None:
        self._fill()
        width, letters = self.size.width, self._desk.letters.of(self._account)
        unsent = sum(each.sent_by is None for each in letters)
        more = f"{self._who}: {plural(len(letters), 'letter')}" + (f", {unsent} not sent" if unsent else "")
        more += "; the next one by email" if self._by_email else ""
        head = [*kind_lines(self._choices, width), *said_in_full(self._choices, width), ()]
        keys = [*_LIST_KEYS[:-2], ("e", "on paper" if self._by_email else "by email"), *_LIST_KEYS[-2:]]
        self.show_parts("LETTERS", more, [*head, letter_heads(len(self._rows.keys), width)], None, keys)

    def _fill(self) -> None:
        dossier = self._desk.dossier(self._account)
        self._papers = dossier.attachments
        self._choices = self._desk.letters.choices(self._account, by_email=self._by_email)
        rows: dict[str, Letter | Activity] = {each.id: each for each in self._desk.letters.of(self._account)}
        rows |= {each.id: each for each in otherwise(dossier)}
        self._rows.fill(list(rows), rows.__getitem__, self._written)
        self._written = ""

    def _draw(self, row: Letter | Activity, width: int, has_cursor: bool) -> Sequence[Line]:
        if isinstance(row, Activity):
            return [otherwise_row(self._desk, row, width, has_cursor=has_cursor)]
        proofs = [paper for paper in self._papers if paper.about == row.id]
        return [letter_row(self._desk, row, proofs, width, has_cursor=has_cursor)]

    def _proofs(self, letter: Letter) -> list[Attachment]:
        return [a for a in self._desk.dossier(self._account).attachments if a.about == letter.id]

    @property
    def _in_list(self) -> bool:
        return not self._sending and self._preview is None

    @property
    def _chosen(self) -> Letter:
        """The letter under the cursor. Raises DeskError if there is none of ours."""
        if not self._rows.chosen:
            raise DeskError("no letter was written to this account yet: 1 to 9 show the kinds")
        if isinstance(self._rows.row(self._rows.chosen), Activity):
            raise DeskError("this letter was not written here: only its sending is known")
        return self._letter(self._rows.chosen)

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
        row = self._rows.row(self._rows.chosen) if self._rows.chosen else None
        if isinstance(row, Activity):
            sent: Activity = row
            make: Callable[[int], list[Line]] = lambda width: otherwise_lines(self._desk, sent, width)  # noqa: E731
            self.app.push_screen(ListingScreen(f"LETTER  {self._who}", make))
            return ""
        letter = self._chosen
        words, lies = self._words(letter)
        title = f"{letter.kind.upper()} {letter.number}  {self._who}"
        make = lambda width: letter_lines(  # noqa: E731
            self._desk, self._letter(letter.id), self._proofs(letter), width, words=words, lies=lies
        )
        self.app.push_screen(ListingScreen(title, make))
        return ""

    def _words(self, letter: Letter) -> tuple[str, str]:
        """Return a letter's words and where it lies, or why they cannot be read."""
        letters = self._desk.letters
        try:
            return words_of(self._desk, letter), str(letters.path(letter)) if letter.files else ""
        except (DeskError, BookError) as error:
            return str(error), ""

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
            self._preview, self._by_email = None, False
            self._written = made.letter.id
            self._ask_how(made.letter, list(map(str, made.paths)))
            return self._done(f"saved: {made.act}", f"{kind} {made.letter.number} written")

        if self.attempt(act):
            self.answered()
            self.top()

    def action_mark_sent(self) -> None:
        """Ask how the letter under the cursor was sent."""

        def act() -> str:
            letter = self._chosen
            self._ask_how(letter, [str(self._desk.letters.path(letter))] if letter.files else [])
            return ""

        if self._in_list and self.attempt(act):
            self.show()

    def action_sent(self, key: str) -> None:
        """It was sent in a way. Before it is written: by email or not."""
        if self._sending:
            super().action_sent(key)
        else:
            self._turn_to_email(key)

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

    def action_discard(self) -> None:
        """Throw the letter under the cursor away, if it was never sent."""
        if self._in_list:
            self.attempt(lambda: f"saved: {self._desk.letters.discard(self._chosen.id)}")
            self.show()

    # Proof, and letters that were sent otherwise

    def action_attach(self) -> None:
        """Ask for the file that proves the delivery of the letter under the cursor."""

        if not self._in_list:
            return
        try:
            letter = self._chosen
        except DeskError as error:
            self.tell(str(error), "warn")
            return
        words = f"proof of delivery of {letter.number}: the path of a scan"
        self.ask(Question(words, "attach it", lambda text: self._attach_file(letter, text), is_path=True))

    def _attach_file(self, letter: Letter, text: str) -> None:
        def act() -> str:
            files = [typed_path(text)]
            said = self._desk.attachments.attach(self._account, files, about=letter.id, role=Role.SENDING)
            return f"saved: {said}"

        if self.attempt(act):
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
