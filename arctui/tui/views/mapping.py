"""The columns of a table and what they are taken for; below them what would be read so. Pure lines."""

from dataclasses import dataclass

from arctui.core import words as say
from arctui.core.money import grouped
from arctui.core.text import plural
from arctui.exchange.fields import FIELDS
from arctui.exchange.guess import column_names
from arctui.exchange.mapping import Preview
from arctui.exchange.report import Mapping, Report, ReportKind, totals_read
from arctui.exchange.table import Table
from arctui.tui.widgets.lines import Line, clip, fit, wrap

#: From this width on each column's reason stands on its line.
WIDE = 120
_VALUES = 3
_REASONS = 3
_FIELD = max(map(len, FIELDS))
_ORDERS = {None: "as the file shows", True: "month first (mdy)", False: "day first (dmy)"}
_MARKS = {"": "as the file shows", ".": "a point: 1,234.50", ",": "a comma: 1.234,50"}


@dataclass(frozen=True)
class ColumnRow:
    """One column: its name, its first values, the field it is taken for, and why."""

    place: int
    name: str
    values: str
    field: str
    why: str


def column_rows(table: Table, mapping: Mapping, whys: tuple[str, ...]) -> list[ColumnRow]:
    """Return the columns of a table as a mapping takes them."""
    head = table.rows[mapping.header].cells if mapping.header >= 0 else ()
    below = table.rows[mapping.header + 1 :]
    rows = []
    for place, name in enumerate(column_names(head, len(mapping.fields))):
        cells = (row.cells[place] for row in below if place < len(row.cells) and row.cells[place])
        values = [cell for cell, _ in zip(cells, range(_VALUES), strict=False)]
        field = mapping.fields[place] if place < len(mapping.fields) else ""
        rows.append(ColumnRow(place, name, " | ".join(values), field, whys[place] if place < len(whys) else ""))
    return rows


def column_line(row: ColumnRow, width: int, has_cursor: bool) -> Line:
    """Draw one column on a line."""
    pointer = ">" if has_cursor else " "
    name = max(14, min(32, width // 4))
    rest = max(1, width - name - _FIELD - 8)
    why = rest // 3 if width >= WIDE else 0
    number = f"{row.place + 1:>2}"
    return (
        (f"{pointer}{number} {fit(row.name, name)}  ", "strong" if row.field else ""),
        (f"{fit(row.field or '-', _FIELD)}  ", "accent" if row.field else "dim"),
        (fit(row.values, rest - why), "" if row.field else "dim"),
        (fit(row.why, why), "dim"),
    )


def heading_lines(table: Table, mapping: Mapping, width: int) -> list[Line]:
    """Say what is decided about the whole table."""
    header = f"row {table.rows[mapping.header].number}" if mapping.header >= 0 else "none"
    return [
        ((" K ", "accent"), ("kind ", "dim"), (str(mapping.kind), "strong"), ("   h H ", "accent"),
         ("names of the columns ", "dim"), (header, "strong")),
        ((" d ", "accent"), ("dates ", "dim"), (_ORDERS[mapping.month_first], ""), ("   c ", "accent"),
         ("cents ", "dim"), (clip(_MARKS[mapping.decimal_mark], max(1, width - 44)), "")),
    ]  # fmt: skip


def why_line(row: ColumnRow | None, width: int) -> Line:
    """Say of the column under the cursor what it is taken for, and why."""
    if row is None:
        return ()
    taken = FIELDS[row.field] if row.field else "not used"
    why = f": {row.why}" if row.why and row.why != taken else ""
    return ((clip(f" '{row.name}' is {taken}{why}", width), "dim"),)


def total_lines(seen: Preview, width: int) -> list[Line]:
    """Say what is read so: how many, how much, from when to when, and what is not understood."""
    part = f" of the first {seen.rows:,} rows" if seen.rows else ""
    if seen.report is None:
        problem = seen.problem.replace("--dates mdy or --dates dmy", "the key d")
        problem = problem.replace("--decimal . or --decimal ,", "the key c")
        return wrap(f" {problem}", width, "warn", indent=1)
    report = seen.report
    lines: list[Line] = [((f" {_counts(report)}{part}", "strong"),)]
    sums = "   ".join(grouped(amount, currency) for currency, amount in totals_read(report).items())
    days = _days(report)
    if sums or days:
        noun = "open " if report.kind is ReportKind.OPEN_ITEMS else "in all "
        lines += wrap(f" {noun if sums else ''}{sums}{'   ' if sums and days else ''}{days}", width, "", indent=1)
    if report.skipped:
        reasons = [f"row {s.row}: {s.why}" for s in report.skipped[:_REASONS]]
        more = " ..." if len(report.skipped) > _REASONS else ""
        text = f" {plural(len(report.skipped), 'row')} not understood{part}: {'; '.join(reasons)}{more}"
        lines += wrap(text, width, "warn", indent=1)
    return lines


def _counts(report: Report) -> str:
    items, receipts, contacts = report.items, report.receipts, report.contacts
    customers = len(
        {i.customer_number or i.customer.casefold() for i in items}
        | {r.customer_number or r.customer.casefold() for r in receipts}
        | {c.customer_number or c.customer.casefold() for c in contacts}
    )
    counted = (
        (len(items), "item"),
        (len(receipts), "payment"),
        (len(report.lines), "bank line"),
        (0 if items else len(contacts), "contact"),
        (customers, "customer"),
    )
    return ", ".join(plural(count, noun) for count, noun in counted if count) or "nothing is read so"


def _days(report: Report) -> str:
    due = [item.due for item in report.items if item.due]
    paid = [*(receipt.day for receipt in report.receipts), *(line.day for line in report.lines)]
    days, noun = (due, "due ") if due else (paid, "")
    if not days:
        return "no due dates" if report.items else ""
    first, last = say.short_day(min(days)), say.short_day(max(days))
    return f"{noun}{first}" if first == last else f"{noun}{first} to {last}"
