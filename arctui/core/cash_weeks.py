"""Expected cash of the whole book by ISO week, plain and weighted; beside it what really came. Pure.

Amounts of two currencies are never added. The sums of an account can be taken out and put in again, exactly.
"""

from collections.abc import Hashable
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

import msgspec

from arctui.core.expected import EXPECTED, WEEKS_BACK, Outlook, Part, monday_of
from arctui.core.money import ZERO, cents, total
from arctui.core.track_record import Kept

#: For how many promises of its own the book's rate stands beside those of an account.
LENT = 4
#: Shares of a promise are exact to this, so that what was added can be taken out without a rest.
_EXACT = Decimal("0.000001")
_WEEK, _TO_SUNDAY = timedelta(days=7), timedelta(days=6)


def book_rate(kept: Kept) -> Decimal:
    """Return the share of its promises that the whole book keeps: (kept + 1) / (decided + 2).

    Laplace's rule of succession: one half where nothing is known, the plain rate where much is.
    """
    return Decimal(kept.kept + 1) / (kept.decided + 2)


def _shares(amount: Decimal, kept: Kept) -> tuple[Decimal, Decimal]:
    """Split a promise into what the account's own record lets expect, and what is to be taken times the book's rate.

    Its weight is (kept + 4 x rate of the book) / (decided + 4): the mean of a beta distribution that begins as the
    book's rate, counted like four promises, and is corrected by each promise that the account kept or did not
    ("additive smoothing"). One kept promise makes nobody sure, and from the fifth on the account's own word counts
    for more than the book's. Partly kept counts as not kept. In two shares, so that the rate of the book may change
    without every account being looked at again.
    """
    own = amount * kept.kept / (kept.decided + LENT)
    return own.quantize(_EXACT), (amount * LENT / (kept.decided + LENT)).quantize(_EXACT)


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """What is expected from one day to another (`last` None: from then on). `weighted`: promises by their weight."""

    first: date
    last: date | None
    promises: Decimal
    runs: Decimal
    due: Decimal
    weighted: Decimal

    @property
    def plain(self) -> Decimal:
        """All that is expected, each promise as if it were kept."""
        return self.promises + self.runs + self.due


class PastWeek(msgspec.Struct, frozen=True):
    """What came from one day to another, `inferred` of it on a day not known exactly; beside it what was promised."""

    first: date
    last: date
    came: Decimal
    inferred: Decimal
    promised: Decimal


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """The expected cash in one currency. `past` ends with this week up to today, `weeks` begin with it from today.

    `rate`: the share of promises that the whole book keeps. All of `weeks`, `later` and the undated rest are `open`.
    """

    currency: str
    rate: Decimal
    past: tuple[PastWeek, ...]
    weeks: tuple[Week, ...]
    later: Week
    undated: Decimal
    disputed: Decimal
    credits: Decimal

    @property
    def plain(self) -> Decimal:
        """What is expected in these weeks."""
        return total(w.plain for w in self.weeks)

    @property
    def weighted(self) -> Decimal:
        """The same, promises by their weight."""
        return total(w.weighted for w in self.weeks)

    @property
    def open(self) -> Decimal:
        """All that is open."""
        return self.plain + self.later.plain + self.undated + self.disputed + self.credits


_Key = TypeVar("_Key", bound=Hashable)


def _add(sums: dict[_Key, tuple[Decimal, ...]], key: _Key, amounts: tuple[Decimal, ...]) -> None:
    """Add amounts to those of a key; where nothing is left there is no key."""
    known = sums.get(key)
    added = tuple(a + b for a, b in zip(known, amounts, strict=True)) if known else amounts
    if any(added):
        sums[key] = added
    else:
        sums.pop(key, None)


