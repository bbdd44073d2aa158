"""Results for others: everything as JSON, and a short report with machine and date."""

import json
import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from scripts.benchmarks.table import Report, Row, goal, short, times, together

_HEADS = ("measured", "accounts", "median", "p95", "beside", "its median", "ratio", "goal")


@dataclass(frozen=True)
class Run:
    """Where and how it was measured."""

    machine: str
    day: str
    asked: str

    @classmethod
    def now(cls, asked: str, load: float) -> "Run":
        """Look at this machine; `load` is the one before the measurements."""
        parts = (
            f"{os.cpu_count()} cores ({_processor()}), {_memory():.0f} GB",
            f"{platform.system()} {platform.release()}, load before {load:.1f}",
            f"Python {platform.python_version()}, Textual {version('textual')}",
        )
        return cls("; ".join(parts), date.today().isoformat(), asked)  # noqa: DTZ011  the day on the wall is meant


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found[1] if found else platform.machine()


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def write_json(path: Path, run: Run, reports: Sequence[Report]) -> None:
    """Write every sample. Raises OSError."""
    document = {
        "machine": run.machine,
        "day": run.day,
        "asked": run.asked,
        "rows": [row.document() for row in together(reports)],
        "notes": [note for report in reports for note in report.notes],
    }
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def write_report(folder: Path, run: Run, reports: Sequence[Report]) -> Path:
    """Write what has a goal as a page of Markdown; return where. Raises OSError."""
    rows = [row for row in together(reports) if row.met is not None]
    met = sum(bool(row.met) for row in rows)
    lines = [
        f"# Measured on {run.day}",
        "",
        f"{run.machine}. `scripts/bench {run.asked}`: {met} of {len(rows)} goals met.",
        "Only the ratios of one run can be compared with those of another.",
        "",
        f"| {' | '.join(_HEADS)} |",
        f"|{'---|' * len(_HEADS)}",
        *(f"| {' | '.join(_cells(row))} |" for row in rows),
        "",
        *(f"- {note.strip()}" for report in reports for note in report.notes),
        "",
    ]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run.day}.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _cells(row: Row) -> tuple[str, ...]:
    beside = row.yardstick.median if row.yardstick else 0.0
    figures = (f"{short(row.samples.median)} {row.unit}", short(row.samples.p95))
    return (row.what, f"{row.size:,}", *figures, row.beside, short(beside), times(row.ratio), goal(row))
