"""The command that imports files."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from arctui import fence
from arctui.cli import import_documents
from arctui.cli.bar import Bar
from arctui.cli.commands import day_of, show
from arctui.cli.opening import complain, leave_book
from arctui.cli.plain import is_wanted
from arctui.core.text import clean
from arctui.desk import Desk
from arctui.desk.import_words import imported, why_not
from arctui.desk.importing import ImportOptions
from arctui.exchange.report import ReportError


def _columns(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Read what `--map` says. Raises ReportError."""
    pairs = [tuple(map(str.strip, text.rpartition("=")[::2])) for text in texts]
    if any(not name for name, _ in pairs):
        raise ReportError("--map is COLUMN=FIELD: --map 'Inv No=number'")
    return tuple((name, field) for name, field in pairs)


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Import files one by one; one that cannot be read does not keep the others out."""
    chosen = ImportOptions(
        month_first={"mdy": True, "dmy": False}.get(options.dates),
        decimal_mark=options.decimal,
        as_of=day_of(options.as_of, "--as-of"),
        layout=options.layout,
        payments=options.payments,
        full=True if options.full else False if options.add else None,
        consent=options.yes,
        dry_run=options.dry_run,
        sheet=options.sheet,
        columns=_columns(options.columns),
        save_layout=options.save_layout or "",
    )
    if options.skipped is not None and (options.explain or options.watch):
        options.misused("--skipped is for an import: leave --explain and --watch out")
    if options.explain:
        from arctui.cli.explaining import explain

        return explain(options, desk, chosen)
    if options.watch:
        from arctui.cli import watching

        if options.files or options.json or options.dry_run:
            options.misused("--watch stands alone: no FILE, --json or --dry-run beside it")
        return watching.run(desk, fence.named(options.watch), chosen, lambda: leave_book(desk))
    if not options.files:
        options.misused("which file? arctui import FILE, or arctui import --watch FOLDER")
    skipped = None
    if options.skipped is not None:
        from arctui.cli.skipping import SkippedRows

        skipped = SkippedRows(desk, fence.named(options.skipped))
    summaries, status = [], 0
    with Bar(shown=not (options.json or is_wanted(options))) as bar:
        for name in options.files:
            try:
                bar.begin()
                summaries.append(desk.import_file(fence.named(name), chosen, bar))
            except ReportError as error:
                bar.hide()
                # The file is named already.
                file = clean(Path(name).name)
                why = why_not(error).removeprefix(f"'{file}' ").removeprefix(f"{file} ")
                complain(f"{name}: {why}")
                status = 1
            except KeyboardInterrupt:
                bar.hide()
                complain(f"{name}: the import was cancelled: nothing was changed")
                status = 128 + bar.signal
                break
    lines = [line for s in summaries for line in imported(s, dry_run=options.dry_run)]
    document = import_documents.imported(summaries)
    if skipped:
        lines.append(skipped.save(summaries, document))
    show(options, document, lines)
    return status
