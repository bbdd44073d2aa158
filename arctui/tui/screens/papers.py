"""The papers of an account: the files that were attached to it, and the line that attaches another."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from arctui import fence
from arctui.core.claim_roles import ROLES
from arctui.core.letter_records import Attachment, Role
from arctui.core.text import fold, plural
from arctui.desk import DeskError
from arctui.desk.attachments import about_words, newest
from arctui.tui.screens.asking import AskingScreen, Question, typed_path
from arctui.tui.screens.find import FindScreen, Found
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.views.papers import paper_heads, paper_lines, paper_row
from arctui.tui.widgets.keybar import Hint
from arctui.tui.widgets.lines import Line

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

_KEYS: tuple[Hint, ...] = (("a", "attach"), ("w", "what it is"), ("Enter", "look"), ("u", "undo"), ("Esc", "back"))
#: The row that stands for the account itself among what a paper can be about.
_ACCOUNT = "account"
_DIGITS = 9


class PapersScreen(AskingScreen):
    """The list; a path is typed below it, then what the file is about is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "attach", "attach a file", show=False),
        Binding("w", "role", "say what the paper is for a court", show=False),
        Binding("enter", "look", "all that is known of the paper, and where it lies", show=False),
        Binding("u", "undo", "undo your last act", show=False),
        Binding("q,P", "leave", show=False),
    ]

    def __init__(self, screen: "DeskScreen", account: str) -> None:
        super().__init__(screen, "   no file is attached to this account yet: a attaches one")
        self._account = account
        self._dossier = self._desk.dossier(self._account)
        self._who = self._dossier.account.name

    def show_now(self) -> None:
        """Show the papers, the newest first."""
        self._dossier = dossier = self._desk.dossier(self._account)
        papers = {paper.id: paper for paper in newest(dossier)}
        # A new one is under the cursor.
        before, first = set(self._rows.keys), next(iter(papers), "")
        self._rows.fill(list(papers), papers.__getitem__, first if first not in before else "")
        more = f"{self._who}: {plural(len(papers), 'file')}"
        self.show_parts("PAPERS", more, [paper_heads(len(papers), self.size.width)], None, _KEYS)

    def _draw(self, row: Attachment, width: int, has_cursor: bool) -> Sequence[Line]:
        return [paper_row(self._desk, self._dossier, row, width, has_cursor=has_cursor)]

    def action_look(self) -> None:
        """Show all that is known of the paper under the cursor."""
        if not self._rows.chosen:
            return
        paper = self._rows.row(self._rows.chosen)
        lies = str(self._desk.attachments.documents.path(paper.digest))
        dossier = self._dossier
        self.app.push_screen(
            ListingScreen("PAPER", lambda width: paper_lines(self._desk, dossier, paper, lies, width))
        )

    def action_attach(self) -> None:
        """Ask for the file."""
        words = "the path of a file; behind it what it is: scan.pdf -- contract, or -- proof of delivery"
        self.ask(Question(words, "what is it about?", self._typed_file, is_path=True))

    def _typed_file(self, text: str) -> None:
        """Ask what the file is about, unless there is nothing but the account to choose from, then what it is."""

        def act() -> str:
            path, note = _read(text)
            if not fence.is_there(path):
                raise DeskError(f"there is no file {path}")
            # What cannot be attached is said before anything is asked about it.
            self._desk.attachments.guess(self._account, path, "", note)
            rows = self._abouts()
            if len(rows) == 1:
                self._ask_role(path, note, _ACCOUNT)
                return ""

            def chosen(about: str | None) -> None:
                if about:
                    self.attempt(lambda: self._ask_role(path, note, about))

            title = f"WHAT IS {path.name} ABOUT?"
            self.app.push_screen(FindScreen(title, "", rows, "choose", digits=list(rows)[:_DIGITS]), chosen)
            return ""

        self.attempt(act)

    def _ask_role(self, path: Path, note: str, about: str) -> str:
        """Ask what the file is, with a cautious guess under the cursor, then attach it. Raises DeskError."""
        about = "" if about == _ACCOUNT else about
        guess = self._desk.attachments.guess(self._account, path, about, note)

        def act(role: Role) -> None:
            self.attempt(lambda: self._attach_file(path, note, about, role))

        self._choose_role(path.name, guess, "attach it", act)
        return ""

    def _choose_role(self, name: str, first: Role, verb: str, act: Callable[[Role], None]) -> None:
        texts = {key: role.value or "something else" for key, role in ROLES.items()}
        rows = {key: Found(str(n), text, "", fold(f"{key} {text}")) for n, (key, text) in enumerate(texts.items(), 1)}
        rows = dict(sorted(rows.items(), key=lambda row: ROLES[row[0]] is not first))

        def chosen(key: str | None) -> None:
            if key:
                act(ROLES[key])

        self.app.push_screen(FindScreen(f"WHAT IS {name}?", "", rows, verb, digits=list(ROLES)), chosen)

    def action_role(self) -> None:
        """Say what the paper under the cursor is."""
        if self._rows.chosen:
            paper = self._rows.row(self._rows.chosen)

            def act(role: Role) -> None:
                self.attempt(lambda: f"saved: {self._desk.attachments.set_role(paper.id, role)}")
                self.show_now()

            self._choose_role(paper.name, paper.role, "say so", act)

    def _attach_file(self, path: Path, note: str, about: str, role: Role) -> str:
        said = self._desk.attachments.attach(self._account, [path], about=about, note=note, role=role)
        if self._below.calling.call and self._below.calling.call.account == self._account:
            self._below.calling.remark(said)
        self.answered()
        return f"saved: {said}"

    def _abouts(self) -> dict[str, Found]:
        """Return what a paper can be about: the account, what is open or in dispute, letters, then what is paid."""
        dossier = self._desk.dossier(self._account)
        is_open = {item.invoice.id for item in self._desk.standing(self._account).items}
        invoices = [i.id for i in dossier.invoices]
        ids = [
            *(i for i in invoices if i in is_open),
            *(d.id for d in dossier.disputes),
            *(each.id for each in sorted(dossier.letters, key=lambda each: each.at, reverse=True)),
            *(i for i in invoices if i not in is_open),
        ]
        rows = {_ACCOUNT: Found("1", "the account", "", "the account")}
        for number, key in enumerate(ids, 2):
            text = about_words(self._desk, dossier, key)
            rows[key] = Found(str(number) if number <= _DIGITS else "", text, "", fold(text))
        return rows


def _read(text: str) -> tuple[Path, str]:
    """Return the path that was typed, and the words behind it. Raises DeskError."""
    if fence.is_there(text.strip()):
        return typed_path(text), ""
    path, _, note = text.partition(" -- ")
    return typed_path(path), note.strip()
