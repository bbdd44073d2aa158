"""Reading a table as it was mapped: by the clerk, by a guess, or by the firm's own layout."""

from arctui.exchange.columns import CONTACT_FIELDS, ITEM_FIELDS, PAYMENT_FIELDS, Fields, Header
from arctui.exchange.layouts.layout import Found, Layout
from arctui.exchange.layouts.read import read_found
from arctui.exchange.report import Mapping, ReadOptions, Report, ReportKind
from arctui.exchange.table import Table

NAME = "mapped"
_FIELDS: dict[ReportKind, Fields] = {
    ReportKind.CONTACTS: CONTACT_FIELDS,
    ReportKind.PAYMENTS: PAYMENT_FIELDS,
}


def read_mapped(table: Table, mapping: Mapping, options: ReadOptions) -> Report:
    """Read a table by a mapping. Raises ReportError where the dates can be read in two ways or there are no rows."""
    options = ReadOptions(
        month_first=mapping.month_first if options.month_first is None else options.month_first,
        decimal_mark=mapping.decimal_mark or options.decimal_mark,
    )
    return read_found(found_by(table, mapping), options)


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
    else:
        cells = tuple(f"column {place}" for place in range(1, len(mapping.fields) + 1))
    layout = Layout(
        name=mapping.name or NAME,
        system="",
        title="a table read as it was mapped",
        kind=mapping.kind,
        fields=_FIELDS.get(mapping.kind, ITEM_FIELDS),
        needs=frozenset(),
    )
    return Found(layout, table, Header(mapping.header, cells, columns, tuple(more)))
