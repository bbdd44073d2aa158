"""The columns of a table that no layout knows: the guess beside the first values, corrected by keys."""

from collections.abc import Callable
from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from arctui.core.text import clean, fold
from arctui.desk import DeskError
from arctui.desk.importing import NeedsConsentError
from arctui.exchange.fields import FIELDS, FIELDS_OF
from arctui.exchange.guess import HEADER_ROWS, Guess, guess
from arctui.exchange.mapping import corrected, missing, preview
from arctui.exchange.report import Mapping, ReadOptions, ReportError, ReportKind
from arctui.exchange.table import Table
from arctui.store import BookError
from arctui.tui.screens.find import FindScreen, Found
from arctui.tui.views.mapping import (
    ColumnRow,
    column_line,
    column_rows,
    heading_lines,
    total_lines,
    why_line,
)
from arctui.tui.widgets.keybar import Hint, KeyBar
from arctui.tui.widgets.lines import Lines, fit, wrap
from arctui.tui.widgets.prompt import Prompt
from arctui.tui.widgets.rowlist import RowList

_LEAVE_OUT = "-"
_TOLD = "you said so"
_KINDS = (ReportKind.OPEN_ITEMS, ReportKind.PAYMENTS, ReportKind.CONTACTS, ReportKind.STATEMENT)
_KEYS: tuple[Hint, ...] = (
    ("Enter", "choose"), ("i", "import"), ("Esc", "leave"), ("x", "leave out"), ("s", "keep as layout"),
    ("j k", "column"),
)  # fmt: skip
_MOST_LINES = 7

#: Imports by a mapping, kept under a name ("": not kept), with the clerk's consent or without; returns when it is
#: imported or goes on beside the work, and raises what an import raises.
Run = Callable[[Mapping, str, bool], None]


