"""Amounts as reports write them, and which mark splits off the cents in a file.

Owns the styles beyond `core.money`: Dr and Cr, lakhs, blanks and apostrophes between thousands. Must not know the
columns.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from typing import NamedTuple

from arctui.core.money import AmountError, cents, plain_amount
from arctui.exchange.currencies import without_currency
from arctui.exchange.report import ReportError

_CURRENCY = "¤"
# Nearly all amounts that are not plain are of these few forms, and a file may have a hundred thousand.
_USUAL = re.compile(r"([-(]?)[$€£]?(-?)([0-9](?:[0-9.,' ]*[0-9.,])?)(\)?-?) ?([DC][Rr])?")
_SIDE = re.compile(r"(?:([dc]r)\b\.? ?)?(.*?)(?: ?(?<![a-z])([dc]r)\.?)?", re.IGNORECASE)
_FRAME = re.compile(r"([^0-9.,]*)([0-9.,][0-9.,'’ ]*?)([^0-9.,]*)")
# What may stand before and behind the figures; is the amount negative?
_NEGATIVE = {
    ("", ""): False, ("+", ""): False, ("-", ""): True, ("", "-"): True, ("(", ")"): True, ("(-", ")"): True,
    ("(-)", ""): True,
}  # fmt: skip
_SIGNS_ONLY = str.maketrans({"−": "-", "–": "-", " ": None, _CURRENCY: None})
_BLANKS = r"[1-9]\d{0,2}(?:([ '])\d{3})(?:\1\d{3})*"
_LAKHS = r"[1-9]\d?(?:,\d\d)+,\d{3}"
_POINT = re.compile(rf"(?:\d+|[1-9]\d{{0,2}}(?:,\d{{3}})+|{_LAKHS}|{_BLANKS})(?:\.\d*)?|\.\d+", re.ASCII)
_COMMA = re.compile(rf"(?:\d+|[1-9]\d{{0,2}}(?:\.\d{{3}})+|{_BLANKS})(?:,\d*)?|,\d+", re.ASCII)
_NAMES = {".": "point", ",": "comma"}
# "1.234" and "1,234" alone: thousands, or three decimals.
_EITHER = {".": "?.", ",": "?,"}
_ASK = "say which mark stands before the cents with --decimal . or --decimal ,"


class ThirdDecimalError(AmountError):
    """An amount has a third decimal, which would be lost: it is thousands, or in no currency of cents."""


class Amounts(NamedTuple):
    """What a file's amounts show: the mark that splits off the cents, why in words, and those already read."""

    decimal_mark: str
    words: str
    read: dict[str, Decimal]


def read_amount(text: str, *, decimal_mark: str = ".") -> Decimal:
    """Read an amount in any style of an accounting export: `$-5.00`, `(5.00)`, `1'234.50`, `12,34,567.89`, `5.00 Cr`.

    Dr is positive, Cr negative. `decimal_mark` decides only where both readings are possible ("1,234"). Raises
    AmountError naming the text; also where a minus and a Cr stand together, or digits are not those of ASCII;
    ThirdDecimalError where there is a third decimal. More of them were computed, and are rounded.
    """
    amount, _mark = _read(text, decimal_mark)
    if amount is None:
        raise AmountError(f"'{text}' is no amount" if text.strip() else "the amount is missing")
    return _in_cents(text, amount)


def read_amounts(texts: Mapping[str, int], otherwise: str, *, told: str = "", written: str = "") -> Amounts:
    """Decide over all amounts of a file (each with its row's number) which mark splits off the cents.

    Any one that can be meant in one way only decides for all; whatever the clerk `told` comes before that. Where none
    decides, each has three digits behind its mark ("1.234"): thousands, if the policy's mark `otherwise` or that of
    the country in whose way the file is `written` is the other one. The words are "" where no amount has a mark.
    Raises ReportError where thousands or three decimals may be meant.
    """
    seen: dict[str, str] = {}
    read: dict[str, Decimal] = {}
    for text in texts:
        amount = plain_amount(text)
        if amount is not None:
            # As nearly all are: it has its cents already.
            read[text], mark = amount, _last_mark(text)
        else:
            amount, mark = _read_closely(text, otherwise)
            if amount is not None and mark not in _EITHER.values():
                with suppress(AmountError):
                    read[text] = _in_cents(text, amount)
        if mark not in seen:
            seen[mark] = text
    at = {mark: f"{text} in row {texts[text]}" for mark, text in seen.items()}
    either = at.get("?.") or at.get("?,", "")
    if told:
        return Amounts(told, f"{_NAMES[told]} before the cents, as you say" if at.keys() - {""} else "", read)
    if "." in at and "," in at:
        words = f"comma before the cents ({at[',']}) and point ({at['.']}), each read as it stands"
        policy = f"the policy's {_NAMES[otherwise]} before the cents is taken"
        return Amounts(otherwise, f"{words}; for {either} {policy}" if either else words, read)
    for mark in ".,":
        if mark in at:
            return Amounts(mark, f"{_NAMES[mark]} before the cents, {at[mark]} can be nothing else", read)
    return Amounts(*_of_thousands(at, otherwise, written), read) if either else Amounts(otherwise, "", read)


