"""Exporting: what of the book, in which kind of file, and the file itself.

Nothing in the book is changed. A file is private to its owner, written whole or not at all, and takes no other's
place unless that is asked for.
"""

import contextlib
import os
import stat
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from arctui import fence
from arctui.core import words as say
from arctui.core.records import Account
from arctui.core.text import clean
from arctui.desk.calendar_table import calendar
from arctui.desk.derived import Derived
from arctui.desk.errors import DeskError
from arctui.desk.export_closings import closings
from arctui.desk.export_tables import OF_ACCOUNTS, Span, figures, of_accounts, worklist
from arctui.exchange.note_layouts import NEEDS_COMPANY, SYSTEMS, Note
from arctui.exchange.progress import UNWATCHED, Progress, over
from arctui.exchange.write_tables import Format, Sheet, TooManyRowsError, csv_text, json_lines, packed, workbook
from arctui.store import files, rights

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: What can be written as a table; `all` is every one of them.
TABLES = (*OF_ACCOUNTS, "calendar", "worklist", "figures", "closings")
#: What is of all accounts only.
_OF_ALL = ("figures", "closings")
ALL, ACTIVITY, ARCHIVE = "all", "activity", "archive"
WHAT = (*TABLES, ALL, ACTIVITY, ARCHIVE)

_ENDINGS = {".csv": Format.CSV, ".xlsx": Format.XLSX, ".jsonl": Format.JSONL, ".ndjson": Format.JSONL}
#: So that spreadsheets take a CSV file for what it is.
_BOM = "\ufeff"


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be exported. `account` is an account's id, "" for all; `span` the days from and to.

    `system` is the one that is to take an activity in, `company` that system's code of our firm. `format` None: the
    file's ending says it, else it is CSV.
    """

    what: str
    format: Format | None = None
    account: str = ""
    span: Span = Span()
    system: str = "plain"
    company: str = ""


def looked_at(desk: "Desk", wish: Wish) -> Derived:
    """Return what a wish looks at."""
    if wish.what in ("worklist", ALL):
        desk.derived.tell(desk.at_bank.words())
    return desk.derived


def sheets(book: Derived, wish: Wish, progress: Progress = UNWATCHED) -> list[Sheet]:
    """Make the tables that are asked for. Raises DeskError where a wish makes no sense, Cancelled."""
    if wish.what == ACTIVITY:
        return [activity(book, wish)]
    if wish.what == ALL:
        names = [name for name in TABLES if not (wish.account and name in _OF_ALL)]
    else:
        names = [wish.what]
        _check(wish)
    return [_sheet(book, wish, name, progress) for name in names]


def _check(wish: Wish) -> None:
    if wish.what not in TABLES:
        raise DeskError(f"'{clean(wish.what)}' cannot be exported: {', '.join(WHAT)}")
    dated = wish.what in ("calendar", "closings") or (wish.what in OF_ACCOUNTS and OF_ACCOUNTS[wish.what].dated)
    if wish.span != Span() and not dated:
        raise DeskError(f"{wish.what} have no day of their own: leave --from and --to-day out")
    if wish.account and wish.what in _OF_ALL:
        raise DeskError(f"the {wish.what} are those of all accounts: leave --account out")


def _sheet(book: Derived, wish: Wish, name: str, progress: Progress) -> Sheet:
    progress.stage(f"gathering {name}")
    if name == "worklist":
        return worklist(book, wish.account)
    if name == "calendar":
        return calendar(book, wish.account, wish.span)
    if name == "figures":
        return figures(book)
    if name == "closings":
        return closings(book, wish.span)
    accounts = over(_accounts(book, wish), progress)
    return of_accounts(name, book, accounts, wish.span if OF_ACCOUNTS[name].dated else Span())


def _accounts(book: Derived, wish: Wish) -> list[Account]:
    return [book.dossier(wish.account).account] if wish.account else book.accounts()


def activity(book: Derived, wish: Wish) -> Sheet:
    """Make a file of notes for an accounting system; without a span those of the working day.

    Raises DeskError for a system of which it is not known that it takes notes.
    """
    if wish.system not in SYSTEMS:
        raise DeskError(
            f"it is not known that '{clean(wish.system)}' takes notes in: --for is one of {', '.join(SYSTEMS)}"
        )
    if wish.system in NEEDS_COMPANY and not wish.company.strip():
        raise DeskError(f"{wish.system} wants the code of the company on each row: --company CODE")
    span = wish.span if wish.span != Span() else Span(book.rules.moment.today, book.rules.moment.today)
    notes = [n for account in _accounts(book, wish) for n in _notes(book, account.id, span)]
    notes.sort(key=lambda n: (n.day, n.hour is None, n.hour))
    return SYSTEMS[wish.system](notes, clean(wish.company))


def unnumbered(book: Derived, wish: Wish) -> list[str]:
    """Name the accounts whose notes the system cannot take, as they have no number."""
    if wish.what != ACTIVITY or wish.system not in NEEDS_COMPANY:
        return []
    span = wish.span if wish.span != Span() else Span(book.rules.moment.today, book.rules.moment.today)
    without = [a for a in _accounts(book, wish) if not a.number]
    return [a.name for a in without if any(_notes(book, a.id, span))]


def _notes(book: Derived, account: str, span: Span) -> Iterator[Note]:
    dossier = book.dossier(account)
    who = (dossier.account.number, dossier.account.name)
    numbers = {i.id: i.number for i in dossier.invoices if i.number}
    for done in dossier.activities:
        if span.holds(done.day):
            heading = say.happened(done)
            with_whom = f"{heading}, {done.person}" if done.person else heading
            named = tuple(numbers[i] for i in done.invoices if i in numbers)
            hour = done.at.time().replace(second=0, microsecond=0)
            yield Note(done.day, hour, *who, done.kind.value, with_whom, _one_line(done.note), named, done.by)
    for promise in dossier.promises:
        if span.holds(promise.taken_on):
            amount = book.rules.money(promise.amount, promise.currency)
            heading = f"promise of {amount} on {promise.day}"
            how = f"by {promise.method}" if promise.method else ""
            text = ", ".join(filter(None, [heading, how, promise.person, promise.words]))
            named = tuple(numbers[i] for i in promise.invoices if i in numbers)
            hour = promise.taken_at.time().replace(second=0, microsecond=0)
            yield Note(promise.taken_on, hour, *who, "promise", heading, text, named, promise.taken_by)


def _one_line(note: str) -> str:
    return "; ".join(filter(None, map(str.strip, note.splitlines())))


# Files


def format_of(wish: Wish, path: Path | None) -> Format:
    """Return the kind of file: as it is said, else by the file's ending, else CSV. Raises DeskError."""
    if path is None or path.suffix.lower() == ".zip":
        found = wish.format or Format.CSV
        if found is Format.XLSX:
            where = "a workbook is a file of its own: --to FILE.xlsx"
            raise DeskError(where)
        return found
    ending = _ENDINGS.get(path.suffix.lower())
    if wish.format is None and ending is None:
        raise DeskError(f"which kind of file is '{clean(path.name)}' to be? --format csv, xlsx or jsonl")
    return wish.format or ending or Format.CSV


