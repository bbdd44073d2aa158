"""The archive of a whole book: written for another machine or version, and taken in by an empty book there.

It is complete, the history with its hashes included: what could be undone here can be undone there. The documents go
along in a folder beside it, `FILE.arctui.documents`, each under its SHA-256: the archive names them, so it proves
them. Not in it are what lies beside the book with a name to read (confirmations, claim files), the backups, and a
playbook of the firm's own.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from arctui.core.records import Account, Activity, Invoice, Payment, Person
from arctui.core.roles import Right
from arctui.core.tables import TABLES
from arctui.core.text import clean, plural
from arctui.desk.errors import DeskError
from arctui.desk.exporting import check_target, write
from arctui.desk.importing import ImportSummary
from arctui.desk.keeping_documents import Copied, absent, along, beside, brought
from arctui.exchange.report import ReportError
from arctui.store import archive, documents, rights
from arctui.store.archive import Archive, ArchiveError, is_archive
from arctui.store.documents import Documents

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

__all__ = ["explain_archive", "export_archive", "import_archive", "is_archive"]

#: A larger file is no archive of a book that this program can have made.
_LARGEST = 1 << 30


def export_archive(desk: "Desk", path: Path, *, force: bool = False) -> tuple[Path, int, list[str]]:
    """Write the archive; return its path, the number of records in it, and what is to be known of it.

    It is read back before it gets its name. Raises DeskError, BookError.
    """
    if not desk.book.on_disk:
        raise DeskError("there is no book yet")
    if path.suffix.lower() != archive.ENDING:
        raise DeskError(f"an archive is called FILE{archive.ENDING}, so that everybody knows it")
    target = check_target(desk, path, force=force)
    content = archive.written(desk.book, desk.rules.moment.now, desk.clerk)
    copied = along(desk.book, target)
    write(target, content, force=force)
    count = sum(1 for kind in TABLES.values() for _ in desk.book.facts.all(kind))
    goes = [f"{plural(copied.count, 'document')} beside it in {copied.folder}: keep both together"]
    notes = [*(goes if copied.folder.is_dir() else []), *copied.lacking("here"), *beside(desk.book.path)]
    return target, count, notes


def import_archive(desk: "Desk", path: Path, *, dry_run: bool = False) -> ImportSummary:
    """Make an empty book the one in an archive, in one step, all of it or nothing. Raises ReportError, BookError."""
    if not dry_run:
        desk.need(Right.DECIDE, "taking in the archive of a whole book")
    name = clean(path.name)
    found = _read(path)
    desk.refresh()
    accounts = sum(1 for _ in desk.book.facts.all(Account))
    if desk.book.number or any(True for kind in TABLES.values() for _ in desk.book.facts.all(kind)):
        raise ReportError(
            "this is the archive of a whole book, which goes into an empty one, and this one has "
            f"{plural(accounts, 'account') if accounts else 'something in it'} already: "
            f"arctui --book NEW.json import {name}"
        )
    along_with = Documents(rights.resolve(path))
    if dry_run:
        return _summary(name, found, along_with)
    if documents.named(found.facts):
        brought(desk.book.path, found.facts, [along_with])
    archive.fill(desk.book, found)
    desk.refresh()
    return _summary(name, found, Documents(desk.book.path), along_with)


def explain_archive(path: Path) -> ImportSummary:
    """Return what an archive would bring into an empty book. Raises ReportError, BookError."""
    return _summary(clean(path.name), _read(path), Documents(rights.resolve(path)))


def _read(path: Path) -> Archive:
    try:
        if path.stat().st_size > _LARGEST:
            raise ReportError("the file is larger than 1 GB: that is no archive of a book")
        return archive.read(path.read_bytes())
    except OSError as error:
        raise ReportError(f"the file cannot be read: {error.strerror}") from None
    except ArchiveError as error:
        raise ReportError(str(error)) from None


def _summary(name: str, found: Archive, there: Documents, source: Documents | None = None) -> ImportSummary:
    """Say what is in an archive, and which documents are not `there`; `source`: where they should have come from."""
    facts, head = found.facts, found.head
    named = len(documents.named(facts))
    counts = [
        plural(sum(1 for _ in facts.all(Activity)), "activity", "activities"),
        *([plural(named, "document")] if named else []),
        f"history of {plural(len(found.history), 'act')}",
    ]
    where = f"in {there.files}"
    if source:
        where += f", as they are not whole in {source.files}: copy them there, then 'arctui check'"
    lacking = Copied(folder=there.folder, missing=absent(facts, there)).lacking(where)

    def count(kind: type) -> int:
        return sum(1 for _ in facts.all(kind))

    return ImportSummary(
        file=name,
        layout="archive",
        kind="archive",
        as_of=head.at.date(),
        accounts_added=count(Account),
        people_added=count(Person),
        invoices_added=count(Invoice),
        payments_added=count(Payment),
        notes=(f"{', '.join(counts)}, written by {clean(head.by)}", *lacking),
    )
