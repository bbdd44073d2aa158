"""The calendar's month: for each day its calls and what is at stake on it, always in six weeks.

What a day is, is said by signs, and helped by colour: ">" chosen, brackets today, "*" a holiday, "|" a cut-off, "$" a
pay run, "!" more calls than a clerk makes in a day, a bar of three heights how much is at stake in the home currency,
"¤" that it is in another one. Where there is room, words take the place of signs.
"""

import bisect
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from arctui.core.agenda import EntryKind
from arctui.core.agenda_filter import EVERYTHING, Filter
from arctui.core.money import ZERO
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.desk.days import Glance
from arctui.tui.views.calendar import is_over, marked, only, short_amount
from arctui.tui.widgets.lines import Line, Part, clip, fit

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_WEEKS = 6
_LAST = date.max.toordinal()
#: From these cell widths on: calls and amount beside the date; words in place of signs.
_WIDE, _ROOMY = 11, 20
_BARS = ("▁", "▄", "▇")
_OTHER_CURRENCY = "¤"
#: Where calls have two cells, so many are too many to be told.
_TWO_DIGITS = 100
_SIGNS = {EntryKind.CUTOFF: "|", EntryKind.RUN: "$"}


def month_lines(desk: Desk, chosen: date, width: int, *, tall: bool, shown: Filter = EVERYTHING) -> list[Line]:
    """Return the month of a day; in a `tall` pane each week in two lines where that tells more."""
    return _Month(desk, chosen, max(4, width // 7), shown).lines(width, tall=tall)


class _Month:
    def __init__(self, desk: Desk, chosen: date, cell: int, shown: Filter) -> None:
        self.desk = desk
        self.chosen = chosen
        self.cell = cell
        self.shown = shown
        self.first = chosen.replace(day=1)
        self.days: Mapping[date, Glance] = desk.agenda.month_at_a_glance(chosen, shown) if desk.agenda.ready else {}
        self._amounts = sorted(filter(None, map(self._home, self.days.values())))

    def lines(self, width: int, *, tall: bool) -> list[Line]:
        """Draw title, week-days and weeks."""
        cell = self.cell
        heads: Line = tuple((fit(f" {name}", cell), "dim") for name in _WEEKDAYS)
        lines = [self._title(width), heads]
        monday = self.first.toordinal() - self.first.weekday()
        for week in range(_WEEKS):
            days = [self._in_month(monday + 7 * week + n) for n in range(7)]
            draw = self._roomy if cell >= _ROOMY else self._small
            if cell >= _WIDE and not (tall and cell >= _ROOMY):
                lines.append(tuple(part for day in days for part in self._wide(day)))
            elif tall:
                drawn = [draw(day) for day in days]
                lines += [tuple(part for both in drawn for part in both[line]) for line in range(2)]
            else:
                lines.append(tuple(part for day in days for part in self._smallest(day)))
        return lines

    def _in_month(self, ordinal: int) -> date | None:
        """Return a day if it is in the month."""
        day = self.first + timedelta(days=ordinal - self.first.toordinal()) if ordinal <= _LAST else None
        return day if day and day >= self.first and day.month == self.first.month else None

    def _title(self, width: int) -> Line:
        name = f" {self.first:%B %Y}".upper()
        told = only(self.shown)
        capacity = self.desk.policy.calls_per_day
        over = f"  ! over {capacity}" if capacity else ""
        signs = "" if self.cell >= _ROOMY else "  * holiday  | cut-off  $ pay run"
        key = f"   calls, at stake{signs}{over}" if self.cell >= _WIDE and not told else ""
        room = max(0, width - len(name))
        return ((name, "title"), (clip(told, room), "warn"), (key if len(key) <= room else "", "dim"))

    # Cells

    def _head(self, day: date) -> Part:
        """The date, before it whether it is chosen or today, behind it what kind of day it is."""
        today, found = day == self.desk.today, self.days.get(day)
        before = ">" if day == self.chosen else "[" if today else " "
        closed = not self.desk.rules.calendar.is_business(day)
        after = " "
        if today and (day == self.chosen or not found):
            after = "]"
        elif found and found.kinds:
            after = next(sign for kind, sign in _SIGNS.items() if kind in found.kinds)
        elif today:
            after = "]"
        elif self.desk.rules.calendar.holiday(day):
            after = "*"
        role = "accent" if day == self.chosen else "dim" if closed else "strong" if found or today else ""
        return f"{before}{day.day:>2}{after}", role

    def _wide(self, day: date | None) -> Line:
        """Date, calls and amount in one line."""
        found = self.days.get(day) if day else None
        if day is None or found is None:
            return self._bare(day)
        calls = short_amount(Decimal(found.sum.calls), 3)
        # Where it is narrow a third digit of the calls takes one from the amount.
        count = 3 if self.cell >= _WIDE + 3 else max(2, len(calls))
        room = self.cell - 4 - count
        sign, amount, role = self._stake(found, min(4, room - 1))
        told = f"{sign}{amount:>{min(5, room - 1)}}"
        if not calls and not amount:
            calls, told = "·", ""
        return self._head(day), (f"{calls:>{count}}", ""), (fit(told, room), role)

    def _roomy(self, day: date | None) -> tuple[Line, Line]:
        """Two lines: the date with what it is in words, calls and amount."""
        found = self.days.get(day) if day else None
        if day is None:
            return self._bare(day), self._bare(None)
        words = [name] if (name := self.desk.rules.calendar.holiday(day)) else []
        words += marked(found) if found else []
        head = (self._head(day), (fit(f" {', '.join(words)}", self.cell - 5) + " ", "dim"))
        if found is None:
            return head, self._bare(None)
        count, calls = found.sum.count, found.sum.calls
        said = plural(calls, "call") if calls else plural(count, "entry", "entries")
        over = "!" if is_over(self.desk, found) else ""
        sign, amount, role = self._stake(found, 4, over=False)
        return head, (
            (fit(f"    {said}", 14), "" if calls else "dim"),
            (fit(over, 1), "bad"),
            (fit(f"{sign}{amount:>5}", self.cell - 15), role),
        )

    def _small(self, day: date | None) -> tuple[Line, Line]:
        """Two lines: the date and its calls, the amount."""
        found = self.days.get(day) if day else None
        if day is None or found is None:
            return self._bare(day), self._bare(None)
        sign, amount, role = self._stake(found, min(4, self.cell - 1))
        calls = found.sum.calls
        told = "·" if not calls and not amount else "" if not calls else f"{calls}" if calls < _TWO_DIGITS else "++"
        room = self.cell - 4
        counted: Line = ((fit(f"{told:>2}", room), ""),) if room >= 2 else ((" " * room, ""),)
        return (self._head(day), *counted), ((f"{sign}{amount:>{self.cell - 1}}", role),)

    def _smallest(self, day: date | None) -> Line:
        """One line: the date, and how much is at stake."""
        found = self.days.get(day) if day else None
        if day is None or found is None:
            return self._bare(day)
        sign, _, role = self._stake(found, 3)
        head = self._head(day)
        if self.cell == len(head[0]):
            return ((head[0][:3] + (sign if head[0][3] == " " else head[0][3]), head[1]),)
        return head, (fit(sign if sign != " " else "·", self.cell - 4), role)

    def _bare(self, day: date | None) -> Line:
        """A day without entries, or no day."""
        if day is None:
            return ((" " * self.cell, ""),)
        return self._head(day), (" " * (self.cell - 4), "")

    # What is at stake

    def _home(self, found: Glance) -> Decimal:
        return found.sum.amounts.get(self.desk.policy.home_currency, ZERO)

    def _stake(self, found: Glance, most: int, *, over: bool = True) -> tuple[str, str, str]:
        """Return a day's sign, its amount in at most so many characters, and the role of both."""
        amount = self._home(found)
        others = found.sum.amounts.values()
        if amount:
            # By thirds of the month's days: one day that towers above all leaves the others their differences.
            place = bisect.bisect_right(self._amounts, amount)
            level = -(-3 * place // len(self._amounts)) - 1
            sign, role = _BARS[level], f"heat{level + 1}"
        elif others:
            amount, sign, role = max(others), _OTHER_CURRENCY, ""
        else:
            sign, role = " ", ""
        if over and is_over(self.desk, found):
            sign = "!"
        return sign, short_amount(amount, most), role
