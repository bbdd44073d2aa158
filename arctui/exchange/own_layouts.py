"""The firm's own layouts: made of a mapping, and known again by the names of their columns.

Owns when a table has such a layout: a row has all the columns that it uses, in any order; more columns do no harm.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from arctui.core.import_records import NamedColumn, OwnLayout
from arctui.core.text import clean, name_key
from arctui.exchange.column_words import key
from arctui.exchange.guess import HEADER_ROWS, column_names, header_place, settled_kind
from arctui.exchange.report import Mapping, ReadOptions, Reason, Report, ReportError, ReportKind
from arctui.exchange.table import Table

LONGEST_NAME = 40


class Known(NamedTuple):
    """A table that has one of the firm's layouts, and the columns that are new in it."""

    layout: OwnLayout
    mapping: Mapping
    new: tuple[str, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Say by what it was known."""
        used = [f"'{column.name}'" for column in self.layout.columns if column.field]
        words = f"your own layout '{self.layout.name}': the columns {', '.join(used)}"
        if self.layout.headless:
            words = f"your own layout '{self.layout.name}': {len(self.layout.columns)} columns without names"
        if not self.new:
            return (Reason("layout", words),)
        return Reason("layout", words), Reason("columns", f"new in the file, not used: {', '.join(self.new)}")


def own_layout(report: Report, name: str, *, id: str, by: str, at: datetime) -> OwnLayout:  # noqa: A002
    """Return that by which a report was read as the firm's own layout. Raises ReportError where that cannot be."""
    name, mapping = clean(name), report.mapping
    if not name or len(name) > LONGEST_NAME:
        raise ReportError(f"a layout's name has 1 to {LONGEST_NAME} characters")
    if mapping is None:
        raise ReportError(f"the file is read by the layout '{report.layout}': without --map there is nothing to keep")
    return OwnLayout(
        id=id,
        name=name,
        kind=str(mapping.kind),
        columns=tuple(map(NamedColumn, column_names([column.name for column in report.columns]), mapping.fields)),
        headless=mapping.header < 0,
        month_first=mapping.month_first,
        decimal_mark=mapping.decimal_mark,
        by=by,
        at=at,
    )


def known_by(table: Table, options: ReadOptions) -> Known | None:
    """Return the table by the firm's layout that fits it best, None if none does.

    `options.layout` may name one of them: then it must fit. Raises ReportError where it does not.
    """
    wanted = name_key(options.layout)
    own = [layout for layout in options.own if not wanted or name_key(layout.name) == wanted]
    fits = [known for layout in own if (known := _fit(table, layout))]
    if wanted and own and not fits:
        used = ", ".join(column.name for column in own[0].columns if column.field)
        raise ReportError(f"the file has not all columns of your layout '{own[0].name}': {used}")
    # The most columns; of as many the layout that was kept last.
    return max(fits, key=lambda known: (len(_used(known.layout)), known.layout.at), default=None)


def _used(layout: OwnLayout) -> dict[str, str]:
    return {key(column.name): column.field for column in layout.columns if column.field}


def _fit(table: Table, layout: OwnLayout) -> Known | None:
    if layout.headless:
        width = max((len(row.cells) for row in table.rows[:HEADER_ROWS]), default=0)
        if width != len(layout.columns) or header_place(table) >= 0:
            return None
        return Known(layout, _mapping(layout, -1, [column.field for column in layout.columns]), ())
    used = _used(layout)
    if not used:
        return None
    known = {key(column.name) for column in layout.columns}
    for place, row in enumerate(table.rows[:HEADER_ROWS]):
        names = column_names(row.cells)
        keys = [key(name) for name in names]
        if used.keys() <= set(keys):
            new = tuple(name for name, cell in zip(names, row.cells, strict=True) if cell and key(name) not in known)
            return Known(layout, _mapping(layout, place, [used.get(k, "") for k in keys]), new)
    return None


def _mapping(layout: OwnLayout, header: int, fields: Sequence[str]) -> Mapping:
    return Mapping(
        kind=settled_kind(ReportKind(layout.kind), fields),
        header=header,
        fields=tuple(fields),
        month_first=layout.month_first,
        decimal_mark=layout.decimal_mark,
        name=layout.name,
    )
