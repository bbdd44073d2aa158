"""Expected cash: each week of the calendar with its bar beside it, what came above, what is expected below."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from arctui.core.cash_weeks import BLOCKS, Forecast, PastWeek, Week, bar, largest
from arctui.core.expected import monday_of
from arctui.core.money import grouped
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.desk.expected import explained
from arctui.tui.widgets.lines import Line, Part, fit, wrap

#: Weeks that are looked ahead.
WEEKS = 8
#: From this width on the parts of what is expected have columns of their own.
_WIDE = 120
_DAY = timedelta(days=1)
_WEEKDAYS = "     Mo Tu We Th Fr Sa Su "
_LEGEND = "{} weighted  {} the rest of what is expected  {} came  {} promised".format(*BLOCKS)


def expected_lines(desk: Desk, width: int) -> list[Line]:
    """Return the bars of each currency, the home currency first, then how the figures come about."""
    forecasts = desk.cash().forecasts(desk.today, WEEKS)
    if not forecasts:
        return wrap("nothing is open, and nothing came in the last weeks", width, "dim")
    lines: list[Line] = []
    for forecast in forecasts:
        lines += [((forecast.currency, "title"),)] if len(forecasts) > 1 else []
        lines += [*_Chart(desk, forecast, width).lines(), ()]
    lines += [line for note in explained(forecasts, desk.rules) for line in wrap(note, width, "dim", indent=2)]
    return lines


class _Chart:
    """The chart of one currency."""

    def __init__(self, desk: Desk, forecast: Forecast, width: int) -> None:
        self.desk = desk
        self.forecast = forecast
        self.most = largest(forecast)
        self.wide = width >= _WIDE
        whole = [_whole(amount) for w in forecast.weeks for amount in (w.plain, w.weighted)]
        whole += [_came(w) for w in forecast.past] + [_whole(w.promised) for w in forecast.past]
        self.column = max(10, *map(len, whole)) + 1
        self.room = max(6, width - len(_WEEKDAYS) - self.column * (5 if self.wide else 2) - 3)

    def lines(self) -> list[Line]:
        forecast = self.forecast
        lines = [self._heads("promised", "came")]
        lines += [self._row(w, w.first, w.last, _whole(w.promised), _came(w)) for w in forecast.past]
        lines.append(self._heads("expected", "weighted", "promises", "pay runs", "due dates"))
        for week in forecast.weeks:
            amounts = (week.plain, week.weighted, week.promises, week.runs, week.due)
            lines.append(self._row(week, week.first, week.last or date.max, *map(_whole, amounts)))
        return [*lines, ((_LEGEND, "dim"),), *self._sums()]

    def _heads(self, *heads: str) -> Line:
        return ((_WEEKDAYS, "dim"), *((fit(h, self.column, right=True), "dim") for h in self._placed(heads)))

    def _placed(self, texts: Sequence[str]) -> list[str]:
        """Put the parts before their sum where there is room for them, else leave them out."""
        sums, parts = list(texts[:2]), list(texts[2:])
        return [*(parts or ["", "", ""]), *sums] if self.wide else sums

    def _row(self, week: Week | PastWeek, first: date, last: date, *amounts: str) -> Line:
        drawn = bar(week, self.most, self.room)
        role = "good" if isinstance(week, PastWeek) else "accent"
        return (
            *self._days(first, last),
            *((fit(amount, self.column, right=True), "") for amount in self._placed(amounts)),
            ("  ", ""),
            (drawn, role),
        )

    def _days(self, first: date, last: date) -> list[Part]:
        """Write the days of a week from one to another: today in brackets, days without business dim."""
        monday, today, calendar = monday_of(first), self.desk.today, self.desk.rules.calendar
        parts = [(f"{first:%b} ", "dim")]
        for day in (monday + n * _DAY for n in range(7)):
            inside = first <= day <= last
            before = "[" if inside and day == today else "]" if first <= day - _DAY == today and day > monday else " "
            role = "" if inside and calendar.is_business(day) else "dim"
            parts.append((f"{before}{day.day:>2}" if inside else f"{before}  ", role))
        parts.append(("]" if monday + 6 * _DAY == today else " ", ""))
        return parts

    def _sums(self) -> list[Line]:
        """Say what all that is open is made of."""
        forecast, later = self.forecast, self.forecast.later
        rows = [
            (
                f"in these {plural(len(forecast.weeks), 'week')}",
                forecast.plain,
                f"weighted {grouped(forecast.weighted)}",
            ),
            ("later", later.plain, f"weighted {grouped(later.weighted)}" if later.plain else ""),
            ("not dated", forecast.undated, "nothing says when"),
            ("disputed", forecast.disputed, "not expected until it is settled"),
            ("set off", forecast.credits, "by credits and money on account"),
            (f"open in all, {forecast.currency}", forecast.open, ""),
        ]
        amounts = [grouped(amount) for _, amount, _ in rows]
        column = max(map(len, amounts))
        return [
            ((fit(name, 22), ""), (fit(amount, column, right=True), "strong"), (f"  {words}", "dim"))
            for (name, _, words), amount in zip(rows, amounts, strict=True)
        ]


def _whole(amount: Decimal) -> str:
    """Write an amount without its cents."""
    return f"{amount:,.0f}" if amount else ""


def _came(week: PastWeek) -> str:
    return ("~" if week.inferred else "") + _whole(week.came)
