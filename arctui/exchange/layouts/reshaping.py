"""What the hooks that reshape a table have in common: its header by names, columns and rows put beside.

All of it says no after the upper rows, for every hook is tried on every file.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from arctui.exchange.columns import HEADER_ROWS, key_places
from arctui.exchange.table import Row, Table

_COUNTED = re.compile(r"(.+) \((\d{1,6})\)")


def header_at(table: Table, *names: str) -> int:
    """Return the place of the first upper row with all these columns, as `header_key` writes them; -1 if none."""
    wanted = set(names)
    for place, row in enumerate(table.rows[:HEADER_ROWS]):
        if key_places(row.cells).keys() >= wanted:
            return place
    return -1


def places_of(row: Row) -> dict[str, int]:
    """Return the place of each column of a header row by its key; the first of several of one name."""
    return dict(key_places(row.cells))


def cell_of(row: Row, place: int | None) -> str:
    """Return the cell at a place, "" where there is none."""
    return row.cells[place] if place is not None and 0 <= place < len(row.cells) else ""


def with_columns(
    table: Table, place: int, names: Sequence[str], values: Callable[[Row], Sequence[str] | None]
) -> Table:
    """Return a table with columns added at the right of the header at a place; None from `values` drops a row."""
    header = table.rows[place]
    width = len(header.cells)
    rows = [*table.rows[:place], msgspec.structs.replace(header, cells=(*header.cells, *names))]
    for row in table.rows[place + 1 :]:
        added = values(row)
        if added is not None:
            cells = (row.cells + ("",) * (width - len(row.cells)))[:width]
            fault = row.fault or ("the row has more cells than the header" if any(row.cells[width:]) else "")
            rows.append(Row(row.number, (*cells, *added), fault, row.sound))
    return table._replace(rows=tuple(rows))


def with_people(table: Table, place: int, keep: Iterable[str], people: Iterable[Mapping[str, str]]) -> Table:
    """Return a table with a row of its own for each further person of a row.

    `keep` are the columns that say whose people they are; `people` has for each further person the columns of the
    first person, and in which column the further one has the same.
    """
    columns = places_of(table.rows[place])
    kept = [columns[name] for name in keep if name in columns]
    moves = [
        [(columns[to], columns[of]) for to, of in person.items() if {to, of} <= columns.keys()] for person in people
    ]
    rows = list(table.rows[: place + 1])
    for row in table.rows[place + 1 :]:
        rows.append(row)
        for move in moves:
            if any(cell_of(row, of) for _, of in move):
                cells = [""] * len(table.rows[place].cells)
                for at in kept:
                    cells[at] = cell_of(row, at)
                for to, of in move:
                    cells[to] = cell_of(row, of)
                rows.append(Row(row.number, tuple(cells)))
    return table._replace(rows=tuple(rows))


def with_totals_below(
    table: Table, place: int, name_of: Callable[[Row], str], label_at: int, *, titles: bool = False
) -> Table:
    """Return a table whose groups have their totals below: a row above the items of a group becomes its total.

    `name_of` returns the name of a group's row, "" for an item's; the label of its total goes to a column. The count
    behind a name ("Birch (3)") tells how many items the group has. With `titles` there is none: a group ends where
    the next begins, and its name alone stays above its items.
    """
    rows = list(table.rows[: place + 1])
    begun: list[tuple[Row, str, int]] = []

    def end() -> None:
        row, name, _ = begun.pop()
        cells = ["" if cell == row.cells[label_at] else cell for cell in row.cells]
        cells[label_at] = f"Total for {name}"
        rows.append(Row(row.number, tuple(cells), row.fault))

    for row in table.rows[place + 1 :]:
        name = name_of(row)
        counted = None if titles else _COUNTED.fullmatch(name)
        if not name:
            rows.append(row)
            begun = [(above, label, left - 1) for above, label, left in begun]
            while begun and begun[-1][2] == 0:
                end()
            continue
        if begun and not counted:
            end()
        begun.append((row, counted[1] if counted else name, int(counted[2]) if counted else 0))
        if titles:
            rows.append(Row(row.number, (name,)))
    while begun:
        end()
    return table._replace(rows=tuple(rows))


def with_header(table: Table, names: Sequence[str]) -> Table:
    """Return a table without a header with one of our own, in row 0: its columns are told by their places."""
    return table._replace(rows=(Row(0, tuple(names)), *table.rows))
