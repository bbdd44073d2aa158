"""Which lines of a statement came in and which went out, where the amounts themselves may not tell.

Owns the words of both sides, and the proof by the running balance. Must not know the columns.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from arctui.core.money import ZERO, total
from arctui.core.text import fold
from arctui.exchange.report import ReportError, Subtotal

IN, OUT, UNTOLD = 1, -1, 0

_IN = {
    "credit", "credits", "cr", "c", "deposit", "deposits", "haben", "h", "gutschrift", "bij", "in", "eingang",
    "money in", "fpi", "bgc",
}  # fmt: skip
_OUT = {
    "debit", "debits", "dr", "d", "withdrawal", "withdrawals", "soll", "s", "lastschrift", "af", "out", "ausgang",
    "money out", "deb", "dd", "so", "fpo", "check paid", "fee",
}  # fmt: skip
_WORD = re.compile(r"[a-z]+")
#: "Debit card refund" came in: with such a word a side is none.
_TURNED = {"refund", "return", "returned", "reversal", "reversed", "correction", "adjustment", "storno"}


class UnsignedError(ReportError):
    """Nothing tells which lines of a statement came in: the clerk has to say it."""


class Entry(NamedTuple):
    """A line as it is written; `side` is what its words say, `balance` the account's after it (None: not told).

    `told`: columns of their own, or a sign that is written out, say whether it came in. `booked` is what moved the
    balance, where that is not the amount. A row that states a balance only has the amount nought.
    """

    row: int
    day: date
    amount: Decimal
    currency: str = ""
    side: int = UNTOLD
    told: bool = False
    booked: Decimal | None = None
    balance: Decimal | None = None

    @property
    def moved(self) -> Decimal:
        """What moved the balance."""
        return self.amount if self.booked is None else self.booked


def side_of(text: str, *, letters: bool = True) -> int:
    """Return the side that a cell names: "CREDIT", "Soll", "Af", "ACH_DEBIT"; UNTOLD where it names none.

    A single letter names one only in a column that is there for it: a type "D" may be a deposit as well.
    """
    whole = " ".join(_WORD.findall(fold(text)))
    if len(whole) == 1 and not letters:
        return UNTOLD
    if whole in _IN or whole in _OUT:
        return IN if whole in _IN else OUT
    words = set(whole.split())
    credit, debit = (
        bool(words & {"credit", "gutschrift", "deposit"}),
        bool(words & {"debit", "lastschrift", "withdrawal"}),
    )
    if credit == debit or words & _TURNED:
        return UNTOLD
    return IN if credit else OUT


def signed(entries: Sequence[Entry], amount_column: str) -> list[int]:
    """Return for each entry by which factor its amount is to be taken, UNTOLD where nothing tells it.

    The running balance proves the signs where each line has one; else they stand as they are written if any is
    written; else the words of each row tell. Raises UnsignedError where none of these says anything.
    """
    moving = [entry for entry in entries if entry.amount]
    if all(entry.told for entry in moving) or _fits(entries):
        return [IN] * len(entries)
    proven = _by_balance(entries)
    if proven:
        return proven
    if any(entry.amount < 0 or entry.told for entry in moving):
        return [UNTOLD if e.side == OUT and e.amount > 0 and not e.told else IN for e in entries]
    if not any(entry.side for entry in moving):
        name = amount_column.replace("'", "") or "Amount"
        raise UnsignedError(
            f"no amount has a sign, and no column says which lines came in: make '{name}' credit if all of them did "
            f"(--map '{name}=credit'), or name the column that tells (--map COLUMN=sign)"
        )
    return [entry.side if entry.amount else IN for entry in entries]


def proof_by_balance(entries: Sequence[Entry]) -> tuple[Subtotal, ...]:
    """Say whether the balance of the first line, with all further lines, is that of the last one.

    Statements begin with the oldest line or with the newest: it is the way in which more lines follow from the
    balance before them. Nothing is said of a statement without a balance on every line or in several currencies.
    """
    if not _has_balances(entries):
        return ()
    ordered = max((entries, entries[::-1]), key=_steps_that_fit)
    first, last = ordered[0], ordered[-1]
    counted = (first.balance or ZERO) + total(entry.moved for entry in ordered[1:])
    stated = last.balance or ZERO
    return (Subtotal(row=last.row, of="closing balance", currency=last.currency, stated=stated, counted=counted),)


def _has_balances(entries: Sequence[Entry]) -> bool:
    one_currency = len({entry.currency for entry in entries if entry.amount}) < 2
    return len(entries) > 1 and one_currency and all(entry.balance is not None for entry in entries)


def _deltas(ordered: Sequence[Entry]) -> list[Decimal]:
    """Return by how much each entry but the first moved the balance."""
    return [(after.balance or ZERO) - (before.balance or ZERO) for before, after in pairwise(ordered)]


def _steps_that_fit(ordered: Sequence[Entry]) -> tuple[int, bool]:
    fitting = sum(entry.moved == delta for entry, delta in zip(ordered[1:], _deltas(ordered), strict=True))
    return fitting, ordered[0].day <= ordered[-1].day


def _fits(entries: Sequence[Entry]) -> bool:
    """Does every balance follow from the one before it, with the amounts as they are written?"""
    return _has_balances(entries) and any(
        _steps_that_fit(ordered)[0] == len(entries) - 1 for ordered in (entries, entries[::-1])
    )


def _by_balance(entries: Sequence[Entry]) -> list[int]:
    """Return the factors that the running balance proves, [] where it proves none.

    The oldest line has no balance before it: its own sign tells, or its words.
    """
    if not _has_balances(entries):
        return []
    oldest_first = entries[0].day <= entries[-1].day
    found = []
    for ordered, forward in ((entries, True), (entries[::-1], False)):
        if entries[0].day != entries[-1].day and forward != oldest_first:
            continue
        deltas = _deltas(ordered)
        if any(abs(entry.moved) != abs(delta) for entry, delta in zip(ordered[1:], deltas, strict=True)):
            continue
        factors = [IN if e.moved == delta else OUT for e, delta in zip(ordered[1:], deltas, strict=True)]
        moving = {factor for factor, delta in zip(factors, deltas, strict=True) if delta}
        first = ordered[0]
        if not first.amount:
            begin = IN
        elif any(entry.amount < 0 for entry in entries):
            # Signs are written; where all others have to be turned, the bank writes them the other way round.
            begin = OUT if moving == {OUT} else IN
        else:
            begin = IN if first.told else first.side
        factors = [begin, *factors]
        found.append(factors if forward else factors[::-1])
    # Two ways to read it, and two meanings: it proves nothing.
    return found[0] if found and all(other == found[0] for other in found) else []
