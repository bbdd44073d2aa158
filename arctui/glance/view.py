"""What of an early picture is in view: where its cursor is, how far it is scrolled, and what is written for that."""

from arctui.glance.kept import Picture, Piece
from arctui.glance.moves import goes_to, page_of, top_for

#: Blanks in a row that are passed over, where the screen was cleared, for fewer bytes than they are.
_FEW_BLANKS, _MOST_BLANKS = 4, 60


class View:
    """A picture with its cursor."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        #: The row with the cursor, and the first line of the list in view.
        self.place = (0, 0)

    @property
    def account(self) -> str:
        """The key of the row with the cursor."""
        return self.picture.rows[self.place[0]][0]

    def move(self, move: tuple[str, int]) -> bool:
        """Move the cursor as far as the rows are kept; return whether they are."""
        found, (cursor, top) = self.picture, self.place
        height, each = found.area[3], found.row_height
        cursor = goes_to(move, cursor, page_of(height, each), found.count)
        top = top_for(cursor, each, height, top, found.count * each)
        needed = max(cursor + 1, -(-(top + height) // each))
        if len(found.rows) < min(needed, found.count):
            return False
        self.place = (cursor, top)
        return True

    def whole(self) -> str:
        """Return what is written on a screen of which nothing is known."""
        base, chosen = self.picture.base, self._lines_of(self.place[0])
        rows = _placed([piece for piece in self._in_view() if piece not in chosen])
        if not self.picture.fills:
            return f"\x1b[m\x1b[2J{base}{self._still(chosen)}{rows}\x1b[m"
        # Blanks stand there already.
        for count in range(_MOST_BLANKS, _FEW_BLANKS, -1):
            rows = rows.replace(" " * count, f"\x1b[{count}C")
        return f"\x1b[m{base}\x1b[2J{self._still(chosen)}{rows}\x1b[m"

    def _still(self, more: list[Piece]) -> str:
        return _placed([*self.picture.frame, self._title(), *more])

    def moved(self, before: tuple[int, int]) -> str:
        """Return what is written where the cursor and the list were at another place before."""
        (row_before, top_before), (row, top) = before, self.place
        pieces = self._in_view()
        if top == top_before:
            pieces = [*self._lines_of(row_before), *self._lines_of(row)]
        return f"\x1b[m{self.picture.base}{_placed([self._title(), *pieces])}\x1b[m"

    def pieces(self) -> list[Piece]:
        """Return what stands on the screen, as (line, column, text); each begins and ends in the picture's base."""
        return [*self.picture.frame, self._title(), *self._in_view()]

    def _title(self) -> Piece:
        x, y = self.picture.title
        return (y, x, self.picture.rows[self.place[0]][1])

    def _in_view(self) -> list[Piece]:
        first, height, each = self.place[1], self.picture.area[3], self.picture.row_height
        rows = range(first // each, min(len(self.picture.rows), -(-(first + height) // each)))
        return [piece for row in rows for piece in self._lines_of(row)]

    def _lines_of(self, row: int) -> list[Piece]:
        """Return the lines of a row, as far as they are in view."""
        x, y, _, height = self.picture.area
        (cursor, top), each = self.place, self.picture.row_height
        lines = self.picture.rows[row][2:][each if row == cursor else 0 :][:each]
        places = range(row * each - top, row * each - top + each)
        return [(y + line, x, text) for line, text in zip(places, lines, strict=True) if 0 <= line < height]


def _placed(pieces: list[Piece]) -> str:
    return "".join(f"\x1b[{y + 1};{x + 1}H{text}" for y, x, text in pieces)
