"""The reasons that customers gave for not having paid, and what became of those conversations.

Only a call that is led by the script asks for the reason and keeps it; a line that logs a call carries none. Each
reason that was given in a conversation counts once for it.
"""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from arctui.core.known import Known
from arctui.core.money import ZERO
from arctui.core.promised import rate
from arctui.core.promises import Judged, Verdict
from arctui.core.records import Activity

_NONE_GIVEN = "no call of this time was led by the script, and only there reasons are noted"


class Excuse(msgspec.Struct, frozen=True, kw_only=True):
    """One reason, by its name in the playbook.

    `given`: in so many conversations; `customers`: who gave it and how often, by id, the most frequent first;
    `promises`: how many of the conversations ended in a promise, of which `decided` were kept or not by now, `kept`
    were kept whole; `kept_rate` = kept / decided. `amounts`: what was promised in them, `received` what of it came in
    time, by currency.
    """

    name: str
    given: int
    customers: tuple[tuple[str, int], ...]
    promises: int
    decided: int
    kept: int
    kept_rate: Known
    amounts: dict[str, Decimal]
    received: dict[str, Decimal]


class Excuses(msgspec.Struct, frozen=True):
    """The reasons given in a period, the most frequent first, and in how many of its conversations they could be.

    `led`: conversations that the script led, of all `conversations` with the person who can pay.
    `missing` says why none can be known, "" where they can.
    """

    found: tuple[Excuse, ...]
    conversations: int
    led: int

    @property
    def missing(self) -> str:
        """Why nothing is known of reasons, "" if something is."""
        return "" if self.led or self.found else _NONE_GIVEN


class _Given:
    def __init__(self) -> None:
        self.customers: Counter[str] = Counter()
        self.promises = self.decided = self.kept = 0
        self.amounts: dict[str, Decimal] = {}
        self.received: dict[str, Decimal] = {}


class ExcuseTally:
    """Counts the reasons of conversations, one by one."""

    def __init__(self) -> None:
        self._given: dict[str, _Given] = {}
        self._conversations = 0
        self._led = 0

    def add(self, talk: Activity, agreed: Sequence[Judged], *, promised: bool) -> None:
        """Count a conversation; `agreed` are the promises that it ended in, `promised` says whether it did."""
        self._conversations += 1
        self._led += talk.seconds is not None or bool(talk.excuses)
        for name in dict.fromkeys(talk.excuses):
            given = self._given.setdefault(name, _Given())
            given.customers[talk.account] += 1
            if not promised:
                continue
            given.promises += 1
            kept = was_kept(agreed)
            given.decided += kept is not None
            given.kept += kept is True
            for one in agreed:
                currency = one.promise.currency
                came = min(one.received, one.promise.amount)
                given.amounts[currency] = given.amounts.get(currency, ZERO) + one.promise.amount
                given.received[currency] = given.received.get(currency, ZERO) + came

    def figures(self) -> Excuses:
        """Return what was counted."""
        found = [
            Excuse(
                name=name,
                given=given.customers.total(),
                customers=tuple(given.customers.most_common()),
                promises=given.promises,
                decided=given.decided,
                kept=given.kept,
                kept_rate=rate(given.kept, given.decided, _none_decided(given)),
                amounts=given.amounts,
                received=given.received,
            )
            for name, given in self._given.items()
        ]
        found.sort(key=lambda e: (-e.given, e.name))
        return Excuses(tuple(found), self._conversations, self._led)


def _none_decided(given: _Given) -> str:
    if not given.promises:
        return "no promise followed"
    return "no promise that followed is decided yet"


def was_kept(agreed: Sequence[Judged]) -> bool | None:
    """Were all promises of one conversation kept? None while that is open, or where none of them stands."""
    standing = [one for one in agreed if one.live or one.missed or one.verdict is Verdict.KEPT]
    if any(one.missed for one in standing):
        return False
    return None if not standing or any(one.live for one in standing) else True
