"""Reading the capture line: `[outcome] [date] [amount] [method] [person] [-- free words]`.

Pure and quick: it runs at every key. What cannot be read is a problem with what to write or ask instead; what is
read but unusual is a warning; nothing is silently changed.
"""

from typing import Any

import msgspec

from arctui.core.capture import codes, other_lines
from arctui.core.capture.dispute_lines import read_dispute
from arctui.core.capture.promise_lines import read_promise
from arctui.core.capture.reading import ProblemError, Reading, Situation
from arctui.core.records import NOT_REACHED, ActivityKind, Outcome
from arctui.core.text import clean, fold

_PREFIXES = {"em": "email", "email": "email", "in": "in"}

_READERS = {
    Outcome.PROMISE: read_promise,
    Outcome.PAID: other_lines.read_paid,
    Outcome.CALLBACK: other_lines.read_callback,
    Outcome.DISPUTE: read_dispute,
    Outcome.REFUSED: other_lines.read_refusal,
    Outcome.WITHDRAWN: other_lines.read_withdrawal,
    Outcome.NO_ANSWER: other_lines.read_try,
    Outcome.BUSY: other_lines.read_try,
    Outcome.VOICEMAIL: other_lines.read_try,
    Outcome.WRONG_NUMBER: other_lines.read_try,
    Outcome.GATEKEEPER: other_lines.read_try,
}


def read_line(text: str, situation: Situation) -> Reading:
    """Read a capture line as it stands; never raises, problems are part of the reading."""
    line, _, free = f" {clean(text)} ".partition(" -- ")
    tokens = line.split()
    fields: dict[str, Any] = {"words": free.strip()}
    while tokens and (prefix := _PREFIXES.get(fold(tokens[0]))):
        fields |= {"kind": ActivityKind.EMAIL} if prefix == "email" else {"inbound": True}
        tokens = tokens[1:]
    reading = Reading(text=clean(text), **fields)
    try:
        if not tokens:
            raise ProblemError("what came of it? a date for a promise, or a code: na lvm busy wn gk cb dsp paid ref")
        outcome = codes.CODES.get(fold(tokens[0]), Outcome.PROMISE)
        rest = tokens[1:] if fold(tokens[0]) in codes.CODES else tokens
        read = _said_by(situation.speaker, _READERS[outcome](rest, reading, situation, outcome))
        if situation.stopped:
            stopped = f"this account is not to be called: {situation.stopped}"
            read = msgspec.structs.replace(read, warnings=(stopped, *read.warnings))
        return read
    except ProblemError as problem:
        return msgspec.structs.replace(reading, problems=(str(problem),))


def _said_by(speaker: str, read: Reading) -> Reading:
    """Name who is on the line where a line that came from the right person names nobody."""
    if not speaker or read.outcome in NOT_REACHED:
        return read
    return msgspec.structs.replace(
        read,
        person=read.person or speaker,
        commitments=tuple(msgspec.structs.replace(c, person=c.person or speaker) for c in read.commitments),
    )
