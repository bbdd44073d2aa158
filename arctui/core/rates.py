"""One total of several currencies, at the rates that the clerk wrote down. Pure.

Accounts and all other figures stay in their own currencies: this total is for one line that is marked as converted.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.figures import Figures
from arctui.core.import_records import Rate
from arctui.core.ledger import AGING_BUCKETS
from arctui.core.money import ZERO, cents, total


class Converted(msgspec.Struct, frozen=True, kw_only=True):
    """What is owed in all currencies, in `currency`, None where a rate is missing; the `rates` of the others."""

    currency: str
    total: Decimal | None
    past_due: Decimal | None
    rates: dict[str, Rate | None]


def rate_on(rates: Iterable[Rate], currency: str, into: str, day: date) -> Rate | None:
    """Return the rate of a currency in force on a day, None if there is none; of one day's the one written last."""
    known = [r for r in rates if r.currency == currency and r.into == into and r.since <= day]
    return max(reversed(known), key=lambda r: r.since, default=None)


def converted(figures: Mapping[str, Figures], rates: Iterable[Rate], home: str, day: date) -> Converted | None:
    """Return the one total in the home currency; None where all is in it, or no rate was ever written down."""
    known = list(rates)
    others = [c for c in figures if c != home]
    if not others or not known:
        return None
    used = {c: rate_on(known, c, home, day) for c in others}
    values = {c: r.value for c, r in used.items() if r}
    if len(values) < len(others):
        return Converted(currency=home, total=None, past_due=None, rates=used)
    values[home] = Decimal(1)

    def sum_up(names: Iterable[str]) -> Decimal:
        wanted = tuple(names)
        return total(cents(total(f.aging.get(name, ZERO) for name in wanted) * values[c]) for c, f in figures.items())

    return Converted(currency=home, total=sum_up(["total"]), past_due=sum_up(AGING_BUCKETS[1:]), rates=used)
