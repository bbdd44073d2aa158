"""The calendar: a month with counts and amounts, and the agenda from a day on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from arctui.core import words as say
from arctui.core.agenda import Day, Entry, EntryKind
from arctui.core.money import ZERO
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.tui.widgets.lines import Line, Part, fit

#: How many days the agenda shows from the chosen one on.
AGENDA_DAYS = 28
_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
#: From this cell width on a day's count and amount stand beside it.
_WIDE_CELL = 11

_MARKS: dict[EntryKind, tuple[str, str]] = {
    EntryKind.BROKEN: ("!", "bad"),
    EntryKind.CALLBACK: ("@", "accent"),
    EntryKind.VERIFY: ("?", "warn"),
    EntryKind.PROMISE: ("P", "good"),
    EntryKind.CUTOFF: ("$", "accent"),
    EntryKind.RUN: ("$", "dim"),
    EntryKind.FIRST: ("1", ""),
    EntryKind.SCHEDULED: ("2", ""),
    EntryKind.FOLLOW_UP: ("f", ""),
    EntryKind.DISPUTE: ("D", "warn"),
    EntryKind.LETTER: ("L", "dim"),
}


@dataclass(frozen=True)
class AgendaRow:
    """An entry of the agenda; `day` only where it is the first of its day."""

    day: str
    mark: str
    role: str
    hour: str
    name: str
    amount: str
    why: str


def month_lines(desk: Desk, chosen: date, width: int, *, tall: bool) -> list[Line]:
    """Return the month of a day: the chosen day after ">", today in brackets, days without business dim."""
    first = chosen.replace(day=1)
    days = desk.agenda.month(first)
    cell = max(4, width // 7)
    monday = first - timedelta(days=first.weekday())
    title: Line = ((f" {first:%B %Y}".upper(), "title"),)
    heads: Line = tuple((fit(f" {name}", cell), "dim") for name in _WEEKDAYS)
    lines = [title, heads]
    for week in range(6):
        dates = [monday + timedelta(days=week * 7 + n) for n in range(7)]
        if dates[0] > first and dates[0].month != first.month:
            break
        counted = tall and cell < _WIDE_CELL
        lines.append(tuple(_cell(d, first, chosen, desk, days, cell, mark=not counted) for d in dates))
        if counted:
            lines.append(tuple(_count(days.get(d), d.month == first.month, cell) for d in dates))
    return lines


def _cell(
    day: date,
    first: date,
    chosen: date,
    desk: Desk,
    days: Mapping[date, Day],
    cell: int,
    *,
    mark: bool,
) -> Part:
    if day.month != first.month:
        return " " * cell, ""
    before = ">" if day == chosen else "[" if day == desk.today else " "
    text = f"{before}{day.day:>2}{']' if day == desk.today else ' '}"
    found = days.get(day)
    if cell >= _WIDE_CELL and found:
        text += f"{found.count:>2}{short_amount(home_amount(found, desk)):>5}"
    elif found and mark and day != desk.today:
        text = f"{text.rstrip()}·"
    role = "dim" if not desk.rules.calendar.is_business(day) else "strong" if found else ""
    if day == chosen:
        role = "accent"
    return fit(text, cell), role


def _count(found: Day | None, in_month: bool, cell: int) -> Part:
    text = f"{found.count:>3} " if found and in_month else ""
    return fit(text, cell), "accent"


def home_amount(day: Day, desk: Desk) -> Decimal:
    """Return what a day is about in the home currency."""
    return day.amounts.get(desk.policy.home_currency, ZERO)


def short_amount(amount: Decimal) -> str:
    """Write an amount in at most four characters: 710, 8.2k, 12k, 1.3m; "" for nothing."""
    if not amount:
        return ""
    value, unit = float(amount), ""
    for unit in ("", "k", "m", "g"):  # noqa: B007  the unit that was reached is used
        if value < 999.5:
            break
        value /= 1000
    shown = f"{value:.1f}" if unit and value < 9.95 else f"{value:.0f}"
    return f"{shown}{unit}"


def agenda_title(desk: Desk, chosen: date, width: int) -> Line:
    """Say which day is chosen, whether it is a business day, and what stands on it."""
    entries = desk.agenda.between(chosen, chosen)
    name = f" {say.short_day(chosen, desk.today)}".upper()
    calendar = desk.rules.calendar
    closed = "" if calendar.is_business(chosen) else (calendar.holiday(chosen) or "week-end")
    sums: dict[str, Decimal] = {}
    for entry in entries:
        sums[entry.currency] = sums.get(entry.currency, ZERO) + entry.amount
    amounts = " + ".join(desk.rules.money(a, c) for c, a in sums.items() if a)
    text = "  ".join(filter(None, [closed, plural(len(entries), "entry", "entries"), amounts]))
    return ((name, "title"), (fit(f"  {text}", max(0, width - len(name))), "dim"))


def agenda_row(desk: Desk, entry: Entry, *, first: bool) -> AgendaRow:
    """Return an entry as the agenda shows it; `first` of its day it names the day."""
    mark, role = _MARKS[entry.kind]
    return AgendaRow(
        day=say.short_day(entry.day)[:6].strip() if first else "",
        mark=mark,
        role=role,
        hour=f"{entry.at:%H:%M}" if entry.at else "",
        name=entry.name,
        amount=desk.rules.money(entry.amount, entry.currency) if entry.amount else "",
        why=entry.why,
    )


def draw_agenda(row: AgendaRow, width: int, has_cursor: bool, *, tall: bool) -> list[Line]:
    """Draw an entry: in two lines in a narrow pane, else in one."""
    pointer = ">" if has_cursor else " "
    hour = f"{row.hour} " if row.hour else ""
    if tall:
        amount = max(10, len(row.amount))
        day = f"{row.day}  " if row.day else ""
        return [
            (
                (f"{pointer}{row.mark} ", row.role),
                (fit(f"{hour}{row.name}", max(6, width - amount - 5)), "strong"),
                (f" {fit(row.amount, amount, right=True)}", ""),
            ),
            ((f"   {day}", "accent"), (fit(row.why, width - 4 - len(day)), "dim")),
        ]
    head: Line = ((f"{pointer}{fit(row.day, 6)} ", "dim"), (f"{row.mark} ", row.role))
    name = max(8, min(28, (width - 24) // 2))
    return [
        (
            *head,
            (fit(f"{hour}{row.name}", name), "strong"),
            (fit(row.amount, 12, right=True), ""),
            (f"  {fit(row.why, width - name - 25)}", "dim"),
        )
    ]
