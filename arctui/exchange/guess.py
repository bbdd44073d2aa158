"""What the columns of an unknown table are, guessed from their names and their values, and where that is doubtful.

Owns the guess. Must not know how a row is read. A guess is certain only where names and values agree, each needed
field has one candidate, and there is a row of names at all: a first customer is never taken for headings.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from functools import cache
from typing import NamedTuple

import msgspec

from arctui.exchange.column_values import MOST, Values, agrees, is_value, values_of
from arctui.exchange.column_words import is_other, key, named, resembles, speaks_of_payments
from arctui.exchange.fields import FIELDS, FIELDS_OF, NEEDED, NEEDED_WORDS, SEVERAL, kind_with
from arctui.exchange.report import Mapping, ReadOptions, ReportError, ReportKind
from arctui.exchange.table import Row, Table
from arctui.exchange.value_guess import by_values

HEADER_ROWS = 40
_BELOW = 60
_SAMPLE = 400
_FEW_NAMES = 2
_FEW_CELLS = 3
_MOSTLY = 0.6
_HALF = 0.5
_ITEMS = (ReportKind.OPEN_ITEMS, ReportKind.LISTED)
#: What a wrong guess of these would do harm: they are asked about unless their name says it.
_TOLD, _NAMED = "you said so", "its name"
_SAID = (_TOLD, _NAMED)
_GRAVE = frozenset({"customer", "customer_number", "number", "issued", "due", "day", "amount", "balance", "paid",
                    "debit", "credit", "sign"})  # fmt: skip


class Guess(msgspec.Struct, frozen=True, kw_only=True):
    """A mapping, and whether it is certain; if not, the doubts in words. `whys` says of each column why.

    `unsure` are the fields that the clerk should look at, each with the place of its column (-1: none was found).
    """

    mapping: Mapping
    names: tuple[str, ...]
    whys: tuple[str, ...]
    certain: bool
    doubts: tuple[str, ...] = ()
    unsure: tuple[tuple[str, int], ...] = ()

    @property
    def lacking(self) -> list[str]:
        """The fields that are needed and were not found."""
        return [field for field, place in self.unsure if place < 0]


class _Column(NamedTuple):
    place: int
    name: str
    values: Values
    cells: tuple[str, ...]
    fields: Map[str, int]


def guess(
    table: Table,
    told: Map[int, str] | None = None,
    *,
    kind: ReportKind | None = None,
    header: int | None = None,
) -> Guess:
    """Guess what a table holds. `told`: the fields of columns, by their places, that the clerk has given ("": none).

    `kind` and the place of the `header` row (-1: none) are guessed where they are not given.
    """
    told = told or {}
    place = header_place(table) if header is None else header
    columns = _columns(table, place, len(told) and max(told) + 1)
    if kind is None:
        title = " ".join(" ".join(row.cells) for row in table.rows[: max(place, 0)])
        kind = kind_with({field for field in told.values() if field}, _kind(columns, speaks_of_payments(title)))
    fields, whys = _assign(columns, kind, told)
    kind = settled_kind(kind, fields)
    doubts, unsure = _doubts(columns, kind, fields, whys, told, headless=place < 0)
    needed = _first_needed(kind, fields)
    spare = [at for at, f in enumerate(fields) if f in _GRAVE and f not in needed and whys[at] not in _SAID]
    if doubts:
        unsure += [(fields[at], at) for at in spare]
    else:
        # Nobody asks about them, so nobody could say that they are wrong.
        for at in spare:
            fields[at], whys[at] = "", "not used"
    return Guess(
        mapping=Mapping(kind=kind, header=place, fields=tuple(fields)),
        names=tuple(column.name for column in columns),
        whys=tuple(whys),
        certain=not doubts,
        doubts=tuple(doubts),
        unsure=tuple(unsure),
    )


def settled_kind(kind: ReportKind, fields: Sequence[str]) -> ReportKind:
    """Return an item list's kind: one with balances lists what is open, one without can close nothing."""
    if kind not in _ITEMS:
        return kind
    return ReportKind.OPEN_ITEMS if "balance" in fields else ReportKind.LISTED


