"""Proving a playbook: every reply leads somewhere, every path ends in an outcome, every commitment is read back."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache

import msgspec

from arctui.core.capture import Situation, read_line
from arctui.core.capture.codes import CODES
from arctui.core.capture.dates import read_date
from arctui.core.capture.reading import ProblemError
from arctui.core.policy import Policy
from arctui.playbook.model import DATA, LineKind, Playbook, Step
from arctui.playbook.phrases import ALWAYS, BY_LINE, KNOWN
from arctui.playbook.places import Path

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_LINE = "line"
_MOST_REPLIES = 9
#: Lines that bring no outcome: a call cannot end with them.
_NO_OUTCOME = (None, LineKind.PERSON, *DATA)
#: Lines that wait for the customer to agree.
_COMMITMENTS = (LineKind.PROMISE, LineKind.CALLBACK)
#: Days far apart, from which the date of a follow-up is tried, and how far ahead it may lie.
_TRIED_FROM = (date(2026, 1, 6), date(2040, 7, 3))
_FURTHEST = timedelta(days=366)
_NO_PLACEHOLDERS = ("title", "excuse", "find")


class Finding(msgspec.Struct, frozen=True):
    """What is wrong: at which step ("" the playbook itself), at which of its fields.

    `others` are the steps that share in it, each with its field.
    """

    step: str
    why: str
    key: Path = ()
    others: tuple[Path, ...] = ()

    def __str__(self) -> str:
        """Say it with the step."""
        return f"step {self.step}: {self.why}" if self.step else self.why


def findings(playbook: Playbook) -> list[Finding]:
    """Return what is wrong with a playbook, each once; empty if it holds together."""
    found = [*_missing_steps(playbook), *_commonest(playbook)]
    for name, step in playbook.steps.items():
        found += [Finding(name, why, key) for key, why in (*_form(step), *_ends(step), *_words(step), *_after(step))]
    found += [*_unreachable(playbook), *_never_ending(playbook)]
    return list(dict.fromkeys([*found, *_not_read_back(playbook), *_no_line_at_the_end(playbook)]))


def problems(playbook: Playbook) -> list[str]:
    """Return what is wrong with a playbook, a sentence each that names the step; empty if it holds together."""
    return [str(finding) for finding in findings(playbook)]


def placeholders(text: str) -> list[str]:
    """Return the names of the placeholders in a sentence."""
    return _PLACEHOLDER.findall(text)


def reached(playbook: Playbook) -> frozenset[str]:
    """Return the steps to which a call can come."""
    found: set[str] = set()
    waiting = [name for name in entries(playbook).values() if name in playbook.steps]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [to for to in playbook.steps[name].ways if to in playbook.steps]
    return frozenset(found)


def entries(playbook: Playbook) -> dict[str, str]:
    """Return the steps at which a key may put the clerk, by what leads there."""
    return _named(playbook) | {f"excuse {name}": name for name in playbook.excuses}


def _named(playbook: Playbook) -> dict[str, str]:
    named = {
        "start": playbook.start,
        "broken": playbook.broken,
        "commitment": playbook.commitment,
        "dispute": playbook.dispute,
    }
    return named | ({"incoming": playbook.incoming} if playbook.incoming else {})


def _missing_steps(playbook: Playbook) -> Iterator[Finding]:
    for what, name in _named(playbook).items():
        if name not in playbook.steps:
            yield Finding("", f"{what}: there is no step {name}", (what,))
    for what, name, kind in (
        ("commitment", playbook.commitment, LineKind.PROMISE),
        ("dispute", playbook.dispute, LineKind.DISPUTE),
    ):
        if name in playbook.steps and playbook.steps[name].line is not kind:
            yield Finding("", f"{what}: no {kind} is typed at {name}", (what,), ((name,),))
    for name, step in playbook.steps.items():
        for key, to in _ways(step):
            if to not in playbook.steps:
                yield Finding(name, f"it leads to {to}, which is no step", key)
        if step.group and step.group not in playbook.groups:
            yield Finding(name, f"there is no group {step.group}", ("group",))


def _ways(step: Step) -> Iterator[tuple[Path, str]]:
    """Where a step leads, and the field that says so."""
    for number, reply in enumerate(step.replies):
        yield ("replies", number), reply.to
    for number, detour in enumerate(step.instead):
        yield ("instead", number), detour.to
    if step.to:
        yield ("to",), step.to


def _commonest(playbook: Playbook) -> Iterator[Finding]:
    """The excuses with a digit are excuses, each has one digit, and the digits suffice."""
    names = playbook.commonest
    if len(names) > _MOST_REPLIES:
        yield Finding("", f"commonest: more than {_MOST_REPLIES} excuses: no digit is left", ("commonest",))
    for number, name in enumerate(names):
        if name not in playbook.excuses:
            yield Finding("", f"commonest: {name} is no excuse", ("commonest", number), ((name,),))
        if name in names[:number]:
            yield Finding("", f"commonest: {name} stands there twice", ("commonest", number))


def _form(step: Step) -> Iterator[tuple[Path, str]]:
    """A step leads on by replies or by a line, or it ends the call: one of the three."""
    if sum(map(bool, (step.replies, step.line, step.end))) != 1:
        yield (), "it needs replies, a line, or an end, and only one of them"
    if bool(step.line) != bool(step.to):
        yield ("line",) if step.line else ("to",), "a line needs the step that it leads to, and nothing else has one"
    if len(step.replies) > _MOST_REPLIES:
        yield ("replies",), f"it has more than {_MOST_REPLIES} replies: no digit is left"
    for number, reply in enumerate(step.replies):
        if reply.done and not step.task:
            yield ("replies", number), "a reply is done, but the step has no task"
        if not reply.text:
            yield ("replies", number), "a reply has no words"
    if bool(step.excuse) != bool(step.group):
        yield ("excuse",) if step.excuse else ("group",), "an excuse has a group, and nothing else has one"
    if step.excuse and not step.ask:
        yield (), "an excuse has questions of its own"
    if step.excuse and not step.aim:
        yield (), "an excuse has an aim: the commitment to obtain"
    if step.excuse and not step.follow_up:
        yield (), "an excuse has a follow_up: when to look after it, and why"
    if not (step.say or step.do or step.ask):
        yield (), "it says nothing, asks nothing and tells nothing to do"


def _ends(step: Step) -> Iterator[tuple[Path, str]]:
    """An end is a line with which a call can really end."""
    code = step.end.split()[0] if step.end else _LINE
    if code != _LINE and code not in CODES:
        yield ("end",), f"it ends with '{code}', which is no outcome"
    elif code != _LINE and (lacking := read_line(step.end, _sample(_TRIED_FROM[0])).problems):
        yield ("end",), f"no call can end with '{step.end}': {lacking[0]}"
    if step.stop and not step.end:
        yield ("stop",), "only an end stops all calling"


def _words(step: Step) -> Iterator[tuple[Path, str]]:
    """Every placeholder exists, and what is said, asked or to be done can be, whatever is known of the account."""
    asked = [(("ask", number), text) for number, text in enumerate(step.ask)]
    told = [((key,), str(getattr(step, key))) for key in ("aim", "do", "task")]
    why = [(("follow_up",), step.follow_up.why)] if step.follow_up else []
    said: list[tuple[Path, str]] = [(("say", number), text) for number, text in enumerate(step.say)]
    always: list[tuple[Path, str]] = [*said[-1:], *asked, *told, *why]
    for key, text in (*said[:-1], *always):
        for name in placeholders(text):
            if name not in KNOWN:
                yield key, f"there is no placeholder {{{name}}}"
        if re.search("[{}]", _PLACEHOLDER.sub("", text)):
            yield key, "a { or } stands alone: a placeholder is {name}"
    for key, text in always:
        for name in placeholders(text):
            if name in KNOWN and name not in ALWAYS:
                yield key, f"{{{name}}} is not always known: it needs an alternative without it"
    for number, reply in enumerate(step.replies):
        if re.search("[{}]", reply.text):
            yield ("replies", number), "a reply has no placeholders"
    for field in _NO_PLACEHOLDERS:
        if re.search("[{}]", str(getattr(step, field))):
            yield (field,), f"{field} has no placeholders"


def _after(step: Step) -> Iterator[tuple[Path, str]]:
    """The date of a follow-up can be read on any day, and comes after it."""
    if step.follow_up is None:
        return
    if not step.follow_up.why:
        yield ("follow_up",), "a follow_up says why"
    words = step.follow_up.after.split()
    if words and not all(_is_soon_after(words, day) for day in _TRIED_FROM):
        yield ("follow_up",), f"'{step.follow_up.after}' is no date counted from the call: write +1b, +10 or fri"


def _is_soon_after(words: list[str], day: date) -> bool:
    try:
        read = read_date(words, _sample(day))
    except ProblemError:
        return False
    return read is not None and read.used == len(words) and day <= read.day <= day + _FURTHEST


@cache
def _sample(day: date) -> Situation:
    """Return what a line is read against on some day, on an account of which nothing is known."""
    policy = Policy()
    now = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    return Situation(today=day, now=now, policy=policy, calendar=policy.calendar())


def _unreachable(playbook: Playbook) -> Iterator[Finding]:
    found = reached(playbook)
    for name in playbook.steps:
        if name not in found:
            yield Finding(name, "nothing leads to it")


def _never_ending(playbook: Playbook) -> Iterator[Finding]:
    """From every step there is a way to an end, also where nothing is the case that leads elsewhere."""
    steps = playbook.steps
    # What leads to no step is told already.
    ending = {name for name, step in steps.items() if step.end or any(to not in steps for to in _onward(step))}
    grown = True
    while grown:
        more = {n for n, s in steps.items() if n not in ending and any(to in ending for to in _onward(s))}
        grown = bool(more)
        ending |= more
    for name in steps:
        if name not in ending:
            yield Finding(name, "no way from it ends the call")


def _onward(step: Step) -> tuple[str, ...]:
    return (*(reply.to for reply in step.replies), *([step.to] if step.to else []))


def _not_read_back(playbook: Playbook) -> Iterator[Finding]:
    """What a customer committed to by a line is said again in the step after it."""
    for name, step in playbook.steps.items():
        following = playbook.steps.get(step.to)
        if step.line not in _COMMITMENTS or not following:
            continue
        said = {p for text in following.say for p in placeholders(text)}
        if BY_LINE[step.line] not in said:
            yield Finding(name, f"the {step.line} is not read back in {step.to}", ("to",), ((step.to, "say"),))
        if not any(reply.agreed for reply in following.replies):
            why = f"nobody can agree to the {step.line} in {step.to}"
            yield Finding(name, why, ("to",), ((step.to, "replies"),))
        if following.instead:
            why = f"the {step.line} may not be read back: {step.to} has `instead`"
            yield Finding(name, why, ("to",), ((step.to, "instead"),))


def _no_line_at_the_end(playbook: Playbook) -> Iterator[Finding]:
    """An end that takes what was typed before is reached only through a line."""
    came_from: dict[str, str] = {}
    waiting = [(name, "") for name in entries(playbook).values() if name in playbook.steps]
    while waiting:
        name, before = waiting.pop()
        if name in came_from:
            continue
        came_from[name] = before
        step = playbook.steps[name]
        if step.end == _LINE:
            why = "a path comes here on which nothing was typed that the call could end with"
            yield Finding(name, why, ("end",), tuple((step,) for step in _back(came_from, name)))
        ways: Iterable[str] = (d.to for d in step.instead)
        waiting += [(to, name) for to in ways if to in playbook.steps]
        if step.line in _NO_OUTCOME:
            waiting += [(to, name) for to in _onward(step) if to in playbook.steps]
        elif step.line in _COMMITMENTS and step.to in playbook.steps:
            # What nobody agrees to is not taken.
            refused = [reply.to for reply in playbook.steps[step.to].replies if not reply.agreed]
            waiting += [(to, step.to) for to in refused if to in playbook.steps]


def _back(came_from: dict[str, str], name: str) -> Iterator[str]:
    """The steps of the path that came to a step, the nearest first."""
    seen = {name}
    while (name := came_from.get(name, "")) and name not in seen:
        seen.add(name)
        yield name
