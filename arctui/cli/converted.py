"""The one total of all currencies in `stats`, as a document and as lines, marked as what it is."""

from typing import Any

from arctui.cli.tables import table
from arctui.core import words as say
from arctui.core.money import grouped, plain
from arctui.core.rates import Converted


def document(total: Converted | None) -> dict[str, Any] | None:
    """Return the total as JSON has it, null where there is none or a rate is missing."""
    if total is None:
        return None
    return {
        "currency": total.currency,
        "total": None if total.total is None else plain(total.total),
        "past_due": None if total.past_due is None else plain(total.past_due),
        "rates": {c: f"{r.value:f}" if r else None for c, r in total.rates.items()},
    }


def lines(total: Converted | None) -> list[str]:
    """Return the total as lines, with the rates it was converted at."""
    if total is None:
        return []
    missing = [currency for currency, rate in total.rates.items() if rate is None]
    if total.total is None or total.past_due is None:
        return ["", f"converted: unknown, no rate for {', '.join(missing)}: arctui rate {missing[0]} RATE"]
    used = ", ".join(f"{r.currency} {r.value:f} of {say.short_day(r.since)}" for r in total.rates.values() if r)
    rows = [
        ("  total", grouped(total.total, total.currency)),
        ("  past due", grouped(total.past_due, total.currency)),
    ]
    return ["", f"all currencies, converted at the rates {used}", *table(rows, right=(1,))]
