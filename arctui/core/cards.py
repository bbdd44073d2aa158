"""Numbers that look like the number of a payment card: found in typed text, and hidden.

A number of 13 to 19 digits with the first digits and the length of a card scheme and a right check digit (Luhn,
ISO/IEC 7812-1): in any groups with blanks, one dash, dot or underscore between them, and in the groups in which it
stands on the card with any marks between them. Not found is one with letters or the end of a line within it, and one
in other groups that look like an amount, a day or a telephone number. It may be none: whoever finds one asks.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator
from itertools import accumulate

#: Fewer digits are never taken for a card.
_LEAST, _MOST = 13, 19
#: So many first digits stay legible: they tell whose card it is, not which.
_SHOWN = 6
#: Of a number still being typed so many digits are shown, and no more of it than these ever comes to disk.
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
#: In the groups in which it stands on the card (4-4-4-4, 4-4-4-4-3, 4-6-5, 4-6-4) any marks may stand between.
#: Two such numbers may share digits in a list of amounts, so both are looked ahead for.
_MARKS = r"(?:[^\w\r\n]|_)++"
_PRINTED = re.compile(
    rf"(?<!\d)(?=(\d{{4}}(?:(?:{_MARKS}\d{{4}}){{3}}(?:{_MARKS}\d{{3}}(?!\d))?"
    rf"|{_MARKS}\d{{6}}{_MARKS}\d{{4,5}})(?!\d)))"
)
#: The same while it is typed, from the eleventh digit on.
_PRINTED_PART = re.compile(
    rf"(?<!\d)(?=(\d{{4}}{_MARKS}(?:\d{{4}}{_MARKS}\d{{3,4}}(?:{_MARKS}\d{{1,4}}(?!\d)){{0,2}}"
    rf"|\d{{6}}{_MARKS}\d{{1,5}})(?!\d)))"
)
_RUN = re.compile(rf"\d(?:{_GAP}\d){{{_SHOWN_UNFINISHED},}}")
_GROUP = re.compile(r"\d+")
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
    together would tell the whole number. `unfinished`: the text is still being typed, so what begins as a card
    number does may become one, wherever in it: of that no more than ten digits are shown.
    """
    while found := [places[_SHOWN:] for _, places in _found(text, known)]:
        text = _hidden(text, {place for places in found for place in places})
    return _hidden(text, _unfinished(text, known)) if unfinished else text


def long_numbers(text: str) -> list[str]:
    """Return the digits of each number of more than ten digits, in whatever groups it was typed."""
    return [run.digits for run in (*_runs(text), *_printed(_PRINTED, text))]


def _hidden(text: str, places: Container[int]) -> str:
    return "".join("*" if place in places else character for place, character in enumerate(text))


class _Run:
    """Digits with nothing but gaps between them."""

    def __init__(self, text: str, at: int) -> None:
        groups = [group.span() for group in _GROUP.finditer(text)]
        #: Of any script, as 0 to 9.
        self.digits = "".join(str(int(digit)) for group in _GROUP.findall(text) for digit in group)
        self.places = [at + place for start, end in groups for place in range(start, end)]
        self.ends = list(accumulate(end - start for start, end in groups))
        self.starts = [0, *self.ends[:-1]]


def _runs(text: str) -> Iterator[_Run]:
    if _RUN.search(text):
        without = _without_accounts(_OTHER.sub(lambda match: "x" * len(match[0]), text))
        yield from (_Run(match[0], match.start()) for match in _RUN.finditer(without))


def _printed(pattern: re.Pattern[str], text: str) -> Iterator[_Run]:
    if pattern.search(text):
        yield from (_Run(match[1], match.start()) for match in pattern.finditer(_without_accounts(text)))


def _found(text: str, known: Container[str]) -> list[tuple[str, list[int]]]:
    """Return each number in its order, its digits and their places in the text."""
    found = list(_in_runs(text, known))
    taken = {place for _, places in found for place in places}
    for run in _printed(_PRINTED, text):
        stop = _first_end(run.digits, reversed(run.ends), known)
        if stop and taken.isdisjoint(run.places[:stop]):
            found.append((run.digits[:stop], run.places[:stop]))
            taken.update(run.places[:stop])
    return sorted(found, key=lambda number: number[1])


def _in_runs(text: str, known: Container[str]) -> Iterator[tuple[str, list[int]]]:
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
    return _first_end(run.digits, (*whole, *usual), known, start)


def _first_end(run: str, ends: Iterable[int], known: Container[str], start: int = 0) -> int:
    for stop in ends:
        digits = run[start:stop]
        if _is_card(digits) and digits not in known:
            return stop
    return 0


def _is_card(digits: str) -> bool:
    if not any(len(digits) in lengths and prefix.match(digits) for prefix, lengths in _SCHEMES):
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def _unfinished(text: str, known: Container[str]) -> set[int]:
    """Return the places to hide of all that may become a card number, or is one with a slip of the finger in it."""
    hidden = set[int]()
    for run in (*_runs(text), *_printed(_PRINTED_PART, text)):
        done = 0
        for start in run.starts:
            digits = run.digits[start : start + _MOST]
            if start < done or len(digits) <= _SHOWN_UNFINISHED or not _begins_card(digits):
                continue
            first = bisect_right(run.ends, start + _SHOWN_UNFINISHED)
            ends = run.ends[first : bisect_right(run.ends, start + _MOST)] or run.ends[first : first + 1]
            done = next((stop for stop in reversed(ends) if run.digits[start:stop] in known), 0)
            if not done:
                hidden.update(run.places[start + _SHOWN_UNFINISHED : start + _MOST])
    return hidden


def _begins_card(digits: str) -> bool:
    return any(prefix.match(digits) for prefix, _ in _SCHEMES)


def _without_accounts(text: str) -> str:
    """Return a text with crosses in the place of account numbers; all the rest is where it was."""
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
