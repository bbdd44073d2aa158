"""The vocabulary of the capture line: outcome codes, ways of paying, amounts, hours."""

import re
from datetime import time
from decimal import Decimal

from arctui.core.capture.reading import ProblemError
from arctui.core.money import AmountError, cents, parse_amount
from arctui.core.records import Method, Outcome
from arctui.core.text import fold

CODES = {
    "wbp": Outcome.PROMISE,
    "ptp": Outcome.PROMISE,
    "promise": Outcome.PROMISE,
    "promised": Outcome.PROMISE,
    "na": Outcome.NO_ANSWER,
    "busy": Outcome.BUSY,
    "lvm": Outcome.VOICEMAIL,
    "voicemail": Outcome.VOICEMAIL,
    "wn": Outcome.WRONG_NUMBER,
    "gk": Outcome.GATEKEEPER,
    "gatekeeper": Outcome.GATEKEEPER,
    "cb": Outcome.CALLBACK,
    "callback": Outcome.CALLBACK,
    "paid": Outcome.PAID,
    "ref": Outcome.REFUSED,
    "refused": Outcome.REFUSED,
    "dsp": Outcome.DISPUTE,
    "dispute": Outcome.DISPUTE,
    "wd": Outcome.WITHDRAWN,
    "withdrawn": Outcome.WITHDRAWN,
}

METHODS = {
    "check": Method.CHECK,
    "cheque": Method.CHECK,
    "chk": Method.CHECK,
    "chq": Method.CHECK,
    "ck": Method.CHECK,
    "mail": Method.CHECK,
    "ach": Method.TRANSFER,
    "wire": Method.TRANSFER,
    "transfer": Method.TRANSFER,
    "bank": Method.TRANSFER,
    "eft": Method.TRANSFER,
    "sepa": Method.TRANSFER,
    "bacs": Method.TRANSFER,
    "card": Method.CARD,
    "credit": Method.CARD,
    "cc": Method.CARD,
}

#: Words that carry nothing between the parts of a line.
FILLERS = frozenset("by on via at from with of for the and dollar dollars euro euros pound pounds".split())

#: Currencies that people name in a line; no one is called so.
CURRENCIES = frozenset(
    {"USD", "EUR", "GBP", "CAD", "AUD", "NZD", "CHF", "JPY", "INR", "SEK", "NOK", "DKK", "PLN", "MXN"}
)

TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "mr.", "mrs.", "ms.", "dr."})

_FRACTIONS = {"half": "half", "rest": "rest", "all": "all", "full": "all", "everything": "all"}
_SYMBOL_CURRENCY = {"€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₺": "TRY", "₩": "KRW"}
_AMOUNT = re.compile(r"[$€£¥₹₽₺₩]?(?=[\d.,]*\d)[\d.,']+(k|K)?[$€£¥₹₽₺₩]?")
_PLAIN_DAY = re.compile(r"\d{1,2}")
_HOUR = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a|p|h)?")
_MAX_DAY = 31


def is_plain_number(word: str) -> bool:
    """Is it a bare whole number up to 31, so perhaps a day of the month?"""
    return bool(_PLAIN_DAY.fullmatch(word)) and 1 <= int(word) <= _MAX_DAY


def fraction(word: str) -> str:
    """Return "half", "rest" or "all" for a word that means it, else ""."""
    return _FRACTIONS.get(fold(word), "")


def read_amount(word: str, currency: str, decimal_mark: str) -> Decimal | None:
    """Read an amount (1200, 1,200.50, $1200, 1.2k), None if the word is none.

    Raises ProblemError for a symbol of another currency than the account's, and for what only looks like an amount.
    """
    match = _AMOUNT.fullmatch(word)
    if match is None:
        return None
    for symbol, code in _SYMBOL_CURRENCY.items():
        if symbol in word and currency and code != currency:
            raise ProblemError(f"'{word}': this account owes {currency}")
    try:
        if match[1]:
            return cents(parse_amount(re.sub("[kK]", "", word), decimal_mark=decimal_mark) * 1000)
        if re.search(rf"[{decimal_mark}]\d\d\d+\D*$", word) and not word.rstrip("0").endswith(decimal_mark):
            raise AmountError(f"'{word}': is it thousands or cents? write it without marks, or with two cents")
        return parse_amount(word, decimal_mark=decimal_mark)
    except AmountError as error:
        raise ProblemError(str(error)) from None


def looks_like_hour(word: str) -> bool:
    """Could the word be an hour of the day (10:30, 3pm, 15h, noon, 9)?"""
    match = _HOUR.fullmatch(fold(word))
    return fold(word) in ("noon", "midday") or bool(match and int(match[1]) < 25)


def read_hour(word: str, after: str = "") -> tuple[time, int, str] | None:
    """Read an hour (10:30, 3pm, 15h, "3 pm", noon): the time, how many words it took, and what to warn of.

    A bare number from 1 to 7 is meant in the afternoon, and that is said. None if the word is no hour.
    Raises ProblemError for an hour that does not exist.
    """
    low = fold(word)
    if low in ("noon", "midday"):
        return time(12, 0), 1, ""
    match = _HOUR.fullmatch(low)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "")[:1]
    used = 1
    if not half and fold(after) in ("am", "pm"):
        half, used = fold(after)[0], 2
    warning = ""
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            raise ProblemError(f"there is no hour {word}")
        hour = hour % 12 + (12 if half == "p" else 0)
    elif not match[2] and half != "h" and 1 <= hour <= 7:
        hour += 12
        warning = f"{word} is read as {hour}:00"
    if hour > 23 or minute > 59:
        raise ProblemError(f"there is no hour {word}")
    return time(hour, minute), used, warning
