"""The firm's own layouts: what a clerk told of a table once, listed and dropped."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from arctui.core.changes import Change, added, removed
from arctui.core.facts import Facts, Moment
from arctui.core.import_records import OwnLayout
from arctui.core.text import clean, name_key
from arctui.desk.errors import DeskError
from arctui.exchange.guess import Guess
from arctui.exchange.mapping import look
from arctui.exchange.own_layouts import own_layout
from arctui.exchange.report import ReadOptions, Report
from arctui.exchange.source import choose_sheet, open_source
from arctui.exchange.table import Table

if TYPE_CHECKING:
    from arctui.desk.desk import Desk
    from arctui.desk.importing import ImportOptions


def kept_layout(
    facts: Facts, report: Report, name: str, moment: Moment, by: str, new_id: Callable[[], str]
) -> list[Change]:
    """Return what keeps that by which a report was read under a name, in place of one of this name; "" keeps nothing.

    Raises ReportError where there is nothing to keep.
    """
    if not name:
        return []
    layout = own_layout(report, name, id=new_id(), by=by, at=moment.now)
    earlier = [own for own in facts.all(OwnLayout) if name_key(own.name) == name_key(layout.name)]
    return [*map(removed, earlier), added(layout)]


class Layouts:
    """The own layouts in one desk's book."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def all(self) -> list[OwnLayout]:
        """Return them by name."""
        return sorted(self._desk.book.facts.all(OwnLayout), key=lambda layout: name_key(layout.name))

    def read_options(self, options: "ImportOptions") -> ReadOptions:
        """Return the options by which a file is read in this book."""
        from arctui.desk.importing import read_options

        return read_options(self._desk.book.facts, options, self._desk.policy)

    def look(self, path: Path, options: "ImportOptions") -> tuple[Table, Guess]:
        """Return the table in a file, and what its columns would be taken for. Raises ReportError."""
        reading = self.read_options(options)
        table = choose_sheet(open_source(path), options.sheet).table
        return table, look(table, reading)

    def drop(self, name: str) -> str:
        """Forget a layout, as one act. Returns what was done. Raises DeskError that lists those there are."""
        self._desk.refresh()
        layouts = self.all()
        for layout in layouts:
            if name_key(layout.name) == name_key(name):
                return self._desk.commit(f"layout '{layout.name}' dropped", [removed(layout)])
        there = ", ".join(layout.name for layout in layouts) or "none yet"
        raise DeskError(f"there is no layout '{clean(name)}': your own are {there}")
