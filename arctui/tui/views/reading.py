"""What a reading looks like below the prompt: sentences, then warnings and problems, each with its mark."""

from collections.abc import Sequence

from arctui.core.capture import Reading, Situation
from arctui.core.capture.data_reading import DataReading
from arctui.core.capture.sentences import sentences
from arctui.core.claims import Found, Kind
from arctui.tui.widgets.lines import Line, wrap

_FOUND = {
    Kind.HERE: "good",
    Kind.WAITING: "good",
    Kind.RETURNED: "bad",
    Kind.ELSEWHERE: "warn",
    Kind.NOTHING: "warn",
}


def reading_lines(reading: Reading, situation: Situation, width: int, found: Sequence[Found] = ()) -> list[Line]:
    """Return the lines of a live reading: what would be saved, what is unusual about it, or why it cannot be.

    `found`: what the books have of a payment that is said to be made.
    """
    lines: list[Line] = []
    for problem in reading.problems:
        lines += wrap(f" {problem}", width, "dim" if not reading.text else "bad", indent=1)
    for sentence in sentences(reading, situation):
        lines += wrap(f" {sentence}", width, "strong", indent=1)
    for payment in found:
        lines += wrap(f" {payment.words}", width, _FOUND.get(payment.kind, ""), indent=3)
    for warning in reading.warnings:
        lines += wrap(f" ! {warning}", width, "warn", indent=3)
    return lines


def data_lines(reading: DataReading, width: int) -> list[Line]:
    """Return the lines of a line of correction: what would be corrected, or why it cannot be."""
    lines: list[Line] = []
    for problem in reading.problems:
        lines += wrap(f" {problem}", width, "bad", indent=1)
    for sentence in reading.sentences:
        lines += wrap(f" {sentence}", width, "strong", indent=1)
    for warning in reading.warnings:
        lines += wrap(f" ! {warning}", width, "warn", indent=3)
    return lines
