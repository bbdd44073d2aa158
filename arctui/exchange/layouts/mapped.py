"""Reading a table as it was mapped: by the clerk, by a guess, or by the firm's own layout."""

import msgspec

from arctui.exchange.columns import CONTACT_FIELDS, ITEM_FIELDS, PAYMENT_FIELDS, Fields, Header
from arctui.exchange.layouts.layout import Found, Layout
from arctui.exchange.layouts.read import read_found
from arctui.exchange.progress import UNWATCHED, Progress
from arctui.exchange.report import Column, Mapping, ReadOptions, Report, ReportKind
from arctui.exchange.statements.csv_statement import read_under
from arctui.exchange.table import Table

NAME = "mapped"
#: The fields of money as the reader of bank statements calls them.
_OF_A_BANK = {"credit": "paid", "debit": "out"}
_FIELDS: dict[ReportKind, Fields] = {
    ReportKind.CONTACTS: CONTACT_FIELDS,
    ReportKind.PAYMENTS: PAYMENT_FIELDS,
}


def read_mapped(table: Table, mapping: Mapping, options: ReadOptions, progress: Progress = UNWATCHED) -> Report:
    """Read a table by a mapping. Raises ReportError where the dates can be read in two ways or there are no rows."""
    options = ReadOptions(
        month_first=mapping.month_first if options.month_first is None else options.month_first,
        decimal_mark=options.decimal_mark,
        decimal_told=mapping.decimal_mark or options.decimal_told,
    )
    found = found_by(table, mapping)
    if mapping.kind is ReportKind.STATEMENT:
        return msgspec.structs.replace(_statement(found, options), mapping=mapping)
    return msgspec.structs.replace(read_found(found, options, progress), mapping=mapping)


def _statement(found: Found, options: ReadOptions) -> Report:
    """Read a bank statement: what adds to the balance came in."""
    header = found.header
    columns = {_OF_A_BANK.get(field, field): place for field, place in header.columns.items()}
    report = read_under(header._replace(columns=columns), found.table, options)
    names = {place: field for field, place in header.columns.items()}
    return msgspec.structs.replace(
        report,
        layout=found.layout.name,
        system="",
        columns=tuple(Column(place, name, names.get(place, "")) for place, name in enumerate(header.cells)),
        reasons=(),
    )


def found_by(table: Table, mapping: Mapping) -> Found:
    """Return the table with the header that a mapping makes of it."""
    columns: dict[str, int] = {}
    more = []
    for place, field in enumerate(mapping.fields):
        if not field:
            continue
        if field in columns:
            more.append((field, place))
        else:
            columns[field] = place
    if mapping.header >= 0:
        cells = table.rows[mapping.header].cells
        # A column that is read though its heading is missing has a place in the header all the same.
        cells += ("",) * (max(columns.values(), default=0) + 1 - len(cells))
    else:
        cells = tuple(f"column {place}" for place in range(1, len(mapping.fields) + 1))
    layout = Layout(
        name=mapping.name or NAME,
        system="",
        title="a table read as it was mapped",
        kind=mapping.kind,
        fields=_FIELDS.get(mapping.kind, ITEM_FIELDS),
        needs=frozenset(),
        may_list=True,
    )
    return Found(layout, table, Header(mapping.header, cells, columns, tuple(more)))
