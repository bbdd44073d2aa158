"""The rows of imported files that were not read, saved as a table, so that they can be mended and imported again."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from arctui import fence
from arctui.core.text import clean
from arctui.desk.errors import DeskError
from arctui.desk.exporting import check_target, csv_file, write
from arctui.desk.importing import ImportSummary
from arctui.exchange.write_tables import Sheet

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


def check_new(desk: "Desk", path: Path) -> Path:
    """Return the file to which rows may be saved: a new one. Raises DeskError, BookError."""
    if os.path.lexists(fence.typed(path)):
        raise DeskError(f"{clean(str(path))} exists already: name another file")
    return check_target(desk, path, force=False)


def save_skipped(desk: "Desk", summaries: Sequence[ImportSummary], path: Path) -> tuple[Path, int]:
    """Write what was not read to a new CSV file; return its path and the number of its rows.

    Without such rows nothing is written. Raises DeskError, BookError.
    """
    target = check_new(desk, path)
    sheet = skipped_sheet(summaries)
    if sheet.rows:
        write(target, csv_file(sheet), force=False)
    return target, len(sheet.rows)


def skipped_sheet(summaries: Sequence[ImportSummary]) -> Sheet:
    """Make the table of what was not read: the row and why, then the cells as the file has them."""
    several = len(summaries) > 1
    rows = [
        ((s.file, k.row, k.why) if several else (k.row, k.why), (k.customer, k.number), k.cells)
        for s in summaries
        for k in s.skipped
    ]
    width = max((len(cells) for _, _, cells in rows), default=0)
    titles = [*(["File"] if several else []), "Row", "Why", "Customer", "Number"]
    titles += [f"Cell {place}" for place in range(1, width + 1)]
    return Sheet(
        "not read",
        tuple(titles),
        [(*head, *known, *cells, *[""] * (width - len(cells))) for head, known, cells in rows],
    )


def beside(path: Path) -> Path:
    """Return the file beside an export that takes what was not read of it."""
    return path.with_name(f"{path.stem}-not-read.csv")
