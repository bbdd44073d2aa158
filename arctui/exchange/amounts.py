"""Amounts as reports write them, and which mark splits off the cents in a file.

Owns the styles beyond `core.money`: Dr and Cr, lakhs, blanks and apostrophes between thousands. Must not know the
columns.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from arctui.core.money import AmountError, cents, plain_amount
from arctui.exchange.currencies import without_currency

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
# "1,234" alone: what it shows of the mark.
_EITHER = "?"


class Amounts(NamedTuple):
    """What a file's amounts show: the mark that splits off the cents, why in words, and those already read."""

    decimal_mark: str
    words: str
    read: dict[str, Decimal]


def read_amount(text: str, *, decimal_mark: str = ".") -> Decimal:
    """Read an amount in any style of an accounting export: `$-5.00`, `(5.00)`, `1'234.50`, `12,34,567.89`, `5.00 Cr`.

    Dr is positive, Cr negative. `decimal_mark` decides only where both readings are possible ("1,234"). Raises
    AmountError naming the text; also where a minus and a Cr stand together, or digits are not those of ASCII.
    """
    amount, _mark = _read(text, decimal_mark)
    if amount is None:
        raise AmountError(f"'{text}' is no amount" if text.strip() else "the amount is missing")
    return amount


def read_amounts(texts: Mapping[str, int], otherwise: str) -> Amounts:
    """Decide over all amounts of a file (each with its row's number) which mark splits off the cents.

    Any one that can be meant in one way only decides for all. `otherwise` is the policy's mark, for where none
    decides or they disagree; the words are "" where no amount has a mark.
    """
    seen: dict[str, str] = {}
    read: dict[str, Decimal] = {}
    for text in texts:
        try:
            amount, mark = _read(text, otherwise)
        except AmountError:
            continue
        if mark not in seen:
            seen[mark] = text
        if amount is not None and mark != _EITHER:
            read[text] = amount
    at = {mark: f"{text} in row {texts[text]}" for mark, text in seen.items()}
    policy = f"the policy's {_NAMES[otherwise]} before the cents is taken"
    either = at.get(_EITHER, "")
    if "." in at and "," in at:
        words = f"comma before the cents ({at[',']}) and point ({at['.']}), each read as it stands"
        return Amounts(otherwise, f"{words}; for {either} {policy}" if either else words, read)
    for mark in ".,":
        if mark in at:
            return Amounts(mark, f"{_NAMES[mark]} before the cents, {at[mark]} can be nothing else", read)
    return Amounts(otherwise, f"{either} and all others can be meant in two ways: {policy}" if either else "", read)


def _read(text: str, decimal_mark: str) -> tuple[Decimal | None, str]:
    """Return an amount, None if it is none, and the mark it shows: point, comma, neither (""), or either."""
    amount = plain_amount(text)
    if amount is not None:
        return amount, _last_mark(text)
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
        mark = _EITHER if "." in figures or "," in figures else ""
    if mark == "," or (mark == _EITHER and decimal_mark == ","):
        amount = cents(re.sub(r"[.' ]", "", figures).replace(",", "."))
    else:
        amount = cents(re.sub(r"[,' ]", "", figures))
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
