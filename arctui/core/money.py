"""Amounts: exact decimals of two places, their reading and their writing.

A currency stands beside an amount, never inside it; amounts of two currencies are never added.
"""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
# Anything larger is a misread cell, not a debt.
_LARGEST = Decimal(10) ** 12

_SYMBOLS = "$€£¥₹₩₽₺₫₴₦฿¢"
_DECORATION = re.compile(rf"[{_SYMBOLS}\s\u00a0\u202f']|\b[A-Z]{{3}}\b")
_US_STYLE = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+")
_EU_STYLE = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d*)?|,\d+")
# Whichever mark splits off the cents elsewhere, these can be meant in one way only.
_PLAIN_POINT = re.compile(r"-?(?:\d{1,12}(?:\.\d\d?)?|\d{1,3}(?:,\d{3}){1,3}\.\d\d?)", re.ASCII)
_PLAIN_COMMA = re.compile(r"-?(?:\d{1,12}|\d{1,3}(?:\.\d{3}){1,3}),\d\d?", re.ASCII)


class AmountError(ValueError):
    """The text is no amount; the message says why."""


def cents(value: Decimal | int | str) -> Decimal:
    """Round to two places, halves away from zero.

    Raises AmountError for what is not finite or is larger than any debt (10^12).
    """
    try:
        amount = Decimal(value)
        if not amount.is_finite():
            raise AmountError(f"{value} is no amount of money")
        if abs(amount) >= _LARGEST:
            raise AmountError(f"{value} is too large: no debt has more than twelve figures")
        return amount.quantize(CENT, rounding=ROUND_HALF_UP)
    except InvalidOperation:
        raise AmountError(f"{value} is no amount") from None


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Add amounts of one currency."""
    return sum(amounts, ZERO)


def plain_amount(text: str) -> Decimal | None:
    """Read `1234.50`, `-1,234.5`, `1.234,50` or `1234` the quick way; None for whatever needs a closer look."""
    if _PLAIN_POINT.fullmatch(text):
        amount = Decimal(text.replace(",", ""))
    elif _PLAIN_COMMA.fullmatch(text):
        amount = Decimal(text.replace(".", "").replace(",", "."))
    else:
        return None
    return (amount if text[-3:-2] in {".", ","} else amount.quantize(CENT)) or ZERO


def parse_amount(text: str, *, decimal_mark: str = ".") -> Decimal:
    """Read an amount as accounting systems print it: `1,234.50`, `$-5.00`, `(5.00)`, `5.00-`, `1.234,50`.

    `decimal_mark` says which mark splits off the cents where both readings are possible ("1,234"); an amount
    that can only be meant the other way ("1.234,50" with a point as mark) is read that way.
    Raises AmountError naming the text.
    """
    quick = plain_amount(text)
    if quick is not None:
        return quick
    bare = _DECORATION.sub("", text)
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        negative, bare = True, bare[1:-1]
    for sign in "-−–":
        if bare.startswith(sign) or bare.endswith(sign):
            negative, bare = True, bare.strip(sign)
            break
    bare = bare.removeprefix("+")
    us, eu = _US_STYLE.fullmatch(bare), _EU_STYLE.fullmatch(bare)
    if not bare.isascii() or not (us or eu):
        raise AmountError(f"'{text.strip()}' is no amount" if text.strip() else "the amount is missing")
    if us and (decimal_mark == "." or not eu):
        plain = bare.replace(",", "")
    else:
        plain = bare.replace(".", "").replace(",", ".")
    amount = cents(plain)
    return -amount if negative else amount


def plain(amount: Decimal) -> str:
    """Write an amount for machines: `1234.50`, never `-0.00`."""
    return f"{amount + 0:.2f}" if amount else "0.00"


def grouped(amount: Decimal, currency: str = "") -> str:
    """Write an amount for people: `1,234.50`, with its currency's code where one is given: `1,234.50 EUR`."""
    text = f"{amount + 0:,.2f}" if amount else "0.00"
    return f"{text} {currency}" if currency else text
