"""The calendar's agenda: the entries from a day on, grouped by day."""

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate, islice
from typing import overload

from arctui.core import words as say
from arctui.core.agenda import Day, Entry, EntryKind
from arctui.core.agenda_filter import EVERYTHING, Filter
from arctui.core.text import cell_width, plural
from arctui.desk import Desk
from arctui.desk.days import Glance
from arctui.tui.widgets.lines import Line, Part, clip, fit

#: How many days the agenda shows from the chosen one on.
AGENDA_DAYS = 30
#: Kinds that mark their day, in words.
_DAY_MARKS = {EntryKind.CUTOFF: "cut-off", EntryKind.RUN: "pay run"}
#: What the key of a day's heading begins with; no entry's does.
_HEADING = "day "

MARKS: dict[EntryKind, tuple[str, str]] = {
    EntryKind.BROKEN: ("!", "bad"),
    EntryKind.CALLBACK: ("@", "accent"),
    EntryKind.VERIFY: ("?", "warn"),
    EntryKind.PROMISE: ("P", "good"),
    EntryKind.CUTOFF: ("$", "accent"),
    EntryKind.CALL_BY: ("$", "warn"),
    EntryKind.DOCUMENTS: ("d", "warn"),
    EntryKind.BREAKS: ("x", "dim"),
    EntryKind.RUN: ("$", "dim"),
    EntryKind.FIRST: ("1", ""),
    EntryKind.SCHEDULED: ("2", ""),
    EntryKind.FOLLOW_UP: ("f", ""),
    EntryKind.DISPUTE: ("D", "warn"),
    EntryKind.LETTER: ("L", "dim"),
    EntryKind.DEADLINE: ("L", "warn"),
}


@dataclass(frozen=True)
class AgendaRow:
    """An entry of the agenda; a `projected` one comes only if nothing settles the matter before."""

    day: date
    mark: str
    role: str
    hour: str
    name: str
    amount: str
    why: str
    projected: bool = False
    marked: bool = False


@dataclass(frozen=True)
class DayHead:
    """The heading of a day: its name, what stands on it; `over` says that it is too much."""

    day: date
    name: str
    told: str
    over: str


def only(shown: Filter) -> str:
    """Say behind a title that not everything is shown; "" if it is."""
    return f"  only {shown.words}" if shown else ""


def short_amount(amount: Decimal, most: int = 4) -> str:
    """Write an amount in at most four characters, or three: 710, 8.2k (8k), 12k, 123k (.1m), 1.3m; "" for nothing."""
    if not amount:
        return ""
    value, unit = float(amount), ""
    # Three characters have no room for the hundreds of a unit.
    full = 999.5 if most > 3 else 99.5
    for unit in ("", "k", "m", "g"):
        if value < (full if unit else 999.5):
            break
        value /= 1000
    if value < 0.95 and unit:
        return f"{value:.1f}".lstrip("0") + unit
    shown = f"{value:.1f}" if unit and most > 3 and value < 9.95 else f"{value:.0f}"
    return f"{shown}{unit}"


def agenda_title(desk: Desk, chosen: date, width: int, shown: Filter = EVERYTHING) -> Line:
    """Say which day is chosen, how far off it is, and what marks it; the agenda says below what stands on it."""
    name = f" {say.short_day(chosen, desk.today)}".upper()
    calendar = desk.rules.calendar
    told = [] if calendar.is_business(chosen) else [calendar.holiday(chosen) or "week-end"]
    if desk.agenda.ready:
        found = desk.agenda.glances(chosen, chosen, shown).get(chosen)
        told += marked(found) if found else ["nothing stands on it"]
    text = "  ".join([*told, say.distance(chosen, desk.today)])
    return ((name, "title"), (clip(f"  {text}", max(0, width - len(name))), "dim"))


def day_head(desk: Desk, day: date, shown: Filter = EVERYTHING) -> DayHead:
    """Return the heading of a day in the agenda."""
    found = desk.agenda.glances(day, day, shown)[day]
    return DayHead(day, say.short_day(day, desk.today), ", ".join(_in_words(desk, found)), _over(desk, found))


def _in_words(desk: Desk, found: Glance) -> list[str]:
    """Say how many entries and calls stand on a day, and what is at stake."""
    calls = plural(found.sum.calls, "call") if found.sum.calls else ""
    amounts = " + ".join(at_stake(desk, found.sum))
    return [part for part in (plural(found.sum.count, "entry", "entries"), calls, amounts) if part]


def at_stake(desk: Desk, day: Day) -> list[str]:
    """Write a day's amounts, that of the home currency first."""
    home = desk.policy.home_currency
    amounts = sorted(day.amounts.items(), key=lambda item: (item[0] != home, item[0]))
    return [desk.rules.money(amount, currency) for currency, amount in amounts]


