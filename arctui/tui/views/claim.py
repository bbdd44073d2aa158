"""The claim file as lines: what is missing for it as a checklist, what warns, and where it lies."""

from collections.abc import Sequence
from pathlib import Path

from arctui.core.text import plural
from arctui.tui.widgets.lines import Line, wrap

#: The keys that get what a point lacks, by words of the point; the first that stands in it.
_KEYS = (("on the account", "C"), ("attach", "P"), ("wait ", " "), ("final demand", "L"), ("send it", "L"))


def _key(point: str) -> str:
    """Return the key that gets what a point lacks, a blank if none does."""
    return next((key for words, key in _KEYS if words in point), " ")


def claim_lines(files: Sequence[Path], missing: Sequence[str], warnings: Sequence[str], width: int) -> list[Line]:
    """Return what is to be got before it is handed in, what warns, and each file that was written."""
    lines: list[Line] = []
    if missing:
        lines += wrap(f"MISSING FOR A COMPLETE FILE: {plural(len(missing), 'point')}", width, "warn")
        for point in missing:
            first, *more = wrap(f"[ ] {point}", width - 2, "", indent=6)
            lines += [((f"{_key(point)} ", "accent"), *first), *more]
    else:
        lines += wrap("nothing is missing", width, "good")
    if warnings:
        lines.append((("", ""),))
        for words in warnings:
            lines += wrap(f"! {words}", width, "warn", indent=2)
    if not files:
        return lines
    folder = files[0].parent
    lines += [(("", ""),), (("IT LIES IN", "dim"),), *wrap(str(folder), width, "strong")]
    for file in files:
        name = file.relative_to(folder) if file.is_relative_to(folder) else file
        lines += wrap(f"  {name}", width, "", indent=4)
    return lines