def _of_thousands(at: Mapping[str, str], policy: str, written: str) -> tuple[str, str]:
    """Return the mark before the cents, and why, of a file whose marked amounts all have three digits behind it."""
    both = [at[either] for either in _EITHER.values() if either in at]
    mark = "," if "?." in at else "."
    said = [who for who, has in (("the policy has", policy), ("the dates show", written)) if has == mark]
    ways = f"{' and '.join(both)} and all others can be meant in two ways"
    if len(both) > 1 or not said:
        raise ReportError(f"{ways}, as thousands or with three decimals: {_ASK}")
    return mark, f"{ways}: taken as thousands, as {said[0]} a {_NAMES[mark]} before the cents"


def _in_cents(text: str, amount: Decimal) -> Decimal:
    _, digits, exponent = amount.as_tuple()
    if exponent == -3 and digits[-1]:
        raise ThirdDecimalError(f"'{text}' has three decimals, and two are read")
    return cents(amount)


def _read(text: str, decimal_mark: str) -> tuple[Decimal | None, str]:
    """Return an amount with all its decimals, None if it is none, and the mark it shows: point, comma, neither (""),
    or either."""
    amount = plain_amount(text)
    return (amount, _last_mark(text)) if amount is not None else _read_closely(text, decimal_mark)


def _read_closely(text: str, decimal_mark: str) -> tuple[Decimal | None, str]:
    """Read an amount that is not plain, as `_read` does."""
    negative, figures = _parted(text)
    if negative is None:
        return None, ""
    amount = plain_amount(figures)
    if amount is not None:
        return -amount if negative else amount, _last_mark(figures)
    point, comma = _POINT.fullmatch(figures), _COMMA.fullmatch(figures)
    if not (point or comma):
        return None, ""
    mark = "." if point else ","
    if point and comma:
        mark = next((_EITHER[each] for each in _EITHER if each in figures), "")
    if mark == "," or (mark in _EITHER.values() and decimal_mark == ","):
        amount = Decimal(re.sub(r"[.' ]", "", figures).replace(",", "."))
    else:
        amount = Decimal(re.sub(r"[,' ]", "", figures))
    return -amount if negative else amount, mark


def _last_mark(plain: str) -> str:
    """Return the mark before the cents of a plain amount, "" if it has none."""
    for mark in (plain[-3:-2], plain[-2:-1]):
        if mark in {".", ","}:
            return mark
    return ""


def _parted(text: str) -> tuple[bool | None, str]:
    """Return whether an amount is negative (None: it is none), and its figures with their marks."""
    if usual := _USUAL.fullmatch(text):
        before, minus, figures, behind, side = usual.groups()
        negative = _NEGATIVE.get((before + minus, behind))
        sides = [side] if side else []
    else:
        around = _SIDE.fullmatch(" ".join(text.split()))
        framed = _FRAME.fullmatch(without_currency(around[2], _CURRENCY)) if around else None
        if not (around and framed):
            return None, ""
        sides = [side for side in (around[1], around[3]) if side]
        figures = framed[2].replace("’", "'")
        negative = _NEGATIVE.get((framed[1].translate(_SIGNS_ONLY), framed[3].translate(_SIGNS_ONLY)))
    if negative is None or (sides and (negative or len(sides) > 1)):
        return None, ""
    return negative or (bool(sides) and sides[0].casefold() == "cr"), figures
