"""The parts of the dashboard: key figures, aging, lines over time, cash by week, the largest exposures.

Each line knows the figure that it shows, so that the cursor can stand on it. Shapes and words carry the meaning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from arctui.core import cash_weeks
from arctui.core.cash_weeks import Forecast, PastWeek, Week
from arctui.core.money import ZERO, grouped
from arctui.desk.board import AGES, Board, Exposure, KeyFigure
from arctui.desk.board_parts import week_key
from arctui.tui.views.chart import Series, chart, legend
from arctui.tui.widgets.lines import Line, clip, fit, wrap

#: A line and the key of the figure that it shows, "" for none.
Keyed = tuple[Line, str]

_NAME, _MONEY, _SHARE = 25, 15, 6
_MOST_BAR = 60
_CHART_LINES = 8
_HUNDRED = 100
#: Cells behind an exposure for its marks: beyond its limit, on hold.
_MARKS = 7


@dataclass(frozen=True)
class Part:
    """Lines that stay together, the first of them the title."""

    lines: Sequence[Keyed]


def parts_of(board: Board, width: int) -> list[Part]:
    """Return the parts in their order, drawn for a width."""
    found = [_figures(board, width), _aging(board, width), _dso(board, width), _kept(board, width)]
    if board.cash:
        found.append(_cash(board.cash, width))
    if board.exposures:
        found.append(_exposures(board, width))
    return found


def _title(words: str, more: str = "", key: str = "") -> Keyed:
    return ((words, "title"), (f"  {more}" if more else "", "dim")), key


def _money(amount: Decimal, width: int = _MONEY) -> str:
    return fit(grouped(amount), width, right=True)


# Key figures


def _figures(board: Board, width: int) -> Part:
    lines = [_title("KEY FIGURES")]
    lines += [(_figure(figure, width), figure.key) for figure in board.figures]
    return Part(lines)


def _figure(figure: KeyFigure, width: int) -> Line:
    name = (fit(figure.name, _NAME), "")
    if figure.value is None:
        return name, (clip(f"unknown: {figure.missing}", max(8, width - _NAME)), "dim")
    value = fit(f"{figure.value:.1f}", 8, right=True)
    words = f" {fit(figure.unit, 5)} {figure.words}"
    return name, (value, "strong"), (clip(words, max(6, width - _NAME - 8)), "dim")


# Aging


def _aging(board: Board, width: int) -> Part:
    debt = [board.aging[name] for name in AGES if name not in ("credits", "total")]
    most, gross = max([*debt, ZERO]), sum(debt, ZERO)
    room = min(_MOST_BAR, max(4, width - 9 - _MONEY - _SHARE - 2))
    lines = [_title("AGING", f"{board.currency}, days past due, share of what is open")]
    for name in AGES:
        amount = board.aging[name]
        is_debt = name not in ("credits", "total")
        share = fit(f"{amount / gross * _HUNDRED:.0f}%" if is_debt and gross else "", _SHARE, right=True)
        drawn = bar(amount, most, room) if is_debt else ""
        line: Line = (
            (fit(name, 9), "strong" if name == "total" else ""),
            (_money(amount), "strong"),
            (share, ""),
            ("  ", ""),
            (drawn, "good" if name == "current" else "warn"),
        )
        lines.append((line, f"aging {name}"))
    return Part(lines)


def bar(amount: Decimal, most: Decimal, width: int) -> str:
    """Draw an amount, `width` characters long for `most`; what is not nothing gets one character at least."""
    return "█" * max(1, round(amount * width / most)) if amount > 0 and most > 0 else ""


# Lines over time


def _over_time(
    title: str, key: str, board: Board, series: Sequence[Series], width: int, most: float | None, missing: str
) -> Part:
    known = any(value is not None for s in series for value in s.values)
    lines = [_title(title, legend(series) if known else "", key)]
    if not known:
        return Part([*lines, *((line, "") for line in wrap(f"unknown: {missing}", max(8, width - 2), "dim"))])
    labels = [_month(point.period.last, board.today) for point in board.trend]
    drawn = chart(series, labels, max(20, width - 1), _CHART_LINES, most=most)
    return Part([*lines, *((line, "") for line in drawn)])


def _month(last: date, today: date) -> str:
    return "today" if last == today else f"{last:%b %y}"


def _dso(board: Board, width: int) -> Part:
    series = [
        Series("DSO", [_float(p.dso.value) for p in board.trend]),
        Series("best possible", [_float(p.best_possible_dso.value) for p in board.trend]),
    ]
    return _over_time("DSO, 12 MONTHS", "line dso", board, series, width, None, board.trend[-1].dso.missing)


def _kept(board: Board, width: int) -> Part:
    series = [Series("kept", [_float(p.kept_rate.value, _HUNDRED) for p in board.trend])]
    return _over_time(
        "PROMISES KEPT BY MONTH, %", "line kept", board, series, width, 100.0, board.trend[-1].kept_rate.missing
    )


def _float(value: Decimal | None, times: int = 1) -> float | None:
    return None if value is None else float(value * times)


# Cash by week


def _cash(forecast: Forecast, width: int) -> Part:
    most = cash_weeks.largest(forecast)
    room = min(_MOST_BAR, max(4, width - 17 - 2 * 12 - 3))

    def row(week: Week | PastWeek, amount: Decimal, beside: Decimal) -> Keyed:
        role = "good" if isinstance(week, PastWeek) else "accent"
        line: Line = (
            (fit(_span(week), 17), ""),
            (fit(f"{amount:,.0f}" if amount else "-", 12, right=True), "strong"),
            (fit(f"{beside:,.0f}" if beside else "", 12, right=True), "dim"),
            ("  ", ""),
            (cash_weeks.bar(week, most, room), role),
        )
        return line, week_key(week)

    def heads(first: str, second: str, words: str) -> Line:
        columns = fit(first, 12, right=True) + fit(second, 12, right=True)
        return ((fit("CASH BY WEEK" if first == "came" else "", 17), "title"), (f"{columns}  {words}", "dim"))

    sure, rest, came, mark = cash_weeks.BLOCKS
    lines: list[Keyed] = [(heads("came", "promised", f"{came} came  {mark} promised"), "")]
    lines += [row(week, week.came, week.promised) for week in forecast.past]
    lines.append((heads("expected", "weighted", f"{sure} weighted  {rest} the rest"), ""))
    lines += [row(week, week.plain, week.weighted) for week in forecast.weeks]
    if forecast.later.plain:
        lines.append(row(forecast.later, forecast.later.plain, forecast.later.weighted))
    if forecast.undated:
        words = "nothing says when"
        amount = fit(f"{forecast.undated:,.0f}", 12, right=True)
        lines.append(
            (((fit("no day", 17), ""), (amount, "strong"), (f"              {words}", "dim")), "cash not dated")
        )
    return Part(lines)


def _span(week: Week | PastWeek) -> str:
    if week.last is None:
        return "later"
    return f"{week.first:%d %b} - {week.last:%d %b}"


# Exposures


def _exposures(board: Board, width: int) -> Part:
    columns = 12 + 6 + 4 + 2 * 12 + _MARKS
    name = max(12, min(40, width - columns))
    heads = f"{'past due':>12}{'days':>6}  gr{'owes':>12}{'limit':>12}"
    lines: list[Keyed] = [(((fit("TOP EXPOSURES", name), "title"), (clip(heads, max(1, width - name)), "dim")), "")]
    lines += [(_exposure(each, name), f"account {each.account}") for each in board.exposures]
    if any(each.past_due > each.net for each in board.exposures):
        lines.append((((clip("past due is before credits, owes after them", width), "dim"),), ""))
    return Part(lines)


def _exposure(each: Exposure, name: int) -> Line:
    limit = "" if each.limit is None else f"{each.limit:,.0f}"
    marks = " !" * each.is_beyond + " hold" * each.hold
    return (
        (fit(each.name, name - 1) + " ", ""),
        (fit(f"{each.past_due:,.0f}", 12, right=True), "strong"),
        (fit(str(each.days), 6, right=True), ""),
        (fit(each.grade, 4, right=True), "accent"),
        (fit(f"{each.net:,.0f}", 12, right=True), ""),
        (fit(limit, 12, right=True), "dim"),
        (fit(marks, _MARKS), "warn"),
    )
