"""The same file again: was it imported before, and is it a new export of the accounting system all the same?"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from arctui.core.facts import Facts
from arctui.core.records import Import
from arctui.exchange.report import ReportKind

if TYPE_CHECKING:
    from arctui.desk.importing import ImportOptions, ReadFile

#: What an accounting system is asked for day by day.
_EXPORTS = (ReportKind.OPEN_ITEMS, ReportKind.LISTED, ReportKind.PAYMENTS)


def told(options: "ImportOptions") -> bool:
    """Does the clerk say how the file is read? Then it may tell something else than before."""
    ways = (options.layout, options.payments, options.sheet, options.columns, options.mapping, options.decimal_mark)
    return any(ways) or options.month_first is not None


def earlier_import(facts: Facts, read: "ReadFile", *, closes: bool) -> Import | None:
    """Return the import of the same file, read in the same way, that did what this one would do, if there was one.

    Of one that is not read yet it is not known what it says where the clerk tells how it is read, or where it has
    several sheets.
    """
    as_of = read.options.as_of
    for known in reversed(facts.reports.by_number.values()):
        if known.digest != read.digest or (closes and not known.settles) or as_of not in (None, known.as_of):
            continue
        unread = not (read.content and known.content)
        if (read.content and known.content == read.content) or (
            unread and not known.sheet and not told(read.options)
        ):
            return known
    return None


def written_at(path: Path) -> datetime | None:
    """Return when a file was written last, None if that is not known."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        # Whoever reads it says what is wrong with it.
        return None


def written_anew(known: Import, written: datetime | None) -> bool:
    """Was a file written since it was imported? Of imports of old it is not known when theirs was written."""
    return written is not None and written > (known.written or known.at)


def is_new_export(known: Import, read: "ReadFile", as_of: date) -> bool:
    """Is the same content the state of a later day, in which nothing changed?

    So it is where the file was written anew, and neither it nor the clerk names a day.
    """
    of_its_own = read.report.as_of or read.options.as_of
    asked_for = read.report.kind in _EXPORTS
    return asked_for and not of_its_own and as_of > known.as_of and written_anew(known, read.written)


def same_again(known: Import) -> str:
    """Say that nothing changed since the file was imported before."""
    return f"the same as what was imported as of {known.as_of}, but written since: nothing changed up to this day"
