"""Walking a script without a desk: which ways lead on from a step, the shortest way to another, and taking it."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache

import msgspec

from arctui.core.calls import Call, Move, MoveKind
from arctui.core.records import Outcome
from arctui.playbook import walk
from arctui.playbook.model import LineKind, Playbook, Step, When, standard
from tests.core.builders import ACCOUNT, MONDAY, moment

#: What may be typed at a step of each kind, behind its code.
SAMPLES = {
    LineKind.PROMISE: "fri 500 ach",
    LineKind.CALLBACK: "tue 10:30 ask for mrs lee",
    LineKind.DISPUTE: "450 damaged pallets",
    LineKind.PAID: "19 500 check -- ref 4411",
    LineKind.REFUSAL: "will not say why",
    LineKind.STOP: "no calls, by email to ap@birch.example",
    LineKind.PERSON: "Rosa Lee",
    LineKind.CYCLE: "weekly thu, cut-off 2, docs order + statement",
    LineKind.CONTACT: "lee wong, controller, 555 0142, lee@birch.example",
}
#: Lines that say nothing of what the call comes to.
NO_OUTCOME = (LineKind.PERSON, LineKind.CYCLE, LineKind.CONTACT)
OUTCOMES = {
    LineKind.PROMISE: Outcome.PROMISE,
    LineKind.CALLBACK: Outcome.CALLBACK,
    LineKind.DISPUTE: Outcome.DISPUTE,
    LineKind.PAID: Outcome.PAID,
    LineKind.REFUSAL: Outcome.REFUSED,
    LineKind.STOP: Outcome.REFUSED,
}
#: Lines of these outcomes wait for a reply that agrees to them.
NEED_AGREEMENT = (Outcome.PROMISE, Outcome.CALLBACK)
NOTHING: frozenset[When] = frozenset()
CASES = (NOTHING, *(frozenset({when}) for when in When))


class Way(msgspec.Struct, frozen=True):
    """A way on from a step: a reply by its digit, the step's own line, or a key (0: no digit)."""

    kind: MoveKind
    step: str
    to: str
    number: int = 0


class Walker:
    """A call that goes through a script; `holds` is what is the case on its account."""

    def __init__(self, playbook: Playbook, holds: Collection[When] = NOTHING, *, entry: str = "") -> None:
        self.playbook = playbook
        self.holds = holds
        self.call = Call(
            id="call",
            account=ACCOUNT,
            by="ann",
            session="s",
            started_at=moment(MONDAY),
            day=MONDAY,
            entry=entry or playbook.start,
            person="Tony Marsh",
        )

    @property
    def at(self) -> str:
        return walk.position(self.playbook, self.call)

    @property
    def step(self) -> Step:
        return self.playbook.step(self.at)

    def _move(self, kind: MoveKind, text: str, to: str, *, reached: bool = False, agreed: bool = False) -> None:
        move = Move(
            kind=kind,
            step=self.at,
            text=text,
            at=moment(MONDAY, "09:14"),
            to=walk.arrive(self.playbook, to, self.holds),
            said=f"said at {self.at}",
            asked=self.step.ask,
            reached=reached,
            agreed=agreed,
        )
        self.call = walk.add(self.call, move)

    def reply(self, number: int) -> None:
        chosen = self.step.replies[number - 1]
        self._move(MoveKind.REPLY, chosen.text, chosen.to, reached=chosen.reached, agreed=chosen.agreed)

    def line(self, text: str = "", outcome: Outcome | None = None) -> None:
        """Type the line of the step, one of its own kind unless told otherwise."""
        kind = self.step.line
        assert kind
        typed = text or kind.full(SAMPLES[kind])
        if kind is LineKind.PERSON:
            self._move(MoveKind.PERSON, typed, self.step.to, reached=True)
            return
        if kind in NO_OUTCOME:
            self._move(MoveKind.DATA, typed, self.step.to)
            return
        meant = outcome or OUTCOMES[kind]
        to = walk.landing(self.playbook, self.step, meant)
        self._move(MoveKind.LINE, typed, to, agreed=meant not in NEED_AGREEMENT)

    def excuse(self, name: str) -> None:
        self._move(MoveKind.EXCUSE, self.playbook.step(name).excuse, name)

    def jump(self, name: str) -> None:
        self._move(MoveKind.JUMP, walk.title(self.playbook, name), name)

    def note(self, text: str) -> None:
        move = Move(kind=MoveKind.NOTE, step=self.at, text=text, at=moment(MONDAY, "09:15"))
        self.call = walk.add(self.call, move)

    def take(self, way: Way) -> None:
        match way.kind:
            case MoveKind.REPLY:
                self.reply(way.number)
            case MoveKind.EXCUSE:
                self.excuse(way.to)
            case MoveKind.JUMP:
                self.jump(way.to)
            case _:
                self.line()

    def follow(self, ways: Sequence[Way]) -> None:
        for way in ways:
            self.take(way)


