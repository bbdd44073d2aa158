"""The early pictures that are kept beside a book: what one is made of, of what, and whether it may still be shown.

A file of text. Its head says of which state of the book it was made, and for which day and which surroundings each
picture is. All of it is checked as it is read: a picture holds nothing but characters that stand in their cells, and
colours.
"""

import os
import stat
import time
from binascii import crc32

from arctui import HOST_FILE, __version__

_TITLE = "arctui glance 1"
#: A larger file, picture or screen is none of ours.
_MOST_BYTES, _MOST_CELLS, _MOST_ROWS = 4_000_000, 2_000, 1_000
#: So many pictures are kept at most: two days for each of the last terminals.
_MOST_PICTURES = 6
#: Rows of the list that a picture has at most.
ROWS = 200

#: What decides how the workstation looks in a terminal, beside its size.
_LOOK = (
    "TERM",
    "COLORTERM",
    "NO_COLOR",
    "FORCE_COLOR",
    "TERM_PROGRAM",
    "TEXTUAL_COLOR_SYSTEM",
    "TEXTUAL_FILTERS",
    "TTY_COMPATIBLE",
    # Of these comes which signs it has.
    "LC_ALL",
    "LC_CTYPE",
    "LANG",
    "PYTHONIOENCODING",
    "PYTHONUTF8",
)
#: How the names of terminals end that have more than sixteen colours. Any other one gets its own palette, not ours,
#: unless it says in COLORTERM that it has all: taken down to sixteen colours our cursor would not be seen.
_MANY_COLOURS, _ALL_COLOURS = ("256color", "kitty"), ("truecolor", "24bit")
#: What the environment says of the terminal since this process has set some of it, and what it said before.
_LOOKED_BEFORE: dict[str, str] = {}
#: What of a look may be switched: bold, dim, italic, underlined, reversed, struck, and their ends.
_MARKS = frozenset(map(str, (0, 1, 2, 3, 4, 7, 9, 22, 23, 24, 27, 29, 39, 49, *range(30, 38), *range(40, 48))))
_BRIGHT = frozenset(map(str, (*range(90, 98), *range(100, 108))))
_KINDS = {"5": 1, "2": 3}

#: The state of the program's files, once it was looked at.
_BEGUN_WITH: list[str] = []

Piece = tuple[int, int, str]


class Picture:
    """A first screen: what stands still on it, and the first rows of the list, each plain and under the cursor.

    `size` and `area` (x, y, width, height: where the list stands) are in cells; `title` is where its title stands.
    `base` is the look that all texts begin and end in; with `fills` the blanks of the screen have it. `frame` is what
    else stands there, as (line, column, text). A row is its key, the title while the cursor is on it, and its lines
    plain and under the cursor, `row_height` each. `count` is the number of rows in all.
    """

    def __init__(
        self,
        size: tuple[int, int],
        area: tuple[int, int, int, int],
        title: tuple[int, int],
        row_height: int,
        count: int,
        base: str,
        fills: bool,
        frame: list[Piece],
        rows: list[list[str]],
    ) -> None:
        self.size, self.area, self.title = size, area, title
        self.row_height, self.count = row_height, count
        self.base, self.fills = base, fills
        self.frame, self.rows = frame, rows

    def encoded(self) -> bytes:
        """Return it as it is kept."""
        numbers = (*self.size, *self.area, *self.title, self.row_height, self.count, int(self.fills), len(self.frame))
        lines = [" ".join(map(str, numbers)), self.base]
        lines += [f"{y} {x} {text}" for y, x, text in self.frame]
        lines += [line for row in self.rows for line in row]
        return "\n".join(lines).encode()


