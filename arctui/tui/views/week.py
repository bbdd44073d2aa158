"""The calendar's week: seven columns with the hours as rows, or where there is no room for them a list of its days.

Pure: `read_week` takes what is shown from the desk, the rest makes lines of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from arctui.core.agenda import Day, Entry
from arctui.core.agenda_filter import Filter
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.tui.views.calendar import MARKS, marked, only, short_amount
from arctui.tui.widgets.lines import Line, Part, clip, fit, wrap

#: From this size of the pane on the days stand side by side.
_COLUMNS_FROM = (112, 24)
#: Cells before the columns, for the hour.
_HOURS = 7
#: So many entries without an hour stand in a column, at most and at least.
_MOST, _FEWEST = 8, 2
#: From this width on a column says what it counts.
_ROOMY = 20
#: From this width on months have their full names.
_FULL = 60
#: Lines that are left for the agenda below.
_AGENDA = 6
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NONE = Day(0, {})
#: A customer abroad may be called at any hour; without entries no more of them stand in a row each.
_DESK_HOURS = (7, 18)


@dataclass(frozen=True)
class WeekDay:
    """One day: what stands on it at an hour, the first entries of the rest, and how much it is in all.

    `closed` says why no business is done: the holiday's name, or "week-end"; "" on a business day. `marks`: which of
    pay runs and cut-offs are on it. `busiest`: the calls of the clerk who has the most of them.
    """

    day: date
    closed: str
    marks: Sequence[str] = ()
    sums: Day = _NONE
    busiest: int = 0
    timed: Sequence[Entry] = ()
    untimed: Sequence[Entry] = ()


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday on.

    `hours`: the first and the last usual hour; `capacity`: calls that one clerk makes in a day, 0: there is no limit;
    `only` says behind the title that not everything is shown.
    """

    days: tuple[WeekDay, ...]
    chosen: date
    today: date
    hours: tuple[int, int]
    capacity: int
    currency: str
    only: str = ""


def read_week(desk: Desk, chosen: date, shown: Filter) -> Week:
    """Take the week of a day from the desk."""
    monday = chosen - timedelta(days=chosen.weekday())
    sunday = date.fromordinal(min(monday.toordinal() + 6, date.max.toordinal()))
    glances = desk.agenda.glances(monday, sunday, shown)
    lists = dict(desk.agenda.lists(monday, sunday, shown))
    calendar, policy = desk.rules.calendar, desk.policy
    days = []
    for day in (monday + timedelta(days=n) for n in range((sunday - monday).days + 1)):
        closed = "" if calendar.is_business(day) else calendar.holiday(day) or "week-end"
        glance, entries = glances.get(day), lists.get(day, ())
        # What has an hour comes first; of a long day no more is looked at than is shown.
        timed = next((n for n, e in enumerate(entries) if e.at is None), len(entries))
        marks, sums, busiest = (marked(glance), glance.sum, glance.busiest) if glance else ((), _NONE, 0)
        days.append(WeekDay(day, closed, marks, sums, busiest, entries[:timed], entries[timed : timed + _MOST]))
    until = policy.calling_to
    last = until.hour if until.minute else until.hour - 1
    hours = max(_DESK_HOURS[0], policy.calling_from.hour), min(_DESK_HOURS[1], last)
    return Week(tuple(days), chosen, desk.today, hours, policy.calls_per_day, policy.home_currency, only(shown))


def week_lines(week: Week, width: int, height: int) -> list[Line]:
    """Return the week in a pane of this size, with some lines left for the agenda below."""
    if width >= _COLUMNS_FROM[0] and height >= _COLUMNS_FROM[1]:
        return _Columns(week, width, height - _AGENDA).lines()
    return [_title(week, width), *_list(week, width, height - _AGENDA - 1)]