def ways_from(playbook: Playbook, name: str, holds: Collection[When] = NOTHING) -> Iterator[Way]:
    """The ways on that the step itself offers."""
    step = playbook.step(name)
    for number, reply in enumerate(step.replies, 1):
        yield Way(MoveKind.REPLY, name, walk.arrive(playbook, reply.to, holds), number)
    if step.line:
        yield Way(MoveKind.LINE, name, walk.arrive(playbook, step.to, holds))


def keys_from(playbook: Playbook, name: str, holds: Collection[When] = NOTHING) -> Iterator[Way]:
    """The ways on by a key: an excuse, a promise, a dispute."""
    for excuse in playbook.excuses:
        yield Way(MoveKind.EXCUSE, name, walk.arrive(playbook, excuse, holds))
    for to in (playbook.commitment, playbook.dispute):
        yield Way(MoveKind.JUMP, name, walk.arrive(playbook, to, holds))


def shortest(
    playbook: Playbook,
    start: str,
    goal: Callable[[str], bool],
    holds: Collection[When] = NOTHING,
    *,
    keys: bool = False,
) -> list[Way] | None:
    """A shortest way from a step to one that is the goal; with `keys` its first move may be a key."""
    before: dict[str, Way | None] = {start: None}
    waiting = deque([start])
    while waiting:
        name = waiting.popleft()
        if goal(name):
            taken: list[Way] = []
            while way := before[name]:
                taken.append(way)
                name = way.step
            return taken[::-1]
        offered = [*ways_from(playbook, name, holds)]
        offered += keys_from(playbook, name, holds) if keys and name == start else []
        for way in offered:
            if way.to not in before:
                before[way.to] = way
                waiting.append(way.to)
    return None


@cache
def way_to(name: str) -> tuple[Walker, tuple[Way, ...]]:
    """How a call comes to a step of the standard script: a call at its beginning, and the moves.

    From our call by replies and lines; else from one that they make; else by a key.
    """
    for keys, entry in ((False, standard().start), (False, standard().incoming), (True, standard().start)):
        for holds in CASES:
            found = shortest(standard(), entry, lambda n: n == name, holds, keys=keys)
            if found is not None:
                return Walker(standard(), holds, entry=entry), tuple(found)
    raise AssertionError(f"no way leads to {name}")


def arrived(name: str) -> Walker:
    """A call that has come to a step of the standard script."""
    first, coming = way_to(name)
    walker = Walker(standard(), first.holds, entry=first.call.entry)
    walker.follow(coming)
    assert walker.at == name
    return walker


@cache
def way_out(name: str, holds: frozenset[When] = NOTHING) -> tuple[Way, ...]:
    """A shortest way from a step of the standard script to an end."""
    found = shortest(standard(), name, lambda n: bool(standard().step(n).end), holds)
    assert found is not None, f"no way out of {name}"
    return tuple(found)


#: The shortest line of each kind that brings something.
SHORT = {
    LineKind.PROMISE: "fri ach",
    LineKind.CALLBACK: "tue 10",
    LineKind.DISPUTE: "450 torn",
    LineKind.PAID: "thu ach",
    LineKind.REFUSAL: "no reason",
    LineKind.STOP: "no calls",
    LineKind.PERSON: "Rosa Lee",
    LineKind.CYCLE: "month end",
    LineKind.CONTACT: "555 0142",
}


def keys_needed(ways: Sequence[Way]) -> int:
    """So many keys the moves take: a digit; an excuse by its key, four letters and Enter; a line and Enter."""
    count = 0
    for way in ways:
        line = standard().step(way.step).line
        match way.kind:
            case MoveKind.REPLY | MoveKind.JUMP:
                count += 1
            case MoveKind.EXCUSE:
                count += 6
            case _:
                assert line
                count += len(SHORT[line]) + 1
    return count


def shortest_by_keys(start: str, goal: str, holds: Collection[When] = NOTHING) -> list[Way] | None:
    """The way from a step of the standard script to another that takes the fewest keys; lines are agreed to."""
    best: dict[str, tuple[int, list[Way]]] = {start: (0, [])}
    waiting = [start]
    while waiting:
        waiting.sort(key=lambda n: best[n][0])
        name = waiting.pop(0)
        keys, taken = best[name]
        if name == goal:
            return taken
        for way in [*ways_from(standard(), name, holds), *keys_from(standard(), name, holds)]:
            cost = keys + keys_needed([way])
            if way.to not in best or cost < best[way.to][0]:
                best[way.to] = (cost, [*taken, way])
                waiting += [way.to] if way.to not in waiting else []
    return None


def outcome_lines(walker: Walker) -> list[str]:
    """The capture lines that a call ends with at the step where it is; empty if it cannot end there."""
    end = walker.step.end
    agreed = [m.text for m in walk.taken_lines(walker.call)]
    return agreed + ([] if end in ("", "line") else [end]) if end else []
