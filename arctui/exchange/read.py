"""A file made into a Report.

Owns the order of the steps: the disk, the table, the layout. Must not know any layout.
"""

from pathlib import Path

from arctui.exchange.recognise import layout_for
from arctui.exchange.report import ReadOptions, Report
from arctui.exchange.table import Table, load


def read_report(path: Path, options: ReadOptions) -> Report:
    """Read a file that an accounting system exported.

    Amounts are exact, in the currency of their row. Raises ReportError, with one sentence that says what to do,
    for a file that is no report, cannot be opened, or can be read in two ways.
    """
    return read_table(load(path), options)


def read_table(table: Table, options: ReadOptions) -> Report:
    """Make the rows of a file into a Report, without the disk. Raises ReportError as `read_report` does."""
    return layout_for(table, options).read(table, options)
