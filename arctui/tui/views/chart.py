"""Lines over time, drawn by plotext and turned into our own lines: characters only, no escape sequence ever.

Each series has a shape of its own, so that it is told apart without colour. Where there are no fine dots
(see `signs`) stars take their place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from arctui.tui.signs import is_coarse
from arctui.tui.widgets.lines import Line

#: What the series are drawn with: a line, of fine dots or of stars, and a mark on each point.
FINE, MARKS = ("braille", "o"), ("*", "o")
_SEQUENCE = re.compile(r"\x1b\[[0-9;]*m")
#: No more scale marks than this: they must not touch.
_LABEL_ROOM = 9


@dataclass(frozen=True)
class Series:
    """Points by their place from left to right; None where the value is not known: the line has a gap there."""

    name: str
    values: Sequence[float | None]


def prepare() -> None:
    """Load the drawing library, 40 ms, where nobody waits for it."""
    import plotext  # noqa: F401


def legend(series: Sequence[Series]) -> str:
    """Say with what each series is drawn, "" where there is one alone."""
    if len(series) < len(FINE):
        return ""
    first = "*" if is_coarse() else "⠒"
    return f"{first * 2} {series[0].name}  o {series[1].name}"


def chart(
    series: Sequence[Series], labels: Sequence[str], width: int, height: int, *, most: float | None = None
) -> list[Line]:
    """Draw up to two series of equally many points into so many cells; `labels` stand below, a point each.

    The scale begins at 0 and ends above the largest value, or at `most`.
    """
    known = [value for s in series for value in s.values if value is not None]
    if not known:
        return []
    # 40 ms to import: only once something is drawn.
    import plotext

    top = most if most is not None else _round_top(max(known))
    plotext.clear_figure()
    try:
        plotext.theme("clear")
        plotext.limit_size(False, False)
        plotext.plot_size(width, height)
        plotext.xaxes(True, False)
        plotext.yaxes(True, False)
        plotext.xlim(0, max(1, len(labels) - 1))
        plotext.ylim(0, top)
        plotext.yticks([0, top / 2, top], [_short(v, top) for v in (0, top / 2, top)])
        places = _places(len(labels), width)
        plotext.xticks(places, [labels[n] for n in places])
        line, mark = MARKS if is_coarse() else FINE
        for xs, ys in _runs(series[0].values):
            (plotext.plot if len(xs) > 1 else plotext.scatter)(xs, ys, marker=line)
        # A mark on each point, over the line, so that both are seen where they meet.
        for each in series[1:]:
            for xs, ys in _runs(each.values):
                plotext.scatter(xs, ys, marker=mark)
        drawn = _SEQUENCE.sub("", plotext.build())
    finally:
        plotext.clear_figure()
    return [_parts(line) for line in drawn.rstrip("\n").split("\n")]


def _round_top(most: float) -> float:
    """Return the round number above a value at which the scale ends: 2, 4, 6, 8, 10 or these times 10, 100, ..."""
    unit = 1.0
    while unit * 10 < most:
        unit *= 10
    return next((unit * n for n in (2, 4, 6, 8) if unit * n >= most), unit * 10)


def _short(value: float, top: float) -> str:
    return f"{value:.0f}" if top >= 10 else f"{value:.1f}"


def _places(count: int, width: int) -> list[int]:
    """Return which points get their label: all, every second, every third, so that the last one always has one."""
    step = max(1, -(-count * _LABEL_ROOM // max(1, width)))
    return sorted(range(count - 1, -1, -step))


def _runs(values: Sequence[float | None]) -> list[tuple[list[int], list[float]]]:
    """Return the points that follow each other without a gap."""
    runs: list[tuple[list[int], list[float]]] = []
    before: float | None = None
    for place, value in enumerate(values):
        if value is not None:
            if before is None:
                runs.append(([], []))
            runs[-1][0].append(place)
            runs[-1][1].append(value)
        before = value
    return runs


def _parts(line: str) -> Line:
    """Give the drawn lines their roles; what is not drawn by a series is the frame."""
    edge = max(line.find("┤"), line.find("│"))
    if edge < 0:
        return ((line, "dim"),)
    drawn = [(piece, "accent" if not piece.isspace() else "") for piece in re.findall(r"\s+|\S+", line[edge + 1 :])]
    return ((line[: edge + 1], "dim"), *drawn)
