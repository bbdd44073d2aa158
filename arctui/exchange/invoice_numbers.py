"""Invoice numbers found in a bank's text: as whole words, with leading zeros and marks forgiven. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache

from arctui.core.text import fold

#: Shorter numbers occur in any text by chance.
SHORTEST_NUMBER = 3
_PIECE = re.compile(r"\d+|[^\W\d_]+")


@lru_cache(maxsize=1 << 17)
def number_keys(number: str) -> tuple[str, ...]:
    """Return by what a number is looked for: its longest run of figures without zeros ahead, and all its figures."""
    runs = _runs(number)
    if not runs or len(number) < SHORTEST_NUMBER:
        return ()
    return tuple(dict.fromkeys((max(runs, key=len), *_runs("".join(re.findall(r"\d", number))))))


def text_keys(text: str) -> set[str]:
    """Return by what the numbers of a text are looked for."""
    return set(_runs(text))


def _runs(text: str) -> list[str]:
    return [run.lstrip("0") or "0" for run in re.findall(r"\d+", text)]


def named_in(number: str, text: str) -> bool:
    """Does a text name a number of three or more characters: as a whole word, or right behind letters ("INV1041")?"""
    keys = number_keys(number)
    if not keys or keys[0] not in text:
        return False
    pattern = _pattern(number)
    return pattern is not None and pattern.search(fold(text)) is not None


@lru_cache(maxsize=1 << 14)
def _pattern(number: str) -> re.Pattern[str] | None:
    pieces: Iterable[str] = _PIECE.findall(fold(number))
    told = list(pieces)
    if len(number) < SHORTEST_NUMBER or not any(piece.isdigit() for piece in told):
        return None
    first, rest = told[0], told[1:]
    if first.isdigit():
        # Not the cents of an amount, nor the end of a date or of a longer number.
        begin = rf"(?<!\d)(?<!\d[-/.,])0*{first.lstrip('0') or '0'}"
    else:
        begin = rf"(?<![^\W_]){re.escape(first)}"
    return re.compile(
        begin + "".join(rf"[\W_]{{0,2}}{re.escape(piece)}" for piece in rest) + r"(?![^\W_])(?![-/.,]\d)"
    )
