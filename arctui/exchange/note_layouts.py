"""What was said, as the accounting system takes it: files of notes in the layouts of systems that import notes.

Only layouts whose columns their maker documents:

- `24sevenoffice`: help.24sevenoffice.com, "Import field names for Note". The note hangs on the customer's number; its
  day is written 31.01.2026; a file with notes of more than 255 characters has to begin with one of them, or all are
  cut there.
- `sage100`: Lockstep Collect for Sage 100 (SARA), "Import Customer Notes". It needs the code of the company; a note
  has at most 2,000 characters and its heading 100; invoices are named as 0712375-IN, separated by |.
- `plain`: day, customer, invoices, note and user, for any other system and for people.

For QuickBooks, Xero, Sage 50 and Sage 200 no documented import of notes from CSV was found; the note field of IIF
would overwrite what stands there.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, time
from typing import NamedTuple

from arctui.exchange.write_tables import Cell, Sheet

_SHEET = "activity"
_CUT_BY_24SEVEN = 255
_HEADING, _NOTE = 100, 2000
# The type that Sage 100 puts behind a number.
_TYPED = re.compile(r"-[A-Z]{2}$")


class Note(NamedTuple):
    """One thing that was said or done. `kind` is call, email, letter, note or promise; `invoices` are numbers."""

    day: date
    hour: time | None
    number: str
    customer: str
    kind: str
    heading: str
    text: str
    invoices: tuple[str, ...]
    by: str


def _plain(notes: Sequence[Note], _: str) -> Sheet:
    titles = ("Date", "Time", "Customer ID", "Customer", "Invoices", "Kind", "Subject", "Note", "User")
    rows: list[tuple[Cell, ...]] = [
        (n.day, n.hour, n.number, n.customer, ", ".join(n.invoices), n.kind, n.heading, n.text, n.by) for n in notes
    ]
    return Sheet(_SHEET, titles, rows)


def _24sevenoffice(notes: Sequence[Note], _: str) -> Sheet:
    titles = ("NoteCategoryId", "NoteCompanyId", "NoteDateRegistered", "NoteTitle", "NoteDescription")
    categories = {"call": "phone", "email": "e-mail"}
    ordered = sorted(notes, key=lambda n: len(_whole(n)) <= _CUT_BY_24SEVEN)
    rows: list[tuple[Cell, ...]] = [
        (
            categories.get(n.kind, "Note"),
            n.number or n.customer,
            f"{n.day:%d.%m.%Y}",
            n.heading,
            _whole(n),
        )
        for n in ordered
    ]
    return Sheet(_SHEET, titles, rows)


def _sage100(notes: Sequence[Note], company: str) -> Sheet:
    titles = ("CompanyID", "CustID", "ActivityDate", "TaskDesc", "InvoiceList", "Notes")
    rows: list[tuple[Cell, ...]] = [
        (
            company,
            n.number,
            f"{n.day.month}/{n.day.day}/{n.day.year} {n.hour or time():%I:%M:%S %p}",
            n.heading[:_HEADING],
            "|".join(i if _TYPED.search(i) else f"{i}-IN" for i in n.invoices),
            _cut(_whole(n), _NOTE),
        )
        for n in notes
        if n.number
    ]
    return Sheet(_SHEET, titles, rows)


def _whole(note: Note) -> str:
    """Return the note with what has no column of its own."""
    about = f"invoices {', '.join(note.invoices)}" if note.invoices else ""
    return " / ".join(filter(None, [note.text or note.heading, about, note.by]))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


#: The systems that take notes, by the word that names them.
SYSTEMS: dict[str, Callable[[Sequence[Note], str], Sheet]] = {
    "plain": _plain,
    "24sevenoffice": _24sevenoffice,
    "sage100": _sage100,
}
#: For these the clerk has to say the company's code; an account without a number has no place there.
NEEDS_COMPANY = frozenset({"sage100"})
