"""Numbers that look like the number of a payment card: found in typed text, and hidden.

A number of 13 to 19 digits with the first digits and the length of a card scheme and a right check digit (Luhn,
ISO/IEC 7812-1), in whatever groups it was typed. It may be none: whoever finds one asks.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from itertools import accumulate

#: Fewer digits are never taken for a card.
_LEAST, _MOST = 13, 19
#: So many first digits stay legible: they tell whose card it is, not which.
_SHOWN = 6
#: A number still being typed is hidden from here on, so that no more than this of it ever comes to disk.
_SHOWN_UNFINISHED = 10
_LONG = range(16, _MOST + 1)
#: How a scheme's numbers begin, and how long they are.
_SCHEMES: tuple[tuple[re.Pattern[str], Container[int]], ...] = tuple(
    (re.compile(prefix), lengths)
    for prefix, lengths in (
        ("4", (13, 16, 19)),  # Visa
        ("5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720", (16,)),  # Mastercard
        ("3[47]", (15,)),  # American Express
        ("6011|64[4-9]|65", _LONG),  # Discover
        ("35(?:2[89]|[3-8])", _LONG),  # JCB
        ("30[0-5]|3[689]", range(14, _MOST + 1)),  # Diners Club
        ("62", _LONG),  # UnionPay
        ("50|5[6-8]|63|67", range(_LEAST, _MOST + 1)),  # Maestro and the national cards beside it
    )
)
#: The usual lengths: a number of this length is found although its end is glued to further digits (a date, a code).
_USUAL = (16, 15)

_BLANK = r"[ \t\xa0\xad\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]*+"
#: What may stand between two digits of one number: blanks of any kind, one dash, dot or underscore.
_GAP = rf"{_BLANK}[-._\u00b7\u2010-\u2015\u2212\uff0d\uff0e]?{_BLANK}"
_RUN = re.compile(rf"\d(?:{_GAP}\d){{{_SHOWN_UNFINISHED},}}")
_GROUP = re.compile(r"\d+")
_REST = re.compile(_GAP)
_BEFORE, _AFTER = r"(?<!\d)(?<!\d[-.])", r"(?!\d|[-.]\d)"
#: What looks otherwise, so is no part of such a number: days, amounts, telephone numbers.
_OTHER = re.compile(
    rf"{_BEFORE}(?:19|20)\d\d-[01]\d-[0-3]\d{_AFTER}"
    rf"|{_BEFORE}[0-3]?\d(?P<a>[-.])[0-3]?\d(?P=a)(?:19|20)\d\d{_AFTER}"
    rf"|{_BEFORE}\d{{1,9}}\.\d\d{_AFTER}"
    rf"|{_BEFORE}\d{{3}}(?P<b>[-.])\d{{3}}(?P=b)\d{{4}}{_AFTER}"
    rf"|\+\d(?:{_GAP}\d){{6,14}}?(?!\d)"
)
_IBAN = re.compile(r"\b[A-Za-z]{2}\d\d(?=[ A-Za-z\d]{11})")
_PART = re.compile(r" ?[A-Za-z\d]+")
_IBAN_LENGTHS = range(15, 35)


def card_numbers(text: str, known: Container[str] = ()) -> list[str]:
    """Return the digits of what looks like a card number, in order; without numbers that are `known` to be none.

    Where digits stand before or behind it in the same run, the groups as they were typed decide: the longest number
    that begins with a group and ends with one; else one of the usual length that begins with a group.
    """
    return [digits for digits, _ in _found(text, known)]


def masked(text: str, known: Container[str] = (), *, unfinished: bool = False) -> str:
    """Return a text with all but the first six digits of what looks like a card number hidden.

    The last digits are hidden, too: while a line is typed its earlier states come to disk, and beginning and end
    together would tell the whole number. `unfinished`: the text is still being typed, so the number at its end may
    become one; of that no more than ten digits are shown.
    """
    while found := [places[_SHOWN:] for _, places in _found(text, known)]:
        text = _hidden(text, {place for places in found for place in places})
    return _hidden(text, _unfinished(text, known)) if unfinished else text


def long_numbers(text: str) -> list[str]:
    """Return the digits of each number of more than ten digits, in whatever groups it was typed."""
    return [run.digits for run in _runs(text)]


def _hidden(text: str, places: Container[int]) -> str:
    return "".join("*" if place in places else character for place, character in enumerate(text))


class _Run:
    """Digits with nothing but gaps between them."""

    def __init__(self, match: re.Match[str]) -> None:
        groups = [group.span() for group in _GROUP.finditer(match[0])]
        #: Of any script, as 0 to 9.
        self.digits = "".join(str(int(digit)) for group in _GROUP.findall(match[0]) for digit in group)
        self.places = [match.start() + place for start, end in groups for place in range(start, end)]
        self.ends = list(accumulate(end - start for start, end in groups))
        self.starts = [0, *self.ends[:-1]]


def _runs(text: str) -> Iterator[_Run]:
    if _RUN.search(text):
        yield from map(_Run, _RUN.finditer(_without_others(text)))


def _found(text: str, known: Container[str]) -> Iterator[tuple[str, list[int]]]:
    """Yield each number, its digits and their places in the text."""
    for run in _runs(text):
        done = 0
        for first in run.starts:
            start = max(first, done)
            while stop := _end(run, start, known):
                yield run.digits[start:stop], run.places[start:stop]
                # Whatever stands behind it may be the next, also where it is glued to it.
                start = done = stop


def _end(run: _Run, start: int, known: Container[str]) -> int:
    """Return where the number ends that begins at a digit, 0 if none does."""
    ends = run.ends
    whole = reversed(ends[bisect_left(ends, start + _LEAST) : bisect_right(ends, start + _MOST)])
    usual = [start + length for length in _USUAL if start + length < len(run.digits)]
    for stop in (*whole, *usual):
        digits = run.digits[start:stop]
        if _is_card(digits) and digits not in known:
            return stop
    return 0


def _is_card(digits: str) -> bool:
    if not any(len(digits) in lengths and prefix.match(digits) for prefix, lengths in _SCHEMES):
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def _unfinished(text: str, known: Container[str]) -> list[int]:
    """Return the places to hide of the number at the end of a text that may become a card number."""
    for run in _runs(text):
        if not _REST.fullmatch(text, run.places[-1] + 1):
            continue
        for start in run.starts:
            digits = run.digits[start:]
            if _SHOWN_UNFINISHED < len(digits) <= _MOST and digits not in known and _may_become_card(digits):
                return run.places[start + _SHOWN_UNFINISHED :]
    return []


def _may_become_card(digits: str) -> bool:
    longer = range(len(digits) + 1, _MOST + 1)
    return any(prefix.match(digits) and any(n in lengths for n in longer) for prefix, lengths in _SCHEMES)


def _without_others(text: str) -> str:
    """Return a text with crosses in the place of what looks otherwise; all the rest is where it was."""
    text = _OTHER.sub(lambda match: "x" * len(match[0]), text)
    for head in _IBAN.finditer(text):
        end = _iban_end(text, head.start())
        text = text[: head.start()] + "x" * (end - head.start()) + text[end:]
    return text


def _iban_end(text: str, start: int) -> int:
    """Return where the account number (IBAN, ISO 13616: mod 97 is 1) ends that begins here, `start` if it is none."""
    written, place = "", start
    while len(written) < _IBAN_LENGTHS.stop and (part := _PART.match(text, place)):
        written, place = written + part[0].strip(), part.end()
        if len(written) in _IBAN_LENGTHS and written.isascii():
            number = "".join(str(int(c, 36)) for c in written[4:] + written[:4])
            if int(number) % 97 == 1:
                return place
    return start
