"""`arctui export`: tables for spreadsheets and other programs, notes for the accounting system, the archive."""

import argparse
import sys
from pathlib import Path

import msgspec

from arctui import fence
from arctui.cli.bar import Bar
from arctui.cli.commands import day_of, show
from arctui.cli.opening import complain, warn
from arctui.cli.plain import is_wanted
from arctui.core.text import plural
from arctui.desk import Desk, DeskError
from arctui.desk.archiving import export_archive
from arctui.desk.export_tables import Span
from arctui.desk.exporting import (
    ACTIVITY,
    ALL,
    ARCHIVE,
    Wish,
    export,
    format_of,
    looked_at,
    sheets,
    text_of,
    unnumbered,
)
from arctui.exchange.write_tables import Format, json_lines

_NAMES = {ALL: "all tables"}


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Export what is asked for, to a file or to stdout."""
    path = fence.named(options.to) if options.to is not None else None
    if options.what == ARCHIVE:
        return _archive(options, desk, path)
    wish = Wish(
        what=options.what,
        format=Format(options.format) if options.format else None,
        account=desk.find(options.account).id if options.account is not None else "",
        span=_span(options),
        system=options.system,
        company=options.company,
    )
    if path is None:
        _print(options, desk, wish)
    else:
        with Bar(shown=not (options.json or is_wanted(options))) as bar:
            try:
                target, rows = export(desk, wish, path, force=options.force, progress=bar)
            except KeyboardInterrupt:
                bar.hide()
                complain(f"{path}: the export was cancelled: nothing was written")
                return 128 + bar.signal
        document = {"file": str(target), "what": wish.what, "rows": rows}
        show(options, document, [f"{target}: {plural(rows, 'row')} of {_NAMES.get(wish.what, wish.what)}"])
    left_out = unnumbered(desk.derived, wish)
    if left_out:
        warn([f"{plural(len(left_out), 'account')} without a number left out: {', '.join(left_out[:5])}"])
    return 0


def _archive(options: argparse.Namespace, desk: Desk, path: Path | None) -> int:
    said = [n for n in ("account", "first", "last", "format") if getattr(options, n)]
    if said:
        raise DeskError("an archive holds the whole book: leave --account, --from, --to-day and --format out")
    if path is None:
        raise DeskError("an archive is a file: --to FILE.arctui")
    target, records, notes = export_archive(desk, path, force=options.force)
    lines = [f"{target}: the whole book, {plural(records, 'record')}, history up to act {desk.book.number}"]
    show(options, {"file": str(target), "what": ARCHIVE, "rows": records, "acts": desk.book.number}, lines)
    warn(notes)
    return 0


def _span(options: argparse.Namespace) -> Span:
    first, last = day_of(options.first, "--from"), day_of(options.last, "--to-day")
    if first and last and last < first:
        raise DeskError(f"--to-day: {last} is before {first}, the first day")
    return Span(first, last)


def _print(options: argparse.Namespace, desk: Desk, wish: Wish) -> None:
    kind = format_of(wish, None)
    if wish.what == ALL:
        raise DeskError("all of it is several tables: --to all.xlsx, or --to all.zip")
    if wish.what == ACTIVITY and kind is not Format.CSV:
        raise DeskError("what another system is to take in is CSV: leave --format out")
    with Bar(shown=not (options.json or is_wanted(options))) as bar:
        (sheet,) = sheets(looked_at(desk, wish), wish, bar)
    if options.json:
        rows = list(map(msgspec.json.decode, json_lines(sheet)))
        show(options, rows, [])
    else:
        sys.stdout.write(text_of(sheet, kind, wish))
