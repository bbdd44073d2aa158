"""The first start: three questions - the firm's name, its country, where the export is - then the import.

Nothing is written before all three are answered. Escape goes a question back, and from the first one leaves; what was
answered stays. The demo is one key away.
"""

import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from arctui import fence
from arctui.core.policy import PolicyError
from arctui.core.records import Invoice
from arctui.core.text import clean, fold
from arctui.desk import DeskError
from arctui.desk.beginning import begin, decline
from arctui.desk.countries import countries, of_locale
from arctui.exchange.report import ReportError
from arctui.store import BookError
from arctui.tui.paths import completed, likely, likely_folders
from arctui.tui.purposes.file import import_words
from arctui.tui.widgets.keybar import Hint, KeyBar
from arctui.tui.widgets.lines import Line, Lines, fit, wrap
from arctui.tui.widgets.prompt import CleanInput
from arctui.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

_FIRM, _COUNTRY, _EXPORT = range(3)
_NONE = "none"
#: Title, line, three rows, what was said, and keys.
_BELOW_HEAD = 7
_ABOUT_FIRM = (
    "It is said on the phone and stands on letters. Two more questions follow: the country, and where the export of"
    " your accounting system is. Nothing is written before all are answered."
)
_ABOUT_EXPORT = (
    "A report of the open invoices, a row for each: CSV, Excel or another table. Type its path, or choose it below."
    " Its totals are shown before the first call, and u takes the import back."
)
_ASKED = (
    ("What is the name of your firm?", _ABOUT_FIRM),
    ("In which country is it?", "Type to find it. It can be changed at any time: arctui policy country CODE"),
    ("Where is the export of your accounting system?", _ABOUT_EXPORT),
)


@dataclass(frozen=True)
class _Row:
    """A row of the list: its text, and what is said of it."""

    text: str
    more: str