def ruler_lines(week: Week, width: int) -> list[Line]:
    """Return the days of the week in one line, for above the agenda alone; the month and what is shown before it."""
    cell = max(4, width // 7)
    parts: list[Part] = []
    for found in week.days:
        before, after = _brackets(week, found.day)
        name = _DAYS[found.day.weekday()][:2] if cell >= 6 else ""
        gap = " " if cell >= 7 else ""
        count = f" {found.sums.count}" if found.sums.count and cell >= 11 else ""
        parts.append((fit(f"{before}{name}{gap}{found.day.day:>2}{after}{count}", cell), _role(week, found)))
    return [_title(week, width), tuple(parts)]


def _title(week: Week, width: int) -> Line:
    first, last = week.days[0].day, week.days[-1].day
    number, month = first.isocalendar().week, "%B" if width >= _FULL else "%b"
    begins = f"{first.day}"
    if first.month != last.month:
        begins += f" {first:{month}}" if first.year == last.year else f" {first:{month} %Y}"
    name = f" WEEK {number}  {begins} - {last.day} {last:{month} %Y}".upper()
    return ((clip(name, width), "title"), (clip(week.only, max(0, width - len(name))), "warn"))


def _brackets(week: Week, day: date) -> tuple[str, str]:
    before = ">" if day == week.chosen else "[" if day == week.today else " "
    return before, "]" if day == week.today else " "


def _role(week: Week, found: WeekDay) -> str:
    if found.day == week.chosen:
        return "accent"
    return "dim" if found.closed else "strong" if found.sums.count else ""


def _head(week: Week, found: WeekDay) -> str:
    before, after = _brackets(week, found.day)
    return f"{before}{_DAYS[found.day.weekday()]} {found.day.day:>2}{after}"


def _calls(week: Week, found: WeekDay, *, short: bool = False) -> Part:
    """Say how many calls are planned, of one clerk against what can be made; where it is too many that is marked."""
    calls = found.sums.calls
    if not calls:
        return (plural(found.sums.count, "entry", "entries") if found.sums.count else ""), "dim"
    over = 0 < week.capacity < found.busiest
    of = f"/{week.capacity}" if week.capacity and found.busiest == calls else ""
    word = "" if of and short else " call" if calls == 1 and not of else " calls"
    return f"{calls}{of}{word}{'!' if over else ''}", "warn" if over else ""


def _amount(week: Week, found: WeekDay) -> str:
    amount = found.sums.amounts.get(week.currency)
    return short_amount(amount) if amount else ""


def their_hour(entry: Entry) -> str:
    """Say the hour at the customer's where it is another one than here: "12:30 there", "07:00 Wed there"; else ""."""
    if entry.at is None or entry.hour is None or not entry.time_zone or entry.at.time() == entry.hour:
        return ""
    there = entry.at.astimezone(ZoneInfo(entry.time_zone))
    other = f" {_DAYS[there.weekday()]}" if there.date() != entry.day else ""
    return f"{entry.hour:%H:%M}{other} there"


# Side by side


class _Columns:
    """The week with its days side by side, as it is put together for a size."""

    def __init__(self, week: Week, width: int, height: int) -> None:
        self.week = week
        self.cell = (width - _HOURS) // 7
        self.width = width
        self.height = height

    def lines(self) -> list[Line]:
        """Return title, heads, entries without an hour, and the hours."""
        heads = [_title(self.week, self.width), self._heads(), self._loads(), *self._closed()]
        room = self.height - len(heads)
        hours = list(self._hours(room - _FEWEST))
        return [*heads, *self._above(max(_FEWEST, min(_MOST, room - len(hours)))), *hours]

    def _row(self, label: str, cells: Iterable[Part]) -> Line:
        return ((fit(label, _HOURS), "dim"), *((fit(text, self.cell), role) for text, role in cells))

    def _heads(self) -> Line:
        cells = []
        for found in self.week.days:
            text = _head(self.week, found)
            marks = f"  {', '.join(found.marks)}" if found.marks else ""
            cells.append((text + (marks if len(text + marks) < self.cell else ""), _role(self.week, found)))
        return self._row("", cells)

    def _loads(self) -> Line:
        cells = []
        for found in self.week.days:
            said, role = _calls(self.week, found, short=self.cell < _ROOMY)
            cells.append((f" {fit(said, self.cell - 7)}{_amount(self.week, found):>5}", role))
        return self._row("", cells)

    def _closed(self) -> Iterator[Line]:
        """Holidays by their names; a long one goes on below."""
        names = [[part[0][0] for part in wrap(d.closed, self.cell - 2)] for d in self.week.days]
        for cells in zip_longest(*names, fillvalue=""):
            yield self._row("", ((f" {text}", "warn" if text != "week-end" else "dim") for text in cells))

    def _above(self, most: int) -> Iterator[Line]:
        """What has no hour; where there is more than fits the last line says how much."""
        columns = [self._untimed(d, most) for d in self.week.days]
        for cells in zip_longest(*columns, fillvalue=("", "")):
            yield self._row("", cells)

    def _untimed(self, found: WeekDay, most: int) -> list[Part]:
        count = found.sums.count - len(found.timed)
        shown = found.untimed[: most if count <= most else most - 1]
        cells = [(_named(e, self.cell - 1, self.week.currency), _entry_role(e)) for e in shown]
        return cells + ([(f"   and {count - len(shown)} more", "dim")] if count > len(shown) else [])

    def _hours(self, room: int) -> Iterator[Line]:
        """The usual hours, and others at which something stands; where there is no room for all, only those."""
        used = sorted({e.at.hour for d in self.week.days for e in d.timed if e.at})
        first, last = self.week.hours
        rows = [line for hour in sorted({*used, *range(first, last + 1)}) for line in self._hour(hour)]
        if len(rows) > room:
            rows = [line for hour in used for line in self._hour(hour)]
        if len(rows) > room:
            rows = [*rows[: max(0, room - 1)], ((" more stands at later hours: the agenda has it", "dim"),)]
        yield from rows

    def _hour(self, hour: int) -> Iterator[Line]:
        columns = [
            [part for e in d.timed if e.at and e.at.hour == hour for part in self._timed(e)] for d in self.week.days
        ]
        label = f" {hour:02}:00"
        for number, cells in enumerate(zip_longest([], *columns, fillvalue=("", ""))):
            yield self._row("" if number else label, cells[1:])
        if not any(columns):
            yield self._row(label, [])

    def _timed(self, entry: Entry) -> Iterator[Part]:
        """The hour here and who it is; below it the hour there, if it is another."""
        yield f"{MARKS[entry.kind][0]}{entry.at:%H:%M} {entry.name}", _entry_role(entry)
        there = their_hour(entry)
        if there:
            yield f" {there}", "dim"


def _named(entry: Entry, width: int, currency: str) -> str:
    """Name an entry in so many cells: mark, name and amount."""
    amount = short_amount(entry.amount) if entry.amount and entry.currency == currency else ""
    return f"{MARKS[entry.kind][0]} {fit(entry.name, width - 3 - len(amount))}{f' {amount}' if amount else ''}"


def _entry_role(entry: Entry) -> str:
    return "dim" if entry.projected else MARKS[entry.kind][1]


# Below one another


def _list(week: Week, width: int, room: int) -> Iterator[Line]:
    """The days of the week, what has its hour below each as far as there is room: the chosen day's first."""
    room = max(0, room - 7)
    below: dict[date, int] = {}
    for found in sorted(week.days, key=lambda d: (d.day != week.chosen, d.day)):
        below[found.day] = min(room, len(found.timed))
        room -= below[found.day]
    for found in week.days:
        yield _day_line(week, found, below[found.day], width)
        for entry in found.timed[: below[found.day]]:
            yield _hour_line(week, entry, width)


def _day_line(week: Week, found: WeekDay, below: int, width: int) -> Line:
    """A day with its calls and its amount, why it is closed, and the first of what does not stand below it."""
    said, role = _calls(week, found)
    head: Line = ((_head(week, found), _role(week, found)),)
    if found.sums.count:
        head = (*head, (f" {fit(said, 13)}", role), (f"{_amount(week, found):>6}", ""))
    room = width - sum(cell_len(text) for text, _ in head)
    closed = clip("".join(f"  {word}" for word in (found.closed, *found.marks) if word), max(0, room))
    line: list[Part] = [*head, (closed, "dim" if found.closed == "week-end" else "warn")]
    room, left = room - cell_len(closed), found.sums.count - below
    for entry in [*found.timed[below:], *found.untimed]:
        hour = f"{entry.at:%H:%M} " if entry.at else ""
        text = f"  {MARKS[entry.kind][0]} {hour}{clip(entry.name, 20)}"
        if cell_len(text) + (len(f"  +{left - 1}") if left > 1 else 0) > room:
            break
        line.append((text, _entry_role(entry)))
        room, left = room - cell_len(text), left - 1
    more = f"  +{left}" if left and len(line) > len(head) + 1 else ""
    return (*line, (more, "dim"))


def _hour_line(week: Week, entry: Entry, width: int) -> Line:
    mark, role = MARKS[entry.kind]
    there = their_hour(entry)
    tail = f"  {there}" if there else ""
    name = max(8, min(28, width - 20 - cell_len(tail)))
    amount = short_amount(entry.amount) if entry.amount and entry.currency == week.currency else ""
    return (
        (f"   {mark} ", role),
        (f"{entry.at:%H:%M} ", "strong"),
        (fit(entry.name, name), "strong"),
        (f"{amount:>6}", ""),
        (clip(tail, max(0, width - 17 - name)), "accent"),
    )