def decoded(content: bytes) -> Picture:
    """Return a picture as it was kept. Raises ValueError for what is none."""
    text = content.decode()
    _check(text)
    numbers, base, *lines = text.split("\n")
    width, height, x, y, wide, high, title_x, title_y, row_height, count, fills, pieces = map(int, numbers.split(" "))
    frame = []
    for line in lines[:pieces]:
        down, along, piece = line.split(" ", 2)
        frame.append((int(down), int(along), piece))
    step = 2 + 2 * row_height
    rows = [lines[n : n + step] for n in range(pieces, len(lines), step)]
    fits = 0 <= x < x + wide <= width <= _MOST_CELLS and 0 <= y < y + high <= height <= _MOST_CELLS
    inside = all(0 <= down < height and 0 <= along < width for down, along, _ in [*frame, (title_y, title_x, "")])
    whole = 0 < len(rows) <= min(count, _MOST_ROWS) and len(rows[-1]) == step and row_height in (1, 2)
    if not (fits and inside and whole and row_height <= high):
        raise ValueError("no picture")
    # As far as it is scrolled at once all of it has to be there.
    if len(rows) < count and len(rows) * row_height < high:
        raise ValueError("too few rows")
    area, place = (x, y, wide, high), (title_x, title_y)
    return Picture((width, height), area, place, row_height, count, base, bool(fills), frame, rows)


def _check(text: str) -> None:
    """Raise ValueError unless a text does nothing but stand in its cells, in colours."""
    first, *pieces = text.split("\x1b[")
    plain, looks = [first], set()
    for piece in pieces:
        look, end, rest = piece.partition("m")
        looks.add(look if end else "?")
        plain.append(rest)
    if not "".join(plain).replace("\n", "").isprintable() or not all(map(is_look, looks)):
        raise ValueError("it would do more than stand there")


def is_look(codes: str) -> bool:
    """Are these the codes of colours and of how letters stand, and of nothing else?"""
    rest = codes.split(";")[::-1] if codes else []
    while rest:
        code = rest.pop()
        if code in ("38", "48"):
            count = _KINDS.get(rest.pop() if rest else "", 0)
            values = [rest.pop() for _ in range(min(count, len(rest)))]
            if not count or len(values) < count or not all(map(_is_shade, values)):
                return False
        elif code not in _MARKS and code not in _BRIGHT:
            return False
    return True


def _is_shade(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) < 4


# Of what it is made


def place_of(book: str) -> str:
    """Return where the pictures of a book are kept, each login's in a file of its own."""
    return f"{book}.glance-{os.getuid()}"


def state_of(book: str) -> str:
    """Return what is other once a book was written, by whatever session. Raises OSError."""
    found = os.stat(book)
    try:
        beside = os.lstat(f"{book}.journal")
        journal = f"{beside.st_ino} {beside.st_size} {beside.st_mtime_ns}"
    except FileNotFoundError:
        journal = "none"
    return f"{found.st_dev} {found.st_ino} {found.st_size} {found.st_mtime_ns} {journal}"


def surroundings(size: tuple[int, int]) -> str:
    """Return what else decides how the first screen looks: the program, the terminal, where the machine is."""
    try:
        zone = os.readlink("/etc/localtime")
    except OSError:
        zone = ""
    seen = look()
    around = (os.getuid(), _program(), size, _LOOKED_BEFORE.get(seen, seen), _settings(), os.environ.get("TZ"), zone)
    return repr(around).replace("\t", " ")


def look() -> str:
    """Return what the environment says of the terminal."""
    return repr((theme(), *(os.environ.get(name) for name in _LOOK)))


def set_look(before: str) -> None:
    """Take what it says now for what it said before: a setting has changed it for this process."""
    _LOOKED_BEFORE[look()] = before


def _settings() -> list[str]:
    """Return what is other once the settings of the host or of the user are."""
    folder = os.environ.get("XDG_CONFIG_HOME", "").strip() or os.path.expanduser("~/.config")
    own = os.environ.get("ARCTUI_CONFIG", "") or f"{folder}/arctui/config.toml"
    states = []
    for path in (HOST_FILE, os.path.expanduser(own)):
        try:
            found = os.stat(path)
            states.append(f"{path} {found.st_ino} {found.st_size} {found.st_mtime_ns}")
        except OSError:
            states.append(path)
    return states


