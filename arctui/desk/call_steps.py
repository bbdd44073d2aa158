"""Where a call is, ready to be shown: the sentences of its step filled in from the account as it is now."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from arctui.core import words as say
from arctui.core.calls import Call, Move, MoveKind
from arctui.core.capture import Reading, Situation
from arctui.core.capture.dates import read_date
from arctui.core.money import ZERO
from arctui.core.text import ordinal
from arctui.desk.call_lines import CallLines
from arctui.playbook import walk
from arctui.playbook.line_phrases import lines_phrases
from arctui.playbook.model import Playbook, Step
from arctui.playbook.phrases import choose, fill, phrases_of

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: So many earlier calls are named in which the same reason was given.
_NAMED = 3


class CallStep(msgspec.Struct, frozen=True, kw_only=True):
    """The step that a call is at. `phrases` stand for the placeholders in all of its texts.

    `path` are the titles of the steps taken, `task` what we have to do, `then` when that is looked after, `repeated`
    says how often this reason was given before; each "" if there is nothing to say.
    """

    name: str
    step: Step
    say: str
    ask: tuple[str, ...]
    do: str
    aim: str
    path: tuple[str, ...]
    phrases: Mapping[str, str]
    task: str = ""
    then: str = ""
    repeated: str = ""


class CallSteps:
    """The steps of the calls of one desk, by one script."""

    def __init__(self, desk: "Desk", playbook: Playbook) -> None:
        self._desk = desk
        self._playbook = playbook

    def place(self, call: Call) -> CallStep:
        """Return the step that a call is at, with what is to be said there."""
        name = walk.position(self._playbook, call)
        step = self._playbook.step(name)
        phrases = self.phrases(call)
        return CallStep(
            name=name,
            step=step,
            say=choose(step.say, phrases),
            ask=tuple(fill(q, phrases) for q in step.ask),
            do=fill(step.do, phrases),
            aim=fill(step.aim, phrases),
            path=tuple(walk.path(self._playbook, call)),
            phrases=phrases,
            task=fill(step.task, phrases),
            then=self._then(call, step, phrases),
            repeated=self._repeated(call, walk.excuse_at(self._playbook, name)),
        )

    def phrases(self, call: Call) -> dict[str, str]:
        """Return what stands for the placeholders now: the account's facts, and the lines typed in this call."""
        desk, lines = self._desk, self.lines(call)
        dossier, standing = lines.after
        readings = [result.contact.reading for result in lines.results]
        waiting = walk.pending(call)
        if waiting:
            readings.append(lines.read(waiting))
        currency = standing.balance.currency
        phrases = phrases_of(dossier, standing, desk.rules, desk.clerk, walk.person(call))
        if lines.claimed:
            # The rest is asked for, on no invoice in particular.
            phrases = {n: text for n, text in phrases.items() if n not in ("past_due", "invoices")}
            left = self.left(call)
            phrases |= {"past_due": desk.rules.money(left, currency)} if left else {}
        phrases |= lines_phrases(readings, desk.rules, currency, desk.clerk)
        if lines.taken_promises and not waiting:
            # Of several the first is looked for first; one that a dispute holds up is not.
            days = [p.last_day for p in lines.promises]
            phrases.pop("look_day", None)
            phrases |= {"look_day": say.long_day(min(days), desk.today)} if days else {}
        return phrases

    def _then(self, call: Call, step: Step, phrases: Mapping[str, str]) -> str:
        """Say when the step is looked after, and what for."""
        rule = step.follow_up
        if rule is None:
            return ""
        found = read_date(rule.after.split(), self._desk.situation(call.account)) if rule.after else None
        day = f"{self._desk.rules.day(self._desk.rules.calendar.roll(found.day))}: " if found else ""
        return day + fill(rule.why, phrases)

    def _repeated(self, call: Call, excuse: str) -> str:
        """Say how often, when and by whom this reason was given before; "" for the first time, or for none."""
        given = [a for a in self._desk.dossier(call.account).activities if excuse and excuse in a.excuses]
        if not given:
            return ""
        latest = sorted(given, key=lambda a: a.at, reverse=True)
        days = [self._desk.rules.day(a.day) + (f" ({a.person})" if a.person else "") for a in latest[:_NAMED]]
        more = f" and {len(given) - _NAMED} times more" if len(given) > _NAMED else ""
        return f"{ordinal(len(given) + 1)} time this reason is given: before on {', '.join(days)}{more}"

    def left(self, call: Call) -> Decimal:
        """Return what may still be asked for after what the call has brought so far."""
        lines = self.lines(call)
        return max(ZERO, lines.after[1].balance.collectable - lines.claimed)

    def situation(self, call: Call) -> Situation:
        """Return what a line at the present step is read against: the account with what this call brought so far."""
        return self.lines(call).situation(self.line(call, ""))

    def read(self, call: Call, line: str) -> Reading:
        """Read a capture line at the present step as it would be saved, without taking it."""
        return self.lines(call).read(self.line(call, line))

    def line(self, call: Call, text: str) -> Move:
        """Return a line typed at the present step, as a move of its own."""
        name = walk.position(self._playbook, call)
        replaces = self._playbook.step(name).replaces
        at = self._desk.rules.moment.now
        return Move(kind=MoveKind.LINE, step=name, text=text, at=at, agreed=True, replaces=replaces)

    def lines(self, call: Call) -> CallLines:
        """Return the lines that were taken in a call."""
        right_party = call.reached or call.entry == self._playbook.broken
        return CallLines(self._desk, call, self._playbook, right_party=right_party)
