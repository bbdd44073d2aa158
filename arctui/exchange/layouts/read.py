"""A file that was recognised, read by the reader of its kind, with the proof and the reasons."""

import msgspec

from arctui.exchange.columns import header_key
from arctui.exchange.layouts.contacts import ContactReader, read_contacts
from arctui.exchange.layouts.items import read_items, with_passing
from arctui.exchange.layouts.layout import Found
from arctui.exchange.layouts.receipts import read_receipts
from arctui.exchange.progress import UNWATCHED, Progress
from arctui.exchange.report import Column, ReadOptions, Reason, Report, ReportError, ReportKind, Skipped
from arctui.exchange.restricted import restriction
from arctui.exchange.table import Table

_READERS = {ReportKind.CONTACTS: read_contacts, ReportKind.PAYMENTS: read_receipts}


def read_found(found: Found, options: ReadOptions, progress: Progress = UNWATCHED) -> Report:
    """Read a recognised file.

    Raises ReportError where its dates can be read in two ways, it has no rows, or nothing that can be read.
    """
    layout = found.layout
    if layout.refuses:
        raise ReportError(f"{layout.words} has balances but no invoices: {layout.refuses}")
    report = _READERS.get(layout.kind, read_items)(found, options, progress)
    return msgspec.structs.replace(
        report,
        system=layout.system,
        only=restriction(row.cells for row in found.header.above(found.table)),
        notes=(*report.notes, *filter(None, [layout.note])),
        columns=_columns(found, options),
        skipped=_with_texts(report.skipped, found.original or found.table),
        reasons=(*_why(found), *report.reasons),
    )


def _columns(found: Found, options: ReadOptions) -> tuple[Column, ...]:
    """Say what became of each column."""
    header = found.header
    people = header if found.layout.kind is ReportKind.CONTACTS else with_passing(header)
    fields = {place: field for field, place in people.columns.items()}
    if found.layout.kind is not ReportKind.PAYMENTS:
        fields |= ContactReader(people, options).used()
    taken = {name: field for field, names in found.layout.takes.items() for name in names}
    fields |= {place: taken[key] for place, cell in enumerate(header.cells) if (key := header_key(cell)) in taken}
    fields |= {place: field for field, place in header.more}
    fields |= {place: field for field, place in header.columns.items()}
    return tuple(Column(place, name, fields.get(place, "")) for place, name in enumerate(header.cells))


def _with_texts(skipped: tuple[Skipped, ...], table: Table) -> tuple[Skipped, ...]:
    """Give each skipped row its text as the file has it."""
    if not skipped:
        return skipped
    wanted = {s.row for s in skipped}
    # A reshaped table may have two rows of one: the first is as the file has it.
    rows = {row.number: row.cells for row in reversed(table.rows) if row.number in wanted}
    return tuple(
        msgspec.structs.replace(s, text=" | ".join(rows.get(s.row, ())), cells=rows.get(s.row, ())) for s in skipped
    )


def _why(found: Found) -> list[Reason]:
    """Say by what the layout was known."""
    layout, header = found.layout, found.header
    if header.place < 0 or found.table.rows[header.place].number == 0:
        return [Reason("header", "there is none: the columns are told by their places")]
    row = found.table.rows[header.place].number
    needed = sorted(header.columns[field] for field in layout.needs if field in header.columns)
    names = [header.cells[place] for place in needed]
    names += [cell for cell in header.cells if _is_mark(cell, layout.marks)]
    words = f"row {row} names the columns " + ", ".join(f"'{n}'" for n in dict.fromkeys(filter(None, names)))
    reasons = [Reason("layout", words if names else f"row {row} names the columns of {layout.title}")]
    if layout.titled:
        reasons.append(Reason("layout", f"the title says '{layout.titled}'"))
    if layout.reshape:
        reasons.append(Reason("layout", f"it is built as {layout.words} is"))
    return reasons


def _is_mark(cell: str, marks: tuple[str, ...]) -> bool:
    return header_key(cell) in marks