def column_names(cells: Sequence[str], width: int = 0) -> tuple[str, ...]:
    """Return what to call columns: by their names, else "column 3"; of two with one name the second is "Name (2)"."""
    names: list[str] = []
    known: Counter[str] = Counter()
    for place in range(max(width, len(cells))):
        name = (cells[place] if place < len(cells) else "") or f"column {place + 1}"
        same = known[key(name)]
        names.append(f"{name} ({same + 1})" if same else name)
        known[key(name)] += 1
    return tuple(names)


def header_place(table: Table) -> int:
    """Return the place of the row that names the columns, -1 where there is none.

    It holds no dates, amounts or emails. It has known names, or words above columns of dates and amounts.
    """
    best, most = -1, 0
    # A cell is looked at for every row above it.
    valued = cache(is_value)
    for place, row in enumerate(table.rows[:HEADER_ROWS]):
        filled = row.filled()
        if row.fault or len(filled) < _FEW_NAMES or any(valued(row.cells[at]) for at in filled):
            continue
        known = sum(bool(named(row.cells[at])) or is_other(row.cells[at]) for at in filled)
        if known < _FEW_NAMES:
            known = int(_stands_above_values(row, table.rows[place + 1 : place + 1 + _BELOW], valued))
        if known > most:
            best, most = place, known
    return best


def _stands_above_values(row: Row, below: Sequence[Row], valued: Callable[[str], bool]) -> bool:
    """Say whether a row has a word above each of several columns of dates and amounts."""
    if len(row.filled()) < _FEW_CELLS or len(set(map(str.casefold, filter(None, row.cells)))) < len(row.filled()):
        return False
    typed = 0
    for at in range(max((len(other.cells) for other in below), default=0)):
        cells = [other.cells[at] for other in below if at < len(other.cells) and other.cells[at]]
        if cells and sum(map(valued, cells)) >= _MOSTLY * len(cells):
            if at >= len(row.cells) or not row.cells[at]:
                return False
            typed += 1
    return typed >= _FEW_NAMES


