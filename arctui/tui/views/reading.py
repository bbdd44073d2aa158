"""What a reading looks like below the prompt: sentences, then warnings and problems, each with its mark."""

from arctui.core.capture import Reading, Situation
from arctui.core.capture.sentences import sentences
from arctui.tui.widgets.lines import Line, wrap


def reading_lines(reading: Reading, situation: Situation, width: int) -> list[Line]:
    """Return the lines of a live reading: what would be saved, what is unusual about it, or why it cannot be."""
    lines: list[Line] = []
    for problem in reading.problems:
        lines += wrap(f" {problem}", width, "dim" if not reading.text else "bad", indent=1)
    for sentence in sentences(reading, situation):
        lines += wrap(f" {sentence}", width, "strong", indent=1)
    for warning in reading.warnings:
        lines += wrap(f" ! {warning}", width, "warn", indent=3)
    return lines
