"""Breaks a text into lines that have room: at blanks, between the letters of scripts without blanks, inside of a word
that is longer than a line. Nothing but the blanks at a break is lost.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

#: A line begins with none of these: small kana, marks of length and of repetition.
_NOT_FIRST = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々〻")
_WORD = re.compile(r"( *)([^ ]+)")
#: Sums of widths are not exact.
_ENOUGH = 1e-6


def broken(text: str, width: Callable[[str], float], room: float) -> list[str]:
    """Break a text without line breaks of its own. `width` measures a part of it, in the unit of `room`."""
    lines, line, used = list[str](), "", 0.0
    for blanks, piece in _pieces(text):
        wide = width(piece)
        gap = width(blanks) if blanks else 0.0
        if used + gap + wide <= room + _ENOUGH:
            line, used = line + blanks + piece, used + gap + wide
            continue
        if line.strip(" "):
            lines.append(line)
        while wide > room + _ENOUGH:
            end = _fitting(piece, width, room)
            if end == len(piece):
                break
            lines.append(piece[:end])
            piece = piece[end:]
            wide = width(piece)
        line, used = piece, wide
    return [*lines, line]


def longest_piece(text: str, width: Callable[[str], float]) -> float:
    """Return the width of the widest part that is not broken without need."""
    return max((width(piece) for _, piece in _pieces(text)), default=0.0)


def right_to_left(text: str) -> bool:
    """Is a text written from right to left? Its first letter that has a direction tells (UAX #9, P2)."""
    if text.isascii():
        return False
    found = (unicodedata.bidirectional(character) for character in text)
    return next((direction != "L" for direction in found if direction in ("L", "R", "AL")), False)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stays together, each with the blanks before it."""
    for found in _WORD.finditer(text):
        blanks, word = found.groups()
        if word.isascii():
            yield blanks, word
            continue
        begin = 0
        for end in range(1, len(word)):
            if _is_break(word[end - 1], word[end]):
                yield (blanks if begin == 0 else ""), word[begin:end]
                begin = end
        yield (blanks if begin == 0 else ""), word[begin:]


def _is_break(before: str, after: str) -> bool:
    """May a line end between two letters of scripts without blanks?"""
    if not (_is_wide(before) or _is_wide(after)) or after in _NOT_FIRST or _clings(after):
        return False
    return unicodedata.category(before) not in ("Ps", "Pi") and unicodedata.category(after) not in ("Pe", "Pf", "Po")


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def _clings(letter: str) -> bool:
    """Is it drawn with the letter before it?"""
    return letter in "\u200c\u200d" or unicodedata.category(letter) in ("Mn", "Mc", "Me")


def _fitting(word: str, width: Callable[[str], float], room: float) -> int:
    """Return how many letters of a word have room, by halves; at least one."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if width(word[:middle]) <= room + _ENOUGH:
            low = middle
        else:
            high = middle - 1
    end = low
    while end > 1 and end < len(word) and (_clings(word[end]) or word[end - 1] == "\u200d"):
        end -= 1
    if end == 1:  # the first letter with all that clings to it, even where that is too wide
        while end < len(word) and _clings(word[end]):
            end += 1
    return end
