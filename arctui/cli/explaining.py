"""What `import --explain` says: which layout a file has, why, what each column became, and what was read."""

import argparse
from collections.abc import Iterable, Iterator

from arctui import fence
from arctui.cli.opening import complain
from arctui.cli.values import Document
from arctui.core.money import grouped, plain
from arctui.core.text import plural
from arctui.core.text_table import padded
from arctui.desk import Desk
from arctui.desk.archiving import explain_archive, is_archive
from arctui.desk.import_doubts import differing_words
from arctui.desk.importing import ImportOptions, ImportSummary, read_options
from arctui.exchange.read import read_report
from arctui.exchange.report import Report, ReportError, totals_read

_NAME_WIDTH = 32


def explain(options: argparse.Namespace, desk: Desk, chosen: ImportOptions) -> int:
    """Say how files would be read, and why; nothing is imported."""
    from arctui.cli.commands import show

    lines: list[str] = []
    documents: list[Document] = []
    failed = False
    for name in options.files:
        path = fence.named(name)
        try:
            if is_archive(path):
                archive = explain_archive(path)
                lines += archive_explained(archive)
                documents.append(archive_document(archive))
                continue
            report = read_report(path, read_options(desk.book.facts, chosen, desk.policy))
        except ReportError as error:
            complain(f"{name}: {error}")
            failed = True
        else:
            lines += explained(path.name, report)
            documents.append(document(path.name, report))
    show(options, {"files": documents}, lines)
    return int(failed)


def archive_explained(archive: ImportSummary) -> Iterator[str]:
    """Yield the lines about the archive of a whole book."""
    yield f"{archive.file}: the archive of a whole book, which goes into an empty one"
    yield f"  as of      {archive.as_of}"
    people = plural(archive.people_added, "person", "people")
    counts = ((archive.accounts_added, "account"), (archive.invoices_added, "invoice"))
    records = ", ".join(plural(count, noun) for count, noun in counts)
    yield f"  holds      {records}, {plural(archive.payments_added, 'payment')}, {people}"
    for note in archive.notes:
        yield f"  note       {note}"


def archive_document(archive: ImportSummary) -> Document:
    """Return the document about the archive of a whole book."""
    return {
        "file": archive.file,
        "layout": archive.layout,
        "kind": archive.kind,
        "as_of": archive.as_of.isoformat(),
        "accounts": archive.accounts_added,
        "people": archive.people_added,
        "invoices": archive.invoices_added,
        "payments": archive.payments_added,
        "notes": list(archive.notes),
    }


def explained(file: str, report: Report) -> Iterator[str]:
    """Yield the lines about one file."""
    system = f"{report.system}, " if report.system else ""
    sheet = f", sheet {report.sheet}" if report.sheet else ""
    yield f"{file}: {system}{report.kind} (layout {report.layout}{sheet})"
    yield f"  as of      {report.as_of or 'not said in the file: today, unless --as-of says another day'}"
    for reason in report.reasons:
        yield f"  {reason.about:<10} {reason.words}"
    for column in report.columns:
        name = column.name or f"(column {column.place + 1} has no name)"
        yield f"  column     {padded(name, _NAME_WIDTH)} {column.field or '-'}"
    yield f"  read       {_counts(report)}"
    for currency, amount in totals_read(report).items():
        yield f"  total      {grouped(amount, currency)}"
    for subtotal in report.subtotals:
        if not subtotal.agrees:
            yield f"  DIFFERS    {differing_words(subtotal)}"
    agree = sum(subtotal.agrees for subtotal in report.subtotals)
    if report.subtotals:
        stated = plural(len(report.subtotals), "total")
        yield f"  proof      {agree} of {stated} of the report agree with what was read"
    for note in report.notes:
        yield f"  note       {note}"
    for skipped in report.skipped:
        yield f"  not read   row {skipped.row}: {skipped.why}"


def document(file: str, report: Report) -> Document:
    """Return the document about one file."""
    return {
        "file": file,
        "layout": report.layout,
        "system": report.system,
        "kind": str(report.kind),
        "sheet": report.sheet or None,
        "as_of": report.as_of.isoformat() if report.as_of else None,
        "reasons": [{"about": reason.about, "words": reason.words} for reason in report.reasons],
        "columns": [{"place": c.place + 1, "name": c.name, "field": c.field or None} for c in report.columns],
        "items": len(report.items),
        "contacts": len(report.contacts),
        "payments": len(report.receipts),
        "bank_lines": len(report.lines),
        "totals": {currency: plain(amount) for currency, amount in totals_read(report).items()},
        "proof": [
            {
                "row": s.row,
                "of": s.of or None,
                "currency": s.currency or None,
                "stated": plain(s.stated),
                "read": None if s.counted is None else plain(s.counted),
            }
            for s in report.subtotals
        ],
        "notes": list(report.notes),
        "skipped": [{"row": s.row, "why": s.why, "text": s.text} for s in report.skipped],
    }


def _counts(report: Report) -> str:
    counted: Iterable[tuple[int, str]] = (
        (len(report.items), "item"),
        (len(report.contacts), "contact"),
        (len(report.receipts), "payment"),
        (len(report.lines), "bank line"),
    )
    return ", ".join(plural(count, noun) for count, noun in counted if count) or "nothing"
