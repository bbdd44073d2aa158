"""How the cursor of the worklist goes and the list scrolls with it: the same before the program is up and after."""

_UP, _DOWN, _PAGE_UP, _PAGE_DOWN = ("move", -1), ("move", 1), ("page", -1), ("page", 1)
_HOME, _END = ("edge", 0), ("edge", 1)

#: What the keys of the list do, by the bytes that a terminal sends.
KEYS: dict[bytes, tuple[str, int]] = {
    b"k": _UP,
    b"[": _UP,
    b"\x1b[A": _UP,
    b"\x1bOA": _UP,
    b"j": _DOWN,
    b"]": _DOWN,
    b"\x1b[B": _DOWN,
    b"\x1bOB": _DOWN,
    b"\x15": _PAGE_UP,
    b"\x1b[5~": _PAGE_UP,
    b"\x04": _PAGE_DOWN,
    b" ": _PAGE_DOWN,
    b"\x1b[6~": _PAGE_DOWN,
    b"\x1b[H": _HOME,
    b"\x1bOH": _HOME,
    b"\x1b[1~": _HOME,
    b"\x1b[F": _END,
    b"\x1bOF": _END,
    b"\x1b[4~": _END,
    b"G": _END,
}


def page_of(height: int, row_height: int) -> int:
    """Return by how many rows a page goes."""
    return max(1, height // row_height - 1)


def goes_to(move: tuple[str, int], cursor: int, page: int, count: int) -> int:
    """Return the place of the cursor after a move, in a list of so many rows."""
    kind, by = move
    if kind == "edge":
        return count - 1 if by else 0
    return max(0, min(cursor + by * (page if kind == "page" else 1), count - 1))


def top_for(cursor: int, row_height: int, height: int, top: int, lines: int) -> int:
    """Return the first line in view that has the cursor in view: by half a screen further when it leaves it."""
    first = cursor * row_height
    if height <= 0 or top <= first <= top + height - row_height:
        return top
    half = height // 2 // row_height * row_height
    wanted = first - half if first > top else first - height + half + row_height
    return max(0, min(wanted, lines - height))