class BeginningScreen(Screen[None]):
    """Three questions over the empty desk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "the question before; from the first one leave", show=False, priority=True),
        Binding("enter", "answer", "take the answer", show=False, priority=True),
        Binding("tab", "complete", "complete the path", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("f2", "demo", "look at the demo book instead", show=False, priority=True),
    ]

    def __init__(self, screen: "DeskScreen", environment: Mapping[str, str] | None = None) -> None:
        """`screen` is the desk below; `environment` tells the locale."""
        super().__init__()
        self._below, self._desk = screen, screen.desk
        self._default = of_locale(os.environ if environment is None else environment)
        self._step = _FIRM
        #: What was typed at each question, and the country that was chosen.
        self._typed = ["", "", ""]
        self._country = self._default
        self._asking = ""
        self._rows: RowList[_Row] = RowList(self._draw, empty="   nothing is found", id="found")

    def compose(self) -> ComposeResult:
        """Lay out title, question, line, list, what was said last, and keys."""
        title, head, told = Lines(id="listing-title"), Lines(id="asking-head"), Lines(id="listing-told")
        title.can_focus = head.can_focus = told.can_focus = self._rows.can_focus = False
        yield title
        yield head
        yield CleanInput(compact=True, select_on_focus=False, id="split")
        yield self._rows
        yield told
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask the first question."""
        line = self.query_one("#split", Input)
        line.cursor_blink = False
        self.set_focus(line)
        self._ask(_FIRM)

    def on_resize(self) -> None:
        """Break the words for the width."""
        self._show_head()

    # What is shown

    def _ask(self, step: int) -> None:
        """Ask a question, with what was typed there before."""
        line = self.query_one("#split", Input)
        if step == _FIRM and self._step == _FIRM and not self._typed[_FIRM]:
            self._typed[_FIRM] = self._desk.policy.firm
        self._step, self._asking = step, ""
        with self.prevent(Input.Changed):
            line.value = self._typed[step]
        line.cursor_position = len(line.value)
        self._rows.empty = "" if step == _FIRM else "   nothing is found"
        self._tell("")
        self._fill()
        self._show_head()
        more: dict[int, list[Hint]] = {
            _FIRM: [("Enter", "go on"), ("Esc", "leave")],
            _COUNTRY: [("Enter", "choose"), ("Up Down", "move"), ("Esc", "back")],
            _EXPORT: [("Enter", "import"), ("Tab", "complete"), ("Up Down", "move"), ("Esc", "back")],
        }
        first, *rest = more[step]
        self.query_one(KeyBar).hint([first, ("F2", "demo first"), *rest], ("F1", "guide"))

    def _show_head(self) -> None:
        width = max(20, self.size.width - 2)
        question, about = _ASKED[self._step]
        lines: list[Line] = [
            *wrap(f" {question}", width, "strong", indent=1),
            *wrap(f" {about}", width, "dim", indent=1),
        ]
        if self._step == _COUNTRY:
            country = countries().get(self._rows.chosen)
            lines += wrap(f" {country.sets(self._desk.today)}" if country else " ", width, "accent", indent=1)
        # On a small screen the line that is typed, some rows and the keys come first.
        lines = lines[: max(1, self.size.height - _BELOW_HEAD)]
        head = self.query_one("#asking-head", Lines)
        head.styles.height = len(lines)
        head.show(lines)
        title = f"  question {self._step + 1} of 3"
        self.query_one("#listing-title", Lines).show([((" WELCOME TO ARCTUI", "title"), (title, "dim"))])

    def _fill(self) -> None:
        text = self._typed[self._step]
        if self._step == _COUNTRY:
            words = fold(text).split()
            rows = {
                c.code: _Row(c.name, f"{c.code}  {c.currency}")
                for c in countries().values()
                if all(word in fold(f"{c.name} {c.code} {c.currency}") for word in words)
            }
            # What begins as it was typed is meant before what has it somewhere.
            by_nearness = sorted(
                rows, key=lambda c: (fold(c) != fold(text), not fold(rows[c].text).startswith(fold(text)))
            )
            chosen = self._country if self._country in rows or not rows else by_nearness[0]
        elif self._step == _EXPORT:
            rows = {str(path): _Row(_named(path), _when(path)) for path in _offered(text)}
            chosen = next(iter(rows), _NONE)
            rows[_NONE] = _Row("none yet", "o imports a file later")
        else:
            rows, chosen = {}, ""
        self._rows.fill(list(rows), rows.__getitem__, chosen)

    def _draw(self, row: _Row, width: int, has_cursor: bool) -> Sequence[Line]:
        more = min(28, width // 3)
        room = max(8, width - more - 4)
        text = row.text
        if self._step == _EXPORT and cell_len(text) > room:
            # Of a path the end counts, the name of the file.
            text = f"…{set_cell_size(text[::-1], room - 1)[::-1]}"
        text = fit(text, room)
        return [((f" {'>' if has_cursor else ' '} ", "accent"), (text, ""), (f" {fit(row.more, more)}", "dim"))]

    def _tell(self, text: str, role: str = "warn") -> None:
        told = self.query_one("#listing-told", Lines)
        lines = wrap(f" {text}", max(2, self.size.width - 1), role, indent=1) if text else []
        told.styles.height = len(lines)
        told.show(lines)

    @on(Input.Changed, "#split")
    def _changed(self, event: Input.Changed) -> None:
        self._typed[self._step] = event.value
        self._asking = ""
        self._tell("")
        self._fill()

    @on(RowList.Moved, "#found")
    def _moved(self) -> None:
        if self._step == _COUNTRY:
            self._show_head()

    # Keys

    def action_move(self, by: int) -> None:
        """Move the cursor of the list."""
        self._rows.action_move(by)

    def action_page(self, direction: int) -> None:
        """Move it by a page."""
        self._rows.action_page(direction)

    def action_complete(self) -> None:
        """Complete the path as far as it is certain."""
        if self._step == _EXPORT:
            line = self.query_one("#split", Input)
            line.value = completed(line.value)
            line.cursor_position = len(line.value)

    def action_leave(self) -> None:
        """Go back to the question before; from the first one leave."""
        if self._step > _FIRM:
            self._ask(self._step - 1)
            return
        said = "o imports a report, F1 opens the guide; the firm's name: arctui policy firm NAME"
        try:
            decline(self._desk)
        except (DeskError, BookError) as error:
            said = str(error)
        self._below.tell(said, "warn")
        self.dismiss()

    def action_demo(self) -> None:
        """Leave for the demo book; nothing was written."""
        self.app.go_to_demo()  # type: ignore[attr-defined]

    def action_answer(self) -> None:
        """Take the answer and go on."""
        if self._step == _FIRM:
            if clean(self._typed[_FIRM]).strip():
                self._ask(_COUNTRY)
            else:
                self._tell("write the firm's name, as you say it on the phone; F2 looks at a demo first")
        elif self._step == _COUNTRY:
            if self._rows.chosen:
                self._country = self._rows.chosen
                self._typed[_COUNTRY] = ""
                self._ask(_EXPORT)
            else:
                self._tell("no country has that in its name: try a part of it, or its two letters")
        else:
            self._take_file()

    def _take_file(self) -> None:
        typed, told = _parted(self._typed[_EXPORT])
        try:
            path = fence.named(typed) if typed else None
        except fence.FenceError as error:
            self._tell(str(error))
            return
        chosen = self._rows.chosen
        if path is None or not path.is_file():
            if typed and chosen == _NONE and len(self._rows.keys) == 1:
                self._tell(f"there is no file '{clean(typed)}': Tab completes a path, an empty line lists files")
                return
            path = None if chosen == _NONE else Path(chosen)
        if path and path.is_dir():
            line = self.query_one("#split", Input)
            line.value = f"{path}/"
            line.cursor_position = len(line.value)
            return
        from arctui.desk.archiving import is_archive

        try:
            if path is None or not is_archive(path):
                # An archive has the firm's name in it, and only a book without any act takes it in.
                begin(self._desk, self._typed[_FIRM], countries()[self._country])
            if path is None:
                self._done("everything is set: o imports a report; arctui demo --tour shows how it all works")
            else:
                self._import(path, told)
        except (DeskError, BookError, ReportError, PolicyError) as error:
            self._tell(str(error), "bad" if isinstance(error, BookError) else "warn")

    def _import(self, path: Path, told: str) -> None:
        """Import the file as it is told to be read; what it brought, or what it asks, is shown over the desk."""
        from arctui.desk.importing import NeedsConsentError
        from arctui.exchange.mapping import NeedsMappingError

        importing = self._below.importing
        consent = self._asking == str(path)
        _, options, _ = import_words(f"{shlex.quote(str(path))} {told}", consent=consent)
        try:
            summary = importing.begin(path, options)
        except NeedsMappingError as error:
            self._done("")
            importing.map_columns(path, options, error.table, error.guess)
            return
        except NeedsConsentError as question:
            self._asking = str(path)
            self._tell(f"{question}. Enter once more imports it all the same")
            return
        if summary is None:
            self._done("")
            return
        calls = len(self._desk.worklist())
        follows = "Enter calls the first account" if calls else "nobody is to be called today"
        if next(self._desk.book.facts.all(Invoice), None) is None:
            follows = "there was no invoice in it: o imports the report of what is open"
        self._done(f"imported {summary.file}: {follows}; ? lists the keys, F1 opens the guide")
        importing.do_imported()

    def _done(self, said: str) -> None:
        self.dismiss()
        self._below.guarded(self._below.show_all)
        if said:
            self._below.tell(said, "good")


def _offered(text: str) -> list[Path]:
    """Return the files that may be meant: in the folder that is typed, without one in those where exports lie."""
    path, _ = _parted(text)
    return likely(path) if path else likely_folders()


def _parted(text: str) -> tuple[str, str]:
    """Part a path from how its file is to be read: `--dates dmy`."""
    path, mark, told = text.strip().partition(" --")
    if not mark or fence.is_there(text.strip()):
        return text.strip(), ""
    return path.strip(), f"--{told}"


def _named(path: Path) -> str:
    try:
        shown = Path("~") / path.relative_to(Path.home())
    except ValueError:
        shown = path
    return clean(f"{shown}/" if path.is_dir() else str(shown))


def _when(path: Path) -> str:
    try:
        return "folder" if path.is_dir() else f"{datetime.fromtimestamp(path.stat().st_mtime):%d %b %Y %H:%M}"  # noqa: DTZ006
    except OSError:
        return ""