def theme() -> str:
    """Return the palette: the clerk's own choice, the terminal's own where it has few colours, "" for ours."""
    many = os.environ.get("TERM", "").rpartition("-")[2] in _MANY_COLOURS
    few = not many and os.environ.get("COLORTERM", "").strip().lower() not in _ALL_COLOURS
    return os.environ.get("TEXTUAL_THEME", "ansi-dark" if few or "NO_COLOR" in os.environ else "")


def _program() -> str:
    """Return what is other once the program is another one: its version, and the times of its files.

    It is what this process began with, however they change while it runs.
    """
    if _BEGUN_WITH:
        return f"{__version__} {_BEGUN_WITH[0]}"
    folders, newest, count = [os.path.dirname(os.path.dirname(__file__))], 0, 0
    while folders:
        with os.scandir(folders.pop()) as found:
            for entry in found:
                if entry.name.endswith((".py", ".tcss")):
                    newest, count = max(newest, entry.stat().st_mtime_ns), count + 1
                elif "." not in entry.name and entry.name != "__pycache__":
                    folders.append(entry.path)
    _BEGUN_WITH.append(f"{count} {newest}")
    return f"{__version__} {_BEGUN_WITH[0]}"


# The file


class Day:
    """Which day a picture is of: its date, and from when until when it is that day, in seconds of the epoch.

    Where the day was given both are 0: what day it really was is not known.
    """

    def __init__(self, date: str, since: int = 0, until: int = 0) -> None:
        self.date, self.since, self.until = date, since, until

    def is_now(self, asked: str) -> bool:
        """Is it the day that is asked for, "" for the real one?"""
        return self.date == asked if asked else self.since <= time.time() < self.until


#: Of which day and which surroundings a picture is, and its bytes.
Section = tuple[Day, str, bytes]


def read(book: str, state: str) -> list[Section]:
    """Return the pictures of a state of a book, the last one first; none where anything is not as it was written."""
    try:
        content = _content(place_of(book))
        head, _, body = content.partition(b"\n\n")
        title, of, *lines = head.decode().split("\n")
        if title != _TITLE or of != state:
            return []
        sections, begins = [], 0
        for line in lines[:_MOST_PICTURES]:
            date, since, until, length, proof, around = line.split("\t")
            part = body[begins : begins + int(length)]
            begins += int(length)
            if crc32(part) == int(proof):
                sections.append((Day(date, int(since), int(until)), around, part))
    except (OSError, ValueError):
        return []
    return sections


def picture(book: str, asked: str, size: tuple[int, int]) -> Picture | None:
    """Return the picture for a day ("" = the real one) and a size, None if none is kept that may be shown."""
    try:
        sections = read(book, state_of(book))
        around = surroundings(size) if sections else ""
        for day, of, part in sections:
            if of == around and day.is_now(asked):
                found = decoded(part)
                return found if found.size == size else None
    except (OSError, ValueError):
        pass
    return None


def content_of(state: str, sections: list[Section]) -> bytes:
    """Return a file of these pictures, as far as there is room."""
    head, body = [_TITLE, state], []
    for day, around, part in sections[:_MOST_PICTURES]:
        head.append(f"{day.date}\t{day.since}\t{day.until}\t{len(part)}\t{crc32(part)}\t{around}")
        body.append(part)
    return "\n".join(head).encode() + b"\n\n" + b"".join(body)


def _content(place: str) -> bytes:
    """Read a file of one's own. Raises OSError, ValueError for any other."""
    handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or found.st_size > _MOST_BYTES:
            raise ValueError(place)
        pieces = []
        while piece := os.read(handle, _MOST_BYTES):
            pieces.append(piece)
        return b"".join(pieces)
    finally:
        os.close(handle)
