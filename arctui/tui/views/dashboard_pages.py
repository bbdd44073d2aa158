"""The parts of the dashboard on pages of one or two columns, and how the cursor goes from figure to figure."""

from collections.abc import Sequence

from arctui.tui.views.dashboard import Keyed, Part

#: From this width on there are two columns.
WIDE = 120
_GAP = 3


class Pages:
    """Columns of lines, two to a page where the screen is wide."""

    def __init__(self, parts: Sequence[Part], height: int, columns: int) -> None:
        """Put the parts one below the other as long as a column has room; a part is never broken."""
        self.columns = columns
        self._all: list[list[Keyed]] = [[]]
        #: The first figure of each part, in order.
        self._firsts: list[str] = []
        for part in parts:
            column = self._all[-1]
            if column and len(column) + 1 + len(part.lines) > height:
                column = []
                self._all.append(column)
            column += [((), "")] * bool(column) + list(part.lines)
            first = next((key for _, key in part.lines if key), "")
            self._firsts += [first] if first else []
        self._places = {
            key: (number, line)
            for number, column in enumerate(self._all)
            for line, (_, key) in enumerate(column)
            if key
        }
        #: The keys of the figures, in order.
        self.keys = tuple(self._places)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return -(-len(self._all) // self.columns)

    def page_of(self, key: str) -> int:
        """Return the page on which a figure stands, counted from 0."""
        return self._places[key][0] // self.columns if key in self._places else 0

    def on_page(self, page: int) -> list[list[Keyed]]:
        """Return the columns of a page, always as many as there are side by side."""
        found = self._all[page * self.columns : (page + 1) * self.columns]
        return [*found, *([] for _ in range(self.columns - len(found)))]

    def moved(self, key: str, by: int) -> str:
        """Return the figure so many after another."""
        if key not in self._places:
            return self.keys[0] if self.keys else ""
        return self.keys[max(0, min(self.keys.index(key) + by, len(self.keys) - 1))]

    def next_part(self, key: str, by: int) -> str:
        """Return the first figure of the next part, or of the one before; after the last comes the first."""
        if key not in self._places:
            return self.keys[0] if self.keys else ""
        here, firsts = self.keys.index(key), [self.keys.index(first) for first in self._firsts]
        part = max(n for n, first in enumerate(firsts) if first <= here)
        return self._firsts[(part + by) % len(self._firsts)]

    def turned(self, key: str, by: int) -> str:
        """Return the first figure of the next page, or of the one before; it stays where there is none."""
        page = max(0, min(self.page_of(key) + by, self.count - 1))
        found = (k for k in self.keys if self.page_of(k) == page)
        return key if page == self.page_of(key) else next(found, key)

    def across(self, key: str, by: int) -> str:
        """Return the figure nearest to another in the column beside it; it stays where there is none."""
        if key not in self._places:
            return self.moved(key, 0)
        number, line = self._places[key]
        beside = number + by
        if beside // self.columns != number // self.columns:
            return key
        found = [(abs(at - line), k) for k, (column, at) in self._places.items() if column == beside]
        return min(found, key=lambda each: each[0])[1] if found else key


def column_width(width: int) -> tuple[int, int]:
    """Return how many columns there are on a screen of a width, and how wide one of them is."""
    return (2, (width - _GAP) // 2) if width >= WIDE else (1, width)
