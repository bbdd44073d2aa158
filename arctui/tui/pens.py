"""How characters look on a terminal, and the shortest way from one look to another."""

from functools import lru_cache
from typing import NamedTuple

#: Attributes that are not ended by 20 and their own number.
_OFF = {"1": "22", "6": "25", "21": "24", "51": "54", "52": "54", "53": "55"}
#: Attributes that do not show on a blank: bold, dim, italic.
_UNSEEN = frozenset("123")
#: What ends attributes, and which.
_ENDED = {"22": "12", "23": "3", "24": "4", "27": "7", "29": "9"}


class Pen(NamedTuple):
    """How characters look: the codes of the foreground, the background, and the attributes."""

    fore: str = "39"
    back: str = "49"
    marks: tuple[str, ...] = ()


PLAIN = Pen()


@lru_cache(maxsize=1024)
def pen_of(codes: str) -> Pen:
    """Return the pen for the codes of a style."""
    fore, back = PLAIN.fore, PLAIN.back
    marks: list[str] = []
    rest = iter(filter(None, codes.split(";")))
    for code in rest:
        if code in ("38", "48"):
            kind = next(rest, "")
            code = ";".join([code, kind, *(next(rest, "") for _ in range(3 if kind == "2" else 1))])
        if (code[0] == "3" and len(code) > 1) or (code[0] == "9" and len(code) == 2):
            fore = code
        elif (code[0] == "4" and len(code) > 1) or code.startswith("10"):
            back = code
        else:
            marks.append(code)
    return Pen(fore, back, tuple(marks))


def changed_by(pen: Pen, codes: str) -> Pen:
    """Return the pen after a change that is written with these codes."""
    fore, back, marks = pen
    rest = (codes or "0").split(";")[::-1]
    while rest:
        code = rest.pop()
        if code in ("38", "48"):
            kind = rest.pop()
            code = ";".join([code, kind, *(rest.pop() for _ in range(3 if kind == "2" else 1))])
        if code == "0":
            fore, back, marks = PLAIN
        elif code in _ENDED:
            marks = tuple(mark for mark in marks if mark not in _ENDED[code])
        elif len(code) == 1:
            marks = (*marks, *(() if code in marks else (code,)))
        elif code[0] == "3" or (code[0] == "9" and len(code) == 2):
            fore = code
        else:
            back = code
    return Pen(fore, back, marks)


@lru_cache(maxsize=1024)
def on_blank(pen: Pen) -> Pen:
    """Return the pen that a blank shows."""
    return Pen(back=pen.back) if _UNSEEN.issuperset(pen.marks) else pen


@lru_cache(maxsize=4096)
def change(before: Pen, after: Pen) -> str:
    """Return the shortest text that changes the pen."""
    if before == after:
        return ""
    off = dict.fromkeys(_OFF.get(mark, f"2{mark}") for mark in before.marks if mark not in after.marks)
    on = [m for m in after.marks if m not in before.marks or _OFF.get(m, f"2{m}") in off]
    codes = [*off, *on]
    codes += [now for was, now in zip(before[:2], after[:2], strict=True) if was != now]
    anew = ["0", *after.marks, *(now for plain, now in zip(PLAIN[:2], after[:2], strict=True) if plain != now)]
    if after == PLAIN:
        return "\x1b[m"
    return min((f"\x1b[{';'.join(way)}m" for way in (codes, anew)), key=len)
