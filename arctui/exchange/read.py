"""A file made into a Report.

Owns the order of the steps: the disk, the table, the layout. Must not know any layout.
"""

from pathlib import Path

import msgspec

from arctui.exchange.layouts.mapped import read_mapped
from arctui.exchange.layouts.read import read_found
from arctui.exchange.mapping import Mapped, NeedsMappingError, look, mapping_before, mapping_for
from arctui.exchange.progress import UNWATCHED, Progress
from arctui.exchange.recognise import begins_report, is_summary, recognised, why_none
from arctui.exchange.report import ReadOptions, Report, ReportError
from arctui.exchange.source import Sheet, Source, choose_sheet, contents, source_of, with_others
from arctui.exchange.statements import csv_statement, read_statement_bytes
from arctui.exchange.statements.signs import UnsignedError
from arctui.exchange.table import Table


def read_report(path: Path, options: ReadOptions, progress: Progress = UNWATCHED) -> Report:
    """Read a file that an accounting system exported.

    Amounts are exact, in the currency of their row. Raises ReportError, with one sentence that says what to do,
    for a file that is no report, cannot be opened, or can be read in two ways; Cancelled where `progress` says so.
    """
    return read_data(contents(path), options, progress)


def read_data(data: bytes, options: ReadOptions, progress: Progress = UNWATCHED) -> Report:
    """Read the contents of a file. Raises as `read_report` does."""
    progress.stage("opening the file")
    statement = read_statement_bytes(data)
    if statement:
        return statement
    source = source_of(data, progress)
    sheet = _sheet(source, options)
    progress.stage("reading the rows")
    report = read_table(sheet.table, options, progress)
    return msgspec.structs.replace(report, sheet=sheet.name, reasons=(*source.reasons(), *report.reasons))


def _sheet(source: Source, options: ReadOptions) -> Sheet:
    """Return the sheet to read: of several the one that is named, or on which a report that spans them begins."""
    visible = [with_others(source, sheet) for sheet in source.sheets if sheet.table.rows and not sheet.hidden]
    if not options.sheet and len(visible) > 1:
        spanning = [sheet for sheet in visible if begins_report(sheet.table)]
        if len(spanning) == 1:
            return spanning[0]
    return choose_sheet(source, options.sheet)


def read_table(table: Table, options: ReadOptions, progress: Progress = UNWATCHED) -> Report:
    """Make the rows of a file into a Report, without the disk. Raises ReportError as `read_report` does."""
    mapped = mapping_before(table, options)
    if mapped:
        return _read_as(table, mapped, options, progress)
    if csv_statement.is_meant(table, options):
        return _read_statement(table, options)
    found = recognised(table, options)
    if found:
        return read_found(found, options, progress)
    if is_summary(table):
        raise ReportError(why_none(table))
    try:
        mapped = mapping_for(table, options)
    except NeedsMappingError as error:
        if len(error.guess.lacking) > 1:
            # So little was found that it is hardly a list of anything: what to export says more than what to map.
            raise NeedsMappingError(why_none(table), table, error.guess) from None
        raise
    return _read_as(table, mapped, options, progress)


def _read_statement(table: Table, options: ReadOptions) -> Report:
    try:
        return csv_statement.read(table, options)
    except UnsignedError as error:
        raise NeedsMappingError(str(error), table, look(table, options)) from None


def _read_as(table: Table, mapped: Mapped, options: ReadOptions, progress: Progress) -> Report:
    try:
        report = read_mapped(table, mapped.mapping, options, progress)
    except UnsignedError as error:
        raise NeedsMappingError(str(error), table, look(table, options)) from None
    return msgspec.structs.replace(report, reasons=(*mapped.reasons, *report.reasons))
