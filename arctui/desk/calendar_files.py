"""The follow-up calendar written out: a file that other calendars take in, or a table."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from arctui import fence
from arctui.core.agenda import Entry
from arctui.desk.calendar_table import calendar_sheet
from arctui.desk.errors import DeskError
from arctui.desk.exporting import csv_file
from arctui.exchange.write_tables import csv_text
from arctui.store import files, rights

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


def ics(desk: "Desk", entries: Sequence[Entry]) -> bytes:
    """Return entries as an iCalendar file that tells of customers what the policy's `calendar_shows` allows."""
    from arctui.exchange.ics import Edition, calendar_file

    last = next(desk.book.latest(), None)
    return calendar_file(entries, Edition(desk.today, desk.book.number, last.at if last else None), desk.policy)


def table(entries: Sequence[Entry], *, file: bool = True) -> bytes:
    """Return entries as CSV: a file for spreadsheets, or text for a terminal or another program."""
    sheet = calendar_sheet(entries)
    return csv_file(sheet) if file else csv_text(sheet, line_end="\n").encode()


def write(desk: "Desk", path: Path, content: bytes) -> None:
    """Write a calendar, private to its owner; a file that is there is replaced. Raises DeskError, BookError."""
    target = rights.resolve(fence.typed(path))
    book = desk.book.path
    if target.parent == book.parent and (target.name == book.name or target.name.startswith(f"{book.name}.")):
        raise DeskError(f"{path} is the book: write the calendar to another file")
    if target.exists() and not target.is_file():
        raise DeskError(f"{path} is no regular file: write the calendar to another one")
    if not target.parent.is_dir():
        raise DeskError(f"{path} cannot be written: there is no folder {target.parent}")
    with files.locked(target.parent):
        files.replace_whole(target, content)
