"""What the values of a column say that it is: dates, amounts, e-mails, codes, names.

Owns what a value looks like. Must not know what the column is called.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from arctui.core.money import AmountError, parse_amount
from arctui.exchange.dates import DateError, read_date

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"(?:[A-Za-z]{2,9}: ?)?\+?[\d\s()/.-]{6,}(?:(?:x|ext)\.? ?\d+)?.*")
_DIALLED = re.compile(r"[+(]|\d[\s-]|\d\.\d+\.\d")
_MONEY = re.compile(r"\d[.,]\d{2}(?!\d)|[$€£₹]")
_CODE = re.compile(r"[^\W\d_]{0,5}[-/. ]?\d[\w/.-]*")
_SIGNS = frozenset({"s", "h", "d", "c", "dr", "cr", "soll", "haben", "debit", "credit", "+", "-", "a", "wn", "ma"})
_SIDE = re.compile(r"\s*\b(?:dr|cr|[sh])\.?$", re.IGNORECASE)
_LONGEST_VALUE = 40
#: So large a share of a column's cells makes it what they are.
MOST = 0.8
_MANY = 0.5
_LONGEST_CODE = 10
_SHORTEST_PHONE = 9


class Values(NamedTuple):
    """Shares, of the filled cells of a column, of what they are; `filled` is their share of all its cells.

    `dialled`: written as only phone numbers are; `different`: how many different ones there are.
    """

    filled: float = 0.0
    dates: float = 0.0
    amounts: float = 0.0
    money: float = 0.0
    whole: float = 0.0
    emails: float = 0.0
    phones: float = 0.0
    dialled: float = 0.0
    currencies: float = 0.0
    codes: float = 0.0
    digits: float = 0.0
    letters: float = 0.0
    distinct: float = 0.0
    different: int = 0
    length: float = 0.0
    sides: bool = False


def is_date(text: str) -> bool:
    """Say whether a cell is a date in any order of day and month."""
    if not 6 <= len(text) <= _LONGEST_VALUE or not any(map(str.isdigit, text)):
        return False
    if text.isdigit() and len(text) != len("20260930"):
        return False
    for month_first in (False, True):
        try:
            return read_date(text, month_first=month_first) is not None
        except DateError:
            continue
    return False


def is_amount(text: str) -> bool:
    """Say whether a cell is an amount, with its side (Dr, Cr) or without."""
    if len(text) > _LONGEST_VALUE or not any(map(str.isdigit, text)):
        return False
    try:
        parse_amount(_SIDE.sub("", text))
    except AmountError:
        return False
    return True


def is_value(text: str) -> bool:
    """Say whether a cell can be no heading: a date, an amount, an email address."""
    return is_amount(text) or is_date(text) or bool(_EMAIL.fullmatch(text))


def values_of(cells: Sequence[str]) -> Values:
    """Look at the cells of a column."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return Values()

    def share(count: int) -> float:
        return count / len(filled)

    def shaped(pattern: re.Pattern[str]) -> float:
        return share(sum(bool(pattern.fullmatch(cell)) for cell in filled))

    dates = [cell for cell in filled if is_date(cell)]
    amounts = [cell for cell in filled if is_amount(cell)]
    different = {cell.casefold() for cell in filled}
    return Values(
        filled=len(filled) / len(cells),
        dates=share(len(dates)),
        amounts=share(len(amounts)),
        money=share(sum(bool(_MONEY.search(cell)) for cell in amounts)),
        whole=share(sum(cell.isdigit() for cell in filled)),
        emails=share(sum(bool(_EMAIL.search(cell)) for cell in filled)),
        phones=shaped(_PHONE),
        dialled=share(sum(len(c) >= _SHORTEST_PHONE and bool(_DIALLED.search(c)) for c in filled)),
        currencies=share(sum(len(c) == 3 and c.isascii() and c.isalpha() and c.isupper() for c in filled)),
        codes=shaped(_CODE),
        digits=share(sum(any(map(str.isdigit, cell)) for cell in filled)),
        letters=share(sum(sum(map(str.isalpha, cell)) >= 2 for cell in filled)),
        distinct=share(len(different)),
        different=len(different),
        length=sum(map(len, filled)) / len(filled),
        sides=different <= _SIGNS and len(different) <= 2,
    )


def agrees(field: str, values: Values) -> bool | None:
    """Say whether values can be those of a field; None where they say nothing."""
    if not values.filled:
        return None
    check = _CHECKS.get(field)
    return check(values) if check else values.dates < MOST


def _money(values: Values) -> bool:
    return values.amounts >= MOST and (values.dates < MOST or values.money > 0)


def _name(values: Values) -> bool:
    others = (values.dates, values.emails, values.amounts, values.codes, values.phones)
    return max(others) < MOST and values.letters >= _MANY


def _number(values: Values) -> bool:
    return values.digits >= _MANY and max(values.dates, values.emails, values.money) < _MANY


def _dates(values: Values) -> bool:
    # DATEV writes 03082026: eight digits that are a date in no other order.
    return values.dates >= MOST


def _words(values: Values) -> bool:
    return max(values.dates, values.amounts, values.emails) < MOST


_CHECKS: dict[str, Callable[[Values], bool]] = {
    "customer": _name,
    "payer": _name,
    "customer_number": lambda v: (
        max(v.dates, v.emails, v.money) < _MANY and (v.codes >= _MANY or v.length <= _LONGEST_CODE)
    ),
    "number": _number,
    "invoice": lambda v: v.digits >= _MANY and max(v.dates, v.emails, v.money) < _MANY,
    "kind": lambda v: (_words(v) and v.distinct <= _MANY) or (v.letters >= MOST and v.length < 20),
    "issued": _dates,
    "due": _dates,
    "day": _dates,
    "amount": _money,
    "balance": _money,
    "paid": _money,
    "debit": _money,
    "credit": _money,
    "credit_limit": _money,
    "sign": lambda v: v.sides,
    "currency": lambda v: v.currencies >= MOST or (max(v.dates, v.amounts) < _MANY and v.length <= 24),
    "status": _words,
    "method": _words,
    "words": _words,
    "memo": lambda v: max(v.dates, v.emails) < MOST,
    "person": lambda v: _words(v) and v.codes < MOST,
    "first_name": _words,
    "last_name": _words,
    "role": _words,
    "country": _words,
    "phone": lambda v: v.phones >= _MANY or (v.digits >= _MANY and max(v.dates, v.emails, v.money) < _MANY),
    "email": lambda v: v.emails >= _MANY,
}
