"""Phone numbers as people write them: which two are the same. Knows no country's numbering plan."""

import re

#: Fewer digits are an extension, not a number that can be called from outside.
FEWEST_DIGITS = 7
#: A number with more digits has its area's code.
_MOST_LOCAL_DIGITS = 8
_EXTENSION = re.compile(r"[\s,]*(?:x|ext\.?|extension|#)\s*(\d+)$", re.IGNORECASE)
_NUMBER = re.compile(r"[+()\d\s./-]+")


def split_extension(phone: str) -> tuple[str, str]:
    """Part a number from its extension: "555 0142 x12" is ("555 0142", "12")."""
    found = _EXTENSION.search(phone)
    return (phone[: found.start()], found[1]) if found else (phone, "")


def is_phone(text: str) -> bool:
    """Is the text nothing but a phone number, with its extension if it has one?"""
    number, _ = split_extension(text)
    return bool(_NUMBER.fullmatch(number)) and len(_digits(number)) >= FEWEST_DIGITS


def same_phone(one: str, other: str) -> bool:
    """Are two ways of writing one number? One of them may lack the code of the country or of the area."""
    (digits_a, extension_a), (digits_b, extension_b) = _bare(one), _bare(other)
    short, long = sorted((digits_a, digits_b), key=len)
    if extension_a != extension_b:
        return False
    national = short.lstrip("0")
    return short == long or (len(national) >= FEWEST_DIGITS and long.endswith(national))


def bars(struck: str, listed: str) -> bool:
    """Does a number that was found wrong keep out a listed one? One without an area code only keeps out itself."""
    digits, _ = _bare(struck)
    if len(digits.lstrip("0")) <= _MOST_LOCAL_DIGITS:
        return _bare(struck) == _bare(listed)
    return same_phone(struck, listed)


def _bare(phone: str) -> tuple[str, str]:
    number, extension = split_extension(phone)
    return _digits(number), extension


def _digits(text: str) -> str:
    return "".join(c for c in text if c in "0123456789")
