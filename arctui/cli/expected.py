"""`expected`: the expected cash by week, as bars of text and as a JSON document."""

import argparse
import textwrap
from collections.abc import Sequence
from decimal import Decimal

from arctui.cli.commands import show
from arctui.cli.tables import table
from arctui.cli.values import Document, iso, money, number
from arctui.core import words as say
from arctui.core.cash_weeks import ASCII, Forecast, PastWeek, Week, bar, largest
from arctui.core.money import grouped
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.desk.expected import explained

_WIDTH, _LEAST_BAR = 80, 16
_LEGEND = "{} weighted  {} the rest of what is expected  {} came  {} promised".format(*ASCII)

#: A week, its two amounts, and the mark before the second.
_Rows = list[tuple[Week | PastWeek, Decimal, Decimal, str]]


def run(options: argparse.Namespace, desk: Desk) -> int:
    """Show what is expected, and what came."""
    forecasts = desk.cash().forecasts(desk.today, options.weeks)
    show(options, [_document(f) for f in forecasts], lines(forecasts, desk))
    return 0


def lines(forecasts: Sequence[Forecast], desk: Desk) -> list[str]:
    """Show a block for each currency, then how the figures come about."""
    if not forecasts:
        return ["nothing is open, and nothing came in the last weeks"]
    shown = [line for f in forecasts for line in _block(f, desk)]
    notes = [line for note in explained(forecasts, desk.rules) for line in textwrap.wrap(note, _WIDTH)]
    return [*shown, _LEGEND, *notes]


def _block(forecast: Forecast, desk: Desk) -> list[str]:
    past: _Rows = [(w, w.promised, w.came, "~" if w.inferred else "") for w in forecast.past]
    ahead: _Rows = [(w, w.plain, w.weighted, "") for w in forecast.weeks]
    heads = (("week from", "promised", "came"), ("from", "expected", "weighted"))
    rows = [
        row
        for head, weeks in zip(heads, (past, ahead), strict=True)
        for row in (head, *((say.short_day(w.first, desk.today), grouped(a), m + grouped(b)) for w, a, b, m in weeks))
    ]
    texts = table(rows, right=(1, 2))
    room = max(_LEAST_BAR, _WIDTH - max(map(len, texts)) - 2)
    bars = [bar(week, largest(forecast), room, ASCII) for week, *_ in (*past, *ahead)]
    # The two lines of heads have no bar.
    bars = ["", *bars[: len(past)], "", *bars[len(past) :]]
    sums = [
        (
            f"in {plural(len(forecast.weeks), 'week')}",
            grouped(forecast.plain),
            f"weighted {grouped(forecast.weighted)}",
        ),
        ("later", grouped(forecast.later.plain), f"weighted {grouped(forecast.later.weighted)}"),
        ("not dated", grouped(forecast.undated), ""),
        ("disputed", grouped(forecast.disputed), ""),
        ("set off", grouped(forecast.credits), ""),
        ("open in all", grouped(forecast.open), ""),
    ]
    return [
        f"expected cash, {forecast.currency}",
        *(f"{text}  {drawn}".rstrip() for text, drawn in zip(texts, bars, strict=True)),
        *table(sums, right=(1,)),
        "",
    ]


def _document(forecast: Forecast) -> Document:
    return {
        "currency": forecast.currency,
        "kept_rate": number(forecast.rate, 4),
        "past": [
            {
                "from": iso(w.first),
                "to": iso(w.last),
                "promised": money(w.promised),
                "came": money(w.came),
                "inferred": money(w.inferred),
            }
            for w in forecast.past
        ],
        "weeks": [_week(w) for w in forecast.weeks],
        "later": _week(forecast.later),
        "not_dated": money(forecast.undated),
        "disputed": money(forecast.disputed),
        "set_off": money(forecast.credits),
        "open": money(forecast.open),
    }


def _week(week: Week) -> Document:
    return {
        "from": iso(week.first),
        "to": iso(week.last),
        "expected": money(week.plain),
        "weighted": money(week.weighted),
        "promises": money(week.promises),
        "pay_runs": money(week.runs),
        "due_dates": money(week.due),
    }
