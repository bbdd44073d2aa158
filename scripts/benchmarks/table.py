"""Samples, the rows made of them, and the table that is printed."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

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
    """Something measured on a book of some size beside a yardstick; `goal` is the largest ratio wished for.

    `slow`: the goal is one for the slow ones, so the 95th percentiles are compared, not the medians.
    """

    what: str
    size: int
    samples: Samples
    beside: str = ""
    yardstick: Samples | None = None
    goal: float | None = None
    unit: str = "ms"
    slow: bool = False

    @property
    def figure(self) -> float:
        """What is compared: the median, or the 95th percentile."""
        return self.samples.p95 if self.slow else self.samples.median

    @property
    def ratio(self) -> float | None:
        """How many times the yardstick's figure the measured one is, None without a yardstick."""
        if not self.yardstick:
            return None
        beside = self.yardstick.p95 if self.slow else self.yardstick.median
        return self.figure / beside if beside else None

    @property
    def met(self) -> bool | None:
        """Is the goal reached? None if there is none, or nothing to hold it against."""
        if self.goal is None or self.yardstick is None:
            return None
        return self.figure <= self.goal * (self.yardstick.p95 if self.slow else self.yardstick.median)

    @property
    def verdict(self) -> str:
        """Say it in a word."""
        return {None: "", True: "met", False: "MISSED"}[self.met]

    def document(self) -> dict[str, Any]:
        """Everything of it, as it goes into a JSON file."""
        return {
            "what": self.what,
            "accounts": self.size,
            "unit": self.unit,
            **_document(self.samples),
            "beside": self.beside,
            "yardstick": _document(self.yardstick) if self.yardstick else None,
            "compared": "p95" if self.slow else "median",
            "ratio": self.ratio,
            "goal": self.goal,
            "met": self.met,
        }


def _document(samples: Samples) -> dict[str, Any]:
    return {"n": len(samples.values), "median": samples.median, "p95": samples.p95, "values": list(samples.values)}


#: What a limit is called in the table; its ratio is the part of it that is used.
LIMIT = "the limit"


def limited(
    what: str, size: int, values: Sequence[float], limit: float | None, unit: str = "ms", *, slow: bool = False
) -> Row:
    """Make the row of something that may be so much at most, or as much as it likes."""
    if limit is None:
        return Row(what=what, size=size, samples=Samples(values), unit=unit)
    return Row(
        what=what,
        size=size,
        samples=Samples(values),
        beside=LIMIT,
        yardstick=Samples([limit]),
        goal=1.0,
        unit=unit,
        slow=slow,
    )


@dataclass
class Report:
    """What a part found: rows, and sentences below the table."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def rendered(reports: Iterable[Report]) -> str:
    """Make one table of all rows, what is measured together standing together; then the notes."""
    reports = list(reports)
    notes = [note for report in reports for note in report.notes]
    rows = together(reports)
    if not rows:
        return "\n".join(notes)
    cells = [_HEADS, *(_cells(row, before) for before, row in pairwise([None, *rows]) if row)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(map(_placed, range(len(line)), line, widths)).rstrip() for line in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([*lines, "", *notes])


def together(reports: Iterable[Report]) -> list[Row]:
    """Return all rows; those of the same thing stand together, small books first."""
    rows = [row for report in reports for row in report.rows]
    places: dict[str, int] = {}
    for row in rows:
        places.setdefault(row.what, len(places))
    return sorted(rows, key=lambda row: (places[row.what], row.size))


def _cells(row: Row, before: Row | None) -> tuple[str, ...]:
    """Write a row; what the row before said already is left out."""
    same = before is not None and (before.what, before.size) == (row.what, row.size)
    left = (row.what, f"{row.size:,}", *_numbers(row.samples, row.unit))
    right = _numbers(row.yardstick, row.unit) if row.yardstick else ("", "", "")
    return (*(left if not same else [""] * len(left)), row.beside, *right, times(row.ratio), goal(row))


def _numbers(samples: Samples, unit: str) -> tuple[str, str, str]:
    return str(len(samples.values)), f"{short(samples.median)} {unit}", short(samples.p95)


def short(value: float) -> str:
    """Write a value with three digits that count."""
    places = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:,.{places}f}"


def times(ratio: float | None) -> str:
    """Write a ratio, "" for none."""
    if ratio is None:
        return ""
    if not ratio:
        return "0x"
    return f"1/{1 / ratio:,.0f}" if 0 < ratio < _SMALL else f"{ratio:,.2f}x"


def goal(row: Row) -> str:
    """Write the goal and whether it is met, "" for none."""
    if row.goal is None or row.met is None:
        return ""
    return f"{'p95 ' if row.slow else ''}<= {row.goal:g}x {row.verdict}"


def _placed(index: int, text: str, width: int) -> str:
    return text.ljust(width) if index in _LEFT_ALIGNED else text.rjust(width)
