"""The papers of an account: the files that were attached to it, and the line that attaches another."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from arctui.core.letter_records import Attachment
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

_KEYS: tuple[Hint, ...] = (("a", "attach"), ("Enter", "look"), ("u", "undo"), ("Esc", "back"))
#: The row that stands for the account itself among what a paper can be about.
_ACCOUNT = "account"
_DIGITS = 9


class PapersScreen(AskingScreen):
    """The list; a path is typed below it, then what the file is about is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "attach", "attach a file", show=False),
        Binding("enter", "look", "all that is known of the paper, and where it lies", show=False),
        Binding("u", "undo", "undo your last act", show=False),
        Binding("q,P", "leave", show=False),
    ]

    def __init__(self, screen: "DeskScreen") -> None:
        """It is about the account that is looked at."""
        super().__init__(screen, "   no file is attached to this account yet: a attaches one")
        self._account = screen.account
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
        """Ask what the file is about; with nothing but the account to choose from it is attached at once."""

        def act() -> str:
            path, note = _read(text)
            if not path.exists():
                raise DeskError(f"there is no file {path}")
            rows = self._abouts()
            if len(rows) == 1:
                return self._attach_file(path, note, _ACCOUNT)

            def chosen(about: str | None) -> None:
                if about:
                    self.attempt(lambda: self._attach_file(path, note, about))

            title = f"WHAT IS {path.name} ABOUT?"
            self.app.push_screen(FindScreen(title, "", rows, "attach it", digits=list(rows)[:_DIGITS]), chosen)
            return ""

        self.attempt(act)

    def _attach_file(self, path: Path, note: str, about: str) -> str:
        about = "" if about == _ACCOUNT else about
        said = self._desk.attachments.attach(self._account, [path], about=about, note=note)
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
    if Path(text.strip()).expanduser().exists():
        return typed_path(text), ""
    path, _, note = text.partition(" -- ")
    return typed_path(path), note.strip()