class Sums:
    """The outlooks of many accounts added up by currency, part and day; what names no currency is in `home`."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._kept, self._decided = 0, 0
        self._coming: dict[tuple[str, Part, date | None], tuple[Decimal, ...]] = {}
        self._gone: dict[tuple[str, str, date], tuple[Decimal, ...]] = {}

    def put(self, outlook: Outlook, sign: int = 1) -> None:
        """Add an account, or with -1 take it out as it was added."""
        self._kept += sign * outlook.kept.kept
        self._decided += sign * outlook.kept.decided
        for coming in outlook.coming:
            amount = sign * coming.amount
            own, lent = _shares(amount, outlook.kept) if coming.part is Part.PROMISE else (amount, ZERO)
            _add(self._coming, (coming.currency or self._home, coming.part, coming.day), (amount, own, lent))
        for what, found in (("came", outlook.came), ("promised", outlook.promised)):
            for gone in found:
                amount = sign * gone.amount
                inferred = amount if gone.inferred else ZERO
                _add(self._gone, (gone.currency or self._home, what, gone.day), (amount, inferred))

    def forecasts(self, today: date, weeks: int) -> list[Forecast]:
        """Return the forecast of each currency, the home currency first: so many weeks, this one from today on."""
        named = {key[0] for key in self._coming} | {key[0] for key in self._gone}
        return [self._forecast(c, today, weeks) for c in sorted(named, key=lambda c: (c != self._home, c))]

    def _forecast(self, currency: str, today: date, weeks: int) -> Forecast:
        monday = monday_of(today)
        undated: dict[Part, Decimal] = {}
        by_week: dict[tuple[int, Part], tuple[Decimal, ...]] = {}
        for (name, part, day), sums in self._coming.items():
            if name == currency and day:
                _add(by_week, (min((day - monday).days // 7, weeks), part), sums)
            elif name == currency:
                undated[part] = sums[0]
        rate = book_rate(Kept(self._kept, self._decided))

        def week(number: int) -> Week:
            sums = {part: by_week.get((number, part), (ZERO, ZERO, ZERO)) for part in EXPECTED}
            return Week(
                first=max(today, monday + number * _WEEK),
                last=monday + number * _WEEK + _TO_SUNDAY if number < weeks else None,
                promises=sums[Part.PROMISE][0],
                runs=sums[Part.RUN][0],
                due=sums[Part.DUE][0],
                weighted=cents(total(own + rate * lent for _, own, lent in sums.values())),
            )

        return Forecast(
            currency=currency,
            rate=rate,
            past=tuple(self._past(currency, monday + n * _WEEK, today) for n in range(-WEEKS_BACK, 1)),
            weeks=tuple(week(n) for n in range(weeks)),
            later=week(weeks),
            undated=undated.get(Part.UNDATED, ZERO),
            disputed=undated.get(Part.DISPUTED, ZERO),
            credits=undated.get(Part.CREDIT, ZERO),
        )

    def _past(self, currency: str, first: date, today: date) -> PastWeek:
        last = min(first + _TO_SUNDAY, today)
        sums: dict[str, tuple[Decimal, ...]] = {}
        for (name, what, day), found in self._gone.items():
            if name == currency and first <= day <= last:
                _add(sums, what, found)
        came, promised = (sums.get(what, (ZERO, ZERO)) for what in ("came", "promised"))
        return PastWeek(first, last, came[0], came[1], promised[0])


#: What bars are drawn with: the weighted part, the rest of what is expected, what came, the mark of the promised.
BLOCKS, ASCII = ("█", "░", "▒", "|"), ("#", "-", "=", "|")


def largest(forecast: Forecast) -> Decimal:
    """Return the largest amount that a bar of the forecast stands for."""
    past = (max(w.came, w.promised) for w in forecast.past)
    return max([*past, *(w.plain for w in forecast.weeks), ZERO])


def bar(week: Week | PastWeek, most: Decimal, width: int, ink: tuple[str, str, str, str] = BLOCKS) -> str:
    """Draw a week as a bar, `width` characters long for `most`; what is not nothing gets one character at least."""
    sure, rest, came, mark = ink
    if isinstance(week, Week):
        whole = _length(week.plain, most, width)
        part = min(_length(week.weighted, most, width), whole)
        return sure * part + rest * (whole - part)
    drawn = came * _length(week.came, most, width)
    place = _length(week.promised, most, width)
    return drawn.ljust(place - 1)[: place - 1] + mark + drawn[place:] if place else drawn


def _length(amount: Decimal, most: Decimal, width: int) -> int:
    return max(1, round(amount * width / most)) if amount > 0 else 0
