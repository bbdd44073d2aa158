"""The call script as a graph: steps with what to say, the replies that may come, and what each leads to.

Read from one TOML file. Reading refuses what has not the right form; whether the graph holds together is `check`'s.
"""

from enum import StrEnum
from functools import cache
from threading import RLock
from typing import Any

import msgspec

from arctui.core.capture.codes import CODES
from arctui.core.records import DisputeKind, Flag
from arctui.core.text import fold


class PlaybookError(ValueError):
    """The file is no playbook; one sentence says where and why."""


class LineKind(StrEnum):
    """What is typed at a step: a capture line, who is on the line, or facts for the account's file.

    Facts are a pay cycle, or a person, a number, an address. A stop is why no call may be made any more, with whom
    to write to.
    """

    PROMISE = "promise"
    CALLBACK = "callback"
    DISPUTE = "dispute"
    PAID = "paid"
    REFUSAL = "refusal"
    STOP = "stop"
    PERSON = "person"
    CYCLE = "pay cycle"
    CONTACT = "contact"

    def full(self, text: str) -> str:
        """Return the capture line for what was typed: the outcome's code, if it stands not there yet, before it."""
        code = _CODES.get(self, "")
        first = text.split(maxsplit=1)[0] if text.strip() else ""
        return text if not code or CODES.get(fold(first)) is CODES[code] else f"{code} {text}"

    def bare(self, line: str) -> str:
        """Return what was typed for a capture line."""
        return line.removeprefix(f"{_CODES[self]} ") if self in _CODES else line


#: Facts for the account's file, not outcomes of the call.
DATA = (LineKind.CYCLE, LineKind.CONTACT)
_CODES = {
    LineKind.CALLBACK: "cb",
    LineKind.DISPUTE: "dsp",
    LineKind.PAID: "paid",
    LineKind.REFUSAL: "ref",
    LineKind.STOP: "ref",
}


class When(StrEnum):
    """What may be the case on an account, so that a call goes another way."""

    BROKEN = "broken"
    CLAIMED = "claimed"
    ON_ITS_WAY = "on its way"
    PROMISED = "promised"
    DISPUTED = "disputed"
    NOTHING_DUE = "nothing due"
    CYCLE_KNOWN = "pay cycle known"


class Reply(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reply that may be heard, and the step that it leads to.

    `reached`: who gives it is the person who can pay. `agreed`: it agrees to what was read back. `done`: the task of
    the step was done while on the line. Of a payment that was said to be made: `found`: it is in our books already;
    `unpaid`: it was not made after all, or is made anew.
    """

    text: str
    to: str
    reached: bool = False
    agreed: bool = False
    done: bool = False
    found: bool = False
    unpaid: bool = False


class FollowUpRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a step is followed up, and what for.

    `after` is a date of the capture line, counted from the call ("+1b": the next business day): on that day the
    account comes up again, if nothing was agreed for an earlier one. "": what was agreed sets the day. It `stays`
    also where the task of the step was done while on the line: a copy that was opened is still to be booked.
    """

    why: str
    after: str = ""
    stays: bool = False


class Detour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another step to go to instead, when something is the case."""

    when: When
    to: str


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step of the call.

    `say` are alternatives: the first of which every placeholder is known is said. `ask` are questions in their order,
    `aim` what is to be obtained, `do` what the clerk does. It leads on by `replies`, by a typed `line` to `to`, or it
    ends the call: `end` is a capture line, or "line" for what was typed before; `stop` then stops all calling.
    A promise typed at a step that `replaces` takes the place of the open ones.
    An `excuse` is found by its name and the words in `find`; `group` is its letter in the catalogue.
    `task` is what we have to do, due at once; `follow_up` when to look after it. `dispute` is the kind of a dispute
    that is taken down from here on.
    """

    title: str = ""
    say: tuple[str, ...] = ()
    do: str = ""
    ask: tuple[str, ...] = ()
    aim: str = ""
    replies: tuple[Reply, ...] = ()
    line: LineKind | None = None
    replaces: bool = False
    to: str = ""
    end: str = ""
    stop: Flag | None = None
    instead: tuple[Detour, ...] = ()
    excuse: str = ""
    group: str = ""
    find: str = ""
    task: str = ""
    follow_up: FollowUpRule | None = None
    dispute: DisputeKind | None = None

    @property
    def ways(self) -> tuple[str, ...]:
        """The steps that it leads to."""
        return (*(r.to for r in self.replies), *(d.to for d in self.instead), *([self.to] if self.to else []))


class Playbook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole script, with the names of the steps at which a key may put the clerk.

    `start` is where a call begins, `broken` where one about a broken promise does, `commitment` where a promise is
    taken, `dispute` where a dispute is, `incoming` where a call begins that they make (like any other if ""). The
    `commonest` excuses have the digits 1 to 9.
    """

    title: str
    start: str
    broken: str
    commitment: str
    dispute: str
    incoming: str = ""
    commonest: tuple[str, ...] = ()
    groups: dict[str, str]
    steps: dict[str, Step]

    def step(self, name: str) -> Step:
        """Return a step. Raises PlaybookError if there is none of this name."""
        try:
            return self.steps[name]
        except KeyError:
            raise PlaybookError(f"the playbook '{self.title}' has no step '{name}'") from None

    @property
    def excuses(self) -> dict[str, Step]:
        """The steps that are excuses, by name, in the order of the file."""
        return {name: step for name, step in self.steps.items() if step.excuse}


#: One thread at a time: the types of a playbook are made known to msgspec by whoever reads one first, and two at once
#: end the program. The workstation reads it beside the work, and the first call may come before that is done.
READING = RLock()


def parse(text: str) -> Playbook:
    """Read a playbook from TOML. Raises PlaybookError."""
    import tomllib  # not before a call begins

    try:
        document: dict[str, Any] = tomllib.loads(text)
        with READING:
            return msgspec.convert(document, Playbook)
    except tomllib.TOMLDecodeError as error:
        raise PlaybookError(f"the playbook is no TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise PlaybookError(f"the playbook is not understood: {error}") from None


def standard() -> Playbook:
    """Return the standard playbook that comes with the program, read once."""
    with READING:
        return _standard()


@cache
def _standard() -> Playbook:
    return parse(standard_text())


def standard_text() -> str:
    """Return the file of the standard playbook."""
    from importlib import resources  # not before a call begins

    return resources.files("arctui.playbook").joinpath("standard.toml").read_text(encoding="utf-8")
