"""The promises among the key figures: the short form of `core.promised`."""

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from arctui.core.period import Period
from arctui.core.promised import promised
from arctui.core.promises import Judged


class PromiseFigures(msgspec.Struct, frozen=True):
    """Promises decided in the period. Rates are shares from 0 to 1, None if none was decided."""

    kept: int
    partial: int
    broken: int
    kept_rate: Decimal | None
    kept_rate_amount: Decimal | None


def promise_figures(judged: Iterable[Judged], period: Period) -> PromiseFigures:
    """Count the promises of one currency decided in a period; open ones must not dilute the rate."""
    found = promised(judged, period.first, period.last)
    return PromiseFigures(
        found.kept, found.partial, found.broken, found.kept_rate.value, found.kept_rate_amount.value
    )
