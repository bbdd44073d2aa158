"""What the dashboard shows of one currency: its figures, and the accounts behind each of them. Plain values.

Every figure has a key ("dso", "aging 1-30", "week 2026-11-23"); under the same key stand the accounts that make it
up, and where the figure is an amount or a number, the accounts add up to it.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.cash_weeks import Forecast
from arctui.core.ledger import AGING_BUCKETS
from arctui.core.money import total
from arctui.core.trend import TrendPoint

#: The parts of the aging, in their order.
AGES = (*AGING_BUCKETS, "credits", "total")


class Row(msgspec.Struct, frozen=True):
    """One account's part in a figure: an amount or a number, and words for what it is made of."""

    account: str
    name: str
    amount: Decimal
    words: str = ""


class Behind(msgspec.Struct, frozen=True, kw_only=True):
    """The accounts behind a figure, the largest part first. `is_money`: the amounts are money, else numbers.

    `what` names the amounts; `words` say how the figure comes about.
    """

    title: str
    what: str
    rows: tuple[Row, ...]
    words: str = ""
    is_money: bool = True

    @property
    def sum(self) -> Decimal:
        """What the rows add up to."""
        return total(row.amount for row in self.rows)


class Exposure(msgspec.Struct, frozen=True, kw_only=True):
    """An account with much past due: what it owes net of credits, its limit and grade, where there are any."""

    account: str
    name: str
    past_due: Decimal
    days: int
    net: Decimal
    limit: Decimal | None = None
    grade: str = ""
    hold: bool = False

    @property
    def is_beyond(self) -> bool:
        """Does it owe more than its limit?"""
        return self.limit is not None and self.net > self.limit


class KeyFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A key figure: a number of days, a share in per cent, or a plain number; `missing` says why it is not known."""

    key: str
    name: str
    value: Decimal | None
    unit: str = ""
    words: str = ""
    missing: str = ""


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of one currency on a day. `aging` by AGES; `trend` ends today."""

    currency: str
    today: date
    aging: Mapping[str, Decimal]
    figures: tuple[KeyFigure, ...]
    trend: tuple[TrendPoint, ...]
    cash: Forecast | None
    exposures: tuple[Exposure, ...]
    behind: Mapping[str, Behind]
