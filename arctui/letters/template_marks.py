"""What is wrong with the marks of a template that cannot be read: told where it begins, in the words of a letter."""

import re
from collections.abc import Iterator

_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_MARK = re.compile(r"\{\{|\{%|\{#")
_WORD = re.compile(r"\{%[-+]?\s*(\w+)")
#: What has an end, and what that is called.
_CLOSED_BY = {"if": "endif", "for": "endfor"}
_UNKNOWN, _GOT = re.compile(r"unknown tag '(\w+)'"), re.compile(r", got '([^']*)'")


def misread(text: str, said: str, line: int) -> tuple[int, str]:
    """Return the line of what is wrong with a template, and what it is.

    `said`, `line`: what its reader said, in its own terms, and where it stopped.
    """
    for start, end in _pieces(text):
        if end < 0:
            mark = text[start : start + 2]
            return _line(text, start), f"'{mark}' is not closed by '{_ENDS[mark]}'"
    if said.startswith("Unexpected end of template"):
        for start, word in reversed(list(_open(text))):
            return _line(text, start), f"{{% {word} %}} is not closed by {{% {_CLOSED_BY[word]} %}}"
    if unknown := _UNKNOWN.search(said):
        if unknown[1] in (*_CLOSED_BY.values(), "else", "elif"):
            return line, f"{{% {unknown[1]} %}} does not fit what is open where it stands"
        return line, f"there is nothing called {{% {unknown[1]} %}}: if and for are"
    got = _GOT.search(said)
    if got and not got[1].startswith(("end of", "begin of")):
        return line, f"'{got[1]}' is not understood where it stands"
    return line, "what stands between the marks is not understood"


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each mark begins and where it is closed, -1 where the next one begins, or all ends, before."""
    place = 0
    while begin := _MARK.search(text, place):
        closed = text.find(_ENDS[begin[0]], begin.end())
        following = _MARK.search(text, begin.end())
        inside = begin[0] != "{#" and following is not None and following.start() < closed
        end = -1 if closed < 0 or inside else closed + 2
        yield begin.start(), end
        if end < 0:
            return
        place = end


def _open(text: str) -> Iterator[tuple[int, str]]:
    """Yield what is open at the end of a text: where it begins, and its word."""
    stack: list[tuple[int, str]] = []
    for start, _ in _pieces(text):
        found = _WORD.match(text, start)
        word = found[1] if found else ""
        if word in _CLOSED_BY:
            stack.append((start, word))
        elif stack and word == _CLOSED_BY[stack[-1][1]]:
            stack.pop()
    yield from stack


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
