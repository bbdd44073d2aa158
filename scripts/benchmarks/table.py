"""Samples, the rows made of them, and the table that is printed."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_HEADS = ("measured", "accounts", "n", "median", "p95", "beside", "n", "median", "p95", "ratio", "goal")
_LEFT_ALIGNED = {0, 5, 10}
#: Ratios below this one read better as a fraction.
_SMALL = 0.1


@dataclass(frozen=True)
class Samples:
    """Values of one thing, in one unit."""

    values: Sequence[float]

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The value that 95 of 100 do not exceed."""
        return sorted(self.values)[math.ceil(len(self.values) * 0.95) - 1]

    def per(self, count: float) -> "Samples":
        """Divide every value."""
        return Samples([value / count for value in self.values])


@dataclass(frozen=True, kw_only=True)
class Row:
    """Something measured on a book of some size beside a yardstick; `goal` is the largest ratio wished for."""

    what: str
    size: int
    samples: Samples
    beside: str = ""
    yardstick: Samples | None = None
    goal: float | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float | None:
        """How many times the yardstick the measured median is, None without a yardstick."""
        return self.samples.median / self.yardstick.median if self.yardstick and self.yardstick.median else None


@dataclass
class Report:
    """What a part found: rows, and sentences below the table."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def rendered(reports: Iterable[Report]) -> str:
    """Make one table of all rows, what is measured together standing together; then the notes."""
    reports = list(reports)
    places: dict[str, int] = {}
    for report in reports:
        for row in report.rows:
            places.setdefault(row.what, len(places))
    notes = [note for report in reports for note in report.notes]
    rows = sorted((row for report in reports for row in report.rows), key=lambda row: (places[row.what], row.size))
    if not rows:
        return "\n".join(notes)
    cells = [_HEADS, *(_cells(row, before) for before, row in pairwise([None, *rows]) if row)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(map(_placed, range(len(line)), line, widths)).rstrip() for line in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([*lines, "", *notes])


def _cells(row: Row, before: Row | None) -> tuple[str, ...]:
    """Write a row; what the row before said already is left out."""
    same = before is not None and (before.what, before.size) == (row.what, row.size)
    left = (row.what, f"{row.size:,}", *_numbers(row.samples, row.unit))
    right = _numbers(row.yardstick, row.unit) if row.yardstick else ("", "", "")
    return (*(left if not same else [""] * len(left)), row.beside, *right, _times(row.ratio), _verdict(row))


def _numbers(samples: Samples, unit: str) -> tuple[str, str, str]:
    return str(len(samples.values)), f"{_short(samples.median)} {unit}", _short(samples.p95)


def _short(value: float) -> str:
    """Write a value with three digits that count."""
    places = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:,.{places}f}"


def _times(ratio: float | None) -> str:
    if ratio is None:
        return ""
    return f"1/{1 / ratio:,.0f}" if 0 < ratio < _SMALL else f"{ratio:,.2f}x"


def _verdict(row: Row) -> str:
    if row.goal is None or row.ratio is None:
        return ""
    return f"<= {row.goal}x {'met' if row.ratio <= row.goal else 'MISSED'}"


def _placed(index: int, text: str, width: int) -> str:
    return text.ljust(width) if index in _LEFT_ALIGNED else text.rjust(width)