def marked(found: Glance) -> list[str]:
    """Say which of cut-offs and pay runs are on a day."""
    return [word for kind, word in _DAY_MARKS.items() if kind in found.kinds]


def is_over(desk: Desk, found: Glance) -> bool:
    """Has a clerk more calls on a day than the policy has them make?"""
    return 0 < desk.policy.calls_per_day < found.busiest


def _over(desk: Desk, found: Glance) -> str:
    return f"! over {desk.policy.calls_per_day} calls" if is_over(desk, found) else ""


def agenda_row(desk: Desk, entry: Entry, *, marked: bool = False) -> AgendaRow:
    """Return an entry as the agenda shows it, a `marked` one with a star."""
    mark, role = MARKS[entry.kind]
    return AgendaRow(
        day=entry.day,
        mark=mark,
        role=role,
        hour=f"{entry.at:%H:%M}" if entry.at else "",
        name=entry.name,
        amount=desk.rules.money(entry.amount, entry.currency) if entry.amount else "",
        why=entry.why,
        projected=entry.projected,
        marked=marked,
    )


def draw_agenda(row: AgendaRow | DayHead, width: int, has_cursor: bool, *, tall: bool) -> list[Line]:
    """Draw an entry, or the heading of a day: in two lines in a narrow pane, else in one."""
    if isinstance(row, DayHead):
        return _draw_head(row, width, tall=tall)
    pointer = ">" if has_cursor else " "
    hour = f"{row.hour} " if row.hour else ""
    star = "*" if row.marked else " "
    head: Part = (f"{pointer}{row.mark}{star}", "dim" if row.projected else row.role)
    strong, plain = ("dim", "dim") if row.projected else ("strong", "")
    if tall:
        amount = max(10, len(row.amount))
        name = fit(f"{hour}{row.name}", max(6, width - amount - 5))
        return [
            (head, (name, strong), (f" {fit(row.amount, amount, right=True)}", plain)),
            ((f"   {fit(row.why, width - 4)}", "dim"),),
        ]
    name_width = max(8, min(28, (width - 17) // 2))
    return [
        (
            head,
            (fit(f"{hour}{row.name}", name_width), strong),
            (fit(row.amount, 12, right=True), plain),
            (f"  {fit(row.why, width - name_width - 18)}", "dim"),
        )
    ]


def _draw_head(head: DayHead, width: int, *, tall: bool) -> list[Line]:
    name: Part = (f" {head.name}", "accent")
    used = 0 if tall else len(name[0])
    told = clip(f"   {head.told}", max(0, width - used))
    over = clip(f"  {head.over}" if head.over else "", max(0, width - used - cell_width(told)))
    rest: Line = ((told, "dim"), (over, "bad"))
    return [(name,), rest] if tall else [(name, *rest)]


class Rows(Sequence[str]):
    """The keys of the agenda's rows: each day's heading, then its entries.

    Only what is asked for is looked at, so that a day of fifty thousand entries costs no more than one of five.
    """

    def __init__(self, days: Sequence[tuple[date, Sequence[Entry]]]) -> None:
        self._days = days
        self._starts = list(accumulate((1 + len(found) for _, found in days), initial=0))
        self._known: dict[str, Entry] = {}

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self)))]
        place = place + len(self) if place < 0 else place
        if not 0 <= place < len(self):
            raise IndexError(place)
        number = bisect.bisect_right(self._starts, place) - 1
        day, found = self._days[number]
        if place == self._starts[number]:
            return f"{_HEADING}{day.isoformat()}"
        entry = found[place - self._starts[number] - 1]
        self._known[entry.key] = entry
        return entry.key

    def __iter__(self) -> Iterator[str]:
        for day, found in self._days:
            yield f"{_HEADING}{day.isoformat()}"
            for entry in found:
                yield entry.key

    def index(self, key: str, start: int = 0, stop: int | None = None) -> int:
        """Return the place of a key; only found by looking through all before it. Raises ValueError."""
        for place, other in enumerate(islice(self, start, stop), start):
            if other == key:
                return place
        raise ValueError(key)

    def __contains__(self, key: object) -> bool:
        return any(key == other for other in self)

    def entries(self) -> Iterator[Entry]:
        """Return all entries, in order."""
        return (entry for _, found in self._days for entry in found)

    @property
    def first(self) -> Entry | None:
        """The first entry, None if there is none."""
        return self.get(self[1]) if len(self) else None

    def get(self, key: str) -> Entry | None:
        """Return the entry of a key that was given out, None for a heading's."""
        return self._known.get(key)


def is_heading(key: str) -> bool:
    """Is this the key of a day's heading?"""
    return key.startswith(_HEADING)


def day_of(key: str) -> date:
    """Return the day of a heading's key."""
    return date.fromisoformat(key.removeprefix(_HEADING))
