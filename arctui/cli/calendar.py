"""`arctui calendar`: as text for people and cron mail, as JSON, as an iCalendar file, as CSV."""

import argparse
import sys
from datetime import date, timedelta

from arctui import fence
from arctui.cli import documents, tables
from arctui.cli.commands import day_of, show
from arctui.core.text import plural
from arctui.desk import Desk, DeskError, calendar_files
from arctui.desk.calendar_lines import read_shown

#: Days that are shown where no last day is given.
_DAYS = timedelta(days=30)
_STDOUT = "-"


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Show the calendar, or write it to a file or to stdout."""
    first = day_of(options.first, "--from") or desk.today
    last = day_of(options.last, "--to") or first + min(_DAYS, date.max - first)
    if last < first:
        raise DeskError(f"--to: {last} is before {first}, the first day")
    wanted = read_shown(desk, options.filter)
    if options.load:
        if wanted:
            raise DeskError("--load counts all calls: leave --filter out")
        from arctui.cli import spreading

        return spreading.load(options, desk, first, last)
    entries = desk.agenda.between(first, last, wanted)
    target = options.ics if options.ics is not None else options.csv
    if target == _STDOUT and options.json:
        options.misused("stdout holds one document: leave --json out, or name a file")
    lines = []
    if target is None:
        lines = tables.calendar(entries, first, last, desk, wanted.words)
    else:
        in_file = target != _STDOUT
        if options.ics is not None:
            content = calendar_files.ics(desk, entries)
        else:
            content = calendar_files.table(entries, file=in_file)
        if not in_file:
            sys.stdout.buffer.write(content)
            return 0
        calendar_files.write(desk, fence.named(target), content)
        shown = f", {wanted.words}" if wanted else ""
        lines = [f"{target}: {plural(len(entries), 'entry', 'entries')} from {first} to {last}{shown}"]
    show(options, documents.calendar(entries), lines)
    return 0
