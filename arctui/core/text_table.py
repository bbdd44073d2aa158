"""Plain text in columns: laid out, cut and broken by the cells that it takes on a terminal."""

from collections.abc import Iterable, Sequence

from arctui.core.text import cell_width


def table(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """Lay out rows in columns as wide as their widest cell; the named columns are right-aligned."""
    if not rows:
        return []
    widths = [max(cell_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    aligned = set(right)
    return [
        "  ".join(padded(cell, widths[n], right=n in aligned) for n, cell in enumerate(row)).rstrip() for row in rows
    ]


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Pad a text with blanks to so many cells; a longer one stays as it is."""
    room = " " * (width - cell_width(text))
    return room + text if right else text + room


def cut(text: str, width: int) -> str:
    """Cut a text to at most so many cells, one at least; what is cut ends in an ellipsis."""
    if cell_width(text) <= width:
        return text
    kept = ""
    for character in text:
        if cell_width(kept + character) > width - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def broken(text: str, width: int, most: int) -> list[str]:
    """Break a text at blanks into lines of so many cells, `most` of them; what does not fit ends in an ellipsis."""
    lines, current, words = list[str](), "", text.split()
    for number, word in enumerate(words):
        longer = f"{current} {word}" if current else word
        if not current or cell_width(longer) <= width:
            current = longer
        elif len(lines) + 1 == most:
            return [*lines, cut(" ".join([current, *words[number:]]), width)]
        else:
            lines.append(current)
            current = word
    return [cut(line, width) for line in (*lines, current)]