def text_of(sheet: Sheet, kind: Format, wish: Wish) -> str:
    """Return a table as text for the terminal or a pipe."""
    if kind is Format.JSONL:
        return "".join(line.decode() + "\n" for line in json_lines(sheet))
    return csv_text(sheet, line_end="\n", quoted=wish.what == ACTIVITY)


class Plan(NamedTuple):
    """A file that may be written: where, what, in which form; `together`: a zip with a file a table."""

    target: Path
    wish: Wish
    kind: Format
    together: bool


def plan(desk: "Desk", wish: Wish, path: Path, *, force: bool = False) -> Plan:
    """Say what is to be written, before anything is worked out. Raises DeskError, BookError."""
    target, kind = check_target(desk, path, force=force), format_of(wish, path)
    together = path.suffix.lower() == ".zip"
    if wish.what == ACTIVITY and kind is not Format.CSV:
        raise DeskError("what another system is to take in is CSV: name the file FILE.csv")
    if wish.what == ALL and kind is not Format.XLSX and not together:
        raise DeskError("all of it is several tables: name a workbook, all.xlsx, or all.zip")
    return Plan(target, wish, kind, together)


def content_of(book: Derived, planned: Plan, progress: Progress = UNWATCHED) -> tuple[bytes, int]:
    """Return the content of the file, and the number of its rows. Raises DeskError, Cancelled."""
    made = sheets(book, planned.wish, progress)
    rows = sum(len(sheet.rows) for sheet in made)
    if planned.kind is Format.XLSX:
        try:
            return workbook(made, progress), rows
        except TooManyRowsError as error:
            raise DeskError(f"{error}: export it as CSV") from None
    progress.stage("writing")
    return _text(made, planned, book.rules.moment.now), rows


def export(
    desk: "Desk", wish: Wish, path: Path, *, force: bool = False, progress: Progress = UNWATCHED
) -> tuple[Path, int]:
    """Write what is asked for to a file; return its path and the number of its rows.

    Raises DeskError, BookError, and Cancelled where `progress` says so; then there is no file.
    """
    planned = plan(desk, wish, path, force=force)
    content, rows = content_of(looked_at(desk, wish), planned, progress)
    progress.settling()
    write(planned.target, content, force=force)
    return planned.target, rows


def _text(made: Sequence[Sheet], planned: Plan, at: datetime) -> bytes:
    def file(sheet: Sheet) -> bytes:
        if planned.kind is Format.JSONL:
            return text_of(sheet, planned.kind, planned.wish).encode()
        return csv_file(sheet, quoted=planned.wish.what == ACTIVITY)

    if planned.together:
        return packed(((f"{sheet.name}.{planned.kind}", file(sheet)) for sheet in made), at)
    return file(made[0])


def csv_file(sheet: Sheet, *, quoted: bool = False) -> bytes:
    """Return a table as the content of a CSV file that spreadsheets take for what it is."""
    return (_BOM + csv_text(sheet, quoted=quoted)).encode()


def check_target(desk: "Desk", path: Path, *, force: bool) -> Path:
    """Return the file to be written, where that may be done. Raises DeskError, BookError."""
    target = rights.resolve(fence.typed(path))
    book = desk.book.path
    if target.parent == book.parent and (target.name == book.name or target.name.startswith(f"{book.name}.")):
        raise DeskError(f"{path} belongs to the book: name another file")
    if not target.parent.is_dir():
        raise DeskError(f"{path} cannot be written: there is no folder {target.parent}")
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(os.lstat(target).st_mode):
            raise DeskError(f"{path} is no regular file: name another one")
        if not force:
            raise DeskError(f"{path} exists already: name another file, or say --force")
    return target


def write(target: Path, content: bytes, *, force: bool) -> None:
    """Write a private file, whole or not at all. Raises DeskError, BookError."""
    with files.locked(target.parent):
        if not force and os.path.lexists(target):
            raise DeskError(f"{target} exists already: name another file, or say --force")
        files.replace_whole(target, content)