def _columns(table: Table, place: int, width: int) -> list[_Column]:
    rows = table.rows[place + 1 :]
    step = max(1, len(rows) // _SAMPLE)
    sample = [row.cells for row in rows[::step] if not row.fault and len(row.filled()) > 1]
    head = table.rows[place].cells if place >= 0 else ()
    width = max(width, len(head) or max(map(len, sample), default=0))
    names = column_names(head, width)
    columns = []
    for at in range(width):
        cells = tuple(row[at] if at < len(row) else "" for row in sample)
        heading = head[at] if at < len(head) else ""
        columns.append(_Column(at, names[at], values_of(cells), cells, named(heading) if heading else {}))
    return columns


# What the table holds


def _kind(columns: Sequence[_Column], titled_payments: bool) -> ReportKind:
    """Say what a table with these columns holds, and with a title that speaks of payments or does not."""

    def may_be(column: _Column, field: str) -> bool:
        called = field in column.fields or (not column.fields and field == resembles(column.name))
        return called and bool(agrees(field, column.values))

    def has(*fields: str) -> bool:
        return any(may_be(column, field) for field in fields for column in columns)

    def only(field: str, *others: str) -> bool:
        return any(may_be(column, field) and not column.fields.keys() & set(others) for column in columns)

    customer = has("customer", "customer_number")
    money = has("amount", "balance", "debit", "credit")
    if customer and money and has("due"):
        return ReportKind.LISTED
    paid = titled_payments or only("day", "issued") or has("identity", "method")
    if customer and money and paid and not has("balance") and has("day", "issued"):
        return ReportKind.PAYMENTS
    dated = any(column.values.dates >= MOST for column in columns)
    if dated and money and has("words", "payer") and not (only("customer", "payer", "words") or only("number")):
        return ReportKind.STATEMENT
    if money and (dated or only("number")):
        return ReportKind.LISTED
    amounts = any(column.values.money >= MOST for column in columns)
    reached = has("email", "phone", "person", "first_name") or any(
        max(c.values.emails, c.values.phones) >= MOST and c.values.dates < MOST for c in columns
    )
    return ReportKind.CONTACTS if reached and not (dated and amounts) else ReportKind.LISTED


# Which column is which field


def _assign(columns: Sequence[_Column], kind: ReportKind, told: Map[int, str]) -> tuple[list[str], list[str]]:
    """Give the columns of a table their fields: what was told, then by names, then by values."""
    fields = [""] * len(columns)
    whys = ["not used"] * len(columns)
    for at, field in told.items():
        fields[at], whys[at] = field, _TOLD if field else "left out, you said so"
    known = FIELDS_OF[kind]
    ranked = []
    for column in columns:
        if column.place in told:
            continue
        mine = [f for f in known if f in column.fields]
        for field in mine:
            agreed = agrees(field, column.values)
            if agreed is not False:
                belief = 100 - 10 * (len(mine) - 1) + (20 if agreed else 0)
                rank = column.fields[field]
                ranked.append((-belief, known.index(field), rank, key(column.name), column.place, field, _NAMED))
        like = resembles(column.name)
        if not column.fields and not is_other(column.name) and like in known and agrees(like, column.values):
            ranked.append((-50, known.index(like), 0, key(column.name), column.place, like, "its name is like it"))
        if any(f in known for f in column.fields) and all(agrees(f, column.values) is False for f in mine):
            whys[column.place] = f"called like {' or '.join(mine)}, but its values are not"
    for *_, at, field, why in sorted(ranked):
        if not fields[at] and (field in SEVERAL or field not in fields):
            fields[at], whys[at] = field, why
    free = {c.place: (c.values, c.cells) for c in columns if not fields[c.place] and _is_free(c, told)}
    for at, field, why in by_values(free, kind, {f: columns[at].cells for at, f in enumerate(fields) if f}):
        fields[at], whys[at] = field, why
    for column in columns:
        if not fields[column.place] and is_other(column.name) and column.place not in told:
            whys[column.place] = "known, not needed"
    return fields, whys


def _is_free(column: _Column, told: Map[int, str]) -> bool:
    """May the values say what a column is, because its name does not?"""
    return column.place not in told and not is_other(column.name) and bool(column.values.filled)


# What is doubtful


def _doubts(
    columns: Sequence[_Column],
    kind: ReportKind,
    fields: Sequence[str],
    whys: Sequence[str],
    told: Map[int, str],
    *,
    headless: bool,
) -> tuple[list[str], list[tuple[str, int]]]:
    doubts: list[str] = []
    unsure: dict[str, int] = {}
    if headless:
        doubts.append("no header row was found, so the columns are told apart by their values alone")
    for group in NEEDED[kind]:
        found = [field for field in group if field in fields]
        if not found:
            doubts.append(f"it lacks a column for {NEEDED_WORDS[group[0]]}")
            unsure[group[0]] = -1
    needed = _first_needed(kind, fields)
    for at, field in enumerate(fields):
        if field not in needed or at in told:
            continue
        name = columns[at].name
        if whys[at] != _NAMED or not agrees(field, columns[at].values):
            doubts.append(f"'{name}' is taken for {FIELDS[field]}: {whys[at]}")
            unsure[field] = at
            continue
        if columns[at].values.filled < _HALF:
            doubts.append(f"'{name}', taken for {FIELDS[field]}, is empty on most rows")
            unsure[field] = at
        rivals = [
            c.name
            for c in columns
            if not fields[c.place]
            and c.place not in told
            and field in c.fields
            and agrees(field, c.values)
            and c.cells != columns[at].cells
        ]
        if rivals:
            doubts.append(f"'{name}' and '{rivals[0]}' may both be {FIELDS[field]}")
            unsure[field] = at
    if kind is ReportKind.LISTED and not unsure and not told and not _is_of_invoices(columns, fields):
        doubts.append("it may be a list of payments as well: it lacks the due date or the open balance")
        unsure["number"] = fields.index("number")
    if headless and not unsure:
        # Every field that matters was given by the clerk.
        return [], []
    return doubts, list(unsure.items())


def _is_of_invoices(columns: Sequence[_Column], fields: Sequence[str]) -> bool:
    """Does something tell a list of invoices from one of payments: a due date, or a name that only invoices have?"""
    at = fields.index("number")
    return "due" in fields or not columns[at].fields.keys() & {"reference", "identity"}


def _first_needed(kind: ReportKind, fields: Sequence[str]) -> set[str]:
    """Return the fields on which the reading stands: of each group that is needed the first that was found."""
    return {next((field for field in group if field in fields), "") for group in NEEDED[kind]} - {""}


# What the clerk says


def places_told(table: Table, said: Sequence[tuple[str, str]]) -> tuple[int, dict[int, str]]:
    """Return the place of the header row, and the places of the columns that `--map` names, each with its field.

    Raises ReportError naming the columns or the fields that there are.
    """
    place = header_place(table)
    wanted = {key(name) for name, _ in said if not name.isdigit()}
    if wanted:
        upper = [*([place] if place >= 0 else []), *range(min(HEADER_ROWS, len(table.rows)))]
        place = next((at for at in upper if wanted <= set(map(key, table.rows[at].cells))), place)
    cells = table.rows[place].cells if place >= 0 else ()
    width = len(cells) or max((len(row.cells) for row in table.rows), default=0)
    told: dict[int, str] = {}
    for name, field in said:
        if field and field not in FIELDS:
            raise ReportError(f"there is no field '{field}': choose one of {', '.join(FIELDS)}")
        told[_place_of(name, cells, width)] = field
    return place, told


def _place_of(name: str, cells: Sequence[str], width: int) -> int:
    places = [at for at, cell in enumerate(cells) if cell and key(cell) == key(name)]
    if not places:
        places = [at for at, other in enumerate(column_names(cells, width)) if other.casefold() == name.casefold()]
    if len(places) == 1:
        return places[0]
    if places:
        numbers = " or ".join(str(at + 1) for at in places)
        raise ReportError(f"the column '{name}' is there {len(places)} times: name it by its number, {numbers}")
    if name.isascii() and name.isdigit() and len(name) < 10 and 0 < int(name) <= width:
        return int(name) - 1
    there = ", ".join(filter(None, cells)) or f"{width} columns without names: --map 3=due names the third"
    raise ReportError(f"there is no column '{name}': the file has {there}")


def refused(made: Guess, options: ReadOptions) -> str:
    """Say in one sentence what is uncertain about a table, and which options would read it as it was guessed."""
    shown = "; ".join(made.doubts[:4]) + ("; and more" if len(made.doubts) > 4 else "")
    words = [f"--map {_quoted(name, field)}" for name, field in options.columns]
    for field, at in made.unsure:
        column = made.names[at] if at >= 0 else "COLUMN"
        words.append(
            f"--map {_quoted(column if made.mapping.header >= 0 else str(at + 1), field)}"
            if at >= 0
            else f"--map COLUMN={field}"
        )
    return f"what the columns mean is not certain: {shown}. To read it so, say {' '.join(words)}"


def _quoted(column: str, field: str) -> str:
    text = f"{column}={field}"
    if all(c.isalnum() or c in "=_-./" for c in text):
        return text
    return "'" + text.replace("'", "'\\''") + "'"
