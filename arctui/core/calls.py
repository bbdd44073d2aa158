"""A call that is going on, or was left for later: the path through the script so far, move by move.

It is no act: only its end is one. It stands in the book so that nothing is lost when the connection drops.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

import msgspec

from arctui.core.records import Record


class MoveKind(StrEnum):
    """What the clerk did at a step."""

    REPLY = "reply"
    EXCUSE = "excuse"
    JUMP = "jump"
    LINE = "line"
    PERSON = "person"
    NOTE = "note"
    DATA = "data"


class Move(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One move: at a step of the script something was said, something was heard or typed, and it led on.

    `said` is the sentence as it was shown, `asked` the questions under it, `text` the reply that was chosen or the
    line that was typed. `to` is the step it led to, "" for a note, which stays where it was taken. `reached`: from
    here on the person who can pay is on the line. `agreed`: of a reply, that it agrees to the line read back just
    before; of a line, that it needs no agreement. `replaces`: a promise in this
    line takes the place of the open ones. `done`: the task of the step was done on the spot.
    `found`: what was said to be paid is in our books already; `unpaid`: it was not paid, or is paid anew.
    """

    kind: MoveKind
    step: str
    text: str
    at: datetime
    to: str = ""
    said: str = ""
    asked: tuple[str, ...] = ()
    reached: bool = False
    agreed: bool = False
    replaces: bool = False
    done: bool = False
    found: bool = False
    unpaid: bool = False


class Call(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An open call. `session` is the one in which it goes on, "" once it is parked.

    `entry` is the step at which it began; the step it is at follows from the moves. `person` is who is asked for,
    `typed` what stands in the line of the present step. `drafts` are lines left at other steps, by the step's name,
    and notes and results begun, by their purpose; `typing` is the purpose that was being typed ("" the step's line).
    `day` is the working day on which it began, `idle_seconds` how long it has lain parked. `inbound`: they called us;
    `back_to` is the id of the call that was parked for it. `despite`: what spoke against it, and why it was made.
    """

    TABLE: ClassVar[str] = "calls"

    account: str
    by: str
    session: str = ""
    started_at: datetime
    day: date
    entry: str
    person: str = ""
    moves: tuple[Move, ...] = ()
    typed: str = ""
    drafts: dict[str, str] = msgspec.field(default_factory=dict)
    typing: str = ""
    parked_at: datetime | None = None
    idle_seconds: int = 0
    inbound: bool = False
    back_to: str = ""
    despite: str = ""

    @property
    def touched(self) -> bool:
        """Did anything happen in it yet? An untouched call is left without a trace."""
        return bool(self.moves or self.typed.strip() or any(map(str.strip, self.drafts.values())))

    @property
    def reached(self) -> bool:
        """Is the person who can pay on the line (right-party contact)?"""
        return any(move.reached for move in self.moves)
