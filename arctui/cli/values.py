"""Values as the JSON documents of the commands write them; null is what is not known."""

from datetime import date
from decimal import Decimal
from typing import Any

from arctui.core.money import plain

Document = dict[str, Any]


def iso(day: date | None) -> str | None:
    """Write a day: "2026-11-20"."""
    return day.isoformat() if day else None


def money(amount: Decimal | None) -> str | None:
    """Write an amount as a text with two decimals: "1234.50"."""
    return plain(amount) if amount is not None else None


def number(value: Decimal | None, places: int = 2) -> float | None:
    """Write a figure that is no money."""
    return round(float(value), places) if value is not None else None