class MappingScreen(Screen[bool]):
    """Dismissed with True when the file was handed to the import; nothing is changed before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "leave; nothing is changed", show=False),
        Binding("enter", "choose", "choose what the column is", show=False),
        Binding("x", "leave_out", "leave the column out", show=False),
        Binding("K", "kind", "take the table for another kind of list", show=False),
        Binding("d", "dates", "say which of day and month comes first", show=False),
        Binding("c", "cents", "say what stands before the cents", show=False),
        Binding("h", "header(1)", "the names of the columns stand a row further down", show=False),
        Binding("H", "header(-1)", "they stand a row further up", show=False),
        Binding("s", "keep", "keep it as a layout of your own", show=False),
        Binding("i,ctrl+s", "import", "import the file so", show=False),
        Binding("y", "agree", "agree to what the import asked", show=False),
    ]

    def __init__(self, file: str, table: Table, made: Guess, options: ReadOptions, run: Run) -> None:
        """`made` is the guess to begin with, `options` those by which the file is read."""
        super().__init__()
        self._file, self._table, self._run_import = clean(file), table, run
        # The order of dates and the mark before the cents stand in the mapping, where keys change them.
        self._options = msgspec.structs.replace(options, month_first=None, decimal_told="")
        self.mapping = made.mapping
        self._whys = list(made.whys)
        self._doubts = made.doubts
        self._told: dict[int, str] = {}
        self._kept_as = ""
        self._asked = False
        self._said: tuple[str, str] = ("", "")
        self._columns: RowList[ColumnRow] = RowList(
            lambda row, width, cursor: [column_line(row, width, cursor)], empty="   no columns", id="columns"
        )

    def compose(self) -> ComposeResult:
        """Lay out title, what holds for the table, the columns, the reason, the totals, the line for a name, keys."""
        for name in ("mapping-title", "mapping-heading", "mapping-why", "mapping-totals", "mapping-told"):
            lines = Lines(id=name)
            lines.can_focus = False
            if name == "mapping-why":
                yield self._columns
            yield lines
        yield Prompt()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the guess, and what is doubtful about it."""
        self.query_one(KeyBar).hint(_KEYS)
        self.set_focus(self._columns)
        if self._doubts:
            self._tell(f"please look: {'; '.join(self._doubts)}", "warn")
        self._show()

    def on_resize(self) -> None:
        """Break the lines for the width."""
        self._show()
        self._tell(*self._said)

    def _show(self) -> None:
        """Show the mapping as it is now, and what is read so."""
        width = max(20, self.size.width)
        rows = {str(r.place): r for r in column_rows(self._table, self.mapping, tuple(self._whys))}
        self._columns.fill(list(rows), rows.__getitem__)
        title = f" COLUMNS  {self._file}"
        kept = f"  kept as '{self._kept_as}' with the import" if self._kept_as else ""
        self._lines("title").show([((fit(title + kept, width), "title"),)])
        self._lines("heading").show(heading_lines(self._table, self.mapping, width))
        totals = total_lines(preview(self._table, self.mapping, self._options), width - 1)[:_MOST_LINES]
        self._lines("totals").styles.height = len(totals)
        self._lines("totals").show(totals)
        self._show_why()

    def _show_why(self) -> None:
        row = self._columns.row(self._columns.chosen) if self._columns.chosen else None
        self._lines("why").show([why_line(row, self.size.width)])

    def _lines(self, name: str) -> Lines:
        return self.query_one(f"#mapping-{name}", Lines)

    def _tell(self, text: str, role: str) -> None:
        self._said = (text, role)
        lines = wrap(f" {text}", max(20, self.size.width - 1), role, indent=1)[:_MOST_LINES] if text else []
        self._lines("told").styles.height = len(lines)
        self._lines("told").show(lines)

    @on(RowList.Moved)
    def _moved(self) -> None:
        self._show_why()

    def _take(self, mapping: Mapping) -> None:
        """Go on with another mapping."""
        self.mapping = mapping
        self._asked = False
        self._tell("", "")
        self._show()

    # A column

    @property
    def _place(self) -> int:
        return int(self._columns.chosen or 0)

    def _give(self, place: int, field: str) -> None:
        before = self.mapping.fields
        mapping = corrected(self.mapping, place, field)
        for other, (old, new) in enumerate(zip(before, mapping.fields, strict=False)):
            if old != new and other < len(self._whys):
                self._whys[other] = _TOLD if other == place else f"{old} is another column now"
        self._told = {at: f for at, f in self._told.items() if not f or f in mapping.fields} | {place: field}
        self._take(mapping)

    def action_choose(self) -> None:
        """Choose the field of the column from a list."""
        if not self._columns.chosen:
            return
        place = self._place
        taken = {field: row for row, field in enumerate(self.mapping.fields) if field}
        row = self._columns.row(self._columns.chosen)
        fields = {
            field: Found(field, FIELDS[field], self._taken_by(taken, field, place), fold(f"{field} {FIELDS[field]}"))
            for field in FIELDS_OF[self.mapping.kind]
        }
        fields[_LEAVE_OUT] = Found("-", "leave it out", "", "leave it out -")

        def chosen(field: str | None) -> None:
            if field:
                self._give(place, "" if field == _LEAVE_OUT else field)

        self.app.push_screen(FindScreen(f"WHAT IS '{row.name}'", row.values, fields), chosen)

    def _taken_by(self, taken: dict[str, int], field: str, place: int) -> str:
        if field not in taken:
            return ""
        return "(as it is now)" if taken[field] == place else f"(now column {taken[field] + 1})"

    def action_leave_out(self) -> None:
        """Leave the column out."""
        if self._columns.chosen:
            self._give(self._place, "")

    # The whole table

    def _guess_again(self, kind: ReportKind, header: int) -> None:
        """Guess anew what nobody said."""
        known = set(FIELDS_OF[kind])
        told = {at: field for at, field in self._told.items() if not field or field in known}
        made = guess(self._table, told, kind=kind, header=header)
        self._whys = list(made.whys)
        self._take(
            msgspec.structs.replace(
                made.mapping, month_first=self.mapping.month_first, decimal_mark=self.mapping.decimal_mark
            )
        )

    def action_kind(self) -> None:
        """Take the table for another kind."""
        now = ReportKind.OPEN_ITEMS if self.mapping.kind is ReportKind.LISTED else self.mapping.kind
        self._guess_again(_KINDS[(_KINDS.index(now) + 1) % len(_KINDS)], self.mapping.header)

    def action_header(self, by: int) -> None:
        """Take the row below, or above, for the names of the columns; before the first row there are none."""
        rows = min(HEADER_ROWS, len(self._table.rows) - 1)
        self._told = {}
        self._guess_again(self.mapping.kind, (self.mapping.header + 1 + by) % (rows + 1) - 1)

    def action_dates(self) -> None:
        """Say which of day and month comes first."""
        following = {None: True, True: False, False: None}
        self._take(msgspec.structs.replace(self.mapping, month_first=following[self.mapping.month_first]))

    def action_cents(self) -> None:
        """Say what stands before the cents."""
        following = {"": ".", ".": ",", ",": ""}
        self._take(msgspec.structs.replace(self.mapping, decimal_mark=following[self.mapping.decimal_mark]))

    # Keeping and importing

    def action_keep(self) -> None:
        """Ask for the name under which the mapping is kept."""
        self.query_one(Prompt).open("layout", "keep as layout:", self._kept_as, lines=0)

    @on(Prompt.Entered)
    def _named(self, event: Prompt.Entered) -> None:
        event.stop()
        self._kept_as = clean(event.text)
        self._close_prompt()
        told = f"kept as '{self._kept_as}' with the import: i imports" if self._kept_as else "not kept as a layout"
        self._tell(told, "good" if self._kept_as else "")

    @on(Prompt.Left)
    def _name_left(self, event: Prompt.Left) -> None:
        event.stop()
        self._close_prompt()

    def _close_prompt(self) -> None:
        self.query_one(Prompt).close()
        self.set_focus(self._columns)
        self._show()

    def action_import(self) -> None:
        """Import the file so; what the import asks is asked here, and agreed to by another key."""
        self._import(consent=False)

    def action_agree(self) -> None:
        """Agree to what the import asked."""
        if self._asked:
            self._import(consent=True)

    def _import(self, *, consent: bool) -> None:
        lacking = missing(self.mapping)
        if lacking:
            self._tell(lacking, "bad")
            return
        try:
            self._run_import(self.mapping, self._kept_as, consent)
        except NeedsConsentError as question:
            self._asked = True
            self._tell(f"{question}. y imports it", "warn")
        except (ReportError, DeskError, BookError) as error:
            self._tell(str(error), "bad")
        else:
            self.dismiss(True)

    def action_leave(self) -> None:
        """Leave; nothing was changed."""
        self.dismiss(False)
