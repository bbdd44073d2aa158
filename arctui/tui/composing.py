"""Of a frame only the lines that change are drawn, and only by the widgets that show there.

Textual draws every widget within the box around all that changes, cuts each line at every edge of a widget, and sorts
the pieces. The cells are the same. Leans on private names of Textual, as the painter does.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

#: Cells of a line: the first one, and the first one behind them.
_Cells = tuple[int, int]


class SparingCompositor(Compositor):
    """Draws what changes."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what changes on the screen, None if nothing does."""
        screen = self.size.region
        regions = {shown for region in self._dirty_regions if (shown := region.intersection(screen))}
        self._dirty_regions.clear()
        spans = list(self._regions_to_spans(regions))
        if not spans:
            return None
        open_: dict[int, list[_Cells]] = {}
        for y, first, end in spans:
            open_.setdefault(y, []).append((first, end))
        lines: list[dict[int, Strip]] = [{} for _ in range(screen.height)]
        # From the front to the back, until nothing is left to be drawn.
        for widget, (region, clip) in self.visible_widgets.items():
            self._draw(widget, region, region.intersection(clip), open_, lines)
            if not open_:
                break
        chops = [dict(sorted(line.items())) for line in lines]
        return ChopsUpdate(chops, spans, [[x + strip.cell_length for x, strip in line.items()] for line in chops])

    @staticmethod
    def _draw(
        widget: Widget, region: Region, shown: Region, open_: dict[int, list[_Cells]], lines: list[dict[int, Strip]]
    ) -> None:
        """Draw what a widget shows of the cells that are open, which then are open no more."""
        left, top, right, bottom = shown.corners
        wanted = [y for y, cells in open_.items() if top <= y < bottom and any(_meet(c, left, right) for c in cells)]
        if not wanted:
            return
        strips: dict[int, Strip] = {}
        for first, end in _runs(sorted(wanted)):
            crop = Region(left - region.x, first - region.y, shown.width, end - first)
            strips.update(zip(range(first, end), widget.render_lines(crop), strict=True))
        for y in wanted:
            rest: list[_Cells] = []
            for begin, end in open_[y]:
                x, stop = max(begin, left), min(end, right)
                if x < stop:
                    lines[y][x] = strips[y].crop(x - left, stop - left)
                    rest += _filled(((begin, x), (stop, end)))
                else:
                    rest.append((begin, end))
            if rest:
                open_[y] = rest
            else:
                del open_[y]


def _runs(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Return from where to where (not included) numbers follow on one another."""
    ends = [place for place in range(1, len(numbers)) if numbers[place] != numbers[place - 1] + 1]
    return [(numbers[a], numbers[b - 1] + 1) for a, b in pairwise([0, *ends, len(numbers)])]


def _meet(cells: _Cells, first: int, end: int) -> bool:
    return cells[0] < end and first < cells[1]


def _filled(cells: Iterable[_Cells]) -> list[_Cells]:
    return [(first, end) for first, end in cells if first < end]
