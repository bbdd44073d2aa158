"""What is drawn with: the signs of Unicode, or of ASCII alone. The one place that decides it; knows no toolkit.

Views draw with Unicode. Where there is only ASCII each sign is replaced by one of its own width as it comes to the
screen (`only_these`), whatever drew it: a view, a border, a scrollbar. Letters of data stay as they are.
"""

import os
import re
import sys
from collections.abc import Callable

#: Terminals that have ASCII alone, and those whose letters have blocks and frames but no fine dots.
_ASCII_TERMINALS, _COARSE_TERMINALS = ("vt100", "vt102", "vt220", "dumb", "ansi"), ("linux",)
_ASCII_LOCALES = ("C", "POSIX")

_ARROWS = dict(zip("←↑→↓↔↕⇐⇒▲▼◀▶►◄△▽▴▾▸◂⏶⏷", "<^>v-|<>^v<>><^v^v><^v", strict=True))
_MARKS = dict(zip("…·•◦“”„‘’‚¤–—−‐‑×÷✓✔✗✘●○◉◎■□▪▫◆◇⭘━┃⎯", "~.*o\"\"\"'''*-----x/vvxx*ooo#.#.*.o=|-", strict=True))
#: Light lines, heavy ones and double ones; half lines too.
_LINES = {
    **dict.fromkeys("─┄┈╌╴╶╼╾╸╺┅┉╍", "-"),
    **dict.fromkeys("│┆┊╎╵╷╽╿╹╻┇┋╏║", "|"),
    "═": "=",
}
#: Blocks: full and half ones; what is drawn lightly differs from what is drawn fully.
_BLOCKS = {
    **dict.fromkeys("█▇▆▉▊▋▓", "#"),
    **dict.fromkeys("▅▄▌▐▍▖▗▘▝▚▞▙▛▜▟", "="),
    **dict.fromkeys("▁▂▃", "_"),
    **dict.fromkeys("▎▏▕🮇🮈🮉🮊🮋", "|"),
    **dict.fromkeys("▔▀🮂🮃🮄🮅🮆", "-"),
    "░": "-",
    "▒": "=",
}
#: A sign of two cells.
_WIDE = {"🔎": "? "}
_FINE_DOTS = dict.fromkeys(range(0x2801, 0x2900), "*") | {0x2800: " "}
_CORNERS = dict.fromkeys((n for n in range(0x2500, 0x2580) if chr(n) not in _LINES | _MARKS), "+")
_IN_ASCII: dict[int, str] = {
    **_FINE_DOTS,
    **_CORNERS,
    **{ord(sign): ascii_ for signs in (_ARROWS, _MARKS, _LINES, _BLOCKS, _WIDE) for sign, ascii_ in signs.items()},
    0xA0: " ",
}


#: Letters that are written from right to left, and from the first to the last of such letters that follow each other.
_FROM_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RUN = re.compile(f"[{_FROM_RIGHT}](?:[\\W\\d_{_FROM_RIGHT}]*[{_FROM_RIGHT}])?")
#: A letter from left to right that is not seen. What stands on both its sides is not drawn into one another.
_LEFT_TO_RIGHT = "\u200e"


class _Choice:
    """What the settings say: auto, unicode, ascii."""

    lines = "auto"


def choose(lines: str) -> None:
    """Draw as the settings say: with unicode, ascii, or what the terminal and the locale have (auto)."""
    _Choice.lines = lines


def only_ascii() -> bool:
    """Is everything to be drawn with ASCII?"""
    if _Choice.lines != "auto":
        return _Choice.lines == "ascii"
    # Python writes UTF-8 in the locale C too, so its name counts as well. LC_ALL comes before LC_CTYPE and LANG.
    locale = next((found for name in ("LC_ALL", "LC_CTYPE", "LANG") if (found := os.environ.get(name))), "")
    if locale in _ASCII_LOCALES:
        return True
    # The screen is written to the standard error, in its encoding.
    encoding = (getattr(sys.__stderr__, "encoding", None) or "utf-8").lower().replace("-", "").replace("_", "")
    return os.environ.get("TERM", "") in _ASCII_TERMINALS or not encoding.startswith("utf")


def of_terminal() -> Callable[[str], str]:
    """Return what makes a text one of the signs that are to be drawn with."""
    return in_ascii if only_ascii() else str


def is_coarse() -> bool:
    """Are lines to be drawn with letters, not with fine dots?"""
    return only_ascii() or (_Choice.lines == "auto" and os.environ.get("TERM", "") in _COARSE_TERMINALS)


def in_ascii(text: str) -> str:
    """Return a text in which each sign is one of ASCII, over as many cells; letters stay."""
    return text if text.isascii() else text.translate(_IN_ASCII)


def isolated(text: str) -> str:
    """Return a text in which nothing that is written from right to left draws in what stands beside it.

    Without that a terminal that turns such names would turn the amount behind them too. Terminals that cannot, and
    have a cell for each character, get the text as it is.
    """
    if not _RUN.search(text) or os.environ.get("TERM", "") in (*_ASCII_TERMINALS, *_COARSE_TERMINALS):
        return text
    return _RUN.sub(rf"{_LEFT_TO_RIGHT}\g<0>{_LEFT_TO_RIGHT}", text)
