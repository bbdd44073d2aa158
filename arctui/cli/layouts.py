"""`arctui layouts`: the firm's own layouts, listed and dropped."""

import argparse
from collections.abc import Iterator
from typing import Any

from arctui.core.import_records import OwnLayout
from arctui.core.text_table import padded
from arctui.desk import Desk
from arctui.desk.layouts import Layouts


def layouts(options: argparse.Namespace, desk: Desk) -> int:
    """List the firm's own layouts, or drop one."""
    from arctui.cli.commands import show

    own = Layouts(desk)
    if options.drop is not None:
        act = own.drop(options.drop)
        show(options, {"done": act}, [act])
        return 0
    found = own.all()
    none = ["no layouts of your own: 'arctui import FILE --map COLUMN=FIELD --save-layout NAME' keeps one"]
    lines = [line for layout in found for line in _lines(layout)] or none
    show(options, {"layouts": [_document(layout) for layout in found]}, lines)
    return 0


def _lines(layout: OwnLayout) -> Iterator[str]:
    headless = ", columns without names" if layout.headless else ""
    by = f", kept by {layout.by}" if layout.by else ""
    yield f"{layout.name}: {layout.kind}{headless}{by} on {layout.at.date()}"
    for column in layout.columns:
        if column.field:
            yield f"  {padded(column.name, 32)} {column.field}"


def _document(layout: OwnLayout) -> dict[str, Any]:
    return {
        "name": layout.name,
        "kind": layout.kind,
        "headless": layout.headless,
        "month_first": layout.month_first,
        "decimal_mark": layout.decimal_mark,
        "columns": [{"name": column.name, "field": column.field} for column in layout.columns],
        "by": layout.by,
        "at": layout.at.isoformat(),
    }
