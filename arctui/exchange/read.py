"""A file made into a Report.

Owns the order of the steps: the disk, the table, the layout. Must not know any layout.
"""

from pathlib import Path

from arctui.exchange.layouts.read import read_found
from arctui.exchange.progress import UNWATCHED, Progress
from arctui.exchange.recognise import recognised, why_none
from arctui.exchange.report import ReadOptions, Report, ReportError
from arctui.exchange.table import Table, load


def read_report(path: Path, options: ReadOptions, progress: Progress = UNWATCHED) -> Report:
    """Read a file that an accounting system exported.

    Amounts are exact, in the currency of their row. Raises ReportError, with one sentence that says what to do,
    for a file that is no report, cannot be opened, or can be read in two ways; Cancelled where `progress` says so.
    """
    progress.stage("opening the file")
    table = load(path)
    progress.stage("reading the rows")
    return read_table(table, options, progress)


def read_table(table: Table, options: ReadOptions, progress: Progress = UNWATCHED) -> Report:
    """Make the rows of a file into a Report, without the disk. Raises ReportError as `read_report` does."""
    found = recognised(table, options)
    if found is None:
        raise ReportError(why_none(table))
    return read_found(found, options, progress)
