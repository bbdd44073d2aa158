"""Where everything stands in a TOML text: tables, keys and the entries of lists, each with its line. Pure.

The TOML reader of the standard library tells no lines. This reads only so much of the form as is needed to find them;
what it does not find (keys inside of { }) stands where what encloses it does.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

#: The way to a value: the names of tables and keys, numbers (from 0) in lists.
Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'(?P<blank>[ \t\r]+|\#[^\n]*)|(?P<newline>\n)|(?P<quoted>"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*')|(?P<mark>[\[\]{}=,.])|(?P<word>[^\s\#\"'\[\]{}=,.]+)|(?P<other>.)",
    re.DOTALL,
)
_OPENING, _CLOSING = "[{", "]}"


def line_of(text: str, path: Path) -> int:
    """Return the line (from 1) of a value, or of what encloses it; 0 if not even its first name is there."""
    known = _places(text)
    return next((known[path[:n]] for n in range(len(path), 0, -1) if path[:n] in known), 0)


@lru_cache(maxsize=4)
def _places(text: str) -> dict[Path, int]:
    found: dict[Path, int] = {}
    table: Path = ()
    for statement in _statements(text):
        marks = [mark for mark, _ in statement]
        line = statement[0][1]
        if marks[0] != "[":
            _note_value(found, table, statement)
            continue
        keys = _keys(mark for mark in marks if mark not in _OPENING + _CLOSING)
        if marks[:2] == ["[", "["]:
            number = sum(1 for path in found if path[:-1] == keys and isinstance(path[-1], int))
            found.setdefault(keys, line)
            keys = (*keys, number)
        table = keys
        _note(found, table, line)
    return found


def _note_value(found: dict[Path, int], table: Path, statement: list[tuple[str, int]]) -> None:
    """Note a key, and the entries of its list."""
    marks = [mark for mark, _ in statement]
    equals = marks.index("=") if "=" in marks else len(marks)
    path = (*table, *_keys(marks[:equals]))
    _note(found, path, statement[0][1])
    depth, number, begins = 0, 0, False
    for mark, line in statement[equals + 1 :] if marks[equals + 1 : equals + 2] == ["["] else ():
        if mark in _CLOSING:
            depth -= 1
        elif depth == 1 and begins and mark != ",":
            found.setdefault((*path, number), line)
            number, begins = number + 1, False
        if mark in _OPENING:
            depth += 1
        begins = begins or (depth == 1 and (mark == "," or number == 0))


def _note(found: dict[Path, int], path: Path, line: int) -> None:
    """Note where a value stands; what encloses it begins there if it has no line of its own before."""
    for length in range(1, len(path) + 1):
        found.setdefault(path[:length], line)


def _keys(tokens: Iterable[str]) -> Path:
    """Return the names in a header or before the equals sign."""
    return tuple(mark[1:-1] if mark[0] in "\"'" else mark for mark in tokens if mark != ".")


def _statements(text: str) -> Iterator[list[tuple[str, int]]]:
    """Yield the headers and the keys with their values: tokens with their lines."""
    statement: list[tuple[str, int]] = []
    line, depth = 1, 0
    for match in _TOKEN.finditer(text):
        mark = match[0]
        if match.lastgroup == "newline" and depth <= 0:
            if statement:
                yield statement
            statement, depth = [], 0
        elif match.lastgroup not in ("blank", "newline"):
            statement.append((mark, line))
            depth += (mark in _OPENING) - (mark in _CLOSING)
        line += mark.count("\n")
    if statement:
        yield statement
